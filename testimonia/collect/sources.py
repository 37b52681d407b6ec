"""The sidecar: a table that says of each file when and where it was published."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from testimonia.collect.about import about
from testimonia.collect.decode import decode
from testimonia.collect.item import Known
from testimonia.collect.walk import SIDECARS, left_out, relative, walk
from testimonia.collect.whole import whole
from testimonia.errors import SettingsError, UnreadableError

FILE = ("file", "filename", "path", "document")
Row = tuple[int, Mapping[str, object]]


def same_name(file: str) -> str:
    """Return a file's name as it is compared: "/" between parts, no "./" before, accents composed."""
    return unicodedata.normalize("NFC", file.strip().replace("\\", "/").removeprefix("./"))


def _may_name(key: str) -> list[str]:
    """Return the files that a row may speak of: names too may hold the "#" that parts file and part."""
    cuts = [at for at, sign in enumerate(key) if sign == "#"]
    return [*(key[:at] for at in cuts), key]


@dataclass(frozen=True)
class Sources:
    """What a sidecar says. `problems` are sentences for the user; none of them stops a run."""

    path: Path | None = None
    rows: Mapping[str, tuple[int, str, Known]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def known(self, file: str) -> Known | None:
        """Return what the sidecar says of a file, None where it has no row for it."""
        row = self.rows.get(same_name(file))
        return row[2] if row else None

    def known_part(self, file: str, part: str) -> Known | None:
        """Return what the sidecar says of a part of a file (a row "result.json#message/17"), else of the file."""
        return (self.known(f"{file}#{part}") if part else None) or self.known(file)

    def rows_of(self, file: str) -> tuple[tuple[str, Known], ...]:
        """Return all that the sidecar says of a file and its parts, by name."""
        return tuple(self._by_file.get(same_name(file), ()))

    @cached_property
    def _by_file(self) -> dict[str, list[tuple[str, Known]]]:
        found: dict[str, list[tuple[str, Known]]] = {}
        for key, row in sorted(self.rows.items()):
            for name in _may_name(key):
                found.setdefault(name, []).append((key, row[2]))
        return found

    def warnings(self, folder: Path, sides: Collection[str]) -> tuple[str, ...]:
        """Return what a user should know of a folder and this table of it; nothing of it stops a run.

        `sides` are the alignments by which "our" and "the enemy" are understood; others may be stated.
        """
        present = [relative(path, folder) for path in walk(folder)]
        empty = () if present else (f"{folder}: holds no files. Put reports there and run again.",)
        return (*empty, *left_out(folder), *self.problems, *self.unknown_sides(sides), *self.missing(present))

    def unknown_sides(self, sides: Collection[str]) -> list[str]:
        """Return a sentence for each row with an alignment that is spelled almost as one of `sides`."""
        meant = (
            (row, name, said.alignment, _meant(said.alignment or "", sides)) for row, name, said in self.rows.values()
        )
        return [
            f"{self.path}, row {row} ({name}): the alignment {said!r} is no side that is known. "
            f"Write {side!r}, if that is meant."
            for row, name, said, side in meant
            if side
        ]

    def missing(self, files: Iterable[str]) -> list[str]:
        """Return a sentence for each row that names a file which is not among `files`, in the order of the rows."""
        there = {same_name(file) for file in files}
        return [
            f"{self.path}, row {row}: the file {name!r} is not in the folder. Add the file, or take the row out."
            for key, (row, name, _) in self.rows.items()
            if there.isdisjoint(_may_name(key))
        ]


def find_sources(folder: Path) -> Sources:
    """Read the sidecar of a folder: `sources.csv` or `sources.jsonl` in it; an empty `Sources` where there is none."""
    names = {path.name.lower(): path for path in sorted(folder.iterdir())} if folder.is_dir() else {}
    found = [names[name] for name in SIDECARS if name in names]
    if not found:
        return Sources()
    sources = load_sources(found[0])
    if len(found) == 1:
        return sources
    more = f"{found[1]}: not read, since {found[0].name} is there too. Keep one of the two."
    return Sources(sources.path, sources.rows, (*sources.problems, more))


def load_sources(path: Path) -> Sources:
    """Read a sidecar table, CSV (apart by comma, semicolon or tab) or JSON Lines; the first names the columns.

    A row that cannot be used is reported in `problems` with its number, and the others are kept.

    Raises SettingsError where the file is not there, or cannot be read at all, or names no file.
    """
    if not path.exists():
        raise SettingsError(
            f"{path}: there is no such file. Give the table of sources with --sources, or leave it out."
        )
    if path.is_dir():
        raise SettingsError(f"{path}: this is a folder. Name the table of sources in it: {path / SIDECARS[0]}")
    try:
        text = decode(str(path), path.read_bytes()).text.lstrip("\ufeff")
    except (OSError, UnreadableError) as error:
        raise SettingsError(
            f"{path}: the table of sources cannot be read ({_why(error)}). Save it as UTF-8 CSV."
        ) from error
    problems: list[str] = []
    read = _objects if path.suffix.lower() in (".jsonl", ".ndjson", ".json") else _table
    rows = _rows(path, read(path, text, problems), problems)
    return Sources(path, rows, tuple(problems))


def _meant(alignment: str, sides: Collection[str]) -> str:
    """Return the side that an alignment is almost spelled as, "" where it is one, or none."""
    close = get_close_matches(alignment.lower(), sides, n=1)
    return close[0] if close and alignment not in sides else ""


def _why(error: OSError | UnreadableError) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _rows(path: Path, given: Iterable[Row], problems: list[str]) -> dict[str, tuple[int, str, Known]]:
    rows: dict[str, tuple[int, str, Known]] = {}
    for number, row in given:
        column = next((key for key in row if key.strip().lower() in FILE), "")
        name = whole(str(row.get(column) or ""))[0].strip()
        if not name:
            problems.append(f"{path}, row {number}: no file is named. Fill the column file.")
            continue
        known, notes = about(row, leave_out=(column,))
        problems.extend(f"{path}, row {number} ({name}): {note}" for note in notes)
        if same_name(name) in rows:
            first = rows[same_name(name)][0]
            problems.append(
                f"{path}, row {number}: {name!r} was already in row {first}; that one is used. Take one out."
            )
        else:
            rows[same_name(name)] = (number, name, known)
    return rows


def _objects(path: Path, text: str, problems: list[str]) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        try:
            row = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            problems.append(f"{path}, row {number}: this line is not JSON. Write one object a line.")
            continue
        if isinstance(row, dict):
            yield number, row
        elif row is not None:
            problems.append(f"{path}, row {number}: this line is no JSON object. Write one object a line.")


def _table(path: Path, text: str, problems: list[str]) -> Iterator[Row]:
    head = text.partition("\n")[0]
    apart = max(",;\t", key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=apart)
    columns: list[str] = []
    try:
        for cells in lines:
            if not columns:
                columns = [cell.strip() for cell in cells]
                _check(path, columns)
            elif any(cell.strip() for cell in cells):
                yield lines.line_num, _row(path, lines.line_num, columns, cells, problems)
    except csv.Error as error:
        problems.append(
            f"{path}, row {lines.line_num}: the table is broken here ({error}); rows after it are not read."
        )


def _check(path: Path, columns: list[str]) -> None:
    if not any(column.lower() in FILE for column in columns):
        raise SettingsError(
            f"{path}, row 1: there is no column file. The first row names the columns, file among them."
        )


def _row(path: Path, number: int, columns: list[str], cells: list[str], problems: list[str]) -> Mapping[str, object]:
    if len(cells) > len(columns):
        problems.append(
            f"{path}, row {number}: {len(cells)} cells for {len(columns)} columns; the rest is not used. "
            "Put quotes around cells that hold the separator."
        )
    return dict(zip(columns, cells, strict=False))
