"""What must not change when inputs change in a known way."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from allocator.domain import NEEDS_RULING, UNPLACED, Applicant, District, Ints, Row
from allocator.eligibility import make_instance
from allocator.models import parties
from allocator.models.law import school_orders as orders_module
from allocator.models.law import strict as strict_module
from allocator.models.law.strict import run_strict
from allocator.procedure import run_all_phases, run_procedure
from allocator.procedure.phases import rows_after_phases as rows_of
from allocator.reading.folder import read_folder
from allocator.record import Retelling, derive_trace, retold_with_clauses
from tests.conformance import ROOT
from tests.small import by_child, kids, primary
from tests.strategies import random_district, random_switches

PRIMARY = ROOT / "scenarios" / "tongliao-2023-primary"


def sampled(number: int, *, bundles: bool = True, **switches: str) -> District:
    """The random district of a number."""
    rng = random.Random(number)
    return random_district(rng, 30, {**random_switches(rng), **switches}, bundles=bundles)


def without_seat(rows: tuple[Row, ...]) -> int:
    """Children that end without a seat here or elsewhere."""
    return sum(row.outcome in {UNPLACED, NEEDS_RULING} for row in rows)


def test_shuffled_rows_change_nothing(tmp_path: Path) -> None:
    """Tables in any order of rows give the same district, so the same list (invariant 11)."""
    for name in ("applicants.csv", "schools.csv", "zones.csv"):
        header, *lines = (PRIMARY / name).read_text(encoding="utf-8").splitlines()
        random.Random(name).shuffle(lines)
        (tmp_path / name).write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    shuffled = read_folder(tmp_path, policy=PRIMARY / "policy.yaml")
    original = read_folder(PRIMARY)
    assert shuffled.applicants == original.applicants
    assert (list(shuffled.schools), list(shuffled.zones)) == (list(original.schools), list(original.zones))


@dataclass
class Carried:
    """Lots by the tickets of former names."""

    names: list[str]
    seedhex: str
    word: Callable[[str], str]

    def rank(self, draw_id: str, parties: Ints) -> Ints:
        """Rank parties by the tickets of their former names."""
        ticket = [
            sha256(f"{self.seedhex}|{self.word(draw_id)}|{self.names[i]}".encode()).hexdigest()
            for i in parties.tolist()
        ]
        ranks = np.empty(len(ticket), dtype=np.int64)
        ranks[np.argsort(np.array(ticket), kind="stable")] = np.arange(len(ticket))
        return ranks


def renamed(district: District, new_name: dict[str, str]) -> District:
    """The same children under other ids."""
    children = [child._replace(applicant_id=new_name[child.applicant_id]) for child in district.applicants]
    return replace(district, applicants=tuple(sorted(children)))


def party_names(children: tuple[Applicant, ...]) -> dict[str, str]:
    """Party id of each child."""
    lead: dict[str, str] = {}
    for child in children:
        if child.bundle:
            lead[child.bundle] = min(lead.get(child.bundle, child.applicant_id), child.applicant_id)
    return {child.applicant_id: lead.get(child.bundle, child.applicant_id) for child in children}


@pytest.mark.parametrize("number", range(40))
def test_renaming_with_the_tickets_carried_along_changes_only_the_names(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing but tickets depends on a child's id, in both engines (places of bundles are made alike first)."""
    district = sampled(number)
    same_place = {child.bundle: (child.x, child.y) for child in district.applicants if child.bundle}
    district = replace(district, applicants=tuple(
        c._replace(x=same_place[c.bundle][0], y=same_place[c.bundle][1]) if c.bundle else c for c in district.applicants
    ))  # fmt: skip
    names = [child.applicant_id for child in district.applicants]
    new_name = dict(
        zip(names, [f"N{i:05d}" for i in random.Random(number).sample(range(90_000), len(names))], strict=True)
    )
    expected = {new_name[row.applicant_id]: row[1:] for row in run_procedure(district)}
    other = renamed(district, new_name)
    old_name = {new: old for old, new in new_name.items()}
    former = {new_name[k]: v for k, v in party_names(district.applicants).items()}
    assert district.draw is not None
    scope = district.policy.switches.ticket_scope
    word = lambda draw_id: "session" if scope == "per_session" else draw_id
    instance = make_instance(other)
    lots = Carried([former[name] for name in instance.party_ids], district.draw.seedhex, word)
    assert {row.applicant_id: row[1:] for row in rows_of(run_all_phases(instance, lots))} == expected
    _carry_into_the_model(monkeypatch, former, old_name)
    assert {row.applicant_id: row[1:] for row in run_strict(other)} == expected


