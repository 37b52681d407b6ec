"""Phrases found in running text: what is kept for a sentence changes no answer."""

from __future__ import annotations

from testimonia.phrases import Entry, Phrases, words

TEXT = "Two men were taken away, three taken prisoner"
BROAD = Phrases([Entry("taking", "taken"), Entry("leaving", "taken away")])
NARROW = Phrases([Entry("detention", "taken prisoner"), Entry("counting", "t*")])


def said(table: Phrases, text: str, *, overlapping: bool = False) -> list[tuple[str, int]]:
    return [(hit.value, hit.first) for hit in table.find(text, overlapping=overlapping)]


def test_of_overlapping_hits_the_longest_is_kept_whichever_is_asked_for_first() -> None:
    longest, every = [("leaving", 3), ("taking", 6)], [("taking", 3), ("leaving", 3), ("taking", 6)]
    assert said(BROAD, TEXT) == longest
    assert said(BROAD, TEXT, overlapping=True) == every
    assert said(BROAD, TEXT) == longest


def test_each_table_finds_its_own_in_one_sentence() -> None:
    assert said(BROAD, TEXT) == [("leaving", 3), ("taking", 6)]
    assert said(NARROW, TEXT) == [("counting", 0), ("counting", 3), ("counting", 5), ("detention", 6)]


def test_two_tables_of_the_same_lines_answer_alike() -> None:
    assert said(Phrases(BROAD.entries), TEXT) == said(BROAD, TEXT)


def test_words_of_a_stretch_are_looked_at_by_themselves() -> None:
    split = words(TEXT)
    assert [hit.value for hit in NARROW.find(split[6:])] == ["detention"]
    assert [hit.value for hit in NARROW.find(split[6:7])] == ["counting"]
    assert not NARROW.find(split[1:3], overlapping=True)


def test_words_of_a_sentence_are_kept_and_those_of_a_long_text_are_not() -> None:
    assert words(TEXT) is words(TEXT)
    assert words(TEXT * 100) == words(TEXT * 100)
    assert words(TEXT * 100) is not words(TEXT * 100)
