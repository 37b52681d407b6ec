"""Is it resistance, and of which kind?

The typology has four kinds: private (kept within a trusted circle), public_nonlethal (symbols, rallies),
internal_lethal (passing information to forces) and public_lethal (assassination, sabotage). It applies only where
residents, or a party that is named as a resistance, do it.
"""

from __future__ import annotations

from testimonia.claims.asked import Answer
from testimonia.records import Reason

KINDS = {
    "refusal": "private",
    "protest": "public_nonlethal",
    "symbolic": "public_nonlethal",
    "informing": "internal_lethal",
    "assassination": "public_lethal",
    "sabotage": "public_lethal",
    "explosion": "public_lethal",
}
PEACEFUL = frozenset({"refusal", "protest", "symbolic", "informing"})


def resistance(kind: str, actor: str | None) -> Answer[str | None]:
    """Return the kind of resistance that a happening of this type by this party is, None where it is none."""
    organised = actor is not None and actor.endswith("_resistance")
    if kind not in KINDS or not (organised or (actor == "civilians" and kind in PEACEFUL)):
        return Answer(None)
    return Answer(KINDS[kind], (Reason("resistance", f"{kind} by {actor}"),))
