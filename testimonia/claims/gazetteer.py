"""Names of places in a sentence: settlements, sites, first-level units, countries, each with what stands around it.

The tables come from the region packs; names are found by the stems of their words, so in any case form. A bare name is
a set of bearers; which of them is meant is decided in `place.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Literal

from testimonia.claims.bearers import CHANGING, Bearer, Row, beginning, entries, names, site
from testimonia.packs import LanguagePack, Packs, RegionPack
from testimonia.phrases import Hit, Phrases, Word, disjoint, words

Kind = Literal["site", "settlement", "district", "unit", "country", "wider"]
SEAT = (15_000, 200_000)  # people of a town whose adjective names the district around it; larger ones name their parts
LARGE = 60_000  # a town that is named without any word of place
SMALL = 10_000  # a name of smaller places only, right at the head of a sentence, is most likely another word
VOWELS = frozenset("аеєиіїоуюяйыэё")  # a name that ends in another letter is no adjective
SHORT = 6  # letters below which a word in capitals is an acronym
OWNED = ("ов", "ев", "єв", "ин", "ін", "їн")  # a surname's ending; of a place only where its name has it too
PLURAL = frozenset("ыиі")
FEMININE = ("ия", "ія")  # names whose case forms are never shorter
QUOTES = frozenset('"«»“”„')
OWNER = re.compile(r"['’]s$|['’]$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in a sentence: where it stands, what it may be, and how it is used.

    `role` is "in" where a word of place governs it, "to" where one does that also governs people ("aid to X"),
    "from" where something comes from there, "office" where it is a
    part of an office or organisation, "list" where it goes on with the mention before it, "" elsewhere.
    """

    start: int
    end: int
    kind: Kind
    name: str
    bearers: tuple[Bearer, ...] = ()
    role: str = ""
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Gazetteer:
    """The places of the region packs as one language writes them."""

    lang: str
    stem: Callable[[str], str]
    names: Mapping[str, Sequence[Row]]
    areas: Phrases
    sites: Phrases
    units: Mapping[str, str]
    by_site: Mapping[str, Bearer]
    around: tuple[Phrases, ...]
    endings: tuple[str, ...]
    suffixes: tuple[str, ...]
    nominative: str
    given: frozenset[str] = field(default_factory=frozenset)
    frequent: frozenset[str] = field(default_factory=frozenset)

    @lru_cache(maxsize=4096)  # noqa: B019  there is one gazetteer for a language and it lives as long as the process
    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the place names of a sentence in text order, overlapping ones cut down to the longest."""
        return tuple(_Sentence(self, text).mentions())

    @lru_cache(maxsize=16384)  # noqa: B019  as above
    def starting(self, form: str) -> tuple[Row, ...]:
        """Return the names whose first word a word of a text can be, in any case form.

        Names are kept by their first letters and cut to stems only when they are looked at: to cut them all would take
        longer than to code a report.
        """
        return tuple(row for row in self.names.get(beginning(form), ()) if self.fits(row.name[0], form))

    def fits(self, name: str, form: str) -> bool:
        """Say whether a word can be a case form of a name: the same stem, nearly as long, and alike but for the end."""
        if name == form or ("'" in form and name == OWNER.sub("", form).strip("'")):
            return True
        if not len(name) - 1 <= len(form) <= len(name) + 3 or name.isascii():
            return False
        if not _alike(name, form, max(len(name) - 2, 3)) or self._of_another(name, form):
            return False
        return _key(name, self.stem) == _key(form, self.stem)

    @cached_property
    def long_endings(self) -> tuple[str, ...]:
        """The endings of adjectives that are no other word's."""
        return tuple(ending for ending in self.endings if len(ending) > 2)

    def _of_another(self, name: str, form: str) -> bool:
        """Say whether a form's ending is none that the name takes: an adjective's, a surname's, or too short."""
        if name[-1] not in VOWELS and form.endswith(self.long_endings):
            return True
        if form.endswith(OWNED) and name[-1] not in PLURAL and not name.endswith(OWNED):
            return True
        return name.endswith(FEMININE) and len(form) < len(name)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


_KEPT: dict[tuple[str, int, tuple[int, ...]], tuple[Gazetteer, LanguagePack, Packs]] = {}


def gazetteer(pack: LanguagePack, packs: Packs) -> Gazetteer:
    """Return the places of the packs as a language writes them; built once for each language."""
    key = (pack.code, id(pack), tuple(id(region) for region in packs.regions))
    if key not in _KEPT:
        _KEPT[key] = (_build(pack, packs.regions), pack, packs)
    return _KEPT[key][0]


