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
    running = _running(claims, packs)
    totals = {event.id for event in events.values() if not running.isdisjoint(event.claims)}
    types = {events[weight.event].type for weight in weights}
    return tuple(documented_minimum(kind, weights, events, totals) for kind in QUESTIONS if kind in types)


def _running(claims: Mapping[str, Claim], packs: Packs) -> set[str]:
    """Return the ids of the claims that give a running total.

    A number without a date of its own goes on with the time of its paragraph: where that holds a running total ("976
    were killed in three years. Another 6,112 were injured."), it is one too.
    """
    said = {key: claim.quote for key, claim in claims.items() if _is_total(claim, packs)}
    paragraphs = {(quote.document, quote.paragraph) for quote in said.values()}
    counted = {key: claim.quote for key, claim in claims.items() if claim.count and claim.when is None}
    return {*said, *(key for key, quote in counted.items() if (quote.document, quote.paragraph) in paragraphs)}


def _is_total(claim: Claim, packs: Packs) -> bool:
    return claim.count is not None and is_total(claim, cues(claim, packs))
