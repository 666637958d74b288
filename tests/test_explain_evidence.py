"""Explanations of the shipped districts: what is set side by side never contradicts the refusal it explains."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from hashlib import sha256

import pytest

from allocator.domain import District, Draw, Row
from allocator.explanation.reader import Record
from allocator.explanation.story.telling import SCHOOLS_TOLD, Story
from allocator.procedure import run_procedure
from allocator.record import (
    Event,
    Retelling,
    derive_trace,
    published_orders,
    read_trace,
    retold_with_clauses,
    trace_bytes,
)
from allocator.reporting import summarise_run
from tests.small import shipped

SCENARIOS = ("tongliao-2023-primary", "tongliao-2023-junior", "ranked-choice")
REFUSALS = {"not_admitted", "passed_over", "no_seat"}
TICKETS = re.compile(r"alike in the draw (\S+), so .*? is ([0-9a-f]{16})…, this one's is larger: ([0-9a-f]{64})\.")
SHORT = re.compile(r"alike in the draw (\S+), so .*? own is ([0-9a-f]{16})…, this one's is larger: ([0-9a-f]{16})…\.")
KEY = re.compile(r"(The tier|The category|A sibling|walk zone|Who was passed over) ")


@cache
def run(scenario: str) -> tuple[District, list[Row]]:
    """A shipped district under trial seed 1, and its list with clauses."""
    district = replace(shipped(scenario), draw=Draw(trial_seed=1))
    return district, list(retold_with_clauses(district, run_procedure(district)))


@cache
def stories(scenario: str) -> list[tuple[Event, str]]:
    """Every event of a run, as it is read back from the record, with the English lines that a family reads."""
    district, rows = run(scenario)
    summary, by_id = summarise_run(Retelling(district, rows)), {row.applicant_id: row for row in rows}
    by_party: dict[str, list[Event]] = {}
    for event in read_trace(trace_bytes(derive_trace(Retelling(district, rows))), lambda phase, party: ()):
        by_party.setdefault(event.party, []).append(event)
    found = []
    for party, events in by_party.items():
        lines = list(Story(Record(by_id[party], tuple(events), summary), party, "en").lines())
        told: list[str] = []
        for spoken in lines[lines.index("What happened, in order:") + 1 :]:
            if spoken.startswith("   "):
                told[-1] += "\n" + spoken
            else:
                told.append(spoken)
        found += list(zip(events, told, strict=False))
    return found


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_tickets_side_by_side_are_of_one_draw_and_one_group(scenario: str) -> None:
    """In all refusals two tickets are compared in one published order and group only, and the child's is the larger."""
    district, rows = run(scenario)
    assert district.draw is not None
    orders = {order.draw_id: order.entries for order in published_orders(Retelling(district, rows))}
    groups = {(draw, entry.ticket): entry.group for draw, entries in orders.items() for entry in entries}
    whole = {(draw, ticket[:16]): ticket for draw, ticket in groups}
    compared = 0
    for event, told in stories(scenario):
        for draw, cut, own in TICKETS.findall(told):
            compared += 1
            assert own == sha256(f"{district.draw.seedhex}|{draw}|{event.party}".encode()).hexdigest()
            assert whole[draw, cut] < own
            assert groups[draw, whole[draw, cut]] == groups[draw, own]
    assert compared > 0


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_refusal_at_a_school_names_one_reason(scenario: str) -> None:
    """A refusal tells of tickets, of the key before them, or of an earlier order: one of them, and no second ticket."""
    reasons: Counter[str] = Counter()
    for event, told in stories(scenario):
        if event.result not in REFUSALS or not event.school or event.result == "passed_over":
            continue
        said = [bool(TICKETS.search(told)), bool(KEY.search(told)), "admitted there before" in told]
        unseated = event.cut is None
        assert sum(said) == (0 if unseated and "been admitted there before" not in told else 1), told
        reasons.update(name for name, is_said in zip(("ticket", "key", "earlier"), said, strict=True) if is_said)
    assert reasons["ticket"] > 0
    assert reasons["key"] > 0 or scenario == "tongliao-2023-junior"


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_school_without_room_on_the_way_names_its_cut_and_its_clause(scenario: str) -> None:
    """Each such school has a line with a cut and a clause; tickets shown there are of one order and one group."""
    district, rows = run(scenario)
    orders = {order.draw_id: order.entries for order in published_orders(Retelling(district, rows))}
    groups = {(draw, e.ticket[:16]): e.group for draw, entries in orders.items() for e in entries}
    told_schools = 0
    for event, told in stories(scenario):
        lines = told.split("\n")[1:]
        assert len(lines) == min(len(event.schools), SCHOOLS_TOLD + 1)
        told_schools += len(lines)
        for line in lines[:SCHOOLS_TOLD]:
            assert re.search("Last admitted there|Nobody had been admitted", line), line
            assert line.endswith(f"Rule: {event.schools_rule}.")
            for draw, cut, own in SHORT.findall(line):
                assert own == event.ticket[:16]
                assert cut < own
                assert groups[draw, cut] == groups[draw, own]
    assert told_schools > 0 or not any(event.result == "adjusted" for event, _ in stories(scenario))


def test_a_smaller_ticket_behind_a_sibling_or_the_walk_zone_is_not_shown() -> None:
    """A bidder refused by sibling or walk zone although its ticket is smaller reads that key and no ticket."""
    found = [
        told
        for event, told in stories("ranked-choice")
        if event.cut and event.result == "not_admitted" and event.ticket < event.cut.ticket
    ]
    assert found
    for told in found:
        assert "A sibling at the school comes before" in told or "walk zone comes before the ticket" in told
        assert not re.search(r"[0-9a-f]{16}", told)
