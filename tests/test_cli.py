"""The command line as a user meets it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from testimonia.embargo import Embargo
from testimonia.listing import event_table
from testimonia.project import Project
from testimonia.records import Confidence
from testimonia.show import Wanted, short_ids, show_events
from testimonia.store import Store
from testimonia.veil import Gate

from .conftest import REPOSITORY, SHARED, Run

COMMANDS = ("init", "run", "code", "why", "show", "search", "doctor")


@pytest.fixture
def project(reports: Path, tmp_path: Path, command: Run) -> Path:
    place = tmp_path / "p"
    ended = command("run", reports, "--project", place)
    assert ended.returncode == 0, ended.stderr
    return place


def shown(command: Run, project: Path, *arguments: object) -> list[dict[str, str]]:
    ended = command("show", *arguments, "--csv", "--project", project)
    assert ended.returncode == 0, ended.stderr
    return list(csv.DictReader(io.StringIO(ended.stdout.removeprefix("\ufeff"))))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str, command: Run) -> None:
    ended = command(name, "--help")
    assert ended.returncode == 0
    assert "Example:" in ended.stdout
    assert f"testimonia {name}" in ended.stdout


def test_the_version_is_that_of_the_project_file(command: Run) -> None:
    version = re.search(r'^version = "(.+)"', (REPOSITORY / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert version is not None
    assert command("--version").stdout.strip() == f"testimonia {version[1]}"


def test_init_writes_settings_once_and_never_over_them(tmp_path: Path, command: Run) -> None:
    place = tmp_path / "new"
    assert command("init", place).returncode == 0
    file = place / "testimonia.toml"
    file.write_text(file.read_text("utf-8").replace('purpose = ""', 'purpose = "research"'), "utf-8")
    assert "There already is" in command("init", place).stdout
    assert 'purpose = "research"' in file.read_text("utf-8")


def test_a_wrong_setting_is_named_with_file_section_and_what_is_allowed(
    reports: Path, tmp_path: Path, command: Run
) -> None:
    place = tmp_path / "p"
    command("init", place)
    (place / "testimonia.toml").write_text("[publish]\nembargo = 3\n", "utf-8")
    ended = command("run", reports, "--project", place)
    assert ended.returncode == 1
    assert "[publish] has no setting embargo; there are: embargo_days" in ended.stderr


def test_run_ends_by_naming_the_dossier_and_the_numbers(reports: Path, tmp_path: Path, command: Run) -> None:
    ended = command("run", reports, "--project", tmp_path / "p")
    assert re.search(r"3 documents, \d+ claims?, \d+ events?, \d+ contested events?", ended.stdout)
    assert str(tmp_path / "p" / "out" / "internal" / "index.html") in ended.stdout
    assert "nothing was done again" in command("run", reports, "--project", tmp_path / "p").stdout


def test_without_project_the_run_lies_beside_the_folder_and_later_commands_find_it(reports: Path, command: Run) -> None:
    command("run", reports)
    assert (reports.parent / "reports.testimonia" / "testimonia.toml").exists()
    ended = command("show", "claims", cwd=reports.parent)
    assert ended.returncode == 0, ended.stderr
    assert "internal, not for publication" in ended.stdout


def test_a_command_without_any_project_says_how_to_make_one(tmp_path: Path, command: Run) -> None:
    ended = command("show", "claims", cwd=tmp_path)
    assert ended.returncode == 1
    assert "testimonia run FOLDER" in ended.stderr


def test_show_narrows_by_type_document_outlet_and_date(command: Run, project: Path) -> None:
    everything = shown(command, project, "claims")
    killed = shown(command, project, "claims", "--type", "killing")
    assert 0 < len(killed) < len(everything)
    assert {row["type"] for row in killed} == {"killing"}
    assert {row["outlet"] for row in shown(command, project, "claims", "--outlet", "harbour")} == {"Harbour Post"}
    assert shown(command, project, "claims", "--document", "mayor.txt")
    assert shown(command, project, "claims", "--from", "2024-01-01") == []


def test_show_events_counts_origins_and_names_what_is_contested(command: Run, project: Path) -> None:
    rows = shown(command, project, "events", "--type", "killing")
    assert rows
    assert all(re.fullmatch(r"\d+(–\d+)?", row["origins"]) for row in rows)
    assert {row["edition"] for row in rows} == {"internal, not for publication"}


def test_show_refuses_a_code_that_the_codebook_does_not_hold(command: Run, project: Path) -> None:
    ended = command("show", "claims", "--type", "murder", "--project", project)
    assert ended.returncode == 1
    assert "killing" in ended.stderr


def test_why_leads_from_a_claim_to_the_words_and_the_hash(command: Run, project: Path) -> None:
    claim = next(row for row in shown(command, project, "claims", "--document", "harbour.txt", "--type", "killing"))
    ended = command("why", claim["id"], "--project", project)
    document = next(d for d in Store.open(Project(project).database).documents().values() if d.file == "harbour.txt")
    assert ended.returncode == 0, ended.stderr
    assert "count: low 21, high open, unit person – words: “at least 21 people" in ended.stdout
    assert "‾‾‾" in ended.stdout
    assert f"SHA-256: {document.sha256}" in ended.stdout
    assert "Harbour Post" in ended.stdout


def test_why_leads_from_an_event_through_its_number_to_every_claim(command: Run, project: Path) -> None:
    event = next(row for row in shown(command, project, "events", "--type", "killing"))
    ended = command("why", event["event"], "--project", project)
    assert ended.returncode == 0, ended.stderr
    at = [
        ended.stdout.index(word) for word in ("weight wgt-", "event evt-", "claim clm-", "quote quo-", "document doc-")
    ]
    assert at == sorted(at)


def test_the_beginning_of_an_id_is_enough_and_an_unknown_one_is_told(command: Run, project: Path) -> None:
    claim = shown(command, project, "claims")[0]["id"]
    assert command("why", claim[:14], "--project", project).returncode == 0
    ended = command("why", "clm-ffffffffffff", "--project", project)
    assert ended.returncode == 1
    assert "No record has the id" in ended.stderr
    ambiguous = command("why", "clm-", "--project", project)
    assert "could mean" in ambiguous.stderr


@pytest.mark.parametrize(
    ("query", "file"),
    [
        ("defence ministry", "harbour.txt"),
        ("супермаркет", "mayor.txt"),
        ("мирних жителів", "left-bank.txt"),
        ("мирных жителей", "left-bank.txt"),
        ("Херсоні", "mayor.txt"),
    ],
)
def test_search_finds_words_in_three_languages_across_endings(
    query: str, file: str, command: Run, project: Path
) -> None:
    ended = command("search", query, "--project", project)
    assert ended.returncode == 0, ended.stderr
    assert file in ended.stdout


def test_a_personal_name_is_answered_only_to_a_guardian_with_a_reason_and_logged(
    reports: Path, tmp_path: Path, command: Run
) -> None:
    (reports / "list.txt").write_text("Among the wounded was Olena Tkachuk, a nurse.", "utf-8")
    place = tmp_path / "p"
    command("run", reports, "--project", place)
    refused = command("search", "olena tkachuk", "--project", place)
    assert refused.returncode == 3
    assert "--guardian" in refused.stderr
    assert "nurse" not in refused.stdout
    assert command("search", "Tkachuk", "--guardian", "--project", place).returncode == 3
    answered = command("search", "Tkachuk", "--guardian", "--reason", "her family asks", "--project", place)
    assert "nurse" in answered.stdout
    acts = [body for _, act, body in Store.open(Project(place).database).acts() if act == "search for a person"]
    assert [(body["query"], body["reason"]) for body in acts] == [("Tkachuk", "her family asks")]


def test_code_writes_one_claim_a_line_with_the_fields_of_the_guide(reports: Path, tmp_path: Path, command: Run) -> None:
    target = tmp_path / "claims.jsonl"
    ended = command("code", reports, "--out", target)
    assert ended.returncode == 0, ended.stderr
    rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    fields = "start end quote type modality speaker via actor target group count place adm1 date event document"
    assert rows
    assert all(set(fields.split()) <= set(row) for row in rows)
    text = (reports / rows[0]["document"]).read_text("utf-8")
    assert text[rows[0]["start"] : rows[0]["end"]] == rows[0]["quote"]
    assert not (tmp_path / "reports.testimonia").exists()


def test_code_stops_before_it_codes_where_the_output_cannot_be_written(
    reports: Path, tmp_path: Path, command: Run
) -> None:
    before = sorted(tmp_path.iterdir())
    for target, why in ((tmp_path, "is a folder"), (tmp_path / "absent" / "claims.jsonl", "no such folder")):
        ended = command("code", reports, "--out", target)
        assert ended.returncode != 0
        assert why in " ".join(ended.stderr.split())
    assert sorted(tmp_path.iterdir()) == before


def test_doctor_says_what_is_installed(command: Run, tmp_path: Path) -> None:
    ended = command("doctor", cwd=tmp_path)
    assert ended.returncode == 0, ended.stdout
    for thing in ("Python", "SQLite", "language pack uk", "region pack ua", "codebook", "model", "free disk"):
        assert thing in ended.stdout


def test_doctor_reads_the_originals_of_a_project_again(command: Run, project: Path) -> None:
    assert "archive of originals: 3 files, all unchanged" in command("doctor", "--project", project).stdout
    command("search", "Olena Kovalenko", "--guardian", "--reason", "her family asks", "--project", project)
    assert "questions for persons: 1 in the log" in command("doctor", "--project", project).stdout
    changed, gone = sorted((project / "archive").glob("??/*"))[:2]
    changed.chmod(0o600)
    changed.write_bytes(b"other words")
    gone.chmod(0o600)
    gone.unlink()
    ended = command("doctor", "--project", project)
    assert ended.returncode == 1
    assert f"{changed.name}: its bytes are no longer those of its name" in ended.stdout
    assert gone.name in ended.stdout


def test_doctor_says_where_there_is_no_project(command: Run, tmp_path: Path) -> None:
    ended = command("doctor", "--project", tmp_path / "nowhere")
    assert ended.returncode == 1
    assert "testimonia run FOLDER" in ended.stdout


@pytest.mark.skipif(not (SHARED / "gold" / "docs").exists(), reason="the annotated documents are not on this machine")
def test_the_annotated_documents_run_without_a_failure_and_the_toll_of_73_can_be_traced(
    tmp_path: Path, command: Run
) -> None:
    gold, place = SHARED / "gold", tmp_path / "p"
    ended = command("run", gold / "docs", "--sources", gold / "index.jsonl", "--project", place)
    assert ended.returncode == 0, ended.stderr
    assert re.search(r"74 documents, \d+ claims, \d+ events, \d+ contested events$", ended.stdout, re.MULTILINE)
    name = "001_19d212113fc8d162.txt"
    rows = shown(command, place, "claims", "--document", name, "--type", "killing")
    claim = next(row for row in rows if row["count"] == "at least 73 persons")
    told = command("why", claim["id"], "--project", place).stdout
    assert "count: low 73, high open" in told
    assert "over 73" in told
    assert "2023-12-01 to 2024-01-31" in told
    assert "speaker: " in told
    assert next(d for d in Store.open(Project(place).database).documents().values() if d.file == name).sha256 in told


@pytest.mark.skipif(not (SHARED / "gold" / "raw").exists(), reason="the raw pages are not on this machine")
def test_saved_pages_are_read_and_unfamiliar_json_is_recorded_as_not_understood(tmp_path: Path, command: Run) -> None:
    ended = command("run", SHARED / "gold" / "raw", "--project", tmp_path / "p")
    assert ended.returncode == 0, ended.stderr
    store = Store.open(Project(tmp_path / "p").database)
    files = {path.name for path in (SHARED / "gold" / "raw").iterdir()}
    assert {d.file for d in store.documents().values()} == {name for name in files if name.endswith(".html")}
    assert {f.file for f in store.failures()} == {name for name in files if name.endswith(".json")}


def test_search_says_so_when_nothing_is_found(command: Run, project: Path) -> None:
    assert "Nothing found" in command("search", "bakery", "--project", project).stdout


def test_no_command_tells_where_forces_are_before_the_embargo_ends(tmp_path: Path, command: Run) -> None:
    folder, place = tmp_path / "reports", tmp_path / "p"
    folder.mkdir()
    day = date.today() - timedelta(days=10)
    text = f"On {day.day} {day:%B %Y} Russian forces deployed air defence systems in Henichesk, Kherson Oblast."
    (folder / "Henichesk.txt").write_text(text, "utf-8")
    command("run", folder, "--project", place)
    store = Store.open(Project(place).database)
    deployed = next(claim for claim in store.claims().values() if claim.type == "deployment")
    assert deployed.place is not None
    assert deployed.place.name == "Henichesk"
    ids = [*store.claims(), *store.events(), *store.documents(), deployed.quote.id, *(w.id for w in store.weights())]
    asked = [
        ("show", "claims"),
        ("show", "claims", "--csv"),
        ("show", "events", "--csv"),
        ("show", "documents"),
        ("show", "documents", "--csv"),
        *(("why", id_) for id_ in ids),
    ]
    asked += [("search", "air defence"), ("show", "claims", "--place", "Kherson")]
    for arguments in asked:
        ended = command(*arguments, "--project", place)
        assert ended.returncode == 0 or arguments[0] == "why", ended.stderr  # ids made of what is hidden name nothing
        assert "Henichesk" not in ended.stdout + ended.stderr
    assert "Nothing found" in command("search", "Henichesk", "--project", place).stdout
    assert "Henichesk" not in command("code", folder).stdout


def test_show_counts_events_as_a_run_does_and_lists_apart_what_is_only_denied(tmp_path: Path, command: Run) -> None:
    folder, place = tmp_path / "reports", tmp_path / "p"
    folder.mkdir()
    (folder / "a.txt").write_text("Shelling killed three people in Kherson on 3 May 2023, officials said.", "utf-8")
    (folder / "b.txt").write_text("The mayor denied that anybody had been tortured in Kakhovka.", "utf-8")
    ran = command("run", folder, "--project", place).stdout
    number = re.search(r"(\d+) events", ran)
    assert number is not None
    listed = command("show", "events", "--project", place).stdout
    assert f"{number[1]} events; 1 more only denied, planned or expected" in listed
    assert listed.index("Only denied, planned or expected") < listed.index("torture")
    rows = shown(command, place, "events")
    assert sum(row["status"] in ("stated", "alleged only") for row in rows) == int(number[1])
    assert [row["type"] for row in shown(command, place, "events", "--status", "denied")] == ["torture"]


def test_claims_are_printed_as_blocks_whose_short_ids_why_accepts(command: Run, project: Path) -> None:
    listed = command("show", "claims", "--type", "killing", "--project", project).stdout
    short = re.findall(r"^(clm-[0-9a-f]{8,19})  killing", listed, re.MULTILINE)
    assert len(short) == len(shown(command, project, "claims", "--type", "killing"))
    assert "at least 21 persons" in listed
    told = command("why", short[0], "--project", project).stdout
    assert "  in event evt-" in told


def _measured(project: Path, *shares: float) -> list[str]:
    """Give the first claims of a project a confidence each, the others none, and return the ids of the first."""
    store = Store.open(Project(project).database)
    sure = [Confidence(share, 1.0, 1.0, 0.2, *[1.0] * 5) for share in shares]
    claims = list(store.claims().values())
    given = {claim.id: one for claim, one in zip(claims, sure, strict=False)}
    claims = [replace(claim, confidence=given.get(claim.id)) for claim in claims]
    for document in store.documents().values():
        held = [claim for claim in claims if claim.quote.document == document.id]
        quotes = store.quotes(document)
        store.save_coded(document, None, quotes, held, stems=[""] * len(quotes))
    store.close()
    return list(given)


def test_claims_are_listed_by_rising_confidence_and_say_how_sure_they_are(command: Run, project: Path) -> None:
    assert "read with confidence" in command("show", "claims", "--project", project).stdout
    first, second, third = _measured(project, 0.9, 0.3, 0.6)
    rows = shown(command, project, "claims", "--least-sure")
    assert [row["id"] for row in rows[:3]] == [second, third, first]
    assert [row["confidence"] for row in rows[:4]] == ["0.3", "0.6", "0.9", ""]
    assert sorted(row["id"] for row in rows) == sorted(row["id"] for row in shown(command, project, "claims"))
    listed = command("show", "claims", "--least-sure", "--project", project).stdout
    assert listed.index("confidence .30") < listed.index("confidence .60") < listed.index("confidence .90")
    assert listed.count("read with confidence") == 3
    assert "read with confidence .30; least sure: actor .20" in listed


def test_short_ids_are_as_long_as_tells_them_apart() -> None:
    ids = ["clm-aaaaaaaa11112222", "clm-aaaaaaaa11113333", "clm-bbbbbbbbbbbbbbbb", "clm-aaaaaaaa1111"]
    assert list(short_ids(ids).values()) == [
        "clm-aaaaaaaa1111",
        "clm-aaaaaaaa11112",
        "clm-aaaaaaaa11113",
        "clm-bbbbbbbb",
    ]


def test_a_table_fits_into_eighty_columns(project: Path) -> None:
    everything = Gate(Store.open(Project(project).database), Embargo(date.today(), 90)).everything
    events = show_events(everything, Wanted())
    console = Console(width=80, file=io.StringIO())
    with console.capture() as capture:
        console.print(event_table(events, short_ids(event.event.handle for event in events), 80))
    lines = capture.get().splitlines()
    assert max(map(len, lines)) <= 80
    assert "origins" in lines[0]


def test_csv_on_standard_output_opens_in_spreadsheets_as_the_exports_do(command: Run, project: Path) -> None:
    assert command("show", "events", "--csv", "--project", project).stdout.startswith("\ufeffedition,event,status")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("show", "claims", "--party", "nobody"), "ru_forces, ru_authorities"),
        (("show", "claims", "--document", "absent.txt"), "absent.txt: no document"),
        (("show", "claims", "--outlet", "absent"), "absent: no document"),
        (("show", "claims", "--status", "denied"), "--modality"),
        (("show", "events", "--status", "true"), "stated, alleged only"),
        (("show", "events", "--from", "2024-01-02", "--to", "2024-01-01"), "is after --to"),
        (("show", "events", "--least-sure"), "testimonia show claims --least-sure"),
        (("show", "claims", "--uncoded"), "testimonia show documents --uncoded"),
        (("show", "documents", "--type", "killing"), "--type is of claims or events"),
        (("show", "places"), "testimonia show events"),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_is_wrong(
    asked: tuple[str, ...], told: str, command: Run, project: Path
) -> None:
    ended = command(*asked, "--project", project)
    assert ended.returncode == 1
    assert told in ended.stderr


def test_a_guardian_without_a_reason_is_told_what_is_missing(command: Run, project: Path) -> None:
    ended = command("search", "Tkachuk", "--guardian", "--project", project)
    assert ended.returncode == 3
    assert "--reason" in ended.stderr


def test_a_file_in_the_place_of_a_folder_is_told_so(reports: Path, command: Run) -> None:
    for asked in ("run", "code"):
        ended = command(asked, reports / "harbour.txt")
        assert ended.returncode == 1
        assert f"this is a file. Name the folder that holds it: {reports}" in ended.stderr


def test_a_dash_stands_for_standard_output(reports: Path, tmp_path: Path, command: Run) -> None:
    ended = command("code", reports, "--out", "-", cwd=tmp_path)
    assert json.loads(ended.stdout.splitlines()[0])["document"] in {path.name for path in reports.iterdir()}
    assert not (tmp_path / "-").exists()
