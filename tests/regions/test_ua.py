"""The tables of the region pack hold together."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from testimonia.codebook import load_codebook
from testimonia.packs import Packs, RegionPack
from testimonia.phrases import Entry, Phrases, fold
from testimonia.places.book import Bearer
from testimonia.places.spelled import key
from testimonia.regions.ua import pack
from tests.claims.test_party import OTHER


@pytest.fixture(scope="module")
def region() -> RegionPack:
    return pack()


def bearers(packs: Packs, name: str) -> list[Bearer]:
    rows = packs.book.starting(key(fold(name.split(maxsplit=1)[0])))
    return [row.bearer for row in rows if row.name == tuple(fold(name).split()) and row.bearer.kind == "settlement"]


@pytest.mark.parametrize(
    ("name", "unit"),
    [("Kharkiv", "Kharkiv Oblast"), ("Kyiv", "Kyiv"), ("Odesa", "Odesa Oblast"), ("Izium", "Kharkiv Oblast"),
     ("Belgorod", "Belgorod Oblast"), ("Moscow", "Moscow"), ("Bakhmut", "Donetsk Oblast"), ("Sevastopol", "Sevastopol"),
     ("Kerch", "Crimea"), ("Aleppo", "Aleppo Governorate"), ("Chasiv Yar", "Donetsk Oblast")],
)  # fmt: skip
def test_towns_have_their_usual_english_names(packs: Packs, name: str, unit: str) -> None:
    assert (name, unit) in {(one.name, one.adm1) for one in bearers(packs, name)}


@pytest.mark.parametrize(
    ("name", "now"),
    [("Артемівськ", "Bakhmut"), ("Артемовск", "Bakhmut"), ("Artemivsk", "Bakhmut"), ("Кировоград", "Kropyvnytskyi"),
     ("Дніпропетровськ", "Dnipro"), ("Красноармійськ", "Pokrovsk"), ("Красный Лиман", "Lyman"),
     ("Торез", "Chystiakove"), ("Свердловськ", "Dovzhansk"), ("Димитров", "Myrnohrad"), ("Дзержинськ", "Toretsk")],
)  # fmt: skip
def test_former_names_lead_to_the_place(packs: Packs, name: str, now: str) -> None:
    assert now in {one.name for one in bearers(packs, name)}


def test_every_settlement_of_the_codifier_is_there(packs: Packs) -> None:
    assert len([one for one in bearers(packs, "Олександрівка") if one.code]) == 108
    assert len({one.adm1 for one in bearers(packs, "Олександрівка")}) == 21


def test_a_settlement_without_coordinates_lies_at_the_seat_of_its_hromada(packs: Packs) -> None:
    village, seat = bearers(packs, "Шестакове")[0], bearers(packs, "Старий Салтів")[0]
    assert village.radius is not None and village.radius > 10
    assert (village.lat, village.lon) == (seat.lat, seat.lon) or village.population > 0


def test_every_site_lies_in_a_known_unit(region: RegionPack) -> None:
    units = {row["name"] for row in region.rows["areas"]} | {"Sevastopol", ""}
    assert {row["adm1"] for row in region.rows["sites"]} <= units


def test_every_party_is_in_the_codebook_or_a_short_name(region: RegionPack, packs: Packs) -> None:
    codes = set(load_codebook().parties)
    for lang in packs.languages:
        for entry in region.table("parties", lang).entries:
            for code in entry.value.split("/"):
                assert code in codes or re.fullmatch(r"[a-z]+(_[a-z]+)*", code), entry


def test_both_sides_have_forces_authorities_and_loaded_words(region: RegionPack, packs: Packs) -> None:
    for lang in packs.languages:
        entries = region.table("parties", lang).entries
        for side in ("ru", "ua"):
            assert any(entry.value == f"{side}_forces" for entry in entries), (lang, side)
            assert any(entry.value == f"{side}_authorities" for entry in entries), (lang, side)
            assert any(entry.value == f"{side}_forces" and "loaded" in entry.tags for entry in entries), (lang, side)


def test_words_to_exchange_come_in_pairs(region: RegionPack) -> None:
    rows = region.rows.get("swaps", ())
    words = Counter((row["lang"], row["one"]) for row in rows)
    words += Counter((row["lang"], row["other"]) for row in rows if row.get("way") != ">")
    assert rows and max(words.values()) == 1


def test_office_holders_are_listed_from_every_side_with_an_office(region: RegionPack) -> None:
    rows = region.rows["office_holders"]
    sides = Counter(row["side"] for row in rows)
    assert len(rows) >= 60
    assert sides["ua"] >= 20 and sides["ru"] >= 20 and sides["un"] >= 3
    assert all(row["office"] and row["reason"] for row in rows)


def test_each_side_has_one_enemy_which_calls_it_the_enemy(region: RegionPack) -> None:
    rows = {row["own"]: row["enemy"] for row in region.rows["enemies"]}
    assert rows == {"ua": "ru", "ru": "ua"}
    assert {row["alignment"]: row["own"] for row in region.rows["enemies"]} == {"ukrainian": "ua", "russian": "ru"}


def alone() -> set[tuple[str, str]]:
    """Return the language and phrase of each row that has no like, from the list that gives the reasons."""
    lines = (Path(__file__).parent / "alone.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines if line.strip() and not line.startswith("#"))
    return {(lang, phrase) for lang, _, phrase in pairs}


def sided(value: str) -> bool:
    return value.startswith(("ru_", "ua_"))


def forms(phrase: str, swaps: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return words that a phrase of the table fits, each with the word that it is exchanged for."""
    whole = Phrases([Entry("x", phrase)])
    pairs = [*swaps, *((other, one) for one, other in swaps)]
    found = [(one, other) for one, other in pairs if any(hit.end - hit.start == len(one) for hit in whole.find(one))]
    for one, other in pairs:  # a word in a longer phrase or name: "Russian-installed"
        if phrase.startswith(one) and "*" not in phrase:
            found.append((phrase, other + phrase[len(one) :]))
    return found


