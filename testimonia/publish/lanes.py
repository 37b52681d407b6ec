"""The lanes of the timeline: a mark for each event, or where they are too many, a column for each count.

A date is drawn as wide as it is known: a day is a dot, a month a bar over its column.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from testimonia.publish.axis import LEFT, RIGHT, WIDTH, Axis
from testimonia.publish.words import day

TRACK = 10.0  # height of a row of marks
DOT = 7.0  # height of a mark, and width of one without length
TRACKS = 6  # rows in a lane
BARS = 5  # rows of bars below columns of counts
COLUMN = 34.0  # height of the highest column of counts
WEEK = 7  # days; what is known to the week is a dot where columns are months or years

Link = Callable[[date], str]  # from a day to where its events are listed


@dataclass(frozen=True, slots=True)
class Drawn:
    """An event as the timeline needs it: two days (None: no date), and what a mark says and leads to.

    `number` is how many events one bar stands for.
    """

    lane: str
    first: date | None
    last: date | None
    href: str
    title: str
    contested: bool = False
    alleged: bool = False
    number: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark (a dot, a bar, or a column of counts), in units of the drawing."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    href: str
    title: str
    look: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the drawing. `more` is how many events found no room in it."""

    name: str
    total: int
    y: float
    height: float
    marks: tuple[Mark, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class _Span:
    """Where an event lies on the drawing."""

    left: float
    right: float
    event: Drawn
    dot: bool
    row: int = 0


def _days(event: Drawn) -> tuple[date, date]:
    return event.first or date.min, event.last or date.min


def _in_one(axis: Axis, event: Drawn) -> bool:
    first, last = _days(event)
    return axis.of(first) == axis.of(last)


def _span(axis: Axis, event: Drawn) -> _Span:
    first, last = _days(event)
    left, right = axis.x(first), axis.x(last, after=True)
    within = axis.unit != "day" and _in_one(axis, event) and (last - first).days <= WEEK
    if within or first == last:
        middle = (left + right) / 2
        return _Span(middle - DOT / 2, middle + DOT / 2, event, dot=True)
    return _Span(left + 1, max(right - 1, left + 4), event, dot=False)


def _room(event: Drawn) -> float:
    """Return the room behind a mark: for the number that stands there, or a hair."""
    return 8.0 + 5.0 * len(str(event.number)) if event.number > 1 else 1.0


def _placed(axis: Axis, events: Iterable[Drawn], most: int) -> tuple[list[_Span], int]:
    """Give each event the first row that has room; return them, and how many events found none."""
    spans = sorted((_span(axis, event) for event in events), key=lambda s: (s.left, -s.right, s.event.href))
    ends: list[float] = []
    placed, more = [], 0
    for span in spans:
        row = next((at for at, end in enumerate(ends) if end <= span.left), len(ends))
        if row >= most:
            more += span.event.number
            continue
        ends[row : row + 1] = [span.right + _room(span.event)]
        placed.append(_Span(span.left, span.right, span.event, span.dot, row))
    return placed, more


def _look(event: Drawn) -> str:
    return " ".join(word for word, so in (("con", event.contested), ("all", event.alleged)) if so)


def _mark(span: _Span, y: float) -> Mark:
    event, kind = span.event, "dot" if span.dot else "bar"
    text = str(event.number) if event.number > 1 else ""
    top, width = y + span.row * TRACK, span.right - span.left
    return Mark(kind, span.left, top, width, DOT, event.href, event.title, _look(event), text)


def _rows(placed: Iterable[_Span]) -> int:
    return max((span.row + 1 for span in placed), default=0)


def marks(axis: Axis, name: str, events: Sequence[Drawn], y: float) -> Lane | None:
    """Return a lane with a mark for each event, or None where it does not hold them."""
    placed, more = _placed(axis, events, TRACKS)
    if more:
        return None
    return Lane(name, len(events), y, _rows(placed) * TRACK + 8, tuple(_mark(span, y + 6) for span in placed))


def _columns(axis: Axis, name: str, numbers: Mapping[date, int], y: float, link: Link) -> list[Mark]:
    highest, found = max(numbers.values(), default=1), []
    for start, number in sorted(numbers.items()):
        height = max(COLUMN * number / highest, 3.0)
        x, top, width = axis.left(start) + axis.column * 0.08, y + 16 + COLUMN - height, axis.column * 0.84
        title = f"{axis.name(start)}: {number} in {name}"
        found.append(Mark("count", x, top, width, height, link(start), title, "", str(number)))
    return found


def _bundles(axis: Axis, events: Iterable[Drawn], link: Link) -> list[Drawn]:
    """Join events that would be drawn over the same columns into one bar that says how many they are."""
    spans: dict[tuple[date, date], list[Drawn]] = defaultdict(list)
    for event in events:
        first, last = _days(event)
        spans[axis.of(first), axis.of(last)].append(event)
    return [_bundle(held, link) for held in spans.values()]


def _bundle(held: list[Drawn], link: Link) -> Drawn:
    if len(held) == 1:
        return held[0]
    first, last = min(_days(event)[0] for event in held), max(_days(event)[1] for event in held)
    title = f"{len(held)} in {held[0].lane}, {day(first)} – {day(last)}"
    contested = any(event.contested for event in held)
    return Drawn(held[0].lane, first, last, link(first), title, contested, number=len(held))


def counts(axis: Axis, name: str, events: Sequence[Drawn], y: float, link: Link) -> Lane:
    """Return a lane with a column of counts for each unit, and below them bars for what lasts longer."""
    numbers = Counter(axis.of(_days(event)[0]) for event in events if _in_one(axis, event))
    bars = _bundles(axis, (event for event in events if not _in_one(axis, event)), link)
    placed, more = _placed(axis, bars, BARS)
    above = COLUMN + 18 if numbers else 4
    found = _columns(axis, name, numbers, y, link)
    found += [_mark(span, y + above + 2) for span in placed]
    return Lane(name, len(events), y, max(above + _rows(placed) * TRACK + 4, 18), tuple(found), more)


def undated(events: Sequence[Drawn], y: float) -> Lane:
    """Return the lane of what has no date: dots side by side, as many as there is room for."""
    across = int((WIDTH - LEFT - RIGHT) // (DOT + 2))
    shown = events[: across * TRACKS]
    found = tuple(
        Mark("dot", LEFT + at % across * (DOT + 2), y + 6 + at // across * TRACK, DOT, DOT, e.href, e.title, _look(e))
        for at, e in enumerate(shown)
    )
    rows = -(-len(shown) // across)
    return Lane("date not stated", len(events), y, rows * TRACK + 8, found, len(events) - len(shown))
