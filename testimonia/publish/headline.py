"""The headline of an event, composed from its fields by a template: no adjective, no blame, no name of a person."""

from __future__ import annotations

from testimonia.publish.words import amount, capital, dates, label, place
from testimonia.records import Claim, Event, Weight

# Where people are what it falls on, their number follows "of"; elsewhere it stands in brackets.
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


def _what(event: Event, weight: Weight | None, claims: list[Claim]) -> str:
    noun = happening(event.type)
    said = amount(weight.low, weight.high, weight.unit, group_of(claims)) if weight else ""
    if not said:
        return noun
    if event.type in _OF and weight and weight.unit == "person":
        return f"{noun} {'against' if event.type in _AGAINST else 'of'} {said}"
    return f"{noun} ({said})"


def headline(event: Event, weight: Weight | None, claims: list[Claim], status: str) -> str:
    """Return, for example, "Killing of 3–5 persons, Sumy (settlement), Sumy Oblast, 3 July 2026".

    Whatever is not stated says so in its first word ("Alleged: killing of …"), for whoever reads headings alone.
    """
    what = _what(event, weight, claims)
    opening = capital(what) if status == "stated" else f"{capital(_PREFIX[status])}: {what}"
    where = place(event.place, event.adm1) or "place not stated"
    return ", ".join((opening, where, dates(event.when) or "date not stated"))
