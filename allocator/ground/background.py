"""Work beside other work: on another core where the system can fork, at once where it cannot."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


MANY_CHILDREN = 200_000
"""Children from which on a second core saves more than a process costs."""


def begin_in_background(work: Callable[[], Answer], *, beside: bool) -> Callable[[], Answer]:
    """Do some work at once, or begin it beside what follows; returns what gives its answer.

    Parameters
    ----------
    work : callable
        As for ``in_background``.
    beside : bool
        Whether the work is worth a process of its own.
    """
    if beside:
        return in_background(work)
    answer = work()
    return lambda: answer


def in_background(work: Callable[[], Answer]) -> Callable[[], Answer]:
    """Begin some work and return what waits for its answer.

    The work runs in a forked process, which sees everything as it is now; only its answer comes back. Where there is
    no fork it runs when it is asked for.

    Parameters
    ----------
    work : callable
        Without side effects; its answer or exception can be pickled.

    Returns
    -------
    callable
        Gives the answer, or raises what the work raised; ``RuntimeError`` if its process ended without an answer.
    """
    if not hasattr(os, "fork"):
        return work
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _answer(work, writing)
    os.close(writing)
    return lambda: _wait(reading, child)


def _answer(work: Callable[[], object], writing: int) -> None:
    """In the child: do the work, send what came of it, and end without the parent's clean-up."""
    try:
        try:
            content = pickle.dumps((work(), None))
        except Exception as error:  # whatever it is, it is raised again in the parent
            content = pickle.dumps((None, error))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(content)
    finally:
        os._exit(0)


def _wait(reading: int, child: int) -> Answer:  # type: ignore[type-var]
    """In the parent: read the answer to its end, then let the child go."""
    with os.fdopen(reading, "rb") as pipe:
        content = pipe.read()
    os.waitpid(child, 0)
    if not content:
        raise RuntimeError("Expected an answer from the background; its process was ended.")
    answer, error = pickle.loads(content)  # noqa: S301  (written by our own child)
    if error is not None:
        raise error
    return answer  # type: ignore[no-any-return]
