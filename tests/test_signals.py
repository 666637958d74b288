"""Ctrl-C belongs to the program: no solver may take it away."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.small import kids, primary, solved


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell which signals are caught")
def test_interrupts_are_heard_after_a_solve() -> None:
    """The strict model runs CP-SAT; SIGINT is still caught by this process afterwards, as before."""
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert _caught()
        solved(primary({"fuli": 3}, kids(5, "fuli", "A")))
        assert _caught()
    finally:
        signal.signal(signal.SIGINT, handler)


def _caught() -> bool:
    """Whether the system says that this process catches SIGINT."""
    lines = Path("/proc/self/status").read_text().splitlines()
    mask = next(line.split()[1] for line in lines if line.startswith("SigCgt"))
    return bool(int(mask, 16) >> (signal.SIGINT - 1) & 1)
