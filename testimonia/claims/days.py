"""Arithmetic on days: what can be counted lies in the calendar of the years 1 to 9999, anything else is None."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date, timedelta

Days = tuple[date, date]
SEASONS = {1: (3, 1, 5), 2: (6, 1, 8), 3: (9, 1, 11), 4: (12, 1, 2)}  # first month, its first day, last month
UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def day_of(year: int | None, month: int, day: int) -> date | None:
    """Return a day, None where the year is unknown or the calendar has no such day."""
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None


def moved(day: date, days: int) -> date | None:
    """Return the day so many days later (before it where negative), None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def interval(first: date | None, last: date | None) -> Days | None:
    """Return both days where both are known and in order."""
    return (first, last) if first and last and first <= last else None


def month_of(year: int | None, month: int) -> Days | None:
    """Return the first and last day of a month."""
    if not year or not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_of(year: int | None) -> Days | None:
    """Return the first and last day of a year."""
    return interval(day_of(year, 1, 1), day_of(year, 12, 31))


def season_of(year: int | None, number: int) -> Days | None:
    """Return the days of a season, 1 to 4 from spring on; winter ends in the year after."""
    if not year:
        return None
    first, day, last = SEASONS[number]
    end = month_of(year + (last < first), last)
    return interval(day_of(year, first, day), end[1] if end else None)


def ago(day: date, number: int, unit: str) -> Days | None:
    """Return the interval that "so many units ago" can mean: the day itself, or half a unit on either side."""
    back, slack = -number * UNIT_DAYS[unit], UNIT_DAYS[unit] // 2
    return interval(moved(day, back - slack), moved(day, back + slack))


def counted(day: date, kind: str, numbers: Sequence[int]) -> Days | None:
    """Return the days, the week or the month that are so many away from a day."""
    if kind == "week":
        monday = moved(day, 7 * numbers[0] - day.weekday())
        return interval(monday, moved(monday, 6)) if monday else None
    if kind == "months":
        count = day.year * 12 + day.month - 1 + numbers[0]
        return month_of(count // 12, count % 12 + 1)
    return interval(moved(day, numbers[0]), moved(day, numbers[1]))
