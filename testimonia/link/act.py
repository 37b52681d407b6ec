"""Which types may be one act: what one calls a blast, another calls a shelling, and a third a destruction."""

from __future__ import annotations

from testimonia.link.finding import NOTHING, Finding, apart
from testimonia.link.view import View
from testimonia.records import Claim

# How a blow at a thing is told. Who is to blame often hangs on the word, so both sides' words are one act.
BLOW = frozenset({"shelling", "airstrike", "explosion", "sabotage"})
DESTRUCTION = "property"


def act(kind: str) -> str:
    """Return the act that a type tells of: "blow", or the type itself; what is destroyed may tell of the blow.

    >>> act("shelling") == act("explosion"), act("killing")
    (True, 'killing')
    """
    return "blow" if kind in BLOW or kind == DESTRUCTION else kind


def _one_site(a: View, b: View) -> bool:
    return a.where.level == b.where.level == "site" and a.where.words == b.where.words


def _blow(claim: Claim) -> bool:
    """Say whether a claim tells of a blow: a destruction does as an accusation, but counted damage is what is left."""
    if claim.type == DESTRUCTION:
        return claim.modality in ("alleged", "denied") and claim.actor is not None and claim.count is None
    return claim.type in BLOW


def acts(a: View, b: View) -> Finding:
    """Compare the types: two of them are one blow only where both name one site, and no two numbers.

    In a town there may be a shelling and an air strike on one day.
    """
    x, y = a.claim, b.claim
    if x.type == y.type:
        return NOTHING
    told = f"told as {x.type} and as {y.type}"
    if not (_blow(x) and _blow(y) and _one_site(a, b)):
        return apart(told)
    return apart(f"{told}, with two numbers") if x.count and y.count else Finding(-0.3, told)


def one_sentence(a: View, b: View) -> bool:
    """Say whether two claims are read off the same words of one document."""
    x, y = a.claim.quote, b.claim.quote
    return x.document == y.document and x.start < y.end and y.start < x.end


def blame(a: View, b: View) -> Finding:
    """Compare two accusations of one sentence: "X accuses Y of it; Y accuses X" speaks of one act, whoever did it."""
    x, y = a.claim, b.claim
    accused = x.actor and y.actor and x.actor != y.actor and x.modality == y.modality == "alleged"
    cited = x.speaker and y.speaker and x.speaker.name != y.speaker.name
    if accused and cited and one_sentence(a, b):
        return Finding(1.5, "one sentence tells whom each of two accuses")
    return NOTHING