def _carry_into_the_model(monkeypatch: pytest.MonkeyPatch, former: dict[str, str], old_name: dict[str, str]) -> None:
    """Let the strict model draw with the tickets of former names."""
    original = parties.lots_of_parties

    def carried(district: District, draw_id: str) -> Callable[[str], tuple[str, str]]:
        key = original(district, draw_id)
        return lambda name: key(former[name])

    assert old_name
    for module in (strict_module, orders_module):
        monkeypatch.setattr(module, "lots_of_parties", carried)


@pytest.mark.parametrize("number", range(60))
def test_a_failed_voluntary_bid_leaves_the_child_as_if_it_had_not_bid(number: int) -> None:
    """Invariant 7 (C064): same category, same home school, same ticket in its batch, whether it bid or not."""
    district = sampled(number, bundles=False)
    rows = retold_with_clauses(district, run_procedure(district))
    losers = [
        c
        for c, row in zip(district.applicants, rows, strict=True)
        if (c.voluntary_1 or c.voluntary_2) and c.status == "verified" and not row.phase.startswith("voluntary")
    ]
    for child in losers[:3]:
        quiet = tuple(c._replace(voluntary_1=(), voluntary_2=()) if c is child else c for c in district.applicants)
        other = replace(district, applicants=quiet)
        other_rows = retold_with_clauses(other, run_procedure(other))
        assert _batch_entry(other, other_rows, child) == _batch_entry(district, rows, child)


def _batch_entry(district: District, rows: tuple[Row, ...], child: Applicant) -> tuple[object, ...] | None:
    """Category, school and ticket with which a child stands in its batch at home."""
    for event in derive_trace(Retelling(district, rows)):
        if event.party == child.applicant_id and event.phase.startswith("batch-"):
            return event.phase, event.category, event.school, event.ticket
    return None


@pytest.mark.parametrize("number", range(120))
def test_without_bundles_one_more_seat_never_leaves_more_children_without_one(number: int) -> None:
    """One more seat at any school never raises the number of children without a seat."""
    district = sampled(number, bundles=False)
    before = without_seat(run_procedure(district))
    for name, school in district.schools.items():
        if not school.external:
            cap = None if school.hard_cap is None else max(school.hard_cap, school.plan + 1)
            schools = {**district.schools, name: replace(school, plan=school.plan + 1, hard_cap=cap)}
            assert without_seat(run_procedure(replace(district, schools=schools))) <= before


def test_with_bundles_one_more_seat_can_leave_more_children_without_one() -> None:
    """A bundle that now fits can take the seats that more children would have filled: nine children, one more seat."""
    home = "hexi-primary"
    children = (
        kids(1, home, "A", start="t0", size=2) + kids(1, home, "B", start="t1", size=3)
        + kids(1, home, "A", start="t2") + kids(1, home, "A", start="t3", size=3)
    )  # fmt: skip
    counts = [
        without_seat(
            run_procedure(primary({"xincheng-shiyan": 3, home: seats}, children, seed=3532, bundle_at_cut="skip"))
        )
        for seats in (1, 2)
    ]
    assert counts == [5, 6]


def test_the_same_seed_gives_the_same_rows_and_another_seed_others() -> None:
    """Invariant 11: rows depend on the seed and on nothing that changes between runs."""
    district = primary({"fuli": 5, "xincheng-2": 5}, kids(12, "fuli", "A"))
    assert run_procedure(district) == run_procedure(district)
    other = primary({"fuli": 5, "xincheng-2": 5}, kids(12, "fuli", "A"), seed=2)
    assert by_child(run_procedure(district)) != by_child(run_procedure(other))
