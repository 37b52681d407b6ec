"""When a document appeared, and which of two came first: no order is claimed that their dates do not give.

A document that is dated "May 2023" came neither before nor after one of 20 May. Two of one day are in order only where
both give the hour, and the hours can be compared: both with an offset from UTC, or both by the clock of one outlet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from testimonia.records import Document

DAY = 86_400  # seconds
BARE = 10  # characters of a date that has no hour: 2023-05-20
NO_DAY = 10**7  # a day after every day: what has no date is listed last


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """From the day `first` to the day `last` (proleptic ordinals; `NO_DAY` for none), and the second where it is known.

    `clock` says by which clock `second` counts: "UTC", an outlet's own, or "" where no hour is given. Moments sort in a
    fixed order, which is that of time as far as `before` knows it by days.
    """

    first: int
    last: int
    second: int = 0
    clock: str = ""

    @property
    def dated(self) -> bool:
        """True where any date is known."""
        return self.first != NO_DAY

    @property
    def one_day(self) -> bool:
        """True where the very day is known."""
        return self.dated and self.first == self.last


def _second(words: str, outlet: str) -> tuple[int, str]:
    """Read the hour off the words of a date: seconds on its clock, and which clock that is.

    >>> _second("2023-05-20T10:00:00+02:00", "")[1], _second("2023-05-20", "The Desk")[1]
    ('UTC', '')
    """
    if len(words) <= BARE:
        return 0, ""
    try:
        read = datetime.fromisoformat(words)
    except ValueError:
        return 0, ""
    # Worked out by hand: the calendar's first and last days have no neighbours to shift them to.
    second = read.toordinal() * DAY + read.hour * 3600 + read.minute * 60 + read.second
    offset = read.utcoffset()
    if offset is not None:
        return second - offset.days * DAY - offset.seconds, "UTC"
    return (second, f"of {outlet}") if outlet else (0, "")


def moment(document: Document | None) -> Moment:
    """Return when a document appeared, as precisely as its date is written."""
    if document is None or document.date is None:
        return Moment(NO_DAY, NO_DAY)
    date = document.date
    first, last = sorted((date.first.toordinal(), date.last.toordinal()))
    second, clock = _second(date.words, document.outlet or "") if first == last else (0, "")
    return Moment(first, last, second, clock)


def before(a: Moment, b: Moment) -> bool:
    """Say whether a is known to be before b; where neither is before the other, the order is not known.

    Days decide, and hours within one day; where hours speak against the days (a day ends at other hours elsewhere), the
    order is not known. So nothing is ever before itself, by whatever way around.
    """
    if not (a.dated and b.dated):
        return False
    by_clock = bool(a.clock) and a.clock == b.clock
    if a.one_day and (a.first, a.last) == (b.first, b.last):
        return by_clock and a.second < b.second
    return a.last < b.first and not (by_clock and a.second >= b.second)
