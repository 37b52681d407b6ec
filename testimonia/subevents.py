"""Which sub-event type of ACLED is it? One for each claim by the rules of the codebook, and the one that leads.

ACLED (Armed Conflict Location & Event Data, codebook of 2023) gives an event one of 25 sub-event types: by who acts
against whom, by the means, and by what comes of it; a claim's own type says only a part of that. `codebook.yml`
(`sub_events`) holds the rules, each with its reason; the classes of words they ask stand in the tables `outcomes` and
`actors` of the language. The rules are in order of precedence, as ACLED states it (a chemical attack before any other,
sexual violence before other violence, what a crowd does before what is done to it, the taking of a place before the
fight for it, a fight before a single shot), so that order decides both which rule a claim gets and which claim leads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from testimonia.claims.means import code as means_of
from testimonia.codebook import Codebook, Rule
from testimonia.packs import LanguagePack
from testimonia.phrases import words
from testimonia.records import Claim

# The end of a party's code says its class; a party named by its own words is looked up by them.
ENDINGS = {
    "_forces": "state",
    "_authorities": "state",
    "_government": "state",
    "_resistance": "rebel",
    "opposition": "rebel",
    "civilians": "civilian",
}


@dataclass(frozen=True, slots=True)
class SubEvent:
    """One sub-event type of ACLED, the rule that gave it, and the claim, None where the words alone did."""

    name: str
    rule: Rule
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands together and is judged together: its claims, and what is told beside them.

    `said` holds the classes of its words (`outcomes`, `actors`) and the means that it names.
    """

    claims: Sequence[Claim]
    said: frozenset[str]
    pack: LanguagePack
    actors: tuple[str, ...] = ()  # the classes of those named, in text order

    @property
    def types(self) -> frozenset[str]:
        """The types of its claims."""
        return frozenset(claim.type for claim in self.claims)


def passage(claims: Sequence[Claim], text: str, pack: LanguagePack) -> Passage:
    """Look up once what the rules ask of a passage."""
    split = words(text)
    told = {hit.value for hit in pack.table("outcomes").find(split, overlapping=True)}
    told |= {code for hit in pack.table("means").find(split) if (code := means_of(hit)) is not None}
    named = tuple(hit.value for hit in pack.table("actors").find(split))
    return Passage(claims, frozenset(told.union(named)), pack, named)


def party_class(code: str | None, pack: LanguagePack) -> str | None:
    """Return the class of a party: state, rebel, militia, crowd, protester, civilian, foreign; None where unknown."""
    if code is None:
        return None
    for ending, name in ENDINGS.items():
        if code.endswith(ending):
            return name
    return next((hit.value for hit in pack.table("actors").find(code.replace("_", " "))), None)


def _party_fits(allowed: frozenset[str], code: str | None, others: Sequence[str], pack: LanguagePack) -> bool:
    """Say whether a party is of a class that a rule allows; where the claim names none, one of `others` is."""
    known = party_class(code, pack)
    return not allowed or (known in allowed if known else not allowed.isdisjoint(others))


def _words_fit(rule: Rule, of: Passage) -> bool:
    told = all(of.said & any_of for any_of in rule.words)
    return told and not of.said & rule.without and not of.types & rule.beside


def _claim_fits(rule: Rule, claim: Claim, of: Passage) -> bool:
    return (
        claim.type in rule.types
        and claim.modality in rule.modality
        and (not rule.means or claim.means in rule.means)
        and _party_fits(rule.actor, claim.actor, of.actors[:1], of.pack)
        and _party_fits(rule.target, claim.target, of.actors, of.pack)
    )


def _given(of: Passage, book: Codebook) -> Iterator[SubEvent]:
    """Yield what the rules give, in their order; a rule without types asks for words alone."""
    for rule in book.sub_events:
        if not _words_fit(rule, of):
            continue
        if not rule.types:
            yield SubEvent(rule.to, rule)
        yield from (SubEvent(rule.to, rule, claim) for claim in of.claims if _claim_fits(rule, claim, of))


def sub_event(claim: Claim, of: Passage, book: Codebook) -> SubEvent | None:
    """Return the sub-event type of one claim in its passage; None where no rule is about it."""
    return next((found for found in _given(of, book) if found.claim is claim), None)


def leading(of: Passage, book: Codebook) -> SubEvent | None:
    """Return the sub-event type of a passage: that of the first rule that fits; of its claims the first in the text."""
    return next(_given(of, book), None)
