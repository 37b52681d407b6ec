"""The place names of the packs as one language writes them: settlements, sites, units, and the words around names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from testimonia.claims.bearers import entries, site
from testimonia.claims.forms import fits, key, made_from, shared
from testimonia.packs import LanguagePack, Packs, RegionPack
from testimonia.phrases import Phrases
from testimonia.places.book import Bearer, Book, Row

MUCH = 8  # times as large
SMALLER = 100_000  # people of a town that a unit of the same name goes before
SEAT = (15_000, 200_000)  # people of a town whose adjective names the district around it; larger ones name their parts
OKRUG = 5_000  # people of a town at least that an urban okrug is named after
MIN_ADJECTIVE = 4  # letters of the name of a district, at least one more
LAST = "\uffff"  # sorts behind every letter


@dataclass(frozen=True)
class Toponyms:
    """The place names of the packs as one language writes them, and the words around them."""

    lang: str
    stem: Callable[[str], str]
    book: Book
    home: frozenset[str]
    areas: Phrases
    sites: Phrases
    units: Mapping[str, str]
    by_site: Mapping[str, Bearer]
    around: tuple[Phrases, ...]
    endings: tuple[str, ...]
    suffixes: tuple[str, ...]
    nominative: str
    states: Phrases
    given: frozenset[str] = field(default_factory=frozenset)
    frequent: frozenset[str] = field(default_factory=frozenset)
    others: tuple[Phrases, ...] = ()  # of words that are written with a capital and name no place

    @lru_cache(maxsize=65_536)  # noqa: B019  as above
    def starting(self, form: str) -> tuple[Row, ...]:
        """Return the names whose first word a word of a text can be, in any case form."""
        return tuple(row for row in self.book.starting(key(form, self.stem)) if self.fits(row.name[0], form))

    def fits(self, name: str, form: str) -> bool:
        """Say whether a word can be a case form of a name."""
        return fits(name, form, self.stem, self.long_endings)

    @cached_property
    def _unit_words(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """What the adjective (or name) of a unit begins with, and the unit, by the first letters."""
        found: dict[str, dict[tuple[str, str], None]] = {}
        for entry in self.areas.entries:
            first, _, rest = entry.phrase.lower().partition(" ")
            if rest and " " not in rest and self.units[entry.value].startswith("unit") and len(first) >= MIN_ADJECTIVE:
                found.setdefault(first[:3], {})[first, entry.value] = None
        return {start: tuple(words) for start, words in found.items()}

    def unit_of(self, form: str) -> str | None:
        """Return the unit that an adjective (or name) without its noun is of."""
        for word, unit in self._unit_words.get(form[:3], ()):
            if form.startswith(word[:-1]) if word.endswith("*") else form == word:
                return unit
        return None

    @cached_property
    def long_endings(self) -> tuple[str, ...]:
        """The endings of adjectives that are no other word's."""
        return tuple(ending for ending in self.endings if len(ending) > 2)

    def by_adjective(self, form: str) -> tuple[Bearer, ...]:
        """Return the town that an adjective is made from: the seat of the district or hromada of that name."""
        areas = {r.bearer for r in self.starting(form) if r.bearer.kind in ("district", "hromada")}
        seats = {seat for area in areas if (seat := self._seat(area))} | set(self._by_root(form))
        return tuple(sorted(seats, key=lambda seat: (-seat.population, seat.id)))

    def _seat(self, area: Bearer) -> Bearer | None:
        """Return the town that a district or hromada is named after."""
        first = area.name.lower().split()[0]
        rows = self.book.starting(first)
        name = area.name.rpartition(" ")[0]
        seats = [r.bearer for r in rows if r.bearer.kind == "settlement" and r.bearer.name == name]
        near = [seat for seat in seats if seat.adm1 == area.adm1 and (seat.lat, seat.lon) == (area.lat, area.lon)]
        return max(near, key=lambda seat: seat.population, default=None)

    def _by_root(self, form: str, least: int = 0) -> tuple[Bearer, ...]:
        """Return the place of at least so many people whose name an adjective is made from."""
        root = next(
            (form[:at] for suffix in self.suffixes if (at := form.rfind(suffix)) >= 4 and len(form) - at <= 6),
            "",
        )
        if not root:
            return ()
        rows = self.book.between(root[:4], root[:4] + LAST)
        near = [
            row
            for row in rows
            if len(row.name) == 1 and row.bearer.kind == "settlement" and row.bearer.country in self.home
            if row.bearer.population >= least
            and made_from(row.name[0], root)
            and not row.name[0].endswith(self.long_endings)
        ]
        best = max(near, key=lambda row: (shared(row.name[0], form), row.bearer.population), default=None)
        return (best.bearer,) if best else ()

    def worded(self, form: str, kind: Literal["district", "hromada", "okrug"]) -> tuple[Bearer, ...]:
        """Return the districts (parts of towns are such too) or hromadas that a word before their kind names.

        Of an okrug it is the town that it is named after, as it is of a district that no table holds.
        """
        if kind == "okrug":
            return self._by_root(form, OKRUG)
        kinds = ("district", "part") if kind == "district" else ("hromada",)
        rows = (row for row in self.starting(form) if len(row.name) == 1)
        found = tuple(dict.fromkeys(row.bearer for row in rows if row.bearer.kind in kinds))
        if found or kind == "hromada":
            return found
        return tuple(b for b in self.by_adjective(form) if SEAT[0] <= b.population <= SEAT[1])

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


