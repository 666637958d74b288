"""The judgement of a placement in classes: demands by themselves, then the whole derivation (class-procedure.md)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from allocator.checking.classes.again import FailedAttemptError, class_mean, lot_of, seats_of_attempt, sharing
from allocator.domain import (
    MOST_ATTEMPTS,
    ClassPlacement,
    ClassRow,
    LateChild,
    LateRow,
    Pupil,
    Team,
    TeamRow,
    Violation,
    YearGroup,
)

Where = tuple[str, str]


def check_classes(groups: Sequence[YearGroup], seedhex: str, placement: ClassPlacement) -> list[Violation]:
    """Return everything that is wrong with a placement; empty for exactly the one that files and seed define.

    Parameters
    ----------
    groups : sequence of YearGroup
        Roster and number of classes, by school and track.
    seedhex : str
        SHA-256 of the transcript.
    """
    found = list(_wrong_order(placement))
    rows: dict[Where, list[ClassRow]] = defaultdict(list)
    for row in placement.rows:
        rows[row.school_id, row.track].append(row)
    stated = {row[:2]: row for row in placement.attempts}
    known = {(group.school_id, group.track) for group in groups}
    unknown = sorted((rows.keys() | stated.keys()) - known)
    found += [_wrong("group", "", school, track=track) for school, track in unknown]
    for group in groups:
        where = (group.school_id, group.track)
        if where not in stated:
            found.append(_wrong("attempts_missing", "", where[0], track=where[1]))
            continue
        if stated[where].classes != group.classes:
            found.append(_wrong("classes", "", where[0], track=where[1], expected=group.classes))
        found += _judge_group(group, seedhex, rows[where], stated[where].attempt)
    return found


def _wrong(code: str, child: str, school: str, **words: object) -> Violation:
    """Return a violation."""
    params = tuple((name, str(word)) for name, word in words.items())
    return Violation(f"check.classes.{code}", child, school, "", params)


def _wrong_order(placement: ClassPlacement) -> Iterator[Violation]:
    """Yield rows that do not stand in their order, and those that stand twice."""
    for one, other in pairwise(placement.rows):
        if one.pupil_id >= other.pupil_id:
            yield _wrong("order", other.pupil_id, other.school_id)
    for before, after in pairwise(placement.attempts):
        if before[:2] >= after[:2]:
            yield _wrong("order", "", after.school_id)


def _judge_group(
    group: YearGroup, seedhex: str, rows: Sequence[ClassRow], attempt: int | None
) -> Iterator[Violation]:
    """Judge one school and track."""
    school, track = group.school_id, group.track
    if attempt is None and rows:
        yield _wrong("rows_of_none", "", school, track=track)
    elif attempt is not None:
        wrong = list(_wrong_rows(group, rows))
        yield from wrong
        if wrong:
            return
        yield from _judge_demands(group, {row.pupil_id: row.class_number for row in rows})
    for number in range(1, min(MOST_ATTEMPTS, attempt or MOST_ATTEMPTS) + 1):
        try:
            seats = seats_of_attempt(group, seedhex, number)
        except FailedAttemptError:
            continue
        if attempt != number:
            yield _wrong("attempt", "", school, track=track, expected=number)
            return
        for row in rows:
            if seats[row.pupil_id] != row.class_number:
                yield _wrong("other_class", row.pupil_id, school, expected=seats[row.pupil_id], found=row.class_number)
        return
    if attempt is not None:
        yield _wrong("attempt_fails", "", school, track=track, attempt=attempt)


def _wrong_rows(group: YearGroup, rows: Sequence[ClassRow]) -> Iterator[Violation]:
    """Yield children without a class, those of other rosters, and classes that are not there."""
    pupils = {pupil.pupil_id for pupil in group.pupils}
    placed = [row.pupil_id for row in rows]
    for child in sorted(pupils - set(placed)):
        yield _wrong("missing", child, group.school_id)
    for child in sorted(set(placed) - pupils):
        yield _wrong("stranger", child, group.school_id)
    for row in rows:
        if not 1 <= row.class_number <= group.classes:
            yield _wrong("no_class", row.pupil_id, group.school_id, found=row.class_number)


def _judge_demands(group: YearGroup, seats: Mapping[str, int]) -> Iterator[Violation]:
    """Test the demands by themselves: sizes, girls, boys, bundles, groups apart, spread of means."""
    school, numbers = group.school_id, range(1, group.classes + 1)
    for kind, sexes in (("size", "FM"), ("girls", "F"), ("boys", "M")):
        count = Counter(seats[pupil.pupil_id] for pupil in group.pupils if pupil.sex in sexes)
        sizes = [count[number] for number in numbers]
        if max(sizes) - min(sizes) > 1:
            yield _wrong(f"uneven_{kind}", "", school, track=group.track, least=min(sizes), most=max(sizes))
    homes: dict[str, int] = {}
    for pupil in group.pupils:
        home = seats[pupil.pupil_id]
        if pupil.together and homes.setdefault(pupil.together, home) != home:
            yield _wrong("parted", pupil.pupil_id, school, bundle=pupil.together)
    for name, one, other in sharing(group.pupils, seats):
        yield _wrong("sharing", other, school, group=name, other=one)
    sitting: dict[int, list[Pupil]] = defaultdict(list)
    for pupil in group.pupils:
        sitting[seats[pupil.pupil_id]].append(pupil)
    means = [mean for members in sitting.values() if (mean := class_mean(members)) is not None]
    if group.mean_spread is not None and means and max(means) - min(means) > group.mean_spread:
        spread = f"{float(max(means) - min(means)) / 100:.4f}"
        yield _wrong("spread", "", school, track=group.track, found=spread, most=f"{group.mean_spread / 100:.2f}")


def check_teams(
    groups: Iterable[YearGroup], seedhex: str, teams: Iterable[Team], rows: Sequence[TeamRow]
) -> list[Violation]:
    """Return what is wrong with the classes that head teachers drew by their tickets (C104)."""
    waiting = list(teams)
    expected: set[TeamRow] = set()
    for group in groups:
        where = (group.school_id, group.track)
        draw_id = "teams/" + "/".join(where)
        own = [team for team in waiting if (team.school_id, team.track) == where]
        own.sort(key=lambda team, d=draw_id: lot_of(seedhex, f"{d}|{team.team_id}"))  # type: ignore[misc]
        expected |= {TeamRow(*team, number) for number, team in enumerate(own, start=1)}
    wrong = sorted(set(rows) ^ expected)
    return [_wrong("team", "", r.school_id, track=r.track, team=r.team_id, found=r.class_number) for r in wrong]


def check_late(
    groups: Iterable[YearGroup], seedhex: str, placed: Iterable[ClassRow], late: Iterable[LateChild],
    rows: Sequence[LateRow],
) -> list[Violation]:  # fmt: skip
    """Return what is wrong with the classes of late arrivals (C107).

    Parameters
    ----------
    placed : iterable of ClassRow
        The placement that they join.
    """
    classes = {(group.school_id, group.track): group.classes for group in groups}
    sex = {pupil.pupil_id: pupil.sex for group in groups for pupil in group.pupils}
    there: dict[Where, list[tuple[int, str]]] = defaultdict(list)
    for row in placed:
        there[row.school_id, row.track].append((row.class_number, sex[row.pupil_id]))
    arrivals: dict[tuple[str, str, int], list[LateChild]] = defaultdict(list)
    for child in late:
        arrivals[child.school_id, child.track, child.arrival].append(child)
    expected: set[LateRow] = set()
    for (school, track, number), children in sorted(arrivals.items()):
        sitting = there[school, track]
        keys = []
        for c in range(1, classes[school, track] + 1):
            alike = sum(1 for child in children for pair in sitting if pair == (c, child.sex))
            lot = lot_of(seedhex, f"late/{school}/{track}/{number}|class-{c:02d}")
            keys.append((sum(there_c == c for there_c, _ in sitting), alike, lot, c))
        home = min(keys)[3]
        sitting += [(home, child.sex) for child in children]
        expected |= {LateRow(child.pupil_id, school, track, home, number) for child in children}
    return [_wrong("late", r.pupil_id, r.school_id, found=r.class_number) for r in sorted(set(rows) ^ expected)]
