"""When a claim happened, by pointing at some of the words of time that the document says, or at none (`pointer`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from testimonia.claims.asked import Asked
from testimonia.claims.days import UNIT_DAYS, Days, day_of, moved
from testimonia.claims.deictic import NEXT, ROUND
from testimonia.claims.learned.heads import bucket
from testimonia.claims.learned.pieces import Vectors
from testimonia.claims.learned.pointer import FAR, UNTOLD, Sizes, Surroundings, far, in_reach, rows, summed
from testimonia.claims.learned.spots import MODALITIES, lang_of, text_of
from testimonia.claims.reading import Span
from testimonia.claims.times import times
from testimonia.claims.when import (
    YEAR_SAID,
    YEARLESS,
    begun,
    beside_saying,
    is_stamp,
    not_ahead,
    of_another,
    of_saying,
    told_before,
)
from testimonia.packs import Packs
from testimonia.phrases import Entry, Hit, words
from testimonia.records import Document, Quote, When

# The rules that read words of time (claims/absolute.py, deictic.py, times.py) and that carry a day on (claims/when.py).
RULES = (
    "", *("a date in figures", "a day of a month", "a month", "a month of an unknown year", "a season"),
    *("a part of a year", "a year", "since a moment of the region's table", "a moment of the region's table"),
    *("the last such day of the week", "a day of the week of an unknown week", NEXT, "so long before an unknown day"),
    *(f"so many {unit}s before" for unit in UNIT_DAYS), *(ROUND, "counted from the day told of last"),
    *("the day told of last", "a year counted from the document's", "counted from the document's day"),
    *("counted from an unknown day", "up to the document's day", "the night before a day", "since then"),
    *("since then, to an unknown day", "from one to another", "the day since which it is counted"),
    *("goes on from a sentence before", "a running total goes on"),
)  # fmt: skip
# What words of time may mean beside what they say: that day and all since, the night before it, of two days the first,
# and, where no year is said, the year before.
VARIANTS = ("", "since then", "the night before", "the first of two days", "the year before")
COUNTED = (ROUND, "counted from the document's day")  # rules whose words leave no choice of days
LENGTHS = (1, 2, 7, 31, 92, 366)  # days, at most, of a class of intervals
AGES = (0, 1, 2, 7, 31, 366)  # days from the end of an interval to the document's day
HEAD, TAIL = 4, 28  # of more words of time than a claim may point at, those at the head of the document, and the last
SIZES = Sizes(
    of_claim={"type": 40, "modality": 5, "rule": len(RULES), "here": 5, "text": 3, "lang": 4, "dated": 3},
    of_each={
        "rule": len(RULES), "length": len(LENGTHS) + 2, "age": len(AGES) + 3, "sentences": 2 * FAR, "pieces": 65,
        "clause": 4, "paragraph": 2, "text": 3, "first": 2, "last": 2, "times": 5, "only": 2, "chosen": 2,
        "told": UNTOLD + 1, "said": 4, "rank": 5, "variant": len(VARIANTS), "heads": 3,
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """Words of time in a document: the sentence's index and the days that they mean, or may mean (`VARIANTS`)."""

    sentence: int
    span: Span
    variant: str = ""

    @property
    def start(self) -> int:
        """Where they begin in their sentence."""
        return self.span.start

    @property
    def end(self) -> int:
        """Where they end in their sentence."""
        return self.span.end

    @property
    def days(self) -> Days | None:
        """The first and the last day, None where no day can be told."""
        return (self.span.first, self.span.last) if self.span.first and self.span.last else None


