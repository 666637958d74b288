"""Conditions of the child's and the guardians' papers and hukou; one function each (section 3.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from allocator.determination.dossier import Dossier
from allocator.determination.guardians import urban_hukou
from allocator.determination.values import Truth, all_of, any_of, lowered, opened
from allocator.determination.waiting import long_enough
from allocator.domain import Guardian


def guardians(of: Dossier) -> Truth:
    """Somebody counts as guardian, and no parent's custody is unclear without papers (C039)."""
    if not of.guardians:
        return False
    if of.unclear_custody and not of.appointed and "custody" not in of.application.papers:
        return opened("m:custody")
    return True


def booklet(of: Dossier) -> Truth:
    """The booklet was seen (C028)."""
    return "booklet" in of.application.papers or opened("m:booklet")


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
    return _in_book(of, of.guardians) or "relation" in of.application.papers or opened("m:relation")


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
        return opened("r:C040")
    return opened("m:no_home") if result in (None, "pending") else result == "pass"


def work(of: Dossier) -> Truth:
    """A guardian has worked in the main city for half a year, with proof (C036, Q-22)."""
    return lowered(any_of([_works(guardian, of) for guardian in of.guardians]), of.checks, "work")


def form5(of: Dossier) -> Truth:
    """The application form of other counties and of Zone-rural was seen, where it is needed (C038, C043)."""
    area = of.application.hukou_area
    needed = area == "other_tongliao" or (area == "zone_rural" and of.track == "urban")
    return not needed or "form5" in of.application.papers or opened("m:form5")


def _in_book(of: Dossier, guardians: tuple[Guardian, ...]) -> bool:
    book = of.application.book
    return bool(book) and book in [guardian.book for guardian in guardians]


def _works(guardian: Guardian, of: Dossier) -> Truth:
    if guardian.work_area != "main_city":
        return False
    start = long_enough(guardian.work_start, of.office, "m:work_start")
    return all_of((start, guardian.work_paper or opened("m:work")))


PEOPLE: Mapping[str, Callable[[Dossier], Truth]] = {
    rule.__name__: rule
    for rule in (
        guardians, booklet, child_hukou, guardian_hukou, same_book, relation, hukou_in_zone, head, three_generations,
        non_agricultural, collective, rural_hukou, unlocked, no_home, work, form5,
    )
}  # fmt: skip
"""Conditions that a child without a home has as well, by name."""
