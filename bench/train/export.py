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
from encoder import Encoder
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from testimonia.claims.learned.encoder import CODES, HEADS, LAYERS, SCALE
from testimonia.claims.learned.pieces import WIDTH

OPSET = 20
BROAD = 64  # columns from which on a matrix is worth eight bits


class Whole(nn.Module):
    """The encoder for one window without padding."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, vectors: Tensor) -> Tensor:
        """Return the states of the vectors of one window."""
        out: Tensor = self.encoder(vectors, torch.ones(vectors.shape[:2]))
        return out


def arguments() -> argparse.Namespace:
    """Read the command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("weights", type=Path)
    ask.add_argument("folder", type=Path)
    return ask.parse_args()


def layers(state: dict[str, Tensor], file: Path) -> None:
    """Write the layers as an ONNX graph with matrices of eight bits, one scale for each of their columns."""
    encoder = Encoder()
    encoder.load_state_dict({k.removeprefix("encoder."): v for k, v in state.items() if k.startswith("encoder.")})
    encoder.eval()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Whole(encoder), (torch.zeros(1, 16, WIDTH),), whole, input_names=["vectors"], output_names=["states"],
            dynamic_axes={"vectors": {1: "pieces"}, "states": {1: "pieces"}}, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, file, op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QInt8)


def heads(state: dict[str, Tensor], file: Path) -> None:
    """Write the heads: matrices in eight bits with a scale for each row, what is small as it is."""
    kept: dict[str, NDArray[np.generic]] = {}
    for name, tensor in state.items():
        rows = tensor.numpy()
        if name.startswith("encoder."):
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
    layers(made["state"], said.folder / LAYERS)
    heads(made["state"], said.folder / HEADS)
    both = (said.folder / LAYERS).read_bytes() + (said.folder / HEADS).read_bytes()
    made["meta"]["sha256"] = hashlib.sha256(both).hexdigest()
    (said.folder / CODES).write_text(json.dumps(made["meta"], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
