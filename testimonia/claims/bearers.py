"""The places that have names, as the region packs list them: settlements by the first letters of a name, and sites."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from testimonia.packs import RegionPack, same
from testimonia.phrases import Entry, fold

SHARED = 2  # first letters that all case forms of a name share ("Київ", "Києва")
CHANGING = str.maketrans({"і": "о", "ї": "є", "е": "о", "є": "о"})  # vowels that change within a word: one is another


@dataclass(frozen=True, slots=True)
class Bearer:
    """One place that has a name. `lat` and `lon` in degrees, None where unknown."""

    id: str
    name: str
    adm1: str | None
    country: str | None
    lat: float | None
    lon: float | None
    population: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One name of a place, as its folded words, and the place; `main` unless it is a former or rare name."""

    name: tuple[str, ...]
    bearer: Bearer
    main: bool = True


def entries(row: Mapping[str, str], lang: str) -> list[Entry]:
    """Return the phrases of an area or a site in one language."""
    return [Entry(row["name"], phrase) for phrase in (row.get(lang) or "").split("|") if phrase.strip()]


def site(row: Mapping[str, str]) -> Bearer:
    """Return the place that a row of the sites is."""
    return Bearer(row["name"], row["name"], row["adm1"] or None, None, _number(row["lat"]), _number(row["lon"]))


def _number(text: str) -> float | None:
    return float(text) if text else None


def beginning(word: str) -> str:
    """Return what all case forms of a name begin with: the letters they share, and the next but for its vowel."""
    return word[:SHARED] + word[SHARED : SHARED + 1].translate(CHANGING)


def names(regions: Sequence[RegionPack], stem: Callable[[str], str]) -> Mapping[str, Sequence[Row]]:
    """Return the names of the settlements by how they begin."""
    index: dict[str, list[Row]] = {}
    plain = stem is same  # a language without case forms writes place names in Latin letters
    for region in regions:
        for row in region.rows.get("places", ()):
            bearer = Bearer(
                row["id"], row["name"], row["adm1"] or None, row["country"] or None,
                _number(row["lat"]), _number(row["lon"]), int(row["population"] or 0),
            )  # fmt: skip
            seen = set()
            for name in (row["name"], row["uk"], row["ru"], *row.get("other", "").split("|")):
                if len(name) < (3 if name in (row["name"], row["uk"], row["ru"]) else 4) or (
                    plain and not name.isascii()
                ):
                    continue
                parts = tuple(fold(name).split())
                if parts not in seen:
                    seen.add(parts)
                    main = name in (row["name"], row["uk"], row["ru"])
                    index.setdefault(beginning(parts[0]), []).append(Row(parts, bearer, main))
    return index
