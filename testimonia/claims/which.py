"""Which bearer of a name is meant? Never guessed: a bare name stands for all its bearers until something narrows them.

In this order, as long as more than one is left: the hromada, the district and the unit that the sentence names; a town
that dwarfs the others; the hromadas, districts and units that the text named before; places named near one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians

from testimonia.claims.gazetteer import Known
from testimonia.claims.mentions import Mention
from testimonia.places.book import Bearer

DOMINANT = 4  # a town so many times larger than the next bearer of its name is meant where nothing else is said
TOWN = 2_000
FEWEST = 500  # people that a place has at most of which GeoNames does not say how many
HUGE, BY_FAR = 100_000, 40  # a city that is meant whatever unit the sentence names elsewhere
BESIDE = 30  # characters between a name and what says which is meant
NEAR_KM = 60.0


def largest(bearers: Sequence[Bearer]) -> Bearer | None:
    """Return the bearer that is a town and dwarfs the others, or the only one."""
    ranked = sorted(bearers, key=lambda b: (-b.population, b.id))
    if len(ranked) < 2:
        return ranked[0] if ranked else None
    first, second = ranked[0], ranked[1]
    by_far = first.population >= DOMINANT * max(second.population, FEWEST)
    return first if first.population >= TOWN and by_far else None


def distance(a: Bearer, b: Bearer) -> float:
    """Return the distance of two places in km, infinite where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return float("inf")
    east = (a.lon - b.lon) * cos(radians((a.lat + b.lat) / 2))
    return 111.2 * float(((a.lat - b.lat) ** 2 + east**2) ** 0.5)


@dataclass(frozen=True)
class Context:
    """What a text names: in the sentence itself, and in the sentences before and the title."""

    places: Known
    sentence: str
    before: tuple[str, ...] = ()

    @cached_property
    def here(self) -> tuple[Mention, ...]:
        """The mentions of the sentence."""
        return self.places.find(self.sentence)

    @cached_property
    def told(self) -> tuple[Mention, ...]:
        """The mentions of the sentences before."""
        return tuple(mention for text in self.before for mention in self.places.find(text))

    @cached_property
    def anchors(self) -> tuple[Bearer, ...]:
        """The places named anywhere that have one bearer alone."""
        return tuple(m.bearers[0] for m in (*self.told, *self.here) if len(m.bearers) == 1)

    def chosen(self, bearers: Sequence[Bearer], unit: str | None = None, at: int | None = None) -> tuple[Bearer, ...]:
        """Return the bearers of a name that may be meant: one where something tells.

        `unit` is that of the clause, `at` where the name ends in the sentence, if it stands there.
        """
        left = tuple(bearers)
        beside = [m for m in self.here if at is not None and 0 <= m.start - at <= BESIDE]
        for narrowed in (
            self._in_areas(beside),
            self._in_units([m for m in beside if m.kind == "unit"]),
            self._around([m for m in beside if m.offset.relation == "near"]),
            _by_far,
            self._in_areas(self.here),
            lambda found: tuple(b for b in found if unit and b.adm1 == unit),
            self._in_units(self.here),
            self._around([m for m in self.here if m.offset.relation == "direction"]),
            _dominant,
            self._in_areas(self.told),
            self._in_units(self.told),
            self._near,
        ):
            if len(left) > 1:
                left = narrowed(left) or left
        return left

    def _in_areas(self, mentions: Sequence[Mention]) -> Narrowing:
        """Keep those of a hromada or district that is named, and the parts of a town that is."""
        areas = {b.code for m in mentions if m.kind in ("hromada", "district") for b in m.bearers if b.code}
        towns = {b.id for m in mentions if m.kind == "settlement" for b in m.bearers}
        return lambda found: tuple(b for b in found if {b.hromada, b.district} & (towns if b.kind == "part" else areas))

    def _in_units(self, mentions: Sequence[Mention]) -> Narrowing:
        """Keep those of a unit that is named, by itself or by a place that has one bearer alone."""
        units = {m.name for m in mentions if m.kind == "unit"}
        units |= {m.bearers[0].adm1 for m in mentions if len(m.bearers) == 1 and m.bearers[0].adm1}
        return lambda found: tuple(b for b in found if b.adm1 in units)

    def _around(self, mentions: Sequence[Mention]) -> Narrowing:
        """Keep those around a town that the name is said to lie near: "in X near Y"."""
        towns = [town for m in mentions if (town := largest(m.bearers))] if mentions else []
        return lambda found: tuple(b for b in found if any(distance(b, town) < NEAR_KM for town in towns))

    def _near(self, found: Sequence[Bearer]) -> tuple[Bearer, ...]:
        return tuple(b for b in found if any(distance(b, anchor) < NEAR_KM for anchor in self.anchors))


Narrowing = Callable[[Sequence[Bearer]], tuple[Bearer, ...]]


def _by_far(found: Sequence[Bearer]) -> tuple[Bearer, ...]:
    top = largest(found)
    rest = max((b.population for b in found if b is not top), default=0)
    return (top,) if top and top.population >= HUGE and top.population >= BY_FAR * max(rest, FEWEST) else ()


def _dominant(found: Sequence[Bearer]) -> tuple[Bearer, ...]:
    top = largest(found)
    return (top,) if top else ()
