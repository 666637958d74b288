"""The planning optimum in plain words: one Boolean a party and school (docs/planning.md section 3).

The readable reference for the quick methods. It knows nothing of types, prices and cores, and is meant for some
thousands of children.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from ortools.sat.python import cp_model

from allocator.domain import Ints
from allocator.models.limit import Limit
from allocator.models.optimum.market import Market
from allocator.models.solver import solve_best_within


def solve_plain(market: Market, limit: Limit) -> tuple[Ints, Ints, bool] | None:
    """Return the parties of each option and those without a seat by type, and whether that is proven best.

    None where the search ended before any list was found.
    """
    model = cp_model.CpModel()
    variables = dict(_choices(market, model))
    _one_school(market, model, variables)
    _seats(market, model, variables)
    model.maximize(
        sum(int(market.size[market.owner[option]] * market.value[option]) * y for (_, option), y in variables.items())
    )
    chosen, proven = solve_best_within(model, list(variables.values()), limit)
    if chosen is None:
        return None
    options = np.array([option for (_, option), taken in zip(variables, chosen, strict=True) if taken], dtype=np.int64)
    placed = np.bincount(options, minlength=len(market.school)).astype(np.int64)
    return placed, market.count - np.bincount(market.owner, placed, market.types).astype(np.int64), proven


Variables = dict[tuple[int, int], cp_model.IntVar]


def _choices(market: Market, model: cp_model.CpModel) -> Iterator[tuple[tuple[int, int], cp_model.IntVar]]:
    """A Boolean for each party and each option of its type."""
    for party, kind in enumerate(market.type_of.tolist()):
        if kind >= 0:
            for option in range(market.starts[kind], market.starts[kind + 1]):
                yield (party, option), model.new_bool_var(f"{party} {option}")


def _one_school(market: Market, model: cp_model.CpModel, variables: Variables) -> None:
    """A party is at one school or at none."""
    _sum_by(model, variables, lambda party, _: (party, 1), lambda _: 1)


def _seats(market: Market, model: cp_model.CpModel, variables: Variables) -> None:
    """A school holds no more children than it has seats."""
    size, owner = market.size.tolist(), market.owner.tolist()
    _sum_by(
        model, variables,
        lambda _, option: (int(market.school[option]), size[owner[option]]), lambda school: int(market.seats[school]),
    )  # fmt: skip


def _sum_by(
    model: cp_model.CpModel,
    variables: Variables,
    term: Callable[[int, int], tuple[int, int]],
    most: Callable[[int], int],
) -> None:
    """Weighted sums of choices by a key stay within what the key allows."""
    sums: dict[int, list[tuple[cp_model.IntVar, int]]] = {}
    for (party, option), variable in variables.items():
        key, weight = term(party, option)
        sums.setdefault(key, []).append((variable, weight))
    for key, terms in sums.items():
        model.add(cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [w for _, w in terms]) <= most(key))
