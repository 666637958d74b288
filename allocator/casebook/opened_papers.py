"""The papers of a book's rounds, each as the round stood at its opening: orders of draws and cut-offs (public.md 2, 5).

A refill, an objection or a withdrawal changes nothing of them: what happened later is told as a change of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from allocator.book import PENDING, Book, BookState, InLine, Law, opening_orders
from allocator.domain import ADMITTED, UNPLACED, AdjustmentPhase, BatchPhase, DeferredAcceptancePhase
from allocator.eligibility import keys_before_ticket
from allocator.record import (
    CUTOFFS,
    ELSEWHERE,
    HOME,
    NO_SEAT,
    NOT_ADMITTED,
    PASSED_OVER,
    RECEIVING,
    Cutoff,
    CutoffLine,
    Entry,
    Order,
    cutoff_bytes,
    order_bytes,
)

RoundPapers = Mapping[str, bytes]
"""Content by path, as in the output folder of a run: ``draws/<draw id>.csv`` and ``cutoffs.csv``."""


def round_papers(book: Book) -> dict[str, RoundPapers]:
    """Return by round the orders and cut-offs of every round that is opened, as they stood at its opening.

    Parameters
    ----------
    book : Book
        After its last event; the journal is played once more. An opening that was annulled leaves no papers.

    Returns
    -------
    dict of str to mapping of str to bytes
        Rounds in the order in which they were opened. Of each round ``cutoffs.csv``, and ``draws/<draw id>.csv`` of
        every draw that was held, and of a diversion or adjustment with anybody in it: the files of a run's folder, in
        the same columns. Rounds of decisions have no order: their ``cutoffs.csv`` has no lines.
    """
    again, papers = Book(book.law.district), dict[str, RoundPapers]()
    for line in book.journal:
        event = {key: value for key, value in json.loads(line).items() if key not in ("seq", "prev")}
        before = again.state
        again.propose(event)
        if event["type"] == "round_opened":
            papers.pop(event["round"], None)
            papers[event["round"]] = _papers(OpenedRound(again.law, before, again.state, event["round"]))
    opened = {name for name, round_ in book.state.rounds.items() if round_.state != PENDING}
    return {name: files for name, files in papers.items() if name in opened}


class OpenedRound(NamedTuple):
    """A round with the state just before its opening and just after it."""

    law: Law
    before: BookState
    after: BookState
    name: str

    @property
    def label(self) -> str:
        """What the column ``phase`` of the assignment says: the batch, or the phase; all adjustments are one."""
        phase = self.law.phase(self.name)
        return self.name if isinstance(phase, BatchPhase) else phase.phase_id

    def got(self, comer: InLine) -> str:
        """Return the school whose seat a party got at the opening; empty where it got none."""
        party = self.after.parties[comer.party.party_id]
        return party.school if party.round == self.name else ""

    def ticket(self, draw_id: str, comer: InLine) -> str:
        """Return a party's ticket in a draw, or what stands for it."""
        return self.law.ticket(self.before, draw_id, comer.party.party_id)


    @property
    def seats(self) -> Callable[[str], int]:
        """What gives the seats that an order at one school could fill."""
        phase = self.law.phase(self.name)
        if isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left":
            return lambda school: self.law.offered(phase, school)
        return lambda school: self.law.left(self.before, school)

    def keys(self, comer: InLine) -> dict[str, Any]:
        """Return what a line says of the last admitted before its ticket: tier and category, where the order has them.

        Those whom a batch carries from an earlier one have a category as well, but not all of its order.
        """
        phase, switches, child = self.law.phase(self.name), self.law.policy.switches, comer.party.lead
        if isinstance(phase, BatchPhase):
            return {}
        if not isinstance(phase, DeferredAcceptancePhase):
            return {"category": child.category}
        names = keys_before_ticket(phase, switches)
        tier = (self.law.tier(phase, child) or 0) + 1 if "tier" in names and phase.tiers else 0
        return {"tier": tier, "category": child.category if "category" in names else ""}


