"""A claim is coded from one sentence by asking, in this order, so many questions; each is one file of this folder.

    kind         what happened?                     clause       which stretch of the sentence states it?
    modality     asserted, alleged, denied …?       count        how many, of what?
    speaker      who says so, through whom?         place        where?
    when         when?                              party        who did it, and to whom?
    group        what kind of people did it hit?    resistance   is it resistance, of which kind?

A sentence with several happenings gives several claims, and one with several counts a claim for each count. What a
question looks for stands in the tables of the language's pack (docs/packs.md); the rules here know no language and no
country. Every claim keeps, as its reasons, which rule answered which question and the words that decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from testimonia.claims import (
    clause,
    count,
    denied,
    group,
    kind,
    modality,
    party,
    place,
    resistance,
    saying,
    speaker,
    told,
    when,
)
from testimonia.claims.asked import Asked
from testimonia.claims.told import Happening
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, Word, words
from testimonia.records import Claim, Count, Document, Quote, Reason

QUESTIONS = ("kind", "clause", "modality", "count", "speaker", "place", "when", "party", "group", "resistance")
CODED = frozenset({"title", "heading", "sentence"})
LONGEST = 2000  # characters: a longer "sentence" is a table or a broken text, and is not coded
WINDOW = 40  # sentences before one that the questions may look back to; the document's first stays in sight


@dataclass(frozen=True, slots=True)
class Seen:
    """What is looked up once for a sentence: its words and segments, its triggers, and what its cues govern."""

    text: str
    words: tuple[Word, ...]
    parts: tuple[clause.Segment, ...]
    hits: tuple[Hit, ...]
    reaches: tuple[modality.Reach, ...]
    denied: tuple[tuple[int, int], ...]


def _seen(sentence: Quote, before: Sequence[Quote], pack: LanguagePack, packs: Packs) -> Seen | None:
    """Look up the triggers of a sentence and what governs them; None where it speaks of nothing."""
    text, split = sentence.text, words(sentence.text)
    named = kind.kinds(text, split, pack, packs).value
    cues = modality.cues(text, split, pack)
    if not named and not cues:
        return None
    parts = clause.segments(text, split, pack)
    found = modality.reaches(parts, pack.table("speech").find(split), named, cues)
    hits = (*denied.spoken(found, named, before, packs), *denied.carried(found, named, before, packs))
    return Seen(text, split, parts, hits, found, modality.denied_runs(found))


def _happening(seen: Seen, hit: Hit) -> Happening | None:
    """Ask clause and modality of one trigger; None where it is no claim."""
    how = modality.modality(hit, seen.reaches, seen.text)
    if how.value is None:
        return None
    where = clause.clause(seen.words, seen.parts, hit, seen.denied)
    quoted = clause.quoted(seen.text, where.value, apart=bool(seen.denied))
    return Happening(hit, how.value, where.value, quoted, (*where.reasons, *how.reasons))


def _cut(sentence: Quote, start: int, end: int) -> Quote:
    """Return the quote of a stretch of a sentence; the sentence itself where it is all of it."""
    if (start, end) == (0, len(sentence.text)):
        return sentence
    first = sentence.start + start
    text = sentence.text[start:end]
    return Quote(sentence.document, first, first + len(text), text, "clause", sentence.lang, sentence.paragraph)


def _claims(asked: Asked, happening: Happening, given: Mapping[Hit, Sequence[Count]]) -> Iterator[Claim]:
    """Ask the remaining questions of one happening; one claim for each of its counts."""
    quote = _cut(asked.sentence, *happening.quoted)
    said, spot, day, who = speaker.speaker(asked), place.place(asked), when.when(asked), party.parties(asked)
    many = count.counts(happening.trigger, asked.sentence.text, given)
    trigger = happening.trigger
    named = Reason("kind", f"{trigger.value}: {trigger.entry.phrase}", asked.sentence.text[trigger.start : trigger.end])
    shared = (named, *happening.reasons, *said.reasons, *spot.reasons, *day.reasons, *who.reasons)
    by, on = who.value
    kind_of = resistance.resistance(trigger.value, by)
    counts: tuple[Count | None, ...] = many.value or (None,)
    for at, number in enumerate(counts):
        people = group.group(asked, number, [other for other in many.value if other != number])
        where = spot.value if len(counts) == 1 or not spot.value[0] else place.of_many(spot, counts, trigger)
        yield Claim(
            quote=quote,
            type=trigger.value,
            modality=happening.modality,
            speaker=said.value,
            actor=by,
            target=on,
            group=people.value,
            count=number,
            place=where[0],
            adm1=where[1],
            when=day.value,
            resistance=kind_of.value,
            reasons=(*shared, *many.reasons[at : at + 1], *people.reasons, *kind_of.reasons),
        )


def _asks(text: str) -> bool:
    """Say whether a sentence only asks ("Was the hospital shelled? No"): a question states nothing."""
    return text.rstrip(" \"'”»).…").endswith("?")


def _coded(document: Document, sentence: Quote, before: tuple[Quote, ...], packs: Packs) -> Iterator[Claim]:
    """Code one sentence."""
    pack = packs.language(sentence.lang)
    if pack is None or len(sentence.text) > LONGEST or _asks(sentence.text):
        return
    seen = _seen(sentence, before, pack, packs)
    if seen is None:
        return
    happenings = told.apart([found for hit in seen.hits if (found := _happening(seen, hit)) is not None])
    named = [happening.trigger for happening in happenings]
    only = saying.sayings(seen.words, seen.parts, seen.hits, pack)
    given = count.shared(seen.text, seen.words, named, pack, only)
    for happening in happenings:
        asked = Asked(
            document, sentence, before, seen.words, happening.trigger, happening.stretch, pack, packs, only,
            happening.modality,
        )  # fmt: skip
        yield from _claims(asked, happening, given)


def _window(quotes: Sequence[Quote], at: int) -> tuple[Quote, ...]:
    """Return the sentences before one: the nearest ones, and the document's first."""
    near = tuple(quotes[max(0, at - WINDOW) : at])
    return near if at <= WINDOW else (quotes[0], *near)


def code(document: Document, quotes: Sequence[Quote], packs: Packs) -> tuple[Claim, ...]:
    """Return the claims of a document in text order, each told once.

    `quotes` are the document's own, in text order. Stretches in a language without a pack give none.
    """
    sentences = [quote for quote in quotes if quote.kind in CODED]
    found = [
        claim
        for at, sentence in enumerate(sentences)
        for claim in _coded(document, sentence, _window(sentences, at), packs)
    ]
    return told.once(found)
