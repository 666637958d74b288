"""The canonical tables: the one spelling of applicants, schools and zones that a transcript's digest is made of.

lottery.md section 1: three tables one after another, each a line with its name, the header of procedure.md section 1
without the optional columns, and the rows sorted by their first column in code-point order; UTF-8, LF, quotes only
where needed. Row order, encoding, line ends and optional columns of the files as read do not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from allocator.domain import Applicant, District, School, Zone

APPLICANT_COLUMNS = (
    "applicant_id", "zone", "category", "registered_school", "voluntary_1", "voluntary_2", "open_choice", "bundle",
    "preferential_school", "sibling_school", "status", "preferred_diversion", "x", "y",
)  # fmt: skip
SCHOOL_COLUMNS = (
    "school_id", "name", "jurisdiction", "plan", "hard_cap", "offered_voluntary_1", "offered_voluntary_2", "x", "y",
)  # fmt: skip
ZONE_COLUMNS = ("zone", "school_id", "e_school_id", "dual_school_ids")
CHUNK = 10_000  # rows joined at a time: few calls for a million rows, and little memory


def canonical_inputs(district: District) -> Iterator[bytes]:
    """Yield the bytes of the three canonical tables in pieces; their SHA-256 is the digest ``inputs``."""
    for name, pieces in _tables(district):
        yield f"{name}\n".encode("ascii")
        yield from pieces


def canonical_tables(district: District) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each canonical table, as a file of its own without the line that names it."""
    for name, pieces in _tables(district):
        yield name, b"".join(pieces)


def canonical_applicant_cells(child: Applicant) -> tuple[str, ...]:
    """Return the cells of one row of ``applicants.csv``, in the order of ``APPLICANT_COLUMNS``."""
    return (
        child.applicant_id, child.zone, child.category, child.registered_school, ";".join(child.voluntary_1),
        ";".join(child.voluntary_2), child.open_choice, child.bundle, child.preferential_school, child.sibling_school,
        child.status, ";".join(child.preferred_diversion), child.x, child.y,
    )  # fmt: skip


def canonical_applicant_lines(children: Sequence[Applicant]) -> str:
    """Return rows of ``applicants.csv`` as ``canonical_csv_text`` would of their cells, without a million of those."""
    plain = "".join([
        f"{c.applicant_id},{c.zone},{c.category},{c.registered_school},{';'.join(c.voluntary_1)},"
        f"{';'.join(c.voluntary_2)},{c.open_choice},{c.bundle},{c.preferential_school},{c.sibling_school},{c.status},"
        f"{';'.join(c.preferred_diversion)},{c.x},{c.y}\n"
        for c in children
    ])  # fmt: skip
    if _is_plain(plain, len(children), (len(APPLICANT_COLUMNS) - 1) * len(children)):
        return plain
    return canonical_csv_text([canonical_applicant_cells(child) for child in children])


def canonical_school_cells(school: School) -> tuple[str, ...]:
    """Return the cells of one row of ``schools.csv``, in the order of ``SCHOOL_COLUMNS``."""
    plan = "" if school.external else str(school.plan)
    numbers = (school.hard_cap, school.offered_voluntary_1, school.offered_voluntary_2)
    jurisdiction = "external" if school.external else "own"
    return (school.school_id, school.name, jurisdiction, plan, *map(_number, numbers), school.x, school.y)


def canonical_zone_cells(zone: Zone) -> tuple[str, ...]:
    """Return the cells of one row of ``zones.csv``, in the order of ``ZONE_COLUMNS``."""
    return (zone.zone, zone.school_id, zone.e_school_id, ";".join(zone.dual_school_ids))


def canonical_csv_text(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines of CSV (RFC 4180, LF), a cell in quotes only where it needs them."""
    plain = "".join([",".join(row) + "\n" for row in rows])
    if _is_plain(plain, len(rows), sum(map(len, rows)) - len(rows)):
        return plain
    return "".join([",".join(map(_quoted, row)) + "\n" for row in rows])


def _tables(district: District) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield name and pieces of each table, in the order of the digest."""
    schools = sorted(district.schools.values(), key=attrgetter("school_id"))
    zones = sorted(district.zones.values(), key=attrgetter("zone"))
    yield "applicants.csv", _applicants(sorted(district.applicants, key=attrgetter("applicant_id")))
    yield (
        "schools.csv",
        iter([canonical_csv_text([SCHOOL_COLUMNS, *map(canonical_school_cells, schools)]).encode("utf-8")]),
    )
    yield "zones.csv", iter([canonical_csv_text([ZONE_COLUMNS, *map(canonical_zone_cells, zones)]).encode("utf-8")])


def _applicants(children: Sequence[Applicant]) -> Iterator[bytes]:
    """Yield the table of applicants in pieces, its header first."""
    yield canonical_csv_text([APPLICANT_COLUMNS]).encode("ascii")
    for start in range(0, len(children), CHUNK):
        yield canonical_applicant_lines(children[start : start + CHUNK]).encode("utf-8")


def _is_plain(lines: str, count: int, commas: int) -> bool:
    """Return whether lines joined without quotes are right: no cell holds a comma, a quote or a line end."""
    return lines.count(",") == commas and lines.count("\n") == count and '"' not in lines and "\r" not in lines


def _number(value: int | None) -> str:
    """Return a number as text, an empty cell for none."""
    return "" if value is None else str(value)


def _quoted(cell: str) -> str:
    """Return a cell as RFC 4180 wants it."""
    if any(mark in cell for mark in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
