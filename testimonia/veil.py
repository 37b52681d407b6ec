"""What of a run may be shown: the one place where an edition goes through the embargo.

`Embargo.veil` takes the words and the place out of a claim. That is not enough: the same words stand in the context of
the neighbouring claim, in the title, in the address of the page; the same place, in the event. What is shown is
therefore a second set of records, with all of that taken out, and the edition is made from this set alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain as chained
from typing import TypeVar

from testimonia.apart import apart, as_told, called
from testimonia.embargo import EMBARGOED_TYPES, WITHHELD, Embargo, bare, masked, pointed, stretched
from testimonia.material import Material, gather, gather_about
from testimonia.names import bears_name, is_common
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
from testimonia.spellings import FIRST, Name, alike, is_place, name_of, places_in, spellings, split
from testimonia.store import Store
from testimonia.watch import installed, of_areas, tells_of_forces

Spans = Sequence[tuple[int, int]]
Text = TypeVar("Text", str, str | None)
SHORT = 2  # letters of a word with a capital that is no name
ACRONYM = 5  # letters up to which a word in capitals is an acronym
HEAD = re.compile(r"(?:^|[.!?…:\n])[\s«»\"“”„‘’'(—–-]*$")  # what stands before the first word of a sentence


def names_of(claims: Iterable[Claim]) -> frozenset[Name]:
    """Return the names, in all spellings, of the places below the oblast of the claims."""
    places = [claim.place for claim in claims if claim.place and not claim.place.is_area]
    return frozenset(filter(None, map(name_of, chained.from_iterable(map(spellings, places)))))


def named(text: str, names: Iterable[Name]) -> list[tuple[int, int]]:
    """Return where a text has one of the names, in any ending; underscores part words, as in addresses of pages."""
    found, begun = split(text), defaultdict(list)
    for name in names:
        begun[name[0][:FIRST]].append(name)
    return [
        (word.start, found[at + len(name) - 1].end)
        for at, word in enumerate(found)
        for name in begun.get(word.form[:FIRST], ())
        if at + len(name) <= len(found) and all(alike(part, found[at + i].form) for i, part in enumerate(name))
    ]


def without(text: Text, names: Iterable[Name]) -> Text:
    """Return a text, or the note that it is withheld where it has one of the names."""
    return WITHHELD if text and named(text, names) else text


@dataclass(frozen=True)
class Hidden:
    """What is hidden in one document: by which claims, which stretches of it, which names of places.

    `spans` are hidden sentences; `black`, all that is blacked out: these, the names wherever they stand, and points on
    the map. `loose` are the paragraphs of sentences of which no claim says which place they mean: no place is left to
    the claims there. `title` says that the title is hidden too; `labels` are names that title and file may not have.
    """

    claims: frozenset[str] = frozenset()
    spans: Spans = ()
    names: frozenset[Name] = frozenset()
    loose: Spans = ()
    title: bool = False
    labels: frozenset[Name] = frozenset()
    black: Spans = ()


NOTHING = Hidden()


def _overlaps(quote: Quote, spans: Spans) -> bool:
    return any(quote.start < end and start < quote.end for start, end in spans)


def neighbour(claim: Claim, hidden: Hidden) -> Claim:
    """Return a claim whose words touch hidden ones as it may be shown: the words masked, the hidden place gone.

    Where no claim says which of the places around a hidden sentence is the hidden one, all go.
    """
    text = stretched(masked(claim.quote.text, claim.quote.start, hidden.black))
    place = bare(claim.place, claim.adm1) if _overlaps(claim.quote, hidden.loose) else claim.place
    place = None if _at_hidden(place, hidden.names) else place
    return replace(
        claim,
        quote=replace(claim.quote, text=text),
        place=_wordless(place, claim.adm1),
        count=replace(claim.count, words="") if claim.count else None,
        when=replace(claim.when, words="") if claim.when else None,
        observed=replace(claim.observed, words="") if claim.observed else None,
        speaker=_speaker(claim.speaker, hidden.names),
        reasons=(),
        confidence=None,
    )


def _wordless(place: Place | None, adm1: str | None) -> Place | None:
    return replace(place, words="") if place and not place.is_area else bare(place, adm1)


def _at_hidden(place: Place | None, names: frozenset[Name]) -> bool:
    """Say whether a place is one of those hidden, in any of its spellings."""
    if place is None or place.is_area:
        return False
    return any(named(text, names) for text in spellings(place))


def _speaker(speaker: Speaker | None, names: frozenset[Name]) -> Speaker | None:
    if speaker is None:
        return None
    return replace(speaker, name=without(speaker.name, names), via=tuple(without(v, names) for v in speaker.via))


def _sentences(quotes: Iterable[Quote]) -> list[Quote]:
    return sorted((q for q in quotes if q.kind != "quotation"), key=lambda q: (q.start, q.end))


def _worded(document: Document, quotes: Iterable[Quote], embargo: Embargo) -> list[tuple[int, int]]:
    """Return the sentences of a recent document that tell of forces by their words."""
    if not embargo.recent(document):
        return []
    return [(q.start, q.end) for q in _sentences(quotes) if tells_of_forces(q.text, q.lang)]


def _capitals(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[Name]:
    """Return the words with a capital of these stretches, whatever they are."""
    found = (word for start, end in spans for word in split(text[start:end]) if text[start + word.start].isupper())
    return frozenset((word.form,) for word in found if len(word.form) > SHORT)


def _proper(sentence: str, inside: frozenset[str], lower: frozenset[str]) -> frozenset[Name]:
    """Return the words of a sentence that may name the place where forces are, or a person, also those no table knows.

    Left out are words of the tables, areas, acronyms, and what the document has in lower case too (`lower`). At the
    head of a sentence a capital says nothing: there it is a known place, or one that has its capital `inside` another.
    """
    found, names = split(sentence), set[Name]()
    areas = of_areas(found)
    for at, word in enumerate(found):
        written = sentence[word.start : word.end]
        if not written[0].isupper() or at in areas or len(word.form) <= SHORT or word.form in lower:
            continue
        head, common = HEAD.search(sentence[: word.start]), is_common(word.form, installed())
        if is_place(word.form) and not (head and common):
            names.add((word.form,))
        elif (written.isupper() and len(written) <= ACRONYM) or common:
            continue
        elif word.form in inside or not head:
            names.add((word.form,))
    return frozenset(names)


def _written(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that a text has with a capital inside its sentences, and those that it has in lower case."""
    inside, lower = set(), set()
    for word in split(text):
        if not text[word.start].isupper():
            lower.add(word.form)
        elif not HEAD.search(text[max(word.start - 8, 0) : word.start]) and word.start:
            inside.add(word.form)
    return frozenset(inside), frozenset(lower)


