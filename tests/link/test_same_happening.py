"""Which claims are one happening, and which are not: over-linking makes two victims one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from testimonia.link import cluster
from testimonia.records import Claim, Confidence, Document, Place, Speaker
from tests.link.told import linked, report, says, together, town

A, B, C = report("a.txt"), report("b.txt"), report("c.txt", "2023-05-06")
APART = {frozenset({0}), frozenset({1})}
ONE = {frozenset({0, 1})}


def _counted(claim: Claim, words: str) -> Claim:
    assert claim.count
    return replace(claim, count=replace(claim.count, words=words))


def _by(claim: Claim, name: str) -> Claim:
    return replace(claim, speaker=Speaker(name, "official"))


def test_two_reports_of_one_strike_are_one_event() -> None:
    claims = [says(A, "shelling", at="2023-05-04", actor="north_forces"), says(B, "shelling", at="2023-05-04")]
    assert together(claims, [A, B]) == ONE


def test_two_strikes_on_one_town_in_one_month_stay_apart() -> None:
    later = report("later.txt", "2023-05-19")
    claims = [
        says(A, "shelling", at="2023-05-04", actor="north_forces"),
        says(later, "shelling", at="2023-05-18", actor="north_forces"),
    ]
    assert together(claims, [A, later]) == APART


def test_two_strikes_on_one_town_stay_apart_where_only_the_documents_are_dated() -> None:
    later = report("later.txt", "2023-05-19")
    claims = [says(A, "shelling", actor="north_forces"), says(later, "shelling", actor="north_forces")]
    assert together(claims, [A, later]) == APART


def test_strikes_on_one_town_on_two_days_running_stay_apart() -> None:
    claims = [says(A, "shelling", at="2023-05-04"), says(C, "shelling", at="2023-05-05")]
    assert together(claims, [A, C]) == APART


def test_daily_reports_of_one_template_do_not_merge() -> None:
    words = "Over the past day the enemy wounded residents of the community"
    days = [report(f"{n}.txt", f"2023-05-0{n}", outlet="District administration") for n in range(1, 6)]
    claims = [says(document, "injury", 2, words=words) for document in days]
    assert together(claims, days) == {frozenset({n}) for n in range(5)}


def test_the_same_words_in_another_outlet_a_day_later_are_a_copy_and_one_event() -> None:
    words = "A guided bomb struck the bakery and two people were wounded"
    claims = [says(A, "injury", 2, words=words), says(C, "injury", 2, words=words)]
    assert together(claims, [A, C]) == ONE


def test_different_towns_are_different_happenings_even_with_the_same_number() -> None:
    claims = [says(A, number=12, at="2023-05-04"), says(B, number=12, at="2023-05-04", place="Verbne")]
    assert together(claims, [A, B]) == APART


def test_towns_of_one_name_in_two_regions_are_apart() -> None:
    claims = [says(A, number=12, at="2023-05-04"), says(B, number=12, at="2023-05-04", adm1="East Oblast")]
    assert together(claims, [A, B]) == APART


def test_a_town_and_the_region_that_holds_it_go_together_by_their_number() -> None:
    claims = [says(A, number=12, at="2023-05-04"), says(B, number=12, at="2023-05-04", place=None)]
    assert together(claims, [A, B]) == ONE
    claims = [says(A, at="2023-05-04"), says(B, at="2023-05-04", place=None, words="shots fell somewhere else then")]
    assert together(claims, [A, B]) == APART


def test_a_site_belongs_to_its_town() -> None:
    site = Place("Lypove bus station", adm1="West Oblast", precision="site")
    claims = [says(A, "airstrike", at="2023-05-04"), says(B, "airstrike", at="2023-05-04", place=site)]
    assert together(claims, [A, B]) == ONE
    _, events = linked(claims, [A, B])
    assert events[0].place == town("Lypove")


def test_a_contested_toll_belongs_to_one_event() -> None:
    claims = [says(A, number=39, at="2023-05-04"), says(B, number=52, at="2023-05-04")]
    assert together(claims, [A, B]) == ONE


def test_wildly_different_numbers_are_not_one_happening() -> None:
    claims = [says(A, number=2, at="2023-05-04"), says(B, number=600, at="2023-05-04")]
    assert together(claims, [A, B]) == APART


def test_mutual_blame_is_one_event() -> None:
    claims = [
        says(A, "shelling", at="2023-05-04", actor="north_forces"),
        says(B, "shelling", at="2023-05-04", actor="south_forces"),
    ]
    assert together(claims, [A, B]) == ONE


def test_a_denial_links_to_what_it_denies() -> None:
    claims = [
        says(A, "shelling", at="2023-05-04", actor="north_forces"),
        says(B, "shelling", at="2023-05-04", actor="north_forces", modality="denied"),
    ]
    assert together(claims, [A, B]) == ONE


def test_what_is_planned_or_expected_is_not_what_was_done() -> None:
    claims = [says(A, number=5, at="2023-05-04"), says(B, number=5, at="2023-05-04", modality="planned")]
    assert together(claims, [A, B]) == APART
    claims = [says(A, number=5, at="2023-05-04"), says(B, number=5, at="2023-05-04", modality="predicted")]
    assert together(claims, [A, B]) == APART


def test_one_document_with_two_numbers_tells_of_two_happenings() -> None:
    claims = [says(A, number=3, at="2023-05-04"), says(A, number=7, at="2023-05-04", start=80)]
    assert together(claims, [A]) == APART


def test_one_document_that_repeats_its_number_tells_of_one_happening() -> None:
    claims = [says(A, number=17, at="2023-05-04"), says(A, number=17, at="2023-05-04", start=80)]
    assert together(claims, [A]) == ONE


def test_another_strike_in_the_document_s_own_words_is_another_event() -> None:
    claims = [
        says(A, "shelling", at="2023-05-04", words="A rocket hit the market in the town"),
        says(A, "shelling", at="2023-05-04", words="Another rocket attack hit the market in the town", start=80),
    ]
    assert together(claims, [A]) == APART
    others = (
        ("uk", "Ще одна ракета влучила в ринок"),
        ("ru", "Ещё одна ракета попала в рынок"),
        ("uk", "Повторний удар прийшовся на ринок"),
        ("ru", "Повторный удар пришёлся на рынок"),
        ("en", "A further strike hit the market"),
    )
    for lang, words in others:
        claims[1] = says(A, "shelling", at="2023-05-04", words=words, start=80, lang=lang)
        assert together(claims, [A]) == APART


def test_a_running_total_is_a_series_apart() -> None:
    total = says(B, number=12, at="2022-02-24/2023-05-05", words="since then people died in the town")
    claims = [says(A, number=12, at="2023-05-04"), total]
    assert together(claims, [A, B]) == APART
    claims[1] = says(B, number=12, words="Since the start of the invasion 12 people died in the town")
    assert together(claims, [A, B]) == APART


def test_people_and_things_are_never_one_count() -> None:
    claims = [says(A, "property", 20, at="2023-05-04"), says(B, "property", 20, at="2023-05-04", unit="item")]
    assert together(claims, [A, B]) == APART


def test_children_among_the_dead_are_not_the_women_among_them() -> None:
    claims = [
        says(A, number=2, at="2023-05-04", group="child"),
        says(B, number=2, at="2023-05-04", group="woman"),
    ]
    assert together(claims, [A, B]) == APART


def test_a_part_is_not_the_whole_but_the_same_number_may_be() -> None:
    whole, part = says(A, number=16, at="2023-05-04"), says(B, number=10, at="2023-05-04", group="child")
    assert together([whole, part], [A, B]) == APART
    same = says(B, number=16, at="2023-05-04", group="child")
    assert together([whole, same], [A, B]) == ONE


def test_one_more_victim_is_not_the_toll_of_another_report() -> None:
    words = "Ще один поранений помер у лікарні міста"
    more = says(A, number=1, at="2023-05-04", words=words, lang="uk")
    toll = says(B, number=3, at="2023-05-04", words="Троє людей загинули у будинку міста", lang="uk")
    assert together([more, toll], [A, B]) == APART
    assert together([more, says(B, number=1, at="2023-05-04", words=words, lang="uk")], [A, B]) == ONE


def test_different_things_are_not_one_count() -> None:
    homes = _counted(says(A, "property", 7, at="2023-05-04", unit="item"), "7 homes")
    assert together([homes, _counted(says(B, "property", 7, at="2023-05-04", unit="item"), "7 homes")], [A, B]) == ONE
    burnt = says(B, "property", 7, at="2023-05-04", unit="item", words="seven tanks stand burnt beside that road")
    tanks = _counted(burnt, "7 tanks")
    assert together([homes, tanks], [A, B]) == APART


def test_damage_at_a_site_is_not_the_damage_in_the_town() -> None:
    mill = Place("Lypove mill", adm1="West Oblast", precision="site")
    town_s = says(B, "property", 600, at="2023-05-04", unit="item", words="six hundred roofs are gone")
    assert together([says(A, "property", at="2023-05-04", place=mill), town_s], [A, B]) == APART


def test_one_text_that_says_at_least_16_and_48_tells_of_two_happenings() -> None:
    claims = [says(A, number=48, at="2023-05-04"), says(A, number=(16, None), at="2023-05-04", start=80)]
    assert together(claims, [A]) == APART
    claims[1] = says(A, number=(45, None), at="2023-05-04", start=80)
    assert together(claims, [A]) == ONE


def test_two_speakers_of_one_text_with_two_tolls_speak_of_one_happening() -> None:
    first, second = says(A, number=16, at="2023-05-04"), says(A, number=21, at="2023-05-04", start=80)
    claims = [_by(first, "the prosecutor"), _by(second, "the president")]
    assert together(claims, [A]) == ONE
    assert together([_by(first, "the prosecutor"), _by(second, "the prosecutor")], [A]) == APART
    far = _by(says(A, number=160, at="2023-05-04", start=80), "the president")
    assert together([claims[0], far], [A]) == APART


def test_the_earlier_figure_of_one_text_belongs_to_the_later_one() -> None:
    now = says(A, number=4, at="2023-05-04")
    told = {"en": "Three dead had been reported earlier", "uk": "Раніше повідомляли про трьох загиблих"}
    told["ru"] = "Ранее сообщалось о трёх погибших"
    for lang, words in told.items():
        old = says(A, number=3, at="2023-05-04", words=words, start=80, lang=lang)
        assert together([now, old], [A]) == ONE
        nowhere = says(A, number=3, at="2023-05-04", words=words, start=80, lang=lang, place=None)
        assert together([now, nowhere], [A]) == ONE
    assert together([now, says(A, number=3, at="2023-05-04", start=80)], [A]) == APART


def test_strikes_on_one_place_of_which_only_the_month_is_known_stay_apart() -> None:
    month = report("month.txt", "2023-05-01/2023-05-31")
    for kind in ("shelling", "airstrike", "clash"):
        undated = says(month, kind, actor="north_forces", words="troops go on with it near the river")
        dated = says(A, kind, at="2023-05-04", actor="north_forces")
        assert together([undated, dated], [month, A]) == APART
    mill = Place("Lypove mill", adm1="West Oblast", precision="site")
    once = [says(month, "explosion", place=mill), says(A, "explosion", at="2023-05-04", place=mill)]
    assert together(once, [month, A]) == ONE


def test_a_copied_sentence_is_one_telling_even_where_no_place_is_named() -> None:
    words = "The deputy head of the administration died when his car left the road near the river"
    claims = [says(document, place=None, adm1=None, words=words) for document in (A, B)]
    assert together(claims, [A, B]) == ONE


def test_a_claim_without_place_and_date_attracts_nothing() -> None:
    undated = report("undated.txt", None)
    vague = says(undated, "shelling", place=None, adm1=None, words="shelling goes on everywhere along this front")
    towns = [says(A, "shelling", at="2023-05-04", place=name) for name in ("Lypove", "Verbne", "Kalynove")]
    assert len(together([vague, *towns], [A, undated])) == 4


def test_a_vague_claim_does_not_chain_two_towns_into_one_event() -> None:
    claims = [
        says(A, number=12, at="2023-05-04"),
        says(B, number=12, at="2023-05-04", place=None),
        says(C, number=12, at="2023-05-04", place="Verbne"),
    ]
    assert frozenset({0, 1, 2}) not in together(claims, [A, B, C])
    assert not any({0, 2} <= event for event in together(claims, [A, B, C]))


def test_no_document_tells_of_what_happens_after_it() -> None:
    claims = [says(A, "shelling"), says(C, "shelling", at="2023-05-06")]
    assert together(claims, [A, C]) == APART


def test_two_deaths_at_the_same_place_and_time_that_differ_by_type_are_two_events() -> None:
    claims = [says(A, "killing", 12, at="2023-05-04"), says(B, "injury", 12, at="2023-05-04")]
    assert together(claims, [A, B]) == APART


def test_the_handle_stays_while_younger_claims_join() -> None:
    oldest = says(A, number=39, at="2023-05-04")
    _, (alone,) = linked([oldest], [A])
    _, (grown,) = linked([says(C, number=52, at="2023-05-04"), oldest], [A, C])
    assert alone.handle == grown.handle
    assert alone.handle.startswith("evt-")
    assert alone.id != grown.id
    assert grown.claims[0] == oldest.id


def test_links_say_in_words_why() -> None:
    claims = [
        says(A, number=39, at="2023-05-04"),
        says(B, number=52, at="2023-05-04"),
        says(B, number=39, at="2023-05-04", start=90, words="Another strike killed people"),
    ]
    links, _ = linked(claims, [A, B])
    same = [link for link in links if link.verdict == "same"]
    assert any("place: same place" in " ".join(link.reasons) for link in same)
    assert all(link.score >= 0.5 for link in same)
    assert any(link.verdict == "different" and "Another strike" in " ".join(link.reasons) for link in links)


def test_a_claim_given_twice_is_one_claim() -> None:
    claim = says(A, number=3)
    _, events = linked([claim, replace(claim)], [A])
    assert [event.claims for event in events] == [(claim.id,)]


def test_a_claim_whose_document_is_missing_counts_as_undated() -> None:
    _, events = linked([says(A, number=3)], [])
    assert len(events) == 1


def test_nothing_gives_nothing() -> None:
    assert linked([], []) == ((), ())


DAM = Place("Lypove Dam", adm1="West Oblast", precision="site", words="Lypove dam")
BLAMED = "The north accuses the south of blowing up the dam; the south accuses the north of destroying it."


def _blame(document: Document, swapped: bool = False) -> list[Claim]:
    """Return what a text on the dam says: that it burst, and whom each side blames, in other words."""
    south, north = ("north_forces", "south_forces") if swapped else ("south_forces", "north_forces")
    return [
        says(document, "explosion", at="2023-05-04", place=DAM, words="The Lypove dam burst on 4 May"),
        says(document, "property", at="2023-05-04", place=DAM, words="The Lypove dam burst on 4 May"),
        _by(says(document, "explosion", place=None, words=BLAMED, start=80, modality="alleged", actor=south), north),
        _by(says(document, "property", place=None, words=BLAMED, start=80, modality="alleged", actor=north), south),
    ]


def test_what_both_sides_blame_on_one_another_in_other_words_is_one_event() -> None:
    wire = report("wire.txt", "2023-05-19")
    for swapped in (False, True):
        claims = [says(A, "shelling", at="2023-05-04", place=DAM, actor="north_forces"), *_blame(wire, swapped)]
        links, (event, damage) = linked(claims, [A, wire])
        assert (len(event.claims), damage.type) == (4, "property")
        assert event.type == "explosion"
        assert event.place == DAM
        reasons = " ".join(reason for link in links for reason in link.reasons)
        assert "told as explosion and as property" in reasons
        assert "if “dam” is said of it" in reasons


def test_a_word_for_two_sites_of_a_document_is_neither() -> None:
    other = replace(DAM, name="Verbne Dam", words="Verbne dam")
    named = [says(A, "explosion", at="2023-05-04", place=place, start=n) for n, place in enumerate((DAM, other))]
    spoken = says(A, "explosion", place=None, words="Nobody knows who blew up the dam", start=80)
    assert together([*named, spoken], [A]) == {frozenset({0}), frozenset({1}), frozenset({2})}


def test_a_shelling_and_an_air_strike_on_one_town_are_two_and_counted_damage_is_not_the_blow() -> None:
    claims = [says(A, "shelling", at="2023-05-04"), says(B, "airstrike", at="2023-05-04")]
    assert together(claims, [A, B]) == APART
    at_site = [replace(claim, place=DAM) for claim in claims]
    assert together(at_site, [A, B]) == ONE
    damage = says(B, "property", 600, at="2023-05-04", place=DAM, modality="alleged", actor="north_forces", unit="item")
    assert together([at_site[0], damage], [A, B]) == APART


def test_undated_reports_of_one_number_weeks_apart_stay_apart_unless_the_words_are_the_same() -> None:
    later = report("later.txt", "2023-05-22")
    claims = [says(A, number=12, actor="north_forces"), says(later, number=12, actor="north_forces")]
    words = "A guided bomb struck the bakery and the whole morning shift perished under its roof"
    told = [replace(claims[0], target="civilians"), says(later, number=12, actor="north_forces", words=words)]
    assert together(told, [A, later]) == APART
    copied = [says(document, number=12, words=words) for document in (A, later)]
    assert together(copied, [A, later]) == ONE


def _sure(claim: Claim, **slots: float) -> Claim:
    """Return a claim of which all but these slots is sure."""
    return replace(claim, confidence=replace(Confidence(*[0.9] * 9), **slots))


def test_what_a_claim_is_sure_of_is_compared_as_if_nobody_had_measured_it() -> None:
    claims = [says(A, "killing", 12, at="2023-05-04"), says(B, "killing", 12, at="2023-05-04", place="Verbne")]
    assert together([_sure(claim) for claim in claims], [A, B]) == together(claims, [A, B]) == APART
    claims[1] = says(B, "killing", 12, at="2023-05-04")
    assert linked([_sure(claim) for claim in claims], [A, B]) == linked(claims, [A, B])


@pytest.mark.parametrize(
    ("slot", "other"),
    [
        ("place", {"place": "Verbne"}),
        ("date", {"at": "2023-05-09"}),
        ("count", {"number": 500}),
        ("group", {"group": "child"}),
    ],
)
def test_an_unsure_slot_does_not_keep_two_claims_apart(slot: str, other: dict[str, Any]) -> None:
    said: dict[str, Any] = {"number": 12, "at": "2023-05-04", "words": "a guided bomb struck the bakery on Tuesday"}
    one, two = says(A, **{**said, "group": "woman"}), says(B, **{**said, "group": "woman", **other})
    assert together([one, two], [A, B]) == APART
    for unsure in (0.49, 0.1):
        assert together([one, _sure(two, **{slot: unsure})], [A, B]) == ONE
        assert together([_sure(one, **{slot: unsure}), two], [A, B]) == ONE
    assert together([one, _sure(two, **{slot: 0.5})], [A, B]) == APART


def test_an_unsure_place_does_not_join_two_claims_either() -> None:
    claims = [says(A, "shelling", at="2023-05-04"), says(B, "shelling", at="2023-05-04")]
    assert together(claims, [A, B]) == ONE
    assert together([claims[0], _sure(claims[1], place=0.3)], [A, B]) == APART


def test_an_event_says_what_its_claims_are_sure_of_and_where_none_is_what_they_say() -> None:
    words = "a guided bomb struck the bakery on Tuesday"
    sure = says(A, number=12, at="2023-05-04", words=words)
    unsure = _sure(says(B, number=12, at="2023-05-01", place="Verbne", words=words), place=0.3, date=0.3)
    _, (event,) = linked([sure, unsure], [A, B])
    assert (event.place, event.when) == (sure.place, sure.when)
    _, (event,) = linked([unsure], [B])
    assert (event.place, event.adm1, event.when) == (unsure.place, unsure.adm1, unsure.when)
    assert event.handle == linked([replace(unsure, confidence=None)], [B])[1][0].handle


def test_a_pair_that_only_reaches_the_threshold_stays_apart() -> None:
    assert cluster.clusters([0, 1], lambda *_: 0.5, 0.5) == [[0], [1]]
    assert cluster.clusters([0, 1], lambda *_: 0.501, 0.5) == [[0, 1]]


def test_numbers_of_any_size_and_days_at_either_end_of_the_calendar_are_compared() -> None:
    huge = 10**320
    early, late = report("early.txt", "0001-01-01"), report("late.txt", "9999-12-31")
    claims = [
        says(early, number=huge),
        says(late, number=(huge + 1, None)),
        says(early, number=huge, at="0001-01-01", start=90),
        says(late, number=(None, huge), at="9999-12-31", start=90),
        says(late, at="0001-01-01/9999-12-31", start=180),
    ]
    _, events = linked(claims, [early, late])
    assert sorted(claim for event in events for claim in event.claims) == sorted(claim.id for claim in claims)
