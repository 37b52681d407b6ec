"""Opening a project's database (SQLite): made or migrated as needed, and what is wrong with it said in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from testimonia.errors import StorageError

OWNER_ALONE = 0o600  # on Windows, where files have no modes, the rights of the folder hold
_MIGRATIONS = Path(__file__).parent / "migrations"


def _begin(connection: Connection) -> None:
    """Begin a transaction that holds changes of tables too: Python's driver would run those outside of it."""
    connection.exec_driver_sql("BEGIN")


def _pragmas(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; `_begin` does
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        if MigrationContext.configure(connection).get_current_revision() == head:
            return
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def opened(path: Path) -> Engine:
    """Return the database at `path`, made or migrated as needed.

    Raises StorageError where it cannot be written, or is no database of this project.
    """
    try:
        path.touch(mode=OWNER_ALONE)  # SQLite gives its side files the mode of the database
    except OSError as error:
        raise StorageError(f"{path}: cannot be written ({error.strerror}). Choose another --project.") from error
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)))
    sa.event.listen(engine, "connect", _pragmas)
    sa.event.listen(engine, "begin", _begin)
    try:
        _migrate(engine)
    except sa.exc.DatabaseError as error:
        raise StorageError(explained(str(path), error)) from error
    return engine


def explained(place: str, error: sa.exc.DatabaseError) -> str:
    """Return what is wrong with the database at `place`, and the way out."""
    said = str(error.orig).lower()
    if "full" in said:
        return (
            f"{place}: the disk is full. Free some space and run the same command again: it goes on where it stopped."
        )
    if "readonly" in said or "unable to open" in said or "permission" in said:
        return f"{place}: cannot be written. Choose another place with --project, or make this one writable."
    if "not a database" in said or "malformed" in said:
        return f"{place}: the database is damaged. Move it away and run again: it is rebuilt from the sources."
    if "locked" in said:
        return f"{place}: another program holds the database. Close it and run the same command again."
    return f"{place}: {error.orig}."
