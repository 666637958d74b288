"""Two determinations made apart must say the same of every child, or nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from allocator.checking import determination as checker
from allocator.determination import determine_by_steps, private_draw
from allocator.domain import Applicant, Determination, Determined, Draw, OfficeTables, PrivateResult
from allocator.ground import DisagreementError, begin_in_background

MANY = 20_000
"""Children from which on a second core saves more than a process costs."""
_Row = TypeVar("_Row", Determined, Applicant, PrivateResult)


class _Difference(NamedTuple):
    """A cell in which two determinations differ."""

    child: str
    field: str
    one: str
    other: str


def agreed_determination(tables: OfficeTables) -> Determination:
    """Determine the roster twice and return it.

    Raises
    ------
    DisagreementError
        With the first child and column in which the two differ.
    """
    beside = begin_in_background(lambda: checker.determine_answers(tables), beside=len(tables.applications) >= MANY)
    one, other = determine_by_steps(tables), beside()
    if one != other:
        _refuse([*_differences(one.rows, other.rows), *_differences(one.roster, other.roster)])
    return one


def agreed_private_draw(tables: OfficeTables, seedhex: str, drawn: Draw | None = None) -> tuple[PrivateResult, ...]:
    """Hold the private draw twice and return its rows.

    Raises
    ------
    DisagreementError
        With the first child and column in which the two differ.
    """
    one, other = private_draw(tables, seedhex, drawn), checker.private_draw_answers(tables, seedhex, drawn)
    if one != other:
        _refuse(list(_differences(one, other)))
    return one


def _refuse(found: Sequence[_Difference]) -> None:
    """Raise the first of some differences, with the others as details."""
    first = found[0] if found else _Difference("", "", "", "")
    words = {**first._asdict(), "count": str(len({difference.child for difference in found}))}
    lines = tuple(f"{d.child} {d.field}: {d.one!r} / {d.other!r}" for d in found)
    raise DisagreementError("determine.disagree", words, lines)


def _differences(ones: Sequence[_Row], others: Sequence[_Row]) -> Iterator[_Difference]:
    """Yield the cells that differ, by child in order of ids, and children who are in one of the two alone."""
    old, new = ({row.applicant_id: row for row in rows} for rows in (ones, others))
    for child in sorted(old.keys() | new.keys()):
        one, other = old.get(child), new.get(child)
        if one is None or other is None:
            yield _Difference(child, "applicant_id", *("–" if row is None else child for row in (one, other)))
            continue
        for field, left, right in zip(one._fields, one, other, strict=True):
            if left != right:
                yield _Difference(child, field, _written(left), _written(right))


def _written(cell: str | Sequence[str]) -> str:
    """Return a cell as files have it."""
    return cell if isinstance(cell, str) else ";".join(cell)
