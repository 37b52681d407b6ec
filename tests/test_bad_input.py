"""Bad input: each gets a clear message that names the file, is recorded as a failure, and the rest completes."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from testimonia.project import Project
from testimonia.store import Store

from .conftest import Run

GOOD = "Shelling killed three people in Kherson on 3 May 2023, officials said.\n"


def failures(project: Path) -> dict[str, str]:
    return {failure.file: failure.reason for failure in Store.open(Project(project).database).failures()}


def documents(project: Path) -> set[str]:
    return {document.file for document in Store.open(Project(project).database).documents().values()}


def random_bytes() -> bytes:
    return random.Random(7).randbytes(20_000)


UNREADABLE: dict[str, Callable[[], bytes]] = {
    "zero.txt": lambda: b"",
    "noise.txt": random_bytes,
    "unknown.json": lambda: b'{"a": [1, 2, {"b": 3}]}',
    "broken.pdf": lambda: b"%PDF-1.7 and then nothing",
    "broken.docx": lambda: b"PK\x03\x04 and then nothing",
}
READABLE: dict[str, Callable[[], bytes]] = {
    "truncated.txt": lambda: (GOOD + "Загинули люд").encode()[:-1],
    "windows.txt": lambda: ("Унаслідок обстрілу загинули троє людей у Херсоні. " * 4).encode("cp1251"),
    "front.md": lambda: b"---\ntitle: [unclosed\n  : : :\n---\n\n" + GOOD.encode(),
    "twin-a.txt": lambda: b"The same words in two files. " + GOOD.encode(),
    "twin-b.txt": lambda: b"The same words in two files. " + GOOD.encode(),
}


def test_what_cannot_be_read_is_named_and_recorded_and_the_rest_completes(tmp_path: Path, command: Run) -> None:
    folder, project = tmp_path / "mixed", tmp_path / "p"
    folder.mkdir()
    for name, made in {**UNREADABLE, **READABLE}.items():
        (folder / name).write_bytes(made())
    ended = command("run", folder, "--project", project)
    assert ended.returncode == 0, ended.stderr
    found = failures(project)
    assert set(found) == set(UNREADABLE)
    for name, reason in found.items():
        assert name in reason
        assert name in ended.stderr
    assert documents(project) == set(READABLE) - {"twin-b.txt"}


def test_what_is_read_with_a_doubt_or_left_out_is_told_with_the_way_out(tmp_path: Path, command: Run) -> None:
    folder, project = tmp_path / "doubtful", tmp_path / "p"
    folder.mkdir()
    for name in ("truncated.txt", "front.md"):
        (folder / name).write_bytes(READABLE[name]())
    try:
        (folder / "away.txt").symlink_to(tmp_path)
        (folder / "round.txt").symlink_to("round.txt")
    except OSError:
        pytest.skip("links need a right that this user lacks")
    ended = command("run", folder, "--project", project)
    assert ended.returncode == 0, ended.stderr
    assert "truncated.txt: The file is cut off" in ended.stderr
    assert "front.md: The block between dashes" in ended.stderr
    assert "Mend the block" in ended.stderr
    assert "away.txt: left out, since it is a link that leads out of the folder" in ended.stderr
    assert "round.txt: left out, since it is a link that leads nowhere" in ended.stderr
    page = (project / "out" / "internal" / "index.html").read_text("utf-8")
    assert "Read, with a doubt" in page
    assert page.count("is cut off inside a character") == 2


def test_a_broken_docx_is_told_so_and_not_called_an_archive(tmp_path: Path, command: Run) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "broken.docx").write_bytes(UNREADABLE["broken.docx"]())
    command("run", folder, "--project", tmp_path / "p")
    assert "this DOCX is broken" in failures(tmp_path / "p")["broken.docx"]


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_reason_says_what_is_wrong_and_what_to_do(name: str, tmp_path: Path, command: Run) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / name).write_bytes(UNREADABLE[name]())
    command("run", folder, "--project", tmp_path / "p")
    reason = failures(tmp_path / "p")[name]
    assert reason.startswith(name)
    assert len(reason.split(". ")) >= 2 or ":" in reason


def test_a_line_of_fifty_megabytes_is_read(tmp_path: Path, command: Run) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    (folder / "line.txt").write_text("word and " * 5_500_000, encoding="utf-8")
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    ended = command("run", folder, "--project", tmp_path / "p", "--jobs", 1, timeout=400)
    assert ended.returncode == 0, ended.stderr
    assert "good.txt" in documents(tmp_path / "p")
    assert "line.txt" in documents(tmp_path / "p") | set(failures(tmp_path / "p"))


def test_ten_thousand_nested_tags_do_not_end_the_run(tmp_path: Path, command: Run) -> None:
    folder = tmp_path / "deep"
    folder.mkdir()
    page = "<html><body>" + "<div>" * 10_000 + f"<p>{GOOD}</p>" + "</div>" * 10_000 + "</body></html>"
    (folder / "deep.html").write_text(page, encoding="utf-8")
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    ended = command("run", folder, "--project", tmp_path / "p", timeout=300)
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    assert "good.txt" in documents(tmp_path / "p")
    assert "deep.html" in documents(tmp_path / "p") | set(failures(tmp_path / "p"))


def test_a_sidecar_that_names_missing_files_is_told_which(tmp_path: Path, command: Run) -> None:
    folder = tmp_path / "side"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "sources.csv").write_text("file,date\ngood.txt,2023-05-04\nlost.txt,2023-05-05\n", encoding="utf-8")
    ended = command("run", folder, "--project", tmp_path / "p")
    assert ended.returncode == 0
    assert "lost.txt" in ended.stderr


def test_a_sources_file_that_is_missing_ends_the_run_with_its_name(tmp_path: Path, command: Run) -> None:
    folder = tmp_path / "side"
    folder.mkdir()
    ended = command("run", folder, "--sources", tmp_path / "nowhere.csv", "--project", tmp_path / "p")
    assert ended.returncode == 1
    assert "nowhere.csv: there is no such file" in ended.stderr
    assert "Traceback" not in ended.stderr


@contextmanager
def mounted(place: Path, options: str) -> Iterator[Path]:
    """Mount a small file system; only the administrator of a POSIX machine may."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("needs the right to mount a file system (run as root)")
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=False, capture_output=True)
    if made.returncode:
        pytest.skip(f"no file system can be mounted here: {made.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_read_only_target_is_named_with_the_way_out(tmp_path: Path, command: Run, reports: Path) -> None:
    with mounted(tmp_path / "fixed", "ro") as place:
        ended = command("run", reports, "--project", place / "p")
        assert ended.returncode == 1
        assert "--project" in ended.stderr
        assert str(place) in ended.stderr
        assert "Traceback" not in ended.stderr


def test_a_full_disk_is_named_and_the_run_goes_on_once_there_is_room(
    tmp_path: Path, command: Run, reports: Path
) -> None:
    (reports / "large.txt").write_text("Plain words that tell of nothing at all. " * 100_000, encoding="utf-8")  # 4 MB
    with mounted(tmp_path / "small", "size=3m") as place:
        ended = command("run", reports, "--project", place / "p")
        assert "Traceback" not in ended.stderr
        assert "large.txt" in ended.stderr or "disk is full" in ended.stderr
        subprocess.run(["mount", "-o", "remount,size=200m", place], check=True)
        again = command("run", reports, "--project", place / "p")
        assert again.returncode == 0, again.stderr
        assert "large.txt" in documents(place / "p")
