"""Processes of this machine that work on parts (joblib's loky), and end with whoever started them."""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager
from itertools import islice
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

AHEAD = 2
"""Parts that are under way for each process: the pool hands out so many, and none then waits in it."""


@contextmanager
def executor_of_processes(workers: int) -> Iterator[Executor]:
    """Give an executor of so many processes, which are gone when it is left, by whatever way."""
    from joblib.externals.loky import ProcessPoolExecutor

    made = ProcessPoolExecutor(workers, initializer=_begin_worker, initargs=(os.getpid(),))
    try:
        yield made
    except BaseException:
        made.shutdown(wait=True, kill_workers=True)
        raise
    made.shutdown(wait=True)


def in_processes_in_order(work: Callable[[Item], Answer], items: Iterable[Item], workers: int) -> Iterator[Answer]:
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
    with executor_of_processes(workers) as made:
        # Neither made.map nor all at once: over parts that still wait at an end the pool stumbles, and nobody ends.
        rest, sent = iter(items), deque[Future[Answer]]()
        while True:
            sent.extend(made.submit(work, item) for item in islice(rest, AHEAD * workers - len(sent)))
            if not sent:
                return
            yield _heard(sent.popleft())


def _heard(future: Future[Answer]) -> Answer:
    """An answer, waited for in short stretches: an endless wait does not hear Ctrl-C on Windows."""
    while not future.done():
        wait([future], timeout=1.0)
    return future.result()


def _begin_worker(parent: int) -> None:
    """Let a worker ignore Ctrl-C, which a terminal sends to all though the parent ends its workers, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_without, args=(parent,), daemon=True).start()


def _end_without(parent: int) -> None:
    """End this process once its parent is gone, killed without a chance to end its workers (POSIX alone shows that)."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)
