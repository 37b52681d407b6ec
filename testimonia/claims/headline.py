"""Whose words does a headline give? "Two killed in the port, – governor", "Governor: two killed in the port".

A source stands behind the sign that ends a headline, or before the colon that begins it. Posts often come as one line,
in which the text runs on behind the source without a stop: the name ends then where it is told to end by what it is
made of (quotation marks, a given name and the surname behind it, a change of script), or before a word that begins a
sentence. Behind a comma and a dash anybody may stand; a dash or a colon alone is used for much else, so that there the
name has to be one by itself: a noun for a speaker, a given name, letters of another script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from testimonia.claims.attribution import SAME, Said
from testimonia.claims.named import name as proper
from testimonia.claims.sides import Tables
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, Word, words

KEPT = 512  # headlines whose sources are kept: they are asked for claim by claim
LONG = 8  # words of a source
SHORT = 3  # words of a name that needs no noun for a speaker
REACH = 110  # characters behind the sign among which a source is read
SIGN = re.compile(r"(?P<strong>[,»”\"!?.…]\s*[-–—]|,\s)?(?(strong)|\s[-–—])\s*(?=[^\W_]|[«“\"@])")
LAST = re.compile(r"(?:(?P<strong>[,»”\"!?.…]\s*[-–—])|\s[-–—]|:)\s*(?P<name>(?:(?!\s-\s)[^,–—:\n]){2,80})$")
FIRST = re.compile(r"[^\w]*(?P<name>[^:\n.?!]{2,60}):(?:\s|$)")
FURNITURE = re.compile(
    r"\s*(?:\(\d[\d.:/, ]+\))?\s*[«|»][^«»|]*(?:\|[^|]*)*$|\s*\(\d[\d.:/, ]+\)$"
)  # of a page, behind a title
SITE = re.compile(r"@?\w[\w-]*(?:\.[a-z]{2,})+\b", re.ASCII)
QUOTED = re.compile(r"[«“\"][^»”\"\n]{2,40}[»”\"]")
GAP = re.compile(r"[\s«»“”\"'’.+-]*")


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a headline, and where its name ends; `strong` where more than a dash stands before it."""

    said: Said
    end: int
    strong: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands behind a sign: its words, and the nouns for speakers among them."""

    text: str
    words: Sequence[Word]
    nouns: Sequence[Hit]
    pack: LanguagePack
    packs: Packs

    def spoken(self, at: int) -> bool:
        return any(noun.first <= at < noun.last for noun in self.nouns)

    def capital(self, at: int) -> bool:
        """Say whether a word has a capital letter: its first, or a later one as in an abbreviation put together."""
        return any(char.isupper() for char in self.text[self.words[at].start : self.words[at].end])

    @property
    def cyrillic(self) -> bool:
        """Say whether the language is written in other letters than Latin ones."""
        return not next(iter(self.pack.list("frequent")), "a").isascii()

    def foreign(self, at: int) -> bool:
        """Say whether a word is in Latin letters in a language that is written in others."""
        return self.cyrillic and self.words[at].form.isascii() and not self.words[at].form.isdigit()

    def given(self, at: int) -> bool:
        return self.words[at].form in self.pack.list("given_names") and self.capital(at)

    def begins(self, at: int) -> bool:
        """Say whether a word is one that begins a sentence and is no name: a common word or one of time."""
        form = self.words[at].form
        times = self.pack.table("dates").find(self.words[at : at + 2])
        common = form in self.pack.list("frequent") or form in self.pack.list("prepositions")
        return not self.spoken(at) and (common or form.isdigit() or any(hit.first == 0 for hit in times))


def role_of(name: str, pack: LanguagePack) -> str | None:
    """Return the role of a speaker by the first noun for speakers in the name."""
    return next((hit.value for hit in pack.table("speakers").find(name) if hit.value != SAME), None)


def _line(text: str, pack: LanguagePack, packs: Packs) -> _Line:
    split = words(text)
    nouns = [hit for hit in pack.table("speakers").find(split) if hit.value != SAME]
    return _Line(text, split, nouns, pack, packs)


def _run(line: _Line) -> int:
    """Return how many words in a row are capitalised or nouns for speakers, with no stop or comma among them."""
    for at in range(min(len(line.words), LONG)):
        gap = line.text[line.words[at - 1].end : line.words[at].start] if at else ""
        number = line.words[at].form.isdigit() and bool(at) and line.foreign(at - 1)
        if not GAP.fullmatch(gap) or not (number or line.capital(at) or line.spoken(at)):
            return at
        if line.begins(at) and not number:
            return at
    return min(len(line.words), LONG)


def _ended(line: _Line, run: int) -> int:
    """Return how many words of a run are the name, where the text may run on behind it."""
    person = next((at for at in range(run - 1) if line.given(at)), None)
    if person is not None:
        return person + 2
    if line.foreign(0):
        return next((at for at in range(1, run) if not line.foreign(at) and not line.words[at].form.isdigit()), run)
    stopped = run == len(line.words) or line.begins(run)
    return run if run == 1 or stopped or line.spoken(run - 1) else run - 1


def _role(line: _Line, last: int) -> str | None:
    return next((noun.value for noun in line.nouns if noun.first < last), None)


def _told(line: _Line, last: int, *, strong: bool) -> bool:
    """Say whether the first words of a line are a name that may stand behind the sign."""
    name = line.text[: line.words[last - 1].end]
    if line.foreign(0) or line.given(0):
        return True
    if not line.nouns or line.nouns[0].first > 1:
        return strong and proper(name, line.pack, line.packs, to_end=True) == name
    follows = last == len(line.words) or line.capital(last)
    return proper(name, line.pack, line.packs) is not None and (strong or line.capital(0) or follows)


def _named(line: _Line, *, strong: bool) -> tuple[str, int] | None:
    """Read the name at the head of what stands behind a sign, and where it ends."""
    for pattern in (SITE, QUOTED):
        if m := pattern.match(line.text):
            return m[0], m.end()
    run = _run(line)
    last = _ended(line, run) if run else 0
    if not last or not _told(line, last, strong=strong):
        return None
    end = line.words[last - 1].end
    return line.text[:end], end


def _behind(text: str, pack: LanguagePack, packs: Packs) -> Iterator[Source]:
    """Yield the sources that stand behind a sign, with the text running on behind them."""
    for m in SIGN.finditer(text):
        if m["strong"] and not re.search(r"[-–—]", m[0]):
            continue
        line = _line(text[m.end() : m.end() + REACH], pack, packs)
        named = _named(line, strong=bool(m["strong"]))
        if named:
            said = Said(0, named[0], _role(line, len(words(named[0]))), start=m.end(), end=m.end() + named[1])
            yield Source(said, m.end() + named[1], bool(m["strong"]))


def _all(line: _Line, name: str) -> bool:
    """Say whether a line is a name and nothing else, but for where it is from ("police in the city")."""
    rest = words(line.text[len(name) :])
    return line.text.startswith(name) and (not rest or rest[0].form in line.pack.list("prepositions"))


def last(text: str, pack: LanguagePack, packs: Packs, *, head: bool) -> Source | None:
    """Read the source that ends a line; a dash or a colon alone only ends a headline (`head`) so."""
    text = FURNITURE.sub("", text).rstrip(" .!")
    m = LAST.search(text)
    if m is None or not (head or m["strong"]):
        return None
    line = _line(m["name"].strip(' «»“”"'), pack, packs)
    dash = "-" in m[0] or "–" in m[0] or "—" in m[0]
    if not line.words or len(line.words) > LONG or (line.nouns and line.nouns[0].first > 1):
        return None
    whole = proper(line.text, pack, packs, to_end=line.cyrillic) if line.nouns else None
    if not whole or not _all(line, whole):
        named = _named(line, strong=bool(m["strong"]) or (dash and len(line.words) <= SHORT))
        whole = named[0] if named and named[1] >= len(line.text) - 1 else None
    said = Said(0, whole, _role(line, LONG), start=m.start("name"), end=m.end()) if whole else None
    return Source(said, len(text)) if said else None


def first(text: str, pack: LanguagePack, packs: Packs) -> Source | None:
    """Read the source that a headline begins with: "Governor: two killed"."""
    m = FIRST.match(text)
    if m is None:
        return None
    line = _line(m["name"].strip(), pack, packs)
    run = _run(line) if line.words else 0
    alone = m.end() >= len(text.rstrip())  # a line of its own
    whole = proper(line.text, pack, packs, to_end=line.cyrillic) if run else None
    office = line.cyrillic and bool(line.nouns) and whole == line.text and (line.given(0) or line.spoken(0))
    if (run < len(line.words) and not office) or not (line.given(0) or line.nouns or alone):
        return None
    return (
        Source(Said(0, whole, _role(line, LONG), start=m.start("name"), end=m.end("name")), m.end()) if whole else None
    )


def within(text: str, pack: LanguagePack, packs: Packs) -> Source | None:
    """Read the source that ends a line, or that stands behind a comma and a dash with the text running on behind it."""
    found = (one for one in _behind(text, pack, packs) if one.strong and (one.said.role or " " in one.said.name))
    return last(text, pack, packs, head=False) or next(found, None)


def source(text: str, pack: LanguagePack, packs: Packs) -> Source | None:
    """Read whose words a headline gives, and the text behind it where it runs on in the same line."""
    return _source(text, Tables.of(pack, packs))


@lru_cache(maxsize=KEPT)
def _source(text: str, tables: Tables) -> Source | None:
    pack, packs = tables.pack, tables.packs
    return last(text, pack, packs, head=True) or first(text, pack, packs) or next(_behind(text, pack, packs), None)
