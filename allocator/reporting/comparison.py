"""Two lists of one district side by side: what the least sum of distances gains and costs (procedure.md section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allocator.domain import DIVERTED, UNPLACED, Applicant, District, Row
from allocator.eligibility import eligible_parties, rounded_metres, squared_distance
from allocator.record import rows_for_retelling


def compare_with_serial(district: District, rows: Sequence[Row], serial_rows: Sequence[Row]) -> dict[str, Any]:
    """Return how a list differs from the one made party by party in order of ticket.

    Parameters
    ----------
    district : District
        The district.
    rows : sequence of Row
        The list of the run, made by least distance.
    serial_rows : sequence of Row
        The list of the procedure under ``serial_by_ticket``.

    Returns
    -------
    dict
        ``children_who_differ``, and for both lists the children ``diverted`` and ``unplaced`` and the ``metres`` from
        home to the school, summed over all diverted children (each bundle from the home of its first child).

    Raises
    ------
    ValueError
        If either list has not one row for every child.
    """
    chosen, serial = rows_for_retelling(district, rows), rows_for_retelling(district, serial_rows)
    differ = sum(one.school_id != other.school_id for one, other in zip(chosen, serial, strict=True))
    return {
        "children_who_differ": differ,
        "least_distance": _figures(district, chosen),
        "serial_by_ticket": _figures(district, serial),
    }


def _figures(district: District, rows: Sequence[Row]) -> dict[str, int]:
    """Return the figures of one list."""
    by_id = {row.applicant_id: row for row in rows}
    total = 0
    for party in eligible_parties(district.applicants):
        row = by_id[party.party_id]
        if row.outcome == DIVERTED:
            total += party.size * _metres(district, party.lead, row.school_id)
    outcomes = [row.outcome for row in rows]
    return {"diverted": outcomes.count(DIVERTED), "unplaced": outcomes.count(UNPLACED), "metres": total}


def _metres(district: District, child: Applicant, school_id: str) -> int:
    """Return a distance in whole metres, rounded half up; 0 where a place is not known."""
    school = district.schools[school_id]
    if not child.x or not school.x:
        return 0
    return int(rounded_metres(squared_distance(child, school)))
