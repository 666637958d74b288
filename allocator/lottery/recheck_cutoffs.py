"""The published cut-offs against the published orders (public.md section 2; what is compared: docs/verify-page.md).

Children are counted, ranks and tickets are of parties. Of a diversion or adjustment nobody can see which schools a
party came past, so that *wanted* is held against its bounds only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from allocator.ground import Fault
from allocator.lottery.published_table import published_table
from allocator.lottery.recheck_results import ADMITTED, ELSEWHERE, UNPLACED, OrderLine

CUTOFFS = "cutoffs.csv"
_STEPS = ("", "home", "receiving")
_SLUG = re.compile(r"[A-Za-z0-9-]{1,32}")
_COUNT = re.compile(r"0|[1-9][0-9]{0,8}")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_TIER = re.compile(r"(?:[1-9][0-9]{0,3})?")


class PublishedCutoff(NamedTuple):
    """One line of the cut-offs, its cells by their headings."""

    school_id: str
    phase: str
    step: str
    tier: str
    category: str
    wanted: str
    admitted: str
    draw_id: str
    last_ticket: str
    last_rank: str
    first_refused: str


@dataclass(frozen=True)
class PublishedCutoffs:
    """The cut-offs of a folder, or of one round of a book.

    Attributes
    ----------
    file : str
        Path in the published folder.
    rows : tuple of (int, PublishedCutoff)
        Line of the file and cells of each row that can be right.
    """

    file: str
    rows: tuple[tuple[int, PublishedCutoff], ...]

    def phase_of_draw(self) -> dict[str, str]:
        """Return the phase of every draw that a line names."""
        return {row.draw_id: row.phase for _, row in self.rows if row.draw_id}

    def fault(self, line: int, row: PublishedCutoff, column: str, expected: str) -> Fault:
        """Return the fault of a cell that is not what follows from policy, orders or lists."""
        words = {"expected": expected, "column": column, "school": row.school_id}
        return Fault("draw.cutoff_value", self.file, line, column, str(getattr(row, column))[:64], words)


def read_cutoffs(folder: Path, begin: str) -> tuple[PublishedCutoffs | None, list[Fault]]:
    """Return the cut-offs of a folder and the faults of their form; None where the file is not there."""
    file = f"{begin}{CUTOFFS}"
    if not (folder / file).is_file():
        return None, []
    cells, faults = published_table(folder / file, file, [PublishedCutoff._fields, list(PublishedCutoff._fields)])
    rows = []
    for line, row in enumerate((PublishedCutoff(*row) for row in cells), start=2):
        if wrong := _wrong_cell(row):
            value = str(getattr(row, wrong))[:64]
            faults.append(Fault("draw.cutoff_form", file, line, wrong, value, {"column": wrong}))
        else:
            rows.append((line, row))
    faults += [Fault("draw.cutoff_sequence", file, line, "phase", phase[:60]) for line, phase in _out_of_place(rows)]
    return PublishedCutoffs(file, tuple(rows)), faults


def _wrong_cell(row: PublishedCutoff) -> str:
    """Return the first column whose cell cannot be right, by itself or beside the others; empty if none."""
    nobody = row.admitted == "0"
    right = {
        "school_id": _SLUG.fullmatch(row.school_id),
        "phase": row.phase,
        "step": row.step in _STEPS,
        "tier": _TIER.fullmatch(row.tier),
        "wanted": _NUMBER.fullmatch(row.wanted),
        "admitted": _COUNT.fullmatch(row.admitted),
        "last_rank": not row.last_rank if nobody else _NUMBER.fullmatch(row.last_rank),
        "last_ticket": nobody != bool(row.last_ticket),
        "first_refused": (row.admitted != row.wanted) == bool(row.first_refused),
        "draw_id": row.draw_id or row.step != "receiving",
        "category": not (nobody and (row.tier or row.category)),
    }
    wrong = next((column for column, is_right in right.items() if not is_right), "")
    return wrong or ("admitted" if int(row.admitted) > int(row.wanted) else "")


def _out_of_place(rows: Sequence[tuple[int, PublishedCutoff]]) -> Iterator[tuple[int, str]]:
    """Yield line and phase where a phase begins a second time, or school and step do not ascend within one."""
    ended: set[str] = set()
    phase, above = "", ("", -1)
    for line, row in rows:
        here = (row.school_id, _STEPS.index(row.step))
        if row.phase != phase:
            ended |= {phase}
            if row.phase in ended:
                yield line, row.phase
        elif here <= above:
            yield line, row.phase
        phase, above = row.phase, here


def cutoff_order_faults(found: PublishedCutoffs, begin: str, orders: Mapping[str, Sequence[OrderLine]]) -> list[Fault]:
    """Return where the cut-offs and the orders of a folder contradict each other."""
    named = found.phase_of_draw()
    faults = [Fault("draw.order_missing", f"{begin}draws/{name}.csv") for name in named if name not in orders]
    for draw_id, lines in orders.items():
        rows = [(line, row) for line, row in found.rows if row.draw_id == draw_id]
        if not rows and "/" not in draw_id and all(line.result == UNPLACED for line in lines):
            continue  # nobody in it had a school to go to
        if not rows:
            faults.append(Fault("draw.cutoff_missing", found.file, 0, "draw_id", draw_id))
            faults.append(Fault("draw.order_unknown", f"{begin}draws/{draw_id}.csv"))
        elif "/" in draw_id:
            told = [fault for line, row in rows for fault in _differing(found, line, row, _expected(draw_id, lines))]
            faults += _of_both(told, f"{begin}draws/{draw_id}.csv")
        else:
            faults += _of_both(list(_placement_faults(found, rows, lines)), f"{begin}draws/{draw_id}.csv")
            absent = {line.result for line in lines} - {row.school_id for _, row in rows} - {UNPLACED}
            faults += [Fault("draw.cutoff_missing", found.file, 0, "school_id", f"{one} {draw_id}") for one in absent]
    return faults


def _of_both(faults: list[Fault], file: str) -> list[Fault]:
    """Return what differs, told of the order too: either file may be the one that was changed."""
    words = [{"column": fault.params["column"], "school": fault.params["school"]} for fault in faults]
    return [*faults, *(Fault("draw.order_cutoff", file, 0, "", "", one) for one in words)]


def _differing(found: PublishedCutoffs, line: int, row: PublishedCutoff, expected: Mapping[str, str]) -> list[Fault]:
    """Return the cells of a line that are not as expected."""
    wrong = [(column, value) for column, value in expected.items() if getattr(row, column) != value]
    return [found.fault(line, row, column, value) for column, value in wrong]


def _expected(draw_id: str, lines: Sequence[OrderLine]) -> dict[str, str]:
    """Return the cells of the line of an order at a school, by their columns."""
    wanted = [line for line in lines if line.result != ELSEWHERE]
    admitted = [line for line in wanted if line.result == ADMITTED]
    refused = next((line.ticket for line in wanted if line.result != ADMITTED), "")
    return {
        "school_id": draw_id.partition("/")[2],
        "wanted": str(sum(map(children_of_party, wanted))),
        "admitted": str(sum(map(children_of_party, admitted))),
        "last_ticket": admitted[-1].ticket if admitted else "",
        "last_rank": admitted[-1].rank if admitted else "",
        "first_refused": refused,
    }


def _placement_faults(
    found: PublishedCutoffs, rows: Sequence[tuple[int, PublishedCutoff]], lines: Sequence[OrderLine]
) -> Iterator[Fault]:
    """Yield where the lines of a diversion or adjustment are not what its order shows."""
    went = {line.ticket: line.result for line in lines}
    most = sum(map(children_of_party, lines))
    for line, row in rows:
        here = [one for one in lines if one.result == row.school_id]
        last = (here[-1].ticket, here[-1].rank) if here else ("", "")
        expected = {"admitted": str(sum(map(children_of_party, here))), "last_ticket": last[0], "last_rank": last[1]}
        yield from _differing(found, line, row, expected)
        if int(row.wanted) > most:
            yield found.fault(line, row, "wanted", f"<= {most}")
        if row.first_refused and went.get(row.first_refused, row.school_id) == row.school_id:
            yield found.fault(line, row, "first_refused", "-")


def children_of_party(line: OrderLine) -> int:
    """Return the number of children of a party; 0 where it is no number, which is told elsewhere."""
    return int(line.size) if line.size.isascii() and line.size.isdecimal() and len(line.size) < 4 else 0
