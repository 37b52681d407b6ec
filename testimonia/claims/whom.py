"""To whom was it done: of the parties that the words name, the one that stands where the one hit stands."""

from __future__ import annotations

from testimonia.claims.asked import Asked
from testimonia.claims.cast import ON_PEOPLE, Cast, desk, gap, is_hit, private_people, speaks
from testimonia.claims.doer import OWN_DOING
from testimonia.claims.sides import Named

PRIVATE = frozenset(  # what happens to private people where nobody else is named
    ("displacement", "deportation", "conscription", "prosecution", "detention", "deprivation", "restriction")
)


def whom_hit(asked: Asked, cast: Cast, actor: Named | None) -> tuple[Named | None, str]:
    """Return whom it was done to, and by which rule; nobody where it is a thing, or the words name nobody."""
    kind = asked.trigger.value
    if kind in OWN_DOING:
        return None, ""
    hit = [one for one in _others(asked, cast, actor) if is_hit(one, asked, cast)]
    people = [one for one in hit if "person" in one.tags or one.role in ("force", "authority") or "people" in one.tags]
    if kind in ON_PEOPLE and people:
        return min(people, key=lambda one: gap(one, asked.trigger)), "the people that it falls on"
    forces = [one for one in hit if "people" not in one.tags and "country" not in one.tags]
    if forces:
        return min(forces, key=lambda one: gap(one, asked.trigger)), "the side that it falls on"
    return _private(asked, cast)


def _others(asked: Asked, cast: Cast, actor: Named | None) -> list[Named]:
    """Return the parties of a clause that may be hit: not the doer, nor who only says it, nor what only says where."""
    kind = asked.trigger.value
    rest = [one for one in cast.named if one.force and one is not actor and "nation" not in one.tags]
    rest = [one for one in rest if asked.within(one.start, one.end)]
    rest = [one for one in rest if "country" not in one.tags or not any(hit.last == one.first for hit in cast.around)]
    rest = [one for one in rest if not asked.only_says(one.start, one.end)]
    rest = [one for one in rest if "adjective" not in one.tags or "enemy" in one.tags]  # of a thing or a blow
    rest = [one for one in rest if not desk(one, kind)]  # who only signs the headline: "— the regional administration"
    rest = [one for one in rest if not speaks(one, cast, asked.trigger)]
    return [one for one in rest if not actor or one.code(kind) != actor.code(kind)]


def _private(asked: Asked, cast: Cast) -> tuple[Named | None, str]:
    """Return private people where nobody is named whom it falls on and it falls on nobody else as a rule."""
    named = [one for one in cast.named if asked.within(one.start, one.end)]
    if asked.trigger.value not in PRIVATE or any("forces" in one.tags for one in named):
        return None, ""
    return private_people(asked), "whom it happens to where no side is named"
