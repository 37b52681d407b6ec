"""Which parties do the words of a sentence name?

A side is named by an adjective, by its state or by a name of its own. A noun that more than one side has (partisans,
police) names nobody by itself: whoever is named in the same noun phrase decides ("Russian border guards", "police of
Ukraine"), whatever the noun is mostly used for. With nobody named, the police are the own side's and the
militants the enemy's, where the source list or the speaker in the sentence tells whose side is taken. "Our" and "the
enemy" go by these too, and by whom loaded words mean. Language tells nothing about it. Else the party is
somebody, and has no code.

Parties of the rest of the world go by their own short names in a document on another conflict than the region packs',
and by where they stand (table standing) in one on theirs; which it is, scene.py says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Entry, Hit, Word, longest, words

# What a state does through its offices rather than its forces, where the words name only the state.
BY_AUTHORITY = frozenset(
    ("prosecution", "restriction", "imposition", "deportation", "reward", "aid", "demography", "disclosure",
     "conscription", "symbolic", "refusal", "protest")
)  # fmt: skip
RESISTANCE = "resistance"
CLASSES = frozenset(("forces", "authorities", RESISTANCE))
UNPLACED = CLASSES | {"of", "enemy", "our"}  # values of nouns and of words for sides, which name no party themselves
OPPOSITION = "opposition"  # rebels of a state, in the codes of other conflicts
TOWN = "town"  # the tag of a town or a part of a state: no party, but it says whose a noun is
HERE = "here"  # the tag of what names a party in a document on the region pack's conflict alone
BARE = "bare"  # the tag of a noun that every side has, with nobody named beside it
JOINED = "of"  # the value of words that join a noun to its owner
NOBODY = "nobody"  # the value of a name that holds the word for a side and is none's ("Moscow region", "Kyiv Post")
SIGN = re.compile(r"[,;:.()«»\"]")
NEAR = 4  # words within which an adjective finds its noun
GAP = 2  # words that may stand between an adjective and a noun that every side has ("Russian special border guards")


@dataclass(frozen=True, slots=True)
class Named:
    """A party named in a sentence: the words, its code as a force and as an authority, and how it is used.

    The codes are empty where the words name somebody, but not whose side they are on. `head` is the stem of a noun that
    every side has, which may come back later with nobody named beside it ("Russian border guards … the border guards").
    """

    start: int
    end: int
    first: int
    last: int
    force: str
    authority: str
    tags: frozenset[str]
    role: str = ""
    head: str = ""
    words: str = ""

    def code(self, kind: str) -> str | None:
        """Return the code of the party in a happening of a type, None where its side is not told."""
        if self.role == "force":
            return self.force or None
        if self.role == "authority":
            return self.authority or None
        return (self.authority if kind in BY_AUTHORITY else self.force) or None


@dataclass(frozen=True, slots=True)
class Stance:
    """Whom "we" and "the enemy" mean: the short names of two sides, None where nobody says.

    `stated` where the source list or the speaker says so; loaded words alone do not tell whose "the police" are.
    `abroad` in a document on another conflict than the region packs', `home` the government of the state and `foe` the
    armed group that it is about.
    """

    own: str | None = None
    enemy: str | None = None
    stated: bool = False
    abroad: bool = False
    home: str = ""
    foe: str = ""


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of all region packs in one language; two of the same packs are equal."""

    pack: LanguagePack
    packs: Packs

    @classmethod
    def of(cls, pack: LanguagePack, packs: Packs) -> Tables:
        """Return the tables of packs; the same object for the same packs, so that what it looks up is kept."""
        return _first(cls(pack, packs))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tables) and self.pack is other.pack and self.packs is other.packs

    def __hash__(self) -> int:
        return hash((id(self.pack), id(self.packs)))

    def find(self, name: str, split: Sequence[Word]) -> list[Hit]:
        """Return the hits of a table of every region pack in this language, and then of the language pack."""
        tables = (*(region.table(name, self.pack.code) for region in self.packs.regions), self.pack.table(name))
        return [hit for table in tables for hit in table.find(split)]

    def endings(self, kind: str) -> tuple[str, ...]:
        """Return the endings of words that the table of voices lists."""
        return tuple(entry.phrase for entry in self._entries("voices") if entry.value == kind)

    def _entries(self, name: str) -> Iterator[Entry]:
        """Yield the lines of a table of every region pack in this language, and then of the language pack."""
        for region in self.packs.regions:
            yield from region.table(name, self.pack.code).entries
        yield from self.pack.table(name).entries

    @cached_property
    def enemies(self) -> Mapping[str, str]:
        """Each side with the side that it calls the enemy."""
        rows = [row for region in self.packs.regions for row in region.rows.get("enemies", ())]
        return {row["own"]: row["enemy"] for row in rows}

    @cached_property
    def signs(self) -> Mapping[str, str]:
        """The code of the party that each sign of money belongs to."""
        rows = [row for region in self.packs.regions for row in region.rows.get("signs", ())]
        return {row["sign"]: row["party"] for row in rows}

    @cached_property
    def joins(self) -> bool:
        """Whether the language joins a noun to its owner by a word, its adjectives having no endings."""
        return any(entry.value == JOINED for entry in self._entries("parties"))

    @cached_property
    def standing(self) -> Mapping[str, str]:
        """The code of parties of the world in the region packs' conflict; "*" is who is not listed."""
        rows = [row for region in self.packs.regions for row in region.rows.get("standing", ())]
        return {row["party"]: row["code"] for row in rows}

    def side(self, code: str) -> str | None:
        """Return the side that a code belongs to ("ru" of "ru_forces"), None for other parties."""
        side, _, kind = code.partition("/")[0].partition("_")
        return side if side in self.enemies and kind in CLASSES else None

    def parties(self, text: str, split: Sequence[Word], *, abroad: bool) -> list[Hit]:
        """Return the words for parties: those of the region packs first, each with its code in this document."""
        found = [hit for hit in (*self.find("parties", split), *self.find("states", split)) if _spelled(hit, text)]
        found = [hit for hit in found if not (abroad and HERE in hit.tags)]
        return [self._placed(hit, abroad=abroad) for hit in longest(found) if hit.value != NOBODY]

    def loaded(self, split: Sequence[Word]) -> bool:
        """Say whether any word for a party takes a side."""
        return any("loaded" in hit.tags for name in ("parties", "states", "roles") for hit in self.find(name, split))

    def _placed(self, hit: Hit, *, abroad: bool) -> Hit:
        """Return a hit with the code that its party has in a document on the region packs' conflict, or on another."""
        if not self.standing or hit.value in UNPLACED or self.side(hit.value):
            return hit
        code = self.standing.get(hit.value.partition("/")[0], self.standing["*"])
        return hit if abroad and not self.side(code) else replace(hit, entry=_recoded(hit.entry, code))


