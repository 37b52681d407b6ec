"""Does a sentence speak of where forces are, or of what is passed to them? By its words alone, claim or no claim.

The coder misses things, and what it misses it cannot veil. So the gate asks the words too, in reports younger than the
embargo: the triggers of the embargoed types, with their conditions tried on the whole sentence instead of the clause,
and the table `watch` of each language, where a word for forces near a verb of being, moving, staying, keeping or being
seen is enough, or right before a place. Meant to hide once too often, never once too rarely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from testimonia.embargo import EMBARGOED_TYPES
from testimonia.packs import LanguagePack, Packs, load_packs
from testimonia.phrases import Entry, Hit, Phrases, Word, words

WITH, WITHOUT = "with:", "without:"
FORCE, BEING, AT = "force", "being", "at"
NEAR = 8  # words that may stand between the two
BESIDE = 2  # words that may stand between forces and the word that leads to a place


@cache
def installed() -> Packs:
    """Return all packs that are installed, whatever a project has chosen: what may be shown is no setting."""
    return load_packs()


def _packs() -> Mapping[str, LanguagePack]:
    return installed().languages


@cache
def iso_of(unit: str) -> str | None:
    """Return the ISO 3166-2 code of a first-level unit by its English name; None where several states have the name."""
    return installed().book.iso_of(unit)


@cache
def _table(lang: str) -> Phrases:
    """Return the phrases of one language that tell of forces."""
    pack = _packs()[lang]
    entries = (*pack.table("triggers").entries, *pack.table("watch").entries)
    return Phrases(entry for entry in entries if entry.value in EMBARGOED_TYPES)


@cache
def _halves(lang: str) -> Mapping[str, Phrases]:
    """Return the phrases for forces, for being somewhere, and those that lead to a place, of one language."""
    entries = _packs()[lang].table("watch").entries
    return {half: Phrases(entry for entry in entries if entry.value == half) for half in (FORCE, BEING, AT)}


@cache
def _areas() -> Phrases:
    """Return the phrases for first-level units and countries, in all languages."""
    rows = (row for region in installed().regions for row in region.rows.get("areas", ()))
    phrases = (phrase for row in rows for lang in _packs() for phrase in (row.get(lang) or "").split("|"))
    return Phrases(Entry("area", phrase) for phrase in phrases if phrase.strip())


def of_areas(found: Sequence[Word]) -> frozenset[int]:
    """Return which words of a text, by number, name a first-level unit or a country."""
    return frozenset(at for hit in _areas().find(found, overlapping=True) for at in range(hit.first, hit.last))


def _placed(text: str, split: tuple[Word, ...], lang: str) -> bool:
    """Say whether forces stand near a verb of being somewhere, or right before a place."""
    forces = _halves(lang)[FORCE].find(split, overlapping=True)
    if not forces:
        return False
    beings = _halves(lang)[BEING].find(split, overlapping=True)
    if any(-NEAR <= being.first - force.last <= NEAR for force in forces for being in beings):
        return True
    leads = _halves(lang)[AT].find(split, overlapping=True)
    near = [lead for lead in leads for force in forces if 0 <= lead.first - force.last <= BESIDE]
    return bool(near) and any(_leads(lead, text, split, of_areas(split)) for lead in near)


def _leads(lead: Hit, text: str, split: Sequence[Word], areas: frozenset[int]) -> bool:
    at = lead.last
    return at < len(split) and text[split[at].start].isupper() and at not in areas


def _holds(hit: Hit, classes: frozenset[str]) -> bool:
    """Say whether the conditions of a phrase hold, given the classes of cues in its sentence."""
    wanted = {tag.removeprefix(WITH) for tag in hit.tags if tag.startswith(WITH)}
    unwanted = {tag.removeprefix(WITHOUT) for tag in hit.tags if tag.startswith(WITHOUT)}
    return (not wanted or not wanted.isdisjoint(classes)) and unwanted.isdisjoint(classes)


def _told(text: str, split: tuple[Word, ...], lang: str) -> bool:
    if _placed(text, split, lang):
        return True
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
    return any(_told(text, split, code) for code in _languages(lang))