def usual(rows: Sequence[Row], form: str) -> list[Row]:
    """Return the names that a word most likely is, the largest place first.

    A name of today goes before one that a place only once had, and the word as it stands before a case form of another
    name, unless the other place is much larger. A unit of a far state goes before small towns of its name.
    """
    units = [row for row in rows if row.bearer.kind == "unit"]
    towns = [row for row in rows if row.bearer.kind != "unit"]
    rows = units if units and all(row.bearer.population < SMALLER for row in towns) else towns
    today = {row.bearer.id for row in rows if row.main}
    rows = _rather(rows, [row for row in rows if row.bearer.id in today], 2)
    rows = _rather(rows, [row for row in rows if row.name[0] == form], MUCH)
    return sorted(rows, key=lambda row: (-row.bearer.population, not row.main, row.bearer.id))


def _rather(rows: Sequence[Row], some: Sequence[Row], times: int) -> Sequence[Row]:
    """Return some of the rows alone, unless another is of a place so many times larger than all of theirs."""
    largest = max((row.bearer.population for row in rows), default=0)
    return some if some and times * max(row.bearer.population for row in some) >= largest else rows


def toponyms(pack: LanguagePack, packs: Packs) -> Toponyms:
    """Read the place names of the packs as a language writes them."""
    areas, sites = [], []
    units: dict[str, str] = {}
    by_site: dict[str, Bearer] = {}
    for region in packs.regions:
        for row in region.rows.get("areas", ()):
            units[row["name"]] = row["kind"]
            areas += entries(row, pack.code)
        for row in region.rows.get("sites", ()):
            by_site[row["name"]] = site(row)
            sites += entries(row, pack.code)
    around = tuple(region.table("around", pack.code) for region in packs.regions)
    forms = {kind: _forms(around, kind) for kind in ("ending", "suffix", "nominative")}
    return Toponyms(
        pack.code, pack.stem, packs.book, _home(packs.regions), Phrases(areas), Phrases(sites), units, by_site,
        tuple(Phrases(e for e in table.entries if e.value not in forms) for table in around),
        forms["ending"], forms["suffix"], next(iter(forms["nominative"]), ""), _states(pack), _given(pack),
        pack.list("frequent"), _others(pack, packs),
    )  # fmt: skip


def _home(regions: Sequence[RegionPack]) -> frozenset[str]:
    """Return the states whose first-level units the regions list: their small towns are looked for everywhere."""
    rows = (row for region in regions for row in region.rows.get("areas", ()))
    return frozenset(row["country"] for row in rows if row["kind"].startswith("unit"))


def _forms(around: Sequence[Phrases], kind: str) -> tuple[str, ...]:
    """Return the endings or suffixes that the tables list, the longest first."""
    return tuple(
        sorted({e.phrase for table in around for e in table.entries if e.value == kind}, key=lambda p: (-len(p), p))
    )


def _others(pack: LanguagePack, packs: Packs) -> tuple[Phrases, ...]:
    """Return the tables of what else has a capital: days, nations, speakers, groups, parties."""
    ours = (pack.table(name) for name in ("dates", "states", "speakers", "groups", "actors"))
    return (*ours, *(region.table("parties", pack.code) for region in packs.regions))


def _states(pack: LanguagePack) -> Phrases:
    """Return the names of states: a town of such a name is hardly ever meant."""
    return Phrases(e for e in pack.table("states").entries if "country" in e.tags and "place" not in e.tags)


def _given(pack: LanguagePack) -> frozenset[str]:
    return frozenset(key(name, pack.stem) for name in pack.list("given_names"))