@lru_cache(maxsize=64)
def _first(tables: Tables) -> Tables:
    return tables


@lru_cache(maxsize=4096)
def _recoded(entry: Entry, code: str) -> Entry:
    return replace(entry, value=code)


@lru_cache(maxsize=4096)
def named(text: str, tables: Tables, stance: Stance) -> tuple[Named, ...]:
    """Return the parties that a sentence names, in text order; those without a code are somebody of an unknown side."""
    split = words(text)
    hits = tables.parties(text, split, abroad=stance.abroad)
    phrase = _Phrase(text, split, tables, stance, hits, tables.find("roles", split))
    return tuple(sorted(phrase.read(), key=lambda one: one.first))


def recalled(one: Named, before: Iterable[Named]) -> Named:
    """Return a party; one that is a noun alone takes its code from the last that the same noun named earlier."""
    if BARE not in one.tags:
        return one
    told = [other for other in before if other.force and BARE not in other.tags]
    same = next((other for other in told if other.head == one.head), None)
    if not same and "resistance" in one.tags:  # where all that was told of is of one side, so is this
        resisting = [other for other in told if other.force.endswith("_resistance")]
        same = resisting[0] if len({other.force for other in resisting}) == 1 else None
    return replace(one, force=same.force, authority=same.authority) if same else one


