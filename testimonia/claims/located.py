"""Where does a text that stands alone, such as a headline, put what it tells? Read off its place names alone.

The most precise places that a word of place governs, or else those named bare; the unit, the wider area or the state
where nothing closer is named. The place in the name of an office, of a government or of an outlet is none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from testimonia.claims.gazetteer import Known, gazetteer
from testimonia.claims.mentions import Mention
from testimonia.claims.offset import set_off
from testimonia.claims.place import PRECISION, is_metonym, joined, placed, unresolved
from testimonia.claims.which import Context
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit
from testimonia.records import Place

POINTS = frozenset(("site", "settlement", "hromada", "district"))
GOVERNED = frozenset(("in", "list"))
WATERS = frozenset(("Black Sea", "Sea of Azov", "Black Sea and Sea of Azov", "Caspian Sea", "Baltic Sea"))


def located(text: str, pack: LanguagePack, packs: Packs, states: frozenset[str] = frozenset()) -> tuple[Place, ...]:
    """Return the places where a text puts what it tells, the most precise that it names; none where it says nothing.

    `states` are states, by their English names, whose small towns are looked for too.
    """
    known = gazetteer(pack, packs).among(states)
    told = [hit for hit in pack.table("speech").find(text) if hit.value in ("said", "claimed")]
    found = [m for m in known.find(text) if m.role != "office" and not is_metonym(m) and not _of_saying(m, told)]
    points = _governed([m for m in found if m.kind in POINTS])
    if points:
        return _points(text, points, found, known)
    areas = [m for m in found if m.kind in ("unit", "wider")] or [m for m in found if m.role in GOVERNED]
    return tuple(dict.fromkeys(_area(m) for m in areas))


def _of_saying(mention: Mention, told: Sequence[Hit]) -> bool:
    """Say whether a text begins with where something is said: «В Киеве сообщили»."""
    return mention.first <= 1 and any(hit.first == mention.last for hit in told)


def _governed(points: Sequence[Mention]) -> list[Mention]:
    """Return those that a word of place governs, and sites; where there is none, those named bare, not those left."""
    best = [m for m in points if m.kind == "site" or m.role in GOVERNED]
    return best or [m for m in points if m.role != "from"] or list(points)


def _points(text: str, points: Sequence[Mention], found: Sequence[Mention], known: Known) -> tuple[Place, ...]:
    context = Context(known, text)
    unit = next((m.name for m in found if m.kind == "unit"), None)
    made = [_point(text, mention, unit, context) for mention in points]
    finest = [one for one in made if not any(_holds(one, other) for other in made)]
    return tuple(dict.fromkeys(replace(one, words="") for one in finest))


def _point(text: str, mention: Mention, unit: str | None, context: Context) -> Place:
    words = text[mention.start : mention.end]
    bearers = context.chosen(mention.bearers, unit, mention.end)
    if len(bearers) == 1:
        return joined(placed(bearers[0], mention, words), mention, context)
    if not bearers:
        return set_off(Place(mention.name, None, unit, precision=PRECISION[mention.kind]), mention.offset, None)
    return unresolved(bearers, mention, words)


def _holds(one: Place, other: Place) -> bool:
    """Say whether a place is only the wider one in which another of the same text lies."""
    wide = one.precision in ("hromada", "district")
    return wide and other.precision in ("site", "settlement", "unresolved") and one.adm1 == other.adm1


def _area(mention: Mention) -> Place:
    """Return a unit, a wider area or a state."""
    if mention.kind == "unit":
        middle = mention.bearers[0] if mention.bearers else None
        radius = middle.radius if middle else None
        return Place(mention.name, None, mention.name, precision="oblast", radius_km=radius)
    if mention.kind == "wider":
        return Place(mention.name, None, None, precision="water" if mention.name in WATERS else "wider")
    return Place(mention.name, None, None, mention.name, precision="country")
