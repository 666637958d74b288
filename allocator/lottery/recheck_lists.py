"""Published lists against the published orders: every edit of a list is found and named (lottery.md section 6).

With the lists and the orders alone: who won and is not in the list, who is in it and did not win, the draw, the way,
the running number, the order of lines, the lines above, names in full, a child twice, one that nobody knows. What the
office keeps beside them (``assignment.csv``, ``inputs/``) is compared as well where it is there, and the sheets of the
workbook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from allocator.ground import Fault
from allocator.lottery.list_form import list_form_faults
from allocator.lottery.order_seats import OrderRows, Seat, order_seats
from allocator.lottery.published_lists import (
    LISTS,
    WORKBOOK,
    ListWords,
    PublishedList,
    Way,
    WordsOf,
    read_published_lists,
    read_published_sheets,
)
from allocator.lottery.recheck_office import ListEntry, Office, assignment_entries, office_entries
from allocator.sheets import harmless

SHOWN = 20  # faults told of one file; the rest is counted


@dataclass
class ListsChecked:
    """What the comparison found, and what it could not compare.

    Attributes
    ----------
    faults : list of Fault
        Every difference.
    lists, children : int
        Lists compared, and children in them.
    notes : list of (str, dict)
        What was not checked, as codes with their words.
    """

    faults: list[Fault] = field(default_factory=list)
    lists: int = 0
    children: int = 0
    notes: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def recheck_lists(
    folder: Path, orders: Mapping[str, OrderRows], sizes: Mapping[str, str], words_of: WordsOf
) -> ListsChecked:
    """Compare the lists of a published folder with its orders.

    Parameters
    ----------
    sizes : Mapping of str to str
        The draw roster.
    """
    lists, faults = read_published_lists(folder)
    languages = Counter(one.lists for one in lists)
    words = words_of(languages.most_common(1)[0][0] if languages else "both")
    seats, order_faults = order_seats(orders, words)
    office, office_faults = office_entries(folder)
    found = ListsChecked([*faults, *order_faults, *office_faults], len(lists))
    comparison = _Comparison(orders, sizes, words, seats, office)
    entries = [entry for one in lists for entry in _entries(one, words, comparison, found.faults)]
    for one in lists:
        found.faults += list_form_faults(one, words, lists[0], office.schools)
    found.children = len(entries)
    if lists:
        found.faults += comparison.entry_faults(entries)
        found.faults += comparison.missing(entries, {one.key for one in lists})
        found.faults += list_sheet_faults(folder, lists, words)
        found.faults += office.list_faults(entries, lists, words)
    elif (folder / LISTS).is_dir():
        found.faults += [Fault("draw.list_missing", f"{LISTS}/{school}.csv") for school in sorted(office.own_schools)]
    if office.rows:
        rows = assignment_entries(office, words, found.faults)
        found.faults += comparison.entry_faults(rows) + comparison.unassigned(rows)
    _note(found, folder, comparison, entries)
    found.faults = _shortened(found.faults)
    return found


@dataclass(frozen=True)
class _Comparison:
    """What the lines of lists are compared with."""

    orders: Mapping[str, OrderRows]
    sizes: Mapping[str, str]
    words: ListWords
    seats: Mapping[str, Seat]
    office: Office

    def party(self, child: str) -> str | None:
        """Return the party of a child; None for a child of a bundle that no published file names."""
        if self.office.parties:
            return self.office.parties.get(child)
        return child if child in self.sizes else None

    def entry_faults(self, entries: Sequence[ListEntry]) -> list[Fault]:
        """Return every line that the orders contradict, children who stand twice, and bundles torn apart."""
        faults: list[Fault] = []
        first: dict[str, ListEntry] = {}
        for entry in entries:
            if entry.child in first:
                words = {"file": first[entry.child].file, "line": str(first[entry.child].line)}
                faults.append(entry.fault("draw.list_twice", "id", entry.child, words))
                continue
            first[entry.child] = entry
            party = self.party(entry.child)
            if party is not None:
                faults += self._seat_faults(entry, party)
            elif self.office.parties:
                faults.append(entry.fault("draw.party_unknown", "id", entry.child, {}))
        return faults if self.office.parties else [*faults, *self._bundles(list(first.values()))]

    def _seat_faults(self, entry: ListEntry, party: str) -> Iterator[Fault]:
        """Yield how one line differs from what the orders give its party."""
        seat = self.seats.get(party)
        if seat is None:
            yield from self._no_seat(entry, party)
        elif not seat.school:
            if entry.school:
                yield entry.fault("draw.list_unplaced", "id", entry.child, {"order": seat.order})
        elif entry.school != seat.school:
            yield entry.fault("draw.list_other_school", "id", entry.child, {"order": seat.order, "school": seat.school})
        elif seat.way not in entry.ways:
            yield entry.fault("draw.list_other_way", "way", entry.child, {"order": seat.order, "phase": seat.way[0]})
        elif entry.drawn != seat.drawn:
            code = "draw.list_draw_missing" if seat.drawn else "draw.list_draw_added"
            yield entry.fault(code, "draw", entry.child, {"order": seat.order})

    def _no_seat(self, entry: ListEntry, party: str) -> Iterator[Fault]:
        """Yield the fault of a line for a seat that an order would have to give, where none does."""
        if not entry.school:
            return
        for way in entry.ways:
            draw_id = self.words.draw_id(way, entry.school)
            order = f"draws/{draw_id}.csv"
            if draw_id in self.orders:
                stood = any(row.id == party for row in self.orders[draw_id])
                code = "draw.list_not_admitted" if stood else "draw.list_not_in_order"
                yield entry.fault(code, "id", entry.child, {"order": order})
            elif entry.drawn or way[1] in ("diverted", "adjusted"):
                yield entry.fault("draw.list_no_order", "draw", entry.child, {"order": order})

    def _bundles(self, entries: Sequence[ListEntry]) -> Iterator[Fault]:
        """Yield where the children who are no party of their own are not as many as the bundles beside them say."""
        known: Counter[tuple[str, str, frozenset[Way], bool]] = Counter()
        others: dict[tuple[str, str, frozenset[Way], bool], list[ListEntry]] = {}
        for entry in entries:
            size = self.sizes.get(entry.child)
            if size is None:
                others.setdefault(entry.place(), []).append(entry)
            elif size.isdecimal() and int(size) > 1:
                known[entry.place()] += int(size) - 1
        for place in known.keys() | others.keys():
            here = others.get(place, [])
            if len(here) > known[place]:
                yield from (entry.fault("draw.list_unknown", "id", entry.child, {}) for entry in here)
            elif len(here) < known[place]:
                words = {"expected": str(known[place]), "found": str(len(here))}
                yield Fault("draw.list_bundle", place[0], 0, "id", "", words)

    def missing(self, entries: Sequence[ListEntry], keys: set[str]) -> Iterator[Fault]:
        """Yield who has a seat by an order and stands in no list, and lists of schools that are not there."""
        listed = {entry.child for entry in entries}
        named = {seat.school for seat in self.seats.values() if seat.school} | self.words.schools
        for school in sorted((named | self.office.own_schools) - keys - self.office.external):
            yield Fault("draw.list_missing", f"{LISTS}/{school}.csv")
        if self.office.own_schools:
            for key in sorted(keys - self.office.own_schools - self.words.titles.keys()):
                yield Fault("draw.list_added", f"{LISTS}/{key}.csv")
        for party, seat in self.seats.items():
            if party not in listed and (seat.school in keys or (not seat.school and "_unplaced" in keys)):
                file = f"{LISTS}/{seat.school or '_unplaced'}.csv"
                yield Fault("draw.list_left_out", file, 0, "id", party, {"order": seat.order})
        if keys & self.words.titles.keys():  # all lists are here, so everybody stands in one
            for party in sorted(self.sizes.keys() - listed - self.seats.keys()):
                yield Fault("draw.list_nowhere", LISTS, 0, "id", party)

    def unassigned(self, entries: Sequence[ListEntry]) -> list[Fault]:
        """Return the parties of the draw roster that the office's own list leaves out."""
        absent = self.sizes.keys() - {entry.child for entry in entries}
        return [Fault("draw.list_nowhere", self.office.file, 0, "id", party) for party in sorted(absent)]


