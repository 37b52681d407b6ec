"""Why: from any number back to its quotes, by walking the parents of records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeAlias

from testimonia.embargo import stretched
from testimonia.errors import UnknownIdError
from testimonia.records import Claim, Document, Estimate, Event, Link, Quote, Weight
from testimonia.store import Store
from testimonia.veil import Gate, Shown

PLAIN = 12  # signs of an id that are enough to name a record beyond doubt

Record: TypeAlias = Document | Quote | Claim | Link | Event | Weight | Estimate


@dataclass(frozen=True, slots=True)
class Context:
    """The sentence that a quote stands in: its words, and where in them the quote begins and ends."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Trace:
    """A record, and the traces of what it stands on. A quote brings the sentence around it; `id` is that of the run.

    A claim that is asked about itself brings the event that it stands in.
    """

    record: Record
    id: str
    under: tuple[Trace, ...] = ()
    context: Context | None = None
    within: Event | None = None


def _named(shown: Shown) -> Iterator[tuple[str, Record]]:
    """Yield every record whose id says what is in it, by each id and handle that it is shown under."""
    yield from shown.claims.items()
    for event in shown.events:
        yield event.handle, event
        yield event.id, event
    yield from ((weight.id, weight) for weight in shown.weights.values())
    yield from ((estimate.id, estimate) for estimate in shown.estimates)
    yield from ((link.id, link) for link in shown.links)


def _found(store: Store, shown: Shown, id_: str) -> dict[str, Record]:
    """Return the records that an id or the beginning of one names, by their ids; a whole id names one alone.

    Documents and quotes are named by where they stand, not by what they say: the store is asked for them. The true id
    of what is hidden names nothing, so that nobody can try out what it would be made from.
    """
    records = {name: record for name, record in _named(shown) if name.startswith(id_)}
    for name, kind in store.beginning(id_).items():
        if kind in (Document, Quote) and (record := store.record(kind, name)) is not None:
            records[name] = record
    return {id_: records[id_]} if id_ in records else records


def _id(name: str, record: Record) -> str:
    return record.id if isinstance(record, Event) else name


def find(store: Store, shown: Shown, id_: str) -> tuple[str, Record]:
    """Return the record, as it may be shown, that an id, an event handle, or an unambiguous beginning of one names.

    Raises UnknownIdError; the message lists what an ambiguous beginning could mean.
    """
    named = _found(store, shown, id_) if "-" in id_ else {}
    found = {_id(name, record): record for name, record in named.items()}
    if len(found) == 1:
        return next(iter(found.items()))
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
    cuts = ((start, quote.start), (quote.start, quote.end), (quote.end, end))
    before, words, after = (stretched(document.text[first:last]) for first, last in cuts)
    return Context(before + words + after, len(before), len(before) + len(words))


def _quote(shown: Shown, quote: Quote) -> Trace:
    document = _document(shown, quote.document)
    text = stretched(document.text[quote.start : quote.end])
    below = (Trace(document, quote.document),)
    return Trace(replace(quote, text=text), quote.id, below, _sentence(shown, quote, document))


def _trace(shown: Shown, id_: str, record: Record, records: Mapping[str, Record]) -> Trace:
    """Return a record as it may be shown, with all that it stands on, down to the documents."""
    if isinstance(record, Document):
        return Trace(_document(shown, record.id), record.id)
    if isinstance(record, Quote):
        return _quote(shown, record)
    if isinstance(record, Claim):
        return Trace(record, id_, (_quote(shown, record.quote),))
    parents = [record.event] if isinstance(record, Weight) else record.parents
    return Trace(record, id_, tuple(_trace(shown, key, records[key], records) for key in parents))


def _documents(store: Store, id_: str) -> set[str]:
    """Return the documents behind a whole id, or a beginning that names one record; none where all may be behind it."""
    named = store.beginning(id_) if len(id_) >= PLAIN else {}
    name = id_ if id_ in named else next(iter(named)) if len(named) == 1 else None
    record = store.record(named[name], name) if name else None
    if isinstance(record, Document):
        return {record.id}
    if isinstance(record, Quote):
        return {record.document}
    if isinstance(record, Claim):
        return {record.quote.document}
    if isinstance(record, Link):
        return {claim.quote.document for key in (record.a, record.b) if (claim := store.record(Claim, key))}
    if isinstance(record, Event | Weight):
        return store.documents_of([record.event if isinstance(record, Weight) else record.id])
    return set()


def why(gate: Gate, id_: str) -> Trace:
    """Return the chain from the record with this id down to the words of its sources.

    An event is traced from the number that it carries, its weight. Raises UnknownIdError.
    """
    documents = _documents(gate.store, id_)
    with suppress(UnknownIdError):  # not there under this id as it may be shown: all the others are looked through
        if documents:
            return _why(gate.store, id_, gate.about(documents))
    return _why(gate.store, id_, gate.everything)


def _why(store: Store, id_: str, shown: Shown) -> Trace:
    key, record = find(store, shown, id_)
    weight = shown.weights.get(record.id) if isinstance(record, Event) else None
    if weight:
        key, record = weight.id, weight
    trace = _trace(shown, key, record, dict(_named(shown)))
    if not isinstance(record, Claim):
        return trace
    return replace(trace, within=next((event for event in shown.events if key in event.claims), None))
