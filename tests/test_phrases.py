"""Phrases found in running text: what is kept for a sentence changes no answer."""

from __future__ import annotations

import random
from time import process_time

from testimonia.phrases import Entry, Hit, Phrases, disjoint, longest, words

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


def hit(start: int, end: int, value: str) -> Hit:
    return Hit(start, end, Entry(value, value), start, end)


def test_of_overlapping_hits_the_longest_is_kept_and_of_equals_the_first() -> None:
    hits = [hit(0, 3, "a"), hit(2, 7, "b"), hit(2, 7, "c"), hit(7, 8, "d"), hit(6, 9, "e"), hit(12, 14, "f")]
    assert [one.value for one in longest(hits)] == ["b", "d", "f"]


def test_stretches_that_are_kept_are_those_that_overlap_none_kept_before() -> None:
    chance = random.Random(7)
    for _ in range(300):
        starts = [chance.randrange(40) for _ in range(25)]
        stretches = [hit(start, start + chance.randrange(1, 9), str(at)) for at, start in enumerate(starts)]
        kept: list[Hit] = []
        for one in stretches:
            if all(one.end <= other.start or one.start >= other.end for other in kept):
                kept.append(one)
        assert disjoint(stretches) == sorted(kept, key=lambda one: one.start)


def test_a_sentence_that_never_ends_is_looked_through_in_a_moment() -> None:
    begun = process_time()
    assert len(BROAD.find("taken " * 40_000)) == 40_000
    assert process_time() - begun < 10  # a second; where every hit is compared with every other, minutes
