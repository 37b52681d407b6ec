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

from testimonia.embargo import EMBARGOED_TYPES, WITHHELD, Embargo, masked, stretched
from testimonia.material import Material, gather, gather_about
from testimonia.phrases import Word, words
from testimonia.records import (
    Claim,
    Contradiction,
    Document,
    Estimate,
    Event,
    Failure,
    Link,
    Origin,
    Place,
    Quote,
    Reason,
    Sighting,
    Speaker,
    Weight,
    made_from,
)
from testimonia.spellings import spellings
from testimonia.store import Store
from testimonia.watch import tells_of_forces

Spans = Sequence[tuple[int, int]]
Name = tuple[str, ...]
Text = TypeVar("Text", str, str | None)
SHORT = 3  # letters of a word with a capital that is no name
ENDING = 2  # letters by which the case forms of a long name may differ


def _stem(word: str) -> str:
    return word[:-ENDING] if len(word) > ENDING + 3 else word


def _split(text: str) -> tuple[Word, ...]:
    return words(text.replace("_", " ").replace("-", " "))


def names_of(claims: Iterable[Claim]) -> frozenset[Name]:
    """Return the names, cut down to stems and in all spellings, of the places below the oblast of the claims."""
    places = [claim.place for claim in claims if claim.place and not claim.place.is_area]
    texts = chained.from_iterable(map(spellings, places))
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


@dataclass(frozen=True)
class Hidden:
    """What is hidden in one document: by which claims, which stretches of it, which names of places.

    `worded` are the stretches hidden for their words alone, among `spans`; `title` says that the title is hidden too;
    `labels` are names that title and file may not have: any word with a capital in those stretches may be the place.
    """

    claims: frozenset[str] = frozenset()
    spans: Spans = ()
    names: frozenset[Name] = frozenset()
    worded: Spans = ()
    title: bool = False
    labels: frozenset[Name] = frozenset()


NOTHING = Hidden()


def _overlaps(quote: Quote, spans: Spans) -> bool:
    return any(quote.start < end and start < quote.end for start, end in spans)


def everything(embargo: Embargo) -> Embargo:
    """Return the embargo without its bound in time: for claims that stand in one event with an embargoed one."""
    return replace(embargo, days=(embargo.today - date.min).days)


def _area(place: Place | None) -> Place | None:
    return place if place and place.is_area else None


def neighbour(claim: Claim, hidden: Hidden) -> Claim:
    """Return a claim whose words overlap hidden ones as it may be shown: the words masked, the hidden place gone.

    Where a sentence is hidden for its words alone, no claim says which of its places is the hidden one: all go.
    """
    text = stretched(masked(claim.quote.text, claim.quote.start, hidden.spans))
    place = _area(claim.place) if _overlaps(claim.quote, hidden.worded) else claim.place
    place = None if place and named(place.name, hidden.names) else place
    return replace(
        claim,
        quote=replace(claim.quote, text=text),
        place=replace(place, words="") if place else None,
        count=replace(claim.count, words="") if claim.count else None,
        when=replace(claim.when, words="") if claim.when else None,
        speaker=_speaker(claim.speaker, hidden.names),
        reasons=(),
    )


def _speaker(speaker: Speaker | None, names: frozenset[Name]) -> Speaker | None:
    if speaker is None:
        return None
    return replace(speaker, name=without(speaker.name, names), via=tuple(without(v, names) for v in speaker.via))


def linked_to_embargoed(
    claims: Mapping[str, Claim], documents: Mapping[str, Document], events: Iterable[Event], embargo: Embargo
) -> frozenset[str]:
    """Return the ids of all claims that stand in one event with a claim under embargo, that claim among them."""
    covered = {key for key, c in claims.items() if embargo.covers(c, documents[c.quote.document])}
    together = (event.claims for event in events if covered.intersection(event.claims))
    return frozenset(chained.from_iterable(together))


def _worded(document: Document, quotes: Iterable[Quote], embargo: Embargo) -> Spans:
    """Return the sentences of a recent document that tell of forces by their words."""
    if not embargo.recent(document):
        return ()
    return [(q.start, q.end) for q in quotes if q.kind != "quotation" and tells_of_forces(q.text, q.lang)]


def _proper(text: str, spans: Spans) -> frozenset[Name]:
    """Return the words with a capital of these stretches, cut down to stems."""
    split = (word for start, end in spans for word in _split(text[start:end]) if text[start + word.start].isupper())
    return frozenset((_stem(word.form),) for word in split if len(word.form) > SHORT)


