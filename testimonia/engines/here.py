"""The engine of this process: one item after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def here(function: Callable[[T], R], items: Iterable[T], lost: Callable[[T], R]) -> Iterator[R]:  # noqa: ARG001
    """Yield the result of each item, in order; nothing is lost here: what ends this process ends the run."""
    return map(function, items)
