"""All conditions of one child, and which of them it holds, fails and leaves open (section 3.2); one function each.

Those of the child's and the guardians' papers and hukou, then those of the home and of living there (marked H there).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from allocator.determination.dossier import Dossier
from allocator.determination.guardians import guardian_has_urban_hukou
from allocator.determination.values import Truth, all_values, any_value, lowered_value, open_value
from allocator.determination.waiting import waited_long_enough
from allocator.domain import CONDITIONS, Dwelling, Guardian


def condition_guardians(dossier: Dossier) -> Truth:
    """Somebody counts as guardian, and no parent's custody is unclear without papers (C039)."""
    if not dossier.guardians:
        return False
    if dossier.unclear_custody and not dossier.appointed and "custody" not in dossier.application.papers:
        return open_value("m:custody")
    return True


def condition_booklet(dossier: Dossier) -> Truth:
    """The booklet was seen (C028)."""
    return "booklet" in dossier.application.papers or open_value("m:booklet")


def condition_child_hukou(dossier: Dossier) -> Truth:
    """The child has an urban hukou (C019)."""
    child = dossier.application
    urban = guardian_has_urban_hukou(child.hukou_area, child.hukou_in_date, dossier.office.papers_before)
    return lowered_value(urban, dossier.checks, "hukou")


def condition_guardian_hukou(dossier: Dossier) -> Truth:
    """One guardian has an urban hukou, or all have (Q-18)."""
    if dossier.office.q18_parents == "both":
        return bool(dossier.guardians) and len(dossier.urban_guardians) == len(dossier.guardians)
    return bool(dossier.urban_guardians)


def condition_same_book(dossier: Dossier) -> Truth:
    """A guardian with urban hukou stands in the child's booklet (C019)."""
    return _in_book(dossier, dossier.urban_guardians)


def condition_relation(dossier: Dossier) -> Truth:
    """A guardian stands in the child's booklet, or papers prove the relation (C028)."""
    return _in_book(dossier, dossier.guardians) or "relation" in dossier.application.papers or open_value("m:relation")


def condition_hukou_in_zone(dossier: Dossier) -> Truth:
    """An urban hukou is enough, or it must lie in the zone of the home (Q-17)."""
    if dossier.office.q17_hukou == "area":
        return True
    zone = dossier.application.hukou_zone
    return bool(zone) and dossier.home is not None and dossier.home.zone == zone


def condition_head(dossier: Dossier) -> Truth:
    """A guardian with urban hukou is head of the child's booklet (C021)."""
    return _in_book(dossier, tuple(guardian for guardian in dossier.urban_guardians if guardian.head))


def condition_three_generations(dossier: Dossier) -> Truth:
    """Three generations stand in the booklet (C020)."""
    return dossier.application.three_gen


def condition_non_agricultural(dossier: Dossier) -> Truth:
    """The hukou is non-agricultural (C021)."""
    return dossier.application.hukou_kind == "non_agri"


def condition_collective(dossier: Dossier) -> Truth:
    """The hukou is collective, with a booklet of its own (C022)."""
    return dossier.application.hukou_kind == "collective" and dossier.application.own_booklet


def condition_rural_hukou(dossier: Dossier) -> Truth:
    """The child has a hukou of Zone-rural, moved in in time (C041)."""
    child = dossier.application
    in_time = child.hukou_in_date is None or child.hukou_in_date < dossier.office.papers_before
    return lowered_value(child.hukou_area == "zone_rural" and in_time, dossier.checks, "hukou")


def condition_unlocked(dossier: Dossier) -> Truth:
    """No other family has the home, by an earlier year's lock or in this year (C127)."""
    return dossier.exempt or not (dossier.locked or dossier.lost)


def condition_no_home(dossier: Dossier) -> Truth:
    """The housing platform found no home of the family in the main city (C037)."""
    result = dossier.checks.get("no_home")
    if result == "conflict":
        return open_value("r:C040")
    return open_value("m:no_home") if result in (None, "pending") else result == "pass"


