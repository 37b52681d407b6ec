"""Does a sentence speak of where forces are, or of what is passed to them? By its words alone, claim or no claim.

The coder misses things, and what it misses it cannot veil. So the gate asks the words too, in reports younger than the
embargo: the triggers of the embargoed types, with their conditions tried on the whole sentence instead of the clause,
and the table `watch` of each language. Meant to hide once too often, never once too rarely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from testimonia.embargo import EMBARGOED_TYPES
from testimonia.packs import LanguagePack, Packs, load_packs
from testimonia.phrases import Hit, Phrases, Word, words

WITH, WITHOUT = "with:", "without:"


@cache
def installed() -> Packs:
    """Return all packs that are installed, whatever a project has chosen: what may be shown is no setting."""
    return load_packs()


def _packs() -> Mapping[str, LanguagePack]:
    return installed().languages


@cache
def _table(lang: str) -> Phrases:
    """Return the phrases of one language that tell of forces."""
    pack = _packs()[lang]
    entries = (*pack.table("triggers").entries, *pack.table("watch").entries)
    return Phrases(entry for entry in entries if entry.value in EMBARGOED_TYPES)


def _holds(hit: Hit, classes: frozenset[str]) -> bool:
    """Say whether the conditions of a phrase hold, given the classes of cues in its sentence."""
    wanted = {tag.removeprefix(WITH) for tag in hit.tags if tag.startswith(WITH)}
    unwanted = {tag.removeprefix(WITHOUT) for tag in hit.tags if tag.startswith(WITHOUT)}
    return (not wanted or not wanted.isdisjoint(classes)) and unwanted.isdisjoint(classes)


def _told(split: tuple[Word, ...], lang: str) -> bool:
    hits = _table(lang).find(split, overlapping=True)
    if not hits:
        return False
    classes = frozenset(cue.value for cue in _packs()[lang].table("cues").find(split, overlapping=True))
    return any(_holds(hit, classes) for hit in hits)


def _languages(lang: str | None) -> Iterator[str]:
    return iter([lang] if lang and lang in _packs() else sorted(_packs()))


def tells_of_forces(text: str, lang: str | None = None) -> bool:
    """Say whether a sentence in this language (None or one without a pack: in any) tells of forces or of informing."""
    split = words(text)
    return any(_told(split, code) for code in _languages(lang))
