"""Turn trained weights into what the package ships: the layers and the heads in eight bits.

python bench/train/export.py weights.pt testimonia/claims/learned/weights
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from network import Network
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from testimonia.claims.learned.encoder import CODES, HEADS, LAYERS, SCALE
from testimonia.claims.learned.heads import EACH
from testimonia.claims.learned.pieces import WIDTH

OPSET = 20
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
    ask.add_argument("weights", type=Path)
    ask.add_argument("folder", type=Path)
    return ask.parse_args()


def layers(network: Network, file: Path) -> None:
    """Write the layers as an ONNX graph with matrices of eight bits, one scale for each of their columns."""
    names = {"input_names": ["vectors", "marks"], "output_names": ["states", *EACH]}
    pieces = {name: {1: "pieces"} for name in (*names["input_names"], *names["output_names"])}
    given = torch.zeros(1, 16, WIDTH)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Whole(network.eval()),
            (given, given),
            whole,
            dynamic_axes=pieces,
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


def main() -> None:
    """Write the three files."""
    said = arguments()
    made: dict[str, Any] = torch.load(said.weights)
    said.folder.mkdir(parents=True, exist_ok=True)
    meta = made["meta"]
    network = Network(*(len(meta[name]) for name in ("marks", "types", "modalities", "groups")))
    network.load_state_dict(made["state"])
    layers(network, said.folder / LAYERS)
    heads(made["state"], said.folder / HEADS)
    both = (said.folder / LAYERS).read_bytes() + (said.folder / HEADS).read_bytes()
    meta["sha256"] = hashlib.sha256(both).hexdigest()
    (said.folder / CODES).write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
