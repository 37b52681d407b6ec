"""How an edition gets onto the disk: as a whole or not at all, readable by its owner alone.

The files are written into `.NAME.new` beside the folder and flushed; then the old folder becomes `.NAME.old`, the new
one takes its name, and the old one goes. Whenever the machine stops, one of the two is whole, and the next edition
clears what is left. Where the platform has no modes (Windows), the rights of the parent folder hold.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from testimonia.errors import StorageError

FILE_MODE, FOLDER_MODE = 0o600, 0o700
MANIFEST = "manifest.json"


def _beside(folder: Path) -> tuple[Path, Path]:
    return folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")


def _write(file: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(file, flags, FILE_MODE), "wb") as out:  # noqa: PTH123 - pathlib cannot open a descriptor
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _flush(folder: Path) -> None:
    if os.name != "posix":  # Windows has no handle of a folder to flush; it writes names through
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _listed(folder: Path) -> dict[str, str]:
    """Return name and SHA-256 of the files in the folder's manifest; nothing where there is no whole manifest."""
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {str(file["name"]): str(file["sha256"]) for file in files}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def whole(folder: Path) -> bool:
    """Say whether every file that the manifest lists is there, unchanged."""
    listed = _listed(folder)
    try:
        found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in listed}
    except OSError:
        return False
    return bool(listed) and found == listed


def _give_back(old: Path, folder: Path) -> None:
    """Move what a person has put beside the edition into the new folder: only our own files are replaced."""
    ours = {MANIFEST, *_listed(old)}
    for entry in sorted(old.iterdir()):
        if entry.name not in ours and not (folder / entry.name).exists():
            entry.rename(folder / entry.name)


def _clear(folder: Path) -> None:
    """Finish what a run that was killed has left."""
    new, old = _beside(folder)
    if old.exists() and not folder.exists():
        old.rename(folder)
    if old.exists():
        _give_back(old, folder)
        shutil.rmtree(old)
    if new.exists():
        shutil.rmtree(new)


def _swap(folder: Path) -> None:
    new, old = _beside(folder)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    _flush(folder.parent)
    if old.exists():
        _give_back(old, folder)
        shutil.rmtree(old)


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put the files into the folder, in place of the edition that was there.

    Raises StorageError, with the old edition still in place, where the disk is full or may not be written.
    """
    new, _ = _beside(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        _clear(folder)
        new.mkdir(mode=FOLDER_MODE)
        for name, data in files.items():
            _write(new / name, data)
        _flush(new)
        _swap(folder)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise StorageError(
            f"{folder}: the edition cannot be written ({error.strerror or error}). "
            "Free space or set the rights of this folder, close programs that have its files open, and run again."
        ) from error
