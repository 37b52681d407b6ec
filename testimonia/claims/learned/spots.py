"""Where a claim happened, by pointing at one of the places that the document names, or at none (`pointer`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log2

from testimonia.claims.asked import Asked
from testimonia.claims.learned.heads import bucket
from testimonia.claims.learned.pieces import Vectors
from testimonia.claims.learned.pointer import FAR, UNTOLD, Sizes, Surroundings, far, in_reach, rows, summed
from testimonia.claims.mentions import Mention
from testimonia.claims.place import POINTS, is_metonym, known, resolved
from testimonia.packs import Packs
from testimonia.phrases import Entry, Hit, words
from testimonia.records import Document, Modality, Place, Quote

ROLES = ("", "in", "to", "from", "list", "office")
KINDS = ("site", "settlement", "district", "unit", "country", "wider", "hromada")
RELATIONS = ("at", "near", "between", "direction")
TEXTS = ("title", "heading")
MODALITIES: tuple[Modality, ...] = ("asserted", "alleged", "denied", "planned", "predicted")
LANGS = ("en", "uk", "ru")
# The rules of claims/place.py that answer where.
RULES = (
    "", *("in", "to", "from", "list", "site", "settlement", "district", "hromada", "an area only"),
    *("the unit of all places of a list", "goes on from a sentence before", "the only unit named so far"),
)  # fmt: skip
HEAD, TAIL = 4, 60  # of more mentions than a claim may point at, those at the head of the document, and the last
SIZES = Sizes(
    of_claim={"type": 40, "modality": 5, "rule": len(RULES), "names": 6, "here": 6, "text": 3, "lang": 4, "bare": 2},
    of_each={
        "kind and role": len(KINDS) * len(ROLES), "sentences": 2 * FAR, "pieces": 65, "clause": 4, "paragraph": 2,
        "text": 3, "first": 2, "last": 2, "times": 5, "only": 2, "population": 8, "rule": 4, "told": UNTOLD + 1,
        "known": 5, "metonym": 2, "relation": len(RELATIONS), "rank": 5, "says": 2, "heads": 3,
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A place name in a document: the sentence's index, the mention, and the place or the first-level unit meant.

    Both of `place` and `unit` are None for a country or a wider region. `guessed`: the rules see no place there.
    """

    sentence: int
    mention: Mention
    place: Place | None = None
    unit: str | None = None
    guessed: bool = False

    @property
    def start(self) -> int:
        """Where it begins in its sentence."""
        return self.mention.start

    @property
    def end(self) -> int:
        """Where it ends in its sentence."""
        return self.mention.end

    @property
    def usable(self) -> bool:
        """Whether it is a place, no area, and no part of an office."""
        return self.place is not None and self.mention.role != "office"


