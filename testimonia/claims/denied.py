"""What does a denial deny that names no happening itself ("Moscow rejected the accusations", "this was denied")?

What was told last: the nearest happening before it in the sentence, rather the act than those it hurt; else the first
one of the sentence before.
"""

from __future__ import annotations

from collections.abc import Sequence

from testimonia.claims.kind import triggers
from testimonia.claims.modality import Reach
from testimonia.packs import Packs
from testimonia.phrases import Entry, Hit, words
from testimonia.records import Quote

BACK = 2  # sentences before the denial that it may speak of
HARM = frozenset({"killing", "injury"})


def _in_sentences(before: Sequence[Quote], packs: Packs) -> str | None:
    """Return the type of the first happening of the nearest sentence before that has one."""
    for quote in reversed(before[-BACK:]):
        pack = packs.language(quote.lang)
        hits = triggers(quote.text, words(quote.text), pack, packs) if pack and len(quote.text) <= 2000 else ()
        if hits:
            return hits[0].value
    return None


def carried(found: Sequence[Reach], hits: Sequence[Hit], before: Sequence[Quote], packs: Packs) -> tuple[Hit, ...]:
    """Return, for every denial that names nothing, a trigger on its own words of the type that it denies."""
    out = []
    for reach in found:
        inside = any(reach.first <= hit.first < reach.last for hit in hits)
        if reach.cue.value == "denied" and "back" in reach.cue.tags and not inside:
            earlier = [hit for hit in hits if hit.last <= reach.cue.first]
            acts = [hit for hit in earlier if hit.value not in HARM] or earlier
            value = acts[-1].value if acts else _in_sentences(before, packs)
            if value:
                cue = reach.cue
                entry = Entry(value, cue.entry.phrase, frozenset({"noun", "denied"}))
                out.append(Hit(cue.start, cue.end, entry, cue.first, cue.last))
    return tuple(out)