def _telling_title(document: Document, embargo: Embargo) -> bool:
    titles = [document.title, *(sighting.title for sighting in document.sightings)]
    return embargo.recent(document) and any(tells_of_forces(title, document.lang) for title in titles if title)


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
    hidden, title = [*covered, *linked], _telling_title(document, embargo)
    spans = {*embargo.veiled_spans(covered, document, quotes), *strict.veiled_spans(linked, document, quotes)}
    worded = [span for span in _worded(document, quotes, embargo) if span not in spans]
    if not hidden and not worded and not title:
        return NOTHING
    ids = frozenset(claim.id for claim in hidden)
    names = names_of(hidden)
    labels = names | _proper(document.text, worded)
    return Hidden(ids, sorted({*spans, *worded}), names, worded, title or bool(hidden), labels)


def _carried(claim: Claim, document: Document, hidden: Hidden) -> bool:
    """Say whether a claim has its place from hidden words: "nearby" after a sentence that may not be shown."""
    names = names_of([claim])
    if not names or named(claim.quote.text, names):
        return False
    return any(named(document.text[start:end], names) for start, end in hidden.spans)


def shown_claim(claim: Claim, document: Document, embargo: Embargo, hidden: Hidden = NOTHING) -> Claim:
    """Return a claim as it may be shown in any view, table or export."""
    if claim.id in hidden.claims:
        veiled = everything(embargo).veil(claim, document)
        return replace(veiled, speaker=_speaker(veiled.speaker, hidden.names))
    if _overlaps(claim.quote, hidden.spans):
        return neighbour(claim, hidden)
    if _carried(claim, document, hidden):
        return replace(claim, place=None, reasons=(), speaker=_speaker(claim.speaker, hidden.names))
    veiled = embargo.veil(claim, document)
    return veiled if hidden is NOTHING else replace(veiled, reasons=tuple(_own(r, claim) for r in veiled.reasons))


def _own(reason: Reason, claim: Claim) -> Reason:
    """Return a reason without words that stand elsewhere in the document: in a sentence that is hidden, perhaps."""
    return reason if reason.words in claim.quote.text else replace(reason, words="")


def shown_sighting(sighting: Sighting, document: Document, hidden: Hidden) -> Sighting:
    """Return a sighting of a document as it may be shown."""
    return replace(
        sighting,
        file=document.id if named(sighting.file, hidden.labels) else sighting.file,
        url=WITHHELD if sighting.url else None,
        outlet=without(sighting.outlet, hidden.names),
        title=_title(sighting.title, hidden),
    )


def _title(title: str | None, hidden: Hidden) -> str | None:
    return WITHHELD if hidden.title and title else without(title, hidden.labels)


def shown_source(document: Document, hidden: Hidden) -> Document:
    """Return what may be shown of where a document comes from: no hidden name in title, address or name of file."""
    if hidden is NOTHING:
        return document
    names = hidden.names
    return replace(
        document,
        file=document.id if named(document.file, hidden.labels) else document.file,
        part=WITHHELD if named(document.part, names) else document.part,
        title=_title(document.title, hidden),
        outlet=without(document.outlet, names),
        author=without(document.author, names),
        url=WITHHELD if document.url else None,
        extra=(),
        notes=tuple(without(note, names) for note in document.notes),
        sightings=tuple(shown_sighting(seen, document, hidden) for seen in document.sightings),
    )


def shown_document(document: Document, hidden: Hidden) -> Document:
    """Return a document as it may be shown: its source, and its text with hidden stretches and names blacked out."""
    if hidden is NOTHING:
        return document
    text = masked(document.text, 0, [*hidden.spans, *named(document.text, hidden.names)])
    return replace(shown_source(document, hidden), text=text)


def _called(oldest: str) -> str:
    """Return the handle of the event whose oldest claim has this id (as `link.handle` makes it of the claim)."""
    return made_from("evt", "handle", oldest)


def _handle(event: Event, claims: tuple[str, ...]) -> str:
    """Return the handle of an event whose claims are shown under these ids, from that of its oldest claim."""
    oldest = (new for old, new in zip(event.claims, claims, strict=True) if event.handle == _called(old))
    return next((_called(new) for new in oldest), replace(event, claims=claims).id)


