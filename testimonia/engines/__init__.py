"""Where the work runs: in this process (`here`), or in several (`pool`). Both do the same and give the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Progress = Callable[[str, int, int], None]  # verb, how many are done, of how many

T = TypeVar("T")
R = TypeVar("R")


class Engine(Protocol):
    """Applies a function to items and yields the results as they come, in any order."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], lost: Callable[[T], R]) -> Iterator[R]:
        """Yield the result of each item; `lost` gives that of one which ends the process it is worked on in."""
        ...


def quiet(verb: str, done: int, total: int) -> None:
    """Show no progress."""
