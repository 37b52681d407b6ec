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


def read(made: Claim) -> bool:
    """Say whether the encoder alone found what a claim tells."""
    return any(reason.question == "kind" and READ in reason.rule for reason in made.reasons)


def _voted(made: str | None, agreed: str | None, view: Mapping[str | None, float]) -> Score:
    """Return the score of a slot put to the vote: of nobody, of an answer that the rules gave too, of the encoder's."""
    case = "nobody" if agreed is None else "agreed" if made == agreed else "other"
    return Score(case, view.get(agreed, 0.0))


def _counted(claim: Claim, view: View, number: float | None) -> Score:
    """Return the score of a count: of one that a number gives, of one that none gives, of none."""
    if claim.count:
        return Score("one", view.single) if number is None else Score("number", number)
    return Score("none", 1 - max(number or 0.0, view.single))


def scores(made: Claim, claim: Claim, view: View, told: float, number: float | None) -> dict[str, Score]:
    """Return the score of every slot of a claim: `made` is that of the rules, `claim` the one that both agreed on.

    `told` is the probability that a claim of the type is told there, `number` that its number counts it, or one of the
    stretch; None where there is none.
    """
    return {
        "told": Score("read" if read(made) else "rules", told),
        "modality": Score(made.modality, view.modality.get(claim.modality, 0.0)),
        "speaker": Score("named" if claim.speaker else "nobody", 1 - view.unsaid if claim.speaker else view.unsaid),
        "actor": _voted(made.actor, claim.actor, view.actor),
        "target": _voted(made.target, claim.target, view.target),
        "group": _voted(made.group, claim.group, view.group),
        "count": _counted(claim, view, number),
        "place": Score("place" if claim.place else "area" if claim.adm1 else "none", view.there.likely),
        "date": Score("date" if claim.when else "none", view.then.likely),
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
