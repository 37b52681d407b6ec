"""The stemmer that Ukrainian and Russian share."""

from __future__ import annotations

import pytest

from testimonia.lang.cyrillic import stem

TOWNS = [
    "Скадовськ Скадовська Скадовську Скадовськом",
    "Харків Харкова Харкову Харковом Харкові",
    "Київ Києва Києву Києвом Києві",
    "Львів Львова Львову Львовом Львові",
    "Запоріжжя Запоріжжі Запоріжжю Запоріжжям",
    "Авдіївка Авдіївки Авдіївці Авдіївку Авдіївкою",
    "Липці Липців Липцям Липцях Липцями",
    "Тростянець Тростянця Тростянцю Тростянцем Тростянці",
    "Сватове Сватового Сватовому Сватовим",
    "Ірпінь Ірпеня Ірпеню Ірпенем Ірпені",
    "Суми Сум Сумам Сумах Сумами",
    "Яр Яру Яра Ярі",
    "Миргород Миргорода Миргороду Миргородом Миргороде",
    "Харьков Харькова Харькову Харьковом Харькове",
    "Днепр Днепра Днепру Днепром Днепре",
    "Авдеевка Авдеевки Авдеевке Авдеевку Авдеевкой",
    "Попасная Попасной Попасную",
    "Шебекино Шебекина Шебекину Шебекином Шебекине",
    "Керчь Керчи Керчью",
    "Чернівці Чернівцях Чернівцям",
]


@pytest.mark.parametrize("forms", TOWNS)
def test_the_case_forms_of_a_town_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


def test_different_towns_keep_different_stems() -> None:
    names = ["Скадовськ", "Херсон", "Харків", "Київ", "Львів", "Миколаїв", "Одеса", "Суми", "Буча", "Бахмут", "Ізюм"]
    assert len({stem(name) for name in names}) == len(names)


def test_case_apostrophes_and_yo_make_no_difference() -> None:
    assert stem("КУП’ЯНСЬКУ") == stem("куп'янська")
    assert stem("Орёл") == stem("Орел")


def test_the_last_part_of_a_hyphenated_name_is_cut() -> None:
    assert stem("Івано-Франківську") == stem("Івано-Франківськ")


@pytest.mark.parametrize("word", ["F-16", "Reuters", "2022", "Т-72", ""])
def test_a_word_with_other_letters_or_digits_is_only_folded(word: str) -> None:
    assert stem(word) == word.lower()
