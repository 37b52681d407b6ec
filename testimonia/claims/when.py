"""When it happened: the words of time in the clause, as days counted from the document's own day.

Read off the words alone (`times.py`). What no word says has no date; "recently" and "now" have none; a count is never a
day ("on Friday 25 men"). Of several words of time the nearest are taken; what tells of a blow goes on in the day of a
sentence shortly before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from testimonia.claims import deictic
from testimonia.claims.asked import Answer, Asked
from testimonia.claims.clause import holding, segments
from testimonia.claims.days import day_of
from testimonia.claims.reading import Span
from testimonia.claims.times import reader, times
from testimonia.packs import LanguagePack
from testimonia.phrases import Hit
from testimonia.records import Quote, Reason, When

YEAR_SAID = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
GOES_ON = frozenset(
    ("killing", "injury", "shelling", "airstrike", "explosion", "property", "clash", "displacement", "deprivation",
     "sabotage", "assassination")
)  # fmt: skip
TOLD = ("asserted", "alleged", "denied")
TOTALLED = frozenset(("killing", "injury"))
YEARLESS = ("a day of a month", "a month")  # the rules that take the document's year where none is said
AHEAD = timedelta(days=31)  # a date a little ahead may be one that is set: a hearing, a curfew
BESIDE = 5  # characters between a verb of saying and its time: " on "
REACH = 6  # sentences
CARRIED = 12  # sentences over which a day goes on
TOTAL = "since a moment of the region's table"
FIGURES = "a date in figures"
ONE_NIGHT = timedelta(days=1)


def when(asked: Asked) -> Answer[When | None]:
    """Return the days of the happening, None where the words do not say.

    Of several words of time those of the clause come first, then those nearest to the words that name the happening;
    where the clause has none, those of its sentence.
    """
    spans = times(
        asked.sentence.text, asked.pack, asked.packs, asked.document, told_before(asked, asked.sentence.paragraph)
    )
    spans = tuple(
        span
        for span in spans
        if not of_saying(span, asked) and not of_another(span, asked) and not is_stamp(span, asked)
    )
    inside = [span for span in spans if asked.within(span.start, span.start)]  # "three days before" may end a clause
    for span in sorted(inside or spans, key=lambda s: (s.rule != TOTAL, _distance(s, asked.trigger))):
        return _answer(begun(not_ahead(span, asked), asked), asked.sentence.text)
    return _carried(asked) if asked.trigger.value in GOES_ON and asked.modality in TOLD else Answer(None)


def begun(span: Span, asked: Asked) -> Span:
    """Give the happening from which a time runs its own day: "since the liberation of the town on 11 November"."""
    begins = {hit.last for hit in asked.pack.table("dates").find(asked.words) if hit.value == "since"}
    if span.rule.startswith("since") and {asked.trigger.first, asked.trigger.first - 1} & begins:
        return replace(span, last=span.first, rule="the day since which it is counted")
    return span


def not_ahead(span: Span, asked: Asked) -> Span:
    """Put a day or month without a year that would lie well ahead of the document into the year before.

    "On 21 March guards killed a man", read in January: what is told as having happened is not to come.
    """
    known, first, last = asked.document.date, span.first, span.last
    if known is None or first is None or last is None or first - known.last <= AHEAD:
        return span
    said = YEAR_SAID.search(asked.sentence.text[span.start : span.end])
    if said or span.rule not in YEARLESS or asked.modality not in TOLD:
        return span
    return replace(
        span, first=day_of(first.year - 1, first.month, first.day), last=day_of(last.year - 1, last.month, last.day)
    )


def told_before(asked: Asked, paragraph: int) -> tuple[date | None, int | None]:
    """Return the last single day that a paragraph told of before, and the last year that it said with a day or month.

    What a text tells of another year goes on in that year: "On 5 March 2022 …. On 21 March …"; so does all of a text
    whose own day is unknown.
    """
    day: date | None = None
    year: int | None = None
    read = reader(asked.pack, asked.packs, asked.document)
    for quote in asked.before[-REACH:] if asked.document.date else asked.before:
        here = quote.paragraph == paragraph
        for span in read(quote.text, (day, year)):
            if span.first and span.first == span.last and span.rule != deictic.NEXT:
                day = span.first
            here = here or asked.document.date is None
            if here and span.first and span.precision != "year" and YEAR_SAID.search(quote.text[span.start : span.end]):
                year = span.first.year
    return day, year


def _carried(asked: Asked) -> Answer[When | None]:
    """Answer with the day or night of a sentence shortly before that tells of a blow or what it did.

    News tell one happening over several sentences and say its day once. A sentence with words of time of its own, even
    vague ones, ends that; so does one that tells of nothing of the kind, in a text that has a date. A running total
    goes on in what is counted behind it.
    """
    for quote in reversed(asked.before[-CARRIED:]):
        spans = _days_of(quote, asked)
        if spans and asked.trigger.value in TOTALLED and (total := next((s for s in spans if s.rule == TOTAL), None)):
            return _goes_on(total, quote.text, "a running total goes on")
        if spans:
            told = asked.document.date is None or _tells(quote.text, asked.pack)
            brief = _brief(spans[0]) and told
            return _goes_on(spans[0], quote.text, "goes on from a sentence before") if brief else Answer(None)
    return Answer(None)


def _days_of(quote: Quote, asked: Asked) -> tuple[Span, ...]:
    """Return the words of time of a sentence before, without those of saying and of publishing."""
    spans = times(quote.text, asked.pack, asked.packs, asked.document, told_before(asked, quote.paragraph))
    return tuple(
        span for span in spans if not beside_saying(span, quote.text, asked.pack) and not is_stamp(span, asked)
    )


def _brief(span: Span) -> bool:
    """Say whether words of time mean a day or a night."""
    return span.first is not None and span.last is not None and span.last - span.first <= ONE_NIGHT


def _goes_on(span: Span, text: str, rule: str) -> Answer[When | None]:
    """Answer with the days of another sentence, None where they are not known."""
    words = text[span.start : span.end]
    if span.first is None or span.last is None:
        return Answer(None)
    return Answer(When(span.first, span.last, span.precision, words), (Reason("when", rule, words),))


def is_stamp(span: Span, asked: Asked) -> bool:
    """Say whether a date in figures is the document's own, as above a text: it says when that was published."""
    own = asked.document.date
    return own is not None and span.rule == FIGURES and (span.first, span.last) == (own.first, own.last)


