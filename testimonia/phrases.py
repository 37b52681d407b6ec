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
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

UNSEEN = r"\u00ad\u200b-\u200d\u2060"  # soft hyphen, spaces and joiners of no width
MARKS = UNSEEN + r"\u0300-\u036f"  # and marks above a letter
WORD = re.compile(rf"[^\W_]+(?:(?:[{MARKS}]+[-‑'’ʼ`]?|[-‑'’ʼ`])[{MARKS}]*[^\W_]+)*[\u0300-\u036f]*")
GAP = 4  # how many words "..." may skip
PREFIX = 3  # letters by which starred first words are indexed
REMEMBERED = 50_000  # forms whose phrases a table keeps at hand
SENTENCE, SENTENCES = 2000, 1024  # characters of a text whose words are kept, and how many such texts

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


class Words(tuple[Word, ...]):
    """The words of one text, and the phrases found among them: many rules ask the same tables about a sentence."""

    forms: tuple[str, ...]
    found: dict[Phrases, Found]

    def __init__(self, _: Iterable[Word]) -> None:
        self.forms = tuple(word.form for word in self)
        self.found = {}


def words(text: str) -> Words:
    """Split a text into words with offsets; those of a sentence are kept."""
    return _kept_words(text) if len(text) <= SENTENCE else _words(text)


def _words(text: str) -> Words:
    folded = fold(text)
    form = _unmarked if _MARKED.search(folded) else str
    return Words([Word(start, end, form(folded[start:end])) for start, end in map(re.Match.span, WORD.finditer(text))])


_kept_words = lru_cache(maxsize=SENTENCES)(_words)


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


def _match(signs: Sequence[str], forms: Sequence[str], at: int) -> int | None:
    """Return the index after the last word matched when `signs` are laid on `forms` from `at`, or None."""
    for number, sign in enumerate(signs):
        if sign == "...":
            rest, steps = signs[number + 1 :], range(at, min(at + GAP, len(forms)) + 1)
            return next((end for step in steps if (end := _match(rest, forms, step)) is not None), None)
        if at >= len(forms) or not _fits(sign, forms[at]):
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

    def before(self, form: str) -> Iterator[_Row]:
        """Yield, in the order of the table, the phrases that may stand where this is the next word."""
        follow = self._next.get(form)
        numbered = sorted((*follow, *self._other), key=itemgetter(0)) if follow else self._other
        return (row for _, row in numbered)


class _Begun(dict[str, _Rows | None]):
    """The phrases that a form may begin, None for none; kept, since a few forms make up most of any text."""

    def __init__(self, rows: Callable[[str], _Rows | None]) -> None:
        super().__init__()
        self._look = rows

    def __missing__(self, form: str) -> _Rows | None:
        rows = self._look(form)
        if len(self) < REMEMBERED:
            self[form] = rows
        return rows


class Found(NamedTuple):
    """The hits of a table in a text: all of them, and of overlapping ones the longest."""

    all: tuple[Hit, ...]
    longest: tuple[Hit, ...]


@dataclass(frozen=True, eq=False)
class Phrases:
    """The phrases of one table, ready for matching.

    >>> table = Phrases([Entry("detention", "taken ... prisoner"), Entry("killing", "kill*")])
    >>> [(hit.value, hit.first) for hit in table.find("Three were taken alive as prisoner, two killed")]
    [('detention', 2), ('killing', 7)]
    """

    entries: tuple[Entry, ...]
    _exact: dict[str, list[_Row]] = field(default_factory=dict, repr=False)
    _starred: dict[str, list[_Start]] = field(default_factory=dict, repr=False)
    _lengths: tuple[int, ...] = field(init=False, repr=False)
    _begun: _Begun = field(init=False, repr=False)

    def __init__(self, entries: Iterable[Entry]) -> None:
        object.__setattr__(self, "entries", tuple(entries))
        object.__setattr__(self, "_exact", {})
        object.__setattr__(self, "_starred", {})
        object.__setattr__(self, "_begun", _Begun(self._rows))
        for entry in self.entries:
            first, *rest = fold(entry.phrase).split()
            row = (tuple(rest), entry)
            if first.endswith("*") and not first.startswith("*"):
                self._starred.setdefault(first[:-1][:PREFIX], []).append((first, row))
            elif first.startswith(("*", "~")):
                self._starred.setdefault("", []).append((first, row))
            else:
                self._exact.setdefault(first, []).append(row)
        object.__setattr__(self, "_lengths", tuple(sorted(set(map(len, self._starred)))))

    def find(self, text: str | Sequence[Word], *, overlapping: bool = False) -> tuple[Hit, ...]:
        """Return the hits in text order; of overlapping ones the longest, unless `overlapping` asks for all."""
        split = words(text) if isinstance(text, str) else text
        found = self._found(split if isinstance(split, Words) else Words(split))
        return found.all if overlapping else found.longest

    def _found(self, text: Words) -> Found:
        """Look for the phrases among the words of a text; once only, however often it is asked."""
        found = text.found.get(self)
        if found is None:
            begun = self._begun
            places = [(at, rows) for at, form in enumerate(text.forms) if (rows := begun[form])]
            hits = tuple(hit for at, rows in places for hit in _hits(text, at, rows))
            found = text.found[self] = Found(hits, tuple(longest(hits)) if len(hits) > 1 else hits)
        return found

    def _rows(self, form: str) -> _Rows | None:
        """Return the phrases whose first word a form fits, None where there is none."""
        rows = [*self._exact.get(form, ())]
        for length in self._lengths:
            begun = self._starred.get(form[:length], ()) if length <= len(form) else ()
            rows += [row for first, row in begun if _fits(first, form)]
        return _Rows(rows) if rows else None


def _hits(text: Words, at: int, rows: _Rows) -> Iterator[Hit]:
    """Yield the phrases that begin at a word."""
    following = text.forms[at + 1] if at + 1 < len(text) else ""
    for rest, entry in rows.before(following):
        end = _match(rest, text.forms, at + 1) if rest else at + 1
        if end is not None:
            yield Hit(text[at].start, text[end - 1].end, entry, at, end)


def longest(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Keep, of overlapping hits, the longest; of equally long ones the first in the table."""
    yield from disjoint(sorted(hits, key=lambda h: (h.start - h.end, h.start)))


class Stretch(Protocol):
    """Anything that goes from one character of a text to another, and is not empty."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character after its last."""


S = TypeVar("S", bound=Stretch)


def disjoint(stretches: Iterable[S]) -> list[S]:
    """Keep the stretches that overlap none kept before them, the best to be given first; return them in text order."""
    kept: list[S] = []
    starts: list[int] = []
    for one in stretches:
        at = bisect_left(starts, one.end)  # of those that begin before it ends, the last one ends last
        if not at or kept[at - 1].end <= one.start:
            starts.insert(at, one.start)
            kept.insert(at, one)
    return kept
