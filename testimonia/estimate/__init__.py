"""Weights → estimates: what is documented at least, and an honest word on what cannot be estimated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from testimonia.estimate.bounds import QUESTIONS, documented_minimum
from testimonia.packs import Packs
from testimonia.records import Claim, Estimate, Event, Weight
from testimonia.totals import cues, is_total

__all__ = ["estimate"]


def estimate(
    weights: Sequence[Weight], events: Mapping[str, Event], claims: Mapping[str, Claim], packs: Packs
) -> tuple[Estimate, ...]:
    """Return an estimate for each question that the weights bear on: people killed, injured, detained."""
    totals = {event.id for event in events.values() if any(_is_total(claims[claim], packs) for claim in event.claims)}
    types = {events[weight.event].type for weight in weights}
    return tuple(documented_minimum(kind, weights, events, totals) for kind in QUESTIONS if kind in types)


def _is_total(claim: Claim, packs: Packs) -> bool:
    return claim.count is not None and is_total(claim, cues(claim, packs))
