"""Which conflict is a document about, and which state, where it is another than the region packs'?

A document on a region pack's conflict names both of its sides, or one of them oftener than all other states. In any
other the parties go by their own names, the nouns that every state has ("the police") are those of the state that it
names most, and "the militants" are the armed group that it names most.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

from testimonia.claims.sides import UNPLACED, Stance, Tables, alignments
from testimonia.phrases import Hit, words
from testimonia.records import Document

REACH = 20_000  # characters of a document that are looked at
TAKEN = 2  # how much naming one side counts against naming other states, where the source takes a side
MOST = 2 / 3  # the share of the armed groups named that makes one whom "the militants" means
ARMED = "armed"  # the tag of an armed group that is no state's
STATE = frozenset(("country", "town", "adjective"))  # tags of the words that name a state


@dataclass(frozen=True, slots=True)
class Scene:
    """Whether a document is about another conflict; the government and the armed group that it is about."""

    abroad: bool = False
    home: str = ""
    foe: str = ""


@lru_cache(maxsize=256)
def scene(text: str, tables: Tables, *, taken: bool = False) -> Scene:
    """Return which conflict a text is about, read off the states, armed groups and sides that it names.

    `taken` where its source is stated to take one of the two sides: then it is on their conflict sooner.
    """
    text = text[:REACH]
    hits = tables.parties(text, words(text), abroad=True)
    sides = Counter(side for hit in hits if (side := tables.side(hit.value)) and "loaded" not in hit.tags)
    states = Counter(hit.value.rpartition("/")[2] for hit in hits if _is_state(hit, tables))
    groups = Counter(hit.value for hit in hits if ARMED in hit.tags and not tables.side(hit.value))
    others = states.total() + groups.total()
    both = any(sides[own] and sides[enemy] for own, enemy in tables.enemies.items())
    weight = TAKEN if taken else 1
    if both or not others or weight * max(sides.values(), default=0) > others:
        return Scene()
    return Scene(True, _most(states), _most(groups, MOST))


def state_of(text: str, tables: Tables) -> frozenset[str]:
    """Return the state that a text on another conflict is about, by its English name; none where that is not told."""
    home = scene(text, tables).home
    return frozenset((home.replace("_", " ").title(),)) if home else frozenset()


def set_in(taken: Stance, document: Document, tables: Tables) -> Stance:
    """Return whose side is taken, with the conflict that the document is about."""
    text = f"{document.title or ''}\n{document.text}"
    where = scene(text, tables, taken=document.alignment in alignments(tables.packs))
    return replace(taken, abroad=where.abroad, home=where.home, foe=where.foe)


def _is_state(hit: Hit, tables: Tables) -> bool:
    return bool(hit.tags & STATE) and hit.value not in UNPLACED and tables.side(hit.value) is None


def _most(found: Counter[str], share: float = 0) -> str:
    """Return what is named most, "" where that is nothing or less than a share of all."""
    most = found.most_common(1)
    return most[0][0] if most and most[0][1] >= share * found.total() else ""
