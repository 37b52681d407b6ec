"""The gazetteer files that a user has imported: one folder for all projects, so that nothing knows less than another.

What the coder finds by a name, the privacy gate must know as well, whatever project is open.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from testimonia.errors import StorageError
from testimonia.places.book import Written, write

FOLDER = "TESTIMONIA_PLACES"  # environment variable: another folder than the platform's for settings


@dataclass(frozen=True, slots=True)
class Source:
    """What an imported file was made from: its name, SHA-256, the day, and how many places it locates and adds."""

    name: str
    sha256: str
    day: str
    located: int
    added: int


def folder() -> Path:
    """Return the folder of what the user has imported."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else Path(click.get_app_dir("testimonia")) / "places"


def files() -> tuple[Path, ...]:
    """Return the imported gazetteer files."""
    return tuple(sorted(folder().glob("*.db")))


def sources() -> Iterator[tuple[Path, Source]]:
    """Yield the imported files, each with what it was made from."""
    for file in files():
        said = file.with_suffix(".json")
        yield file, Source(**json.loads(said.read_text(encoding="utf-8")))


def keep(places: Iterable[Written], source: Source) -> Path:
    """Write a gazetteer file, over an earlier one from a file of the same name; whole or not at all.

    Raises StorageError where the folder cannot be written.
    """
    name = source.name.partition(".")[0]
    file, said = folder() / f"{name}.db", folder() / f"{name}.json"
    try:
        folder().mkdir(parents=True, exist_ok=True)
        write(file.with_suffix(".part"), places)
        known = {field: getattr(source, field) for field in Source.__slots__}
        said.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        file.with_suffix(".part").replace(file)
    except OSError as error:
        raise StorageError(f"{file}: cannot be written ({error}). Nothing was imported.") from error
    return file


def forget(name: str) -> bool:
    """Remove what was imported from a file of a name; say whether there was anything."""
    file = folder() / f"{name.partition('.')[0]}.db"
    there = file.is_file()
    file.unlink(missing_ok=True)
    file.with_suffix(".json").unlink(missing_ok=True)
    return there
