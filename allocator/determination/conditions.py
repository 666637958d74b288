"""All conditions of one child, and which of them it holds, fails and leaves open (section 3.2); one function each.

Those of the child's and the guardians' papers and hukou, then those of the home and of living there (marked H there).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from allocator.determination.dossier import Dossier
from allocator.determination.guardians import urban_hukou
from allocator.determination.values import Truth, all_of, any_of, left_open, lowered
from allocator.determination.waiting import long_enough
from allocator.domain import CONDITIONS, Dwelling, Guardian


def guardians(of: Dossier) -> Truth:
    """Somebody counts as guardian, and no parent's custody is unclear without papers (C039)."""
    if not of.guardians:
        return False
    if of.unclear_custody and not of.appointed and "custody" not in of.application.papers:
        return left_open("m:custody")
    return True


def booklet(of: Dossier) -> Truth:
    """The booklet was seen (C028)."""
    return "booklet" in of.application.papers or left_open("m:booklet")


def child_hukou(of: Dossier) -> Truth:
    """The child has an urban hukou (C019)."""
    child = of.application
    urban = urban_hukou(child.hukou_area, child.hukou_in_date, of.office.papers_before)
    return lowered(urban, of.checks, "hukou")


def guardian_hukou(of: Dossier) -> Truth:
    """One guardian has an urban hukou, or all have (Q-18)."""
    if of.office.q18_parents == "both":
        return bool(of.guardians) and len(of.urban_guardians) == len(of.guardians)
    return bool(of.urban_guardians)


def same_book(of: Dossier) -> Truth:
    """A guardian with urban hukou stands in the child's booklet (C019)."""
    return _in_book(of, of.urban_guardians)


def relation(of: Dossier) -> Truth:
    """A guardian stands in the child's booklet, or papers prove the relation (C028)."""
    return _in_book(of, of.guardians) or "relation" in of.application.papers or left_open("m:relation")


def hukou_in_zone(of: Dossier) -> Truth:
    """An urban hukou is enough, or it must lie in the zone of the home (Q-17)."""
    if of.office.q17_hukou == "area":
        return True
    zone = of.application.hukou_zone
    return bool(zone) and of.home is not None and of.home.zone == zone


def head(of: Dossier) -> Truth:
    """A guardian with urban hukou is head of the child's booklet (C021)."""
    return _in_book(of, tuple(guardian for guardian in of.urban_guardians if guardian.head))


def three_generations(of: Dossier) -> Truth:
    """Three generations stand in the booklet (C020)."""
    return of.application.three_gen


def non_agricultural(of: Dossier) -> Truth:
    """The hukou is non-agricultural (C021)."""
    return of.application.hukou_kind == "non_agri"


def collective(of: Dossier) -> Truth:
    """The hukou is collective, with a booklet of its own (C022)."""
    return of.application.hukou_kind == "collective" and of.application.own_booklet


def rural_hukou(of: Dossier) -> Truth:
    """The child has a hukou of Zone-rural, moved in in time (C041)."""
    child = of.application
    in_time = child.hukou_in_date is None or child.hukou_in_date < of.office.papers_before
    return lowered(child.hukou_area == "zone_rural" and in_time, of.checks, "hukou")


def unlocked(of: Dossier) -> Truth:
    """No other family has the home, by an earlier year's lock or in this year (C127)."""
    return of.exempt or not (of.locked or of.lost)


def no_home(of: Dossier) -> Truth:
    """The housing platform found no home of the family in the main city (C037)."""
    result = of.checks.get("no_home")
    if result == "conflict":
        return left_open("r:C040")
    return left_open("m:no_home") if result in (None, "pending") else result == "pass"


def work(of: Dossier) -> Truth:
    """A guardian has worked in the main city for half a year, with proof (C036, Q-22)."""
    return lowered(any_of([_works(guardian, of) for guardian in of.guardians]), of.checks, "work")


def form5(of: Dossier) -> Truth:
    """The application form of other counties and of Zone-rural was seen, where it is needed (C038, C043)."""
    area = of.application.hukou_area
    needed = area == "other_tongliao" or (area == "zone_rural" and of.track == "urban")
    return not needed or "form5" in of.application.papers or left_open("m:form5")


def _in_book(of: Dossier, guardians: tuple[Guardian, ...]) -> bool:
    book = of.application.book
    return bool(book) and book in [guardian.book for guardian in guardians]


def _works(guardian: Guardian, of: Dossier) -> Truth:
    if guardian.work_area != "main_city":
        return False
    start = long_enough(guardian.work_start, of.office, "m:work_start")
    return all_of((start, guardian.work_paper or left_open("m:work")))


