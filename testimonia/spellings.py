"""How else is a place written, and which places does a text name?

The names of places in all languages and spellings that the installed region packs know, and their case forms. A name
that is hidden in one language stands in the name of a file, or in a sentence, in another. Made for hiding: a word is
rather taken for a place once too often.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from testimonia.phrases import Word, words
from testimonia.records import Place
from testimonia.watch import installed, of_areas

Row = Mapping[str, str]
Name = tuple[str, ...]

ENDING = 2  # letters by which the case forms of a long name may differ
SHORT = 3  # letters up to which only a case form of a name is alike
LONG = 5  # letters above which a name is long
FIRST = 2  # letters that all forms of a name begin with
KEPT = 3  # first letters that places are kept by, so that few are cut to stems
CLOSED = str.maketrans("іїеє", "оооо")  # vowels that change when a syllable opens ("Київ", "Києва")
ADJECTIVE = re.compile(r"(?<=...)[сзц]?ь?к(?:ий|ого|ому|им|ім|а|ої|ій|у|ою|е|і|их|ими|ая|ой|ую|ое|ые|ие|ом)$")
MORE = 3  # letters by which a name and what its adjective is made from may differ in length
OWNER = re.compile(r"['’]s?$")


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


# --- names as tuples of words, and their case forms ---


def split(text: str) -> tuple[Word, ...]:
    """Split a text into words; underscores and hyphens part them, as in addresses of pages."""
    return words(text.replace("_", " ").replace("-", " "))


def name_of(text: str) -> Name:
    """Return a name as the folded words that it is made of."""
    return tuple(word.form for word in split(text))


@cache
def _stems() -> tuple[Callable[[str], str], ...]:
    stems = (pack.stem for pack in installed().languages.values())
    return tuple(dict.fromkeys(getattr(stem, "__wrapped__", stem) for stem in stems))  # languages share one


@lru_cache(maxsize=200_000)
def _keys(form: str) -> frozenset[str]:
    """Return what the case forms of a word have in common: the stems of a Cyrillic word, the word itself of others."""
    bare = OWNER.sub("", form)
    return frozenset((bare,) if bare.isascii() else (bare, *(stem(bare) for stem in _stems())))


@lru_cache(maxsize=400_000)
def same(part: str, form: str) -> bool:
    """Say whether a word can be a case form of a part of a name, going by stems alone."""
    return part[:FIRST] == form[:FIRST] and not _keys(part).isdisjoint(_keys(form))


@lru_cache(maxsize=400_000)
def alike(part: str, form: str) -> bool:
    """Say whether a word can come from a part of a name: a case form, a longer word, or the adjective made from it."""
    if part[:FIRST] != form[:FIRST]:
        return False
    cut = part[:-ENDING] if len(part) > LONG else part
    begins = len(part) > SHORT and form.startswith(cut)
    return begins or same(part, form) or _made_from(part, form)


def _made_from(part: str, form: str) -> bool:
    root = ADJECTIVE.sub("", form)
    if root == form:
        return False
    return (part.startswith(root[:-1]) or root.startswith(part[:-1])) and abs(len(part) - len(root)) <= MORE


# --- places in a text ---


class Named(NamedTuple):
    """A place that a text names: where, and all names that the place meant may have."""

    start: int
    end: int
    names: frozenset[Name]


@cache
def _index() -> Mapping[str, tuple[tuple[Name, Row], ...]]:
    """Return all names of places by their first letters; a row holds the other names of the same place."""
    found: dict[str, list[tuple[Name, Row]]] = {}
    for rows in _rows("places", "id").values():
        for row in rows:
            for name in dict.fromkeys(map(name_of, _settlement(row))):
                if name:
                    found.setdefault(name[0][:KEPT].translate(CLOSED), []).append((name, row))
    return {key: tuple(names) for key, names in found.items()}


@lru_cache(maxsize=20_000)
def _begun(form: str) -> tuple[tuple[Name, Row], ...]:
    begun = dict.fromkeys(
        (form[:KEPT].translate(CLOSED), form[:FIRST].translate(CLOSED))
    )  # the second is that of names of two letters
    return tuple(entry for key in begun for entry in _index().get(key, ()) if same(entry[0][0], form))


def is_place(form: str) -> bool:
    """Say whether a place of the packs, in any case form, begins with this folded word."""
    return bool(_begun(form))


def places_in(text: str) -> Iterator[Named]:
    """Yield the places that a text names with a capital, areas left out, whatever else the words could mean."""
    found = split(text)
    areas = of_areas(found)
    for at, word in enumerate(found):
        if text[word.start].isupper() and at not in areas:
            fitting = [(name, row) for name, row in _begun(word.form) if _goes_on(name, found, at)]
            if fitting:
                size = max(len(name) for name, _ in fitting)
                rows = [row for name, row in fitting if len(name) == size]
                names = frozenset(filter(None, (name_of(other) for row in rows for other in _settlement(row))))
                yield Named(word.start, found[at + size - 1].end, names)


def _goes_on(name: Name, found: Sequence[Word], at: int) -> bool:
    return at + len(name) <= len(found) and all(same(part, found[at + i].form) for i, part in enumerate(name))
