"""What the planners' page rests on stands on it: roster, policy, program and day; and the price of today's rules."""

from __future__ import annotations

import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

from allocator.district_folder import read_district
from allocator.ground import InputError
from allocator.lottery import inputs_digest
from allocator.planning.compare import base_section_day, compare, report_bytes, summarise_comparison
from tests.cli_calls import good, refused
from tests.conformance import ROOT

pytest.importorskip("altair")
pytest.importorskip("vl_convert")

PRIMARY = ROOT / "scenarios" / "tongliao-2023-primary"


def words(page: bytes) -> str:
    """The words of a page without its markup."""
    return " ".join(re.sub(r"<[^>]*>", "", page.decode()).split())


def test_roster_program_and_day_stand_on_the_page(town: Path) -> None:
    """The digest that a transcript would carry, the policy's, the version; the day where one is given."""
    district = read_district(town, trial_seed=1)
    found = compare(district, [])
    summary = summarise_comparison(found)
    shown = words(report_bytes(found, summary, made_on=date(2026, 11, 30)))
    digest = inputs_digest(district)
    program = f"allocator {version('school-seat-allocator')}"
    for part in (f"roster {digest[:16]}…", digest, district.policy_sha256, program, "made on 2026-11-30",
                 "制作日期 2026-11-30"):  # fmt: skip
        assert part in shown, part
    assert "made on" not in words(report_bytes(found, summary))


def test_price_of_the_rules_is_told_for_each_child() -> None:
    """Metres more than the optimum, in all and divided by the children who take part."""
    found = compare(read_district(PRIMARY, trial_seed=1), [])
    summary = summarise_comparison(found)
    base = summary["variants"][0]
    price, children = base["price_of_rules"], base["figures"]["children"]
    each = round(price["metres"] / children)
    shown = words(report_bytes(found, summary))
    assert f"{price['diverted']} more diverted or adjusted; the way to school" in shown
    assert f"{price['metres']:,} metres longer" in shown
    assert f"in all, {each} metres a child" in shown
    assert f"每名学生平均多 {each} 米" in shown


def test_the_day_is_given_or_taken_from_the_environment() -> None:
    """An option goes before SOURCE_DATE_EPOCH, that before today; neither may be nonsense."""
    assert base_section_day("2024-02-29", {"SOURCE_DATE_EPOCH": "0"}) == date(2024, 2, 29)
    assert base_section_day(None, {"SOURCE_DATE_EPOCH": "86400"}) == date(1970, 1, 2)
    assert abs((base_section_day(None, {}) - date.today()).days) <= 1
    for given, environment in (("2023-02-29", {}), ("", {}), (None, {"SOURCE_DATE_EPOCH": "soon"}),
                               (None, {"SOURCE_DATE_EPOCH": "9" * 30})):  # fmt: skip
        with pytest.raises(InputError) as caught:
            base_section_day(given, environment)
        assert [fault.code for fault in caught.value.faults] == ["report.date"]


def test_same_inputs_and_day_make_the_same_page(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a day given, or SOURCE_DATE_EPOCH set, the page is the same byte for byte; a bad day writes nothing."""
    what_if = PRIMARY / "what-if" / "more-e-children.yaml"
    pages = [tmp_path / f"{name}.html" for name in "abc"]
    for page in pages[:2]:
        good("what-if", town, what_if, "--no-optimum", "--report", page, "--date", "2026-11-30")
    assert pages[0].read_bytes() == pages[1].read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796000000")
    good("what-if", town, what_if, "--no-optimum", "--report", pages[2])
    assert "made on 2026-11-30" in words(pages[2].read_bytes())
    told = refused("what-if", town, what_if, "--no-optimum", "--report", tmp_path / "d.html", "--date", "30.11.2026")
    assert "[report.date]" in told
    assert not (tmp_path / "d.html").exists()
