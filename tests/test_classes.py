"""The deal of pupils to classes and its checker: smallest examples, conformance, random rosters, slips, bias."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from allocator.checking.classes import check_classes, check_late, check_teams
from allocator.classes import DealAttempt, classes_of_teams, deal, first_placed, place_late, place_pupils
from allocator.domain import AttemptRow, ClassPlacement, ClassRow, LateChild, Pupil, Team, YearGroup
from tests.class_cases import FOLDER, NAMES, random_group, seedhex, year_groups

SEED = "0" * 64


def group_of(classes: int, *pupils: Pupil, spread: int | None = None) -> YearGroup:
    """Return a year group of these pupils."""
    return YearGroup("s", "day", classes, spread, pupils)


def h(words: str) -> str:
    """Return H of section 2 under the seed of these tests."""
    return sha256(f"{SEED}|{words}".encode()).hexdigest()


def seats(attempt: DealAttempt) -> dict[str, int]:
    """Return the class of each pupil."""
    return {row.pupil_id: row.class_number for row in attempt.rows()}


def test_the_sequence_is_girls_from_the_best_then_boys_from_the_last() -> None:
    """Step 1: a missing score counts below every score; equal scores stand by ticket."""
    pupils = (
        Pupil("b1", "M", 300), Pupil("b2", "M", None), Pupil("b3", "M", 100),
        Pupil("g1", "F", None), Pupil("g2", "F", 0), Pupil("g3", "F", 900), Pupil("g4", "F", 900),
    )  # fmt: skip
    equal = sorted(("g3", "g4"), key=lambda name: h(f"classes/s/day/1|{name}"))
    found = [pupil.pupil_id for pupil in DealAttempt(group_of(2, *pupils), SEED, 1).pupils]
    assert found == [*equal, "g2", "g1", "b2", "b3", "b1"]


def test_a_block_goes_to_the_classes_in_the_order_of_their_tickets() -> None:
    """Step 2: class tickets have two digits and belong to school, track, attempt and block."""
    pupils = [Pupil(f"g{n}", "F", 900 - n) for n in range(6)]
    for number in (1, 2, 3):
        found = seats(DealAttempt(group_of(3, *pupils), SEED, number))
        for block in (1, 2):
            order = sorted((1, 2, 3), key=lambda c: h(f"classes/s/day/{number}/block-{block}|class-{c:02}"))
            assert [found[pupil.pupil_id] for pupil in pupils[3 * block - 3 : 3 * block]] == order


def test_a_short_last_block_goes_first_where_fewest_boys_are() -> None:
    """Step 2: three girls and two boys in two classes: the last boy never joins the first one."""
    pupils = [*(Pupil(f"g{n}", "F") for n in range(3)), *(Pupil(f"b{n}", "M") for n in range(2))]
    for number in range(1, 9):
        found = seats(DealAttempt(group_of(2, *pupils), SEED, number))
        assert found["b0"] != found["b1"]


def test_a_bundle_is_brought_together_or_the_attempt_fails() -> None:
    """Step 3: the other child follows in exchange for one of its sex in no bundle; with nobody left it fails."""
    free = [Pupil(f"g{n}", "F", 100 - n) for n in range(4)]
    twins = [pupil._replace(together="B") for pupil in free[:2]]
    dealt, moved = DealAttempt(group_of(2, *free), SEED, 1), DealAttempt(group_of(2, *twins, *free[2:]), SEED, 1)
    assert seats(dealt)["g0"] != seats(dealt)["g1"]
    stays = min(("g0", "g1"), key=lambda name: h(f"classes/s/day/1|{name}"))
    assert moved.failed == ""
    assert seats(moved)["g0"] == seats(moved)["g1"] == seats(dealt)[stays]
    others = [pupil._replace(together="C") for pupil in free[2:]]
    found = {DealAttempt(group_of(2, *twins, *others), SEED, n).failed for n in range(1, 9)}
    assert found == {"together"}  # the twins of each pair stand in one block and are always parted


def test_means_are_levelled_inside_a_block_or_the_attempt_fails() -> None:
    """Step 4: 4 and 2 against 3 and 1 become 3 and 2 against 4 and 1; a single pair cannot be mended."""
    pupils = [Pupil(f"g{n}", "F", score) for n, score in enumerate((400, 300, 200, 100))]
    means = {DealAttempt(group_of(2, *pupils), SEED, n).spread() for n in range(1, 9)}
    assert means == {0, 100}
    for number in range(1, 9):
        levelled = DealAttempt(group_of(2, *pupils, spread=50), SEED, number)
        assert levelled.failed == ""
        assert levelled.spread() == 0
    assert DealAttempt(group_of(2, *pupils[:2], spread=99), SEED, 1).failed == "level"
    assert DealAttempt(group_of(2, *pupils[:2], spread=100), SEED, 1).failed == ""  # equal is near enough


def test_children_apart_who_share_a_class_make_the_attempt_fail() -> None:
    """Step 5: of four girls in two classes, first and third are parted or the attempt fails."""
    pupils = [Pupil(f"g{n}", "F", 100 - n, "", ("N",) if n in (0, 2) else ()) for n in range(4)]
    for number in range(1, 9):
        attempt = DealAttempt(group_of(2, *pupils), SEED, number)
        assert (attempt.failed == "apart") == (seats(attempt)["g0"] == seats(attempt)["g2"])
    found = first_placed(group_of(2, *pupils), SEED)
    assert found is not None
    assert all(DealAttempt(group_of(2, *pupils), SEED, n).failed for n in range(1, found.number))


def test_where_every_attempt_fails_there_is_no_placement() -> None:
    """Three children apart in two classes: no row, an empty attempt; others stand."""
    apart = group_of(2, *(Pupil(f"a{n}", "F", None, "", ("N",)) for n in range(3)))
    good = YearGroup("t", "boarding", 1, None, (Pupil("x", "M"),))
    found = place_pupils([good, apart], SEED, 50)
    assert found == ClassPlacement(
        (ClassRow("x", "t", "boarding", 1),), (AttemptRow("s", "day", 2, None), AttemptRow("t", "boarding", 1, 1))
    )


@pytest.mark.parametrize("name", NAMES)
def test_conformance(name: str) -> None:
    """Placement and attempts are those of a separate program; the checker accepts them; rows may come in any order."""
    groups, folder = year_groups(FOLDER / name), FOLDER / name
    found = place_pupils(groups, seedhex(name))
    cells = [",".join(map(str, row)) for row in found.rows]
    assert ["id,school_id,track,class", *cells] == (folder / "placement.csv").read_text().splitlines()
    cells = [",".join(map(str, row)) for row in found.attempts]
    assert ["school_id,track,classes,attempt", *cells] == (folder / "attempts.csv").read_text().splitlines()
    assert check_classes(groups, seedhex(name), found) == []
    backwards = [group._replace(pupils=group.pupils[::-1]) for group in reversed(groups)]
    assert place_pupils(backwards, seedhex(name)) == found


def agree(seed: int) -> None:
    """Procedure and checker agree on a random roster."""
    drawn = random.Random(seed)
    classes = drawn.randint(1, 6)
    pupils = classes * drawn.randint(2, 12) + drawn.randrange(classes)
    group = random_group(
        seed, pupils, classes, groups=drawn.randrange(3), bundles=drawn.randrange(3),
        missing=drawn.choice((0, 0.2, 1)), spread=drawn.choice((None, 200, 1500, 4000)),
        deviation=drawn.choice((3, 45)),
    )  # fmt: skip
    found = place_pupils([group], f"{seed:064x}", 40)
    if found.attempts[0].attempt is not None:
        assert check_classes([group], f"{seed:064x}", found) == []


@pytest.mark.parametrize("seed", range(60))
def test_random_rosters(seed: int) -> None:
    """Two programs from one page: the same placement, or at least no accepted one that is wrong."""
    agree(seed)


@pytest.mark.long
def test_more_random_rosters() -> None:
    """Three thousand more."""
    for seed in range(1_000, 4_000):
        agree(seed)


@pytest.mark.long
def test_the_checker_finds_that_nothing_can_be_placed() -> None:
    """All ten thousand attempts are made again; one that would do is named."""
    apart = group_of(2, *(Pupil(f"a{n}", "F", None, "", ("N",)) for n in range(3)))
    none = ClassPlacement((), (AttemptRow("s", "day", 2, None),))
    assert check_classes([apart], SEED, none) == []
    fine = group_of(2, *(pupil._replace(apart=()) for pupil in apart.pupils))
    assert [violation.code for violation in check_classes([fine], SEED, none)] == ["check.classes.attempt"]


MUTANTS = (
    ('pupil.sex == "F"\n            drawn', 'pupil.sex == "M"\n            drawn'),
    ("-known if girl else known", "-known"),
    ("-1 if pupil.score is None", "10**9 if pupil.score is None"),
    ('{number + 1:02}") for number', '{number + 1}") for number'),
    ("/block-{block}", "/block-{block - 1}"),
    ("(boys[one], tickets[one])", "tickets[one]"),
    ('boys[number] += pupil.sex == "M"', "boys[number] += 1"),
    ("sorted(range(n), key=tickets.__getitem__)\n            for", "list(range(n))\n            for"),
    ("key=self.tickets.__getitem__):\n            if self", "key=str):\n            if self"),
    ("pupil.sex == sex and not pupil.together", "not pupil.together"),
    ("pupil.sex == sex and not pupil.together", "pupil.sex == sex"),
    ("abs(other - at)", "other"),
    ("<= self.group.mean_spread", "<= self.group.mean_spread / 2"),
    ("MOST_EXCHANGES = 1_000", "MOST_EXCHANGES = 1"),
    ("one // n, self", "0, self"),
    ("pupil.score is not None and not pupil.together:", "pupil.score is not None:"),
    ("if not seen.isdisjoint(product(pupil.apart, [number])):", "if False:"),
)  # fmt: skip
"""Passages of the deal, and what a slip would make of them."""


@dataclass
class _Slip:
    """A deal with a slip in it."""

    place_pupils: Callable[[Sequence[YearGroup], str, int], ClassPlacement]


def with_slip(right: str, wrong: str) -> _Slip:
    """Return the deal in which a passage is replaced, everywhere it stands."""
    source = Path(deal.__file__).read_text(encoding="utf-8")
    assert right in source
    names: dict[str, Any] = {"__name__": deal.__name__}
    exec(compile(source.replace(right, wrong), deal.__file__, "exec"), names)
    return _Slip(names["place_pupils"])


@pytest.mark.parametrize("slip", MUTANTS, ids=lambda slip: slip[1].split("\n")[0][:40])
def test_slips_of_the_deal_are_caught(slip: tuple[str, str]) -> None:
    """Whatever is dealt otherwise than the page says, the checker finds on some roster."""
    wrong = with_slip(*slip)
    cases = [(year_groups(FOLDER / name), seedhex(name)) for name in NAMES]
    cases += [
        ([random_group(n, 41, 4, groups=2, bundles=3, missing=0.1, spread=600)], f"{n:064x}") for n in range(6)
    ]
    for groups, seed in cases:
        found = wrong.place_pupils(groups, seed, 60)
        if any(row.attempt is None for row in found.attempts):
            groups = [g for g, row in zip(sorted(groups), found.attempts, strict=True) if row.attempt is not None]
            found = found._replace(attempts=tuple(row for row in found.attempts if row.attempt is not None))
        if check_classes(groups, seed, found):
            return
    pytest.fail("nothing was found")


Rows: TypeAlias = list[ClassRow]
Attempts: TypeAlias = list[AttemptRow]


def _exchange(rows: Rows, _: Attempts) -> None:
    at = _other_class(rows)
    one, other = rows[0].class_number, rows[at].class_number
    rows[0], rows[at] = rows[0]._replace(class_number=other), rows[at]._replace(class_number=one)


def _move(rows: Rows, _: Attempts) -> None:
    rows[0] = rows[0]._replace(class_number=rows[_other_class(rows)].class_number)


def _other_class(rows: Rows) -> int:
    """Return where a child of the same school and another class stands."""
    first = rows[0]
    return next(n for n, row in enumerate(rows) if row[1:3] == first[1:3] and row.class_number != first.class_number)


def _attempt(**values: int | None) -> Callable[[Rows, Attempts], None]:
    """Return what states the first attempt otherwise."""
    return lambda _, attempts: attempts.__setitem__(0, attempts[0]._replace(**values))  # type: ignore[arg-type]


CHANGES: dict[str, Callable[[Rows, Attempts], None]] = {
    "other_class": _exchange,
    "other_class ": _move,
    "attempt": _attempt(attempt=7),
    "rows_of_none": _attempt(attempt=None),
    "classes": _attempt(classes=5),
    "missing": lambda rows, _: rows.__delitem__(0),
    "order": lambda rows, _: rows.insert(0, rows[0]),
    "order ": lambda rows, _: rows.reverse(),
    "stranger": lambda rows, _: rows.append(rows[-1]._replace(pupil_id="ZZZ")),
    "no_class": lambda rows, _: rows.__setitem__(0, rows[0]._replace(class_number=0)),
    "attempts_missing": lambda _, attempts: attempts.__delitem__(0),
    "group": lambda _, attempts: attempts.append(AttemptRow("zzz", "day", 1, 1)),
}
"""What somebody changes afterwards, by the code with which it is found."""


@pytest.mark.parametrize("code", CHANGES)
def test_a_changed_placement_is_told(code: str) -> None:
    """Every change of published rows has its name."""
    groups, seed = year_groups(FOLDER / "01"), seedhex("01")
    placement = place_pupils(groups, seed)
    rows, attempts = list(placement.rows), list(placement.attempts)
    CHANGES[code](rows, attempts)
    found = check_classes(groups, seed, ClassPlacement(tuple(rows), tuple(attempts)))
    assert f"check.classes.{code.strip()}" in {violation.code for violation in found}


def test_demands_are_tested_by_themselves() -> None:
    """A placement by ids breaks every demand, and each is named."""
    group = YearGroup("s", "day", 2, 100, (
        Pupil("a", "F", 500, "B", ("N",)), Pupil("b", "F", 400, "", ("N",)), Pupil("c", "F", 300),
        Pupil("d", "F", 0, "B"), Pupil("e", "M", 0), Pupil("f", "M", 0),
    ))  # fmt: skip
    rows = tuple(ClassRow(pupil.pupil_id, "s", "day", 1 if pupil.pupil_id < "d" else 2) for pupil in group.pupils)
    found = check_classes([group], SEED, ClassPlacement((*rows[:5], rows[5]._replace(class_number=2)), (
        AttemptRow("s", "day", 2, 1),
    )))  # fmt: skip
    codes = {violation.code.removeprefix("check.classes.") for violation in found}
    assert {"uneven_girls", "uneven_boys", "parted", "sharing", "spread"} <= codes


def bias(seeds: int) -> float:
    """Return by how many standard errors a child's share of a class is off at most: 23 children in 4 classes."""
    group = random_group(3, 23, 4, groups=3, bundles=2, missing=0.1, spread=3000)
    count: Counter[tuple[str, int]] = Counter()
    for seed in range(seeds):
        found = first_placed(group, sha256(f"bias {seed}".encode()).hexdigest())
        assert found is not None
        count.update((row.pupil_id, row.class_number) for row in found.rows())
    error = sqrt(seeds * 0.25 * 0.75)
    return max(abs(count[pupil.pupil_id, c] - seeds / 4) / error for pupil in group.pupils for c in range(1, 5))


