"""A trace in words: the lines that `testimonia why` prints."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from itertools import chain

from rich.cells import cell_len

from testimonia.lineage import Context, Trace
from testimonia.precision import lies
from testimonia.records import Claim, Count, Document, Estimate, Event, Link, Quote, Weight, When

MINIMUM = 40  # columns left for a sentence, however deep it stands


def _bound(value: float | None) -> str:
    return "open" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _days(when: When) -> str:
    span = when.first.isoformat() if when.first == when.last else f"{when.first} to {when.last}"
    return f"{span} ({when.precision})"


def _count(count: Count) -> str:
    about = ", approximate" if count.approx else ""
    words = f" – words: “{count.words}”" if count.words else ""
    return f"low {_bound(count.low)}, high {_bound(count.high)}, unit {count.unit}{about}{words}"


def _claim(id_: str, claim: Claim) -> Iterator[str]:
    yield f"claim {id_}: {claim.type}, {claim.modality}"
    if claim.count:
        yield f"  count: {_count(claim.count)}"
    if claim.speaker:
        via = f", through {', '.join(claim.speaker.via)}" if claim.speaker.via else ""
        yield f"  speaker: {claim.speaker.name}{via}"
    else:
        yield "  speaker: the document itself"
    if claim.actor or claim.target or claim.group:
        group = f" ({claim.group})" if claim.group else ""
        yield f"  who to whom: {claim.actor or 'unsaid'} → {claim.target or 'unsaid'}{group}"
    if claim.place or claim.adm1:
        name = f"{lies(claim.place)} ({claim.place.precision})" if claim.place else "no town named"
        unit = claim.adm1 if not claim.place or claim.place.name != claim.adm1 else None
        yield f"  place: {', '.join(filter(None, (name, unit)))}"
    if claim.when:
        words = f" – words: “{claim.when.words}”" if claim.when.words else ""
        yield f"  date: {_days(claim.when)}{words}"
    for reason in claim.reasons:
        yield f"  because: {reason.question} – {reason.rule}{f' – “{reason.words}”' if reason.words else ''}"


def _weight(id_: str, weight: Weight) -> Iterator[str]:
    if weight.unit:
        yield f"number {_bound(weight.low)} to {_bound(weight.high)} {weight.unit} ({weight.number_rule})"
    yield f"weight {id_}: {weight.origins_low} to {weight.origins_high} independent origins"
    for origin in weight.origins:
        yield f"  origin of {len(origin.documents)} document(s): {origin.reason}"
    for contradiction in weight.contradictions:
        sides = " | ".join(f"{value} ({len(claims)})" for value, claims in contradiction.sides)
        yield f"  contested in {contradiction.kind}: {sides} – {contradiction.rule}"


def _document(id_: str, document: Document) -> Iterator[str]:
    yield f"document {id_}: {document.name}"
    yield f"  outlet: {document.outlet or 'unknown'}{f', “{document.title}”' if document.title else ''}"
    if document.date:
        yield f"  published: {_days(document.date)}"
    yield f"  SHA-256: {document.sha256}"
    yield from (f"  note: {note}" for note in document.notes)


def _event(_: str, event: Event) -> Iterator[str]:
    yield f"event {event.handle}: {event.type}, {len(event.claims)} claim(s)"
    if event.place or event.adm1:
        yield f"  place: {', '.join(filter(None, [lies(event.place) if event.place else None, event.adm1]))}"
    if event.when:
        yield f"  date: {_days(event.when)}"


def _estimate(id_: str, estimate: Estimate) -> Iterator[str]:
    yield f"estimate {id_}: {estimate.question}"
    if estimate.low is not None or estimate.high is not None:
        yield f"  {_bound(estimate.low)} to {_bound(estimate.high)} by {estimate.method}"
    yield f"  {'estimable' if estimate.estimable else 'not estimable'}: {estimate.reason}"


def underlined(context: Context, width: int) -> Iterator[str]:
    """Yield a sentence in lines of `width` columns, with a line of ‾ under the words of the quote."""
    marks = "".join("‾" if context.start <= at < context.end else " " for at in range(len(context.text)))
    at = 0
    for line in textwrap.wrap(context.text.replace("\n", " "), width, drop_whitespace=False, break_on_hyphens=False):
        under = "".join(mark * cell_len(char) for char, mark in zip(line, marks[at : at + len(line)], strict=True))
        yield line.rstrip()
        if under.strip():
            yield under.rstrip()
        at += len(line)


def _quote(id_: str, quote: Quote, context: Context | None, width: int) -> Iterator[str]:
    yield f"quote {id_}: characters {quote.start} to {quote.end}, {quote.kind}, language {quote.lang}"
    if context:
        yield from (f"  {line}" for line in underlined(context, width - 2))


def _link(id_: str, link: Link) -> Iterator[str]:
    yield f"link {id_}: {link.verdict}, score {link.score:.2f} – {'; '.join(link.reasons)}"


TELLERS: dict[type, Callable[..., Iterator[str]]] = {
    Claim: _claim,
    Event: _event,
    Weight: _weight,
    Estimate: _estimate,
    Document: _document,
    Link: _link,
}


def _lines(trace: Trace, width: int) -> Iterator[str]:
    if isinstance(trace.record, Quote):
        return _quote(trace.id, trace.record, trace.context, max(width, MINIMUM))
    return chain(TELLERS[type(trace.record)](trace.id, trace.record), _within(trace.within))


def _within(event: Event | None) -> Iterator[str]:
    """Yield the event that a claim stands in, as one line under it; `why` with its id gives the whole of it."""
    if event:
        where = ", ".join(filter(None, [event.place.name if event.place else event.adm1, event.type]))
        when = f", {_days(event.when)}" if event.when else ""
        yield f"  in event {event.handle}: {where}{when}, {len(event.claims)} claim(s)"


def told(trace: Trace, width: int, depth: int = 0) -> Iterator[str]:
    """Yield the lines of a trace, what a record stands on indented below it."""
    indent = "  " * depth
    yield from (f"{indent}{line}" for line in _lines(trace, width - len(indent)))
    for below in trace.under:
        yield from told(below, width, depth + 1)
