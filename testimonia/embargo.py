"""The embargo: where forces are, and what is passed to them, stays out of sight until it is history.

A claim of type `deployment` or `informing` younger than the embargo has no place below the oblast in any view, table,
export or command; nor has it its words, since the words name the place. This module is the one gate for that: every
way out of the store goes through `veil`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from testimonia.records import Claim, Document, Event, Place, Quote, Speaker

EMBARGOED_TYPES = frozenset({"deployment", "informing"})
WITHHELD = "[withheld under the embargo]"
BLACK, STRETCH = "■", "■■■■■■"
PUBLIC_ROLES = frozenset({"official", "military", "agency", "outlet", "ngo"})

_BLACKED = re.compile(rf"{BLACK}(?:\s*{BLACK})*")


@dataclass(frozen=True, slots=True)
class Embargo:
    """Days before `today` from which on claims of the embargoed types are veiled."""

    today: date
    days: int = 90

    @property
    def since(self) -> date:
        """The first day under embargo."""
        return self.today - timedelta(days=self.days)

    def covers(self, claim: Claim, document: Document) -> bool:
        """Say whether a claim is under embargo: it, or its document, is recent, or the document has no date.

        A date in the past does not lift it: "defended the town in March 2022, is now stationed at X" holds both.
        """
        if claim.type not in EMBARGOED_TYPES:
            return False
        recent = claim.when is not None and claim.when.last >= self.since
        return recent or self.recent(document)

    def recent(self, document: Document) -> bool:
        """Say whether a document is younger than the embargo, or may be: one without a date is held to be recent."""
        return document.date is None or document.date.last >= self.since

    def veil(self, claim: Claim, document: Document) -> Claim:
        """Return the claim as it may be shown: under embargo without words, with no place below the oblast.

        A speaker is words of the document too: who passed something on is named there. One who speaks for an office, an
        agency, an outlet or an organisation stays. How it was read, and how surely, would tell what is hidden.
        """
        if not self.covers(claim, document):
            return claim
        count = replace(claim.count, words="") if claim.count else None
        when = replace(claim.when, words="") if claim.when else None
        quote = replace(claim.quote, text=WITHHELD)
        speaker = _public(claim.speaker)
        observed = replace(claim.observed, words="") if claim.observed else None
        return replace(
            claim, quote=quote, place=bare(claim.place, claim.adm1), count=count, when=when, observed=observed,
            speaker=speaker, reasons=(), confidence=None,
        )  # fmt: skip

    def veil_event(self, event: Event, claims: Iterable[Claim], documents: Mapping[str, Document]) -> Event:
        """Return the event as it may be shown: without a place below the oblast where a claim is covered."""
        if not any(self.covers(claim, documents[claim.quote.document]) for claim in claims):
            return event
        when = replace(event.when, words="") if event.when else None
        return replace(event, place=bare(event.place, event.adm1), when=when)

    def veiled_spans(
        self, claims: Iterable[Claim], document: Document, quotes: Iterable[Quote]
    ) -> list[tuple[int, int]]:
        """Return the stretches of a document that may not be shown: every sentence that an embargoed claim lies in."""
        hidden = [(c.quote.start, c.quote.end) for c in claims if self.covers(c, document)]
        sentences = [(q.start, q.end) for q in quotes if any(q.start < end and start < q.end for start, end in hidden)]
        return sorted({*hidden, *sentences})


def bare(place: Place | None, adm1: str | None) -> Place | None:
    """Return an area by its name alone; None for any other place, and for the unit, which is told anyway.

    Who holds which part of an oblast, as the words say, tells the part.
    """
    if place is None or not place.is_area or place.name == adm1:
        return None
    return Place(place.name, place.id, place.adm1, place.country, precision=place.precision)


def _public(speaker: Speaker | None) -> Speaker | None:
    """Return a speaker as one under embargo may be named: a private one as withheld, with the role alone."""
    if speaker is None or speaker.role in PUBLIC_ROLES:
        return speaker
    return Speaker(WITHHELD, speaker.role)


# Where a point on the map is told without a name: decimal degrees, degrees and minutes, grids, open location codes, and
# every address of a page, which may be a map or the report itself.
POINTED = re.compile(
    r"(?:https?://|www\.)\S+|\b(?:maps|goo)\.\S+/\S*|\bgeo:\S+"
    r"|(?<![\d.,])[-+]?\d{1,3}(?:\.\d{3,}|,\d{4,})\s?°?\s?[NSEWСЮВЗПш]?[\s,;/|°NSEWСПш]{1,6}"
    r"[-+]?\d{1,3}(?:\.\d{3,}|,\d{4,})(?:\s?°?\s?[NSEWСЮВЗПд]\b|°)?"
    r"|(?<![\d.,])[-+]?\d{1,3}[.,]\d{4,}(?!\d)°?"
    r"|\d{1,3}(?:[.,]\d+)?\s?°(?!\s?[CСFФ]\b)(?:\s?\d{1,2}(?:[.,]\d+)?\s?['′’](?:\s?\d{1,2}(?:[.,]\d+)?\s?(?:[\"″”]|['′’]{2})?)?)?"
    r"(?:\s?[NSEWСЮВЗП]\b)?"
    r"|\b\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{2,5}\s?\d{2,5}\b"
    r"|\b[XХxх]\s?[=:]?\s?\d{5,8}[,;\s]+[YУyу]\s?[=:]?\s?\d{5,8}"
    r"|\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"
)


def pointed(text: str) -> list[tuple[int, int]]:
    """Return where a text tells a point on the map by numbers, or has the address of a page."""
    return [match.span() for match in POINTED.finditer(text)]


def masked(text: str, start: int, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text`, which begins at offset `start` of its document, with the spans replaced by black squares.

    The length stays the same, so that offsets into it stay true.
    """
    characters = list(text)
    for first, last in spans:
        for at in range(max(first - start, 0), min(last - start, len(characters))):
            if not characters[at].isspace():
                characters[at] = BLACK
    return "".join(characters)


def stretched(text: str) -> str:
    """Return masked text for the eye: every black stretch of one length, since the lengths of words tell a name."""
    return _BLACKED.sub(STRETCH, text) if BLACK in text else text
