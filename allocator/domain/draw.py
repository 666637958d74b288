"""The public draw: a transcript ("school-draw/1") or a trial seed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Contribution:
    """One ``source=`` line: a witness's digits, ``ABSENT``, or a drand round (lottery.md 2, 3)."""

    source: str
    value: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A parsed transcript. ``raw`` are its bytes, whose SHA-256 is the seed."""

    raw: bytes
    event: str
    roster_sha256: str
    policy_sha256: str
    inputs_sha256: str
    contributions: tuple[Contribution, ...]


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
    """

    transcript: Transcript | None = None
    trial_seed: int | None = None
    weak_seed: bool = False

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
