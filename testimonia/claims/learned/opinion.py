"""What the encoder says of one document, in probabilities: which types are told where, and the slots of a claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from testimonia.claims.asked import Asked
from testimonia.claims.count import Figure
from testimonia.claims.learned import moments, spots
from testimonia.claims.learned.encoder import Encoder
from testimonia.claims.learned.heads import NOBODY, Ask, Reading, Said
from testimonia.claims.learned.moments import NEVER, Moments, Then
from testimonia.claims.learned.pieces import Vectors
from testimonia.claims.learned.pointer import surroundings
from testimonia.claims.learned.sight import Sight, sight
from testimonia.claims.learned.spots import NOWHERE, Spots, There
from testimonia.claims.learned.windows import Stretch
from testimonia.claims.looked import Seen
from testimonia.packs import Packs
from testimonia.records import Claim, Document, Quote


@dataclass(frozen=True, slots=True)
class Told:
    """A type that the encoder finds told in a sentence: how likely, and the characters that tell it most of all."""

    type: str
    probability: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class View:
    """The slots of one claim: the probability of each code.

    `named` are the words that name each party, `speaker` the sentence and the characters in it that name the likeliest
    speaker, None where that is nobody; `unsaid` is the probability that nobody is cited, `single` that it befell one,
    for a claim that no number counts. `there` and `then` are where and when it happened.
    """

    modality: Mapping[str, float]
    group: Mapping[str | None, float]
    actor: Mapping[str | None, float]
    target: Mapping[str | None, float]
    named: Mapping[str | None, str]
    speaker: tuple[Quote, int, int] | None
    unsaid: float
    single: float = 0.0
    there: There = NOWHERE
    then: Then = NEVER


@dataclass(frozen=True)
class Opinion:
    """The encoder's opinion of a document. Windows are read when they are first asked about."""

    encoder: Encoder
    sight: Sight
    spots: Spots
    moments: Moments

    @cached_property
    def _places(self) -> Mapping[int, tuple[int, int]]:
        """For each sentence of the document that is read: its window, and its index among those that are read."""
        return {self.sight.at[s]: (w, s) for w, window in enumerate(self.sight.windows) for s in window.fresh}

    @cached_property
    def _read(self) -> dict[int, Reading]:
        return {}

    def reading(self, at: int) -> tuple[Reading, int] | None:
        """Return the window in which a sentence of the document is read, and its index there."""
        place = self._places.get(at)
        if place is None:
            return None
        number, sentence = place
        if number not in self._read:
            self._read[number] = self.encoder.read(self.sight.windows[number])
        return self._read[number], sentence

    def reads(self, at: int) -> bool:
        """Say whether the encoder reads a sentence at all."""
        return at in self._places

    def told(self, at: int, start: int, end: int) -> Mapping[str, float]:
        """Return, for each type, the probability that it is told in a stretch; empty where the sentence is not read."""
        found = self.reading(at)
        span = found[0].window.within(found[1], start, end) if found else None
        if found is None or span is None:
            return {}
        none = (1 - found[0].types[span[0] : span[1]]).prod(axis=0)
        return dict(zip(self.encoder.types, (1 - none).tolist(), strict=True))

    def most(self, at: int, least: float) -> list[Told]:
        """Return the types that a sentence tells with at least a probability, with the words that tell them."""
        found = self.reading(at)
        if found is None:
            return []
        reading, sentence = found
        whole = self.told(at, 0, len(self.sight.marked[sentence].quote.text))
        own = [piece for piece, of in enumerate(reading.window.sentences) if of == sentence]
        out = []
        for number, (kind, likely) in enumerate(whole.items()):
            if likely >= least:
                peak = reading.window.pieces[own[int(reading.types[own, number].argmax())]]
                out.append(Told(kind, likely, peak.start, peak.end))
        return out

    def counts(self, at: int, figure: Figure) -> Mapping[str, float]:
        """Return, for each type, the probability that a number of a sentence counts a claim of it."""
        return self.counted(at, figure.start, figure.end)

    def counted(self, at: int, start: int, end: int) -> Mapping[str, float]:
        """Return, for each type, the highest probability that a number in a stretch counts a claim of it."""
        found = self.reading(at)
        if found is None:
            return {}
        reading, sentence = found
        rows = [row for row, one in enumerate(reading.window.figures) if self._inside(one, sentence, start, end)]
        if not rows:
            return {}
        return dict(zip(self.encoder.types, reading.numbers[rows].max(axis=0).tolist(), strict=True))

    def _inside(self, one: Stretch, sentence: int, start: int, end: int) -> bool:
        figure = self.sight.marked[one.sentence].figures[one.index]
        return one.sentence == sentence and figure.start < end and figure.end > start

    def claim(self, at: int, start: int, end: int, kind: str, figure: tuple[int, int] | None) -> View | None:
        """Return the slots of a claim in a stretch of a sentence, with the characters of its number, if it has one."""
        found = self.reading(at)
        span = found[0].window.within(found[1], start, end) if found else None
        if found is None or span is None:
            return None
        reading, sentence = found
        figures = reading.window.figures if figure else ()
        number = next((one for one in figures if figure and self._inside(one, sentence, *figure)), None)
        return self._view(reading, sentence, reading.claim(Ask(*span, self.encoder.types.index(kind), number)))

    def pointed(self, view: View, at: int, asked: Asked, stretch: tuple[int, int], made: Claim) -> View:
        """Return a view of a claim of the rules with where and when it happened; `asked` is what they were asked."""
        found = self.reading(at)
        span = found[0].window.within(found[1], *stretch) if found else None
        if found is None or span is None:
            return view
        ask = Ask(*span, self.encoder.types.index(made.type))
        given = (at, asked, found[0], ask, made)
        return replace(view, there=self._there(*given), then=self._then(*given))

    @cached_property
    def _numbers(self) -> Mapping[int, int]:
        """The index, among the sentences that are read, of each of them."""
        return {sentence: at for at, sentence in enumerate(self.sight.at)}

    def _there(self, at: int, asked: Asked, reading: Reading, ask: Ask, made: Claim) -> There:
        near, ruled = self.spots.near(at), spots.Ruled(made.place, made.adm1, made.rule("place"))
        seen = surroundings(reading, self._numbers, ask, near)
        each = spots.of_each(asked, at, near, seen, self.spots.sentences, ruled)
        known = spots.of_claim(asked, ask.type, ruled, near, at)
        return spots.there(near, self.encoder.where.probabilities(known, each, seen))

    def _then(self, at: int, asked: Asked, reading: Reading, ask: Ask, made: Claim) -> Then:
        near, ruled = self.moments.near(at, asked), moments.Ruled(made.when, made.rule("when"))
        seen = surroundings(reading, self._numbers, ask, near)
        each = moments.of_each(asked, at, near, seen, self.moments.sentences, ruled)
        known = moments.of_claim(asked, ask.type, ruled, near, at)
        probabilities = self.encoder.when.probabilities(known, each, seen)
        return moments.then(near, probabilities, asked.document.date, self.moments.sentences)

    def _view(self, reading: Reading, sentence: int, said: Said) -> View:
        """Put what is said of a claim into codes.

        Whom the text has not named by then did not do it: that counts for nobody.
        """
        parties = reading.window.parties
        mentions = [self.sight.marked[one.sentence].mentions[one.index] for one in parties]
        texts = [self.sight.marked[one.sentence].quote.text for one in parties]
        codes = [*NOBODY, *(mention.code for mention in mentions)]
        named = zip(mentions, parties, strict=True)
        able = {*NOBODY, *(mention.code for mention, of in named if of.sentence <= sentence)}
        doers = [code if code in able else None for code in codes]
        return View(
            modality=dict(zip(self.encoder.modalities, said.modality.tolist(), strict=True)),
            group=dict(zip(self.encoder.groups, said.group.tolist(), strict=True)),
            actor=_summed(doers, said.actor),
            target=_summed(codes, said.target),
            named={m.code: text[m.start : m.end] for m, text in zip(mentions, texts, strict=True)},
            speaker=self._speaker(reading, said),
            unsaid=float(said.speaker[0]),
            single=said.single,
        )

    def _speaker(self, reading: Reading, said: Said) -> tuple[Quote, int, int] | None:
        first = int(said.speaker.argmax())
        of = reading.window.sentences[first]
        if not first or of < 0:
            return None
        last = said.end if reading.window.sentences[said.end] == of else first
        pieces = reading.window.pieces
        return self.sight.marked[of].quote, pieces[first].start, pieces[last].end


def _summed(codes: Sequence[str | None], scores: Vectors) -> Mapping[str | None, float]:
    """Return the probability of each code: that of all mentions that stand for it."""
    sums: Counter[str | None] = Counter()
    for code, score in zip(codes, scores.tolist(), strict=True):
        sums[code] += score
    return sums


def opinion(
    encoder: Encoder, document: Document, sentences: Sequence[Quote], looks: Sequence[Seen | None], packs: Packs
) -> Opinion:
    """Return the encoder's opinion of a document; `looks` are what the first look found in its sentences."""
    seen = sight(document, sentences, looks, packs, encoder.pieces, encoder.marks)
    return Opinion(encoder, seen, Spots(document, sentences, packs), Moments(document, sentences, packs))
