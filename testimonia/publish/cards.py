"""An event as a card of the page: every field in plain words, and every quote that it stands on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from testimonia.publish.context import Context, Sentences
from testimonia.publish.headline import headline
from testimonia.publish.words import (
    amount,
    chain,
    count_of,
    dates,
    day,
    how_known,
    how_sure,
    joined,
    label,
    language,
    place,
    span,
    spot,
)
from testimonia.records import Claim, Contradiction, Document, Event, Origin, Weight
from testimonia.veil import Shown
from testimonia.weigh import status

STATED, ALLEGED = "stated", "alleged only"
GRAPHIC = {"torture": "torture", "sexual_violence": "sexual violence"}


@dataclass(frozen=True, slots=True)
class Source:
    """A document as a card names it: its outlet, and where on the page it is described."""

    outlet: str
    published: str
    href: str
    name: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim: its quote in context, who said it where, and how it was read."""

    id: str
    context: Context
    withheld: bool
    lang: str
    language: str
    source: Source
    alignment: str
    speaker: str
    modality: str
    read: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a contradiction: what it says, and in which documents."""

    value: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Against:
    """A contradiction with all its sides."""

    kind: str
    rule: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class From:
    """One independent origin: the documents that go back to it, and why they count as one."""

    sources: tuple[Source, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A value in words, and what is to be known of it: its precision, its rule."""

    value: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that the page says of one event."""

    event: Event
    anchor: str
    headline: str
    status: str
    contested: bool
    graphic: str
    when: Fact
    where: Fact
    number: Fact
    origins: Fact
    groups: tuple[From, ...]
    contradictions: tuple[Against, ...]
    quotes: tuple[Quoted, ...]
    quoted: str
    modalities: str
    languages: str
    parties: str
    withheld: bool

    @property
    def happened(self) -> bool:
        """True where at least one claim says that it happened; a denial, a plan, a forecast is no event."""
        return self.status in (STATED, ALLEGED)


def anchor(handle: str) -> str:
    """Return a handle as the address of its card on the page: "evt-…"."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", handle)
    return plain if plain.startswith("evt-") else f"evt-{plain}"


def source(document: Document) -> Source:
    """Return how a card names a document."""
    return Source(document.outlet or "outlet not known", dates(document.date), f"#{document.id}", document.name)


def _from_words(value: str, words: str | None) -> str:
    return f"{value}, from “{words}”" if words and words != value else value


def _read(claim: Claim) -> tuple[str, ...]:
    """Return how a claim was read, each value beside the words that it was read off."""
    count, when, where = claim.count, claim.when, place(claim.place, claim.adm1)
    group = label("groups", claim.group)
    said = amount(count.low, count.high, count.unit, group) if count else group
    parts = [
        _from_words(f"about {said}" if count and count.approx else said, count.words if count else None),
        _from_words(where, claim.place.words if claim.place else None),
        _from_words(dates(when), when.words if when else None),
        *_held(claim),
        f"by: {label('parties', claim.actor)}" if claim.actor else "",
        f"to: {label('parties', claim.target)}" if claim.target else "",
        f"means: {label('means', claim.means)}" if claim.means else "",
        f"resistance: {label('resistance', claim.resistance)}" if claim.resistance else "",
        how_sure(claim.confidence),
    ]
    return tuple(part for part in parts if part)


def _held(claim: Claim) -> Iterator[str]:
    """Yield under whose name the words put the place, and who holds it, as they say."""
    place = claim.place
    if place and place.claimant:
        yield f"under the name used by: {_party(place.claimant)}"
    if place and place.controller:
        yield f"said to be held by: {_party(place.controller)}"


def _party(code: str) -> str:
    return label("parties", code)


def _day(found: re.Match[str]) -> str:
    return day(date.fromisoformat(found.group()))


def _days(text: str) -> str:
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", _day, text)


def _thousands(text: str) -> str:
    """Part the digits of a number as all numbers of the page are."""
    return re.sub(r"(?<![\d.,])\d{4,}(?!\d)", lambda found: f"{int(found.group()):,}", text)


_SAID: Mapping[str, Callable[[str], str]] = {
    "actor": _party,
    "date": _days,
    "number": _thousands,
}  # how the sides of a kind are put