def _papers(opened: OpenedRound) -> RoundPapers:
    """Return the files of one round."""
    files: dict[str, bytes] = {}
    lines: list[Cutoff] = []
    phase = opened.law.phase(opened.name)
    for draw_id, comers in opening_orders(opened.law, opened.before, opened.name).items():
        along = isinstance(phase, AdjustmentPhase) or (isinstance(phase, BatchPhase) and "/" not in draw_id)
        order, found = (_walked if along else _at_school)(opened, draw_id, comers)
        lines += found
        if order is not None and order.entries:
            files[order.path] = order_bytes(order)
    lines.sort(key=lambda line: (line.school_id, line.step))  # home before receiving
    return {**dict(sorted(files.items())), CUTOFFS: cutoff_bytes(lines)}


def _at_school(opened: OpenedRound, draw_id: str, comers: Sequence[InLine]) -> tuple[Order | None, list[Cutoff]]:
    """Return the order at one school, where a draw was held there, and its line, where somebody wanted a seat."""
    school = draw_id.rpartition("/")[2]
    results = _results(opened, school, comers)
    asked = [pair for pair in zip(comers, results, strict=True) if pair[1] != ELSEWHERE]
    won, lost = ({comer.group for comer, result in asked if (result == ADMITTED) is side} for side in (True, False))
    held = not won.isdisjoint(lost)
    step = HOME if isinstance(opened.law.phase(opened.name), BatchPhase) else ""
    line = CutoffLine(school, opened.label, step, draw_id if held else "", sum(comer.party.size for comer, _ in asked))
    for rank, (comer, result) in enumerate(zip(comers, results, strict=True), start=1):
        if result == ADMITTED:
            line.admit(comer.party.size, rank, opened.ticket(draw_id, comer), **opened.keys(comer))
        elif result != ELSEWHERE:
            line.refuse(opened.ticket(draw_id, comer))
    return _order(opened, draw_id, comers, results) if held else None, [line.cutoff()] if asked else []


def _results(opened: OpenedRound, school: str, comers: Sequence[InLine]) -> list[str]:
    """Return what became of each who stood in the order of one school."""
    seats = left = opened.seats(school)
    results = []
    for comer in comers:
        got, claims = opened.got(comer), comer.party.claims[opened.name]
        if got == school and opened.after.parties[comer.party.party_id].outcome == ADMITTED:
            results.append(ADMITTED)
            left -= comer.party.size
        elif got in claims and claims.index(got) < claims.index(school):
            results.append(ELSEWHERE)
        elif seats <= 0:
            results.append(NO_SEAT)
        else:
            results.append(PASSED_OVER if left > 0 else NOT_ADMITTED)
    return results


def _walked(opened: OpenedRound, draw_id: str, comers: Sequence[InLine]) -> tuple[Order, list[Cutoff]]:
    """Return the order of a diversion or adjustment, and a line of each school that somebody came to."""
    phase, lines = opened.law.phase(opened.name), dict[str, CutoffLine]()
    step = RECEIVING if isinstance(phase, BatchPhase) else ""
    for rank, comer in enumerate(comers, start=1):
        if isinstance(phase, AdjustmentPhase):
            way = opened.law.adjustment_list(phase, comer.party)
        else:
            way = comer.party.claims[opened.name][1:]
        taken, ticket = opened.got(comer), opened.ticket(draw_id, comer)
        for school in dict.fromkeys(way[: way.index(taken) + 1] if taken else way):
            line = lines.setdefault(school, CutoffLine(school, opened.label, step, draw_id))
            line.wanted += comer.party.size
            if school == taken:
                line.admit(comer.party.size, rank, ticket, **opened.keys(comer))
            else:
                line.refuse(ticket)
    results = [opened.got(comer) or UNPLACED for comer in comers]
    return _order(opened, draw_id, comers, results), [line.cutoff() for line in lines.values()]


def _order(opened: OpenedRound, draw_id: str, comers: Sequence[InLine], results: Sequence[str]) -> Order:
    """Return an order as it is published."""
    groups = {group: number for number, group in enumerate(dict.fromkeys(comer.group for comer in comers), start=1)}
    return Order(draw_id, tuple(
        Entry(rank, comer.party.party_id, comer.party.size, opened.ticket(draw_id, comer), result, groups[comer.group])
        for rank, (comer, result) in enumerate(zip(comers, results, strict=True), start=1)
    ))  # fmt: skip
