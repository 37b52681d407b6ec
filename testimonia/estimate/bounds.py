"""What the documents prove at least, and why nothing beyond it is estimated.

Numbers of several events are not added up: an event of a region may hold that of a town, a running total holds both,
and a missed link would count victims twice. So the documented minimum is the largest single number that is asserted.
A number of the undocumented (multiple systems estimation) takes lists of identified persons, which reports are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from testimonia.records import Estimate, Event, Weight

QUESTIONS = {
    "killing": "How many people were killed?",
    "injury": "How many people were injured?",
    "detention": "How many people were detained?",
}
LISTS = 3  # lists of identified persons below which there is no estimate
SINGLE = "documented minimum: the largest lower bound of a single event"
TOTAL = "documented minimum: the lower bound of a stated running total, which is larger than that of any single event"
NONE = "documented minimum: no asserted number of persons"


@dataclass(frozen=True, slots=True)
class Bound:
    """The lower bound of one event, whether it is a running total, and the weight it is from."""

    low: int | float
    total: bool
    contested: bool
    weight: str


def _bound(weight: Weight, totals: AbstractSet[str]) -> Bound | None:
    """Return the lower bound that asserted claims of an event give; None where they give none of persons."""
    if weight.low is None or weight.unit != "person":
        return None
    return Bound(weight.low, weight.event in totals, weight.contested, weight.id)


def _largest(bounds: Sequence[Bound]) -> tuple[Bound | None, str]:
    """Return the bound that holds and the rule; a running total only where it is larger than every single event."""
    if not bounds:
        return None, NONE
    best = max(bounds, key=lambda bound: (bound.low, not bound.total, bound.weight))
    return best, TOTAL if best.total else SINGLE


def _reason(best: Bound | None) -> str:
    why = (
        f"not estimable, because there are no lists of identified persons: {LISTS} independent lists are needed, "
        "and reports that give numbers without identities are none"
    )
    if best is None:
        return f"{why}. No document asserts a number of persons, which does not mean that there were none."
    doubt = ", and that number is contested" if best.contested else ""
    return f"{why}. At least {best.low:,} are stated{doubt}; how many more there were is not known."


ASSUMPTIONS = (
    "the documents that assert the number are right that there were at least so many",
    "what is alleged, denied, planned or expected is not counted",
    "numbers of different events are not added up, since they may hold one another",
)


def documented_minimum(
    kind: str, weights: Sequence[Weight], events: Mapping[str, Event], totals: AbstractSet[str]
) -> Estimate:
    """Return the documented minimum for one type of event; `high` stays open, and `estimable` is False.

    `events` maps event ids to events; `totals` holds the ids of the running totals among them. The
    unit is persons. The number is that of a single event or of a stated running total: it is a bound, never a sum.
    """
    own = [weight for weight in weights if events[weight.event].type == kind]
    found = [bound for weight in own if (bound := _bound(weight, totals))]
    best, method = _largest(found)
    low = best.low if best else None
    inputs = tuple(sorted(weight.id for weight in own))
    return Estimate(QUESTIONS[kind], method, inputs, low, None, False, _reason(best), ASSUMPTIONS)
