"""Both engines and the checker: a district to its list; nothing leaves unchecked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from allocator.checking.law.rules import check_list_by_rules, unproven_by_rules
from allocator.district_folder import frozen_folder_faults
from allocator.domain import District, Row, Violation
from allocator.ground import MANY_CHILDREN, DisagreementError, Fault, InputError, Progress, begin_in_background, silent
from allocator.lottery import TRANSCRIPT
from allocator.procedure import run_procedure
from allocator.record import Retelling, retold_with_clauses

if TYPE_CHECKING:
    from pandas import DataFrame

Engine: TypeAlias = Literal["both", "procedure", "strict"]


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """A checked assignment.

    Attributes
    ----------
    retelling : Retelling
        What was solved and its rows, from which everything that is written of the run is made.
    engine : {"both", "procedure", "strict"}
        What computed it; "both" means that the two agreed on every child.
    serial_rows : tuple of Row
        Under ``divert_assign: least_distance`` the list that the procedure makes with ``serial_by_ticket``, for
        comparison; empty otherwise.
    unproven : tuple of str
        Batches (as in the column ``phase``) whose diversion by least distance rests on the solver's word; empty under
        every other value of ``divert_assign``.
    """

    retelling: Retelling
    engine: Engine
    serial_rows: tuple[Row, ...] = ()
    unproven: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return one line."""
        counts = Counter(row.outcome for row in self.rows)
        outcomes = ", ".join(f"{name} {counts[name]:,}" for name in sorted(counts))
        return f"<Result of {self.engine}: {len(self.rows):,} children, {outcomes}>"

    def to_frame(self) -> DataFrame:
        """Return the list as a pandas frame: the columns of ``assignment.csv``, a row for each child."""
        from pandas import DataFrame  # only here: the commands have no use for it

        return DataFrame.from_records(self.rows, columns=list(Row._fields))

    @property
    def district(self) -> District:
        """What was solved."""
        return self.retelling.district

    @property
    def rows(self) -> tuple[Row, ...]:
        """One row a child in order of ``applicant_id``, with clauses."""
        return self.retelling.rows

    @property
    def agreement(self) -> dict[str, object]:
        """Which engines ran and what was found, for the summary."""
        return {
            "engine": self.engine,
            "engines_agree": True if self.engine == "both" and not self.serial_rows else None,
            "unique": True if self.engine != "procedure" else None,
            "checker": "accepted",
            "unproven": list(self.unproven),
        }


def solve(district: District, *, engine: Engine = "both", progress: Progress = silent) -> Result:
    """Compute the assignment, demand that the engines agree, and let the checker judge it.

    Parameters
    ----------
    engine : {"both", "procedure", "strict"}
        Which engines run. ``procedure`` alone is for sizes beyond the model's reach.

    Raises
    ------
    InputError
        If the district has no draw, breaks the hard-cap rule of procedure.md P6, was changed after the draw, or asks
        for ``procedure`` where the model decides.
    DisagreementError
        If the engines differ on a child, the model's solution is not unique, or the checker refuses the list.
    """
    pending = compute_with_engines(district, engine=engine, progress=progress)
    progress("progress.checker")
    return pending.judged()


@dataclass(frozen=True, slots=True)
class Pending:
    """An assignment on which the checker has not yet spoken; ``judged`` waits for it.

    Attributes
    ----------
    result : Result
        Not to be given to anybody before it is judged.
    verdict : callable
        Gives the checker's findings and what it could not prove.
    beside : bool
        Whether the checker runs on another core, so that waiting for it can be put off.
    """

    result: Result
    verdict: Callable[[], tuple[tuple[Violation, ...], tuple[str, ...]]]
    beside: bool

    def judged(self) -> Result:
        """Return the result.

        Raises
        ------
        DisagreementError
            If the checker refuses the list.
        """
        found, unproven_parts = self.verdict()
        if found:
            details = tuple(" ".join((v.code, v.clause, v.applicant_id, v.school_id)).strip() for v in found)
            raise DisagreementError("agree.checker", {"count": str(len(found))}, details)
        return replace(self.result, unproven=unproven_parts)


