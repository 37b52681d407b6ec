"""The sidecar table: what it may look like, and that nothing in it stops a run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from testimonia.collect import Known, find_sources, load_sources
from testimonia.collect.when import when
from testimonia.errors import SettingsError
from testimonia.records import When

DAY = When(date(2022, 6, 24), date(2022, 6, 24), "day", "2022-06-24")


def table(folder: Path, text: str, name: str = "sources.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding, newline="")
    return path


def test_a_row_says_what_is_known_of_a_file(tmp_path: Path) -> None:
    text = "file,date,outlet,url_or_repo,title,lang,licence,alignment,form,words\na.txt,2022-06-24,Desk,https://example.org,T,en,CC0,x,news,12\n"
    known = load_sources(table(tmp_path, text)).known("a.txt")
    extra = (("form", "news"), ("words", "12"))
    assert known == Known("Desk", "T", None, "https://example.org", DAY, "en", "CC0", "x", extra)


@pytest.mark.parametrize("apart", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tables_from_spreadsheets_are_read(tmp_path: Path, apart: str, encoding: str, end: str) -> None:
    rows = (
        ("file", "date", "outlet"),
        ("a.txt", "24.06.2022", "Вигадана газета"),
        ("б.txt", "2023", "Выдуманная газета"),
    )
    path = table(tmp_path, end.join(apart.join(row) for row in rows), encoding=encoding)
    sources = load_sources(path)
    assert sources.problems == ()
    known = sources.known("a.txt")
    assert known is not None
    assert known.outlet == "Вигадана газета"
    assert known.date == When(date(2022, 6, 24), date(2022, 6, 24), "day", "24.06.2022")


def test_json_lines_are_read_and_nulls_say_nothing(tmp_path: Path) -> None:
    text = '{"file": "a.txt", "date": null, "outlet": "Desk", "complete": true}\n\n{"file": "b.txt"}\n'
    sources = load_sources(table(tmp_path, text, "sources.jsonl"))
    assert sources.known("a.txt") == Known(outlet="Desk", extra=(("complete", "true"),))
    assert sources.known("b.txt") == Known()
    assert sources.known("c.txt") is None


def test_names_are_compared_across_systems(tmp_path: Path) -> None:
    sources = load_sources(table(tmp_path, "file\n.\\sub\\é.txt\n"))
    assert sources.known("sub/e\u0301.txt") == Known()


def test_every_problem_is_told_with_file_and_row_and_none_is_fatal(tmp_path: Path) -> None:
    rows = ("a.txt,2022-13-45,A", ",2022,B", "a.txt,2022,C", "b.txt,2022,D,E,F", "c.txt,soon,G", "d.txt,2022-02-30,H")
    path = table(tmp_path, "\n".join(("file,date,outlet", *rows)))
    sources = load_sources(path)
    assert [problem.removeprefix(str(path)).split(":")[0].split(" (")[0] for problem in sources.problems] == [
        ", row 2",
        ", row 3",
        ", row 4",
        ", row 5",
        ", row 6",
        ", row 7",
    ]
    first = sources.known("a.txt")
    assert first is not None
    assert (first.outlet, first.date) == ("A", None)
    assert sources.known("b.txt") is not None


def test_rows_that_name_missing_files_are_told(tmp_path: Path) -> None:
    sources = load_sources(table(tmp_path, "file\na.txt\ngone.txt\nresult.json#message/3\n"))
    (message,) = sources.missing(["a.txt", "result.json"])
    assert "row 3" in message
    assert "'gone.txt' is not in the folder" in message


@pytest.mark.parametrize("text", ["", "\n", "name,date\na.txt,2022\n", '{"file": ', 'file\n"a.txt', "file\n\0\n"])
@pytest.mark.parametrize("name", ["sources.csv", "sources.jsonl"])
def test_a_broken_table_is_told_in_one_way_or_the_other(tmp_path: Path, text: str, name: str) -> None:
    path = table(tmp_path, text, name)
    try:
        sources = load_sources(path)
    except SettingsError as error:
        assert str(path) in str(error)
    else:
        assert sources.problems or sources.missing([])


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.csv"):
        load_sources(tmp_path / "nowhere.csv")


def test_the_table_of_a_folder_is_found_and_a_second_one_told(tmp_path: Path) -> None:
    assert find_sources(tmp_path).known("a.txt") is None
    table(tmp_path, "file,outlet\na.txt,Desk\n")
    assert find_sources(tmp_path).known("a.txt") == Known(outlet="Desk")
    table(tmp_path, '{"file": "a.txt"}', "sources.jsonl")
    assert "not read" in find_sources(tmp_path).problems[0]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2022-06-24", date(2022, 6, 24), date(2022, 6, 24), "day"),
        ("2022-6-4", date(2022, 6, 4), date(2022, 6, 4), "day"),
        ("2022-06-24T23:59:00+03:00", date(2022, 6, 24), date(2022, 6, 24), "day"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "year"),
        (" 24.06.2022 ", date(2022, 6, 24), date(2022, 6, 24), "day"),
    ],
)
def test_dates_are_as_precise_as_written(text: str, first: date, last: date, precision: str) -> None:
    found = when(text)
    assert (found.first, found.last, found.precision, found.words) == (first, last, precision, text.strip())


@pytest.mark.parametrize("text", ["", "soon", "2022-13", "2022-02-30", "0000", "24/06/2022", "20220624", "2022-06-24x"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        when(text)


def test_the_sign_between_file_and_part_may_stand_in_a_name(tmp_path: Path) -> None:
    sources = load_sources(table(tmp_path, "file,outlet\na#1.txt,Desk\nchat.json#message/7,Harbour Post\n"))
    assert sources.rows_of("a#1.txt") == (("a#1.txt", Known(outlet="Desk")),)
    assert sources.rows_of("chat.json") == (("chat.json#message/7", Known(outlet="Harbour Post")),)
    assert sources.missing(["a#1.txt", "chat.json"]) == []


@pytest.mark.parametrize(
    ("alignment", "side"), [("Ukraine", "ukrainian"), ("Russian", "russian"), ("pro-russian", "russian")]
)
def test_an_alignment_that_is_almost_a_side_is_said(tmp_path: Path, alignment: str, side: str) -> None:
    text = f"file,alignment\na.txt,ukrainian\nb.txt,western\nc.txt,\nd.txt,{alignment}\n"
    said = load_sources(table(tmp_path, text)).unknown_sides({"ukrainian", "russian"})
    assert len(said) == 1
    assert f"row 5 (d.txt): the alignment {alignment!r} is no side that is known. Write {side!r}" in said[0]


def test_a_table_that_names_no_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="row 1: there is no column file"):
        load_sources(table(tmp_path, "outlet,date\nDesk,2022-06-24\n"))