def _entries(one: PublishedList, words: ListWords, comparison: _Comparison, faults: list[Fault]) -> Iterator[ListEntry]:
    """Yield what each line of a list says; words for a way or a draw that mean nothing are faults."""
    school = "" if one.key.startswith("_") else one.key
    name = (one.above[1] if len(one.above) > 1 else "") or one.key
    for line, row in one.rows:
        cells = one.cells(row)
        ways = words.ways.get(cells.get("way", ""), frozenset()) if school else frozenset()
        draw = cells.get("draw", "")
        if school and not ways:
            faults.append(Fault("draw.list_way", one.file, line, "way", cells.get("way", "")[:60]))
        elif draw and draw not in {words.draw(way, name) for way in ways}:
            expected = " | ".join(sorted({words.draw(way, name) for way in ways}))
            faults.append(Fault("draw.list_draw", one.file, line, "draw", draw[:60], {"expected": expected}))
        yield ListEntry(cells.get("id", ""), school, ways, bool(draw), one.file, line, one.key)


def _note(found: ListsChecked, folder: Path, comparison: _Comparison, entries: Sequence[ListEntry]) -> None:
    """Note what could not be compared."""
    if not found.lists:
        found.notes.append(("draw.note_no_lists", {}))
        return
    parties = {comparison.party(entry.child) for entry in entries}
    absent = len(comparison.sizes.keys() - parties)
    if absent and not comparison.office.rows and not comparison.words.titles.keys() & {entry.key for entry in entries}:
        found.notes.append(("draw.note_absent", {"count": str(absent)}))
    book = "draw.note_summary" if (folder / "lists.xlsx").is_file() else "draw.note_no_workbook"
    found.notes.append((book, {}))
    if not comparison.office.rows:
        found.notes.append(("draw.note_published", {}))


