"""Rules of a deferred-acceptance phase: stable, and the best stable matching for all families (P6, P7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from allocator.checking.law.case import Case, Step
from allocator.checking.law.proposals import Bidding, proposals_of_step, student_optimal_proposals
from allocator.checking.law.queues import equals_in_queue
from allocator.domain import DeferredAcceptancePhase


@dataclass(slots=True)
class Round:
    """One phase as the list claims it.

    Attributes
    ----------
    claimed : dict[int, int]
        Place in a party's list of the school claimed for it here; the list's length if there is none.
    owed : dict[int, int]
        Parties that would be held somewhere better than claimed, with the best such place in their list.
    rightly : dict[str, dict[int, bool]]
        For every school and everyone who proposed to it by the claims, whether a seat is left before it; who was
        owed a seat in an earlier step should not be here and counts for no draw.
    """

    case: Case
    step: Step
    bidding: Bidding
    claimed: dict[int, int] = field(default_factory=dict)
    owed: dict[int, int] = field(default_factory=dict)
    rightly: dict[str, dict[int, bool]] = field(default_factory=dict)

    def place(self, party: int, school: str) -> int:
        """Place of a school in a party's list."""
        return self.bidding.places[party][school]


def judge_bids(case: Case, step: Step) -> None:
    """No blocking pair, nobody over the pool, student-optimal, draws where somebody proposed in vain."""
    this = Round(case, step, proposals_of_step(case, step))
    best = _settle_open(this)
    this.claimed = {i: _claimed_place(this, i) for i in this.bidding.lists}
    before = len(case.findings)
    for school in sorted(this.bidding.bidders):
        this.rightly[school] = _judge_school(this, school)
    _hold_draws(this)
    if not this.owed and len(case.findings) == before:
        _judge_optimal(this, best)


def _settle_open(this: Round) -> dict[int, str] | None:
    """Settle open claims at the student-optimal school; return that matching if it was needed."""
    case, bidding = this.case, this.bidding
    waiting = [i for i in bidding.lists if case.claims.is_open(i)] if case.claims.open else []
    if not waiting:
        return None
    best = student_optimal_proposals(bidding)
    for i in waiting:
        if i in best and case.claims.wants(i, best[i]):
            case.settle(this.step, i, best[i])
    return best


def _claimed_place(this: Round, party: int) -> int:
    """Place in the list of the school claimed here."""
    claims, places = this.case.claims, this.bidding.places[party]
    if claims.step[party] == this.step.position:
        return places.get(claims.school[party], len(places))
    return len(places)


def _judge_school(this: Round, school: str) -> dict[int, bool]:
    """One school: those it is claimed to hold and those who would rather be there; is a seat left before each."""
    came = [i for i in this.bidding.bidders[school] if this.place(i, school) <= this.claimed[i]]
    given = {i for i in came if this.place(i, school) == this.claimed[i]}
    pool = this.bidding.pools[school]
    if len(given) == len(came) and sum(this.bidding.size[i] for i in given) <= pool:
        return dict.fromkeys(came, True)
    if pool <= 0 and not given:
        return dict.fromkeys(came, False)
    return _walk(this, school, sorted(came, key=this.bidding.rank(school).__getitem__), given)


def _walk(this: Round, school: str, came: Sequence[int], given: set[int]) -> dict[int, bool]:
    """Judge party by party in the school's order, each with the list's claims ahead of it.

    Who should not be held takes no place from those behind; who is owed a place that stays empty keeps it.
    """
    ahead, pool, right, size = 0, this.bidding.pools[school], {}, this.bidding.size
    before = set(came).difference(given).intersection(this.case.owed)
    vacant = pool - sum(size[i] for i in given)
    last = max((place for place, i in enumerate(came) if i in given), default=-1)
    for place, i in enumerate(came):
        right[i] = ahead < pool
        if i in given and not right[i]:
            this.case.intrude("check.no_seat", this.step, i, school)
        elif i not in given and right[i]:
            this.owed[i] = min(this.place(i, school), this.owed.get(i, this.claimed[i]))
            this.case.refuse(this.step, i, school, came[last] if place < last else None, vacant > 0)
        if right[i] and (i in given or vacant > 0):
            ahead += size[i]
            vacant -= 0 if i in given else size[i]
        elif right[i]:
            right[i] = False  # its place is another's: as far as the draw goes it proposed in vain
    return {i: r for i, r in right.items() if i not in before}


def _hold_draws(this: Round) -> None:
    """A draw is held where of those who proposed some equals are admitted and some are not.

    Whoever is owed a place does not propose to the schools after it.
    """
    assert isinstance(this.step.phase, DeferredAcceptancePhase)
    for school, right in this.rightly.items():
        if len(set(right.values())) == 2:
            results = {i: r for i, r in right.items() if i not in this.owed or this.place(i, school) <= this.owed[i]}
            groups = equals_in_queue(results, this.bidding.before_ticket(school))
            this.case.hold_draw(this.step, school, f"{this.step.phase.draw}/{school}", groups)


def _judge_optimal(this: Round, best: dict[int, str] | None) -> None:
    """No other stable matching is better for anyone."""
    if not any(this.claimed.values()):
        return
    optimum = best if best is not None else student_optimal_proposals(this.bidding)
    for i in sorted(this.bidding.lists):
        school = optimum.get(i, "")
        if school and this.place(i, school) != this.claimed[i]:
            clause = this.step.clause("refused")
            this.case.report("check.not_student_optimal", clause, i, school, phase=this.step.name)