def _build(pack: LanguagePack, regions: Sequence[RegionPack]) -> Gazetteer:
    areas, sites = [], []
    units: dict[str, str] = {}
    by_site: dict[str, Bearer] = {}
    for region in regions:
        for row in region.rows.get("areas", ()):
            units[row["name"]] = row["kind"]
            areas += entries(row, pack.code)
        for row in region.rows.get("sites", ()):
            by_site[row["name"]] = site(row)
            sites += entries(row, pack.code)
    around = tuple(region.table("around", pack.code) for region in regions)
    forms = {kind: _forms(around, kind) for kind in ("ending", "suffix", "nominative")}
    return Gazetteer(
        pack.code, pack.stem, names(regions, pack.stem), Phrases(areas), Phrases(sites), units, by_site,
        tuple(Phrases(e for e in table.entries if e.value not in forms) for table in around),
        forms["ending"], forms["suffix"], next(iter(forms["nominative"]), ""), _given(pack), pack.list("frequent"),
    )  # fmt: skip


def _forms(around: Sequence[Phrases], kind: str) -> tuple[str, ...]:
    """Return the endings or suffixes that the tables list, the longest first."""
    return tuple(
        sorted({e.phrase for table in around for e in table.entries if e.value == kind}, key=lambda p: (-len(p), p))
    )


def _given(pack: LanguagePack) -> frozenset[str]:
    return frozenset(_key(name, pack.stem) for name in pack.list("given_names"))


def _key(word: str, stem: Callable[[str], str]) -> str:
    """Return what a word is looked up by: the stem of a Cyrillic word, a Latin word without its owner's s."""
    if word.isascii():
        return OWNER.sub("", word).strip("'")
    return _stem(stem, word)


@lru_cache(maxsize=200_000)
def _stem(stem: Callable[[str], str], word: str) -> str:
    return "-".join(stem(part) for part in word.split("-"))


