"""What of an extract the gazetteer lacks: coordinates of settlements that it knows, and places that it does not.

Nothing is guessed. A settlement of a codifier takes the coordinates of the one place of its name that lies in its unit
and near the seat of its hromada or district; where two could be meant, it stays as it is. Where there is a codifier,
it alone says which settlements there are; elsewhere a place is new unless one of its name lies beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import cos, hypot, radians, sqrt

from testimonia.phrases import fold
from testimonia.places.book import MAIN, Bearer, Book, Written
from testimonia.places.extracts import Place
from testimonia.places.outlines import Outlines
from testimonia.places.spelled import from_russian, key, keys, romanised

BEYOND = 1.5  # times that radius within which it may lie
BESIDE_KM = 5.0  # two places of one name so near are one
DEGREE_KM = 111.2
UKRAINIAN = frozenset("іїєґ")


@dataclass
class Merged:
    """What became of the places of an extract: numbers of places, and of settlements given coordinates."""

    located: int = 0
    added: int = 0
    known: int = 0
    open: int = 0
    uncodified: int = 0
    outside: int = 0
    written: list[Written] = field(default_factory=list, repr=False)


def km(a: Bearer, lat: float, lon: float) -> float:
    """Return the distance of a place and a point in km, infinite where the place has no coordinates."""
    if a.lat is None or a.lon is None:
        return float("inf")
    return DEGREE_KM * hypot(a.lat - lat, (a.lon - lon) * cos(radians((a.lat + lat) / 2)))


def merge(extract: Iterable[Place], book: Book) -> Merged:
    """Compare the places of an extract with the gazetteer."""
    out, outlines = Merged(), Outlines(book)
    claims: dict[str, list[tuple[Bearer, Place]]] = defaultdict(list)
    for place in extract:
        unit = outlines.unit(place.lat, place.lon)
        if unit is None:
            out.outside += 1
            continue
        named = list(_named(place, unit, book))
        if book.place(place.id) or any(b.located and km(b, place.lat, place.lon) <= BESIDE_KM for b in named):
            out.known += 1
        elif unit.name in book.codified:
            _claim(place, named, claims, out)
        else:
            out.added += 1
            out.written.append(_new(place, unit))
    _locate(claims, book, out)
    return out


def _named(place: Place, unit: Bearer, book: Book) -> Iterator[Bearer]:
    """Yield the settlements of a unit that bear one of the names of a place."""
    seen: set[str] = set()
    for name in place.names:
        words = tuple(fold(name).split())
        for row in book.starting(key(words[0])) if words else ():
            bearer = row.bearer
            if row.name == words and bearer.kind == "settlement" and bearer.adm1 == unit.name and bearer.id not in seen:
                seen.add(bearer.id)
                yield bearer


def _claim(place: Place, named: list[Bearer], claims: dict[str, list[tuple[Bearer, Place]]], out: Merged) -> None:
    """Note which settlement of the codifier a place may be: the one of its name that has no coordinates of its own."""
    able = [b for b in named if not b.located and km(b, place.lat, place.lon) <= BEYOND * (b.radius or 0)]
    if len(able) == 1:
        claims[able[0].id].append((able[0], place))
    elif able:
        out.open += 1
    else:
        out.uncodified += 1


def _locate(claims: dict[str, list[tuple[Bearer, Place]]], book: Book, out: Merged) -> None:
    """Give the settlements that one place alone may be its coordinates."""
    for found in claims.values():
        bearer, place = found[0]
        if any(km(bearer._replace(lat=place.lat, lon=place.lon), p.lat, p.lon) > BESIDE_KM for _, p in found[1:]):
            out.open += len(found)
            continue
        out.located += 1
        people = max(bearer.population, place.population)
        here = bearer._replace(lat=place.lat, lon=place.lon, population=people, radius=reach(people))
        out.written.append(Written(here, _entries(book.listed(bearer.id), place.names)))


def reach(population: int) -> float:
    """Return how far a town of so many people reaches from its middle, in km."""
    return round(max(1.0, 0.012 * sqrt(population)), 1)


def _entries(listed: Iterable[str], more: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield the names that a settlement has, main ones marked, and those that an extract adds."""
    seen: set[tuple[str, str]] = set()
    every = [(name.removeprefix(MAIN), name.startswith(MAIN)) for name in listed] + [(name, False) for name in more]
    for name, main in every:
        for first, words in keys(name):
            if (first, words) not in seen:
                seen.add((first, words))
                yield first, words, main


def _new(place: Place, unit: Bearer) -> Written:
    """Return a place that the gazetteer lacks, under the first of its names in Latin letters."""
    first = next((name for name in place.names if name.isascii()), None) or _latin(place.names[0])
    bearer = Bearer(
        place.id, "settlement", first.replace("'", ""), unit.name, unit.country,
        round(place.lat, 4), round(place.lon, 4), place.population, reach(place.population),
    )  # fmt: skip
    usual = [f"{MAIN}{name}" for name in (first, *place.names[:3])]
    return Written(bearer, _entries(usual, place.names))


def _latin(name: str) -> str:
    """Write a Cyrillic name in Latin letters, as Ukrainian where it has a letter of that language alone."""
    return romanised(name) if UKRAINIAN & set(name.lower()) else from_russian(name)
