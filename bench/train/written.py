"""Put the documents written for training (`written/*.yml`) into a folder of documents, claims and a list of sources.

    python bench/train/written.py FOLDER

The folder then has the form of any annotated one: `docs`, `claims`, `index.jsonl`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from testimonia.codebook import LOADER

HERE = Path(__file__).parent / "written"
KNOWN = ("lang", "date", "outlet", "form", "alignment", "conflict")


def read(folder: Path = HERE) -> Iterator[dict[str, Any]]:
    """Yield the documents, in the order of the files."""
    for file in sorted(folder.glob("*.yml")):
        yield from yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - both are safe


def placed(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the claims of a document with the offsets of their quotes.

    Raises ValueError where a quote does not stand in the text exactly once.
    """
    out = []
    for claim in document["claims"]:
        times = document["text"].count(claim["quote"])
        if times != 1:
            raise ValueError(f"{document['id']}: the quote stands in the text {times} times: {claim['quote']!r}")
        start = document["text"].index(claim["quote"])
        out.append({"start": start, "end": start + len(claim["quote"]), **claim})
    return out


def main() -> None:
    """Write the folder."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    folder: Path = ask.parse_args().folder
    for part in ("docs", "claims"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    rows = []
    for document in read():
        name = f"{document['id']}.txt"
        (folder / "docs" / name).write_text(document["text"], encoding="utf-8", newline="\n")
        lines = "".join(json.dumps(claim, ensure_ascii=False, default=str) + "\n" for claim in placed(document))
        (folder / "claims" / f"{name}.jsonl").write_text(lines, encoding="utf-8", newline="\n")
        rows.append({"file": name, **{key: document[key] for key in KNOWN if key in document}})
    lines = "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
    (folder / "index.jsonl").write_text(lines, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
