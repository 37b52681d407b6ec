"""The coder on sentences written for the purpose, a file a question."""

from __future__ import annotations

import re

import pytest

from testimonia.packs import Packs
from testimonia.records import Claim
from tests.claims.cases import FOLDER, Case, Expected, cases, coded, written

DENIALS = sorted(path.name for path in FOLDER.glob("denials.*.txt"))


def language(name: str) -> str:
    return name.split(".")[1]


def fits(claim: Claim, line: Expected) -> bool:
    return (claim.type, claim.modality) == (line.type, line.modality)


def counted(claim: Claim, line: Expected) -> bool:
    return fits(claim, line) and line.count in (None, written(claim.count))


def cited(claim: Claim, line: Expected) -> bool:
    if line.by in (None, "-"):
        return line.by is None or claim.speaker is None
    said = claim.speaker
    through = line.via is None or (said is not None and line.via in " ".join(said.via))
    return said is not None and str(line.by) in said.name and through


@pytest.mark.parametrize("name", DENIALS)
def test_a_denial_never_comes_out_asserted(name: str, packs: Packs) -> None:
    wrong = [
        case.text
        for case in cases(name)
        for line in case.expected
        if line.modality == "denied" and not case.also_asserted(line.type)
        if any(c.type == line.type and c.modality == "asserted" for c in coded(case.text, packs, language(name)))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", DENIALS)
def test_there_are_many_denials_and_most_come_out_denied(name: str, packs: Packs) -> None:
    lines = [(case, line) for case in cases(name) for line in case.expected if line.modality == "denied"]
    found = [any(fits(c, line) for c in coded(case.text, packs, language(name))) for case, line in lines]
    assert len(cases(name)) >= 40
    assert sum(found) >= 0.85 * len(found)


def test_what_only_looks_like_a_denial_stays_asserted(packs: Packs) -> None:
    for case in cases("denials.en.txt"):
        for line in case.expected:
            if line.modality == "asserted":
                assert any(counted(c, line) for c in coded(case.text, packs)), case.text


def test_an_asserted_claim_beside_a_denial_does_not_quote_it(packs: Packs) -> None:
    claims = coded("Town council says rockets hit the depot, militia denies strike", packs)
    asserted = [c.quote for c in claims if c.modality == "asserted"]
    denied = [c.quote for c in claims if c.modality == "denied"]
    assert asserted and denied
    assert all(a.end <= d.start for a in asserted for d in denied)


def share(found: list[bool]) -> float:
    return sum(found) / len(found)


@pytest.mark.parametrize("case", cases("counts.en.txt"), ids=lambda case: case.text[:40])
def test_counts_are_read_with_bounds_and_units(case: Case, packs: Packs) -> None:
    claims = coded(case.text, packs)
    for line in case.expected:
        assert any(counted(c, line) for c in claims), [(c.type, c.modality, written(c.count)) for c in claims]


@pytest.mark.parametrize("case", cases("kinds.en.txt"), ids=lambda case: case.text[:40])
def test_an_ambiguous_verb_means_what_it_takes(case: Case, packs: Packs) -> None:
    claims = coded(case.text, packs)
    assert {c.type for c in claims} == {line.type for line in case.expected}


@pytest.mark.parametrize(
    ("lang", "case"),
    [(lang, case) for lang in ("en", "uk", "ru") for case in cases(f"years.{lang}.txt")],
    ids=lambda value: getattr(value, "text", value)[:40],
)
def test_what_belongs_to_a_date_is_never_a_count(lang: str, case: Case, packs: Packs) -> None:
    claims = coded(case.text, packs, lang)
    wanted = {(line.type, line.count) for line in case.expected}
    types = {line.type for line in case.expected}
    assert {(claim.type, written(claim.count)) for claim in claims if claim.type in types} == wanted
    assert {written(claim.count) for claim in claims} <= {"-", *(str(line.count) for line in case.expected)}


@pytest.mark.parametrize("case", cases("modality.en.txt"), ids=lambda case: case.text[:40])
def test_modality_is_read_off_the_words(case: Case, packs: Packs) -> None:
    claims = coded(case.text, packs)
    for line in case.expected:
        assert any(fits(c, line) for c in claims), [(c.type, c.modality) for c in claims]


@pytest.mark.parametrize(
    ("case", "lang"),
    [(case, lang) for lang in ("en", "uk", "ru") for case in cases(f"speakers.{lang}.txt")],
    ids=lambda given: given if isinstance(given, str) else given.text[:40],
)
def test_the_nearest_speaker_is_named(case: Case, lang: str, packs: Packs) -> None:
    claims = coded(case.text, packs, lang)
    for line in case.expected:
        assert any(counted(c, line) and cited(c, line) for c in claims), [(c.type, c.speaker) for c in claims]


def test_every_case_of_every_language_can_be_read() -> None:
    names = [path.name for path in FOLDER.glob("*.txt") if re.match(r"(denials|counts|modality|speakers)\.", path.name)]
    assert all(case.expected for name in names for case in cases(name))
