from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from testimonia.embargo import Embargo
from testimonia.publish import MARK, coded_rows, publish
from testimonia.publish.sheets import cell, line, table
from testimonia.publish.words import how_sure, spot
from testimonia.publish.words import place as in_words
from testimonia.records import Claim, Confidence, Count, Document, Place, Reason
from testimonia.veil import Shown
from tests.publish.newsroom import SUMY, alone, claim, document, event, gathered, newsroom, on

GOLD = [
    "start",
    "end",
    "quote",
    "type",
    "modality",
    "speaker",
    "via",
    "actor",
    "target",
    "group",
    "count",
    "place",
    "adm1",
    "date",
    "event",
    "document",
]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_every_row_of_every_table_is_marked(edition: Path) -> None:
    for name in ("claims.csv", "events.csv", "failures.csv"):
        found = rows(edition / name)
        assert found
        assert {row["edition"] for row in found} == {MARK}
        assert next(iter(found[0])) == "edition"
    for text in (edition / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        assert json.loads(text)["edition"] == MARK


def test_claims_jsonl_has_the_fields_of_the_guide(edition: Path) -> None:
    found = [json.loads(text) for text in (edition / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(found) == len(newsroom().claims)
    assert all(set(GOLD) <= set(row) for row in found)
    killed = next(row for row in found if row["quote"] == "Загинули п'ятеро людей")
    assert killed["count"] == {"low": 5, "high": 5, "unit": "person", "approx": False}
    assert killed["date"] == ["2026-07-03", "2026-07-03"]
    assert (killed["speaker"], killed["via"]) == ("лікарня", ["речник"])
    assert (killed["document"], killed["lang"]) == ("river-courier.txt", "uk")


def test_claims_stand_in_the_order_of_documents_and_text(edition: Path) -> None:
    found = [json.loads(text) for text in (edition / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    places = [(row["document"], row["start"]) for row in found]
    assert places == sorted(places)


def test_every_quote_of_the_export_stands_at_its_offsets(edition: Path) -> None:
    texts = {document.id: document.text for document in newsroom().documents.values()}
    for text in (edition / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        assert texts[row["document_id"]][row["start"] : row["end"]] == row["quote"]


def row_of(doc: Document, made: Claim) -> dict[str, Any]:
    (row,) = coded_rows(Shown.of(gathered([doc], [made], [], [])))
    return row


def test_the_means_is_in_rows_tables_and_cards(tmp_path: Path) -> None:
    doc = document("Shells fell on the market.", "a.txt", lang="en")
    made = claim(doc, "Shells fell", "shelling", means="artillery")
    assert row_of(doc, made)["means"] == "artillery"
    publish(gathered([doc], [made], [event(1, [made])], []), tmp_path / "internal")
    assert rows(tmp_path / "internal" / "claims.csv")[0]["means"] == "artillery"
    assert "means: artillery" in (tmp_path / "internal" / "index.html").read_text(encoding="utf-8")


SURE = Confidence(0.82, 1.0, 0.9, 0.55, 0.7, 0.8, 0.95, 0.6, 0.65)
READ = (Reason("kind", "shelling: fell"),)


def test_the_confidence_is_in_rows_tables_and_cards(tmp_path: Path) -> None:
    doc = document("Shells fell on the market.", "a.txt", lang="en")
    made = claim(doc, "Shells fell", "shelling", confidence=SURE, reasons=READ)
    assert row_of(doc, made)["confidence"] == {
        "told": 0.82,
        "modality": 1.0,
        "speaker": 0.9,
        "actor": 0.55,
        "target": 0.7,
        "group": 0.8,
        "count": 0.95,
        "place": 0.6,
        "date": 0.65,
    }
    publish(gathered([doc], [made], [event(1, [made])], []), tmp_path / "internal")
    row = rows(tmp_path / "internal" / "claims.csv")[0]
    assert (row["confidence"], row["confidence_modality"], row["confidence_actor"]) == ("0.82", "1.0", "0.55")
    page = (tmp_path / "internal" / "index.html").read_text(encoding="utf-8")
    assert "read with confidence .82; least sure: actor .55" in page


def test_a_claim_of_the_rules_alone_has_no_confidence_anywhere(tmp_path: Path) -> None:
    doc = document("Shells fell on the market.", "a.txt", lang="en")
    made = claim(doc, "Shells fell", "shelling", reasons=READ)
    assert row_of(doc, made)["confidence"] is None
    publish(gathered([doc], [made], [event(1, [made])], []), tmp_path / "internal")
    row = rows(tmp_path / "internal" / "claims.csv")[0]
    assert {value for column, value in row.items() if column.startswith("confidence")} == {""}
    assert "confidence" not in (tmp_path / "internal" / "index.html").read_text(encoding="utf-8")


def test_how_sure_a_claim_is_names_a_slot_only_where_one_is_less_sure_than_the_claim() -> None:
    assert how_sure(SURE) == "read with confidence .82; least sure: actor .55"
    assert how_sure(replace(SURE, count=0.3)) == "read with confidence .82; least sure: number .30"
    assert how_sure(replace(SURE, told=0.5)) == "read with confidence .50"
    assert how_sure(Confidence(*[1.0] * 9)) == "read with confidence 1.00"
    assert how_sure(None) == ""


@pytest.mark.parametrize(
    ("place", "adm1", "wanted"),
    [
        (SUMY, "Sumy Oblast", {"where_prec": "1", "geo_precision": "1", "iso_3166_2": "UA-59", "relation": "at"}),
        (
            replace(SUMY, relation="near", radius_km=20.0, bearing="S", distance_km=20.0),
            "Sumy Oblast",
            {
                "where_prec": "2",
                "geo_precision": "2",
                "radius_km": "20.0",
                "relation": "near",
                "bearing": "S",
                "distance_km": "20.0",
            },
        ),
        (
            replace(SUMY, relation="between", other="Romny", radius_km=45.5),
            "Sumy Oblast",
            {"where_prec": "5", "geo_precision": "3", "other_place": "Romny", "radius_km": "45.5"},
        ),
        (
            Place("Oleksandrivka", precision="unresolved", candidates=("UA1", "UA2", "UA3")),
            None,
            {
                "where_prec": "6",
                "geo_precision": "3",
                "candidates": "3",
                "candidate_ids": "UA1 UA2 UA3",
                "lat": "",
                "iso_3166_2": "",
            },
        ),
        (
            Place("Sumy District", None, "Sumy Oblast", lat=50.9, lon=34.8, precision="district", radius_km=40.0),
            "Sumy Oblast",
            {"where_prec": "3", "geo_precision": "2", "lat": "", "lon": "", "radius_km": ""},
        ),
        (None, "Crimea", {"where_prec": "4", "geo_precision": "3", "iso_3166_2": "UA-43", "place_precision": "oblast"}),
        (None, "Belgorod Oblast", {"where_prec": "4", "geo_precision": "3", "iso_3166_2": "RU-BEL", "place": ""}),
        (None, None, {"where_prec": "", "geo_precision": "", "iso_3166_2": "", "adm1": ""}),
    ],
)
def test_tables_say_how_precisely_a_place_is_known(
    tmp_path: Path, place: Place | None, adm1: str | None, wanted: dict[str, str]
) -> None:
    doc = document("Shells fell across the oblast.", "a.txt", lang="en")
    made = claim(doc, "Shells fell", "shelling", place=place, adm1=adm1)
    publish(gathered([doc], [made], [event(1, [made], place=place, adm1=adm1)], []), tmp_path / "internal")
    for name in ("claims.csv", "events.csv"):
        row = rows(tmp_path / "internal" / name)[0]
        assert {column: row[column] for column in wanted} == wanted


@pytest.mark.parametrize(
    ("lies", "said", "known"),
    [
        ({}, "Sumy (settlement), Sumy Oblast", "known to the settlement"),
        ({"relation": "near", "radius_km": 15.0}, "near Sumy, Sumy Oblast", "within 15 km of there"),
        (
            {"relation": "near", "bearing": "S", "distance_km": 20.0, "radius_km": 25.0},
            "20 km south of Sumy, Sumy Oblast",
            "within 25 km of there",
        ),
        (
            {"relation": "near", "distance_km": 3.5, "radius_km": 8.5},
            "3.5 km from Sumy, Sumy Oblast",
            "within 8.5 km of there",
        ),
        ({"relation": "between", "other": "Romny"}, "between Sumy and Romny, Sumy Oblast", "somewhere between the two"),
        ({"relation": "direction", "radius_km": 30.0}, "Sumy direction, Sumy Oblast", "within 30 km of there"),
    ],
)
def test_words_say_how_a_place_lies_to_the_one_named(lies: dict[str, Any], said: str, known: str) -> None:
    place = replace(SUMY, **lies)
    assert in_words(place, "Sumy Oblast") == said
    assert spot(place, "Sumy Oblast")[1] == known


def test_of_what_is_withheld_no_column_says_more_than_the_oblast(tmp_path: Path) -> None:
    doc = document("A column of tanks stands south of Sumy.", "a.txt", lang="en", date=on("2026-01-01"))
    near = replace(SUMY, relation="near", other="Romny", radius_km=20.0, bearing="S", distance_km=20.0)
    near = replace(near, candidates=("UA1", "UA2"), claimant="ua_authorities", controller="ua_forces")
    made = claim(doc, "A column of tanks stands", "deployment", place=near, adm1="Sumy Oblast")
    embargo = Embargo(today=date(2026, 1, 2), days=14)
    material = gathered([doc], [made], [event(1, [made], place=near, adm1="Sumy Oblast")], [])
    publish(replace(material, embargo=embargo), tmp_path / "internal")
    finer = (
        *("place", "relation", "bearing", "distance_km", "other_place", "lat", "lon", "radius_km", "candidates"),
        *("candidate_ids", "claimant", "controller", "place_words"),
    )
    for name in ("claims.csv", "events.csv"):
        row = rows(tmp_path / "internal" / name)[0]
        assert {row.get(column, "") for column in finer} == {""}
        assert (row["where_prec"], row["geo_precision"], row["iso_3166_2"]) == ("4", "3", "UA-59")


def test_who_claims_and_who_holds_a_place_stand_apart_in_rows_tables_and_cards(tmp_path: Path) -> None:
    doc = document("Shells fell on the Russian-held town of Sumy, as it is called here.", "a.txt", lang="en")
    place = replace(SUMY, claimant="ua_authorities", controller="ru_forces")
    made = claim(doc, "Shells fell", "shelling", place=place, adm1="Sumy Oblast")
    publish(gathered([doc], [made], [event(1, [made], place=place)], []), tmp_path / "internal")
    row = rows(tmp_path / "internal" / "claims.csv")[0]
    assert (row["claimant"], row["controller"]) == ("ua_authorities", "ru_forces")
    where = row_of(doc, made)["where"]
    assert (where["claimant"], where["controller"], where["where_prec"]) == ("ua_authorities", "ru_forces", 1)
    page = (tmp_path / "internal" / "index.html").read_text(encoding="utf-8")
    assert "under the name used by: Ukrainian authorities" in page
    assert "said to be held by: Russian forces" in page


def test_an_oblast_is_no_place_in_a_row_and_no_point_in_a_table(tmp_path: Path) -> None:
    doc = document("Shells fell across the oblast.", "a.txt", lang="en")
    oblast = Place("Sumy Oblast", "ua-59", "Sumy Oblast", "ua", 50.9, 34.8, "oblast")
    made = claim(doc, "Shells fell", "shelling", place=oblast, adm1="Sumy Oblast")
    assert row_of(doc, made)["place"] is None
    happening = event(1, [made], place=oblast, adm1="Sumy Oblast")
    publish(gathered([doc], [made], [happening], []), tmp_path / "internal")
    row = rows(tmp_path / "internal" / "events.csv")[0]
    assert (row["lat"], row["lon"], row["place_precision"]) == ("", "", "oblast")


def test_a_settlement_is_a_point(edition: Path) -> None:
    found = {row["event"]: row for row in rows(edition / "events.csv")}
    assert (found["evt-000000000002"]["lat"], found["evt-000000000002"]["lon"]) == ("50.9077", "34.7981")


def test_events_say_numbers_origins_and_contradictions(edition: Path) -> None:
    dead = next(row for row in rows(edition / "events.csv") if row["event"] == "evt-000000000002")
    assert (dead["low"], dead["high"], dead["unit"]) == ("3", "5", "person")
    assert (dead["origins_low"], dead["origins_high"], dead["contested"]) == ("2", "3", "true")
    assert dead["contradictions"] == "number: at least 3 (2 claims) against 5 (2 claims)"
    assert dead["status"] == "stated"
    assert len(dead["claims"].split()) == 4


def test_what_only_is_denied_or_planned_keeps_that_status(edition: Path) -> None:
    statuses = {row["event"][-1]: row["status"] for row in rows(edition / "events.csv")}
    assert statuses["6"] == "planned"
    assert statuses["7"] == "predicted"
    assert statuses["8"] == "denied"
    assert statuses["5"] == "alleged only"


def test_claims_csv_brings_the_origins_of_the_event(edition: Path) -> None:
    killed = next(row for row in rows(edition / "claims.csv") if row["quote"] == "Загинули п'ятеро людей")
    assert (killed["origins_low"], killed["origins_high"]) == ("2", "3")
    assert (killed["low"], killed["number_words"]) == ("5", "п'ятеро людей")


@pytest.mark.parametrize("text", ["=1+1", "+380", "-5 people", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_text_that_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert cell(text) == "'" + text


def test_numbers_stay_numbers() -> None:
    assert cell(-12.5) == "-12.5"
    assert cell(None) == ""
    assert cell(False) == "false"


def test_hostile_cells_come_back_whole() -> None:
    nasty = 'a "quoted", cell\nwith a line end; and\ttab'
    data = table(["edition", "quote"], [{"edition": MARK, "quote": nasty}, {"edition": MARK}])
    assert data.startswith(b"\xef\xbb\xbf")
    back = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert back == [{"edition": MARK, "quote": nasty}, {"edition": MARK, "quote": ""}]


def test_direction_signs_are_written_out_in_tables_and_exact_in_json() -> None:
    assert cell("abc\u202edef") == "abc[U+202E]def"
    assert json.loads(line({"quote": "abc\u202edef"})) == {"quote": "abc\u202edef"}


def test_half_a_surrogate_pair_does_not_stop_the_edition(tmp_path: Path) -> None:
    doc = document("Shells fell \ud83d on Sumy.", "a.txt", lang="en")
    made = claim(doc, "Shells fell \ud83d on Sumy", "shelling")
    publish(gathered([doc], [made], [event(1, [made])], []), tmp_path / "internal")
    row = json.loads((tmp_path / "internal" / "claims.jsonl").read_text(encoding="utf-8"))
    assert row["quote"] == "Shells fell \ud83d on Sumy"
    assert "Shells fell \ufffd on Sumy" in (tmp_path / "internal" / "index.html").read_text(encoding="utf-8")


def test_a_document_seen_twice_gives_a_row_for_each_file_where_asked() -> None:
    material = newsroom()
    copy = next(d for d in material.documents.values() if d.sightings)
    found = [row["document"] for row in coded_rows(Shown.of(material)) if row["document_id"] == copy.id]
    assert found == ["mirror-post.txt", "copies/mirror-post.txt"]


def test_a_whole_number_is_written_without_a_point() -> None:
    doc = document("Three died.", "a.txt")
    made = claim(doc, "Three died", "killing", count=Count(3.0, 3.0))
    assert row_of(doc, made)["count"]["low"] == 3
    assert b'"low": 3,' in line(row_of(doc, made))


def test_without_failures_there_is_no_table_of_failures(tmp_path: Path) -> None:
    release = publish(replace(newsroom(), failures=()), tmp_path / "internal")
    assert "failures.csv" not in dict(release.files)
    assert not (tmp_path / "internal" / "failures.csv").exists()


def test_the_tables_open_in_pandas(edition: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    events = pandas.read_csv(edition / "events.csv")
    assert list(events["edition"].unique()) == [MARK]
    assert events["low"].sum() == 3 + 9 + 4 + 2 + 200


def test_an_event_weighed_by_its_handle_is_found(tmp_path: Path) -> None:
    doc = document("Three died in Sumy.", "a.txt")
    made = claim(doc, "Three died", "killing", count=Count(3, 3), place=SUMY, when=on("2026-01-01"))
    happening = event(1, [made])
    told = replace(alone(happening, [made], unit="person", low=3, high=3), event=happening.handle)
    publish(gathered([doc], [made], [happening], [told]), tmp_path / "internal")
    assert rows(tmp_path / "internal" / "events.csv")[0]["low"] == "3"
