"""The draw of the private schools, on the smallest cases (office-procedure.md section 5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from allocator.domain import OfficeTables, PrivateSchool, Ruling
from tests import conformance
from tests.determinations import DRAW, Draw
from tests.office_bases import BASES, Change, Town, of_child, renamed

SEED = "ab" * 32
WANTS = of_child(private_choice="p")


def tables(count: int, plan: int, **others: Any) -> OfficeTables:
    """Return so many children of category A who want the one private school."""
    families = tuple(renamed(WANTS(BASES["A"]), n) for n in range(1, count + 1))
    return Town(families, others={"private": (PrivateSchool("p", plan),), **others}).tables()


def won(draw: Draw, given: OfficeTables) -> set[str]:
    """Return the numbers of the children who win."""
    return {row.applicant_id for row in draw(given, SEED) if row.result == "won"}


def first(word: str, parties: list[str], seats: int) -> set[str]:
    """Return the parties with the smallest tickets of a draw."""
    return set(sorted(parties, key=lambda party: sha256(f"{SEED}|{word}|{party}".encode()).hexdigest())[:seats])


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
@pytest.mark.parametrize(("plan", "drawn"), [(0, ""), (2, "private/p"), (5, ""), (6, "")])
def test_a_draw_is_told_where_somebody_won_and_somebody_lost(plan: int, drawn: str, draw: Draw) -> None:
    """Nobody won, or nobody lost: no draw; else its id stands on all rows of the school."""
    assert {row.draw_id for row in draw(tables(5, plan), SEED)} == {drawn}


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
def test_the_smallest_tickets_win(draw: Draw) -> None:
    """Tickets of the draw private/<school>."""
    assert won(draw, tables(5, 2)) == first("private/p", [f"T{n}" for n in range(1, 6)], 2)


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
def test_one_ticket_a_session_is_that_of_the_private_draw_too(draw: Draw) -> None:
    """Under ticket_scope: per_session every draw id in the ticket's text is the word session (procedure.md 8)."""
    given = tables(5, 2)
    policy = conformance.with_switches(given.policy, ticket_scope="per_session")
    assert won(draw, replace(given, policy=policy)) == first("session", [f"T{n}" for n in range(1, 6)], 2)


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
@pytest.mark.parametrize(("plan", "winners"), [(1, 1), (2, 2), (3, 3)])
def test_a_bundle_bids_as_one_and_is_passed_over(plan: int, winners: int, draw: Draw) -> None:
    """Twins and two others: with one seat a single child wins it, with two or three all seats are filled."""
    given = tables(3, plan)
    twins = [given.applications[0]._replace(bundle="m", applicant_id=name) for name in ("T1", "T1b")]
    found = won(draw, replace(given, applications=(*twins, *given.applications[1:])))
    assert len(found) == winners
    assert len(found & {"T1", "T1b"}) in (0, 2)


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
@pytest.mark.parametrize(
    ("change", "others"),
    [
        (of_child(registered_at=None), {}),
        (of_child(registered_at=date(2023, 7, 28)), {}),
        (of_child(birth_date=date(2017, 9, 1)), {}),
        (of_child(deferral="approved"), {}),
        (lambda family: family, {"rulings": (Ruling("R", "T1", "result", "deferred", "x", "y", date(2023, 7, 28)),)}),
        (lambda family: family, {"rulings": (Ruling("R", "T1", "status", "late", "x", "y", date(2023, 7, 28)),)}),
    ],
)
def test_only_verified_children_past_the_gates_take_part(change: Change, others: dict[str, Any], draw: Draw) -> None:
    """Late, blacklisted or gated children are not drawn for."""
    given = Town((change(WANTS(BASES["A"])),), others={"private": (PrivateSchool("p", 1),), **others}).tables()
    assert draw(given, SEED) == ()


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
def test_an_earlier_result_keeps_nobody_out(draw: Draw) -> None:
    """A child that won in private-result.csv bids as before: the gate private is none here."""
    given = tables(2, 1)
    results = draw(given, SEED)
    assert draw(replace(given, private_results=results), SEED) == results
