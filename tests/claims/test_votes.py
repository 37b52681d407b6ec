"""How rules and encoder vote on the slots of a claim, and what each rule weighs."""

from dataclasses import replace

import pytest

from testimonia.claims import code, votes
from testimonia.claims.doer import ACCUSED, AGENT, SUBJECT
from testimonia.claims.elsewhere import HEADLINE, ON
from testimonia.claims.learned.opinion import View
from testimonia.claims.speaker import BEFORE, HERE
from testimonia.packs import load_packs
from testimonia.phrases import Entry, Hit
from testimonia.read import read
from testimonia.records import Claim, Document, Modality, Quote, Reason, Speaker
from tests.claims.asking import Question, asked

PACKS = load_packs()
NOTHING = View({"asserted": 1.0}, {None: 1.0}, {None: 1.0}, {None: 1.0}, {}, None, 1.0)
GOVERNOR = Speaker("the governor")
ASKED = asked(Question("en", "", "The mayor said that three had been [killed].", "killing", ""), PACKS)


def coded(text: str) -> Claim:
    """Code a sentence by the rules alone."""
    of = Document("0" * 64, text, "a.txt", lang="en", alignment="other")
    return code(of, read(of, PACKS), PACKS)[0]


PLAIN = coded("The town was shelled.")


def by(doer: str | None, rule: str = "") -> Claim:
    """A claim whose doer a rule has named."""
    return replace(PLAIN, actor=doer, reasons=(Reason("party", f"actor: {rule}, in the clause"),) if doer else ())


def cited(speaker: Speaker | None, rule: str = "") -> Claim:
    """A claim whose speaker a rule has named."""
    return replace(PLAIN, speaker=speaker, reasons=(Reason("speaker", rule),))


@pytest.mark.parametrize("likely", [{"asserted": 1.0}, {"asserted": 0.2, "alleged": 0.8}])
def test_a_denial_that_the_rules_read_stands(likely: dict[str, float]) -> None:
    made = coded("He denied that anyone was killed.")
    assert votes.modality(replace(NOTHING, modality=likely), made, 0.9) == "denied"


@pytest.mark.parametrize(
    ("denied", "told", "expected"), [(0.0, 0.9, "asserted"), (0.0, 0.3, "denied"), (0.1, 0.9, "denied")]
)
def test_a_negation_is_no_denial_where_the_encoder_finds_none_of_what_is_told(
    denied: float, told: float, expected: Modality
) -> None:
    made = coded("The soldiers have not shelled the town.")
    assert made.modality == "denied"
    view = replace(NOTHING, modality={"asserted": 1 - denied, "denied": denied})
    assert votes.modality(view, made, told) == expected


def test_where_the_rules_name_nobody_the_encoder_alone_says_who_did_it() -> None:
    assert votes.actor(replace(NOTHING, actor={None: 0.4, "a": 0.6}), by(None)) == "a"


@pytest.mark.parametrize(
    ("likely", "expected"),
    [
        ({None: 0.6, "a": 0.4}, "a"),
        ({None: 0.9, "b": 0.1}, None),
        ({None: 0.1, "a": 0.35, "b": 0.55}, "a"),
    ],
)
def test_where_both_name_somebody_the_vote_decides(likely: dict[str | None, float], expected: str | None) -> None:
    assert votes.actor(replace(NOTHING, actor=likely), by("a", "whose blow it is")) == expected


@pytest.mark.parametrize("rule", [SUBJECT, AGENT])
def test_a_doer_whom_the_grammar_names_weighs_more(rule: str) -> None:
    doubted = replace(NOTHING, actor={None: 0.7, "a": 0.3})
    assert votes.actor(doubted, by("a", rule)) == "a"
    assert votes.actor(doubted, by("a", "whose blow the sentence before tells of")) is None


def test_who_is_accused_of_it_is_not_voted_on() -> None:
    assert votes.actor(replace(NOTHING, actor={"b": 1.0}), by("a", ACCUSED)) == "a"


