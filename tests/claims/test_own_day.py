"""The day that an undated document says of itself, on texts written for the purpose."""

from __future__ import annotations

import pytest

from testimonia.claims.own_day import with_own_day
from testimonia.packs import Packs
from testimonia.records import Document
from tests.claims.asking import known

SAID = [
    ("en", "A mill burns\n\nBerezove, March 3, 2022 – A mill was shelled on Tuesday."),
    ("uk", "Горить млин\n\n3 березня 2022 року\n\nУ вівторок обстріляли млин."),
    ("ru", "Горит мельница\n\nВо вторник обстреляли мельницу.\n\nЗаря, 3 марта 2022 года"),
]
UNSAID = [
    ("en", "A mill burns\n\nA mill was shelled on March 3."),
    ("uk", "Горить млин\n\n3 березня обстріляли млин."),
    ("ru", "Горит мельница\n\n3 марта обстреляли мельницу."),
]


def text(lang: str, words: str, day: str = "") -> Document:
    return Document(sha256=words, text=words, file="case.txt", date=known(day), lang=lang)


@pytest.mark.parametrize(("lang", "words"), SAID)
def test_a_full_date_at_the_head_or_foot_is_the_day_of_an_undated_text(lang: str, words: str, packs: Packs) -> None:
    made = with_own_day(text(lang, words), packs).date
    assert made is not None
    assert str(made.first) == str(made.last) == "2022-03-03"


@pytest.mark.parametrize(("lang", "words"), UNSAID)
def test_a_date_without_a_year_is_no_day_of_a_text(lang: str, words: str, packs: Packs) -> None:
    assert with_own_day(text(lang, words), packs).date is None


@pytest.mark.parametrize(("lang", "words"), SAID)
def test_a_dated_document_keeps_its_date(lang: str, words: str, packs: Packs) -> None:
    assert with_own_day(text(lang, words, "2024-01-05"), packs).date == known("2024-01-05")
