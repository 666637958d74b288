"""A district folder with its draw: read, compared with its tables by a second reader, held against what was frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.checking.law.inputs import check_inputs
from allocator.domain import District, Draw, Transcript, Violation
from allocator.ground import MOST_OF_A_TEXT, DisagreementError, Fault, InputError, open_file_bytes
from allocator.lottery import (
    FROZEN,
    NUMBERS,
    TRANSCRIPT,
    FrozenDigests,
    canonical_tables,
    frozen_plain_bytes,
    hard_cap_faults,
    parse_transcript,
    party_sizes,
    read_order_numbers,
    weak_seed_faults,
)
from allocator.proofreading import MOST_TOLD, comparison_with_canonical
from allocator.reading import not_frames_for_folder, read_folder, read_frames
from allocator.record import change_faults

if TYPE_CHECKING:
    from pandas import DataFrame


def read_district(
    folder: str | Path, *, transcript: str | Path | None = None, trial_seed: int | None = None,
    policy: str | Path | None = None, encoding: str | None = None,
    allow_weak_seed: bool = False, proofread: bool = True,
) -> District:  # fmt: skip
    """Read a district folder and its draw, and compare what was read with the tables by a second reader.

    Parameters
    ----------
    folder, policy : path
        Holds ``policy.yaml``, unless another one is given, and the tables.
    transcript, trial_seed : path, int
        The transcript of the public draw (``transcript.txt`` of the folder if it is there), or a trial number instead.
    encoding : str, optional
        Of the CSV files; found out where not given.
    allow_weak_seed : bool
        Accept a transcript with too few witnesses or bits; every list says so.
    proofread : bool
        Whether to compare at once; who says no calls ``demand_folder_reading`` before anything is written.

    Raises
    ------
    InputError
        With all faults of all files at once.
    DisagreementError
        If what was read is not what stands in the tables.
    ValueError
        If ``trial_seed`` is below 0, or stands beside ``transcript``.
    """
    folder = Path(folder)
    read = partial(read_folder, folder, policy=None if policy is None else Path(policy), encoding=encoding)
    district = _with_draw(read, folder, transcript, trial_seed, allow_weak_seed)
    if proofread:
        demand_folder_reading(folder, district, encoding)
    return district


def district_of_frames(
    policy: str | Path,
    applicants: DataFrame,
    schools: DataFrame,
    zones: DataFrame,
    *,
    transcript: str | Path | None = None,
    trial_seed: int | None = None,
    allow_weak_seed: bool = False,
) -> District:
    """Make a district of a policy file and pandas frames, judged exactly like the files of a folder.

    Parameters, result and errors are those of ``District.from_frames``, which calls this.
    """
    frames = {"applicants": applicants, "schools": schools, "zones": zones}
    if wrong := not_frames_for_folder(frames):
        raise InputError(wrong)
    read = partial(read_frames, Path(policy), frames)
    return _with_draw(read, None, transcript, trial_seed, allow_weak_seed)


def _with_draw(
    read: Callable[[], District],
    folder: Path | None,
    transcript: str | Path | None,
    trial_seed: int | None,
    allow_weak_seed: bool,
) -> District:
    """Read a district and its draw, or raise everything that is wrong with either."""
    _refuse_seeds(transcript, trial_seed)
    faults: list[Fault] = []
    district = None
    try:
        district = read()
    except InputError as error:
        faults.extend(error.faults)
    own = None if folder is None else folder / TRANSCRIPT
    draw, draw_faults = _read_draw(own, transcript, trial_seed, allow_weak_seed)
    path = Path(transcript) if transcript is not None else own or Path(TRANSCRIPT)
    if draw is not None and draw.transcript is not None:
        roster = None if district is None else party_sizes(district.applicants)
        numbers, wrong = read_order_numbers(path.parent, draw.transcript, roster, path.name)
        draw, draw_faults = replace(draw, numbers=numbers), [*draw_faults, *wrong]
    faults.extend(draw_faults)
    if district is not None and draw_faults and draw is not None and draw.transcript is not None:
        frozen = None if folder is None else folder / FROZEN
        violations = check_inputs(district, draw.transcript)
        faults.extend(_changed(district, draw.transcript, violations, frozen))  # told together with what became of it
    if district is None or faults:
        raise InputError(faults)
    if draw is not None and draw.transcript is not None and not draw.numbers and (path.parent / NUMBERS).exists():
        district = replace(district, warnings=(*district.warnings, Fault("warn.numbers_unused", NUMBERS)))
    return replace(district, draw=draw)


def _refuse_seeds(transcript: object, trial_seed: object) -> None:
    """Refuse a trial number that is none, and one beside a transcript."""
    if trial_seed is not None and (not isinstance(trial_seed, int) or isinstance(trial_seed, bool) or trial_seed < 0):
        raise ValueError(f"Expected a trial_seed of 0, 1, 2 …, found {trial_seed!r}.")
    if trial_seed is not None and transcript is not None:
        raise ValueError("Expected a transcript or a trial_seed, found both.")


def optional_folder_cells(district: District) -> dict[str, Callable[[], Iterable[tuple[str, ...]]]]:
    """Return by table what gives id and optional columns of its rows, which are in no canonical table."""
    return {
        "applicants": partial(map, attrgetter("applicant_id", "name", "sex"), district.applicants),
        "schools": partial(map, attrgetter("school_id", "name_en"), district.schools.values()),
    }


def demand_folder_reading(folder: Path, district: District, encoding: str | None = None) -> None:
    """Demand that a district says what the tables of its folder say, by a reader that shares no code with the first.

    Raises
    ------
    DisagreementError
        With every value that differs: file, row, column, value in the table, value read.
    """
    found = comparison_with_canonical(
        folder, dict(canonical_tables(district)), others=optional_folder_cells(district), encoding=encoding
    )
    if found:
        count = f"> {MOST_TOLD}" if len(found) > MOST_TOLD else str(len(found))
        raise DisagreementError("agree.reading", {"count": count}, faults=tuple(found))


def frozen_folder_faults(district: District, frozen: Path | None = None) -> list[Fault]:
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
        violations = check_inputs(district, district.draw.transcript)
        faults += _changed(district, district.draw.transcript, violations, frozen)
        faults += [Fault(v.code, NUMBERS, params=dict(v.params)) for v in violations if v.code not in _DIGESTS]
    return faults


_DIGESTS = {"check.roster_digest": "roster", "check.policy_digest": "policy", "check.inputs_digest": "inputs"}
_FIRST_DIGEST = 3  # line of a transcript


def _changed(
    district: District, transcript: Transcript, violations: Sequence[Violation], frozen: Path | None
) -> list[Fault]:
    """The digests that the checker finds wrong, as faults of the transcript, and what was changed."""
    stated = FrozenDigests(transcript.roster_sha256, transcript.policy_sha256, transcript.inputs_sha256)
    found = {_DIGESTS[v.code]: dict(v.params)["found"] for v in violations if v.code in _DIGESTS}
    return change_faults(stated, stated._replace(**found), district, (TRANSCRIPT, _FIRST_DIGEST), frozen)


def _read_draw(
    own: Path | None, transcript: str | Path | None, trial_seed: int | None, allow_weak_seed: bool
) -> tuple[Draw | None, list[Fault]]:
    """The draw of a folder: a trial seed, the transcript named, or the folder's own; None where there is none.

    A transcript that was only saved again comes with its faults, so that what it froze can be compared all the same.
    """
    if trial_seed is not None:
        return Draw(trial_seed=trial_seed), []
    path = own if transcript is None else Path(transcript)
    if path is None:
        return None, []
    try:
        raw = open_file_bytes(path, MOST_OF_A_TEXT)
    except InputError as error:
        return None, list(error.faults)
    except OSError as error:
        if transcript is None and isinstance(error, FileNotFoundError | NotADirectoryError):
            return None, []  # no transcript yet, or no folder at all, which the reading of its tables tells
        return None, [Fault("file.unreadable", path.name, params={"reason": error.strerror or type(error).__name__})]
    found, faults = parse_transcript(raw, path.name)
    if found is None:
        meant, _ = parse_transcript(frozen_plain_bytes(raw), path.name)
        return None if meant is None else Draw(transcript=meant), faults
    return _judge_strength(found, allow_weak_seed)


def _judge_strength(found: Transcript, allow_weak_seed: bool) -> tuple[Draw | None, list[Fault]]:
    """Refuse a weak seed unless it is allowed; then mark the draw."""
    weak = weak_seed_faults(found)
    if weak and not allow_weak_seed:
        return None, weak
    return Draw(transcript=found, weak_seed=bool(weak)), []


District.of_frames = staticmethod(district_of_frames)  # so that the domain need not know who reads
