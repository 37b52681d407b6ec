"""Why: from any number back to its quotes, by walking the parents of records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from testimonia.errors import UnknownIdError
from testimonia.records import Claim, Document, Estimate, Event, Link, Quote, Weight
from testimonia.store import Store
from testimonia.veil import Shown

Record: TypeAlias = Document | Quote | Claim | Link | Event | Weight | Estimate


@dataclass(frozen=True, slots=True)
class Context:
    """The sentence that a quote stands in: its words, and where in them the quote begins and ends."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Trace:
    """A record, and the traces of what it stands on. A quote brings the sentence around it; `id` is that of the run."""

    record: Record
    id: str
    under: tuple[Trace, ...] = ()
    context: Context | None = None


def find(store: Store, id_: str) -> Record:
    """Return the record that an id, an event handle, or an unambiguous beginning of one names.

    Raises UnknownIdError; the message lists what an ambiguous beginning could mean.
    """
    named = store.beginning(id_) if "-" in id_ else {}
    if id_ in named:
        named = {id_: named[id_]}
    found: dict[str, Record] = {}
    for name, kind in named.items():
        record = store.record(kind, name)
        if record is not None:
            found[record.id] = record
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise UnknownIdError(f"{id_!r} could mean: {', '.join(sorted(found)[:8])}. Give more of the id.")
    raise UnknownIdError(f"No record has the id {id_!r}. `testimonia show claims` and `show events` list ids.")


def _document(shown: Shown, id_: str) -> Document:
    document = shown.documents.get(id_)
    if document is None:
        raise UnknownIdError(
            f"{id_}: the file of this document is gone or was changed, so its claims have left the exports. "
            "Its bytes are still in the archive."
        )
    return document


def _sentence(shown: Shown, quote: Quote, document: Document) -> Context:
    """Return the sentences that a quote touches, with what may not be shown blacked out."""
    quotes = shown.material.quotes[quote.document]
    around = [q for q in quotes if q.kind != "quotation" and q.start < quote.end and quote.start < q.end] or [quote]
    start, end = min(q.start for q in around), max(q.end for q in around)
    return Context(document.text[start:end], quote.start - start, quote.end - start)


def _quote(shown: Shown, quote: Quote) -> Trace:
    document = _document(shown, quote.document)
    text = document.text[quote.start : quote.end]
    below = (Trace(document, quote.document),)
    return Trace(replace(quote, text=text), quote.id, below, _sentence(shown, quote, document))


def _claim(shown: Shown, claim: Claim) -> Trace:
    _document(shown, claim.quote.document)
    return Trace(shown.claims[claim.id], claim.id, (_quote(shown, claim.quote),))


def trace(store: Store, shown: Shown, record: Record) -> Trace:
    """Return a record with all that it stands on, down to the documents, as it may be shown."""
    if isinstance(record, Document):
        return Trace(_document(shown, record.id), record.id)
    if isinstance(record, Quote):
        return _quote(shown, record)
    if isinstance(record, Claim):
        return _claim(shown, record)
    parents = [record.event] if isinstance(record, Weight) else list(record.parents)
    below = tuple(trace(store, shown, find(store, id_)) for id_ in parents)
    return Trace(_as_shown(shown, record), record.id, below)


def _as_shown(shown: Shown, record: Event | Weight | Estimate | Link) -> Record:
    """Return the record as the gate lets it out; links hold reasons in words, and are shown by their verdict alone."""
    if isinstance(record, Link):
        return replace(record, reasons=()) if shown.withheld(record.a) or shown.withheld(record.b) else record
    if isinstance(record, Weight):
        return shown.weights[record.event]
    if isinstance(record, Event):
        return next(event for event in shown.events if event.id == record.id)
    return dict(zip((e.id for e in shown.material.estimates), shown.estimates, strict=True))[record.id]


def why(store: Store, id_: str, shown: Shown) -> Trace:
    """Return the chain from the record with this id down to the words of its sources.

    An event is traced from the number that it carries, its weight. Raises UnknownIdError.
    """
    record = find(store, id_)
    weight = store.weight_of(record.id) if isinstance(record, Event) else None
    return trace(store, shown, weight or record)