class _Sentence:
    """One sentence on its way to mentions."""

    def __init__(self, places: Gazetteer, text: str) -> None:
        self.places, self.text = places, text
        self.words: tuple[Word, ...] = words(text)
        self.hits: dict[int, list[Hit]] = {}
        for table in places.around:
            for hit in table.find(self.words, overlapping=True):
                if hit.value != "cue" or hit.end - hit.start > 1 or text[hit.end : hit.end + 1] == ".":
                    self.hits.setdefault(hit.first, []).append(hit)

    def mentions(self) -> Iterator[Mention]:
        found = [*self._phrases(), *self._named(), *self._cued(), *self._districts(), *self._directions()]
        last: Mention | None = None
        for mention in _longest(found):
            made = replace(mention, role=self._role(mention, last))
            last = made
            yield made

    # --- finding ---

    def _phrases(self) -> Iterator[Mention]:
        for hit in self.places.areas.find(self.words):
            kind = self.places.units[hit.value].split("-")[0]
            if any(self._capital(at) for at in range(hit.first, hit.last)) or self.text[hit.end - 1].isupper():
                yield Mention(hit.start, hit.end, kind, hit.value, (), "", hit.first, hit.last)  # type: ignore[arg-type]
        for hit in self.places.sites.find(self.words):
            yield Mention(
                hit.start, hit.end, "site", hit.value, (self.places.by_site[hit.value],), "", hit.first, hit.last
            )

    def _named(self) -> Iterator[Mention]:
        for at in range(len(self.words)):
            if not self._capital(at):
                continue
            rows = [row for row in self.places.starting(self.words[at].form) if self._goes(row.name, at)]
            for size in sorted({len(row.name) for row in rows}, reverse=True):
                fitting = [row for row in rows if len(row.name) == size]
                fitting = _usual(fitting)
                if size == 1 and self._longer(at, fitting):
                    yield self._mention(at, at + 2, "settlement", self._written(at, at + 2), ())
                    break
                bearers = tuple(dict.fromkeys(row.bearer for row in fitting))
                exact = any(row.name[0] == self.words[at].form for row in fitting)
                if bearers and self._plausible(at, at + size, bearers, exact):
                    yield self._mention(at, at + size, "settlement", bearers[0].name, bearers)
                    break

    def _longer(self, at: int, rows: Sequence[Row]) -> bool:
        """Say whether a small place's name goes on with another capitalised word, so that it is another place's."""
        if at + 1 >= len(self.words) or max(row.bearer.population for row in rows) >= LARGE:
            return False
        follows = self.words[at + 1]
        known = any(self._hit(at + 1, value) for value in ("office", "district"))
        known = known or follows.form in self.places.frequent
        known = known or any(hit.first == at + 1 for hit in self.places.areas.find(self.words))
        return self._joined(at) and self._capital(at + 1) and not known and bool(self._before(at, "in"))

    def _written(self, first: int, last: int) -> str:
        return self.text[self.words[first].start : self.words[last - 1].end]

    def _cued(self) -> Iterator[Mention]:
        """Yield names that no table holds, behind a word such as "village of"."""
        for at in range(len(self.words)):
            cue = self._hit(at, "cue")
            if not cue or cue.last >= len(self.words) or not self._capital(cue.last) or self.text[cue.start].isupper():
                continue
            name = self.text[self.words[cue.last].start : self.words[cue.last].end]
            if name.isupper() or name.isdigit():
                continue
            if re.fullmatch(r"[\s.«\"“]{1,3}", self.text[cue.end : self.words[cue.last].start]):
                end = cue.last + 1
                yield self._mention(cue.last, end, "settlement", name, ())

    def _districts(self) -> Iterator[Mention]:
        for at in range(1, len(self.words)):
            if self._hit(at, "district") and self._capital(at - 1) and len(self.words[at - 1].form) > 4:
                name = self.text[self.words[at - 1].start : self.words[at - 1].end]
                if self._starts(at - 1) and not self._by_adjective(self.words[at - 1].form):
                    continue  # a capital at the head of a sentence is none: "Riverside districts"
                seat = [b for b in self._by_adjective(self.words[at - 1].form) if SEAT[0] <= b.population <= SEAT[1]]
                yield self._mention(at - 1, at + 1, "district", name, tuple(seat))

    def _directions(self) -> Iterator[Mention]:
        """Yield the town of "the X direction", whose name is there as an adjective."""
        for at in range(1, len(self.words)):
            if not self._hit(at, "direction"):
                continue
            bearers = self._by_adjective(self.words[at - 1].form)
            if bearers:
                yield self._mention(at - 1, at + 1, "settlement", bearers[0].name, bearers)

    def _by_adjective(self, form: str) -> tuple[Bearer, ...]:
        root = next(
            (form[:at] for suffix in self.places.suffixes if (at := form.rfind(suffix)) >= 4 and len(form) - at <= 6),
            "",
        )
        if not root:
            return ()
        near = [
            row
            for row in _by_start(self.places).get(root[:4], ())
            if len(row.name) == 1 and _made_from(row.name[0], root)
        ]
        best = max(near, key=lambda row: (_shared(row.name[0], form), row.bearer.population), default=None)
        return (best.bearer,) if best else ()

    # --- judging ---

    def _mention(self, first: int, last: int, kind: Kind, name: str, bearers: tuple[Bearer, ...]) -> Mention:
        return Mention(self.words[first].start, self.words[last - 1].end, kind, name, bearers, "", first, last)

    def _goes(self, name: tuple[str, ...], at: int) -> bool:
        """Say whether the words from one on can be a name of several words; the first is known to fit."""
        if at + len(name) > len(self.words):
            return False
        return all(self.places.fits(part, self.words[at + i].form) for i, part in enumerate(name[1:], 1))

    def _plausible(self, first: int, last: int, bearers: Sequence[Bearer], exact: bool) -> bool:
        """Say whether a capitalised name is a place here: no person's, nor a first word by chance."""
        if self._person(first, last) or self._hit(first, "not") or self._quoted(first, last):
            return False
        if last - first == 1 and not self._alone(first, exact):
            return False
        big = max(bearer.population for bearer in bearers)
        if big >= LARGE or last - first > 1:
            return True
        if big >= SMALL and (
            (exact and not self._starts(first)) or self._place_word(first) or self._before(first, "from")
        ):
            return True
        return first > 0 and not self._starts(first) and self._place_word(first)

    def _alone(self, at: int, exact: bool) -> bool:
        """Say whether one word may be a place: no common word, no acronym, at the head of a sentence a nominative.

        A capital at the head of a sentence says little.
        """
        common = self.words[at].form in self.places.frequent
        return not common and not (at and self._acronym(at)) and (exact or not self._starts(at))

    def _acronym(self, at: int) -> bool:
        """Say whether a short word stands in capitals where the rest does not: SANA is no Sanaa."""
        said = self.text[self.words[at].start : self.words[at].end]
        return len(said) < SHORT and said.isupper() and not self.text.isupper()

    def _quoted(self, first: int, last: int) -> bool:
        """Say whether the words alone stand in quotation marks: the name of a ship or a weapon, as a rule."""
        before, after = self.text[: self.words[first].start], self.text[self.words[last - 1].end :]
        return bool(before) and before[-1] in QUOTES and bool(after) and after[0] in QUOTES

    def _place_word(self, first: int) -> bool:
        return bool(
            self._before(first, "in") or self._before(first, "cue") or self._before(first, "list") or self._comma(first)
        )

    def _comma(self, first: int) -> bool:
        return bool(re.search(r"[,(:]\s*$", self.text[: self.words[first].start]))

    def _starts(self, first: int) -> bool:
        return first == 0 or bool(re.search(r"[.!?\n:]\s*[«\"“]?$", self.text[: self.words[first].start]))

    def _person(self, first: int, last: int) -> bool:
        """Say whether a given name stands right before, or a capitalised word that makes the two a person's name."""
        if first and self._given(first - 1) and self._joined(first - 1):
            return True
        return self._given(first) and last < len(self.words) and self._capital(last) and self._joined(first)

    def _given(self, at: int) -> bool:
        return _key(self.words[at].form, self.places.stem) in self.places.given

    def _joined(self, at: int) -> bool:
        return self.text[self.words[at].end : self.words[at + 1].start] == " " and self._capital(at)

    def _capital(self, at: int) -> bool:
        return self.text[self.words[at].start].isupper()

    def _hit(self, at: int, value: str) -> Hit | None:
        return next((hit for hit in self.hits.get(at, ()) if hit.value == value), None)

    def _before(self, at: int, value: str) -> Hit | None:
        found = (self._hit(at - back, value) for back in (1, 2, 3))
        return next((hit for hit in found if hit and hit.last == at), None)

    def _role(self, mention: Mention, last: Mention | None) -> str:
        if self._office(mention):
            return "office"
        first = mention.first
        cue = self._before(first, "cue")
        governed = cue.first if cue else first
        if self._before(governed, "in") or cue or mention.kind == "site":
            return "in"
        if self._before(governed, "to"):
            return "to"
        apart = last is not None and last.kind == "country" and mention.kind != "country"  # "Ukraine, Moscow has …"
        if last and not apart and self._goes_on(last, governed):
            return "list"
        return "from" if self._before(first, "from") else ""

    def _goes_on(self, last: Mention, first: int) -> bool:
        between = self.text[last.end : self.words[first].start]
        return bool(re.fullmatch(r"[\s,()]*", between)) or bool(self._before(first, "list") and last.last >= first - 1)

    def _office(self, mention: Mention) -> bool:
        after = self._hit(mention.last, "office") or self._hit(mention.last, "outlet")
        if after and (self.places.lang == "en" or after.value == "outlet"):
            return True
        before = self._before(mention.first, "office")
        return bool(before) if mention.kind in ("settlement", "unit") else False


