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
FAR = 300_000  # people of a town of a state that the packs do not list, for its name to be looked for
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


def _site(row: Row) -> Iterator[str]:
    """Yield the phrases for a site, their signs for matching taken out, and the names of its town."""
    phrases = "|".join(row.get(lang) or "" for lang in installed().languages)
    yield from (row["name"], *re.sub(r"[*]|[.]{3}", "", phrases).split("|"))
    for town in installed().book.starting(name_of(row["town"])[0] if row["town"] else ""):
        if (town.bearer.name, town.bearer.adm1) == (row["town"], row["adm1"]):
            yield from installed().book.names(town.bearer.id)


def spellings(place: Place) -> tuple[str, ...]:
    """Return every way in which a place, and the other end of a line, may be written, by the words and the packs."""
    names = [place.name, place.words]
    for key in filter(None, (place.id, *place.candidates)):
        names += installed().book.names(key)
    names += _of_name(place.other) if place.other else ()
    names += (name for row in _rows("sites", "name").get(place.name, ()) for name in _site(row))
    return tuple(dict.fromkeys(name for name in names if name.strip()))


@cache
def _of_name(name: str) -> tuple[str, ...]:
    """Return the names, in all spellings, of every settlement that goes by an English name."""
    rows = (row for row in installed().book.starting(name_of(name)[0]) if row.bearer.name == name)
    return (name, *(other for row in rows for other in installed().book.names(row.bearer.id)))


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


@lru_cache(maxsize=20_000)
def _begun(form: str) -> tuple[tuple[Name, str], ...]:
    """Return the names, with the id of the place, of which a folded word can be the first; far small towns left out."""
    rows = (row for key in _keys(form) for row in installed().book.starting(key))
    near = (row for row in rows if row.bearer.country in _home() or row.bearer.population >= FAR)
    found = ((name_of(" ".join(row.name)), row.bearer) for row in near)
    return tuple(dict.fromkeys((name, at.id) for name, at in found if at.kind == "settlement" and same(name[0], form)))


@cache
def _home() -> frozenset[str]:
    """Return the states whose first-level units the packs list."""
    rows = (row for region in installed().regions for row in region.rows.get("areas", ()))
    return frozenset(row["country"] for row in rows if row["kind"].startswith("unit"))


def is_place(form: str) -> bool:
    """Say whether a place of the packs, in any case form, begins with this folded word."""
    return bool(_begun(form))


def places_in(text: str) -> Iterator[Named]:
    """Yield the places that a text names with a capital, areas left out, whatever else the words could mean."""
    found = split(text)
    areas = of_areas(found)
    for at, word in enumerate(found):
        if text[word.start].isupper() and at not in areas:
            fitting = [(name, id_) for name, id_ in _begun(word.form) if _goes_on(name, found, at)]
            if fitting:
                size = max(len(name) for name, _ in fitting)
                ids = {id_ for name, id_ in fitting if len(name) == size}
                names = frozenset(map(name_of, (other for id_ in ids for other in installed().book.names(id_))))
                yield Named(word.start, found[at + size - 1].end, names)


def _goes_on(name: Name, found: Sequence[Word], at: int) -> bool:
    return at + len(name) <= len(found) and all(same(part, found[at + i].form) for i, part in enumerate(name))
