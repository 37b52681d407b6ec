"""The gazetteer: what is known of places, how a name is narrowed, and how a place lies to the one that is named."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from testimonia.claims.located import located
from testimonia.errors import PackError
from testimonia.packs import Packs
from testimonia.places.book import Bearer, Book, Written, write
from testimonia.places.spelled import keys
from testimonia.precision import geo_precision, where_prec
from testimonia.records import Place


def places(packs: Packs, lang: str, text: str) -> tuple[Place, ...]:
    return located(text, packs.languages[lang], packs)


def test_south_of_a_town_has_a_direction_and_a_radius(packs: Packs) -> None:
    (place,) = places(packs, "en", "South of Krasnohorivka, Donetsk Oblast")
    assert (place.name, place.adm1, place.bearing, place.relation) == ("Krasnohorivka", "Donetsk Oblast", "S", "near")
    assert place.radius_km is not None and place.radius_km >= 20
    assert (where_prec(place), geo_precision(place)) == (2, 2)


def test_neither_the_speaker_s_town_nor_a_government_is_where_it_happened(packs: Packs) -> None:
    text = "Rostov officials denied Kyiv's report of a strike on a pipeline"
    assert "Kyiv" not in {place.name for place in places(packs, "en", text)}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A depot burned 20 km south of Kramatorsk."),
        ("uk", "За 20 км на південь від Краматорська горів склад."),
        ("ru", "В 20 км к югу от Краматорска горел склад."),
    ],
)
def test_a_distance_and_a_side_move_the_point(packs: Packs, lang: str, text: str) -> None:
    (place,) = places(packs, lang, text)
    assert (place.name, place.bearing, place.distance_km) == ("Kramatorsk", "S", 20)
    assert place.lat is not None and place.lat == pytest.approx(48.723 - 20 / 111.2, abs=0.03)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A column was hit between Izium and Sloviansk."),
        ("uk", "Колону обстріляли між Ізюмом та Слов'янськом."),
        ("ru", "Колонну обстреляли между Изюмом и Славянском."),
    ],
)
def test_between_two_towns_is_a_line(packs: Packs, lang: str, text: str) -> None:
    line = places(packs, lang, text)[0]
    assert (line.name, line.other, line.relation) == ("Izium", "Sloviansk", "between")
    assert line.radius_km is not None and 15 < line.radius_km < 30
    assert where_prec(line) == 5


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Heavy fighting in the Kramatorsk direction."),
        ("uk", "Бої на Краматорському напрямку."),
        ("ru", "Бои на Краматорском направлении."),
    ],
)
def test_a_direction_is_no_point(packs: Packs, lang: str, text: str) -> None:
    (place,) = places(packs, lang, text)
    assert (place.name, place.relation, where_prec(place)) == ("Kramatorsk", "direction", 2)


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("uk", "Пожежі у Сумській та Чернігівській областях", {"Sumy Oblast", "Chernihiv Oblast"}),
        ("ru", "Пожары в Сумской и Черниговской областях", {"Sumy Oblast", "Chernihiv Oblast"}),
        ("en", "Fires in Sumy and Chernihiv oblasts", {"Sumy Oblast", "Chernihiv Oblast"}),
        ("uk", "Вибухи на Херсонщині", {"Kherson Oblast"}),
    ],
)
def test_an_oblast_is_an_area_and_never_a_point(packs: Packs, lang: str, text: str, names: set[str]) -> None:
    found = places(packs, lang, text)
    assert {place.name for place in found} == names
    assert all(place.is_area and place.lat is None for place in found)


def test_a_district_or_a_unit_beside_a_name_says_which_bearer_is_meant(packs: Packs) -> None:
    (open_,) = places(packs, "uk", "Обстріляно Степове")
    assert open_.precision == "unresolved" and len(open_.candidates) > 20
    (narrowed,) = places(packs, "uk", "Обстріляно село Степове у Сумській області")
    assert (narrowed.precision, narrowed.adm1) == ("settlement", "Sumy Oblast")


def test_the_airfield_of_a_town_is_a_site(packs: Packs) -> None:
    for lang, text in (("uk", "Вибух на Бердянському аеродромі"), ("ru", "Взрыв на бердянском аэродроме")):
        found = places(packs, lang, text.replace("бердянском", "Бердянском"))
        assert [(p.name, p.precision) for p in found] == [("Berdiansk airfield", "site")]


def test_the_files_are_those_that_their_sums_say(packs: Packs) -> None:
    for file in packs.book.files:
        said = file.with_suffix(".txt").read_text(encoding="utf-8").split()[-1]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == said, file


def test_a_later_file_goes_over_an_earlier_one(tmp_path: Path) -> None:
    def one(lat: float) -> Written:
        return Written(Bearer("UA1", "settlement", "Testove", "Sumy Oblast", "Ukraine", lat, 30.0), [*keyed("Тестове")])

    def keyed(name: str) -> list[tuple[str, str, bool]]:
        return [(*key, True) for key in keys(name)]

    for name, lat in (("a.db", 50.0), ("b.db", 51.0)):
        assert write(tmp_path / name, [one(lat)]) == 1
    book = Book([tmp_path / "a.db", tmp_path / "b.db"])
    assert [row.bearer.lat for row in book.starting(next(keys("Тестове"))[0])] == [51.0]


def test_a_file_that_is_no_gazetteer_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("nothing of the kind, but long enough to be read as a header " * 20)
    with pytest.raises(PackError, match=r"x\.db"):
        Book([tmp_path / "x.db"])


def test_units_of_the_world_have_outlines(packs: Packs) -> None:
    assert '"Polygon"' in (packs.book.outline("UA-65") or "") or '"MultiPolygon"' in (packs.book.outline("UA-65") or "")
    assert packs.book.outline("UA-99") is None
