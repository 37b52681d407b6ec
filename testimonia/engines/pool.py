"""The engine of several processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TypeVar

from testimonia.engines import Engine

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4  # items handed out for each process beyond the one it works on: bounds memory


def _leave_with_parent() -> None:
    """End this worker when its parent is gone: a killed run must leave no process behind."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _executor(jobs: int) -> ProcessPoolExecutor:
    # spawn is the same on every platform, and safe beside the threads of the progress display
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_with_parent)


def _submitted(executor: ProcessPoolExecutor, function: Callable[[T], R], item: T) -> Future[R]:
    """Hand an item to a worker; where the workers are gone, the future says so as if they had gone later."""
    try:
        return executor.submit(function, item)
    except BrokenProcessPool as error:
        gone: Future[R] = Future()
        gone.set_exception(error)
        return gone


def _together(
    executor: ProcessPoolExecutor,
    function: Callable[[T], R],
    queue: Iterator[T],
    ahead: int,
    handed: dict[Future[R], T],
) -> Iterator[R]:
    """Yield results as they come; `handed` holds the items that were handed out and have given none yet."""
    for item in queue:
        handed[_submitted(executor, function, item)] = item
        if len(handed) >= ahead:
            for future in wait(handed, return_when=FIRST_COMPLETED).done:
                yield future.result()
                del handed[future]
    for future in as_completed(list(handed)):
        yield future.result()
        del handed[future]


def _alone(function: Callable[[T], R], item: T, lost: Callable[[T], R]) -> R:
    """Work on an item in a process of its own; where that is ended too, the item is what ends it."""
    with _executor(1) as executor:
        try:
            return executor.submit(function, item).result()
        except BrokenProcessPool:
            return lost(item)


def pool(jobs: int) -> Engine:
    """Return an engine of `jobs` processes; results come as they are ready.

    Where a process is ended from outside (most often for want of memory), the items at hand are worked on one by one,
    so that the one that does it is found and the others are done.
    """

    def run(function: Callable[[T], R], items: Iterable[T], lost: Callable[[T], R]) -> Iterator[R]:
        queue = iter(items)
        while True:
            handed: dict[Future[R], T] = {}
            with _executor(jobs) as executor, suppress(BrokenProcessPool):
                yield from _together(executor, function, queue, jobs * AHEAD, handed)
            if not handed:
                return
            yield from (_alone(function, item, lost) for item in handed.values())

    return run