PEOPLE: Mapping[str, Callable[[Dossier], Truth]] = {
    rule.__name__: rule
    for rule in (
        guardians, booklet, child_hukou, guardian_hukou, same_book, relation, hukou_in_zone, head, three_generations,
        non_agricultural, collective, rural_hukou, unlocked, no_home, work, form5,
    )
}  # fmt: skip
"""Conditions that a child without a home has as well, by name."""

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
    return left_open("r:C032") if home.use == "mixed" else home.use == "residential"


def delivered(_: Dossier, home: Dwelling) -> Truth:
    """The home has been handed over (C033)."""
    return home.delivered


def moved_in(of: Dossier, _: Dwelling) -> Truth:
    """The family lived there before the day that counts (C011)."""
    start = of.application.residence_start
    in_time = left_open("m:residence_start") if start is None else start < of.office.papers_before
    return lowered(in_time, of.checks, "residence")


def home_proof(of: Dossier, home: Dwelling) -> Truth:
    """The home is proven in time (C029, C030, C034)."""
    return lowered(_proven(of, home), of.checks, "home")


def owner_parents(of: Dossier, home: Dwelling) -> Truth:
    """The guardians hold the share that counts (C031, Q-19); public rental has no owners to ask for."""
    if home.proof == "public_rental" and of.office.q20_public_rental == "home":
        return True
    if not of.owners:
        return left_open("m:owners")
    family = of.application.family
    shares = [of.owners.get(f"{family}/{guardian.guardian}", 0) for guardian in of.guardians]
    together = sum(shares) if of.office.q19_share == "sum" else max(shares, default=0)
    return together >= of.office.share


def owner_grandparents(of: Dossier, _: Dwelling) -> Truth:
    """The grandparents hold the share that counts (C020)."""
    if not of.owners:
        return left_open("m:owners")
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
        return "community" in child.papers or left_open("m:community")
    if child.tenure != "rented":
        return False
    if child.lease_months is not None and child.lease_months < of.office.lease_months:
        return False
    needed = ("lease", "community") if _legacy_proven(home) else ("lease", "landlord", "community")
    lacking = [f"m:{paper}" for paper in needed if paper not in child.papers]
    if child.lease_months is None:
        lacking.append("m:lease_months")
    return left_open(*lacking) if lacking else True


def borrows(of: Dossier, _: Dwelling) -> Truth:
    """The family lives in a borrowed home, with the owner's consent and the community's word (C035)."""
    if of.application.tenure != "borrowed":
        return False
    lacking = [f"m:{paper}" for paper in ("consent", "community") if paper not in of.application.papers]
    return left_open(*lacking) if lacking else True


def half_year(of: Dossier, _: Dwelling) -> Truth:
    """The family has lived there for half a year (C024, Q-22)."""
    start = of.application.residence_start
    return lowered(long_enough(start, of.office, "m:residence_start"), of.checks, "residence")


def _proven(of: Dossier, home: Dwelling) -> Truth:
    if not home.proof:
        return left_open("m:home_proof")
    if home.proof == "public_rental":
        return of.office.q20_public_rental == "home"
    if home.proof == "legacy":
        return _legacy_proven(home) or left_open("m:invoices")
    if home.proof_date is None:
        return left_open("m:proof_date")
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

ConditionValues: TypeAlias = dict[str, Truth]


class Marks(NamedTuple):
    """Names of the conditions held, failed and open, in the order of all lists."""

    held: tuple[str, ...]
    failed: tuple[str, ...]
    open: tuple[str, ...]


_OF_PEOPLE, _OF_HOUSING = tuple(PEOPLE.values()), tuple(HOUSING.values())
_NAMES = (*PEOPLE, *HOUSING)


def condition_pattern(of: Dossier) -> tuple[Truth, ...]:
    """Return the values of all conditions, in the order of their rules."""
    home = of.home
    housing = [home is not None and rule(of, home) for rule in _OF_HOUSING]
    return (*[rule(of) for rule in _OF_PEOPLE], *housing)


def named_conditions(pattern: tuple[Truth, ...]) -> ConditionValues:
    """Return the values of a pattern by the names of their conditions."""
    return dict(zip(_NAMES, pattern, strict=True))


def conditions_of(of: Dossier) -> ConditionValues:
    """Return the value of every condition by its name."""
    return named_conditions(condition_pattern(of))


def condition_marks(values: Mapping[str, Truth]) -> Marks:
    """Return what is held, failed and open."""
    pairs = [(name, values[name]) for name in CONDITIONS]
    return Marks(
        tuple(name for name, value in pairs if value is True),
        tuple(name for name, value in pairs if value is False),
        tuple(name for name, value in pairs if not isinstance(value, bool)),
    )
