"""A run killed at any moment and run again gives the same exports, byte for byte, as one left alone."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from testimonia.coding import POOL_PAYS_FROM

from .conftest import REPORTS, SIDECAR

MOMENTS = 8  # how many different moments of a run are tried


def exports(project: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (project / "out/internal").iterdir()}


def started(folder: Path, project: Path, jobs: int = 1) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-m", "testimonia", "run", str(folder), "--project", str(project), "--jobs", str(jobs)]
    return subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Enough reports that a run can be struck in each of its stages."""
    place = tmp_path / "reports"
    place.mkdir()
    for number in range(POOL_PAYS_FROM // len(REPORTS) + 1):
        for name, text in REPORTS.items():
            other = text.replace("2023", str(2022 + number % 3)) + f"\nReport {number}.\n"
            (place / f"{number:02}-{name}").write_text(other, encoding="utf-8")
    (place / "sources.csv").write_text(SIDECAR, encoding="utf-8")
    return place


def undisturbed(folder: Path, project: Path) -> tuple[dict[str, str], float]:
    begun = time.monotonic()
    assert started(folder, project).wait() == 0
    return exports(project), time.monotonic() - begun


def test_killed_at_any_moment_and_run_again_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    expected, seconds = undisturbed(folder, tmp_path / "whole")
    stopped = 0
    for moment in range(1, MOMENTS + 1):
        project = tmp_path / f"struck-{moment}"
        running = started(folder, project, jobs=1 + moment % 2)
        time.sleep(seconds * moment / (MOMENTS + 1))
        running.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        stopped += running.wait() != 0
        assert started(folder, project).wait() == 0
        assert exports(project) == expected
    assert stopped >= MOMENTS // 2


def test_stopped_by_the_keyboard_it_says_how_to_go_on_and_does(folder: Path, tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("sends the signal of Ctrl-C")
    expected, _ = undisturbed(folder, tmp_path / "whole")
    project = tmp_path / "stopped"
    call = [sys.executable, "-m", "testimonia", "run", str(folder), "--project", str(project)]
    # What is started in the background by a shell ignores Ctrl-C, and so would what it starts.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    running = subprocess.Popen(call, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, heard)
    while not (project / "testimonia.db").exists():
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    said = running.communicate()[1]
    assert running.returncode == 130
    assert "goes on where it stopped" in said
    assert started(folder, project).wait() == 0
    assert exports(project) == expected
