"""Dates as tables and files write them: a day, a month or a year."""

from __future__ import annotations

import calendar
import re
from datetime import date

from testimonia.records import When

ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T\s].*)?)?)?", re.DOTALL)
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s.*)?", re.DOTALL)


def when(text: str) -> When:
    """Return the day, month or year that a text like 2022-06-24, 24.06.2022, 2024-05 or 2023 names.

    A time of day after the day is passed over; the day is taken as written, in whatever time zone it was written.

    Raises ValueError, with a sentence for the user, for anything else.
    """
    given = text.strip()
    if found := DOTTED.fullmatch(given):
        return _between(text, int(found[3]), int(found[2]), int(found[1]))
    if not (found := ISO.fullmatch(given)):
        raise ValueError(f"{text!r} is no date: write 2022-06-24 for a day, 2022-06 for a month or 2022 for a year")
    return _between(text, int(found[1]), *(int(part) if part else None for part in (found[2], found[3])))


def _between(text: str, year: int, month: int | None, day: int | None) -> When:
    try:
        if month is None:
            return When(date(year, 1, 1), date(year, 12, 31), "year", text.strip())
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return When(date(year, month, 1), date(year, month, last), "month", text.strip())
        return When(date(year, month, day), date(year, month, day), "day", text.strip())
    except ValueError as error:
        raise ValueError(f"{text!r} is no date: there is no such day or month") from error
