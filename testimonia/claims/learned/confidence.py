"""How sure is a claim, and each of its slots? Shares that were right on annotated documents which nobody trained on.

Every slot has a score, from the vote of rules and encoder or from the rule that answered, and a case in which that
score was reached ("a named place", "gone on from before"). The table of calibration says how often such an answer was
right: for each case, rising steps of score and share (isotonic regression; Zadrozny and Elkan 2002).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, fields

from testimonia.claims.learned.encoder import Steps, Table
from testimonia.claims.learned.opinion import View
from testimonia.records import Claim, Confidence

SLOTS = tuple(field.name for field in fields(Confidence))
READ = "read by the encoder"  # in the reason for a type that the rules did not find
ELSE = ""  # the case that holds for all others


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one slot, and the case in which it was reached."""

    case: str
    value: float


def _rule(claim: Claim, question: str) -> str:
    """Return the rule that answered a question."""
    return next((reason.rule for reason in claim.reasons if reason.question == question), "")


def read(made: Claim) -> bool:
    """Say whether the encoder alone found what a claim tells."""
    return any(reason.question == "kind" and READ in reason.rule for reason in made.reasons)


def scores(made: Claim, claim: Claim, view: View, told: float, counted: float) -> dict[str, Score]:
    """Return the score of every slot of a claim: `made` is that of the rules, `claim` the one that both agreed on.

    `told` is the probability that a claim of the type is told there, `counted` that its number counts it (of a claim
    without a number: that none does).
    """
    return {
        "told": Score("read" if read(made) else "rules", told),
        "modality": Score(made.modality, view.modality.get(claim.modality, 0.0)),
        "speaker": Score("named" if claim.speaker else "nobody", 1 - view.unsaid if claim.speaker else view.unsaid),
        "actor": Score("agreed" if made.actor == claim.actor else "other", view.actor.get(claim.actor, 0.0)),
        "target": Score("agreed" if made.target == claim.target else "other", view.target.get(claim.target, 0.0)),
        "group": Score("agreed" if made.group == claim.group else "other", view.group.get(claim.group, 0.0)),
        "count": Score("number" if claim.count else "none", counted),
        "place": Score(_rule(claim, "place") if claim.place or claim.adm1 else "none", 0.0),
        "date": Score(_rule(claim, "when") if claim.when else "none", 0.0),
    }


def share(steps: Steps, value: float) -> float:
    """Return the share that belongs to a score."""
    at = bisect_right([step[0] for step in steps], value)
    return float(steps[max(0, at - 1)][1])


def confidence(found: Mapping[str, Score], table: Table) -> Confidence:
    """Return the confidence of a claim and its slots; a score itself where the table knows nothing of a slot."""

    def one(slot: str) -> float:
        score, known = found[slot], table.get(slot, {})
        steps = known.get(score.case) or known.get(ELSE)
        return round(share(steps, score.value) if steps else score.value, 3)

    return Confidence(**{slot: one(slot) for slot in SLOTS})
