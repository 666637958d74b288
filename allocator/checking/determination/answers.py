"""What the checker is asked: the roster, by all steps in the order of section 3.4, and the private schools' draw.

The draw comes before the public one, with a seed of its own (section 5, C045 to C047).
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from allocator.checking.determination.bundles import settle_bundles
from allocator.checking.determination.case import ChildCase
from allocator.checking.determination.choices import Choices
from allocator.checking.determination.decisions import Decisions
from allocator.checking.determination.gates import ALL, PUBLIC, Lookup, shut_gate
from allocator.checking.determination.homes import settle_homes
from allocator.checking.determination.opening import open_case, status_on_opening
from allocator.checking.determination.rulings import rulings_hold, rulings_override
from allocator.checking.session_order import order_place_of_party
from allocator.domain import Application, Determination, Determined, Draw, OfficeTables, PrivateResult


def determine_answers(tables: OfficeTables) -> Determination:
    """Return what office-procedure.md sections 2 to 6 make of every child, and the roster.

    Parameters
    ----------
    tables : OfficeTables
        As read: whatever section 2 calls an input fault is not looked for again.
    """
    lookup = Lookup(tables)
    rows: list[Determined] = []
    cases: list[ChildCase] = []
    for child in tables.applications:
        gate = shut_gate(child, lookup, ALL)
        if gate is None:
            cases.append(open_case(child, lookup))
        else:
            result, clause = gate
            rows.append(Determined(child.applicant_id, result, clause=clause))
    settle_homes(cases)
    for case in cases:
        rulings_override(case)
        rulings_hold(case)
    entering = [case for case in cases if not case.held]
    decisions = Decisions(tables.schools, tables.zones)
    for case in entering:
        decisions.apply(case, lookup.decisions.get(case.child.applicant_id, ()))
    settle_bundles(entering)
    choices = Choices(tables.policy, tables.zones)
    roster = tuple(sorted(choices.applicant(case) for case in entering))
    for case in cases:
        flags_of_answer(case, lookup)
    return Determination(tuple(sorted([*rows, *(case.row() for case in cases)])), roster)


def flags_of_answer(case: ChildCase, lookup: Lookup) -> None:
    """Raise the flags that follow from the application and the final category."""
    child = case.child
    flags = {
        "deferral_pending": child.deferral == "pending",
        "not_registered": child.registered_at is None,
        "lock": case.evidence.hit,
        "declared": child.declared_category not in ("", case.category),
        "special": child.applicant_id in lookup.special,
    }
    case.flags |= {flag for flag, raised in flags.items() if raised}


IdsTogether = tuple[str, ...]
"""Ids of the children who bid as one, in code-point order; the first is the party's."""


def private_draw_answers(tables: OfficeTables, seedhex: str, drawn: Draw | None = None) -> tuple[PrivateResult, ...]:
    """Return who wins and who loses at the private schools.

    Parameters
    ----------
    tables : OfficeTables
        An earlier private result among them is not looked at.
    seedhex : str
        Seed of the private draw, as 64 hexadecimal digits.
    drawn : Draw, optional
        The private draw, whose transcript may name one order in place of tickets (public.md section 1).
    """
    lookup = Lookup(tables)
    bidders = [child for child in tables.applications if _bids(child, lookup)]
    session = tables.policy.switches.ticket_scope == "per_session"
    named = {school for school, _ in tables.private}
    everyone = sorted(party[0] for party in _parties(child for child in bidders if child.private_choice in named))
    places = None if drawn is None else order_place_of_party(drawn.source, everyone, drawn.numbers)
    results: list[PrivateResult] = []
    for school, plan in tables.private:
        draw = f"private/{school}"
        parties = _parties(child for child in bidders if child.private_choice == school)
        prefix = f"{seedhex}|{'session' if session else draw}|"
        if places is None:
            parties.sort(key=lambda party: (sha256((prefix + party[0]).encode()).digest(), party[0]))
        else:
            parties.sort(key=lambda party: places[party[0]])
        results += _results(school, draw, parties, plan)
    return tuple(sorted(results))


def _bids(child: Application, lookup: Lookup) -> bool:
    """Whether a child takes part: a choice, no public gate shut, and registered in time."""
    if not child.private_choice or shut_gate(child, lookup, PUBLIC):
        return False
    return status_on_opening(child, lookup) == "verified"


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
