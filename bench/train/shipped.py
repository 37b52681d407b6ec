"""Read the weights that the package ships back into PyTorch, to go on from them: what `export.py` wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from testimonia.claims.learned.encoder import CODES, HEADS, LAYERS, WEIGHTS, sealed, weights

PREFIX = "network."  # of the names in the graph
BIAS = ".bias"
EVEN, BY = ".linear", ".by"  # a layer behind channels made even, and what they are multiplied by (smooth.py)
WHOLE = "MatMulInteger"  # a product of numbers of eight bits


def _name(stored: str) -> str:
    return stored.removeprefix(PREFIX).replace(EVEN, "")


def _stored(graph: onnx.GraphProto) -> dict[str, Tensor]:
    """Return the numbers of a graph by name; equal ones are stored once, under the name of the first."""
    stored = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in graph.initializer}
    same = {node.output[0]: node.input[0] for node in graph.node if node.op_type == "Identity"}
    return stored | {name: stored[first] for name, first in same.items() if first in stored}


def _behind(node: onnx.NodeProto, made_by: Mapping[str, onnx.NodeProto]) -> onnx.NodeProto | None:
    """Return the product of eight bits that a sum was made from; None where it was made from something else."""
    waiting = [made_by[name] for name in node.input if name in made_by]
    while waiting:
        one = waiting.pop()
        if one.op_type == WHOLE:
            return one
        if one.op_type in ("Cast", "Mul"):
            waiting += [made_by[name] for name in one.input if name in made_by]
    return None


def _by(product: onnx.NodeProto, made_by: Mapping[str, onnx.NodeProto], stored: Mapping[str, Tensor]) -> Tensor:
    """Return what the channels are multiplied by before a product of eight bits; one, where they come as they are."""
    even = made_by[made_by[product.input[0]].input[0]]
    return next((stored[name] for name in even.input if name.endswith(BY) and name in stored), torch.ones(1))


def _layers(file: Path) -> dict[str, Tensor]:
    """Return the weights of the graph by their names; a matrix has its name from what is added to its product."""
    graph = onnx.load(file).graph
    stored = _stored(graph)
    made_by = {name: node for node in graph.node for name in node.output}
    out = {_name(name): rows for name, rows in stored.items() if name.startswith(PREFIX) and not name.endswith(BY)}
    for node in graph.node:
        added = [name for name in node.input if name.startswith(PREFIX) and name.endswith(BIAS)]
        product = _behind(node, made_by) if node.op_type == "Add" and added else None
        if product is not None:
            name = product.input[1].removesuffix("_quantized")
            whole = (stored[f"{name}_quantized"].float() - stored[f"{name}_zero_point"]) * stored[f"{name}_scale"]
            out[_name(added[0]).removesuffix(BIAS) + ".weight"] = (whole.T * _by(product, made_by, stored)).contiguous()
    return out


def shipped(folder: Path, held: Path) -> dict[str, Any]:
    """Return weights as `train.py` writes them: `state` and `meta`, with what a file lists as held out.

    Raises OSError or ValueError where a file is missing, or not the one that the others were made with.
    """
    meta = json.loads((folder / CODES).read_text(encoding="utf-8"))
    if meta.pop("sha256", "") != sealed(meta, *((folder / name).read_bytes() for name in WEIGHTS)):
        raise ValueError(f"{CODES} and {', '.join(WEIGHTS)} were not made together")
    heads = {name: torch.from_numpy(rows) for name, rows in weights(folder / HEADS).items()}
    left_out = held.read_text(encoding="utf-8").split()
    return {"state": heads | _layers(folder / LAYERS), "meta": meta | {"held": left_out}}
