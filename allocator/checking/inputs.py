"""Whether the district in memory is the one that the transcript froze: digests of lottery.md, computed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from operator import itemgetter

from allocator.domain import Applicant, District, School, Transcript, Violation, Zone

APPLICANTS = (
    "applicant_id",
    "zone",
    "category",
    "registered_school",
    "voluntary_1",
    "voluntary_2",
    "open_choice",
    "bundle",
    "preferential_school",
    "sibling_school",
    "status",
    "preferred_diversion",
    "x",
    "y",
)
SCHOOLS = (
    "school_id",
    "name",
    "jurisdiction",
    "plan",
    "hard_cap",
    "offered_voluntary_1",
    "offered_voluntary_2",
    "x",
    "y",
)
LINES_AT_ONCE = 10_000
ZONES = ("zone", "school_id", "e_school_id", "dual_school_ids")


def check_inputs(district: District, transcript: Transcript) -> tuple[Violation, ...]:
    """Return a violation for every digest of the transcript that the district does not have.

    The draw roster and the inputs are written out again from the domain objects, so a fault in reading the files
    shows here as well as a change after the freeze.

    Parameters
    ----------
    district : District
        As read; ``policy_sha256`` must be that of the policy file.
    transcript : Transcript
        The transcript.
    """
    digests = (
        ("check.roster_digest", transcript.roster_sha256, digest(roster_lines(district))),
        ("check.policy_digest", transcript.policy_sha256, district.policy_sha256),
        ("check.inputs_digest", transcript.inputs_sha256, digest(input_lines(district))),
    )
    clause = district.policy.unplaced_clause
    return tuple(
        Violation(code, "", "", clause, (("expected", expected), ("found", found)))
        for code, expected, found in digests
        if expected != found
    )


def digest(lines: Iterable[str]) -> str:
    """SHA-256 of lines as UTF-8, each ending in LF."""
    found, rest = sha256(), iter(lines)
    while block := list(islice(rest, LINES_AT_ONCE)):
        found.update(("\n".join(block) + "\n").encode())
    return found.hexdigest()


def roster_lines(district: District) -> Iterator[str]:
    """Lines of ``draw-roster.csv``: every party with its size (lottery.md 1)."""
    bundles: dict[str, list[str]] = {}
    sizes: dict[str, int] = {}
    for child, bundle in map(itemgetter(0, 7), district.applicants):
        if bundle:
            bundles.setdefault(bundle, []).append(child)
        else:
            sizes[child] = 1
    sizes.update((min(children), len(children)) for children in bundles.values())
    yield "id,size"
    yield from (f"{party},{sizes[party]}" for party in sorted(sizes))


def input_lines(district: District) -> Iterator[str]:
    """Lines of the three canonical tables, each after its name (lottery.md 1)."""
    children = sorted(district.applicants, key=itemgetter(0))
    schools = sorted(district.schools.values(), key=lambda school: school.school_id)
    zones = sorted(district.zones.values(), key=lambda zone: zone.zone)
    yield from _table("applicants.csv", APPLICANTS, map(_applicant, children))
    yield from _table("schools.csv", SCHOOLS, map(_school, schools))
    yield from _table("zones.csv", ZONES, map(_zone, zones))


def _table(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Name, header, rows; they come sorted by their first column."""
    yield name
    yield ",".join(header)
    yield from map(csv_line, rows)


def _applicant(kid: Applicant) -> tuple[str, ...]:
    """Cells of a child; name and sex do not decide anything and are left out."""
    first, second, wishes = kid[4], kid[5], kid[11]
    return (*kid[:4], ";".join(first), ";".join(second), *kid[6:11], ";".join(wishes), *kid[12:14])


def _school(school: School) -> tuple[str, ...]:
    """Cells of a school; the plan of an external school is empty."""
    numbers = (school.hard_cap, school.offered_voluntary_1, school.offered_voluntary_2)
    return (
        school.school_id,
        school.name,
        "external" if school.external else "own",
        "" if school.external else str(school.plan),
        *("" if number is None else str(number) for number in numbers),
        school.x,
        school.y,
    )


def _zone(zone: Zone) -> tuple[str, ...]:
    """Cells of a zone."""
    return zone.zone, zone.school_id, zone.e_school_id, ";".join(zone.dual_school_ids)


def csv_line(cells: Sequence[str]) -> str:
    """One line of CSV with quotes only where needed (RFC 4180)."""
    line = ",".join(cells)
    if '"' in line or "\n" in line or "\r" in line or line.count(",") >= len(cells):
        return ",".join(_quoted(cell) for cell in cells)
    return line


def _quoted(cell: str) -> str:
    """A cell in quotes if it holds a comma, a quote or a line break."""
    if any(sign in cell for sign in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
