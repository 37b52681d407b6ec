"""How a text is cut into quotes: by the cases a linguist wrote, and for any text there can be."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.packs import Packs, load_packs
from testimonia.read import LONGEST, read
from testimonia.records import Document, Quote

CASES = Path(__file__).parent / "cases"
PACKS = load_packs(regions=())
LETTERS = "abAB вгВГ іІ ыЫ 0123 .!?…,:; «»“”\"'()[]#>*|–—-•@/❗️📌🇺🇦\ufeff\n\r\t\f\x85\u2028\u200d"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=400) | st.text(max_size=200)


def quotes(text: str, lang: str | None = None, title: str | None = None) -> tuple[Quote, ...]:
    return read(Document("0" * 64, text, "a.txt", lang=lang, title=title), PACKS)


def cases() -> Iterator[tuple[str, str, list[str]]]:
    for path in sorted(CASES.glob("sentences.*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            name, *lines = [line for line in block.splitlines() if line] or [""]
            if lines and not lines[0].startswith("# A stretch"):
                yield f"{path.stem}: {name[2:]}", lines[0], lines[1:]


ALL = list(cases())


@pytest.mark.parametrize(("given_text", "expected"), [case[1:] for case in ALL], ids=[case[0] for case in ALL])
def test_a_text_is_cut_as_the_case_says(given_text: str, expected: list[str]) -> None:
    found = [
        ("" if quote.kind == "sentence" else f"[{quote.kind}] ") + quote.text.replace("\n", "⏎")
        for quote in quotes(given_text.replace("⏎", "\n"))
    ]
    assert found == expected


@settings(deadline=None)
@given(TEXTS)
def test_every_quote_is_exactly_its_stretch_of_the_text(text: str) -> None:
    for quote in quotes(text):
        assert quote.text == text[quote.start : quote.end]
        assert quote.text == quote.text.strip()
        assert any(map(str.isalpha, quote.text))
        assert quote.lang in ("en", "uk", "ru", "und")


@settings(deadline=None)
@given(TEXTS)
def test_quotes_stand_in_text_order_and_only_quotations_overlap(text: str) -> None:
    found = quotes(text)
    assert list(found) == sorted(found, key=lambda quote: (quote.start, -quote.end))
    stretches = [quote for quote in found if quote.kind != "quotation"]
    assert all(one.end <= other.start for one, other in pairwise(stretches))
    assert len({quote.id for quote in found}) == len(found)
    assert [quote.paragraph for quote in stretches] == sorted(quote.paragraph for quote in stretches)


@settings(deadline=None)
@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert quotes(text) == quotes(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["слово", "word", "Олена", ",", "."]), min_size=1, max_size=60))
def test_no_letter_outside_front_matter_is_left_out(words: list[str]) -> None:
    text = " ".join(words)
    held = {place for quote in quotes(text) for place in range(quote.start, quote.end)}
    assert all(place in held for place, char in enumerate(text) if char.isalpha())


def test_no_stretch_is_a_giant() -> None:
    assert max(len(quote.text) for quote in quotes("слово " * 5000)) <= LONGEST
    assert max(len(quote.text) for quote in quotes("x" * 50_000)) <= LONGEST


@pytest.mark.parametrize("unit", ["x", "слово ", "“a b c d ", '"', "a.", "t.me/x", "— ", "«", "A. B. "])
def test_time_grows_with_the_length_of_a_line_not_with_its_square(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        quotes(text)
        return time.process_time() - start

    seconds(10_000)
    assert seconds(400_000) < 16 * max(seconds(100_000), 0.02)


def test_front_matter_is_passed_over() -> None:
    text = "---\ntitle: A report\ndate: 2023-05-01\n---\n\nShells fell on the town.\n"
    assert [quote.text for quote in quotes(text)] == ["Shells fell on the town."]


def test_prose_between_dashes_is_no_front_matter() -> None:
    text = "---\nShells fell on the town.\n---\n\nNobody was hurt.\n"
    assert [quote.text for quote in quotes(text)] == ["Shells fell on the town.", "Nobody was hurt."]


def test_the_known_title_is_the_title_even_with_a_stop() -> None:
    found = quotes("The town is quiet.\nShells fell all night.", title="The town is quiet.")
    assert [quote.kind for quote in found] == ["title", "sentence"]


def test_a_byte_order_mark_stays_outside_the_quotes() -> None:
    quote = quotes("\ufeffShells fell on the town.")[0]
    assert (quote.start, quote.text) == (1, "Shells fell on the town.")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Shells fell on the town.", "en"),
        ("Снаряди влучили в під’їзд.", "uk"),
        ("Снаряды попали в подъезд.", "ru"),
        ("Про це заявила влада.", "uk"),
        ("Об этом заявила власть.", "ru"),
        ("Новини від News24 в Telegram.", "uk"),
        ("Le maire a déclaré que personne ne viendrait plus demain matin.", "und"),
    ],
)
def test_the_language_of_a_sentence_is_told(text: str, lang: str) -> None:
    assert quotes(text)[0].lang == lang


def test_a_stretch_without_signs_takes_the_language_of_its_neighbours() -> None:
    assert [quote.lang for quote in quotes("Вибух у місті. Херсон. Усі живі й цілі.")] == ["uk", "uk", "uk"]
    assert [quote.lang for quote in quotes("Снаряды упали. Херсон. @channel_name")] == ["ru", "ru", "ru"]


def test_a_stretch_without_signs_or_neighbours_takes_the_language_of_the_document() -> None:
    assert quotes("Херсон.", lang="uk")[0].lang == "uk"
    assert quotes("Херсон.", lang="en")[0].lang == "und"
    assert quotes("Херсон.")[0].lang == "und"


def test_languages_are_told_for_each_stretch_not_for_the_document() -> None:
    found = quotes("Снаряды попали в дом. Ніхто не постраждав. Nobody was hurt there.")
    assert [quote.lang for quote in found] == ["ru", "uk", "en"]


def test_reading_needs_no_packs_at_all() -> None:
    found = read(Document("0" * 64, "Shells fell. Ніхто не постраждав.", "a.txt"), Packs({}))
    assert [quote.text for quote in found] == ["Shells fell.", "Ніхто не постраждав."]
