"""What follows the placement: head teachers draw their class, late children join one (class-procedure.md section 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from allocator.domain import ClassRow, LateChild, LateRow, Team, TeamRow, YearGroup


def classes_of_teams(seedhex: str, teams: Iterable[Team]) -> tuple[TeamRow, ...]:
    """Return the class of every staff team: 1, 2, … in the order of their tickets, each school and track by itself."""
    drawn: dict[tuple[str, str], list[tuple[str, Team]]] = defaultdict(list)
    for team in teams:
        words = f"{seedhex}|teams/{team.school_id}/{team.track}|{team.team_id}"
        drawn[team.school_id, team.track].append((sha256(words.encode("ascii")).hexdigest(), team))
    return tuple(
        TeamRow(*team, number)
        for where in sorted(drawn)
        for number, (_, team) in enumerate(sorted(drawn[where]), start=1)
    )


def place_late(
    groups: Iterable[YearGroup], seedhex: str, placed: Iterable[ClassRow], late: Iterable[LateChild]
) -> tuple[LateRow, ...]:
    """Return the class of every late child, by id; nobody else moves.

    Parameters
    ----------
    groups : iterable of YearGroup
        Roster and number of classes.
    placed : iterable of ClassRow
        The placement that they join; of every school and track of a late child.
    """
    sexes = {pupil.pupil_id: pupil.sex for group in groups for pupil in group.pupils}
    rooms = {
        (group.school_id, group.track): [{"F": 0, "M": 0} for _ in range(group.classes)] for group in groups
    }
    for row in placed:
        rooms[row.school_id, row.track][row.class_number - 1][sexes[row.pupil_id]] += 1
    arrivals: dict[tuple[str, str, int], list[LateChild]] = defaultdict(list)
    for child in late:
        arrivals[child.school_id, child.track, child.arrival].append(child)
    rows = []
    for (school, track, number), children in sorted(arrivals.items()):
        there, start = rooms[school, track], f"{seedhex}|late/{school}/{track}/{number}|class-"
        keys = [
            (sum(count.values()), sum(count[child.sex] for child in children),
             sha256(f"{start}{at:02}".encode("ascii")).hexdigest(), at)
            for at, count in enumerate(there, start=1)
        ]  # fmt: skip
        chosen = min(keys)[-1]
        for child in children:
            there[chosen - 1][child.sex] += 1
            rows.append(LateRow(child.pupil_id, school, track, chosen, number))
    return tuple(sorted(rows))
