"""What a transcript freezes: the digests of draw roster, policy file and inputs (lottery.md section 1)."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from allocator.domain import District, Transcript
from allocator.errors import Fault
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


def digest_faults(district: District, transcript: Transcript) -> list[Fault]:
    """Return a fault for each digest of the transcript that is not the district's: something changed after the freeze.

    Every fault names the line of the transcript and the digest found in the district.
    """
    stated = FrozenDigests(transcript.roster_sha256, transcript.policy_sha256, transcript.inputs_sha256)
    found = frozen_digests(district)
    return [
        Fault(f"draw.changed_{name}", "transcript.txt", row, name, f"sha256:{was}", {"found": f"sha256:{now}"})
        for row, (name, was, now) in enumerate(zip(FrozenDigests._fields, stated, found, strict=True), start=3)
        if was != now
    ]
