"""How many civilians were killed, as one report itself states it? The figure it leads with, put right by what follows.

A report tells a toll several times: round in the headline, exactly in the lead, then by kinds of people and by places,
and at the end what earlier attacks and the whole war have cost. So the first figure counts (the inverted pyramid of
news), corrected by what the sentences right behind it say: a part ("ten children among 48 people") by the whole, all
the dead by the civilians among them ("82 people, 58 civilians among them"). Words such as "dozens" count only where no
number stands. What is only planned, denied or expected, totals over a long time, and figures of soldiers and fighters
alone are left out. No sum is made over several happenings: that is for linking and weighing.
"""

from __future__ import annotations

from collections.abc import Sequence

from testimonia.packs import Packs
from testimonia.records import Claim
from testimonia.totals import cues, is_total

ARMED = frozenset({"soldier", "police"})
FORCES, CIVIL = frozenset({"state", "rebel", "militia"}), frozenset({"unarmed"})  # classes and a tag of `actors`
TOLD = frozenset({"asserted", "alleged"})
NEAR = 400  # characters behind a figure, two or three sentences, in which a report makes it more exact
TOO_MANY = 5000  # dead of one happening: more of them are the toll of a war
WIDE = 1.5  # times: a range wider than this ("dozens") is no number


def _killed(claim: Claim) -> bool:
    return claim.type in ("killing", "assassination") and claim.modality in TOLD


def number(claim: Claim) -> int | None:
    """Return the number of people that a claim states; None where it states none, or only "dozens"."""
    count = claim.count
    if count is None or count.unit != "person":
        return None
    low, high = count.low, count.high
    if low is not None and high is not None and high > WIDE * low:
        return None
    said = low if low is not None else high
    return None if said is None else int(said)


def _vague(claim: Claim) -> int | None:
    """Return the low bound of a claim that states only "dozens"."""
    count = claim.count
    return int(count.low) if count is not None and count.unit == "person" and count.low is not None else None


def _figures(claims: Sequence[Claim], packs: Packs) -> list[Claim]:
    """Return the claims that state how many people who bore no arms were killed in one happening, in text order."""
    killed = (claim for claim in claims if _killed(claim) and (number(claim) or 0) < TOO_MANY)
    dead = (claim for claim in killed if claim.count is not None and not _of_hurt(claim, packs))
    return [claim for claim in dead if not is_total(claim, cues(claim, packs)) and not _armed(claim, packs)]


def _of_hurt(claim: Claim, packs: Packs) -> bool:
    """Say whether the words of a count themselves say that it counts the injured ("11 killed 25 injured")."""
    pack = packs.language(claim.quote.lang)
    words = claim.count.words if claim.count else ""
    return pack is not None and {hit.value for hit in pack.table("triggers").find(words)} == {"injury"}


def _called(claim: Claim, classes: frozenset[str], packs: Packs) -> bool:
    """Say whether the words of a count name people of a class or tag of the table `actors`: "30 fighters"."""
    pack = packs.language(claim.quote.lang)
    words = claim.count.words if claim.count else ""
    return pack is not None and any(classes & {hit.value, *hit.tags} for hit in pack.table("actors").find(words))


def _armed(claim: Claim, packs: Packs) -> bool:
    """Say whether a figure counts only people who bore arms."""
    return claim.group in ARMED or _called(claim, FORCES, packs)


def _behind(first: Claim, figures: Sequence[Claim]) -> list[Claim]:
    """Return the figures that stand in or right behind the sentence of the first."""
    return [one for one in figures if one is not first and 0 <= one.quote.start - first.quote.start <= NEAR]


def _whole(first: Claim, behind: Sequence[Claim]) -> Claim:
    """Return the figure that the first is a part of: it counts a kind of people, and a greater one counts people."""
    said = number(first) or 0
    if first.group is None:
        return first
    return next((one for one in behind if (number(one) or 0) > said), first)


def _civilians(told: Claim, behind: Sequence[Claim], packs: Packs) -> Claim:
    """Return the figure that says how many of the dead were civilians, where the first counts all of them."""
    said = number(told) or 0
    lesser = (one for one in behind if one.group is None and 0 < (number(one) or 0) < said)
    return told if _called(told, CIVIL, packs) else next((one for one in lesser if _called(one, CIVIL, packs)), told)


def killed_civilians(claims: Sequence[Claim], packs: Packs) -> int | None:
    """Return how many civilians one report says were killed; None where it gives no number.

    `claims` are those of one document, in text order.
    """
    figures = _figures(claims, packs)
    exact = [one for one in figures if number(one) is not None]
    if not exact:
        return next((low for one in figures if (low := _vague(one)) is not None), None)
    first = exact[0]
    behind = _behind(first, exact)
    told = _whole(first, behind)
    return number(_civilians(told, _behind(told, exact), packs))
