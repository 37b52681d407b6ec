"""The number of an event: the bounds over what is asserted, and whether it was revised or is contested.

The rule, in order:

1. Only asserted claims with a number count, of the unit that most of them state (people before things, then by name).
   What is alleged, denied, planned or expected never enters.
2. A part is not the whole: where some numbers are of people and others of children among them, the parts do not enter.
3. A number that a later document raises (39, then 50, then 52) was revised and no longer counts; a document of another
   side revises nothing. Later means known to be later: see `moment`. So was a number that a text gives beside a higher
   one, where an earlier document gave it: the text recalls it.
4. What is left stands side by side, and the bounds run from the lowest low to the highest high. "At least 3" says
   nothing against 5 or 50: where a number meets it, it lowers nothing. The low bound is open where "up to" alone is
   said; the high one where "at least N" is said and no number as high as N closes it.
5. Two numbers that are left conflict where they cannot both be right and are of documents of two sides, or of an order
   that is not known, or the later is the lower. An outlet that gives two numbers in an order that is not known has
   revised its own: both stay in the bounds. Two speakers whom one document cites with two numbers do conflict. Round
   numbers conflict only if a tenth apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from testimonia.records import Claim, Contradiction, Count, Document
from testimonia.weigh.moment import Moment, before, moment

# "About" leaves a tenth open on either side: so many times what so many times, by how many of two numbers are round.
# Whole numbers, since numbers stay exact.
ROUND = ((1, 1), (11, 10), (121, 100))


@dataclass(frozen=True, slots=True)
class Stated:
    """One number as one claim states it: bounds, who is cited, and its document's time, alignment and outlet.

    Numbers stay as they are read (whole numbers of any size are exact); an open high is infinite.
    """

    claim: str
    low: int | float
    high: int | float
    count: Count
    speaker: str
    document: str
    at: Moment
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
        low=0 if count.low is None else count.low,
        high=math.inf if count.high is None else count.high,
        count=count,
        speaker=claim.speaker.name if claim.speaker else "",
        document=claim.quote.document,
        at=moment(document),
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
    up, down = ROUND[a.count.approx + b.count.approx]
    return a.low * down > b.high * up or b.low * down > a.high * up


def _two_sides(a: Stated, b: Stated) -> bool:
    return bool(a.alignment and b.alignment and a.alignment != b.alignment)


def _own_revision(a: Stated, b: Stated) -> bool:
    """Say whether one outlet, or one text, gives another number without setting a second speaker against the first."""
    if a.document == b.document:
        return not (a.speaker and b.speaker and a.speaker != b.speaker)
    return bool(a.outlet) and a.outlet == b.outlet


def _unordered(a: Stated, b: Stated) -> str:
    """Say why two numbers of which neither is known to be the later contradict one another."""
    if _own_revision(a, b):
        return ""
    if a.document == b.document:
        return "one document cites different numbers"
    if not (a.at.dated and b.at.dated):
        without = "documents of which one has" if a.at.dated or b.at.dated else "documents that have"
        return f"{without} no date give different numbers"
    if a.at.one_day and a.at.first == b.at.first and b.at.one_day:
        return "documents of one day give different numbers"
    return "documents whose order is not known give different numbers"


def _conflict(a: Stated, b: Stated) -> str:
    """Say why two numbers contradict one another, "" where they do not, or the one revises the other."""
    if not _apart(a, b):
        return ""
    if _two_sides(a, b):
        return "documents of different sides give different numbers"
    if not before(a.at, b.at) and not before(b.at, a.at):
        return _unordered(a, b)
    first, then = (a, b) if before(a.at, b.at) else (b, a)
    return "a later document gives a lower number" if first.low > then.high else ""


def _raised(number: Stated, stated: Sequence[Stated]) -> bool:
    """Say whether a later document, and of no other side, gives a higher number in its place."""
    return any(
        before(number.at, later.at)
        and later.low > number.high
        and _apart(number, later)
        and not _two_sides(number, later)
        for later in stated
    )


def _recalled(number: Stated, stated: Sequence[Stated]) -> bool:
    """Say whether a text that gives a higher number only recalls this one, which an earlier document gave."""
    higher = any(
        other.document == number.document and other.low > number.high and _own_revision(number, other)
        for other in stated
    )
    return higher and any(
        (other.low, other.high) == (number.low, number.high) and before(other.at, number.at) for other in stated
    )


def _sides(stated: Sequence[Stated]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each version of the number with the claims that state it, the lowest first."""
    versions: dict[tuple[int | float, int | float, str], list[str]] = {}
    for number in sorted(stated, key=lambda number: (number.low, number.high, number.at, number.claim)):
        versions.setdefault((number.low, number.high, in_words(number.count)), []).append(number.claim)
    return tuple((words, tuple(claims)) for (_, _, words), claims in versions.items())


