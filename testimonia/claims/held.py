"""Under whose name do the words put a place, and who holds it, as they say? To claim is not to hold: kept apart.

Read off the claim's own sentence, where that names the place, and off nothing else: never from what is known of the
front. A name that one party alone gives a place makes that party its `claimant`, on all sides by one table (`claimed`).
Words beside the name say who holds it (`held`): "Russian-held X", "X, controlled by Kyiv". "Occupied" and "liberated"
mean the other and the own side of whoever speaks; where nobody's side is told, they say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from testimonia.claims.asked import Asked
from testimonia.claims.cast import stance_taken
from testimonia.claims.line import GOVERN
from testimonia.claims.place import known
from testimonia.claims.sides import SIGN, Named, Stance, Tables, named
from testimonia.phrases import Entry, Hit, Phrases
from testimonia.records import Claim, Place, Reason

BY, BEHIND, LED = "by", "behind", "led"  # tags: the party is named next; behind the name; only behind a word of place
THEIRS, OURS = "theirs", "ours"  # values: the other side's and the own one's of who speaks
NOBODY = "none"  # a value: nobody's, or no longer
UNSAID = (THEIRS, OURS, BY, NOBODY)  # values that name no party themselves
SKIPPED = ("skip", "cue")  # words around places that may stand between
LEADS = (*GOVERN, "to", "from", "skip")  # … and that lead to an adjective of the place: "in occupied X"
OF, LINK = "of", "link"  # words between: before a name ("part of"), and behind it ("which is")
MOST = 4  # words or phrases between
NOT_SO = ("denied", "planned", "predicted")  # "denied that X is under Russian control" says of nobody that he holds X
BESIDE = 6  # characters between a town and the unit behind it: "X (Y)", "X, in Y"


class Row(NamedTuple):
    """A name that one party gives a place, and from which day on it is that party's alone, None for ever."""

    place: str
    unit: str
    party: str
    since: date | None


@dataclass(frozen=True, eq=False)
class Names:
    """The names of places that one party alone gives them, as one language writes them."""

    phrases: Phrases
    rows: Mapping[str, Row]


@lru_cache(maxsize=64)
def _names(tables: Tables) -> Names:
    rows, entries = dict[str, Row](), list[Entry]()
    for region in tables.packs.regions:
        for at, row in enumerate(region.rows.get("claimed", ())):
            key = f"{region.code} {at}"
            since = date.fromisoformat(row["since"]) if row["since"] else None
            rows[key] = Row(row["place"], row["unit"], row["party"], since)
            phrases = (row.get(tables.pack.code) or "").split("|")
            entries += (Entry(key, phrase) for phrase in phrases if phrase.strip())
    return Names(Phrases(entries), rows)


def held(claim: Claim, asked: Asked) -> Claim:
    """Return a claim whose place says under whose name the words put it, and who holds it, where they do.

    Where only a first-level unit is known, that is told of the unit as an area.
    """
    named_as = claim.place.words if claim.place else None
    if not named_as and not (claim.place is None and claim.adm1):
        return claim
    found = next((one for span in _spans(claim, asked) if (one := _Spot(claim, asked, *span)).says), None)
    if found is None:
        return claim
    place = claim.place or _area(claim.adm1 or "", asked, found.words)
    place = replace(place, claimant=found.claimant, controller=found.controller)
    return replace(claim, place=place, reasons=(*claim.reasons, *found.reasons))


def _spans(claim: Claim, asked: Asked) -> Iterator[tuple[int, int]]:
    """Yield where the sentence names the place or the unit: in the clause first."""
    text = asked.sentence.text
    if claim.place:
        said = claim.place.words
        starts = [at for at in range(len(text)) if text.startswith(said, at)]
        spans = [(at, at + len(said)) for at in starts]
    else:
        spans = [(m.start, m.end) for m in known(asked).find(text) if m.kind == "unit" and m.name == claim.adm1]
    yield from sorted(spans, key=lambda span: not asked.within(*span))


def _area(unit: str, asked: Asked, words: str) -> Place:
    book = asked.packs.book
    code = book.iso_of(unit)
    bearer = book.place(code) if code else None
    radius = bearer.radius if bearer else None
    return Place(unit, code, unit, precision="oblast", words=words, radius_km=radius)


