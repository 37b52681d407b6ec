"""A user's own gazetteer: what is filled in, what is added, what is left open, and who knows of it."""

import gzip
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from testimonia.packs import load_packs
from testimonia.places.book import Bearer, Book
from testimonia.places.extracts import Place, Unread, places
from testimonia.places.merged import Merged, merge
from testimonia.places.outlines import Outlines
from testimonia.places.own import FOLDER
from testimonia.places.spelled import key

BOOK = load_packs().book
ZMIIVKA = ("900001", "Zmiivka", "Змиевка,Зміївка", 46.8790, 33.5900, "P", "PPL", "UA", 2100)
LOKNYA = ("900004", "Malaya Loknya", "Малая Локня", 51.3500, 35.2000, "P", "PPL", "RU", 300)
LAKE = ("900005", "A Lake", "", 46.84, 33.43, "H", "LK", "UA", 0)
OSM = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE osm [<!ENTITY who SYSTEM "file:///etc/passwd">]>
<osm version="0.6">
 <node id="1" lat="46.8790" lon="33.5900">
  <tag k="place" v="village"/><tag k="name" v="Зміївка"/><tag k="name:ru" v="Змиевка"/><tag k="population" v="2 100"/>
 </node>
 <node id="2" lat="51.35" lon="35.2"><tag k="place" v="hamlet"/><tag k="name" v="Малая Локня"/></node>
 <node id="3" lat="51.36" lon="35.3"><tag k="highway" v="bus_stop"/><tag k="name" v="Остановка"/></node>
 <node id="4" lat="north" lon="35.3"><tag k="place" v="hamlet"/><tag k="name" v="Прилужье"/></node>
