"""What of a run may be shown: the one place where an edition goes through the embargo.

`Embargo.veil` takes the words and the place out of a claim. That is not enough: the same words stand in the context of
the neighbouring claim, in the title, in the address of the page; the same place, in the event. What is shown is
therefore a second set of records, with all of that taken out, and the edition is made from this set alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain as chained
from typing import TypeVar

from testimonia.embargo import WITHHELD, Embargo, masked
from testimonia.material import Material
from testimonia.phrases import Word, words
from testimonia.records import (
    Claim,
    Contradiction,
    Document,
    Estimate,
    Event,
    Origin,
    Place,
    Quote,
    Sighting,
    Speaker,
    Weight,
)

Spans = Sequence[tuple[int, int]]
Name = tuple[str, ...]
Text = TypeVar("Text", str, str | None)
ENDING = 2  # letters by which the case forms of a long name may differ


def _stem(word: str) -> str:
    return word[:-ENDING] if len(word) > ENDING + 3 else word


def _split(text: str) -> tuple[Word, ...]:
    return words(text.replace("_", " ").replace("-", " "))


def names_of(claims: Iterable[Claim]) -> frozenset[Name]:
    """Return the names, cut down to stems, of the places below the oblast that the claims speak of."""
    places = [claim.place for claim in claims if claim.place and not claim.place.is_area]
    texts = chained.from_iterable((place.name, place.words) for place in places)
    return frozenset(name for text in texts if (name := tuple(_stem(word.form) for word in _split(text))))


def named(text: str, names: Iterable[Name]) -> list[tuple[int, int]]:
    """Return where a text has one of the names, in any ending; underscores part words, as in addresses of pages."""
    split = _split(text)
    return [
        (split[at].start, split[at + len(name) - 1].end)
        for name in names
        for at in range(len(split) - len(name) + 1)
        if all(split[at + step].form.startswith(stem) for step, stem in enumerate(name))
    ]


def without(text: Text, names: Iterable[Name]) -> Text:
    """Return a text, or the note that it is withheld where it has one of the names."""
    return WITHHELD if text and named(text, names) else text


def _overlaps(quote: Quote, spans: Spans) -> bool:
    return any(quote.start < end and start < quote.end for start, end in spans)


def everything(embargo: Embargo) -> Embargo:
    """Return the embargo without its bound in time: for claims that stand in one event with an embargoed one."""
    return replace(embargo, days=(embargo.today - date.min).days)


def _area(place: Place | None) -> Place | None:
    return place if place and place.is_area else None


def neighbour(claim: Claim, spans: Spans, names: frozenset[Name]) -> Claim:
    """Return a claim whose words overlap hidden ones as it may be shown: the words masked, the hidden place gone."""
    quote = replace(claim.quote, text=masked(claim.quote.text, claim.quote.start, spans))
    place = None if claim.place and named(claim.place.name, names) else claim.place
    return replace(
        claim,
        quote=quote,
        place=replace(place, words="") if place else None,
        count=replace(claim.count, words="") if claim.count else None,
        when=replace(claim.when, words="") if claim.when else None,
        speaker=_speaker(claim.speaker, names),
        reasons=(),
    )


def _speaker(speaker: Speaker | None, names: frozenset[Name]) -> Speaker | None:
    if speaker is None:
        return None
    return replace(speaker, name=without(speaker.name, names), via=tuple(without(v, names) for v in speaker.via))


@dataclass(frozen=True)
class Hidden:
    """What is hidden in one document: by which claims, which stretches of it, which names of places."""

    claims: frozenset[str] = frozenset()
    spans: Spans = ()
    names: frozenset[Name] = frozenset()


NOTHING = Hidden()


def linked_to_embargoed(
    claims: Mapping[str, Claim], documents: Mapping[str, Document], events: Iterable[Event], embargo: Embargo
) -> frozenset[str]:
    """Return the ids of all claims that stand in one event with a claim under embargo, that claim among them."""
    covered = {key for key, c in claims.items() if embargo.covers(c, documents[c.quote.document])}
    together = (event.claims for event in events if covered.intersection(event.claims))
    return frozenset(chained.from_iterable(together))


def hidden_in(
    document: Document,
    claims: Sequence[Claim],
    quotes: Sequence[Quote],
    embargo: Embargo,
    also: frozenset[str] = frozenset(),
) -> Hidden:
    """Return what is hidden in a document; `also` names claims hidden because of what they are linked to."""
    strict = everything(embargo)
    linked = [claim for claim in claims if claim.id in also and strict.covers(claim, document)]
    covered = [claim for claim in claims if embargo.covers(claim, document)]
    if not covered and not linked:
        return NOTHING
    spans = {*embargo.veiled_spans(covered, document, quotes), *strict.veiled_spans(linked, document, quotes)}
    hidden = [*covered, *linked]
    return Hidden(frozenset(claim.id for claim in hidden), sorted(spans), names_of(hidden))


def shown_claim(claim: Claim, document: Document, embargo: Embargo, hidden: Hidden = NOTHING) -> Claim:
    """Return a claim as it may be shown in any view, table or export."""
    if claim.id in hidden.claims:
        veiled = everything(embargo).veil(claim, document)
        return replace(veiled, speaker=_speaker(veiled.speaker, hidden.names))
    if _overlaps(claim.quote, hidden.spans):
        return neighbour(claim, hidden.spans, hidden.names)
    return embargo.veil(claim, document)


def shown_sighting(sighting: Sighting, document: Document, hidden: Hidden, *, held: bool = False) -> Sighting:
    """Return a sighting of a document as it may be shown; `held` says that the document's title is withheld."""
    names = hidden.names
    return replace(
        sighting,
        file=document.id if named(sighting.file, names) else sighting.file,
        url=without(sighting.url, names),
        outlet=without(sighting.outlet, names),
        title=WITHHELD if held and sighting.title else without(sighting.title, names),
    )


