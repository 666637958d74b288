"""Whatever the policy, every child can be explained: kinds of phases in any order, every switch, every key."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from allocator.district_folder import frozen_folder_faults
from allocator.engines import solve
from allocator.explanation.party import KnownParty
from allocator.explanation.reader import Record
from allocator.explanation.story.telling import Story
from allocator.ground import Language
from allocator.record import Retelling, derive_trace
from allocator.reporting import summarise_run
from tests.any_district import any_district
from tests.written_folders import read_again

LANGUAGES: tuple[Language, ...] = ("zh", "en")
UNFILLED = re.compile(r"[{}]|\bNone\b(?! of)")


def told(seed: int, parties: int, folder: Path) -> int:
    """Explain every child of a random district in both languages; returns how many explanations there were."""
    made = any_district(seed, parties)
    district = replace(read_again(made, folder), draw=made.draw)
    if frozen_folder_faults(district):
        return 0
    rows = solve(district).rows
    by_id = {child.applicant_id: (child, row) for child, row in zip(district.applicants, rows, strict=True)}
    summary, found = summarise_run(Retelling(district, rows)), derive_trace(Retelling(district, rows))
    parties_told = {event.party: event.children or (event.party,) for event in found}
    for name, ids in parties_told.items():
        events = tuple(event for event in found if event.party == name)
        party = KnownParty(district.policy, district.schools, district.zones, tuple(by_id[child][0] for child in ids))
        zh, en = (
            list(Story(Record(by_id[name][1], events, summary, party), name, language).lines())
            for language in LANGUAGES
        )
        assert len(zh) == len(en)
        assert not UNFILLED.search("\n".join(zh + en))
        assert ("该组多胞胎" in zh[0]) == (len(ids) > 1)
        wishes = party.lead.preferred_diversion
        assert len([line for line in en if line.startswith("Diversion wish no.")]) == len(wishes)
    return len(parties_told)


def test_every_child_of_any_policy_can_be_explained(tmp_path: Path) -> None:
    """No key, switch or phase leaves an explanation without words; both languages say as many lines."""
    assert sum(told(seed, 6, tmp_path / "town") for seed in range(40)) > 60


@pytest.mark.long
def test_every_child_of_any_policy_can_be_explained_long(tmp_path: Path) -> None:
    """The same for many more and larger districts."""
    for seed in range(40, 500):
        told(seed, 9, tmp_path / "town")
