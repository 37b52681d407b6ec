"""What the grammars found in a sentence, as the encoder is told of it.

Every hit of a table, number, day, place and party marks the pieces that it covers. The words of a party are hidden from
the encoder: it sees one sign in their stead, with the kind of party and a letter for who it is, given by the order in
which the parties of the document are named. So it cannot know which side is which, and what it says of one side, it
says of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from testimonia.claims import count
from testimonia.claims.count import Figure
from testimonia.claims.gazetteer import gazetteer
from testimonia.claims.looked import Seen, happenings
from testimonia.claims.modality import BLOW
from testimonia.claims.scene import set_in
from testimonia.claims.sides import Named, Stance, Tables, named, side_stated, stance
from testimonia.claims.times import times
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, Word, longest, words
from testimonia.records import Document, Quote

LETTERS = 6  # parties of a document that the encoder tells apart
KINDS = ("forces", "authorities", "resistance")
TAGS = ("adjective", "person", "bare")
APART = re.compile("-|'(?=s$)")
SPELLED = re.compile(r"[^\W\d_]+")
OF_TABLES = frozenset(("raw", "trigger", "claim", "cue", "speech", "speaker", "group", "place", "number", "one"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a sentence and what was found there."""

    start: int
    end: int
    name: str

    @property
    def shown(self) -> bool:
        """Whether a hidden stretch shows it: not what a table says of its words, which may differ between the sides."""
        return self.name.partition(" ")[0] not in OF_TABLES


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named in a sentence, under one of its codes; `official` where it is the one of an authority."""

    start: int
    end: int
    code: str
    official: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with its marks, the parties and numbers in it, and the stretches hidden from the encoder."""

    quote: Quote
    marks: tuple[Mark, ...]
    mentions: tuple[Mention, ...]
    hidden: tuple[tuple[int, int], ...]
    figures: tuple[Figure, ...]


def _hits(name: str, hits: Iterable[Hit]) -> Iterator[Mark]:
    return (Mark(hit.start, hit.end, f"{name} {hit.value}") for hit in hits)


def _of_tables(split: Sequence[Word], pack: LanguagePack) -> Iterator[Mark]:
    """Mark what the tables of the language find."""
    yield from _hits("raw", pack.table("triggers").find(split, overlapping=True))
    yield from _hits("speech", pack.table("speech").find(split))
    yield from _hits("group", pack.table("groups").find(split))
    for hit in pack.table("speakers").find(split):
        yield Mark(hit.start, hit.end, "speaker")
        yield Mark(hit.start, hit.end, f"speaker {hit.value}")


def _of_rules(look: Seen) -> Iterator[Mark]:
    """Mark what the rules make of the sentence."""
    yield from _hits("trigger", look.named)
    yield from _hits("cue", (cue for cue in look.cues if BLOW not in cue.tags))
    yield from _hits("claim", (found.trigger for found in happenings(look)))


def _of_places(text: str, pack: LanguagePack, packs: Packs) -> Iterator[Mark]:
    for place in gazetteer(pack, packs).find(text):
        yield Mark(place.start, place.end, f"place {place.kind}")
        if place.role:
            yield Mark(place.start, place.end, f"place {place.role}")


def letter(party: Named, tables: Tables) -> str:
    """Return what a party is told apart by: its side, or its code where it is of none."""
    return tables.side(party.force) or tables.side(party.authority) or party.force


def kind(party: Named) -> str:
    """Return what kind of party it is: forces, authorities, resistance, people, a state, or another."""
    if "people" in party.tags or party.force == "civilians":
        return "people"
    if party.force != party.authority and party.role not in ("force", "authority"):
        return "state"
    code = party.authority if party.role == "authority" else party.force
    return last if (last := code.rpartition("_")[2]) in KINDS else "another"


def _of_party(party: Named, letters: Sequence[str], tables: Tables) -> Iterator[Mark]:
    names = [
        "party",
        f"party {kind(party)}",
        *(f"party {tag}" for tag in ("adjective", "person", "bare") if tag in party.tags),
    ]
    who = letter(party, tables)
    if who in letters[:LETTERS]:
        names.append(f"letter {letters.index(who)}")
    return (Mark(party.start, party.end, name) for name in names)


def _mentions(parties: Iterable[Named]) -> Iterator[Mention]:
    """Yield every party under its codes: a state alone may act as a force and as an authority."""
    for one in parties:
        if one.force and (one.role != "authority" or not one.authority):
            yield Mention(one.start, one.end, one.force, official=False)
        if one.authority and one.authority != one.force and one.role != "force":
            yield Mention(one.start, one.end, one.authority, official=True)


