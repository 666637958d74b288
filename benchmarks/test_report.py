"""The report itself, on figures made up."""

from __future__ import annotations

from xml.etree import ElementTree

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
