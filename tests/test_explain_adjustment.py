"""Explanations of the adjustment: of every school tried without room the cut, the child's own, and the clause."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from allocator.domain import Policy, Row
from allocator.explanation.reader import Record
from allocator.explanation.story.telling import Story
from allocator.record import Event
from tests.explain_districts import lines_of, rules, ticket, town
from tests.small_districts import kid


def adjusting(*schools: str, **switches: str) -> Policy:
    """The policy of these tests with another adjustment list."""
    made = rules(**switches)
    return replace(made, phases=(*made.phases[:-1], replace(made.phases[-1], schools=schools)))  # type: ignore[arg-type]


def test_the_adjustment_sets_tickets_side_by_side_where_nothing_else_decided(tmp_path: Path) -> None:
    """Of two late children of one category the later reads both tickets at the school that the earlier one took."""
    kids = [kid(1, status="late"), kid(2, status="late")]
    d = town(kids, 1, adjusting("s1", "s2", "s3"), plan={"s1": 0, "s2": 1, "s3": 1})
    first, second = sorted(("K1", "K2"), key=lambda child: ticket(d, "adjust", child))
    zh, en = lines_of(tmp_path, d, second)
    cut, own = ticket(d, "adjust", first)[:16], ticket(d, "adjust", second)[:16]
    assert "\n   第一小学: no seat left. Nobody had been admitted there before. Rule: adjust:no_room.\n" in en
    assert (
        "\n   第二小学: no seat left. Last admitted there: category A, in adjustment. Both stand alike in the draw"
        f" adjust, so the ticket decided: its own is {cut}…, this one's is larger: {own}…. Rule: adjust:no_room." in en
    )
    assert f"由摇号随机号决定：最后一名录取学生为 {cut}…，该生较大，为 {own}…。依据：adjust:no_room。" in zh
    assert "第三小学:" not in en.split("told below")[1]


def test_the_adjustment_names_the_category_that_came_first(tmp_path: Path) -> None:
    """A late child behind one of an earlier category reads both categories and no ticket of the other."""
    d = town([kid(1, status="late"), kid(2, "z1", "B", status="late")], 1, adjusting("s2"))
    _, en = lines_of(tmp_path, d, "K2")
    assert "the last one admitted there is of category A, this one of category B. Rule: adjust:no_room." in en
    assert ticket(d, "adjust", "K1")[:16] not in en


def test_the_adjustment_tells_nothing_of_a_decision(tmp_path: Path) -> None:
    """Where the last one admitted at a full school had a decision, its category stays untold."""
    d = town([kid(1, preferential_school="s2"), kid(2, status="late")], 1, adjusting("s2", "s3"))
    _, en = lines_of(tmp_path, d, "K2")
    assert "\n   第二小学: no seat left. Last admitted there before: by an approved decision, without a draw." in en


def test_twins_in_the_adjustment_read_how_many_seats_there_were(tmp_path: Path) -> None:
    """A school with one seat left has none for twins: the seats are told, and no ticket is compared."""
    kids = [kid(n, bundle="b", status="late") for n in (1, 2)]
    d = town(kids, 1, adjusting("s1", "s2", bundle_at_cut="skip"), plan={"s1": 1, "s2": 2, "s3": 0})
    zh, en = lines_of(tmp_path, d, "K1")
    assert "\n   第一小学: seats left: 1, too few for the 2 children who stay together. Nobody had been admitted" in en
    assert "\n   第一小学：空余学位 1 个，不足以录取该组多胞胎 2 人。此前该校没有录取任何学生。" in zh


def test_of_a_long_adjustment_list_the_rest_is_counted() -> None:
    """Twelve schools are told one by one; the others are counted and named."""
    schools = tuple(f"s{number}" for number in range(1, 16))
    event = Event(
        1, "adjust", "K1", "no_seat", "C9", "A", "late", order="adjust", draw_id="adjust", ticket="f" * 64, rank=1,
        of=1, schools=schools, cuts=(None,) * 15, seats_there=(0,) * 15, schools_rule="C8",
    )  # fmt: skip
    summary: dict[str, Any] = {"names": {"schools": {}, "categories": {}, "phases": {}}}
    lines = list(Story(Record(Row("K1", "", "", "unplaced", ""), (event,), summary), "K1", "en")._full(event))
    assert [line.split(":")[0].strip() for line in lines[:-1]] == list(schools[:12])
    assert lines[-1] == "   No room either at 3 more: s13, s14, s15. Rule: C8."
