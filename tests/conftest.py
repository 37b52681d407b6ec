"""What tests share: the installed packs, a small folder of reports, and the command line as a user calls it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

import pytest

from testimonia.packs import Packs, load_packs

REPOSITORY = Path(__file__).parent.parent
SHARED = Path(os.environ.get("TESTIMONIA_SHARED", REPOSITORY.parent / "shared"))

Ended: TypeAlias = "subprocess.CompletedProcess[str]"
Run = Callable[..., Ended]


def loaded(file: Path) -> ModuleType:
    """Return a script of the repository as a module, which it is not installed as."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = made
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="session")
def packs() -> Packs:
    return load_packs()


@pytest.fixture
def command() -> Run:
    """Run the command line in a process of its own, as a user does."""

    def run(*arguments: object, cwd: Path | None = None, timeout: float | None = None) -> Ended:
        call = [sys.executable, "-c", "from testimonia.cli import main; main()", *map(str, arguments)]
        environment = {**os.environ, "COLUMNS": "160", "NO_COLOR": "1"}
        return subprocess.run(
            call,
            cwd=cwd,
            env=environment,
            timeout=timeout,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


REPORTS = {
    "harbour.txt": (
        "Shelling of Kherson on 3 May 2023\n\n"
        "Russian forces shelled Kherson on 3 May 2023, killing at least 21 people and wounding 48, "
        "the regional administration said.\n\n"
        "The Russian defence ministry denied that its troops had shelled the town.\n"
    ),
    "mayor.txt": (
        "Унаслідок обстрілу Херсона 3 травня 2023 року загинули 23 людини, повідомила міська адміністрація.\n\n"
        "Російські війська обстріляли супермаркет і вокзал.\n"
    ),
    "left-bank.txt": (
        "3 мая 2023 года ВСУ обстреляли Новую Каховку, ранены двое мирных жителей, сообщила администрация.\n"
    ),
}
SIDECAR = (
    "file,date,outlet,url,title,lang,licence,alignment\n"
    "harbour.txt,2023-05-04,Harbour Post,https://example.org/harbour,Shelling of Kherson,en,,neutral\n"
    "mayor.txt,2023-05-04,Міський вісник,https://example.org/mayor,,uk,,ukrainian\n"
    "left-bank.txt,2023-05-04,Левый берег,https://example.org/left,,ru,,russian\n"
)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Three short reports of our own, in three languages, with their sidecar."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "sources.csv").write_text(SIDECAR, encoding="utf-8")
    return folder
