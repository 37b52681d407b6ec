"""What the sayings of a sentence tell beside the name: where its words stand; and that nothing is read twice."""

from __future__ import annotations

import pytest

from testimonia.claims import code
from testimonia.claims.attribution import Said, heard, ready, sayings
from testimonia.claims.runs import own, run_on
from testimonia.packs import Packs
from testimonia.read import read
from testimonia.records import Document

NAMED = [
    ("en", "The mayor of the town, Oleh Petrenko, said that 2 people died.", "Oleh Petrenko"),
    ("en", "Two people died, a source in the militia said.", "source"),
    ("uk", "За словами начальника порту Олега Петренка, загинули двоє людей.", "начальника порту Олега Петренка"),
    ("ru", "«Погибли двое», — написал в своём канале глава района Олег Петренко.", "глава района Олег Петренко"),
]


def _only(lang: str, text: str, packs: Packs) -> Said:
    pack = packs.languages[lang]
    found = sayings(ready(text, pack, packs))
    return found[-1]


@pytest.mark.parametrize(("lang", "text", "name"), NAMED)
def test_a_saying_tells_where_the_words_of_the_name_stand(lang: str, text: str, name: str, packs: Packs) -> None:
    said = _only(lang, text, packs)
    assert text[said.start : said.end] == name


def test_a_pronoun_has_no_place_of_a_name(packs: Packs) -> None:
    said = _only("en", "He said that 2 people died.", packs)
    assert (said.same, said.name, said.start, said.end) == (True, "", -1, -1)


def test_a_sentence_asked_for_again_is_not_read_again(packs: Packs) -> None:
    text, pack = "The mayor said that 2 people died.", packs.languages["en"]
    assert ready(text, pack, packs) is ready(text, pack, packs)
    assert heard(text, pack, packs) is heard(text, pack, packs)


def test_only_some_languages_let_words_run_on(packs: Packs) -> None:
    assert {lang: run_on(pack) for lang, pack in packs.languages.items()} == {"en": False, "uk": True, "ru": True}


@pytest.mark.parametrize(("lang", "text"), [("uk", "Нагадаємо, порт горів."), ("ru", "Ранее порт горел.")])
def test_the_writer_takes_the_word_back(lang: str, text: str, packs: Packs) -> None:
    assert own(text, packs.languages[lang])


ANNOUNCED = [
    ("ru", "Официальная сводка Минобороны с 00:00 30.08.2023\n\nВыпущено 120 снарядов.\n", "Минобороны"),
    ("ru", "Сводка Представительства области на 30 августа\n\nРанены двое жителей.\n", "Представительство области"),
    ("uk", "Зведення Генштабу станом на 06:00 30.08.2023\n\nПоранено двох жителів.\n", "Генштаб"),
    ("en", "Statement by the Ministry of Health, 6:00 pm\n\nTwo people were wounded.\n", "Ministry of Health"),
]


@pytest.mark.parametrize(("lang", "text", "name"), ANNOUNCED)
def test_a_headline_that_announces_whose_words_follow_ends_before_the_hour(
    lang: str, text: str, name: str, packs: Packs
) -> None:
    document = Document(sha256=text, text=text, file="x.txt", lang=lang)
    told = code(document, read(document, packs), packs)
    assert {claim.speaker.name if claim.speaker else None for claim in told} == {name}
