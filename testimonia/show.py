"""Showing claims, events or documents by type, party, place, date, outlet or document, as they may be shown.

Some outlets are persons, and files are named after those who are interviewed in them. Asking for those is asking for a
person: `let_through` answers it only to a guardian (`guard.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from math import inf

from testimonia.errors import SettingsError
from testimonia.guard import allow
from testimonia.names import bears_name, is_personal_name, personal_names
from testimonia.packs import Packs
from testimonia.phrases import fold
from testimonia.records import Claim, Confidence, Document, Event, Weight, When
from testimonia.store import Store
from testimonia.veil import Shown
from testimonia.weigh import Status, status

HAPPENED = ("stated", "alleged only")  # what a run counts as events; a denial, a plan or a forecast alone is none
ALL = ("claims", "events", "documents")
ONLY_OF: Mapping[str, tuple[str, ...]] = {  # what says nothing of the others
    "type": ("claims", "events"),
    "modality": ("claims", "events"),
    "status": ("events",),
    "party": ("claims", "events"),
    "place": ("claims", "events"),
    "least-sure": ("claims",),
    "uncoded": ("documents",),
}
WAYS = {("status", "claims"): "Claims have a modality: --modality denied."}
SHORT = 8  # signs of a hash that a short id has at least


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show; None asks for everything. `first` and `last` are days, both included."""

    type: str | None = None
    modality: str | None = None
    status: str | None = None
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
    status: Status = "stated"

    @property
    def happened(self) -> bool:
        """True where at least one claim says that it happened."""
        return self.status in HAPPENED


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document as it may be shown, with the id that it has in the run, and how many claims it gave.

    `uncoded`: it was read and not coded, since it speaks of no conflict.
    """

    id: str
    document: Document
    claims: int
    uncoded: bool


def check_asked(what: str, wanted: Wanted, *, doubtful: bool = False, uncoded: bool = False) -> None:
    """Say where a question cannot be answered: by what it asks for, or because no day lies in its span.

    Raises SettingsError.
    """
    if what not in ALL:
        ways = " or ".join(f"`testimonia show {one}`" for one in ALL)
        raise SettingsError(f"{what!r} cannot be shown. Say {ways}.")
    given = {"least-sure": doubtful, "uncoded": uncoded}
    for name, kinds in ONLY_OF.items():
        if (given[name] if name in given else getattr(wanted, name)) and what not in kinds:
            way = WAYS.get((name, what), f"Say `testimonia show {kinds[0]} --{name}`.")
            raise SettingsError(f"--{name} is of {' or '.join(kinds)}. {way}")
    if wanted.first and wanted.last and wanted.first > wanted.last:
        raise SettingsError(f"--from {wanted.first} is after --to {wanted.last}: no day lies between. Swap the two.")


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
    return (
        wanted.type in (None, claim.type)
        and wanted.modality in (None, claim.modality)
        and wanted.party in (None, claim.actor, claim.target)
        and (wanted.place is None or _at(claim, wanted.place))
        and _overlaps(claim.when or document.date, wanted)
        and _of(document, wanted)
    )


def _of(document: Document, wanted: Wanted) -> bool:
    """Say whether a document is the one wanted, of the outlet wanted."""
    named = wanted.document is None or wanted.document in _names(document)
    return named and (wanted.outlet is None or any(fold(wanted.outlet) in fold(name) for name in _outlets(document)))


def _names(document: Document) -> tuple[str, ...]:
    return (document.file, document.name, document.id, *(seen.file for seen in document.sightings))


def _outlets(document: Document) -> tuple[str, ...]:
    return tuple(filter(None, (document.outlet, *(seen.outlet for seen in document.sightings))))


def _names_person(outlet: str, wanted: str, packs: Packs) -> bool:
    """Say whether a part of an outlet's name is that of a person: the whole, or the words that hold a name."""
    if not bears_name(outlet, packs):
        return False
    at, spans = fold(outlet).find(fold(wanted)), personal_names(outlet, packs)
    return not spans or any(at < end and start < at + len(wanted) for start, end in spans)


def _person(shown: Shown, wanted: Wanted, packs: Packs) -> str | None:
    """Return what asks for a person: an outlet or a document whose name is one, whether it is there or not."""
    if wanted.document and bears_name(wanted.document, packs):
        return wanted.document
    if not wanted.outlet:
        return None
    outlets = {name for document in shown.documents.values() for name in _outlets(document)}
    found = [name for name in outlets if fold(wanted.outlet) in fold(name)]
    named = any(_names_person(name, wanted.outlet, packs) for name in found)
    personal = named if found else is_personal_name(wanted.outlet, packs)
    return wanted.outlet if personal else None


