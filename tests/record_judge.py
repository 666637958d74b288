"""What must hold between a list, its record and its published orders, whatever the district."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from allocator.domain import ADJUSTED, ADMITTED, DIVERTED, District, Row
from allocator.procedure import run_procedure
from allocator.record import Event, Order, Retelling, derive_trace, published_orders, retold_with_clauses

SEATED = {ADMITTED, DIVERTED, ADJUSTED}


def story(district: District, rows: Sequence[Row] | None = None) -> dict[str, list[Event]]:
    """The events of every party, in order."""
    found: dict[str, list[Event]] = {}
    for event in derive_trace(Retelling(district, rows or run_procedure(district))):
        found.setdefault(event.party, []).append(event)
    return found


def judge(district: District, rows: Sequence[Row]) -> None:
    """Hold a record against its list: every event must follow from the rows and from the seats it states."""
    rows = retold_with_clauses(district, rows)
    by_id = {row.applicant_id: row for row in rows}
    events = derive_trace(Retelling(district, rows))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    children = [child for event in {e.party: e for e in events}.values() for child in event.children or (event.party,)]
    assert sorted(children) == [row.applicant_id for row in rows]
    draws_held = {row.draw_id for row in rows if row.draw_id}
    for event in events:
        judge_event(event, draws_held)
    for party, last in {event.party: event for event in events}.items():
        for child in last.children or (party,):
            row = by_id[child]
            assert (last.result, last.rule) == (row.outcome, row.clause)
            if row.phase:
                assert (last.phase, last.school, last.draw_id) == (row.phase, row.school_id, row.draw_id)


def judge_event(event: Event, draws_held: set[str]) -> None:
    """Hold one event against the seats it states and against the draws that the list names."""
    size = max(1, len(event.children))
    before = event.seats_before
    if event.draw_id and event.result not in SEATED:
        # A party for which no receiving school had room stands in a draw that gave nobody a seat.
        assert event.draw_id in draws_held or event.result in {"no_seat", "passed_over"}
    if event.result in SEATED:
        assert before is not None
        assert before > 0
        assert event.seats_after == before - size
    elif event.result in {"not_admitted", "no_seat"} and before is not None:
        assert before <= 0
        assert event.seats_after == before
    elif event.result == "passed_over":
        assert before is not None
        assert 0 < before < size
    if event.result == "not_admitted":
        assert event.cut is not None
        assert event.cut.order == event.order
        assert event.draw_id in {"", event.order}
        if event.cut.key == event.key:
            assert event.draw_id == event.order, "the last one admitted is its equal, so a draw was held among them"
        assert (event.cut.tier, event.cut.ticket) < (event.tier, event.ticket) or event.cut.category != event.category


def judge_orders(district: District, rows: Sequence[Row]) -> None:
    """Hold the published orders against the list: every draw held, every ticket, rank and result."""
    found = list(published_orders(Retelling(district, rows)))
    assert len({order.draw_id for order in found}) == len(found)
    by_id = {row.applicant_id: row for row in rows}
    named = {row.draw_id for row in rows if row.draw_id}
    published = {order.draw_id for order in found}
    assert named <= published
    batches = {f"divert-{c.category_id}" for c in district.policy.categories}
    assert published - named <= batches | {"adjust"}
    for order in found:
        judge_order(district, order, by_id)


def judge_order(district: District, order: Order, rows: dict[str, Row]) -> None:
    """Recompute one order with nothing but SHA-256 and compare its results with the list."""
    assert district.draw is not None
    word = "session" if district.policy.switches.ticket_scope == "per_session" else order.draw_id
    for entry in order.entries:
        assert entry.ticket == sha256(f"{district.draw.seedhex}|{word}|{entry.party}".encode()).hexdigest()
        row = rows[entry.party]
        if "/" not in order.draw_id:
            assert entry.result == (row.school_id if row.draw_id == order.draw_id else "unplaced")
        else:
            refused = {e.group for e in order.entries if e.result in {"not_admitted", "passed_over"}}
            assert (entry.result == "admitted" and entry.group in refused) == (row.draw_id == order.draw_id)
    assert [entry.rank for entry in order.entries] == list(range(1, len(order.entries) + 1))
    assert list(order.entries) == sorted(order.entries, key=lambda e: (e.group, e.ticket, e.party))
    assert {entry.group for entry in order.entries} == set(range(1, order.entries[-1].group + 1))
