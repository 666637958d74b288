"""Who takes part in the draw, and what a transcript freezes: the digests of draw roster, policy file and inputs."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from operator import attrgetter
from typing import NamedTuple

from allocator.domain import Applicant, District
from allocator.lottery.canonical import canonical_inputs


def party_sizes(applicants: Iterable[Applicant]) -> dict[str, int]:
    """Return the number of children of every party by its id, in code-point order of the ids.

    A party is one child, or the children of one bundle; its id is the smallest ``applicant_id`` in it by code point
    (procedure.md section 2). Every party of the roster is in, whatever its status or home school.
    """
    sizes: dict[str, int] = {}
    first_child: dict[str, str] = {}
    # In order of id the first child seen of a bundle is its smallest, and the result comes out sorted.
    for applicant in sorted(applicants, key=attrgetter("applicant_id")):
        if not applicant.bundle:
            sizes[applicant.applicant_id] = 1
            continue
        party_id = first_child.setdefault(applicant.bundle, applicant.applicant_id)
        sizes[party_id] = sizes.get(party_id, 0) + 1
    return sizes


def draw_roster(district: District) -> bytes:
    """Return the bytes of ``draw-roster.csv``: header ``id,size`` and one line a party (lottery.md section 1)."""
    lines = [f"{party_id},{size}" for party_id, size in party_sizes(district.applicants).items()]
    return "\n".join(["id,size", *lines, ""]).encode("ascii")


class FrozenDigests(NamedTuple):
    """The three SHA-256 values of a transcript's head, each 64 lower-case hexadecimal digits."""

    roster: str
    policy: str
    inputs: str


class ClassDigests(NamedTuple):
    """The two SHA-256 values in the head of a transcript of classes: ``class-roster.csv``, ``classes.csv``."""

    roster: str
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
