"""The lines of the published cut-offs against the policy, and those of no draw against lists and tickets.

Where no draw was held, every party has a ticket all the same; the last admitted and the first refused must be parties.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from allocator.ground import Fault
from allocator.lottery.published_lists import ListWords
from allocator.lottery.recheck_cutoffs import PublishedCutoff, PublishedCutoffs

TicketsOf = Callable[[str, Sequence[str]], list[str]]
"""Gives what stands as the tickets of parties in a draw."""


def undrawn_faults(
    found: PublishedCutoffs,
    words: ListWords,
    standing: Mapping[str, Collection[str]],
    undrawn: Callable[[str, str], Sequence[str] | None],
    written: TicketsOf,
) -> Iterator[Fault]:
    """Yield lines whose step or draw is not that of their phase, and last or first parties that are none.

    Parameters
    ----------
    standing : Mapping of str to Collection of str
        Party ids of every order, by draw id; all of the draw roster under the empty name.
    undrawn : callable
        Gives the parties on the list of a school in a batch who stand there without a lot; None without the list.
    """
    phases = {way[0] for way in words.queues.values()}
    for line, row in found.rows:
        if row.phase not in phases:
            continue
        draw_id, batch = _draw_of(row, words)
        if batch != bool(row.step):
            yield found.fault(line, row, "step", "home | receiving" if batch else "-")
        elif row.draw_id != draw_id and (row.draw_id or "/" not in draw_id):
            yield found.fault(line, row, "draw_id", draw_id)
        if not row.draw_id:
            yield from _refused(found, line, row, draw_id, standing, words, written)
            listed = undrawn(row.school_id, row.phase)
            yield from () if listed is None else _last(found, line, row, written(draw_id, listed))


def _draw_of(row: PublishedCutoff, words: ListWords) -> tuple[str, bool]:
    """Return the id of the draw of a line, held or not, and whether its phase has steps."""
    outcomes = {way[1] for way in words.queues.values() if way[0] == row.phase}
    outcome = "diverted" if row.step == "receiving" else "adjusted" if "adjusted" in outcomes else "admitted"
    return words.draw_id((row.phase, outcome), row.school_id), "diverted" in outcomes


def _refused(
    found: PublishedCutoffs,
    line: int,
    row: PublishedCutoff,
    draw_id: str,
    standing: Mapping[str, Collection[str]],
    words: ListWords,
    written: TicketsOf,
) -> Iterator[Fault]:
    """Yield the fault of a first refused that is nobody: of a batch at home, nobody who was diverted."""
    diverted = words.draw_id((row.phase, "diverted"), row.school_id) if row.step == "home" else ""
    parties = standing.get(diverted, standing[""])
    if row.first_refused and row.first_refused not in written(draw_id, list(parties)):
        yield found.fault(line, row, "first_refused", "-")


def _last(found: PublishedCutoffs, line: int, row: PublishedCutoff, tickets: Sequence[str]) -> Iterator[Fault]:
    """Yield the fault of a last admitted that is none of those on the list; at home it stands behind all others."""
    if row.admitted == "0":
        return
    last = max(tickets, key=lambda ticket: (len(ticket), ticket), default="")
    if row.step != "home":
        if row.last_ticket not in tickets:
            yield found.fault(line, row, "last_ticket", "-")
    elif row.last_ticket != last:
        yield found.fault(line, row, "last_ticket", last)
    elif row.last_rank != str(len(tickets)):
        yield found.fault(line, row, "last_rank", str(len(tickets)))
