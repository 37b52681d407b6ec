"""The rows of the region packs' tables of areas and sites, as phrases and places."""

from __future__ import annotations

from collections.abc import Mapping

from testimonia.phrases import Entry
from testimonia.places.book import Bearer

SITE_KM = 1.0  # how far a site reaches


def entries(row: Mapping[str, str], lang: str) -> list[Entry]:
    """Return the phrases of an area or a site in one language."""
    return [Entry(row["name"], phrase) for phrase in (row.get(lang) or "").split("|") if phrase.strip()]


def site(row: Mapping[str, str]) -> Bearer:
    """Return the place that a row of the sites is."""
    lat, lon = _number(row["lat"]), _number(row["lon"])
    return Bearer(row["name"], "site", row["name"], row["adm1"] or None, None, lat, lon, radius=SITE_KM)


def _number(text: str) -> float | None:
    return float(text) if text else None
