"""A sentence made ready for the question whom it cites: words of saying and nouns for speakers, looked up once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from testimonia.claims.clause import Segment, segments
from testimonia.claims.named import capital
from testimonia.claims.sides import Tables
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, Word, Words, words

LEAD = 3  # words in no table that a name may begin with, or be
KEPT = 2048  # sentences whose sayings are kept: the questions come back to the same ones, claim by claim
LATIN = re.compile(r"[a-z]")
CUT = re.compile(r"[:;]")  # «Місцеві кажуть: у Суджі …» cites nobody "in Sudzha"
SAME = "same"


@dataclass(frozen=True, slots=True)
class Said:
    """Words of saying at `at` (word index) with the speaker they name; `same` where it is the speaker before.

    `begin` is the word that the name begins at; `start` and `end` are where its words stand in the sentence (in
    characters, before the name was put into the nominative). All are -1 where the sentence does not name the speaker.
    """

    at: int
    name: str
    role: str | None = None
    same: bool = False
    value: str = "said"
    via: tuple[str, ...] = ()
    begin: int = -1
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence made ready for the question. Two are the same where they are one object: `ready` keeps them."""

    text: str
    words: tuple[Word, ...]
    parts: tuple[Segment, ...]
    nouns: tuple[Hit, ...]
    verbs: tuple[Hit, ...]
    pack: LanguagePack
    packs: Packs

    def stretch(self, first: int, last: int) -> str:
        """Return the text from one word to another (excluded)."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def spoken(self, hit: Hit, first: int, last: int, *, same: bool = False) -> Said:
        """Return the saying whose speaker is called by the words from one to another (excluded), as they stand."""
        start, end = self.words[first].start, self.words[last - 1].end
        return Said(hit.first, self.text[start:end], None, same, hit.value, (), -1, start, end)

    def capital(self, at: int) -> bool:
        """Say whether a word begins with a capital letter, or is in Latin letters in a language that has others."""
        word = self.words[at]
        return capital(self.text, word) or (self.cyrillic and LATIN.match(word.form) is not None)

    @property
    def cyrillic(self) -> bool:
        """Say whether the language is written in other letters than Latin ones."""
        return not next(iter(self.pack.list("frequent")), "a").isascii()

    def listed(self, at: int, name: str) -> bool:
        """Say whether a word stands in a list of the pack."""
        return self.words[at].form in self.pack.list(name)


def ready(text: str, pack: LanguagePack, packs: Packs) -> Sentence:
    """Look up once what the question needs; a sentence that is asked for again is the same object."""
    return _ready(text, Tables.of(pack, packs))


@lru_cache(maxsize=KEPT)
def _ready(text: str, tables: Tables) -> Sentence:
    pack, split = tables.pack, words(text)
    found = (hit for hit in pack.table("speech").find(split) if hit.value not in ("none", "heading"))
    whole = (one for hit in found for one in _uncut(hit, text, split, pack))
    verbs = tuple(hit for hit in whole if not _of_a_count(hit, split, pack) and not _no_verb(hit, split, pack))
    if not verbs:  # nobody is cited: nothing else is asked of it
        return Sentence(text, split, (), (), (), pack, tables.packs)
    nouns = tuple(_nouns(split, pack))
    return Sentence(text, split, segments(text, split, pack), nouns, verbs, pack, tables.packs)


def _uncut(hit: Hit, text: str, split: Sequence[Word], pack: LanguagePack) -> Sequence[Hit]:
    """Return a phrase that no sign cuts in two; of another, what its words before the sign say by themselves."""
    sign = CUT.search(text, hit.start, hit.end)
    if not sign:
        return [hit]
    before = [word for word in split[hit.first : hit.last] if word.end <= sign.start()]
    inner = pack.table("speech").find(Words(before))
    return [replace(one, first=one.first + hit.first, last=one.last + hit.first) for one in inner]


def _nouns(split: Sequence[Word], pack: LanguagePack) -> Iterator[Hit]:
    """Yield the nouns for speakers.

    "The governor" stands for one named before, "the governor of the island" does not.
    """
    table = pack.table("speakers")
    for hit in table.find(split):
        joined = hit.value == SAME and hit.last < len(split) and split[hit.last].form in pack.list("joiners")
        within = split[hit.first + 1 : hit.last] if joined else ()
        inner = table.find(within, overlapping=True)
        if inner:
            yield replace(inner[-1], first=inner[-1].first + hit.first + 1, last=inner[-1].last + hit.first + 1)
        else:
            yield hit


def _of_a_count(hit: Hit, split: Sequence[Word], pack: LanguagePack) -> bool:
    """Say whether a word only tells of a counted noun that it is reported: "73 reported deaths"."""
    if not hit.first or not split[hit.first - 1].form[-1].isdigit():
        return False
    return any(trigger.first == hit.last and "noun" in trigger.tags for trigger in pack.table("triggers").find(split))


def _no_verb(hit: Hit, split: Sequence[Word], pack: LanguagePack) -> bool:
    """Say whether a form of a verb is an adjective or a passive: "an alleged strike", "people are estimated to …"."""
    if hit.value not in ("said", "claimed") or not hit.first or not pack.list("determiners"):
        return False
    before = split[hit.first - 1].form
    if "plural" in hit.tags:  # "officials report", "a report"
        return not (before.endswith("s") or before in pack.list("plurals"))
    passive = any(e.value == "be" and e.phrase == before for e in pack.table("breaks").entries)
    article = any(e.phrase == before and "article" in e.tags for e in pack.table("numbers").entries)
    noun = before[-1].isdigit() or (before in pack.list("determiners") and hit.last - hit.first == 1)
    return passive or article or (noun and hit.value == "claimed")


def spoken(sentence: Sentence, at: int) -> bool:
    """Say whether a word is one that names are made of: a capital or a noun for a speaker."""
    if any(n.first <= at < n.last and n.value != SAME for n in sentence.nouns):
        return True
    return sentence.capital(at) and not sentence.listed(at, "frequent")


def plain(sentence: Sentence, at: int) -> bool:
    """Say whether a word may be any noun or adjective: no function word, no number, no word of saying."""
    functions = any(sentence.listed(at, name) for name in ("frequent", "prepositions", "adverbs"))
    verb = any(v.first <= at < v.last for v in sentence.verbs)
    return not functions and not verb and not sentence.words[at].form.isdigit()
