"""Tables and pages of planners: an earlier one of the same kind is replaced, any other file never."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import get_args

from allocator.ground import MOST_OF_AN_OUTPUT, Fault, ListLanguages, Written, make_folder_owner_only, open_file_bytes
from allocator.record.folder import file_in_folder_faults
from allocator.record.swap import swap_file
from allocator.sheets import Column, demand_vega, is_workbook, workbook_file_keyword

_MARK = b"\xef\xbb\xbf"  # of UTF-8, by which Excel and WPS know it

REPORT_MARK = "allocator-planning-report"
"""Stands in every page, so that no other file is ever replaced by one."""


def kept_table_faults(
    path: Path, fault: str, kind: str, *, title: str = "", columns: Sequence[Column] = ()
) -> list[Fault]:
    """Return a fault where another file than an earlier table of the same kind would be replaced, or of another ending.

    Parameters
    ----------
    path : Path
        Where the table is to be written, as CSV or, by its ending, as a workbook.
    fault : str
        Code of the fault.
    kind : str
        Its kind, by which an earlier workbook is known.
    title : str
        Code of the text with which an earlier CSV for people begins. One for programs began so too when marks stood
        above its headings; where a table for people begins alike, as that of the odds, such a file is left alone.
    columns : sequence of Column
        The first columns of an earlier CSV for programs.
    """
    if inside := file_in_folder_faults(path):
        return inside
    if path.suffix.lower() not in ("", ".csv", ".xlsx"):
        return [Fault("out.table_ending", path.name, value=path.suffix)]
    if not path.exists():
        return []
    starts = [Written(lists).text(title) for lists in get_args(ListLanguages)] if title else []
    starts += [",".join(column.key for column in columns)] if columns else []
    earlier = _is_workbook_of(kind, path) if is_workbook(path) else _begins(path, starts)
    return [] if earlier else [Fault(fault, path.name or str(path))]


def _is_workbook_of(kind: str, path: Path) -> bool:
    """Whether a file is a workbook of a kind."""
    return path.is_file() and workbook_file_keyword(kind) in open_file_bytes(path, MOST_OF_AN_OUTPUT)


def _begins(path: Path, starts: Iterable[str]) -> bool:
    """Whether a file is CSV that begins with one of some texts."""
    if not path.is_file():
        return False
    wanted = tuple(_MARK + start.encode("utf-8") for start in starts)
    with path.open("rb") as file:
        return file.read(max(map(len, wanted))).startswith(wanted)


def write_kept_page(path: Path, page: bytes) -> None:
    """Write a page, whole or not at all, in a folder that is made where there is none."""
    make_folder_owner_only(path.parent)
    swap_file(path, page)


def kept_page_faults(path: Path) -> list[Fault]:
    """Say why a page may not be written there; call it before the work begins.

    Raises
    ------
    InputError
        If the extra ``report`` is not installed.
    """
    demand_vega()
    if inside := file_in_folder_faults(path):
        return inside
    if not os.path.lexists(path):
        return [] if path.parent.is_dir() or not path.parent.exists() else [Fault("out.not_a_folder", str(path.parent))]
    if path.is_file() and REPORT_MARK.encode() in open_file_bytes(path, MOST_OF_AN_OUTPUT):
        return []
    return [Fault("report.other_file", str(path))]
