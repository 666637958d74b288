"""What-ifs written as a planner writes them, and districts made of them."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.domain import Applicant, Change, District, Row, WhatIf
from allocator.ground import Fault, InputError
from allocator.planning.whatif import Scenario, compose
from allocator.reading.what_if_file import parse_what_if

HEAD = "format_version: 1\nwhat_if: {name}\ntitle: {{zh: 甲, en: a}}\nchanges:\n"
"""The first lines of a what-if file; the first change stands in line 5."""


def written(*changes: str, name: str = "w") -> bytes:
    """Return a what-if file with these changes, one a line in the short form of YAML, without the braces."""
    if not changes:
        return HEAD.format(name=name).rstrip("\n").encode() + b" []\n"
    return (HEAD.format(name=name) + "".join(f"  - {{{change}}}\n" for change in changes)).encode()


def parsed(*changes: str, name: str = "w") -> WhatIf:
    """Return a what-if of these changes, read from ``<name>.yaml``."""
    found, faults = parse_what_if(written(*changes, name=name), f"{name}.yaml")
    assert found is not None, faults
    return found


def change(text: str) -> Change:
    """Return one change."""
    return parsed(text).changes[0]


def composed(district: District, *changes: str) -> District:
    """Return a district with these changes made."""
    return compose(district, [parsed(*changes)]).district


def scenario(district: District, *changes: str) -> Scenario:
    """Return the same with what belongs to it."""
    return compose(district, [parsed(*changes)])


def refused(district: District, *what_ifs: WhatIf) -> list[tuple[str, int, str, str, str]]:
    """Return file, line, key, value and code of everything that is wrong with a composition; none if nothing is."""
    return [(f.file, f.row, f.column, f.value, f.code) for f in faults_of(district, *what_ifs)]


def faults_of(district: District, *what_ifs: WhatIf) -> tuple[Fault, ...]:
    """Return everything that is wrong with a composition."""
    try:
        compose(district, what_ifs)
    except InputError as error:
        return error.faults
    return ()


def children(district: District) -> dict[str, Applicant]:
    """Return the children of a district by id."""
    return {child.applicant_id: child for child in district.applicants}


def count(district: District, zone: str = "", category: str = "") -> int:
    """Return how many children a zone and category have; an empty name stands for all."""
    return sum(zone in ("", c.zone) and category in ("", c.category) for c in district.applicants)


def schools_of(rows: Sequence[Row]) -> dict[str, str]:
    """Return the school of each child."""
    return {row.applicant_id: row.school_id for row in rows}
