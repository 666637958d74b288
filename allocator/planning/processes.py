"""Processes of this machine that work on parts (joblib's loky), and end with whoever started them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


@contextmanager
def executor(workers: int) -> Iterator[Executor]:
    """Give an executor of so many processes, which are gone when it is left, by whatever way."""
    from joblib.externals.loky import ProcessPoolExecutor

    made = ProcessPoolExecutor(workers, initializer=_begin_worker, initargs=(os.getpid(),))
    try:
        yield made
    except BaseException:
        made.shutdown(wait=True, kill_workers=True)
        raise
    made.shutdown(wait=True)


def in_order(work: Callable[[Item], Answer], items: Iterable[Item], workers: int) -> Iterator[Answer]:
    """Give what a function makes of each item, in the order of the items.

    Parameters
    ----------
    work : callable
        A function at the top of a module, or a ``functools.partial`` of one.
    items : iterable
        Parts of the work.
    workers : int
        Processes; 1 works in this one.
    """
    if workers == 1:
        yield from map(work, items)
        return
    with executor(workers) as made:
        yield from made.map(work, items)


def _begin_worker(parent: int) -> None:
    """Let a worker ignore Ctrl-C, which a terminal sends to all though the parent ends its workers, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_without, args=(parent,), daemon=True).start()


def _end_without(parent: int) -> None:
    """End this process once its parent is gone, killed without a chance to end its workers (POSIX alone shows that)."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)
