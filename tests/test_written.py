"""The documents written for training hold what the guide asks for, and both sides act in them alike."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from testimonia.codebook import load_codebook
from tests.conftest import REPOSITORY, loaded

BOOK = load_codebook()


WRITTEN = loaded(REPOSITORY / "bench" / "train" / "written.py")
DOCUMENTS: list[dict[str, Any]] = list(WRITTEN.read())
CLAIMS = [claim for document in DOCUMENTS for claim in document["claims"]]


def test_every_document_has_a_name_of_its_own() -> None:
    assert len({document["id"] for document in DOCUMENTS}) == len(DOCUMENTS) > 300


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_every_quote_stands_once_in_its_text(lang: str) -> None:
    placed = [(of, claim) for of in DOCUMENTS if of["lang"] == lang for claim in WRITTEN.placed(of)]
    assert len(placed) > 500
    assert all(of["text"][claim["start"] : claim["end"]] == claim["quote"] for of, claim in placed)


def test_a_quote_that_stands_twice_is_refused() -> None:
    twice = {"id": "x", "text": "Two died. Two died.", "claims": [{"quote": "Two died"}]}
    with pytest.raises(ValueError, match="2 times"):
        WRITTEN.placed(twice)


def test_every_code_is_one_of_the_codebook() -> None:
    for claim in CLAIMS:
        assert claim["type"] in BOOK.types
        assert claim["modality"] in BOOK.modalities
        assert claim["group"] is None or claim["group"] in BOOK.groups
        assert claim["count"] is None or claim["count"]["unit"] in BOOK.units


def test_days_are_days_in_order() -> None:
    for claim in CLAIMS:
        if claim["date"]:
            first, last = (date.fromisoformat(str(day)) for day in claim["date"])
            assert first <= last


def test_both_sides_act_and_suffer_alike() -> None:
    for slot in ("actor", "target"):
        sides = Counter(str(claim[slot]).split("_")[0] for claim in CLAIMS)
        assert 0.4 <= sides["ru"] / (sides["ru"] + sides["ua"]) <= 0.6


def test_what_is_not_asserted_is_there_to_learn_from() -> None:
    told = Counter(claim["modality"] for claim in CLAIMS)
    assert min(told.values()) > 90
    assert told["denied"] > 300
