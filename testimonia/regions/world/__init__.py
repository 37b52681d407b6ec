"""The towns of the world over 500 people, and the first-level units of all states."""

from __future__ import annotations

from pathlib import Path

from testimonia.packs import RegionPack


def pack() -> RegionPack:
    """Load the pack from the gazetteer file beside this file."""
    return RegionPack("world", "the world", {}, {}, Path(__file__).parent / "places.db")
