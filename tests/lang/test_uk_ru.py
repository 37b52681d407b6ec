"""The Ukrainian and the Russian pack: on sentences written for the purpose, and the one against the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from testimonia.codebook import load_codebook
from testimonia.packs import LanguagePack, Packs
from testimonia.records import Claim
from tests.claims.cases import Case, Expected, cases, coded, written

LANGUAGES = ("uk", "ru")
MODALITIES = {"denied", "alleged", "planned", "predicted", "asserted", "none"}
NEGATIONS = {"не", "ні", "ни", "без", "немає", "нема", "нет"}


def fits(claim: Claim, line: Expected) -> bool:
    return (claim.type, claim.modality) == (line.type, line.modality)


def counted(claim: Claim, line: Expected) -> bool:
    return fits(claim, line) and line.count in (None, written(claim.count))


def cited(claim: Claim, line: Expected) -> bool:
    if line.by in (None, "-"):
        return claim.speaker is None
    return claim.speaker is not None and str(line.by) in claim.speaker.name


def both(kind: str) -> list[tuple[str, Case]]:
    return [(lang, case) for lang in LANGUAGES for case in cases(f"{kind}.{lang}.txt")]


def missed(case: Case, lang: str, packs: Packs, fit: Callable[[Claim, Expected], bool]) -> list[Expected]:
    claims = coded(case.text, packs, lang)
    return [line for line in case.expected if not any(fits(c, line) and fit(c, line) for c in claims)]


def pack(lang: str, packs: Packs) -> LanguagePack:
    found = packs.language(lang)
    assert found is not None
    return found


@pytest.mark.parametrize(("lang", "case"), both("counts"), ids=lambda value: getattr(value, "text", value)[:40])
def test_counts_are_read_in_every_case_form(lang: str, case: Case, packs: Packs) -> None:
    assert missed(case, lang, packs, counted) == []


@pytest.mark.parametrize(("lang", "case"), both("modality"), ids=lambda value: getattr(value, "text", value)[:40])
def test_modality_is_read_off_the_words(lang: str, case: Case, packs: Packs) -> None:
    assert missed(case, lang, packs, fits) == []


@pytest.mark.parametrize(("lang", "case"), both("speakers"), ids=lambda value: getattr(value, "text", value)[:40])
def test_the_nearest_speaker_is_named(lang: str, case: Case, packs: Packs) -> None:
    assert missed(case, lang, packs, cited) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_most_types_are_found_in_uncommon_words_too(lang: str, packs: Packs) -> None:
    found = [
        any(claim.type == line.type for claim in coded(case.text, packs, lang))
        for case in cases(f"kinds.{lang}.txt")
        for line in case.expected
    ]
    assert sum(found) >= 0.9 * len(found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_question_states_nothing(lang: str, packs: Packs) -> None:
    asked = {"uk": "Лікарню обстріляли? Ні, запевняє міністр.", "ru": "Больницу обстреляли? Нет, уверяет министр."}
    assert coded(asked[lang], packs, lang) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_triggers_for_every_type_of_the_codebook(lang: str, packs: Packs) -> None:
    named = {entry.value for entry in pack(lang, packs).table("triggers").entries}
    assert named - {"none"} == set(load_codebook().types)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_condition_of_a_trigger_names_a_class_that_has_cues(lang: str, packs: Packs) -> None:
    tags = {tag for entry in pack(lang, packs).table("triggers").entries for tag in entry.tags}
    wanted = {tag.split(":")[1] for tag in tags if ":" in tag}
    assert wanted <= {entry.value for entry in pack(lang, packs).table("cues").entries}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_trigger_that_holds_a_negation_is_no_denial_of_itself(lang: str, packs: Packs) -> None:
    table = pack(lang, packs).table("modality")
    for entry in pack(lang, packs).table("triggers").entries:
        if entry.value != "none" and NEGATIONS & set(entry.phrase.split()):
            cues = [cue.value for cue in table.entries if cue.phrase == entry.phrase]
            assert "asserted" in cues or "denied" in entry.tags or cues, entry.phrase


@pytest.mark.parametrize("lang", LANGUAGES)
def test_units_groups_and_modalities_are_those_of_the_codebook(lang: str, packs: Packs) -> None:
    book, tables = load_codebook(), pack(lang, packs)
    assert {entry.value for entry in tables.table("units").entries} <= {*book.units, "none", "same"}
    assert {entry.value for entry in tables.table("groups").entries} <= {*book.groups, "none"}
    assert {entry.value for entry in tables.table("modality").entries} <= MODALITIES


def test_the_same_report_in_both_languages_gives_the_same_coding(packs: Packs) -> None:
    ukrainian = coded("Унаслідок обстрілу загинули троє людей, пошкоджено 12 будинків.", packs, "uk")
    russian = coded("В результате обстрела погибли трое людей, повреждены 12 домов.", packs, "ru")
    coding = [[(c.type, c.modality, written(c.count)) for c in claims] for claims in (ukrainian, russian)]
    assert coding[0] == coding[1]
