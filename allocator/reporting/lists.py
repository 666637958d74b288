"""The lists per school: who is admitted where, and by which way. No zone, no place, no category of the child itself.

Lists are made for publication: a registration number, a masked name where the roster has names, the sex where it has
that, the way of admission, and the draw in words. A decision is shown as a decision, whatever its ground.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from allocator.domain import (
    ADJUSTED,
    DIVERTED,
    EXTERNAL,
    NEEDS_RULING,
    UNPLACED,
    Applicant,
    DecisionPhase,
    Row,
    Text,
)
from allocator.ground import masked_name
from allocator.record import Retelling, draw_name
from allocator.reporting.summary import summary_phase_names
from allocator.sheets import Table, Value, bilingual, both, columns, list_marks, titled


def listings(retelling: Retelling) -> Iterator[Table]:
    """Give the lists of all schools here by id, even empty ones, then those of the children who have no seat here.

    The ``kind`` of a list is its school's id; ``_external``, ``_needs_ruling`` or ``_unplaced`` where it belongs to no
    school here. Lines begin with their number and the registration number.

    Parameters
    ----------
    retelling : Retelling
        The run.
    """
    district, lists = retelling.district, _Columns(retelling)
    grouped: dict[str, list[tuple[int, Applicant, Row]]] = {}
    for child, row in zip(district.applicants, retelling.rows, strict=True):
        key = row.school_id if row.phase else row.outcome
        grouped.setdefault(key, []).append((lists.place(row), child, row))
    for school in district.schools.values():
        if not school.external:
            yield lists.listing(school.school_id, school.name, grouped.get(school.school_id, []))
    for outcome in (EXTERNAL, NEEDS_RULING, UNPLACED):
        if outcome in grouped:
            yield lists.listing(f"_{outcome}", both(f"list.of.{outcome}"), grouped[outcome])


class _Columns:
    """The columns that the roster of a district gives, and the texts of its phases and draws."""

    def __init__(self, retelling: Retelling) -> None:
        district = retelling.district
        self._phases = summary_phase_names(district.policy)
        self._draws: dict[tuple[str, str, str], Text] = {}
        self._names = any(child.name for child in district.applicants)
        self._sexes = any(child.sex for child in district.applicants)
        self._sex = {sex: both(f"list.sex.{sex}") for sex in ("F", "M")}
        self._district = district
        self._timeline = retelling.timeline
        self._ways: dict[tuple[str, str], Text] = {}
        self._marks = list_marks(district)

    def place(self, row: Row) -> int:
        """Return the place of a row in its list: those admitted earlier come first, all decisions together."""
        if not row.phase:
            return 0
        section = self._timeline.sections[self._timeline.of_row(row)]
        return -1 if isinstance(section.phase, DecisionPhase) else section.number

    def listing(self, key: str, title: Text | str, found: list[tuple[int, Applicant, Row]]) -> Table:
        """Return a list, in the order of the run, then by registration number."""
        found.sort(key=lambda item: (item[0], item[1].applicant_id))
        codes = ["id", *["name"] * self._names, *["sex"] * self._sexes]
        if key == f"_{EXTERNAL}":
            codes.append("school")
        elif key in self._district.schools:
            codes += ["way", "draw"]
        number, *heads = columns("list.column", ("number", *codes), words=1 + len(codes))
        lines = (self._line(codes, child, row) for _, child, row in found)
        rows = tuple((count, *line) for count, line in enumerate(lines, start=1))
        return Table((replace(number, width=7), *heads), rows, marks=titled(self._marks, title), kind=key, name=title)

    def _line(self, codes: Sequence[str], child: Applicant, row: Row) -> tuple[Value, ...]:
        """Return the cells of one child."""
        cells: dict[str, Value] = {
            "id": child.applicant_id,
            "name": masked_name(child.name),
            "sex": self._sex[child.sex] if child.sex else "",
            "school": self._district.schools[row.school_id].name if "school" in codes else "",
            "way": self._way(row) if "way" in codes else "",
            "draw": self._draw(row) if row.draw_id else "",
        }
        return tuple(cells[code] for code in codes)

    def _draw(self, row: Row) -> Text:
        """Return the draw that decided in words, remembered."""
        key = (row.phase, row.outcome, row.school_id)
        if key not in self._draws:
            phase, school = self._phases[row.phase], self._district.schools[row.school_id].name or row.school_id
            diverted = row.outcome == DIVERTED
            self._draws[key] = bilingual(lambda language: draw_name(phase, school, language, diversion=diverted))
        return self._draws[key]

    def _way(self, row: Row) -> Text:
        """Return the way of admission, remembered."""
        key = (row.phase, row.outcome)
        if key not in self._ways:
            self._ways[key] = self._way_text(row)
        return self._ways[key]

    def _way_text(self, row: Row) -> Text:
        """Return the way of admission; the ground of a decision stays untold."""
        if row.outcome == ADJUSTED:
            return both("list.way.adjusted")
        section = self._timeline.sections[self._timeline.of_row(row)]
        if isinstance(section.phase, DecisionPhase):
            return both("list.way.decision")
        name, diverted = self._phases[row.phase], both("list.way.diverted")
        is_diverted = row.outcome == DIVERTED
        return Text(name["zh"] + diverted.zh * is_diverted, name["en"] + diverted.en * is_diverted)
