"""The engine of this process: one item after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def here(function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """Yield the result of each item, in order."""
    return map(function, items)
