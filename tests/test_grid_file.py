"""Grid files: what they mean, and everything that can be wrong in one, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.domain import ClassChange, Text, what_ifs_digest
from allocator.ground import InputError
from allocator.reading.what_if_file import read_what_if, read_what_if_grid
from tests.sweep_cases import GRID, grid_file

WHAT_IF = """\
format_version: 1
what_if: a-class
title: {zh: 增一个班, en: one class more}
changes:
  - {change: classes, school: xincheng-2, add: 1, size: 4}
"""


def faults(path: Path) -> list[tuple[str, str, int, str]]:
    """Return code, file, line and key of everything that is wrong in a grid."""
    with pytest.raises(InputError) as caught:
        read_what_if_grid(path)
    return [(fault.code, fault.file, fault.row, fault.column) for fault in caught.value.faults]


def test_cells_are_the_base_and_every_combination(tmp_path: Path) -> None:
    """The base is cell 0; then the options of the last axis change fastest, composed in the order of the axes."""
    grid = read_what_if_grid(grid_file(tmp_path))
    cells = list(grid.cells())
    assert grid.size == len(cells) == 5
    assert [cell.number for cell in cells] == [0, 1, 2, 3, 4]
    assert [cell.name for cell in cells] == [
        "base", "none + none", "none + more", "one-class + none", "one-class + more",
    ]  # fmt: skip
    assert [[change.kind for what_if in cell.what_ifs for change in what_if.changes] for cell in cells] == [
        [], [], ["growth"], ["classes"], ["classes", "growth"],
    ]  # fmt: skip


def test_same_compositions_share_their_digest(tmp_path: Path) -> None:
    """A combination without changes is the base; nothing but the changes in their order enters the digest."""
    cells = list(read_what_if_grid(grid_file(tmp_path)).cells())
    assert cells[0].digest == cells[1].digest == what_ifs_digest([])
    assert len({cell.digest for cell in cells}) == 4


def test_titles_are_the_options_own_or_the_files_or_the_name(tmp_path: Path) -> None:
    """An option's title comes before that of its what-if file; without either its name serves."""
    (tmp_path / "what-if").mkdir()
    (tmp_path / "what-if" / "class.yaml").write_text(WHAT_IF, encoding="utf-8")
    options = [
        "{option: plain}", "{option: filed, what_if: what-if/class.yaml}",
        "{option: titled, title: {zh: 甲, en: A}, what_if: what-if/class.yaml}",
    ]  # fmt: skip
    text = GRID.split("  - axis: growth")[0].split("      - ")[0] + "".join(f"      - {line}\n" for line in options)
    axis = read_what_if_grid(grid_file(tmp_path, text)).axes[0]
    assert axis.title == Text("seats", "seats")
    assert [option.title for option in axis.options] == [
        Text("plain", "plain"), Text("增一个班", "one class more"), Text("甲", "A"),
    ]  # fmt: skip
    assert axis.options[1].what_if == read_what_if(tmp_path / "what-if" / "class.yaml")


def test_inline_changes_are_those_of_a_what_if_file(tmp_path: Path) -> None:
    """Changes in the grid give the digest of the same changes in a file; each knows its line of the grid."""
    (tmp_path / "class.yaml").write_text(WHAT_IF, encoding="utf-8")
    inline = read_what_if_grid(grid_file(tmp_path)).axes[0].options[1].what_if
    assert inline is not None
    assert what_ifs_digest([inline]) == what_ifs_digest([read_what_if(tmp_path / "class.yaml")])
    assert inline.changes == (ClassChange(school="xincheng-2", add=1, size=4, line=8),)
    assert inline.file == "grid.yaml"


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    """Double names, a missing and a faulty what-if file, faulty changes: all of them, each in the right file."""
    (tmp_path / "bad.yaml").write_text(WHAT_IF.replace("size: 4", "size: 0"), encoding="utf-8")
    text = """\
format_version: 1
grid: bad
title: {zh: 甲, en: A}
axes:
  - axis: seats
    options:
      - {option: one}
      - {option: one, what_if: nowhere.yaml}
      - {option: two, what_if: bad.yaml}
      - option: three
        changes:
          - {change: classes, school: xincheng-2, add: 1}
          - {change: nonsense}
      - {option: four, changes: 7}
  - axis: seats
    options: [{option: one}]
"""
    assert faults(grid_file(tmp_path, text)) == [
        ("policy.wrong_value", "bad.yaml", 5, "changes.0.size"),
        ("grid.same_name", "grid.yaml", 8, "axes.0.options.1.option"),
        ("grid.no_what_if", "grid.yaml", 8, "axes.0.options.1.what_if"),
        ("policy.missing_key", "grid.yaml", 12, "axes.0.options.3.changes.0.size"),
        ("policy.wrong_value", "grid.yaml", 13, "axes.0.options.3.changes.1.change"),
        ("policy.wrong_value", "grid.yaml", 14, "axes.0.options.4.changes"),
        ("grid.same_name", "grid.yaml", 15, "axes.1.axis"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("grid: classes", "grid: Classes", "policy.wrong_value", 2),
        ("grid: classes", "grid: classes\ncell: 3", "policy.unknown_key", 3),
        ("grid: classes", "grid: nul", "school.reserved_id", 2),
        ("format_version: 1", "format_version: 2", "policy.wrong_value", 1),
        ("{option: none}", "{option: none, what_if: a.yaml, changes: []}", "policy.wrong_value", 7),
        ("{option: none}", "{what_if: a.yaml}", "policy.missing_key", 7),
        ("axis: growth", "axis: growth\n    axis: again", "policy.duplicate_key", 10),
        ("{zh: 增班, en: more classes}", "{zh: 增班}", "policy.missing_key", 3),
        ("option: none, changes: []", "option: none: x", "policy.syntax", 11),
    ],
)
def test_a_fault_has_its_line(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    """One thing wrong in a good grid is told with its code and line."""
    assert old in GRID
    assert [(found[0], found[2]) for found in faults(grid_file(tmp_path, GRID.replace(old, new, 1)))] == [(code, line)]


def test_a_grid_without_end_is_refused_before_it_is_spelled_out(tmp_path: Path) -> None:
    """Six axes of ten options would be a million combinations."""
    axes = "".join(
        f"  - axis: a{i}\n    options: [{', '.join(f'{{option: o{k}}}' for k in range(10))}]\n" for i in range(6)
    )
    found = faults(grid_file(tmp_path, GRID.split("  - axis")[0] + axes))
    assert found == [("grid.too_many_cells", "grid.yaml", 4, "axes")]


def test_a_file_that_is_too_long_is_refused_unread(tmp_path: Path) -> None:
    """A megabyte is enough for any grid."""
    assert faults(grid_file(tmp_path, GRID + "#" * 1_000_000)) == [("what_if.too_long", "grid.yaml", 0, "")]


def test_no_file_no_grid(tmp_path: Path) -> None:
    """A file that is not there, and one that is a folder."""
    assert faults(tmp_path / "none.yaml")[0][:2] == ("file.unreadable", "none.yaml")
    assert faults(tmp_path)[0][0] == "file.unreadable"
