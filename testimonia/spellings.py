"""How else is a place written? Its names in all languages and spellings that the installed region packs know.

A name that is hidden in one language stands in the name of a file, or in a sentence, in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from testimonia.records import Place
from testimonia.watch import installed

Row = Mapping[str, str]


@cache
def _rows(table: str, column: str) -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of a table by what stands in a column."""
    found: dict[str, list[Row]] = {}
    for region in installed().regions:
        for row in region.rows.get(table, ()):
            found.setdefault(row[column], []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def _settlement(row: Row) -> Iterator[str]:
    yield from (row["name"], row["uk"], row["ru"], *row.get("other", "").split("|"))


def _site(row: Row) -> Iterator[str]:
    """Yield the phrases for a site, their signs for matching taken out, and the names of its town."""
    phrases = "|".join(row.get(lang) or "" for lang in installed().languages)
    yield from (row["name"], *re.sub(r"[*]|[.]{3}", "", phrases).split("|"))
    for town in _rows("places", "name").get(row["town"], ()):
        if town["adm1"] == row["adm1"]:
            yield from _settlement(town)


def spellings(place: Place) -> tuple[str, ...]:
    """Return every way in which a place may be written: as it is named, as the words had it, and as the packs know."""
    names = [place.name, place.words]
    for key in filter(None, (place.id, *place.candidates)):
        names += (name for row in _rows("places", "id").get(key, ()) for name in _settlement(row))
    names += (name for row in _rows("sites", "name").get(place.name, ()) for name in _site(row))
    return tuple(dict.fromkeys(name for name in names if name.strip()))