</osm>
"""


def line(row: tuple[str, str, str, float, float, str, str, str, int]) -> str:
    id_, name, other, lat, lon, class_, code, country, people = row
    cells = (
        id_,
        name,
        name,
        other,
        lat,
        lon,
        class_,
        code,
        country,
        "",
        "08",
        "",
        "",
        "",
        people,
        "",
        "",
        "Europe/Kyiv",
    )
    return "\t".join(map(str, (*cells, "2024-01-01"))) + "\n"


def zipped(folder: Path, text: str, name: str = "UA.zip") -> Path:
    with zipfile.ZipFile(folder / name, "w") as packed:
        packed.writestr("readme.txt", "About the columns.")
        packed.writestr("UA.txt", text)
    return folder / name


def read(file: Path) -> tuple[list[Place], Unread]:
    unread = Unread()
    return list(places(file, unread, lambda *_: None)), unread


def merged(*found: Place) -> Merged:
    return merge(found, BOOK)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    own = {**os.environ, FOLDER: str(folder / "own"), "COLUMNS": "160"}
    return subprocess.run(
        [sys.executable, "-m", "testimonia", *command], capture_output=True, text=True, env=own, cwd=folder, check=False
    )


def zmiivka(book: Book) -> Bearer:
    return next(row.bearer for row in book.starting(key("зміївка")) if row.bearer.adm1 == "Kherson Oblast")


def test_a_country_file_of_geonames_is_read_packed_or_not_and_lines_that_are_none_are_counted(tmp_path: Path) -> None:
    text = line(ZMIIVKA) + line(LAKE) + "a broken line\n" + line(LOKNYA).replace("51.35", "north")
    (tmp_path / "UA.txt").write_text(text, encoding="utf-8")
    for file in (zipped(tmp_path, text), tmp_path / "UA.txt"):
        found, unread = read(file)
        assert [(one.id, one.lat, one.population) for one in found] == [("900001", 46.879, 2100)]
        assert set(found[0].names) == {"Zmiivka", "Змиевка", "Зміївка"}
        assert unread.lines == 2


def test_an_extract_of_openstreetmap_is_read_packed_or_not_and_nothing_it_points_at(tmp_path: Path) -> None:
    (tmp_path / "a.osm").write_text(OSM, encoding="utf-8")
    with gzip.open(tmp_path / "a.osm.gz", "wt", encoding="utf-8") as packed:
        packed.write(OSM)
    for name in ("a.osm", "a.osm.gz"):
        found, unread = read(tmp_path / name)
        assert [(one.id, one.names, one.population) for one in found] == [
            ("osm1", ("Зміївка", "Змиевка"), 2100),
            ("osm2", ("Малая Локня",), 0),
        ]
        assert unread.lines == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("UA.txt", b"one\ttwo\n", "line 1: 2 columns, not the 19"),
        ("UA.zip", b"PK\x03\x04 cut off", "line 1: 1 columns"),
        ("a.osm", b"<osm><node id='1'", "cannot be read"),
        ("a.osm.gz", b"\x1f\x8b\x08 cut", "cannot be read"),
        ("a.osm.pbf", b"anything", "Unpack it first"),
    ],
)
def test_a_file_of_another_form_is_refused_with_the_way_out(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run(tmp_path, "places", "import", name)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "own").exists()


def test_a_settlement_of_the_codifier_gets_the_coordinates_that_it_lacks_and_keeps_its_code() -> None:
    before = zmiivka(BOOK)
    assert not before.located
    found = merged(Place("900001", ("Зміївка",), 46.8790, 33.5900, 2100))
    assert (found.located, found.added) == (1, 0)
    after = found.written[0].bearer
    assert (after.id, after.code, after.lat, after.lon, after.located) == (before.id, before.code, 46.879, 33.59, True)


def test_a_place_that_only_bears_the_name_far_from_the_seat_is_not_taken() -> None:
    found = merged(Place("900001", ("Зміївка",), 46.2, 33.0))
    assert (found.located, found.uncodified) == (0, 1)


def test_where_two_places_may_be_a_settlement_it_stays_as_it_is() -> None:
    found = merged(Place("1", ("Зміївка",), 46.8790, 33.5900), Place("2", ("Зміївка",), 46.79, 33.35))
    assert (found.located, found.open) == (0, 2)


def test_a_village_that_no_table_holds_is_new_and_one_that_is_known_is_not() -> None:
    found = merged(
        Place("900004", ("Malaya Loknya", "Малая Локня"), 51.35, 35.2, 300),
        Place("1", ("Sudzha", "Суджа"), 51.19, 35.27),
    )
    assert (found.added, found.known) == (1, 1)
    made = found.written[0].bearer
    assert (made.name, made.adm1, made.country) == ("Malaya Loknya", "Kursk Oblast", "Russia")


@pytest.mark.parametrize(
    ("lat", "lon", "unit"),
    [
        (46.63, 32.60, "Kherson Oblast"),
        (50.59, 36.59, "Belgorod Oblast"),
        (44.95, 34.10, "Crimea"),
        (44.60, 33.50, "Sevastopol"),
        (0.0, 0.0, None),
    ],
)
def test_a_point_lies_in_the_unit_of_iso_3166_2_or_in_none(lat: float, lon: float, unit: str | None) -> None:
    found = Outlines(BOOK).unit(lat, lon)
    assert (found.name if found else None) == unit


def test_what_is_imported_is_found_in_reports_and_known_to_the_gate_until_it_is_forgotten(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    text = "Курская область. Украинские войска обстреляли село Малая Локня из миномётов. Двое мирных жителей погибли."
    (reports / "a.txt").write_text(text, encoding="utf-8")
    zipped(tmp_path, line(ZMIIVKA) + line(LOKNYA))
    assert run(tmp_path, "run", "reports").returncode == 0
    done = run(tmp_path, "places", "import", "UA.zip")
    assert done.returncode == 0, done.stderr
    assert "1 settlement of the codifier has coordinates now, 1 place is new" in done.stdout
    again = run(tmp_path, "run", "reports")
    assert again.returncode == 0, again.stderr
    rows = (tmp_path / "reports.testimonia" / "out" / "internal" / "claims.csv").read_text(encoding="utf-8-sig")
    assert "51.35" in rows
    assert "35.2" in rows
    gate = "from testimonia.watch import installed; print(bool(installed().book.place('900004')))"
    own = {**os.environ, FOLDER: str(tmp_path / "own")}
    known = subprocess.run([sys.executable, "-c", gate], capture_output=True, text=True, env=own, check=True)
    assert known.stdout.strip() == "True"
    assert "1 located, 1 new" in run(tmp_path, "places", "list").stdout
    assert "900004" in run(tmp_path, "places", "show", "Малая Локня").stdout
    assert run(tmp_path, "places", "forget", "UA").returncode == 0
    assert run(tmp_path, "places", "show", "Малая Локня").returncode == 1


def test_a_second_import_of_a_file_of_that_name_takes_the_place_of_the_first(tmp_path: Path) -> None:
    zipped(tmp_path, line(ZMIIVKA) + line(LOKNYA))
    assert run(tmp_path, "places", "import", "UA.zip").returncode == 0
    zipped(tmp_path, line(ZMIIVKA))
    assert run(tmp_path, "places", "import", "UA.zip").returncode == 0
    assert json.loads((tmp_path / "own" / "UA.json").read_text(encoding="utf-8"))["added"] == 0


def test_a_file_that_adds_nothing_is_said_to_and_what_was_imported_stays(tmp_path: Path) -> None:
    zipped(tmp_path, line(ZMIIVKA))
    assert run(tmp_path, "places", "import", "UA.zip").returncode == 0
    zipped(tmp_path, line(LAKE))
    done = run(tmp_path, "places", "import", "UA.zip")
    assert done.returncode == 1
    assert "nothing in it that the gazetteer lacks" in done.stderr
    assert json.loads((tmp_path / "own" / "UA.json").read_text(encoding="utf-8"))["located"] == 1
