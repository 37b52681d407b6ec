"""Make what goes into a product of eight bits even: a few channels are many times larger than the rest.

Eight bits for all channels of a piece leave the small ones no room. Each channel is divided by its own number, and the
column of the matrix that meets it multiplied by the same (SmoothQuant; Xiao et al. 2023, arXiv:2211.10438).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from itertools import islice

import numpy as np
import torch
from encoder import Encoder
from torch import Tensor, nn
from written import read

from testimonia.claims.learned.pieces import Pieces

SHARE = 0.8  # how much of the unevenness goes to the matrix
SMALLEST = 1e-3  # no channel is divided by less
EVERY, PIECES, BEGINNING = 40, 254, 1500  # one written document in so many; up to so many pieces and characters
TOGETHER = (("q", "k", "v"), ("ao",), ("fi",), ("fo",))  # matrices that meet the same channels


class Even(nn.Module):
    """A linear layer behind channels that are divided by their numbers."""

    def __init__(self, linear: nn.Linear, by: Tensor) -> None:
        super().__init__()
        self.linear = deepcopy(linear)
        self.linear.weight.data = linear.weight.data * by
        self.register_buffer("by", 1 / by)

    def forward(self, x: Tensor) -> Tensor:
        """Return what the layer makes of `x`."""
        out: Tensor = self.linear(x * self.get_buffer("by"))
        return out


def texts(table: Pieces) -> list[Tensor]:
    """Return the vectors of the beginnings of some written documents.

    They come without what their marks add: a channel that marks raise is made less even than it could be. What it
    answers stays the same.
    """
    some = islice((document["text"][:BEGINNING] for document in read()), 0, None, EVERY)
    rows = (np.array([row for row, _, _ in table.cut(text)][:PIECES], dtype=np.int32) for text in some)
    return [torch.from_numpy(table.vectors(one))[None] for one in rows]


def largest(encoder: Encoder, given: Iterable[Tensor]) -> dict[str, Tensor]:
    """Return the largest number that comes into each linear layer, by channel."""
    seen: dict[str, Tensor] = {}

    def noted(name: str, x: Tensor) -> None:
        here = x.detach().abs().reshape(-1, x.shape[-1]).amax(0)
        seen[name] = torch.maximum(seen[name], here) if name in seen else here

    hooks = [
        part.register_forward_hook(lambda _, x, __, name=name: noted(name, x[0]))
        for name, part in encoder.named_modules()
        if isinstance(part, nn.Linear)
    ]
    with torch.no_grad():
        for vectors in given:
            encoder(vectors, torch.ones(vectors.shape[:2]))
    for hook in hooks:
        hook.remove()
    return seen


def evened(encoder: Encoder, seen: Mapping[str, Tensor]) -> Encoder:
    """Return the encoder with its linear layers behind channels made even; what it answers is the same."""
    out = deepcopy(encoder)
    for at, layer in enumerate(out.layers):
        for names in TOGETHER:
            parts = [layer.get_submodule(name) for name in names]
            columns = torch.stack([part.get_parameter("weight").abs().amax(0) for part in parts]).amax(0)
            come = seen[f"layers.{at}.{names[0]}"].clamp(min=SMALLEST)
            by = (come**SHARE / columns.clamp(min=SMALLEST) ** (1 - SHARE)).clamp(min=SMALLEST).detach()
            for name, part in zip(names, parts, strict=True):
                setattr(layer, name, Even(part, by))
    return out
