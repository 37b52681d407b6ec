"""The example reports hold what examples/README.md says they hold."""

from __future__ import annotations

import csv
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parent.parent / "examples"
KHERSON = EXAMPLES / "kherson"


def reports() -> dict[str, Path]:
    paths = (path for path in KHERSON.rglob("*") if path.is_file() and path.name != "sources.csv")
    return {path.relative_to(KHERSON).as_posix(): path for path in paths}


def rows() -> list[dict[str, str]]:
    with (KHERSON / "sources.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def posts() -> list[dict[str, Any]]:
    lines = (KHERSON / "2022-12-24_obstril.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def text(name: str) -> str:
    return (KHERSON / name).read_text(encoding="utf-8")


def shingles(name: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text(name).lower())
    return set(zip(*(words[at:] for at in range(5)), strict=False))


def test_every_row_of_the_sidecar_has_its_file_and_every_other_file_says_itself_where_it_is_from() -> None:
    listed = {row["file"] for row in rows()}
    assert listed <= set(reports())
    assert set(reports()) - listed == {"2022-12-24_obstril.jsonl"}
    assert all(post["outlet"] and post["date"] and post["url"] for post in posts())


def test_all_three_languages_and_several_leanings_are_there() -> None:
    assert {row["lang"] for row in rows()} == {"en", "uk", "ru"}
    assert {row["alignment"] for row in rows()} >= {"ukrainian", "russian", "other"}
    assert len({row["outlet"] for row in rows()}) >= 7


def test_every_address_is_reserved_for_examples_and_every_licence_is_free() -> None:
    assert all(".example.org" in row["url"] and row["licence"] == "CC0-1.0" for row in rows())
    for name, path in reports().items():
        hosts = re.findall(r"https?://([^/\s\"]+)", path.read_text(encoding="utf-8"))
        assert all(host.endswith(".example.org") for host in hosts), name


def test_the_formats_are_mixed() -> None:
    assert {path.suffix for path in reports().values()} == {".txt", ".md", ".html", ".json", ".jsonl"}


def test_one_report_is_nearly_a_copy_of_another_in_other_words_of_its_title_only() -> None:
    wire, copy = shingles("2022-11-09_withdrawal.txt"), shingles("2022-11-09_withdrawal-dispatch.txt")
    assert 0.85 < len(wire & copy) / len(copy) < 1


def test_one_report_was_saved_twice_with_the_same_bytes() -> None:
    first, second = "2022-11-09_withdrawal.txt", "2022-11-09_withdrawal (1).txt"
    assert (KHERSON / first).read_bytes() == (KHERSON / second).read_bytes()


def test_the_toll_of_one_day_is_revised_upwards() -> None:
    tolls = [re.search(r"загинули (\d+) людей", post["text"]) for post in posts()]
    assert [int(toll.group(1)) for toll in tolls if toll] == [7, 10, 16]
    assert all(earlier["date"] < later["date"] for earlier, later in pairwise(posts()))


def test_the_two_banks_give_two_tolls() -> None:
    assert "Sixteen people have died" in text("2023-06-18_two-tolls.txt")
    assert "29 people have died" in text("2023-06-18_two-tolls.txt")
    assert "погибли 29 человек" in text("2023-06-18_levyi-bereg.txt")


def test_each_side_is_accused_and_each_denies() -> None:
    assert "Russia denies" in text("2022-11-17_detention-sites.html")
    assert "deny reprisals" in text("2022-11-17_detention-sites.html")
    assert "опроверг" in text("2022-12-25_saldo.txt")
    assert "не били" in text("2022-10-21_pereprava-vidpovid.txt")


def test_the_chat_export_has_a_denial_and_then_its_reversal() -> None:
    export = json.loads(text("telegram/result.json"))
    told = [message["text"] for message in export["messages"] if message["type"] == "message"]
    assert "опроверг" in told[0][1]["text"]
    assert "разрушены затворы" in told[1]


def test_the_readme_says_that_they_are_illustrations_and_names_files_that_exist() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert "illustrations, written for this project" in readme
    named = re.findall(r"`([^`]+\.(?:txt|md|html|jsonl|json))`", readme)
    assert len(named) > 10
    assert set(named) <= set(reports())
