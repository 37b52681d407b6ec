"""Showing claims or events by type, party, place, date, outlet or document, as they may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from testimonia.embargo import Embargo
from testimonia.phrases import fold
from testimonia.records import Claim, Document, Event, Weight, When
from testimonia.store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show; None asks for everything. `first` and `last` are days, both included."""

    type: str | None = None
    modality: str | None = None
    party: str | None = None
    place: str | None = None
    first: date | None = None
    last: date | None = None
    outlet: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim as it may be shown, its document, and the event that it belongs to."""

    claim: Claim
    document: Document
    event: Event | None


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """An event as it may be shown, its weight, and its claims."""

    event: Event
    weight: Weight | None
    claims: tuple[ShownClaim, ...]


def _overlaps(when: When | None, wanted: Wanted) -> bool:
    if wanted.first is None and wanted.last is None:
        return True
    if when is None:
        return False
    return (wanted.last is None or when.first <= wanted.last) and (wanted.first is None or when.last >= wanted.first)


def _at(claim: Claim, wanted: str) -> bool:
    names = [claim.adm1 or ""]
    if claim.place:
        names += [claim.place.name, claim.place.adm1 or "", claim.place.words]
    return any(fold(wanted) in fold(name) for name in names)


def _fits(shown: ShownClaim, wanted: Wanted) -> bool:
    claim, document = shown.claim, shown.document
    names = (document.file, document.name, document.id, *(seen.file for seen in document.sightings))
    outlets = (document.outlet or "", *(seen.outlet or "" for seen in document.sightings))
    return (
        wanted.type in (None, claim.type)
        and wanted.modality in (None, claim.modality)
        and wanted.party in (None, claim.actor, claim.target)
        and (wanted.place is None or _at(claim, wanted.place))
        and _overlaps(claim.when or document.date, wanted)
        and (wanted.outlet is None or any(fold(wanted.outlet) in fold(outlet) for outlet in outlets))
        and (wanted.document is None or wanted.document in names)
    )


def _all(store: Store, embargo: Embargo) -> Iterator[ShownClaim]:
    documents, events, event_of = store.documents(), store.events(), store.event_of()
    for claim in store.claims().values():
        document = documents[claim.quote.document]
        event = events.get(event_of.get(claim.id, ""))
        yield ShownClaim(embargo.veil(claim, document), document, event)


def show_claims(store: Store, embargo: Embargo, wanted: Wanted) -> list[ShownClaim]:
    """Return the claims wanted, in the order of files and text."""
    return [shown for shown in _all(store, embargo) if _fits(shown, wanted)]


def show_events(store: Store, embargo: Embargo, wanted: Wanted) -> list[ShownEvent]:
    """Return the events of which at least one claim is wanted, those with most origins first."""
    weights = {weight.event: weight for weight in store.weights()}
    grouped: dict[str, list[ShownClaim]] = {}
    chosen: set[str] = set()
    for shown in _all(store, embargo):
        if shown.event:
            grouped.setdefault(shown.event.id, []).append(shown)
            if _fits(shown, wanted):
                chosen.add(shown.event.id)
    documents, claims, events = store.documents(), store.claims(), store.events()
    found = [
        ShownEvent(
            embargo.veil_event(events[id_], [claims[claim] for claim in events[id_].claims], documents),
            weights.get(id_),
            tuple(grouped[id_]),
        )
        for id_ in chosen
    ]
    return sorted(found, key=lambda e: (-(e.weight.origins_low if e.weight else 0), e.event.handle))
