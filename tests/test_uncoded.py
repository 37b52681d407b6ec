"""Documents that speak of no conflict are read, kept and not coded: how many is said at the end, which when asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from testimonia.pipeline import run
from testimonia.project import Project, default_project
from testimonia.store import Store
from testimonia.without_project import code_folder

from .conftest import Run

TODAY = date(2026, 1, 1)
TEXTS = {
    "match.txt": (
        "The home side won by three goals. The striker was injured late on. The coach praised the young goalkeeper. "
        "Tickets for the next match are sold out. The weather was kind to both teams."
    ),
    "spiel.txt": "Der Nachbar hat einen Hund, und alle mögen ihn sehr, denn er ist freundlich und klein.",
    "raid.txt": "Shelling killed three people in Kherson on 3 May 2023, officials said.",
    "quiet.txt": "Soldiers watched. Nobody came.",
}


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A match, a text in a language that is not read, a raid, and soldiers of whom nothing is told."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def left(folder: Path) -> set[str]:
    store = Store.open(Project(default_project(folder)).database)
    found = {store.documents()[id_].file for id_ in store.uncoded()}
    store.close()
    return found


def test_a_run_counts_what_it_read_and_left_uncoded(mixed: Path) -> None:
    summary = run(mixed, today=TODAY)
    assert (summary.documents, summary.uncoded) == (4, 1)
    assert left(mixed) == {"match.txt"}
    assert code_folder(mixed, today=TODAY).uncoded == 1


def test_a_run_that_redoes_nothing_still_says_so(mixed: Path) -> None:
    run(mixed, today=TODAY)
    again = run(mixed, today=TODAY)
    assert not any(again.redone.values())
    assert again.uncoded == 1
    (mixed / "match.txt").unlink()
    assert run(mixed, today=TODAY).uncoded == 0


def test_one_whose_source_states_its_side_is_coded(mixed: Path) -> None:
    run(mixed, today=TODAY)
    (mixed / "sources.csv").write_text("file,alignment\nmatch.txt,other\n", encoding="utf-8")
    assert run(mixed, today=TODAY).uncoded == 0
    assert left(mixed) == set()


def test_the_edition_says_nothing_of_it(mixed: Path) -> None:
    summary = run(mixed, today=TODAY)
    for path in summary.dossier.parent.rglob("*"):
        assert not path.is_file() or b"no conflict" not in path.read_bytes()


def test_the_command_line_says_how_many_and_lists_which(mixed: Path, command: Run) -> None:
    said = "1 of the documents speaks of no conflict and was not coded"
    assert said in command("code", mixed).stderr
    assert f"{said}: testimonia show documents --uncoded" in command("run", mixed).stdout
    listed = command("show", "documents", cwd=mixed.parent).stdout
    assert all(name in listed for name in TEXTS)
    assert "raid.txt · 2 claims" in listed
    asked = command("show", "documents", "--uncoded", cwd=mixed.parent).stdout.splitlines()
    assert asked[0].endswith("match.txt · not coded: speaks of no conflict")
    assert "sources.csv" in asked[1]
    assert asked[2] == "1 document – internal, not for publication"
    rows = command("show", "documents", "--csv", cwd=mixed.parent).stdout.splitlines()
    assert rows[0].endswith("edition,id,document,outlet,date,claims,not coded")
    assert [row.rpartition(",")[2] for row in rows[1:]].count("speaks of no conflict") == 1


def test_where_all_documents_are_coded_nothing_is_said(reports: Path, command: Run) -> None:
    assert "no conflict" not in command("run", reports).stdout
