"""Every draw of a computed run as the projector shows it: name, ranks, numbers, tickets and results in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from allocator.ground import LANGUAGES, TEXTS, Language, text
from allocator.record import DIVERSION_STEP, Retelling, draw_name, published_order
from allocator.reporting import summary_phase_names

_SHOWN_OF_TICKET = 12
_TICKET = 64  # hexadecimal digits
GAINED = "admitted"


class ShownEntry(NamedTuple):
    """A line of a draw: rank, number, the first signs of its ticket, the result in both languages, and if it gained."""

    rank: int
    party: str
    size: int
    ticket: str
    result: dict[Language, str]
    is_good: bool


class ShownDraw(NamedTuple):
    """A draw: its name in both languages, and its lines in order of rank."""

    draw_id: str
    name: dict[Language, str]
    entries: Sequence[ShownEntry]


def shown_draws(retelling: Retelling) -> Iterator[ShownDraw]:
    """Give every draw that was held, in the order of the run, losers too.

    Raises
    ------
    ValueError
        If the district has no draw.
    """
    phases, schools = summary_phase_names(retelling.district.policy), retelling.district.schools
    names = {school_id: school.name or school_id for school_id, school in schools.items()}
    for told in retelling.course(drawn_only=True):
        if order := published_order(told):
            section = told.queue.section
            school, diverted = names.get(told.queue.school, ""), section.step == DIVERSION_STEP
            name = {lang: draw_name(phases[section.label], school, lang, diversion=diverted) for lang in LANGUAGES}
            yield ShownDraw(order.draw_id, name, [
                ShownEntry(e.rank, e.party, e.size, _shown(e.ticket), _result(e.result, names),
                           e.result == GAINED or e.result in schools)
                for e in order.entries
            ])  # fmt: skip


def _shown(ticket: str) -> str:
    """The first digits of a ticket; a number, or a place in a ring, stands whole."""
    return ticket[:_SHOWN_OF_TICKET] if len(ticket) == _TICKET else ticket


def _result(result: str, names: dict[str, str]) -> dict[Language, str]:
    """A result in words; in a diversion it is the school."""
    code = f"ceremony.result.{result}"
    if code not in TEXTS:
        return {lang: names.get(result, result) for lang in LANGUAGES}
    return {lang: text(code, lang) for lang in LANGUAGES}
