"""The codebook holds every code of the guide, explained, and mapped to schemes whose names are spelt right."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from testimonia.codebook import ACLED, FILE, LANGUAGES, Entry, load_codebook, main, page, read_codebook
from testimonia.embargo import EMBARGOED_TYPES
from testimonia.errors import CodebookError
from testimonia.records import Modality

PAGE = Path(__file__).parent.parent / "docs" / "codebook.md"

TYPES = [
    "killing",
    "injury",
    "torture",
    "sexual_violence",
    "detention",
    "prosecution",
    "deportation",
    "conscription",
    "displacement",
    "shelling",
    "airstrike",
    "clash",
    "explosion",
    "assassination",
    "sabotage",
    "property",
    "deprivation",
    "restriction",
    "imposition",
    "territory",
    "deployment",
    "protest",
    "refusal",
    "symbolic",
    "informing",
    "reward",
    "aid",
    "demography",
    "disclosure",
]
PARTIES = [
    "ru_forces",
    "ru_authorities",
    "ua_forces",
    "ua_authorities",
    "ua_resistance",
    "ru_resistance",
    "civilians",
    "ngo_un",
    "west",
    "other",
]
UNITS = ["person", "percent", "UAH", "USD", "EUR", "RUB", "day", "year", "item", "event"]
GROUPS = [
    "child",
    "woman",
    "man",
    "elderly",
    "detainee",
    "medic",
    "teacher",
    "journalist",
    "official",
    "police",
    "soldier",
    "activist",
    "collaborator",
]
MEANS = [
    *(
        "grenade",
        "suicide_bomb",
        "car_bomb",
        "mine",
        "device",
        "chemical",
        "incendiary",
        "cluster",
        "guided_bomb",
        "bomb",
    ),
    *("missile", "rocket", "artillery", "mortar", "tank", "drone", "aircraft"),
    *("small_arms", "knife", "beating", "vehicle", "fire", "poison", "crowd_control"),
]
RESISTANCE = ["private", "public_nonlethal", "internal_lethal", "public_lethal"]


def every_entry() -> list[Entry]:
    book = load_codebook()
    sections = (book.types, book.modalities, book.parties, book.units, book.groups, book.means, book.resistance)
    return [entry for section in sections for entry in section.values()]


def data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def written(tmp_path: Path, changed: object) -> Path:
    file = tmp_path / "codebook.yml"
    file.write_text(yaml.safe_dump(changed, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def test_it_holds_exactly_the_codes_of_the_guide() -> None:
    book = load_codebook()
    assert list(book.types) == TYPES
    assert set(book.parties) == set(PARTIES)
    assert set(book.units) == set(UNITS)
    assert set(book.groups) == set(GROUPS)
    assert set(book.means) == set(MEANS)
    assert set(book.resistance) == set(RESISTANCE)
    assert set(book.modalities) == set(get_args(Modality))


def test_every_entry_is_labelled_in_three_languages_and_explained_on_both_sides_of_its_border() -> None:
    for entry in every_entry():
        assert set(entry.labels) == set(LANGUAGES), entry.code
        assert all(entry.labels.values()), entry.code
        assert len(entry.label) <= 30, entry.code
        assert entry.definition.endswith("."), entry.code
        assert len({entry.definition, entry.example, entry.counter_example}) == 3, entry.code


def test_every_counter_example_of_a_type_says_what_it_is_instead() -> None:
    for entry in load_codebook().types.values():
        others = [code for code in TYPES if code != entry.code and code in entry.counter_example]
        assert others, entry.code


def test_no_two_entries_share_an_example() -> None:
    sentences = [sentence for entry in every_entry() for sentence in (entry.example, entry.counter_example)]
    assert len(sentences) == len(set(sentences))


def test_labels_of_a_section_are_told_apart_in_every_language() -> None:
    book = load_codebook()
    for section in (book.types, book.parties, book.units, book.means, book.resistance, book.modalities):
        for lang in LANGUAGES:
            labels = [entry.named(lang) for entry in section.values()]
            assert len(labels) == len(set(labels)), (lang, labels)


def test_acled_has_six_event_types_and_twenty_five_sub_event_types() -> None:
    assert len(ACLED) == 6
    assert len({name for names in ACLED.values() for name in names}) == 25


def test_every_type_becomes_an_acled_sub_event_type_of_the_right_event_type() -> None:
    for entry in load_codebook().types.values():
        assert entry.acled_sub_event in ACLED[entry.acled_event], entry.code
        assert entry.plover is not None or entry.plover_mode is None, entry.code


def test_no_type_becomes_an_acled_type_that_depends_on_which_side_acts() -> None:
    sided = {"Government regains territory", "Non-state actor overtakes territory"}
    assert not [entry.code for entry in load_codebook().types.values() if entry.acled_sub_event in sided]


def test_acts_of_resistance_carry_their_kinds() -> None:
    types = load_codebook().types
    assert types["sabotage"].resistance == ("public_lethal",)
    assert "internal_lethal" in types["informing"].resistance
    assert "private" in types["refusal"].resistance
    assert "public_nonlethal" in types["protest"].resistance
    assert types["shelling"].resistance == ()


def test_the_embargoed_types_are_types_and_say_so() -> None:
    types = load_codebook().types
    for code in EMBARGOED_TYPES:
        assert "embargo" in types[code].definition


def test_an_unknown_type_is_answered_with_the_list_of_types() -> None:
    with pytest.raises(CodebookError, match=r"'murder'.*killing, injury"):
        load_codebook().type("murder")


def test_a_party_is_named_in_the_language_asked_for_and_a_foreign_one_by_its_code() -> None:
    book = load_codebook()
    assert book.party("civilians", "uk") == "цивільні"
    assert book.party("civilians", "de") == "Civilians"
    assert book.party("syrian_government") == "syrian government"


@pytest.mark.parametrize("field", ["label", "label_uk", "label_ru", "definition", "example", "counter_example"])
def test_an_entry_without_a_field_is_named_with_what_it_lacks(tmp_path: Path, field: str) -> None:
    changed = data()
    del changed["types"]["torture"][field]
    with pytest.raises(CodebookError, match=f"types/torture: {field} is missing"):
        read_codebook(written(tmp_path, changed))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("acled", ["Battles", "Attack"], "types/clash: acled"),
        ("acled", ["Battles"], "types/clash: acled"),
        ("acled", "Battles", "types/clash: acled is missing"),
        ("plover", ["FIGHT"], "types/clash: plover"),
        ("plover", ["ASSAULT", "arrest"], "types/clash: plover"),
        ("plover", ["ASSAULT", "firearms", "more"], "types/clash: plover"),
        ("resistance", ["loud"], "types/clash: resistance loud is none of"),
        ("colour", "red", "types/clash: unknown field colour"),
    ],
)
def test_a_wrong_mapping_is_named(tmp_path: Path, field: str, value: object, message: str) -> None:
    changed = data()
    changed["types"]["clash"][field] = value
    with pytest.raises(CodebookError, match=message):
        read_codebook(written(tmp_path, changed))


@pytest.mark.parametrize("section", ["types", "modalities", "parties", "units", "groups", "means", "resistance"])
def test_a_missing_section_is_named(tmp_path: Path, section: str) -> None:
    changed = data()
    del changed[section]
    with pytest.raises(CodebookError, match=section):
        read_codebook(written(tmp_path, changed))


def test_a_missing_modality_is_noticed(tmp_path: Path) -> None:
    changed = data()
    del changed["modalities"]["denied"]
    with pytest.raises(CodebookError, match="modalities: should be exactly asserted"):
        read_codebook(written(tmp_path, changed))


@pytest.mark.parametrize("text", ["types: [", "- a list", "types:\n  killing: text\n", ""])
def test_what_is_no_codebook_is_a_codebook_error(tmp_path: Path, text: str) -> None:
    file = tmp_path / "codebook.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"codebook\.yml"):
        read_codebook(file)


def test_a_codebook_that_is_not_there_is_a_codebook_error(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="Reinstall"):
        read_codebook(tmp_path / "none.yml")


def test_it_is_read_once() -> None:
    assert load_codebook() is load_codebook()


def test_the_page_for_people_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(load_codebook()), "run: python -m testimonia.codebook"


def test_the_page_is_written_where_one_says(tmp_path: Path) -> None:
    main([str(tmp_path / "page.md")])
    assert (tmp_path / "page.md").read_bytes() == PAGE.read_bytes()
