"""How many independent origins stand behind an event: between all suspected links real, and only the certain ones.

Documents that certainly copy one another are one origin whatever else. Suspected copies, documents of one outlet, and
documents that cite the same speaker, or of which one cites the other's outlet, may be one: they are joined for the low
figure only. A denial adds no origin to what it denies. Truth is not voted on: origins are counted, never weighed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from testimonia.phrases import words
from testimonia.records import Claim, Document, Origin
from testimonia.weigh.copies import Copies, Copy
from testimonia.weigh.names import person

UNNAMED = frozenset({"witness", "unnamed"})  # two outlets that cite "a witness" need not mean one person
TAIL = frozenset({"com", "net", "org", "info", "www", "co", "uk", "ua", "ru", "tv"})  # ends of a web address
ALONE = "shares no text, outlet or named speaker with the others"
Join = tuple[str, str, str]  # two documents, and why they may be one origin


def name_key(name: str) -> str:
    """Return a name as it is compared: folded words without the ends of a web address.

    >>> name_key("Example.com") == name_key("EXAMPLE")
    True
    """
    return " ".join(word.form for word in words(name) if word.form not in TAIL)


def standing(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims that state what the event is; a denial does not.

    Where some state it, those who only report it as alleged do not stand behind it.
    """
    listed = list(claims)
    for modality in ("asserted", "alleged"):
        if found := [claim for claim in listed if claim.modality == modality]:
            return found
    return [claim for claim in listed if claim.modality != "denied"]


def _sources(claim: Claim) -> list[tuple[str, str]]:
    """Return those whom a claim goes back to, each as it is compared and as it is written."""
    speaker = claim.speaker
    if speaker is None:
        return []
    named = [] if speaker.role in UNNAMED else [speaker.name]
    return [(name_key(name), name) for name in (*speaker.via, *named) if name_key(name)]


def _by_outlet(order: Sequence[str], documents: Mapping[str, Document]) -> tuple[dict[str, str], list[Join]]:
    """Return the oldest document of each outlet, and the joins of its others to it."""
    outlets: dict[str, str] = {}
    found: list[Join] = []
    for document in order:
        outlet = documents[document].outlet if document in documents else None
        key = name_key(outlet) if outlet else ""
        if key and outlets.setdefault(key, document) != document:
            found.append((outlets[key], document, f"perhaps one: same outlet, {outlet}"))
    return outlets, found


def _by_person(claims: Sequence[Claim]) -> Iterable[Join]:
    """Yield the documents of two languages that cite one person, each in its own spelling."""
    first: dict[str, Claim] = {}
    for claim in claims:
        key = person(claim.speaker.name) if claim.speaker and claim.speaker.role not in UNNAMED else ""
        if not key or claim.speaker is None:
            continue
        other = first.setdefault(key, claim)
        if other.quote.lang != claim.quote.lang and other.speaker:
            why = f"perhaps one: both cite {other.speaker.name}, {claim.speaker.name}"
            yield other.quote.document, claim.quote.document, why


def _joins_by_name(claims: Sequence[Claim], documents: Mapping[str, Document], order: Sequence[str]) -> Iterable[Join]:
    """Yield the documents of one outlet, those that cite one speaker, and those that cite another's outlet."""
    first: dict[str, str] = {}
    outlets, found = _by_outlet(order, documents)
    yield from found
    at = {document: place for place, document in enumerate(order)}
    ordered = sorted(claims, key=lambda claim: (at[claim.quote.document], claim.quote.start, claim.id))
    for claim in ordered:
        document = claim.quote.document
        for key, written in _sources(claim):
            if outlets.get(key, document) != document:
                yield outlets[key], document, f"perhaps one: cites the other's outlet, {written}"
            if first.setdefault(key, document) != document:
                yield first[key], document, f"perhaps one: both cite {written}"
    yield from _by_person(ordered)


class _Groups:
    """Documents joined step by step, each group with the reasons that joined it."""

    def __init__(self, order: Sequence[str]) -> None:
        self.home = {document: document for document in order}
        self.reasons: dict[str, list[str]] = {document: [] for document in order}
        self.at = {document: place for place, document in enumerate(order)}

    def join(self, a: str, b: str, reason: str) -> None:
        old, new = sorted((self.home[a], self.home[b]), key=lambda document: self.at[document])
        if old == new:
            return
        self.home.update({document: old for document, home in self.home.items() if home == new})
        self.reasons[old] += [*self.reasons.pop(new), reason]

    def origins(self) -> tuple[Origin, ...]:
        members: dict[str, list[str]] = {}
        for document, home in self.home.items():
            members.setdefault(home, []).append(document)
        homes = sorted(members, key=lambda home: self.at[home])
        alone = ALONE if len(homes) > 1 else ""
        return tuple(
            Origin(tuple(members[home]), "; ".join(dict.fromkeys(self.reasons[home])) or alone) for home in homes
        )


def _order(found: Iterable[str], documents: Mapping[str, Document]) -> list[str]:
    def age(name: str) -> tuple[int, str, str]:
        document = documents.get(name)
        day = document.date.first.toordinal() if document and document.date else 10**7
        return day, document.name if document else "", name

    return sorted(set(found), key=age)


def _copies_within(order: Sequence[str], copies: Copies) -> list[tuple[str, str, Copy]]:
    """Return the copies between documents of an event, where documents of equal words stand in for one another."""
    here: dict[str, str] = {}
    found = []
    for document in order:
        twin = copies.twins.get(document, document)
        if here.setdefault(twin, document) != document:
            found.append((here[twin], document, Copy(here[twin], document, 1.0, certain=True)))
    for twin, document in here.items():
        found += [(here[copy.older], document, copy) for copy in copies.found.get(twin, ()) if copy.older in here]
    return found


def origins(
    claims: Sequence[Claim], documents: Mapping[str, Document], copies: Copies
) -> tuple[tuple[Origin, ...], int]:
    """Return the origins of an event with all suspected links real, and how many there are with the certain ones alone.

    An event of which nothing is stated, but only denied, has none.
    """
    stated = standing(claims)
    order = _order((claim.quote.document for claim in stated), documents)
    groups = _Groups(order)
    found = _copies_within(order, copies)
    for older, newer, copy in found:
        if copy.certain:
            groups.join(older, newer, copy.reason)
    high = len(groups.reasons)
    for older, newer, copy in found:
        groups.join(older, newer, copy.reason)
    for a, b, reason in _joins_by_name(stated, documents, order):
        groups.join(a, b, reason)
    return groups.origins(), high
