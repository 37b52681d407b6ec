"""A sentence with the words that stand around place names: what leads to a name, and what speaks against one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from testimonia.claims.forms import key
from testimonia.claims.toponyms import Toponyms
from testimonia.phrases import Hit, Word, words

GOVERN = ("in", "near", "between")  # words that stand before the place where something happens
SHORT = 6  # letters below which a word in capitals is an acronym
QUOTES = frozenset('"«»“”„')


class Line:
    """One sentence: its words, the words around places by the word that they begin at, the words that name states."""

    def __init__(self, places: Toponyms, text: str) -> None:
        self.places, self.text = places, text
        self.words: tuple[Word, ...] = words(text)
        self.hits: dict[int, list[Hit]] = {}
        self.by_value: dict[tuple[int, str], Hit] = {}
        self.abroad = {at for hit in places.states.find(self.words) for at in range(hit.first, hit.last)}
        for table in places.around:
            for hit in table.find(self.words, overlapping=True):
                if hit.value != "cue" or hit.end - hit.start > 1 or text[hit.end : hit.end + 1] == ".":
                    self.hits.setdefault(hit.first, []).append(hit)
                    self.by_value.setdefault((hit.first, hit.value), hit)

    @cached_property
    def others(self) -> frozenset[int]:
        """The words that are common, or known to name no place."""
        tables = (hit for table in self.places.others for hit in table.find(self.words, overlapping=True))
        common = {at for at, word in enumerate(self.words) if word.form in self.places.frequent}
        return frozenset(common | {at for hit in tables for at in range(hit.first, hit.last)})

    def starts(self, first: int) -> bool:
        """Say whether a word begins a sentence or what is as good as one."""
        return first == 0 or bool(re.search(r"[.!?\n:]\s*[«\"“]?$", self.text[: self.words[first].start]))

    def quoted(self, first: int, last: int) -> bool:
        """Say whether the words alone stand in quotation marks: the name of a ship or a weapon, as a rule."""
        before, after = self.text[: self.words[first].start], self.text[self.words[last - 1].end :]
        return bool(before) and before[-1] in QUOTES and bool(after) and after[0] in QUOTES

    def acronym(self, at: int) -> bool:
        """Say whether a short word stands in capitals where the rest does not: SANA is no Sanaa."""
        said = self.text[self.words[at].start : self.words[at].end]
        return len(said) < SHORT and said.isupper() and not self.text.isupper()

    def written(self, first: int, last: int) -> str:
        """Return some words as they are written."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def hit(self, at: int, value: str) -> Hit | None:
        """Return the word of a kind around places that begins at a word."""
        return self.by_value.get((at, value))

    def before(self, at: int, value: str) -> Hit | None:
        """Return the word of a kind around places that ends right before a word."""
        for back in (1, 2, 3):
            hit = self.by_value.get((at - back, value))
            if hit and hit.last == at:
                return hit
        return None

    def touching(self, at: int) -> Iterator[Hit]:
        """Yield the words around places that end right before a word."""
        return (hit for back in range(1, 6) for hit in self.hits.get(at - back, ()) if hit.last == at)

    def leads(self, first: int) -> bool:
        """Say whether a word of place stands right before, or before an adjective: "in occupied X"."""
        while skipped := next((hit for hit in self.touching(first) if hit.value == "skip"), None):
            first = skipped.first
        return any(hit.value in GOVERN or hit.value.startswith("bearing ") for hit in self.touching(first))

    def joined(self, at: int, *, capital: bool = True) -> bool:
        """Say whether a word goes on with the next behind a single space; `capital` where it has to be one."""
        return self.text[self.words[at].end : self.words[at + 1].start] == " " and (not capital or self.capital(at))

    def capital(self, at: int) -> bool:
        """Say whether a word begins with a capital."""
        return self.text[self.words[at].start].isupper()

    def given(self, at: int) -> bool:
        """Say whether a word is a given name."""
        return key(self.words[at].form, self.places.stem) in self.places.given

    def person(self, first: int, last: int) -> bool:
        """Say whether a given name stands right before, or a capitalised word that makes the two a person's name."""
        if first and self.given(first - 1) and self.joined(first - 1):
            return True
        return self.given(first) and last < len(self.words) and self.capital(last) and self.joined(first)
