"""The cut-offs as people read them: a sheet of the workbook, in words, a line for each line of ``cutoffs.csv``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from allocator.domain import District, Text
from allocator.record import Cutoff
from allocator.reporting.summary import summary_phase_names
from allocator.sheets import Mark, Table, Value, both, columns, list_marks, school_names, titled

_WORDS = ("school", "phase", "step", "tier", "category", "drawn")
_NUMBERS = ("wanted", "admitted", "last_rank")
_TICKETS = ("last_ticket", "first_refused")
_WIDTHS = (22, 40, 20, 9, 30, 9, 10, 9, 9, 22, 22)
SHOWN = 16
"""Digits of a ticket that tell it apart; the whole stands in ``cutoffs.csv``."""
_TICKET = 64  # hexadecimal digits


def cutoff_table(district: District, lines: Iterable[Cutoff]) -> Table:
    """Return the sheet of the cut-offs.

    Parameters
    ----------
    district : District
        Gives the names, and the marks of every list.
    lines : iterable of Cutoff
        In their order.
    """
    heads = columns("list.column", (*_WORDS, *_NUMBERS, *_TICKETS), words=len(_WORDS))
    order = district.draw.order if district.draw else None
    if order is not None:
        named = {key: both(f"list.column.{key}.{order.kind}") for key in _TICKETS}
        heads = tuple(replace(head, title=named.get(head.key, head.title)) for head in heads)
    sized = tuple(
        replace(head, width=width, align="left" if head.key in _TICKETS else head.align)
        for head, width in zip(heads, _WIDTHS, strict=True)
    )
    title = both("list.of.cutoffs")
    marks = (*titled(list_marks(district), title), Mark(both("list.cutoffs_note"), "lead"))
    return Table(sized, tuple(map(_Words(district).row, lines)), marks=marks, name=title)


class _Words:
    """What people call the schools, phases and categories of a district."""

    def __init__(self, district: District) -> None:
        self._schools = {language: school_names(district, language) for language in ("zh", "en")}
        self._phases = summary_phase_names(district.policy)
        self._categories = {category.category_id: category.name for category in district.policy.categories}

    def row(self, line: Cutoff) -> tuple[Value, ...]:
        """Return the cells of one line, in words."""
        phase, school = self._phases[line.phase], Text(*(self._schools[one][line.school_id] for one in ("zh", "en")))
        category = self._categories.get(line.category)
        named = Text(f"{line.category} {category.zh}", f"{line.category} {category.en}") if category else ""
        return (
            school, Text(phase["zh"], phase["en"]), both(f"list.step.{line.step}") if line.step else "",
            int(line.tier) if line.tier else None, named, both("list.drawn") if line.draw_id else "",
            line.wanted, line.admitted, int(line.last_rank) if line.last_rank else None,
            _short(line.last_ticket), _short(line.first_refused),
        )  # fmt: skip


def _short(ticket: str) -> str:
    """Return the digits by which people tell a ticket; a number or a place stands whole."""
    return f"{ticket[:SHOWN]}…" if len(ticket) == _TICKET else ticket
