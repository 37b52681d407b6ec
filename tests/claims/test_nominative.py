"""One speaker has one name: names in other cases are put into the nominative."""

from __future__ import annotations

import pytest

from testimonia.claims.nominative import nominative
from testimonia.packs import Packs

NAMES = [
    ("ru", "горных властей", "горные власти"),
    ("ru", "Следственного комитета", "Следственный комитет"),
    ("ru", "прокуратуры области", "прокуратура области"),
    ("ru", "официального представителя МИД Марии Гребеневой", "официальный представитель МИД Мария Гребенева"),
    ("ru", "президента Сергея Гребенева", "президент Сергей Гребенев"),
    ("uk", "обласній військовій адміністрації", "обласна військова адміністрація"),
    ("uk", "Повітряних сил", "Повітряні сили"),
    ("uk", "речниці Наталії Гриб", "речниця Наталія Гриб"),
    ("uk", "голови ОВА Олександра Гребініна", "голова ОВА Олександр Гребінін"),
]
KEPT = [("ru", "Минобороны"), ("ru", "мэр Павел Гриб"), ("uk", "джерело в поліції"), ("en", "Ministry of Roads")]


@pytest.mark.parametrize(("lang", "said", "name"), NAMES)
def test_a_name_in_another_case_is_put_into_the_nominative(lang: str, said: str, name: str, packs: Packs) -> None:
    assert nominative(said, packs.languages[lang]) == name


@pytest.mark.parametrize(("lang", "name"), KEPT)
def test_a_name_that_stands_in_it_stays(lang: str, name: str, packs: Packs) -> None:
    assert nominative(name, packs.languages[lang]) == name


@pytest.mark.parametrize("lang", ["uk", "ru"])
def test_the_table_names_a_gender_for_every_form(lang: str, packs: Packs) -> None:
    for entry in packs.languages[lang].table("nominative").entries:
        assert len(entry.tags) == 1
        assert entry.tags <= {"m", "f", "n", "pl"}
