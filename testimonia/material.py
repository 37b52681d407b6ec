"""What every view, table and edition is made from: all that a run holds, and the gate that it goes through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from testimonia.embargo import Embargo
from testimonia.records import Claim, Document, Estimate, Event, Failure, Link, Quote, Weight
from testimonia.store import Store

INTERNAL = "internal"
MARK = "internal, not for publication"  # stands on every page and in every row of every table
ALWAYS = Embargo(date.min, days=0)  # covers every day: what holds until a run says which day it is


@dataclass(frozen=True)
class Material:
    """The records of a run, by id, in any order; `quotes` holds the stretches of each document by the document's id.

    `version` is that of the program, `settings_text` the settings as the reader of the edition should see them.
    Nothing in it depends on a clock but `embargo`, which hides by the day of the run and is printed as days alone.
    """

    documents: Mapping[str, Document] = field(default_factory=dict)
    quotes: Mapping[str, Sequence[Quote]] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    links: Sequence[Link] = ()
    events: Mapping[str, Event] = field(default_factory=dict)
    weights: Sequence[Weight] = ()
    estimates: Sequence[Estimate] = ()
    failures: Sequence[Failure] = ()
    embargo: Embargo = ALWAYS
    version: str = ""
    settings_text: str = ""


def _whole(events: Mapping[str, Event], claims: Mapping[str, Claim]) -> dict[str, Event]:
    """Leave out the events of which a claim is gone: a run that was stopped has coded anew and not yet linked."""
    return {id_: event for id_, event in events.items() if all(claim in claims for claim in event.claims)}


def gather_about(store: Store, embargo: Embargo, documents: Iterable[str]) -> Material:
    """Gather what a view of these documents needs: all that their claims stand in, with the other claims of it.

    What the embargo hides in a document follows from its claims and from the events that they stand in; so all that is
    gathered around an event is gathered with the events that it touches in turn.
    """
    shown = store.documents_of(store.events_of(documents)) | set(documents)
    events = store.events_of(shown)
    around = store.documents(ids=store.documents_of(events) | shown)
    claims = store.claims(documents_=around)
    events = _whole(events, claims)
    return Material(
        documents=around,
        quotes={id_: store.quotes(document) for id_, document in around.items()},
        claims=claims,
        links=store.links_of(claims),
        events=events,
        weights=store.weights_of(events),
        estimates=store.estimates(),
        embargo=embargo,
    )


def gather(store: Store, embargo: Embargo, *, version: str = "", settings_text: str = "") -> Material:
    """Gather from the store what can be shown of the documents that are present."""
    documents, claims = store.documents(), store.claims()
    return Material(
        documents=documents,
        quotes={id_: store.quotes(document) for id_, document in documents.items()},
        claims=claims,
        links=[link for link in store.links() if link.a in claims and link.b in claims],
        events=_whole(store.events(), claims),
        weights=store.weights(),
        estimates=store.estimates(),
        failures=store.failures(),
        embargo=embargo,
        version=version,
        settings_text=settings_text,
    )
