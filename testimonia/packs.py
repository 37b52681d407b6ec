"""Language and region packs: tables with a page of code, handed to the stages, never imported by one.

A pack is a folder of tables (`.tsv`: value, phrase, tags, apart by tabs; `.txt`: one word a line; lines that begin with
"# " are comments) and a `pack()` function that is found through the entry points `testimonia.lang` and
`testimonia.regions`. How phrases are written is said in `phrases.py`; what each table holds, in `docs/packs.md`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from testimonia.errors import PackError
from testimonia.phrases import Entry, Phrases, fold
from testimonia.places.book import Book
from testimonia.places.own import files

NONE = Phrases(())
MADE_OF = (".py", ".tsv", ".txt", ".yml", ".html", ".css", ".js")  # files whose change changes results
KEPT_STEMS = 200_000  # stems a pack keeps at hand: cutting one takes far longer than looking it up


def same(word: str) -> str:
    """Return the folded word itself: the stem function of a pack that has none."""
    return fold(word)


@dataclass(frozen=True)
class LanguagePack:
    """One language: its tables by name, its word lists by name, and how it cuts a word down to its stem."""

    code: str
    name: str
    tables: Mapping[str, Phrases]
    lists: Mapping[str, frozenset[str]]
    stem: Callable[[str], str] = same

    def table(self, name: str) -> Phrases:
        """Return a table of phrases; an empty one where the pack has none of this name."""
        return self.tables.get(name, NONE)

    def list(self, name: str) -> frozenset[str]:
        """Return a list of folded words; an empty one where the pack has none of this name."""
        return self.lists.get(name, frozenset())


@dataclass(frozen=True)
class RegionPack:
    """One conflict region: tables by name and language ("parties", "uk"), and its places.

    `rows` holds the tables that are no phrases (sites, office-holders, swaps): each row a mapping of column to text;
    `places` is its gazetteer file.
    """

    code: str
    name: str
    tables: Mapping[tuple[str, str], Phrases]
    rows: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    places: Path | None = None

    def table(self, name: str, lang: str) -> Phrases:
        """Return a table of phrases for one language; an empty one where there is none."""
        return self.tables.get((name, lang), NONE)


@dataclass(frozen=True)
class Packs:
    """The packs that a run works with."""

    languages: Mapping[str, LanguagePack]
    regions: tuple[RegionPack, ...] = ()
    digest: str = ""  # of the code and tables that they are made of: what was coded with others is coded again
    imported: tuple[Path, ...] = ()  # gazetteer files of the user's own, over those of the packs

    def language(self, code: str) -> LanguagePack | None:
        """Return the pack of a language, or None where there is none."""
        return self.languages.get(code)

    @property
    def book(self) -> Book:
        """The gazetteer: that of the packs, and what the user has imported."""
        ours = (region.places for region in self.regions)
        return _book((*filter(None, ours), *self.imported))

    @property
    def names(self) -> tuple[str, ...]:
        """The codes of all packs, and the names of what the user has imported, for the record of a run."""
        own = (f"places:{file.stem}" for file in self.imported)
        return (*sorted(self.languages), *sorted(region.code for region in self.regions), *own)


@lru_cache(maxsize=8)
def _book(files: tuple[Path, ...]) -> Book:
    return Book(files)


def read_rows(file: Path) -> list[list[str]]:
    """Read a tab-separated table without a header: comments and blank lines left out.

    Raises PackError where the file is not UTF-8.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{file}: the table cannot be read as UTF-8 ({error}). Save it as UTF-8 text.") from error
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("# ") and line != "#"]


def read_phrases(file: Path) -> Phrases:
    """Read a table of value, phrase and (optional, apart by spaces) tags."""
    entries = []
    for number, row in enumerate(read_rows(file), 1):
        if len(row) not in (2, 3) or not row[0].strip() or not row[1].strip():
            raise PackError(
                f"{file}, row {number}: {row!r} should be value, phrase and perhaps tags, apart by single tabs."
            )
        tags = frozenset(row[2].split()) if len(row) == 3 else frozenset[str]()
        entries.append(Entry(row[0].strip(), row[1].strip(), tags))
    return Phrases(entries)


def read_list(file: Path) -> frozenset[str]:
    """Read a list of words, one a line, folded."""
    return frozenset(fold(row[0].strip()) for row in read_rows(file))


def read_table(file: Path) -> tuple[Mapping[str, str], ...]:
    """Read a tab-separated table whose first line names the columns."""
    rows = read_rows(file)
    if not rows:
        raise PackError(f"{file}: the table is empty. Its first line should name the columns.")
    return tuple(dict(zip(rows[0], row, strict=False)) for row in rows[1:])


def language_from(folder: Path, code: str, name: str, stem: Callable[[str], str] = same) -> LanguagePack:
    """Build a language pack from the `.tsv` and `.txt` files of a folder."""
    tables = {file.stem: read_phrases(file) for file in sorted(folder.glob("*.tsv"))}
    lists = {file.stem: read_list(file) for file in sorted(folder.glob("*.txt"))}
    return LanguagePack(code, name, tables, lists, lru_cache(maxsize=KEPT_STEMS)(stem))


def _load(point: EntryPoint) -> LanguagePack | RegionPack:
    try:
        loaded = point.load()()
    except (ImportError, AttributeError) as error:
        raise PackError(f"The pack {point.name!r} ({point.value}) cannot be loaded: {error}. Reinstall it.") from error
    if not isinstance(loaded, LanguagePack | RegionPack):
        raise PackError(f"The pack {point.name!r} ({point.value}) gives {type(loaded).__name__}, not a pack.")
    return loaded


def _wanted(group: str, names: Iterable[str] | None) -> list[EntryPoint]:
    found = {point.name: point for point in entry_points(group=group)}
    chosen = sorted(found) if names is None else list(names)
    missing = [name for name in chosen if name not in found]
    if missing:
        there_are = ", ".join(sorted(found)) or "none"
        raise PackError(f"No pack named {', '.join(missing)} in {group}; there are: {there_are}.")
    return [found[name] for name in chosen]


def digest_of(folder: Path) -> str:
    """Return a hash of the code and tables in a folder."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix in MADE_OF:
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _digest(points: Iterable[EntryPoint], own: Iterable[Path]) -> str:
    """Return a hash of the packages that the packs come from, and of what the user has imported."""
    folders = {Path(origin).parent for point in points if (origin := getattr(find_spec(point.module), "origin", None))}
    more = [hashlib.sha256(file.read_bytes()).hexdigest() for file in own]
    return hashlib.sha256("".join([*sorted(map(digest_of, folders)), *more]).encode()).hexdigest()


def load_packs(languages: Iterable[str] | None = None, regions: Iterable[str] | None = None) -> Packs:
    """Load the installed packs, all of them or those named.

    Raises PackError where one named is not installed; the message lists the ones that are.
    """
    points = [*_wanted("testimonia.lang", languages), *_wanted("testimonia.regions", regions)]
    loaded = [_load(point) for point in points]
    own = files()
    return Packs(
        {pack.code: pack for pack in loaded if isinstance(pack, LanguagePack)},
        tuple(pack for pack in loaded if isinstance(pack, RegionPack)),
        _digest(points, own),
        own,
    )