@dataclass
class Moments:
    """The words of time that one document says, found when first asked for."""

    document: Document
    sentences: Sequence[Quote]
    packs: Packs
    found: dict[int, tuple[Moment, ...]] = field(default_factory=dict)

    def of(self, at: int) -> tuple[Moment, ...]:
        """Return the words of time of a sentence."""
        if at not in self.found:
            self.found[at] = tuple(self._of(at))
        return self.found[at]

    def _of(self, at: int) -> Iterator[Moment]:
        quote = self.sentences[at]
        pack = self.packs.language(quote.lang)
        if pack is None:
            return
        before = tuple(self.sentences[one] for one in in_reach(at, len(self.sentences)) if one < at)
        trigger, whole = Hit(0, 0, Entry("", ""), 0, 0), (0, len(quote.text))
        asked = Asked(self.document, quote, before, words(quote.text), trigger, whole, pack, self.packs)
        told = told_before(asked, quote.paragraph)
        for span in times(quote.text, pack, self.packs, self.document, told):
            yield Moment(at, not_ahead(span, asked))

    def near(self, at: int, asked: Asked) -> list[Moment]:
        """Return the words of time that a claim in a sentence may point at, in text order."""
        found = [one for near in in_reach(at, len(self.sentences)) for one in self.of(near)]
        found = [replace(one, span=begun(one.span, asked)) if one.sentence == at else one for one in found]
        found = found if len(found) <= HEAD + TAIL else [*found[:HEAD], *found[-TAIL:]]
        return [made for one in found for made in (one, *self.variants(one))]

    def variants(self, one: Moment) -> Iterator[Moment]:
        """Yield what words of time may mean beside what they say."""
        own, days = self.document.date, one.days
        if days is None:
            return
        first, last = days
        counted = one.span.rule in COUNTED
        if own and last < own.last and not counted:
            yield _varied(one, first, own.last, "since then")
        if first == last and not counted and (before := moved(first, -1)):
            yield _varied(one, before, first, "the night before")
        if last - first == timedelta(days=1) and one.span.rule == ROUND:
            yield _varied(one, first, first, "the first of two days")
        said = self.sentences[one.sentence].text[one.start : one.end]
        if one.span.rule in YEARLESS and not YEAR_SAID.search(said):
            yield _varied(one, _year_before(first), _year_before(last), "the year before")


def _varied(one: Moment, first: date | None, last: date | None, variant: str) -> Moment:
    return replace(one, span=replace(one.span, first=first, last=last), variant=variant)


