"""The encoder itself: twelve layers in eight bits, run by onnxruntime, one window at a time.

A window is read by itself, so that what is said of a document never depends on the documents beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from onnxruntime import InferenceSession, SessionOptions

from testimonia.claims.learned import pieces
from testimonia.claims.learned.heads import EACH, Heads, Reading
from testimonia.claims.learned.pieces import WIDTH, Pieces, Vectors
from testimonia.claims.learned.pointer import Pointer
from testimonia.claims.learned.windows import Window
from testimonia.errors import PackError

Steps: TypeAlias = Sequence[Sequence[float]]  # score from which on, and the share that was right
Table: TypeAlias = Mapping[str, Mapping[str, Steps]]  # of calibration, by slot and case

FOLDER = Path(__file__).parent / "weights"
LAYERS, HEADS, CODES = "encoder.onnx", "heads.npz", "codes.json"
WHERE, WHEN = "where.npz", "when.npz"
WEIGHTS = (LAYERS, HEADS, WHERE, WHEN)
CALIBRATION = "calibration.json"
SCALE = " scale"


@dataclass(frozen=True)
class Encoder:
    """The layers with heads and pointers, the word table, and the codes and marks that they know, in order."""

    session: InferenceSession
    heads: Heads
    where: Pointer
    when: Pointer
    pieces: Pieces
    types: tuple[str, ...]
    modalities: tuple[str, ...]
    groups: tuple[str | None, ...]
    marks: Mapping[str, int]
    marks_add: Vectors  # marks × 2 × 384: what a mark adds before the encoder, and behind it
    calibration: Table

    def _marked(self, window: Window) -> Vectors:
        """Return what the marks of each piece add before the encoder and behind it: 2 × pieces × 384."""
        out = np.zeros((len(window.pieces), 2, WIDTH), dtype=np.float32)
        for at, piece in enumerate(window.pieces):
            out[at] = self.marks_add[list(piece.marks)].sum(axis=0)
        return out.swapaxes(0, 1)

    def read(self, window: Window) -> Reading:
        """Read a window."""
        rows = np.array([piece.row for piece in window.pieces], dtype=np.int32)
        before, behind = self._marked(window)
        told = self.session.run(None, {"vectors": (self.pieces.vectors(rows) + before)[None], "marks": behind[None]})
        states, *each = (found[0] for found in told)
        return Reading(self.heads, window, states, dict(zip(EACH, each, strict=True)))


def _session(file: Path) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = 1  # several processes use several processors better than several threads do
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return InferenceSession(file, options, providers=["CPUExecutionProvider"])


def weights(file: Path) -> dict[str, Vectors]:
    """Read the heads; matrices lie in eight bits, with a scale for each row."""
    with np.load(file) as stored:
        raw = {name: stored[name].astype(np.float32) for name in stored.files}
    whole = {name: rows for name, rows in raw.items() if not name.endswith(SCALE)}
    return {name: rows * raw.get(f"{name}{SCALE}", np.float32(1)) for name, rows in whole.items()}


@cache
def load(folder: Path = FOLDER) -> Encoder | None:
    """Return the encoder, once in a process; None where its weights or the package with the word table are missing.

    Raises PackError where one of them is damaged.
    """
    table = pieces.installed()
    if table is None or not (folder / LAYERS).is_file():
        return None
    known = _known(folder)
    heads = Heads(weights(folder / HEADS))
    return Encoder(
        session=_session(folder / LAYERS),
        heads=heads,
        where=Pointer.of(weights(folder / WHERE)),
        when=Pointer.of(weights(folder / WHEN)),
        pieces=pieces.load(table),
        types=tuple(known["types"]),
        modalities=tuple(known["modalities"]),
        groups=tuple(known["groups"]),
        marks={name: at for at, name in enumerate(known["marks"])},
        marks_add=np.stack([heads.weights[f"{name}.weight"].T for name in ("marks_in", "marks_out")], axis=1),
        calibration=known["calibration"],
    )


def _known(folder: Path) -> dict[str, Any]:
    """Read which codes the weights know, and their calibration.

    Raises PackError where a file is damaged, or not the one that the others were made with.
    """
    table = folder / CALIBRATION
    try:
        known = dict(json.loads((folder / CODES).read_text(encoding="utf-8")))
        said, found = (
            known.pop("sha256", ""),
            sealed(known, *((folder / name).read_bytes() for name in WEIGHTS)),
        )
        calibration = dict(json.loads(table.read_text(encoding="utf-8"))) if table.is_file() else {}
    except (OSError, ValueError, TypeError) as error:
        raise PackError(f"{folder}: the weights of the encoder cannot be read ({error}): {pieces.AGAIN}") from error
    if said != found:
        raise PackError(f"{folder}: the weights of the encoder are damaged: {pieces.AGAIN}")
    return {**known, "sha256": found, "calibration": calibration}


def sealed(codes: Mapping[str, Any], *weights: bytes) -> str:
    """Return the hash of weights together with the codes that they know."""
    return hashlib.sha256(json.dumps(codes, sort_keys=True).encode() + b"".join(weights)).hexdigest()


def digest(folder: Path = FOLDER) -> str:
    """Return the hash of weights and calibration that code documents here; empty where the rules alone do.

    Raises PackError where the weights are damaged.
    """
    if pieces.installed() is None or not (folder / LAYERS).is_file():
        return ""
    known = _known(folder)
    return sealed(known["calibration"], str(known["sha256"]).encode())
