"""The engine of several processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from testimonia.engines import Engine
from testimonia.errors import TestimoniaError

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
            try:
                for item in items:
                    waiting.add(executor.submit(function, item))
                    if len(waiting) >= jobs * AHEAD:
                        ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                        yield from (future.result() for future in ready)
                yield from (future.result() for future in as_completed(waiting))
            except BrokenProcessPool as error:
                raise TestimoniaError(
                    "A worker process was ended from outside, perhaps for want of memory. What is done is kept: "
                    "run the same command again, with --jobs 1 if it happens again."
                ) from error

    return run
