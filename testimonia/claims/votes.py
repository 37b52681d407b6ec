"""How do rules and encoder vote on the slots of a claim?

An answer of the rules weighs what its rule has been worth on documents that the encoder was not trained on, in
probability. A denial that the rules read stays one whatever the encoder says, unless it is a mere negation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from testimonia.claims.asked import Asked
from testimonia.claims.attribution import heard
from testimonia.claims.count import of_one
from testimonia.claims.doer import ACCUSED, AGENT, SUBJECT
from testimonia.claims.elsewhere import HEADLINE, ON
from testimonia.claims.gazetteer import gazetteer
from testimonia.claims.learned.confidence import read
from testimonia.claims.learned.opinion import View
from testimonia.claims.modality import CODES, NEGATION
from testimonia.claims.named import name as proper
from testimonia.claims.nominative import nominative
from testimonia.claims.office import fuller
from testimonia.claims.speaker import BEFORE, HERE
from testimonia.claims.which import largest
from testimonia.packs import Packs
from testimonia.phrases import Hit, words
from testimonia.places.book import Bearer
from testimonia.records import Claim, Count, Modality, Place, Quote, Speaker, When

T = TypeVar("T")

ENOUGH = 0.5  # something is told where the encoder finds it so likely
PEOPLE = "civilians"
PARTY, GROUP = 0.3, 0.3  # what the answer of the rules weighs in a vote, in probability
ASSERTED, UNASSERTED = 1.0, 0.6  # the same, where they say that it is asserted, and where they say anything else
UNDENIED = 0.02  # probability of a denial below which a negation denies nothing that is likely told
READ_SO = 0.3  # what the modality that the rules read weighs where only the encoder found what is told
DOERS = {ACCUSED: 9.0, SUBJECT: 0.8, AGENT: 0.8}  # of a doer whom the grammar names: an accusation leaves no vote
HIT = {None: 0.1, PEOPLE: 0.3}  # of whom it hit, where they name no side; SIDE where they name one
SIDE = 0.5
SINGLE = 0.5  # probability from which on what no number counts befell one
CITED = 0.3  # probability that nobody is cited below which a speaker whom only the encoder finds is taken
UNCITED = {ON: 0.7, HERE: 0.95, HEADLINE: 0.95}  # from which on nobody is, though a rule found a speaker
CARRIED = frozenset((ON, BEFORE))  # rules that carry a speaker on, and give way to one whom the encoder points at
LONGEST_NAME = 120  # characters
LOCAL = "local"  # tag of an office that speaks for one town or region


def voted(view: Mapping[T, float], rules: T, weight: float) -> T:
    """Return the answer of rules and encoder together."""
    votes = dict(view)
    votes[rules] = votes.get(rules, 0.0) + weight
    return max(votes, key=lambda code: votes[code])


def modality(view: View, made: Claim, told: float) -> Modality:
    """Return whether it is asserted, denied …: a denial that the rules read stands, else the vote of both.

    A negation alone is no denial where the encoder finds that something is told, and no denial of it at all: "nobody
    has had water since May".
    """
    rules = made.modality
    if rules == "denied":
        negation = made.rule("modality").startswith(NEGATION) and view.modality.get(rules, 0.0) < UNDENIED
        return CODES[voted(view.modality, "asserted", 0.0)] if negation and told >= ENOUGH else rules
    weight = ASSERTED if rules == "asserted" else UNASSERTED
    return CODES[voted(view.modality, rules, READ_SO if read(made) else weight)]


def actor(view: View, made: Claim) -> str | None:
    """Return who did it by the vote of both; where the rules name nobody, the encoder alone answers."""
    return voted(view.actor, made.actor, _of_doer(made))


def _of_doer(made: Claim) -> float:
    """Return what the rule weighs that found who did it: nothing where none did."""
    rules = (one.rule.removeprefix("actor: ") for one in made.reasons if one.rule.startswith("actor: "))
    said = next(rules, "")
    return next((weight for rule, weight in DOERS.items() if said.startswith(rule)), PARTY) if made.actor else 0.0


def target(view: View, made: Claim) -> str | None:
    """Return whom it hit by the vote of both: whether it is one side or another is put to it.

    Whether no side are people or nobody said is asked of the rules alone: they know which words call them so.
    """
    rules = made.target
    people = None if rules in HIT else rules
    sides = {code: likely for code, likely in view.target.items() if code not in HIT}
    unsaid = sum(likely for code, likely in view.target.items() if code in HIT)
    found = voted({None: unsaid, **sides}, people, HIT.get(rules, SIDE))
    return found or (rules if rules in HIT else None)


def single(view: View, trigger: Hit, told: str) -> Count | None:
    """Return one for what no number counts, if the encoder is sure enough that it befell one."""
    return of_one(trigger, told) if view.single >= SINGLE else None


def group(view: View, made: Claim) -> str | None:
    """Return the kind of people hit by the vote of both."""
    return voted(view.group, made.group, GROUP)


def place(view: View, made: Claim) -> tuple[Place | None, str | None]:
    """Return the place that the encoder points at, and its unit, as the rules read them where both name the same.

    A line between two places is the rules' to read: it is no one place to point at.
    """
    found, rules = view.there.place, made.place
    if rules and (rules.relation == "between" or (found and found.name == rules.name)):
        return rules, made.adm1 or view.there.adm1
    return found, view.there.adm1


def when(view: View, made: Claim) -> When | None:
    """Return the days that the encoder points at, as the rules read them, where they answer with the same."""
    found, rules = view.then.when, made.when
    same = found and rules and (found.first, found.last) == (rules.first, rules.last)
    return rules if same else found


def speaker(view: View, made: Claim, asked: Asked) -> Speaker | None:
    """Return who is cited, by the rules.

    Where they find none, or only carry one on from before, it is whom the encoder points at, if it is sure of one;
    where it is sure that nobody is cited, nobody.
    """
    rules, by = made.speaker, made.rule("speaker")
    if rules and view.unsaid > UNCITED.get(by, 1.0):
        return None
    if rules and by not in CARRIED:
        return rules
    pointed = _pointed(view, asked) if view.unsaid < CITED else None
    return rules if pointed is None or (rules and _same_name(pointed.name, rules.name)) else pointed


def _same_name(a: str, b: str) -> bool:
    """Say whether two names share a word."""
    return not {word.form for word in words(a)}.isdisjoint(word.form for word in words(b))


def _pointed(view: View, asked: Asked) -> Speaker | None:
    """Return the speaker that the encoder points at, under the fullest name that the document has for him.

    Whoever is cited in a later sentence alone has not spoken yet.
    """
    if view.speaker is None or view.speaker[0].start >= asked.sentence.end:
        return None
    found = _read_there(view, asked.packs)
    if found and _local(found.name, view.speaker[0], asked.packs) and _in_another_region(view.speaker[0], asked):
        return None
    return replace(found, name=fuller(asked, found.name, found.role)) if found and not found.via else found


def _local(name: str, cited: Quote, packs: Packs) -> bool:
    """Say whether a speaker is called by the office of a town or region."""
    return any(
        LOCAL in hit.tags for hit in packs.languages[cited.lang].table("speakers").find(words(name), overlapping=True)
    )


def _in_another_region(cited: Quote, asked: Asked) -> bool:
    """Say whether the text was in one region where it cites, and is in another now.

    A digest goes from region to region, and the office of one is not cited for what is told of the next.
    """
    told = [asked.sentence, *reversed(asked.before)]
    here = _regions((quote for quote in told if quote.start > cited.start), asked.packs)
    there = _regions((quote for quote in told if quote.start <= cited.start), asked.packs)
    return bool(here and there) and here.isdisjoint(there)


def _regions(quotes: Iterable[Quote], packs: Packs) -> frozenset[str]:
    """Return the first-level units of the first sentence that names a place: those in which it may lie."""
    for quote in quotes:
        pack = packs.language(quote.lang)
        found = gazetteer(pack, packs).find(quote.text) if pack else ()
        units = {m.name for m in found if m.kind == "unit"} | {unit for m in found for unit in _units(m.bearers)}
        if units:
            return frozenset(units)
    return frozenset()


def _units(bearers: Sequence[Bearer]) -> set[str]:
    """Return the units in which a place of a name may lie: that of a town that dwarfs the others, else of all."""
    town = largest(bearers) if bearers else None
    return {one.adm1 for one in ((town,) if town else bearers) if one.adm1}


def _read_there(view: View, packs: Packs) -> Speaker | None:
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
