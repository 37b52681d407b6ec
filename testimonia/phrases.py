"""Finding the phrases of a table in running text, by whole words, with offsets that stay true.

A phrase is a few words apart by spaces; matching folds case and apostrophes. Four signs have a meaning:

    abduct*         any word that begins with "abduct" (for endings and case forms)
    *ськ*           any word that holds "ськ" (as the first sign of a phrase this is slow: avoid it)
    took ... away   up to four other words may stand between
    ~               one word, any

A hyphenated word is one word ("прем'єр-міністр"); numbers are words too. Marks that are not seen (a soft hyphen, a
space of no width) and stress marks part no word, and its folded form is without them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, TypeAlias

UNSEEN = r"\u00ad\u200b-\u200d\u2060"  # soft hyphen, spaces and joiners of no width
MARKS = UNSEEN + r"\u0300-\u036f"  # and marks above a letter
WORD = re.compile(rf"[^\W_]+(?:(?:[{MARKS}]+[-‑'’ʼ`]?|[-‑'’ʼ`])[{MARKS}]*[^\W_]+)*[\u0300-\u036f]*")
GAP = 4  # how many words "..." may skip
PREFIX = 3  # letters by which starred first words are indexed
REMEMBERED = 50_000  # forms whose phrases a table keeps at hand

_FOLD = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‑": "-", "ё": "е", "Ё": "Е"})


def fold(text: str) -> str:
    """Fold case, apostrophes and ё; the length never changes, so offsets stay true."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals become two letters
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_FOLD)


_MARKED = re.compile(rf"[{MARKS}]")
_UNSEEN = re.compile(rf"[{UNSEEN}]|(?<=[\u0400-\u04ff])[\u0300\u0301]")  # a stress mark makes no other Cyrillic letter


def _unmarked(form: str) -> str:
    """Return a folded word without unseen and stress marks; a letter written in two parts (и and a breve) is one."""
    return fold(_MARKED.sub("", unicodedata.normalize("NFC", _UNSEEN.sub("", form))))


class Word(NamedTuple):
    """One word of a text: where it stands and its folded form."""

    start: int
    end: int
    form: str


def words(text: str) -> tuple[Word, ...]:
    """Split a text into words with offsets."""
    folded = fold(text)
    if _MARKED.search(folded):
        found = ((m.start(), m.end()) for m in WORD.finditer(text))
        return tuple(Word(start, end, _unmarked(folded[start:end])) for start, end in found)
    return tuple(Word(m.start(), m.end(), folded[m.start() : m.end()]) for m in WORD.finditer(text))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table: the value that a phrase stands for, the phrase, and free tags."""

    value: str
    phrase: str
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: `start` and `end` in the text, `first` and `last` (excluded) in its words."""

    start: int
    end: int
    entry: Entry
    first: int
    last: int

    @property
    def value(self) -> str:
        """What the phrase stands for."""
        return self.entry.value

    @property
    def tags(self) -> frozenset[str]:
        """The tags of the table's line."""
        return self.entry.tags


def _fits(sign: str, form: str) -> bool:
    if sign == "~":
        return True
    if sign.startswith("*"):
        return sign.strip("*") in form
    if sign.endswith("*"):
        return form.startswith(sign[:-1])
    return form == sign


def _match(signs: Sequence[str], text: Sequence[Word], at: int) -> int | None:
    """Return the index after the last word matched when `signs` are laid on `text` from `at`, or None."""
    for number, sign in enumerate(signs):
        if sign == "...":
            rest, steps = signs[number + 1 :], range(at, min(at + GAP, len(text)) + 1)
            return next((end for step in steps if (end := _match(rest, text, step)) is not None), None)
        if at >= len(text) or not _fits(sign, text[at].form):
            return None
        at += 1
    return at


