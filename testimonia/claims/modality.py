"""Is it asserted, alleged, denied, planned or predicted?

Each cue of the pack's `modality` table has a reach, said by its tag; a happening in the reach of several is first no
claim at all, then denied, planned, predicted, alleged. What somebody answers, investigates or punishes is a fact, even
where the answer is only planned ("will respond to the shelling"). The rule above all others: what is denied never comes
out asserted. Where a sentence denies something and it is unclear whether it means a happening, there is no claim.
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
NEXT = 2  # words after one that speaks only of what follows at once ("the so-called execution of …")
LAW = frozenset({"prosecution", "detention"})  # what follows from a charge, and is no part of it unless named at once
ORDER: tuple[str, ...] = ("none", "denied", "planned", "predicted", "alleged")
CODES: dict[str, Modality] = {
    "denied": "denied",
    "planned": "planned",
    "predicted": "predicted",
    "alleged": "alleged",
    "asserted": "asserted",
}
BEFALLS = frozenset({"killing", "injury", "property", "detention"})  # what a blow or a raid does to people and things
WHOM = frozenset({"who", "whom"})  # tags of whom it did not befall
BLOW = "blow"  # tag of a fact that only denials leave alone
NEGATION = "denied by a negation"  # by "not" or "no", which say what is lacking too, and not by a word of denying
ENDS = frozenset({"clause", "stop", "after"})
LISTS = frozenset({"comma", "dash", "colon"})  # what may stand before the next thing of a list, or a new clause
END = 10_000  # beyond the last word of any sentence


@dataclass(frozen=True, slots=True)
class Reach:
    """The words that a cue governs, `first` to `last` (excluded), and where its own clause begins.

    From `nouns` on, behind a sign, it governs only what is listed by a noun: a verb there may begin another clause.
    """

    cue: Hit
    first: int
    last: int
    begins: int
    nouns: int = END


def _says_anew(part: Segment, speech: Sequence[Hit]) -> bool:
    """Say whether a segment is an attribution of its own (", and Kyiv said …"), which no denial before it reaches.

    What somebody gives to understand in the same breath is one too (", saying …").
    """
    inside = [hit for hit in speech if part.first <= hit.first < part.last]
    if part.opens == "sub":
        return part.comma and any(hit.first == part.first for hit in inside)
    return bool(inside) and (part.comma or part.opens in ("and", "dash", "comma", "quote"))


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


def _list(cue: Hit, parts: Sequence[Segment]) -> int:
    """Return where, behind a cue, the first segment begins that may be a clause of its own."""
    return next((part.first for part in parts if part.first >= cue.last and part.opens in LISTS), END)


def _here(cue: Hit, parts: Sequence[Segment], end: int) -> Reach:
    """Return what a cue governs on both sides that leaves out what the sentence above its own clause says."""
    near = _backward(cue, parts)
    inner = [part.first for part in parts if part.opens == "sub" and near < part.first <= cue.first]
    first = max(inner, default=near)
    return Reach(cue, first, end, first, _list(cue, parts))


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
    """Return what a cue governs that stands before what it speaks of; where nothing comes after it, all its clause.

    Those whom it did not befall deny what befalls them, and where they stand behind it, that alone: "the shelling
    killed nobody" tells of a shelling.
    """
    own = _own(cue, parts)
    if "who" in cue.tags:
        told = [t.first for t in triggers if t.first < end]
        first = cue.first if any(at >= cue.first for at in told) else max((at for at in told if at >= own), default=own)
        return Reach(cue, first, end, first)
    if "near" in cue.tags or "next" in cue.tags:
        far = NEAR if "near" in cue.tags else NEXT
        return Reach(cue, cue.first, min(end, cue.last + far), own, _list(cue, parts))
    follows = any(cue.first <= t.first < end for t in triggers)
    part = parts[holding(parts, cue.first)]
    nouns = _list(cue, parts) if part.opens == "sub" and part.comma else END
    return Reach(cue, cue.first if follows or cue.value == "none" else own, end, own, nouns)


def _reach(cue: Hit, parts: Sequence[Segment], speech: Sequence[Hit], triggers: Sequence[Hit]) -> Reach:
    end = _forward(cue, parts, speech)
    if "all" in cue.tags:
        return Reach(cue, 0, parts[-1].last, 0)
    if "here" in cue.tags:
        return _here(cue, parts, end)
    if "both" in cue.tags:
        back = _backward(cue, parts)
        return Reach(cue, back, end, back)
    return (_behind if "before" in cue.tags else _ahead)(cue, parts, end, triggers)


def reaches(
    parts: Sequence[Segment], words_of_saying: Sequence[Hit], triggers: Sequence[Hit], cues: Sequence[Hit]
) -> tuple[Reach, ...]:
    """Return what every cue governs; exceptions (value `asserted`) govern nothing but the fact behind them, if any."""
    told = tuple(_reach(cue, parts, words_of_saying, triggers) for cue in cues if cue.value != "asserted")
    facts = (_fact(cue, parts, triggers) for cue in cues if "fact" in cue.tags)
    return (*told, *(fact for fact in facts if fact))


def _fact(cue: Hit, parts: Sequence[Segment], triggers: Sequence[Hit]) -> Reach | None:
    """Return the reach of what makes a fact of the happening right behind it ("in response to the attack").

    A blow is one only where something befalls somebody in it; its clause begins there.
    """
    end = min(cue.last + NEAR, parts[holding(parts, cue.last - 1)].last)
    behind = next((hit for hit in triggers if cue.first < hit.first < end), None)
    befell = max((t.first for t in triggers if t.value in BEFALLS and t.first < cue.first), default=None)
    if behind is None or (BLOW in cue.tags and befell is None):
        return None
    return Reach(cue, behind.first, behind.last, befell if BLOW in cue.tags and befell is not None else cue.first)


def denied_runs(found: Sequence[Reach]) -> tuple[tuple[int, int], ...]:
    """Return the stretches of words under a denial, joined where they touch, for quoting them apart."""
    runs: list[tuple[int, int]] = []
    for first, last in sorted((min(r.begins, r.first), r.last) for r in found if r.cue.value == "denied"):
        if runs and first <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    return tuple(runs)


def governs(reach: Reach, trigger: Hit) -> bool:
    """Say whether a trigger is in reach; an accusation is itself no allegation ("charged with …" is a fact)."""
    itself = reach.cue.value == "alleged" and reach.cue.first <= trigger.first < reach.cue.last
    inside = not itself and trigger.last > reach.first and trigger.first < reach.last
    apart = trigger.first >= reach.nouns and "noun" not in trigger.tags
    return inside and not apart and not ("charge" in reach.cue.tags and _of_the_law(reach.cue, trigger))


def _of_the_law(cue: Hit, trigger: Hit) -> bool:
    """Say whether a trigger is what the law does with a suspect, not what he is suspected of."""
    return trigger.value in LAW and not cue.last <= trigger.first < cue.last + NEXT


def _doubtful(trigger: Hit, found: Sequence[Reach]) -> bool:
    """Say whether a trigger stands in the clause of a denial though not in its reach."""
    return any(r.begins <= trigger.first < r.last and not governs(r, trigger) for r in found if r.cue.value == "denied")


def _spares(cue: Hit, fact: Reach) -> bool:
    """Say whether a cue leaves alone what is a fact: all do but denials and what makes no claim.

    A "not" does too, unless it stands right before what makes the fact ("it was not due to shelling"), and so do those
    whom nothing befell in a blow ("no one was killed in the shelling", but not "no one took part in the shelling").
    """
    if BLOW in fact.cue.tags:
        return cue.value == "denied" and not WHOM.isdisjoint(cue.tags) and cue.first <= fact.begins
    return cue.value not in ("none", "denied") or ("near" in cue.tags and cue.last + NEXT <= fact.cue.first)


def modality(trigger: Hit, found: Sequence[Reach], text: str) -> Answer[Modality | None]:
    """Return the modality of one happening; None where it is no claim, or unclear whether it is denied."""
    by_value = {reach.cue.value: reach for reach in reversed(found) if governs(reach, trigger)}
    own = [value for value in ORDER if value in trigger.tags]
    fact = by_value.get("asserted")
    for value in ORDER:
        if value in by_value and not (fact and _spares(by_value[value].cue, fact)):
            cue = by_value[value].cue
            kind = NEGATION if value == "denied" and "near" in cue.tags else value
            reason = Reason("modality", f"{kind}: {cue.entry.phrase}", text[cue.start : cue.end])
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
