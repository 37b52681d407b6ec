"""The region pack of the war in Ukraine: parties, places, sites, office-holders, in three languages."""

from __future__ import annotations

from pathlib import Path

from testimonia.packs import RegionPack, read_phrases, read_table

HERE = Path(__file__).parent


def pack() -> RegionPack:
    """Load the pack from the tables beside this file."""
    tables = {
        (file.name.split(".")[0], file.name.split(".")[1]): read_phrases(file) for file in sorted(HERE.glob("*.*.tsv"))
    }
    rows = {file.stem: read_table(file) for file in sorted(HERE.glob("*.tsv")) if file.name.count(".") == 1}
    return RegionPack("ua", "Ukraine", tables, rows, HERE / "places.db")
