"""The rules and the encoder check each other: what both see is kept, and what one of them is sure enough of alone.

The rules read syntax and grammars exactly but know only the words of their tables; the encoder has learned from
annotated documents what is told at all, but little of what these hold seldom. So the encoder judges what either of them
finds, and a slot is put to the vote of both. A denial that the rules read stays one, whatever the encoder says. The
numbers here were chosen on documents that it was not trained on (docs/model.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from testimonia.claims.attribution import heard
from testimonia.claims.count import of_one
from testimonia.claims.doer import ACCUSED, AGENT, SUBJECT
from testimonia.claims.elsewhere import HEADLINE, ON
from testimonia.claims.learned.confidence import READ, confidence, read, rule, scores
from testimonia.claims.learned.opinion import Opinion, Told, View
from testimonia.claims.looked import Seen, happening
from testimonia.claims.modality import CODES, NEGATION, Reach
from testimonia.claims.named import name as proper
from testimonia.claims.nominative import nominative
from testimonia.claims.resistance import resistance
from testimonia.claims.speaker import BEFORE, HERE
from testimonia.claims.told import Happening
from testimonia.packs import Packs
from testimonia.phrases import Entry, Hit, words
from testimonia.records import Claim, Confidence, Count, Modality, Reason, Speaker

T = TypeVar("T")

PEOPLE = "civilians"
FLOOR = 0.2  # a happening of the rules falls where the encoder finds it less likely told
ENOUGH = 0.5  # a type that the rules have not found is told where the encoder finds it so likely
DENIABLE = 0.15  # the same, where a denial governs nothing else
PARTY, GROUP = 0.3, 0.3  # what the answer of the rules weighs in a vote, in probability
ASSERTED, UNASSERTED = 1.0, 0.6  # the same, where they say that it is asserted, and where they say anything else
UNDENIED = 0.02  # probability of a denial below which a negation denies nothing that is likely told
READ_SO = 0.3  # what the modality that the rules read weighs where only the encoder found what is told
DOERS = {ACCUSED: 9.0, SUBJECT: 0.8, AGENT: 0.8}  # of a doer whom the grammar names: an accusation leaves no vote
HIT = {None: 0.0, PEOPLE: 0.3}  # of whom it hit, where they name no side; SIDE where they name one
SIDE = 0.5
SINGLE = 0.5  # probability from which on what no number counts befell one
CITED = 0.3  # probability that nobody is cited below which a speaker whom only the encoder finds is taken
UNCITED = {ON: 0.7, HERE: 0.95, HEADLINE: 0.95}  # from which on nobody is, though a rule found a speaker
CARRIED = frozenset((ON, BEFORE))  # rules that carry a speaker on, and give way to one whom the encoder points at
LONGEST_NAME = 120  # characters


def happenings(found: Sequence[Happening], look: Seen, opinion: Opinion, at: int) -> list[Happening]:
    """Return what is told in a sentence: of what the rules found, what is likely; and what only the encoder finds."""
    if not opinion.reads(at):
        return list(found)
    kept = [one for one in found if _stands(one, opinion, at)]
    types = {one.trigger.value for one in kept}
    more = [one for one in opinion.most(at, ENOUGH) if one.type not in types]
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
    number = opinion.counted(at, *(figure or of.stretch)).get(made.type)
    found = scores(made, agreed, view, told, number)
    return confidence(found, opinion.encoder.calibration)


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


def claim(made: Claim, of: Happening, opinion: Opinion, at: int, text: str, packs: Packs) -> Claim:
    """Return a claim of the rules with the slots that both vote on; as it is where the encoder did not read it."""
    begin = text.find(made.count.words) if made.count else -1
    figure = (begin, begin + len(made.count.words)) if made.count and begin >= 0 else None
    view = opinion.claim(at, *of.stretch, made.type, figure)
    if view is None:
        return made
    told, said = opinion.told(at, *of.stretch)[made.type], text[of.trigger.start : of.trigger.end]
    by = actor(view, made.actor, _of_doer(made))
    agreed = replace(
        made,
        count=made.count or single(view, of.trigger, said),
        modality=modality(view, made, told),
        speaker=speaker(view, made.speaker, rule(made, "speaker"), packs),
        actor=by,
        target=target(view, made.target),
        group=group(view, made.group),
        resistance=resistance(made.type, by).value,
    )
    agreed = replace(agreed, reasons=(*made.reasons, *_outvoted(made, agreed, view, said)))
    return replace(agreed, confidence=_confidence(made, agreed, of, opinion, at, view, figure))


def _of_doer(made: Claim) -> float:
    """Return what the rule weighs that found who did it: nothing where none did."""
    rules = (one.rule.removeprefix("actor: ") for one in made.reasons if one.rule.startswith("actor: "))
    said = next(rules, "")
    return next((weight for rule, weight in DOERS.items() if said.startswith(rule)), PARTY) if made.actor else 0.0


def modality(view: View, made: Claim, told: float) -> Modality:
    """Return whether it is asserted, denied …: a denial that the rules read stands, else the vote of both.

    A negation alone is no denial where the encoder finds that something is told, and no denial of it at all: "nobody
    has had water since May".
    """
    rules = made.modality
    if rules == "denied":
        negation = rule(made, "modality").startswith(NEGATION) and view.modality.get(rules, 0.0) < UNDENIED
        return CODES[voted(view.modality, "asserted", 0.0)] if negation and told >= ENOUGH else rules
    weight = ASSERTED if rules == "asserted" else UNASSERTED
    return CODES[voted(view.modality, rules, READ_SO if read(made) else weight)]


def actor(view: View, rules: str | None, weight: float = PARTY) -> str | None:
    """Return who did it by the vote of both; where the rules name nobody, the encoder alone answers."""
    return voted(view.actor, rules, weight if rules else 0.0)


def target(view: View, rules: str | None) -> str | None:
    """Return whom it hit by the vote of both: whether it is one side or another is put to it.

    Whether no side are people or nobody said is asked of the rules alone: they know which words call them so.
    """
    people = None if rules in HIT else rules
    sides = {code: likely for code, likely in view.target.items() if code not in HIT}
    unsaid = sum(likely for code, likely in view.target.items() if code in HIT)
    found = voted({None: unsaid, **sides}, people, HIT.get(rules, SIDE))
    return found or (rules if rules in HIT else None)


def single(view: View, trigger: Hit, told: str) -> Count | None:
    """Return one for what no number counts, if the encoder is sure enough that it befell one."""
    return of_one(trigger, told) if view.single >= SINGLE else None


def group(view: View, rules: str | None) -> str | None:
    """Return the kind of people hit by the vote of both."""
    return voted(view.group, rules, GROUP)


def speaker(view: View, rules: Speaker | None, by: str, packs: Packs) -> Speaker | None:
    """Return who is cited, by the rules; `by` is the rule that found him.

    Where they find none, or only carry one on from before, it is whom the encoder points at, if it is sure of one;
    where it is sure that nobody is cited, nobody.
    """
    if rules and view.unsaid > UNCITED.get(by, 1.0):
        return None
    if rules and by not in CARRIED:
        return rules
    pointed = _pointed(view, packs) if view.unsaid < CITED else None
    return rules if pointed is None or (rules and _same_name(pointed.name, rules.name)) else pointed


def _same_name(a: str, b: str) -> bool:
    """Say whether two names share a word."""
    return not {word.form for word in words(a)}.isdisjoint(word.form for word in words(b))


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
