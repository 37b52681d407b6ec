"""What kind of people does it fall on?"""

from __future__ import annotations

from collections.abc import Sequence

from testimonia.claims.asked import Answer, Asked
from testimonia.claims.doer import OWN_DOING
from testimonia.claims.party import doer
from testimonia.phrases import Hit
from testimonia.records import Count, Reason

WITHIN = 8  # words from the trigger
ON_PEOPLE = frozenset(
    {"killing", "injury", "torture", "sexual_violence", "detention", "prosecution", "deportation", "conscription"}
    | {"displacement", "assassination", "protest", "refusal", "restriction", "disclosure", "informing", "symbolic"}
    | {"aid", "reward"}
)

# Who stands beside such a happening more often than it falls on them: those who break up a rally, or help people away.
UNLIKELY = {"protest": ("soldier", "police"), "displacement": ("activist",)}


def _distance(hit: Hit, asked: Asked, count: Count | None) -> tuple[int, int]:
    """Return how far a word is: first whether it is outside the count, then words to the trigger."""
    inside = bool(count) and asked.sentence.text[hit.start : hit.end] in (count.words if count else "")
    gap = max(0, hit.first - asked.trigger.last, asked.trigger.first - hit.last)
    return (0 if inside else 1, gap)


def _counted_apart(hit: Hit, asked: Asked, others: Sequence[Count]) -> bool:
    """Say whether a word belongs to another count of the same happening: "976 people, 16 children among them"."""
    text = asked.sentence.text
    starts = [(text.find(other.words), len(other.words)) for other in others if other.words]
    return any(0 <= start <= hit.start and hit.end <= start + length for start, length in starts)


def _others(hits: Sequence[Hit], asked: Asked) -> list[Hit]:
    """Return the words that are not of those who do it: it falls on somebody else."""
    by = doer(asked) if hits else None
    return [hit for hit in hits if by is None or not (by[0] <= hit.first and hit.last <= by[1])]


def group(asked: Asked, count: Count | None, others: Sequence[Count] = ()) -> Answer[str | None]:
    """Return the group that is nearest to the happening, its count first; None where the words name none.

    Those who only say it, or who do it, are none of the people it falls on; `others` are the other counts of the same
    happening.
    """
    if asked.trigger.value not in ON_PEOPLE or (count is not None and count.unit != "person"):
        return Answer(None)
    inside = [hit for hit in asked.pack.table("groups").find(asked.words) if asked.within(hit.start, hit.end)]
    heard = [hit for hit in inside if hit.value != "none" and not asked.only_says(hit.start, hit.end)]
    heard = [hit for hit in heard if not _counted_apart(hit, asked, others)]
    heard = [hit for hit in heard if hit.value not in UNLIKELY.get(asked.trigger.value, ())]
    if asked.trigger.value not in OWN_DOING:
        heard = _others(heard, asked)
    near = [hit for hit in heard if _distance(hit, asked, count)[1] <= WITHIN]
    if not near:
        return Answer(None)
    best = min(near, key=lambda hit: _distance(hit, asked, count))
    return Answer(best.value, (Reason("group", "nearest named", asked.sentence.text[best.start : best.end]),))
