"""The same rules hold for both sides: with their words exchanged, the claims are the same, the sides exchanged.

What exchanges and compares is `bench/neutral.py`, which measures it on any folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from testimonia.claims.learned import encoder
from testimonia.claims.learned.encoder import Encoder
from testimonia.packs import Packs
from testimonia.records import Document
from testimonia.without_project import documents
from tests.conftest import REPOSITORY, SHARED, loaded

EXAMPLES = REPOSITORY / "examples" / "kherson"
CASES = Path(__file__).parent.parent / "cases"
GOLD = SHARED / "gold"
EXAMPLES_ALIKE = 0.99
CASES_ALIKE = 0.99  # the rest are words that name one side alone (a person, "gauleiter")
GOLD_ALIKE = 0.99


NEUTRAL = loaded(REPOSITORY / "bench" / "neutral.py")


def written_cases() -> Iterator[Document]:
    """Every sentence of the cases of the coder, each a document of its own."""
    for path in sorted(CASES.glob("*.*.txt")):
        lang = path.name.split(".")[1]
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
            if lines and not path.name.startswith("sentences"):
                text = lines[0].replace("[", "").replace("]", "")
                yield Document(sha256=text, text=text, file=path.name, lang=lang)


def alike(taken: Iterable[Document], packs: Packs, second: Encoder | None = None) -> tuple[float, str]:
    """Return the share of claims that the exchange leaves as they are, and what it changes, in words."""
    sides = NEUTRAL.Sides.of(packs)
    found = [NEUTRAL.compared(document, packs, sides, second) for document in taken]
    share = float(NEUTRAL.share(found))
    return share, "\n".join([f"{share:.4f}", *(line for one in found for line in one.changed)])


def test_the_example_reports_are_coded_alike_with_the_sides_exchanged(packs: Packs) -> None:
    share, said = alike(documents(EXAMPLES), packs)
    assert share >= EXAMPLES_ALIKE, said


def test_the_written_cases_are_coded_alike_with_the_sides_exchanged(packs: Packs) -> None:
    share, said = alike(written_cases(), packs)
    assert share >= CASES_ALIKE, said


@pytest.mark.skipif(not (GOLD / "docs").exists(), reason="the annotated documents are not on this machine")
def test_annotated_documents_are_coded_alike_with_the_sides_exchanged(packs: Packs) -> None:
    second = encoder.load()
    if second is None:
        pytest.skip("the weights of the encoder or its word table are not installed")
    share, _ = alike(documents(GOLD / "docs", GOLD / "index.jsonl"), packs, second)
    assert share >= GOLD_ALIKE, f"{share:.4f} alike; bench/neutral.py --show says what the exchange changes"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Russia’s troops, RUSSIA and Russian Railways", "Ukraine’s troops, Ukraine and Ukrzaliznytsia"),
        ("uk", "Війська рф і росії в Україні", "Війська україни і україни в Росії"),
        ("ru", "Силы обороны в России и Украине", "ВДВ в Украине и России"),
        ("ru", "Малороссия, роста", "Малороссия, роста"),
    ],
)
def test_words_are_exchanged_whole_and_keep_how_they_are_spelled(
    lang: str, text: str, expected: str, packs: Packs
) -> None:
    assert NEUTRAL.Sides.of(packs).text(text, lang) == expected
