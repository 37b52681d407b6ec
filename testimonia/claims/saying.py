"""Which stretches of a sentence only say who says it?

A segment that holds a verb of saying and no happening names the speaker, the day and the place of speaking: its numbers
count nobody, its groups are hit by nothing. So do the segments before a verb that stands right behind a comma, and in a
segment that tells something, what stands before the verb.
"""

from __future__ import annotations

from collections.abc import Sequence

from testimonia.claims.clause import Segment, holding
from testimonia.packs import LanguagePack
from testimonia.phrases import Hit, Word

BACK = 3  # segments
OPEN = frozenset({"comma", "sub", "close", "dash"})


def _holds(part: Segment, hits: Sequence[Hit]) -> bool:
    return any(part.first <= hit.first < part.last for hit in hits)


def _first(parts: Sequence[Segment], index: int, triggers: Sequence[Hit]) -> int:
    """Return the first of the segments that lead up to a verb right behind a comma, none of which tells anything."""
    at = index
    while parts[at].opens in OPEN and at > max(0, index - BACK) and not _holds(parts[at - 1], triggers):
        at -= 1
    return at


def _follows(hit: Hit, part: Segment, words: Sequence[Word], pack: LanguagePack) -> bool:
    """Say whether the speaker follows the verb: no preposition stands there, but that of a time ("said on Friday")."""
    if "before" in hit.tags:
        return False
    at = hit.last
    days = [d for d in pack.table("dates").find(words) if d.value.split()[0] in ("weekday", "span")]
    at = next((d.last for d in days if at <= d.first <= at + 1), at)
    return at < part.last and words[at].form not in pack.list("prepositions")


def _of_the_noun(hit: Hit, part: Segment, words: Sequence[Word], triggers: Sequence[Hit], pack: LanguagePack) -> bool:
    """Say whether the word is an adjective of the noun behind it ("73 reported deaths")."""
    if not any(trigger.first == hit.last and "noun" in trigger.tags for trigger in triggers):
        return False
    numbers = {number.last for number in pack.table("numbers").find(words)}
    return hit.first in numbers or hit.first == part.first or words[hit.first - 1].form[-1].isdigit()


def sayings(
    words: Sequence[Word], parts: Sequence[Segment], triggers: Sequence[Hit], pack: LanguagePack
) -> tuple[tuple[int, int], ...]:
    """Return start and end, in the sentence, of the stretches that only say who says it."""
    out = []
    for hit in pack.table("speech").find(words):
        index = holding(parts, hit.first)
        part = parts[index]
        if hit.value not in ("said", "claimed", "according", "cites"):
            continue
        if _of_the_noun(hit, part, words, triggers, pack):
            continue
        if _holds(part, triggers):
            subject = Segment(part.first, hit.last, part.opens)
            if hit.value in ("said", "claimed") and not _holds(subject, triggers):
                out.append((words[part.first].start, words[hit.last - 1].end))
            continue
        begins = hit.first == part.first and hit.value in ("said", "claimed") and not _follows(hit, part, words, pack)
        first = _first(parts, index, triggers) if begins else index
        start = hit.first if hit.value in ("according", "cites") else parts[first].first
        out.append((words[start].start, words[part.last - 1].end))
    return tuple(out)
