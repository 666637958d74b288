"""How long a search may go on: a time limit, and Ctrl-C, which both end it with what is known by then."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

_LOOK_EVERY = 0.1  # seconds between two looks at the clock while a solver works


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

    def run(self, work: Callable[[], Answer], stop: Callable[[], None] = lambda: None) -> Answer | None:
        """Do some work of a solver; None where the search had to end before it.

        The work runs in a thread, because solvers do not hear Ctrl-C. One that cannot be stopped is left to itself
        and ends with the process.

        Parameters
        ----------
        work : callable
            Leaves Python's lock free while it computes.
        stop : callable
            Asks the solver to end soon.
        """
        found: list[Answer] = []
        raised: list[BaseException] = []
        thread = threading.Thread(target=_kept, args=(work, found, raised), daemon=True)
        thread.start()
        try:
            while thread.is_alive() and not self.over:
                thread.join(_LOOK_EVERY)
        except KeyboardInterrupt:
            self.interrupted = True
        if thread.is_alive():
            stop()
            return None
        if raised:
            raise raised[0]
        return found[0]


def _kept(work: Callable[[], Answer], found: list[Answer], raised: list[BaseException]) -> None:
    """Keep what a thread's work gives or raises."""
    try:
        found.append(work())
    except BaseException as error:  # raised again by whoever waits
        raised.append(error)
