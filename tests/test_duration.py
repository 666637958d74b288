"""A run that will take long says so before it begins, and names what is shorter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from allocator.cli import duration
from allocator.cli.app import cli
from allocator.cli.show import Teller
from allocator.domain import Applicant, District
from allocator.generator import generate
from tests.small import kids, primary


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What stands on stderr, as one line."""
    return " ".join(capsys.readouterr().err.split())


def many(district: District, children: int) -> District:
    """The district with so many children, all alike."""
    return replace(district, applicants=(district.applicants[0],) * children)


def test_pairs_are_counted_by_the_columns_of_the_policy() -> None:
    """Both lists of choices count; a column that no phase reads does not."""
    child = Applicant("K", "xincheng-1", "A", voluntary_1=("a", "b"), voluntary_2=("c",), preferred_diversion=("d",))
    district = replace(primary({}, kids(1, "fuli", "A")), applicants=(child, child))
    assert duration.pairs_behind_duration(district) == 6


def test_a_small_run_says_nothing_and_a_large_one_names_the_procedure(capsys: pytest.CaptureFixture[str]) -> None:
    """A hundred thousand children of the shipped rules take seconds; ten million are told, with counts."""
    district = primary({}, kids(1, "fuli", "A"))
    teller = Teller("en", quiet=False)
    duration.tell_strict_duration(teller, many(district, 100_000))
    assert said(capsys) == ""
    duration.tell_strict_duration(teller, many(district, 2_000_000))
    told = said(capsys)
    assert "2,000,000 children" in told
    assert "about 90 s" in told or "about 2 min" in told
    assert "--engine procedure" in told
    duration.tell_strict_duration(Teller("zh", quiet=False), many(district, 2_000_000))
    assert "--engine procedure" in said(capsys)
    duration.tell_strict_duration(Teller("en", quiet=True), many(district, 2_000_000))
    assert said(capsys) == ""


def test_long_lists_count(capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty thousand children who list fifty schools each are more work than twenty thousand who list none."""
    child = Applicant("K", "xincheng-1", "A", voluntary_1=tuple(f"s{i}" for i in range(50)))
    district = replace(primary({}, kids(1, "fuli", "A")), applicants=(child,) * 20_000)
    duration.tell_strict_duration(Teller("en", quiet=False), district)
    assert "1,000,000 ranked choices" in said(capsys)


def test_least_distance_is_told_without_an_advice_that_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Where the model decides, nobody is told to leave it out."""
    district = primary({}, kids(1, "fuli", "A"))
    switches = replace(district.policy.switches, divert_assign="least_distance")
    district = replace(district, policy=replace(district.policy, switches=switches))
    duration.tell_strict_duration(Teller("en", quiet=False), many(district, 30_000))
    told = said(capsys)
    assert "is refused" in told
    assert "min" in told or "about 90 s" in told


@pytest.mark.parametrize(("method", "children"), [("core", 1_000_000), ("flow", 1_000_000), ("plain", 10_000)])
def test_planning_is_told(capsys: pytest.CaptureFixture[str], method: str, children: int) -> None:
    """An optimum and a search for seats name --time-limit; what-ifs count their lists."""
    district = many(primary({}, kids(1, "fuli", "A")), children)
    teller = Teller("en", quiet=False)
    duration.tell_optimum_duration(teller, district, method)
    assert "--time-limit" in said(capsys)
    duration.tell_capacity_duration(teller, district, 0)
    assert "--time-limit" in said(capsys)
    duration.tell_what_if_duration(teller, many(district, 200_000), 7)
    assert "7 lists" in said(capsys)
    duration.tell_instance_duration(teller, 1_000, 4, 60)
    assert "1,000 students" in said(capsys)
    duration.tell_instance_duration(teller, 1_000, 2, 5)
    assert said(capsys) == ""


def test_every_method_of_the_optimum_has_an_expectation() -> None:
    """A method without one would stop the command."""
    from allocator.domain import METHODS

    assert set(duration._OPTIMUM) == set(METHODS)


@pytest.mark.parametrize(("engine", "told"), [("both", True), ("strict", True), ("procedure", False)])
def test_run_says_it_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, told: bool
) -> None:
    """The command says it with the strict model only, before that begins, and still runs."""
    monkeypatch.setattr(duration, "LONG", 0.0)
    generate(tmp_path / "d", 60, 1)
    arguments = ["run", str(tmp_path / "d"), "--out", str(tmp_path / "o"), "--engine", engine, "--no-workbook"]
    result = CliRunner().invoke(cli, [*arguments, "--lang", "en", "--allow-weak-seed"])
    assert result.exit_code in (0, 1), result.output
    assert ("expected to take" in " ".join(result.stderr.split())) is told
