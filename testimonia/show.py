"""Showing claims or events by type, party, place, date, outlet or document, as they may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from testimonia.phrases import fold
from testimonia.records import Claim, Document, Event, Weight, When
from testimonia.veil import Shown


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
    """A claim as it may be shown, with the id that it has in the run, its document, and its event."""

    id: str
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


def _all(shown: Shown) -> Iterator[ShownClaim]:
    events = {id_: event for event in shown.events for id_ in event.claims}
    for id_, claim in shown.claims.items():
        document = shown.documents[claim.quote.document]
        yield ShownClaim(id_, claim, document, events.get(id_))


def show_claims(shown: Shown, wanted: Wanted) -> list[ShownClaim]:
    """Return the claims wanted, in the order of files and text."""
    return [found for found in _all(shown) if _fits(found, wanted)]


def show_events(shown: Shown, wanted: Wanted) -> list[ShownEvent]:
    """Return the events of which at least one claim is wanted, those with most origins first."""
    grouped: dict[str, list[ShownClaim]] = {}
    chosen: dict[str, Event] = {}
    for found in _all(shown):
        if found.event:
            grouped.setdefault(found.event.id, []).append(found)
            if _fits(found, wanted):
                chosen[found.event.id] = found.event
    events = [ShownEvent(event, shown.weights.get(id_), tuple(grouped[id_])) for id_, event in chosen.items()]
    return sorted(events, key=lambda e: (-(e.weight.origins_low if e.weight else 0), e.event.handle))
