"""The draw of the private schools, before the public one is frozen (section 5, C045 to C047, Q-31)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from allocator.determination.dossier import dossier_of, tables_for_dossiers
from allocator.determination.gates import gate_of, status_at_gates
from allocator.domain import Application, Draw, OfficeTables, PrivateResult
from allocator.lottery import LotKey, SessionTickets, order_places


class Bidders(NamedTuple):
    """Children who bid as one: a child, or the children of one bundle; ``lead`` is the least of their ids."""

    lead: str
    children: tuple[str, ...]


def private_draw(tables: OfficeTables, seedhex: str, drawn: Draw | None = None) -> tuple[PrivateResult, ...]:
    """Return who won a seat at the private school chosen, by child.

    Parameters
    ----------
    tables : OfficeTables
        A result of an earlier draw in them is left out of account.
    seedhex : str
        SHA-256 of the transcript of this draw, 64 lower-case digits.
    drawn : Draw, optional
        This draw, where its transcript may give one order of all who bid in place of tickets (public.md section 1).
    """
    plans = {school.school_id: school.plan for school in tables.private}
    rows: list[PrivateResult] = []
    by_school = _bidders(tables)
    places = order_places(drawn, [one.lead for bidders in by_school.values() for one in bidders])
    lots = SessionTickets(seedhex, tables.policy.switches.ticket_scope, places)
    for school, bidders in by_school.items():
        rows += _school_rows(school, plans[school], [(lots.key(f"private/{school}", one.lead), one) for one in bidders])
    return tuple(sorted(rows))


def _bidders(tables: OfficeTables) -> Mapping[str, Sequence[Bidders]]:
    """Return by school those who bid: past the gates before this one, and verified."""
    by_id = tables_for_dossiers(replace(tables, private_results=None))
    chosen: dict[str, dict[str, list[str]]] = {}
    for child in tables.applications:
        if child.private_choice:
            dossier = dossier_of(child, by_id)
            if gate_of(dossier) is None and status_at_gates(dossier)[0] == "verified":
                chosen.setdefault(child.private_choice, {}).setdefault(_party(child), []).append(child.applicant_id)
    return {school: [_one(ids) for ids in parties.values()] for school, parties in chosen.items()}


def _party(child: Application) -> str:
    """Return what the children of one party share; no id has a slash."""
    return f"{child.bundle}/" if child.bundle else child.applicant_id


def _one(ids: Iterable[str]) -> Bidders:
    ordered = tuple(sorted(ids))
    return Bidders(ordered[0], ordered)


def _school_rows(school: str, plan: int, drawn: Sequence[tuple[LotKey, Bidders]]) -> list[PrivateResult]:
    """Admit in the order of the tickets, equal ones by id; whoever is too many for the seats left is passed over."""
    draw, bidders = f"private/{school}", [one for _, one in sorted(drawn)]
    left, won = plan, set()
    for one in bidders:
        if len(one.children) <= left:
            left -= len(one.children)
            won.add(one.lead)
    held = draw if 0 < len(won) < len(bidders) else ""
    results = {True: "won", False: "lost"}
    return [PrivateResult(child, school, results[one.lead in won], held) for one in bidders for child in one.children]
