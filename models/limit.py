"""How long a search may go on: a time limit, and Ctrl-C, which both end it with what is known by then."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

Answer = TypeVar("Answer")

_LOOK_EVERY = 0.1  # seconds between two looks at the clock while a solver works
_GRACE = 5.0  # seconds that a solver has to hand over what it knows after it was asked to stop


class Limit:
    """A clock that solvers are asked to keep to.

    Parameters
    ----------
    seconds : float or None
        Time from ``begin`` on, or from now; None: no limit.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = seconds
        self.interrupted = False
        self.begin()

    def begin(self) -> None:
        """Start the clock."""
        self._end = None if self._seconds is None else time.monotonic() + self._seconds

    @property
    def left(self) -> float | None:
        """Seconds left; None where there is no limit."""
        return None if self._end is None else max(0.0, self._end - time.monotonic())

    @property
    def over(self) -> bool:
        """Whether the search has to end."""
        return self.interrupted or self.left == 0.0

    @contextmanager
    def listening(self, told: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Take the first Ctrl-C inside as the end of the search; a second one interrupts as usual."""

        def _heard(_signal: int, _frame: FrameType | None) -> None:
            if self.interrupted:
                raise KeyboardInterrupt
            self.interrupted = True
            told()

        if threading.current_thread() is not threading.main_thread():
            yield  # signals belong to the main thread
            return
        before = signal.signal(signal.SIGINT, _heard)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def run(self, work: Callable[[], Answer], stop: Callable[[], None] | None = None) -> Answer | None:
        """Do some work of a solver; None where the search had to end before it gave an answer.

        The work runs in a thread, because solvers do not hear Ctrl-C. One that cannot be stopped is left to itself
        and ends with the process.

        Parameters
        ----------
        work : callable
            Leaves Python's lock free while it computes.
        stop : callable, optional
            Asks the solver to end soon with what it knows; without it there is nothing to wait for.
        """
        found: list[Answer] = []
        raised: list[BaseException] = []
        done = threading.Event()  # not Thread.join: interrupted, it takes a running thread for a finished one
        threading.Thread(target=_kept, args=(work, found, raised, done), daemon=True).start()
        try:
            while not done.wait(_LOOK_EVERY) and not self.over:
                pass
        except KeyboardInterrupt:
            self.interrupted = True
        if stop is not None and not done.is_set():
            stop()
            done.wait(_GRACE)
        if not done.is_set():
            return None
        if raised:
            raise raised[0]
        return found[0]


def _kept(work: Callable[[], Answer], found: list[Answer], raised: list[BaseException], done: threading.Event) -> None:
    """Keep what a thread's work gives or raises."""
    try:
        found.append(work())
    except BaseException as error:  # raised again by whoever waits
        raised.append(error)
    finally:
        done.set()
