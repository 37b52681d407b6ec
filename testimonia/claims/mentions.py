"""The place names of a sentence: settlements, sites, units, states, each with what stands around it.

Names are found by the stems of their words, so in any case form. A bare name is a set of bearers; which of them is
meant is decided in `which.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from testimonia.claims.forms import ADJECTIVAL, MASCULINE, OF_A_TOWN, OF_ADJECTIVES, OF_FEMININES, SURELY_OF_A_TOWN
from testimonia.claims.line import Line
from testimonia.claims.offset import AT, Offset, offset
from testimonia.claims.toponyms import MIN_ADJECTIVE, Toponyms, usual
from testimonia.phrases import Hit, disjoint
from testimonia.places.book import Bearer, Row

Worded = Literal["district", "hromada", "okrug"]
Kind = Literal["site", "settlement", "hromada", "district", "unit", "country", "wider"]
FAR = 300_000  # people of a town of a state of which nothing else is said
LARGE = 30_000  # a town that is named without any word of place
OF_VERBS = ("ли", "ла", "ло", "в", "ть", "ся", "сь", "но", "то")  # endings of words that no adjective goes before
SMALL = 10_000  # a name of smaller places only, right at the head of a sentence, is most likely another word
TELLING = 6  # letters of the name of a unit of a far state of which nothing else is said
LONGEST = 3  # words of a name that no table holds
BETWEEN = 4  # words back to the adjective of a site: "the X sea trade port"
WORDED: tuple[Worded, ...] = ("okrug", "district", "hromada")  # areas known by the word behind them
RANK = {"site": 0, "unit": 1, "country": 1, "wider": 1, "hromada": 2, "district": 2, "settlement": 3}


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
    offset: Offset = AT


class Finder:
    """One sentence on its way to mentions; `states` are those whose small towns are looked for too."""

    def __init__(self, places: Toponyms, text: str, states: frozenset[str]) -> None:
        self.places, self.text, self.states = places, text, states | places.home
        self.line = Line(places, text)
        self.words = self.line.words

    def mentions(self) -> Iterator[Mention]:
        """Yield the mentions in text order, each with its role and how the place lies to the one named."""
        areas = [*self._phrases(), *self._units()]
        self.areas_at = {m.first for m in areas if m.kind == "unit"}
        found = [
            *areas, *self._sites(), *self._directions(), *self._named(), *self._cued(), *self._unknown(),
            *self._districts(),
        ]  # fmt: skip
        last: Mention | None = None
        for mention in _longest(found):
            off = (
                mention.offset
                if mention.offset is not AT
                else offset(self.words, self.text, self.line.hits, mention.first)
            )
            made = replace(mention, role=self.role(mention, last), offset=off)
            last = made
            yield made

    def _phrases(self) -> Iterator[Mention]:
        for hit in self.places.areas.find(self.words):
            kind = self.places.units[hit.value].split("-")[0]
            if any(self.line.capital(at) for at in range(hit.first, hit.last)) or self.text[hit.end - 1].isupper():
                yield Mention(hit.start, hit.end, kind, hit.value, (), "", hit.first, hit.last)  # type: ignore[arg-type]
        for hit in self.places.sites.find(self.words):
            yield Mention(
                hit.start, hit.end, "site", hit.value, (self.places.by_site[hit.value],), "", hit.first, hit.last
            )

    def _unknown(self) -> Iterator[Mention]:
        """Yield names that no table holds, behind a word of place and right before their unit: «у Х Y області»."""
        for at in range(1, len(self.words)):
            if (
                self.line.capital(at)
                and self._before_unit(at + 1)
                and self.line.leads(at)
                and not self.places.starting(self.words[at].form)
            ):
                yield self.mention(at, at + 1, "settlement", self.line.written(at, at + 1), ())

    def _units(self) -> Iterator[Mention]:
        """Yield the first-level units of a list under one word: "in X, Y and Z oblasts"."""
        for at in range(len(self.words)):
            if not self.line.hit(at, "units"):
                continue
            back = at - 1
            while back >= 0 and (self.line.capital(back) or self.line.hit(back, "list")):
                name = self.places.unit_of(self.words[back].form)
                if name:
                    yield self.mention(back, back + 1, "unit", name, ())
                back -= 1

    def _sites(self) -> Iterator[Mention]:
        """Yield sites known by their town and kind: "the X airfield", "порт X", with the town's adjective or name."""
        for at in range(len(self.words)):
            for hit in self.line.hits.get(at, ()):
                if hit.value.startswith("site "):
                    yield from self._site_before(hit)
                    yield from self._site_behind(hit)

    def _site_before(self, hit: Hit) -> Iterator[Mention]:
        """Yield the site of which the town's adjective (or name) stands before the word for its kind."""
        at = self._capital_before(hit.first)
        if at < 0 or not self.areas_at.isdisjoint(range(at, hit.first)):
            return  # "in Kharkiv region … the depot"
        if not all(self.line.joined(one, capital=False) for one in range(at, hit.first)):
            return
        if at < hit.first - 1 and self.places.lang == "en":
            return  # "Kharkiv aircraft plant", but a name in English is no adjective
        if self.places.lang == "en":
            rows = [row for row in self.places.starting(self.words[at].form) if self.meant(row, at)]
            towns = tuple(dict.fromkeys(row.bearer for row in usual(rows, self.words[at].form) if len(row.name) == 1))
        else:
            ending = OF_A_TOWN if at == hit.first - 1 else SURELY_OF_A_TOWN
            towns = self.places.by_adjective(self.words[at].form) if ending.search(self.words[at].form) else ()
        yield from self._of_town(at, hit.last, towns, hit)

    def _capital_before(self, first: int) -> int:
        """Return the nearest capitalised word a little before a word, that is no party's adjective; -1 for none."""
        near = range(first - 1, max(first - BETWEEN, -1), -1)
        return next((at for at in near if self.line.capital(at) and not self.line.hit(at, "skip")), -1)

    def _site_behind(self, hit: Hit) -> Iterator[Mention]:
        """Yield the site right before whose town's name the word for its kind stands ("аеродром X")."""
        at = hit.last
        while skipped := next((one for one in self.line.hits.get(at, ()) if one.value == "skip"), None):
            at = skipped.last  # "the airfield of occupied X"
        between = self.text[self.words[at - 1].end : self.words[at].start] if at < len(self.words) else "."
        if self.places.lang == "en" or not re.fullmatch(r"\s?[\s«\"“”]+", between) or not self.line.capital(at):
            return
        rows = [row for row in self.places.starting(self.words[at].form) if self.meant(row, at) and len(row.name) == 1]
        towns = tuple(dict.fromkeys(row.bearer for row in usual(rows, self.words[at].form)))
        yield from self._of_town(hit.first, at + 1, towns, hit)

    def _of_town(self, first: int, last: int, towns: Sequence[Bearer], hit: Hit) -> Iterator[Mention]:
        kind = hit.value.partition(" ")[2]
        made = tuple(
            town._replace(kind="site", name=f"{town.name} {kind}") for town in towns if town.kind == "settlement"
        )
        if made:
            yield self.mention(first, last, "site", made[0].name, made)

    def _named(self) -> Iterator[Mention]:
        for at in range(len(self.words)):
            if not self.line.capital(at):
                continue
            rows = [row for row in self.places.starting(self.words[at].form) if self.meant(row, at)]
            for size in sorted({len(row.name) for row in rows}, reverse=True):
                fitting = usual([row for row in rows if len(row.name) == size], self.words[at].form)
                if size == 1 and self._longer(at, fitting):
                    yield self.mention(at, at + 2, "settlement", self.line.written(at, at + 2), ())
                    break
                bearers = tuple(dict.fromkeys(row.bearer for row in fitting))
                exact = any(row.name[0] == self.words[at].form for row in fitting)
                if size == 1 and self._adjectival(at, fitting):
                    continue
                if bearers and self._plausible(at, at + size, bearers, exact):
                    unit = bearers[0].kind == "unit"
                    yield self.mention(at, at + size, "unit" if unit else "settlement", bearers[0].name, bearers)
                    break

    def meant(self, row: Row, at: int) -> bool:
        """Say whether a name can be meant at a word: it goes on as the text does, and is not too far away."""
        bearer = row.bearer
        if bearer.kind not in ("settlement", "unit") or (len(row.name) > 1 and not self.goes(row.name, at)):
            return False
        if bearer.kind == "unit":  # those of the states at home are in the tables
            near = bearer.country in self.states or len(row.name) > 1 or len(row.name[0]) >= TELLING
            return near and bearer.country not in self.places.home
        return bearer.country in self.states or bearer.population >= FAR

    def _longer(self, at: int, rows: Sequence[Row]) -> bool:
        """Say whether a small place's name goes on with another capitalised word, so that it is another place's."""
        if at + 1 >= len(self.words) or max(row.bearer.population for row in rows) >= LARGE:
            return False
        follows = self.words[at + 1]
        known = any(self.line.hit(at + 1, value) for value in ("office", "district"))
        known = known or follows.form in self.places.frequent
        known = known or any(hit.first == at + 1 for hit in self.places.areas.find(self.words))
        whose = self.line.written(at + 1, at + 2).endswith(("'s", "’s"))
        return self.line.joined(at) and self.line.capital(at + 1) and not (known or whose) and self.line.leads(at)

    def _cued(self) -> Iterator[Mention]:
        """Yield names that no table holds, behind a word such as "village of"."""
        for at in range(len(self.words)):
            cue = self.line.hit(at, "cue")
            if (
                not cue
                or cue.last >= len(self.words)
                or not self.line.capital(cue.last)
                or self.text[cue.start].isupper()
            ):
                continue
            name = self.line.written(cue.last, cue.last + 1)
            if name.isupper() or name.isdigit():
                continue
            if re.fullmatch(r"[\s.«\"“]{1,3}", self.text[cue.end : self.words[cue.last].start]):
                towns = self._towns(cue.last)
                last = cue.last + 1 if towns else self._goes_to(cue.last)
                name = towns[0].name if towns else self.line.written(cue.last, last)
                yield self.mention(cue.last, last, "settlement", name, towns)

    def _goes_to(self, first: int) -> int:
        """Return the word behind a name that no table holds: it goes on with capitalised words, but with no area."""
        last = first + 1
        while last < len(self.words) and last - first < LONGEST and self.line.joined(last - 1) and self._part(last):
            last += 1
        return last

    def _part(self, at: int) -> bool:
        """Say whether a word may be part of a name before it: no unit, nor an adjective («село X Y громади»)."""
        adjective = self.words[at].form.endswith(ADJECTIVAL + OF_FEMININES)
        return self.line.capital(at) and not (adjective or at in self.areas_at or at in self.line.others)

    def _towns(self, at: int) -> tuple[Bearer, ...]:
        """Return the towns, in whatever state, that a word behind "the town of" may name."""
        rows = [row for row in self.places.starting(self.words[at].form) if len(row.name) == 1]
        towns = [row for row in rows if row.bearer.kind == "settlement" and row.bearer.population >= SMALL]
        return tuple(dict.fromkeys(row.bearer for row in usual(towns, self.words[at].form)))

    def _districts(self) -> Iterator[Mention]:
        """Yield districts, parts of towns and hromadas: an adjective (or a name) before the word for it, or a list."""
        for at in range(1, len(self.words)):
            kind = next((kind for kind in WORDED if self.line.hit(at, kind)), None)
            if kind is None:
                continue
            yield from self._worded(at - 1, max(at + 1, self._last(at, kind)), kind)
            for back in self._listed_before(at - 1) if self.places.lang != "en" else ():
                yield from self._worded(back, back + 1, kind)

    def _last(self, at: int, kind: str) -> int:
        """Return where the longest word for a kind of area ends that begins at a word: "urban district"."""
        return max(hit.last for hit in self.line.hits.get(at, ()) if hit.value == kind)

    def _listed_before(self, at: int) -> Iterator[int]:
        """Yield the adjectives of a list that ends at a word: «у Х та Y районах»."""
        while at >= 1:
            listed = self.line.hit(at - 1, "list")
            comma = re.fullmatch(r",\s", self.text[self.words[at - 1].end : self.words[at].start])
            at = at - 2 if listed else at - 1
            if at < 0 or not (listed or comma) or not self.words[at].form.endswith(ADJECTIVAL):
                return
            yield at

    def _worded(self, at: int, last: int, kind: Worded) -> Iterator[Mention]:
        """Yield the area whose name, before the word for it, is at a word."""
        if not self.line.capital(at) or len(self.words[at].form) <= MIN_ADJECTIVE:
            return
        bearers = self.places.worded(self.words[at].form, kind)
        adjective = self.words[at].form.endswith(ADJECTIVAL + OF_ADJECTIVES)
        if not bearers and (kind == "hromada" or (self.line.starts(at) and not adjective)):
            return  # a capital at the head of a sentence is none: "Riverside districts", "Rights Community"
        area: Kind = "district" if kind == "okrug" else kind
        yield self.mention(at, last, area, bearers[0].name if bearers else self.line.written(at, at + 1), bearers)

    def _directions(self) -> Iterator[Mention]:
        """Yield the town of "the X direction", whose name is there as an adjective."""
        for at in range(1, len(self.words)):
            if not self.line.hit(at, "direction") or self.line.hit(at - 1, "compass"):
                continue  # "the southern direction"
            yield from self._direction(at - 1, at + 1)
            for back in self._listed_before(at - 1):
                yield from self._direction(back, back + 1)

    def _direction(self, at: int, last: int) -> Iterator[Mention]:
        """Yield the town that an adjective before the word for a direction is made from."""
        bearers = self.places.by_adjective(self.words[at].form.rpartition("-")[2])
        if bearers:
            found = self.mention(at, last, "settlement", bearers[0].name, bearers)
            yield replace(found, offset=Offset("direction"))

    def mention(self, first: int, last: int, kind: Kind, name: str, bearers: tuple[Bearer, ...]) -> Mention:
        """Return a mention of some words."""
        return Mention(self.words[first].start, self.words[last - 1].end, kind, name, bearers, "", first, last)

    def goes(self, name: tuple[str, ...], at: int) -> bool:
        """Say whether the words from one on can be a name of several words; the first is known to fit."""
        if at + len(name) > len(self.words):
            return False
        return all(self.places.fits(part, self.words[at + i].form) for i, part in enumerate(name[1:], 1))

    def _plausible(self, first: int, last: int, bearers: Sequence[Bearer], exact: bool) -> bool:
        """Say whether a capitalised name is a place here: no person's, nor a first word by chance."""
        if self._ruled_out(first, last) or (last - first == 1 and not self._alone(first, exact)):
            return False
        big = max(bearer.population for bearer in bearers)
        if big >= LARGE or last - first > 1 or (self._before_unit(last) and (exact or self.line.leads(first))):
            return True
        begins, placed = self.line.starts(first), self._place_word(first)
        if big >= SMALL:
            return (exact and not begins) or placed or bool(self.line.before(first, "from"))
        return first > 0 and not begins and placed

    def _ruled_out(self, first: int, last: int) -> bool:
        """Say whether a name is a person's, a state's, a ship's or listed as no place."""
        if self.line.person(first, last) or self.line.quoted(first, last):
            return True
        return bool(self.line.hit(first, "not")) or first in self.line.abroad

    def _adjectival(self, at: int, rows: Sequence[Row]) -> bool:
        """Say whether a word is the adjective of a noun behind it, and no village's name of that form."""
        form = self.words[at].form
        if form.endswith(MASCULINE) and at + 1 < len(self.words) and self.line.acronym(at + 1):
            return True  # «Київський ТЦК»
        if not form.endswith(ADJECTIVAL) or not all(row.name[0].endswith(OF_ADJECTIVES) for row in rows):
            return False
        if at + 1 >= len(self.words) or self.line.before(at, "cue") or not self.line.joined(at, capital=False):
            return False
        behind = self.words[at + 1].form
        town = max(row.bearer.population for row in rows) >= LARGE
        if town and self.line.leads(at) and behind.endswith(OF_VERBS):
            return False
        return (
            not self.line.capital(at + 1)
            and behind.isalpha()
            and len(behind) > 2
            and behind not in self.places.frequent
        )

    def _alone(self, at: int, exact: bool) -> bool:
        """Say whether one word may be a place: no common word, no acronym, at the head of a sentence a nominative.

        A capital at the head of a sentence says little.
        """
        common = self.words[at].form in self.places.frequent
        return not common and not (at and self.line.acronym(at)) and (exact or not self.line.starts(at))

    def _place_word(self, first: int) -> bool:
        return bool(
            self.line.leads(first)
            or self.line.before(first, "cue")
            or self.line.before(first, "list")
            or self._comma(first)
        )

    def _before_unit(self, last: int) -> bool:
        """Say whether a first-level unit stands right behind a name: "X (Y oblast)", «у Х Y області»."""
        here = last < len(self.words) and last in self.areas_at
        return here and bool(re.fullmatch(r"[\s,(]*", self.text[self.words[last - 1].end : self.words[last].start]))

    def _comma(self, first: int) -> bool:
        """Say whether a comma or the like leads to a name, which goes on with a list of names or stands in brackets."""
        lead = re.search(r"[,(:]\s*$", self.text[: self.words[first].start])
        if lead is None:
            return False
        return lead[0][0] == "(" or (first > 0 and self.line.capital(first - 1))

    def role(self, mention: Mention, last: Mention | None) -> str:
        """Return how a mention is used, behind the one before it."""
        if self._office(mention):
            return "office"
        first = mention.first
        cue = self.line.before(first, "cue")
        governed = cue.first if cue else first
        if self.line.leads(governed) or cue or mention.kind == "site":
            return "in"
        if self.line.before(governed, "to"):
            return "to"
        apart = last is not None and last.kind == "country" and mention.kind != "country"  # "Ukraine, Moscow has …"
        if last and not apart and self._goes_on(last, governed):
            return "list"
        return "from" if self.line.before(first, "from") else ""

    def _goes_on(self, last: Mention, first: int) -> bool:
        between = self.text[last.end : self.words[first].start]
        return bool(re.fullmatch(r"[\s,()]*", between)) or bool(
            self.line.before(first, "list") and last.last >= first - 1
        )

    def _office(self, mention: Mention) -> bool:
        after = self.line.hit(mention.last, "office") or self.line.hit(mention.last, "outlet")
        if after and (self.places.lang == "en" or after.value == "outlet"):
            return True
        before = self.line.before(mention.first, "office")
        return bool(before) if mention.kind in ("settlement", "unit") else False


def _longest(found: Sequence[Mention]) -> list[Mention]:
    """Keep, of overlapping mentions, the longest; of equally long ones the one that a table holds."""
    return disjoint(sorted(found, key=lambda m: (m.start - m.end, RANK[m.kind], not m.bearers, m.start)))
