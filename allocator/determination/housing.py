"""Conditions of the home and of living there; one function each (section 3.2, marked H there)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from allocator.determination.dossier import Dossier
from allocator.determination.values import Truth, lowered, opened
from allocator.determination.waiting import long_enough
from allocator.domain import Dwelling

INVOICES = frozenset({"water", "power", "heat", "fee"})
"""Invoices that stand for the title of a legacy home (C034)."""


def home_urban(_: Dossier, home: Dwelling) -> Truth:
    """The home lies in Zone-urban (C013)."""
    return home.area == "zone_urban"


def home_rural(_: Dossier, home: Dwelling) -> Truth:
    """The home lies in Zone-rural (C041)."""
    return home.area == "zone_rural"


def home_use(_: Dossier, home: Dwelling) -> Truth:
    """The home is one to live in; of mixed use needs a ruling (C032)."""
    return opened("r:C032") if home.use == "mixed" else home.use == "residential"


def delivered(_: Dossier, home: Dwelling) -> Truth:
    """The home has been handed over (C033)."""
    return home.delivered


def moved_in(of: Dossier, _: Dwelling) -> Truth:
    """The family lived there before the day that counts (C011)."""
    start = of.application.residence_start
    in_time = opened("m:residence_start") if start is None else start < of.office.papers_before
    return lowered(in_time, of.checks, "residence")


def home_proof(of: Dossier, home: Dwelling) -> Truth:
    """The home is proven in time (C029, C030, C034)."""
    return lowered(_proven(of, home), of.checks, "home")


def owner_parents(of: Dossier, home: Dwelling) -> Truth:
    """The guardians hold the share that counts (C031, Q-19); public rental has no owners to ask for."""
    if home.proof == "public_rental" and of.office.q20_public_rental == "home":
        return True
    if not of.owners:
        return opened("m:owners")
    family = of.application.family
    shares = [of.owners.get(f"{family}/{guardian.guardian}", 0) for guardian in of.guardians]
    together = sum(shares) if of.office.q19_share == "sum" else max(shares, default=0)
    return together >= of.office.share


def owner_grandparents(of: Dossier, _: Dwelling) -> Truth:
    """The grandparents hold the share that counts (C020)."""
    if not of.owners:
        return opened("m:owners")
    return of.owners.get(f"{of.application.family}/grandparents", 0) >= of.office.share


def lives_owned(of: Dossier, _: Dwelling) -> Truth:
    """The family lives in a home of its own, or in public rental that counts as one (C019, Q-20)."""
    tenure = of.application.tenure
    return tenure == "owned" or (tenure == "public_rental" and of.office.q20_public_rental == "home")


def lives_grandparents(of: Dossier, _: Dwelling) -> Truth:
    """The family lives in the grandparents' home (C020)."""
    return of.application.tenure == "grandparents"


def rents(of: Dossier, home: Dwelling) -> Truth:
    """The family rents, with lease, landlord's papers and the community's word (C035)."""
    child = of.application
    if child.tenure == "public_rental" and of.office.q20_public_rental == "rental":
        return "community" in child.papers or opened("m:community")
    if child.tenure != "rented":
        return False
    if child.lease_months is not None and child.lease_months < of.office.lease_months:
        return False
    needed = ("lease", "community") if _legacy_proven(home) else ("lease", "landlord", "community")
    lacking = [f"m:{paper}" for paper in needed if paper not in child.papers]
    if child.lease_months is None:
        lacking.append("m:lease_months")
    return opened(*lacking) if lacking else True


def borrows(of: Dossier, _: Dwelling) -> Truth:
    """The family lives in a borrowed home, with the owner's consent and the community's word (C035)."""
    if of.application.tenure != "borrowed":
        return False
    lacking = [f"m:{paper}" for paper in ("consent", "community") if paper not in of.application.papers]
    return opened(*lacking) if lacking else True


def half_year(of: Dossier, _: Dwelling) -> Truth:
    """The family has lived there for half a year (C024, Q-22)."""
    start = of.application.residence_start
    return lowered(long_enough(start, of.office, "m:residence_start"), of.checks, "residence")


def _proven(of: Dossier, home: Dwelling) -> Truth:
    if not home.proof:
        return opened("m:home_proof")
    if home.proof == "public_rental":
        return of.office.q20_public_rental == "home"
    if home.proof == "legacy":
        return _legacy_proven(home) or opened("m:invoices")
    if home.proof_date is None:
        return opened("m:proof_date")
    return home.proof_date < of.office.papers_before


def _legacy_proven(home: Dwelling) -> bool:
    return home.proof == "legacy" and INVOICES.issubset(home.invoices)


HOUSING: Mapping[str, Callable[[Dossier, Dwelling], Truth]] = {
    rule.__name__: rule
    for rule in (
        home_urban, home_rural, home_use, delivered, moved_in, home_proof, owner_parents, owner_grandparents,
        lives_owned, lives_grandparents, rents, borrows, half_year,
    )
}  # fmt: skip
"""Conditions that fail without a home, by name."""
