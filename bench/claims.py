"""Code a folder of documents and score the claims against gold ones: one table, with targets and anchors beside.

    python bench/claims.py DOCS --sources INDEX --gold CLAIMS --score SCORE.py [--lang en] [--out claims.jsonl]
                                [--bench FOLDER]

SCORE.py is any module with a function `score(gold_folder, claims, lang)` that returns nested figures. Beside each
figure stands the target, and what a second careful reader reached who coded 22 English and 14 Ukrainian and Russian
documents by the same guide. FOLDER holds `event-types/*.tsv` and `casualties/*.csv` (see eventtypes.py, casualties.py).
Where a folder, the gold claims or the module are missing, it says so and ends with status 0: nothing to measure.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import casualties
import eventtypes

from testimonia.claims import code
from testimonia.claims.learned import encoder
from testimonia.packs import Packs, load_packs
from testimonia.publish.rows import coded as coded_row
from testimonia.read import read
from testimonia.without_project import documents

Result = Mapping[str, Any]

COLUMNS = ("en", "uk", "ru", "all")

NONE = (None, None, None, None)


class Figure(NamedTuple):
    """One line of the table: where the figure stands in the score, targets and the second reader's, by language."""

    name: str
    of: Callable[[Result], float]
    targets: Sequence[float | None] = NONE
    reader: Sequence[float | None] = NONE


def slot(name: str, figure: str = "right") -> Callable[[Result], float]:
    """Return what looks up one figure of a slot."""
    return lambda result: float(result["slots"][name][figure])


FIGURES = (
    Figure("found F1", lambda r: r["found"]["f1"]),
    Figure("typed F1", lambda r: r["typed"]["f1"], (0.72, 0.80, 0.78, None), (0.96, 0.92, 0.92, None)),
    Figure("macro F1 over types", lambda r: r["macro"], (None, None, None, 0.65)),
    Figure("count right", slot("count"), (0.92, 0.94, 0.94, None), (0.99, 0.98, 0.98, None)),
    Figure("modality right", slot("modality"), reader=(1.0, 1.0, 1.0, None)),
    Figure("modality filled F1", slot("modality", "filled"), (0.70, 0.70, 0.70, None)),
    Figure("speaker right", slot("speaker"), (0.78, 0.80, 0.80, None), (0.95, 0.90, 0.90, None)),
    Figure("actor right", slot("actor"), (0.82, 0.88, 0.88, None), (0.92, 0.96, 0.96, None)),
    Figure("target, macro F1", lambda r: r["parties"]["target"], (0.65, 0.65, 0.65, None)),
    Figure("place right", slot("place"), reader=(0.97, 0.92, 0.92, None)),
    Figure("date right", slot("date"), reader=(0.95, 0.91, 0.91, None)),
    Figure("whole claims", lambda r: r["whole"], reader=(0.82, 0.76, 0.76, None)),
    Figure("denials found", lambda r: r["denials"]["found"], (None, None, None, 0.60)),
    Figure("denials asserted too", lambda r: r["denials"]["asserted"], (None, None, None, 0)),
)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("docs", type=Path)
    ask.add_argument("--sources", type=Path)
    ask.add_argument("--gold", type=Path)
    ask.add_argument("--score", type=Path)
    ask.add_argument("--lang")
    ask.add_argument("--out", type=Path)
    ask.add_argument("--bench", type=Path)
    return ask.parse_args()


def coded(folder: Path, sources: Path | None, packs: Packs) -> list[dict[str, Any]]:
    """Code every document of a folder, with the fields of the gold claims."""
    second = encoder.load()
    return [
        {**coded_row(claim), "document": of.file}
        for of in documents(folder, sources)
        for claim in code(of, read(of, packs), packs, second)
    ]


def scorer(file: Path) -> Any:
    """Load the module that scores; it is no part of this repository."""
    spec = importlib.util.spec_from_file_location("score", file)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{file}: not a Python module. Give --score a file that defines score().")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _cell(reached: float, target: float | None, reader: float | None) -> str:
    beside = (f"{one:4.2f}" if one is not None else "  - " for one in (target, reader))
    return f"{reached:6.3f}  {'  '.join(beside)}"


def told(results: Mapping[str, Result]) -> None:
    """Print the figures of every language: what was reached, the target, the second reader."""
    print(f"{'':24}" + "   ".join(f"{lang:>6}  aim   reader" for lang in results))
    for figure in FIGURES:
        at = (COLUMNS.index(lang) for lang in results)
        cells = [
            _cell(figure.of(r), figure.targets[i], figure.reader[i]) for i, r in zip(at, results.values(), strict=True)
        ]
        print(f"{figure.name:24}" + "    ".join(cells))


def _file(folder: Path, pattern: str) -> Path | None:
    """Return the first file of a pattern; says so where there is none."""
    found = next(iter(sorted(folder.glob(pattern))), None)
    if found is None:
        print(f"nothing to measure: {folder / pattern} is not there")
    return found


def types_told(snippets: Path) -> None:
    """Print how well event types of another scheme come out."""
    reached = eventtypes.weighted(eventtypes.pairs(snippets))
    anchors = "trained on all of ACLED 0.839, TF-IDF on 9,000 notes 0.390"
    print(f"{'event types, weighted F1':34}{reached:.3f}  aim 0.60  {anchors}")


def tolls_told(reports: Path) -> None:
    """Print how often the number of civilians killed comes out."""
    found = casualties.articles(reports)
    anchors = "of another set: regular expressions 0.55, a trained system 0.84"
    for name, part in casualties.halves(found).items():
        print(f"{f'civilians killed, {name}':34}{casualties.exact(part):.3f}  aim 0.75  {anchors}")
    print(f"{'the same, number stated or not':34}{casualties.exact(found):.3f}")


def scored(said: argparse.Namespace, claims: list[dict[str, Any]]) -> None:
    """Score the claims by language, and all of them."""
    score = scorer(said.score).score
    columns = [said.lang] if said.lang else COLUMNS
    told({name: score(said.gold, claims, None if name == "all" else name) for name in columns})


def main() -> None:
    """Code, and score where there is something to score against."""
    said = arguments()
    wanted = [path for path in (said.docs, said.sources, said.gold, said.score) if path]
    missing = [str(path) for path in wanted if not path.exists()]
    if missing:
        print(f"nothing to measure: {', '.join(missing)} is not there")
    else:
        begun = time.perf_counter()
        claims = coded(said.docs, said.sources, load_packs())
        print(f"{len(claims)} claims in {time.perf_counter() - begun:.1f} s")
        if said.out:
            lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in claims)
            said.out.write_text("".join(lines), encoding="utf-8")
        if said.gold and said.score:
            scored(said, claims)
    if said.bench:
        if snippets := _file(said.bench, "event-types/*.tsv"):
            types_told(snippets)
        if reports := _file(said.bench, "casualties/*.csv"):
            tolls_told(reports)


if __name__ == "__main__":
    main()