_Row: TypeAlias = tuple[tuple[str, ...], Entry]  # the words of a phrase after its first, and its line of the table
_Numbered: TypeAlias = tuple[int, _Row]  # with its place among those that begin with the same word
_Start: TypeAlias = tuple[str, _Row]  # the first word of a phrase, with its star


class _Rows:
    """The phrases that one word may begin, by the word after it where that is a plain one: most fall away at once."""

    __slots__ = ("_next", "_other")

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._next: dict[str, list[_Numbered]] = {}
        self._other: list[_Numbered] = []
        for number, row in enumerate(rows):
            plain = bool(row[0]) and not row[0][0].startswith(("*", "~", "...")) and not row[0][0].endswith("*")
            (self._next.setdefault(row[0][0], []) if plain else self._other).append((number, row))

    def __bool__(self) -> bool:
        return bool(self._next or self._other)

    def before(self, form: str) -> Iterator[_Row]:
        """Yield, in the order of the table, the phrases that may stand where this is the next word."""
        follow = self._next.get(form)
        numbered = sorted((*follow, *self._other), key=itemgetter(0)) if follow else self._other
        return (row for _, row in numbered)


@dataclass(frozen=True)
class Phrases:
    """The phrases of one table, ready for matching.

    >>> table = Phrases([Entry("detention", "taken ... prisoner"), Entry("killing", "kill*")])
    >>> [(hit.value, hit.first) for hit in table.find("Three were taken alive as prisoner, two killed")]
    [('detention', 2), ('killing', 7)]
    """

    entries: tuple[Entry, ...]
    _exact: dict[str, list[_Row]] = field(default_factory=dict, repr=False, compare=False)
    _starred: dict[str, list[_Start]] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[str, _Rows] = field(default_factory=dict, repr=False, compare=False)

    def __init__(self, entries: Iterable[Entry]) -> None:
        object.__setattr__(self, "entries", tuple(entries))
        object.__setattr__(self, "_exact", {})
        object.__setattr__(self, "_starred", {})
        object.__setattr__(self, "_known", {})
        for entry in self.entries:
            first, *rest = fold(entry.phrase).split()
            row = (tuple(rest), entry)
            if first.endswith("*") and not first.startswith("*"):
                self._starred.setdefault(first[:-1][:PREFIX], []).append((first, row))
            elif first.startswith(("*", "~")):
                self._starred.setdefault("", []).append((first, row))
            else:
                self._exact.setdefault(first, []).append(row)

    def find(self, text: str | Sequence[Word], *, overlapping: bool = False) -> list[Hit]:
        """Return the hits in text order; of overlapping ones the longest, unless `overlapping` asks for all."""
        split = words(text) if isinstance(text, str) else text
        begun = (at for at, word in enumerate(split) if self._rows(word.form))
        hits = [hit for at in begun for hit in self._at(split, at)]
        return hits if overlapping else list(longest(hits))

    def _rows(self, form: str) -> _Rows:
        """Return the phrases whose first word a form fits; kept, since a few forms make up most of any text."""
        known = self._known.get(form)
        if known is None:
            lengths = range(min(PREFIX, len(form)) + 1)
            starred = (start for length in lengths for start in self._starred.get(form[:length], ()))
            known = _Rows([*self._exact.get(form, ()), *(row for first, row in starred if _fits(first, form))])
            if len(self._known) < REMEMBERED:
                self._known[form] = known
        return known

    def _at(self, text: Sequence[Word], at: int) -> Iterator[Hit]:
        following = text[at + 1].form if at + 1 < len(text) else ""
        for rest, entry in self._rows(text[at].form).before(following):
            end = _match(rest, text, at + 1) if rest else at + 1
            if end is not None:
                yield Hit(text[at].start, text[end - 1].end, entry, at, end)


def longest(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Keep, of overlapping hits, the longest; of equally long ones the first in the table."""
    taken: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in taken):
            taken.append(hit)
    yield from sorted(taken, key=lambda h: h.start)
