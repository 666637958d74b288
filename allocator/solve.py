"""The facade: reads a district, runs both engines and the checker; nothing leaves unchecked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from allocator.background import MANY, begin
from allocator.checking import check, check_inputs, unproven
from allocator.domain import District, Draw, Row, Transcript, Violation
from allocator.errors import DisagreementError, Fault, InputError
from allocator.lottery import FrozenDigests, canonical_tables, hard_cap_faults, parse_transcript, weak_seed_faults
from allocator.lottery.resaved import plain
from allocator.opening import MOST_OF_A_TEXT, file_bytes
from allocator.procedure import run_procedure
from allocator.progress import Progress, silent
from allocator.proofreading import MOST_TOLD, differences
from allocator.reading import read_folder
from allocator.record import with_clauses
from allocator.record.changes import change_faults
from allocator.record.frozen import FROZEN

Engine: TypeAlias = Literal["both", "procedure", "strict"]

TRANSCRIPT = "transcript.txt"


@dataclass(frozen=True, slots=True)
class Result:
    """A checked assignment.

    Attributes
    ----------
    district : District
        What was solved.
    rows : tuple of Row
        One row a child in order of ``applicant_id``, with clauses.
    engine : {"both", "procedure", "strict"}
        What computed it; "both" means that the two agreed on every child.
    serial_rows : tuple of Row
        Under ``divert_assign: least_distance`` the list that the procedure makes with ``serial_by_ticket``, for
        comparison; empty otherwise.
    unproven : tuple of str
        Batches (as in the column ``phase``) whose diversion by least distance rests on the solver's word; empty under
        every other value of ``divert_assign``.
    """

    district: District
    rows: tuple[Row, ...]
    engine: Engine
    serial_rows: tuple[Row, ...] = ()
    unproven: tuple[str, ...] = ()

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


def read_district(
    folder: str | Path,
    *,
    transcript: str | Path | None = None,
    trial_seed: int | None = None,
    policy: str | Path | None = None,
    encoding: str | None = None,
    allow_weak_seed: bool = False,
    proofread: bool = True,
) -> District:
    """Read a district folder and its draw, and compare what was read with the tables by a second reader.

    Parameters
    ----------
    folder : path
        Holds ``policy.yaml`` and the tables.
    transcript : path, optional
        The transcript of the public draw; ``transcript.txt`` of the folder if it is there.
    trial_seed : int, optional
        Use the seed of this trial number instead of a transcript.
    policy : path, optional
        Another policy file than that of the folder.
    encoding : str, optional
        Encoding of the CSV files; found out where not given.
    allow_weak_seed : bool
        Accept a transcript with too few witnesses or bits; every list says so.
    proofread : bool
        Whether to compare at once; who says no calls ``demand_reading`` before anything is written.

    Raises
    ------
    InputError
        With all faults of all files at once.
    DisagreementError
        If what was read is not what stands in the tables.
    ValueError
        If ``trial_seed`` is no whole number from 0 on, or stands beside ``transcript``.
    """
    if trial_seed is not None and (not isinstance(trial_seed, int) or isinstance(trial_seed, bool) or trial_seed < 0):
        raise ValueError(f"Expected a trial_seed of 0, 1, 2 …, found {trial_seed!r}.")
    if trial_seed is not None and transcript is not None:
        raise ValueError("Expected a transcript or a trial_seed, found both.")
    folder = Path(folder)
    faults: list[Fault] = []
    district = None
    try:
        district = read_folder(folder, policy=None if policy is None else Path(policy), encoding=encoding)
    except InputError as error:
        faults.extend(error.faults)
    draw, draw_faults = _read_draw(folder, transcript, trial_seed, allow_weak_seed)
    faults.extend(draw_faults)
    if district is not None and draw_faults and draw is not None and draw.transcript is not None:
        faults.extend(_changed(district, draw.transcript, folder / FROZEN))  # told together with what became of it
    if district is None or faults:
        raise InputError(faults)
    if proofread:
        demand_reading(folder, district, encoding)
    return replace(district, draw=draw)


def optional_cells(district: District) -> dict[str, Callable[[], Iterable[tuple[str, ...]]]]:
    """Return by table what gives id and optional columns of its rows, which are in no canonical table."""
    return {
        "applicants": partial(map, attrgetter("applicant_id", "name", "sex"), district.applicants),
        "schools": partial(map, attrgetter("school_id", "name_en"), district.schools.values()),
    }


def demand_reading(folder: Path, district: District, encoding: str | None = None) -> None:
    """Demand that a district says what the tables of its folder say, by a reader that shares no code with the first.

    Raises
    ------
    DisagreementError
        With every value that differs: file, row, column, value in the table, value read.
    """
    found = differences(folder, dict(canonical_tables(district)), others=optional_cells(district), encoding=encoding)
    if found:
        count = f"> {MOST_TOLD}" if len(found) > MOST_TOLD else str(len(found))
        raise DisagreementError("agree.reading", {"count": count}, faults=tuple(found))


def frozen_faults(district: District, frozen: Path | None = None) -> list[Fault]:
    """Return what forbids a draw, or what was changed after it.

    That is: offered seats that a bundle could push over a hard cap (procedure.md P6), and digests of the transcript
    that are not those of the policy file, the draw roster and the inputs (lottery.md section 1). The checker computes
    these anew from the domain, in other code than the freeze, so a fault in reading shows here as well.

    Parameters
    ----------
    district : District
        With its draw, if it has one.
    frozen : Path, optional
        The folder of the frozen files; where they are there, every cell and line that differs is told.
    """
    faults = hard_cap_faults(district)
    if district.draw is not None and district.draw.transcript is not None:
        faults += _changed(district, district.draw.transcript, frozen)
    return faults


_DIGESTS = {"check.roster_digest": "roster", "check.policy_digest": "policy", "check.inputs_digest": "inputs"}
_FIRST_DIGEST = 3  # line of a transcript


def _changed(district: District, transcript: Transcript, frozen: Path | None) -> list[Fault]:
    """The digests that the checker finds wrong, as faults of the transcript, and what was changed."""
    stated = FrozenDigests(transcript.roster_sha256, transcript.policy_sha256, transcript.inputs_sha256)
    found = {_DIGESTS[v.code]: dict(v.params)["found"] for v in check_inputs(district, transcript)}
    return change_faults(stated, stated._replace(**found), district, (TRANSCRIPT, _FIRST_DIGEST), frozen)


def _read_draw(
    folder: Path, transcript: str | Path | None, trial_seed: int | None, allow_weak_seed: bool
) -> tuple[Draw | None, list[Fault]]:
    """The draw of a folder: a trial seed, the transcript named, or the folder's own; None where there is none.

    A transcript that was only saved again comes with its faults, so that what it froze can be compared all the same.
    """
    if trial_seed is not None:
        return Draw(trial_seed=trial_seed), []
    path = folder / TRANSCRIPT if transcript is None else Path(transcript)
    try:
        raw = file_bytes(path, MOST_OF_A_TEXT)
    except InputError as error:
        return None, list(error.faults)
    except OSError as error:
        if transcript is None and isinstance(error, FileNotFoundError | NotADirectoryError):
            return None, []  # no transcript yet, or no folder at all, which the reading of its tables tells
        return None, [Fault("file.unreadable", path.name, params={"reason": error.strerror or type(error).__name__})]
    found, faults = parse_transcript(raw, path.name)
    if found is None:
        meant, _ = parse_transcript(plain(raw), path.name)
        return None if meant is None else Draw(transcript=meant), faults
    return _judge_strength(found, allow_weak_seed)


def _judge_strength(found: Transcript, allow_weak_seed: bool) -> tuple[Draw | None, list[Fault]]:
    """Refuse a weak seed unless it is allowed; then mark the draw."""
    weak = weak_seed_faults(found)
    if weak and not allow_weak_seed:
        return None, weak
    return Draw(transcript=found, weak_seed=bool(weak)), []


def solve(district: District, *, engine: Engine = "both", progress: Progress = silent) -> Result:
    """Compute the assignment, demand that the engines agree, and let the checker judge it.

    Parameters
    ----------
    district : District
        With its draw.
    engine : {"both", "procedure", "strict"}
        Which engines run. ``procedure`` alone is for sizes beyond the model's reach.
    progress : callable
        Told what begins.

    Raises
    ------
    InputError
        If the district has no draw, breaks the hard-cap rule of procedure.md P6, was changed after the draw, or asks
        for ``procedure`` where the model decides.
    DisagreementError
        If the engines differ on a child, the model's solution is not unique, or the checker refuses the list.
    """
    pending = compute(district, engine=engine, progress=progress)
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


def compute(
    district: District, *, engine: Engine = "both", progress: Progress = silent, frozen: Path | None = None
) -> Pending:
    """Compute as ``solve`` does, and let the checker begin; a large district is checked on another core meanwhile.

    The parameters and errors are those of ``solve``, ``frozen`` as in ``frozen_faults``; the checker's refusal comes
    from ``Pending.judged``.
    """
    if engine not in get_args(Engine):
        raise ValueError(f"Expected an engine of {get_args(Engine)}, found {engine!r}.")
    faults = _unfit(district, engine)
    if faults:
        raise InputError(faults)
    large = len(district.applicants) >= MANY
    changed = begin(lambda: frozen_faults(district, frozen), beside=large)
    model_decides = district.policy.switches.divert_assign == "least_distance"
    serial = _serial(district, progress) if engine != "strict" else ()
    if faults := changed():
        raise InputError(faults)
    rows = _strict(district, progress) if engine != "procedure" else serial
    if engine == "both" and not model_decides:
        demand_agreement(serial, rows)
    progress("progress.clauses")
    rows = with_clauses(district, rows)
    verdict = begin(lambda: _verdict(district, rows), beside=large)
    return Pending(Result(district, rows, engine, _compared(district, serial, model_decides)), verdict, large)


def _verdict(district: District, rows: Sequence[Row]) -> tuple[tuple[Violation, ...], tuple[str, ...]]:
    """What the checker finds, and what it cannot prove without a solver."""
    assert district.draw is not None
    found = check(district, rows, district.draw.source)
    if found or district.policy.switches.divert_assign != "least_distance":
        return found, ()
    return found, unproven(district, rows, district.draw.source)


def _compared(district: District, serial: tuple[Row, ...], model_decides: bool) -> tuple[Row, ...]:
    """The procedure's list beside the model's where the model decides."""
    return with_clauses(_with_serial(district), serial) if model_decides and serial else ()


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
    from allocator.models import run_strict  # only here: loading the solver takes as long as a small district

    progress("progress.strict")
    return run_strict(district, progress)


def demand_agreement(procedure: Sequence[Row], strict: Sequence[Row]) -> None:
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
