"""The encoder with its heads, as it is trained; `testimonia/claims/learned/heads.py` is the same without training."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import torch
from encoder import Encoder
from torch import Tensor, nn
from torch.nn import functional as fn

from testimonia.claims.learned.heads import AROUND, FAR, NAME, Ask, bucket, spread
from testimonia.claims.learned.pieces import WIDTH
from testimonia.claims.learned.windows import Window

DROPPED = 0.1
SMALL = 128


def _gelu(x: Tensor) -> Tensor:
    return fn.gelu(x, approximate="tanh")


def _rows(*shape: int) -> nn.Parameter:
    return nn.Parameter(torch.randn(*shape) * 0.02)


def _zeros(rows: int) -> nn.Embedding:
    table = nn.Embedding(rows, 1)
    nn.init.zeros_(table.weight)
    return table


class Network(nn.Module):
    """The encoder, what the marks add before and behind it, and a few small layers for each question."""

    def __init__(self, marks: int, types: int, modalities: int, groups: int) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.marks_in, self.marks_out = (nn.Linear(marks, WIDTH, bias=False) for _ in range(2))
        self.kind_hidden, self.kind = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, types)
        self.number_hidden, self.number = nn.Linear(2 * WIDTH, WIDTH), nn.Linear(WIDTH, types)
        self.weigh, self.counted = nn.Linear(WIDTH, types), nn.Linear(WIDTH, WIDTH)
        self.kind_row = nn.Embedding(types, WIDTH)
        self.claim_hidden, self.claim = nn.Linear(3 * WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.claim_norm = nn.LayerNorm(WIDTH)
        for slot, codes in (("modality", modalities), ("group", groups)):
            self.add_module(f"{slot}_hidden", nn.Linear(2 * WIDTH, SMALL))
            self.add_module(slot, nn.Linear(SMALL, codes))
        for slot in ("modality", "group", "actor", "target"):
            self.add_module(f"{slot}_query", nn.Linear(WIDTH, WIDTH))
            self.add_module(f"{slot}_key", nn.Linear(WIDTH, WIDTH))
        for slot in ("actor", "target"):
            self.add_module(f"{slot}_asked", nn.Linear(2 * WIDTH, WIDTH))
            self.add_module(f"{slot}_named", nn.Linear(WIDTH, WIDTH))
            self.add_module(f"{slot}_far", _zeros(FAR))
        self.actor_nobody, self.target_nobody = _rows(3, WIDTH), _rows(3, WIDTH)
        self.actor_official, self.target_official = _rows(2, WIDTH), _rows(2, WIDTH)
        self.single_hidden, self.single = nn.Linear(WIDTH, SMALL), nn.Linear(SMALL, 1)
        self.speaker_query, self.speaker_key = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.speaker_nobody, self.speaker_far = _rows(WIDTH), _zeros(FAR)
        self.end_query, self.end_key, self.end_far = (
            nn.Linear(2 * WIDTH, WIDTH),
            nn.Linear(WIDTH, WIDTH),
            _zeros(NAME + 2),
        )
        self._begin()

    def _begin(self) -> None:
        for table in (self.marks_in.weight, self.marks_out.weight, self.kind.weight, self.kind_row.weight):
            nn.init.normal_(table, std=0.02)
        nn.init.constant_(self.kind.bias, -5.0)  # most pieces tell of nothing

    def states(self, vectors: Tensor, mask: Tensor, marks: Tensor) -> Tensor:
        """Return the states of a batch: vectors and marks of pieces in, batch × pieces × 384 out."""
        out = self.encoder(vectors + self.marks_in(marks), mask) + self.marks_out(marks)
        return fn.dropout(out, DROPPED, self.training)

    def types(self, states: Tensor) -> Tensor:
        """Return the logits of types for every piece."""
        out: Tensor = self.kind(_gelu(self.kind_hidden(states)))
        return out

    def numbers(self, window: Window, states: Tensor) -> Tensor:
        """Return the logits of types for every number of a window."""
        here = [(one.first, one.last) for one in window.figures]
        around = [(first - AROUND, last + AROUND) for first, last in here]
        both = [torch.from_numpy(spread(stretches, len(states))) @ states for stretches in (here, around)]
        hidden = fn.dropout(_gelu(self.number_hidden(torch.cat(both, 1))), DROPPED, self.training)
        out: Tensor = self.number(hidden)
        return out

    def vectors(self, states: Tensor, asks: Sequence[Ask]) -> Tensor:
        """Return a vector for each claim of a window."""
        types = torch.tensor([ask.type for ask in asks])
        shut = torch.full((len(asks), len(states)), -1e4)
        for row, ask in enumerate(asks):
            shut[row, ask.first : ask.last] = 0
        figures = [(ask.figure.first, ask.figure.last) if ask.figure else (0, 1) for ask in asks]
        has = torch.tensor([[float(ask.figure is not None)] for ask in asks])
        number = self.counted(torch.from_numpy(spread(figures, len(states))) @ states) * has
        weights = torch.softmax(self.weigh(states)[:, types].T + shut, 1)
        whole = torch.cat([weights @ states, self.kind_row(types), number], 1)
        hidden = fn.dropout(_gelu(self.claim_hidden(whole)), DROPPED, self.training)
        out: Tensor = self.claim_norm(self.claim(hidden))
        return out

    def singles(self, claims: Tensor) -> Tensor:
        """Return the logit that a claim befell one, for every claim."""
        hidden = fn.dropout(_gelu(self.single_hidden(claims)), DROPPED, self.training)
        out: Tensor = self.single(hidden)
        return out[:, 0]

    def _part(self, name: str, x: Tensor) -> Tensor:
        out: Tensor = self.get_submodule(name)(x)
        return out

    def _read(self, slot: str, claims: Tensor, states: Tensor) -> Tensor:
        scores = self._part(f"{slot}_query", claims) @ self._part(f"{slot}_key", states).T / sqrt(WIDTH)
        return torch.cat([claims, torch.softmax(scores, -1) @ states], 1)

    def classes(self, slot: str, claims: Tensor, states: Tensor) -> Tensor:
        """Return the logits of the codes of a slot for every claim."""
        hidden = _gelu(self._part(f"{slot}_hidden", self._read(slot, claims, states)))
        return self._part(slot, fn.dropout(hidden, DROPPED, self.training))

    def party(self, slot: str, claims: Tensor, states: Tensor, window: Window, asks: Sequence[Ask]) -> Tensor:
        """Return the logits of nobody's codes and of the parties of the window for every claim."""
        asked = self._part(f"{slot}_asked", self._read(slot, claims, states))
        scores = asked @ self.get_parameter(f"{slot}_nobody").T
        if not window.parties:
            return scores
        named = torch.from_numpy(spread([(one.first, one.last) for one in window.parties], len(states))) @ states
        official = self.get_parameter(f"{slot}_official")[[int(one.official) for one in window.parties]]
        named = torch.tanh(self._part(f"{slot}_named", named)) + official
        far = torch.tensor([[bucket(one.first - ask.first) for one in window.parties] for ask in asks])
        return torch.cat([scores, asked @ named.T / 4 + self._part(f"{slot}_far", far)[..., 0]], 1)

    def speakers(self, claims: Tensor, states: Tensor, asks: Sequence[Ask]) -> Tensor:
        """Return the logits of the pieces that a speaker's name may begin with; the first stands for nobody."""
        asked = self.speaker_query(claims)
        far = torch.tensor([[bucket(at - ask.first) for at in range(1, len(states))] for ask in asks])
        scores = asked @ self.speaker_key(states[1:]).T / sqrt(WIDTH) * 2 + self.speaker_far(far)[..., 0]
        return torch.cat([(asked @ self.speaker_nobody)[:, None], scores], 1)

    def ends(self, claim: Tensor, states: Tensor, start: int) -> Tensor:
        """Return the logits of the pieces from `start` on that a speaker's name may end with."""
        stretch = states[start : min(len(states), start + NAME + 1)]
        asked = self.end_query(torch.cat([claim, states[start]]))
        out: Tensor = self.end_key(stretch) @ asked / sqrt(WIDTH) * 2 + self.end_far.weight[: len(stretch), 0]
        return out
