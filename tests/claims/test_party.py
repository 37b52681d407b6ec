"""Who did it, and to whom, on sentences written for the purpose; and the same with the sides exchanged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from testimonia.claims.party import parties
from testimonia.packs import Packs
from testimonia.phrases import fold
from tests.claims.asking import Question, asked, questions

CASES = [case for lang in ("en", "uk", "ru") for case in questions(f"parties.{lang}.txt")]
OTHER = {"ru_forces": "ua_forces", "ru_authorities": "ua_authorities"}
OTHER |= {b: a for a, b in OTHER.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.lang} {case.text}")
def test_parties_are_read_off_the_words(case: Question, packs: Packs) -> None:
    actor, target = parties(asked(case, packs)).value
    assert f"{actor or '-'} > {target or '-'}" == case.answer


def swapped(text: str, lang: str, packs: Packs) -> str:
    """Exchange the words of both sides, longer ones first."""
    rows = [row for region in packs.regions for row in region.rows["swaps"] if row["lang"] == lang]
    pairs = [(row["one"], row["other"]) for row in rows] + [(row["other"], row["one"]) for row in rows]
    out, at = "", 0
    for_start = sorted(pairs, key=lambda pair: -len(pair[0]))
    while at < len(text):
        found = next(((a, b) for a, b in for_start if at_word(text, at, a)), None)
        if found:
            word = found[1]
            out += word[0].upper() + word[1:] if text[at].isupper() else word
            at += len(found[0])
        else:
            out += text[at]
            at += 1
    return out


def at_word(text: str, at: int, word: str) -> bool:
    free = (at == 0 or not text[at - 1].isalpha()) and not text[at + len(word) : at + len(word) + 1].isalpha()
    return free and fold(text[at : at + len(word)]) == fold(word)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.lang} {case.text}")
def test_the_same_rules_hold_for_both_sides(case: Question, packs: Packs) -> None:
    text = swapped(case.text, case.lang, packs)
    if text == case.text:
        pytest.skip("names no side that the table exchanges")
    said = parties(asked(case, packs)).value
    turned = parties(asked(replace(case, text=text), packs)).value
    assert turned == tuple(OTHER.get(code or "", code) for code in said), text


def test_without_a_region_pack_nobody_is_named(packs: Packs) -> None:
    question = replace(asked(CASES[0], packs), packs=Packs(packs.languages))
    assert parties(question).value == (None, None)
