"""Every record of Testimonia, in the order of the flow. Read this file first.

    folder → Document → Quote → Claim → Link → Event → Weight → Estimate → Release

Each record is frozen, has an `id` made from what the record *is* (never from when it was made), and `parents`, the ids
of the records it stands on; `lineage.why` walks them from any number back to the words of a source. The words always
stay beside the value that was read off them: a `Count` of 73 and up keeps "over 73".
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

ID_LENGTH = 20  # hexadecimal digits: 80 bits, no collision to be expected below a billion records of one kind

Scalar: TypeAlias = str | int | float | bool | None
Modality: TypeAlias = Literal["asserted", "alleged", "denied", "planned", "predicted"]
Precision: TypeAlias = Literal[
    "site", "settlement", "hromada", "district", "oblast", "wider", "water", "country", "unresolved"
]
Relation: TypeAlias = Literal["at", "near", "between", "direction"]
DatePrecision: TypeAlias = Literal["day", "days", "week", "month", "season", "year", "vague"]
QuoteKind: TypeAlias = Literal["title", "heading", "sentence", "quotation", "clause"]
Verdict: TypeAlias = Literal["same", "different", "unsure"]


def made_from(kind: str, *parts: Scalar | tuple[Scalar, ...]) -> str:
    """Return the id of a record: its kind and a hash of what it is made from.

    >>> made_from("doc", "abc", None) == made_from("doc", "abc", None)
    True
    """
    text = _compact.encode(parts)
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH]}"


# --- small values -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Count:
    """How many: `low` to `high` of `unit`; an open side is None ("at least 130" is low 130, high None)."""

    low: int | float | None
    high: int | float | None
    unit: str = "person"
    approx: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """From the day `first` to the day `last`, both included, as precise as the words were."""

    first: date
    last: date
    precision: DatePrecision = "day"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A named place, as precise as the words were; `name` and `adm1` in their usual English spelling.

    `precision` says what `name` is; "oblast", "wider" (Donbas), "water" and "country" are areas, never points. A name
    with several bearers that nothing narrows has precision "unresolved", and `candidates` lists the ids of all its
    bearers.

    `relation` says how it lies to what is named: "20 km south of X" is near X, with `bearing` S and `distance_km` 20;
    "between X and Y" has Y as `other`; "the X direction" is no point. `lat` and `lon` (degrees, WGS 84) are the middle
    of where it may be, `radius_km` how far from there. `adm1` follows ISO 3166-2 whoever holds the place; `claimant` is
    the party under whose name for it the words put it, `controller` the one that they say holds it.
    """

    name: str
    id: str | None = None
    adm1: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision = "settlement"
    words: str = ""
    candidates: tuple[str, ...] = ()
    relation: Relation = "at"
    radius_km: float | None = None
    bearing: str | None = None
    distance_km: float | None = None
    other: str | None = None
    claimant: str | None = None
    controller: str | None = None

    @property
    def is_area(self) -> bool:
        """True where only an oblast, a country or a wider region is known."""
        return self.precision in ("oblast", "wider", "water", "country")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is cited: the nearest speaker, in the document's words, and those between document and speaker.

    `via` runs from the outermost inwards: "agencies quoted the ministry" is Speaker("the ministry", via=("agencies",)).
    `role` is official, military, agency, outlet, ngo, witness or unnamed.
    """

    name: str
    role: str | None = None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Which rule answered which question, and the words that decided."""

    question: str
    rule: str
    words: str = ""


