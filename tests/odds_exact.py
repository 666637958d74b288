"""Exact odds of tiny districts: every order of tickets in every draw, and every resampling of the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from itertools import permutations, product
from math import factorial

import numpy as np

from allocator.domain import Applicant, District, Ints
from allocator.eligibility import Instance, eligible_parties, make_instance
from allocator.lottery import ticket_word
from allocator.planning.draws import ADJUSTED_TO, AT_EXTERNAL, DIVERTED_TO, RULING, SEATED, Outcome, simulation_outcome
from allocator.planning.odds.count import Fate
from allocator.planning.odds.kinds import ChildKind, kinds_of
from allocator.procedure import run_all_phases

Exact = dict[tuple[ChildKind, Fate], Fraction]

MOST = 1_000
"""Ways in which the draws of a district may fall before enumeration is given up."""


@dataclass
class ListedLots:
    """Lots by a list of choices: the number of the permutation in each draw, in the order in which draws are asked for.

    ``asked`` counts the permutations there are in each; draws beyond the list take the first one.
    """

    instance: Instance
    choices: list[int]
    asked: list[int] = field(default_factory=list)
    known: dict[str, dict[int, int]] = field(default_factory=dict)

    def rank(self, draw_id: str, those: Ints) -> Ints:
        """Return the rank of each of some parties; with one ticket a session all parties are ordered at once."""
        text = ticket_word(draw_id, self.instance.district.policy.switches.ticket_scope)
        if text not in self.known:
            everyone = range(self.instance.parties) if text != draw_id else those.tolist()
            self.known[text] = dict(zip(everyone, self._order(len(everyone)), strict=True))
        by_ticket = sorted(self.known[text][i] for i in those.tolist())
        return np.array([by_ticket.index(self.known[text][i]) for i in those.tolist()], dtype=np.int64)

    def _order(self, count: int) -> tuple[int, ...]:
        """The permutation chosen for the next draw."""
        at = len(self.asked)
        self.asked.append(factorial(count))
        self.choices += [0] * (at + 1 - len(self.choices))
        return _orders(count)[self.choices[at]]


@cache
def _orders(count: int) -> tuple[tuple[int, ...], ...]:
    """All permutations of so many parties."""
    return tuple(permutations(range(count)))


def every_outcome(instance: Instance, most: int = MOST) -> Iterator[tuple[Fraction, Outcome]]:
    """Give every way in which the draws can fall, with its probability; which are held may depend on earlier ones.

    Raises
    ------
    OverflowError
        If there are more ways than ``most``.
    """
    choices: list[int] = []
    for _ in range(most):
        lots = ListedLots(instance, list(choices))
        outcome = simulation_outcome(run_all_phases(instance, lots))
        weight = Fraction(1)
        for count in lots.asked:
            weight /= count
        yield weight, outcome
        choices = lots.choices[: len(lots.asked)]
        while choices and choices[-1] + 1 == lots.asked[len(choices) - 1]:
            choices.pop()
        if not choices:
            return
        choices[-1] += 1
    raise OverflowError


def result_of(instance: Instance, outcome: Outcome, party: int) -> Fate:
    """What one draw gives a party, by its standing."""
    ways = {SEATED: "seat", DIVERTED_TO: "diverted", ADJUSTED_TO: "adjusted", RULING: "needs_ruling"}
    standing = int(outcome.standing[party])
    if standing in (SEATED, DIVERTED_TO, ADJUSTED_TO):
        return Fate(ways[standing], instance.school_ids[outcome.seat[party]])
    return Fate("external" if standing == AT_EXTERNAL else ways.get(standing, "unplaced"))


def hits(district: District, most: int = MOST) -> tuple[Exact, Counter[ChildKind]]:
    """Expected parties of each kind that come to each result, and the parties of each kind."""
    instance = make_instance(district)
    kinds, of = kinds_of(instance)
    expected: Exact = {}
    for weight, outcome in every_outcome(instance, most):
        for party, kind in enumerate(of.tolist()):
            key = kinds[kind], result_of(instance, outcome, party)
            expected[key] = expected.get(key, Fraction(0)) + weight
    return expected, Counter(kinds[kind] for kind in of.tolist())


def exact(district: District, most: int = MOST) -> Exact:
    """Probability of each result by kind, the roster fixed."""
    expected, count = hits(district, most)
    return {(kind, result): value / count[kind] for (kind, result), value in expected.items()}


def exact_with_demand(district: District) -> Exact:
    """Probability of each result for a child that is of a kind, over all resamplings of the roster."""
    expected: Exact = {}
    count: Counter[ChildKind] = Counter()
    for roster in every_resampling(district):
        found, parties_of = hits(roster)
        count += parties_of
        for key, value in found.items():
            expected[key] = expected.get(key, Fraction(0)) + value
    return {(kind, result): value / count[kind] for (kind, result), value in expected.items()}


def every_resampling(district: District) -> Iterator[District]:
    """Give the rosters in which each party takes all but its ids from a party of its size; all equally likely."""
    by_id = {child.applicant_id: child for child in district.applicants}
    groups = [[by_id[name] for name in party.children] for party in eligible_parties(district.applicants)]
    sources = [[other for other in groups if len(other) == len(group)] for group in groups]
    for chosen in product(*sources):
        children: list[Applicant] = []
        for slots, source in zip(groups, chosen, strict=True):
            for slot, child in zip(slots, source, strict=True):
                children.append(child._replace(applicant_id=slot.applicant_id, bundle=slot.bundle))
        yield replace(district, applicants=tuple(sorted(children)))
