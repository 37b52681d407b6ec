"""Where the claims of one event cannot all be right: date, place, actor, denial (the number has its own file).

A contradiction is named, never settled: each version stands with the claims that state it, and no side is weighed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from testimonia.phrases import words
from testimonia.records import Claim, Contradiction

SAID = frozenset({"asserted", "alleged"})
STANDS = (("asserted", "stated"), ("alleged", "alleged"), ("denied", "denied"))

# Acts that one side does to the other or to people: two actors of two sides are two versions of who did it. In a clash
# both sides act, and aid may come from several.
DONE_BY_ONE = frozenset(
    {
        *("killing", "injury", "torture", "sexual_violence", "detention", "deportation", "conscription"),
        *("shelling", "airstrike", "explosion", "assassination", "sabotage"),
        *("property", "deprivation", "restriction", "territory"),
    }
)


def side(party: str) -> str:
    """Return which side a party is of: the part of its code before the first underscore, whatever the code.

    >>> side("north_forces") == side("north_authorities")
    True
    """
    return party.split("_", 1)[0]


def _versions(claims: Sequence[Claim], value: Callable[[Claim], str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for claim in claims:
        if key := value(claim):
            found.setdefault(key, []).append(claim.id)
    return tuple((key, tuple(found[key])) for key in sorted(found))


def _date(claims: Sequence[Claim]) -> Contradiction | None:
    """Days that share none."""
    dated = [claim for claim in claims if claim.modality in SAID and claim.when]
    firsts = [claim.when.first for claim in dated if claim.when]
    lasts = [claim.when.last for claim in dated if claim.when]
    if not dated or max(firsts) <= min(lasts):
        return None
    return Contradiction("date", "no day lies in all the dates that are stated", _versions(dated, _days))


def _days(claim: Claim) -> str:
    if claim.when is None:
        return ""
    first, last = claim.when.first.isoformat(), claim.when.last.isoformat()
    return first if first == last else f"{first} to {last}"


def _place_name(claim: Claim) -> str:
    """The name of a town; a site may lie in it, an area may hold it."""
    place = claim.place
    return place.name if place and place.precision == "settlement" else ""


def _region(claim: Claim) -> str:
    return claim.adm1 or (claim.place.adm1 if claim.place and claim.place.adm1 else "")


def _place(claims: Sequence[Claim]) -> Contradiction | None:
    """Two towns, or two regions."""
    said = [claim for claim in claims if claim.modality in SAID]
    for name, of in (("towns", _place_name), ("regions", _region)):
        found = _versions(said, of)
        if len({tuple(word.form for word in words(value)) for value, _ in found}) > 1:
            return Contradiction("place", f"different {name} are named", found)
    return None


def _actor(claims: Sequence[Claim]) -> Contradiction | None:
    """Mutual blame: one act, and actors of two sides."""
    said = [claim for claim in claims if claim.modality in SAID and claim.actor and claim.type in DONE_BY_ONE]
    if len({side(claim.actor) for claim in said if claim.actor}) < 2:
        return None
    return Contradiction(
        "actor", "one act is laid to different sides", _versions(said, lambda claim: claim.actor or "")
    )


def _denial(claims: Sequence[Claim]) -> Contradiction | None:
    """Stated or alleged by some, denied by others; an allegation is not called a statement."""
    said = [(word, [claim.id for claim in claims if claim.modality == modality]) for modality, word in STANDS]
    sides = tuple((word, tuple(ids)) for word, ids in said if ids)
    if len(sides) < 2 or sides[-1][0] != "denied":
        return None
    how = " or ".join(word for word, _ in sides[:-1])
    return Contradiction("denial", f"{how} by some, denied by others", sides)


def contradictions(claims: Sequence[Claim]) -> tuple[Contradiction, ...]:
    """Return the contradictions of date, place, actor and denial among the claims of one event, in this order."""
    found = (rule(claims) for rule in (_date, _place, _actor, _denial))
    return tuple(contradiction for contradiction in found if contradiction)