@lru_cache(maxsize=4096)
def stance(text: str, tables: Tables) -> Stance:
    """Return whose enemy the loaded words of a text mean; nobody's where it has none."""
    if not tables.loaded(words(text)):
        return Stance()
    said = [one for one in named(text, tables, Stance()) if "loaded" in one.tags and "person" in one.tags]
    enemy = next((side for one in said if (side := tables.side(one.force))), None)
    return Stance(next((own for own, other in tables.enemies.items() if other == enemy), None), enemy)


def alignments(packs: Packs) -> frozenset[str]:
    """Return the sides that a list of sources may state, as the region packs name them."""
    return frozenset(row["alignment"] for region in packs.regions for row in region.rows.get("enemies", ()))


def side_stated(alignment: str | None, packs: Packs) -> Stance | None:
    """Return whom "we" and "the enemy" mean to an outlet of an alignment; None where the region packs do not say."""
    rows = (row for region in packs.regions for row in region.rows.get("enemies", ()))
    found = next((row for row in rows if row["alignment"] == alignment), None)
    return Stance(found["own"], found["enemy"], stated=True) if found else None


def _both(value: str) -> tuple[str, str]:
    """Return the codes of a table's value as a force and as an authority."""
    force, _, authority = value.partition("/")
    return force, authority or force


def _sided(value: str, side: str) -> str:
    """Return the value of a noun, a class or codes of the other side, as a side's own."""
    return "/".join(f"{side}_{code if code in CLASSES else code.split('_', 1)[1]}" for code in value.split("/"))


