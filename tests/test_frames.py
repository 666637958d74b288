"""``District.from_frames``: pandas frames are judged exactly like the files of a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from allocator import District, InputError, read_district
from allocator.domain import Text
from allocator.ground import Fault
from tests.conformance import ROOT

Frames = dict[str, Any]


def frames_of(folder: Path) -> Frames:
    """The tables of a folder, every cell a text, as docs/python.md advises."""
    tables = ("applicants", "schools", "zones")
    return {name: pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False) for name in tables}


def written(frames: Frames, policy: Path, folder: Path) -> Path:
    """The same tables as files, beside the policy."""
    folder.mkdir()
    (folder / "policy.yaml").write_bytes(policy.read_bytes())
    for name, frame in frames.items():
        frame.to_csv(folder / f"{name}.csv", index=False)
    return folder


def faults(read: Callable[[], District]) -> list[Fault]:
    """What is refused, files called as frames are."""
    with pytest.raises(InputError) as caught:
        read()
    return sorted((replace(f, file=f.file.removesuffix(".csv")) for f in caught.value.faults), key=str)


def test_frames_make_the_district_that_files_make(town: Path) -> None:
    """Equal in all that decides; without a draw, or with the one named; the index and the order of rows are nothing."""
    frames = frames_of(town)
    frames["applicants"] = frames["applicants"].sample(frac=1, random_state=3).set_index("zone", drop=False)
    made = District.from_frames(town / "policy.yaml", **frames, trial_seed=4)
    read = read_district(town, trial_seed=4)
    assert replace(made, input_digests={}, warnings=()) == replace(read, input_digests={}, warnings=())
    assert made.input_digests.keys() == {"policy.yaml"}
    assert District.from_frames(str(town / "policy.yaml"), **frames).draw is None


def test_numbers_and_missing_values_count_as_in_a_workbook(town: Path) -> None:
    """Seats and places may be numbers, missing cells are empty however pandas spells them."""
    frames = frames_of(town)
    expected = District.from_frames(town / "policy.yaml", **frames)
    for name in ("plan", "hard_cap", "x", "y"):
        frames["schools"][name] = pd.to_numeric(frames["schools"][name])
    for name in ("applicants", "zones"):
        frames[name] = frames[name].replace("", np.nan).astype("string")
    found = District.from_frames(town / "policy.yaml", **frames)
    assert {s.school_id: (s.plan, s.hard_cap) for s in found.schools.values()} == {
        s.school_id: (s.plan, s.hard_cap) for s in expected.schools.values()
    }
    assert found.applicants == expected.applicants
    assert found.zones == expected.zones


def change(name: str, row: int, column: str, value: object) -> Callable[[Frames], None]:
    """Put a value into one cell."""

    def apply(frames: Frames) -> None:
        frames[name].loc[row, column] = value

    return apply


def drop(name: str, column: str) -> Callable[[Frames], None]:
    """Leave a column out."""
    return lambda frames: frames.__setitem__(name, frames[name].drop(columns=column))


def again(frames: Frames) -> None:
    """Repeat the first child at the end."""
    frames["applicants"] = pd.concat([frames["applicants"], frames["applicants"].head(1)], ignore_index=True)


CASES: dict[str, list[Callable[[Frames], None]]] = {
    "a zone that is none": [change("applicants", 0, "zone", "z99")],
    "several at once": [
        change("applicants", 1, "status", "perhaps"), change("applicants", 7, "category", "Q"),
        change("schools", 0, "plan", "-1"), change("zones", 0, "school_id", "nowhere"),
    ],
    "a card number": [change("applicants", 2, "applicant_id", "152301201701010011")],
    "a formula": [change("applicants", 3, "name", "=1+1")],
    "the same child twice": [again],
    "a missing column": [drop("schools", "hard_cap")],
    "a missing id": [change("applicants", 4, "applicant_id", "")],
    "no rows": [lambda frames: frames.__setitem__("zones", frames["zones"].head(0))],
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_frames_have_the_faults_that_files_have(case: str, town: Path, tmp_path: Path) -> None:
    """Code, row, column, value and words are the same; the frame has the name of its parameter."""
    frames = frames_of(town)
    for apply in CASES[case]:
        apply(frames)
    policy = town / "policy.yaml"
    folder = written(frames, policy, tmp_path / "files")
    found = faults(lambda: District.from_frames(policy, **frames))
    assert found == faults(lambda: read_district(folder))
    assert {fault.file for fault in found} <= {"applicants", "schools", "zones"}


def test_ids_as_numbers_and_other_types_are_refused(town: Path) -> None:
    """A number has lost its leading zeros, a date is no text, and a list is no frame."""
    frames = frames_of(town)
    frames["zones"]["zone"] = range(len(frames["zones"]))
    frames["applicants"]["sex"] = pd.Timestamp("2023-05-01")
    found = faults(lambda: District.from_frames(town / "policy.yaml", **frames))
    assert {(f.file, f.column, f.code) for f in found if f.row == 2} >= {
        ("zones", "zone", "sheet.number_in_text"), ("applicants", "sex", "sheet.wrong_type")
    }  # fmt: skip
    told = faults(lambda: District.from_frames(town / "policy.yaml", frames["applicants"], [], frames["zones"]))
    assert told == [Fault("frame.expected", "schools", value="list")]


def test_the_policy_and_the_draw_are_judged_as_well(town: Path, tmp_path: Path) -> None:
    """A missing policy is told with the faults of the frames; a seed must be one."""
    frames = frames_of(town)
    change("applicants", 0, "zone", "z99")(frames)
    found = faults(lambda: District.from_frames(tmp_path / "none.yaml", **frames))
    assert [(f.file, f.code) for f in found] == [("applicants", "zone.unknown"), ("none.yaml", "file.missing")]
    with pytest.raises(ValueError, match="trial_seed"):
        District.from_frames(town / "policy.yaml", **frames_of(town), trial_seed=-1)


def test_a_district_is_shown_in_one_line(town: Path) -> None:
    """And the domain alone loads no pandas for it."""
    district = read_district(town)
    shown = repr(replace(district, policy=replace(district.policy, title=Text("x" * 999, ""))))
    assert shown.startswith("<District ")
    assert "60 children" in shown
    assert len(shown) < 100
    code = "import sys, allocator.domain; allocator.domain.District.from_frames; sys.exit('pandas' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
