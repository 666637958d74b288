"""Published orders and the assignment file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from allocator.domain import (
    ADMITTED,
    Row,
)
from allocator.ground import fault_text
from allocator.lottery import draw_roster, recheck_orders
from allocator.procedure import run_procedure
from allocator.record import (
    Retelling,
    assignment_bytes,
    order_bytes,
    published_orders,
    read_assignment,
    retold_with_clauses,
)
from tests import conformance
from tests.record_judge import judge_orders
from tests.small_districts import Town, all_phases, bids, kid, policy


@pytest.mark.parametrize("name", conformance.names())
def test_published_orders_agree_with_the_list_and_recheck(name: str, tmp_path: Path) -> None:
    """On every conformance district the orders agree with the list, and the lottery's own recheck accepts the files."""
    district, rows = conformance.load(name)
    judge_orders(district, rows)
    assert district.draw is not None
    assert district.draw.transcript is not None
    (tmp_path / "transcript.txt").write_bytes(district.draw.transcript.raw)
    (tmp_path / "draw-roster.csv").write_bytes(draw_roster(district))
    (tmp_path / "policy.yaml").write_bytes(b"")  # the transcripts of these districts freeze an empty policy file
    for order in published_orders(Retelling(district, rows)):
        path = tmp_path / order.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(order_bytes(order))
    assert recheck_orders(tmp_path, district.policy.switches.ticket_scope) == []


def test_an_order_names_losers_and_those_who_went_elsewhere() -> None:
    """A bidder that got a school it prefers stands in the order as elsewhere; one that lost as not_admitted."""
    rules = policy(all_phases((), (bids(),)))
    town = Town({"s1": 3, "s2": 3, "s3": 3}, offered={"s1": 1, "s2": 1})
    kids = [kid(1, "z3", voluntary_1=("s1", "s2")), *(kid(n, "z3", voluntary_1=("s2",)) for n in (2, 3))]
    district = town.district(rules, kids)
    orders = {order.draw_id: order for order in published_orders(Retelling(district, run_procedure(district)))}
    assert list(orders) == ["bids/s2"]
    results = {entry.party: entry.result for entry in orders["bids/s2"].entries}
    assert results["K1"] == "elsewhere"
    assert sorted([results["K2"], results["K3"]]) == ["admitted", "not_admitted"]


def test_the_file_of_an_order() -> None:
    """The file has the five published columns, then the number of the priority group; LF, and a path per draw."""
    rules = policy(all_phases((), last=("s1",)))
    kids = [kid(1, status="blacklisted"), kid(2, status="late"), kid(3, status="late", bundle="b"),
            kid(4, status="late", bundle="b")]  # fmt: skip
    district = Town({"s1": 9, "s2": 0, "s3": 0}).district(rules, kids)
    (order,) = published_orders(Retelling(district, run_procedure(district)))
    lines = order_bytes(order).decode("utf-8").split("\n")
    assert order.path == "draws/adjust.csv"
    assert lines[0] == "rank,id,size,ticket,result,group"
    assert [line.split(",")[0] for line in lines[1:4]] == ["1", "2", "3"]
    assert [(e.party, e.size, e.result, e.group) for e in sorted(order.entries, key=lambda e: e.party)] == [
        ("K1", 1, "s1", 2),
        ("K2", 1, "s1", 1),
        ("K3", 2, "s1", 1),
    ]
    assert lines[4:] == [""]


# The assignment file


@pytest.mark.parametrize("name", ["05", "30"])
def test_the_assignment_file_is_the_expected_one(name: str) -> None:
    """Its first five columns are the conformance file byte for byte, and reading it back gives the same rows."""
    district, expected = conformance.load(name)
    rows = retold_with_clauses(district, expected)
    raw = assignment_bytes(random.Random(1).sample(rows, len(rows)))
    without_clause = "".join(line.rsplit(",", 1)[0] + "\n" for line in raw.decode("utf-8").splitlines())
    assert without_clause == (conformance.FOLDER / name / "expected.csv").read_text(encoding="utf-8")
    assert read_assignment(raw, "assignment.csv") == (rows, [])
    assert read_assignment(without_clause.encode(), "expected.csv") == (expected, [])


def test_cells_that_need_quotes_get_them() -> None:
    """A clause with a comma, a quote or a line break survives writing and reading."""
    rows = tuple(Row(f"K{n}", "s1", "p", ADMITTED, "", clause) for n, clause in enumerate(["C1, C2", 'a "b"', "x\ny"]))
    assert read_assignment(assignment_bytes(rows), "a")[0] == rows


@pytest.mark.parametrize(
    ("raw", "code", "row"),
    [
        (b"", "assignment.header", 1),
        (b"id,school\n", "assignment.header", 1),
        (b"\xff\xfe", "assignment.not_utf8", 0),
        (b'applicant_id,school_id,phase,outcome,draw_id\n"K1', "assignment.not_csv", 0),
        (b"applicant_id,school_id,phase,outcome,draw_id\nK1,s1\n", "assignment.cells", 2),
        (b"applicant_id,school_id,phase,outcome,draw_id\nK1,s1,p,lost,\n", "assignment.outcome", 2),
    ],
)
def test_a_damaged_assignment_file_is_told_with_its_line(raw: bytes, code: str, row: int) -> None:
    """Every way in which the file can be damaged has its code, its line and a text in both languages."""
    rows, faults = read_assignment(raw, "assignment.csv")
    assert rows == ()
    assert [(fault.code, fault.row) for fault in faults] == [(code, row)]
    assert fault_text(faults[0], "zh") != fault_text(faults[0], "en")
