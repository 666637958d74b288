"""What CP-SAT proves of demands on classes: smallest cases, all placements of small groups enumerated, large ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product

import pytest

from allocator.classes import first_placed
from allocator.domain import Pupil, YearGroup
from allocator.models.classes import smallest_unmet, state_demands, too_large_crowd
from allocator.models.limit import Limit
from tests.class_cases import random_group


def group_of(classes: int, *pupils: Pupil) -> YearGroup:
    """Return a year group of these pupils."""
    return YearGroup("s", "day", classes, None, pupils)


def girls(*apart: Sequence[str], score: int | None = None) -> list[Pupil]:
    """Return girls, each in these groups apart."""
    return [Pupil(f"g{n}", "F", score, "", tuple(names)) for n, names in enumerate(apart)]


def test_without_demands_everything_can_be_met() -> None:
    """Sizes and sexes alone; without scores nothing is said of a spread."""
    assert state_demands(group_of(2, *girls((), (), ()))) == (True, None, None, None)
    assert state_demands(group_of(2, *girls((), (), ()))).proven


def test_more_children_apart_than_classes() -> None:
    """The smallest case that cannot be met: the one group is named."""
    found = state_demands(group_of(2, *girls(("A",), ("A", "B"), ("A", "B"))))
    assert found.proven
    assert found == (False, ("A",), None, None)


def test_pairs_that_cannot_be_met_together() -> None:
    """Four children each apart from each in three classes: all six pairs are needed, and no decoy is named."""
    pairs = list(combinations(range(4), 2))
    own = [[f"P{a}{b}" for a, b in pairs if n in (a, b)] for n in range(4)]
    decoys = [[f"D{n // 2}"] for n in range(6)]
    found = state_demands(group_of(3, *girls(*own, *decoys)))
    assert found.unmet == tuple(sorted(f"P{a}{b}" for a, b in pairs))


def test_bundles_that_cannot_be_met() -> None:
    """Two girls together and two boys in two classes: no group apart is to blame."""
    twins = [Pupil(f"g{n}", "F", None, "B") for n in range(2)]
    assert state_demands(group_of(2, *twins, Pupil("m0", "M"), Pupil("m1", "M"))) == (False, (), None, None)


def test_the_least_spread_of_four() -> None:
    """4, 3, 2, 1 in two classes can be even; 9 and 5 cannot be nearer than 4."""
    four = [Pupil(f"g{n}", "F", score) for n, score in enumerate((400, 300, 200, 100))]
    assert state_demands(group_of(2, *four)) == (True, None, Fraction(0), Fraction(0))
    two = [Pupil(f"g{n}", "F", score) for n, score in enumerate((900, 500))]
    assert state_demands(group_of(2, *two)) == (True, None, Fraction(400), Fraction(400))


def placements(group: YearGroup, apart: Sequence[str]) -> Iterator[list[list[Pupil]]]:
    """Give all placements that meet the demands, some groups apart among them."""
    for numbers in product(range(group.classes), repeat=len(group.pupils)):
        classes = [[p for p, c in zip(group.pupils, numbers, strict=True) if c == n] for n in range(group.classes)]
        if all(_even(classes, sexes) for sexes in ("F", "M", "FM")) and _kept(classes, apart):
            yield classes


def _even(classes: Sequence[Sequence[Pupil]], sexes: str) -> bool:
    sizes = [sum(pupil.sex in sexes for pupil in members) for members in classes]
    return max(sizes) - min(sizes) <= 1


def _kept(classes: Sequence[Sequence[Pupil]], apart: Sequence[str]) -> bool:
    homes: dict[str, set[int]] = {}
    for number, members in enumerate(classes):
        names = [name for pupil in members for name in pupil.apart if name in apart]
        if len(set(names)) < len(names):
            return False
        for pupil in members:
            if pupil.together:
                homes.setdefault(pupil.together, set()).add(number)
    return all(len(found) == 1 for found in homes.values())


def spread(classes: Sequence[Sequence[Pupil]]) -> Fraction:
    """Return the largest mean minus the smallest."""
    scores = [[p.score for p in members if p.score is not None] for members in classes]
    means = [Fraction(sum(some), len(some)) for some in scores if some]
    return max(means) - min(means)


def small_group(seed: int) -> YearGroup:
    """Return five to eight children with many demands and few different scores."""
    drawn = random.Random(seed)
    classes = drawn.choice((2, 2, 3))
    pupils = []
    for n in range(drawn.randint(5, 8 if classes == 2 else 6)):
        names = tuple(name for name in "ABCDE" if drawn.random() < 0.3)
        bundle = "" if drawn.random() < 0.7 else "T"
        score = None if drawn.random() < 0.1 else 100 * drawn.randint(0, 9)
        pupils.append(Pupil(f"p{n}", drawn.choice("FM"), score, bundle, names))
    return group_of(classes, *pupils)


@pytest.mark.parametrize("seed", range(25))
def test_against_all_placements(seed: int) -> None:
    """Whether demands can be met, the size of the smallest set that cannot, and the least spread, by enumeration."""
    group = small_group(seed)
    names = sorted({name for pupil in group.pupils for name in pupil.apart})
    found, all_of_them = state_demands(group), list(placements(group, names))
    assert found.can_be_met == bool(all_of_them)
    if found.can_be_met:
        if any(pupil.score is not None for pupil in group.pupils):
            least = min(map(spread, all_of_them))
            assert found.bound is not None
            assert found.spread == least
            assert found.bound <= least
        return
    assert found.unmet is not None
    assert not any(placements(group, found.unmet))
    for smaller in combinations(names, len(found.unmet) - 1) if found.unmet else ():
        assert any(placements(group, smaller))


@pytest.mark.parametrize("seed", range(2))
def test_the_least_spread_of_a_school_is_proven(seed: int) -> None:
    """60 children in 3 classes: bound and spread are equal, and no deal comes nearer."""
    group = random_group(seed, 60, 3, groups=4, bundles=2)
    found = state_demands(group)
    assert found.proven
    assert found.spread is not None
    dealt = first_placed(group, "0" * 64)
    assert dealt is not None
    assert dealt.spread() >= found.spread


def test_a_search_without_time_says_that_nothing_is_known() -> None:
    """Nothing is claimed that was not proven."""
    group = group_of(2, *girls(("A",), ("A",), ("A",)))
    assert state_demands(group, Limit(0.0)) in ((None, None, None, None), (False, None, None, None))
    assert smallest_unmet(group, Limit(0.0)) is None


def crowd_of(children: int, classes: int, pupils: int, *, in_pairs: bool) -> YearGroup:
    """Return a year group of whom some children are each apart from each: by pairs, or by three overlapping groups."""
    names: dict[int, list[str]] = {n: [] for n in range(pupils)}
    halves = [range(n, children, 3) for n in range(3)]
    groups = combinations(range(children), 2) if in_pairs else ((*a, *b) for a, b in combinations(halves, 2))
    for number, members in enumerate(groups):
        for n in members:
            names[n].append(f"G{number:03}")
    return group_of(classes, *(Pupil(f"p{n:04}", "FM"[n % 2], None, "", tuple(own)) for n, own in names.items()))


@pytest.mark.parametrize(("children", "in_pairs", "groups"), [(23, False, 3), (8, True, 28)])
def test_a_crowd_is_too_large_for_the_classes(children: int, in_pairs: bool, groups: int) -> None:
    """No group is larger than the classes, yet one child too many is apart from each: all are needed."""
    found = state_demands(crowd_of(children, children - 1, 300, in_pairs=in_pairs), Limit(20.0))
    assert found.proven
    assert found.unmet is not None
    assert len(found.unmet) == groups
    assert len(too_large_crowd(crowd_of(children, children - 1, 300, in_pairs=in_pairs))) == children
    assert too_large_crowd(crowd_of(children, children, 300, in_pairs=in_pairs)) == ()


@pytest.mark.long
def test_twenty_three_children_apart_by_pairs_in_twenty_two_classes() -> None:
    """All 253 pairs are needed, which is proven of each; a search by numbers alone found nothing in a minute."""
    found = state_demands(crowd_of(23, 22, 1_000, in_pairs=True), Limit(60.0))
    assert found.proven
    assert found.unmet is not None
    assert len(found.unmet) == 253
