"""The draw of the private schools (section 5, C045 to C047): before the public one, with a seed of its own."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from allocator.checking.determination.gates import PUBLIC, gate_of
from allocator.checking.determination.lookup import Lookup
from allocator.checking.determination.opening import status_of
from allocator.domain import Application, OfficeTables, PrivateResult

IdsTogether = tuple[str, ...]
"""Ids of the children who bid as one, in code-point order; the first is the party's."""


def private_draw(tables: OfficeTables, seedhex: str) -> tuple[PrivateResult, ...]:
    """Return who wins and who loses at the private schools.

    Parameters
    ----------
    tables : OfficeTables
        An earlier private result among them is not looked at.
    seedhex : str
        Seed of the private draw, as 64 hexadecimal digits.
    """
    lookup = Lookup(tables)
    bidders = [child for child in tables.applications if _bids(child, lookup)]
    session = tables.policy.switches.ticket_scope == "per_session"
    results: list[PrivateResult] = []
    for school, plan in tables.private:
        draw = f"private/{school}"
        parties = _parties(child for child in bidders if child.private_choice == school)
        prefix = f"{seedhex}|{'session' if session else draw}|"
        parties.sort(key=lambda party: (sha256((prefix + party[0]).encode()).digest(), party[0]))
        results += _results(school, draw, parties, plan)
    return tuple(sorted(results))


def _bids(child: Application, lookup: Lookup) -> bool:
    """Whether a child takes part: a choice, no public gate shut, and registered in time."""
    if not child.private_choice or gate_of(child, lookup, PUBLIC):
        return False
    return status_of(child, lookup) == "verified"


def _parties(children: Iterable[Application]) -> list[IdsTogether]:
    parties: dict[tuple[str, str], list[str]] = {}
    for child in children:
        key = ("bundle", child.bundle) if child.bundle else ("child", child.applicant_id)
        parties.setdefault(key, []).append(child.applicant_id)
    return [tuple(sorted(party)) for party in parties.values()]


def _results(school: str, draw: str, ordered: list[IdsTogether], plan: int) -> Iterable[PrivateResult]:
    """Rows of one school: a party wins if the winners before it leave seats for all its children."""
    won: list[IdsTogether] = []
    lost: list[IdsTogether] = []
    left = plan
    for party in ordered:
        fits = len(party) <= left
        (won if fits else lost).append(party)
        left -= len(party) if fits else 0
    drawn = draw if won and lost else ""
    for result, parties in (("won", won), ("lost", lost)):
        for party in parties:
            yield from (PrivateResult(child, school, result, drawn) for child in party)
