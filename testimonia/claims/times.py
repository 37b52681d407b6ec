"""The words of time in a sentence, as days: every rule is asked at every word, then what governs and joins them.

"Since D" runs to the day of the document, "the night to D" from the day before, "from A to B" is one span.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from testimonia.claims import absolute, deictic
from testimonia.claims.days import Days, day_of, moved
from testimonia.claims.reading import Reading, Span
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, Phrases, words
from testimonia.records import Document

CLOCK = re.compile(r"\s*(?:[^\W\d]+\s+)?(?:\d{1,2}[:.]\d\d\s+)(?:[^\W\d]{1,3}\s+)?")  # " to 6:00 on "
MIDNIGHT = re.compile(r"(?<!\d)0?0[:.]00(?!\d)")
RULES = (
    absolute.day_month,
    absolute.month_day,
    absolute.month,
    deictic.weekday,
    absolute.season,
    absolute.half,
    absolute.year,
    deictic.so_long_ago,
    deictic.told_clock,
    deictic.same_day,
    deictic.counted_from,
)
NAMED = ("a day of a month", "a date in figures")
DASH = re.compile(r"\s*[-–—]\s*$")
UP_TO = 4  # words between "as of" and its day: "as of 6:00 on the morning of 5 October"

Told: TypeAlias = tuple[date | None, int | None]


def times(
    text: str,
    pack: LanguagePack,
    packs: Packs,
    document: Document,
    told: Told = (None, None),
) -> tuple[Span, ...]:
    """Return the words of time of a sentence in text order, resolved against the document's day.

    `told` are the day told of last and the year that the text goes on in, where the sentences before say them.
    """
    return reader(pack, packs, document)(text, told)


def reader(
    pack: LanguagePack, packs: Packs, document: Document, *, observed: bool = False
) -> Callable[[str, Told], tuple[Span, ...]]:
    """Return what reads the words of time of one sentence of a document after another.

    `observed`: those that say on or up to which day something is said to be so, in place of all others.
    """
    known = document.date
    base = (known.first, known.last) if known else None
    given = (pack.table("dates"), _moments(pack, packs), base)

    def read(text: str, told: Told) -> tuple[Span, ...]:
        spans = (span for span in _times(*given, text, told) if span.observed == observed)
        return tuple(_of_report(span, *given, document.text) if span.rule == deictic.ROUND else span for span in spans)

    return read


def _of_report(span: Span, dates: Phrases, moments: tuple[Phrases, ...], base: Days | None, text: str) -> Span:
    """Return "the past 24 hours" as one day, where the text names that day by its date: it is the one reported on."""
    if span.first is None or span.first not in _days_named(dates, moments, base, text):
        return span
    return replace(span, last=span.first, precision="day")


@lru_cache(maxsize=64)
def _days_named(dates: Phrases, moments: tuple[Phrases, ...], base: Days | None, text: str) -> frozenset[date]:
    """Return the single days that a text names by their date, each of its lines read by itself."""
    spans = (span for line in text.splitlines() for span in _times(dates, moments, base, line, (None, None)))
    return frozenset(s.first for s in spans if s.first and s.first == s.last and s.rule in NAMED)


def _moments(pack: LanguagePack, packs: Packs) -> tuple[Phrases, ...]:
    return tuple(region.table("moments", pack.code) for region in packs.regions)


@lru_cache(maxsize=4096)
def _times(dates: Phrases, moments: tuple[Phrases, ...], base: Days | None, text: str, told: Told) -> tuple[Span, ...]:
    reading = Reading(text, words(text), base, told)
    for hit in dates.find(reading.words, overlapping=True):
        if hit.tags.isdisjoint({"capital"}) or text[hit.start].isupper():
            reading.hits.setdefault(hit.first, []).append(hit)
    named = [hit for table in moments for hit in table.find(reading.words)]
    return tuple(_read(reading, named))


def _read(reading: Reading, moments: Iterable[Hit]) -> Iterator[Span]:
    """Yield the words of time of the sentence in text order."""
    fixed = sorted([*absolute.numeric(reading), *deictic.events(reading, moments)], key=lambda s: s.start)
    at, made = 0, []
    while at < len(reading.words):
        span, end = _at(reading, at)
        if span:
            said = _as_of(reading, span, at)
            made.append(replace(said, observed=True) if said else _governed(reading, span, at))
        at = max(end, at + 1)
    made = [s for s in made if all(s.end <= f.start or s.start >= f.end for f in fixed)]
    yield from _joined(reading, sorted([*made, *fixed], key=lambda s: s.start))


def _at(reading: Reading, at: int) -> tuple[Span | None, int]:
    """Return the span that the first fitting rule reads at a word, and the word to go on from."""
    if at not in reading.hits and not reading.words[at].form[0].isdigit():
        return None, at + 1
    for rule in RULES:
        made = rule(reading, at)
        if made:
            return (None if reading.before(at, "never") else made[0]), made[1]
    return None, at + 1


def _as_of(reading: Reading, span: Span, at: int) -> Span | None:
    """Return a span with the words before it that make it the day up to which something is so: "as of 5 May"."""
    for back in range(at, max(at - UP_TO, -1), -1):
        said = reading.before(back, "asof")
        if said and not re.search(r"[,;()]", reading.text[said.end : span.start]):
            return replace(span, start=said.start)
    return None


def _governed(reading: Reading, span: Span, at: int) -> Span:
    """Widen a span by the word before it: the night before a day, "since" a day."""
    first = next((i for i, w in enumerate(reading.words) if w.start >= span.start), at)
    if span.first is None or span.last is None:
        return span
    night = reading.before(first, "night") or (
        reading.before(first - 1, "night") if reading.hit(first - 1, "weekday") else None
    )
    if night and span.precision in ("day", "days"):
        begin = (moved(span.first, -1) or span.first) if span.first == span.last else span.first
        return replace(span, start=night.start, first=begin, precision="days", rule="the night before a day")
    since = reading.before(first, "since")
    if since and not reading.base and not _ends_later(reading, span):
        return replace(span, first=None, last=None, rule="since then, to an unknown day")
    if since and span.first.replace(day=1) == span.last.replace(day=1) and span.precision == "days":
        return span
    if since and not _ends_later(reading, span) and reading.base and span.first <= reading.base[1]:
        return replace(
            span, start=since.start, last=max(reading.base[1], span.last), precision="days", rule="since then"
        )
    return span


def _ends_later(reading: Reading, span: Span) -> bool:
    """Say whether "from D" goes on with "to D": the end stands right behind."""
    at = next((i for i, w in enumerate(reading.words) if w.start >= span.end), len(reading.words))
    return (
        reading.hit(at, "to") is not None or bool(DASH.match(reading.text[span.end : reading.words[at].start]))
        if at < len(reading.words)
        else False
    )


def _joined(reading: Reading, spans: Sequence[Span]) -> Iterator[Span]:
    """Join "from A to B", "between A and B", "A – B" into one span."""
    waiting: Span | None = None
    for span in spans:
        if waiting and _restated(reading, waiting, span):
            waiting = replace(span, start=waiting.start, observed=waiting.observed)
            continue
        if waiting and _joins(reading, waiting, span):
            waiting = _from_to(waiting, _before_midnight(reading, waiting, span))
            continue
        if waiting:
            yield waiting
        waiting = span
    if waiting:
        yield waiting


def _restated(reading: Reading, a: Span, b: Span) -> bool:
    """Say whether a day only says again which day is meant: "yesterday, 8 September", «вночі 22 серпня»."""
    between = reading.text[a.end : b.start]
    return a.rule in deictic.RULES and b.rule == "a day of a month" and re.fullmatch(r"[\s,(–—-]*", between) is not None


def _joins(reading: Reading, a: Span, b: Span) -> bool:
    between = [i for i, w in enumerate(reading.words) if a.end <= w.start and w.end <= b.start]
    if between and CLOCK.fullmatch(reading.text[a.end : b.start]) and reading.hit(between[0], "to"):
        return True
    if DASH.fullmatch(reading.text[a.end : b.start]):
        return True
    if len(between) != 1:
        return False
    first = next(i for i, w in enumerate(reading.words) if w.start >= a.start)
    if reading.hit(between[0], "to"):
        return bool(reading.before(first, "from") or reading.before(first, "since") or a.precision != "day")
    return bool(reading.hit(between[0], "and") and reading.before(first, "between"))


def _before_midnight(reading: Reading, a: Span, b: Span) -> Span:
    """Return an end at midnight as the day that ends there: "from 00:00 on 5 May to 00:00 on 6 May" is one day."""
    if b.last is None or not MIDNIGHT.search(reading.text[a.end : b.start]):
        return b
    return replace(b, last=max(moved(b.last, -1) or b.last, a.first or b.last))


def _from_to(a: Span, b: Span) -> Span:
    first, last = a.first, b.last
    if first and last and first > last and first.year == last.year:
        first = day_of(first.year - 1, first.month, first.day)
    if not first or not last:
        first = last = None
    return Span(a.start, b.end, first, last, "day" if first == last else "days", "from one to another")
