"""What happened? The phrases of the pack's `triggers` that are in the sentence, each with the type that it means here.

An ambiguous trigger has conditions: a cue of some class in the same clause ("captured" five soldiers, a village, a
tank), or the means of an attack. A longer phrase beats the shorter ones in it; one of value `none` silences them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from testimonia.claims.asked import Answer
from testimonia.claims.clause import Segment, holding, run, segments
from testimonia.claims.gazetteer import gazetteer
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Entry, Hit, Phrases, Word, longest
from testimonia.records import Reason

NOTHING = "none"
UNSTATED = "unstated"  # tag of a blow whose means the sentence does not say
FAR = 99
ASIDE = 2  # words by which who does it is farther from a verb than whom it hits: before an active one, behind a passive
ADVERB = 1  # words between a form of "to be" and its participle
ON_LAND = frozenset({"with:land", "without:land"})  # conditions that a place name may meet
LAND = frozenset({"site", "settlement", "district", "unit"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence as the conditions of triggers see it: its segments, cues and means, all by word index."""

    parts: tuple[Segment, ...]
    cues: tuple[Hit, ...]
    means: tuple[Hit, ...]
    be: frozenset[int] = frozenset()  # the words behind a form of "to be"

    def passive(self, trigger: Hit) -> bool:
        """Say whether a trigger tells what was done to those before it."""
        return "passive" in trigger.tags or any(trigger.first - gap in self.be for gap in range(ADVERB + 1))

    def clause(self, hit: Hit) -> tuple[int, int]:
        """Return the clause that a hit lies in."""
        return run(self.parts, holding(self.parts, hit.first))


def _land(text: str, pack: LanguagePack, packs: Packs) -> list[Hit]:
    """Return the place names of a sentence, as cues of the class "land"."""
    return [
        Hit(mention.start, mention.end, Entry("land", mention.name), mention.first, mention.last)
        for mention in gazetteer(pack, packs).find(text)
        if mention.kind in LAND and mention.role != "office"
    ]


def scene(text: str, words: Sequence[Word], hits: Sequence[Hit], pack: LanguagePack, packs: Packs) -> Scene:
    """Look up once what the conditions of triggers ask for; the names of places only where one asks for land."""
    cues = pack.table("cues").find(words, overlapping=True)
    named = _land(text, pack, packs) if any(not ON_LAND.isdisjoint(hit.tags) for hit in hits) else ()
    means = (hit for hit in pack.table("means").find(words) if hit.value != NOTHING)
    be = (hit.last for hit in pack.table("breaks").find(words) if hit.value == "be")
    return Scene(segments(text, words, pack), (*cues, *named), tuple(means), frozenset(be))


def distance(a: Hit, b: Hit) -> int:
    """Return how many words stand between two hits; 0 where they touch or overlap."""
    return max(0, a.first - b.last, b.first - a.last)


def _nearest(trigger: Hit, classes: frozenset[str], seen: Scene) -> int | None:
    first, last = seen.clause(trigger)
    inside = (c for c in seen.cues if c.value in classes and first <= c.first and c.last <= last)
    passive = seen.passive(trigger)
    near = (
        distance(trigger, c) + ASIDE * (passive == (c.first >= trigger.last))
        for c in inside
        if not trigger.first <= c.first < trigger.last
    )
    return min(near, default=None)


def _classes(trigger: Hit, tag: str) -> frozenset[str]:
    return frozenset(name.removeprefix(tag) for name in trigger.tags if name.startswith(tag))


def _rank(trigger: Hit, seen: Scene) -> int | None:
    """Return how far the cue is that a trigger needs, FAR where it needs none, None where its condition fails."""
    without = _classes(trigger, "without:")
    if without and _nearest(trigger, without, seen) is not None:
        return None
    wanted = _classes(trigger, "with:")
    return _nearest(trigger, wanted, seen) if wanted else FAR


def _standing(hits: Sequence[Hit], seen: Scene) -> list[Hit]:
    """Keep the hits whose conditions hold, of those on the same words the one whose cue is nearest."""
    best: dict[tuple[int, int], tuple[int, int, Hit]] = {}
    for order, hit in enumerate(hits):
        rank = _rank(hit, seen)
        key = (hit.first, hit.last)
        if rank is not None and (key not in best or (rank, order) < best[key][:2]):
            best[key] = (rank, order, hit)
    return [hit for _, _, hit in best.values()]


def _by_means(trigger: Hit, seen: Scene) -> Hit:
    """Give an attack the type of its means: the nearest one named; of missiles and drones together, shelling."""
    if "means" not in trigger.tags:
        return trigger
    if not seen.means:
        return replace(trigger, entry=replace(trigger.entry, tags=trigger.tags | {UNSTATED}))
    first, last = seen.clause(trigger)
    inside = [m for m in seen.means if first <= m.first < last] or list(seen.means)
    kinds = {m.value for m in inside if distance(trigger, m) <= 8}
    nearest = min(inside, key=lambda m: distance(trigger, m)).value
    value = "shelling" if {"shelling", "airstrike"} <= kinds else nearest
    return replace(trigger, entry=replace(trigger.entry, value=value))


def triggers(text: str, words: Sequence[Word], pack: LanguagePack, packs: Packs) -> tuple[Hit, ...]:
    """Return every trigger that stands, in text order, bare mentions too, `none` left out."""
    table: Phrases = pack.table("triggers")
    raw = table.find(words, overlapping=True)
    if not raw:
        return ()
    seen = scene(text, words, raw, pack, packs)
    return tuple(_by_means(hit, seen) for hit in longest(_standing(raw, seen)) if hit.value != NOTHING)


def kinds(text: str, words: Sequence[Word], pack: LanguagePack, packs: Packs) -> Answer[tuple[Hit, ...]]:
    """Return the triggers of a sentence, with the phrases that named them."""
    hits = triggers(text, words, pack, packs)
    return Answer(hits, tuple(reason(hit, text) for hit in hits))


def reason(trigger: Hit, text: str) -> Reason:
    """Return why a sentence speaks of a type: the phrase of the table, and the words that it stands for here."""
    return Reason("kind", f"{trigger.value}: {trigger.entry.phrase}", text[trigger.start : trigger.end])
