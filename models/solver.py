"""The only place that calls CP-SAT: one worker, fixed seed, and a proof that the solution is the only one."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from allocator.errors import DisagreementError


def solver() -> cp_model.CpSolver:
    """Return a solver whose run does not depend on the machine's load or number of cores."""
    made = cp_model.CpSolver()
    made.parameters.num_workers = 1
    made.parameters.random_seed = 1
    made.parameters.symmetry_level = 0
    made.parameters.linearization_level = 2  # least distance: 0.1 s for 122 parties, without not in 100 s
    return made


def solve_best(model: cp_model.CpModel, choices: Sequence[cp_model.IntVar], rule: str) -> list[bool]:
    """Return the values of Boolean choices in a best solution.

    Parameters
    ----------
    model : CpModel
        With or without an objective.
    choices : sequence of Boolean variables
        What is asked for.
    rule : str
        Phase and step, named in the error.

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

    A second solve excludes the first solution (and, with an objective, everything worse) and must find nothing.

    Raises
    ------
    DisagreementError
        As ``solve_best``; or if another solution is as good, so that the policy does not determine the list.
    """
    values = solve_best(model, choices, rule)
    if model.has_objective():
        keep_objective(model, choices, values)
    model.add_bool_or([~choice if value else choice for choice, value in zip(choices, values, strict=True)])
    run = solver()
    status = run.solve(model)
    if status != cp_model.INFEASIBLE:
        raise DisagreementError("agree.not_unique", {"rule": rule, "status": run.status_name(status)})
    return values


def keep_objective(model: cp_model.CpModel, choices: Sequence[cp_model.IntVar], values: Sequence[bool]) -> None:
    """Turn the objective, a weighted sum of choices, into the constraint that it stays as good as now."""
    value = {choice.index: value for choice, value in zip(choices, values, strict=True)}
    objective = model.proto.objective
    terms = list(zip(objective.vars, objective.coeffs, strict=True))
    best = sum(weight * value[index] for index, weight in terms)
    variables = {choice.index: choice for choice in choices}
    model.add(sum(weight * variables[index] for index, weight in terms) <= best)
    model.clear_objective()  # type: ignore[no-untyped-call]