def _shortened(faults: list[Fault]) -> list[Fault]:
    """Return the faults without repetitions, of one file the first and how many more there are."""
    kept: list[Fault] = []
    counts: Counter[str] = Counter()
    for fault in {(f.code, f.file, f.row, f.column, f.value): f for f in faults}.values():
        counts[fault.file] += 1
        kept += [fault] if counts[fault.file] <= SHOWN else []
    more = [(file, count - SHOWN) for file, count in counts.items() if count > SHOWN]
    return kept + [Fault("draw.more", file, 0, "", "", {"count": str(count)}) for file, count in more]


def list_sheet_faults(folder: Path, lists: Sequence[PublishedList], words: ListWords) -> Iterator[Fault]:
    """Yield every cell of the workbook that is not that of the list, lists without a sheet, and sheets of no list.

    The first sheet is the summary; one more may count the children without a seat. Neither is a list.
    """
    sheets, faults = read_published_sheets(folder)
    yield from faults
    if not sheets:
        return
    waiting = list(lists)
    for name, rows in sheets[1:]:
        title = harmless(rows[1][0]) if len(rows) > 1 and rows[1] else ""
        one = next((one for one in waiting if len(one.above) > 1 and one.above[1] == title), None)
        if one is not None:
            waiting.remove(one)
            yield from _cells(name, rows, one)
        elif title not in words.other_sheets:
            yield Fault("draw.sheet_added", f"{WORKBOOK} [{name}]")
    yield from (Fault("draw.sheet_missing", WORKBOOK, 0, "", "", {"list": one.file}) for one in waiting)


def _cells(name: str, rows: Sequence[Sequence[str]], one: PublishedList) -> Iterator[Fault]:
    """Yield the cells of one sheet that differ from its list."""
    expected = [(line,) for line in one.above] + [one.heads, *(row for _, row in one.rows)]
    for line, (row, wanted) in enumerate(zip_longest(rows, expected, fillvalue=()), start=1):
        for column, (cell, other) in enumerate(zip_longest(row, wanted, fillvalue="")):
            if harmless(str(cell)) != other and str(cell) != other:
                head = one.codes[column] if column < len(one.codes) else str(column + 1)
                words = {"list": str(other)[:60]}
                yield Fault("draw.sheet_cell", f"{WORKBOOK} [{name}]", line, head, str(cell)[:60], words)
