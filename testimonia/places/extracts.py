"""Read the places of an extract that a user has: a country file of GeoNames, or an extract of OpenStreetMap.

GeoNames: `UA.zip`, or the `UA.txt` in it (19 columns, apart by tabs). OpenStreetMap: `.osm`, XML as its
editors and extract services write it, packed with gzip or bzip2 or not.
"""

from __future__ import annotations

import bz2
import gzip
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from lxml import etree

from testimonia.errors import UnreadableError

COLUMNS = 19  # of a country file of GeoNames
POPULATED = "P"  # its class of places where people live
PARTS = frozenset(("PPLX", "PPLQ", "PPLW", "PPLH", "PPLCH"))  # parts of a town, and what is abandoned or was one
DWELT = frozenset(("city", "town", "village", "hamlet", "isolated_dwelling"))  # of OpenStreetMap's key `place`
NAMED = ("name", "name:uk", "name:ru", "name:en", "int_name", "old_name", "old_name:uk", "old_name:ru", "alt_name")
WRITTEN = re.compile(r"[A-Za-zÀ-žА-Яа-яЁёІіЇїЄєҐґ'’ʼ.\- ]+")
MOST_WORDS = 4
OPENED: dict[str, Any] = {".gz": gzip.open, ".bz2": bz2.open}

Step = Callable[[int, int], None]


class Place(NamedTuple):
    """A place of an extract: its id there, its names, the usual one first, degrees of WGS 84, people (0: unknown)."""

    id: str
    names: tuple[str, ...]
    lat: float
    lon: float
    population: int = 0


@dataclass
class Unread:
    """How many lines or nodes could not be read."""

    lines: int = 0


def places(file: Path, unread: Unread, step: Step) -> Iterator[Place]:
    """Yield the places of an extract; `step` is told how many bytes of how many are read.

    Raises UnreadableError where the file is none of the formats.
    """
    name = file.name.lower()
    if name.endswith(".pbf"):
        raise UnreadableError(f"{file}: packed as PBF. Unpack it first (`osmium cat {file.name} -o extract.osm`).")
    read = _openstreetmap if ".osm" in name else _geonames
    try:
        yield from read(file, unread, step)
    except (OSError, EOFError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise UnreadableError(f"{file}: cannot be read ({error}). Get it again: it may be cut off.") from error


@contextmanager
def _bytes(file: Path, step: Step) -> Iterator[io.BufferedReader]:
    """Open a file, unpacked, and tell how much of it is read."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            inside = next((one for one in packed.infolist() if _is_table(one.filename)), None)
            if inside is None:
                raise UnreadableError(f"{file}: no country file in it. GeoNames packs one as UA.txt.")
            with packed.open(inside) as raw:
                yield io.BufferedReader(_Told(raw, inside.file_size, step))
    else:
        with OPENED.get(file.suffix.lower(), open)(file, "rb") as raw:
            yield io.BufferedReader(_Told(raw, file.stat().st_size, step))


def _is_table(name: str) -> bool:
    return name.lower().endswith(".txt") and "readme" not in name.lower()


class _Told(io.RawIOBase):
    """A stream that tells how much of it is read."""

    def __init__(self, raw: IO[bytes], size: int, step: Step) -> None:
        self.raw, self.size, self.step, self.done = raw, size, step, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        some = self.raw.read(len(buffer))
        buffer[: len(some)] = some
        self.done += len(some)
        self.step(min(self.done, self.size), self.size)
        return len(some)


def _geonames(file: Path, unread: Unread, step: Step) -> Iterator[Place]:
    with _bytes(file, step) as raw:
        lines = io.TextIOWrapper(raw, encoding="utf-8", errors="replace", newline="\n")
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) != COLUMNS:
                if number == 1:
                    raise UnreadableError(
                        f"{file}, line 1: {len(cells)} columns, not the {COLUMNS} of a country file of GeoNames."
                    )
                unread.lines += 1
            elif cells[6] == POPULATED and cells[7] not in PARTS:
                yield from _of_geonames(cells, unread)


def _of_geonames(cells: list[str], unread: Unread) -> Iterator[Place]:
    try:
        lat, lon, people = float(cells[4]), float(cells[5]), int(cells[14] or 0)
    except ValueError:
        unread.lines += 1
        return
    names = _names((cells[2], cells[1], *cells[3].split(",")))
    if names:
        yield Place(cells[0], names, lat, lon, people)


def _openstreetmap(file: Path, unread: Unread, step: Step) -> Iterator[Place]:
    with _bytes(file, step) as raw:
        for _, node in etree.iterparse(raw, tag="node", resolve_entities=False, no_network=True):
            tags = {tag.get("k"): tag.get("v") for tag in node.iterfind("tag")}
            if tags.get("place") in DWELT:
                yield from _of_openstreetmap(node.attrib, tags, unread)
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]


def _of_openstreetmap(about: dict[str, str], tags: dict[str, str], unread: Unread) -> Iterator[Place]:
    try:
        lat, lon = float(about["lat"]), float(about["lon"])
    except (KeyError, ValueError):
        unread.lines += 1
        return
    names = _names(one for key in ("name:en", *NAMED) for one in tags.get(key, "").split(";"))
    people = tags.get("population", "").replace(" ", "")
    if names:
        yield Place(f"osm{about.get('id', '')}", names, lat, lon, int(people) if people.isdigit() else 0)


def _names(names: object) -> tuple[str, ...]:
    """Return the names that can be one in Latin, Ukrainian or Russian letters, each once."""
    cleaned = (str(name).strip() for name in names)  # type: ignore[attr-defined]
    fitting = (n for n in cleaned if len(n) > 1 and WRITTEN.fullmatch(n) and n.count(" ") < MOST_WORDS)
    return tuple(dict.fromkeys(fitting))
