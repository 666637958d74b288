"""What extra seats do: by hand, against lists computed one by one, and as a planner sees it on the command line."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import pytest

from allocator.domain import District, Draw, SeatChange, WhatIf
from allocator.ground import InputError
from allocator.planning.draws import Lists, Simulator, mean_of
from allocator.planning.extra_seats import effects_object, effects_table, seat_effects
from allocator.planning.extra_seats.effects import EFFECTS, Effects
from allocator.planning.optimum import solve_and_check_optimum
from allocator.planning.whatif import compose
from allocator.procedure import run_procedure
from tests.cli_calls import as_json, call, good, refused
from tests.planning_oracle import small_planning_districts
from tests.small_districts import Town, all_phases, kid, policy, random_district
from tests.what_if_cases import written

TINY = Town(plan={"s1": 1, "s2": 1, "s3": 1})
"""Three schools of one seat each."""


def tiny() -> Town:
    """The town, whose schools lie 100 m apart on a line."""
    return TINY


def test_one_seat_seats_a_diverted_child_and_places_another() -> None:
    """s1 has one seat for two children: one is diverted to s2, whose own child has none. One more at s1 helps both."""
    rules = policy(all_phases(listed=("s2",), last=("s2",)))
    kids = [kid(1, x="100", y="0"), kid(2, x="100", y="0"), kid(3, "z2", "B", registered_school="s2", x="200", y="0")]
    found = seat_effects(tiny().district(rules, kids), class_size=5)
    values = {(e.school, e.added): tuple(e.means[name].mean for name in EFFECTS) for e in found.effects}
    # The diverted child stays 100 m nearer to home; the other one has a school now and had none: it saves no metre.
    assert values["s1", 1] == values["s1", 5] == values["s1", 10] == (1, 1, 100, 2)
    assert values["s2", 1] == (1, 0, 0, 1)
    assert values["s3", 1] == (0, 0, 0, 0)
    assert found.example is not None
    assert found.example.school == "s1"
    diverted = found.chains[0].moves[-1].party
    assert [chain.places for chain in found.chains] == [("", "s2", "s1")]
    assert diverted in ("K1", "K2")
    assert found.chains[0].moves[0].party == "K3"


def test_where_no_seat_is_short_nothing_moves() -> None:
    """Room for everybody: all effects are 0, and there is no chain to show."""
    town = Town(plan={"s1": 5, "s2": 5, "s3": 5})
    found = seat_effects(town.district(policy(all_phases()), [kid(1)]))
    assert (found.example, found.chains) == (None, ())
    assert all(not mean.mean for effect in found.effects for mean in effect.means.values())


@pytest.mark.parametrize("seed", range(12))
def test_effects_are_those_of_the_lists(seed: int) -> None:
    """Every figure equals the difference of two lists that are computed by a what-if, child by child."""
    district = replace(random_district(seed, 9), draw=Draw(trial_seed=1))
    effects = Effects(district)
    before = {row.applicant_id: row for row in run_procedure(district)}
    for school in effects.schools:
        change = SeatChange(school=school, add=1)
        made = compose(district, [WhatIf("more", district.policy.title, (change,))]).district
        after = {row.applicant_id: row for row in run_procedure(made)}
        of = effects.of(school, 1).means
        placed = sum(bool(after[c].school_id) - bool(before[c].school_id) for c in before)
        moved = sum(after[c].school_id != before[c].school_id for c in before)
        assert (of["placed"].mean, of["moved"].mean) == (placed, moved)
        away = ("diverted", "adjusted")
        avoided = sum(before[c].outcome in away and after[c].outcome == "admitted" for c in before)
        avoided -= sum(after[c].outcome in away and before[c].outcome == "admitted" for c in before)
        assert of["avoided"].mean == avoided
        assert {kid for move in effects.moves(school, 1) for kid in move.children} == {
            c for c in before if after[c].school_id != before[c].school_id
        }


def test_draws_are_paired_and_have_a_standard_error() -> None:
    """Over simulated draws: the mean of the differences of the same draws, and its standard error."""
    district = replace(random_district(5, 9), draw=Draw(trial_seed=3))
    base = Simulator(compose(district, []))
    change = SeatChange(school="s1", add=1)
    more = Simulator(compose(district, [WhatIf("more", district.policy.title, (change,))]))
    moved = []
    for number in range(1, 9):
        before, after = base.draw(3, number), more.draw(3, number)
        moved.append(int(base.instance.size[before.seat != after.seat].sum()))
    found = seat_effects(district, trial_seed=3, draws=8)
    mean = next(effect for effect in found.effects if (effect.school, effect.added) == ("s1", 1)).means["moved"]
    assert mean == mean_of(moved)
    assert mean.mean == fmean(moved)
    assert isinstance(base, Lists)


def test_prices_are_those_of_the_optimum_or_a_reason_is_given() -> None:
    """With planning weights their prices stand beside the effects; without, the reason why there are none."""
    priced = next(d for d in map(small_planning_districts, range(99)) if _has_prices(d))
    found = seat_effects(priced, trial_seed=1)
    optimum = solve_and_check_optimum(replace(priced, draw=Draw(trial_seed=1)))
    assert found.prices == dict(zip(optimum.market.schools, optimum.optimum.price.tolist(), strict=True))
    bare = seat_effects(random_district(1, 4))
    assert bare.prices == {}
    assert [fault.code for fault in bare.no_prices] == ["planning.missing"]


def _has_prices(district: District) -> bool:
    """Whether the weights of a random district make sense."""
    try:
        solve_and_check_optimum(replace(district, draw=Draw(trial_seed=1)))
    except InputError:
        return False
    return True


def test_least_distance_is_refused() -> None:
    """Where the model decides the diversion there is no list to compute anew by the thousand."""
    with pytest.raises(InputError) as raised:
        seat_effects(random_district(1, 4, divert_assign="least_distance"))
    assert [fault.code for fault in raised.value.faults] == ["simulate.model_decides"]


def test_command_shows_effects_and_a_chain(town: Path, tmp_path: Path) -> None:
    """Both languages, marked as planning only and as a trial; the CSV and the JSON say the same."""
    marks = {"en": ("for planning only", "TRIAL", "who moves"), "zh": ("仅供规划测算", "模拟测算", "举例")}
    for language, words in marks.items():
        said = good("seats", town, "--class-size", 30, language=language)
        assert all(word in said for word in words)
    table = tmp_path / "seats.csv"
    told = as_json("seats", town, "--class-size", 30, "--out", table)
    assert told["effects"][0].keys() == {"school_id", "added", *EFFECTS}
    assert {effect["added"] for effect in told["effects"]} == {1, 10, 30}
    raw = table.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw[3:].decode(), newline="")))
    body = rows[-len(told["effects"]) :]
    for row, effect in zip(body, told["effects"], strict=True):
        assert (row[0], row[3]) == (effect["school_id"], str(effect["added"]))
        assert [float(cell) for cell in row[4:8]] == [effect[name]["mean"] for name in EFFECTS]
    good("seats", town, "--class-size", 30, "--out", table)
    assert table.read_bytes() == raw
    assert "±" in good("seats", town, "--draws", 3)
    assert good("seats", town, "--quiet") == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_name_is_cut_at_80_columns(town: Path, tmp_path: Path, language: str) -> None:
    """Names of schools and figures are folded where they are too long, never cut."""
    what_if = tmp_path / "w.yaml"
    change = "change: classes, school: xincheng-1, add: 1, size: 9, cost_per_seat: 7"
    what_if.write_bytes(written(change).replace(b"en: a", b"en: a class of nine more at the school of xincheng-1"))
    for said in (good("seats", town, language=language), good("what-if", town, what_if, language=language)):
        assert "…" not in said


def test_bad_options_are_told_all_at_once(town: Path, tmp_path: Path) -> None:
    """No class, fewer draws than none, a file of somebody else: exit 2, three faults, the file as it was."""
    other = tmp_path / "roster.csv"
    other.write_text("a,b\n", encoding="utf-8")
    said = refused("seats", town, "--class-size", 0, "--draws", -1, "--out", other)
    assert said.count("capacity.number") == 2
    assert "capacity.other_file" in said
    assert other.read_text(encoding="utf-8") == "a,b\n"
    assert call("seats", tmp_path / "nowhere").exit_code == 2


def test_report_is_the_same_every_time() -> None:
    """The same district gives the same bytes, whatever the order of its rows."""
    district = random_district(7, 9)
    turned = replace(district, schools=dict(list(district.schools.items())[::-1]))
    one, other = seat_effects(district, draws=2), seat_effects(turned, draws=2)
    assert effects_table(one) == effects_table(other)
    assert effects_object(one) == effects_object(other)