def _is_met(number: Stated, stated: Sequence[Stated]) -> bool:
    """Say whether a number is an "at least" that a higher one meets: it says nothing against that one."""
    return number.count.high is None and any(other.low > number.low for other in stated)


def _low(stated: Sequence[Stated]) -> int | float | None:
    lows = [number.count.low for number in stated if number.count.low is not None and not _is_met(number, stated)]
    return min(lows, default=None)


def _high(stated: Sequence[Stated]) -> int | float | None:
    """Return the highest high; None where an "at least" lies above all of them."""
    closed = [number.count.high for number in stated if number.count.high is not None]
    open_from = max((number.low for number in stated if number.count.high is None), default=0)
    return max(closed) if closed and max(closed) >= open_from else None


def _whole(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims on the whole: a group among the people counted is a part, where others count them all."""
    return [claim for claim in claims if claim.group is None] or list(claims)


def _when(at: Moment) -> str:
    if not at.dated:
        return "no date"
    first, last = date.fromordinal(at.first).isoformat(), date.fromordinal(at.last).isoformat()
    return first if first == last else f"{first} to {last}"


def _first(told: Sequence[Stated]) -> list[Stated]:
    """Return who may have given a number first: those whom no other is known to precede."""
    return [number for number in told if not any(before(other.at, number.at) for other in told)]


def _by(told: Sequence[Stated]) -> str:
    """Tell a number with who gave it first, and when: "7 (The Desk, 2023-05-04)"."""
    first = _first(told)
    outlets = " and ".join(sorted({number.outlet for number in first if number.outlet}))
    return f"{in_words(told[0].count)} ({', '.join(filter(None, (outlets, _when(first[0].at))))})"


def _then(stated: Sequence[Stated]) -> str:
    """Tell a revision in words, number by number: "then" where the order is known, else "and"."""
    told: dict[str, list[Stated]] = {}
    for number in sorted(stated, key=lambda number: (number.at, number.low, number.high, number.claim)):
        told.setdefault(in_words(number.count), []).append(number)
    steps = [_by(next(iter(told.values())))]
    for earlier, later in pairwise(told.values()):
        then = any(before(a.at, b.at) for a in _first(earlier) for b in _first(later))
        steps.append(f"{', then' if then else ' and'} {_by(later)}")
    return f"revised: {''.join(steps)}; what a later document raised is left out"


def _rule(stated: Sequence[Stated], current: Sequence[Stated], contested: bool) -> str:
    bounds = "from the lowest to the highest asserted number"
    if contested:
        left_out = "; what a later document of the same side raised is left out" if len(current) < len(stated) else ""
        return f"contested: {bounds}{left_out}"
    if len(current) < len(stated):
        return _then(stated)
    if any(_apart(a, b) for a in stated for b in stated):
        within = " within a day" if len({(number.at.first, number.at.last) for number in stated}) == 1 else ""
        return f"revised{within}, the order is not known: {bounds}"
    if len(stated) < 2:
        return "stated once"
    met = any(_is_met(number, stated) for number in stated)
    return f"agreed: {bounds}{'; an “at least” that a higher number meets lowers nothing' if met else ''}"


def _contradiction(current: Sequence[Stated]) -> Contradiction | None:
    """Return the versions of a number, and why they clash: each reason once, in order of age."""
    ordered = sorted(current, key=lambda number: (number.at, number.claim))
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
    current = [number for number in stated if not (_raised(number, stated) or _recalled(number, stated))]
    clash = _contradiction(current)
    rule = _rule(stated, current, clash is not None)
    ids = tuple(number.claim for number in stated)
    return Numbers(unit, _low(current), _high(current), ids, rule, clash)
