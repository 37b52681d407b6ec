"""What a question is asked about: one happening that one sentence speaks of, with its surroundings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, Word
from testimonia.records import Document, Modality, Quote, Reason

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """One happening in one sentence. All offsets here count in `sentence.text`, those of `before` in their own text.

    `trigger` is the phrase that names the type (its value), `clause` the stretch around it that states the happening,
    `before` the sentences that come earlier in the document, the nearest last, `words` the words of the sentence,
    `saying` the stretches of it that only say who says it, `modality` whether it is told as a fact, a plan, …
    """

    document: Document
    sentence: Quote
    before: tuple[Quote, ...]
    words: tuple[Word, ...]
    trigger: Hit
    clause: tuple[int, int]
    pack: LanguagePack
    packs: Packs
    saying: tuple[tuple[int, int], ...] = ()
    modality: Modality = "asserted"

    @property
    def text(self) -> str:
        """The words of the clause."""
        return self.sentence.text[self.clause[0] : self.clause[1]]

    def within(self, start: int, end: int) -> bool:
        """Say whether a stretch of the sentence lies inside the clause."""
        return self.clause[0] <= start and end <= self.clause[1]

    def only_says(self, start: int, end: int) -> bool:
        """Say whether a stretch of the sentence lies where it only says who says it."""
        return any(first <= start and end <= last for first, last in self.saying)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """The value that a question was answered with, and the words that decided."""

    value: T
    reasons: tuple[Reason, ...] = ()
