"""The public lists against the published orders and cut-offs (public.md sections 3 and 5; docs/verify-page.md).

Every winner stands on the list of its school with rank and ticket, nobody else in its place, nobody twice; as many
children of bundles as the draw roster says, and of a batch as the cut-offs say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from allocator.ground import Fault, masked_name
from allocator.lottery.published_table import published_table
from allocator.lottery.recheck_cutoffs import PublishedCutoffs, cutoff_order_faults, read_cutoffs
from allocator.lottery.recheck_results import ADMITTED, ELSEWHERE, NOT_ADMITTED, PASSED_OVER, UNPLACED, OrderLine

LIST_HEADER = ["number", "masked_name", "batch", "school_id", "rank", "ticket"]
DECIDED = "decision"
LATER, LATER_HEADER = "later-changes.csv", ["event", "number", "change", "school_id"]
_NUMBER = re.compile(r"[A-Za-z0-9-]{1,32}")
_RANK = re.compile(r"[1-9][0-9]{0,8}")


class ListedChild(NamedTuple):
    """One line of a public list; ``line`` is its place in the file."""

    line: int
    number: str
    masked_name: str
    batch: str
    school_id: str
    rank: str
    ticket: str

    @property
    def has_lot(self) -> bool:
        """Whether rank or ticket stand there."""
        return bool(self.rank or self.ticket)


class PublicSeat(NamedTuple):
    """What an order gives a party: school, order, its line, and whether lots decided among its equals."""

    school: str
    draw_id: str
    row: OrderLine
    drawn: bool


@dataclass
class PublicSet:
    """Orders, cut-offs and lists of a folder, or of one round of a book.

    Attributes
    ----------
    begin : str
        Beginning of the paths: empty, or that of a round.
    orders : Mapping of str to Sequence of OrderLine
        Lines by draw id.
    sizes : Mapping of str to str
        The draw roster; empty where it cannot be read.
    smaller : Mapping of str to int
        Children who left each party later (``smaller_parties``); nobody can see whose number remained.
    """

    folder: Path
    begin: str
    orders: Mapping[str, Sequence[OrderLine]]
    sizes: Mapping[str, str]
    lists: dict[str, list[ListedChild]] = field(default_factory=dict)
    smaller: Mapping[str, int] = field(default_factory=dict)
    cutoffs: PublishedCutoffs | None = None
    seats: dict[str, PublicSeat] = field(default_factory=dict)

    def faults(self) -> list[Fault]:
        """Return everything that the three kinds of files contradict in each other, and the faults of their form."""
        self.cutoffs, found = read_cutoffs(self.folder, self.begin)
        for path in sorted((self.folder / f"{self.begin}lists").glob("*.csv"), key=lambda path: path.stem):
            self.lists[path.stem], faults = self._read(path)
            found += faults
        found += self._find_seats()
        if self.cutoffs is not None:
            found += cutoff_order_faults(self.cutoffs, self.begin, self.orders)
        if self.lists:
            found += [*self._line_faults(), *self._left_out(), *self._absent()]
            found += [*self._count_faults()] if self.cutoffs is not None else []
        return found

    def file(self, school: str) -> str:
        """Return the path of a list."""
        return f"{self.begin}lists/{school}.csv"

    def order_file(self, draw_id: str) -> str:
        """Return the path of an order."""
        return f"{self.begin}draws/{draw_id}.csv"

    def undrawn(self, school: str, batch: str) -> list[str] | None:
        """Return the parties on the list of a school in a batch who stand there without a lot; None without it."""
        lines = self.lists.get(school)
        if lines is None:
            return None
        return [one.number for one in lines if one.batch == batch and not one.ticket and one.number in self.sizes]

    def _read(self, path: Path) -> tuple[list[ListedChild], list[Fault]]:
        """Return the lines of a list and the faults of their form."""
        file = self.file(path.stem)
        cells, faults = published_table(path, file, [LIST_HEADER])
        lines = [ListedChild(line, *row) for line, row in enumerate(cells, start=2)]
        above = ""
        for one in lines:
            faults += [Fault(code, file, one.line, column, getattr(one, column)[:1 if column == "masked_name" else 60],
                             {"expected": path.stem, "above": above})
                       for code, column in _wrong_cells(one, path.stem, above)]  # fmt: skip
            above = one.number
        return lines, faults

    def _find_seats(self) -> Iterator[Fault]:
        """Note the seat that an order gives each party; yield who has two."""
        for draw_id, rows in sorted(self.orders.items()):
            groups: dict[str, set[str]] = defaultdict(set)
            for row in rows:
                groups[row.group].add(row.result)
            lost = {NOT_ADMITTED, PASSED_OVER}
            drawn = {group for group, found in groups.items() if ADMITTED in found and lost & found}
            for line, row in enumerate(rows, start=2):
                at_school = "/" in draw_id
                if (row.result != ADMITTED) if at_school else (row.result in (UNPLACED, ELSEWHERE)):
                    continue
                school = draw_id.partition("/")[2] if at_school else row.result
                seat = PublicSeat(school, draw_id, row, not at_school or row.group in drawn)
                other = self.seats.setdefault(row.id, seat)
                if other is not seat:
                    words = {"order": self.order_file(other.draw_id)}
                    yield Fault("draw.two_seats", self.order_file(draw_id), line, "result", row.id, words)

    def _line_faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the lines of lists, each list for itself and against the orders."""
        first: dict[str, tuple[str, int]] = {}
        for school, lines in self.lists.items():
            for one in lines:
                place = first.setdefault(one.number, (self.file(school), one.line))
                if place != (self.file(school), one.line):
                    words = {"file": place[0], "line": str(place[1])}
                    yield Fault("draw.list_twice", self.file(school), one.line, "number", one.number, words)
                elif one.number in self.sizes:
                    for code, words in self._seat_faults(one, school):
                        yield Fault(code, self.file(school), one.line, "number", one.number, words)
            yield from self._bundles(school, lines) if self.sizes else ()

    def _seat_faults(self, one: ListedChild, school: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield how one line differs from what the orders give its party."""
        seat = self.seats.get(one.number)
        if seat is None:
            yield from self._no_seat(one, school)
            return
        words = {"order": self.order_file(seat.draw_id), "school": seat.school}
        phase = self._phases().get(seat.draw_id, one.batch)
        if seat.school != school:
            yield "draw.list_other_school", words
        elif phase != one.batch:
            yield "draw.list_other_way", {**words, "phase": phase}
        elif not seat.drawn or not one.has_lot:
            if seat.drawn or one.has_lot:
                yield ("draw.list_draw_missing" if seat.drawn else "draw.list_draw_added"), words
        else:
            if one.rank != seat.row.rank:
                yield "draw.list_rank", {"expected": seat.row.rank}
            if one.ticket != seat.row.ticket:
                yield "draw.list_ticket", {"expected": seat.row.ticket}

    def _no_seat(self, one: ListedChild, school: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the fault of a line for a seat that an order would have to give, where none does."""
        phases = self._phases()
        drawn = [name for name, phase in phases.items() if phase == one.batch and name.endswith(f"/{school}")]
        if drawn and drawn[0] in self.orders:
            stood = any(row.id == one.number for row in self.orders[drawn[0]])
            code = "draw.list_not_admitted" if stood else "draw.list_not_in_order"
            yield code, {"order": self.order_file(drawn[0])}
        elif one.has_lot:
            if phases.keys() <= self.orders.keys():
                yield "draw.list_no_order", {"order": f"{self.begin}draws/"}
        else:
            for name, phase in phases.items():
                rows = self.orders.get(name, ()) if phase == one.batch and "/" not in name else ()
                if any(row.id == one.number and row.result == UNPLACED for row in rows):
                    yield "draw.list_unplaced", {"order": self.order_file(name)}

    def _phases(self) -> dict[str, str]:
        """Return the phase of every draw that the cut-offs name."""
        return {} if self.cutoffs is None else self.cutoffs.phase_of_draw()

    def _bundles(self, school: str, lines: Sequence[ListedChild]) -> Iterator[Fault]:
        """Yield where the children who are no party of their own are not as many as the bundles beside them say."""
        expected: Counter[str] = Counter()
        others: dict[str, list[ListedChild]] = defaultdict(list)
        for one in lines:
            size = self.sizes.get(one.number)
            if size is not None:
                expected[one.batch] += int(size) - 1 if size.isdecimal() and int(size) else 0
                continue
            others[one.batch].append(one)
            if one.has_lot:
                words = {"order": f"{self.begin}draws/"}
                yield Fault("draw.list_draw_added", self.file(school), one.line, "number", one.number, words)
        for batch in expected.keys() | others.keys():
            found = others[batch]
            unsure = sum(int(size) for party in self.smaller if (size := self.sizes.get(party, "0")).isdecimal())
            if len(found) > expected[batch] + unsure:
                file = self.file(school)
                yield from (Fault("draw.list_unknown", file, one.line, "number", one.number) for one in found)
            elif len(found) < expected[batch] - unsure:
                words = {"expected": str(expected[batch]), "found": str(len(found))}
                yield Fault("draw.list_bundle", self.file(school), 0, "batch", batch, words)

    def _left_out(self) -> Iterator[Fault]:
        """Yield who has a seat by an order and stands on no list."""
        listed = {one.number for lines in self.lists.values() for one in lines}
        for party, seat in self.seats.items():
            if seat.school in self.lists and party not in listed and party not in self.smaller:
                words = {"order": self.order_file(seat.draw_id)}
                yield Fault("draw.list_left_out", self.file(seat.school), 0, "number", party, words)

    def _absent(self) -> Iterator[Fault]:
        """Yield the lists of schools to which somebody was admitted that are not there."""
        wanted = {seat.school for seat in self.seats.values()}
        if self.cutoffs is not None:
            wanted |= {row.school_id for _, row in self.cutoffs.rows if row.admitted != "0"}
        for school in sorted(wanted - self.lists.keys()):
            if _NUMBER.fullmatch(school):
                yield Fault("draw.list_missing", self.file(school))

    def _count_faults(self) -> Iterator[Fault]:
        """Yield lists that hold more or fewer children of a batch than the cut-offs say."""
        assert self.cutoffs is not None
        for school, lines in self.lists.items():
            listed = Counter(one.batch for one in lines if one.batch != DECIDED)
            rows = [row for _, row in self.cutoffs.rows if row.school_id == school]
            for phase in sorted(listed.keys() | {row.phase for row in rows}):
                admitted = sum(int(row.admitted) for row in rows if row.phase == phase)
                if admitted != listed[phase]:
                    words = {"school": school, "phase": phase, "expected": str(listed[phase])}
                    yield Fault("draw.cutoff_list", self.cutoffs.file, 0, "admitted", str(admitted), words)
                    words = {"phase": phase, "expected": str(admitted), "found": str(listed[phase])}
                    yield Fault("draw.list_count", self.file(school), 0, "batch", phase, words)


def _wrong_cells(one: ListedChild, school: str, above: str) -> Iterator[tuple[str, str]]:
    """Yield code and column of every cell of a line that cannot be right, by itself or below the line above."""
    if not _NUMBER.fullmatch(one.number):
        yield "draw.list_id", "number"
    if one.school_id != school:
        yield "draw.list_school", "school_id"
    if not one.batch:
        yield "draw.list_batch", "batch"
    if masked_name(one.masked_name) != one.masked_name:
        yield "draw.list_name", "masked_name"
    if bool(one.rank) != bool(one.ticket) or (one.rank and not _RANK.fullmatch(one.rank)):
        yield "draw.list_lot", "rank"
    if one.number < above:
        yield "draw.list_sequence", "number"


def late_parties(folder: Path) -> dict[str, str]:
    """Return the sizes of the parties that registered after the draw: parties of later rounds, on no draw roster.

    ``later-changes.csv`` of a case book has a line for each of their children; the smallest number of an event is the
    party.
    """
    late: dict[str, list[str]] = defaultdict(list)
    for event, number, change, _ in _later_changes(folder):
        if change == "late":
            late[event].append(number)
    return {min(numbers): str(len(numbers)) for numbers in late.values()}


def smaller_parties(folder: Path) -> Counter[str]:
    """Return how many children left each party of a case book while it waited."""
    return Counter(number for _, number, change, _ in _later_changes(folder) if change == "smaller")


def _later_changes(folder: Path) -> list[list[str]]:
    """Return the lines of ``later-changes.csv``; none where there is no book."""
    there = (folder / LATER).is_file()
    return published_table(folder / LATER, LATER, [LATER_HEADER])[0] if there else []
