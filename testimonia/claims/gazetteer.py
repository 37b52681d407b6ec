"""The gazetteer as a language writes it: finds the place names of a sentence, of any document or of one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from testimonia.claims.guessed import guesses
from testimonia.claims.mentions import Finder, Mention
from testimonia.claims.toponyms import Toponyms, toponyms
from testimonia.packs import LanguagePack, Packs

KEPT = 4096  # sentences whose mentions are kept


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The places of the packs as one language writes them."""

    names: Toponyms

    @lru_cache(maxsize=KEPT)  # noqa: B019  there is one gazetteer for a language and it lives as long as the process
    def find(self, text: str, states: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
        """Return the place names of a sentence in text order, overlapping ones cut down to the longest.

        `states` are states that the document names, in English: small towns of others than those are not looked for.
        """
        return tuple(Finder(self.names, text, states).mentions())

    @lru_cache(maxsize=KEPT)  # noqa: B019  as above
    def guess(self, text: str, states: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
        """Return, in text order, what else of a sentence may be a place (`guessed`)."""
        return tuple(guesses(Finder(self.names, text, states), self.find(text, states)))

    def among(self, states: frozenset[str]) -> Known:
        """Return the gazetteer as a document that names some states sees it."""
        return Known(self, states)


@dataclass(frozen=True)
class Known:
    """A gazetteer as a document sees it: small towns of the states that it names are looked for too."""

    places: Gazetteer
    states: frozenset[str]

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the place names of a sentence of the document."""
        return self.places.find(text, self.states)

    def guess(self, text: str) -> tuple[Mention, ...]:
        """Return what else of a sentence of the document may be a place."""
        return self.places.guess(text, self.states)


_KEPT: dict[tuple[str, int, tuple[int, ...]], tuple[Gazetteer, LanguagePack, Packs]] = {}


def gazetteer(pack: LanguagePack, packs: Packs) -> Gazetteer:
    """Return the places of the packs as a language writes them; built once for each language."""
    key = (pack.code, id(pack), (*map(id, packs.regions), id(packs.book)))
    if key not in _KEPT:
        _KEPT[key] = (Gazetteer(toponyms(pack, packs)), pack, packs)
    return _KEPT[key][0]


def forget() -> None:
    """Forget what was found in sentences, for measuring."""
    Gazetteer.find.cache_clear()
    Gazetteer.guess.cache_clear()
    Toponyms.starting.cache_clear()
