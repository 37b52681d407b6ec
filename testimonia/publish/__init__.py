"""An edition: the dossier, the tables, and the manifest that seals them. So far there is only the internal one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from testimonia.material import INTERNAL, MARK, Material
from testimonia.publish import folder as disk
from testimonia.publish import rows, sheets
from testimonia.publish.page import page
from testimonia.publish.rows import coded_rows
from testimonia.publish.sequence import ordered
from testimonia.records import Release
from testimonia.veil import Shown

__all__ = ["INTERNAL", "MARK", "Material", "coded_rows", "publish", "published"]


def _files(shown: Shown) -> dict[str, bytes]:
    files = {
        "index.html": page(shown).encode("utf-8", "replace"),
        "claims.csv": sheets.table(rows.CLAIM_COLUMNS, rows.claim_table(shown)),
        "claims.jsonl": sheets.lines(rows.shown_claims(shown)),
        "events.csv": sheets.table(rows.EVENT_COLUMNS, rows.event_table(shown, ordered(shown.events))),
    }
    failures = list(rows.failure_table(shown.failures))
    return {**files, "failures.csv": sheets.table(rows.FAILURE_COLUMNS, failures)} if failures else files


def _digests(files: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    return tuple((name, hashlib.sha256(data).hexdigest()) for name, data in sorted(files.items()))


def _manifest(material: Material, files: Mapping[str, bytes]) -> bytes:
    listed = [{"name": name, "bytes": len(files[name]), "sha256": digest} for name, digest in _digests(files)]
    data: dict[str, Any] = {
        "edition": MARK,
        "program": "testimonia",
        "version": material.version,
        "embargo_days": material.embargo.days,
        "documents": len(material.documents),
        "claims": len(material.claims),
        "files": listed,
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def publish(material: Material, folder: Path) -> Release:
    """Write the internal edition into `folder`, in place of the one that was there, and return what it holds.

    Everything shown has gone through the embargo. The same material gives the same bytes; no file holds a clock time.
    Raises StorageError where the folder cannot be written; the old edition then stays.
    """
    shown = Shown.of(material)
    files = _files(shown)
    files[disk.MANIFEST] = _manifest(material, files)
    disk.write(folder, files)
    inputs = sorted({*material.events, *(estimate.id for estimate in material.estimates)})
    rules = (f"embargo of {material.embargo.days} days",)
    return Release(INTERNAL, _digests(files), rules, material.embargo.since, tuple(inputs))


def published(folder: Path) -> bool:
    """Say whether a whole edition lies in the folder: every file that its manifest lists, with the bytes it lists."""
    return disk.whole(folder)
