"""The repository keeps its promises: licences, locks, no traces of a machine, tests that test."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist", ".hypothesis"}
LOCKS = ("core", "dev", "build")

# Put together here so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
REGISTRIES += [".".join(("deb", "debian", "org")), ".".join(("proxy", "golang", "org")), ".".join(("crates", "io"))]
MACHINE = re.compile(r"(?<![\w.~/$}>*-])/(?:work|root|home|Users|opt)/[\w.-]")


def ours() -> Iterator[Path]:
    for folder, below, names in os.walk(ROOT):
        below[:] = [
            name for name in below if name not in NOT_OURS and not name.endswith((".egg-info", "_cache", ".testimonia"))
        ]
        yield from (Path(folder) / name for name in names)


def texts() -> Iterator[tuple[str, str]]:
    for path in ours():
        data = path.read_bytes()
        if b"\0" not in data:
            yield path.relative_to(ROOT).as_posix(), data.decode("utf-8", "replace")


def project() -> dict[str, Any]:
    loaded: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return loaded


def locked(kind: str) -> dict[str, str]:
    lines = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.split()[0].partition("==") for line in lines if line and line[0] not in " #"]
    return {canonicalize_name(name): version for name, _, version in pins}


def test_the_licence_is_the_one_that_pyproject_names() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert project()["license"] == "Apache-2.0"
    assert "Apache License" in licence
    assert "Version 2.0, January 2004" in licence
    assert "END OF TERMS AND CONDITIONS" in licence


def test_the_notice_names_the_sources_of_the_places() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert all(word in notice for word in ("GeoNames", "Creative Commons Attribution 4.0", "KATOTTH"))


def test_the_changelog_knows_this_version() -> None:
    assert f"## [{project()['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", LOCKS)
def test_every_locked_package_has_an_exact_version_and_hashes(kind: str) -> None:
    text = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[^ ])", text.split("\n", 1)[1].strip())
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==[\w.]+( ;.*)? \\\n", entry), entry[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


def test_the_lock_holds_what_pyproject_asks_for() -> None:
    pins = locked("core")
    for asked in map(Requirement, project()["dependencies"]):
        assert pins[canonicalize_name(asked.name)] in asked.specifier, f"{asked}: run script/lock"


@pytest.mark.parametrize("kind", ["dev", "build"])
def test_the_wider_locks_agree_with_the_one_for_running(kind: str) -> None:
    wider = locked(kind)
    assert {name: wider.get(name) for name in locked("core")} == locked("core"), "run script/lock"


@pytest.mark.parametrize("kind", LOCKS)
def test_what_is_asked_for_in_requirements_is_locked(kind: str) -> None:
    lines = (ROOT / "requirements" / f"{kind}.in").read_text(encoding="utf-8").splitlines()
    asked = {canonicalize_name(Requirement(line).name) for line in lines if line and not line.startswith("#")}
    assert asked
    assert asked <= set(locked(kind)), "run script/lock"


def test_no_file_names_a_package_registry() -> None:
    found = [(name, host) for name, text in texts() for host in REGISTRIES if host in text]
    assert not found


def test_no_file_names_a_place_on_the_machine_it_was_made_on() -> None:
    found = [(name, match.group()) for name, text in texts() for match in MACHINE.finditer(text)]
    assert not found


def test_every_test_file_asserts_something() -> None:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        raises = [node for node in nodes if isinstance(node, ast.Attribute) and node.attr == "raises"]
        asserts = [node for node in nodes if isinstance(node, ast.Assert)]
        assert asserts or raises, path.name


def test_scripts_can_be_run_and_stop_at_the_first_error() -> None:
    shells = [path for path in (*(ROOT / "script").iterdir(), ROOT / ".ci" / "run") if path.is_file()]
    for path in shells:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("#!/usr/bin/env "), path.name
        if lines[0].endswith("bash"):
            assert "set -euo pipefail" in lines, path.name
        if os.name == "posix":
            assert os.access(path, os.X_OK), path.name


@pytest.mark.skipif(os.name != "posix", reason="the scripts are for a POSIX shell")
def test_the_environment_script_says_what_it_can_make() -> None:
    said = subprocess.run([ROOT / "script" / "environment", "all"], capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert "core, dev" in said.stderr


def test_links_between_the_pages_lead_somewhere() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "examples" / "README.md"]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_that_the_readme_names_exists() -> None:
    from testimonia.cli import app

    known = {info.name or (info.callback.__name__ if info.callback else "") for info in app.registered_commands}
    named = set(re.findall(r"testimonia ([a-z]+) ", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named
    assert named <= known | {"&&"}, named - known
