"""The project on disk: where everything of one project lies, and who may write to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from testimonia.errors import SettingsError, StorageError
from testimonia.settings import TEMPLATE

OWNER_ALONE = 0o700  # on Windows, where folders have no modes, the rights of the parent folder hold
FILES_TOO = 0o600


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder.

    testimonia.toml   purpose, lawful basis, settings
    archive/          the originals, by SHA-256, never changed
    hand/             what people decided, as text
    testimonia.db     all records
    out/<edition>/    what is published
    """

    root: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / "testimonia.toml"

    @property
    def archive(self) -> Path:
        """The folder of the originals."""
        return self.root / "archive"

    @property
    def database(self) -> Path:
        """The database file."""
        return self.root / "testimonia.db"

    def out(self, edition: str = "internal") -> Path:
        """The folder of an edition."""
        return self.root / "out" / edition

    def make(self) -> None:
        """Make the folder and what is missing in it.

        Raises StorageError where it cannot be written.
        """
        try:
            self.root.parent.mkdir(parents=True, exist_ok=True)
            for folder in (self.root, self.archive, self.root / "hand", self.root / "out"):
                folder.mkdir(mode=OWNER_ALONE, exist_ok=True)
                folder.chmod(OWNER_ALONE)  # also where it was there before
            if not self.settings.exists():
                self.settings.write_text(TEMPLATE, encoding="utf-8")
            self.settings.chmod(FILES_TOO)
        except OSError as error:
            raise StorageError(
                f"{self.root}: the project folder cannot be written ({error.strerror}). "
                "Choose another place with --project."
            ) from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the project to this run alone.

        Raises StorageError where another run holds it.
        """
        lock = FileLock(self.root / ".lock", timeout=0, mode=FILES_TOO)
        try:
            lock.acquire()
        except Timeout as error:
            raise StorageError(f"{self.root}: another run is at work in this project. Wait until it ends.") from error
        except OSError as error:
            raise StorageError(
                f"{self.root}: cannot be written ({error.strerror}). Choose another --project."
            ) from error
        try:
            yield
        finally:
            lock.release()


def default_project(folder: Path) -> Path:
    """Return where the project of a folder lies: beside it, named after it.

    Raises SettingsError for the root of a disk, which has nothing beside it.
    """
    folder = folder.resolve()
    if not folder.name:
        raise SettingsError(f"{folder}: has no folder beside it for the project. Say where it should be: --project P")
    return folder.with_name(folder.name + ".testimonia")
