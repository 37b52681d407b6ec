"""Write down, for every annotated claim, what the pointers (pointers.py) are trained on: states, and what is known.

    python bench/train/pointed.py ANNOTATED… --score SCORE.py --out FOLDER [--held FILE] [--part 0/1]

Each ANNOTATED is a folder with `docs`, `claims` and `index.jsonl`; SCORE.py says which answers are the same
(bench/claims.py). The encoder stays as it ships. One file for every forty documents, those that --held names in files
of their own. --part 0/2 and --part 1/2 share the work between two processes.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from targets import claims_of

from testimonia.claims import coded_sentences, looks, saying
from testimonia.claims.asked import Asked
from testimonia.claims.learned import moments, spots
from testimonia.claims.learned.encoder import Encoder, load
from testimonia.claims.learned.heads import Ask, Reading
from testimonia.claims.learned.opinion import opinion
from testimonia.claims.learned.pointer import Surroundings, in_reach, surroundings
from testimonia.claims.looked import Seen, happening
from testimonia.claims.own_day import with_own_day
from testimonia.claims.place import place
from testimonia.claims.when import when
from testimonia.packs import Packs, load_packs
from testimonia.phrases import Entry, Hit, words
from testimonia.read import read
from testimonia.records import Document, Quote, Reason
from testimonia.without_project import documents

sys.path.insert(0, str(Path(__file__).parents[1]))
from claims import scorer

Gold: TypeAlias = Mapping[str, Any]
SHARD = 40  # documents


@dataclass(slots=True)
class Case:
    """One claim before one question: what the pointer sees of it, what is right, and what the rules say.

    `right` are the stretches that are right, the number behind the last stands for none. `answers` is what each stretch
    answers, in the fields of the annotation guide, as `gold` and `ruled` are.
    """

    document: str
    lang: str
    sure: bool
    day: str | None
    gold: tuple[Any, ...]
    ruled: tuple[Any, ...]
    claim: NDArray[np.float16]
    known: list[int]
    rows: NDArray[np.int16]
    shown: NDArray[np.bool_]
    states: NDArray[np.float16]
    answers: list[tuple[Any, ...]]
    right: list[int]
    about: dict[str, Any] = field(default_factory=dict)


@dataclass
class Reader:
    """One document that the encoder has read, with the places and days that it names."""

    document: Document
    sentences: Sequence[Quote]
    looked: Sequence[Seen | None]
    packs: Packs
    encoder: Encoder
    score: ModuleType

    def __post_init__(self) -> None:
        self.opinion = opinion(self.encoder, self.document, self.sentences, self.looked, self.packs)
        self.spots = spots.Spots(self.document, self.sentences, self.packs)
        self.moments = moments.Moments(self.document, self.sentences, self.packs)
        self.numbers = {sentence: at for at, sentence in enumerate(self.opinion.sight.at)}

    def cases(self, claim: Gold) -> tuple[Case, Case] | None:
        """Return a claim before both questions; None where the encoder does not read its sentence."""
        shares = [min(q.end, claim["end"]) - max(q.start, claim["start"]) for q in self.sentences]
        at = int(np.argmax(shares)) if shares else -1
        found = self.opinion.reading(at) if at >= 0 and shares[at] > 0 else None
        quote = self.sentences[at]
        stretch = max(claim["start"] - quote.start, 0), min(claim["end"], quote.end) - quote.start
        span = found[0].window.within(found[1], *stretch) if found else None
        if found is None or span is None:
            return None
        asked = self._asked(at, claim, stretch)
        ask = Ask(*span, self.encoder.types.index(claim["type"]))
        return self._where(claim, asked, at, found[0], ask), self._when(claim, asked, at, found[0], ask)

    def _asked(self, at: int, claim: Gold, stretch: tuple[int, int]) -> Asked:
        """Return the question about a claim: about the phrase that names the type, else about all of its quote."""
        quote, look = self.sentences[at], self.looked[at]
        pack = self.packs.languages[quote.lang]
        trigger, clause = _trigger(look, claim["type"], *stretch)
        only = saying.sayings(look.words, look.parts, look.hits, pack) if look else ()
        before = tuple(self.sentences[one] for one in in_reach(at, len(self.sentences)) if one < at)
        return Asked(
            self.document, quote, before, words(quote.text), trigger, clause, pack, self.packs, only, claim["modality"]
        )

    def _where(self, claim: Gold, asked: Asked, at: int, reading: Reading, ask: Ask) -> Case:
        found, near = place(asked), self.spots.near(at)
        seen = surroundings(reading, self.numbers, ask, near)
        ruled = spots.Ruled(*found.value, _rule(found.reasons))
        answers = [(s.place.name if s.place else None, s.place.adm1 if s.place else s.unit) for s in near]
        case = self._case(claim, asked, seen, answers, (claim.get("place"), claim.get("adm1")))
        case.ruled = (ruled.place.name if ruled.place else None, ruled.adm1)
        case.known = spots.of_claim(asked, ask.type, ruled, near, at)
        case.rows = _table(spots.of_each(asked, at, near, seen, self.sentences, ruled), spots.SIZES.of_each)
        case.right = self._right_where(case.gold, near)
        return case

    def _right_where(self, gold: tuple[Any, ...], near: Sequence[spots.Spot]) -> list[int]:
        """Return the mentions of the place, else of the unit; where there is neither, those of states, and none."""
        where, adm1 = gold
        if where:
            return [at for at, s in enumerate(near) if s.place and self.score.same("place", where, s.place.name)]
        units = [at for at, s in enumerate(near) if adm1 and s.unit and self.score.same("adm1", adm1, s.unit)]
        return units or [*(at for at, s in enumerate(near) if not (adm1 or s.place or s.unit)), len(near)]

    def _when(self, claim: Gold, asked: Asked, at: int, reading: Reading, ask: Ask) -> Case:
        found, near = when(asked), self.moments.near(at, asked)
        seen = surroundings(reading, self.numbers, ask, near)
        ruled = moments.Ruled(found.value, _rule(found.reasons))
        answers = [(_days(one.days),) for one in near]
        case = self._case(claim, asked, seen, answers, (_days(claim.get("date")),))
        case.ruled = (_days(ruled.days),)
        case.known = moments.of_claim(asked, ask.type, ruled, near, at)
        case.rows = _table(moments.of_each(asked, at, near, seen, self.sentences, ruled), moments.SIZES.of_each)
        right = [n for n, (days,) in enumerate(answers) if self.score.same("date", case.gold[0], days, case.day)]
        unsaid = self.score.same("date", case.gold[0], None, case.day)
        case.right = [*right, *([len(near)] if unsaid else [])]
        return case

    def _case(
        self, claim: Gold, asked: Asked, seen: Surroundings, answers: list[tuple[Any, ...]], gold: tuple[Any, ...]
    ) -> Case:
        own = self.document.date
        day = own.first.isoformat() if own and own.first == own.last else None
        shown = np.array([piece is not None for piece in seen.pieces], dtype=bool)
        return Case(
            self.document.file, asked.sentence.lang, claim.get("sure", True), day, gold, (),
            seen.claim.astype(np.float16), [], np.zeros((0, 0), dtype=np.int16), shown,
            seen.states.astype(np.float16), answers, [], {"quote": claim["quote"], "type": claim["type"]},
        )  # fmt: skip


def _rule(reasons: Sequence[Reason]) -> str:
    return next((reason.rule for reason in reasons), "")


def _days(days: Any) -> tuple[str, str] | None:
    return (str(days[0]), str(days[1])) if days else None


def _table(each: Sequence[Sequence[int]], sizes: Mapping[str, int]) -> NDArray[np.int16]:
    return np.array(each, dtype=np.int16).reshape(len(each), len(sizes))


def _trigger(look: Seen | None, kind: str, start: int, end: int) -> tuple[Hit, tuple[int, int]]:
    """Return the phrase in a quote that names the type, and its clause; the quote itself where the rules see none."""
    for hit in look.hits if look else ():
        if look and hit.value == kind and start <= hit.start and hit.end <= end:
            found = happening(look, hit)
            if found:
                return hit, found.stretch
    return Hit(start, min(end, start + 1), Entry(kind, ""), 0, 0), (start, end)


def _read(
    document: Document, folder: Path, packs: Packs, encoder: Encoder, score: ModuleType
) -> list[tuple[Case, Case]]:
    """Return the claims of a document before both questions."""
    claims = claims_of(folder, document)
    if not claims:
        return []
    sentences = coded_sentences(read(document, packs))
    document = with_own_day(document, packs)
    reader = Reader(document, sentences, looks(document, sentences, packs), packs, encoder, score)
    right = (one for one in claims if document.text[one["start"] : one["end"]] == one["quote"])
    return [both for one in right if (both := reader.cases(one))]


def _work(folders: Sequence[Path], held: frozenset[str]) -> Iterator[tuple[str, Document, Path]]:
    """Yield the documents, those held out first, each with what it is for."""
    every = [(one, folder) for folder in folders for one in documents(folder / "docs", folder / "index.jsonl")]
    yield from (("held", one, folder) for one, folder in every if one.file in held)
    yield from (("train", one, folder) for one, folder in every if one.file not in held)


def main() -> None:
    """Write the files."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("annotated", type=Path, nargs="+")
    ask.add_argument("--score", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--held", type=Path, default=Path(__file__).parent / "held.txt")
    ask.add_argument("--part", default="0/1")
    said = ask.parse_args()
    part, parts = map(int, said.part.split("/"))
    packs, encoder, score = load_packs(), load(), scorer(said.score)
    if encoder is None or score is None:
        raise SystemExit("The encoder, or the module that scores, is missing.")
    said.out.mkdir(parents=True, exist_ok=True)
    mine = list(_work(said.annotated, frozenset(said.held.read_text().split())))[part::parts]
    for use in ("held", "train"):
        own = [(document, folder) for of, document, folder in mine if of == use]
        for first in range(0, len(own), SHARD):
            cases = [case for one, of in own[first : first + SHARD] for case in _read(one, of, packs, encoder, score)]
            _write(said.out / f"{use}-{part}-{first:05}.pickle", cases)
            print(f"{use}: {min(first + SHARD, len(own))} of {len(own)} documents", flush=True)


def _write(file: Path, cases: Sequence[tuple[Case, Case]]) -> None:
    """Write a file whole or not at all."""
    temporary = file.with_suffix(".part")
    temporary.write_bytes(pickle.dumps({"where": [one for one, _ in cases], "when": [one for _, one in cases]}))
    temporary.rename(file)


if __name__ == "__main__":
    main()
