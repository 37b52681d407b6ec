"""What does a denial deny, and what of the bare mentions in a sentence is a claim?

A bare mention ("the attack") is a claim where the sentence names nothing else, or where it is denied: then it means the
attack told of last. A denial that names no happening itself ("Moscow rejected the accusations", "this was denied")
denies what was told last: the nearest happening before it in the sentence, rather the act than those it hurt; else the
first one of the sentence before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from testimonia.claims.kind import triggers
from testimonia.claims.modality import Reach
from testimonia.packs import Packs
from testimonia.phrases import Entry, Hit, words
from testimonia.records import Quote

BACK = 2  # sentences before the denial that it may speak of
HARM = frozenset({"killing", "injury"})
ATTACKS = frozenset({"shelling", "airstrike", "explosion", "clash", "sabotage"})


def _in_sentences(before: Sequence[Quote], packs: Packs) -> str | None:
    """Return the type of the first happening of the nearest sentence before that has one."""
    for quote in reversed(before[-BACK:]):
        pack = packs.language(quote.lang)
        hits = triggers(quote.text, words(quote.text), pack, packs) if pack and len(quote.text) <= 2000 else ()
        if hits:
            return hits[0].value
    return None


def _told_last(hit: Hit, hits: Sequence[Hit], before: Sequence[Quote], packs: Packs) -> str | None:
    """Return the type of what was told last before a hit: in the sentence the last act, else the sentence before."""
    earlier = [other for other in hits if other.last <= hit.first]
    acts = [other for other in earlier if other.value not in HARM] or earlier
    return acts[-1].value if acts else _in_sentences(before, packs)


def _meant(hit: Hit, hits: Sequence[Hit], before: Sequence[Quote], packs: Packs) -> Hit:
    """Give a denied mention of an attack the type of the attack told of last."""
    last = _told_last(hit, hits, before, packs) if "means" in hit.tags else None
    return replace(hit, entry=replace(hit.entry, value=last)) if last in ATTACKS else hit


def spoken(found: Sequence[Reach], hits: Sequence[Hit], before: Sequence[Quote], packs: Packs) -> tuple[Hit, ...]:
    """Return the triggers that are spoken of: bare mentions only where they stand alone or are denied."""
    bare = [hit for hit in hits if "tag" in hit.tags]
    full = [hit for hit in hits if "tag" not in hit.tags]
    under = [hit for hit in bare if any(r.cue.value == "denied" and r.first <= hit.first < r.last for r in found)]
    kept = bare if not full else under
    meant = [_meant(hit, hits, before, packs) if hit in under else hit for hit in kept]
    return tuple(sorted([*full, *meant], key=lambda hit: hit.first))


def carried(found: Sequence[Reach], hits: Sequence[Hit], before: Sequence[Quote], packs: Packs) -> tuple[Hit, ...]:
    """Return, for every denial that names nothing, a trigger on its own words of the type that it denies."""
    out = []
    for reach in found:
        inside = any(reach.first <= hit.first < reach.last for hit in hits)
        if reach.cue.value == "denied" and "back" in reach.cue.tags and not inside:
            cue = reach.cue
            value = _told_last(cue, hits, before, packs)
            if value:
                entry = Entry(value, cue.entry.phrase, frozenset({"noun", "denied"}))
                out.append(Hit(cue.start, cue.end, entry, cue.first, cue.last))
    return tuple(out)
