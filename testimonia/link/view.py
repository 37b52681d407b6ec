"""What comparing needs to know of a claim, worked out once: days as numbers, names folded, cues looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from testimonia.packs import Packs
from testimonia.phrases import words
from testimonia.records import Claim, Count, Document, Place, When
from testimonia.totals import cues, is_total

Dating: TypeAlias = Literal["own", "document", "unsure", "none"]

UNDATED = 10**7  # a day after every day: what has no date is sorted last
STEM = re.compile(r"[^\W\d_]{4,}")  # words long enough to tell something
LETTERS = 5  # letters of a word that are compared: endings differ by case and number
FLOOR = 0.5  # confidence below which a slot is more likely wrong than right, and counts as unknown

# What a slot of an unsure claim holds when it is compared; a claim tells its type and modality, or it is none.
UNKNOWN: Mapping[str, Mapping[str, Any]] = {
    "speaker": {"speaker": None},
    "actor": {"actor": None},
    "target": {"target": None},
    "group": {"group": None},
    "count": {"count": None},
    "place": {"place": None, "adm1": None},
    "date": {"when": None},
}


@dataclass(frozen=True, slots=True)
class Where:
    """Where a claim places its happening: `words` of a named place ("" for none), folded, and its first-level unit.

    `level` is the precision of the named place, or "" where only `adm1`, or nothing, is known.
    """

    words: tuple[str, ...]
    adm1: str
    level: str
    id: str
    lat: float | None
    lon: float | None
    candidates: frozenset[str]

    @property
    def named(self) -> bool:
        """True where a place below the first-level unit is named."""
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class View:
    """A claim as it is compared. `rank` is its place in the order of age; days are proleptic ordinals.

    `dating` says where `first` and `last` come from: the claim's own words, its document's date, or nowhere; where the
    claim is unsure of its date, the document's only says which claims are worth comparing. `what` begins the word for
    what is counted. `again` is the word by which a claim without a place speaks of one that its document names
    elsewhere. `claim` is without the slots that are `unsure`; `whole` is the view with them, where there are any.
    """

    rank: int
    id: str
    claim: Claim
    document: str
    outlet: str
    dating: Dating
    first: int
    last: int
    published: int
    where: Where
    total: bool
    another: str
    earlier: str
    stems: frozenset[str]
    lang: str
    what: str
    again: str = ""
    unsure: frozenset[str] = frozenset()
    whole: View | None = None

    @property
    def as_told(self) -> View:
        """The claim with all that it says, for what an event is called and says of itself."""
        return self.whole or self

    @property
    def width(self) -> int:
        """How many days the happening may have been on, less one."""
        return self.last - self.first


def folded(text: str | None) -> tuple[str, ...]:
    """Return the folded words of a name."""
    return tuple(word.form for word in words(text or ""))


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of the longer words of a text.

    >>> sorted(stems("Shells fell; shelling went on"))
    ['fell', 'shell', 'went']
    """
    return frozenset(word[:LETTERS] for word in STEM.findall(text.lower().replace("ё", "е")))


def what(count: Count | None) -> str:
    """Return the beginning of the word for what is counted: the last of the words, where it is no number.

    >>> what(Count(7, 7, "item", words="7 homes"))
    'homes'
    """
    said = words(count.words) if count else ()
    last = said[-1].form if len(said) > 1 else ""
    return last[:LETTERS] if last.isalpha() else ""


def where(claim: Claim) -> Where:
    """Read off where a claim places its happening; an area counts as its first-level unit, not as a place."""
    place = claim.place
    adm1 = " ".join(folded(claim.adm1 or (place.adm1 if place else None)))
    if place is None or place.is_area:
        named_area = place.name if place and place.precision == "oblast" else None
        return Where((), adm1 or " ".join(folded(named_area)), "", "", None, None, frozenset())
    return _point(place, adm1)


def _point(place: Place, adm1: str) -> Where:
    candidates = frozenset(place.candidates)
    return Where(folded(place.name), adm1, place.precision, place.id or "", place.lat, place.lon, candidates)


def _days(when: When | None) -> tuple[int, int]:
    return (when.first.toordinal(), when.last.toordinal()) if when else (UNDATED, UNDATED)


def _dating(claim: Claim, document: Document | None) -> tuple[Dating, When | None]:
    if claim.when:
        return "own", claim.when
    if document and document.date:
        return "document", document.date
    return "none", None


Age: TypeAlias = tuple[int, int, str, int, int, str, str, str]


def age(name: str, claim: Claim, documents: Mapping[str, Document]) -> Age:
    """Return the key by which claims are ordered from old to new: document date, document name, offset.

    Every tie is broken, at last by the id, so that no order of input can show. The id is made from the party too: type
    and modality come before it, lest a side decide. Of a document that is dated by a month, the first day counts: this
    order only names events and lists claims, it says nothing on what came first.
    """
    document = documents.get(claim.quote.document)
    said_in = document.name if document else claim.quote.document
    quote = claim.quote
    days = _days(document.date if document else None)
    return (*days, said_in, quote.start, quote.end, claim.type, claim.modality, name)


def unsure(claim: Claim) -> frozenset[str]:
    """Return the slots of a claim that are too unsure to compare; none where nobody has measured how sure they are."""
    sure = claim.confidence
    return frozenset(slot for slot in UNKNOWN if getattr(sure, slot) < FLOOR) if sure else frozenset()


def view(rank: int, name: str, claim: Claim, document: Document | None, packs: Packs) -> View:
    """Return a claim, whose id is `name`, as it is compared: what it is unsure of counts as unknown."""
    whole, slots = _view(rank, name, claim, document, packs), unsure(claim)
    if not slots:
        return whole
    emptied: dict[str, Any] = {field: value for slot in slots for field, value in UNKNOWN[slot].items()}
    found = _view(rank, name, replace(claim, **emptied), document, packs)
    dating: Dating = "unsure" if "date" in slots and found.dating == "document" else found.dating
    return replace(found, dating=dating, total=whole.total, unsure=slots, whole=whole)


def _view(rank: int, name: str, claim: Claim, document: Document | None, packs: Packs) -> View:
    """Return a claim with all that it says."""
    dating, when = _dating(claim, document)
    first, last = _days(when)
    said = cues(claim, packs)
    return View(
        rank=rank,
        id=name,
        claim=claim,
        document=claim.quote.document,
        outlet=" ".join(folded(document.outlet)) if document else "",
        dating=dating,
        first=first,
        last=last,
        published=_days(document.date if document else None)[1],
        where=where(claim),
        total=is_total(claim, said),
        another=said.get("another", ""),
        earlier=said.get("earlier", ""),
        stems=stems(claim.quote.text),
        lang=claim.quote.lang,
        what=what(claim.count),
    )


def views(claims: Iterable[Claim], documents: Mapping[str, Document], packs: Packs) -> list[View]:
    """Return the views of claims from old to new; a claim given twice is taken once."""
    once = {claim.id: claim for claim in claims}
    ordered = sorted(once.items(), key=lambda item: age(item[0], item[1], documents))
    return [
        view(rank, name, claim, documents.get(claim.quote.document), packs)
        for rank, (name, claim) in enumerate(ordered)
    ]
