"""Events → weights: how many independent origins stand behind an event, its number, and where its claims contradict.

`copies` finds documents that copy one another, `origins` counts what is left, `numbers` bounds the number,
`contradictions` names what cannot all be right, `status` says whether anything is stated at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from testimonia.records import Claim, Document, Event, Weight
from testimonia.settings import WeighSettings
from testimonia.weigh.contradictions import contradictions
from testimonia.weigh.copies import Copies, copies
from testimonia.weigh.numbers import numbers
from testimonia.weigh.origins import origins
from testimonia.weigh.status import Status, status, status_of

__all__ = ["Status", "status", "status_of", "weigh"]

RULES = "2"  # goes into the id of a weight: raise it when a rule changes


def weigh(
    events: Iterable[Event], claims: Mapping[str, Claim], documents: Mapping[str, Document], settings: WeighSettings
) -> tuple[Weight, ...]:
    """Return the weight of each event, in their order.

    The number of an event is that of its type: the injured of a killing are not its dead. An event that is nothing but
    denied has no origins. Origins are listed as with all suspected links real. `claims` and `documents` map ids to
    records; every claim of every event must be there (KeyError otherwise).
    """
    listed = list(events)
    found = _copies(listed, claims, documents, settings)
    return tuple(_weight(event, claims, documents, found) for event in listed)


def _copies(
    events: Iterable[Event], claims: Mapping[str, Claim], documents: Mapping[str, Document], settings: WeighSettings
) -> Copies:
    """Return the copies among the documents that share an event with another document; no others matter."""
    shared: set[str] = set()
    for event in events:
        of_event = {claims[claim].quote.document for claim in event.claims}
        if len(of_event) > 1:
            shared |= of_event
    return copies((documents[name] for name in sorted(shared) if name in documents), settings)


def _weight(event: Event, claims: Mapping[str, Claim], documents: Mapping[str, Document], found: Copies) -> Weight:
    members = [claims[claim] for claim in event.claims]
    joined, high = origins(members, documents, found)
    number = numbers([claim for claim in members if claim.type == event.type], documents)
    contested = ((number.contradiction,) if number.contradiction else ()) + contradictions(members)
    return Weight(
        event=event.id,
        origins=joined,
        origins_low=len(joined),
        origins_high=high,
        unit=number.unit,
        low=number.low,
        high=number.high,
        number_claims=number.claims,
        number_rule=number.rule,
        contradictions=contested,
        documents=tuple(dict.fromkeys(claim.quote.document for claim in members)),
        rules=RULES,
    )
