"""The headline of an event, composed from its fields by a template: no adjective, no blame, no name of a person."""

from __future__ import annotations

from testimonia.publish.words import amount, capital, dates, label, place
from testimonia.records import Claim, Event, Weight

# Where people are what it falls on, their number follows "of"; elsewhere it stands behind a colon.
_OF = {
    "killing": "killing",
    "injury": "injury",
    "torture": "torture",
    "sexual_violence": "sexual violence",
    "detention": "detention",
    "prosecution": "prosecution",
    "deportation": "deportation",
    "conscription": "forced mobilisation",
    "displacement": "displacement",
}
# What the codebook's label leaves open, for whoever reads the headline alone.
_SAID = {"property": "property damaged or taken", "territory": "territory held, taken or left"}
_LASTING = ("day", "year")
_AGAINST = frozenset({"sexual_violence"})
_PREFIX = {"alleged only": "alleged", "denied": "denied", "planned": "planned", "predicted": "expected"}


def happening(code: str) -> str:
    """Return the noun for a type: "killing", "air or drone strike"."""
    name = _OF.get(code) or label("types", code)
    return name[:1].lower() + name[1:]


def group_of(claims: list[Claim]) -> str:
    """Return the kind of people, where all claims that give a number give it of the same kind."""
    groups = {claim.group for claim in claims if claim.count}
    return label("groups", groups.pop()) if len(groups) == 1 else ""


def _party(event: Event, claims: list[Claim]) -> str:
    """Return who holds, takes or leaves a place, where all claims that say it say the same."""
    actors = {claim.actor for claim in claims if claim.actor}
    return f" by {label('parties', actors.pop())}" if event.type == "territory" and len(actors) == 1 else ""


def _what(event: Event, weight: Weight | None, claims: list[Claim], stated: bool) -> str:
    noun = _SAID.get(event.type, happening(event.type)) + _party(event, claims)
    said = amount(weight.low, weight.high, weight.unit, group_of(claims)) if weight else ""
    if not said:
        return noun
    if event.type in _OF and weight and weight.unit == "person":
        return f"{noun} {'against' if event.type in _AGAINST else 'of'} {said}"
    if weight and weight.unit in _LASTING:
        return f"{noun} for {said}"
    return f"{noun}: {said}" if stated else f"{noun} ({said})"


def headline(event: Event, weight: Weight | None, claims: list[Claim], status: str) -> str:
    """Return, for example, "Killing of 3–5 persons, Sumy (settlement), Sumy Oblast, 3 July 2026".

    Whatever is not stated says so in its first word ("Alleged: killing of …"), for whoever reads headings alone.
    """
    what = _what(event, weight, claims, status == "stated")
    opening = capital(what) if status == "stated" else f"{capital(_PREFIX[status])}: {what}"
    where = place(event.place, event.adm1) or "place not stated"
    return ", ".join((opening, where, dates(event.when) or "date not stated"))
