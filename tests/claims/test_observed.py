"""When it was said, or up to when it is said to be so, on sentences written for the purpose."""

from __future__ import annotations

import pytest

from testimonia.claims.observed import observed
from testimonia.claims.when import when
from testimonia.packs import Packs
from tests.claims.asking import Question, asked, questions
from tests.claims.test_when import written

CASES = [case for lang in ("en", "uk", "ru") for case in questions(f"observed.{lang}.txt")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.lang} {case.text}")
def test_the_day_of_the_observation_is_read_off_the_words(case: Question, packs: Packs) -> None:
    assert written(observed(asked(case, packs)).value) == case.answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.lang} {case.text}")
def test_the_day_of_the_observation_is_no_day_of_the_happening(case: Question, packs: Packs) -> None:
    assert when(asked(case, packs)).value is None
