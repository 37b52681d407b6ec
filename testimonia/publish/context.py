"""The words around a quote: enough to judge what it says, no more than a paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.embargo import stretched
from testimonia.records import Claim, Quote

SHORT = 220  # characters; a sentence below this brings its neighbours along
AROUND = 160  # characters of the neighbours, on either side
LONGEST = 2_000  # characters of a quote on the page; the whole stands in claims.jsonl
WHOLE = ("sentence", "heading", "title")


@dataclass(frozen=True, slots=True)
class Context:
    """A quote between the words before and after it, each ready to be escaped; `start` and `end` of it all."""

    before: str
    quote: str
    after: str
    start: int = 0
    end: int = 0


class Sentences:
    """The sentences of one document, ready to be asked for what surrounds a quote."""

    def __init__(self, text: str, quotes: Sequence[Quote]) -> None:
        """Keep the text as it may be shown and the stretches that are whole sentences."""
        self.text = text
        whole = sorted((q for q in quotes if q.kind in WHOLE), key=lambda q: (q.start, q.end))
        self._stretches = whole
        self._starts = [quote.start for quote in whole]

    def _paragraph(self, quote: Quote) -> tuple[int, int]:
        """Return where the paragraph of a quote's sentence begins and ends."""
        at = max(bisect_right(self._starts, quote.start) - 1, 0)
        if not self._stretches:
            return quote.start, quote.end
        number, first, last = self._stretches[at].paragraph, at, at
        while first > 0 and self._stretches[first - 1].paragraph == number and at - first < 3:
            first -= 1
        while last + 1 < len(self._stretches) and self._stretches[last + 1].paragraph == number and last - at < 3:
            last += 1
        return self._stretches[first].start, self._stretches[last].end

    def _sentence(self, quote: Quote) -> tuple[int, int]:
        first = max(bisect_right(self._starts, quote.start) - 1, 0)
        last = bisect_left(self._starts, quote.end)
        around = [q for q in self._stretches[first:last] if q.end > quote.start]
        return min((quote.start, *(q.start for q in around))), max((quote.end, *(q.end for q in around)))

    def around(self, claim: Claim) -> Context:
        """Return a claim's quote in its sentence; a short sentence comes with the words beside it."""
        quote = claim.quote
        start, end = self._sentence(quote)
        if end - start < SHORT:
            first, last = self._paragraph(quote)
            start, end = max(min(first, start), start - AROUND), min(max(last, end), end + AROUND)
        start, end = max(start, quote.start - LONGEST // 4), min(end, quote.end + LONGEST // 4)
        before = stretched(self._from_word(self.text[start : quote.start], start))
        after = stretched(self._to_word(self.text[quote.end : end], end))
        return Context(before, _shortened(quote.text), after, start, end)

    def _from_word(self, before: str, start: int) -> str:
        if start in self._starts or start == 0 or not before:
            return before
        return "… " + before.partition(" ")[2]

    def _to_word(self, after: str, end: int) -> str:
        if not after or end >= len(self.text) or self._ends(end):
            return after
        return after.rpartition(" ")[0] + " …"

    def _ends(self, end: int) -> bool:
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and self._stretches[at].end == end


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]} … [{len(text) - LONGEST:,} more characters in claims.jsonl]"