def compute_with_engines(
    district: District, *, engine: Engine = "both", progress: Progress = silent, frozen: Path | None = None
) -> Pending:
    """Compute as ``solve`` does, and let the checker begin; a large district is checked on another core meanwhile.

    The parameters and errors are those of ``solve``, ``frozen`` as in ``frozen_folder_faults``; the checker's refusal
    comes from ``Pending.judged``.
    """
    if engine not in get_args(Engine):
        raise ValueError(f"Expected an engine of {get_args(Engine)}, found {engine!r}.")
    faults = _unfit(district, engine)
    if faults:
        raise InputError(faults)
    large = len(district.applicants) >= MANY_CHILDREN
    changed = begin_in_background(lambda: frozen_folder_faults(district, frozen), beside=large)
    model_decides = district.policy.switches.divert_assign == "least_distance"
    serial = _serial(district, progress) if engine != "strict" else ()
    if faults := changed():
        raise InputError(faults)
    rows = _strict(district, progress) if engine != "procedure" else serial
    if engine == "both" and not model_decides:
        demand_engines_agree(serial, rows)
    progress("progress.clauses")
    retelling = Retelling(district, rows)
    verdict = begin_in_background(lambda: _verdict(district, retelling.rows), beside=large)
    return Pending(Result(retelling, engine, _compared(district, serial, model_decides)), verdict, large)


def _verdict(district: District, rows: Sequence[Row]) -> tuple[tuple[Violation, ...], tuple[str, ...]]:
    """What the checker finds, and what it cannot prove without a solver."""
    assert district.draw is not None
    found = check_list_by_rules(district, rows, district.draw.source)
    if found or district.policy.switches.divert_assign != "least_distance":
        return found, ()
    return found, unproven_by_rules(district, rows, district.draw.source)


def _compared(district: District, serial: tuple[Row, ...], model_decides: bool) -> tuple[Row, ...]:
    """The procedure's list beside the model's where the model decides."""
    return retold_with_clauses(_with_serial(district), serial) if model_decides and serial else ()


def _unfit(district: District, engine: Engine) -> list[Fault]:
    """What a district read without its folder may still lack."""
    if district.draw is None:
        return [Fault("draw.missing", TRANSCRIPT)]
    if engine == "procedure" and district.policy.switches.divert_assign == "least_distance":
        return [Fault("run.model_decides", "policy.yaml", column="switches.divert_assign", value="least_distance")]
    return []


def _with_serial(district: District) -> District:
    """The district under ``divert_assign: serial_by_ticket``."""
    switches = replace(district.policy.switches, divert_assign="serial_by_ticket")
    return replace(district, policy=replace(district.policy, switches=switches))


def _serial(district: District, progress: Progress) -> tuple[Row, ...]:
    progress("progress.procedure")
    return run_procedure(_with_serial(district), progress)


def _strict(district: District, progress: Progress) -> tuple[Row, ...]:
    from allocator.models.law.strict import (
        run_strict,  # only here: loading the solver takes as long as a small district
    )

    progress("progress.strict")
    return run_strict(district, progress)


def demand_engines_agree(procedure: Sequence[Row], strict: Sequence[Row]) -> None:
    """Demand that two lists are equal child by child.

    Raises
    ------
    DisagreementError
        Naming the first child that differs, both outcomes, and the rule (phase) concerned.
    """
    if procedure == strict:
        return
    pairs = zip(procedure, strict, strict=False)
    first, other = next((pair for pair in pairs if pair[0] != pair[1]), (None, None))
    if first is None or other is None:
        params = {"party": "-", "procedure": str(len(procedure)), "strict": str(len(strict)), "rule": "-"}
    else:
        rule = first.phase or other.phase or first.outcome
        params = {"party": first.applicant_id, "procedure": _told(first), "strict": _told(other), "rule": rule}
    raise DisagreementError("agree.engines", params)


def _told(row: Row) -> str:
    return " ".join(cell for cell in (row.outcome, row.school_id, row.phase, row.draw_id) if cell)
