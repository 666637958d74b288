"""Asked for, done, said: every change of a what-if answers how much of it was done, and why not the rest."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from allocator.domain import District, School, Zone
from allocator.domain import what_if as domain
from allocator.ground import TEXTS
from allocator.planning.whatif import ChangeAnswer, answer_object, answer_words, compose
from allocator.planning.whatif import demand as changes_demand
from allocator.planning.whatif.answers import Unit
from allocator.planning.whatif.composing import resampled_when_composing
from allocator.planning.whatif.draft import draft_of
from allocator.reading.what_if_shape import CHANGES
from tests.cli_calls import good
from tests.small_districts import Town, all_phases, batches, bids, kid, policy
from tests.test_compose import town
from tests.what_if_cases import composed, count, parsed, refused, scenario, written
from tests.written_folders import write


def answers(base: District, *changes: str) -> tuple[ChangeAnswer, ...]:
    """What became of some changes."""
    return scenario(base, *changes).answers


def told(answer: ChangeAnswer) -> tuple[int, int, dict[str, int], dict[str, int]]:
    """Asked, done, left out and what followed, by reason."""
    left, also = ({part.code: part.count for part in parts} for parts in (answer.left, answer.also))
    return answer.asked, answer.done, left, also


LEFT = "polygon: [[0, 0], [10, 0], [10, 10], [0, 10]]"
RIGHT = "polygon: [[10, 0], [20, 0], [20, 10], [10, 10]]"


def test_a_home_on_a_common_border_belongs_to_one_of_two_areas() -> None:
    """Both areas of a plan stand in one file, in either order; the home on the border goes east and is told of."""
    base = town(kid(1, x="10", y="5"), kid(2, x="5", y="5"), kid(3, x="15", y="5"), kid(4, x="20", y="5"))
    west = f"change: move_homes, from_zone: z1, to_zone: z2, {LEFT}"
    east = f"change: move_homes, from_zone: z1, to_zone: z3, {RIGHT}"
    for order in ((west, east), (east, west)):
        assert [child.zone for child in composed(base, *order).applicants] == ["z3", "z2", "z3", "z1"]
    first, second = answers(base, west, east)
    assert told(first)[:3] == (2, 1, {"on_edge": 1})
    assert told(second)[:3] == (3, 2, {"on_edge": 1})


def test_children_without_a_place_are_counted_as_not_looked_at() -> None:
    """Twins and a single child of the zone have no coordinates; those of another zone are nobody's concern."""
    base = town(kid(1, x="5", y="5"), kid(2), kid(3, bundle="b"), kid(4, bundle="b"), kid(5, "z3"),
                kid(6, "z3", x="6", y="6"))  # fmt: skip
    (answer,) = answers(base, f"change: move_homes, from_zone: z1, to_zone: z2, {LEFT}")
    assert told(answer) == (4, 1, {"no_place": 3}, {"other_zone": 1, "registered_own": 1})
    said = answer_words(answer_object(answer)).en
    assert "asked 4 children, did 1, left out 3; 3 children of the zone have no coordinates" in said


def test_a_twin_that_lives_inside_alone_is_told() -> None:
    """The party lives where the child does that gives it its id; the other one's home decides nothing."""
    base = town(kid(1, bundle="b", x="50", y="5"), kid(2, bundle="b", x="5", y="5"), kid(3, x="6", y="6"))
    (answer,) = answers(base, f"change: move_homes, from_zone: z1, to_zone: z2, {LEFT}")
    assert told(answer)[:3] == (2, 1, {"lives_apart": 1})


def six() -> District:
    """Six zones with a child each."""
    base = Town().district(policy([batches(())]), [kid(i, f"z{i}") for i in range(6)])
    schools = {f"s{i}": School(f"s{i}", f"s{i}", plan=9) for i in range(6)}
    return replace(base, schools=schools, zones={f"z{i}": Zone(f"z{i}", f"s{i}") for i in range(6)})


