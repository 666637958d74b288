"""Synthetic chance: numbers that are the same on every machine and in every version (never used for lots)."""

from __future__ import annotations

from hashlib import shake_256

import numpy as np
import numpy.typing as npt

from allocator.domain import Floats, Ints


class Stream:
    """Chance from a seed, one independent sequence a label.

    SHAKE-256 of ``seed|label`` rather than a random generator: its bytes are a standard, and what is drawn for one
    column does not move what is drawn for another.
    """

    def __init__(self, seed: int, place: str = "") -> None:
        self._start = f"{seed}|{place}"

    def words(self, label: str, count: int) -> npt.NDArray[np.uint64]:
        """Return whole numbers from 0 to 2**64 - 1."""
        raw = shake_256(f"{self._start}|{label}".encode()).digest(8 * count)
        return np.frombuffer(raw, dtype="<u8").astype(np.uint64)

    def shares(self, label: str, count: int) -> Floats:
        """Return numbers from 0 to below 1, exact multiples of 2**-53."""
        return (self.words(label, count) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def below(self, label: str, count: int, bound: int) -> Ints:
        """Return whole numbers from 0 to ``bound`` - 1."""
        return (self.words(label, count) % np.uint64(bound)).astype(np.int64)

    def shuffle(self, label: str, count: int) -> Ints:
        """Return the numbers 0 to ``count`` - 1 in a random order."""
        return np.argsort(self.words(label, count), kind="stable").astype(np.int64)
