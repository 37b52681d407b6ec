"""Cases that a linguist can add to: a sentence, and under it a line for each claim that should come out.

    type modality [count] [by SPEAKER [through SPEAKER]]

A blank line ends a case, ⏎ stands for a new line in the text; lines that begin with "#" are comments.
A count is "12", "130.." (at least), "..50" (at most),
"20..30", with "~" where it is approximate and ":unit" where it is not persons; "-" is no count, "by -" nobody cited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from testimonia.claims import code
from testimonia.packs import Packs
from testimonia.read import read
from testimonia.records import Claim, Count, Document

FOLDER = Path(__file__).parent.parent / "cases"
LINE = re.compile(
    r"(?P<type>\S+) (?P<modality>\S+)(?: (?P<count>(?!by )\S+))?(?: by (?P<by>.+?))?(?: through (?P<via>.+))?$"
)


@dataclass(frozen=True)
class Expected:
    """What one line of a case says."""

    type: str
    modality: str
    count: str | None = None
    by: str | None = None
    via: str | None = None


@dataclass(frozen=True)
class Case:
    """A sentence and the claims expected of it."""

    text: str
    expected: tuple[Expected, ...]

    def also_asserted(self, kind: str) -> bool:
        """Say whether the case itself says that this type is asserted beside a denial."""
        return any(line.type == kind and line.modality == "asserted" for line in self.expected)


def expected(line: str) -> Expected:
    """Read one line of a case; raises ValueError where it has another form."""
    found = LINE.match(line)
    if found is None:
        raise ValueError(f"{line!r} should be: type modality [count] [by speaker]")
    return Expected(**found.groupdict())


def cases(name: str) -> list[Case]:
    """Read the cases of a file in `tests/cases`."""
    out = []
    for block in (FOLDER / name).read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if lines:
            out.append(Case(lines[0].replace("⏎", "\n"), tuple(expected(line) for line in lines[1:])))
    return out


def coded(text: str, packs: Packs, lang: str = "en") -> tuple[Claim, ...]:
    """Code a text that is a document of its own."""
    document = Document(sha256=text, text=text, file="case.txt", lang=lang)
    return code(document, read(document, packs), packs)


def written(count: Count | None) -> str:
    """Write a count as the cases write it."""
    if count is None:
        return "-"
    low, high = (
        "" if side is None else f"{side:g}" if side < 1e6 else str(int(side)) for side in (count.low, count.high)
    )
    span = low if low == high and not count.approx else f"{low}..{high}"
    return f"{span}{'' if count.unit == 'person' else ':' + count.unit}{'~' if count.approx else ''}"
