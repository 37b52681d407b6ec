"""When it happened, on sentences written for the purpose."""

from __future__ import annotations

import pytest

from testimonia.claims.when import when
from testimonia.packs import Packs
from testimonia.records import When
from tests.claims.asking import Question, asked, questions

CASES = [case for lang in ("en", "uk", "ru") for case in questions(f"dates.{lang}.txt")]


def written(days: When | None) -> str:
    if days is None:
        return "-"
    return str(days.first) if days.first == days.last else f"{days.first}..{days.last}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.lang} {case.text}")
def test_days_are_read_off_the_words(case: Question, packs: Packs) -> None:
    assert written(when(asked(case, packs)).value) == case.answer


@pytest.mark.parametrize("case", [case for case in CASES if case.answer != "-"], ids=lambda case: case.text)
def test_the_words_stay_beside_the_days(case: Question, packs: Packs) -> None:
    days = when(asked(case, packs)).value
    assert days is not None
    assert days.words
    assert days.words in case.text.replace("[", "").replace("]", "")
    assert days.first <= days.last
