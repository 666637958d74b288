"""What a transcript freezes: the digests of draw roster, policy file and inputs (lottery.md section 1)."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from allocator.domain import District
from allocator.lottery.canonical import canonical_inputs
from allocator.lottery.parties import draw_roster


class FrozenDigests(NamedTuple):
    """The three SHA-256 values of a transcript's head, each 64 lower-case hexadecimal digits."""

    roster: str
    policy: str
    inputs: str


def inputs_digest(district: District) -> str:
    """Return the SHA-256 of the canonical tables: seats, zones, categories and choices."""
    digest = sha256()
    for piece in canonical_inputs(district):
        digest.update(piece)
    return digest.hexdigest()


def roster_digest(district: District) -> str:
    """Return the SHA-256 of ``draw-roster.csv``."""
    return sha256(draw_roster(district)).hexdigest()


def frozen_digests(district: District) -> FrozenDigests:
    """Return all that a transcript of this district must carry."""
    return FrozenDigests(roster_digest(district), district.policy_sha256, inputs_digest(district))