@dataclass(frozen=True)
class Shown:
    """The records of a run as they may be shown.

    The id of a record is a hash of what it says, hidden parts included: who has a list of places could try them one by
    one. So what is changed here has the id of what is left of it, and all that refers to it does so by that id. Such
    ids are the same in every run over the same sources; only those shown are answered.
    """

    material: Material
    hidden: Mapping[str, Hidden] = field(default_factory=dict)

    @classmethod
    def of(cls, material: Material) -> Shown:
        """Find what is hidden, document by document, with the claims linked to an embargoed one."""
        documents, claims, embargo = material.documents, material.claims, material.embargo
        also = linked_to_embargoed(claims, documents, material.events.values(), embargo)
        grouped: dict[str, list[Claim]] = defaultdict(list)
        for key, claim in claims.items():
            if key in also or claim.type in EMBARGOED_TYPES:
                grouped[claim.quote.document].append(claim)
        asked = (key for key, document in documents.items() if key in grouped or embargo.recent(document))
        found = {
            key: hidden_in(documents[key], grouped.get(key, ()), material.quotes.get(key, ()), embargo, also)
            for key in asked
        }
        return cls(material, {key: hidden for key, hidden in found.items() if hidden is not NOTHING})

    # --- documents ---

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents by id, in the order of their names."""
        documents = self.material.documents.items()
        shown = ((key, shown_document(d, self._hidden(key))) for key, d in documents)
        return dict(sorted(shown, key=lambda item: (item[1].name, item[0])))

    @cached_property
    def failures(self) -> tuple[Failure, ...]:
        """The failures, without the names that are hidden in the documents of the same file."""
        hidden = {seen.file: key for key in self.hidden for seen in self._files(self.material.documents[key])}
        return tuple(self._failure(failure, hidden) for failure in self.material.failures)

    @staticmethod
    def _files(document: Document) -> tuple[Document | Sighting, ...]:
        return (document, *document.sightings)

    def _failure(self, failure: Failure, hidden: Mapping[str, str]) -> Failure:
        key = hidden.get(failure.file) or hidden.get(failure.file.partition("#")[0])
        names = self._hidden(key or "").labels
        if not names:
            return failure
        return replace(
            failure,
            file=key or "" if named(failure.file, names) else failure.file,
            part=without(failure.part, names),
            reason=without(failure.reason, names),
            remedy=without(failure.remedy, names),
        )

    def _hidden(self, document: str) -> Hidden:
        return self.hidden.get(document, NOTHING)

    # --- claims ---

    @cached_property
    def _changed(self) -> dict[str, Claim]:
        """The claims of documents in which something is hidden, as they may be shown, by their true ids."""
        material, hidden = self.material, self.hidden
        return {
            key: shown_claim(claim, material.documents[claim.quote.document], material.embargo, found)
            for key, claim in material.claims.items()
            if (found := hidden.get(claim.quote.document))
        }

    @cached_property
    def ids(self) -> dict[str, str]:
        """The id under which each claim is shown, by its true id, where something is hidden in its document.

        Claims of which the same is left are told apart by a number.
        """
        alike: dict[str, list[str]] = defaultdict(list)
        for key, claim in sorted(self._changed.items()):
            alike[claim.id].append(key)
        return {
            key: shown if number == 0 else made_from("clm", shown, number)
            for shown, keys in alike.items()
            for number, key in enumerate(keys)
        }

    def id_of(self, claim: str) -> str:
        """Return the id under which a claim is shown."""
        return self.ids.get(claim, claim)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims by the ids that they are shown under, in the order of documents and of the text."""
        order = {key: at for at, key in enumerate(self.documents)}
        shown = ((self.id_of(key), self._changed.get(key, claim)) for key, claim in self.material.claims.items())
        return dict(
            sorted(shown, key=lambda i: (order[i[1].quote.document], i[1].quote.start, i[1].quote.end, i[0])),
        )

    @cached_property
    def _withheld(self) -> frozenset[str]:
        return frozenset(self.id_of(key) for hidden in self.hidden.values() for key in hidden.claims)

    def withheld(self, claim: str) -> bool:
        """Say whether the words and the place of the claim shown under this id are withheld."""
        return claim in self._withheld

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links as they may be shown: none to a claim that is withheld, since its other end has a place."""
        links = (replace(x, a=self.id_of(x.a), b=self.id_of(x.b)) for x in self.material.links)
        seen = (x for x in links if not (self.withheld(x.a) or self.withheld(x.b)))
        changed = frozenset(self.id_of(key) for key in self._changed)
        return tuple(replace(x, reasons=()) if {x.a, x.b} & changed else x for x in seen)

    # --- events ---

    @cached_property
    def _events(self) -> dict[str, Event]:
        """The events as they may be shown, by their true ids."""
        return {key: self._event(event) for key, event in self.material.events.items()}

    @property
    def events(self) -> tuple[Event, ...]:
        """The events as they may be shown."""
        return tuple(self._events.values())

    @cached_property
    def _weighed(self) -> dict[str, tuple[Event, Weight]]:
        """The weights as they may be shown, each with its event, by their true ids."""
        events = {name: (key, e) for key, e in self.material.events.items() for name in (e.handle, e.id)}
        known = ((*events[weight.event], weight) for weight in self.material.weights if weight.event in events)
        return {
            weight.id: (self._events[key], self._weight(event, self._events[key], weight))
            for key, event, weight in known
        }

    @cached_property
    def weights(self) -> dict[str, Weight]:
        """The weights by the id of the event as it is shown."""
        return {event.id: weight for event, weight in self._weighed.values()}

    @cached_property
    def estimates(self) -> tuple[Estimate, ...]:
        """The estimates as they may be shown."""
        names = frozenset(chained.from_iterable(hidden.names for hidden in self.hidden.values()))
        ids = {key: weight.id for key, (_, weight) in self._weighed.items()}
        return tuple(
            replace(
                estimate,
                question=without(estimate.question, names),
                reason=without(estimate.reason, names),
                inputs=tuple(ids.get(key, key) for key in estimate.inputs),
            )
            for estimate in self.material.estimates
        )

    def _touched(self, event: Event) -> list[Claim]:
        """Return the claims of an event that the embargo changes."""
        claims, changed = self.material.claims, self._changed
        found = (key for key in event.claims if key in changed)
        return [claims[key] for key in found if replace(changed[key], reasons=claims[key].reasons) != claims[key]]

    def _names(self, event: Event) -> frozenset[Name]:
        """Return the names of places that may not be shown with an event."""
        return frozenset(chained.from_iterable(self._hidden(c.quote.document).names for c in self._touched(event)))

    def _event(self, event: Event) -> Event:
        touched, claims = self._touched(event), tuple(self.id_of(key) for key in event.claims)
        if not touched and claims == event.claims:
            return event
        handle = event.handle if claims == event.claims else _handle(event, claims)
        event = self.material.embargo.veil_event(event, touched, self.material.documents)
        places = {c.place.name for key in claims if (c := self.claims.get(key)) and c.place}
        place = event.place if event.place and event.place.name in places else _area(event.place)
        when = replace(event.when, words="") if event.when else None
        return replace(event, handle=handle, claims=claims, place=place, when=when)

    def _weight(self, event: Event, shown: Event, weight: Weight) -> Weight:
        """Return a weight as it may be shown; reasons name outlets and files, also of documents of other events."""
        told = chained.from_iterable(self._hidden(key).names for key in weight.documents)
        names = self._names(event) | frozenset(told)
        weight = replace(
            weight,
            number_rule=without(weight.number_rule, names),
            origins=tuple(Origin(o.documents, without(o.reason, names)) for o in weight.origins),
        )
        if shown is event:
            return weight
        return replace(
            weight,
            event=shown.id if weight.event == event.id else shown.handle,
            number_claims=tuple(self.id_of(key) for key in weight.number_claims),
            contradictions=tuple(self._contradiction(c, names) for c in weight.contradictions),
        )

    def _contradiction(self, contradiction: Contradiction, names: frozenset[Name]) -> Contradiction:
        hide = contradiction.kind == "place"
        sides = tuple(
            (WITHHELD if hide else without(value, names), tuple(self.id_of(key) for key in claims))
            for value, claims in contradiction.sides
        )
        return replace(contradiction, rule=without(contradiction.rule, names), sides=sides)


@dataclass(frozen=True)
class Gate:
    """What the embargo lets out of a store: all of it, or what a view of a few documents needs."""

    store: Store
    embargo: Embargo

    @cached_property
    def everything(self) -> Shown:
        """All records as they may be shown."""
        return Shown.of(gather(self.store, self.embargo))

    def about(self, documents: Iterable[str]) -> Shown:
        """Return what may be shown of these documents and of the events that they tell of, and of nothing else.

        Records further off are in it, since what they hide is hidden here too, but not all that hides *them* is: they
        are not for showing.
        """
        return Shown.of(gather_about(self.store, self.embargo, documents))
