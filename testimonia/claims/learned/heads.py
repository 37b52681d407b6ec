"""What the encoder's states say of the types, numbers and claims of a window: a few small layers.

The layers are trained together with the encoder (bench/train); their names are those of the training code. Those that
every piece goes through are part of the encoder's graph, in eight bits; those of a claim are here, in NumPy. A claim is
asked about by its pieces, its type and its number; who did it, and whom it hit, is found by pointing at a party that
is named in the window, the speaker by pointing at the piece that its name begins with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2, sqrt

import numpy as np

from testimonia.claims.learned.pieces import WIDTH, Vectors
from testimonia.claims.learned.windows import Stretch, Window

FAR = 64  # classes of distance between a claim and what it points at
NAME = 32  # pieces of a speaker's name, at most
AROUND = 6  # pieces on both sides of a number that are looked at with it
NOBODY = (None, "civilians", "other")  # parties that need no words: unsaid, people, somebody else
DENSE = 8.0
CLASSES = ("modality", "group")
PARTIES = ("actor", "target")
# The layers that every piece goes through, as the graph gives them out: types as probabilities, the rest as they are.
EACH = (
    "types",
    "weigh",
    *(f"{slot}_key" for slot in (*CLASSES, *PARTIES, "speaker")),
    *(f"{slot}_named" for slot in PARTIES),
)


@dataclass(frozen=True, slots=True)
class Ask:
    """A claim to ask about: its pieces `first` to `last` (excluded), its type by number, its number in the window."""

    first: int
    last: int
    type: int
    figure: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What the heads say of one claim, as probabilities.

    `modality` and `group` over the codes that the weights know; `actor` and `target` over NOBODY and then the parties
    of the window; `speaker` over the pieces (the first: nobody), with `end` the last piece of the likeliest one;
    `single` that it befell one, for a claim that no number counts.
    """

    modality: Vectors
    group: Vectors
    actor: Vectors
    target: Vectors
    speaker: Vectors
    end: int
    single: float


