"""What the office's summer writes: the folder of a determination, and the draw for the private schools (section 5).

The folder has its rows, the roster, and all that a run of the procedure needs; the draw its parties, digests, result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from allocator.domain import (
    Applicant,
    Determination,
    Determined,
    District,
    Draw,
    OfficeTables,
    PrivateResult,
    School,
)
from allocator.ground import MOST_OF_A_TEXT, Fault, InputError, open_file_bytes
from allocator.lottery import (
    SCHOOL_COLUMNS,
    FrozenDigests,
    canonical_csv_text,
    canonical_school_cells,
    canonical_tables,
    draw_roster,
    parse_transcript,
    read_order_numbers,
    weak_seed_faults,
)
from allocator.office.agreement import agreed_private_draw
from allocator.record import manifest_bytes, write_folder

DETERMINATION, POLICY = "determination.csv", "policy.yaml"
KIND = "determination"


def district_of_determination(tables: OfficeTables, determination: Determination) -> District:
    """Return the district that a run reads from the folder, its draw yet to come."""
    return District(
        tables.policy, tables.schools, tables.zones, determination.roster,
        input_digests=tables.digests, policy_sha256=sha256(tables.policy_bytes).hexdigest(),
        policy_bytes=tables.policy_bytes,
    )  # fmt: skip


def write_determination(out: Path, tables: OfficeTables, determination: Determination) -> None:
    """Write the folder, for its owner alone, whole or not at all.

    Raises
    ------
    InputError
        If the folder may not be replaced or cannot be written; nothing is changed then.
    """
    district = district_of_determination(tables, determination)
    files = sorted(_files(district, determination))
    write_folder(out, files, lambda digests: manifest_bytes(district, digests, kind=KIND))


def _files(district: District, determination: Determination) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file."""
    yield DETERMINATION, determination_bytes(determination)
    yield POLICY, district.policy_bytes
    for name, content in canonical_tables(district):
        yield name, _schools(district) if name == "schools.csv" else content


def determination_bytes(determination: Determination) -> bytes:
    """Return ``determination.csv`` (section 3.6)."""
    rows = [
        [cell if isinstance(cell, str) else ";".join(cell) for cell in row] for row in determination.rows
    ]
    return canonical_csv_text([Determined._fields, *rows]).encode("utf-8")


def _schools(district: District) -> bytes:
    """Return the table of schools with the English names that the canonical one leaves out, if there are any."""
    schools = list(district.schools.values())
    if not any(school.name_en for school in schools):
        return canonical_csv_text([SCHOOL_COLUMNS, *map(canonical_school_cells, schools)]).encode("utf-8")
    return canonical_csv_text([(*SCHOOL_COLUMNS, "name_en"), *map(_named_cells, schools)]).encode("utf-8")


def _named_cells(school: School) -> tuple[str, ...]:
    """Return the cells of a school with its English name."""
    return (*canonical_school_cells(school), school.name_en)

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
    rows = agreed_private_draw(tables, _ANY_SEED)
    children = tuple(Applicant(row.applicant_id, "", "", bundle=bundles[row.applicant_id]) for row in rows)
    return draw_roster(replace(district_of_determination(tables, Determination((), ())), applicants=children))


def private_parties(tables: OfficeTables) -> list[str]:
    """Return the ids on the draw roster of the private draw."""
    return [line.partition(",")[0] for line in private_roster(tables).decode("ascii").splitlines()[1:]]


def tables_digest(tables: OfficeTables, *, with_result: bool = True) -> str:
    """Return the digest of the lines ``<file name> <digest>`` of all tables (section 8).

    The transcript of the private draw cannot know its own result: there it is left out.
    """
    digests = sorted(tables.digests.items())
    lines = [f"{name} {digest}\n" for name, digest in digests if with_result or not _is_result(name)]
    return sha256("".join(lines).encode("utf-8")).hexdigest()


def _is_result(name: str) -> bool:
    return Path(name).stem == Path(PRIVATE_RESULT).stem


def private_digests(tables: OfficeTables) -> FrozenDigests:
    """Return all that the transcript of the private draw must carry."""
    roster = sha256(private_roster(tables)).hexdigest()
    policy = sha256(tables.policy_bytes).hexdigest()
    return FrozenDigests(roster, policy, tables_digest(tables, with_result=False))


def private_bytes(rows: tuple[PrivateResult, ...]) -> bytes:
    """Return ``private-result.csv``."""
    return canonical_csv_text([PrivateResult._fields, *rows]).encode("utf-8")


def demand_private_transcript(path: Path, tables: OfficeTables, *, allow_weak_seed: bool) -> Draw:
    """Read a transcript, and the numbers of another order beside it, and hold them against the tables.

    Raises
    ------
    InputError
        With all its faults: form, strength of the seed, and every digest that is not that of these tables.
    """
    try:
        raw = open_file_bytes(path, MOST_OF_A_TEXT)
    except OSError as error:
        words = {"reason": error.strerror or type(error).__name__}
        raise InputError([Fault("file.unreadable", path.name, params=words)]) from error
    found, faults = parse_transcript(raw, path.name)
    if found is None:
        raise InputError(faults)
    weak = weak_seed_faults(found, path.name)
    numbers, faults = read_order_numbers(path.parent, found, private_parties(tables), path.name)
    faults += [] if allow_weak_seed else weak
    stated = FrozenDigests(found.roster_sha256, found.policy_sha256, found.inputs_sha256)
    wanted = private_digests(tables)
    faults += [
        Fault("private.digest", path.name, _FIRST_DIGEST + at, name, one, {"expected": other})
        for at, (name, one, other) in enumerate(zip(stated._fields, stated, wanted, strict=True))
        if one != other
    ]
    if faults:
        raise InputError(faults)
    return Draw(transcript=found, weak_seed=bool(weak), numbers=numbers)
