"""Every file for the website looked through, cell by cell and line by line: each place that holds personal data named.

Cards, telephones and addresses are looked for everywhere. Where children are listed also names in full and columns of
categories; the batch may be told, and policy, draws and cut-offs may tell categories (public.md section 3).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from allocator.ground import Fault, Written
from allocator.public.private_signs import CATEGORY, NAME, PrivateSigns, is_name_in_full
from allocator.reporting.public_form import PUBLIC_COLUMNS
from allocator.sheets import Table, written_in

LATER, LATER_COLUMNS = "later-changes.csv", ("event", "number", "change", "school_id")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "draw-roster.csv": ("id", "size"),
    "numbers.csv": ("id", "number"),
    LATER: LATER_COLUMNS,
    "lists": PUBLIC_COLUMNS,
    "lists/changes": (*PUBLIC_COLUMNS[:4], "change", "event"),
    "draws": ("rank", "id", "size", "ticket", "result", "group"),
    "cutoffs.csv": (
        "school_id", "phase", "step", "tier", "category", "wanted", "admitted", "draw_id", "last_ticket", "last_rank",
        "first_refused",
    ),
}  # fmt: skip
"""Columns by file, or by the folder that it lies in."""
_MAY_TELL_CATEGORIES = ("draws", "cutoffs.csv")
_SOURCE = re.compile(r"source=(?:witness-[1-9][0-9]?:(?:[0-9]{1,1000}|ABSENT)|drand-[a-z0-9-]{1,41}:[0-9:a-f]+)\r?")
"""Digits of witnesses and rounds of drand are numbers of nobody."""
_FEW = re.compile(r"[0-9]{0,9}")


def private_faults(files: Mapping[str, bytes], signs: PrivateSigns, plain: Collection[str]) -> Iterator[Fault]:
    """Yield a fault for every cell and line that may not be published; what stands there is not repeated.

    Parameters
    ----------
    files : mapping of str to bytes
        By path, what is to be published.
    plain : collection of str
        Cells that are what they must be: registration numbers, ids, numbers drawn.
    """
    for path, raw in files.items():
        is_table = path.endswith(".csv")
        try:
            words = raw.decode("utf-8-sig")
            if is_table:
                yield from _of_table(path, words, signs, plain)
            else:
                yield from _of_text(path, words, signs)
        except (UnicodeDecodeError, csv.Error):
            yield Fault("publish.not_csv" if is_table else "publish.not_text", path)


def table_faults(path: str, table: Table, signs: PrivateSigns, plain: Collection[str]) -> Iterator[Fault]:
    """Yield the same of a list as people read it: of the lines above it, and of every cell."""
    written = Written("both")
    for row, mark in enumerate(table.above, start=1):
        yield from _found(signs.kinds(mark.line(written)), path, row, "")
    for row, cells in enumerate(table.rows, start=len(table.above) + 2):
        for column, cell in zip(table.columns, cells, strict=True):
            if isinstance(cell, str) and cell not in plain:
                kinds = signs.kinds(cell) + signs.known_kinds(cell)
                if column.key == "masked_name" and is_name_in_full(cell):
                    kinds.append(NAME)
                yield from _found(kinds, path, row, written_in(written, column.title))


def _of_text(path: str, words: str, signs: PrivateSigns) -> Iterator[Fault]:
    """Of a text: each of its lines."""
    for row, line in enumerate(words.split("\n"), start=1):
        if not _SOURCE.fullmatch(line):
            yield from _found(signs.kinds(line), path, row, "")


def _of_table(path: str, words: str, signs: PrivateSigns, plain: Collection[str]) -> Iterator[Fault]:
    """Of a table: its headings, each cell, and whole columns."""
    reader = csv.reader(io.StringIO(words, newline=""), strict=True)
    heads = next(reader, [])
    is_list = _kind(path) not in _MAY_TELL_CATEGORIES
    yield from _headings(path, heads, signs, is_list=is_list)
    names = {at for at, head in enumerate(heads) if signs.heading_kind(head) == NAME}
    others: dict[int, set[str]] = {}
    first: dict[int, int] = {}
    for row in reader:
        for at, cell in enumerate(row):
            if not cell or _FEW.fullmatch(cell):
                continue
            kinds = signs.known_number(cell) if cell in plain else [*signs.kinds(cell), *signs.known_kinds(cell)]
            if at in names and is_name_in_full(cell):
                kinds.append(NAME)
            yield from _found(kinds, path, reader.line_num, heads[at] if at < len(heads) else str(at + 1))
            others.setdefault(at, set()).add(cell)
            first.setdefault(at, reader.line_num)
    for at, cells in others.items() if is_list else ():
        head = heads[at] if at < len(heads) else str(at + 1)
        if head != "batch" and signs.is_of_categories(cells):
            yield Fault(f"publish.private.{CATEGORY}", path, first[at], head)


def _headings(path: str, heads: Sequence[str], signs: PrivateSigns, *, is_list: bool) -> Iterator[Fault]:
    """Of headings that such a file has not: what they would tell, or that there is no such column."""
    expected = _COLUMNS.get(_kind(path), ())
    for at, head in enumerate(heads):
        if head in expected[at : at + 1]:
            continue
        kind = signs.heading_kind(head)
        if kind and (is_list or kind != CATEGORY):
            yield Fault(f"publish.private.{kind}", path, 1, head[:40])
        elif head not in expected:
            yield Fault("publish.column", path, 1, head[:40], "", {"expected": ",".join(expected)})
    if not heads and expected:
        yield Fault("publish.column", path, 1, "", "", {"expected": ",".join(expected)})


def _kind(path: str) -> str:
    """Which file of a published folder it is: its name, or the folder that it lies in; of a round as of a run."""
    parts = path.split("/")
    parts = parts[2:] if parts[0] == "rounds" and len(parts) > 2 else parts
    return "/".join(parts[:2]) if parts[:2] == ["lists", "changes"] and len(parts) > 2 else parts[0]


def _found(kinds: Sequence[str], path: str, row: int, column: str) -> Iterator[Fault]:
    yield from (Fault(f"publish.private.{kind}", path, row, column[:40]) for kind in dict.fromkeys(kinds))
