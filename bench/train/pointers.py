"""Train the pointers (testimonia/claims/learned/pointer.py) on what pointed.py wrote.

    python bench/train/pointers.py where|when FOLDER --score SCORE.py --out WEIGHTS [--passes 8]

WEIGHTS is the folder that the package ships, which is sealed anew. Documents held out are in files
of their own, and are only measured on; of the others, one in twenty is kept back to follow the training by. Several
members are trained from other beginnings, and each is the mean of its weights after all passes but the first ones.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from export import seal
from pointed import Case
from torch import Tensor, nn
from torch.nn import functional as fn

from testimonia.claims.learned import moments, spots
from testimonia.claims.learned.encoder import CODES, WHEN, WHERE, weights
from testimonia.claims.learned.pieces import WIDTH
from testimonia.claims.learned.pointer import Pointer, Sizes, Surroundings

sys.path.insert(0, str(Path(__file__).parents[1]))
from claims import scorer

SEED, BATCH, RATE, INNER = 7, 128, 1e-3, 128
DROPPED = 0.35
FIRST = 2  # pass from which on the weights are part of the mean that is kept
UNSURE = 0.6  # weight of a claim of which a second reader could decide otherwise
ABSENT = 0.1  # how often the states of a stretch are taken away, so that the pointer learns to do without
KEPT_BACK = 20
RUN = 16  # batches that are sorted by size together
SIZES = {"where": spots.SIZES, "when": moments.SIZES}
SLOTS = {"where": ("place", "adm1"), "when": ("date",)}
gelu: Callable[[Tensor], Tensor] = partial(fn.gelu, approximate="tanh")


class Layers(nn.Module):  # type: ignore[misc]
    """The layers, as testimonia/claims/learned/pointer.py runs them."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        of_claim, of_each = sum(sizes.of_claim.values()), sum(sizes.of_each.values())
        self.claim, self.claim_norm = nn.Linear(2 * WIDTH, INNER), nn.LayerNorm(INNER)
        self.claim_known = nn.EmbeddingBag(of_claim, INNER, mode="sum")
        self.state, self.mention_norm = nn.Linear(WIDTH, INNER), nn.LayerNorm(INNER)
        self.known = nn.EmbeddingBag(of_each, INNER, mode="sum")
        self.known_hidden = nn.EmbeddingBag(of_each, INNER, mode="sum")
        self.absent, self.empty = nn.Parameter(torch.zeros(INNER)), nn.Parameter(torch.zeros(INNER))
        self.bilinear = nn.Linear(INNER, INNER, bias=False)
        self.hidden, self.score = nn.Linear(2 * INNER, INNER), nn.Linear(INNER, 1)
        self.none_hidden, self.none = nn.Linear(2 * INNER, INNER), nn.Linear(INNER, 1)
        self.drop = nn.Dropout(DROPPED)
        for table in (self.claim_known, self.known, self.known_hidden):
            nn.init.normal_(table.weight, std=0.1)

    def forward(
        self, claims: Tensor, known: Tensor, states: Tensor, rows: Tensor, shown: Tensor, there: Tensor
    ) -> Tensor:
        """Return the logits of the stretches of each claim, and, last, of none."""
        asked = self.claim_norm(gelu(self.claim(self.drop(claims)) + self.claim_known(known)))
        count, most, questions = rows.shape
        seen = torch.where(shown[..., None], self.state(self.drop(states)), self.absent)
        flat = rows.reshape(-1, questions)
        each = self.mention_norm(gelu(seen + self.known(flat).reshape(count, most, -1)))
        both = torch.cat([asked[:, None].expand_as(each), each], -1)
        hidden = gelu(self.hidden(self.drop(both)) + self.known_hidden(flat).reshape(count, most, -1))
        scores = self.score(hidden)[..., 0] + (each @ self.bilinear(asked)[..., None])[..., 0] / 8
        summary = hidden.masked_fill(~there[..., None], -1e4).amax(1)
        summary = torch.where(there.any(1)[:, None], summary, self.empty)
        none = self.none(gelu(self.none_hidden(torch.cat([asked, summary], -1))))
        return torch.cat([scores.masked_fill(~there, -1e4), none], 1)


def read(folder: Path, use: str, question: str) -> list[Case]:
    """Read the cases of a question: those held out, or those to train on."""
    return [one for file in sorted(folder.glob(f"{use}-*.pickle")) for one in pickle.loads(file.read_bytes())[question]]  # noqa: S301


