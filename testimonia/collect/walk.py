"""Which files of a folder are documents."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from testimonia.errors import UnreadableError

SIDECARS = ("sources.csv", "sources.jsonl")
LEFT_OVER = ("thumbs.db", "desktop.ini")  # what Windows leaves in folders
LOCK = "~$"  # what Office leaves beside an open document


def is_sidecar(path: Path, folder: Path) -> bool:
    """Say whether a path is the table that describes the documents of `folder`."""
    return path.parent == folder and path.name.lower() in SIDECARS


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and its subfolders, sorted by their names with "/" between the parts.

    Left out are sidecar tables, hidden files and folders, what is no plain file, and links that lead out of the
    folder. A subfolder that may not be listed is yielded itself, so that reading it fails and the failure is recorded.

    Raises UnreadableError where the folder does not exist or is a file.
    """
    if not folder.is_dir():
        raise UnreadableError(f"{folder}: there is no such folder. Give the folder that holds the documents.")
    yield from sorted(_found(folder), key=lambda path: path.relative_to(folder).as_posix())


def _found(folder: Path) -> Iterator[Path]:
    closed: list[OSError] = []
    root = folder.resolve()
    for here, below, names in os.walk(folder, onerror=closed.append):
        below[:] = [name for name in below if not name.startswith(".")]
        paths = [Path(here) / name for name in names]
        yield from (path for path in paths if _is_document(path, folder, root))
    yield from (Path(error.filename) for error in closed)


def _is_document(path: Path, folder: Path, root: Path) -> bool:
    if path.name.startswith((".", LOCK)) or path.name.lower() in LEFT_OVER or is_sidecar(path, folder):
        return False
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        return False
    return path.is_file()


def relative(path: Path, folder: Path) -> str:
    """Return a file's name as it is stored: bytes of the name that are no UTF-8 are written as in addresses (%FF)."""
    name = path.relative_to(folder).as_posix()
    return "".join(_written(sign) if "\ud800" <= sign <= "\udfff" else sign for sign in name)


def _written(sign: str) -> str:
    """Write half a character: the byte that it stands for (PEP 383), or on Windows, where it is one, its number."""
    return f"%{ord(sign) - 0xDC00:02X}" if "\udc80" <= sign <= "\udcff" else f"%u{ord(sign):04X}"
