"""By what means: with which weapon, or in which way, is it done?

The words stand in the table `means`: a row's tag `by:CODE` names the means, its value only the type of an attack by it.
The means is that of the phrase nearest to the happening, in its clause before the rest of the sentence, a word that
says more before a vague one; words that name a weapon as what is hit, and not as what is used, do not count (`_used`).
"""

from __future__ import annotations

from collections.abc import Sequence

from testimonia.claims.asked import Answer, Asked
from testimonia.phrases import Hit
from testimonia.records import Reason

BY = "by:"
HOW = "how"  # tag: the phrase by itself says that it is used ("by drone", "shelling", the instrumental case)
VAGUE = "vague"  # tag: a word of such a kind ("shelling", "air strike") that one which says more beats
WITHIN = 12  # words from the trigger
HELD = frozenset({"drone", "aircraft", "missile", "rocket", "bomb", "guided_bomb", "cluster", "incendiary", "chemical"})

# What is done by some means, and the means that a type allows where its own words leave a choice (None: any).
DONE_BY: dict[str, frozenset[str] | None] = {
    "killing": None,
    "injury": None,
    "assassination": None,
    "sabotage": None,
    "property": None,
    "clash": None,
    "shelling": None,
    "airstrike": HELD,
    "explosion": None,
    "deprivation": None,
    "torture": frozenset({"beating", "knife", "fire", "small_arms"}),
    "protest": frozenset({"crowd_control", "small_arms", "beating", "fire"}),
}
# Where a weapon may be what is hit, and the means that are weapons and no ways to do it.
ON_THINGS = frozenset({"property", "sabotage", "deprivation", "clash"})
THINGS = (HELD - {"chemical", "incendiary"}) | {"artillery", "mortar", "tank", "mine", "device", "grenade", "car_bomb"}


def code(hit: Hit) -> str | None:
    """Return the means that a phrase of the table names; None where it only gives a type."""
    return next((tag.removeprefix(BY) for tag in sorted(hit.tags) if tag.startswith(BY)), None)


def _gap(hit: Hit, trigger: Hit) -> int:
    return max(0, hit.first - trigger.last, trigger.first - hit.last)


def _used(hit: Hit, asked: Asked) -> bool:
    """Say whether a weapon near a happening is what it is done with, and not what it falls on.

    People are hit by a weapon wherever it stands. A thing may itself be one ("destroyed two drones"): there the phrase
    must be in the trigger, say of itself that it is used, or follow a preposition ("by a drone", «с дрона»).
    """
    trigger = asked.trigger
    if trigger.value not in ON_THINGS or code(hit) not in THINGS:
        return True
    if HOW in hit.tags or trigger.first <= hit.first < trigger.last:
        return True
    before = asked.words[max(0, hit.first - 2) : hit.first]
    return any(word.form in asked.pack.list("prepositions") for word in before)


def _rank(hit: Hit, asked: Asked) -> tuple[bool, bool, int, int]:
    """Order the phrases: those of the clause first, then those that are no vague word, the nearest, the first."""
    return (not asked.within(hit.start, hit.end), VAGUE in hit.tags, _gap(hit, asked.trigger), hit.first)


def _fitting(hits: Sequence[Hit], asked: Asked) -> list[Hit]:
    allowed = DONE_BY[asked.trigger.value]
    near = [hit for hit in hits if _gap(hit, asked.trigger) <= WITHIN and _used(hit, asked)]
    return [hit for hit in near if allowed is None or code(hit) in allowed]


def means(asked: Asked) -> Answer[str | None]:
    """Return the code of the means; None where the happening is none that has one, or the words name none."""
    if asked.trigger.value not in DONE_BY:
        return Answer(None)
    named = [hit for hit in asked.pack.table("means").find(asked.words) if code(hit)]
    heard = [hit for hit in named if not asked.only_says(hit.start, hit.end)]
    best = min(_fitting(heard, asked), key=lambda hit: _rank(hit, asked), default=None)
    if best is None:
        return Answer(None)
    words = asked.sentence.text[best.start : best.end]
    return Answer(code(best), (Reason("means", f"nearest named: {best.entry.phrase}", words),))
