"""The timeline: where the events lie in time, a lane for each type, as a drawing and as a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from testimonia.publish.axis import WIDTH, Axis, Tick
from testimonia.publish.lanes import Drawn, Lane, Link, counts, marks, undated

LANES = 12  # types with a lane of their own, and one lane for all others
TOP, APART = 44.0, 6.0
OTHERS = "all other types"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table that stands for the drawing."""

    when: str
    href: str
    total: int
    contested: int
    types: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing; lanes of dates go down to `foot`.

    `drawn` of `total` events are in it, `undated` of them in a lane of their own.
    """

    width: float
    height: float
    foot: float
    unit: str
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    drawn: int
    total: int
    undated: int


def _names(events: Iterable[Drawn], order: Sequence[str]) -> dict[str, str]:
    """Return the lane of each type: its own for the most frequent ones, one for all others."""
    numbers = Counter(event.lane for event in events)
    frequent = sorted(numbers, key=lambda name: (-numbers[name], name))
    own = frequent if len(frequent) <= LANES else frequent[: LANES - 1]
    kept = sorted(own, key=lambda name: (order.index(name) if name in order else len(order), name))
    return {name: name if name in kept else OTHERS for name in (*kept, *frequent)}


def _row(when: str, href: str, events: Sequence[Drawn]) -> Row:
    numbers = Counter(event.lane for event in events)
    types = ", ".join(f"{name} {number}" for name, number in sorted(numbers.items(), key=lambda n: (-n[1], n[0])))
    return Row(when, href, len(events), sum(event.contested for event in events), types)


def _rows(axis: Axis, events: Iterable[Drawn], without: Sequence[Drawn], link: Link) -> tuple[Row, ...]:
    by_unit = defaultdict(list)
    for event in events:
        if event.first:
            by_unit[axis.of(event.first)].append(event)
    rows = [_row(axis.name(start), link(start), found) for start, found in sorted(by_unit.items())]
    return (*rows, _row("Date not stated", "#undated", without)) if without else tuple(rows)


def _lanes(axis: Axis, events: Sequence[Drawn], order: Sequence[str], link: Link) -> list[Lane]:
    names, grouped = _names(events, order), defaultdict(list)
    for event in events:
        grouped[names[event.lane]].append(event)
    lanes: list[Lane] = []
    y = TOP
    for name in (name for name in dict.fromkeys(names.values()) if name in grouped):
        lanes.append(marks(axis, name, grouped[name], y) or counts(axis, name, grouped[name], y, link))
        y += lanes[-1].height + APART
    return lanes


def timeline(events: Sequence[Drawn], order: Sequence[str], link: Link) -> Timeline:
    """Lay out the events; `order` is the order of lanes, `link` gives where the events of a day are listed."""
    spans = [(event.first, event.last) for event in events if event.first and event.last]
    dated = [event for event in events if event.first and event.last]
    without = [event for event in events if not (event.first and event.last)]
    axis = Axis(spans)
    lanes = _lanes(axis, dated, order, link)
    foot = lanes[-1].y + lanes[-1].height if lanes else TOP
    if without:
        lanes.append(undated(without, foot + APART))
    height = lanes[-1].y + lanes[-1].height + 8 if lanes else foot
    drawn = len(events) - sum(lane.more for lane in lanes)
    rows = _rows(axis, dated, without, link)
    return Timeline(WIDTH, height, foot, axis.unit, tuple(lanes), axis.ticks(), rows, drawn, len(events), len(without))