def test_each_child_is_as_likely_in_each_class() -> None:
    """Under 600 seeds no share is off by more than 4.5 standard errors."""
    assert bias(600) < 4.5


@pytest.mark.long
def test_each_child_is_as_likely_in_each_class_under_many_seeds() -> None:
    """The same under 20,000 seeds."""
    assert bias(20_000) < 4.5


def test_head_teachers_draw_their_class() -> None:
    """The team with the smallest ticket has class 1, each school and track by itself (C104)."""
    groups = [group_of(2, Pupil("a", "F"), Pupil("b", "F")), YearGroup("t", "boarding", 1, None, (Pupil("c", "M"),))]
    teams = [Team("s", "day", "T1"), Team("t", "boarding", "T3"), Team("s", "day", "T2")]
    first, second = sorted(("T1", "T2"), key=lambda name: h(f"teams/s/day|{name}"))
    found = classes_of_teams(SEED, teams)
    assert found == (("s", "day", first, 1), ("s", "day", second, 2), ("t", "boarding", "T3", 1))
    assert check_teams(groups, SEED, teams, found) == []
    swapped = (found[0]._replace(team_id=second), found[1]._replace(team_id=first), found[2])
    assert len(check_teams(groups, SEED, teams, swapped)) == 4


def test_a_late_child_joins_the_smallest_class() -> None:
    """Fewest children, then fewest of its sex, then the smallest ticket; twins arrive as one (C107)."""
    group = group_of(2, *(Pupil(f"{sex}{n}", sex) for sex in "FM" for n in range(2)))
    placed = [ClassRow(name, "s", "day", number) for name, number in (("F0", 1), ("F1", 1), ("M0", 2), ("M1", 2))]
    late = [LateChild(2, "L2", "s", "day", "F"), LateChild(1, "L1", "s", "day", "F")]
    found = place_late([group], SEED, placed, late)
    assert found == (("L1", "s", "day", 2, 1), ("L2", "s", "day", 1, 2))  # no girl in 2; then 1 has fewer children
    twins = [LateChild(1, name, "s", "day", sex, "B") for name, sex in (("L3", "M"), ("L4", "F"))]
    (first, second) = place_late([group], SEED, placed, twins)
    number = min((1, 2), key=lambda c: h(f"late/s/day/1|class-{c:02}"))
    assert first.class_number == second.class_number == number
    assert check_late([group], SEED, placed, late, found) == []
    assert check_late([group], SEED, placed, late, (found[0]._replace(class_number=1), found[1])) != []