# --- the flow ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sighting:
    """One file in which a document was seen, and what that file's sidecar row said of it."""

    file: str
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    date: When | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Outlet O published this on day D; these bytes are what we hold.

    `text` is the text layer that every offset counts in (Python `str` offsets); its own hash is `text_sha256`.
    `part` is the address inside the file that the document came from ("message/17" of a chat export), "" for a file
    that is one document. `original` is the SHA-256 of the archived file, `sha256` that of this document's own bytes.
    """

    sha256: str
    text: str
    file: str
    part: str = ""
    original: str = ""
    format: str = "text"
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    date: When | None = None
    lang: str | None = None
    licence: str | None = None
    alignment: str | None = None
    extra: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    supersedes: str | None = None

    @property
    def id(self) -> str:
        """Made from the SHA-256 of the bytes and the address inside the file."""
        return made_from("doc", self.sha256, self.part)

    @property
    def parents(self) -> tuple[str, ...]:
        """None: a document is where every chain ends."""
        return ()

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text layer (UTF-8)."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def name(self) -> str:
        """The file, and where one file holds many documents, the part."""
        return f"{self.file}#{self.part}" if self.part else self.file


@dataclass(frozen=True, slots=True)
class Quote:
    """Exactly these characters of that document's text: `text == document.text[start:end]`.

    `document` is the document's id, `paragraph` the running number of the paragraph (from 0), `lang` the language of
    this stretch (en, uk, ru, or und), `kind` what the stretch is; a "clause" is a part of a sentence cut by the coder.
    """

    document: str
    start: int
    end: int
    text: str
    kind: QuoteKind = "sentence"
    lang: str = "und"
    paragraph: int = 0

    @property
    def id(self) -> str:
        """Made from document, start and end."""
        return made_from("quo", self.document, self.start, self.end)

    @property
    def parents(self) -> tuple[str, ...]:
        """The document."""
        return (self.document,)


@dataclass(frozen=True, slots=True)
class Confidence:
    """How likely, from 0 to 1, a claim is told at all, and each slot is right, as measured on annotated texts."""

    told: float
    modality: float
    speaker: float
    actor: float
    target: float
    group: float
    count: float
    place: float
    date: float


@dataclass(frozen=True, slots=True)
class Claim:
    """S (through T, U …) said that A did W to V, N of them, at P, on D.

    `type`, `modality`, `actor`, `target` and `group` are codes of the codebook; None where the words do not say.
    `resistance` is the kind of resistance by the typology in the codebook, None where it does not apply; `means` the
    weapon or way, a code too; `observed` the day on or up to which the speaker says that it is so, or on which it was
    said; `confidence` how sure all that is, None where the rules alone coded. These follow from the rest and its words,
    so they are no part of what a claim is (its id).
    """

    quote: Quote
    type: str
    modality: Modality = "asserted"
    speaker: Speaker | None = None
    actor: str | None = None
    target: str | None = None
    group: str | None = None
    count: Count | None = None
    place: Place | None = None
    adm1: str | None = None
    when: When | None = None
    observed: When | None = None
    resistance: str | None = None
    means: str | None = None
    reasons: tuple[Reason, ...] = ()
    confidence: Confidence | None = None

    def rule(self, question: str) -> str:
        """Return the rule that answered a question first; "" where none did."""
        return next((reason.rule for reason in self.reasons if reason.question == question), "")

    @property
    def id(self) -> str:
        """Made from the quote and what it says."""
        count, when = self.count, self.when
        return made_from(
            "clm",
            self.quote.id,
            self.type,
            self.modality,
            self.speaker.name if self.speaker else None,
            self.speaker.via if self.speaker else (),
            self.actor,
            self.target,
            self.group,
            (count.low, count.high, count.unit) if count else None,
            self.place.name if self.place else None,
            self.adm1,
            (when.first.isoformat(), when.last.isoformat()) if when else None,
        )

    @property
    def parents(self) -> tuple[str, ...]:
        """The quote."""
        return (self.quote.id,)


@dataclass(frozen=True, slots=True)
class Link:
    """These two claims are the same happening, different, or unsure: with score, reasons, by whom."""

    a: str
    b: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...] = ()
    by: str = "rules"

    @property
    def id(self) -> str:
        """Made from the pair, in either order."""
        return made_from("lnk", *sorted((self.a, self.b)))

    @property
    def parents(self) -> tuple[str, ...]:
        """Both claims."""
        return (self.a, self.b)


@dataclass(frozen=True, slots=True)
class Event:
    """Claims joined by links; never edited, it follows from them; keeps the handle of its oldest claim.

    `place`, `adm1` and `when` are what its claims have in common; None where they leave it open.
    """

    handle: str
    type: str
    claims: tuple[str, ...]
    place: Place | None = None
    adm1: str | None = None
    when: When | None = None

    @property
    def id(self) -> str:
        """Made from its claims."""
        return made_from("evt", *sorted(self.claims))

    @property
    def parents(self) -> tuple[str, ...]:
        """The claims."""
        return self.claims


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims of one event that cannot all be right. `kind` is number, date, place, actor or denial.

    `sides` holds, for each version, its value in words and the ids of the claims that state it.
    """

    kind: str
    rule: str
    sides: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Documents that go back to one origin, and why they count as one ("copies: 0.93 of its words are in …")."""

    documents: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Weight:
    """So many independent origins stand behind an event; here they contradict.

    `origins_low` counts the groups after all found and suspected copies are joined, `origins_high` after certain ones
    alone. `low` and `high` are the bounds of the number of `unit` over the claims in `number_claims`; None where no
    number is stated.
    """

    event: str
    origins: tuple[Origin, ...]
    origins_low: int
    origins_high: int
    unit: str | None = None
    low: int | float | None = None
    high: int | float | None = None
    number_claims: tuple[str, ...] = ()
    number_rule: str = ""
    contradictions: tuple[Contradiction, ...] = ()
    documents: tuple[str, ...] = ()
    rules: str = "1"

    @property
    def id(self) -> str:
        """Made from the event and the version of the rules."""
        return made_from("wgt", self.event, self.rules)

    @property
    def parents(self) -> tuple[str, ...]:
        """The event and the documents."""
        return (self.event, *self.documents)

    @property
    def contested(self) -> bool:
        """True where claims of the event contradict one another."""
        return bool(self.contradictions)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Between L and H, by this method, under these assumptions, or: not estimable, because …."""

    question: str
    method: str
    inputs: tuple[str, ...]
    low: int | float | None = None
    high: int | float | None = None
    estimable: bool = False
    reason: str = ""
    assumptions: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Made from question, method and inputs."""
        return made_from("est", self.question, self.method, self.inputs)

    @property
    def parents(self) -> tuple[str, ...]:
        """The weights that went in."""
        return self.inputs


@dataclass(frozen=True, slots=True)
class Release:
    """This edition, redacted by these rules, embargoed until D. `files` holds name and SHA-256 of each file."""

    edition: str
    files: tuple[tuple[str, str], ...]
    rules: tuple[str, ...] = ()
    embargo: date | None = None
    inputs: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Made from its content."""
        return made_from("rel", self.edition, *(f"{name}:{digest}" for name, digest in self.files))

    @property
    def parents(self) -> tuple[str, ...]:
        """The estimates and events that went in."""
        return self.inputs