class Cards:
    """Makes cards from the records as they may be shown."""

    def __init__(self, shown: Shown) -> None:
        """Lay ready the sentences of each document and the stretches that are hard to read."""
        self._shown = shown
        quotes = shown.material.quotes
        self._sentences = {key: Sentences(d.text, quotes.get(key, ())) for key, d in shown.documents.items()}
        self._sources = {key: source(document) for key, document in shown.documents.items()}
        self._order = {key: at for at, key in enumerate(shown.claims)}
        self._hard: Mapping[str, list[tuple[int, int, str]]] = self._stretches()

    def _stretches(self) -> Mapping[str, list[tuple[int, int, str]]]:
        found = defaultdict(list)
        for claim in self._shown.claims.values():
            if claim.type in GRAPHIC:
                found[claim.quote.document].append((claim.quote.start, claim.quote.end, GRAPHIC[claim.type]))
        return found

    def of(self, event: Event) -> Card:
        """Return the card of one event."""
        keys = sorted(event.claims, key=self._when_told)
        claims = [self._shown.claims[key] for key in keys]
        weight, state = self._shown.weights.get(event.id), status(event, self._shown.claims)
        quotes = tuple(self._quoted(key, claim) for key, claim in zip(keys, claims, strict=True))
        documents = {claim.quote.document for claim in claims}
        return Card(
            event=event,
            anchor=anchor(event.handle),
            headline=headline(event, weight, claims, state),
            status=state,
            contested=bool(weight and weight.contested),
            graphic=self._graphic(event, claims, quotes),
            when=self._when(event, claims),
            where=self._where(event, keys),
            number=Fact(amount(weight.low, weight.high, weight.unit), _days(weight.number_rule))
            if weight
            else Fact(""),
            origins=Fact(self._origins(weight), f"{state}; {count_of(len(documents), 'document')}"),
            groups=tuple(self._from(origin) for origin in weight.origins) if weight else (),
            contradictions=tuple(self._against(c) for c in weight.contradictions) if weight else (),
            quotes=quotes,
            quoted=f"{count_of(len(quotes), 'quote')} from {count_of(len(documents), 'document')}",
            modalities=" ".join(sorted({claim.modality for claim in claims})),
            languages=" ".join(sorted({quote.lang or "und" for quote in quotes})),
            parties=" ".join(sorted({code for claim in claims for code in (claim.actor, claim.target) if code})),
            withheld=any(quote.withheld for quote in quotes),
        )

    def _when_told(self, key: str) -> tuple[date, int]:
        told = self._shown.documents[self._shown.claims[key].quote.document].date
        return told.first if told else date.max, self._order[key]

    def _quoted(self, key: str, claim: Claim) -> Quoted:
        document = self._shown.documents[claim.quote.document]
        lang = claim.quote.lang if claim.quote.lang != "und" else document.lang or ""
        withheld = self._shown.withheld(key)
        context = Context("", claim.quote.text, "") if withheld else self._sentences[document.id].around(claim)
        return Quoted(
            id=key,
            context=context,
            withheld=withheld,
            lang=lang,
            language=language(lang),
            source=self._sources[document.id],
            alignment=document.alignment or "",
            speaker=chain(claim.speaker),
            modality=label("modalities", claim.modality),
            read=_read(claim),
        )

    def _graphic(self, event: Event, claims: Iterable[Claim], quotes: Iterable[Quoted]) -> str:
        """Return what is hard to read in a card: its own type, or what stands beside its quotes."""
        if event.type in GRAPHIC:
            return GRAPHIC[event.type]
        beside = {
            kind
            for claim, quote in zip(claims, quotes, strict=True)
            for start, end, kind in self._hard.get(claim.quote.document, ())
            if start < quote.context.end and quote.context.start < end
        }
        return joined(sorted(beside))

    def _when(self, event: Event, claims: Iterable[Claim]) -> Fact:
        if event.when:
            return Fact(dates(event.when), how_known(event.when))
        documents = (self._shown.documents[claim.quote.document] for claim in claims)
        told = min((d.date for d in documents if d.date), key=lambda when: (when.first, when.last), default=None)
        return Fact("not stated", f"in a document of {dates(told)}" if told else "nor is that of any document")

    def _where(self, event: Event, keys: Iterable[str]) -> Fact:
        name, known = spot(event.place, event.adm1)
        if any(self._shown.withheld(key) for key in keys):
            return Fact(name or "not shown", "nothing below the oblast, under the embargo")
        return Fact(name or "not stated", known)

    def _origins(self, weight: Weight | None) -> str:
        if weight is None:
            return "not weighed"
        if weight.origins_high == 0:
            return "no origin"
        noun = "origin" if weight.origins_low == weight.origins_high == 1 else "origins"
        return f"{span(weight.origins_low, weight.origins_high)} independent {noun}"

    def _known(self, documents: Iterable[str]) -> tuple[Source, ...]:
        known = (self._sources[key] for key in documents if key in self._sources)
        return tuple(sorted(known, key=lambda found: (found.name, found.href)))

    def _stated(self, claims: Mapping[str, str]) -> tuple[Source, ...]:
        """Return the documents of one side, each leading to the first of its claims that state it."""
        found = (replace(self._sources[document], href=f"#{claim}") for document, claim in claims.items())
        return tuple(sorted(found, key=lambda source: (source.name, source.href)))

    def _from(self, origin: Origin) -> From:
        return From(self._known(origin.documents), origin.reason)

    def _against(self, contradiction: Contradiction) -> Against:
        claims, said = self._shown.claims, _SAID.get(contradiction.kind, str)
        sides = tuple(
            Side(said(value), self._stated({claims[key].quote.document: key for key in reversed(keys)}))
            for value, keys in contradiction.sides
        )
        return Against(contradiction.kind, _days(contradiction.rule), sides)