def _year_before(day: date) -> date | None:
    return day_of(day.year - 1, day.month, day.day)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules answer: the days, None where the words do not say, and the rule."""

    when: When | None
    rule: str

    @property
    def days(self) -> Days | None:
        """The first and the last day."""
        return (self.when.first, self.when.last) if self.when else None


def of_claim(asked: Asked, type_: int, ruled: Ruled, moments: Sequence[Moment], at: int) -> list[int]:
    """Return the rows of the table for what is known of a claim of a type (by number) in a sentence."""
    own = asked.document.date
    return rows(SIZES.of_claim, {
        "type": type_, "modality": MODALITIES.index(asked.modality), "rule": _number(ruled.rule),
        "here": sum(one.sentence == at and not one.variant for one in moments), "text": text_of(asked.sentence),
        "lang": lang_of(asked.pack.code), "dated": 0 if own is None else 1 if own.first == own.last else 2,
    })  # fmt: skip


def of_each(
    asked: Asked, at: int, moments: Sequence[Moment], seen: Surroundings, sentences: Sequence[Quote], ruled: Ruled
) -> list[list[int]]:
    """Return, for each of the words of time that a claim may point at, the rows of the table for what is known."""
    told = _Told.of(asked, at, moments, sentences)
    return [
        rows(SIZES.of_each, {**_alone(one, asked), **told.known(one, sentences),
            "chosen": int(one.days is not None and one.days == ruled.days),
            "pieces": 64 if piece is None else bucket(piece - seen.start),
            "told": UNTOLD if likely is None else int(likely * (UNTOLD - 0.01))})
        for one, piece, likely in zip(moments, seen.pieces, seen.told, strict=True)
    ]  # fmt: skip


def _number(rule: str) -> int:
    return RULES.index(rule) if rule in RULES else 0


def _alone(one: Moment, asked: Asked) -> dict[str, int]:
    """Answer what can be said of words of time by themselves."""
    return {"rule": _number(one.span.rule), "length": _length(one), "age": _age(one, asked.document),
            "variant": VARIANTS.index(one.variant)}  # fmt: skip


def _length(one: Moment) -> int:
    if one.days is None:
        return len(LENGTHS) + 1
    days = (one.days[1] - one.days[0]).days + 1
    return next((at for at, most in enumerate(LENGTHS) if days <= most), len(LENGTHS))


def _age(one: Moment, document: Document) -> int:
    """Return the class of how long before the document's day an interval ends; the last two: after it, and unknown."""
    if one.days is None or document.date is None:
        return len(AGES) + 2
    ago = (document.date.last - one.days[1]).days
    return len(AGES) + 1 if ago < 0 else next((at for at, most in enumerate(AGES) if ago <= most), len(AGES))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the document has said of time up to a claim."""

    asked: Asked
    at: int
    first: Moment | None
    last: Moment | None
    times: Mapping[Days | None, int]
    here: tuple[Moment, ...]  # those of the claim's sentence, the nearest to its words first
    head: Moment | None  # the first of its paragraph

    @classmethod
    def of(cls, asked: Asked, at: int, moments: Sequence[Moment], sentences: Sequence[Quote]) -> _Told:
        earlier = [one for one in moments if one.sentence <= at and not one.variant]
        before = [one for one in earlier if one.sentence < at or one.end <= asked.trigger.start]
        here = sorted((one for one in earlier if one.sentence == at), key=lambda one: _gap(asked, one))
        times = Counter(one.days for one in earlier)
        first, last = (before[0], before[-1]) if before else (None, None)
        own = asked.sentence.paragraph
        head = next((one for one in earlier if sentences[one.sentence].paragraph == own), None)
        return cls(asked, at, first, last, times, tuple(here), head)

    def known(self, one: Moment, sentences: Sequence[Quote]) -> dict[str, int]:
        """Answer what the document tells of words of time."""
        quote, own = sentences[one.sentence], one.sentence == self.at
        inside = self.asked.within(one.start, one.start)
        return {
            "sentences": far(self.at - one.sentence), "text": text_of(quote),
            "clause": 0 if not own else 1 if inside else 2 if one.end <= self.asked.clause[0] else 3,
            "paragraph": int(quote.paragraph == self.asked.sentence.paragraph), "times": self.times[one.days],
            "first": int(_same(one, self.first)), "last": int(_same(one, self.last)), "said": self._said(one, quote),
            "only": int(len(self.here) == 1 and own),
            "heads": 2 if _same(one, self.head) else int(quote.paragraph == self.asked.sentence.paragraph),
            "rank": next((min(at, 3) for at, other in enumerate(self.here) if _same(one, other)), 4),
        }  # fmt: skip

    def _said(self, one: Moment, quote: Quote) -> int:
        """Return whether it is the time of a verb of saying (1), of another happening (2), or of publishing (3)."""
        pack = self.asked.packs.languages[quote.lang]
        if is_stamp(one.span, self.asked):
            return 3
        if one.sentence != self.at:
            return int(beside_saying(one.span, quote.text, pack))
        return 1 if of_saying(one.span, self.asked) else 2 if of_another(one.span, self.asked) else 0


def _same(one: Moment, other: Moment | None) -> bool:
    """Say whether two are the same words, whatever they may mean."""
    return other is not None and (one.sentence, one.start) == (other.sentence, other.start)


def _gap(asked: Asked, one: Moment) -> int:
    return max(one.start - asked.trigger.end, asked.trigger.start - one.end, 0)


@dataclass(frozen=True, slots=True)
class Then:
    """When a claim happened, None where no days are pointed at, and how likely that is."""

    when: When | None
    likely: float


NEVER = Then(None, 0.0)


def then(moments: Sequence[Moment], probabilities: Vectors, own: When | None, sentences: Sequence[Quote]) -> Then:
    """Return the days that are likeliest, by all words for them together, or none.

    `probabilities` has one for each of the words of time, and, last, that of none. `own`, the day of the document,
    counts for none, as it stands where no word says one; it is given where words that are likelier than none say it.
    """
    likely = probabilities.tolist()
    days = summed((one.days, p) for one, p in zip(moments, likely, strict=False) if one.days)
    today = days.pop((own.first, own.last), 0.0) if own else 0.0
    none = 1 - sum(days.values())
    best = max(days, key=days.__getitem__, default=None)
    if best is not None and days[best] > none:
        return Then(_said(best, moments, likely, sentences), days[best])
    if own and today > none - today:
        return Then(_said((own.first, own.last), moments, likely, sentences), none)
    return Then(None, none)


def _said(days: Days, moments: Sequence[Moment], likely: Sequence[float], sentences: Sequence[Quote]) -> When:
    """Return days in the likeliest of the words that mean them."""
    meant = [(p, one) for p, one in zip(likely, moments, strict=False) if one.days == days]
    one = max(meant, key=lambda pair: pair[0])[1]
    precision = "day" if days[0] == days[1] else "days" if one.variant else one.span.precision
    return When(*days, precision, sentences[one.sentence].text[one.start : one.end])
