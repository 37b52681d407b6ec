"""Code a folder of documents and score the claims against gold ones.

    python bench/claims.py DOCS --sources INDEX --gold CLAIMS --score SCORE.py [--lang en] [--out claims.jsonl]

SCORE.py is any module with a function `score(gold_folder, claims, lang)` that returns nested figures. Where the folder,
the gold claims or the module are missing, it says so and ends with status 0: there is nothing to measure.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from testimonia.archive import document
from testimonia.claims import code
from testimonia.collect import Item, items, load_sources, walk
from testimonia.packs import Packs, load_packs
from testimonia.read import read
from testimonia.records import Claim, Document
from testimonia.settings import CollectSettings


def arguments() -> argparse.Namespace:
    """Read the command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("docs", type=Path)
    ask.add_argument("--sources", type=Path)
    ask.add_argument("--gold", type=Path)
    ask.add_argument("--score", type=Path)
    ask.add_argument("--lang")
    ask.add_argument("--out", type=Path)
    return ask.parse_args()


def documents(folder: Path, sources: Path | None) -> Iterator[Document]:
    """Read the documents of a folder with what the sidecar says of them."""
    known = load_sources(sources) if sources else None
    for file in walk(folder):
        name = file.relative_to(folder).as_posix()
        for item in items(name, file.read_bytes(), CollectSettings()):
            if isinstance(item, Item):
                yield document(item, known.known(name) if known else None, "")


def row(claim: Claim, of: Document) -> dict[str, Any]:
    """Write a claim with the fields of the gold claims."""
    count, place, when, speaker = claim.count, claim.place, claim.when, claim.speaker
    return {
        "document": of.file,
        "start": claim.quote.start,
        "end": claim.quote.end,
        "quote": claim.quote.text,
        "type": claim.type,
        "modality": claim.modality,
        "speaker": speaker.name if speaker else None,
        "via": list(speaker.via) or None if speaker else None,
        "actor": claim.actor,
        "target": claim.target,
        "group": claim.group,
        "count": {"low": count.low, "high": count.high, "unit": count.unit, "approx": count.approx} if count else None,
        "place": place.name if place and not place.is_area else None,
        "adm1": claim.adm1,
        "date": [when.first.isoformat(), when.last.isoformat()] if when else None,
    }


def coded(folder: Path, sources: Path | None, packs: Packs) -> list[dict[str, Any]]:
    """Code every document of a folder."""
    return [row(claim, of) for of in documents(folder, sources) for claim in code(of, read(of, packs), packs)]


def scorer(file: Path) -> Any:
    """Load the module that scores; it is no part of this repository."""
    spec = importlib.util.spec_from_file_location("score", file)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{file}: not a Python module. Give --score a file that defines score().")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(result: Mapping[str, Any]) -> None:
    """Print the figures that matter."""
    for name in ("found", "typed"):
        print(f"{name:8} P {result[name]['p']:.3f}  R {result[name]['r']:.3f}  F1 {result[name]['f1']:.3f}")
    for name, figures in result["slots"].items():
        print(f"{name:8} right {figures['right']:.3f}  filled F1 {figures['filled']:.3f}")
    print(f"whole    {result['whole']:.3f}")
    denials = result["denials"]
    print(f"denials  {denials['found']:.3f} of {denials['gold']} found, {denials['asserted']} with an asserted twin")


def main() -> None:
    """Code, and score where there is something to score against."""
    said = arguments()
    wanted = [path for path in (said.docs, said.sources, said.gold, said.score) if path]
    missing = [str(path) for path in wanted if not path.exists()]
    if missing:
        print(f"nothing to measure: {', '.join(missing)} is not there")
        return
    begun = time.perf_counter()
    claims = coded(said.docs, said.sources, load_packs())
    print(f"{len(claims)} claims in {time.perf_counter() - begun:.1f} s")
    if said.out:
        said.out.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in claims), encoding="utf-8")
    if said.gold and said.score:
        told(scorer(said.score).score(said.gold, claims, said.lang))


if __name__ == "__main__":
    main()