def tensors(cases: Sequence[Case]) -> tuple[Tensor, ...]:
    """Put cases into tensors, filled up to the most stretches that one of them has."""
    most = max(1, *(len(one.answers) for one in cases))
    states = np.zeros((len(cases), most, WIDTH), dtype=np.float32)
    rows = np.zeros((len(cases), most, cases[0].rows.shape[1]), dtype=np.int64)
    shown, there = np.zeros((len(cases), most), dtype=bool), np.zeros((len(cases), most), dtype=bool)
    for at, one in enumerate(cases):
        size = len(one.answers)
        states[at, :size], rows[at, :size], shown[at, :size], there[at, :size] = one.states, one.rows, one.shown, True
    claims = np.stack([one.claim for one in cases]).astype(np.float32)
    known = np.array([one.known for one in cases], dtype=np.int64)
    return tuple(map(torch.from_numpy, (claims, known, states, rows, shown, there)))


def loss_of(logits: Tensor, cases: Sequence[Case]) -> Tensor:
    """Return the loss: minus the log of the probability of all stretches that are right together."""
    shut = torch.full_like(logits, -1e4)
    for at, one in enumerate(cases):
        shut[at, [spot if spot < len(one.answers) else logits.shape[1] - 1 for spot in one.right]] = 0
    sure = torch.tensor([1.0 if one.sure else UNSURE for one in cases])
    return -(torch.logsumexp(torch.log_softmax(logits, 1) + shut, 1) * sure).sum() / len(cases)


def batches(cases: Sequence[Case], chance: random.Random) -> list[list[Case]]:
    """Return cases in batches, in an order of chance, those of like size together."""
    order = list(cases)
    chance.shuffle(order)
    runs = (
        sorted(order[at : at + RUN * BATCH], key=lambda c: len(c.answers)) for at in range(0, len(order), RUN * BATCH)
    )
    chunks = [run[at : at + BATCH] for run in runs for at in range(0, len(run), BATCH)]
    chance.shuffle(chunks)
    return chunks


def train(cases: Sequence[Case], sizes: Sizes, passes: int, seed: int) -> Iterator[Layers]:
    """Train: AdamW, the rate rising and then falling in a straight line. Yields after every pass."""
    torch.manual_seed(seed)
    chance, layers = random.Random(seed), Layers(sizes)  # noqa: S311 - a fixed order
    optimiser = torch.optim.AdamW(layers.parameters(), weight_decay=0.02)
    steps, step = passes * (len(cases) // BATCH + 1), 0
    for _ in range(passes):
        layers.train()
        for chunk in batches(cases, chance):
            step += 1
            for part in optimiser.param_groups:
                part["lr"] = RATE * min(1.0, step / (0.05 * steps)) * max(0.02, 1 - step / steps)
            claims, known, states, rows, shown, there = tensors(chunk)
            shown = shown & (torch.rand(shown.shape) >= ABSENT)
            loss = loss_of(layers(claims, known, states, rows, shown, there), chunk)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(layers.parameters(), 5)
            optimiser.step()
        layers.eval()
        yield layers


def mean(cases: Sequence[Case], sizes: Sizes, passes: int, seed: int) -> Layers:
    """Return one member: the mean of its weights after all passes but the first ones."""
    layers = Layers(sizes)
    state = {name: torch.zeros_like(values) for name, values in layers.state_dict().items()}
    for number, trained in enumerate(train(cases, sizes, passes, seed)):
        print(f"member {seed - SEED}, pass {number}", flush=True)
        if number >= FIRST:
            state = {name: state[name] + values / (passes - FIRST) for name, values in trained.state_dict().items()}
    layers.load_state_dict(state)
    layers.eval()
    return layers


# --- measuring ---


def chosen_where(case: Case, probabilities: Sequence[float]) -> tuple[Any, ...]:
    """Return the place and the unit that are likeliest: the probabilities of all mentions of a name together."""
    points: dict[str, float] = {}
    units: dict[str, float] = {}
    inside: dict[str, str | None] = {}
    for (name, adm1), likely in zip(case.answers, probabilities, strict=False):
        if name:
            points[name] = points.get(name, 0.0) + likely
            inside[name] = inside.get(name) or adm1
        elif adm1:
            units[adm1] = units.get(adm1, 0.0) + likely
    none = 1 - sum(points.values())
    best = max(points, key=points.__getitem__, default=None)
    if best is not None and points[best] > none:
        return best, inside[best]
    unit = max(units, key=units.__getitem__, default=None)
    return None, unit if unit and units[unit] > none - sum(units.values()) else None


def chosen_when(case: Case, probabilities: Sequence[float]) -> tuple[Any, ...]:
    """Return the days that are likeliest; the document's own day and unknown days are like none."""
    days: dict[tuple[str, str], float] = {}
    for (said,), likely in zip(case.answers, probabilities, strict=False):
        if said and said != (case.day, case.day):
            days[said] = days.get(said, 0.0) + likely
    best = max(days, key=days.__getitem__, default=None)
    return (best if best and days[best] > 1 - sum(days.values()) else None,)


CHOSEN = {"where": chosen_where, "when": chosen_when}


def answers(members: Sequence[Layers], cases: Sequence[Case], question: str) -> list[tuple[Any, ...]]:
    """Return what the members answer together."""
    out = []
    with torch.no_grad():
        for at in range(0, len(cases), BATCH):
            chunk = cases[at : at + BATCH]
            given = tensors(chunk)
            found = (sum(torch.softmax(one(*given), 1) for one in members) / len(members)).tolist()
            out += [CHOSEN[question](case, row[: len(case.answers)]) for case, row in zip(chunk, found, strict=True)]
    return out


def measured(
    cases: Sequence[Case], found: Iterable[tuple[Any, ...]], slot: str, at: int, score: ModuleType
) -> tuple[float, float]:
    """Return the share right and the F1 of those filled of a slot, as the gold standard's score counts them."""
    right = tp = fp = missed = 0
    for case, answer in zip(cases, found, strict=True):
        gold, got = case.gold[at], answer[at]
        if slot == "date" and got == (case.day, case.day):
            got = None
        ok = score.same(slot, gold, got, case.day)
        filled = bool(gold) and not (slot == "date" and tuple(gold) == (case.day, case.day))
        right += ok
        tp, fp, missed = tp + (ok and filled), fp + (bool(got) and not ok), missed + (filled and not ok)
    return right / max(1, len(cases)), 2 * tp / max(1, 2 * tp + fp + missed)


def table(cases: Sequence[Case], found: Sequence[tuple[Any, ...]], question: str, score: ModuleType) -> Iterator[str]:
    """Yield the measures of rules and pointer by language, on sure claims, and how much is in reach at all."""
    for lang in ("all", "en", "uk", "ru"):
        here = [at for at, one in enumerate(cases) if lang in ("all", one.lang) and one.sure]
        own = [cases[at] for at in here]
        reach = sum(bool(one.right) for one in own) / max(1, len(own))
        row = f"{lang:4} {len(own):5} in reach {reach:.3f}"
        for at, slot in enumerate(SLOTS[question]):
            for name, got in (("rules", [one.ruled for one in own]), ("pointer", [found[at] for at in here])):
                row += "  {} {} {:.3f}/{:.3f}".format(slot, name, *measured(own, got, slot, at, score))
        yield row


def packed(members: Sequence[Layers]) -> dict[str, np.ndarray[Any, Any]]:
    """Return the weights as they are stored: matrices in eight bits, with a scale for each row."""
    out = {}
    every = ((f"{at} {name}", values) for at, one in enumerate(members) for name, values in one.state_dict().items())
    for name, values in every:
        rows = values.numpy()
        if rows.ndim == 2 and rows.size > 1000:
            scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-8) / 127
            out[name], out[f"{name} scale"] = np.round(rows / scale).astype(np.int8), scale.astype(np.float32)
        else:
            out[name] = rows.astype(np.float32)
    return out


