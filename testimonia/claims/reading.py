"""A sentence while its words of time are read: what stands at a word, and the span that a rule makes of some words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from testimonia.claims.days import Days
from testimonia.phrases import Hit, Word
from testimonia.records import DatePrecision

DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|-?го|-?ого|-?е|-?те|-?му)?$")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of time: where they stand in the sentence, and the days they mean (None: no day can be told).

    `observed`: up to then it is said to be so ("as of 5 October"), which is no day of what happened.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    precision: DatePrecision = "day"
    rule: str = "day"
    observed: bool = False


Found: TypeAlias = tuple[Span, int]  # a span and the word after it


@dataclass
class Reading:
    """One sentence read from left to right: its words, the document's days, and what was told of before it.

    `told` are the day told of last and the year that the text goes on in; `hits` the words of time by word index.
    """

    text: str
    words: Sequence[Word]
    base: Days | None
    told: tuple[date | None, int | None] = (None, None)
    hits: dict[int, list[Hit]] = field(default_factory=dict)

    def hit(self, at: int, kind: str) -> Hit | None:
        """Return the longest hit of a kind that begins at a word."""
        found = [h for h in self.hits.get(at, ()) if h.value.split()[0] == kind]
        return max(found, key=lambda h: h.last, default=None)

    def before(self, at: int, kind: str) -> Hit | None:
        """Return the longest hit of a kind that ends right before a word."""
        found = [h for back in range(1, 5) if (h := self.hit(at - back, kind)) and h.last == at]
        return max(found, key=lambda h: h.last - h.first, default=None)

    def number(self, at: int, pattern: re.Pattern[str], top: int) -> int | None:
        """Return the number that a word is, if the pattern allows it and it is not above `top`."""
        match = pattern.match(self.words[at].form) if at < len(self.words) else None
        value = int(match[1]) if match else 0
        return value if 0 < value <= top else None

    def between(self, at: int) -> str:
        """Return what stands between a word and the next."""
        if at + 1 >= len(self.words):
            return ""
        return self.text[self.words[at].end : self.words[at + 1].start]

    @property
    def day(self) -> date | None:
        """The document's day, None where only its month or year is known."""
        return self.base[0] if self.base and self.base[0] == self.base[1] else None

    @property
    def year(self) -> int | None:
        """The year that the text goes on in, else the document's."""
        if self.told[1]:
            return self.told[1]
        return self.base[0].year if self.base and self.base[0].year == self.base[1].year else None

    def span(self, first_word: int, last_word: int, days: Days | None, precision: DatePrecision, rule: str) -> Found:
        """Return the span of some words, and the word after them."""
        start, end = self.words[first_word].start, self.words[last_word].end
        first, last = days or (None, None)
        return Span(start, end, first, last, precision, rule), last_word + 1
