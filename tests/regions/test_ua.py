"""The tables of the region pack hold together."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest

from testimonia.codebook import load_codebook
from testimonia.packs import Packs, RegionPack
from testimonia.regions.ua import pack


@pytest.fixture(scope="module")
def region() -> RegionPack:
    return pack()


def test_it_loads_fast() -> None:
    start = time.perf_counter()
    pack()
    assert time.perf_counter() - start < 0.5


def test_every_place_lies_on_earth_and_has_a_name(region: RegionPack) -> None:
    rows = region.rows["places"]
    assert len(rows) > 8_000
    assert sum(row["country"] == "Ukraine" for row in rows) > 5_000
    for row in rows:
        assert row["name"] and row["id"].isdigit()
        assert -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180


def test_places_of_ukraine_have_one_of_its_units(region: RegionPack) -> None:
    units = {row["name"] for row in region.rows["areas"] if row["country"] == "Ukraine"} | {"Sevastopol"}
    assert {row["adm1"] for row in region.rows["places"] if row["country"] == "Ukraine"} <= units
    assert len({row["adm1"] for row in region.rows["places"] if row["country"] == "Ukraine"}) == 27


@pytest.mark.parametrize(
    ("name", "unit"),
    [("Kharkiv", "Kharkiv Oblast"), ("Kyiv", "Kyiv"), ("Odesa", "Odesa Oblast"), ("Izium", "Kharkiv Oblast"),
     ("Belgorod", "Belgorod Oblast"), ("Moscow", "Moscow"), ("Bakhmut", "Donetsk Oblast"), ("Sevastopol", "Sevastopol"),
     ("Kerch", "Crimea"), ("Aleppo", "Aleppo Governorate"), ("Chasiv Yar", "Donetsk Oblast")],
)  # fmt: skip
def test_towns_have_their_usual_english_names(region: RegionPack, name: str, unit: str) -> None:
    assert (name, unit) in {(row["name"], row["adm1"]) for row in region.rows["places"]}


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
    rows = region.rows["swaps"]
    words = Counter((row["lang"], word) for row in rows for word in (row["one"], row["other"]))
    assert rows and max(words.values()) == 1


def test_office_holders_are_listed_from_every_side_with_an_office(region: RegionPack) -> None:
    rows = region.rows["office_holders"]
    sides = Counter(row["side"] for row in rows)
    assert len(rows) >= 60
    assert sides["ua"] >= 20 and sides["ru"] >= 20 and sides["un"] >= 3
    assert all(row["office"] and row["reason"] for row in rows)


def test_names_in_the_enemies_table_mirror_each_other(region: RegionPack) -> None:
    assert {(row["alignment"], row["party"]) for row in region.rows["enemies"]} == {
        ("ukrainian", "ru_forces"),
        ("russian", "ua_forces"),
    }
