"""Whether the district in memory is the one that the transcript froze: digests of lottery.md, computed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from operator import attrgetter

from allocator.checking.parties import party_bundles, party_leaders
from allocator.domain import Applicant, District, NumbersOrder, School, Transcript, Violation, Zone

APPLICANTS = (
    "applicant_id", "zone", "category", "registered_school", "voluntary_1", "voluntary_2", "open_choice", "bundle",
    "preferential_school", "sibling_school", "status", "preferred_diversion", "x", "y",
)  # fmt: skip
SCHOOLS = (
    "school_id", "name", "jurisdiction", "plan", "hard_cap", "offered_voluntary_1", "offered_voluntary_2", "x", "y",
)  # fmt: skip
LINES_AT_ONCE = 10_000
LISTS = ("voluntary_1", "voluntary_2", "preferred_diversion")
ZONES = ("zone", "school_id", "e_school_id", "dual_school_ids")


def check_inputs(district: District, transcript: Transcript) -> tuple[Violation, ...]:
    """Return a violation for every digest of the transcript that the district does not have.

    The draw roster and the inputs are written out again from the domain objects, so a fault in reading the files
    shows here as well as a change after the freeze.

    Parameters
    ----------
    district : District
        As read; ``policy_sha256`` must be that of the policy file.
    """
    digests = (
        ("check.roster_digest", transcript.roster_sha256, inputs_digest_of_pieces(input_roster_lines(district))),
        ("check.policy_digest", transcript.policy_sha256, district.policy_sha256),
        ("check.inputs_digest", transcript.inputs_sha256, inputs_digest_of_pieces(input_table_lines(district))),
    )
    clause = district.policy.unplaced_clause
    return tuple(
        Violation(code, "", "", clause, (("expected", expected), ("found", found)))
        for code, expected, found in (*digests, *_numbers_digests(district, transcript))
        if expected != found
    )


def _numbers_digests(district: District, transcript: Transcript) -> Iterator[tuple[str, str, str]]:
    """Digest of the numbers that decide, and the roster that they are to have, each as expected and as found."""
    if not isinstance(transcript.order, NumbersOrder):
        return
    numbers = () if district.draw is None else district.draw.numbers
    rows = ["id,number", *(f"{party},{number}" for party, number in numbers)]
    yield "check.numbers_digest", transcript.order.sha256, inputs_digest_of_pieces(rows)
    children = sorted(district.applicants, key=attrgetter("applicant_id"))
    wanted = [children[i].applicant_id for i in party_leaders(len(children), party_bundles(children))]
    owners = {number: party for party, number in numbers if number >= 0}
    yield "check.numbers_roster", inputs_digest_of_pieces(wanted), inputs_digest_of_pieces(sorted(owners.values()))


def inputs_digest_of_pieces(pieces: Iterable[str]) -> str:
    """SHA-256 of pieces of one or more lines as UTF-8, each piece ending in LF."""
    found = sha256()
    for piece in pieces:
        found.update(f"{piece}\n".encode())
    return found.hexdigest()


def input_roster_lines(district: District) -> Iterator[str]:
    """Lines of ``draw-roster.csv``: every party with its size (lottery.md 1); many lines at a time."""
    children = sorted(district.applicants, key=attrgetter("applicant_id"))
    bundles = party_bundles(children)
    yield "id,size"
    parties = iter(party_leaders(len(children), bundles))
    while block := list(islice(parties, LINES_AT_ONCE)):
        yield "\n".join([f"{children[i].applicant_id},{len(bundles.get(i, '1'))}" for i in block])


def input_table_lines(district: District) -> Iterator[str]:
    """Lines of the three canonical tables, each after its name (lottery.md 1); the rows many lines at a time."""
    children = sorted(district.applicants, key=attrgetter("applicant_id"))
    schools = sorted(district.schools.values(), key=lambda school: school.school_id)
    zones = sorted(district.zones.values(), key=lambda zone: zone.zone)
    yield from _table("applicants.csv", APPLICANTS, _applicants(children))
    yield from _table("schools.csv", SCHOOLS, map(_school, schools))
    yield from _table("zones.csv", ZONES, map(_zone, zones))


def _table(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Name, header, rows; they come sorted by their first column."""
    yield name
    yield ",".join(header)
    rest = iter(rows)
    while block := list(islice(rest, LINES_AT_ONCE)):
        yield input_csv_lines(block)


def _applicants(children: Sequence[Applicant]) -> Iterator[tuple[str, ...]]:
    """Cells of every child; name and sex do not decide anything and are left out."""
    columns = ((column, map(attrgetter(column), children)) for column in APPLICANTS)
    return zip(*(map(_ids, cells) if column in LISTS else cells for column, cells in columns), strict=True)


def _ids(names: tuple[str, ...]) -> str:
    """Cell of a list of ids."""
    return ";".join(names) if names else ""


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


def input_csv_lines(rows: Sequence[Sequence[str]]) -> str:
    """Lines of CSV with quotes only where needed (RFC 4180), without the last line end.

    If the signs that need quotes are no more than those between cells and rows, no cell holds one.
    """
    lines = "\n".join(map(",".join, rows))
    commas = sum(map(len, rows)) - len(rows)
    if lines.count(",") == commas and lines.count("\n") == len(rows) - 1 and '"' not in lines and "\r" not in lines:
        return lines
    return "\n".join([",".join(map(_quoted, row)) for row in rows])


def _quoted(cell: str) -> str:
    """A cell in quotes if it holds a comma, a quote or a line break."""
    if any(sign in cell for sign in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
