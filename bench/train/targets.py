"""From annotated documents to what the network is to say of their windows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from testimonia.claims import coded_sentences, looks
from testimonia.claims.learned.heads import NOBODY, Ask
from testimonia.claims.learned.marks import Marked, marker
from testimonia.claims.learned.pieces import Pieces
from testimonia.claims.learned.sight import Sight, sight
from testimonia.claims.learned.windows import Stretch, Window
from testimonia.claims.looked import LONGEST
from testimonia.packs import Packs
from testimonia.phrases import words
from testimonia.read import read
from testimonia.records import Document
from testimonia.without_project import documents

SHORT = 4  # letters of a word that is compared whole
APART = 3  # words between two words of one name
ALIKE = 0.5  # share of a speaker's words that the words of the text must hold
UNSURE = 0.6  # weight of a claim of which a second reader could decide otherwise


@dataclass(frozen=True, slots=True)
class Target:
    """What the network is to say of one claim: numbers of codes, or of those it may point at.

    `actor` and `target` are empty where no party of the window has the code, `speaker` is None where the words of the
    speaker are not found in the window, and empty where nobody is cited. `single` says whether it befell one, where no
    number of the text is its count; it is None elsewhere.
    """

    ask: Ask
    modality: int
    group: int
    actor: tuple[int, ...]
    target: tuple[int, ...]
    speaker: tuple[tuple[int, int], ...] | None
    weight: float
    single: bool | None


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its targets."""

    document: str
    window: Window
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that the network knows, in the order of its outputs."""

    types: tuple[str, ...]
    modalities: tuple[str, ...]
    groups: tuple[str | None, ...]
    marks: Mapping[str, int]


def _stem(word: str) -> str:
    return word if len(word) <= SHORT else word[: max(3, len(word) - 2)]


def _alike(word: str, stem: str) -> bool:
    return word.startswith(stem) or (len(word) > SHORT and stem.startswith(_stem(word)))


def named(speaker: str, text: Sequence[tuple[str, int, int]]) -> list[tuple[int, int]]:
    """Return the stretches of a text that name a speaker, in any case form: those that hold most of its words.

    `text` holds folded words with where they stand, as positions that the caller understands.
    """
    wanted = {_stem(word.form) for word in words(speaker) if len(word.form) > 1}
    runs: list[list[int]] = []
    for at, (form, _, _) in enumerate(text):
        if any(_alike(form, stem) for stem in wanted):
            if runs and at - runs[-1][-1] <= APART:
                runs[-1].append(at)
            else:
                runs.append([at])
    scored = [(len({s for s in wanted for at in run if _alike(text[at][0], s)}) / len(wanted), run) for run in runs]
    best = max((score for score, _ in scored), default=0.0)
    return [(text[run[0]][1], text[run[-1]][2]) for score, run in scored if score >= max(ALIKE, best)]


def _single(count: Mapping[str, Any] | None) -> bool | None:
    """Say whether a count that no number of the text gives is one; None where it is another."""
    if count is None:
        return False
    return True if count["low"] == count["high"] == 1 else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """One window read against the claims of its document."""

    window: Window
    marked: Sequence[Marked]
    codes: Codes

    def targets(self, claims: Iterable[Mapping[str, Any]]) -> Iterator[Target]:
        for claim in claims:
            span = self._span(claim["start"], claim["end"])
            if span:
                figure = self._figure(claim, span)
                yield Target(
                    Ask(*span, self.codes.types.index(claim["type"]), figure),
                    self.codes.modalities.index(claim["modality"]),
                    self.codes.groups.index(claim["group"]) if claim["group"] in self.codes.groups else 0,
                    self._parties(claim["actor"], ("civilians",) if claim["actor"] == "civilians" else ()),
                    self._parties(
                        claim["target"], (None, "civilians") if claim["target"] in (None, "civilians") else ()
                    ),
                    self._speaker(claim["speaker"]),
                    1.0 if claim.get("sure", True) else UNSURE,
                    _single(claim["count"]) if figure is None else None,
                )

    def _span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the fresh pieces that a stretch of the document covers."""
        found = []
        for sentence in self.window.fresh:
            begin = self.marked[sentence].quote.start
            if span := self.window.within(sentence, start - begin, end - begin):
                found.append(span)
        return (found[0][0], found[-1][1]) if found else None

    def _figure(self, claim: Mapping[str, Any], span: tuple[int, int]) -> Stretch | None:
        """Return the number of the window that a claim's count is."""
        count = claim["count"]
        if not count:
            return None
        same = []
        for one in self.window.figures:
            figure = self.marked[one.sentence].figures[one.index]
            if (figure.low, figure.high) == (count["low"], count["high"]):
                same.append(one)
        inside = [one for one in same if one.first < span[1] and one.last > span[0]]
        return next(iter((*inside, *same)), None)

    def _parties(self, code: str | None, also: tuple[str | None, ...]) -> tuple[int, ...]:
        """Return what may be pointed at for a code."""
        nobody = [at for at, one in enumerate(NOBODY) if one == code or one in also]
        named = [
            len(NOBODY) + at
            for at, one in enumerate(self.window.parties)
            if code is not None and self.marked[one.sentence].mentions[one.index].code == code
        ]
        return (*nobody, *named)

    def _speaker(self, speaker: str | None) -> tuple[tuple[int, int], ...] | None:
        if not speaker:
            return ()
        text: list[tuple[str, int, int]] = []
        for sentence in dict.fromkeys(of for of in self.window.sentences if of >= 0):
            split = words(self.marked[sentence].quote.text)
            spans = ((word.form, self.window.within(sentence, word.start, word.end)) for word in split)
            text.extend((form, *span) for form, span in spans if span)
        found = [(first, last - 1) for first, last in named(speaker, text)]
        return tuple(found) or None


def examples(document: Document, seen: Sight, claims: Sequence[Mapping[str, Any]], codes: Codes) -> Iterator[Example]:
    """Yield the windows of a document with their targets."""
    for window in seen.windows:
        yield Example(document.file, window, tuple(_Reader(window, seen.marked, codes).targets(claims)))


def annotated(folder: Path, packs: Packs, pieces: Pieces, codes: Codes) -> Iterator[Example]:
    """Yield the examples of a folder of annotated documents: `docs`, `claims` and `index.jsonl`."""
    for document in documents(folder / "docs", folder / "index.jsonl"):
        sentences = coded_sentences(read(document, packs))
        seen = sight(document, sentences, looks(document, sentences, packs), packs, pieces, codes.marks)
        yield from examples(document, seen, claims_of(folder, document), codes)


def claims_of(folder: Path, document: Document) -> list[dict[str, Any]]:
    """Return the annotated claims of a document."""
    text = (folder / "claims" / f"{document.file}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def vocabulary(folder: Path, packs: Packs) -> tuple[str, ...]:
    """Return the names of all marks that the documents of a folder have, in order."""
    names: set[str] = set()
    for document in documents(folder / "docs", folder / "index.jsonl"):
        sentences = coded_sentences(read(document, packs))
        mark = marker(document, sentences, packs)
        for sentence, look in zip(sentences, looks(document, sentences, packs), strict=True):
            if packs.language(sentence.lang) and len(sentence.text) <= LONGEST:
                names.update(one.name for one in mark.marked(sentence, look).marks)
    return tuple(sorted(names))