@pytest.mark.parametrize("percent", [50, -50])
def test_equal_remainders_are_shared_by_words_over_demand_draws(percent: int) -> None:
    """Half as many more or fewer of six equal zones: over 400 demand draws every zone has its half, and all are met."""
    base = six()
    changed = [0] * 6
    what_if = parsed(f"change: growth, percent: {percent}")
    for demand in range(1, 401):
        before, after = resampled_when_composing(base, demand), compose(base, [what_if], demand).district
        for i in range(6):
            changed[i] += count(after, f"z{i}") - count(before, f"z{i}")
    assert sum(changed) == 400 * (3 if percent > 0 else -3)
    assert all(abs(abs(number) / 400 - 0.5) < 0.1 for number in changed), changed
    (answer,) = compose(base, [what_if]).answers
    assert told(answer) == (3 * percent // 50, 3 * percent // 50, {}, {"by_lot": 6})


def test_equal_remainders_of_one_roster_differ_between_demand_draws() -> None:
    """The same six zones again and again: which three grow is another set in most draws, never always the first."""
    grown = set()
    sums = [0] * 6
    for demand in range(1, 301):
        draft = draft_of(six(), demand)
        changes_demand.grow_demand(domain.Growth(percent=50), draft)
        zones = [sum(child.zone == f"z{i}" for child in draft.children.values()) - 1 for i in range(6)]
        sums = [a + b for a, b in zip(sums, zones, strict=True)]
        grown.add(tuple(zones))
    assert len(grown) == 20  # all sets of three
    assert all(120 <= number <= 180 for number in sums), sums


def test_growth_says_for_whom_only_twins_were_left() -> None:
    """Half of two twins more is one child: none comes, and it is said; a zone without children is named too."""
    base = town(kid(1, bundle="b"), kid(2, bundle="b"), kid(3, "z3"))
    (answer,) = answers(base, "change: growth, percent: 50, zones: [z1, z2]")
    assert told(answer) == (1, 0, {"bundle": 1}, {"nobody": 1})
    (answer,) = answers(base, "change: growth, percent: -50, zones: [z1]")
    assert told(answer)[:3] == (-1, 0, {"bundle": 1})


@pytest.mark.parametrize("wanted", range(12))
def test_a_cohort_counts_what_it_says(wanted: int) -> None:
    """Twins, triplets, a late and a blacklisted child: so many verified children live there as asked, nobody else."""
    kids = [
        *(kid(i, bundle="b") for i in (1, 2)), *(kid(i, "z1", "E", bundle="c") for i in (3, 4, 5)),
        kid(6, status="late"), kid(7, status="blacklisted"), kid(8, "z3"),
    ]  # fmt: skip
    made = scenario(town(*kids), f"change: cohort, zones: {{z1: {wanted}}}")
    there = [child for child in made.district.applicants if child.zone == "z1"]
    assert [child.status for child in there] == ["verified"] * wanted
    (answer,) = made.answers
    assert (answer.asked, answer.done, answer.left) == (wanted, wanted, ())
    assert {part.code: part.count for part in answer.also}["not_verified"] == 2


def test_a_cohort_of_nobody_verified_is_refused() -> None:
    """A late child alone is nobody to take after."""
    what_if = parsed("change: cohort, zones: {z1: 3}")
    assert [fault[-1] for fault in refused(town(kid(1, status="late")), what_if)] == ["what_if.empty_zone"]


def test_new_bidders_say_who_was_not_there() -> None:
    """Three more are asked for: twins do not fit behind two, and nobody else may bid."""
    base = Town({"s1": 9, "s2": 9, "s3": 9}, offered={"s1": 1}).district(
        policy(all_phases(rounds=(bids(),))),
        [kid(1, "z2", voluntary_1=("s1",)), kid(2, "z2", voluntary_1=("s1",)), kid(3, "z2"), kid(4, "z2", bundle="b"),
         kid(5, "z2", bundle="b")],
    )  # fmt: skip
    (answer,) = answers(base, "change: take_up, phase: bids, percent: 50")
    assert (answer.asked, answer.done) == (1, 1)
    (answer,) = answers(base, "change: take_up, phase: bids, percent: 300")
    assert told(answer)[:3] == (6, 3, {"nobody_left": 3})


def test_registrations_say_for_whom_only_twins_were_left() -> None:
    """Half of twins is one child, who cannot be parted."""
    base = town(*(kid(i, "z2", registered_school="s2", bundle="b") for i in (1, 2)))
    (answer,) = answers(base, "change: register, zone: z2, school: s1, percent: 50")
    assert told(answer)[:3] == (1, 0, {"bundle": 1})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("change: seats, school: s1, add: 0", (0, 0, {}, {"already_so": 1})),
        ("change: seats, school: s1, add: -2, cost_per_seat: 5", (-2, -2, {}, {"no_cost": 1})),
        ("change: classes, school: s1, add: 1, size: 4", (4, 4, {}, {})),
        ("change: hard_cap, school: s1, add: 3", (3, 3, {}, {})),
        ("change: switches, set: {tiers: strict, e_route: overflow}", (2, 1, {"already_so": 1}, {})),
        ("change: close_school, school: s3", (-10, -10, {}, {})),
    ],
)
def test_supply_and_rules_answer_too(text: str, expected: object) -> None:
    """Seats, classes, caps, switches and closed schools: what was asked, what was done, and what was so already."""
    assert told(answers(town(kid(1)), text)[0]) == expected


