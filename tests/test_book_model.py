"""The case book through the strict model: the folders, the first path, and each refill by its definition."""

from __future__ import annotations

import pytest

from allocator.models.book import play
from tests.book_folders import FOLDERS, season


@pytest.mark.parametrize("name", FOLDERS)
def test_a_season_ends_as_expected(name: str) -> None:
    """Outcome of every event, journal byte for byte, head and assignment equal the expected files."""
    given = season(name)
    played = play(given.district, given.events)
    assert played.outcomes == given.outcomes
    assert played.journal == given.journal
    assert (played.head, tuple(row[:5] for row in played.rows)) == (given.head, given.rows)