@dataclass
class Spots:
    """The places that one document names, found when first asked for."""

    document: Document
    sentences: Sequence[Quote]
    packs: Packs
    found: dict[int, tuple[Spot, ...]] = field(default_factory=dict)

    def of(self, at: int) -> tuple[Spot, ...]:
        """Return the places that a sentence names."""
        if at not in self.found:
            self.found[at] = tuple(self._of(at))
        return self.found[at]

    def _of(self, at: int) -> Iterator[Spot]:
        quote = self.sentences[at]
        pack = self.packs.language(quote.lang)
        if pack is None:
            return
        trigger = Hit(0, 0, Entry("", ""), 0, 0)
        asked = Asked(
            self.document, quote, self._before(at), words(quote.text), trigger, (0, len(quote.text)), pack, self.packs
        )
        places = known(asked)
        mentions = places.find(quote.text)
        units = {m.name for m in mentions if m.kind == "unit"}
        unit = units.pop() if len(units) == 1 else None
        guessed = frozenset(places.guess(quote.text))
        for one in sorted((*mentions, *guessed), key=lambda m: m.start):
            place = resolved(one, unit, asked, places) if one.kind in POINTS else None
            yield Spot(at, one, place, one.name if one.kind == "unit" else None, one in guessed)

    def _before(self, at: int) -> tuple[Quote, ...]:
        return tuple(self.sentences[one] for one in in_reach(at, len(self.sentences)) if one < at)

    def near(self, at: int) -> list[Spot]:
        """Return the places that a claim in a sentence may point at, in text order."""
        spots = [spot for one in in_reach(at, len(self.sentences)) for spot in self.of(one)]
        return spots if len(spots) <= HEAD + TAIL else [*spots[:HEAD], *spots[-TAIL:]]


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules answer: the place, None where they know of none or only an area, the unit, and the rule."""

    place: Place | None
    adm1: str | None
    rule: str

    def takes(self, spot: Spot) -> int:
        """Return how they take a mention: 0 not, 1 as the place, 2 as the unit, 3 as a place in the unit."""
        if self.place and spot.place and spot.place.name == self.place.name:
            return 1
        if self.place is None and self.adm1 and spot.unit == self.adm1:
            return 2
        return 3 if self.adm1 and spot.place and spot.place.adm1 == self.adm1 else 0


def of_claim(asked: Asked, type_: int, ruled: Ruled, spots: Sequence[Spot], at: int) -> list[int]:
    """Return the rows of the table for what is known of a claim of a type (by number) in a sentence."""
    names = {spot.place.name for spot in spots if spot.place and spot.usable}
    here = {spot.place.name for spot in spots if spot.place and spot.usable and spot.sentence == at}
    return rows(SIZES.of_claim, {
        "type": type_, "modality": MODALITIES.index(asked.modality),
        "rule": RULES.index(ruled.rule) if ruled.rule in RULES else 0,
        "names": (len(names) + 1).bit_length() - 1, "here": len(here), "text": text_of(asked.sentence),
        "lang": lang_of(asked.pack.code), "bare": int(not any(spot.sentence == at for spot in spots)),
    })  # fmt: skip


def text_of(quote: Quote) -> int:
    """Return whether a quote is a title or a heading, as a class."""
    return TEXTS.index(quote.kind) + 1 if quote.kind in TEXTS else 0


def lang_of(code: str) -> int:
    """Return a language as a class."""
    return LANGS.index(code) if code in LANGS else len(LANGS)


def of_each(
    asked: Asked, at: int, spots: Sequence[Spot], seen: Surroundings, sentences: Sequence[Quote], ruled: Ruled
) -> list[list[int]]:
    """Return, for each mention that a claim may point at, the rows of the table for what is known of it."""
    told = _Told.of(asked, at, spots, sentences)
    return [
        rows(SIZES.of_each, {**_alone(spot), **told.known(spot, sentences), "rule": ruled.takes(spot),
            "pieces": 64 if piece is None else bucket(piece - seen.start),
            "told": UNTOLD if likely is None else int(likely * (UNTOLD - 0.01))})
        for spot, piece, likely in zip(spots, seen.pieces, seen.told, strict=True)
    ]  # fmt: skip


def _alone(spot: Spot) -> dict[str, int]:
    """Answer what can be said of a mention by itself."""
    m = spot.mention
    kind, role = KINDS.index(m.kind), ROLES.index(m.role)
    open_ = bool(spot.place and spot.place.precision == "unresolved")
    relation = m.offset.relation
    return {
        "kind and role": kind * len(ROLES) + role, "population": _population(m),
        "known": 3 + int(bool(m.bearers)) if spot.guessed else 2 if open_ else int(bool(m.bearers)),
        "metonym": int(is_metonym(m)),
        "relation": RELATIONS.index(relation) if relation in RELATIONS else 0,
    }  # fmt: skip


def _population(mention: Mention) -> int:
    """Return the class of the largest bearer's population: 0 unknown name, then doubling twice a class."""
    most = max((bearer.population for bearer in mention.bearers), default=0)
    return 0 if not mention.bearers else min(7, 1 + int(log2(most / 500 + 1) / 2))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the document has told of places up to a claim."""

    asked: Asked
    at: int
    first: Spot | None
    last: Spot | None
    times: Counter[str]
    here: tuple[Spot, ...]  # those of the claim's sentence, the nearest to its words first
    head: Spot | None  # the first of its paragraph: the place that a line of a digest is on

    @classmethod
    def of(cls, asked: Asked, at: int, spots: Sequence[Spot], sentences: Sequence[Quote]) -> _Told:
        earlier = [spot for spot in spots if spot.usable and spot.sentence <= at]
        before = [one for one in earlier if one.sentence < at or one.end <= asked.trigger.start]
        here = sorted((one for one in earlier if one.sentence == at), key=lambda one: _gap(asked, one))
        times = Counter(one.place.name for one in earlier if one.place)
        first, last = (before[0], before[-1]) if before else (None, None)
        own = asked.sentence.paragraph
        head = next((one for one in earlier if sentences[one.sentence].paragraph == own), None)
        return cls(asked, at, first, last, times, tuple(here), head)

    def known(self, spot: Spot, sentences: Sequence[Quote]) -> dict[str, int]:
        """Answer what the document tells of a mention."""
        quote, own = sentences[spot.sentence], spot.sentence == self.at
        name = spot.place.name if spot.place else ""
        inside = self.asked.within(spot.start, spot.end)
        return {
            "sentences": far(self.at - spot.sentence), "text": text_of(quote),
            "clause": 0 if not own else 1 if inside else 2 if spot.end <= self.asked.clause[0] else 3,
            "paragraph": int(quote.paragraph == self.asked.sentence.paragraph), "times": self.times[name],
            "first": int(spot is self.first), "last": int(spot is self.last),
            "only": int({one.place.name for one in self.here if one.place} == {name}),
            "rank": min(self.here.index(spot), 3) if spot in self.here else 4,
            "heads": 2 if spot is self.head else int(quote.paragraph == self.asked.sentence.paragraph),
            "says": int(own and self.asked.only_says(spot.start, spot.end)),
        }  # fmt: skip


def _gap(asked: Asked, spot: Spot) -> int:
    return max(spot.start - asked.trigger.end, asked.trigger.start - spot.end, 0)


@dataclass(frozen=True, slots=True)
class There:
    """Where a claim happened: the place, None where none or only an area is pointed at, the unit, and how likely."""

    place: Place | None
    adm1: str | None
    likely: float


NOWHERE = There(None, None, 0.0)


def there(spots: Sequence[Spot], probabilities: Vectors) -> There:
    """Return what is likeliest: a place by all its mentions together, else a unit, else nothing.

    `probabilities` has one for each mention, and, last, that of none. Of the mentions of a place the likeliest tells
    how it lies to what it names.
    """
    likely = probabilities.tolist()
    points = summed(((s.place.name if s.place else ""), p) for s, p in zip(spots, likely, strict=False))
    apart = points.pop("", 0.0) + likely[-1]
    best = max(points, key=points.__getitem__, default="")
    if best and points[best] > apart:
        own = [(p, s.place) for s, p in zip(spots, likely, strict=False) if s.place and s.place.name == best]
        place = max(own, key=lambda one: (one[1].id is not None, one[0]))[1]
        return There(place, place.adm1, points[best])
    units = summed((s.unit, p) for s, p in zip(spots, likely, strict=False) if s.unit)
    unit = max(units, key=units.__getitem__, default=None)
    none = apart - sum(units.values())
    return There(None, unit, units[unit]) if unit and units[unit] > none else There(None, None, none)
