"""A claim is coded from one sentence by asking, in this order, so many questions; each is one file of this folder.

    kind         what happened?                     clause       which stretch of the sentence states it?
    modality     asserted, alleged, denied …?       count        how many, of what?
    speaker      who says so, through whom?         place        where?
    when         when?                              observed     said when, or so as of when?
    party        who did it, and to whom?           group        what kind of people did it hit?
    resistance   is it resistance, of which kind?   means        with which weapon, in which way?

A sentence with several happenings gives several claims, and one with several counts a claim for each count. What a
question looks for stands in the tables of the language's pack (docs/packs.md); the rules here know no language and no
country. Every claim keeps, as its reasons, which rule answered which question and the words that decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from testimonia.claims import (
    count,
    group,
    held,
    judged,
    kind,
    means,
    observed,
    party,
    place,
    resistance,
    saying,
    speaker,
    told,
    when,
)
from testimonia.claims.about import about_no_conflict
from testimonia.claims.asked import Asked
from testimonia.claims.echo import BACK, echoed
from testimonia.claims.learned.encoder import Encoder
from testimonia.claims.learned.opinion import Opinion, opinion
from testimonia.claims.looked import Seen, bare, happenings, seen
from testimonia.claims.own_day import by_own_day, with_own_day
from testimonia.claims.told import Happening
from testimonia.packs import Packs
from testimonia.phrases import Hit
from testimonia.records import Claim, Count, Document, Quote

QUESTIONS = (
    *("kind", "clause", "modality", "count", "speaker", "place", "when", "observed", "party", "means", "group"),
    "resistance",
)
CODED = frozenset({"title", "heading", "sentence"})
WINDOW = 40  # sentences before one that the questions may look back to; the document's first stays in sight


def _cut(sentence: Quote, start: int, end: int) -> Quote:
    """Return the quote of a stretch of a sentence; the sentence itself where it is all of it."""
    if (start, end) == (0, len(sentence.text)):
        return sentence
    first = sentence.start + start
    text = sentence.text[start:end]
    return Quote(sentence.document, first, first + len(text), text, "clause", sentence.lang, sentence.paragraph)


def _shared(asked: Asked, happening: Happening, counts: Sequence[Count]) -> Claim:
    """Ask of one happening what all its claims share: who says so, where, when, who did it to whom, and how."""
    said, spot, day, who = speaker.speaker(asked), place.place(asked), when.when(asked), party.parties(asked)
    seen_on = observed.observed(asked)
    where, adm1 = place.of_many(spot, counts, asked.trigger)
    by, on = who.value
    kind_of, way = resistance.resistance(asked.trigger.value, by), means.means(asked)
    why = (kind.reason(asked.trigger, asked.sentence.text), *happening.reasons)
    return Claim(
        quote=_cut(asked.sentence, *happening.quoted),
        type=asked.trigger.value,
        modality=happening.modality,
        speaker=said.value,
        actor=by,
        target=on,
        place=where,
        adm1=adm1,
        when=day.value,
        observed=seen_on.value,
        resistance=kind_of.value,
        means=way.value,
        reasons=(*why, *chain.from_iterable(one.reasons for one in (said, spot, day, seen_on, who, way, kind_of))),
    )


def _claims(asked: Asked, happening: Happening, given: Mapping[Hit, Sequence[Count]]) -> Iterator[Claim]:
    """Ask the questions that are left of one happening; one claim for each of its counts, with the people counted."""
    many = count.counts(happening.trigger, asked.sentence.text, asked.words, asked.pack, given)
    shared = _shared(asked, happening, many.value)
    for at, number in enumerate(many.value or (None,)):
        people = group.group(asked, number, [other for other in many.value if other != number])
        reasons = (*shared.reasons, *many.reasons[at : at + 1], *people.reasons)
        yield replace(shared, count=number, group=people.value, reasons=reasons)


@dataclass(frozen=True, slots=True)
class _Place:
    """One sentence in its document: what the first look found, there and earlier, and its index, for the encoder."""

    document: Document
    sentence: Quote
    before: tuple[Quote, ...]
    look: Seen
    at: int
    earlier: Sequence[Seen | None]


def _coded(place: _Place, opinion: Opinion | None, packs: Packs) -> Iterator[Claim]:
    """Code one sentence that speaks of something."""
    look, sentence = place.look, place.sentence
    pack = packs.languages[sentence.lang]
    found = echoed(happenings(look), look, place.earlier, pack)
    if opinion:
        found = judged.happenings(found, look, opinion, place.at)
    if not found:
        return
    named = [happening.trigger for happening in found]
    only = saying.sayings(look.words, look.parts, look.hits, pack)
    counted = partial(opinion.counts, place.at) if opinion else None
    given = count.shared(look.text, look.words, named, pack, only, counted)
    for happening in found:
        asked = Asked(
            place.document, sentence, place.before, look.words, happening.trigger, happening.stretch, pack, packs, only,
            happening.modality,
        )  # fmt: skip
        for claim in _claims(asked, happening, given):
            agreed = judged.claim(claim, happening, opinion, place.at, asked) if opinion else claim
            yield held.held(agreed, asked)


def _window(quotes: Sequence[Quote], at: int) -> tuple[Quote, ...]:
    """Return the sentences before one: the nearest ones, and the document's first."""
    near = tuple(quotes[max(0, at - WINDOW) : at])
    return near if at <= WINDOW else (quotes[0], *near)


def coded_sentences(quotes: Sequence[Quote]) -> list[Quote]:
    """Return the quotes that are coded: sentences, titles and headings, no quotations within them."""
    return [quote for quote in quotes if quote.kind in CODED]


def left_uncoded(document: Document, sentences: Sequence[Quote], packs: Packs) -> bool:
    """Say whether a document is not coded, since it is about no conflict.

    One whose source is listed with the side it takes was chosen by somebody, and is always coded.
    """
    return not document.alignment and about_no_conflict(sentences, packs)


def looks(document: Document, sentences: Sequence[Quote], packs: Packs) -> list[Seen | None]:
    """Take the first look at every sentence of a document; at none of one that is left uncoded."""
    if left_uncoded(document, sentences, packs):
        return [None] * len(sentences)
    return [
        seen(sentence, _window(sentences, at), packs.language(sentence.lang), packs)
        for at, sentence in enumerate(sentences)
    ]


def code(
    document: Document, quotes: Sequence[Quote], packs: Packs, encoder: Encoder | None = None
) -> tuple[Claim, ...]:
    """Return the claims of a document in text order, each told once.

    `quotes` are the document's own, in text order. Stretches in a language without a pack give none. With an `encoder`,
    it and the rules check each other; without, the rules alone decide.
    """
    sentences = coded_sentences(quotes)
    given, document = document, with_own_day(document, packs)
    found = looks(document, sentences, packs)
    second = opinion(encoder, document, sentences, found, packs) if encoder else None
    claims: list[Claim] = []
    for at, sentence in enumerate(sentences):
        look = found[at] or (bare(sentence) if second and second.reads(at) else None)
        if look:
            here = _Place(document, sentence, _window(sentences, at), look, at, found[max(0, at - BACK) : at])
            claims.extend(_coded(here, second, packs))
    if document.date != given.date:
        claims = [by_own_day(claim, document) for claim in claims]
    return told.once(claims)
