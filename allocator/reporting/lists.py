"""The lists per school: who is admitted where, and by which way. No zone, no place, no category of the child itself.

Lists are made for publication: a registration number, a masked name where the roster has names, the sex where it has
that, the way of admission, and the draw in words. A decision is shown as a decision, whatever its ground.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from allocator.domain import (
    ADJUSTED,
    DIVERTED,
    EXTERNAL,
    NEEDS_RULING,
    UNPLACED,
    Applicant,
    DecisionPhase,
    Row,
)
from allocator.messages import BOTH, LANGUAGES, Written, text
from allocator.record import Retelling
from allocator.record.draw_names import draw_name
from allocator.reporting.summary import phase_names
from allocator.sheets.cells import Cell, sheet_csv
from allocator.sheets.marks import Marks


class Listing(NamedTuple):
    """One list: a school's, that of other authorities' schools, or that of the children without a seat.

    Attributes
    ----------
    key : str
        School id; ``_external``, ``_needs_ruling`` or ``_unplaced`` for the lists that belong to no school here.
    title : str
        Name of the school or of the list.
    columns : tuple of str
        Headings; two languages are parted by a line break, Chinese first.
    lines : tuple of tuple of str
        The cells; the first of a line is the registration number.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def listings(retelling: Retelling, written: Written = BOTH) -> Iterator[Listing]:
    """Give the lists of all schools here by id, even empty ones, then those of the children who have no seat here.

    Parameters
    ----------
    retelling : Retelling
        The run.
    written : Written
        Language or languages of the lists.
    """
    district, columns = retelling.district, _Columns(retelling, written)
    grouped: dict[str, list[tuple[int, Applicant, Row]]] = {}
    for child, row in zip(district.applicants, retelling.rows, strict=True):
        key = row.school_id if row.phase else row.outcome
        grouped.setdefault(key, []).append((columns.place(row), child, row))
    for school in district.schools.values():
        if not school.external:
            yield columns.listing(school.school_id, school.name, grouped.get(school.school_id, []))
    for outcome in (EXTERNAL, NEEDS_RULING, UNPLACED):
        if outcome in grouped:
            yield columns.listing(f"_{outcome}", written.text(f"list.of.{outcome}"), grouped[outcome])


def masked(name: str) -> str:
    """Return a name of which only the first character can be read: 张三 gives 张*."""
    return name[0] + "*" * (len(name) - 1) if len(name) > 1 else "*" * len(name)


def csv_bytes(listing: Listing, marks: Marks, written: Written = BOTH) -> bytes:
    """Return a list as CSV: UTF-8 with BOM so that Excel reads it, CRLF; title and warnings above the headings."""
    above = [[line] for line in (marks.title, listing.title, *marks.warnings, marks.source)]
    number = written.text("list.column.number", " ")
    heads = [number, *(column.replace("\n", " ") for column in listing.columns)]
    numbered: list[list[Cell]] = [[count, *line] for count, line in enumerate(listing.lines, start=1)]
    return sheet_csv([*above, heads, *numbered])


class _Columns:
    """The columns that the roster of a district gives, and the texts of its phases and draws."""

    def __init__(self, retelling: Retelling, written: Written) -> None:
        district = retelling.district
        self._written = written
        self._phases = phase_names(district.policy)
        self._draws: dict[tuple[str, str, str], str] = {}
        self._names = any(child.name for child in district.applicants)
        self._sexes = any(child.sex for child in district.applicants)
        self._district = district
        self._timeline = retelling.timeline
        self._ways: dict[tuple[str, str], str] = {}

    def place(self, row: Row) -> int:
        """Return the place of a row in its list: those admitted earlier come first, all decisions together."""
        if not row.phase:
            return 0
        section = self._timeline.sections[self._timeline.of_row(row)]
        return -1 if isinstance(section.phase, DecisionPhase) else section.number

    def listing(self, key: str, title: str, found: list[tuple[int, Applicant, Row]]) -> Listing:
        """Return a list, in the order of the run, then by registration number."""
        found.sort(key=lambda item: (item[0], item[1].applicant_id))
        codes = ["id", *["name"] * self._names, *["sex"] * self._sexes]
        if key == f"_{EXTERNAL}":
            codes.append("school")
        elif key in self._district.schools:
            codes += ["way", "draw"]
        headings = tuple(self._written.text(f"list.column.{code}", "\n") for code in codes)
        return Listing(key, title, headings, tuple(self._line(codes, child, row) for _, child, row in found))

    def _line(self, codes: Sequence[str], child: Applicant, row: Row) -> tuple[str, ...]:
        """Return the cells of one child."""
        cells = {
            "id": child.applicant_id,
            "name": masked(child.name),
            "sex": self._written.text(f"list.sex.{child.sex}", " ") if child.sex else "",
            "school": self._district.schools[row.school_id].name if "school" in codes else "",
            "way": self._way(row) if "way" in codes else "",
            "draw": self._draw(row) if row.draw_id else "",
        }
        return tuple(cells[code] for code in codes)

    def _draw(self, row: Row) -> str:
        """Return the draw that decided in words, remembered."""
        key = (row.phase, row.outcome, row.school_id)
        if key not in self._draws:
            phase, school = self._phases[row.phase], self._district.schools[row.school_id].name or row.school_id
            diverted = row.outcome == DIVERTED
            zh, en = (draw_name(phase, school, language, diversion=diverted) for language in LANGUAGES)
            self._draws[key] = self._written.names(zh, en, " ")
        return self._draws[key]

    def _way(self, row: Row) -> str:
        """Return the way of admission, remembered."""
        key = (row.phase, row.outcome)
        if key not in self._ways:
            self._ways[key] = self._way_text(row)
        return self._ways[key]

    def _way_text(self, row: Row) -> str:
        """Return the way of admission; the ground of a decision stays untold."""
        if row.outcome == ADJUSTED:
            return self._written.text("list.way.adjusted", " ")
        section = self._timeline.sections[self._timeline.of_row(row)]
        if isinstance(section.phase, DecisionPhase):
            return self._written.text("list.way.decision", " ")
        zh, en = self._phases[row.phase]["zh"], self._phases[row.phase]["en"]
        if row.outcome == DIVERTED:
            zh, en = zh + text("list.way.diverted", "zh"), en + text("list.way.diverted", "en")
        return self._written.names(zh, en, " ")
