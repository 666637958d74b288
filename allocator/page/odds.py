"""Heat table of odds: kinds of children by school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allocator.domain import Text
from allocator.page.parts import Cell, Column, Table, Value
from allocator.page.words import coded, number


@dataclass(frozen=True, slots=True)
class Odds:
    """The odds of one kind of child.

    Attributes
    ----------
    kind : Text or str
        Which children: zone, category, choices, bundle.
    chances : Mapping[str, tuple of (float, float)]
        By school key: probability from 0 to 1 and its standard error (0 where it is exact).
    children : int or None
        How many children are of the kind; None where that is not shown.
    """

    kind: Text | str
    chances: Mapping[str, tuple[float, float]]
    children: int | None = None

    def __post_init__(self) -> None:
        if any(not 0 <= chance <= 1 or error < 0 for chance, error in self.chances.values()):
            raise ValueError(f"Expected probabilities from 0 to 1 and errors of at least 0, got {self}.")


def odds_table(
    rows: Sequence[Odds], schools: Sequence[tuple[str, Text | str]], *, caption: Text | str = "", folded: bool = False,
) -> Table:
    """Return a table whose cells are the darker the likelier a school is, with numbers and standard errors.

    Parameters
    ----------
    rows : sequence of Odds
        Kinds of children, in the order shown.
    schools : sequence of (key, name)
        Columns in order; a school that no kind can get is left out.
    caption : Text or str
        Default: the name of the table.
    folded : bool
        Shown closed at first.
    """
    shown = [(key, name) for key, name in schools if any(row.chances.get(key, (0, 0))[0] > 0 for row in rows)]
    counted = any(row.children is not None for row in rows)
    columns = [Column(coded("page.kind_of_child"))]
    columns += [Column(coded("page.children"), "right")] if counted else []
    columns += [Column(name, "center") for _, name in shown]
    lines: list[tuple[Cell | Value, ...]] = []
    for row in rows:
        first: tuple[Cell | Value, ...] = (row.kind, row.children) if counted else (row.kind,)
        lines.append((*first, *(_chance(*row.chances.get(key, (0.0, 0.0))) for key, _ in shown)))
    return Table(tuple(columns), tuple(lines), caption or coded("page.odds"), coded("page.odds_note"), folded)


def _chance(chance: float, error: float) -> Cell:
    """A shaded cell: percent, and the standard error in percentage points."""
    if chance <= 0:
        return Cell(None)
    words = "<1%" if chance < 0.005 else ">99%" if 0.995 <= chance < 1 else f"{number(100 * chance)}%"
    small = f"±{number(100 * error, 1)}" if error else ""
    return Cell(words, small, chance)