@dataclass(frozen=True)
class _Spot:
    """One mention of the place in the sentence, with what stands around it."""

    claim: Claim
    asked: Asked
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.asked.sentence.text[self.start : self.end]

    @property
    def says(self) -> bool:
        return bool(self.claimant or self.controller)

    @property
    def claimant(self) -> str | None:
        return self._named[0] if self._named else None

    @property
    def controller(self) -> str | None:
        return self._holder[0] if self._holder else None

    @property
    def reasons(self) -> Iterator[Reason]:
        for question, one in (("claimant", self._named), ("controller", self._holder)):
            if one:
                yield Reason("place", f"{question}: {one[0]}", one[1])

    @cached_property
    def _tables(self) -> Tables:
        return Tables.of(self.asked.pack, self.asked.packs)

    # --- whose name it is ---

    @cached_property
    def _named(self) -> tuple[str, str] | None:
        """Return the party whose name for the place stands here, or right behind it for its unit, and the words."""
        names, text = _names(self._tables), self.asked.sentence.text
        for hit in names.phrases.find(self.asked.words):
            row = names.rows[hit.value]
            if self._is(row) and self._touches(hit) and self._since(row):
                return row.party, text[hit.start : hit.end]
        return None

    def _is(self, row: Row) -> bool:
        """Say whether a name is that of the place, or of the unit it lies in."""
        place = self.claim.place
        if row.place == row.unit:
            return row.unit in (self.claim.adm1, place.adm1 if place else None)
        return place is not None and (place.name, place.adm1) == (row.place, row.unit)

    def _touches(self, hit: Hit) -> bool:
        """Say whether words for a place hold the mention, or stand right behind it: "X (Y)"."""
        text = self.asked.sentence.text
        if hit.start < self.end and self.start < hit.end:
            return True
        between = text[self.end : hit.start]
        return 0 < len(between) <= BESIDE and not any(sign in between for sign in ".;:")

    def _since(self, row: Row) -> bool:
        """Say whether the document is from when the name was one party's alone; one without a day may be older."""
        day = self.asked.document.date
        return row.since is None or (day is not None and day.last >= row.since)

    # --- who holds it ---

    @cached_property
    def _hits(self) -> tuple[Hit, ...]:
        tables = (region.table("held", self.asked.pack.code) for region in self.asked.packs.regions)
        return tuple(hit for table in tables for hit in table.find(self.asked.words, overlapping=True))

    @cached_property
    def _around(self) -> tuple[Hit, ...]:
        tables = (region.table("around", self.asked.pack.code) for region in self.asked.packs.regions)
        return tuple(hit for table in tables for hit in table.find(self.asked.words, overlapping=True))

    @cached_property
    def _between(self) -> tuple[Hit, ...]:
        """The words that may stand between what says who holds a place and its name."""
        skipped = (hit for hit in self._around if hit.value in SKIPPED)
        return (*skipped, *(hit for hit in self._hits if hit.value == OF))

    @cached_property
    def _parties(self) -> tuple[Named, ...]:
        return named(self.asked.sentence.text, self._tables, self._stance)

    @cached_property
    def _stance(self) -> Stance:
        return stance_taken(self.asked)

    @cached_property
    def _holder(self) -> tuple[str, str] | None:
        """Return the party that the words beside the name say holds the place, and the words."""
        if not any(hit.value not in (OF, LINK) for hit in self._hits):
            return None
        return self._before() or (None if self.claim.modality in NOT_SO else self._behind())

    def _before(self) -> tuple[str, str] | None:
        """Read what stands before the name: "in the Russian-held part of X", «в подконтрольном Киеву X»."""
        split = self.asked.words
        at = next((i for i, word in enumerate(split) if word.end > self.start), len(split))
        party: Named | None = None
        for _ in range(MOST):
            ending = [hit for hit in self._hits if hit.last == at and self._says_who(hit)]
            if ending:
                return self._told(max(ending, key=lambda hit: hit.end - hit.start), party)
            party = next((one for one in self._parties if one.last == at), None)
            between = [hit for hit in self._between if hit.last == at]
            step = party.first if party else min((hit.first for hit in between), default=at)
            if step == at or SIGN.search(self.asked.sentence.text[split[step].end : self.start].rstrip('«"“ ')):
                return None
            at = step
        return None

    def _says_who(self, hit: Hit) -> bool:
        """Say whether a phrase says who holds the place whose name stands behind it."""
        if hit.value in (OF, LINK) or BEHIND in hit.tags:
            return False
        if LED not in hit.tags:
            return True
        return any(word.last == hit.first and word.value in LEADS for word in self._around)

    def _behind(self) -> tuple[str, str] | None:
        """Read what stands behind the name: "X, which is under Russian control", «X, подконтрольный Киеву»."""
        split, text = self.asked.words, self.asked.sentence.text
        at = next((i for i, word in enumerate(split) if word.start >= self.end), len(split))
        if at < len(split) and not set(text[self.end : split[at].start]) <= set(' ,(»"”'):
            return None
        for _ in range(MOST):
            starting = [hit for hit in self._hits if hit.first == at and self._tells(hit)]
            if starting:
                hit = max(starting, key=lambda hit: hit.end - hit.start)
                return self._told(hit, next((one for one in self._parties if one.first == hit.last), None))
            step = next((hit.last for hit in self._hits if hit.first == at and hit.value == LINK), at)
            if step == at:
                return None
            at = step
        return None

    def _tells(self, hit: Hit) -> bool:
        """Say whether a phrase may say who holds the place whose name stands before it."""
        return hit.value == NOBODY or (hit.value not in (OF, LINK) and not hit.tags.isdisjoint({BY, BEHIND}))

    def _told(self, hit: Hit, party: Named | None) -> tuple[str, str] | None:
        """Return the party that a phrase means, and the words; None where they leave it open."""
        said = self.asked.sentence.text
        if BY in hit.tags and party:
            code = None if "people" in party.tags else party.code("territory")
            return (code, said[min(hit.start, party.start) : max(hit.end, party.end)]) if code else None
        side = {THEIRS: self._stance.enemy, OURS: self._stance.own}.get(hit.value)
        code = f"{side}_forces" if side else None if hit.value in UNSAID else hit.value
        return (code, said[hit.start : hit.end]) if code else None
