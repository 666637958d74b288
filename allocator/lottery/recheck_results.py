"""Whether the column ``result`` of a published order can be true at all (procedure.md sections 2 and 3).

The order of a draw at a school (its id holds a slash) tells who was admitted; that of a diversion or an adjustment
tells schools. Which seats there were, and who had to stand in the order, no published file says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from allocator.ground import Fault

ADMITTED, NOT_ADMITTED, PASSED_OVER, ELSEWHERE = "admitted", "not_admitted", "passed_over", "elsewhere"
AT_A_SCHOOL = (ADMITTED, NOT_ADMITTED, PASSED_OVER, ELSEWHERE)
UNPLACED = "unplaced"


class OrderLine(NamedTuple):
    """One line of a published order, its cells by their headings; without the column ``group`` all are of one."""

    rank: str
    id: str
    size: str
    ticket: str
    result: str
    group: str = "1"


_SCHOOL = re.compile(r"[A-Za-z0-9-]{1,32}")


def schools_with_results(folder: Path) -> frozenset[str]:
    """Return the ids of the schools that have a list in the published folder; none where no list is published."""
    return frozenset(path.stem for path in (folder / "lists").glob("*.csv") if not path.stem.startswith("_"))


def result_faults(file: str, draw_id: str, rows: Sequence[OrderLine], schools: Set[str]) -> Iterator[Fault]:
    """Yield the results of an order that cannot be true.

    Parameters
    ----------
    schools : set of str
        Ids of all schools; empty where they are not known.
    """
    if "/" in draw_id:
        yield from _words(file, rows)
        yield from _sequence(file, rows)
        yield from _held(file, rows)
    else:
        yield from _placements(file, rows, schools)


def _words(file: str, rows: Sequence[OrderLine]) -> Iterator[Fault]:
    """Yield results that are none of a draw at a school."""
    for line, row in enumerate(rows, start=2):
        if row.result not in AT_A_SCHOOL:
            yield Fault("draw.result", file, line, "result", row.result[:20], {"expected": ", ".join(AT_A_SCHOOL)})


def _sequence(file: str, rows: Sequence[OrderLine]) -> Iterator[Fault]:
    """Yield results that those above exclude: no seat after the last one, none for a bundle once too few."""
    ended = least = 0  # the line where seats had run out; the smallest bundle passed over
    for line, row in enumerate(rows, start=2):
        size, result = _size(row), row.result
        if result in (ADMITTED, PASSED_OVER) and ended:
            yield Fault("draw.result_after_end", file, line, "result", result, {"line": str(ended)})
        elif result == ADMITTED and 0 < least <= size:
            yield Fault("draw.result_after_bundle", file, line, "result", result, {"size": str(least)})
        if result == PASSED_OVER:
            if size < 2:
                yield Fault("draw.result_single", file, line, "result", result)
            least = min(least or size, size)
        if result == NOT_ADMITTED:
            ended = ended or line


def _held(file: str, rows: Sequence[OrderLine]) -> Iterator[Fault]:
    """Yield the fault of an order in which no group of equals has winners and losers: no draw was held then."""
    results: dict[str, set[str]] = {}
    for row in rows:
        results.setdefault(row.group, set()).add(row.result)
    if rows and not any(ADMITTED in found and found & {NOT_ADMITTED, PASSED_OVER} for found in results.values()):
        yield Fault("draw.result_no_draw", file, 0, "result")


def _placements(file: str, rows: Sequence[OrderLine], schools: Set[str]) -> Iterator[Fault]:
    """Yield results of a diversion or adjustment that are no school and not ``unplaced``."""
    for line, row in enumerate(rows, start=2):
        name = row.result
        known = name in schools if schools else _SCHOOL.fullmatch(name) and name not in AT_A_SCHOOL
        if name != UNPLACED and not known:
            yield Fault("draw.result_school", file, line, "result", name[:32], {"expected": UNPLACED})


def _size(row: OrderLine) -> int:
    """Return the number of children of a party; 0 where it is no number, which is told elsewhere."""
    return int(row.size) if row.size.isascii() and row.size.isdecimal() and len(row.size) < 4 else 0