def _spelled(hit: Hit, text: str) -> bool:
    """Say whether a short name in Latin capitals in the table (EU, US) is in capitals in the text too."""
    phrase = hit.entry.phrase
    said = text[hit.start : hit.end]
    letters = [c for c in phrase if c.isalpha()]
    if phrase.isascii() and letters and all(c.isupper() for c in letters) and len(letters) <= 4:
        return said[: len(phrase.rstrip("*"))].upper() == said[: len(phrase.rstrip("*"))]
    return True


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The hits of one sentence, put together to noun phrases."""

    text: str
    words: tuple[Word, ...]
    tables: Tables
    stance: Stance
    hits: Sequence[Hit]
    roles: Sequence[Hit]

    def read(self) -> Iterator[Named]:
        """Yield the parties: first the nouns with whom they belong to, then what is left."""
        used: set[int] = set()
        for noun in self.hits:
            mark = self._mark(noun, used)
            if mark:
                used |= {noun.first, mark.first}
                yield self._joined(noun, mark)
        for hit in self.hits:
            if hit.first not in used and hit.value != JOINED and not self._describes(hit):
                yield from self._alone(hit)

    def _describes(self, mark: Hit) -> bool:
        """Say whether an adjective of a state only describes who is named right behind it ("Lebanese Hezbollah")."""
        if "adjective" not in mark.tags or mark.value in UNPLACED or self.tables.side(mark.value):
            return False
        return any(hit.first == mark.last and {"person", "people"} & hit.tags for hit in self.hits)

    # --- who is named beside a noun ---

    def _mark(self, noun: Hit, used: set[int]) -> Hit | None:
        """Return what says whose a noun is: right before it, behind it, or a little before it."""
        shared = noun.value in CLASSES
        if not shared and not self._overruled(noun):
            return None
        before = [hit for hit in self.hits if hit.last <= noun.first and self._says_whose(hit, noun)]
        before = [hit for hit in before if hit.first not in used and self._reaches(hit, noun)]
        close = [hit for hit in before if hit.last == noun.first]
        behind = [hit for hit in self.hits if shared and hit.first >= noun.last and self._owns(hit, noun)]
        near = before[-1:] if shared else []
        return next(iter((*close, *behind, *near)), None)

    def _overruled(self, noun: Hit) -> bool:
        """Say whether a name is one of people of a side, which an adjective may give to the other."""
        of_a_side = self.tables.side(noun.value) is not None and noun.tags.isdisjoint({"country", "adjective"})
        return of_a_side and not noun.tags.isdisjoint({"person", "loaded"})

    def _says_whose(self, hit: Hit, noun: Hit) -> bool:
        """Say whether a word before a noun says whose it is."""
        if hit.value in CLASSES or "people" in hit.tags or hit.value == JOINED:
            return False
        if "national" in hit.tags:  # «русские войска»; apart from its noun it is people
            return "adjective" in hit.tags and hit.last == noun.first and noun.value in CLASSES
        if "adjective" in hit.tags:
            return noun.value in CLASSES or self.tables.side(hit.value) is not None
        beside = hit.last == noun.first and noun.value in CLASSES
        return beside and self.tables.joins and ("country" not in hit.tags or "before" in hit.tags)

    def _reaches(self, mark: Hit, noun: Hit) -> bool:
        """Say whether only words of the same noun phrase stand between."""
        between = range(mark.last, noun.first)
        if len(between) > GAP or SIGN.search(self.text[mark.end : noun.start]):
            return False
        if any(hit.first in between for hit in (*self.hits, *self.roles)):
            return False
        ending = self.words[mark.last - 1].form[-1]  # adjectives of one phrase agree
        return self.tables.joins or all(self.words[at].form[-1] == ending for at in between)

    def _owns(self, hit: Hit, noun: Hit) -> bool:
        """Say whether a name behind a noun says whose it is: «поліція України», "police of Ukraine"."""
        if not hit.tags.isdisjoint({"adjective", "people"}) or hit.value in (JOINED, *CLASSES):
            return False
        if SIGN.search(self.text[noun.end : hit.start]):
            return False
        if not hit.tags and self._names_only(noun.last, hit.first):
            return True  # an office and who holds it: "President Putin"
        if not self.tables.joins:
            return hit.first == noun.last
        ofs = [one for one in self.hits if one.value == JOINED and one.first == noun.last]
        return any(0 <= hit.first - one.last <= 1 for one in ofs)

    def _names_only(self, first: int, last: int) -> bool:
        """Say whether nothing but a given name or two stands between two words."""
        given = self.tables.pack.list("given_names")
        return last - first <= GAP and all(word.form in given for word in self.words[first:last])

    def _joined(self, noun: Hit, mark: Hit) -> Named:
        """Return the party of a noun and what says whose it is."""
        side = self._side(mark)
        kind = RESISTANCE if mark.value.endswith(f"_{RESISTANCE}") else noun.value  # whose fighters stay what they are
        code = _sided(kind, side) if side else self._of_state(noun, mark)
        tags = (noun.tags | (mark.tags & {"loaded"})) - {"own", "foe"}
        ends = (min(noun.start, mark.start), max(noun.end, mark.end))
        span = (min(noun.first, mark.first), max(noun.last, mark.last))
        return Named(*ends, *span, *_both(code), tags, "", self._head(noun), self.text[ends[0] : ends[1]])

    def _of_state(self, noun: Hit, mark: Hit) -> str:
        """Return whose a noun is beside the name of a state: its government's, and rebels its opposition's."""
        if mark.tags & {"enemy", "our"}:
            return ""
        if "rebel" in noun.tags and {"adjective", "country"} & mark.tags:
            return OPPOSITION
        return mark.value.rpartition("/")[2]

    def _head(self, noun: Hit) -> str:
        return self.tables.pack.stem(self.words[noun.last - 1].form)

    def _side(self, mark: Hit) -> str | None:
        if "enemy" in mark.tags:
            return self.stance.enemy
        if "our" in mark.tags:
            return self.stance.own
        return self.tables.side(mark.value)

    # --- what stands alone ---

    def _alone(self, hit: Hit) -> Iterator[Named]:
        if TOWN in hit.tags:
            return
        if hit.value in CLASSES:
            code = self._at_home(hit) if self.stance.abroad else self._by_stance(hit)
            yield replace(self._plain(hit, code, hit.tags | {BARE, hit.value}), head=self._head(hit))
        elif "national" in hit.tags:
            yield self._national(hit)
        elif hit.tags & {"enemy", "our"}:
            yield from self._pointed(hit)
        else:
            one = self._with_role(hit, hit.value)
            if one.role or not {"place", "adjective"} <= hit.tags:
                yield replace(one, head=self._head(hit)) if hit.last - hit.first > 1 else one

    def _by_stance(self, noun: Hit) -> str:
        """Return whose a noun with nobody named beside it is, by the side that is stated."""
        taken = self.stance if self.stance.stated else Stance()
        side = taken.own if "own" in noun.tags else taken.enemy if "foe" in noun.tags else None
        return f"{side}_{noun.value}" if side else ""

    def _at_home(self, noun: Hit) -> str:
        """Return whose a noun with nobody named beside it is in a document on another conflict."""
        if "rebel" in noun.tags or noun.value == RESISTANCE:
            return OPPOSITION
        if "foe" in noun.tags:
            return self.stance.foe
        return self.stance.home if noun.value == "authorities" or noun.tags & {"own", "home"} else ""

    def _plain(self, hit: Hit, value: str, tags: frozenset[str], role: str = "") -> Named:
        said = self.text[hit.start : hit.end]
        return Named(hit.start, hit.end, hit.first, hit.last, *_both(value), tags, role, "", said)

    def _national(self, hit: Hit) -> Named:
        """Return people of a nation: those of the other side are what they do says, all others private people."""
        side = self.tables.side(hit.value)
        if not side or side == self.stance.own:
            return self._plain(hit, "civilians", frozenset({"people"}))
        return self._plain(hit, hit.value, frozenset({"nation"}))

    def _pointed(self, hit: Hit) -> Iterator[Named]:
        """Yield whom "the enemy", or "our" with its noun, means."""
        side = self._side(hit)
        one = self._with_role(hit, f"{side}_forces/{side}_authorities" if side else "")
        if "enemy" in hit.tags or one.role:
            yield one

    def _with_role(self, hit: Hit, value: str) -> Named:
        """Return a party with the noun that says what its adjective or its state stands for."""
        role, tags = "", hit.tags
        if "/" in value or "adjective" in tags:
            noun = self._noun_behind(hit) if "adjective" in tags else self._noun_before(hit)
            role, tags = (noun.value, tags | noun.tags) if noun else ("", tags)
        if role == "people":
            return self._plain(hit, "civilians", frozenset({"people"}))
        return self._plain(hit, value, tags, role)

    def _noun_behind(self, hit: Hit) -> Hit | None:
        """Return the noun behind an adjective: the nearest of the next few words, over no sign."""
        near = [role for role in self.roles if 0 <= role.first - hit.last < NEAR]
        near = [role for role in near if not SIGN.search(self.text[hit.end : role.start])]
        return min(near, key=lambda r: r.first) if near else None

    def _noun_before(self, hit: Hit) -> Hit | None:
        """Return the noun before the name of a state: "missiles of X", «ракети РФ»."""
        ofs = [one for one in self.hits if one.value == JOINED and 0 <= hit.first - one.last <= 1]
        starts = {one.first for one in ofs} if self.tables.joins else {hit.first}
        near = [role for role in self.roles if role.last in starts]
        return max(near, key=lambda r: r.first) if near else None
