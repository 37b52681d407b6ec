"""Is it told for the first time? What is only told again is one claim, at the fuller telling."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.phrases import Hit
from testimonia.records import Claim, Modality, Reason

LEAD = 600  # characters after a headline within which the lead repeats it
HEADS = frozenset({"title", "heading"})


@dataclass(frozen=True, slots=True)
class Happening:
    """One trigger of a sentence, the modality of what it speaks of, the stretch that states it and what is quoted."""

    trigger: Hit
    modality: Modality
    stretch: tuple[int, int]
    quoted: tuple[int, int]
    reasons: tuple[Reason, ...]


def _same_words(a: Happening, b: Happening) -> bool:
    """Say whether the stretches of two happenings share more than half of the shorter one."""
    shared = min(a.stretch[1], b.stretch[1]) - max(a.stretch[0], b.stretch[0])
    return 2 * shared > min(a.stretch[1] - a.stretch[0], b.stretch[1] - b.stretch[0])


def _same(a: Happening, b: Happening) -> bool:
    return (a.trigger.value, a.modality) == (b.trigger.value, b.modality) and _same_words(a, b)


def apart(happenings: Sequence[Happening]) -> list[Happening]:
    """Keep one happening of a type and modality in a stretch: the first that is named by more than a bare noun."""
    kept: list[Happening] = []
    for one in sorted(happenings, key=lambda h: ("noun" in h.trigger.tags, h.trigger.first)):
        if not any(_same(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.trigger.first)


def _key(claim: Claim) -> tuple[object, ...]:
    number = (claim.count.low, claim.count.high, claim.count.unit) if claim.count else None
    return (claim.type, claim.modality, number, claim.place.name if claim.place else claim.adm1)


def _tells(head: Claim, other: Claim) -> bool:
    """Say whether a claim tells what a headline told, no less fully."""
    return (
        (other.type, other.modality) == (head.type, head.modality)
        and other.quote.kind not in HEADS
        and (head.count is None or (other.count is not None and other.count.low == head.count.low))
    )


def _repeated(head: Claim, claims: Sequence[Claim], starts: Sequence[int]) -> bool:
    """Say whether the text right after a headline tells its claim again."""
    at = bisect_right(starts, head.quote.end)
    while at < len(claims) and claims[at].quote.start - head.quote.end <= LEAD:
        if _tells(head, claims[at]):
            return True
        at += 1
    return False


def _countable(claim: Claim) -> bool:
    """Say whether the count of a claim is so particular that the same one again is the same happening."""
    return claim.count is not None and claim.count.low not in (None, 1)


def once(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims, which are in text order, without those that are only told again."""
    starts = [claim.quote.start for claim in claims]
    seen: dict[tuple[object, ...], str] = {}
    ids: set[str] = set()
    out: list[Claim] = []
    for claim in claims:
        known = seen.get(_key(claim)) if _countable(claim) else None
        headline = claim.quote.kind in HEADS and _repeated(claim, claims, starts)
        if claim.id not in ids and not headline and known in (None, claim.quote.id):
            seen.setdefault(_key(claim), claim.quote.id)
            ids.add(claim.id)
            out.append(claim)
    return tuple(out)