def _around(quotes: Sequence[Quote], spans: Spans) -> list[tuple[Quote, bool]]:
    """Return the sentences in the paragraphs of these stretches, with the one before and the one behind each stretch.

    With each: whether it is such a stretch or stands right before one, so that "there" most likely means its place.
    """
    sentences = _sentences(quotes)
    hit = {at for at, quote in enumerate(sentences) if _overlaps(quote, spans)}
    paragraphs = {sentences[at].paragraph for at in hit}
    near = hit | {at - 1 for at in hit}
    beside = near | {at + 1 for at in hit}
    return [(q, at in near) for at, q in enumerate(sentences) if at in beside or q.paragraph in paragraphs]


def _titles(document: Document) -> list[str]:
    titles = (document.title, *(sighting.title for sighting in document.sightings))
    return [title for title in titles if title]


def _telling_title(document: Document, embargo: Embargo) -> bool:
    return embargo.recent(document) and any(tells_of_forces(title, document.lang) for title in _titles(document))


def hidden_in(document: Document, claims: Sequence[Claim], quotes: Sequence[Quote], embargo: Embargo) -> Hidden:
    """Return what is hidden in a document: by its claims under embargo, and by its words."""
    covered = [claim for claim in claims if embargo.covers(claim, document)]
    spans, title = embargo.veiled_spans(covered, document, quotes), _telling_title(document, embargo)
    worded = [span for span in _worded(document, quotes, embargo) if span not in spans]
    if not covered and not worded and not title:
        return NOTHING
    placeless = [claim for claim in covered if not claim.place or claim.place.is_area]
    loose = [*worded, *embargo.veiled_spans(placeless, document, quotes)]
    hidden = Hidden(frozenset(c.id for c in covered), sorted({*spans, *worded}), names_of(covered))
    return _blacked(replace(hidden, title=title or bool(covered)), document, quotes, loose)


