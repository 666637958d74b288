"""One component: which of its parties sit where, so that the least is lost (docs/planning.md section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from allocator.domain import NO_SCHOOL, Ints
from allocator.models.limit import Limit
from allocator.models.solver import IntegerProgram, minimise_exactly, minimise_linear

"""School of the option without a seat."""

_LARGEST_FOR_LINEAR = 1_000_000  # losses beyond this meet the tolerances of a solver that computes with fractions
_FIRST_EFFORT = 2.0  # deterministic seconds of CP-SAT before the linear solver has a try


@dataclass(frozen=True, slots=True)
class Component:
    """Parties and schools that share cores.

    Attributes
    ----------
    size, count : (t,) int64
        Children in a party of each type, and number of such parties.
    owner, school, loss : (v,) int64
        Type, school (``NO_SCHOOL`` for no seat) and loss of a party at each core option.
    seats, price : (m,) int64
        Seats of the schools, and their prices.
    """

    size: Ints
    count: Ints
    owner: Ints
    school: Ints
    loss: Ints
    seats: Ints
    price: Ints


class Solved(NamedTuple):
    """What became of a component.

    ``placed`` are the parties of each option, None where no list of whole bundles fits; ``proven`` whether the solver
    proved that.
    """

    placed: Ints | None
    proven: bool


def solve_component(component: Component, known: int | None, limit: Limit) -> Solved:
    """Return the list of a component that loses least.

    Parameters
    ----------
    known : int or None
        Loss of a list that is known; only better ones or equal ones are looked for.
    """
    program = _program(component, known)
    effort = _FIRST_EFFORT if int(program.cost.max(initial=0)) <= _LARGEST_FOR_LINEAR else None
    values, proven = minimise_exactly(program, limit, effort)
    if not proven and effort is not None and not limit.over:
        other, proven = minimise_linear(program, limit)
        values = _cheaper(program, values, other)
    return Solved(None if values is None else values[: len(component.loss)], proven)


def _cheaper(program: IntegerProgram, one: Ints | None, other: Ints | None) -> Ints | None:
    """The cheaper of two solutions; None where neither is as cheap as what is known."""
    within = [values for values in (one, other) if values is not None and program.allows(values)]
    return min(within, key=lambda values: int(program.cost @ values), default=None)


def _program(component: Component, known: int | None) -> IntegerProgram:
    """The integer program: a variable an option, one for the empty seats of each school, a row a type and a school."""
    types, schools, options = len(component.size), len(component.seats), len(component.loss)
    seated = np.flatnonzero(component.school != NO_SCHOOL)
    empty = options + np.arange(schools)
    rows = np.concatenate([component.owner, types + component.school[seated], types + np.arange(schools)])
    columns = np.concatenate([np.arange(options), seated, empty])
    weights = np.concatenate(
        [np.ones(options, dtype=np.int64), component.size[component.owner[seated]], np.ones(schools, dtype=np.int64)]
    )
    spare = component.seats if known is None else _spare(component, known)
    return IntegerProgram(
        cost=np.concatenate([component.loss, component.price]),
        upper=np.concatenate([component.count[component.owner], spare]),
        rows=rows,
        columns=columns,
        weights=weights,
        right=np.concatenate([component.count, component.seats]),
        most=known,
    )


def _spare(component: Component, known: int) -> Ints:
    """Seats that may stay empty at each school without losing more than is known to be enough."""
    price = np.maximum(component.price, 1)
    return np.where(component.price > 0, np.minimum(component.seats, known // price), component.seats)
