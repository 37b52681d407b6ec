"""Where it happened, on sentences written for the purpose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from testimonia.claims.gazetteer import gazetteer
from testimonia.claims.place import place, romanised
from testimonia.packs import Packs
from tests.claims.asking import Question, asked, questions

CASES = [case for lang in ("en", "uk", "ru") for case in questions(f"places.{lang}.txt")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.lang} {case.text}")
def test_places_are_read_off_the_words(case: Question, packs: Packs) -> None:
    spot, unit = place(asked(case, packs)).value
    assert f"{spot.name if spot else '-'} | {unit or '-'}" == case.answer


def test_a_name_with_several_bearers_stays_open(packs: Packs) -> None:
    case = Question("uk", "", "В Олександрівці [обстріляли] ферму.", "shelling", "")
    spot, unit = place(asked(case, packs)).value
    assert spot is not None
    assert spot.precision == "unresolved"
    assert spot.name == "Oleksandrivka"
    assert (spot.lat, spot.lon, spot.id, unit) == (None, None, None, None)
    assert len(spot.candidates) > 5


def test_a_named_region_narrows_a_name(packs: Packs) -> None:
    case = Question("uk", "", "У Піщаному в Криму [обстріляли] ферму.", "shelling", "")
    spot, unit = place(asked(case, packs)).value
    assert spot is not None
    assert (spot.name, spot.precision, unit) == ("Pishchane", "settlement", "Crimea")
    assert spot.lat is not None


def test_the_document_narrows_a_name(packs: Packs) -> None:
    text = "У Криму триває буря. / В Оленівці [обстріляли] ферму."
    spot, unit = place(asked(Question("uk", "", text, "shelling", ""), packs)).value
    assert spot is not None
    assert unit == "Crimea"


def test_case_forms_lead_to_one_place(packs: Packs) -> None:
    places = gazetteer(packs.languages["uk"], packs)
    for form in ("Харків", "Харкова", "Харкові", "Харковом"):
        assert [m.name for m in places.find(f"Люди їхали через {form} додому")] == ["Kharkiv"], form


def test_a_surname_is_no_place(packs: Packs) -> None:
    places = gazetteer(packs.languages["ru"], packs)
    assert places.find("Иван Донецкий приехал домой") == ()
    assert places.find("Об этом сказала Мария Горловка") == ()


def test_letters_are_romanised_by_the_region_s_table(packs: Packs) -> None:
    assert romanised("Зарубинка", packs, "uk") == "Zarubynka"
    assert romanised("Єлизаветівка", packs, "uk") == "Yelyzavetivka"
    assert romanised("Kherson", packs, "uk") == "Kherson"


def test_without_a_region_pack_there_is_no_place(packs: Packs) -> None:
    bare = Packs(packs.languages)
    question = replace(asked(CASES[0], packs), packs=bare)
    assert place(question).value == (None, None)
