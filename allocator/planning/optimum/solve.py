"""From a district to its planning optimum; nothing leaves unchecked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allocator.checking.optimum.verdict import Certificate, OptimumVerdict, check_optimum
from allocator.domain import District, Ints, Row
from allocator.engines import solve
from allocator.ground import DisagreementError, Fault, InputError, Progress, silent
from allocator.models.limit import Limit
from allocator.models.optimum.market import Market, make_market
from allocator.models.optimum.methods import METHODS, Optimum, optimise, options_of_parties
from allocator.models.optimum.weights import (
    missing_weight_faults,
    weight_dominance_faults,
    weight_size_faults,
    weight_sum_faults,
)
from allocator.planning.optimum.certificate import certificate_of
from allocator.planning.optimum.placement import placement_by_child


@dataclass(frozen=True, slots=True)
class CheckedOptimum:
    """A checked optimum and the list of the rules beside it.

    Attributes
    ----------
    district : District
        With its draw.
    method : str
        Key of ``METHODS``.
    optimum : Optimum
        The solution.
    options : (n,) int64
        Option of each party of the market.
    placed : dict of str to str
        School by child, empty without a seat.
    certificate : Certificate
        What proves it.
    verdict : OptimumVerdict
        What the checker said of both.
    rules : tuple of Row
        The list of the policy's own rules.
    """

    district: District
    method: str
    optimum: Optimum
    options: Ints
    placed: dict[str, str]
    certificate: Certificate
    verdict: OptimumVerdict
    rules: tuple[Row, ...]

    @property
    def market(self) -> Market:
        """The planning instance."""
        return self.optimum.market

    @property
    def hopeless(self) -> tuple[str, ...]:
        """Ids of the parties that no school within reach could ever hold: none is in reach, or all are too small."""
        market = self.market
        most = np.zeros(market.types, dtype=np.int64)
        np.maximum.at(most, market.owner, market.seats[market.school])
        lost = most < market.size
        return tuple(
            child.applicant_id
            for child, kind in zip(market.parties, market.type_of.tolist(), strict=True)
            if kind >= 0 and lost[kind]
        )


def solve_and_check_optimum(
    district: District, *, method: str = "core", use_hard_cap: bool = False, limit: Limit | None = None,
    progress: Progress = silent,
) -> CheckedOptimum:  # fmt: skip
    """Compute the planning optimum of a district, let the checker prove it, and compute the rules' list beside it.

    Parameters
    ----------
    district : District
        With a draw, by whose seed children of one type take turns.
    method : {"core", "flow", "plain"}
        How; all find the same optimum.
    use_hard_cap : bool
        Seats are the hard caps instead of the plan.
    limit : Limit, optional
        Ends the search early; the list then is the best found, with its bound. Its clock starts with the search.

    Raises
    ------
    InputError
        If weights or places are missing, the weights are too small or too large, or the district was changed after
        its draw; all faults at once.
    DisagreementError
        If the checker refuses the list or its proof.
    """
    if method not in METHODS:
        raise ValueError(f"Expected a method of {tuple(METHODS)}, found {method!r}.")
    market = _market(district, use_hard_cap=use_hard_cap, progress=progress)
    serial = district.policy.switches.divert_assign == "serial_by_ticket"
    rules = solve(district, engine="procedure" if serial else "strict", progress=progress).rows
    limit = Limit() if limit is None else limit
    limit.begin()
    optimum = optimise(market, method, limit, progress)
    options = options_of_parties(market, optimum, district)
    placed = placement_by_child(market, options)
    certificate = certificate_of(optimum, use_hard_cap=use_hard_cap)
    progress("progress.checker")
    verdict = check_optimum(district, placed, certificate)
    _demand_proof(optimum, verdict)
    return CheckedOptimum(district, method, optimum, options, placed, certificate, verdict, rules)


def _market(district: District, *, use_hard_cap: bool, progress: Progress) -> Market:
    """The planning instance, its weights judged."""
    if district.draw is None:
        raise InputError([Fault("draw.missing", "transcript.txt")])
    if faults := missing_weight_faults(district) or weight_size_faults(district):
        raise InputError(faults)
    progress("progress.market")
    market = make_market(district, use_hard_cap=use_hard_cap)
    assert district.policy.planning is not None
    planning = district.policy.planning
    if faults := weight_sum_faults(planning, market) or weight_dominance_faults(planning, market):
        raise InputError(faults)
    return market


def _demand_proof(optimum: Optimum, verdict: OptimumVerdict) -> None:
    """Demand that the checker accepts the list and finds the same figures."""
    details = tuple(" ".join((v.code, v.applicant_id, v.school_id)).strip() for v in verdict.violations)
    if not details and (verdict.objective, verdict.bound) != (optimum.objective, optimum.relaxed_bound):
        details = (f"{verdict.objective} {verdict.bound} != {optimum.objective} {optimum.relaxed_bound}",)
    if details:
        raise DisagreementError("agree.checker", {"count": str(len(details))}, details)
