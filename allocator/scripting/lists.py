"""Proofs and explanations of finished lists, for scripts and for the commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.ground import Fault, InputError, Language
from allocator.scripting.answer import Answer
from allocator.scripting.rows import rows_of_report

if TYPE_CHECKING:
    from allocator.planning.optimum import OptimumReport
    from allocator.verification import Report


def verify(
    folder: str | Path, lists: Sequence[str | Path] = (), *, tables: str | Path | None = None,
    transcript: str | Path | None = None, trial_seed: int | None = None, allow_weak_seed: bool = False,
    encoding: str | None = None, language: Language = "en",
) -> Answer[Report | OptimumReport]:  # fmt: skip
    """Prove a list again without any solver, as ``allocator verify`` does.

    Parameters
    ----------
    folder : path
        An output folder of ``run`` or ``optimum``; with ``lists`` a district folder.
    lists : sequence of path
        Lists made elsewhere, which are judged instead.
    tables : path, optional
        The office's own tables, with which the copies in an output folder are compared.
    transcript, trial_seed, allow_weak_seed, encoding
        As of ``read_district``; for ``lists``.
    language : {"en", "zh"}
        Of the words of ``as_object``.

    Returns
    -------
    Answer
        Its frame has a row for everything wrong, and none where the list is right.

    Raises
    ------
    InputError
        If there is no list that can be judged.
    """
    report = report_of(folder, lists, tables, transcript, trial_seed, encoding, allow_weak_seed=allow_weak_seed)
    compared = tables is not None or bool(lists)
    facts = {"children": report.children, "faults": len(report.faults), "violations": len(report.violations)}
    told = lambda found: {**found.as_object(language), "compared_with_tables": compared}
    return Answer("verify", report, told, rows_of_report, facts)


def report_of(
    folder: str | Path,
    lists: Sequence[str | Path],
    tables: str | Path | None,
    transcript: str | Path | None,
    trial_seed: int | None,
    encoding: str | None,
    *,
    allow_weak_seed: bool,
) -> Report | OptimumReport:
    """Return what verification finds; parameters as of ``verify``."""
    from allocator.district_folder import read_district
    from allocator.planning.optimum import is_optimum, verify_optimum
    from allocator.verification import input_copy_faults, verify_list, verify_output

    folder = Path(folder)
    report: Report | OptimumReport
    if lists and tables is not None:
        raise InputError([Fault("verify.tables_of_list", "--tables")])
    if not lists:
        report = verify_optimum(folder) if is_optimum(folder) else verify_output(folder)
    else:
        read = partial(read_district, folder, transcript=transcript, trial_seed=trial_seed, encoding=encoding)
        report = verify_list(read(allow_weak_seed=allow_weak_seed), list(map(Path, lists)), encoding)
    if tables is None:
        return report
    return replace(report, faults=(*report.faults, *input_copy_faults(folder, Path(tables), encoding)))


def explain(folder: str | Path, applicant_id: str, language: Language = "en") -> str:
    """Return where a child stands and why, in plain words, from the record of a run.

    Parameters
    ----------
    folder : path
        The output folder of a run.
    applicant_id : str
        Registration number.
    language : {"en", "zh"}
        Of all words.

    Raises
    ------
    InputError
        If the folder holds no such record, was changed since, or no child has this number.
    """
    from allocator.explanation import explain as told

    return told(Path(folder), applicant_id, language)