def _blacked(hidden: Hidden, document: Document, quotes: Sequence[Quote], loose: Spans) -> Hidden:
    """Return what is hidden together with the names that the hidden sentences have, and the places around the loose."""
    text, (inside, lower) = document.text, _written(document.text)
    told = [text[start:end] for start, end in hidden.spans] + (_titles(document) if hidden.title else [])
    names = hidden.names | frozenset(chained.from_iterable(_proper(one, inside, lower) for one in told))
    around = _around(quotes, loose) if loose else []
    places = [(q, near, place) for q, near in around for place in places_in(q.text)]
    names |= frozenset(chained.from_iterable(place.names for _, near, place in places if near))
    black = {*hidden.spans, *((q.start + place.start, q.start + place.end) for q, _, place in places)}
    return replace(
        hidden,
        names=names,
        loose=[(q.start, q.end) for q, _ in around],
        labels=names | _capitals(text, loose),
        black=sorted({*black, *named(text, names), *pointed(text)}),
    )


def _carried(claim: Claim, document: Document, hidden: Hidden) -> bool:
    """Say whether a claim has its place from hidden words: "nearby" after a sentence that may not be shown."""
    names = names_of([claim])
    if not names or named(claim.quote.text, names):
        return False
    return any(named(document.text[start:end], names) for start, end in (*hidden.spans, *hidden.loose))


def shown_claim(claim: Claim, document: Document, embargo: Embargo, hidden: Hidden = NOTHING) -> Claim:
    """Return a claim as it may be shown in any view, table or export."""
    if claim.id in hidden.claims:
        veiled = embargo.veil(claim, document)
        return replace(veiled, speaker=_speaker(veiled.speaker, hidden.names))
    if hidden is NOTHING:
        return embargo.veil(claim, document)
    if _overlaps(claim.quote, (*hidden.black, *hidden.loose)) or _at_hidden(claim.place, hidden.names):
        return neighbour(claim, hidden)
    claim = replace(claim, speaker=_speaker(claim.speaker, hidden.names))
    if claim.place and _carried(claim, document, hidden):
        return replace(claim, place=None, reasons=(), confidence=None)
    return replace(claim, reasons=tuple(_own(reason, claim) for reason in claim.reasons))


def _own(reason: Reason, claim: Claim) -> Reason:
    """Return a reason without words that stand elsewhere in the document: in a sentence that is hidden, perhaps."""
    return reason if reason.words in claim.quote.text else replace(reason, words="")


def _outlet(outlet: str | None, hidden: Hidden) -> str | None:
    """Return the name of an outlet, or the note that it is withheld: a hidden name is in it, or it is a person's own.

    Who tells of forces, or of what was passed to them, under their own name is not named beside it.
    """
    if outlet and bears_name(outlet, installed()):
        return WITHHELD
    return without(outlet, hidden.names)


def shown_sighting(sighting: Sighting, document: Document, hidden: Hidden) -> Sighting:
    """Return a sighting of a document as it may be shown."""
    return replace(
        sighting,
        file=document.id if named(sighting.file, hidden.labels) else sighting.file,
        url=WITHHELD if sighting.url else None,
        outlet=_outlet(sighting.outlet, hidden),
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
        outlet=_outlet(document.outlet, hidden),
        author=_outlet(document.author, hidden),
        url=WITHHELD if document.url else None,
        extra=(),
        notes=tuple(without(note, names) for note in document.notes),
        sightings=tuple(shown_sighting(seen, document, hidden) for seen in document.sightings),
    )


def shown_document(document: Document, hidden: Hidden) -> Document:
    """Return a document as it may be shown: its source, and its text with hidden stretches and names blacked out."""
    if hidden is NOTHING:
        return document
    text = masked(document.text, 0, hidden.black)
    return replace(shown_source(document, hidden), text=text)


def _handle(event: Event, claims: tuple[str, ...]) -> str:
    """Return the handle of an event whose claims are shown under these ids, from that of its oldest claim."""
    oldest = (new for old, new in zip(event.claims, claims, strict=True) if event.handle == called(old))
    return next((called(new) for new in oldest), replace(event, claims=claims).id)


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
        """Find what is hidden, document by document.

        What an old report tells of an old day is public, whoever repeats it now; so links hide nothing (`apart`).
        """
        material = apart(material)
        documents, embargo = material.documents, material.embargo
        grouped: dict[str, list[Claim]] = defaultdict(list)
        for claim in material.claims.values():
            if claim.type in EMBARGOED_TYPES:
                grouped[claim.quote.document].append(claim)
        asked = (key for key, document in documents.items() if key in grouped or embargo.recent(document))
        found = {
            key: hidden_in(documents[key], grouped.get(key, ()), material.quotes.get(key, ()), embargo) for key in asked
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
        places = [c.place for key in claims if (c := self.claims.get(key)) and c.place]
        place = as_told(event.place, places) or bare(event.place, event.adm1)
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
