"""The axis of the timeline: from days to places on the drawing.

Time is cut into units (days, months or years, the finest that gives no more columns than fit); only units in which an
event begins or ends get a column, and a gap is drawn where units were left out.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from testimonia.publish.words import MONTHS, day, month

WIDTH, LEFT, RIGHT = 960.0, 168.0, 12.0
MOST = {"day": 31, "month": 60}  # columns; beyond, the next larger unit is taken
LONGEST = {"day": 62, "month": 366 * 25}  # days from first to last; beyond, the next larger unit is taken
WIDEST = 90.0  # of a column
GAP = 9.0  # where units are left out
LETTER = 6.2  # width of a letter above the columns

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Tick:
    """A column: its label, the label of the larger unit where one begins, and whether time was left out before it."""

    x: float
    width: float
    label: str
    above: str
    gap: bool


def _start(unit: str, when: date) -> date:
    if unit == "day":
        return when
    return when.replace(day=1) if unit == "month" else when.replace(month=1, day=1)


def _length(unit: str, start: date) -> int:
    """Return how many days the unit that begins on a day has."""
    if unit == "day":
        return 1
    if unit == "month":
        return monthrange(start.year, start.month)[1]
    return 366 if isleap(start.year) else 365


def _occupied(unit: str, spans: Iterable[Days]) -> list[date]:
    return sorted({_start(unit, when) for span in spans for when in span})


def _fits(unit: str, spans: Sequence[Days]) -> bool:
    starts = _occupied(unit, spans)
    return not starts or (len(starts) <= MOST[unit] and (starts[-1] - starts[0]).days <= LONGEST[unit])


class Axis:
    """From days to places on the drawing; a day asked for must lie in a unit that has a column."""

    def __init__(self, spans: Sequence[Days]) -> None:
        """Choose the unit and lay out its columns."""
        self.unit = next((unit for unit in MOST if _fits(unit, spans)), "year")
        self.starts = _occupied(self.unit, spans)
        self.gaps = {b for a, b in pairwise(self.starts) if (b - a).days != _length(self.unit, a)}
        room = WIDTH - LEFT - RIGHT - GAP * len(self.gaps)
        self.column = min(room / max(len(self.starts), 1), WIDEST)
        self._x: dict[date, float] = {}
        x = LEFT
        for start in self.starts:
            x += GAP if start in self.gaps else 0.0
            self._x[start] = x
            x += self.column

    def of(self, when: date) -> date:
        """Return the unit that a day lies in, as its first day."""
        return _start(self.unit, when)

    def x(self, when: date, *, after: bool = False) -> float:
        """Return where a day begins, or with `after` where it ends."""
        start = self.of(when)
        days = (when - start).days + (1 if after else 0)
        return self._x[start] + self.column * days / _length(self.unit, start)

    def left(self, start: date) -> float:
        """Return where a unit's column begins."""
        return self._x[start]

    def name(self, start: date) -> str:
        """Return a unit in words."""
        if self.unit == "year":
            return str(start.year)
        return day(start) if self.unit == "day" else month(start)

    def ticks(self) -> tuple[Tick, ...]:
        """Return the columns with their labels."""
        return tuple(
            Tick(self._x[start], self.column, self._label(start), self._above(at), start in self.gaps)
            for at, start in enumerate(self.starts)
        )

    def _larger(self, start: date) -> str:
        return {"day": month(start), "month": str(start.year)}.get(self.unit, "")

    def _above(self, at: int) -> str:
        """Return the name of the larger unit where it begins, shortened where its columns are too narrow for it."""
        name = self._larger(self.starts[at])
        if at and name == self._larger(self.starts[at - 1]):
            return ""
        columns = sum(self._larger(start) == name for start in self.starts)
        if columns * self.column >= LETTER * len(name):
            return name
        return f"’{name[-2:]}" if self.unit == "month" else f"{name[:3]} ’{name[-2:]}"

    def _label(self, start: date) -> str:
        if self.unit != "month":
            return str(start.day if self.unit == "day" else start.year)
        return MONTHS[start.month - 1][: 3 if self.column >= 24 else 1]