def letters(sentences: Iterable[tuple[Quote, Stance]], packs: Packs) -> tuple[str, ...]:
    """Return who is named in a document, in the order of being named first."""
    found: dict[str, None] = {}
    for quote, taken in sentences:
        pack = packs.language(quote.lang)
        if pack:
            tables = Tables.of(pack, packs)
            found.update((who, None) for one in named(quote.text, tables, taken) if (who := letter(one, tables)))
    return tuple(found)


def _side_taken(document: Document, packed: Sequence[tuple[Quote, LanguagePack]], packs: Packs) -> Stance:
    """Return whom "we" and "the enemy" mean: as the source list says, else by the document's loaded words."""
    if stated := side_stated(document.alignment, packs):
        return stated
    said = (stance(quote.text, Tables.of(pack, packs)) for quote, pack in packed)
    return next((found for found in said if found.enemy), Stance())


def stance_of(document: Document, sentences: Iterable[Quote], packs: Packs) -> Stance:
    """Return whose side a document takes, and which conflict it is about."""
    packed = [(quote, pack) for quote in sentences if (pack := packs.language(quote.lang))]
    if not packed:
        return Stance()
    return set_in(_side_taken(document, packed, packs), document, Tables.of(packed[0][1], packs))


@dataclass(frozen=True, slots=True)
class Marker:
    """Marks the sentences of one document: whose side it takes, and who is named in it, in order."""

    document: Document
    taken: Stance
    who: tuple[str, ...]
    packs: Packs

    def marked(self, quote: Quote, look: Seen | None) -> Marked:
        """Mark a sentence; `look` is what the first look found in it."""
        pack = self.packs.languages[quote.lang]
        text, tables = quote.text, Tables.of(pack, self.packs)
        split = look.words if look else words(text)
        parties = named(text, tables, self.taken)
        figures = count.numbers(text, split, pack, look.named if look else ())
        marks = [
            Mark(0, len(text), quote.kind),
            *_of_tables(split, pack),
            *(_of_rules(look) if look else ()),
            *_of_places(text, pack, self.packs),
            *(Mark(span.start, span.end, "day") for span in times(text, pack, self.packs, self.document)),
            *(Mark(number.start, number.end, "one" if number.article else "number") for number in figures),
            *(mark for one in parties for mark in _of_party(one, self.who, tables)),
        ]
        hidden = _hidden(text, split, parties, tables, abroad=self.taken.abroad)
        return Marked(quote, tuple(marks), tuple(_mentions(parties)), hidden, figures)


def _hidden(
    text: str, split: Sequence[Word], parties: Iterable[Named], tables: Tables, *, abroad: bool
) -> tuple[tuple[int, int], ...]:
    """Return the stretches that tell a side: a party of the sentence, "Ukrainian wheat" by the way, its money."""
    named = [(one.start, one.end) for one in parties if _of_a_side(one, tables)]
    known = (*tables.parties(text, split, abroad=abroad), *tables.parties(text, _parts(split), abroad=abroad))
    found = (*known, *tables.find("money", _unglued(split)))
    others = (hit for hit in found if tables.side(hit.value))
    more = (hit for hit in others if all(hit.end <= start or end <= hit.start for start, end in named))
    signs = ((at, at + 1) for at, sign in enumerate(text) if sign in tables.signs)
    return tuple(sorted({*named, *((hit.start, hit.end) for hit in longest(more)), *signs}))


def _unglued(split: Iterable[Word]) -> list[Word]:
    """Return words with figures apart from the letters at them ("RUB60")."""
    return [
        Word(word.start + part.start(), word.start + part.end(), part[0])
        for word in split
        for part in (SPELLED.finditer(word.form) if len(word.form) == word.end - word.start else ())
    ]


def _parts(split: Sequence[Word]) -> list[Word]:
    """Return the parts of the words in which a side may be named too ("Russian-occupied", "the State Duma's")."""
    if not any(APART.search(word.form) for word in split):
        return []
    out = []
    for word in split:
        at = word.start
        whole = len(word.form) == word.end - word.start and APART.search(word.form)  # no sign in it that is not seen
        for part in APART.split(word.form) if whole else (word.form,):
            out.append(Word(at, at + len(part), part))
            at += len(part) + 1
    return out


def _of_a_side(party: Named, tables: Tables) -> bool:
    return bool(tables.side(party.force) or tables.side(party.authority))


def marker(document: Document, sentences: Sequence[Quote], packs: Packs) -> Marker:
    """Get ready to mark the sentences of a document."""
    taken = stance_of(document, sentences, packs)
    return Marker(document, taken, letters(((quote, taken) for quote in sentences), packs), packs)
