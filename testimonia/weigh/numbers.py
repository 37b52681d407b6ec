"""The number of an event: the bounds over what is asserted, and whether it was revised or is contested.

The rule, in order:

1. Only asserted claims with a number count, of the unit that most of them state (people before things, then by name).
   What is alleged, denied, planned or expected never enters.
2. Numbers that only grow with the documents' dates (39, then 50, then 52) are one toll that was revised: the bounds are
   those of the newest day. "At least 3" and 5 do not conflict.
3. Otherwise all numbers stand beside one another, and the bounds run from the lowest to the highest.
4. The low bound is the lowest low; it is open where "up to" alone is said. The high bound is the highest high; it is
   open where "at least N" is said and no number as high as N closes it.
5. Two numbers conflict where they cannot both be right, and a document of the same day, or a later one with a lower
   number, or a document of another alignment states the other. Round numbers conflict only if a tenth apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from testimonia.records import Claim, Contradiction, Count, Document

ROUND = 0.1  # what "about" leaves open on either side
NO_DAY = 10**7


@dataclass(frozen=True, slots=True)
class Stated:
    """One number as one claim states it: bounds, the day and alignment of its document."""

    claim: str
    low: float
    high: float
    day: int
    alignment: str
    count: Count


@dataclass(frozen=True, slots=True)
class Numbers:
    """Bounds, the claims that state them, the rule that made them, and the contradiction if there is one."""

    unit: str | None = None
    low: int | float | None = None
    high: int | float | None = None
    claims: tuple[str, ...] = ()
    rule: str = ""
    contradiction: Contradiction | None = None


def _stated(claim: Claim, count: Count, documents: Mapping[str, Document]) -> Stated:
    document = documents.get(claim.quote.document)
    day = document.date.last.toordinal() if document and document.date else NO_DAY
    low = 0.0 if count.low is None else float(count.low)
    high = math.inf if count.high is None else float(count.high)
    return Stated(claim.id, low, high, day, (document.alignment or "") if document else "", count)


def _unit(claims: Sequence[Claim]) -> str | None:
    """Return the unit that most claims state, people before things before all others."""
    units = [claim.count.unit for claim in claims if claim.count]
    before = {"person": 0, "item": 1}
    return min(units, key=lambda unit: (before.get(unit, 2), -units.count(unit), unit), default=None)


def in_words(count: Count) -> str:
    """Return a number in words: "at least 130", "up to 50", "about 5000", "24 to 99".

    >>> in_words(Count(130, None))
    'at least 130'
    """
    if count.high is None:
        return f"at least {count.low}" if count.low is not None else "a number not said"
    if count.low is None:
        return f"up to {count.high}"
    return (
        (f"about {count.low}" if count.approx else f"{count.low}")
        if count.low == count.high
        else f"{count.low} to {count.high}"
    )


def _apart(a: Stated, b: Stated) -> bool:
    """Say whether two numbers cannot both be right, a round one with what it leaves open."""
    slack = [1 + ROUND if stated.count.approx else 1.0 for stated in (a, b)]
    return a.low / slack[0] > b.high * slack[1] or b.low / slack[1] > a.high * slack[0]


def _conflict(a: Stated, b: Stated) -> bool:
    """Say whether two numbers contradict one another rather than revise one another."""
    if not _apart(a, b):
        return False
    if a.alignment and b.alignment and a.alignment != b.alignment:
        return True
    first, then = sorted((a, b), key=lambda stated: stated.day)
    return then.day in (first.day, NO_DAY) or first.low > then.high


def _sides(stated: Sequence[Stated]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each version of the number with the claims that state it, the lowest first."""
    versions: dict[tuple[float, float, str], list[str]] = {}
    for number in sorted(stated, key=lambda number: (number.low, number.high, number.day, number.claim)):
        versions.setdefault((number.low, number.high, in_words(number.count)), []).append(number.claim)
    return tuple((words, tuple(claims)) for (_, _, words), claims in versions.items())


def _low(stated: Sequence[Stated]) -> int | float | None:
    return min((number.count.low for number in stated if number.count.low is not None), default=None)


def _high(stated: Sequence[Stated]) -> int | float | None:
    """Return the highest high; None where an "at least" lies above all of them."""
    closed = [number.count.high for number in stated if number.count.high is not None]
    open_from = max((number.low for number in stated if number.count.high is None), default=0.0)
    return max(closed) if closed and max(closed) >= open_from else None


def _newest(stated: Sequence[Stated]) -> list[Stated]:
    """Return the numbers in the documents of the newest day; those of no day cannot be the newest."""
    newest = max(number.day for number in stated if number.day != NO_DAY)
    return [number for number in stated if number.day == newest]


def _grew(stated: Sequence[Stated]) -> bool:
    """Say whether an older number can no longer be right beside a newer one."""
    return any(_apart(a, b) for a in stated for b in stated if a.day < b.day)


def numbers(claims: Sequence[Claim], documents: Mapping[str, Document]) -> Numbers:
    """Return the bounds of an event's number over its asserted claims, by the rule above."""
    asserted = [claim for claim in claims if claim.modality == "asserted" and claim.count]
    unit = _unit(asserted)
    stated = [_stated(claim, claim.count, documents) for claim in asserted if claim.count and claim.count.unit == unit]
    if not stated:
        return Numbers()
    clash = [(a, b) for at, a in enumerate(stated) for b in stated[at + 1 :] if _conflict(a, b)]
    ids = tuple(number.claim for number in stated)
    if clash:
        rule = "contested: lowest to highest of all asserted numbers"
        return Numbers(unit, _low(stated), _high(stated), ids, rule, _contradiction(stated))
    if _grew(stated):
        newest = _newest(stated)
        return Numbers(unit, _low(newest), _high(newest), ids, "revised: the numbers of the newest day")
    return Numbers(unit, _low(stated), _high(stated), ids, "agreed: lowest to highest of all asserted numbers")


def _contradiction(stated: Sequence[Stated]) -> Contradiction:
    rule = "numbers of one day, of different sides, or falling, that cannot both be right"
    return Contradiction("number", rule, _sides(stated))
