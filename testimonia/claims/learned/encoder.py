"""The encoder itself: twelve layers in eight bits, run by onnxruntime, one window at a time.

A window is read by itself, so that what is said of a document never depends on the documents beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
from onnxruntime import InferenceSession, SessionOptions

from testimonia.claims.learned import pieces
from testimonia.claims.learned.heads import Heads, Reading
from testimonia.claims.learned.pieces import Pieces, Vectors
from testimonia.claims.learned.windows import Window

Steps: TypeAlias = Sequence[Sequence[float]]  # score from which on, and the share that was right
Table: TypeAlias = Mapping[str, Mapping[str, Steps]]  # of calibration, by slot and case

FOLDER = Path(__file__).parent / "weights"
LAYERS, HEADS, CODES = "encoder.onnx", "heads.npz", "codes.json"
CALIBRATION = "calibration.json"
SCALE = " scale"


@dataclass(frozen=True)
class Encoder:
    """The layers with their heads, the word table, and the codes and marks that they know, in the order of training."""

    session: InferenceSession
    heads: Heads
    pieces: Pieces
    types: tuple[str, ...]
    modalities: tuple[str, ...]
    groups: tuple[str | None, ...]
    marks: Mapping[str, int]
    seen: Mapping[str, int]  # annotated claims of each type that it was trained on
    calibration: Table

    def _marks(self, window: Window) -> Vectors:
        out = np.zeros((len(window.pieces), len(self.marks)), dtype=np.float32)
        for at, piece in enumerate(window.pieces):
            out[at, list(piece.marks)] = 1
        return out

    def read(self, window: Window) -> Reading:
        """Read a window."""
        rows = np.array([piece.row for piece in window.pieces], dtype=np.int32)
        marks = self._marks(window)
        vectors = self.pieces.vectors(rows) + self.heads.layer("marks_in", marks)
        (states,) = self.session.run(None, {"vectors": vectors[None]})
        return Reading(self.heads, window, states[0] + self.heads.layer("marks_out", marks))


def _session(file: Path) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = 1  # several processes use several processors better than several threads do
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return InferenceSession(file, options, providers=["CPUExecutionProvider"])


def _weights(file: Path) -> dict[str, Vectors]:
    """Read the heads; matrices lie in eight bits, with a scale for each row."""
    with np.load(file) as stored:
        raw = {name: stored[name].astype(np.float32) for name in stored.files}
    whole = {name: rows for name, rows in raw.items() if not name.endswith(SCALE)}
    return {name: rows * raw.get(f"{name}{SCALE}", np.float32(1)) for name, rows in whole.items()}


@cache
def load(folder: Path = FOLDER) -> Encoder | None:
    """Return the encoder, once in a process; None where its weights or the package with the word table are missing."""
    table = pieces.installed()
    if table is None or not (folder / LAYERS).is_file():
        return None
    table_of = folder / CALIBRATION
    known = json.loads((folder / CODES).read_text(encoding="utf-8"))
    return Encoder(
        session=_session(folder / LAYERS),
        heads=Heads(_weights(folder / HEADS)),
        pieces=pieces.load(table),
        types=tuple(known["types"]),
        modalities=tuple(known["modalities"]),
        groups=tuple(known["groups"]),
        marks={name: at for at, name in enumerate(known["marks"])},
        seen=known["seen"],
        calibration=json.loads(table_of.read_text(encoding="utf-8")) if table_of.is_file() else {},
    )


def digest(folder: Path = FOLDER) -> str:
    """Return the hash of the weights that code documents here; empty where the rules alone do."""
    usable = pieces.installed() is not None and (folder / LAYERS).is_file()
    return str(json.loads((folder / CODES).read_text(encoding="utf-8"))["sha256"]) if usable else ""
