"""Several processes: all items are done, and one that ends its process is found and said."""

from __future__ import annotations

import os
from collections.abc import Iterator

from testimonia.engines.here import here
from testimonia.engines.pool import pool

DEADLY = 5


def doubled(number: int) -> int:
    if number == DEADLY:
        os._exit(1)  # as the system does where memory is short
    return 2 * number


def unsaid(number: int) -> int:
    return -number


def test_several_processes_give_what_one_gives() -> None:
    numbers = [number for number in range(40) if number != DEADLY]
    assert sorted(pool(2)(doubled, numbers, unsaid)) == sorted(here(doubled, numbers, unsaid))


def test_an_item_that_ends_its_process_is_lost_alone() -> None:
    assert sorted(pool(2)(doubled, range(20), unsaid)) == sorted([*(2 * n for n in range(20) if n != DEADLY), -DEADLY])


def test_items_are_asked_for_as_they_are_needed() -> None:
    asked: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(100, 200):
            asked.append(number)
            yield number

    results = pool(2)(doubled, numbers(), unsaid)
    next(results)
    assert len(asked) < 20
    assert len(list(results)) == 99
