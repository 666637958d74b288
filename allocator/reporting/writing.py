"""The output folder of a run: lists, record, copies of what went in, and the manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from allocator.domain import District, Row
from allocator.ground import ListLanguages
from allocator.lottery import APPLICANT_COLUMNS, applicant_cells, canonical_tables, csv_text, draw_roster
from allocator.record import Retelling, assignment_bytes, manifest_bytes, sealed, write_folder
from allocator.reporting.lists import masked_name
from allocator.reporting.outputs import published_files
from allocator.reporting.summary import Summary

ROSTER = "applicants.csv"


def write_outputs(
    out: Path,
    retelling: Retelling,
    summary: Summary,
    serial_rows: Sequence[Row] = (),
    *,
    workbook: bool = True,
    trace: bool = True,
    lists: ListLanguages = "both",
    replace: bool = False,
    confirm: Callable[[], object] = lambda: None,
) -> None:
    """Write everything that a run gives, whole or not at all.

    Parameters
    ----------
    out : Path
        The folder; an older output of ours is replaced in one step.
    retelling, summary, workbook, trace, lists
        As for ``published_files``.
    serial_rows : sequence of Row
        As for ``summarise``.
    replace : bool
        Whether even the result of another public draw may be replaced.
    confirm : callable
        Called when all files are ready; by raising it keeps them from taking the place of the old ones.

    Raises
    ------
    InputError
        If the folder holds other files or the result of another draw, or cannot be written.
    """
    published = published_files(retelling, summary, workbook=workbook, trace=trace, lists=lists)
    serial = [("assignment-serial-by-ticket.csv", assignment_bytes(serial_rows))] if serial_rows else []

    def _seal(digests: Mapping[str, str]) -> bytes:
        confirm()
        return sealed(out, manifest_bytes(retelling.district, digests, lists=lists), replace=replace)

    write_folder(out, chain(_copies(retelling.district, with_names=workbook), published, serial), _seal)


def _copies(district: District, *, with_names: bool) -> Iterator[tuple[str, bytes]]:
    """What anyone needs to recompute the draw, and what the office needs to verify the lists.

    The tables go in their canonical spelling; they say where children live and stay in the office. Names go masked,
    as they stand in the lists, and only if there are lists.
    """
    yield "policy.yaml", district.policy_bytes
    if district.draw is not None and district.draw.transcript is not None:
        yield "transcript.txt", district.draw.transcript.raw
    yield "draw-roster.csv", draw_roster(district)
    for name, content in canonical_tables(district):
        yield f"inputs/{name}", content if name != ROSTER or not with_names else _roster(district, content)


def _roster(district: District, canonical: bytes) -> bytes:
    """The canonical roster with the optional columns where the roster has them, so that lists can be made again."""
    if not any(child.name or child.sex for child in district.applicants):
        return canonical
    rows = [(*applicant_cells(child), masked_name(child.name), child.sex) for child in district.applicants]
    return csv_text([(*APPLICANT_COLUMNS, "name", "sex"), *rows]).encode("utf-8")