def unlike(region: RegionPack, lang: str) -> set[tuple[str, str]]:
    """Return the rows that name one of two sides, take none, and have no row of the other side alike in everything."""
    table = region.table("parties", lang)
    swaps = [(row["one"], row["other"]) for row in region.rows.get("swaps", ()) if row["lang"] == lang]
    found = set()
    for entry in table.entries:
        if sided(entry.value) and "loaded" not in entry.tags:
            mirror = "/".join(OTHER[code] for code in entry.value.split("/"))
            likes = [hit for _, other in forms(entry.phrase, swaps) for hit in table.find(other)]
            if not any((like.value, like.tags) == (mirror, entry.tags) for like in likes):
                found.add((lang, entry.phrase))
    return found


def test_what_names_one_side_has_its_like_on_the_other_or_a_reason_why_not(region: RegionPack) -> None:
    found = set().union(*(unlike(region, lang) for lang in ("en", "uk", "ru")))
    assert found - alone() == set(), "add the other side's row and its words to swaps.tsv, or a reason to alone.txt"
    assert alone() - found == set(), "these have their like, or are no rows: take them off alone.txt"


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_both_sides_have_loaded_words_in_every_language(region: RegionPack, lang: str) -> None:
    loaded = Counter(entry.value for entry in region.table("parties", lang).entries if "loaded" in entry.tags)
    assert min(loaded["ru_forces"], loaded["ua_forces"]) >= 4
    assert min(loaded["ru_authorities"], loaded["ua_authorities"]) >= 3


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_the_loaded_words_to_exchange_mean_opposite_sides(region: RegionPack, lang: str) -> None:
    table = region.table("parties", lang)
    for row in region.rows.get("swaps", ()):
        one, other = (table.find(row[side]) for side in ("one", "other"))
        if row["lang"] == lang and one and other and "loaded" in one[0].tags:
            assert {one[0].value[:2], other[0].value[:2]} == {"ru", "ua"}, row
