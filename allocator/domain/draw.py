"""The public draw: a transcript ("school-draw/1") or a trial seed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class Contribution:
    """One ``source=`` line: a witness's digits, ``ABSENT``, or a drand round (lottery.md 2, 3)."""

    source: str
    value: str


@dataclass(frozen=True, slots=True)
class NumbersOrder:
    """``order=numbers:sha256:<hex>``: ascending numbers made elsewhere, in ``numbers.csv`` (public.md section 1).

    Attributes
    ----------
    sha256 : str
        SHA-256 of the file, 64 lower-case hexadecimal digits.
    """

    sha256: str
    kind: ClassVar[str] = "numbers"

    @property
    def words(self) -> dict[str, int]:
        """What messages about it tell beside its kind."""
        return {}

    def __str__(self) -> str:
        """Return the value of the line."""
        return f"numbers:sha256:{self.sha256}"


@dataclass(frozen=True, slots=True)
class RingOrder:
    """``order=ring:<start>:<step>``: parties 1 … n of the draw roster stand in a ring (public.md section 1).

    Attributes
    ----------
    start : int
        The first chosen, 1 … n.
    step : int
        From each one chosen the next is so many further among those still in the ring; from 1.
    """

    start: int
    step: int
    kind: ClassVar[str] = "ring"

    @property
    def words(self) -> dict[str, int]:
        """What messages about it tell beside its kind."""
        return {"start": self.start, "step": self.step}

    def __str__(self) -> str:
        """Return the value of the line."""
        return f"ring:{self.start}:{self.step}"


SessionOrder: TypeAlias = NumbersOrder | RingOrder
"""One order of all parties of the draw roster, in place of every ticket order of a session."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A parsed transcript. ``raw`` are its bytes, whose SHA-256 is the seed.

    ``order`` is that of its line ``order=``; None where tickets are drawn by hash.
    """

    raw: bytes
    event: str
    roster_sha256: str
    policy_sha256: str
    inputs_sha256: str
    contributions: tuple[Contribution, ...]
    order: SessionOrder | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    """Where the seed comes from.

    Attributes
    ----------
    transcript : Transcript or None
        The transcript of a public draw; None in a trial.
    trial_seed : int or None
        Number of a trial run (every list is marked TRIAL); None in a public draw.
    weak_seed : bool
        Less than 128 bits or fewer than three witnesses were accepted on request; printed on every list.
    numbers : tuple of (str, int)
        Party id and number of every line of ``numbers.csv``, in the order of ids, under an order of numbers; else
        empty.
    """

    transcript: Transcript | None = None
    trial_seed: int | None = None
    weak_seed: bool = False
    numbers: tuple[tuple[str, int], ...] = ()

    @property
    def order(self) -> SessionOrder | None:
        """The one order that replaces every ticket order of the session; None where tickets are drawn by hash."""
        return None if self.transcript is None else self.transcript.order

    @property
    def source(self) -> bytes:
        """The bytes whose SHA-256 is the seed (procedure.md sections 2 and 5)."""
        if self.transcript is not None:
            return self.transcript.raw
        return f"trial|{self.trial_seed}".encode("ascii")

    @property
    def seedhex(self) -> str:
        """The seed as 64 lower-case hexadecimal digits."""
        return sha256(self.source).hexdigest()
