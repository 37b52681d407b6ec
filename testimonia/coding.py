"""Coding documents: each read and coded by itself, in this process or in several."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache

from testimonia.claims import code, coded_sentences, left_uncoded
from testimonia.claims.learned.encoder import Encoder, load
from testimonia.engines import Engine
from testimonia.engines.here import here
from testimonia.engines.pool import pool
from testimonia.packs import Packs, load_packs
from testimonia.phrases import words
from testimonia.read import read
from testimonia.records import Claim, Document, Failure, Quote

POOL_PAYS_FROM = 40  # documents; below, starting processes takes longer than it saves


@dataclass(frozen=True, slots=True)
class Coded:
    """One document read and coded, or why not: `uncoded`, since it speaks of no conflict."""

    document: Document
    quotes: tuple[Quote, ...] = ()
    stems: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    uncoded: bool = False
    failure: Failure | None = None
    again: bool = False  # to be tried again by the next run


@cache
def packs_of(languages: tuple[str, ...], regions: tuple[str, ...]) -> Packs:
    """Load the packs once in each process."""
    return load_packs(languages or None, regions or None)


def stems(quote: Quote, packs: Packs) -> str:
    """Return the stems of a quote's words, by its language, for search across endings."""
    pack = packs.language(quote.lang)
    return " ".join(pack.stem(word.form) if pack else word.form for word in words(quote.text))


def code_document(
    document: Document, languages: tuple[str, ...] = (), regions: tuple[str, ...] = (), *, checked: bool = True
) -> Coded:
    """Read and code one document; the packs are named, so that a worker process can load its own.

    `checked`: the encoder, where it is installed, and the rules check each other.
    """
    packs, second = packs_of(languages, regions), load() if checked else None
    try:
        return _coded(document, packs, second)
    except Exception as error:  # noqa: BLE001 - recorded as a failure of this document: one text must not end the run
        reason = (
            f"{document.name}: could not be coded ({type(error).__name__}: {error}). Please report this text's form."
        )
        return Coded(document, failure=_failure(document, reason))


def _coded(document: Document, packs: Packs, second: Encoder | None) -> Coded:
    """Read and code one document; where that gives no claims, ask again whether it was looked at at all."""
    quotes = read(document, packs)
    claims = code(document, quotes, packs, second)
    uncoded = not claims and left_uncoded(document, coded_sentences(quotes), packs)
    return Coded(document, quotes, tuple(stems(quote, packs) for quote in quotes), claims, uncoded)


def lost(document: Document) -> Coded:
    """Return what is recorded of a document whose process was ended from outside, twice."""
    reason = (
        f"{document.name}: its process was ended from outside while coding it, perhaps for want of memory. "
        "Split the file, close other programs, or run again with --jobs 1."
    )
    return Coded(document, failure=_failure(document, reason), again=True)


def _failure(document: Document, reason: str) -> Failure:
    return Failure(document.file, document.part, "code", reason, "", document.original)


def processors() -> int:
    """Return how many processes suit this machine: one a processor, at most four."""
    return min(os.cpu_count() or 1, 4)


def engine(jobs: int, documents: int) -> Engine:
    """Return where to code so many documents: several processes only where they pay."""
    return pool(jobs) if jobs > 1 and documents >= POOL_PAYS_FROM else here
