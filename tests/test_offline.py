"""Nothing calls out: with the network cut the run gives the same bytes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .test_killed import exports


def test_a_run_without_any_network_gives_the_same_bytes(reports: Path, tmp_path: Path) -> None:
    if not shutil.which("unshare"):
        pytest.skip("needs `unshare` to cut the network")
    cut = ["unshare", "--net"]
    if subprocess.run([*cut, "true"], check=False, capture_output=True).returncode:
        cut = ["unshare", "--map-root-user", "--net"]
        if subprocess.run([*cut, "true"], check=False, capture_output=True).returncode:
            pytest.skip("this machine does not allow cutting the network off one process")
    call = [sys.executable, "-c", "from testimonia.cli import main; main()", "run", str(reports), "--project"]
    subprocess.run([*call, str(tmp_path / "online")], check=True, capture_output=True)
    subprocess.run([*cut, *call, str(tmp_path / "offline")], check=True, capture_output=True)
    assert exports(tmp_path / "online") == exports(tmp_path / "offline")