# --- beside the flow --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Review:
    """A person changed field F of record R from X to Y, because …. Added, never overwritten."""

    record: str
    field: str
    before: str
    after: str
    because: str
    by: str
    at: str

    @property
    def id(self) -> str:
        """Made from record, field and time."""
        return made_from("rev", self.record, self.field, self.at)

    @property
    def parents(self) -> tuple[str, ...]:
        """The record reviewed."""
        return (self.record,)


@dataclass(frozen=True, slots=True)
class Failure:
    """This document could not be read or coded: where, why, and the way out."""

    file: str
    part: str
    stage: str
    reason: str
    remedy: str = ""
    original: str | None = None

    @property
    def id(self) -> str:
        """Made from file, part, stage and the bytes that failed."""
        return made_from("fail", self.file, self.part, self.stage, self.original)

    @property
    def parents(self) -> tuple[str, ...]:
        """None: a failed document has no record."""
        return ()


@dataclass(frozen=True, slots=True)
class Run:
    """This code, these packs, these settings, at this time, made these."""

    version: str
    packs: tuple[str, ...]
    settings: str
    inputs: str
    at: str

    @property
    def id(self) -> str:
        """Made from its inputs and time."""
        return made_from("run", self.version, self.packs, self.settings, self.inputs, self.at)

    @property
    def parents(self) -> tuple[str, ...]:
        """None."""
        return ()
