"""Who did it, and to whom, on sentences written for the purpose; and the same with the sides exchanged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from testimonia.claims.party import parties
from testimonia.claims.scene import scene
from testimonia.claims.sides import Tables
from testimonia.packs import Packs
from testimonia.phrases import fold
from tests.claims.asking import Question, asked, questions

CASES = [case for lang in ("en", "uk", "ru") for case in questions(f"parties.{lang}.txt")]
OTHER = {f"ru_{kind}": f"ua_{kind}" for kind in ("forces", "authorities", "resistance")}
OTHER |= {b: a for a, b in OTHER.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.lang} {case.text}")
def test_parties_are_read_off_the_words(case: Question, packs: Packs) -> None:
    actor, target = parties(asked(case, packs)).value
    assert f"{actor or '-'} > {target or '-'}" == case.answer


def swapped(text: str, lang: str, packs: Packs) -> str:
    """Exchange the words of both sides, longer ones first."""
    rows = [row for region in packs.regions for row in region.rows.get("swaps", ()) if row["lang"] == lang]
    pairs = [(row["one"], row["other"]) for row in rows]
    pairs += [(row["other"], row["one"]) for row in rows if row.get("way") != ">"]
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


def test_without_a_region_pack_states_go_by_their_own_names(packs: Packs) -> None:
    question = replace(asked(CASES[0], packs), packs=Packs(packs.languages))
    assert parties(question).value == ("russian_government", None)


# Sentences of documents with what they are about: whether another conflict, the government and the armed group.
SCENES = [
    ("en", "Russian troops left. Ukraine thanked the United States, France, Poland and Canada.", (False, "", "")),
    ("en", "Kyiv asked the US for help. Ukraine waits.", (False, "", "")),
    ("en", "A fire broke out in the harbour.", (False, "", "")),
    ("en", "Police in Lima held two men. Peru has no law on it, the US said.", (True, "peruvian_government", "")),
    ("en", "The Taliban held Kunduz. Taliban fighters left for Kabul.", (True, "afghan_government", "taliban")),
    ("en", "ISIS and Hezbollah met near Homs.", (True, "syrian_government", "")),
    ("uk", "США завдали удару по Ірану, а Іран по Кувейту, дізналися в Україні.", (True, "iran", "")),
    ("ru", "В Техасе казнили шпиона. США, сообщила Россия, ничего не ответили.", (True, "united_states", "")),
]


@pytest.mark.parametrize("case", SCENES, ids=lambda case: f"{case[0]} {case[1]}")
def test_the_states_that_a_document_names_tell_which_conflict_it_is_about(
    case: tuple[str, str, tuple[bool, str, str]], packs: Packs
) -> None:
    lang, text, expected = case
    found = scene(text, Tables(packs.languages[lang], packs))
    assert (found.abroad, found.home, found.foe) == expected


# What goes by the side that the source list states: the language, the sentence, the type, and who it is for each side.
STANDING = [
    ("en", "Our troops [shelled] the port.", "shelling", "ua_forces", "ru_forces"),
    ("en", "The enemy [shelled] the port.", "shelling", "ru_forces", "ua_forces"),
    ("en", "Border guards [detained] three men.", "detention", "ua_forces", "ru_forces"),
    ("en", "Partisans [blew up] the track.", "sabotage", "ua_resistance", "ru_resistance"),
    ("en", "Militants [shelled] the port.", "shelling", "ru_forces", "ua_forces"),
    ("uk", "Наші військові [обстріляли] ринок.", "shelling", "ua_forces", "ru_forces"),
    ("uk", "Ворог [обстріляв] ринок.", "shelling", "ru_forces", "ua_forces"),
    ("uk", "Захисники [обстріляли] ринок.", "shelling", "ua_forces", "ru_forces"),
    ("uk", "Прикордонники [затримали] трьох чоловіків.", "detention", "ua_forces", "ru_forces"),
    ("uk", "Ворожі бойовики [обстріляли] ринок.", "shelling", "ru_forces", "ua_forces"),
    ("ru", "Наши войска [обстреляли] рынок.", "shelling", "ua_forces", "ru_forces"),
    ("ru", "Противник [обстрелял] рынок.", "shelling", "ru_forces", "ua_forces"),
    ("ru", "Полиция [задержала] троих мужчин.", "detention", "ua_authorities", "ru_authorities"),
]


@pytest.mark.parametrize("case", STANDING, ids=lambda case: f"{case[0]} {case[1]}")
def test_we_and_the_enemy_go_by_the_stated_side_and_never_by_the_language(
    case: tuple[str, str, str, str, str], packs: Packs
) -> None:
    lang, text, kind, *expected = case
    said = []
    for alignment in ("ukrainian", "russian", "western", None):
        one = asked(Question(lang, "", text, kind, ""), packs)
        said.append(parties(replace(one, document=replace(one.document, alignment=alignment))).value[0])
    assert said == [*expected, None, None]


def test_the_speaker_of_the_sentence_goes_before_the_outlet(packs: Packs) -> None:
    text = "Our troops [shelled] the port, Ukrainian officials said."
    one = asked(Question("en", "", text, "shelling", ""), packs)
    assert parties(replace(one, document=replace(one.document, alignment="russian"))).value[0] == "ua_forces"


def test_a_reason_keeps_the_words_of_the_sentence_that_named_the_party(packs: Packs) -> None:
    text = "Russian troops shelled the port. / Two sailors were [killed]."
    found = parties(asked(Question("en", "", text, "killing", ""), packs))
    assert [reason.words for reason in found.reasons] == ["Russian troops"]
