"""The day that an undated document says of itself at its very head or foot: "Berezove, March 3, 2022 –".

Only a full date counts, and of several the latest. What is coded is resolved against it; the document itself stays
undated, so that nothing it says can lift an embargo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from testimonia.claims.times import reader
from testimonia.packs import LanguagePack, Packs
from testimonia.records import Claim, Document, Reason, When

FULL = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
HEAD = 3  # lines, the title among them
FOOT = 2
SHORT = 120  # characters of a line that is no more than a title, a dateline or a sign-off
OPENS = 40  # characters from the start of the line of a text in which its own day stands


def with_own_day(document: Document, packs: Packs) -> Document:
    """Return a document with the day that it says of itself, where it has no date."""
    pack = packs.language(document.lang) if document.lang else None
    if document.date or not pack:
        return document
    days = sorted(_said(document, pack, packs), key=lambda when: when.last)
    return replace(document, date=days[-1]) if days else document


def by_own_day(claim: Claim, document: Document) -> Claim:
    """Return a claim with the words that its document's day was taken from among the reasons for its own."""
    if not claim.when or not document.date:
        return claim
    why = Reason("when", "the document's day is what it says at its head or foot", document.date.words)
    return replace(claim, reasons=(*claim.reasons, why))


def _said(document: Document, pack: LanguagePack, packs: Packs) -> Iterator[When]:
    """Yield the full dates at the head and the foot of a text."""
    lines = [line.strip() for line in document.text.splitlines() if line.strip()]
    read = reader(pack, packs, replace(document, date=None))
    for line in (*lines[:HEAD], *lines[HEAD:][-FOOT:]):
        for span in (*read(line, (None, None)), *reader(pack, packs, document, observed=True)(line, (None, None))):
            near = len(line) <= SHORT or span.start <= OPENS
            said = line[span.start : span.end]
            if near and span.precision == "day" and span.first and FULL.search(said):
                yield When(span.first, span.first, "day", said)
