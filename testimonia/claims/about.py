"""Is a text about a conflict at all? News of sport, trade or crime uses the same verbs, and is not coded.

A text is about one where enough of its sentences speak of war, or triggers stand in many; where one sentence tells
something (a trigger) of war, or enough of them tell something of a side of a conflict; or where both sides are named. A
sentence speaks of war by one word of it (table `war`), or by two that may be of it ("blast", "evacuated"). Without that
table every text is taken to be about one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from testimonia.claims.looked import LONGEST
from testimonia.claims.sides import Tables
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import words
from testimonia.records import Quote

WAR = 0.05  # share of the sentences that speak of war, where there are two
ONE = 0.25  # the same, where it is one
MAYBE = "maybe"  # value of a word that may be of war
DENSE = 0.4  # share of the sentences with triggers
SIDED = 0.1  # share of the sentences that have triggers and name a side of a conflict
SIDES = 0.2  # share of the sentences that tell of force and name a side of a conflict
FORCE = frozenset(("shelling", "airstrike", "clash", "explosion", "torture", "territory", "deployment"))


def about_a_conflict(sentences: Sequence[Quote], packs: Packs) -> bool:
    """Say whether a text is about a conflict; `sentences` are all of its sentences."""
    if warlike(sentences, packs) or _share(_triggers, sentences, packs) >= DENSE:
        return True
    return any(_tells(*one) for one in _readable(sentences, packs)) or _sided(sentences, packs)


def about_no_conflict(sentences: Sequence[Quote], packs: Packs) -> bool:
    """Say whether a text can be read and is about no conflict; one in a language without a pack may be about any."""
    return any(_readable(sentences, packs)) and not about_a_conflict(sentences, packs)


def warlike(sentences: Sequence[Quote], packs: Packs) -> bool:
    """Say whether enough sentences of a text speak of war."""
    speak = [_speaks_of_war(*one) for one in _readable(sentences, packs)]
    return any(speak) and sum(speak) / len(speak) >= (WAR if sum(speak) > 1 else ONE)


def _share(holds: Callable[[Quote, LanguagePack], bool], sentences: Sequence[Quote], packs: Packs) -> float:
    """Return the share of the sentences of which something holds."""
    found = [holds(*one) for one in _readable(sentences, packs)]
    return sum(found) / len(found) if found else 0.0


def _triggers(sentence: Quote, pack: LanguagePack) -> bool:
    table = pack.table("triggers")
    return not table.entries or bool(table.find(words(sentence.text), overlapping=True))


def _speaks_of_war(sentence: Quote, pack: LanguagePack) -> bool:
    """Say whether one sentence speaks of war: by one word of it, or two that may be; without a table all do."""
    table = pack.table("war")
    hits = table.find(words(sentence.text), overlapping=True)
    maybe = {hit.first for hit in hits if hit.value == MAYBE}
    return not table.entries or len(maybe) >= 2 or any(hit.value != MAYBE for hit in hits)


def _tells(sentence: Quote, pack: LanguagePack) -> bool:
    """Say whether one sentence tells something of war."""
    return _triggers(sentence, pack) and _speaks_of_war(sentence, pack)


def tells_of_force(sentences: Sequence[Quote], packs: Packs) -> bool:
    """Say whether enough sentences of a text tell of force and name a side of a conflict."""
    return _share(partial(_forced, packs), sentences, packs) >= SIDES


def _forced(packs: Packs, sentence: Quote, pack: LanguagePack) -> bool:
    found = pack.table("triggers").find(words(sentence.text), overlapping=True)
    return any(hit.value in FORCE for hit in found) and bool(_sides(sentence, pack, packs))


def _sides(sentence: Quote, pack: LanguagePack, packs: Packs) -> set[str]:
    """Return the sides of a conflict that a sentence names."""
    tables = Tables.of(pack, packs)
    hits = tables.parties(sentence.text, words(sentence.text), abroad=True)
    return {side for hit in hits if (side := tables.side(hit.value))}


def _sided(sentences: Sequence[Quote], packs: Packs) -> bool:
    """Say whether both sides of a conflict are named, or one of them where enough is told."""
    named: set[str] = set()
    told = every = 0
    for sentence, pack in _readable(sentences, packs):
        here, enemies = _sides(sentence, pack, packs), Tables.of(pack, packs).enemies
        named |= here
        if any({own, enemy} <= named for own, enemy in enemies.items()):
            return True
        told, every = told + bool(here and _triggers(sentence, pack)), every + 1
    return bool(told) and told / every >= SIDED


def _readable(sentences: Sequence[Quote], packs: Packs) -> Iterator[tuple[Quote, LanguagePack]]:
    """Yield the sentences that can be coded, with the pack of their language."""
    return ((one, pack) for one in sentences if len(one.text) <= LONGEST and (pack := packs.language(one.lang)))