def test_nothing_asked_for_gets_no_answer() -> None:
    """A new school that is put on no list, and a closed one that was no zone's, say nothing about lists and zones."""
    opened = answers(town(kid(1)), "change: new_school, school: n, name: n, plan: 1, zones: [z1], adjustment: false")
    assert [answer.key for answer in opened if answer.key != "reach"] == ["", "zones"]
    closed = answers(
        town(kid(1)), "change: new_school, school: n, name: n, plan: 9", "change: close_school, school: n"
    )
    assert [(answer.change, answer.key) for answer in closed][-1] == ("close_school", "")


def test_every_kind_of_change_answers_and_every_reason_has_words() -> None:
    """No change is made in silence, and no answer is without words in either language."""
    assert {f"what_if.kind.{kind}" for kind in CHANGES} <= TEXTS.keys()
    assert {f"what_if.unit.{unit}" for unit in get_args(Unit)} <= TEXTS.keys()
    with pytest.raises(ValueError, match="left out"):
        ChangeAnswer("f", 1, "seats", "", "seats", 3, 1)


def test_answers_stand_in_folder_json_and_terminal(tmp_path: Path) -> None:
    """The same numbers in answers.csv, in summary.json and on the screen."""
    base = town(kid(1, x="5", y="5"), kid(2))
    folder = tmp_path / "town"
    write(base, folder)
    file = tmp_path / "w.yaml"
    file.write_bytes(written(f"change: move_homes, from_zone: z1, to_zone: z3, {LEFT}"))
    said = good("what-if", folder, file, "--no-optimum", "--out", tmp_path / "out", "--lang", "en")
    assert "asked 2 children, did 1, left out 1" in " ".join(said.split())
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    (answer,) = summary["answers"]["w"]
    assert (answer["asked"], answer["done"], answer["left_out"]) == (2, 1, 1)
    assert answer["left"] == [{"reason": "no_place", "count": 1}]
    table = list(csv.reader(io.StringIO((tmp_path / "out" / "answers.csv").read_text(encoding="utf-8-sig"))))
    assert table[-1][:9] == ["w", "w.yaml", "5", "move_homes", "", "children", "2", "1", "1"]
    assert "no coordinates" in table[-1][9]
