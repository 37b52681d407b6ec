"""Finding words in the archive, across endings, in all languages; families are answered, nobody browses people.

A query that is a personal name outside the office-holder list is answered only to a guardian who gives a reason, and
the log keeps who asked what and why. Nothing here lists people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from getpass import getuser

from testimonia.errors import NotAllowedError
from testimonia.names import is_personal_name
from testimonia.packs import Packs
from testimonia.phrases import words
from testimonia.records import Document, Quote
from testimonia.store import Store
from testimonia.veil import Shown


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


def _allowed(store: Store, packs: Packs, query: str, reason: str | None) -> None:
    """Let a personal name pass only with a guardian's reason, and log it before it is answered."""
    if not is_personal_name(query, packs, (document.text for document in store.documents().values())):
        return
    if not (reason or "").strip():
        raise NotAllowedError(
            f"{query!r} reads as a personal name. Testimonia does not look people up, except for a guardian with a "
            'reason, which is logged: add --guardian --reason "…". Office-holders on the list are free to search.'
        )
    at = datetime.now(UTC).isoformat(timespec="seconds")
    store.note(at, "search for a person", {"query": query, "guardian": getuser(), "reason": reason})


def search(
    store: Store, packs: Packs, query: str, shown: Shown, *, reason: str | None = None, limit: int = 50
) -> list[Found]:
    """Return the stretches that hold all words of the query, best first; `reason` is a guardian's.

    A stretch in which something is withheld is left out: a hit there would tell what is hidden. Raises
    NotAllowedError where the query is a personal name and no reason is given.
    """
    if not words(query):
        return []
    _allowed(store, packs, query, reason)
    quotes = [quote for id_ in store.matching(_query(query, packs), limit) if (quote := store.quote(id_))]
    found = [Found(quote, shown.documents[quote.document]) for quote in quotes if quote.document in shown.documents]
    return [hit for hit in found if hit.document.text[hit.quote.start : hit.quote.end] == hit.quote.text]
