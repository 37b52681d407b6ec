"""Is a text about a conflict at all? News of sport, trade or crime uses the same verbs, and is not coded.

A text is about one where words of war (table `war`) stand in enough of its sentences, or triggers in many; where one
sentence tells something (a trigger) of war or of a side of a conflict; or where both sides are named.
Without a table `war` every text is taken to be about one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from testimonia.claims.looked import LONGEST
from testimonia.claims.sides import Tables
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Phrases, words
from testimonia.records import Quote

WAR = 0.05  # share of the sentences with words of war
DENSE = 0.3  # share of the sentences with triggers


def about_a_conflict(sentences: Sequence[Quote], packs: Packs) -> bool:
    """Say whether a text is about a conflict; `sentences` are all of its sentences."""
    if warlike(sentences, packs) or _share("triggers", sentences, packs) >= DENSE:
        return True
    return any(_tells(*one) for one in _readable(sentences, packs)) or _both(sentences, packs)


def about_no_conflict(sentences: Sequence[Quote], packs: Packs) -> bool:
    """Say whether a text can be read and is about no conflict; one in a language without a pack may be about any."""
    return any(_readable(sentences, packs)) and not about_a_conflict(sentences, packs)


def warlike(sentences: Sequence[Quote], packs: Packs) -> bool:
    """Say whether words of war stand in enough sentences of a text."""
    return _share("war", sentences, packs) >= WAR


def _share(table: str, sentences: Sequence[Quote], packs: Packs) -> float:
    """Return the share of the sentences in which a table finds something; of a language without it, all."""
    found = [_finds(pack.table(table), one) for one, pack in _readable(sentences, packs)]
    return sum(found) / len(found) if found else 0.0


def _finds(table: Phrases, sentence: Quote) -> bool:
    return not table.entries or bool(table.find(words(sentence.text), overlapping=True))


def _tells(sentence: Quote, pack: LanguagePack) -> bool:
    """Say whether one sentence tells something of war."""
    return _finds(pack.table("war"), sentence) and _finds(pack.table("triggers"), sentence)


def _both(sentences: Sequence[Quote], packs: Packs) -> bool:
    """Say whether both sides of a conflict are named, or one of them where something is told."""
    sides: set[str] = set()
    for sentence, pack in _readable(sentences, packs):
        tables = Tables.of(pack, packs)
        hits = tables.parties(sentence.text, words(sentence.text), abroad=True)
        here = {side for hit in hits if (side := tables.side(hit.value))}
        sides |= here
        if (here and _finds(pack.table("triggers"), sentence)) or any(
            {own, enemy} <= sides for own, enemy in tables.enemies.items()
        ):
            return True
    return False


def _readable(sentences: Sequence[Quote], packs: Packs) -> Iterator[tuple[Quote, LanguagePack]]:
    """Yield the sentences that can be coded, with the pack of their language."""
    return ((one, pack) for one in sentences if len(one.text) <= LONGEST and (pack := packs.language(one.lang)))
