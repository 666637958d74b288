"""Orders of schools from priorities and tickets: single and multiple tie-breaking (procedure.md sections 2 and 8)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from allocator.domain import Ints
from allocator.lottery import TicketScope, order, ticket_word, tickets


def draw_ranks(seedhex: str, word: str, party_ids: Sequence[str]) -> Ints:
    """Return the rank (0 first) of each party by its ticket in one draw.

    Parameters
    ----------
    word : str
        What stands for the draw in a ticket's text.
    """
    ranks = np.empty(len(party_ids), dtype=np.int64)
    ranks[order(tickets(seedhex, word, party_ids), party_ids)] = np.arange(len(party_ids))
    return ranks


def ticket_ranks(
    seedhex: str, draw: str, party_ids: Sequence[str], school_ids: Sequence[str], bidder: Ints, school: Ints,
    scope: TicketScope,
) -> Ints:  # fmt: skip
    """Return for every entry of ranked lists a number that orders the entries of each school by ticket.

    Parameters
    ----------
    draw : str
        First part of the draw ids, ``<draw>/<school>``.
    bidder, school : (entries,) int64
        Whose entry it is, and at which school.
    scope : {"per_session", "per_draw"}
        ``per_session`` is single tie-breaking: one ticket counts at all schools. ``per_draw`` is multiple tie-breaking:
        a ticket of its own at each school.
    """
    if scope == "per_session":
        return draw_ranks(seedhex, ticket_word(draw, scope), party_ids)[bidder]
    ranks = np.empty(len(school), dtype=np.int64)
    for s, here in entries_by_school(school):
        word = ticket_word(f"{draw}/{school_ids[s]}", scope)
        ranks[here] = draw_ranks(seedhex, word, [party_ids[i] for i in bidder[here].tolist()])
    return ranks


def entries_by_school(school: Ints) -> list[tuple[int, Ints]]:
    """Return each school that is named in some list, with the positions of the entries that name it."""
    if not len(school):
        return []
    by_school = np.argsort(school, kind="stable")
    groups = np.split(by_school, np.flatnonzero(np.diff(school[by_school])) + 1)
    return [(int(school[here[0]]), here) for here in groups]


def ranks_by_keys(keys: Sequence[Ints]) -> Ints:
    """Return the rank of every entry by several keys, the first of which counts first; the last is the ticket."""
    ranks = np.empty(len(keys[-1]), dtype=np.int64)
    ranks[np.lexsort(keys[::-1])] = np.arange(len(ranks))
    return ranks
