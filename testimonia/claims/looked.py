"""The first look at a sentence: what in it may be a claim, before any other question is asked.

Most sentences hold no phrase of the tables of triggers and cues, and end here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.claims import clause, denied, kind, modality, told
from testimonia.claims.told import Happening
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, Word, words
from testimonia.records import Quote

LONGEST = 2000  # characters: a longer "sentence" is a table or a broken text, and is not coded


@dataclass(frozen=True, slots=True)
class Seen:
    """What is looked up once for a sentence: its words and segments, its triggers, and what its cues govern."""

    text: str
    words: tuple[Word, ...]
    parts: tuple[clause.Segment, ...]
    named: tuple[Hit, ...]
    cues: tuple[Hit, ...]
    hits: tuple[Hit, ...]
    reaches: tuple[modality.Reach, ...]
    denied: tuple[tuple[int, int], ...]


def seen(sentence: Quote, before: Sequence[Quote], pack: LanguagePack | None, packs: Packs) -> Seen | None:
    """Look up the triggers of a sentence and what governs them; None where it speaks of nothing."""
    if pack is None or len(sentence.text) > LONGEST or _asks(sentence.text):
        return None
    text, split = sentence.text, words(sentence.text)
    named = kind.kinds(text, split, pack, packs).value
    cues = modality.cues(text, split, pack)
    if not named and not cues:
        return None
    parts = clause.segments(text, split, pack)
    found = modality.reaches(parts, pack.table("speech").find(split), named, cues)
    hits = (*denied.spoken(found, named, before, packs), *denied.carried(found, named, before, packs))
    return Seen(text, split, parts, named, cues, hits, found, modality.denied_runs(found))


def bare(sentence: Quote) -> Seen | None:
    """Return the look at a sentence in which the tables find nothing; None where nothing could be told in it."""
    if len(sentence.text) > LONGEST or _asks(sentence.text):
        return None
    split = words(sentence.text)
    whole = (clause.Segment(0, len(split), "start"),) if split else ()
    return Seen(sentence.text, split, whole, (), (), (), (), ()) if split else None


def happening(seen: Seen, hit: Hit) -> Happening | None:
    """Ask clause and modality of one trigger; None where it is no claim."""
    how = modality.modality(hit, seen.reaches, seen.text)
    if how.value is None:
        return None
    where = clause.clause(seen.words, seen.parts, hit, seen.denied)
    quoted = clause.quoted(seen.text, where.value, apart=bool(seen.denied))
    return Happening(hit, how.value, where.value, quoted, (*where.reasons, *how.reasons))


def happenings(seen: Seen) -> list[Happening]:
    """Return what the rules find told in a sentence, in text order."""
    return told.apart([found for hit in seen.hits if (found := happening(seen, hit)) is not None])


def _asks(text: str) -> bool:
    """Say whether a sentence only asks ("Was the hospital shelled? No"): a question states nothing."""
    return text.rstrip(" \"'”»).…").endswith("?")
