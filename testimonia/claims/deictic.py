"""Days that words point at from the document's day or from the day told of last: "yesterday", "three days ago".

A document of which only the month or the year is known has no yesterday.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from testimonia.claims.days import UNIT_DAYS, ago, counted, interval, moved, year_of
from testimonia.claims.reading import DAY, Found, Reading, Span
from testimonia.phrases import Hit
from testimonia.records import DatePrecision

ROUND = "a day and a night up to the document's day"
NEXT = "the next such day from the day told of last"
RULES = (
    "counted from the document's day",
    "counted from an unknown day",
    "the last such day of the week",
    "a day of the week of an unknown week",
    NEXT,
)


def events(reading: Reading, moments: Iterable[Hit]) -> Iterator[Span]:
    """Yield the moments of the region's table that words name: "since the invasion began"."""
    for hit in moments:
        first = date.fromisoformat(hit.value)
        if reading.base and first > reading.base[1]:
            continue  # another war
        if "since" in hit.tags or reading.before(hit.first, "since"):
            end = reading.base[1] if reading.base else None
            yield Span(hit.start, hit.end, first, end, "days", "since a moment of the region's table")
        elif "on" in hit.tags:
            yield Span(hit.start, hit.end, first, first, "day", "a moment of the region's table")


def weekday(reading: Reading, at: int) -> Found | None:
    """Read "on Monday", "last Thursday": the last such day up to the document's."""
    hit = reading.hit(at, "weekday")
    if not hit:
        return None
    told = reading.told[0]
    if reading.base is None and told and not reading.before(at, "last"):
        day = moved(told, (int(hit.value.split()[1]) - told.weekday()) % 7)
        return reading.span(at, at, interval(day, day), "day", NEXT)
    if reading.day is None or reading.before(at, "next"):
        return reading.span(at, at, None, "day", "a day of the week of an unknown week")
    back = (reading.day.weekday() - int(hit.value.split()[1])) % 7
    if reading.before(at, "last") and back == 0:
        back = 7
    day = moved(reading.day, -back)
    return reading.span(at, at, interval(day, day), "day", "the last such day of the week")


def so_long_ago(reading: Reading, at: int) -> Found | None:
    """Read "three days ago", «два тижні тому»."""
    small = reading.hit(at, "number")
    number = int(small.value.split()[1]) if small else reading.number(at, DAY, 31)
    hit = reading.hit(at + 1, "ago") if number else None
    if not number or not hit:
        return None
    unit = hit.value.split()[1]
    if reading.day is None or "told" in hit.tags:
        return reading.span(at, hit.last - 1, None, "day", "so long before an unknown day")
    return reading.span(
        at,
        hit.last - 1,
        ago(reading.day, number, unit),
        "day" if unit == "day" else "vague",
        f"so many {unit}s before",
    )


def told_clock(reading: Reading, at: int) -> Found | None:
    """Read "the next day", "three days later", «через четыре дня»: counted from the day told of last."""
    fixed = reading.hit(at, "then")
    if fixed:
        return _from_told(reading, at, fixed.last - 1, int(fixed.value.split()[1]))
    via = reading.hit(at, "via")
    first = via.last if via else at
    small = reading.hit(first, "number")
    number = int(small.value.split()[1]) if small else reading.number(first, DAY, 31)
    hit = reading.hit(first + 1, "unit" if via else "later") if number else None
    if not number or not hit:
        return None
    sign = -1 if "earlier" in hit.tags else 1
    return _from_told(reading, at, hit.last - 1, sign * number * UNIT_DAYS[hit.value.split()[1]])


def _from_told(reading: Reading, first: int, last: int, days: int) -> Found:
    """Return the day so many after the one told of last."""
    told = reading.told[0]
    day = moved(told, days) if told else None
    return reading.span(first, last, interval(day, day), "day", "counted from the day told of last")


def same_day(reading: Reading, at: int) -> Found | None:
    """Read "the same day": the day told of last before it."""
    hit = reading.hit(at, "same")
    if not hit:
        return None
    day = reading.told[0]
    return reading.span(at, hit.last - 1, (day, day) if day else None, "day", "the day told of last")


def counted_from(reading: Reading, at: int) -> Found | None:
    """Read "yesterday", "last week", "this month", "last year"."""
    found = [h for kind in ("span", "week", "months", "years", "begun") if (h := reading.hit(at, kind))]
    hit = max(found, key=lambda h: h.last, default=None)
    if not hit:
        return None
    kind, *numbers = hit.value.split()
    if kind == "years":
        same = reading.base is not None and reading.base[0].year == reading.base[1].year
        days = year_of(reading.base[0].year + int(numbers[0])) if reading.base and same else None
        return reading.span(at, hit.last - 1, days, "year", "a year counted from the document's")
    if reading.day is None:
        return reading.span(at, hit.last - 1, None, "day", "counted from an unknown day")
    if kind == "begun":
        first = reading.day.replace(day=1) if numbers[0] == "month" else reading.day.replace(month=1, day=1)
        return reading.span(at, hit.last - 1, (first, reading.day), "days", "up to the document's day")
    days = counted(reading.day, kind, [int(n) for n in numbers])
    whole = {"week": "week", "months": "month"}
    one = days is not None and days[0] == days[1]
    precision = cast("DatePrecision", whole.get(kind, "day" if one else "days"))
    rule = ROUND if "round" in hit.tags else "counted from the document's day"
    return reading.span(at, hit.last - 1, days, precision, rule)
