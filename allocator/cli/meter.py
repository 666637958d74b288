"""How far a long series of runs has come, with the time left: a bar in a terminal, else a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from allocator.ground import Language, text
from allocator.planning.sweep import Meter
from allocator.sheets import PlainConsole

_EVERY = 10.0  # seconds between two lines
_WINDOW = 30.0  # seconds over which the bar forms its rate


@contextmanager
def metered(done: int, total: int, language: Language, *, quiet: bool) -> Iterator[Meter]:
    """Show on stderr how many of some runs are done; what was done before counts as done, but not in the rate.

    Parameters
    ----------
    done, total : int
        Runs that are there already, and all of them.
    language : {"zh", "en"}
        Of the words.
    quiet : bool
        Show nothing.
    """
    console = PlainConsole(stderr=True)
    if quiet:
        yield lambda _: None
    elif console.is_terminal:
        columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), _Rate())
        times = (TimeElapsedColumn(), TimeRemainingColumn())
        with Progress(*columns, *times, console=console, speed_estimate_period=_WINDOW) as bar:
            task = bar.add_task(text("sweep.running", language), total=total, completed=done)
            yield lambda more: bar.advance(task, more)
    else:
        yield MeterLines(console.print, done, total, language)


class _Rate(ProgressColumn):
    """Runs a second."""

    def render(self, task: Task) -> Text:
        """Return the rate, nothing before there is one."""
        return Text("" if task.speed is None else f"{task.speed:.0f}/s")


class MeterLines:
    """A line every ten seconds.

    Parameters
    ----------
    say : callable
        Takes a line.
    done, total : int
        Runs that are there already, and all of them.
    language : {"zh", "en"}
        Of the words.
    clock : callable
        Gives seconds.
    """

    def __init__(
        self, say: Callable[[str], None], done: int, total: int, language: Language,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._say, self._done, self._total, self._language, self._clock = say, done, total, language, clock
        self._first = done
        self._began = self._told = clock()

    def __call__(self, more: int) -> None:
        """Count more runs; say so if the last line is ten seconds old."""
        self._done += more
        now = self._clock()
        if now - self._told < _EVERY:
            return
        self._told = now
        rate = (self._done - self._first) / (now - self._began)
        left = meter_time((self._total - self._done) / rate) if rate else "–"
        words = {"done": self._done, "total": self._total, "rate": f"{rate:.0f}", "left": left}
        self._say(text("sweep.told", self._language, **words))


def meter_time(seconds: float) -> str:
    """Return seconds as hours, minutes and seconds: 1:02:03."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}"
