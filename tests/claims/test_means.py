"""With what a happening is done: cases in three languages, and that it is a code of the codebook in every row."""

from __future__ import annotations

import pytest

from testimonia.claims import means
from testimonia.codebook import load_codebook
from testimonia.packs import Packs
from testimonia.records import Claim, Quote
from tests.claims.asking import Question, asked, questions
from tests.claims.cases import coded

CASES = [case for lang in ("en", "uk", "ru") for case in questions(f"means.{lang}.txt")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_the_means_is_read_off_the_words(case: Question, packs: Packs) -> None:
    found = means.means(asked(case, packs))
    assert (found.value or "none") == case.answer
    assert bool(found.reasons) == (found.value is not None)


def test_every_row_of_the_tables_names_a_means_of_the_codebook(packs: Packs) -> None:
    known = set(load_codebook().means)
    for pack in packs.languages.values():
        named = {code for row in pack.table("means").entries for tag in row.tags if (code := tag.partition("by:")[2])}
        assert named <= known, named - known
        assert len(named) >= 20, pack.code


def test_what_says_nothing_of_weapons_has_no_means(packs: Packs) -> None:
    claims = coded("Rockets hit the depot. Twelve teachers were detained by men with rifles.", packs)
    assert [(claim.type, claim.means) for claim in claims] == [("shelling", "rocket"), ("detention", None)]


def test_the_words_that_named_the_means_are_among_the_reasons(packs: Packs) -> None:
    (claim,) = coded("A grenade killed four people at the market.", packs)
    assert claim.means == "grenade"
    assert [reason.words for reason in claim.reasons if reason.question == "means"] == ["grenade"]


def test_a_claim_is_the_same_claim_with_or_without_its_means() -> None:
    quote = Quote("doc-1", 0, 3, "abc")
    assert Claim(quote, "killing").id == Claim(quote, "killing", means="knife").id
