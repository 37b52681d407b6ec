"""In which first-level unit of the world does a point lie? By the outlines that the gazetteer has (Natural Earth)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from testimonia.places.book import Bearer, Book

SHORE = 0.25  # degrees: outlines are simplified, and leave out estuaries
Ring = NDArray[np.float64]  # points × 2, longitude and latitude


@dataclass(frozen=True, eq=False)
class Outline:
    """A unit with the rings of its outline: a point within an odd number of them lies inside."""

    unit: Bearer
    rings: tuple[Ring, ...]

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """The least and greatest longitude, and the least and greatest latitude."""
        points = np.concatenate(self.rings)
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        return float(west), float(east), float(south), float(north)

    def off(self, lat: float, lon: float) -> float:
        """Return about how far a point lies from the outline, in degrees, infinite where it is far."""
        west, east, south, north = self.box
        if not (west - SHORE <= lon <= east + SHORE and south - SHORE <= lat <= north + SHORE):
            return float("inf")
        return min(
            float(np.hypot((ring[:, 0] - lon) * np.cos(np.radians(lat)), ring[:, 1] - lat).min()) for ring in self.rings
        )

    def holds(self, lat: float, lon: float) -> bool:
        """Say whether a point lies inside: a ray from it crosses the rings an odd number of times (Shimrat 1962)."""
        west, east, south, north = self.box
        if not (west <= lon <= east and south <= lat <= north):
            return False
        return sum(_crossed(ring, lat, lon) for ring in self.rings) % 2 == 1


def _crossed(ring: Ring, lat: float, lon: float) -> int:
    """Return how many sides of a ring a ray to the east crosses."""
    x, y = ring[:, 0], ring[:, 1]
    x2, y2 = np.roll(x, -1), np.roll(y, -1)
    cuts = (y > lat) != (y2 > lat)
    at = x[cuts] + (lat - y[cuts]) * (x2[cuts] - x[cuts]) / (y2[cuts] - y[cuts])
    return int((at > lon).sum())


class Outlines:
    """All outlines; what holds one point most likely holds the next."""

    def __init__(self, book: Book) -> None:
        self.all = list(_read(book))

    def unit(self, lat: float, lon: float) -> Bearer | None:
        """Return the unit in which a point lies, or on whose shore it does; None at sea."""
        for at, outline in enumerate(self.all):
            if outline.holds(lat, lon):
                self.all.insert(0, self.all.pop(at))
                return outline.unit
        near = min(self.all, key=lambda outline: outline.off(lat, lon))
        return near.unit if near.off(lat, lon) <= SHORE else None


def _read(book: Book) -> Iterator[Outline]:
    for unit, text in book.outlines():
        geometry = json.loads(text)
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        yield Outline(unit, tuple(np.array(ring, dtype=np.float64) for polygon in polygons for ring in polygon))
