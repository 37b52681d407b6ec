"""News of sport, trade and weather uses the verbs of war, and is not coded; what is about a conflict is."""

from dataclasses import replace

import pytest

from testimonia.claims import code
from testimonia.claims.about import about_a_conflict, tells_of_force, warlike
from testimonia.packs import LanguagePack, Packs, load_packs
from testimonia.read import read
from testimonia.records import Document, Quote

PACKS = load_packs()
SPORT = {
    "en": "The home side won by three goals. The striker was injured late on. The coach praised the young goalkeeper. "
    "Tickets for the next match are sold out. The weather was kind to both teams.",
    "uk": "Господарі поля перемогли з рахунком три — нуль. Нападника травмовано наприкінці гри. Тренер похвалив "
    "молодого воротаря. Квитки на наступний матч продано. Погода була гарна.",
    "ru": "Хозяева поля выиграли со счётом три — ноль. Форвард пострадал в конце игры. Тренер похвалил молодого "
    "вратаря. Билеты на следующий матч проданы. Погода была хорошей.",
}


def sentences(text: str, packs: Packs = PACKS) -> list[Quote]:
    return [quote for quote in read(Document("0" * 64, text, "a.txt"), packs) if quote.kind == "sentence"]


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_a_report_on_a_match_is_not_coded(lang: str) -> None:
    of = Document("0" * 64, SPORT[lang], "a.txt", lang=lang)
    assert not about_a_conflict(sentences(SPORT[lang]), PACKS)
    assert code(of, read(of, PACKS), PACKS) == ()


def test_a_document_whose_source_is_listed_with_its_side_is_always_coded() -> None:
    of = Document("0" * 64, SPORT["en"], "a.txt", lang="en", alignment="other")
    assert [claim.type for claim in code(of, read(of, PACKS), PACKS)] == ["injury"]


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "Soldiers watched."), ("uk", "Дивилися солдати."), ("ru", "Смотрели солдаты.")]
)
def test_two_sentences_with_a_word_of_war_make_it_warlike_one_only_in_a_short_text(lang: str, word: str) -> None:
    assert warlike(sentences(f"{SPORT[lang]} {word} {word}"), PACKS)
    assert not warlike(sentences(f"{SPORT[lang]} {word}"), PACKS)
    assert warlike(sentences(f"{SPORT[lang].partition('. ')[0]}. {word}"), PACKS)


@pytest.mark.parametrize(
    ("lang", "blast", "evacuated"),
    [
        ("en", "A blast was heard.", "A blast was heard before the hall was evacuated."),
        ("uk", "Пролунав вибух.", "Після вибуху почалася евакуація."),
        ("ru", "Прогремел взрыв.", "После взрыва началась эвакуация."),
    ],
)
def test_of_words_that_may_be_of_war_a_sentence_needs_two(lang: str, blast: str, evacuated: str) -> None:
    assert not warlike(sentences(f"{SPORT[lang]} {blast} {blast}"), PACKS)
    assert warlike(sentences(f"{SPORT[lang]} {evacuated} {evacuated}"), PACKS)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "The Russians captured the village."),
        ("uk", "Росіяни захопили село."),
        ("ru", "Россияне захватили село."),
    ],
)
def test_a_text_that_tells_what_force_a_side_used_is_known_by_that(lang: str, told: str) -> None:
    assert tells_of_force(sentences(f"{SPORT[lang]} {told} {told}"), PACKS)
    assert not tells_of_force(sentences(f"{SPORT[lang]} {told}"), PACKS)
    assert not tells_of_force(sentences(SPORT[lang]), PACKS)


def test_a_short_item_full_of_triggers_needs_no_word_of_war() -> None:
    found = sentences("Two people were killed and five wounded in Kherson.")
    assert about_a_conflict(found, PACKS)
    assert not warlike(found, PACKS)


def test_one_sentence_in_ten_that_tells_of_a_side_is_enough() -> None:
    told = "In the spring the Russians took my brother away and he was tortured in a cellar."
    assert about_a_conflict(sentences(f"{SPORT['en']} {told}"), PACKS)
    assert about_a_conflict(sentences(" ".join([SPORT["en"]] * 3 + [told] * 2)), PACKS)
    assert not about_a_conflict(sentences(" ".join([SPORT["en"]] * 3 + [told])), PACKS)


def test_one_sentence_that_tells_something_of_war_is_enough_in_a_long_interview() -> None:
    told = "In the spring the occupiers shelled our street and killed my brother."
    assert about_a_conflict(sentences(" ".join([SPORT["en"]] * 4 + [told])), PACKS)


def test_a_text_that_names_both_sides_is_about_their_conflict() -> None:
    assert not about_a_conflict(sentences(f"{SPORT['en']} A Ukrainian sang."), PACKS)
    assert about_a_conflict(sentences(f"{SPORT['en']} A Ukrainian sang. The Russians left."), PACKS)


def test_a_pack_without_words_of_war_has_everything_coded() -> None:
    def bare(pack: LanguagePack) -> LanguagePack:
        return replace(pack, tables={name: table for name, table in pack.tables.items() if name != "war"})

    packs = replace(PACKS, languages={lang: bare(pack) for lang, pack in PACKS.languages.items()})
    assert about_a_conflict(sentences(SPORT["en"], packs), packs)
