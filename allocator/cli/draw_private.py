"""The transcript of the draw for the private schools, whose folder holds the tables before a roster."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from allocator.cli.command import Teller, show_warnings
from allocator.ground import MOST_OF_A_TEXT, Fault, InputError, open_file_bytes
from allocator.lottery import FrozenDigests
from allocator.office import PRIVATE_FREEZE, PRIVATE_TRANSCRIPT, office_reading, private_digests, private_parties
from allocator.record import freeze_bytes


def demand_draw_private_frozen(
    teller: Teller, folder: Path, encoding: str | None, faults: list[Fault],
    of_roster: Callable[[Iterable[str] | None], list[Fault]] = lambda roster: [],
) -> FrozenDigests:  # fmt: skip
    """Return what the transcript must carry: what was frozen, if nothing was changed since.

    ``of_roster`` gives further faults from the ids of all parties, or None where they cannot be read.

    Raises
    ------
    InputError
        With all faults of the tables and those given; if nothing was frozen, or a table is another one now.
    """
    try:
        tables, proof = office_reading(folder, encoding)
        proof()
    except InputError as error:
        raise InputError([*faults, *of_roster(None), *error.faults]) from error
    faults += of_roster(private_parties(tables))
    if faults:
        raise InputError(faults)
    show_warnings(tables.warnings, teller.language)
    digests = private_digests(tables)
    try:
        frozen = open_file_bytes(folder / PRIVATE_FREEZE, MOST_OF_A_TEXT).replace(b"\r\n", b"\n")
    except OSError as error:
        raise InputError([Fault("private.not_frozen", PRIVATE_FREEZE)]) from error
    if frozen != freeze_bytes(digests):
        raise InputError([Fault("private.changed", PRIVATE_FREEZE)])
    return digests


def draw_private_path(folder: Path, out: Path | None, again: str | None) -> Path:
    """Return where the transcript goes; one that is there stays there.

    Raises
    ------
    InputError
        If there is one, or a reason is given to replace it.
    """
    path = folder / PRIVATE_TRANSCRIPT if out is None else out
    if again is not None or path.exists():
        raise InputError([Fault("private.transcript_there", str(path))])
    return path
