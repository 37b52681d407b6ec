"""The engine of several processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, as_completed, wait
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


def pool(jobs: int) -> Engine:
    """Return an engine of `jobs` processes; results come as they are ready."""

    def run(function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        # spawn is the same on every platform, and safe beside the threads of the progress display
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_with_parent) as executor:
            waiting: set[Future[R]] = set()
            for item in items:
                waiting.add(executor.submit(function, item))
                if len(waiting) >= jobs * AHEAD:
                    ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in ready)
            yield from (future.result() for future in as_completed(waiting))

    return run
