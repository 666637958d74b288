"""The only place that calls CP-SAT and HiGHS: one worker, fixed seed, and what each of them proved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from allocator.domain import Ints
from allocator.ground import DisagreementError
from allocator.models.limit import Limit

if TYPE_CHECKING:
    from ortools.math_opt.python import mathopt


def solver() -> cp_model.CpSolver:
    """Return a solver whose run does not depend on the machine's load or number of cores."""
    made = cp_model.CpSolver()
    made.parameters.num_workers = 1
    made.parameters.random_seed = 1
    made.parameters.symmetry_level = 0
    made.parameters.catch_sigint_signal = False  # it would take Ctrl-C away from the program for good
    made.parameters.linearization_level = 2  # least distance: 0.1 s for 122 parties, without not in 100 s
    return made


def solve_best(model: cp_model.CpModel, choices: Sequence[cp_model.IntVar], rule: str) -> list[bool]:
    """Return the values of Boolean choices in a best solution.

    Raises
    ------
    DisagreementError
        If no list satisfies the constraints, or the solver did not prove its answer best.
    """
    run = solver()
    status = run.solve(model)
    if status != cp_model.OPTIMAL:
        raise DisagreementError("agree.no_solution", {"rule": rule, "status": run.status_name(status)})
    return [run.boolean_value(choice) for choice in choices]


def solve_unique(model: cp_model.CpModel, choices: Sequence[cp_model.IntVar], rule: str) -> list[bool]:
    """Return the one solution, after proving that there is no other one as good.

    Raises
    ------
    DisagreementError
        As ``solve_best`` and ``prove_unique``.
    """
    values = solve_best(model, choices, rule)
    prove_unique(model, choices, values, rule)
    return values


def prove_unique(
    model: cp_model.CpModel,
    choices: Sequence[cp_model.IntVar],
    values: Sequence[bool],
    rule: str,
) -> None:
    """Exclude a best solution (and, with an objective, everything worse); the solver must find nothing else.

    Parameters
    ----------
    model : CpModel
        Is changed.
    choices, values : sequences
        Boolean variables and their values in a best solution.

    Raises
    ------
    DisagreementError
        If another solution is as good, so that the policy does not determine the list.
    """
    if model.has_objective():
        keep_objective(model, choices, values)
    model.add_bool_or([~choice if value else choice for choice, value in zip(choices, values, strict=True)])
    run = solver()
    status = run.solve(model)
    if status != cp_model.INFEASIBLE:
        raise DisagreementError("agree.not_unique", {"rule": rule, "status": run.status_name(status)})


