"""Is it asserted, alleged, denied, planned or predicted?

Each cue of the pack's `modality` table has a reach, said by its tag; a happening in the reach of several is first no
claim at all, then denied, planned, predicted, alleged. The rule above all others: what is denied never comes out
asserted. Where a sentence denies something and it is unclear whether it means a happening, there is no claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.claims.asked import Answer
from testimonia.claims.clause import Segment, holding
from testimonia.packs import LanguagePack
from testimonia.phrases import Hit, Word
from testimonia.records import Modality, Reason

NEAR = 6  # words after a negator that it may reach
ORDER: tuple[str, ...] = ("none", "denied", "planned", "predicted", "alleged")
CODES: dict[str, Modality] = {
    "denied": "denied",
    "planned": "planned",
    "predicted": "predicted",
    "alleged": "alleged",
    "asserted": "asserted",
}
ENDS = frozenset({"clause", "stop", "after"})


@dataclass(frozen=True, slots=True)
class Reach:
    """The words that a cue governs, `first` to `last` (excluded), and where its own clause begins."""

    cue: Hit
    first: int
    last: int
    begins: int


def _says_anew(part: Segment, speech: Sequence[Hit]) -> bool:
    """Say whether a segment is an attribution of its own (", and Kyiv said …"), which no denial before it reaches."""
    inside = [hit for hit in speech if part.first <= hit.first < part.last]
    return bool(inside) and part.opens != "sub" and (part.comma or part.opens in ("and", "dash", "comma", "quote"))


def _forward(cue: Hit, parts: Sequence[Segment], speech: Sequence[Hit]) -> int:
    """Return where the reach of a cue to the right ends."""
    index = holding(parts, cue.last - 1)
    for part in parts[index + 1 :]:
        if part.opens in ENDS or _says_anew(part, speech):
            return part.first
    return parts[-1].last


def _backward(cue: Hit, parts: Sequence[Segment]) -> int:
    """Return where the reach of a cue to the left ends."""
    index = holding(parts, cue.first)
    while index > 0 and parts[index].opens not in ("clause", "stop"):
        index -= 1
    return parts[index].first


def _own(cue: Hit, parts: Sequence[Segment]) -> int:
    return parts[holding(parts, cue.first)].first


def _behind(cue: Hit, parts: Sequence[Segment], end: int, triggers: Sequence[Hit]) -> Reach:
    """Return what a cue governs that comes after what it speaks of; where nothing comes before it, what follows.

    It reaches over a "but" where its own clause names nothing ("they say that …, but it is a lie").
    """
    near = _backward(cue, parts)
    back = near if any(near <= t.first < cue.first for t in triggers) else 0
    if "near" in cue.tags:
        return Reach(cue, max(near, cue.first - NEAR), cue.last, _own(cue, parts))
    stands = any(back <= t.first < cue.first for t in triggers)
    return Reach(cue, back, cue.last, back) if stands else Reach(cue, cue.first, end, back)


def _ahead(cue: Hit, parts: Sequence[Segment], end: int, triggers: Sequence[Hit]) -> Reach:
    """Return what a cue governs that stands before what it speaks of; where nothing comes after it, all its clause."""
    own = _own(cue, parts)
    if "near" in cue.tags:
        return Reach(cue, cue.first, min(end, cue.last + NEAR), own)
    follows = any(cue.first <= t.first < end for t in triggers)
    return Reach(cue, cue.first if follows or cue.value == "none" else own, end, own)


def _reach(cue: Hit, parts: Sequence[Segment], speech: Sequence[Hit], triggers: Sequence[Hit]) -> Reach:
    end = _forward(cue, parts, speech)
    if "all" in cue.tags:
        return Reach(cue, 0, parts[-1].last, 0)
    if "both" in cue.tags:
        back = _backward(cue, parts)
        return Reach(cue, back, end, back)
    return (_behind if "before" in cue.tags else _ahead)(cue, parts, end, triggers)


def reaches(
    parts: Sequence[Segment], words_of_saying: Sequence[Hit], triggers: Sequence[Hit], cues: Sequence[Hit]
) -> tuple[Reach, ...]:
    """Return what every cue governs; exceptions (value `asserted`) govern nothing."""
    return tuple(_reach(cue, parts, words_of_saying, triggers) for cue in cues if cue.value != "asserted")


def denied_runs(found: Sequence[Reach]) -> tuple[tuple[int, int], ...]:
    """Return the stretches of words under a denial, joined where they touch, for quoting them apart."""
    runs: list[tuple[int, int]] = []
    for first, last in sorted((min(r.begins, r.first), r.last) for r in found if r.cue.value == "denied"):
        if runs and first <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    return tuple(runs)


def _governs(reach: Reach, trigger: Hit) -> bool:
    """Say whether a trigger is in reach; an accusation is itself no allegation ("charged with …" is a fact)."""
    itself = reach.cue.value == "alleged" and reach.cue.first <= trigger.first < reach.cue.last
    return not itself and trigger.last > reach.first and trigger.first < reach.last


def _doubtful(trigger: Hit, found: Sequence[Reach]) -> bool:
    """Say whether a trigger stands in the clause of a denial though not in its reach."""
    return any(
        r.begins <= trigger.first < r.last and not _governs(r, trigger) for r in found if r.cue.value == "denied"
    )


def modality(trigger: Hit, found: Sequence[Reach], text: str) -> Answer[Modality | None]:
    """Return the modality of one happening; None where it is no claim, or unclear whether it is denied."""
    by_value = {reach.cue.value: reach for reach in reversed(found) if _governs(reach, trigger)}
    own = [value for value in ORDER if value in trigger.tags]
    for value in ORDER:
        if value in by_value:
            cue = by_value[value].cue
            reason = Reason("modality", f"{value}: {cue.entry.phrase}", text[cue.start : cue.end])
            return Answer(CODES.get(value), (reason,))
        if value in own:
            return Answer(
                CODES.get(value),
                (Reason("modality", f"{value}: the trigger itself", text[trigger.start : trigger.end]),),
            )
    if _doubtful(trigger, found):
        return Answer(None, (Reason("modality", "beside a denial, unclear"),))
    return Answer("asserted", (Reason("modality", "nothing against it"),))


def cues(text: str, words: Sequence[Word], pack: LanguagePack) -> tuple[Hit, ...]:
    """Return the cues of a sentence; of overlapping ones the longest. Those tagged `small` are never capitalised."""
    hits = pack.table("modality").find(words)
    return tuple(hit for hit in hits if "small" not in hit.tags or text[hit.start].islower())
