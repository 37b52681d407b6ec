"""By what the events of the page can be filtered: by fields, never by words that could be somebody's name.

Every choice stands for what the cards hold. An outlet that is a person (a blog, an account) is no choice: it can be
read, but nobody picks out people. What a browser finds in a page no page can forbid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from testimonia.codebook import load_codebook
from testimonia.names import bears_name
from testimonia.publish.cards import Card
from testimonia.publish.headline import happening
from testimonia.publish.words import capital, label, language
from testimonia.records import Event
from testimonia.watch import installed

Choice = tuple[str, str]  # code and words


@dataclass(frozen=True, slots=True)
class Area:
    """An oblast and the places in it; `code` is "" for places of which no oblast is known."""

    code: str
    name: str
    places: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in each field, as far as it occurs."""

    types: tuple[Choice, ...]
    modalities: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    parties: tuple[Choice, ...]
    areas: tuple[Area, ...]
    outlets: tuple[Choice, ...]

    def places_of(self, event: Event) -> str:
        """Return the codes of where an event is."""
        area, name = _where(event)
        found = [held for held in self.areas if held.name == area]
        below = [code for held in found for code, place in held.places if place == name]
        return " ".join([*(held.code for held in found if held.code), *below])

    def outlets_of(self, card: Card) -> str:
        """Return the codes of the outlets that a card quotes."""
        named = {quote.source.outlet for quote in card.quotes}
        return " ".join(code for code, outlet in self.outlets if outlet in named)


def _where(event: Event) -> tuple[str, str]:
    place = event.place
    area = event.adm1 or (place.adm1 if place else None) or ""
    return area, place.name if place and not place.is_area else ""


def _areas(cards: Iterable[Card]) -> tuple[Area, ...]:
    found: dict[str, set[str]] = {}
    for area, name in (_where(card.event) for card in cards):
        if area or name:
            found.setdefault(area, set()).update({name} - {""})
    return tuple(
        Area(f"a{number}" if area else "", area, tuple((f"a{number}p{at}", n) for at, n in enumerate(sorted(names))))
        for number, (area, names) in enumerate(sorted(found.items()))
    )


def _outlets(cards: Iterable[Card]) -> tuple[Choice, ...]:
    names = sorted({quote.source.outlet for card in cards for quote in card.quotes})
    return tuple((f"o{at}", name) for at, name in enumerate(names) if not bears_name(name, installed()))


def _by_words(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: choice[1]))


def choices(cards: Sequence[Card]) -> Choices:
    """Return what the cards can be filtered by."""
    said = {code for card in cards for code in card.modalities.split()}
    return Choices(
        types=_by_words((code, capital(happening(code))) for code in {card.event.type for card in cards}),
        modalities=tuple((code, label("modalities", code)) for code in load_codebook().modalities if code in said),
        languages=_by_words((lang, language(lang)) for lang in {x for card in cards for x in card.languages.split()}),
        parties=_by_words(
            (code, label("parties", code)) for code in {x for card in cards for x in card.parties.split()}
        ),
        areas=_areas(cards),
        outlets=_outlets(cards),
    )