def keep_objective(model: cp_model.CpModel, choices: Sequence[cp_model.IntVar], values: Sequence[bool]) -> None:
    """Turn the objective, a weighted sum of choices, into the constraint that it stays as good as now."""
    value = {choice.index: value for choice, value in zip(choices, values, strict=True)}
    objective = model.proto.objective
    terms = list(zip(objective.vars, objective.coeffs, strict=True))
    best = sum(weight * value[index] for index, weight in terms)
    variables = {choice.index: choice for choice in choices}
    weights = [weight for _, weight in terms]
    model.add(cp_model.LinearExpr.weighted_sum([variables[index] for index, _ in terms], weights) <= best)
    model.clear_objective()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class IntegerProgram:
    """Minimise cost over whole numbers from 0 to ``upper``, every row a sum of weights that equals ``right``.

    Attributes
    ----------
    cost, upper : (v,) int64
        Cost of a unit of each variable, and its largest value.
    rows, columns, weights : (k,) int64
        Row, variable and weight of each term.
    right : (r,) int64
        What each row adds up to.
    most : int or None
        Cost that no solution may exceed.
    """

    cost: Ints
    upper: Ints
    rows: Ints
    columns: Ints
    weights: Ints
    right: Ints
    most: int | None

    def terms(self) -> list[list[tuple[int, int]]]:
        """Return variable and weight of the terms of each row."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.right]
        for row, column, weight in zip(self.rows.tolist(), self.columns.tolist(), self.weights.tolist(), strict=True):
            found[row].append((column, weight))
        return found

    def allows(self, values: Ints) -> bool:
        """Whether values cost no more than ``most``."""
        return self.most is None or int(self.cost @ values) <= self.most

    def fits(self, values: Ints) -> bool:
        """Whether values satisfy every row and bound, in whole numbers."""
        sums = np.zeros(len(self.right), dtype=np.int64)
        np.add.at(sums, self.rows, self.weights * values[self.columns])
        within = bool((values >= 0).all() and (values <= self.upper).all())
        return within and np.array_equal(sums, self.right)


SolverAnswer: TypeAlias = "tuple[Ints | None, bool]"
"""Values of the best solution found (None: none), and whether the solver proved that there is no better one."""


def minimise_exactly(program: IntegerProgram, limit: Limit, effort: float | None = None) -> SolverAnswer:
    """Solve by CP-SAT.

    Parameters
    ----------
    effort : float, optional
        Deterministic seconds after which to end, the same on every machine.
    """
    model = cp_model.CpModel()
    variables = [model.new_int_var(0, most, "") for most in program.upper.tolist()]
    for terms, right in zip(program.terms(), program.right.tolist(), strict=True):
        model.add(sum(weight * variables[column] for column, weight in terms) == right)
    total = sum(cost * variable for cost, variable in zip(program.cost.tolist(), variables, strict=True))
    if program.most is not None:
        model.add(total <= program.most)
    model.minimize(total)
    run = solver()
    if effort is not None:
        run.parameters.max_deterministic_time = effort
    status = _run_cp(run, model, limit)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, status == cp_model.INFEASIBLE
    return np.array([run.value(variable) for variable in variables], dtype=np.int64), status == cp_model.OPTIMAL


def _run_cp(run: cp_model.CpSolver, model: cp_model.CpModel, limit: Limit) -> object:
    """Run CP-SAT within a limit; what it knows when stopped counts."""
    run.parameters.catch_sigint_signal = False  # Ctrl-C belongs to the limit
    if limit.left is not None:
        run.parameters.max_time_in_seconds = limit.left
    status = limit.run(lambda: run.solve(model), run.stop_search)
    if status == cp_model.MODEL_INVALID:  # never a matter of time
        raise ArithmeticError(f"Expected a valid model, found: {model.validate()}")
    return cp_model.UNKNOWN if status is None else status


def minimise_linear(program: IntegerProgram, limit: Limit) -> SolverAnswer:
    """Solve by HiGHS, whose linear bound is strong where nothing ties; its answer is checked in whole numbers."""
    from ortools.math_opt.python import mathopt  # only here: loading it takes as long as a small district
    from ortools.util.python.solve_interrupter import SolveInterrupter

    model = mathopt.Model()
    variables = [model.add_integer_variable(lb=0, ub=float(most)) for most in program.upper.tolist()]
    for terms, right in zip(program.terms(), program.right.tolist(), strict=True):
        model.add_linear_constraint(mathopt.fast_sum(weight * variables[column] for column, weight in terms) == right)
    model.minimize(mathopt.fast_sum(c * v for c, v in zip(program.cost.tolist(), variables, strict=True)))
    stop = SolveInterrupter()
    limits: dict[str, Any] = {} if limit.left is None else {"time_limit": timedelta(seconds=limit.left)}
    parameters = mathopt.SolveParameters(
        random_seed=1, relative_gap_tolerance=0.0, absolute_gap_tolerance=0.5, **limits
    )
    solve = partial(mathopt.solve, model, mathopt.SolverType.HIGHS, params=parameters, interrupter=stop)
    result = limit.run(solve, stop.interrupt)
    if result is None or not result.has_primal_feasible_solution():
        proven = result is not None and result.termination.reason == mathopt.TerminationReason.INFEASIBLE
        return None, proven
    found = np.rint([result.variable_values(variable) for variable in variables]).astype(np.int64)
    if not program.fits(found):
        return None, False
    return found, result.termination.reason == mathopt.TerminationReason.OPTIMAL


def solve_best_within(
    model: cp_model.CpModel, choices: Sequence[cp_model.IntVar], limit: Limit
) -> tuple[list[bool] | None, bool]:
    """Return the values of Boolean choices in the best solution found within a limit, and whether it is proven best."""
    run = solver()
    status = _run_cp(run, model, limit)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, False
    return [run.boolean_value(choice) for choice in choices], status == cp_model.OPTIMAL


class LeastFound(NamedTuple):
    """What a search within a limit came to.

    Attributes
    ----------
    values : list of int or None
        Values of the variables asked for in the best solution found; None for none.
    proven : bool
        Whether there is no better one, or none at all where none was found.
    bound : int
        What no solution goes below, of a model with an objective.
    """

    values: list[int] | None
    proven: bool
    bound: int


def least_within(
    model: cp_model.CpModel, variables: Sequence[cp_model.IntVar], limit: Limit, *, effort: float | None = None,
    linear: int = 2,
) -> LeastFound:  # fmt: skip
    """Search the best solution of a model of whole numbers, or any where it has no objective.

    Parameters
    ----------
    effort : float, optional
        Deterministic seconds after which to end, the same on every machine.
    linear : int
        How much of the model CP-SAT hands to its linear relaxation, 0 to 2.
    """
    run = solver()
    run.parameters.linearization_level = linear
    if effort is not None:
        run.parameters.max_deterministic_time = effort
    status = _run_cp(run, model, limit)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        bound = ceil(run.best_objective_bound - _ROUNDING) if model.has_objective() else 0
        return LeastFound([run.value(one) for one in variables], status == cp_model.OPTIMAL, bound)
    return LeastFound(None, status == cp_model.INFEASIBLE, 0)


_ROUNDING = 1e-6  # CP-SAT tells its bound, a whole number, as a float

Terms = dict[int, int]
"""Weight by variable."""

LinearRow = tuple[Terms, float, float]
"""A sum of variables, and between what it lies."""


@dataclass(frozen=True, slots=True)
class Maximum:
    """What is known of the maximum of a program in whole numbers.

    Attributes
    ----------
    values : list of float or None
        The best solution found; None for none.
    bound : float
        What no solution exceeds; minus infinity where there is none at all.
    """

    values: list[float] | None
    bound: float


_GUESSES = (
    "mip_heuristic_run_rins", "mip_heuristic_run_rens", "mip_heuristic_run_root_reduced_cost",
    "mip_heuristic_run_feasibility_jump",
)  # fmt: skip
"""What HiGHS does to find a good solution: in vain where there is hardly a better one than the known one."""


class GrowingProgram:
    """Maximise a sum of variables from 0 to 1 under rows that may be added after a solution was seen."""

    def __init__(self, gain: Sequence[int], rows: Iterable[LinearRow]) -> None:
        from ortools.math_opt.python import mathopt  # only here: loading it takes as long as a small district

        self._mathopt = mathopt
        self._model = mathopt.Model()
        self._variables = [self._model.add_variable(lb=0, ub=1) for _ in gain]
        self._gain = {i: weight for i, weight in enumerate(gain) if weight}
        self._model.maximize(self._sum(self._gain))
        self.add(rows)
        self._linear = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)

    def _sum(self, terms: Terms) -> mathopt.LinearSum:
        """A sum of variables."""
        return self._mathopt.fast_sum(weight * self._variables[i] for i, weight in terms.items())

    def add(self, rows: Iterable[LinearRow]) -> int:
        """Add rows; returns how many."""
        added = [self._model.add_linear_constraint(expr=self._sum(terms), lb=low, ub=high) for terms, low, high in rows]
        return len(added)

    def relax(self, limit: Limit) -> tuple[float, list[float]] | None:
        """Return the maximum over all numbers from 0 to 1, and where it lies (GLOP); None where it was not found."""
        from ortools.util.python.solve_interrupter import SolveInterrupter

        stop = SolveInterrupter()
        result = limit.run(partial(self._linear.solve, interrupter=stop), stop.interrupt)
        if result is None or result.termination.reason != self._mathopt.TerminationReason.OPTIMAL:
            return None
        return result.objective_value(), result.variable_values(self._variables)

    def maximise(self, whole: Sequence[bool], least: int, limit: Limit) -> Maximum:
        """Find the maximum with whole variables, one thread and fixed seed (HiGHS).

        Parameters
        ----------
        least : int
            Only solutions of at least this objective, which is whole, are asked for.
        """
        from ortools.math_opt.solvers.highs_pb2 import HighsOptionsProto
        from ortools.util.python.solve_interrupter import SolveInterrupter

        mathopt = self._mathopt
        for variable, must in zip(self._variables, whole, strict=True):
            variable.integer = must
        self._model.add_linear_constraint(expr=self._sum(self._gain), lb=least)
        limits: dict[str, Any] = {} if limit.left is None else {"time_limit": timedelta(seconds=limit.left)}
        parameters = mathopt.SolveParameters(
            random_seed=1, relative_gap_tolerance=0.0, absolute_gap_tolerance=0.5,
            highs=HighsOptionsProto(bool_options=dict.fromkeys(_GUESSES, False)), **limits,
        )  # fmt: skip
        stop = SolveInterrupter()
        solve = partial(mathopt.solve, self._model, mathopt.SolverType.HIGHS, params=parameters, interrupter=stop)
        result = limit.run(solve, stop.interrupt)
        if result is None:
            return Maximum(None, float("inf"))
        if result.termination.reason == mathopt.TerminationReason.INFEASIBLE:
            return Maximum(None, float("-inf"))
        found = result.variable_values(self._variables) if result.has_primal_feasible_solution() else None
        return Maximum(found, result.best_objective_bound())