def bucket(distance: int) -> int:
    """Return the class of a distance in pieces: exact when near, coarse when far, odd where it lies behind."""
    size = abs(distance)
    near = size if size < DENSE else min(FAR // 2 - 1, int(DENSE + log2(size / DENSE) * 6))
    return min(2 * near + (distance < 0), FAR - 1)


def softmax(x: Vectors) -> Vectors:
    """Return the probabilities of logits along the last axis."""
    raised = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(x: Vectors) -> Vectors:
    """Return the probability of a logit."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def gelu(x: Vectors) -> Vectors:
    """Return vectors with what is negative in them held back (Gaussian error linear unit, by its tanh form)."""
    return np.asarray(0.5 * x * (1 + np.tanh(sqrt(2 / np.pi) * (x + 0.044715 * x**3))), dtype=np.float32)


def spread(stretches: Sequence[tuple[int, int]], pieces: int) -> Vectors:
    """Return a matrix that means the states of each stretch: stretches × pieces, rows that sum to one."""
    out = np.zeros((len(stretches), pieces), dtype=np.float32)
    for row, (begin, end) in enumerate(stretches):
        first, last = max(0, begin), min(pieces, end)
        out[row, first:last] = 1 / (last - first)
    return out


@dataclass(frozen=True)
class Heads:
    """The small layers, by name."""

    weights: Mapping[str, Vectors]

    def layer(self, name: str, x: Vectors) -> Vectors:
        """Return what a linear layer makes of vectors."""
        bias = self.weights.get(f"{name}.bias")
        out = x @ self.weights[f"{name}.weight"].T
        return out if bias is None else out + bias

    def norm(self, name: str, x: Vectors) -> Vectors:
        """Return vectors, each centred and scaled (layer normalisation)."""
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
        return np.asarray(scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"], dtype=np.float32)

    def row(self, name: str, numbers: Sequence[int]) -> Vectors:
        """Return the first column of rows of a table: what a distance adds."""
        return self.weights[f"{name}.weight"][list(numbers), 0]


@dataclass(frozen=True)
class Reading:
    """One window as the encoder has read it: states, pieces × 384, and what the layers named in EACH make of them."""

    heads: Heads
    window: Window
    states: Vectors
    each: Mapping[str, Vectors]

    @property
    def types(self) -> Vectors:
        """For every piece and type, the probability that a claim of that type is told there."""
        return self.each["types"]

    def tells(self, sentence: int) -> Vectors:
        """Return, for each type, the probability that a sentence of the window tells of it."""
        own = [at for at, of in enumerate(self.window.sentences) if of == sentence]
        return np.asarray(1 - (1 - self.types[own]).prod(axis=0), dtype=np.float32)

    def shown(self, ask: Ask) -> Vectors:
        """Return what the window shows of a claim: its vector, and the mean of its pieces."""
        return np.concatenate([self._vector(ask), self.states[ask.first : ask.last].mean(axis=0)])

    @cached_property
    def numbers(self) -> Vectors:
        """For every number of the window and every type, the probability that it counts a claim of that type."""
        here = [(one.first, one.last) for one in self.window.figures]
        around = [(first - AROUND, last + AROUND) for first, last in here]
        both = [spread(stretches, len(self.states)) @ self.states for stretches in (here, around)]
        hidden = gelu(self.heads.layer("number_hidden", np.concatenate(both, axis=1)))
        return sigmoid(self.heads.layer("number", hidden))

    @cached_property
    def _named(self) -> Mapping[str, Vectors]:
        """The parties of the window, as each slot sees them."""
        parties = self.window.parties
        over = spread([(one.first, one.last) for one in parties], len(self.states))
        official = [int(one.official) for one in parties]
        return {
            slot: np.tanh(over @ self.each[f"{slot}_named"]) + self.heads.weights[f"{slot}_official"][official]
            for slot in PARTIES
        }

    def _vector(self, ask: Ask) -> Vectors:
        """Return a claim as a vector: its pieces, weighed by type, its type, and its number."""
        weights = softmax(self.each["weigh"][ask.first : ask.last, ask.type])
        stretch = weights @ self.states[ask.first : ask.last]
        number = np.zeros(WIDTH, dtype=np.float32)
        if ask.figure:
            number = self.heads.layer("counted", self.states[ask.figure.first : ask.figure.last].mean(axis=0))
        whole = np.concatenate([stretch, self.heads.weights["kind_row.weight"][ask.type], number])
        return self.heads.norm("claim_norm", self.heads.layer("claim", gelu(self.heads.layer("claim_hidden", whole))))

    def _read(self, slot: str, claim: Vectors) -> Vectors:
        """Return a claim beside what it finds in the window for a slot."""
        scores = self.each[f"{slot}_key"] @ self.heads.layer(f"{slot}_query", claim) / sqrt(WIDTH)
        return np.concatenate([claim, softmax(scores) @ self.states])

    def _class(self, slot: str, claim: Vectors) -> Vectors:
        hidden = gelu(self.heads.layer(f"{slot}_hidden", self._read(slot, claim)))
        return softmax(self.heads.layer(slot, hidden))

    def _party(self, slot: str, claim: Vectors, ask: Ask) -> Vectors:
        """Point a claim at a party of the window, or at nobody."""
        asked = self.heads.layer(f"{slot}_asked", self._read(slot, claim))
        nobody = self.heads.weights[f"{slot}_nobody"] @ asked
        if not self.window.parties:
            return softmax(nobody)
        far = [bucket(one.first - ask.first) for one in self.window.parties]
        named = self._named[slot] @ asked / 4 + self.heads.row(f"{slot}_far", far)
        return softmax(np.concatenate([nobody, named]))

    def _speaker(self, claim: Vectors, ask: Ask) -> Vectors:
        asked = self.heads.layer("speaker_query", claim)
        far = [bucket(at - ask.first) for at in range(len(self.states))]
        scores = self.each["speaker_key"] @ asked / sqrt(WIDTH) * 2 + self.heads.row("speaker_far", far)
        scores[0] = asked @ self.heads.weights["speaker_nobody"]
        return softmax(scores)

    def _end(self, claim: Vectors, start: int) -> int:
        """Return the last piece of a name that begins at a piece."""
        stretch = self.states[start : start + NAME + 1]
        asked = self.heads.layer("end_query", np.concatenate([claim, self.states[start]]))
        scores = self.heads.layer("end_key", stretch) @ asked / sqrt(WIDTH) * 2
        return start + int((scores + self.heads.row("end_far", range(len(stretch)))).argmax())

    def _single(self, claim: Vectors) -> float:
        return float(sigmoid(self.heads.layer("single", gelu(self.heads.layer("single_hidden", claim))))[0])

    def claim(self, ask: Ask) -> Said:
        """Answer for one claim."""
        claim = self._vector(ask)
        speaker = self._speaker(claim, ask)
        start = int(speaker.argmax())
        return Said(
            modality=self._class("modality", claim),
            group=self._class("group", claim),
            actor=self._party("actor", claim, ask),
            target=self._party("target", claim, ask),
            speaker=speaker,
            end=self._end(claim, start) if start else 0,
            single=self._single(claim),
        )