@pytest.mark.parametrize(
    ("likely", "expected"),
    [({None: 0.1, "b": 0.9}, "b"), ({None: 0.6, "a": 0.3, "b": 0.1}, "a"), ({None: 0.3, "civilians": 0.7}, None)],
)
def test_which_side_it_hit_the_vote_decides(likely: dict[str | None, float], expected: str | None) -> None:
    assert votes.target(replace(NOTHING, target=likely), replace(PLAIN, target="a")) == expected


@pytest.mark.parametrize("target", [None, "civilians"])
def test_only_the_words_make_people_of_those_whom_it_hit(target: str | None) -> None:
    people = replace(NOTHING, target={None: 0.1, "civilians": 0.8, "a": 0.1})
    assert votes.target(people, replace(PLAIN, target=target)) == target


def test_what_no_number_counts_is_one_where_the_encoder_says_so() -> None:
    shelled = Hit(13, 20, Entry("shelling", "shelled"), 3, 4)
    counted = votes.single(replace(NOTHING, single=0.7), shelled, "shelled")
    assert counted
    assert (counted.low, counted.high, counted.unit) == (1, 1, "item")
    assert votes.single(replace(NOTHING, single=0.3), shelled, "shelled") is None


@pytest.mark.parametrize(("unsaid", "rule"), [(0.9, HERE), (0.9, HEADLINE), (0.6, ON), (0.99, BEFORE)])
def test_a_speaker_of_the_rules_is_kept(unsaid: float, rule: str) -> None:
    assert votes.speaker(replace(NOTHING, unsaid=unsaid), cited(GOVERNOR, rule), ASKED) == GOVERNOR


@pytest.mark.parametrize(("unsaid", "rule"), [(0.99, HERE), (0.99, HEADLINE), (0.8, ON)])
def test_where_the_encoder_is_sure_that_nobody_is_cited_nobody_is(unsaid: float, rule: str) -> None:
    assert votes.speaker(replace(NOTHING, unsaid=unsaid), cited(GOVERNOR, rule), ASKED) is None


@pytest.mark.parametrize(
    ("speaker", "rule", "expected"),
    [
        (None, "", "The mayor"),
        ("Ivan Hrim", BEFORE, "The mayor"),
        ("Ivan Hrim", HERE, "Ivan Hrim"),
        ("mayor Ivan Hrim", BEFORE, "mayor Ivan Hrim"),
    ],
)
def test_a_speaker_carried_on_gives_way_to_another(speaker: str | None, rule: str, expected: str) -> None:
    quote = Quote("d", 0, 42, "The mayor said that three had been killed.", lang="en")
    view = replace(NOTHING, unsaid=0.1, speaker=(quote, 0, 9))
    found = votes.speaker(view, cited(Speaker(speaker) if speaker else None, rule), ASKED)
    assert found
    assert found.name == expected


def test_an_office_that_the_encoder_points_at_gets_the_name_of_before() -> None:
    text = "Рынок обстреляли, сообщил глава региона Виктор Орлов. / «Погибли трое», — написал губернатор [погибли]."
    about = asked(Question("ru", "", text, "killing", ""), PACKS)
    start = about.sentence.text.index("губернатор")
    view = replace(NOTHING, unsaid=0.1, speaker=(about.sentence, start, start + len("губернатор")))
    for rules in (None, Speaker("глава региона Виктор Орлов")):
        found = votes.speaker(view, cited(rules, BEFORE), about)
        assert found
        assert found.name == "глава региона Виктор Орлов"


@pytest.mark.parametrize(
    ("office", "region", "expected"),
    [
        ("the governor", "Kherson region", "the governor"),  # both in one
        ("the governor", "Kharkiv region", None),
        ("the defence ministry", "Kharkiv region", "defence ministry"),  # speaks for all regions
    ],
)
def test_the_office_of_one_region_is_not_cited_for_the_next_of_a_digest(
    office: str, region: str, expected: str | None
) -> None:
    first = f"In Kherson region two were wounded, {office} said."
    about = asked(Question("en", "", f"{first} / A school in {region} was [shelled].", "shelling", ""), PACKS)
    start = first.index(office)
    view = replace(NOTHING, unsaid=0.1, speaker=(about.before[0], start, start + len(office)))
    found = votes.speaker(view, cited(None), about)
    assert (found.name if found else None) == expected