def _usual(rows: Sequence[Row]) -> list[Row]:
    """Return the places that have a name today, before those that only once had it, unless those are much larger."""
    main = [row for row in rows if row.main]
    largest = max((row.bearer.population for row in rows), default=0)
    if main and 2 * max(row.bearer.population for row in main) >= largest:
        return main
    return sorted(rows, key=lambda row: not row.main)


@lru_cache(maxsize=8)
def _by_start(places: Gazetteer) -> Mapping[str, Sequence[Row]]:
    index: dict[str, list[Row]] = {}
    for rows in places.names.values():
        for row in rows:
            if not row.name[0].isascii():
                index.setdefault(row.name[0][:4], []).append(row)
    return index


def _made_from(name: str, root: str) -> bool:
    """Say whether an adjective's root can come from a name: "бахмут" of "Бахмут", "бучан" of "Буча"."""
    if name.startswith(root):
        return len(name) - len(root) <= 3
    return len(name) <= len(root) and name.startswith(root[:-1])


def _alike(name: str, form: str, letters: int) -> bool:
    """Say whether two words begin with so many letters alike."""
    if len(name) < letters or len(form) < letters:
        return False
    return name[:letters].translate(CHANGING) == form[:letters].translate(CHANGING)


def _shared(name: str, form: str) -> int:
    """Return how many letters two words begin with alike; vowels that change within a word count as alike."""
    alike = zip(name.translate(CHANGING), form.translate(CHANGING), strict=False)
    return next((at for at, (a, b) in enumerate(alike) if a != b), min(len(name), len(form)))


RANK = {"site": 0, "unit": 1, "country": 1, "wider": 1, "district": 2, "settlement": 3}


def _longest(found: Sequence[Mention]) -> list[Mention]:
    """Keep, of overlapping mentions, the longest; of equally long ones the one that a table holds."""
    return disjoint(sorted(found, key=lambda m: (m.start - m.end, not m.bearers, RANK[m.kind], m.start)))
