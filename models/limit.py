"""How long a search may go on: a time limit, and Ctrl-C, which both end it with what is known by then."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

_LOOK_EVERY = 0.1  # seconds between two looks at the clock while a solver works
_GRACE = 5.0  # seconds that a solver has to hand over what it knows after it was asked to stop


class Limit:
    """A clock that solvers are asked to keep to.

    Parameters
    ----------
    seconds : float or None
        Time from now on; None: no limit.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds
        self.interrupted = False

    @property
    def left(self) -> float | None:
        """Seconds left; None where there is no limit."""
        return None if self._end is None else max(0.0, self._end - time.monotonic())

    @property
    def over(self) -> bool:
        """Whether the search has to end."""
        return self.interrupted or self.left == 0.0

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


def _kept(
    work: Callable[[], Answer], found: list[Answer], raised: list[BaseException], done: threading.Event
) -> None:
    """Keep what a thread's work gives or raises."""
    try:
        found.append(work())
    except BaseException as error:  # raised again by whoever waits
        raised.append(error)
    finally:
        done.set()
