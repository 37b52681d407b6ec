"""What does a denial deny, and what of the bare mentions in a sentence is a claim?

A bare mention ("the attack") is a claim where the sentence names nothing else, or where it is denied: then it means the
attack told of last, and where that one is a bare mention too, the one before it. A denial that names no happening
itself ("Moscow rejected the accusations", "this was denied") denies what was told last: the nearest happening before it
in the sentence, rather the act than those it hurt; else, of the sentences before, all that somebody is accused of in
one of them; else the first act of the nearest one. Where nothing was told before, it is what the one who denies it
goes on to lay at another's door.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from testimonia.claims.clause import segments
from testimonia.claims.kind import triggers
from testimonia.claims.modality import Reach, cues, governs, reaches
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Entry, Hit, words
from testimonia.records import Quote

BACK = 3  # sentences before the denial that it may speak of
MOST = 3  # accusations that one denial answers
HARM = frozenset({"killing", "injury"})
SHELLING = "shelling"  # what an attack of unsaid means is
ATTACKS = frozenset({SHELLING, "airstrike", "explosion", "clash", "sabotage"})


def _before(before: Sequence[Quote], packs: Packs) -> Iterator[tuple[Quote, LanguagePack, tuple[Hit, ...]]]:
    """Yield the sentences before that tell of something, the nearest first, with their packs and triggers."""
    for quote in reversed(before[-BACK:]):
        pack = packs.language(quote.lang)
        hits = triggers(quote.text, words(quote.text), pack, packs) if pack and len(quote.text) <= 2000 else ()
        if pack and hits:
            yield quote, pack, hits


def _accused(quote: Quote, pack: LanguagePack, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the types of what a sentence tells as an accusation, in text order."""
    split = words(quote.text)
    parts = segments(quote.text, split, pack)
    found = reaches(parts, pack.table("speech").find(split), hits, cues(quote.text, split, pack))
    charges = [reach for reach in found if reach.cue.value == "alleged"]
    alleged = (hit.value for hit in hits if any(governs(reach, hit) for reach in charges))
    return tuple(dict.fromkeys(alleged))[:MOST]


def _in_sentences(before: Sequence[Quote], packs: Packs) -> tuple[str, ...]:
    """Return the types of what the sentences before accuse somebody of, else of the first act of the nearest one."""
    told = list(_before(before, packs))
    if accused := next((types for one in told if (types := _accused(*one))), ()):
        return accused
    hits = told[0][2] if told else ()
    acts = [hit for hit in hits if hit.value not in HARM] or hits
    return tuple(hit.value for hit in acts[:1])


def _told_last(hit: Hit, hits: Sequence[Hit], before: Sequence[Quote], packs: Packs) -> tuple[str, ...]:
    """Return the types of what was told last before a hit: in the sentence the last act, else in those before."""
    earlier = [other for other in hits if other.last <= hit.first]
    acts = [other for other in earlier if other.value not in HARM] or earlier
    later = tuple(other.value for other in hits if other.first >= hit.last)[:1]
    return (acts[-1].value,) if acts else _in_sentences(before, packs) or later


def _attack(hit: Hit, hits: Sequence[Hit], before: Sequence[Quote], packs: Packs) -> str | None:
    """Return the type of the attack told last before a bare mention: of one whose means are said, if there is any."""
    earlier = [other for other in hits if other.last <= hit.first]
    told = [*reversed(earlier), *(one for _, _, found in _before(before, packs) for one in found)]
    attacks = [one for one in told if one.value in ATTACKS]
    said = (one.value for one in attacks if "means" not in one.tags or one.value != SHELLING)
    return next(said, attacks[0].value if attacks else None)


def _meant(hit: Hit, hits: Sequence[Hit], before: Sequence[Quote], packs: Packs) -> Hit:
    """Give a denied mention of an attack the type of the attack told of last."""
    last = _attack(hit, hits, before, packs) if "means" in hit.tags else None
    return replace(hit, entry=replace(hit.entry, value=last)) if last else hit


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
            for value in _told_last(cue, hits, before, packs):
                entry = Entry(value, cue.entry.phrase, frozenset({"noun", "denied"}))
                out.append(Hit(cue.start, cue.end, entry, cue.first, cue.last))
    return tuple(out)
