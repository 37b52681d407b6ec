"""Why: from any number back to its quotes, by walking the parents of records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from testimonia.embargo import Embargo, masked
from testimonia.errors import UnknownIdError
from testimonia.records import Claim, Document, Estimate, Event, Link, Quote, Weight
from testimonia.store import Store

Record: TypeAlias = Document | Quote | Claim | Link | Event | Weight | Estimate


@dataclass(frozen=True, slots=True)
class Context:
    """The sentence that a quote stands in: its words, and where in them the quote begins and ends."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Trace:
    """A record, and the traces of what it stands on. A quote brings the sentence around it."""

    record: Record
    under: tuple[Trace, ...] = ()
    context: Context | None = None


def find(store: Store, id_: str) -> Record:
    """Return the record that an id, an event handle, or an unambiguous beginning of one names.

    Raises UnknownIdError; the message lists what an ambiguous beginning could mean.
    """
    named = store.beginning(id_) if "-" in id_ else {}
    if id_ in named:
        named = {id_: named[id_]}
    records = {record.id: record for name, kind in named.items() if (record := store.record(kind, name)) is not None}
    if len(records) == 1:
        return next(iter(records.values()))  # type: ignore[no-any-return]
    if records:
        raise UnknownIdError(f"{id_!r} could mean: {', '.join(sorted(records)[:8])}. Give more of the id.")
    raise UnknownIdError(f"No record has the id {id_!r}. `testimonia show claims` and `show events` list ids.")


def _sentence(store: Store, embargo: Embargo, quote: Quote, document: Document) -> Context:
    """Return the sentences that a quote touches, with what is under embargo blacked out."""
    quotes = store.quotes(document)
    around = [q for q in quotes if q.kind != "quotation" and q.start < quote.end and quote.start < q.end] or [quote]
    start, end = min(q.start for q in around), max(q.end for q in around)
    hidden = embargo.veiled_spans(store.claims_of(document.id), document, quotes)
    return Context(masked(document.text[start:end], start, hidden), quote.start - start, quote.end - start)


def _quote(store: Store, embargo: Embargo, quote: Quote) -> Trace:
    document = store.document(quote.document)
    if document is None:
        raise UnknownIdError(f"{quote.document}: the document of {quote.id} is not in this project.")
    context = _sentence(store, embargo, quote, document)
    shown = Quote(
        quote.document, quote.start, quote.end, context.text[context.start : context.end], quote.kind, quote.lang
    )
    return Trace(shown, (Trace(document),), context)


def _claim(store: Store, embargo: Embargo, claim: Claim) -> Trace:
    document = store.document(claim.quote.document)
    shown = embargo.veil(claim, document) if document else claim
    return Trace(shown, (_quote(store, embargo, claim.quote),))


def trace(store: Store, embargo: Embargo, record: Record) -> Trace:
    """Return a record with all that it stands on, down to the documents, as it may be shown."""
    if isinstance(record, Claim):
        return _claim(store, embargo, record)
    if isinstance(record, Quote):
        return _quote(store, embargo, record)
    parents = [record.event] if isinstance(record, Weight) else list(record.parents)
    return Trace(_veiled(store, embargo, record), tuple(trace(store, embargo, find(store, id_)) for id_ in parents))


def _veiled(store: Store, embargo: Embargo, record: Record) -> Record:
    if not isinstance(record, Event):
        return record
    claims = [claim for id_ in record.claims if (claim := store.record(Claim, id_)) is not None]
    documents = {c.quote.document: d for c in claims if (d := store.document(c.quote.document)) is not None}
    return embargo.veil_event(record, claims, documents)


def why(store: Store, id_: str, embargo: Embargo) -> Trace:
    """Return the chain from the record with this id down to the words of its sources.

    An event is traced from the number that it carries, its weight. Raises UnknownIdError.
    """
    record = find(store, id_)
    weight = store.weight_of(record.id) if isinstance(record, Event) else None
    return trace(store, embargo, weight or record)
