"""Point a claim at one of the stretches of a document that could answer a question of it, or at none.

The encoder's states of the claim and of each stretch go through a few small layers, together with what the rules know
of the stretch: how it is used, how far from the claim it stands, whether they themselves choose it. What is said
several times is as likely as all its stretches together. The layers are trained on states that do not change
(bench/train/pointers.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log2
from typing import Protocol, TypeVar

import numpy as np

from testimonia.claims.learned.heads import Ask, Heads, Reading, gelu, softmax
from testimonia.claims.learned.pieces import WIDTH, Vectors

T = TypeVar("T")

BACK = 40  # sentences before a claim that it may point at
AHEAD = 2  # sentences behind it
OPENING = 3  # sentences at the head of the document that always stay in sight
MOST = 64  # stretches that a claim may point at
FAR = 16  # classes of distance in sentences, on either side
UNTOLD = 8  # class of what stands outside of the window; the probability that the type is told there has 8


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many classes each question has that the rules answer of a claim, and of a stretch that it may point at."""

    of_claim: Mapping[str, int]
    of_each: Mapping[str, int]


class Stretched(Protocol):
    """Characters `start` to `end` of a sentence of the document, by its index."""

    @property
    def sentence(self) -> int:
        """The index of its sentence in the document."""

    @property
    def start(self) -> int:
        """Where it begins in the sentence."""

    @property
    def end(self) -> int:
        """Where it ends in the sentence."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a window shows of a claim and of what it may point at.

    `claim` is what the encoder shows of the claim, `start` its first piece; for each stretch `pieces` has its first
    piece and `told` how likely its sentence tells of the claim's type, both None outside of the window, where `states`
    are zero.
    """

    claim: Vectors
    start: int
    pieces: tuple[int | None, ...]
    told: tuple[float | None, ...]
    states: Vectors


def in_reach(at: int, sentences: int) -> list[int]:
    """Return the sentences that a claim in a sentence may point at: the head of the document, and those near."""
    first = max(0, at - BACK)
    return [*range(min(OPENING, first)), *range(first, min(at + AHEAD + 1, sentences))]


def surroundings(
    reading: Reading, numbers: Mapping[int, int], ask: Ask, stretches: Sequence[Stretched]
) -> Surroundings:
    """Look at a claim and what it may point at; `numbers` gives the sentences' indices among those that are read."""
    pieces: list[int | None] = []
    told: list[float | None] = []
    states = np.zeros((len(stretches), WIDTH), dtype=np.float32)
    present = frozenset(reading.window.sentences)
    likely = {one: reading.tells(numbers[one])[ask.type] for one in numbers if numbers[one] in present}
    for row, one in enumerate(stretches):
        span = reading.window.within(numbers[one.sentence], one.start, one.end) if one.sentence in likely else None
        pieces.append(span[0] if span else None)
        told.append(float(likely[one.sentence]) if span else None)
        if span:
            states[row] = reading.states[span[0] : span[1]].mean(axis=0)
    return Surroundings(reading.shown(ask), ask.first, tuple(pieces), tuple(told), states)


def far(sentences: int) -> int:
    """Return the class of a distance in sentences back to a stretch, negative where it lies behind the claim."""
    size = abs(sentences)
    near = min(size if size < 10 else 8 + int(log2(size / 2.5)), FAR - 1)
    return near + (FAR if sentences < 0 else 0)


def rows(sizes: Mapping[str, int], known: Mapping[str, int]) -> list[int]:
    """Return the rows of the table of what is known: one for the answer to each question."""
    firsts = accumulate(sizes.values(), initial=0)
    return [first + min(known[name], size - 1) for first, (name, size) in zip(firsts, sizes.items(), strict=False)]


@dataclass(frozen=True)
class Pointer:
    """The layers of one question, trained several times over from other beginnings; their mean answers."""

    members: tuple[Heads, ...]

    @classmethod
    def of(cls, weights: Mapping[str, Vectors]) -> Pointer:
        """Return a pointer from its weights, each under the number of its member and its own name."""
        each: dict[str, dict[str, Vectors]] = {}
        for name, rows in weights.items():
            member, _, own = name.partition(" ")
            each.setdefault(member, {})[own] = rows
        return cls(tuple(Heads(one) for _, one in sorted(each.items())))

    def probabilities(self, known: Sequence[int], each: Sequence[Sequence[int]], seen: Surroundings) -> Vectors:
        """Return the probability of each stretch, and, last, that of none; `known` and `each` are rows of the table."""
        every = [_probabilities(one, known, each, seen) for one in self.members]
        return np.asarray(np.mean(every, axis=0), dtype=np.float32)


def _probabilities(of: Heads, known: Sequence[int], each: Sequence[Sequence[int]], seen: Surroundings) -> Vectors:
    w = of.weights
    asked = of.norm(
        "claim_norm", gelu(of.layer("claim", seen.claim) + w["claim_known.weight"][list(known)].sum(axis=0))
    )
    if not each:
        return softmax(_none(of, asked, w["empty"]))
    at = np.array(each)
    shown = np.array([piece is not None for piece in seen.pieces])
    states = np.where(shown[:, None], of.layer("state", seen.states), w["absent"])
    stretch = of.norm("mention_norm", gelu(states + w["known.weight"][at].sum(axis=1)))
    both = np.concatenate([np.broadcast_to(asked, stretch.shape), stretch], axis=1)
    hidden = gelu(of.layer("hidden", both) + w["known_hidden.weight"][at].sum(axis=1))
    scores = of.layer("score", hidden)[:, 0] + stretch @ of.layer("bilinear", asked) / 8
    return softmax(np.concatenate([scores, _none(of, asked, hidden.max(axis=0))]))


def _none(of: Heads, asked: Vectors, summary: Vectors) -> Vectors:
    """Return the logit of none."""
    return of.layer("none", gelu(of.layer("none_hidden", np.concatenate([asked, summary]))))


def summed(each: Iterable[tuple[T, float]]) -> dict[T, float]:
    """Return the probability of each answer: that of all stretches that stand for it."""
    out: dict[T, float] = {}
    for answer, probability in each:
        out[answer] = out.get(answer, 0.0) + probability
    return out
