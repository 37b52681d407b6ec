"""The rules and the encoder check each other: what both see is kept, and what one of them is sure enough of alone.

The rules read syntax and grammars exactly but know only the words of their tables; the encoder has learned from
annotated documents what is told at all, but little of what these hold seldom. So the encoder judges what either of them
finds, and the slots are put to the vote of both (`votes`). The numbers here were chosen on documents that it was not
trained on (docs/model.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from testimonia.claims.asked import Asked
from testimonia.claims.echo import called, unstated
from testimonia.claims.kind import UNSTATED
from testimonia.claims.learned.confidence import READ, confidence, scores
from testimonia.claims.learned.encoder import Encoder
from testimonia.claims.learned.opinion import Opinion, Told, View
from testimonia.claims.looked import Seen, happening
from testimonia.claims.modality import Reach
from testimonia.claims.resistance import resistance
from testimonia.claims.told import Happening, apart
from testimonia.claims.votes import actor, group, modality, place, single, speaker, target, when
from testimonia.phrases import Entry, Hit
from testimonia.records import Claim, Confidence, Reason

BLOWS = ("shelling", "airstrike", "explosion")  # one blow is one of them
CARRIED = frozenset({"noun", "denied"})  # tags of a denial that names no happening itself
FLOOR = 0.3  # a happening of the rules falls where the encoder finds it less likely told
ADDED = 0.6  # from where on what the rules missed is added
CLEARLY = 0.2  # by how much another type is likelier, where a denial goes by that one
DENIABLE = 0.1  # the floor of what is denied; and from where on a denial that governs nothing else is one


def happenings(found: Sequence[Happening], look: Seen, opinion: Opinion, at: int) -> list[Happening]:
    """Return what is told in a sentence: of what the rules found, what is likely; and what only the encoder finds."""
    if not opinion.reads(at):
        return list(found)
    judged = (_meant(_likelier(one, opinion, at), look, opinion, at) for one in found)
    kept = apart([one for one in judged if _stands(one, opinion, at)])
    types = {one.trigger.value for one in kept}
    more = [one for one in opinion.most(at, ADDED) if one.type not in types and not _same_blow(one, kept)]
    added = [made for one in more if (made := _made(one, look)) is not None]
    answers = _denied(look, opinion.most(at, DENIABLE), {*types, *(one.trigger.value for one in added)})
    return sorted([*kept, *added, *answers], key=lambda one: one.trigger.first)


def _denied(look: Seen, likely: Sequence[Told], types: Collection[str]) -> list[Happening]:
    """Return what a denial denies that governs nothing which the rules know: what is likeliest told there.

    It is no claim where that is told by other words of the sentence.
    """
    best = max(likely, key=lambda one: one.probability, default=None)
    cue = next((reach.cue for reach in look.reaches if _denies_nothing(reach, look)), None)
    if cue is None or best is None or best.type in types:
        return []
    made = happening(look, replace(cue, entry=Entry(best.type, cue.entry.phrase, frozenset({"noun", "denied"}))))
    why = Reason("kind", f"{best.type}: {READ}, {best.probability:.2f}", look.text[cue.start : cue.end])
    return [replace(made, reasons=(why, *made.reasons))] if made and made.modality == "denied" else []


def _denies_nothing(reach: Reach, look: Seen) -> bool:
    """Say whether a word of denying, no mere negation, governs nothing that the rules know."""
    denies = reach.cue.value == "denied" and "near" not in reach.cue.tags
    return denies and not any(reach.first <= hit.first < reach.last for hit in look.hits)


def _likelier(one: Happening, opinion: Opinion, at: int) -> Happening:
    """Return a blow of unstated means under the type that the encoder finds likelier told, if it finds any."""
    told = opinion.told(at, *one.stretch) if unstated(one.trigger) else {}
    best = max(BLOWS, key=lambda kind: told.get(kind, 0.0))
    if not told or told[best] < max(FLOOR, told[one.trigger.value]) or best == one.trigger.value:
        return one
    return called(one, best, f"{READ}, {told[best]:.2f}")


def _meant(one: Happening, look: Seen, opinion: Opinion, at: int) -> Happening:
    """Return a denial that names no happening under the type that the encoder finds clearly likelier told there."""
    told = opinion.told(at, 0, len(look.text)) if one.trigger.tags >= CARRIED else {}
    best = max(told, key=lambda kind: told[kind], default="")
    if not best or told[best] < max(FLOOR, told[one.trigger.value] + CLEARLY):
        return one
    return called(one, best, f"{READ}, {told[best]:.2f}")


def _same_blow(told: Told, kept: Sequence[Happening]) -> bool:
    """Say whether the encoder finds a blow in the words of one of unstated means: that is one blow, under one type."""
    blows = [one.stretch for one in kept if UNSTATED in one.trigger.tags and one.trigger.value in BLOWS]
    return told.type in BLOWS and any(first < told.end and told.start < last for first, last in blows)


def _stands(one: Happening, opinion: Opinion, at: int) -> bool:
    told = opinion.told(at, *one.stretch)
    least = DENIABLE if one.modality == "denied" else FLOOR
    return not told or told[one.trigger.value] >= least


def _made(told: Told, look: Seen) -> Happening | None:
    """Return a happening that the encoder finds, at the word that tells it; None where the rules know it for none."""
    at = next((at for at, word in enumerate(look.words) if word.start < told.end and word.end > told.start), None)
    if at is None:
        return None
    word = look.words[at]
    said = look.text[word.start : word.end]
    hit = Hit(word.start, word.end, Entry(told.type, word.form, frozenset({"read"})), at, at + 1)
    made = happening(look, hit)
    why = Reason("kind", f"{told.type}: {READ}, {told.probability:.2f}", said)
    return replace(made, reasons=(why, *made.reasons)) if made else None


def _confidence(
    made: Claim, agreed: Claim, view: View, told: float, number: float | None, encoder: Encoder
) -> Confidence | None:
    """Return how sure a claim and its slots are; None where nobody has measured it."""
    table = encoder.calibration
    return confidence(scores(made, agreed, view, told, number), table) if table else None


def _outvoted(made: Claim, agreed: Claim, view: View, said: str) -> Iterator[Reason]:
    """Yield a reason for every slot in which the encoder's answer came before that of the rules.

    `said` are the words that tell of it.
    """
    for slot, likely in (("actor", view.actor), ("target", view.target)):
        code = getattr(agreed, slot)
        if code != getattr(made, slot):
            yield Reason(
                "party", f"{slot}: {code or 'nobody'}, by the encoder, {likely[code]:.2f}", view.named.get(code, "")
            )
    if agreed.group != made.group:
        yield Reason("group", f"{agreed.group or 'none'}, by the encoder, {view.group[agreed.group]:.2f}")
    if agreed.count != made.count:
        yield Reason("count", f"{'one' if agreed.count else 'none'}, by the encoder, {view.single:.2f}", said)
    if agreed.modality != made.modality:
        yield Reason("modality", f"{agreed.modality}, by the encoder, {view.modality[agreed.modality]:.2f}")
    if agreed.speaker != made.speaker:
        by = agreed.speaker.name if agreed.speaker else ""
        yield Reason("speaker", f"{'found' if by else 'none'} by the encoder, {abs(bool(by) - view.unsaid):.2f}", by)
    yield from _pointed(made, agreed, view)


def _pointed(made: Claim, agreed: Claim, view: View) -> Iterator[Reason]:
    """Yield a reason for a place or days that the encoder pointed at where the rules answered otherwise."""
    if agreed.place != made.place or agreed.adm1 != made.adm1:
        place = agreed.place
        where = place.name if place else agreed.adm1 or "none"
        yield Reason("place", f"{where}: by the encoder, {view.there.likely:.2f}", place.words if place else "")
    if agreed.when != made.when:
        days = agreed.when
        yield Reason(
            "when", f"{'found' if days else 'none'} by the encoder, {view.then.likely:.2f}", days.words if days else ""
        )


def claim(made: Claim, of: Happening, opinion: Opinion, at: int, asked: Asked) -> Claim:
    """Return a claim of the rules with the slots that both vote on; as it is where the encoder did not read it."""
    text = asked.sentence.text
    begin = text.find(made.count.words) if made.count else -1
    figure = (begin, begin + len(made.count.words)) if made.count and begin >= 0 else None
    view = opinion.claim(at, *of.stretch, made.type, figure)
    if view is None:
        return made
    view = opinion.pointed(view, at, asked, of.stretch, made)
    told, said = opinion.told(at, *of.stretch)[made.type], text[of.trigger.start : of.trigger.end]
    by, (where, adm1) = actor(view, made), place(view, made)
    agreed = replace(
        made,
        count=made.count or single(view, of.trigger, said),
        modality=modality(view, made, told),
        speaker=speaker(view, made, asked),
        actor=by,
        target=target(view, made),
        group=group(view, made),
        place=where,
        adm1=adm1,
        when=when(view, made),
        resistance=resistance(made.type, by).value,
    )
    agreed = replace(agreed, reasons=(*made.reasons, *_outvoted(made, agreed, view, said)))
    number = opinion.counted(at, *(figure or of.stretch)).get(made.type)
    return replace(agreed, confidence=_confidence(made, agreed, view, told, number, opinion.encoder))
