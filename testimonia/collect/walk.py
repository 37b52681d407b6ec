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


def left_out(folder: Path) -> tuple[str, ...]:
    """Return a sentence for each link that is left out, since it leads to a folder, out of the folder, or nowhere."""
    root, found = folder.resolve(), []
    for here, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        paths = sorted(Path(here) / name for name in (*below, *names) if not name.startswith((".", LOCK)))
        found += [(path, where) for path in paths if (where := _leads(path, root))]
    return tuple(
        f"{relative(path, folder)}: left out, since it is a link {where}. Put the file itself into the folder."
        for path, where in sorted(found)
    )


def _leads(path: Path, root: Path) -> str:
    """Return where a link leads that is not followed; "" for what is read."""
    if not path.is_symlink():
        return ""
    if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where the way there is closed
        return "that leads nowhere"
    if not path.resolve().is_relative_to(root):
        return "that leads out of the folder"
    return "to a folder" if path.is_dir() else ""


def _is_document(path: Path, folder: Path, root: Path) -> bool:
    if path.name.startswith((".", LOCK)) or path.name.lower() in LEFT_OVER or is_sidecar(path, folder):
        return False
    return path.is_file() and not _leads(path, root)


def relative(path: Path, folder: Path) -> str:
    """Return a file's name as it is stored: bytes of the name that are no UTF-8 are written as in addresses (%FF)."""
    name = path.relative_to(folder).as_posix()
    return "".join(_written(sign) if "\ud800" <= sign <= "\udfff" else sign for sign in name)


def _written(sign: str) -> str:
    """Write half a character: the byte that it stands for (PEP 383), or on Windows, where it is one, its number."""
    return f"%{ord(sign) - 0xDC00:02X}" if "\udc80" <= sign <= "\udcff" else f"%u{ord(sign):04X}"
