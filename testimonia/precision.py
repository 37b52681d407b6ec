"""How precise a date or a place is, in words, and in the codes of two codebooks that people compare with."""

from __future__ import annotations

from testimonia.records import Place, When

WEEK = 7  # days
MONTH = 31
SMALL_KM = 25.0  # what UCDP still calls near a known place


def days_of(when: When) -> int:
    """Return how many days an interval has, both ends included."""
    return (when.last - when.first).days + 1


def date_prec(when: When) -> int:
    """Return `date_prec` of the UCDP GED codebook (UCDP Georeferenced Event Dataset), from the length of the interval.

    1: the exact day; 2: within 2 to 6 days; 3: within a week; 4: within a month; 5: within a year, or wider than a
    month.

    >>> from datetime import date
    >>> date_prec(When(date(2022, 7, 1), date(2022, 7, 2)))
    2
    """
    days = days_of(when)
    if days <= 1:
        return 1
    if days < WEEK:
        return 2
    if days == WEEK:
        return 3
    return 4 if days <= MONTH else 5


def time_precision(when: When) -> int:
    """Return `time_precision` of the ACLED codebook (Armed Conflict Location & Event Data), from the interval's length.

    1: the day is known; 2: the week; 3: the month or less.

    >>> from datetime import date
    >>> time_precision(When(date(2022, 7, 1), date(2022, 7, 31)))
    3
    """
    days = days_of(when)
    return 1 if days <= 1 else 2 if days <= WEEK else 3


def where_prec(place: Place | None, adm1: str | None = None) -> int:
    """Return UCDP GED's `where_prec` of a place (codebook 24.1): 1 the exact place, 2 within 25 km of it, 3 a district
    or hromada, 4 a first-level unit, 5 a line or something without bounds, 6 a country or less, 7 sea or airspace.

    A name that nothing narrows to one bearer is known to its first-level unit, or to the country.

    >>> where_prec(Place("Kherson")), where_prec(None, "Kherson Oblast"), where_prec(None)
    (1, 4, 6)
    """
    if place is None:
        return 4 if adm1 else 6
    if place.precision == "unresolved" or place.candidates:
        return 4 if place.adm1 else 6
    if place.relation == "between":
        return 5
    if place.precision in ("site", "settlement"):
        near = place.relation == "at" or (place.radius_km or 0) <= SMALL_KM or place.relation == "direction"
        return 1 if place.relation == "at" else 2 if near else 3
    return {"hromada": 3, "district": 3, "oblast": 4, "wider": 5, "water": 7}.get(place.precision, 6)


def geo_precision(place: Place | None, adm1: str | None = None) -> int:
    """Return ACLED's `geo_precision` of a place: 1 a town, 2 near one or in a part of a region, 3 a region.

    >>> geo_precision(Place("Kherson")), geo_precision(None, "Kherson Oblast")
    (1, 3)
    """
    return {1: 1, 2: 2, 3: 2}.get(where_prec(place, adm1), 3)


SIDES = {"N": "north", "NE": "north-east", "E": "east", "SE": "south-east", "S": "south", "SW": "south-west",
         "W": "west", "NW": "north-west"}  # fmt: skip


def lies(place: Place) -> str:
    """Return a place as it lies to the one named.

    >>> lies(Place("Sumy", relation="near", bearing="S", distance_km=20.0)), lies(Place("Sumy", relation="direction"))
    ('20 km south of Sumy', 'Sumy direction')
    """
    if place.relation == "between":
        return f"between {place.name} and {place.other}"
    if place.relation == "direction":
        return f"{place.name} direction"
    if place.relation != "near":
        return place.name
    off = f"{place.distance_km:g} km " if place.distance_km else ""
    side = f"{SIDES[place.bearing]} of " if place.bearing else "from " if off else "near "
    return f"{off}{side}{place.name}"
