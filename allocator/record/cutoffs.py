"""The cut-offs: of every order in which somebody wanted a seat, the last one admitted (public.md section 2).

One line is what a family needs: its own order keys against those of the last admitted. Children are counted, not
parties, since seats are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from allocator.domain import ADMITTED
from allocator.ground import Fault
from allocator.record.course import ELSEWHERE, Course, Told, Walks, course_drawn_keys, is_course_of_walks
from allocator.record.queues import InQueue, queue_order_id
from allocator.record.retelling import Retelling
from allocator.record.section import HOME_STEP

CUTOFFS = "cutoffs.csv"
HOME = "home"
RECEIVING = "receiving"
STEPS = ("", HOME, RECEIVING)
"""Text of the column ``step`` by the step of a section."""


class Cutoff(NamedTuple):
    """One line: a school in one order, its fields as the columns of the file.

    Attributes
    ----------
    school_id : str
        The school.
    phase, step : str
        As in the column ``phase`` of the assignment; ``home`` or ``receiving`` in a batch, else empty.
    tier, category : str
        Those of the last admitted, where the order has them as a key (tiers from 1); else empty.
    wanted, admitted : int
        Children who asked for a seat there in this order, and who got one.
    draw_id : str
        The draw whose id the admitted may carry; empty where none was held.
    last_ticket, last_rank : str
        Ticket and rank in the order of the last admitted; empty where nobody was.
    first_refused : str
        Ticket of the first in the order who asked for a seat there and got none; empty where there is none.
    """

    school_id: str
    phase: str
    step: str
    tier: str
    category: str
    wanted: int
    admitted: int
    draw_id: str
    last_ticket: str
    last_rank: str
    first_refused: str


class CutoffTable:
    """The cut-offs of a run, gathered queue by queue, since all queues at once would fill the memory.

    Parameters
    ----------
    retelling : Retelling
        Of a district with its draw.
    """

    def __init__(self, retelling: Retelling) -> None:
        self._walks = Walks(retelling.district, retelling.timeline)
        self._rows: list[Cutoff] = []
        labels = dict.fromkeys(section.label for section in retelling.timeline.sections)
        self._number = {label: number for number, label in enumerate(labels)}

    def note(self, told: Told) -> None:
        """Take the lines of one queue; a queue without an order has none."""
        if is_course_of_walks(told.queue.section):
            self._rows += _walked(told, self._walks)
        elif told.queue.order:
            self._rows += _at_school(told)

    def note_whole_batches(self, retelling: Retelling, course: Course) -> None:
        """Take the lines of the batches that were all admitted at home, which a course of the drawn alone leaves out.

        Most children of a city are in one; the order of such a batch is not needed, only its last ticket.
        """
        noted = {(row.school_id, row.phase) for row in self._rows if row.step == HOME}
        orders = {section.label: section for section in retelling.timeline.sections if section.step == HOME_STEP}
        admitted: dict[tuple[str, str], list[str]] = {}
        bundles: dict[str, str] = {}
        children: Counter[tuple[str, str]] = Counter()
        for child, row in zip(retelling.district.applicants, retelling.rows, strict=True):
            at = row.school_id, row.phase
            if row.outcome == ADMITTED and row.phase in orders and at not in noted:
                children[at] += 1
                if not child.bundle or bundles.setdefault(child.bundle, row.applicant_id) == row.applicant_id:
                    admitted.setdefault(at, []).append(row.applicant_id)
        for (school, label), parties in admitted.items():
            last = course.queues.last_ticket(queue_order_id(orders[label], school), parties)
            line = CutoffLine(school, label, HOME, "", children[school, label])
            line.admit(children[school, label], len(parties), last)
            self._rows.append(line.cutoff())

    def rows(self) -> list[Cutoff]:
        """Return the lines noted so far, in order of phase, school, step."""
        return sorted(self._rows, key=lambda row: (self._number[row.phase], row.school_id, STEPS.index(row.step)))


def derive_cutoffs(retelling: Retelling) -> list[Cutoff]:
    """Return the cut-offs of a run, in order of phase, school, step.

    Raises
    ------
    ValueError
        If the district has no draw.
    """
    found = CutoffTable(retelling)
    for told in retelling.course():
        found.note(told)
    return found.rows()


def cutoff_bytes(rows: Iterable[Cutoff]) -> bytes:
    """Return ``cutoffs.csv``: UTF-8, LF, heads first."""
    lines = (",".join(map(str, line)) for line in (Cutoff._fields, *rows))
    return "".join(line + "\n" for line in lines).encode("utf-8")


@dataclass(slots=True)
class CutoffLine:
    """A line while those of its order are gone through, first to last; the first four fields as in ``Cutoff``.

    Attributes
    ----------
    wanted, admitted, first_refused
        As in ``Cutoff``; who counts the wanted in another way sets them at the end.
    """

    school_id: str
    phase: str
    step: str
    draw_id: str
    wanted: int = 0
    admitted: int = 0
    first_refused: str = ""
    _last: tuple[str, str, str, int] = ("", "", "", 0)

    def admit(self, size: int, rank: int, ticket: str, *, tier: int = 0, category: str = "") -> None:
        """Count children admitted at a rank of the order; tier (1 first) and category where the order has them."""
        self.admitted += size
        self._last = str(tier or ""), category, ticket, rank

    def refuse(self, ticket: str) -> None:
        """Note that somebody with this ticket was not admitted."""
        self.first_refused = self.first_refused or ticket

    def cutoff(self) -> Cutoff:
        """Return the line."""
        tier, category, ticket, rank = self._last
        head = self.school_id, self.phase, self.step, tier, category, self.wanted, self.admitted, self.draw_id
        return Cutoff(*head, ticket, str(rank or ""), self.first_refused)


def _at_school(told: Told) -> Iterator[Cutoff]:
    """Give the line of a queue at one school; none where all who stood in it got a seat that they prefer."""
    wanted = [verdict for verdict in told.verdicts if verdict.result != ELSEWHERE]
    line = _line(told, told.queue.school, told.queue.order if course_drawn_keys(told.verdicts) else "")
    for verdict in wanted:
        line.wanted += verdict.place.stand.party.size
        if verdict.result == ADMITTED:
            _admit(line, told, verdict.place, verdict.rank)
        else:
            line.refuse(verdict.place.ticket)
    if wanted:
        yield line.cutoff()


def _line(told: Told, school: str, draw_id: str) -> CutoffLine:
    return CutoffLine(school, told.queue.section.label, STEPS[told.queue.section.step], draw_id)


def _admit(line: CutoffLine, told: Told, place: InQueue, rank: int) -> None:
    """Count a place that got a seat."""
    category = place.stand.party.lead.category if "category" in told.queue.keys else ""
    line.admit(place.stand.party.size, rank, place.ticket, tier=place.tier, category=category)


class _Walk:
    """Those who go along one list of schools: how many stop where, and how far the first of them have come."""

    def __init__(self, schools: Sequence[str]) -> None:
        self.schools = schools
        self.stops = [0] * (len(schools) + 1)
        self.farthest = 0


def _walked(told: Told, walks: Walks) -> Iterator[Cutoff]:
    """Give the lines of a diversion or adjustment: a party wants the schools of its list up to the one that it takes.

    Where the sum of distances decides, nobody who has a seat was refused another one.
    """
    section, places = told.queue.section, told.queue.places
    lines: dict[str, CutoffLine] = {}
    alike: dict[Sequence[str], _Walk] = {}
    by_turns = walks.one_by_one(section)
    for rank, (place, schools) in enumerate(
        zip(places, walks.of(section, [place.stand for place in places]), strict=True), start=1
    ):
        taken = place.stand.row.school_id if place.stand.settled == section.number else ""
        if taken:
            _admit(lines.setdefault(taken, _line(told, taken, told.queue.order)), told, place, rank)
        if by_turns or not taken:
            walk = alike.setdefault(schools, _Walk(schools))
            stop = schools.index(taken) if taken in schools else len(schools)
            walk.stops[stop] += place.stand.party.size
            for school in schools[walk.farthest : stop]:
                lines.setdefault(school, _line(told, school, told.queue.order)).refuse(place.ticket)
            walk.farthest = max(walk.farthest, stop)
    _count_wanted(lines, alike.values())
    yield from (line.cutoff() for line in lines.values())


def _count_wanted(lines: dict[str, CutoffLine], walks: Iterable[_Walk]) -> None:
    """Count the children who came past each school in vain, and those who were admitted."""
    for walk in walks:
        going = 0
        for school, stopped in zip(reversed(walk.schools), reversed(walk.stops[1:]), strict=True):
            going += stopped
            if going:
                lines[school].wanted += going
    for line in lines.values():
        line.wanted += line.admitted


MOST_TOLD = 200
"""Differences told of one file; how many more there are stands in the last."""


def cutoff_differences(raw: bytes, right: Iterable[Sequence[str]], file: str = CUTOFFS) -> list[Fault]:
    """Return every cell of a table of cut-offs that is wrong, by line and column, and every line too many or missing.

    Parameters
    ----------
    raw : bytes
        As it was found; anything at all.
    right : iterable of sequence of str
        The lines that the list implies, without the heads, derived by another program than the one that wrote the file.
    file : str
        Name for the faults.
    """
    expected = [Cutoff._fields, *map(tuple, right)]
    if raw == "".join(",".join(line) + "\n" for line in expected).encode("utf-8"):
        return []
    lines = [tuple(line.split(",")) for line in raw.decode("utf-8", "replace").split("\n")]
    found = list(_differences(lines[:-1] if lines[-1] == ("",) else lines, expected, file))
    more = [Fault("cutoffs.more", file, params={"count": str(len(found) - MOST_TOLD)})] * (len(found) > MOST_TOLD)
    return [*found[:MOST_TOLD], *more] or [Fault("cutoffs.form", file)]


def _differences(
    lines: Sequence[tuple[str, ...]], expected: Sequence[tuple[str, ...]], file: str
) -> Iterator[Fault]:
    """Give the faults of lines against those expected; a run of changed lines is held against as many expected ones."""
    for _, begin, end, first, last in SequenceMatcher(None, lines, expected, autojunk=False).get_opcodes():
        pairs = zip_longest(lines[begin:end], expected[first:last])
        for number, (line, other) in enumerate(pairs, start=begin + 1):
            if line is None:
                named = {"expected": " ".join(filter(None, other[:3]))}
                yield Fault("cutoffs.line_missing", file, number, params=named)
            elif other is None:
                yield Fault("cutoffs.line_added", file, number, value=",".join(line)[:60])
            else:
                yield from _cells(line, other, number, file)


def _cells(line: tuple[str, ...], expected: tuple[str, ...], number: int, file: str) -> Iterator[Fault]:
    """Give the cells of one line that differ; heads that differ are named by the one expected."""
    for column, (cell, other) in enumerate(zip_longest(line, expected)):
        if cell != other:
            head = Cutoff._fields[column] if column < len(Cutoff._fields) else str(column + 1)
            words = {"expected": (other or "–")[:70]}
            yield Fault("cutoffs.cell", file, number, head, (cell or "")[:70], words)