def let_through(store: Store, shown: Shown, wanted: Wanted, packs: Packs, reason: str | None) -> None:
    """Let a question by outlet or document pass; where that is a person, only with a guardian's reason, and logged.

    Raises NotAllowedError.
    """
    if asked := _person(shown, wanted, packs):
        allow(store, "show by a person", asked, reason)


def _all(shown: Shown) -> Iterator[ShownClaim]:
    events = {id_: event for event in shown.events for id_ in event.claims}
    for id_, claim in shown.claims.items():
        document = shown.documents[claim.quote.document]
        yield ShownClaim(id_, claim, document, events.get(id_))


def show_claims(shown: Shown, wanted: Wanted) -> list[ShownClaim]:
    """Return the claims wanted, in the order of files and text."""
    return [found for found in _all(shown) if _fits(found, wanted)]


def least(confidence: Confidence) -> tuple[str, float]:
    """Return the slot of a claim that is least sure, the first of equals, and how sure it is."""
    slots = [field.name for field in fields(confidence) if field.name != "told"]
    slot = min(slots, key=lambda name: float(getattr(confidence, name)))
    return slot, getattr(confidence, slot)


def _doubt(shown: ShownClaim) -> tuple[float, float]:
    found = shown.claim.confidence
    return (found.told, least(found)[1]) if found else (inf, inf)


def least_sure(claims: Iterable[ShownClaim]) -> list[ShownClaim]:
    """Return claims by rising confidence, of equals first the one with the least sure slot; last those without any."""
    return sorted(claims, key=_doubt)


def show_events(shown: Shown, wanted: Wanted) -> list[ShownEvent]:
    """Return the events of which at least one claim is wanted: those with most origins first, last what is no event."""
    grouped: dict[str, list[ShownClaim]] = {}
    chosen: dict[str, Event] = {}
    for found in _all(shown):
        if found.event:
            grouped.setdefault(found.event.id, []).append(found)
            if _fits(found, wanted):
                chosen[found.event.id] = found.event
    events = [
        ShownEvent(event, shown.weights.get(id_), tuple(grouped[id_]), status(event, shown.claims))
        for id_, event in chosen.items()
    ]
    asked = [event for event in events if wanted.status in (None, event.status)]
    return sorted(asked, key=lambda e: (not e.happened, -(e.weight.origins_low if e.weight else 0), e.event.handle))


def show_documents(shown: Shown, wanted: Wanted, uncoded: Collection[str]) -> list[ShownDocument]:
    """Return the documents wanted, in the order of their names; `uncoded` are the ids of those left uncoded."""
    numbers = Counter(claim.quote.document for claim in shown.claims.values())
    return [
        ShownDocument(id_, document, numbers[id_], id_ in uncoded)
        for id_, document in shown.documents.items()
        if _of(document, wanted) and _overlaps(document.date, wanted)
    ]


def check_named(shown: Shown, wanted: Wanted) -> None:
    """Say where a question names an outlet or a document that is not there: an empty answer would mislead.

    Raises SettingsError. To be asked after `let_through`, which refuses the names of persons whether they are there.
    """
    documents = shown.documents.values()
    if wanted.document and not any(wanted.document in _names(document) for document in documents):
        raise SettingsError(
            f"{wanted.document}: no document of this project has this file name or id. Give the name as the dossier "
            "lists it, with the folders before it."
        )
    outlets = {outlet for document in documents for outlet in _outlets(document)}
    if wanted.outlet and not any(fold(wanted.outlet) in fold(outlet) for outlet in outlets):
        raise SettingsError(
            f"{wanted.outlet}: no document of this project is of an outlet with this name. Outlets are what "
            "sources.csv says; the dossier lists each with its documents."
        )


def short_ids(ids: Iterable[str]) -> dict[str, str]:
    """Return for each id its shortest beginning, of at least 8 signs of the hash, that no other of them begins with."""
    ordered = sorted(set(ids))
    return {
        id_: id_[: max(id_.find("-") + 1 + SHORT, 1 + _shared(id_, before), 1 + _shared(id_, after))]
        for before, id_, after in zip(["", *ordered], ordered, [*ordered[1:], ""], strict=False)
    }


def _shared(a: str, b: str) -> int:
    """Return how many signs two ids have in common at their beginnings."""
    return next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