def _tells(text: str, pack: LanguagePack) -> bool:
    """Say whether a sentence tells of a blow or what it did."""
    return any(hit.value in GOES_ON for hit in pack.table("triggers").find(text))


def of_saying(span: Span, asked: Asked) -> bool:
    """Say whether words of time belong to a verb of saying beside them ("said on Tuesday"), not to what is said."""
    for said in asked.pack.table("speech").find(asked.words):
        if said.value not in ("said", "claimed"):
            continue
        gap = max(span.start - said.end, said.start - span.end)
        between = asked.sentence.text[min(span.end, said.end) : max(span.start, said.start)]
        if 0 <= gap <= BESIDE and gap < _distance(span, asked.trigger)[0] and "," not in between:
            return True
        if said.end <= span.start and any(a <= said.start and span.end <= b for a, b in asked.saying):
            return True
    return False


def beside_saying(span: Span, text: str, pack: LanguagePack) -> bool:
    """Say whether words of time stand right behind a verb of saying, in any sentence: «заявила в п'ятницю»."""
    return any(
        0 <= span.start - said.end <= BESIDE and "," not in text[said.end : span.start]
        for said in pack.table("speech").find(text)
        if said.value in ("said", "claimed")
    )


def of_another(span: Span, asked: Asked) -> bool:
    """Say whether words of time are of the happening of a clause of its own: "that followed the breach on 6 June"."""
    parts = segments(asked.sentence.text, asked.words, asked.pack)
    at = next((n for n, word in enumerate(asked.words) if word.start >= span.start), None)
    if at is None:
        return False
    part = parts[holding(parts, at)]
    if part.opens != "sub" or part.first <= asked.trigger.first < part.last:
        return False
    hits = asked.pack.table("triggers").find(asked.words)
    return any(part.first <= hit.first and hit.end <= span.start and hit.value != "none" for hit in hits)


def _distance(span: Span, trigger: Hit) -> tuple[int, int]:
    gap = max(span.start - trigger.end, trigger.start - span.end, 0)
    return gap, span.start


def _answer(span: Span, text: str) -> Answer[When | None]:
    said = text[span.start : span.end]
    if span.first is None or span.last is None:
        return Answer(None, (Reason("when", f"{span.rule}: no day can be told", said),))
    return Answer(When(span.first, span.last, span.precision, said), (Reason("when", span.rule, said),))
