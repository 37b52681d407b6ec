"""Running totals: a number over a long time ("since the beginning of the war") is a series apart, not one happening."""

from __future__ import annotations

from collections.abc import Mapping

from testimonia.packs import Packs
from testimonia.records import Claim

LONG = 60  # days from which on a number is a total over time, and no longer one happening of uncertain date


def cues(claim: Claim, packs: Packs) -> dict[str, str]:
    """Return what a claim's words say by the `linking` table of their language: kind of cue, and the first words of it.

    The kinds are total, another and earlier.
    """
    pack = packs.language(claim.quote.lang)
    found: dict[str, str] = {}
    for hit in pack.table("linking").find(claim.quote.text) if pack else []:
        found.setdefault(hit.value, claim.quote.text[hit.start : hit.end])
    return found


def is_total(claim: Claim, said: Mapping[str, str]) -> bool:
    """Say whether a claim gives a number over a long time: by its dates, or by its `cues` where they say so."""
    if claim.count is None:
        return False
    if claim.when and (claim.when.last - claim.when.first).days >= LONG:
        return True
    return "total" in said
