"""The number of an event: the bounds over what is asserted, and whether it was revised or is contested.

The rule, in order:

1. Only asserted claims with a number count, of the unit that most of them state (people before things, then by name).
   What is alleged, denied, planned or expected never enters.
2. A part is not the whole: where some numbers are of people and others of children among them, the parts do not enter.
3. A number that a later document raises (39, then 50, then 52) was revised and no longer counts; a document of another
   side revises nothing. "At least 3" and 5 do not conflict.
4. What is left stands side by side, and the bounds run from the lowest low to the highest high. The low bound is open
   where "up to" alone is said; the high one where "at least N" is said and no number as high as N closes it.
5. Two numbers that are left conflict where they cannot both be right and are of documents of two sides, of one day, or
   the later is the lower. An outlet that gives two numbers on one day has revised its own; the order is not known, so
   both stay in the bounds. Two speakers whom one document cites with two numbers do conflict. Round numbers conflict
   only if a tenth apart.
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
    """One number as one claim states it: bounds, who is cited, and its document's day, alignment and outlet."""

    claim: str
    low: float
    high: float
    count: Count
    speaker: str
    document: str
    day: int
    alignment: str
    outlet: str


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
    return Stated(
        claim=claim.id,
        low=0.0 if count.low is None else float(count.low),
        high=math.inf if count.high is None else float(count.high),
        count=count,
        speaker=claim.speaker.name if claim.speaker else "",
        document=claim.quote.document,
        day=document.date.last.toordinal() if document and document.date else NO_DAY,
        alignment=(document.alignment or "") if document else "",
        outlet=(document.outlet or "") if document else "",
    )


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


def _two_sides(a: Stated, b: Stated) -> bool:
    return bool(a.alignment and b.alignment and a.alignment != b.alignment)


def _own_revision(a: Stated, b: Stated) -> bool:
    """Say whether one outlet, or one text, gives another number without setting a second speaker against the first."""
    if a.document == b.document:
        return not (a.speaker and b.speaker and a.speaker != b.speaker)
    return bool(a.outlet) and a.outlet == b.outlet


def _conflict(a: Stated, b: Stated) -> str:
    """Say why two numbers contradict one another, "" where they do not, or the one revises the other."""
    if not _apart(a, b):
        return ""
    if _two_sides(a, b):
        return "documents of different sides give different numbers"
    first, then = sorted((a, b), key=lambda stated: stated.day)
    if then.day == NO_DAY != first.day:
        return "documents of which one has no date give different numbers"
    if first.day == then.day:
        same = "one document cites different numbers" if a.document == b.document else ""
        return "" if _own_revision(a, b) else same or "documents of one day give different numbers"
    return "a later document gives a lower number" if first.low > then.high else ""


def _raised(number: Stated, stated: Sequence[Stated]) -> bool:
    """Say whether a document of a later day, and of no other side, gives a higher number in its place."""
    return any(
        number.day < later.day != NO_DAY
        and later.low > number.high
        and _apart(number, later)
        and not _two_sides(number, later)
        for later in stated
    )


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


def _whole(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims on the whole: a group among the people counted is a part, where others count them all."""
    return [claim for claim in claims if claim.group is None] or list(claims)


def _then(stated: Sequence[Stated]) -> str:
    """Tell a revision in words: "7 and 10, then 16"."""
    days: dict[int, list[str]] = {}
    for number in sorted(stated, key=lambda number: (number.day, number.low, number.high, number.claim)):
        days.setdefault(number.day, []).append(in_words(number.count))
    told = dict.fromkeys(" and ".join(dict.fromkeys(said)) for said in days.values())
    return f"revised: {', then '.join(told)}; what a later document raised is left out"


def _rule(stated: Sequence[Stated], current: Sequence[Stated], contested: bool) -> str:
    bounds = "from the lowest to the highest asserted number"
    if contested:
        left_out = "; what a later document of the same side raised is left out" if len(current) < len(stated) else ""
        return f"contested: {bounds}{left_out}"
    if len(current) < len(stated):
        return _then(stated)
    if any(_apart(a, b) for a in stated for b in stated):
        return f"revised within a day, the order is not known: {bounds}"
    return f"agreed: {bounds}" if len(stated) > 1 else "stated once"


def _contradiction(current: Sequence[Stated]) -> Contradiction | None:
    """Return the versions of a number, and why they clash: each reason once, in order of age."""
    ordered = sorted(current, key=lambda number: (number.day, number.claim))
    found = [why for at, a in enumerate(ordered) for b in ordered[at + 1 :] if (why := _conflict(a, b))]
    return Contradiction("number", "; ".join(sorted(set(found))), _sides(current)) if found else None


def numbers(claims: Sequence[Claim], documents: Mapping[str, Document]) -> Numbers:
    """Return the bounds of an event's number over its asserted claims, by the rule above."""
    asserted = [claim for claim in claims if claim.modality == "asserted" and claim.count]
    unit = _unit(asserted)
    whole = _whole([claim for claim in asserted if claim.count and claim.count.unit == unit])
    stated = [_stated(claim, claim.count, documents) for claim in whole if claim.count]
    if not stated:
        return Numbers()
    current = [number for number in stated if not _raised(number, stated)]
    clash = _contradiction(current)
    rule = _rule(stated, current, clash is not None)
    ids = tuple(number.claim for number in stated)
    return Numbers(unit, _low(current), _high(current), ids, rule, clash)
