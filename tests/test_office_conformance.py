"""Both determinations on the conformance folders of the office's procedure, row for row."""

from __future__ import annotations

import pytest

from allocator.domain import Applicant, Determined, PrivateResult
from tests.determinations import DETERMINE, DRAW, Determine, Draw
from tests.office_folders import FOLDER, expected, load, names


def test_the_folders_are_there() -> None:
    """Twelve folders to determine, three private draws: none is passed over in silence."""
    assert (len(names(expected="determination")), len(names(expected="private-result"))) == (12, 3)


@pytest.mark.parametrize("determine", DETERMINE.values(), ids=DETERMINE)
@pytest.mark.parametrize("name", names(expected="determination"))
def test_determination_gives_the_expected_rows(name: str, determine: Determine) -> None:
    """Every child's row and the roster equal the expected files."""
    found = determine(load(FOLDER / name))
    assert found.rows == expected(FOLDER / name, "determination", Determined)
    assert found.roster == expected(FOLDER / name, "roster", Applicant)


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
@pytest.mark.parametrize("name", names(expected="private-result"))
def test_private_draw_gives_the_expected_rows(name: str, draw: Draw) -> None:
    """Winners and losers at the private schools equal the expected file."""
    seed = (FOLDER / name / "seed.txt").read_text("utf-8").strip()
    assert draw(load(FOLDER / name), seed) == expected(FOLDER / name, "private-result", PrivateResult)
