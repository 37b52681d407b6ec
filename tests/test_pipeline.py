from __future__ import annotations

import hashlib
import json
import os
from datetime import date
from pathlib import Path

import pytest

from testimonia.embargo import Embargo
from testimonia.errors import SettingsError, StorageError
from testimonia.pipeline import STAGES, Summary, check_order, run
from testimonia.project import Project
from testimonia.store import Store
from testimonia.veil import Gate
from testimonia.without_project import code_folder

TODAY = date(2026, 1, 1)


def done(folder: Path, **more: object) -> Summary:
    return run(folder, today=TODAY, **more)  # type: ignore[arg-type]


def tree(folder: Path) -> dict[str, str]:
    """Return every file below a folder with the hash of its bytes."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def exported(summary: Summary) -> list[dict[str, object]]:
    lines = (summary.dossier.parent / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def stored(folder: Path) -> Store:
    return Store.open(folder.with_name(folder.name + ".testimonia") / "testimonia.db")


def test_a_folder_becomes_claims_events_and_a_dossier(reports: Path) -> None:
    summary = done(reports)
    assert (summary.documents, summary.failures) == (3, ())
    assert summary.claims >= 6
    assert summary.events >= 3
    assert summary.dossier.read_text(encoding="utf-8").startswith("<!doctype html>")
    names = {path.name for path in summary.dossier.parent.iterdir()}
    assert {"index.html", "claims.csv", "claims.jsonl", "events.csv", "manifest.json"} <= names


def test_the_folder_itself_is_never_written_to(reports: Path) -> None:
    before = tree(reports)
    done(reports)
    assert tree(reports) == before


def test_every_quote_is_exactly_its_stretch_of_the_text(reports: Path) -> None:
    done(reports)
    store = stored(reports)
    documents = store.documents()
    for claim in store.claims().values():
        quote = claim.quote
        assert quote.text == documents[quote.document].text[quote.start : quote.end]


def test_a_second_run_redoes_nothing(reports: Path) -> None:
    first = done(reports)
    before = tree(first.dossier.parent)
    second = done(reports)
    assert not any(second.redone.values())
    assert tree(second.dossier.parent) == before


def test_a_run_in_several_processes_gives_the_same_bytes(reports: Path, tmp_path: Path) -> None:
    for number in range(60):
        text = f"On {1 + number % 28} May 2023 shelling killed {number + 2} people in Kherson, officials said."
        (reports / f"report-{number}.txt").write_text(text, encoding="utf-8")
    alone = run(reports, tmp_path / "alone", today=TODAY, jobs=1)
    together = run(reports, tmp_path / "together", today=TODAY, jobs=2)
    assert alone.documents == 63
    assert tree(alone.dossier.parent) == tree(together.dossier.parent)


def test_a_removed_file_takes_its_claims_out_of_the_exports_and_keeps_its_bytes(reports: Path) -> None:
    done(reports)
    held = reports.joinpath("mayor.txt").read_bytes()
    reports.joinpath("mayor.txt").unlink()
    summary = done(reports)
    assert "mayor.txt" not in {row["document"] for row in exported(summary)}
    digest = hashlib.sha256(held).hexdigest()
    archived = next(Project(summary.dossier.parents[2]).archive.rglob(digest))
    assert archived.read_bytes() == held
    assert [d.file for d in stored(reports).documents("removed").values()] == ["mayor.txt"]


def test_a_changed_file_is_a_new_document_that_supersedes_the_old(reports: Path) -> None:
    done(reports)
    old = next(d for d in stored(reports).documents().values() if d.file == "mayor.txt")
    reports.joinpath("mayor.txt").write_text("У Херсоні загинули 24 людини.", encoding="utf-8")
    summary = done(reports)
    new = next(d for d in stored(reports).documents().values() if d.file == "mayor.txt")
    assert new.supersedes == old.id
    assert list(stored(reports).documents("superseded")) == [old.id]
    assert summary.documents == 3
    assert summary.redone["code"] == 1


def test_the_same_bytes_seen_twice_are_one_document_with_two_sightings(reports: Path) -> None:
    reports.joinpath("copy.txt").write_bytes(reports.joinpath("mayor.txt").read_bytes())
    summary = done(reports)
    document = next(d for d in stored(reports).documents().values() if len(d.sightings) == 2)
    assert summary.documents == 3
    assert [seen.file for seen in document.sightings] == ["copy.txt", "mayor.txt"]


def test_a_new_date_in_the_sidecar_codes_that_document_again(reports: Path) -> None:
    done(reports)
    table = reports / "sources.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("mayor.txt,2023-05-04", "mayor.txt,2023-05-05"), "utf-8")
    summary = done(reports)
    assert summary.redone["code"] == 1


def test_an_edition_that_was_changed_on_disk_is_written_again(reports: Path) -> None:
    first = done(reports)
    before = tree(first.dossier.parent)
    first.dossier.write_text("gone", encoding="utf-8")
    done(reports)
    assert tree(first.dossier.parent) == before


def test_a_young_deployment_has_no_place_and_no_words_until_the_embargo_ends(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    text = "On 1 March 2024 Russian forces deployed air defence systems in Henichesk, Kherson Oblast."
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "sources.csv").write_text("file,date\na.txt,2024-03-02\n", encoding="utf-8")
    young = run(folder, tmp_path / "p", today=date(2024, 3, 20))
    assert any(row["type"] == "deployment" for row in exported(young))
    for file in young.dossier.parent.iterdir():
        assert b"Henichesk" not in file.read_bytes()
    old = run(folder, tmp_path / "p", today=date(2025, 3, 20))
    assert old.redone["publish"] == 1
    assert any(row["place"] == "Henichesk" for row in exported(old))


def test_an_empty_folder_says_so_and_still_ends_well(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    summary = done(folder)
    assert summary.documents == 0
    assert any("holds no files" in warning for warning in summary.warnings)


def test_a_project_inside_its_own_folder_is_refused(reports: Path) -> None:
    with pytest.raises(SettingsError, match="never written to"):
        run(reports, reports / "project", today=TODAY)
    assert not (reports / "project").exists()


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such folder"):
        run(tmp_path / "nowhere", today=TODAY)


def test_a_project_that_another_run_holds_is_left_alone(reports: Path, tmp_path: Path) -> None:
    home = Project(tmp_path / "p")
    home.make()
    with home.held(), pytest.raises(StorageError, match="another run"):
        run(reports, home.root, today=TODAY)


def test_the_stages_are_in_an_order_in_which_each_gets_what_it_needs() -> None:
    check_order(STAGES)
    with pytest.raises(SettingsError, match="'link' needs Claim, Document"):
        check_order([stage for stage in STAGES if stage.verb == "link"])


def test_coding_without_a_project_gives_the_claims_that_a_run_gives(reports: Path) -> None:
    rows = code_folder(reports, today=TODAY).rows
    from_run = exported(done(reports))
    fields = ("document", "start", "end", "type", "modality", "count", "event")
    assert [[row[f] for f in fields] for row in rows] == [[row[f] for f in fields] for row in from_run]


def test_each_file_that_shows_a_document_gets_its_claims_when_coding(reports: Path) -> None:
    reports.joinpath("copy.txt").write_bytes(reports.joinpath("mayor.txt").read_bytes())
    rows = code_folder(reports, today=TODAY).rows
    counted = [sum(row["document"] == name for row in rows) for name in ("copy.txt", "mayor.txt")]
    assert counted[0] == counted[1] > 0


def test_a_row_of_the_sidecar_may_speak_of_one_part_of_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    lines = [json.dumps({"text": f"Shelling hit Kherson on {day} May 2023."}) for day in (3, 4)]
    (folder / "feed.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "sources.csv").write_text("file,outlet\nfeed.jsonl,Feed\nfeed.jsonl#line/2,Harbour Post\n", "utf-8")
    done(folder)
    assert [document.outlet for document in stored(folder).documents().values()] == ["Feed", "Harbour Post"]


def test_a_deployment_in_a_recent_report_is_veiled_whatever_past_date_its_sentence_holds(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    text = "Russian forces that took Kherson in March 2022 are now deployed in Henichesk."
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "sources.csv").write_text("file,date\na.txt,2025-12-20\n", encoding="utf-8")
    summary = done(folder)
    assert any(row["type"] == "deployment" for row in exported(summary))
    for file in summary.dossier.parent.iterdir():
        assert b"Henichesk" not in file.read_bytes()


def test_a_failed_part_leaves_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    good = json.dumps({"text": "Shelling hit Kherson on 3 May 2023."})
    (folder / "feed.jsonl").write_text(good + "\n{broken\n", encoding="utf-8")
    assert len(done(folder).failures) == 1
    (folder / "feed.jsonl").write_text(good + "\n", encoding="utf-8")
    assert done(folder).failures == ()


def test_a_file_name_that_is_no_utf_8_does_not_end_the_run(reports: Path) -> None:
    try:
        (reports / b"caf\xe9.txt".decode("utf-8", "surrogateescape")).write_text("Two bridges fell.", "utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    (reports / b"caf\xea.txt".decode("utf-8", "surrogateescape")).write_text("Six bridges fell.", "utf-8")
    assert done(reports).documents == 5
    assert {d.file for d in stored(reports).documents().values()} >= {"caf%E9.txt", "caf%EA.txt"}


def test_setting_out_of_range_is_refused(reports: Path, tmp_path: Path) -> None:
    Project(tmp_path / "p").make()
    (tmp_path / "p" / "testimonia.toml").write_text("[publish]\nembargo_days = 89\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"embargo_days = 89 should lie between 90 and .* longer, not shorter"):
        run(reports, tmp_path / "p", today=TODAY)


def test_another_folder_does_not_take_the_place_of_the_first_unasked(reports: Path, tmp_path: Path) -> None:
    first = run(reports, tmp_path / "p", today=TODAY)
    other = tmp_path / "other"
    other.mkdir()
    (other / "else.txt").write_text("Two bridges fell.", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"made from .*reports, and none of its 3 files is in .*other"):
        run(other, tmp_path / "p", today=TODAY)
    assert run(reports, tmp_path / "p", today=TODAY).documents == first.documents


def test_a_folder_that_was_moved_is_the_same_folder(reports: Path, tmp_path: Path) -> None:
    first = run(reports, tmp_path / "p", today=TODAY)
    again = run(reports.rename(tmp_path / "moved"), tmp_path / "p", today=TODAY)
    assert again.documents == first.documents
    assert not any(again.redone.values())


def test_after_a_read_that_failed_the_new_version_still_supersedes_the_old(reports: Path) -> None:
    done(reports)
    old = next(d for d in stored(reports).documents().values() if d.file == "mayor.txt")
    reports.joinpath("mayor.txt").write_bytes(b"")
    assert len(done(reports).failures) == 1
    reports.joinpath("mayor.txt").write_text("У Херсоні загинули 24 людини.", encoding="utf-8")
    done(reports)
    new = next(d for d in stored(reports).documents().values() if d.file == "mayor.txt")
    assert new.supersedes == old.id
    assert list(stored(reports).documents("superseded")) == [old.id]


def test_half_characters_in_titles_and_names_of_outlets_do_not_end_the_run(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.jsonl").write_text('{"text": "Shelling hit Kherson.", "title": "a\\ud800b"}', encoding="utf-8")
    (folder / "sources.jsonl").write_text('{"file": "a.jsonl", "outlet": "c\\udc00d"}', encoding="utf-8")
    chat = {
        "name": "e\ud83d",
        "type": "public_channel",
        "messages": [{"id": 1, "type": "message", "text": "Shelling hit Kherson."}],
    }
    (folder / "result.json").write_text(json.dumps(chat), encoding="utf-8")
    summary = done(folder)
    assert (summary.documents, summary.failures) == (2, ())
    found = [(document.outlet, document.title) for document in stored(folder).documents().values()]
    assert found == [("c\ufffdd", "a\ufffdb"), ("e\ufffd", None)]


def test_what_a_killed_run_left_half_written_in_the_archive_is_cleared(reports: Path) -> None:
    summary = done(reports)
    archive = Project(summary.dossier.parents[2]).archive
    left = next(path for path in archive.iterdir() if path.is_dir()) / ".part-left"
    left.write_bytes(b"half")
    done(reports)
    assert not left.exists()


@pytest.mark.skipif(os.name == "nt", reason="folders have no modes there")
def test_a_project_folder_that_was_open_to_others_is_closed(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir(mode=0o755)
    run(reports, tmp_path / "p", today=TODAY)
    folders = [tmp_path / "p", *(path for path in (tmp_path / "p").rglob("*") if path.is_dir())]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def test_the_root_of_a_disk_needs_a_project_named() -> None:
    with pytest.raises(SettingsError, match="--project P"):
        run(Path(Path.cwd().anchor), today=TODAY)


def test_between_coding_and_linking_the_events_that_still_stand_are_shown(reports: Path, tmp_path: Path) -> None:
    run(reports, tmp_path / "p", today=TODAY)
    store = Store.open(tmp_path / "p" / "testimonia.db")
    document = next(d for d in store.documents().values() if d.file == "mayor.txt")
    store.save_coded(document, "k", [], [], stems=[])  # as a run that was stopped before it linked again
    shown = Gate(store, Embargo(TODAY)).everything
    assert shown.events
    assert all(claim in shown.claims for event in shown.events for claim in event.claims)
