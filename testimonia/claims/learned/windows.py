"""Sentences put together to windows, so that the encoder reads each sentence with what stands before it.

A window is at most 384 pieces: some sentences that are read for the first time, after the title of the document, which
often names who says it all, and as many of those before them as fit into a third of it. Every sentence is read anew
in exactly one window.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from testimonia.claims.learned.marks import Marked
from testimonia.claims.learned.pieces import BEGIN, END, MASK, Pieces

LONGEST = 384  # pieces of a window
BEFORE = 120  # pieces of sentences before, at most
TITLE = 32  # pieces of the title, at most
ROOM = LONGEST - BEFORE - 2  # pieces of one sentence, at most


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sentence: its row of the word table, where it stands in the sentence, and its marks by number."""

    row: int
    start: int
    end: int
    marks: frozenset[int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something in a window that claims may point at: a party or a number, over pieces `first` to `last` (excluded).

    `sentence` is the sentence's index in the document, `index` its own among the mentions or figures of the sentence;
    `official` where a party is meant as an authority.
    """

    first: int
    last: int
    sentence: int
    index: int
    official: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces in a row, the first and last of which are the signs of beginning and end.

    `sentences` names for each piece its sentence (-1: none), `fresh` the sentences that are read here the first time.
    """

    pieces: tuple[Piece, ...]
    sentences: tuple[int, ...]
    fresh: tuple[int, ...]
    parties: tuple[Stretch, ...]
    figures: tuple[Stretch, ...]

    def within(self, sentence: int, start: int, end: int) -> tuple[int, int] | None:
        """Return the pieces of a stretch of a sentence, None where it has none here (cut off, or of no pieces)."""
        at = [
            index
            for index, (piece, of) in enumerate(zip(self.pieces, self.sentences, strict=True))
            if of == sentence and piece.start < end and piece.end > start
        ]
        return (at[0], at[-1] + 1) if at else None


def _pieces(marked: Marked, pieces: Pieces, numbers: Mapping[str, int]) -> tuple[Piece, ...]:
    """Cut a sentence into pieces with their marks; what is hidden becomes one sign."""
    out: list[Piece] = []
    hidden: tuple[int, int] | None = None
    text = marked.quote.text
    for row, start, end in pieces.cut(text):
        if start == end or text[start:end].isspace():
            continue
        over = next((stretch for stretch in marked.hidden if start < min(end, stretch[1]) and stretch[0] < end), None)
        if over is None:
            out.append(Piece(row, start, end, _marks(marked, start, end, numbers)))
        elif over != hidden:
            out.append(Piece(MASK, *over, _marks(marked, *over, numbers, hidden=True)))
        hidden = over
    return tuple(out[:ROOM])


def _marks(marked: Marked, start: int, end: int, numbers: Mapping[str, int], *, hidden: bool = False) -> frozenset[int]:
    here = (one for one in marked.marks if one.start < end and one.end > start and (one.shown or not hidden))
    return frozenset(number for mark in here if (number := numbers.get(mark.name)) is not None)


def _before(cut: Sequence[Sequence[Piece]], at: int, titles: Sequence[int]) -> list[int]:
    """Return the sentences before one that are read with it: the title, and those right before."""
    before = [title for title in titles if title < at and len(cut[title]) <= TITLE][:1]
    size = sum(len(cut[title]) for title in before)
    for earlier in range(at - 1, -1, -1):
        if earlier in before or size + len(cut[earlier]) > BEFORE:
            break
        before.append(earlier)
        size += len(cut[earlier])
    return sorted(before)


def _runs(cut: Sequence[Sequence[Piece]], titles: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the sentences of each window: those before, and those that are fresh."""
    at = 0
    while at < len(cut):
        before = _before(cut, at, titles)
        fresh = [at]
        size = sum(len(cut[one]) for one in (*before, at))
        at += 1
        while at < len(cut) and size + len(cut[at]) <= LONGEST - 2:
            fresh.append(at)
            size += len(cut[at])
            at += 1
        yield before, fresh


def _window(cut: Sequence[Sequence[Piece]], marked: Sequence[Marked], before: list[int], fresh: list[int]) -> Window:
    edge = frozenset[int]()
    row = [Piece(BEGIN, -1, -1, edge)]
    of = [-1]
    for sentence in (*before, *fresh):
        row.extend(cut[sentence])
        of.extend([sentence] * len(cut[sentence]))
    made = Window((*row, Piece(END, -1, -1, edge)), (*of, -1), tuple(fresh), (), ())
    parties = [
        Stretch(*span, sentence, index, one.official)
        for sentence in (*before, *fresh)
        for index, one in enumerate(marked[sentence].mentions)
        if (span := made.within(sentence, one.start, one.end))
    ]
    figures = [
        Stretch(*span, sentence, index)
        for sentence in fresh
        for index, one in enumerate(marked[sentence].figures)
        if (span := made.within(sentence, one.start, one.end))
    ]
    return Window(made.pieces, made.sentences, made.fresh, tuple(parties), tuple(figures))


def windows(marked: Sequence[Marked], pieces: Pieces, numbers: Mapping[str, int]) -> tuple[Window, ...]:
    """Put the sentences of a document into windows; `numbers` are the marks that the encoder knows, by name."""
    cut = [_pieces(one, pieces, numbers) for one in marked]
    titles = [at for at, one in enumerate(marked) if one.quote.kind == "title"]
    return tuple(_window(cut, marked, before, fresh) for before, fresh in _runs(cut, titles))
