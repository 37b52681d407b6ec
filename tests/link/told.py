"""Claims and documents for these tests, as short as a sentence; all of them invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from testimonia.link import link
from testimonia.packs import load_packs
from testimonia.records import Claim, Count, Document, Event, Link, Modality, Place, Quote, When
from testimonia.settings import LinkSettings

PACKS = load_packs()


def day(text: str) -> When:
    first, _, last = text.partition("/")
    return When(date.fromisoformat(first), date.fromisoformat(last or first))


def report(name: str, appeared: str | None = "2023-05-05", text: str = "", outlet: str | None = None) -> Document:
    return Document(name, text, name, outlet=outlet or f"outlet of {name}", date=day(appeared) if appeared else None)


def town(name: str, adm1: str = "West Oblast") -> Place:
    return Place(name, adm1=adm1)


def says(
    document: Document,
    kind: str = "killing",
    number: int | tuple[int | None, int | None] | None = None,
    at: str | None = None,
    place: str | Place | None = "Lypove",
    words: str = "people died when a house was hit",
    start: int = 0,
    modality: Modality = "asserted",
    actor: str | None = None,
    adm1: str | None = "West Oblast",
    unit: str = "person",
    **more: str,
) -> Claim:
    low, high = number if isinstance(number, tuple) else (number, number)
    return Claim(
        Quote(document.id, start, start + len(words), words, lang=more.get("lang", "en")),
        kind,
        modality,
        actor=actor,
        target=more.get("target"),
        group=more.get("group"),
        count=Count(low, high, unit) if number is not None else None,
        place=town(place, adm1 or "") if isinstance(place, str) else place,
        adm1=adm1,
        when=day(at) if at else None,
    )


def linked(claims: Sequence[Claim], documents: Sequence[Document]) -> tuple[tuple[Link, ...], tuple[Event, ...]]:
    return link(claims, {document.id: document for document in documents}, LinkSettings(), PACKS)


def together(claims: Sequence[Claim], documents: Sequence[Document]) -> set[frozenset[int]]:
    """Return the events as sets of positions in `claims`."""
    _, events = linked(claims, documents)
    at: Mapping[str, int] = {claim.id: number for number, claim in enumerate(claims)}
    return {frozenset(at[claim] for claim in event.claims) for event in events}
