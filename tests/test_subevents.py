"""From claims to ACLED's sub-event types, by the rules of the codebook: sentences written for the purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from testimonia.codebook import ACLED, FILE, Rule, load_codebook, page, read_codebook
from testimonia.errors import CodebookError
from testimonia.packs import Packs, load_packs
from testimonia.subevents import SubEvent, leading, party_class, passage, sub_event
from tests.claims.cases import coded

ALONE = load_packs(["en"], ())  # no region pack: any conflict
TOLD = [
    ("Residents fell ill after chlorine gas killed four people in the cellar.", "Chemical weapon"),
    ("Two guards raped a detainee, her lawyer said.", "Sexual violence"),
    ("Police seized a cache of rifles and ammunition in a barn.", "Disrupted weapons use"),
    ("Sappers defused a mine on the beach road.", "Disrupted weapons use"),
    ("A suicide bomber killed nine people at the bakery.", "Suicide bomb"),
    ("Protesters clashed with police and threw stones at the town hall.", "Violent demonstration"),
    ("Soldiers opened fire on protesters and killed two of them.", "Excessive force against protesters"),
    ("Police used tear gas to disperse a protest by nurses.", "Protest with intervention"),
    ("Some two hundred teachers held a protest outside the ministry.", "Peaceful protest"),
    ("A mob beat a suspected thief to death in the market; he was killed at once.", "Mob violence"),
    ("The rebels and the government signed a peace agreement.", "Agreement"),
    (
        "The troops pulled out and the town is now under the control of the rebels, without a fight.",
        "Non-violent transfer of territory",
    ),
    ("The army recaptured the village from the insurgents.", "Government regains territory"),
    ("The insurgents took control of the village.", "Non-state actor overtakes territory"),
    ("A grenade killed a trader at her stall.", "Grenade"),
    ("A roadside bomb wounded four officers.", "Remote explosive/landmine/IED"),
    ("Warplanes bombed a bakery, killing six people.", "Air/drone strike"),
    ("Mortar shells hit a school.", "Shelling/artillery/missile attack"),
    ("Three villagers were abducted on the farm road.", "Abduction/forced disappearance"),
    ("Government troops clashed with rebels near the dam, killing four soldiers.", "Armed clash"),
    ("Gunmen killed a farmer in his field.", "Attack"),
    ("Police arrested eleven members of the party.", "Arrests"),
    ("The army has set up a new military base near the lake.", "Headquarters or base established"),
    ("Armed men looted six shops.", "Looting/property destruction"),
]


def lead(text: str, packs: Packs = ALONE) -> SubEvent | None:
    return leading(passage(coded(text, packs), text, packs.languages["en"]), load_codebook())


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[name for _, name in TOLD])
def test_a_passage_gets_the_sub_event_type_of_its_leading_claim(text: str, expected: str) -> None:
    found = lead(text)
    assert found is not None
    assert found.name == expected, found.rule


OTHER_LANGUAGES = [
    ("uk", "Поліція застосувала сльозогінний газ, щоб розігнати протест студентів.", "Protest with intervention"),
    ("uk", "Смертник убив дев'ятьох людей біля пекарні.", "Suicide bomb"),
    ("uk", "Сапери знешкодили міну на пляжі.", "Disrupted weapons use"),
    ("uk", "Армія відбила село в бойовиків.", "Government regains territory"),
    ("uk", "Озброєні люди викрали трьох мешканців.", "Abduction/forced disappearance"),
    ("uk", "Граната вбила торговця на ринку.", "Grenade"),
    ("ru", "Полиция применила слезоточивый газ, чтобы разогнать протест студентов.", "Protest with intervention"),
    ("ru", "Смертник убил девять человек у пекарни.", "Suicide bomb"),
    ("ru", "Сапёры обезвредили мину на пляже.", "Disrupted weapons use"),
    ("ru", "Вооружённые люди похитили трёх жителей.", "Abduction/forced disappearance"),
    ("ru", "Граната убила торговца на рынке.", "Grenade"),
]


@pytest.mark.parametrize(("lang", "text", "expected"), OTHER_LANGUAGES, ids=lambda value: value[:24])
def test_the_rules_hold_for_every_language(lang: str, text: str, expected: str, packs: Packs) -> None:
    found = leading(passage(coded(text, packs, lang), text, packs.languages[lang]), load_codebook())
    assert found is not None
    assert found.name == expected


def test_what_speaks_of_nothing_gets_none() -> None:
    assert lead("The library opens at nine.") is None


def test_what_is_denied_or_planned_is_no_event() -> None:
    assert lead("The army denied that its mortar shells had hit a school.") is None
    assert lead("They plan to shell the town with mortars.") is None


def test_each_claim_of_a_passage_gets_its_own_and_the_earlier_rule_leads() -> None:
    text = "A grenade killed a trader. Police arrested two men."
    claims, book = coded(text, ALONE), load_codebook()
    of = passage(claims, text, ALONE.languages["en"])
    names = [found.name for claim in claims if (found := sub_event(claim, of, book))]
    assert names == ["Grenade", "Arrests"]
    first = leading(of, book)
    assert first is not None
    assert first.claim is claims[0]


def test_an_exchange_of_the_sides_exchanges_who_gains_the_place() -> None:
    one, other = lead("The army took control of the town."), lead("The rebels took control of the town.")
    assert one is not None and other is not None
    assert (one.name, other.name) == ("Government regains territory", "Non-state actor overtakes territory")


def test_parties_of_the_codebook_and_of_any_conflict_have_a_class() -> None:
    pack = ALONE.languages["en"]
    classes = [party_class(code, pack) for code in ("ru_forces", "ua_forces", "ru_resistance", "civilians", None)]
    assert classes == ["state", "state", "rebel", "civilian", None]
    assert party_class("syrian_government", pack) == "state"
    assert party_class("taliban", pack) == "rebel"


def test_all_but_a_few_sub_event_types_can_come_out_and_every_rule_says_why() -> None:
    rules = load_codebook().sub_events
    names = {name for sub_events in ACLED.values() for name in sub_events}
    assert {rule.to for rule in rules} == names
    assert all(rule.because.endswith(".") for rule in rules)


def asked(rule: Rule) -> set[str]:
    return {name for any_of in rule.words for name in any_of} | rule.without


def test_every_class_that_a_rule_asks_is_in_the_tables() -> None:
    book, pack = load_codebook(), ALONE.languages["en"]
    known = {row.value for name in ("outcomes", "actors") for row in pack.table(name).entries} | set(book.means)
    assert set().union(*(asked(rule) for rule in book.sub_events)) <= known


def test_every_language_has_the_same_classes() -> None:
    packs = load_packs(None, ())
    for name in ("outcomes", "actors"):
        found = {code: {row.value for row in pack.table(name).entries} for code, pack in packs.languages.items()}
        assert len({frozenset(classes) for classes in found.values()}) == 1, (name, found)


def test_the_page_lists_the_rules_in_their_order() -> None:
    text, rules = page(load_codebook()), load_codebook().sub_events
    places = [text.index(f"{number}. **{rule.to}**") for number, rule in enumerate(rules, 1)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("types", ["jousting"], "rule 1: types jousting is none of"),
        ("means", ["spear"], "rule 1: means spear is none of"),
        ("actor", ["king"], "rule 1: actor king is none of"),
        ("to", "Joust", "rule 1: to Joust is none of"),
        ("because", "", "rule 1: because is missing"),
        ("weather", ["rain"], "rule 1: unknown field weather"),
    ],
)
def test_a_wrong_rule_is_named(tmp_path: Path, field: str, value: object, message: str) -> None:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    data["sub_events"][0][field] = value
    file = tmp_path / "codebook.yml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    with pytest.raises(CodebookError, match=message):
        read_codebook(file)
