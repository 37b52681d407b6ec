"""How a place lies to the one that is named: at it, near it, so far to one side of it, between it and another.

"20 km south of X" is a point with a radius, "between X and Y" a line, "the X direction" no point at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, radians

from testimonia.phrases import Hit, Word
from testimonia.places.book import Bearer
from testimonia.records import Place, Relation

NEAR_KM = 15.0  # how far "near X" may be
SIDE_KM = 25.0  # how far "south of X" may be
ALONG_KM = 30.0  # how far "the X direction" reaches
SHARE = 0.25  # of a distance that is said by which it may be off
BACK = 6  # words before a name within which a distance is looked for
IN_KM = {"km": 1.0, "mile": 1.609, "m": 0.001}
SIDES = {
    "N": (0, 1),
    "NE": (1, 1),
    "E": (1, 0),
    "SE": (1, -1),
    "S": (0, -1),
    "SW": (-1, -1),
    "W": (-1, 0),
    "NW": (-1, 1),
}
PASSED = ("skip", "cue")  # words between a relation and the name
NUMBER = re.compile(r"\d+(?:[.,]\d+)?$")
DEGREE_KM = 111.2


@dataclass(frozen=True, slots=True)
class Offset:
    """What stands before a name: the relation, to which side ("NE"; "" unsaid), how many km off (None unsaid)."""

    relation: Relation = "at"
    bearing: str = ""
    km: float | None = None


AT = Offset()


def offset(words: Sequence[Word], text: str, hits: Mapping[int, Sequence[Hit]], first: int) -> Offset:
    """Read what stands before the name that begins at a word; `hits` are the words around places, by first word."""
    before = [hit for at in range(max(0, first - BACK), first) for hit in hits.get(at, ())]
    while skipped := next((hit for hit in before if hit.value in PASSED and hit.last == first), None):
        first = skipped.first  # "near occupied X", "near the village of X"
    touching = [hit for hit in before if hit.last == first]
    side = next((hit for hit in touching if hit.value.startswith("bearing ")), None)
    near = any(hit.value == "near" for hit in touching)
    away = any(hit.value == "from" for hit in touching)
    km = _distance(words, text, [hit for hit in before if hit.value.startswith("length ")], side or near or away)
    if side:
        return Offset("near", side.value.split()[1], km)
    if any(hit.value == "between" for hit in touching):
        return Offset("between")
    return Offset("near", "", km) if near or km is not None else AT


def _distance(words: Sequence[Word], text: str, units: Sequence[Hit], leads: object) -> float | None:
    """Return the distance that is said before a name, in km, where a word leads on to the name."""
    for unit in units if leads else ():
        number = words[unit.first - 1] if unit.first else None
        if number and NUMBER.match(said := text[number.start : number.end]):
            decimals = re.search(r"(\d+)[.,]$", text[max(0, number.start - 4) : number.start])  # "1.5" is two words
            whole = f"{decimals[1]}.{said}" if decimals else said.replace(",", ".")
            return float(whole) * IN_KM[unit.value.split()[1]]
    return None


def set_off(place: Place, by: Offset, reach: float | None) -> Place:
    """Return a place that lies off the one named; `reach` is how far that one reaches, in km."""
    radius = reach or 1.0
    if by.relation == "direction":
        return replace(place, relation="direction", radius_km=ALONG_KM)
    if by.relation != "near":
        return replace(place, radius_km=reach)
    moved = replace(place, relation="near", bearing=by.bearing or None, distance_km=by.km)
    if by.km is None:
        return replace(moved, radius_km=max(radius, SIDE_KM if by.bearing else NEAR_KM))
    if not by.bearing or place.lat is None or place.lon is None:
        return replace(moved, radius_km=radius + by.km)
    east, north = SIDES[by.bearing]
    degrees = by.km / DEGREE_KM / hypot(east, north)
    lat = place.lat + north * degrees
    lon = place.lon + east * degrees / cos(radians(lat))
    return replace(moved, lat=round(lat, 4), lon=round(lon, 4), radius_km=round(radius + SHARE * by.km, 1))


def between(one: Place, other: Bearer) -> Place:
    """Return the line between two places: its middle, with a radius that reaches both."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return replace(one, relation="between", other=other.name)
    lat, lon = (one.lat + other.lat) / 2, (one.lon + other.lon) / 2
    half = hypot(one.lat - other.lat, (one.lon - other.lon) * cos(radians(lat))) * DEGREE_KM / 2
    return replace(
        one, relation="between", other=other.name, lat=round(lat, 4), lon=round(lon, 4), radius_km=round(half, 1)
    )