def condition_work(dossier: Dossier) -> Truth:
    """A guardian has worked in the main city for half a year, with proof (C036, Q-22)."""
    return lowered_value(
        any_value([_works(guardian, dossier) for guardian in dossier.guardians]), dossier.checks, "work"
    )


def condition_form5(dossier: Dossier) -> Truth:
    """The application form of other counties and of Zone-rural was seen, where it is needed (C038, C043)."""
    area = dossier.application.hukou_area
    needed = area == "other_tongliao" or (area == "zone_rural" and dossier.track == "urban")
    return not needed or "form5" in dossier.application.papers or open_value("m:form5")


def _in_book(dossier: Dossier, guardians: tuple[Guardian, ...]) -> bool:
    book = dossier.application.book
    return bool(book) and book in [guardian.book for guardian in guardians]


def _works(guardian: Guardian, dossier: Dossier) -> Truth:
    if guardian.work_area != "main_city":
        return False
    start = waited_long_enough(guardian.work_start, dossier.office, "m:work_start")
    return all_values((start, guardian.work_paper or open_value("m:work")))


PEOPLE: Mapping[str, Callable[[Dossier], Truth]] = {
    rule.__name__.removeprefix("condition_"): rule
    for rule in (
        condition_guardians, condition_booklet, condition_child_hukou, condition_guardian_hukou, condition_same_book,
        condition_relation, condition_hukou_in_zone, condition_head, condition_three_generations,
        condition_non_agricultural, condition_collective, condition_rural_hukou, condition_unlocked,
        condition_no_home, condition_work, condition_form5,
    )
}  # fmt: skip
"""Conditions that a child without a home has as well, by name."""

INVOICES = frozenset({"water", "power", "heat", "fee"})
"""Invoices that stand for the title of a legacy home (C034)."""


def condition_home_urban(_: Dossier, home: Dwelling) -> Truth:
    """The home lies in Zone-urban (C013)."""
    return home.area == "zone_urban"


def condition_home_rural(_: Dossier, home: Dwelling) -> Truth:
    """The home lies in Zone-rural (C041)."""
    return home.area == "zone_rural"


def condition_home_use(_: Dossier, home: Dwelling) -> Truth:
    """The home is one to live in; of mixed use needs a ruling (C032)."""
    return open_value("r:C032") if home.use == "mixed" else home.use == "residential"


def condition_delivered(_: Dossier, home: Dwelling) -> Truth:
    """The home has been handed over (C033)."""
    return home.delivered


def condition_moved_in(dossier: Dossier, _: Dwelling) -> Truth:
    """The family lived there before the day that counts (C011)."""
    start = dossier.application.residence_start
    in_time = open_value("m:residence_start") if start is None else start < dossier.office.papers_before
    return lowered_value(in_time, dossier.checks, "residence")


def condition_home_proof(dossier: Dossier, home: Dwelling) -> Truth:
    """The home is proven in time (C029, C030, C034)."""
    return lowered_value(_proven(dossier, home), dossier.checks, "home")


def condition_owner_parents(dossier: Dossier, home: Dwelling) -> Truth:
    """The guardians hold the share that counts (C031, Q-19); public rental has no owners to ask for."""
    if home.proof == "public_rental" and dossier.office.q20_public_rental == "home":
        return True
    if not dossier.owners:
        return open_value("m:owners")
    family = dossier.application.family
    shares = [dossier.owners.get(f"{family}/{guardian.guardian}", 0) for guardian in dossier.guardians]
    together = sum(shares) if dossier.office.q19_share == "sum" else max(shares, default=0)
    return together >= dossier.office.share


def condition_owner_grandparents(dossier: Dossier, _: Dwelling) -> Truth:
    """The grandparents hold the share that counts (C020)."""
    if not dossier.owners:
        return open_value("m:owners")
    return dossier.owners.get(f"{dossier.application.family}/grandparents", 0) >= dossier.office.share


def condition_lives_owned(dossier: Dossier, _: Dwelling) -> Truth:
    """The family lives in a home of its own, or in public rental that counts as one (C019, Q-20)."""
    tenure = dossier.application.tenure
    return tenure == "owned" or (tenure == "public_rental" and dossier.office.q20_public_rental == "home")


