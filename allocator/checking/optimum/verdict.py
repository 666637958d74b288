"""Is a list the planning optimum? Judged from the list, and from prices that anyone can check (planning.md 4 to 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from allocator.checking.optimum.components import Component, group_into_components
from allocator.checking.optimum.feasibility import Feasibility
from allocator.checking.optimum.losses import Losses, has_gaining_chain
from allocator.checking.optimum.search import BudgetSpentError, search_least_loss
from allocator.checking.optimum.values import Values, seats_for_values
from allocator.domain import District, Violation

BUDGET = 200_000
"""States visited in a component before it rests on the solver's word."""

MOST_NAMED = 10
"""Schools named in a message."""

Word = tuple[tuple[str, ...], int]
"""Schools of a component, sorted, and its gap."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What ``certificate.json`` says (planning.md section 6).

    Attributes
    ----------
    claim : str
        ``optimal``, or ``bound`` where a time limit or an interruption ended the search.
    use_hard_cap : bool
        Whether the seats are the hard caps instead of the plans.
    prices : Mapping[str, int]
        Price of every own school, whole, 0 or more, in the unit of the weights; anything else is reported.
    solver_word : tuple of (tuple of str, int)
        Components that the solver alone has solved: schools, sorted, and gap.
    """

    claim: str
    use_hard_cap: bool
    prices: Mapping[str, int]
    solver_word: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class OptimumVerdict:
    """What the checker finds.

    Attributes
    ----------
    violations : tuple of Violation
        Everything that is wrong; empty if the claim is accepted.
    objective, bound, gap : int
        Value of the list, the number that no list exceeds by these prices, and the difference; a gap of -1 means that
        list or prices are not in order, and then none of the numbers says anything.
    width : int
        Width of the cores (planning.md section 5); 0 where the gap is 0 or was not to be closed.
    searched : int
        Components with a gap of which the search has shown that they cannot lose less.
    on_word : tuple of (tuple of str, int)
        Components that rest on the solver's word: schools and gap.
    """

    violations: tuple[Violation, ...]
    objective: int
    bound: int
    gap: int
    width: int
    searched: int
    on_word: tuple[Word, ...]


def check_optimum(
    district: District, placed: Mapping[str, str], certificate: Certificate, budget: int = BUDGET
) -> OptimumVerdict:
    """Judge a list and the claim made for it (planning.md section 6).

    Parameters
    ----------
    district : District
        Its policy has a block ``planning``; its draw is not looked at.
    placed : Mapping[str, str]
        School of every child, empty for no seat; the external school of a child that leaves.

    Raises
    ------
    ValueError
        If the policy has no weights, or a metre has a weight and a home or a school in its reach has no coordinates.
    """
    values, seats = Values(district), seats_for_values(district, certificate.use_hard_cap)
    list_ = Feasibility(district, values, placed, seats)
    wrong = (*list_.violations, *_wrong_prices(district, certificate.prices, values.own))
    if wrong:
        return OptimumVerdict(wrong, -1, -1, -1, 0, 0, ())
    prices = [certificate.prices[school] for school in values.own]
    losses = Losses(values, prices, [seats[school] for school in values.own], list_.at)
    gap = losses.bound - losses.objective
    verdict = OptimumVerdict((), losses.objective, losses.bound, gap, 0, 0, ())
    if not gap or certificate.claim == "bound":
        return verdict
    return _closed(district, losses, certificate, budget, verdict)


def _wrong_prices(district: District, prices: Mapping[str, object], own: tuple[str, ...]) -> Iterator[Violation]:
    """Schools without a price, prices without a school, and prices that are no whole number of 0 or more."""
    for school in sorted({*own, *prices}):
        price = prices.get(school)
        # a truth value counts as a number in Python, and in no certificate
        whole = isinstance(price, int) and not isinstance(price, bool) and price >= 0
        if not whole or school not in own:
            shown = "" if school not in prices else str(price)[:40]
            params = (("price", shown),)
            yield Violation("check.price_wrong", "", school, district.policy.unplaced_clause, params)


def _closed(
    district: District, losses: Losses, certificate: Certificate, budget: int, verdict: OptimumVerdict
) -> OptimumVerdict:
    """Close the gap by searching every component that has one."""
    groups, clause = group_into_components(losses), district.policy.unplaced_clause
    violations: list[Violation] = []
    on_word: list[Word] = []
    searched = 0
    for component in groups.components():
        word = tuple(losses.values.own[school] for school in component.schools), component.gap
        try:
            least = _least(component, losses, budget)
        except BudgetSpentError:
            if word in certificate.solver_word:
                on_word.append(word)
            else:
                violations.append(_told("check.optimum_unproven", word, clause, gap=str(component.gap)))
            continue
        if least is None:
            searched += 1
        else:
            violations.append(_told("check.optimum_better", word, clause, more=str(component.gap - least)))
    if on_word and not violations and has_gaining_chain(losses):  # whatever is said of bundles, this needs none
        violations.append(Violation("check.optimum_chain", "", "", clause))
    return replace(verdict, violations=tuple(violations), width=groups.width, searched=searched, on_word=tuple(on_word))


def _least(component: Component, losses: Losses, budget: int) -> int | None:
    """The least that a component can lose, if that is less than it does."""
    prices = [losses.prices[school] for school in component.schools]
    return search_least_loss(component.choices, component.left, prices, component.gap, budget)


def _told(code: str, word: Word, clause: str, **params: str) -> Violation:
    """A violation that concerns the schools of a component."""
    schools = ", ".join(word[0][:MOST_NAMED]) + ", …" * (len(word[0]) > MOST_NAMED)
    return Violation(code, "", word[0][0], clause, (("schools", schools), *params.items()))
