"""A gazetteer file: places of all levels with their names, in one SQLite file that is opened read-only.

A name is kept under the key of its first word: the stem of a Cyrillic word, so that any case form finds it, and the
folded word of another script. A file may add to another: a place that both have is that of the later one.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from testimonia.errors import PackError

Kind = Literal["site", "settlement", "part", "hromada", "district", "unit"]
FORMAT = 1  # of the file; another is refused
SCHEMA = """
CREATE TABLE place(
  at INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, adm1 TEXT, country TEXT,
  lat REAL, lon REAL, population INTEGER NOT NULL, radius REAL, district TEXT, hromada TEXT, code TEXT,
  names TEXT NOT NULL);
CREATE TABLE name(
  key TEXT NOT NULL, place INTEGER NOT NULL, nth INTEGER NOT NULL, PRIMARY KEY(key, place, nth)) WITHOUT ROWID;
CREATE TABLE outline(id TEXT PRIMARY KEY, geometry TEXT NOT NULL) WITHOUT ROWID;
CREATE UNIQUE INDEX place_id ON place(id);
CREATE INDEX place_code ON place(code) WHERE code IS NOT NULL;
CREATE INDEX place_within ON place(hromada, district) WHERE hromada IS NOT NULL;
"""
COLUMNS = "place.at, names, id, kind, name, adm1, country, lat, lon, population, radius, district, hromada, code"
AT_A_SEAT = 12.0  # km: the radius of a settlement that is put at the seat of its hromada or, more, of its district
MAIN, APART = "*", "|"  # the sign before a main name, and between names


class Bearer(NamedTuple):
    """One place that has a name.

    `id` is its GeoNames number, else its code in the state's codifier; `lat` and `lon` in degrees, None where unknown;
    `radius` how far from that point it may lie or reach, in km; `district` and `hromada` their ids; `code` that of the
    state's codifier (KATOTTG) or ISO 3166-2.
    """

    id: str
    kind: Kind
    name: str
    adm1: str | None
    country: str | None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    radius: float | None = None
    district: str | None = None
    hromada: str | None = None
    code: str | None = None

    @property
    def located(self) -> bool:
        """Whether it has coordinates of its own, not those of the seat of its hromada or district."""
        return self.lat is not None and (self.radius or 0.0) < AT_A_SEAT


@dataclass(frozen=True, slots=True)
class Row:
    """One name of a place, as its folded words, and the place; `main` unless it is a former or rare name."""

    name: tuple[str, ...]
    bearer: Bearer
    main: bool = True


class Written(NamedTuple):
    """A place as it is written to a file, with its names: key of the first word, folded words, main or not."""

    bearer: Bearer
    names: Iterable[tuple[str, str, bool]]


def write(file: Path, places: Iterable[Written], outlines: Mapping[str, str] | None = None) -> int:
    """Write a gazetteer file anew; return how many places it holds. `outlines` are GeoJSON geometries by id of unit."""
    file.unlink(missing_ok=True)
    at = 0
    with closing(sqlite3.connect(file)) as made:
        made.execute(f"PRAGMA user_version = {FORMAT}")
        made.executescript(SCHEMA)
        for at, (bearer, names) in enumerate(places, 1):
            listed = list(names)
            texts = APART.join(f"{MAIN * main}{words}" for _, words, main in listed)
            made.execute(f"INSERT INTO place VALUES({'?,' * 13}?)", (at, *bearer, texts))
            made.executemany("INSERT INTO name VALUES(?,?,?)", ((key, at, nth) for nth, (key, *_) in enumerate(listed)))
        made.executemany("INSERT INTO outline VALUES(?,?)", (outlines or {}).items())
        made.commit()
        made.execute("VACUUM")
    return at


class Book:
    """One or several gazetteer files, the later ones over the earlier ones."""

    def __init__(self, files: Iterable[Path]) -> None:
        """Raises PackError where a file is none, or of another format."""
        self.files = tuple(files)
        self._local = threading.local()
        self.starting = lru_cache(maxsize=65_536)(self._starting)
        self.between = lru_cache(maxsize=4096)(self._between)
        for file in self.files:
            _check(file)

    def _open(self) -> list[sqlite3.Connection]:
        """Return the connections of this thread: a connection belongs to one."""
        found: list[sqlite3.Connection] | None = getattr(self._local, "connections", None)
        if found is None:
            found = [_connect(file) for file in self.files]
            self._local.connections = found
        return found

    def _found(self, query: str, *values: str | int | None) -> Iterator[tuple[Bearer, list[str], int]]:
        """Yield places with their names and the number of the one asked for; of a place in several files the last."""
        seen: set[str] = set()
        for connection in reversed(self._open()):
            here = set()
            for nth, _, names, *columns in connection.execute(query, values):
                bearer = Bearer(*columns)
                if bearer.id not in seen:
                    here.add(bearer.id)
                    yield bearer, names.split(APART), nth
            seen |= here

    def _named(self, where: str, *values: str) -> tuple[Row, ...]:
        query = f"SELECT nth, {COLUMNS} FROM name JOIN place ON place.at = name.place WHERE {where}"  # noqa: S608
        return tuple(_row(bearer, names[nth]) for bearer, names, nth in self._found(query, *values))

    def _places(self, where: str, *values: str | int | None) -> Iterator[tuple[Bearer, list[str]]]:
        query = f"SELECT 0, {COLUMNS} FROM place WHERE {where}"  # noqa: S608
        return ((bearer, names) for bearer, names, _ in self._found(query, *values))

    def _starting(self, key: str) -> tuple[Row, ...]:
        """Return the names whose first word has a key."""
        return self._named("key = ?", key)

    def _between(self, first: str, last: str) -> tuple[Row, ...]:
        """Return the names whose first word has a key from one on, up to but without another."""
        return self._named("key >= ? AND key < ?", first, last)

    def names(self, id_: str) -> tuple[str, ...]:
        """Return all names of a place, as folded words; none where there is no such place."""
        return tuple(name.removeprefix(MAIN) for _, names in self._places("id = ?", id_) for name in names)

    def place(self, id_: str) -> Bearer | None:
        """Return a place by its id, else by its code."""
        found = (bearer for where in ("id = ?", "code = ?") for bearer, _ in self._places(where, id_))
        return next(found, None)

    def listed(self, id_: str) -> tuple[str, ...]:
        """Return all names of a place as they are written in a file: folded words, the main ones marked."""
        return next((tuple(names) for _, names in self._places("id = ?", id_)), ())

    def outlines(self) -> Iterator[tuple[Bearer, str]]:
        """Yield the first-level units with their outlines as GeoJSON geometries, in degrees."""
        units = {bearer.id: bearer for bearer, _ in self._places("kind = 'unit'")}
        for connection in self._open():
            for id_, geometry in connection.execute("SELECT id, geometry FROM outline"):
                if id_ in units:
                    yield units[id_], geometry

    def iso_of(self, unit: str) -> str | None:
        """Return the ISO 3166-2 code of a first-level unit by its English name; None where it is not one unit's."""
        codes = {bearer.code for bearer, _ in self._places("kind = 'unit' AND name = ?", unit)}
        return codes.pop() if len(codes) == 1 else None

    def outline(self, unit: str) -> str | None:
        """Return the outline of a first-level unit by its ISO 3166-2 code, as a GeoJSON geometry in degrees."""
        for connection in reversed(self._open()):
            row = connection.execute("SELECT geometry FROM outline WHERE id = ?", (unit,)).fetchone()
            if row:
                return str(row[0])
        return None

    def members(self, hromada: str) -> tuple[Bearer, ...]:
        """Return the settlements of a hromada, or the parts of a town."""
        return tuple(bearer for bearer, _ in self._places("hromada = ?", hromada))

    @cached_property
    def codified(self) -> frozenset[str]:
        """The first-level units all of whose settlements a codifier lists."""
        found = self._places("kind = 'district' AND code IS NOT NULL")
        return frozenset(bearer.adm1 for bearer, _ in found if bearer.adm1)

    def towns(self, least: int, country: str | None = None, *, coded: bool = False) -> Iterator[Row]:
        """Yield the names of the settlements with at least so many people, of one state, or of the codifier alone."""
        where = "kind = 'settlement' AND population >= ?1 AND (country = ?2 OR ?2 IS NULL)"
        for bearer, names in self._places(where + " AND code IS NOT NULL" * coded, least, country):
            yield from (_row(bearer, name) for name in names)


def _row(bearer: Bearer, name: str) -> Row:
    return Row(tuple(name.removeprefix(MAIN).split(" ")), bearer, name.startswith(MAIN))


def _check(file: Path) -> None:
    try:
        with closing(_connect(file)) as found:
            version = found.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        raise PackError(f"{file}: no gazetteer file ({error}). Build or import it again.") from error
    if version != FORMAT:
        raise PackError(f"{file}: a gazetteer of format {version}, where {FORMAT} is read. Build or import it again.")


def _connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
