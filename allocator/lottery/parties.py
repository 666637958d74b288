"""Parties and the draw roster: who has a ticket, and under which id."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from allocator.domain import Applicant, District


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
