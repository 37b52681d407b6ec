"""Running totals: a number over a long time ("since the beginning of the war") is a series apart, not one happening."""

from __future__ import annotations

from testimonia.packs import Packs
from testimonia.records import Claim

LONG = 60  # days from which on a number is a total over time, and no longer one happening of uncertain date


def says(kind: str, claim: Claim, packs: Packs) -> str:
    """Return the words of a claim that are of this kind in the `linking` table of its language, "" where none are."""
    pack = packs.language(claim.quote.lang)
    hits = pack.table("linking").find(claim.quote.text) if pack else []
    return next((claim.quote.text[hit.start : hit.end] for hit in hits if hit.value == kind), "")


def is_total(claim: Claim, packs: Packs) -> bool:
    """Say whether a claim gives a number over a long time: by its dates, or by its words where they say so."""
    if claim.count is None:
        return False
    if claim.when and (claim.when.last - claim.when.first).days >= LONG:
        return True
    return bool(says("total", claim, packs))
