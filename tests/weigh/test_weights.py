"""Origins, copies, numbers and contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from testimonia.link import link
from testimonia.packs import load_packs
from testimonia.records import Claim, Document, Event, Speaker, Weight
from testimonia.settings import LinkSettings, WeighSettings
from testimonia.weigh import status, weigh
from testimonia.weigh.copies import copies
from tests.link.told import report, says

PACKS = load_packs()


WIRE = """Rescue crews worked through the night at the bakery in Lypove after a guided bomb went through its roof.
The mayor told journalists that the morning shift had just begun and that neighbours were digging with their hands.
Two ambulances were damaged on the way to the hospital, and the road to the mill is closed until the weekend."""
OTHER = """In the village club a choir met again for the first time since autumn, with candles and a generator outside.
Its leader said that they would sing on Saturday whatever came, and that the roof had been mended by volunteers.
Nobody in the audience of forty wished to talk about the sirens that had gone off twice on the way there today."""


def weights(claims: Sequence[Claim], documents: Sequence[Document]) -> tuple[dict[str, Event], tuple[Weight, ...]]:
    by_id = {document.id: document for document in documents}
    _, events = link(claims, by_id, LinkSettings(), PACKS)
    found = weigh(events, {claim.id: claim for claim in claims}, by_id, WeighSettings())
    return {event.id: event for event in events}, found


def only(claims: Sequence[Claim], documents: Sequence[Document]) -> Weight:
    _, (weight,) = weights(claims, documents)
    return weight


def kinds(weight: Weight) -> list[str]:
    return [contradiction.kind for contradiction in weight.contradictions]


def test_two_independent_reports_are_two_origins() -> None:
    a, b = report("a.txt", text=WIRE), report("b.txt", text=OTHER)
    weight = only([says(a, number=12, at="2023-05-04"), says(b, number=12, at="2023-05-04")], [a, b])
    assert (weight.origins_low, weight.origins_high) == (2, 2)


def test_a_copy_adds_no_origin() -> None:
    a, b = (
        report("a.txt", text=WIRE),
        report("b.txt", "2023-05-06", text=f"{WIRE}\nAll rights reserved by the newsroom."),
    )
    weight = only([says(a, number=12, at="2023-05-04"), says(b, number=12, at="2023-05-04")], [a, b])
    assert (weight.origins_low, weight.origins_high) == (1, 1)
    assert "copies: " in weight.origins[0].reason
    assert weight.origins[0].documents == (a.id, b.id)


def test_a_wire_cut_to_a_third_is_still_a_copy() -> None:
    a, b = report("a.txt", text=WIRE), report("b.txt", text=WIRE.splitlines()[0])
    found = copies([a, b], WeighSettings())
    assert [copy.certain for pairs in found.found.values() for copy in pairs] == [True]


def test_half_a_copy_is_suspected_and_counts_in_the_low_figure_only() -> None:
    mixed = "\n".join((WIRE.splitlines()[0], *OTHER.splitlines()[:1]))
    a, b = report("a.txt", text=WIRE), report("b.txt", text=mixed)
    weight = only([says(a, number=12, at="2023-05-04"), says(b, number=12, at="2023-05-04")], [a, b])
    assert (weight.origins_low, weight.origins_high) == (1, 2)
    assert "perhaps copies" in weight.origins[0].reason


def test_headlines_are_copies_only_where_they_are_equal() -> None:
    same = [report(f"{n}.txt", text="Twelve killed in strike on bakery in Lypove") for n in range(2)]
    weight = only([says(document, number=12, at="2023-05-04") for document in same], same)
    assert weight.origins_high == 1
    longer = report("longer.txt", text=f"Twelve killed in strike on bakery in Lypove. {OTHER}")
    weight = only([says(d, number=12, at="2023-05-04") for d in (same[0], longer)], [same[0], longer])
    assert (weight.origins_low, weight.origins_high) == (1, 2)
    assert "headline" in weight.origins[0].reason


def test_copies_are_found_where_equal_texts_stand_in_for_one_another() -> None:
    elsewhere, b, c = (report(name, text=WIRE) for name in ("a.txt", "b.txt", "c.txt"))
    far = report("far.txt", text=OTHER)
    claims = [
        says(elsewhere, number=3, at="2023-04-01", place="Verbne"),
        says(far, number=3, at="2023-04-01", place="Verbne"),
        *(says(document, number=12, at="2023-05-04") for document in (b, c)),
    ]
    _, found = weights(claims, [elsewhere, b, c, far])
    assert {weight.origins_high for weight in found if b.id in weight.documents} == {1}


def test_the_footer_of_an_outlet_makes_no_copies() -> None:
    footer = (
        "Subscribe to our channel and send us what you have seen through the usual form or call the desk at any time"
    )
    lines = [line for text in (WIRE, OTHER) for line in text.splitlines()]
    own = [report(f"{n}.txt", text=f"{line}\n{footer}", outlet="The Desk") for n, line in enumerate(lines)]
    assert not copies(own, WeighSettings()).found


def test_two_outlets_that_cite_one_governor_are_one_origin_at_least() -> None:
    a, b = report("a.txt", text=WIRE), report("b.txt", text=OTHER)
    said = [says(d, number=12, at="2023-05-04") for d in (a, b)]
    governor = [replace(claim, speaker=Speaker("the governor", "official")) for claim in said]
    weight = only(governor, [a, b])
    assert (weight.origins_low, weight.origins_high) == (1, 2)
    assert weight.origins[0].reason == "perhaps one: both cite the governor"
    witnesses = [replace(claim, speaker=Speaker("a witness", "witness")) for claim in said]
    assert only(witnesses, [a, b]).origins_low == 2


def test_a_report_that_cites_an_agency_goes_back_to_the_agency() -> None:
    agency, paper = report("a.txt", text=WIRE, outlet="Herald.com"), report("b.txt", text=OTHER)
    claims = [says(agency, number=12, at="2023-05-04"), says(paper, number=12, at="2023-05-04")]
    claims[1] = replace(claims[1], speaker=Speaker("the mayor", "official", via=("Herald",)))
    weight = only(claims, [agency, paper])
    assert (weight.origins_low, weight.origins_high) == (1, 2)


def test_a_denial_adds_no_origin_to_what_it_denies() -> None:
    a, b = report("a.txt", text=WIRE), report("b.txt", text=OTHER)
    claims = [says(a, "shelling", at="2023-05-04"), says(b, "shelling", at="2023-05-04", modality="denied")]
    weight = only(claims, [a, b])
    assert (weight.origins_low, weight.origins_high) == (1, 1)
    assert kinds(weight) == ["denial"]
    assert [words for words, _ in weight.contradictions[0].sides] == ["stated", "denied"]


def test_a_denial_alone_is_never_an_event_with_origins() -> None:
    a = report("a.txt")
    claim = says(a, "shelling", number=12, at="2023-05-04", modality="denied")
    events, (weight,) = weights([claim], [a])
    assert (weight.origins, weight.origins_high, weight.low) == ((), 0, None)
    assert status(events[weight.event], {claim.id: claim}) == "denied"


def test_the_status_of_an_event_is_that_of_its_strongest_claim() -> None:
    a, b = report("a.txt"), report("b.txt")
    alleged = says(a, "shelling", at="2023-05-04", modality="alleged")
    denied = says(b, "shelling", at="2023-05-04", modality="denied")
    planned = says(a, "airstrike", at="2023-05-04", modality="planned")
    expected = says(a, "clash", at="2023-05-04", modality="predicted")
    stated = says(a, "property", at="2023-05-04")
    claims = {claim.id: claim for claim in (alleged, denied, planned, expected, stated)}
    events, _ = weights(list(claims.values()), [a, b])
    said = {event.type: status(event, claims) for event in events.values()}
    assert said == {
        "shelling": "alleged only",
        "airstrike": "planned",
        "clash": "predicted",
        "property": "stated",
    }


def test_mutual_blame_is_one_event_with_two_versions() -> None:
    a, b = report("a.txt", text=WIRE), report("b.txt", text=OTHER)
    claims = [
        says(a, "shelling", at="2023-05-04", actor="north_forces"),
        says(b, "shelling", at="2023-05-04", actor="south_forces"),
    ]
    weight = only(claims, [a, b])
    assert kinds(weight) == ["actor"]
    assert weight.contradictions[0].sides == (("north_forces", (claims[0].id,)), ("south_forces", (claims[1].id,)))


def test_two_codes_of_one_side_and_two_sides_of_a_clash_are_no_contradiction() -> None:
    a, b = report("a.txt"), report("b.txt")
    forces = says(a, "shelling", at="2023-05-04", actor="north_forces")
    assert not only([forces, says(b, "shelling", at="2023-05-04", actor="north_authorities")], [a, b]).contested
    fought = says(a, "clash", at="2023-05-04", actor="north_forces")
    assert not only([fought, says(b, "clash", at="2023-05-04", actor="south_forces")], [a, b]).contested


def test_two_tolls_of_one_day_are_contested() -> None:
    a, b = report("a.txt"), report("b.txt")
    weight = only([says(a, number=39, at="2023-05-04"), says(b, number=52, at="2023-05-04")], [a, b])
    assert (weight.low, weight.high, kinds(weight)) == (39, 52, ["number"])
    assert [words for words, _ in weight.contradictions[0].sides] == ["39", "52"]


def test_a_toll_that_grows_by_the_day_is_revised_and_not_contested() -> None:
    days = [report(f"{n}.txt", f"2023-05-0{n}") for n in (5, 6, 7)]
    claims = [says(d, number=n, at="2023-05-04") for d, n in zip(days, (39, 50, 52), strict=True)]
    weight = only(claims, days)
    assert (weight.low, weight.high, kinds(weight)) == (52, 52, [])
    assert weight.number_rule.startswith("revised")
    assert set(weight.number_claims) == {claim.id for claim in claims}


def test_a_toll_that_falls_or_that_the_other_side_states_is_contested() -> None:
    a, b = report("a.txt", "2023-05-05"), report("b.txt", "2023-05-06")
    falling = [says(a, number=52, at="2023-05-04"), says(b, number=39, at="2023-05-04")]
    assert kinds(only(falling, [a, b])) == ["number"]
    sides = [replace(a, alignment="north"), replace(b, alignment="south")]
    growing = [says(sides[0], number=39, at="2023-05-04"), says(sides[1], number=52, at="2023-05-04")]
    assert kinds(only(growing, sides)) == ["number"]


def test_at_least_three_and_five_agree_and_at_least_nine_leaves_the_top_open() -> None:
    a, b = report("a.txt"), report("b.txt")
    weight = only([says(a, number=(3, None), at="2023-05-04"), says(b, number=5, at="2023-05-04")], [a, b])
    assert (weight.low, weight.high, weight.contested) == (5, 5, False)
    assert weight.number_rule.endswith("lowers nothing")
    weight = only([says(a, number=(9, None), at="2023-05-04"), says(b, number=(8, None), at="2023-05-04")], [a, b])
    assert (weight.low, weight.high, weight.contested) == (9, None, False)
    alone = only([says(a, number=(9, None), at="2023-05-04")], [a])
    assert (alone.low, alone.high, alone.contested) == (9, None, False)


def test_an_alleged_number_is_not_counted() -> None:
    a, b = report("a.txt"), report("b.txt")
    claims = [says(a, number=12, at="2023-05-04"), says(b, number=13, at="2023-05-04", modality="alleged")]
    weight = only(claims, [a, b])
    assert (weight.low, weight.high, weight.number_claims) == (12, 12, (claims[0].id,))


def test_dates_that_share_no_day_are_named() -> None:
    a, b = report("a.txt"), report("b.txt")
    words = "A guided bomb struck the bakery and killed the people of the morning shift"
    claims = [
        says(a, number=12, at="2023-05-03", words=words),
        says(b, number=12, at="2023-05-04", words=words),
    ]
    weight = only(claims, [a, b])
    assert kinds(weight) == ["date"]
    assert [words for words, _ in weight.contradictions[0].sides] == ["2023-05-03", "2023-05-04"]


def test_swapped_sides_give_the_swapped_weight() -> None:
    a, b = report("a.txt", text=WIRE), report("b.txt", text=OTHER)
    swap = {"north_forces": "south_forces", "south_forces": "north_forces"}
    claims = [
        says(a, number=39, at="2023-05-04", actor="north_forces"),
        says(b, number=52, at="2023-05-04", actor="south_forces"),
    ]
    swapped = [replace(claim, actor=swap[claim.actor or ""]) for claim in claims]
    first, second = only(claims, [a, b]), only(swapped, [a, b])
    assert (first.low, first.high, first.origins) == (second.low, second.high, second.origins)
    assert kinds(first) == kinds(second)
    names = [[words for words, _ in weight.contradictions[-1].sides] for weight in (first, second)]
    assert sorted(names[0]) == sorted(swap[name] for name in names[1])


def test_the_order_of_documents_and_claims_never_shows() -> None:
    documents = [report(f"{n}.txt", f"2023-05-0{n}", text=WIRE if n % 2 else OTHER) for n in range(5, 9)]
    claims = [says(d, number=n, at="2023-05-04") for d, n in zip(documents, (12, 14, 13, 12), strict=True)]
    assert weights(claims[::-1], documents[::-1])[1] == weights(claims, documents)[1]


def _alone(claims: Sequence[Claim], documents: Sequence[Document]) -> Weight:
    """Weigh claims as one event, whatever linking would say: what a person joined is weighed by the same rules."""
    event = Event("evt-joined", claims[0].type, tuple(claim.id for claim in claims))
    by_id = {document.id: document for document in documents}
    (weight,) = weigh([event], {claim.id: claim for claim in claims}, by_id, WeighSettings())
    return weight


def test_a_part_never_widens_the_range_of_the_whole() -> None:
    a, b = report("a.txt"), report("b.txt")
    whole = says(a, number=16, at="2023-05-04")
    part = says(b, number=3, at="2023-05-04", group="child")
    weight = _alone([whole, part], [a, b])
    assert (weight.low, weight.high, weight.contested) == (16, 16, False)
    assert weight.number_claims == (whole.id,)
    children = _alone([part, says(a, number=4, at="2023-05-04", group="child")], [a, b])
    assert (children.low, children.high) == (3, 4)


def test_units_are_never_mixed_and_people_come_before_things() -> None:
    a, b = report("a.txt"), report("b.txt")
    counts = [(600, "item"), (7, "event"), (40, "percent"), (9, "day"), (5, "person"), (900, "item")]
    claims = [says(d, number=n, at="2023-05-04", unit=u, start=n) for (n, u), d in zip(counts, [a, b] * 3, strict=True)]
    weight = _alone(claims, [a, b])
    assert (weight.unit, weight.low, weight.high) == ("person", 5, 5)
    weight = _alone([claim for claim in claims if claim.count and claim.count.unit != "person"], [a, b])
    assert (weight.unit, weight.low, weight.high) == ("item", 600, 900)


def test_only_what_is_asserted_makes_a_number() -> None:
    a, b = report("a.txt"), report("b.txt")
    stated = says(a, number=12, at="2023-05-04")
    for modality in ("alleged", "denied"):
        weight = _alone([stated, says(b, number=90, at="2023-05-04", modality=modality)], [a, b])
        assert (weight.low, weight.high, weight.number_claims) == (12, 12, (stated.id,))
        assert (_alone([says(b, number=90, modality=modality)], [b])).low is None


def test_two_numbers_of_one_outlet_and_day_are_its_own_revision_and_a_later_day_settles_them() -> None:
    morning, evening = (report(f"{n}.txt", outlet="The Desk") for n in ("a", "b"))
    claims = [says(morning, number=7, at="2023-05-04"), says(evening, number=10, at="2023-05-04")]
    weight = only(claims, [morning, evening])
    assert (weight.low, weight.high, weight.contested) == (7, 10, False)
    assert weight.number_rule.startswith("revised within a day")
    after = report("c.txt", "2023-05-06")
    weight = only([*claims, says(after, number=16, at="2023-05-04")], [morning, evening, after])
    assert (weight.low, weight.high, weight.contested) == (16, 16, False)
    told = "revised: 7 (The Desk, 2023-05-05) and 10 (The Desk, 2023-05-05), then 16 (outlet of c.txt, 2023-05-06);"
    assert weight.number_rule.startswith(told)


def test_another_side_revises_nothing_but_each_side_revises_its_own() -> None:
    early, late = (replace(report(f"n{n}.txt", f"2023-05-0{n}"), alignment="north") for n in (5, 7))
    south = replace(report("south.txt", "2023-05-08"), alignment="south")
    numbers = ((early, 17), (late, 29), (south, 60))
    weight = only([says(d, number=n, at="2023-05-04") for d, n in numbers], [early, late, south])
    assert (weight.low, weight.high, kinds(weight)) == (29, 60, ["number"])
    (contested,) = weight.contradictions
    assert contested.rule == "documents of different sides give different numbers"
    assert [words for words, _ in contested.sides] == ["29", "60"]


def test_two_speakers_whom_one_text_cites_with_two_tolls_contest_them() -> None:
    a = report("a.txt")
    tolls = [(16, "the prosecutor"), (21, "the president")]
    claims = [
        replace(says(a, number=n, at="2023-05-04", start=n), speaker=Speaker(name, "official")) for n, name in tolls
    ]
    weight = only(claims, [a])
    assert (weight.low, weight.high) == (16, 21)
    assert weight.contradictions[0].rule == "one document cites different numbers"


def test_who_only_reports_an_allegation_does_not_stand_behind_what_others_state() -> None:
    a, b = report("a.txt", text=WIRE), report("b.txt", text=OTHER)
    claims = [says(a, number=4, at="2023-05-04"), says(b, number=4, at="2023-05-04", modality="alleged")]
    assert only(claims, [a, b]).origins_high == 1
    assert only([replace(claim, modality="alleged") for claim in claims], [a, b]).origins_high == 2


def test_an_allegation_that_is_denied_is_not_called_a_statement() -> None:
    a, b = report("a.txt"), report("b.txt")
    alleged = says(a, "shelling", at="2023-05-04", modality="alleged")
    weight = only([alleged, says(b, "shelling", at="2023-05-04", modality="denied")], [a, b])
    assert weight.contradictions[0].rule == "alleged by some, denied by others"


def test_one_person_in_two_alphabets_may_be_one_origin() -> None:
    a, b = report("a.txt", text=WIRE), report("b.txt", text=OTHER)
    claims = [says(a, number=29, at="2023-05-04"), says(b, number=29, at="2023-05-04", lang="ru")]
    spelled = ("Taras Shevchenko", "глава совета Тарас Шевченко")
    said = [replace(claim, speaker=Speaker(name, "official")) for claim, name in zip(claims, spelled, strict=True)]
    weight = only(said, [a, b])
    assert (weight.origins_low, weight.origins_high) == (1, 2)
    other = replace(said[1], speaker=Speaker("глава совета Леся Украинка", "official"))
    assert only([said[0], other], [a, b]).origins_low == 2


def test_an_origin_that_stands_alone_says_why() -> None:
    a, b = report("a.txt", text=WIRE), report("b.txt", text=OTHER)
    weight = only([says(a, number=12, at="2023-05-04"), says(b, number=12, at="2023-05-04")], [a, b])
    assert {origin.reason for origin in weight.origins} == {"shares no text, outlet or named speaker with the others"}


def test_at_least_three_after_fifty_neither_lowers_the_toll_nor_contests_it() -> None:
    a, b = report("a.txt"), report("b.txt", "2023-05-07")
    claims = [says(a, number=50, at="2023-05-04"), says(b, number=(3, None), at="2023-05-04")]
    weight = _alone(claims, [a, b])
    assert (weight.low, weight.high, weight.contested) == (50, 50, False)
    lower = _alone([*claims, says(b, number=20, at="2023-05-04", start=90)], [a, b])
    assert (lower.low, lower.high, lower.contested) == (20, 50, True)


def _dated(name: str, words: str, first: str, outlet: str | None = None) -> Document:
    """Return a document whose date is written in these words."""
    document = report(name, first, outlet=outlet)
    assert document.date
    return replace(document, date=replace(document.date, words=words))


def test_a_document_dated_by_its_month_is_neither_before_nor_after_a_day_of_that_month() -> None:
    month, day, next_month = (
        report("month.txt", "2023-05-01/2023-05-31"),
        report("day.txt"),
        report("j.txt", "2023-06-01"),
    )
    for low, high in (((month, 39), (day, 52)), ((day, 39), (month, 52))):
        weight = _alone([says(d, number=n, at="2023-05-04") for d, n in (low, high)], [month, day])
        assert (weight.low, weight.high, kinds(weight)) == (39, 52, ["number"])
        assert weight.contradictions[0].rule == "documents whose order is not known give different numbers"
    later = _alone(
        [says(d, number=n, at="2023-05-04") for d, n in ((month, 39), (next_month, 52))], [month, next_month]
    )
    assert (later.low, later.high, later.contested) == (52, 52, False)


def test_hours_put_two_numbers_of_one_day_in_order_where_they_can_be_compared() -> None:
    noon, dusk = "2023-05-05T12:40:00+02:00", "2023-05-05T19:05:00+03:00"
    a, b = _dated("a.txt", noon, "2023-05-05"), _dated("b.txt", dusk, "2023-05-05")
    growing = _alone([says(a, number=7, at="2023-05-04"), says(b, number=10, at="2023-05-04")], [a, b])
    assert (growing.low, growing.high, growing.contested) == (10, 10, False)
    assert growing.number_rule.startswith("revised: 7 (outlet of a.txt, 2023-05-05), then 10 (")
    falling = _alone([says(a, number=10, at="2023-05-04"), says(b, number=7, at="2023-05-04")], [a, b])
    assert falling.contradictions[0].rule == "a later document gives a lower number"


def test_hours_without_an_offset_are_compared_within_one_outlet_only() -> None:
    noon, dusk = "2023-05-05T12:40:00", "2023-05-05T19:05:00"
    for outlets, low in ((("The Desk", "The Desk"), 10), (("The Desk", "The Mill"), 7)):
        a, b = (_dated(f"{w}.txt", w, "2023-05-05", o) for w, o in zip((noon, dusk), outlets, strict=True))
        weight = _alone([says(a, number=7, at="2023-05-04"), says(b, number=10, at="2023-05-04")], [a, b])
        assert weight.low == low


def test_numbers_of_hundreds_of_digits_stay_exact() -> None:
    a, b = report("a.txt"), report("b.txt")
    huge = 10**320
    weight = _alone([says(a, number=huge, at="2023-05-04"), says(b, number=huge + 1, at="2023-05-04")], [a, b])
    assert (weight.low, weight.high, kinds(weight)) == (huge, huge + 1, ["number"])


def test_the_first_and_the_last_day_of_the_calendar_are_days_like_others() -> None:
    first, last = (
        _dated("a.txt", "0001-01-01T00:00:00+14:00", "0001-01-01"),
        _dated("b.txt", "9999-12-31T23:59:00-12:00", "9999-12-31"),
    )
    weight = _alone([says(first, number=3), says(last, number=5)], [first, last])
    assert (weight.low, weight.high, weight.contested) == (5, 5, False)
    assert weight.number_rule.startswith("revised: 3 (outlet of a.txt, 0001-01-01), then 5")


def test_the_number_of_an_event_is_that_of_its_type() -> None:
    a, b = report("a.txt"), report("b.txt")
    dead, hurt = says(a, "killing", 5, at="2023-05-04"), says(b, "injury", 9, at="2023-05-04")
    weight = _alone([dead, hurt], [a, b])
    assert (weight.low, weight.high, weight.number_claims) == (5, 5, (dead.id,))


def test_a_number_that_a_text_recalls_beside_a_higher_one_is_not_stated_anew() -> None:
    old, new = report("a.txt"), report("b.txt", "2023-05-06")
    first, recalled = says(old, number=7, at="2023-05-04"), says(new, number=7, at="2023-05-04", start=90)
    weight = _alone([first, recalled, says(new, number=16, at="2023-05-04")], [old, new])
    assert (weight.low, weight.high, weight.contested) == (16, 16, False)
    alone = _alone([recalled, says(new, number=16, at="2023-05-04")], [new])
    assert (alone.low, alone.high, alone.contested) == (7, 16, False)


def test_a_blow_told_in_two_words_and_laid_to_two_sides_is_contested() -> None:
    a, b = report("a.txt"), report("b.txt")
    blown = says(a, "explosion", at="2023-05-04", actor="north_forces")
    shelled = says(b, "shelling", at="2023-05-04", actor="south_forces", modality="alleged")
    (found,) = _alone([blown, shelled], [a, b]).contradictions
    assert (found.kind, dict(found.sides)) == ("actor", {"north_forces": (blown.id,), "south_forces": (shelled.id,)})


def test_an_order_of_days_that_the_hours_speak_against_is_not_known() -> None:
    west, east = "2023-05-05T23:30:00-05:00", "2023-05-06T00:30:00+02:00"
    a, b = _dated("a.txt", west, "2023-05-05"), _dated("b.txt", east, "2023-05-06")
    weight = _alone([says(a, number=7, at="2023-05-04"), says(b, number=10, at="2023-05-04")], [a, b])
    assert (weight.low, weight.high, kinds(weight)) == (7, 10, ["number"])


def test_a_date_that_cannot_be_read_as_an_hour_is_a_day() -> None:
    a, b = _dated("a.txt", "2023-05-05T25:00:00", "2023-05-05"), _dated("b.txt", "5 May, in the evening", "2023-05-05")
    weight = _alone([says(a, number=7, at="2023-05-04"), says(b, number=10, at="2023-05-04")], [a, b])
    assert weight.contradictions[0].rule == "documents of one day give different numbers"