def checked(file: Path, cases: Sequence[Case], found: Sequence[tuple[Any, ...]], question: str) -> float:
    """Return how often NumPy, with the weights as stored, answers as the network did."""
    pointer, equal = Pointer.of(weights(file)), 0
    for case, answer in zip(cases, found, strict=True):
        pieces = tuple(0 if one else None for one in case.shown)
        seen = Surroundings(case.claim.astype(np.float32), 0, pieces, (), case.states.astype(np.float32))
        got = pointer.probabilities(case.known, case.rows.tolist(), seen)
        equal += CHOSEN[question](case, got[:-1].tolist()) == answer
    return equal / len(cases)


def main() -> None:
    """Train, measure and write the weights."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("question", choices=tuple(SIZES))
    ask.add_argument("cases", type=Path)
    ask.add_argument("--score", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--passes", type=int, default=8)
    ask.add_argument("--members", type=int, default=3)
    given = ask.parse_args()
    torch.set_num_threads(1)
    score, own = scorer(given.score), partial(read, given.cases, question=given.question)
    held, rest = own("held"), [one for one in own("train") if one.right]
    back = [one for one in rest if zlib.crc32(one.document.encode()) % KEPT_BACK == 0]
    kept = [one for one in rest if zlib.crc32(one.document.encode()) % KEPT_BACK != 0]
    print(f"{len(kept)} claims to train on, {len(back)} kept back, {len(held)} held out", flush=True)
    members = [mean(kept, SIZES[given.question], given.passes, SEED + at) for at in range(given.members)]
    for name, some in (("kept back", back), ("held out", held)):
        print(name, *table(some, answers(members, some, given.question), given.question, score), sep="\n", flush=True)
    file = given.out / {"where": WHERE, "when": WHEN}[given.question]
    np.savez_compressed(file, **packed(members))  # type: ignore[arg-type]
    same = checked(file, held[:500], answers(members, held[:500], given.question), given.question)
    meta = json.loads((given.out / CODES).read_text(encoding="utf-8"))
    seal(given.out, {name: value for name, value in meta.items() if name != "sha256"})
    print(f"{file.stat().st_size} bytes; NumPy in eight bits answers the same for {same:.3f}")


if __name__ == "__main__":
    main()
