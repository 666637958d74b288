"""The draw for the private schools (office-procedure.md section 5): its parties, its digests, its result."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from allocator.domain import Applicant, Determination, OfficeTables, PrivateResult, Transcript
from allocator.ground import MOST_OF_A_TEXT, Fault, InputError, file_bytes
from allocator.lottery import FrozenDigests, csv_text, draw_roster, parse_transcript, weak_seed_faults
from allocator.office.agreement import drawn
from allocator.office.outputs import district_of

PRIVATE_RESULT, PRIVATE_ROSTER, PRIVATE_FREEZE = (
    "private-result.csv", "private-draw-roster.csv", "private-draw-freeze.txt",
)  # fmt: skip
PRIVATE_TRANSCRIPT = "private-transcript.txt"
_ANY_SEED = "0" * 64
_FIRST_DIGEST = 3
"""Line of a transcript."""


def private_roster(tables: OfficeTables) -> bytes:
    """Return the draw roster of the private draw: whoever has a row in its result, whatever the seed."""
    bundles = {child.applicant_id: child.bundle for child in tables.applications}
    rows = drawn(tables, _ANY_SEED)
    children = tuple(Applicant(row.applicant_id, "", "", bundle=bundles[row.applicant_id]) for row in rows)
    return draw_roster(replace(district_of(tables, Determination((), ())), applicants=children))


def inputs_digest(tables: OfficeTables) -> str:
    """Return the digest of the lines ``<file name> <digest>`` of all tables (section 8); the result itself is none."""
    lines = [f"{name} {digest}\n" for name, digest in sorted(tables.digests.items()) if not _is_result(name)]
    return sha256("".join(lines).encode("utf-8")).hexdigest()


def _is_result(name: str) -> bool:
    return Path(name).stem == Path(PRIVATE_RESULT).stem


def private_digests(tables: OfficeTables) -> FrozenDigests:
    """Return all that the transcript of the private draw must carry."""
    roster = sha256(private_roster(tables)).hexdigest()
    return FrozenDigests(roster, sha256(tables.policy_bytes).hexdigest(), inputs_digest(tables))


def private_bytes(rows: tuple[PrivateResult, ...]) -> bytes:
    """Return ``private-result.csv``."""
    return csv_text([PrivateResult._fields, *rows]).encode("utf-8")


def demand_transcript(path: Path, tables: OfficeTables, *, allow_weak_seed: bool) -> Transcript:
    """Read a transcript and hold it against the tables.

    Raises
    ------
    InputError
        With all its faults: form, strength of the seed, and every digest that is not that of these tables.
    """
    try:
        raw = file_bytes(path, MOST_OF_A_TEXT)
    except OSError as error:
        words = {"reason": error.strerror or type(error).__name__}
        raise InputError([Fault("file.unreadable", path.name, params=words)]) from error
    found, faults = parse_transcript(raw, path.name)
    if found is None:
        raise InputError(faults)
    faults = [] if allow_weak_seed else weak_seed_faults(found, path.name)
    stated = FrozenDigests(found.roster_sha256, found.policy_sha256, found.inputs_sha256)
    wanted = private_digests(tables)
    faults += [
        Fault("private.digest", path.name, _FIRST_DIGEST + at, name, one, {"expected": other})
        for at, (name, one, other) in enumerate(zip(stated._fields, stated, wanted, strict=True))
        if one != other
    ]
    if faults:
        raise InputError(faults)
    return found
