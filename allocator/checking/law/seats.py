"""Seats of every school as the walk goes on: plan, used, set aside (procedure.md section 3)."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.domain import DeferredAcceptancePhase, Policy, School


class Seats:
    """Seats used and set aside so far.

    Two more counts keep one fault from being reported as many; both are 0 as long as nothing is wrong. Seats *kept*
    were left empty although a party was owed them: nobody else is owed them too. Seats used by *intruders*, who should
    not be there, do not make those wrong who rightly come after them.

    Parameters
    ----------
    policy : Policy
        Its phases say which offered seats are set aside, its switches how a bundle at the cut falls.
    schools : Mapping[str, School]
        By id; an external school has no seats here.
    """

    def __init__(self, policy: Policy, schools: Mapping[str, School]) -> None:
        self._schools = schools
        self._over_plan = policy.switches.bundle_at_cut == "over_plan"
        columns = {p.seats for p in policy.phases if isinstance(p, DeferredAcceptancePhase)} - {"left"}
        self.plan = {s.school_id: 0 if s.external else s.plan for s in schools.values()}
        self.used = dict.fromkeys(schools, 0)
        self.aside = {s.school_id: sum(s.offered(c) for c in columns) for s in schools.values()}
        self._columns = columns
        self._kept: dict[str, int] = {}
        self._intruders: dict[str, int] = {}

    def left(self, school: str) -> int:
        """Seats that a phase may fill now: plan less children admitted less seats still set aside."""
        return self.plan[school] - self.used[school] - self.aside[school]

    def pool(self, school: str, source: str) -> int:
        """Seats of a deferred-acceptance phase: those offered, or what is left."""
        return max(0, self.left(school)) if source == "left" else self._schools[school].offered(source)

    def room(self, school: str, left: int, size: int, taken: int = 0) -> bool:
        """Whether the cut admits a party, given the seats of its pool that are left.

        Parameters
        ----------
        left : int
            Seats of the pool not yet given; may be negative.
        taken : int
            Children admitted there in the current step, not yet in ``used``.
        """
        if left >= size:
            return True
        if left <= 0 or not self._over_plan:
            return False
        return self.used[school] + taken + self.aside[school] + size <= self._schools[school].most

    def free(self, school: str, left: int, given: bool, envies: bool = False) -> int:
        """Seats left for a party, with faults found before left out of account.

        Parameters
        ----------
        left : int
            Seats of the pool not yet given, by the list's claims.
        envies : bool
            Whether the list admits somebody behind it.
        """
        if given:
            return left + self._intruders.get(school, 0)
        return left if envies else left - self._kept.get(school, 0)

    def keep(self, school: str, children: int) -> None:
        """Count seats left empty that a party was owed."""
        self._kept[school] = self._kept.get(school, 0) + children

    def intrude(self, school: str, children: int) -> None:
        """Count children who should not be there."""
        self._intruders[school] = self._intruders.get(school, 0) + children

    def begin_step(self) -> None:
        """No more seats can be kept than are left."""
        kept = {school: min(n, self.left(school)) for school, n in self._kept.items()}
        self._kept = {school: n for school, n in kept.items() if n > 0}

    def take(self, school: str, children: int) -> None:
        """Count children admitted."""
        self.used[school] += children

    def release(self, source: str) -> None:
        """Return seats set aside to what is left, once their round has ended."""
        if source not in self._columns:
            return
        self._columns = self._columns - {source}
        for school in self._schools.values():
            self.aside[school.school_id] -= school.offered(source)
