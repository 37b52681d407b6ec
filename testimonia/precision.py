"""How precise a date is, in the codes of two codebooks that people compare with: UCDP GED and ACLED."""

from __future__ import annotations

from testimonia.records import When

WEEK = 7  # days
MONTH = 31


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
