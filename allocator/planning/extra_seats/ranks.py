"""Extra seats where families rank schools and one round of deferred acceptance gives all seats: best by their ranks."""

from __future__ import annotations

import numpy as np

from allocator.domain import AdjustmentPhase, DeferredAcceptancePhase, District, ExportPhase, Ints, ReferralPhase
from allocator.eligibility import NO_TIER, Instance, instance_ranked_lists, instance_tiers, may_bid
from allocator.engines import solve
from allocator.ground import DisagreementError, Fault, InputError, Progress
from allocator.models.extra_seats.program import program_of_rules
from allocator.models.extra_seats.stable import stable_seats
from allocator.models.extra_seats.vacancies import DrawLists
from allocator.models.limit import Limit
from allocator.planning.draws import SEATED, Outcome
from allocator.planning.extra_seats.answer import ExtraSeats, district_of_answer, prices_for_answer
from allocator.planning.extra_seats.request import Request
from allocator.planning.extra_seats.rules_judge import Extra, RulesJudge
from allocator.planning.extra_seats.rules_search import Room, Searched, search_rules_ways
from allocator.procedure import Entries, Lots, ranks_by_keys, school_keys


def only_round_with_ranks(district: District) -> DeferredAcceptancePhase | None:
    """Return the round that gives all seats but those of an adjustment; None where the policy is of another kind."""
    phases = [phase for phase in district.policy.phases if not isinstance(phase, ExportPhase | ReferralPhase)]
    first = phases[0] if phases else None
    alone = all(isinstance(phase, AdjustmentPhase) for phase in phases[1:])
    return first if isinstance(first, DeferredAcceptancePhase) and first.seats == "left" and alone else None


class Ranks:
    """The sum of the ranks that families give to the schools which they get in the round; 1 is the first choice.

    A family that gets none counts as if there were one more school behind the longest list, which it got. A bundle
    counts once for each child.

    Parameters
    ----------
    district : District
        With its trial draw.
    request : Request
        What is asked.
    limit : Limit
        Ends the search.
    progress : callable
        Told what begins.

    Raises
    ------
    InputError
        If the policy is of another kind.
    """

    def __init__(self, district: District, request: Request, limit: Limit, progress: Progress) -> None:
        this = only_round_with_ranks(district)
        if this is None:
            raise InputError([Fault("capacity.not_ranked", "policy.yaml", column="phases")])
        self.district, self.request, self.limit, self.progress, self.round = district, request, limit, progress, this
        self.program = program_of_rules(district)
        self.schools = self.program.market.schools
        self.judge = RulesJudge(district, self.program, request.draws)
        self.bidders = self._bidders(self.judge.instance)
        self._known: dict[Extra, int] = {}

    def _bidders(self, instance: Instance) -> Ints:
        """Parties that bid."""
        leaving = any(isinstance(phase, ExportPhase) for phase in self.district.policy.phases)
        referring = any(isinstance(phase, ReferralPhase) for phase in self.district.policy.phases)
        away = leaving & (instance.home >= 0) & instance.external[instance.home]
        stays = ~away & ((instance.home >= 0) | (not referring))
        bids = [bool(getattr(child, self.round.column)) and may_bid(child, self.round) for child in instance.leads]
        parties = np.flatnonzero(stays & np.array(bids, dtype=bool))
        bidders: Ints = parties[instance_tiers(instance, self.round, parties) != NO_TIER]
        return bidders

    def best(self) -> ExtraSeats:
        """Return the best way to give the seats: by integer program alone where every party is a single child."""
        request, nothing = self.request, (0,) * len(self.schools)
        self.progress("progress.seats_ranks")
        draws = [self._draw(lots) for lots in self.judge.lots]
        seats = self.judge.instance.plan[self.judge.own]
        alike = stable_seats(draws, seats, request.units * request.step, limit=self.limit)
        size = self.judge.instance.size[self.bidders]
        if request.step == 1 and not request.where and (size == 1).all():
            found, bound = Searched(tuple(alike.extra.tolist()), False), alike.bound
            if self.total(found.extra) != alike.objective:
                details = (f"{self.total(found.extra)} != {alike.objective}",)
                raise DisagreementError("agree.checker", {"count": "1"}, details)
        else:
            found = self._searched(alike.extra)
            more = len(draws) * int((size - 1).sum())  # the other children of bundles have the first choice at best
            bound = self.total(found.extra) if found.exhausted else alike.bound + more
        after = self.total(found.extra)
        return ExtraSeats(
            self.district, request, dict(zip(self.schools, found.extra, strict=True)), (self.total(nothing),),
            (after,), (bound,), units=sum(found.extra) // request.step, bound_units=0, proven=after == bound,
            tried=len(self._known), exhausted=found.exhausted, hopeless=0, beyond=0,
            prices=prices_for_answer(self.district), placed={},
        )  # fmt: skip

    def _searched(self, alike: Ints) -> Searched:
        """The best way that a search finds, which sets out from the best one if every bundle were one child.

        A school that counts a bundle as one child holds everybody whom it holds otherwise, so no family fares worse:
        whatever seats are added, the sum of the ranks of the parties is no larger then.
        """
        request = self.request
        self.progress("progress.seats_rules")
        places = range(len(self.schools))
        allowed = tuple(place for place in places if not request.where or self.schools[place] in request.where)
        room = Room(len(self.schools), allowed, request.step, request.units)
        rest = [place for place in places if alike[place] and (place not in allowed or alike[place] % request.step)]
        starts = [] if rest else [tuple(alike.tolist())]
        return search_rules_ways(
            room, lambda extra: (self.total(extra),), request.draws, starts, self.limit, self.progress
        )

    def _draw(self, lots: Lots) -> DrawLists:
        """Lists and priorities of one draw."""
        instance, parties = self.judge.instance, self.bidders
        routes = instance_ranked_lists(instance, self.round.column, parties)
        lists = [routes.items[routes.starts[of] : routes.starts[of + 1]] for of in routes.of.tolist()]
        begins = np.concatenate([[0], np.cumsum([len(one) for one in lists], dtype=np.int64)]).astype(np.int64)
        school = np.concatenate([*lists, np.zeros(0, dtype=np.int64)])
        bidder = np.repeat(np.arange(len(parties)), np.diff(begins))
        place = np.full(len(instance.plan), -1, dtype=np.int64)
        place[self.judge.own] = np.arange(len(self.judge.own))
        keys = school_keys(Entries(self.round, instance, lots, parties, bidder, school))
        return DrawLists(begins, place[school], ranks_by_keys(keys))

    def total(self, extra: Extra) -> int:
        """Return the sum of the ranks in the lists that the procedure makes with some extra seats."""
        if extra not in self._known:
            self._known[extra] = sum(self._sum_of(outcome) for outcome in self.judge.outcomes(extra))
        return self._known[extra]

    def _sum_of(self, outcome: Outcome) -> int:
        """Sum of the ranks in one list; an adjustment is no school of the round."""
        instance = self.judge.instance
        lists = [getattr(instance.leads[i], self.round.column) for i in self.bidders.tolist()]
        none = max(map(len, lists), default=0)
        total = 0
        for party, ranked in zip(self.bidders.tolist(), lists, strict=True):
            held = outcome.standing[party] == SEATED
            rank = ranked.index(instance.school_ids[outcome.seat[party]]) if held else none
            total += int(instance.size[party]) * (rank + 1)
        return total

    def confirm(self, found: ExtraSeats) -> None:
        """Let both engines and the checker solve the district with its new seats under the trial seed."""
        solve(district_of_answer(found), progress=self.progress)
