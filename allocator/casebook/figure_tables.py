"""The numbers of a book as tables: for terminal, CSV and workbook, and as objects for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from allocator.book import PENDING, BookState, Law
from allocator.casebook.figures import category_figures, home_demand, seat_figures, shortage_figures
from allocator.casebook.next_round import RoundDemand, round_demand, spare_figures
from allocator.casebook.words import round_words
from allocator.domain import Text
from allocator.sheets import (
    Cell,
    Column,
    Mark,
    Table,
    Value,
    bilingual,
    both,
    columns,
    marks_of,
    school_names,
    zone_titles,
)

_Row = Sequence[Cell | Value]


class FigureTables:
    """The tables of one state.

    Parameters
    ----------
    law : Law
        Of the book.
    state : BookState
        Between two events.
    head : str
        Of the journal; stands above each table in files.
    """

    def __init__(self, law: Law, state: BookState, head: str = "") -> None:
        self.law, self.state = law, state
        self._marks = (*marks_of(law.policy), *((Mark(both("book.head", head=head)),) if head else ()))
        zh, en = school_names(law.district, "zh"), school_names(law.district, "en")
        self._schools = {school: Text(zh[school], en[school]) for school in zh}
        self._zones = zone_titles(law.district)
        named = [(c.category_id, c.name) for c in law.policy.categories]
        self._categories = Text(
            "、".join(f"{c} {name.zh}" for c, name in named), "; ".join(f"{c} {name.en}" for c, name in named)
        )

    def all(self) -> Iterator[Table]:
        """Return every table that says something in this state."""
        found = [self.seats()]
        if self.state.parties:
            found += [self.categories(), self.homes()]
        if self.state.season == "drawn":
            found += [table for table in (self.coming(), self.spare(), self.shortage()) if table.rows]
        return (replace(table, marks=self._marks + _explained(table)) for table in found)

    def seats(self) -> Table:
        """Return plan, most children, children seated, seats set aside and left, by school."""
        rows = [(self._school(row.school), *row[1:]) for row in seat_figures(self.law, self.state)]
        heads = columns("figures", ("school", "plan", "cap", "taken", "aside", "left"))
        return _table("seats", heads, _with_sums(rows))

    def categories(self) -> Table:
        """Return the children of each category by status and by where they stand."""
        names = ("everyone", "verified", "late", "blacklisted", "seated", "waiting", "needs_ruling", "external", "gone")
        rows = [
            (row.category, *row[1:])
            for row in category_figures(self.law, self.state)
            if row.children
        ]
        heads = columns("figures", ("category", *names))
        return _table("categories", heads, _with_sums(rows), both("figures.note.categories", names=self._categories))

    def homes(self) -> Table:
        """Return the verified children of each home school by category: what each batch will need there."""
        found = home_demand(self.law, self.state)
        there = [name for name in self.law.policy.rank if any(row.children[name] for row in found)]
        rows = [
            (self._school(row.school), row.plan, sum(row.children.values()), *(row.children[name] for name in there))
            for row in found
        ]
        letters = (Column(name, "right", key=name) for name in there)
        heads = (*columns("figures", ("school", "plan", "locals")), *letters)
        return _table("homes", heads, _with_sums(rows), both("figures.note.homes"))

    def coming(self) -> Table:
        """Return who comes to each school in the round that opens next, and what becomes of them; of none, no rows."""
        name = self.state.following_round
        found = round_demand(self.law, self.state, name) if self.law.exists(name) else ()
        together = "adjusted" if name not in self.law.batches.values() else "diverted"
        rows = [
            (
                self._school(row.school) if row.school else both(f"figures.{together}"),
                row.parties, row.children, row.carried, row.seats, self._turn(row, name),
            )
            for row in found
        ]  # fmt: skip
        heads = (*columns("figures", ("school", "parties", "children", "carried", "seats")), _words("turn"))
        return _table("coming", heads, rows, both("figures.note.coming"), round_=name)

    def spare(self) -> Table:
        """Return what each school can receive from the next batch, by both readings of "spare" (Q-04)."""
        pending = (r for r in self.law.batches.values() if self.state.rounds[r].state == PENDING)
        name = next(pending, "")
        found = spare_figures(self.law, self.state, name) if name else ()
        rows = [
            (self._school(row.school), row.left, row.locals, row.beyond_locals, row.receiving, self._all(row.origins))
            for row in found
        ]
        heads = columns("figures", ("school", "spare_a", "locals", "spare_b", "receiving"))
        return _table("spare", (*heads, _words("origins")), rows, both("figures.note.spare"), round_=name)

    def shortage(self) -> Table:
        """Return the children without a seat by category and zone (Q-38)."""
        rows = [
            (row.category, self._zones.get(row.zone, row.zone), sum(row[2:]), *row[2:])
            for row in shortage_figures(self.state)
        ]
        names = ("category", "zone", "children", "verified", "late", "blacklisted", "needs_ruling")
        kind = "pending" if self.state.adjustment_pending else "shortage"
        return _table(kind, columns("figures", names, 2), _with_sums(rows, 2) if rows else ())

    def _turn(self, row: RoundDemand, round_: str) -> Text:
        """Return what becomes of those who come to a school; a whole batch without a seat is diverted (C059)."""
        goes_on = row.turn == "full" and bool(row.school) and round_ in self.law.batches.values()
        return both("figures.turn.whole" if goes_on else f"figures.turn.{row.turn}")

    def _school(self, school: str) -> Text | str:
        return self._schools.get(school, school)

    def _all(self, schools: Iterable[str]) -> Text | str:
        """Return the names of some schools, one after another."""
        named = [self._schools[school] for school in schools]
        return Text("、".join(name.zh for name in named), ", ".join(name.en for name in named)) if named else ""


def figures_object(law: Law, state: BookState) -> dict[str, Any]:
    """Return the same numbers for programs: a list of rows for each table, by id."""
    following, is_drawn = state.following_round, state.season == "drawn"
    batch = next((name for name in law.batches.values() if state.rounds[name].state == PENDING), "")
    coming = round_demand(law, state, following) if is_drawn and law.exists(following) else ()
    spare = spare_figures(law, state, batch) if is_drawn and batch else ()
    return {
        "seats": [row._asdict() for row in seat_figures(law, state)],
        "categories": [row._asdict() for row in category_figures(law, state)],
        "home_demand": [row._asdict() | {"children": dict(row.children)} for row in home_demand(law, state)],
        "next_round": following if is_drawn and law.exists(following) else "",
        "round_demand": [row._asdict() for row in coming],
        "next_batch": batch,
        "spare": [row._asdict() | {"origins": list(row.origins)} for row in spare],
        "without_seat": [row._asdict() for row in shortage_figures(state)] if is_drawn else [],
        "adjustment_pending": state.adjustment_pending,
    }


def _table(
    kind: str, heads: Sequence[Column], rows: Sequence[_Row], note: Text | str = "", *, round_: str = ""
) -> Table:
    """Return a table with the words of its kind."""
    words = {"round": bilingual(lambda language: round_words(round_, language))}
    first = replace(heads[0], whole=True)
    return Table((first, *heads[1:]), tuple(map(tuple, rows)), both(f"figures.{kind}.title", **words), note, tight=True,
                 kind=f"book-{kind}")  # fmt: skip


def _explained(table: Table) -> tuple[Mark, ...]:
    """Return the note of a table as a line above it: files have nothing below."""
    return (Mark(table.note, "lead"),) if table.note else ()


def _words(key: str) -> Column:
    """Return a column of words behind the numbers."""
    return Column(both(f"figures.{key}"), key=key)


def _with_sums(rows: Sequence[_Row], words: int = 1) -> list[_Row]:
    """Return rows with their sums as the last one."""
    numbers = zip(*(row[words:] for row in rows), strict=True)
    sums = [Cell(sum(int(str(value)) for value in column), strong=True) for column in numbers]
    return [*rows, (Cell(both("totals.all"), strong=True), *[""] * (words - 1), *sums)]
