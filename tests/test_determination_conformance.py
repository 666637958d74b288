"""The conformance folders show every result and condition, and the locks of a whole summer (section 13)."""

from __future__ import annotations

import json

from allocator.determination import determine_by_steps, new_locks
from allocator.domain import CONDITIONS, RESULTS, Lock, Row
from tests.office_folders import FOLDER, expected, load, names, rows


def test_the_locks_of_a_whole_summer_are_as_expected() -> None:
    """The seats of the last assignment write these locks (C123)."""
    folder = FOLDER / "33-whole-summer"
    assignment = expected(folder, "assignment", Row)
    categories = {row["applicant_id"]: row["category"] for row in rows(folder / "expected-roster.csv")}
    for event in map(json.loads, (folder / "events.jsonl").read_text().splitlines()):
        if event["type"] == "reclassification":  # none of them is refused
            categories[event["party"]] = event["category"]
    assert new_locks(load(folder), assignment, categories) == expected(folder, "locks-new", Lock)


def test_the_folders_show_every_result_and_condition() -> None:
    """No result and no condition is without a case, held and failed; what can be open is open somewhere."""
    found = [row for name in names(expected="determination") for row in determine_by_steps(load(FOLDER / name)).rows]
    assert {row.result for row in found} == set(RESULTS)
    assert {name for row in found for name in row.held} == set(CONDITIONS)
    assert {name for row in found for name in row.failed} == set(CONDITIONS) - {"booklet", "relation", "form5"}
    assert len({name for row in found for name in row.open}) >= 15
