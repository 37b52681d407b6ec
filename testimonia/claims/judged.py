"""The rules and the encoder check each other: what both see is kept, and what one of them is sure enough of alone.

The rules read syntax and grammars exactly but know only the words of their tables; the encoder has learned from
annotated documents what is told at all, but little of what these hold seldom. So the encoder judges what either of them
finds, and a slot is put to the vote of both. A denial that the rules read stays one, whatever the encoder says. The
numbers here were chosen on documents that it was not trained on (docs/model.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from testimonia.claims.attribution import heard
from testimonia.claims.doer import ACCUSED
from testimonia.claims.learned.confidence import READ, confidence, read, scores
from testimonia.claims.learned.opinion import Opinion, Told, View
from testimonia.claims.looked import Seen, happening
from testimonia.claims.modality import CODES
from testimonia.claims.named import name as proper
from testimonia.claims.nominative import nominative
from testimonia.claims.resistance import resistance
from testimonia.claims.told import Happening
from testimonia.packs import Packs
from testimonia.phrases import Entry, Hit
from testimonia.records import Claim, Confidence, Modality, Reason, Speaker

T = TypeVar("T")

FLOOR = 0.2  # a happening of the rules falls where the encoder finds it less likely told
ENOUGH = 0.5  # a type that the rules have not found is told where the encoder finds it so likely
PARTY, GROUP, MODALITY = 0.3, 0.3, 1.0  # what the answer of the rules weighs in a vote, in probability
READ_SO = 0.3  # what the modality that the rules read weighs where only the encoder found what is told
UNNAMED = 0.25  # the same, where they find nobody who did it: better nobody than a wrong one
UNHIT = 0.2  # the same, where they find nobody whom it hit
CITED = 0.3  # probability that nobody is cited below which a speaker whom only the encoder finds is taken
LONGEST_NAME = 120  # characters


def happenings(found: Sequence[Happening], look: Seen, opinion: Opinion, at: int) -> list[Happening]:
    """Return what is told in a sentence: of what the rules found, what is likely; and what only the encoder finds."""
    if not opinion.reads(at):
        return list(found)
    kept = [one for one in found if _stands(one, opinion, at)]
    types = {one.trigger.value for one in kept}
    more = [one for one in opinion.most(at, ENOUGH) if one.type not in types]
    added = (made for one in more if (made := _made(one, look)) is not None)
    return sorted([*kept, *added], key=lambda one: one.trigger.first)


def _stands(one: Happening, opinion: Opinion, at: int) -> bool:
    told = opinion.told(at, *one.stretch)
    return not told or one.modality == "denied" or told[one.trigger.value] >= FLOOR


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


def voted(view: Mapping[T, float], rules: T, weight: float) -> T:
    """Return the answer of rules and encoder together."""
    votes = dict(view)
    votes[rules] = votes.get(rules, 0.0) + weight
    return max(votes, key=lambda code: votes[code])


def _confidence(
    made: Claim, agreed: Claim, of: Happening, opinion: Opinion, at: int, view: View, figure: tuple[int, int] | None
) -> Confidence | None:
    """Return how sure a claim and its slots are; None where nobody has measured it."""
    if not opinion.encoder.calibration:
        return None
    told = opinion.told(at, *of.stretch)[made.type]
    counted = opinion.counted(at, *(figure or of.stretch)).get(made.type, 0.0)
    found = scores(made, agreed, view, told, counted if figure else 1 - counted)
    return confidence(found, opinion.encoder.calibration)


def _outvoted(made: Claim, agreed: Claim, view: View) -> Iterator[Reason]:
    """Yield a reason for every slot in which the encoder's answer came before that of the rules."""
    for slot, likely in (("actor", view.actor), ("target", view.target)):
        code = getattr(agreed, slot)
        if code != getattr(made, slot):
            yield Reason(
                "party", f"{slot}: {code or 'nobody'}, by the encoder, {likely[code]:.2f}", view.named.get(code, "")
            )
    if agreed.group != made.group:
        yield Reason("group", f"{agreed.group or 'none'}, by the encoder, {view.group[agreed.group]:.2f}")
    if agreed.modality != made.modality:
        yield Reason("modality", f"{agreed.modality}, by the encoder, {view.modality[agreed.modality]:.2f}")
    if agreed.speaker != made.speaker:
        said = agreed.speaker.name if agreed.speaker else ""
        yield Reason(
            "speaker", f"{'found' if said else 'none'} by the encoder, {abs(bool(said) - view.unsaid):.2f}", said
        )


def claim(made: Claim, of: Happening, opinion: Opinion, at: int, text: str, packs: Packs) -> Claim:
    """Return a claim of the rules with the slots that both vote on; as it is where the encoder did not read it."""
    begin = text.find(made.count.words) if made.count else -1
    figure = (begin, begin + len(made.count.words)) if made.count and begin >= 0 else None
    view = opinion.claim(at, *of.stretch, made.type, figure)
    if view is None:
        return made
    by = made.actor if _accused(made) else actor(view, made.actor)
    agreed = replace(
        made,
        modality=modality(view, made.modality, READ_SO if read(made) else MODALITY),
        speaker=speaker(view, made.speaker, packs),
        actor=by,
        target=target(view, made.target),
        group=group(view, made.group),
        resistance=resistance(made.type, by).value,
    )
    agreed = replace(agreed, reasons=(*made.reasons, *_outvoted(made, agreed, view)))
    return replace(agreed, confidence=_confidence(made, agreed, of, opinion, at, view, figure))


def _accused(made: Claim) -> bool:
    """Say whether the words accuse somebody of it, which leaves nothing to vote on."""
    return any(one.question == "party" and one.rule.startswith(f"actor: {ACCUSED}") for one in made.reasons)


def modality(view: View, rules: Modality, weight: float = MODALITY) -> Modality:
    """Return whether it is asserted, denied …: a denial that the rules read stands, else the vote of both."""
    return rules if rules == "denied" else CODES[voted(view.modality, rules, weight)]


def actor(view: View, rules: str | None) -> str | None:
    """Return who did it by the vote of both; where the rules name nobody, the encoder must be surer."""
    return voted(view.actor, rules, PARTY if rules else UNNAMED)


def target(view: View, rules: str | None) -> str | None:
    """Return whom it hit by the vote of both."""
    return voted(view.target, rules, PARTY if rules else UNHIT)


def group(view: View, rules: str | None) -> str | None:
    """Return the kind of people hit by the vote of both."""
    return voted(view.group, rules, GROUP)


def speaker(view: View, rules: Speaker | None, packs: Packs) -> Speaker | None:
    """Return who is cited, by the rules; where they find none, whom the encoder points at, if it is sure of one."""
    return rules or (_pointed(view, packs) if view.unsaid < CITED else None)


def _pointed(view: View, packs: Packs) -> Speaker | None:
    """Return the speaker that the encoder points at, under the name that the rules read there, else under its words."""
    if view.speaker is None:
        return None
    quote, start, end = view.speaker
    pack = packs.languages[quote.lang]
    sayings = (one for one in heard(quote.text, pack, packs) if one.name)
    said = next((one for one in sayings if one.start < end and one.end > start), None)
    if said:
        return Speaker(said.name, said.role, said.via)
    named = proper(quote.text[start:end].strip(" ,.:;—–-"), pack, packs) if end - start <= LONGEST_NAME else None
    if not named:
        return None
    role = next((hit.value for hit in pack.table("speakers").find(named) if hit.value != "same"), None)
    return Speaker(nominative(named, pack), role)