def condition_lives_grandparents(dossier: Dossier, _: Dwelling) -> Truth:
    """The family lives in the grandparents' home (C020)."""
    return dossier.application.tenure == "grandparents"


def condition_rents(dossier: Dossier, home: Dwelling) -> Truth:
    """The family rents, with lease, landlord's papers and the community's word (C035)."""
    child = dossier.application
    if child.tenure == "public_rental" and dossier.office.q20_public_rental == "rental":
        return "community" in child.papers or open_value("m:community")
    if child.tenure != "rented":
        return False
    if child.lease_months is not None and child.lease_months < dossier.office.lease_months:
        return False
    needed = ("lease", "community") if _legacy_proven(home) else ("lease", "landlord", "community")
    lacking = [f"m:{paper}" for paper in needed if paper not in child.papers]
    if child.lease_months is None:
        lacking.append("m:lease_months")
    return open_value(*lacking) if lacking else True


def condition_borrows(dossier: Dossier, _: Dwelling) -> Truth:
    """The family lives in a borrowed home, with the owner's consent and the community's word (C035)."""
    if dossier.application.tenure != "borrowed":
        return False
    lacking = [f"m:{paper}" for paper in ("consent", "community") if paper not in dossier.application.papers]
    return open_value(*lacking) if lacking else True


def condition_half_year(dossier: Dossier, _: Dwelling) -> Truth:
    """The family has lived there for half a year (C024, Q-22)."""
    start = dossier.application.residence_start
    return lowered_value(waited_long_enough(start, dossier.office, "m:residence_start"), dossier.checks, "residence")


def _proven(dossier: Dossier, home: Dwelling) -> Truth:
    if not home.proof:
        return open_value("m:home_proof")
    if home.proof == "public_rental":
        return dossier.office.q20_public_rental == "home"
    if home.proof == "legacy":
        return _legacy_proven(home) or open_value("m:invoices")
    if home.proof_date is None:
        return open_value("m:proof_date")
    return home.proof_date < dossier.office.papers_before


def _legacy_proven(home: Dwelling) -> bool:
    return home.proof == "legacy" and INVOICES.issubset(home.invoices)


HOUSING: Mapping[str, Callable[[Dossier, Dwelling], Truth]] = {
    rule.__name__.removeprefix("condition_"): rule
    for rule in (
        condition_home_urban, condition_home_rural, condition_home_use, condition_delivered, condition_moved_in,
        condition_home_proof, condition_owner_parents, condition_owner_grandparents, condition_lives_owned,
        condition_lives_grandparents, condition_rents, condition_borrows, condition_half_year,
    )
}  # fmt: skip
"""Conditions that fail without a home, by name."""

ConditionValues: TypeAlias = dict[str, Truth]


class Marks(NamedTuple):
    """Names of the conditions held, failed and open, in the order of all lists."""

    held: tuple[str, ...]
    failed: tuple[str, ...]
    open: tuple[str, ...]


_OF_PEOPLE, _OF_HOUSING = tuple(PEOPLE.values()), tuple(HOUSING.values())
_NAMES = (*PEOPLE, *HOUSING)


def condition_pattern(dossier: Dossier) -> tuple[Truth, ...]:
    """Return the values of all conditions, in the order of their rules."""
    home = dossier.home
    housing = [home is not None and rule(dossier, home) for rule in _OF_HOUSING]
    return (*[rule(dossier) for rule in _OF_PEOPLE], *housing)


def named_conditions(pattern: tuple[Truth, ...]) -> ConditionValues:
    """Return the values of a pattern by the names of their conditions."""
    return dict(zip(_NAMES, pattern, strict=True))


def conditions_of(dossier: Dossier) -> ConditionValues:
    """Return the value of every condition by its name."""
    return named_conditions(condition_pattern(dossier))


def condition_marks(values: Mapping[str, Truth]) -> Marks:
    """Return what is held, failed and open."""
    pairs = [(name, values[name]) for name in CONDITIONS]
    return Marks(
        tuple(name for name, value in pairs if value is True),
        tuple(name for name, value in pairs if value is False),
        tuple(name for name, value in pairs if not isinstance(value, bool)),
    )
