"""Under whose name the words put a place, and who holds it, as they say: on sentences written for the purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest

from testimonia.claims import code
from testimonia.codebook import load_codebook
from testimonia.packs import Packs, RegionPack
from testimonia.read import read
from testimonia.records import Claim, Document, When
from tests.claims.test_party import OTHER
from tests.conftest import REPOSITORY, loaded

NEUTRAL = loaded(REPOSITORY / "bench" / "neutral.py")
MAY = "2023-05-01"
RU, UA = "ru_forces", "ua_forces"


def document(lang: str, text: str, day: str | None = MAY, alignment: str | None = None) -> Document:
    when = When(date.fromisoformat(day), date.fromisoformat(day)) if day else None
    return Document(sha256=text, text=text, file="a.txt", lang=lang, date=when, alignment=alignment)


def claims(of: Document, packs: Packs) -> tuple[Claim, ...]:
    found = code(of, read(of, packs), packs)
    assert found
    return found


def told(of: Document, packs: Packs) -> set[tuple[str | None, str | None, str | None]]:
    """Return the place, its claimant and its controller by each claim of a document."""
    places = (claim.place for claim in claims(of, packs))
    return {(place.name, place.claimant, place.controller) if place else (None, None, None) for place in places}


HELD = [
    ("en", "Shelling killed two people in Russian-occupied Melitopol.", "Melitopol", RU),
    ("en", "Shelling killed two people in Ukrainian-held Kherson.", "Kherson", UA),
    ("en", "Shelling killed two people in the Russian-held town of Melitopol.", "Melitopol", RU),
    ("en", "The blast killed two soldiers in Melitopol, which is under Russian control.", "Melitopol", RU),
    ("en", "The blast killed two soldiers in Melitopol, occupied by Russian troops.", "Melitopol", RU),
    ("en", "Two people were killed in formerly Russian-occupied Izium.", "Izium", None),
    ("en", "Two people were killed in Izium, occupied by Russia until September.", "Izium", None),
    ("ru", "В оккупированном Россией Мелитополе при взрыве погибли двое.", "Melitopol", RU),
    ("ru", "При обстреле Горловки, находящейся под контролем ВСУ, погибли двое.", "Horlivka", UA),
    ("ru", "При обстреле неподконтрольной Киеву Горловки погибли двое.", "Horlivka", None),
    ("uk", "В окупованому росіянами Мелітополі вибухом убито двох людей.", "Melitopol", RU),
    ("uk", "У підконтрольній Україні частині Донецької області обстрілом убито двох людей.", "Donetsk Oblast", UA),
]


@pytest.mark.parametrize(("lang", "text", "place", "holder"), HELD)
def test_words_beside_a_name_say_who_holds_the_place(
    packs: Packs, lang: str, text: str, place: str, holder: str | None
) -> None:
    assert told(document(lang, text), packs) == {(place, None, holder)}


@pytest.mark.parametrize(("alignment", "holder"), [("ukrainian", RU), ("russian", UA), (None, None)])
@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Shelling killed two people in occupied Melitopol."),
        ("ru", "Во временно оккупированном Мелитополе при взрыве погибли двое."),
        ("uk", "У тимчасово окупованому Мелітополі вибухом убито двох людей."),
    ],
)
def test_occupied_means_the_other_side_of_who_speaks_and_nobody_where_that_is_unsaid(
    packs: Packs, lang: str, text: str, alignment: str | None, holder: str | None
) -> None:
    assert told(document(lang, text, alignment=alignment), packs) == {("Melitopol", None, holder)}


@pytest.mark.parametrize(("alignment", "holder"), [("ukrainian", UA), ("russian", RU), (None, None)])
def test_liberated_means_the_own_side_of_who_speaks(packs: Packs, alignment: str | None, holder: str | None) -> None:
    text = "В освобождённой Авдеевке при обстреле погибли двое."
    assert told(document("ru", text, alignment=alignment), packs) == {("Avdiivka", None, holder)}


def test_a_denial_that_somebody_holds_a_place_says_of_nobody_that_he_does(packs: Packs) -> None:
    text = "The ministry denied that there was shelling in Kupiansk, which is under Russian control."
    assert {place[2] for place in told(document("en", text), packs)} == {None}


def test_a_verb_says_what_happened_and_not_who_holds_the_place(packs: Packs) -> None:
    text = "Russian forces occupied Melitopol and killed two people there."
    assert {place[2] for place in told(document("en", text, alignment="russian"), packs)} == {None}


NAMED = [
    ("en", "Shells killed three civilians in Bakhmut.", "Bakhmut", "ua_authorities"),
    ("en", "Shells killed three civilians in Artyomovsk.", "Bakhmut", "ru_authorities"),
    ("en", "Shells killed three civilians in Makiivka, DPR.", "Makiivka", "ru_authorities"),
    ("en", "Shells killed three civilians in Makiivka.", "Makiivka", None),
    ("ru", "ВСУ обстреляли Артёмовск, погибли двое.", "Bakhmut", "ru_authorities"),
    ("ru", "При обстреле ДНР погибли двое.", "Donetsk Oblast", "ru_authorities"),
    ("ru", "При обстреле Херсонской области РФ погибли двое.", "Kherson Oblast", "ru_authorities"),
    ("ru", "При обстреле Херсонской области Украины погибли двое.", "Kherson Oblast", "ua_authorities"),
    ("ru", "При обстреле Херсонской области погибли двое.", None, None),
    ("ru", "В Республике Крым при обстреле погибли двое.", "Crimea", "ru_authorities"),
    ("uk", "В АР Крим обстрілом убито двох людей.", "Crimea", "ua_authorities"),
    ("uk", "У Хрустальному обстрілом убито двох людей.", "Khrustalnyi", "ua_authorities"),
    ("uk", "У Красному Лучі обстрілом убито двох людей.", "Khrustalnyi", "ru_authorities"),
]


@pytest.mark.parametrize(("lang", "text", "place", "claimant"), NAMED)
def test_a_name_of_one_party_puts_the_place_under_that_party_s_name(
    packs: Packs, lang: str, text: str, place: str | None, claimant: str | None
) -> None:
    assert told(document(lang, text), packs) == {(place, claimant, None)}


@pytest.mark.parametrize("day", ["2014-08-01", None])
def test_a_name_that_everybody_used_then_claims_nothing(packs: Packs, day: str | None) -> None:
    of = document("en", "Shells killed three civilians in Artemivsk.", day)
    assert told(of, packs) == {("Bakhmut", None, None)}


def test_whoever_claims_or_holds_a_unit_it_keeps_its_code_and_is_an_area(packs: Packs) -> None:
    of = document("en", "Shells killed three civilians in the Russian-held part of the Donetsk People's Republic.")
    for claim in claims(of, packs):
        place = claim.place
        assert place is not None and place.is_area
        assert (place.id, claim.adm1, place.lat, place.lon) == ("UA-14", "Donetsk Oblast", None, None)
        assert (place.claimant, place.controller) == ("ru_authorities", RU)
        assert place.radius_km is not None and place.radius_km > 100


def test_reasons_say_the_words_that_decided(packs: Packs) -> None:
    (claim, *_) = claims(document("en", "Shelling killed two people in Ukrainian-held Bakhmut."), packs)
    said = {(why.rule, why.words) for why in claim.reasons if why.question == "place"}
    assert {("claimant: ua_authorities", "Bakhmut"), ("controller: ua_forces", "Ukrainian-held")} <= said


# --- the same for both sides ---


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        *((lang, text) for lang, text, _, _ in HELD),
        ("en", "Shells killed three civilians in Russia's Kherson region."),
        ("en", "Shells killed three civilians in the DPR."),
        ("ru", "При обстреле ЛНР погибли двое."),
        ("uk", "Обстрілом ДНР убито двох людей."),
        ("en", "Shells killed three civilians in Moscow-controlled Donetsk."),
    ],
)
@pytest.mark.parametrize("alignment", ["ukrainian", "russian", None])
def test_with_the_parties_exchanged_the_result_is_exchanged(
    packs: Packs, lang: str, text: str, alignment: str | None
) -> None:
    of = document(lang, text, alignment=alignment)
    turned = NEUTRAL.Sides.of(packs).document(of, packs)
    exchanged = {(OTHER.get(c or "", c), OTHER.get(h or "", h)) for _, c, h in told(of, packs)}
    assert {(c, h) for _, c, h in told(turned, packs)} == exchanged


def region(packs: Packs) -> RegionPack:
    return next(one for one in packs.regions if one.code == "ua")


def test_every_claimed_name_has_its_like_of_the_other_party_from_the_same_day_in_every_language(packs: Packs) -> None:
    rows = region(packs).rows["claimed"]
    parties = Counter((row["place"], row["unit"], row["since"]) for row in rows)
    assert len(parties) >= 20
    assert set(parties.values()) == {2}
    assert Counter(row["party"] for row in rows) == {"ua_authorities": len(parties), "ru_authorities": len(parties)}
    assert all(row[lang] for row in rows for lang in ("en", "uk", "ru"))


def test_every_claimed_place_is_in_the_gazetteer_under_that_name(packs: Packs) -> None:
    def known(row: Mapping[str, str]) -> bool:
        if row["place"] == row["unit"]:
            return packs.book.iso_of(row["unit"]) is not None
        first = row["place"].lower().split()[0]
        return any((r.bearer.name, r.bearer.adm1) == (row["place"], row["unit"]) for r in packs.book.starting(first))

    assert [row["place"] for row in region(packs).rows["claimed"] if not known(row)] == []


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_words_for_who_holds_a_place_name_both_sides_alike(packs: Packs, lang: str) -> None:
    table, sides = region(packs).table("held", lang), NEUTRAL.Sides.of(packs)
    sided = {(entry.value, entry.phrase, entry.tags) for entry in table.entries if entry.value in OTHER}
    assert len(sided) >= 4
    assert {(OTHER[value], sides.text(phrase, lang), tags) for value, phrase, tags in sided} == sided
    values = {entry.value for entry in table.entries} - {"of", "link", "by", "theirs", "ours", "none"}
    assert values <= set(load_codebook().parties)
