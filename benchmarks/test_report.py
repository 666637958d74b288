"""The report itself, on figures made up."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import report, two_checkouts
from benchmarks.chart import Series, chart
from benchmarks.comparison import cell, growth, of_kind, times


def made_up(entry: str, size: str, children: int, seconds: float, **others: object) -> dict[str, object]:
    """Return a row of a comparison."""
    return {"entry": entry, "kind": "homes", "size": size, "children": children, "solve_s": seconds, **others}


def test_smoke_of_tables() -> None:
    """An entry over the limit shows the limit, not a time; growth is the slope between 10,000 and 1,000,000."""
    over = made_up("plain CP-SAT", "10k", 10_000, 61.0, over="solve", limit_s=60.0)
    rows = [made_up("core", "10k", 10_000, 0.1), made_up("core", "1m", 1_000_000, 10.0), over]
    assert cell("solve_s", over) == "> 60"
    assert cell("prepare_s", over) == "–"
    assert times(of_kind(rows, "homes"), "core", over) == "> 600"
    assert list(growth(rows)) == ["| homes | core | 1.00 |"]


def test_smoke_of_the_chart() -> None:
    """The chart is well-formed, names what it shows, and puts ten times as many children one decade to the right."""
    drawn = chart(
        "A & B", "children", "seconds", [Series("core", [(10, 1), (100, 1), (1_000, 10)], beyond=(10_000, 60))]
    )
    root = ElementTree.fromstring(drawn)
    circles = [float(c.attrib["cx"]) for c in root.iter() if c.tag.endswith("circle")][:3]
    assert abs((circles[2] - circles[1]) - (circles[1] - circles[0])) < 0.2
    texts = {element.text for element in root.iter() if element.tag.endswith("text")}
    assert {"A & B", "children", "seconds", "core", "1,000"} <= texts


def test_smoke_of_the_days_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs of a day: the page names commit and machine of both, and each figure that of its own."""
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    runs, heads = [], ["commit aaaaaaaaaaaa; Quick", "commit bbbbbbbbbbbb with changes; Slow"]
    for commit, cpu, ids in (("a", "Quick", ("1", "2")), ("b", "Slow", ("2",))):
        info = {"id": commit * 40, "dirty": commit == "b"}
        runs.append(report.run_of({"commit_info": info, "machine_info": {"cpu": {"brand_raw": cpu}}}))
        peer = made_up("core", "10k", 10_000, 1.0, name="beside", id="c", prepare_s=1.0, peak_mb=1)
        report.write([*({"name": "x", "id": one, "solve_s": len(runs), "rounds": 3} for one in ids), peer], runs[-1])
    assert [run.split(", ")[0] for run in runs] == heads
    (day,) = tmp_path.glob("*.json")
    kept = json.loads(day.read_text(encoding="utf-8"))
    assert kept["runs"] == runs
    assert [(row["id"], row["run"]) for row in kept["figures"]] == [("1", 1), ("2", 2), ("c", 2)]
    page = day.with_suffix(".md").read_text(encoding="utf-8")
    assert f"1. {runs[0]}\n2. {runs[1]}\n" in page
    assert "| x | 1 | 1.000 | 3 |  |  |  | 1 |" in page
    assert "| x | 2 | 2.000 | 3 |  |  |  | 2 |" in page
    assert "\n\nRun 2.\n\n| Solving, s | 10,000 |\n" in page


def test_smoke_of_two_checkouts() -> None:
    """Each side counts with its least round; a benchmark that one side lacks is left out."""
    old, new = [{"a": 2.0, "gone": 1.0}, {"a": 4.0, "gone": 1.0}], [{"a": 3.0, "b": 1.0}, {"a": 3.0, "b": 1.0}]
    lines = two_checkouts.section({"old": old, "new": new}, {"old": "commit aaa", "new": "commit bbb"}, ["-k", "a"])
    assert lines[0] == "Command: `python -m benchmarks.two_checkouts OLD -k a`"
    assert lines[2:4] == ["- old: commit aaa", "- new: commit bbb"]
    assert lines[7:] == ["| a | 2.0000 | 3.0000 | 1.50 | 0.75 to 1.50 |"]
