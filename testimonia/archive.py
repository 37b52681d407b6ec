"""Archive: originals by the hash of their bytes, never changed; items become documents.

root/ab/abcdef…   the bytes, read-only; the file's name is its SHA-256
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from testimonia.errors import StorageError
from testimonia.records import Document, Sighting, When

T = TypeVar("T")

FOLDER_MODE = 0o700  # the owner alone; on Windows, where folders have no modes, the rights of the parent hold

WAYS_OUT = {
    errno.ENOSPC: "The disk is full: free some space, or put the project on another disk with --project, and run again",
    errno.EDQUOT: "The quota is used up: free some space, or put the project elsewhere with --project, and run again",
    errno.EROFS: "The disk is read-only: put the project elsewhere with --project",
    errno.EACCES: "There is no permission to write here: put the project elsewhere with --project",
    errno.EPERM: "There is no permission to write here: put the project elsewhere with --project",
}


class Said(Protocol):
    """What a file or a sidecar row says about a document: `collect.Known`, which this stage does not import."""

    @property
    def outlet(self) -> str | None: ...  # noqa: D102
    @property
    def title(self) -> str | None: ...  # noqa: D102
    @property
    def author(self) -> str | None: ...  # noqa: D102
    @property
    def url(self) -> str | None: ...  # noqa: D102
    @property
    def date(self) -> When | None: ...  # noqa: D102
    @property
    def lang(self) -> str | None: ...  # noqa: D102
    @property
    def licence(self) -> str | None: ...  # noqa: D102
    @property
    def alignment(self) -> str | None: ...  # noqa: D102
    @property
    def extra(self) -> tuple[tuple[str, str], ...]: ...  # noqa: D102


class Found(Protocol):
    """A document as a reader gives it: `collect.Item`."""

    @property
    def file(self) -> str: ...  # noqa: D102
    @property
    def part(self) -> str: ...  # noqa: D102
    @property
    def data(self) -> bytes: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def format(self) -> str: ...  # noqa: D102
    @property
    def known(self) -> Said: ...  # noqa: D102
    @property
    def notes(self) -> tuple[str, ...]: ...  # noqa: D102


def keep(root: Path, data: bytes) -> str:
    """Store bytes under their SHA-256 and return it; bytes that are there already are left as they are.

    A file appears whole or not at all: it is written beside its place, flushed to the disk, and moved there.

    Raises StorageError, with the path and the way out, where it cannot be written, or where what is held under this
    hash has another length (someone changed it).
    """
    digest = hashlib.sha256(data).hexdigest()
    target = path_of(root, digest)
    try:
        if not target.exists():
            root.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            target.parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
            _write(target, data)
        size = target.stat().st_size
    except OSError as error:
        raise StorageError(f"{target}: cannot be written ({error.strerror or error}). {_way_out(error)}.") from error
    if size != len(data):
        raise StorageError(
            f"{target}: holds {size} bytes instead of {len(data)}: it was changed. Restore it from a backup."
        )
    return digest


def path_of(root: Path, digest: str) -> Path:
    """Return where the bytes with this SHA-256 lie."""
    return root / digest[:2] / digest


def held(root: Path, digest: str) -> bytes:
    """Return the bytes with this SHA-256.

    Raises StorageError where they are not there, cannot be read, or are no longer what they were.
    """
    target = path_of(root, digest)
    try:
        data = target.read_bytes()
    except OSError as error:
        raise StorageError(
            f"{target}: cannot be read ({error.strerror or error}). Restore it from a backup."
        ) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise StorageError(
            f"{target}: its bytes are no longer those of its name: it was changed. Restore it from a backup."
        )
    return data


def clear_parts(root: Path) -> None:
    """Remove what a run that was killed left half written; to be called where no other run is at work."""
    for part in root.glob("*/.part-*"):
        with suppress(OSError):  # it does no harm, and the next run tries again
            part.chmod(0o600)  # Windows does not remove what is read-only
            part.unlink()


def _write(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".part-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o400)  # on Windows this sets the read-only mark
        _move(Path(name), target)
    except OSError:
        with suppress(OSError):
            Path(name).chmod(0o600)  # Windows does not remove what is read-only
            Path(name).unlink()
        raise


def _move(part: Path, target: Path) -> None:
    try:
        part.replace(target)
    except PermissionError:
        if not target.exists():  # Windows does not move over a read-only file: another process was faster
            raise
        part.chmod(0o600)
        part.unlink()
    if os.name == "posix":  # elsewhere folders cannot be flushed
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _way_out(error: OSError) -> str:
    return WAYS_OUT.get(error.errno or 0, "Look at the disk, or put the project elsewhere with --project")


def document(item: Found, said: Said | None, original: str) -> Document:
    """Make the record of an item. `said` is its sidecar row, `original` the SHA-256 of the archived file.

    The sidecar beats what the file says of itself; but of a part of a file (one message of an export), whose row is
    that of the whole file, its own date, title, author and address are the better ones.
    """
    own = item.known
    row = said or own
    first, second = (own, row) if item.part else (row, own)
    return Document(
        sha256=hashlib.sha256(item.data).hexdigest(),
        text=item.text,
        file=item.file,
        part=item.part,
        original=original,
        format=item.format,
        outlet=row.outlet or own.outlet,
        title=first.title or second.title,
        author=first.author or second.author,
        url=first.url or second.url,
        date=first.date or second.date,
        lang=row.lang or own.lang,
        licence=row.licence or own.licence,
        alignment=row.alignment or own.alignment,
        extra=_extra(row.extra, own.extra),
        notes=item.notes,
        sightings=(Sighting(item.file, row.outlet or own.outlet, row.url or own.url, row.title, row.date),),
    )


def _extra(row: tuple[tuple[str, str], ...], own: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Join what the row and the file say beside the fields; under one name the row's word stands."""
    return tuple(sorted({**dict(own), **dict(row)}.items()))


def joined(documents: Iterable[Document]) -> Document:
    """Merge documents of one id (the same bytes met in several files) into one with several sightings.

    The first by file name gives the fields; what it leaves open is taken from the next. The order of `documents` makes
    no difference.

    Raises ValueError where there is no document, or where their ids differ.
    """
    found = sorted(documents, key=lambda one: (one.file, one.part))
    if len({one.id for one in found}) != 1:
        raise ValueError("only documents of one id can be joined, and at least one")
    return replace(
        found[0],
        outlet=_first(one.outlet for one in found),
        title=_first(one.title for one in found),
        author=_first(one.author for one in found),
        url=_first(one.url for one in found),
        date=_first(one.date for one in found),
        lang=_first(one.lang for one in found),
        licence=_first(one.licence for one in found),
        alignment=_first(one.alignment for one in found),
        extra=_extra(found[0].extra, tuple(pair for one in reversed(found) for pair in one.extra)),
        notes=tuple(dict.fromkeys(note for one in found for note in one.notes)),
        sightings=tuple(dict.fromkeys(seen for one in found for seen in one.sightings)),
        supersedes=_first(one.supersedes for one in found),
    )


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)
