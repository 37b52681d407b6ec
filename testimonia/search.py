"""Finding words in the archive, across endings, in all languages; families are answered, nobody browses people.

A query that is a personal name outside the office-holder list is answered only to a guardian who gives a reason
(`guard.py`). The surname of an office-holder is free to search, but others bear it: of what it finds, only what names
the office-holder is answered without a reason. Nothing here lists people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from testimonia.guard import allow
from testimonia.names import asks_for_holder, is_personal_name, means_holder
from testimonia.packs import Packs
from testimonia.phrases import words
from testimonia.records import Document, Quote
from testimonia.store import Store
from testimonia.veil import Gate

AT_ONCE = 50  # hits that are put through the gate together
SHARED = 4  # letters that the forms of a name have in common
EVERYTHING = -1  # a limit before the gate would let what is hidden take the place of what may be shown


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a document that holds the words."""

    quote: Quote
    document: Document


def _quoted(form: str) -> str:
    return '"' + form.replace('"', '""') + '"'


def _query(query: str, packs: Packs) -> str:
    """Return the FTS5 query: each word as it is, or its stem in any language; all words must be there."""
    terms = []
    for word in words(query):
        stems = sorted({pack.stem(word.form) for pack in packs.languages.values()} - {""})
        either = [f"text : {_quoted(word.form)}", *(f"stems : {_quoted(stem)}" for stem in stems)]
        terms.append("(" + " OR ".join(either) + ")")
    return " AND ".join(terms)


def _personal(store: Store, packs: Packs, query: str) -> bool:
    return is_personal_name(query, packs, _alike(store, query))


def _alike(store: Store, query: str) -> Iterator[str]:
    """Yield the sentences that have a word which begins as one of the query's does."""
    begun = sorted({word.form[:SHARED] for word in words(query)})
    yield from store.sentences(" OR ".join(f"text : {_quoted(form)} *" for form in begun))


def _hits(gate: Gate, packs: Packs, query: str) -> Iterator[Found]:
    """Yield what may be shown of what is found, best first.

    A stretch in which something is withheld is left out: a hit there would tell what is hidden.
    """
    ids = gate.store.matching(_query(query, packs), EVERYTHING)
    for at in range(0, len(ids), AT_ONCE):
        quotes = [quote for id_ in ids[at : at + AT_ONCE] if (quote := gate.store.quote(id_))]
        documents = gate.about({quote.document for quote in quotes}).documents
        for quote in quotes:
            document = documents[quote.document]
            if document.text[quote.start : quote.end] == quote.text:
                yield Found(quote, document)


def search(gate: Gate, packs: Packs, query: str, *, reason: str | None = None, limit: int = 50) -> list[Found]:
    """Return the stretches that hold all words of the query, best first; `reason` is a guardian's.

    Without a reason, the surname of an office-holder finds only where the office-holder is meant (`narrowed`).
    Raises NotAllowedError where the query is a personal name and no reason is given.
    """
    if not words(query):
        return []
    if reason or _personal(gate.store, packs, query):
        allow(gate.store, "search for a person", query, reason)
    hits = _hits(gate, packs, query)
    if narrowed(packs, query, reason):
        hits = (hit for hit in hits if means_holder(query, hit.quote.text, hit.document.text, packs))
    return list(islice(hits, limit))


def narrowed(packs: Packs, query: str, reason: str | None) -> bool:
    """Say whether only those stretches are answered in which the office-holder of this name is meant."""
    return not reason and asks_for_holder(query, packs)