def shown_source(document: Document, hidden: Hidden) -> Document:
    """Return what may be shown of where a document comes from: no hidden name in title, address or name of file."""
    if hidden is NOTHING:
        return document
    names, title = hidden.names, WITHHELD if document.title else None
    return replace(
        document,
        file=document.id if named(document.file, names) else document.file,
        part=WITHHELD if named(document.part, names) else document.part,
        title=title,
        outlet=without(document.outlet, names),
        author=without(document.author, names),
        url=WITHHELD if document.url else None,
        extra=(),
        notes=tuple(without(note, names) for note in document.notes),
        sightings=tuple(shown_sighting(s, document, hidden, held=title == WITHHELD) for s in document.sightings),
    )


def shown_document(document: Document, hidden: Hidden) -> Document:
    """Return a document as it may be shown: its source, and its text with hidden stretches and names blacked out."""
    if hidden is NOTHING:
        return document
    text = masked(document.text, 0, [*hidden.spans, *named(document.text, hidden.names)])
    return replace(shown_source(document, hidden), text=text)


@dataclass(frozen=True)
class Shown:
    """The records of a run as they may be shown. `claims` is keyed by the id that the claim has in the run."""

    material: Material
    hidden: Mapping[str, Hidden] = field(default_factory=dict)

    @classmethod
    def of(cls, material: Material) -> Shown:
        """Find what is hidden, document by document, with the claims linked to an embargoed one."""
        documents, claims = material.documents, material.claims
        also = linked_to_embargoed(claims, documents, material.events.values(), material.embargo)
        grouped = defaultdict(list)
        for claim in claims.values():
            grouped[claim.quote.document].append(claim)
        hidden = {
            key: hidden_in(documents[key], found, material.quotes.get(key, ()), material.embargo, also)
            for key, found in grouped.items()
        }
        return cls(material, {key: value for key, value in hidden.items() if value is not NOTHING})

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents by id, in the order of their names."""
        documents = self.material.documents.items()
        shown = ((key, shown_document(d, self._hidden(key))) for key, d in documents)
        return dict(sorted(shown, key=lambda item: (item[1].name, item[0])))

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims by id, in the order of documents and of the text."""
        order = {key: at for at, key in enumerate(self.documents)}
        claims = sorted(
            self.material.claims.items(),
            key=lambda item: (order[item[1].quote.document], item[1].quote.start, item[1].quote.end, item[0]),
        )
        return {key: self._claim(claim) for key, claim in claims}

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events as they may be shown."""
        return tuple(self._event(event) for event in self.material.events.values())

    @cached_property
    def weights(self) -> dict[str, Weight]:
        """The weights by id of the event."""
        events = {key: event for event in self.material.events.values() for key in (event.handle, event.id)}
        known = ((events[weight.event], weight) for weight in self.material.weights if weight.event in events)
        return {event.id: self._weight(event, weight) for event, weight in known}

    @cached_property
    def estimates(self) -> tuple[Estimate, ...]:
        """The estimates as they may be shown."""
        names = frozenset(chained.from_iterable(self.names(event) for event in self.material.events.values()))
        return tuple(
            replace(e, question=without(e.question, names), reason=without(e.reason, names))
            for e in self.material.estimates
        )

    def _hidden(self, document: str) -> Hidden:
        return self.hidden.get(document, NOTHING)

    def withheld(self, claim: str) -> bool:
        """Say whether a claim's words and place are withheld."""
        return claim in self._hidden(self.material.claims[claim].quote.document).claims

    def touched(self, event: Event) -> list[Claim]:
        """Return the claims of an event that the embargo changes."""
        claims = self.material.claims
        found = [claims[key] for key in event.claims if key in claims]
        return [c for c in found if _overlaps(c.quote, self._hidden(c.quote.document).spans)]

    def names(self, event: Event) -> frozenset[Name]:
        """Return the names of places that may not be shown with an event."""
        return frozenset(chained.from_iterable(self._hidden(c.quote.document).names for c in self.touched(event)))

    def _claim(self, claim: Claim) -> Claim:
        document = self.material.documents[claim.quote.document]
        return shown_claim(claim, document, self.material.embargo, self._hidden(document.id))

    def _event(self, event: Event) -> Event:
        touched = self.touched(event)
        if not touched:
            return event
        event = self.material.embargo.veil_event(event, touched, self.material.documents)
        names = self.names(event)
        places = {c.place.name for key in event.claims if (c := self.claims.get(key)) and c.place}
        place = event.place if event.place and event.place.name in places else _area(event.place)
        handle = event.id if named(event.handle, names) else event.handle
        return replace(event, handle=handle, place=place)

    def _weight(self, event: Event, weight: Weight) -> Weight:
        if not self.touched(event):
            return weight
        names = self.names(event)
        return replace(
            weight,
            number_rule=without(weight.number_rule, names),
            origins=tuple(Origin(o.documents, without(o.reason, names)) for o in weight.origins),
            contradictions=tuple(self._contradiction(c, names) for c in weight.contradictions),
        )

    def _contradiction(self, contradiction: Contradiction, names: frozenset[Name]) -> Contradiction:
        hide = contradiction.kind == "place"
        sides = tuple((WITHHELD if hide else without(value, names), claims) for value, claims in contradiction.sides)
        return replace(contradiction, rule=without(contradiction.rule, names), sides=sides)
