"""Which stretch of the sentence states the happening?

A sentence is cut into segments at punctuation and at the words of the pack's `breaks`; a clause is the run of segments
round the trigger up to a word or sign that begins an independent or a temporal clause. What is quoted is the whole
sentence where it is short, else the clause; where the sentence holds a denial, what is denied and what is not are never
quoted together, so that neither can be taken for the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.claims.asked import Answer
from testimonia.packs import LanguagePack
from testimonia.phrases import Hit, Word
from testimonia.records import Reason

SHORT = 250  # characters up to which a sentence is quoted whole
HARD = frozenset({"clause", "after", "stop"})
SIGNS = (
    (re.compile(r"[;?!]"), "stop"),
    (re.compile(r"[(\[]"), "open"),
    (re.compile(r"[)\]]"), "close"),
    (re.compile(r"\s[-–—]+\s|[—]"), "dash"),
    (re.compile(r":(?:\s|$)"), "colon"),
    (re.compile(r"[\"“”«»„]"), "quote"),
    (re.compile(r",(?:\s|$)"), "comma"),
)


@dataclass(frozen=True, slots=True)
class Segment:
    """Words `first` to `last` (excluded) between two breaks; `opens` is the sign or break before them.

    `comma` says whether a comma or a stronger sign stands there too (", and").
    """

    first: int
    last: int
    opens: str
    comma: bool = False


def _sign(gap: str) -> str | None:
    if gap == " ":  # as most are
        return None
    return next((name for sign, name in SIGNS if sign.search(gap)), None)


def _openings(text: str, words: Sequence[Word], pack: LanguagePack) -> dict[int, tuple[str, bool]]:
    """Say at which words a segment begins, with what, and whether a sign stands before it."""
    found: dict[int, tuple[str, bool]] = {}
    for at in range(1, len(words)):
        sign = _sign(text[words[at - 1].end : words[at].start])
        if sign:
            found[at] = (sign, True)
    for hit in pack.table("breaks").find(words):
        sign = found.get(hit.first, ("", False))[0]
        if hit.value != "be" and hit.first and sign != "stop":
            found[hit.first] = (hit.value, hit.first in found)
    return found


def segments(text: str, words: Sequence[Word], pack: LanguagePack) -> tuple[Segment, ...]:
    """Cut a sentence into segments, in order; every word is in exactly one."""
    if not words:
        return ()
    openings = _openings(text, words, pack)
    starts = [0, *sorted(openings)]
    ends = [*starts[1:], len(words)]
    return tuple(
        Segment(first, last, *openings.get(first, ("start", False))) for first, last in zip(starts, ends, strict=True)
    )


def holding(parts: Sequence[Segment], at: int) -> int:
    """Return the index of the segment that holds a word."""
    return next(index for index, part in enumerate(parts) if part.first <= at < part.last)


def run(parts: Sequence[Segment], index: int) -> tuple[int, int]:
    """Return the first and last (excluded) word of the clause round a segment: out to the hard breaks."""
    first = last = index
    while first > 0 and parts[first].opens not in HARD:
        first -= 1
    while last + 1 < len(parts) and parts[last + 1].opens not in HARD:
        last += 1
    return parts[first].first, parts[last].last


def _grown(parts: Sequence[Segment], words: Sequence[Word], index: int, limit: tuple[int, int]) -> tuple[int, int]:
    """Return the segments round one that together stay short, the later ones first."""

    def short(first: int, last: int) -> bool:
        return words[parts[last].last - 1].end - words[parts[first].first].start <= SHORT

    first = last = index
    while last + 1 < len(parts) and parts[last + 1].last <= limit[1] and short(first, last + 1):
        last += 1
    while first > 0 and parts[first - 1].first >= limit[0] and short(first - 1, last):
        first -= 1
    return parts[first].first, parts[last].last


def _apart(limit: tuple[int, int], trigger: Hit, denied: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Cut a run of words so that it lies inside one denied run or outside of all."""
    first, last = limit
    for begin, end in denied:
        if begin <= trigger.first < end:
            return begin, max(end, trigger.last)
        if end <= trigger.first:
            first = max(first, end)
        elif begin >= trigger.last:
            last = min(last, begin)
    return first, last


def clause(
    words: Sequence[Word], parts: Sequence[Segment], trigger: Hit, denied: Sequence[tuple[int, int]] = ()
) -> Answer[tuple[int, int]]:
    """Return start and end, in the sentence, of the stretch that states what the trigger speaks of.

    `parts` are the sentence's segments, `denied` the runs of words under a denial.
    """
    index = holding(parts, trigger.first)
    first, last = run(parts, index)
    if denied:
        first, last = _apart((first, last), trigger, denied)
        rule = "apart from what is denied"
    else:
        rule = "to the breaks on both sides"
    if words[last - 1].end - words[first].start > SHORT:
        first, last = _grown(parts, words, index, (first, last))
        rule = "cut short"
    first, last = min(first, trigger.first), max(last, trigger.last)
    return Answer((words[first].start, words[last - 1].end), (Reason("clause", rule),))


def quoted(text: str, stretch: tuple[int, int], *, apart: bool) -> tuple[int, int]:
    """Return what is quoted of the sentence: all of it where it is short and holds no denial, else the clause."""
    return (0, len(text)) if len(text) <= SHORT and not apart else stretch
