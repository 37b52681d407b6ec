"""What of a document the encoder reads: all of it, if its source is listed and the rules' first look found anything.

A source that is listed with the side it takes, somebody chose. Of a very long document, or one of another source that
speaks of war or tells of force between sides of a conflict, the encoder reads the sentences in which something was
found, each with the one before. Of the rest it reads nothing: that costs more than the rules do, and there they alone
decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from testimonia.claims.about import tells_of_force, warlike
from testimonia.claims.learned.marks import Marked, marker
from testimonia.claims.learned.pieces import Pieces
from testimonia.claims.learned.windows import Window, windows
from testimonia.claims.looked import LONGEST, Seen
from testimonia.packs import Packs
from testimonia.records import Document, Quote

WHOLE = 1000  # sentences of a document, at most, of which all are read


@dataclass(frozen=True, slots=True)
class Sight:
    """The sentences of a document that are read, `at` which place among all of them, and the windows they stand in."""

    at: tuple[int, ...]
    marked: tuple[Marked, ...]
    windows: tuple[Window, ...]


def _read(
    document: Document, sentences: Sequence[Quote], looks: Sequence[Seen | None], packs: Packs
) -> tuple[int, ...]:
    """Return which sentences are read; those with a trigger, or a denial of what was told, are never left out."""
    loud = {at for at, look in enumerate(looks) if look and look.hits}
    chosen = bool(document.alignment)
    if not loud or not (chosen or warlike(sentences, packs) or tells_of_force(sentences, packs)):
        return ()
    near = loud | {at - 1 for at in loud if at}
    wanted = range(len(sentences)) if chosen and len(sentences) <= WHOLE else sorted(near)
    return tuple(at for at in wanted if packs.language(sentences[at].lang) and len(sentences[at].text) <= LONGEST)


def sight(
    document: Document,
    sentences: Sequence[Quote],
    looks: Sequence[Seen | None],
    packs: Packs,
    pieces: Pieces,
    numbers: Mapping[str, int],
) -> Sight:
    """Make a document ready for the encoder: `looks` are what the first look found in each of its sentences."""
    at = _read(document, sentences, looks, packs)
    mark = marker(document, sentences if at else (), packs)
    marked = tuple(mark.marked(sentences[index], looks[index]) for index in at)
    return Sight(at, marked, windows(marked, pieces, numbers))
