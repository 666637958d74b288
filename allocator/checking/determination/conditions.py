"""The conditions of section 3.2, one rule each: held, failed, or open with the codes of what would settle it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from allocator.checking.determination.evidence import (
    INVOICES,
    NOWHERE,
    RURAL,
    URBAN,
    Evidence,
    evidence_of_early_move,
    evidence_of_urban_hukou,
)
from allocator.domain import CONDITIONS, Dwelling, Guardian

Answered: TypeAlias = bool | tuple[str, ...]
"""True: held; False: failed; else open, with codes marked ``m:`` (missing) or ``r:`` (ruling)."""


class Found(NamedTuple):
    """All conditions of a child: bits of those held and of those failed, and the codes of the open ones by bit."""

    held: int
    failed: int
    codes: Mapping[int, tuple[str, ...]]


def _lowered(finding: Answered, e: Evidence, subject: str) -> Answered:
    """Lower a finding by the check of a subject (⊓): a check never makes anything better."""
    if finding is False or (result := e.checks.get(subject)) is None:
        return finding
    if result == "fail":
        return False
    if finding is True and result == "pending":
        return (f"m:check:{subject}",)
    return ("r:C040",) if finding is True and result == "conflict" else finding


def _lacking(**there: bool) -> Answered:
    """Held if everything is there, else open with the code of each thing lacking."""
    return tuple(f"m:{code}" for code, is_there in there.items() if not is_there) or True


def _paper(e: Evidence, paper: str) -> Answered:
    return paper in e.child.papers or (f"m:{paper}",)


def _since(start: date | None, e: Evidence, code: str) -> Answered:
    """Whether something began half a year ago, the day itself by ``q22_half_year`` (C024)."""
    if start is None:
        return (code,)
    if start != e.values.half_year_before:
        return start < e.values.half_year_before
    return ("r:Q-22",) if e.values.q22_half_year == "ruling" else e.values.q22_half_year == "inclusive"


def _in_book(e: Evidence, guardians: list[Guardian]) -> list[Guardian]:
    """Those in the child's own booklet."""
    book = e.child.book
    return [g for g in guardians if g.book == book] if book else []


def _counts_as_home(e: Evidence) -> bool:
    """Whether the home is public rental proven as such, which counts as an own one (``q20_public_rental``)."""
    return e.home.proof == "public_rental" and e.values.q20_public_rental == "home"


def _legacy_proven(home: Dwelling) -> bool:
    return home.proof == "legacy" and INVOICES.issubset(home.invoices)


def _guardians(e: Evidence) -> Answered:
    if not e.counting:
        return False
    return ("m:custody",) if e.custody_unclear else True


def _child_hukou(e: Evidence) -> Answered:
    return _lowered(evidence_of_urban_hukou(e.child, e.values), e, "hukou")


def _guardian_hukou(e: Evidence) -> Answered:
    return bool(e.urban) and (e.values.q18_parents == "one" or len(e.urban) == len(e.counting))


def _same_book(e: Evidence) -> Answered:
    return bool(_in_book(e, e.urban))


def _relation(e: Evidence) -> Answered:
    return bool(_in_book(e, e.counting)) or _paper(e, "relation")


def _hukou_in_zone(e: Evidence) -> Answered:
    if e.values.q17_hukou == "area":
        return True
    return e.child.hukou_zone == e.home.zone != ""


def _head(e: Evidence) -> Answered:
    return any(g.head for g in _in_book(e, e.urban))


def _collective(e: Evidence) -> Answered:
    return e.child.hukou_kind == "collective" and e.child.own_booklet


def _rural_hukou(e: Evidence) -> Answered:
    return _lowered(e.child.hukou_area == RURAL and evidence_of_early_move(e.child, e.values), e, "hukou")


_NO_HOME: Mapping[str, Answered] = {"pass": True, "fail": False, "conflict": ("r:C040",)}


def _no_home(e: Evidence) -> Answered:
    return _NO_HOME.get(e.checks.get("no_home", ""), ("m:no_home",))


def _works(guardian: Guardian, e: Evidence) -> Answered:
    """Work of one guardian: in the main city, long enough, and proven."""
    since = _since(guardian.work_start, e, "m:work_start")
    if guardian.work_area != "main_city" or since is False:
        return False
    codes = (*(since if since is not True else ()), *(() if guardian.work_paper else ("m:work",)))
    return codes or True


def _work(e: Evidence) -> Answered:
    each = [_works(g, e) for g in e.counting]
    codes = tuple(code for finding in each if isinstance(finding, tuple) for code in finding)
    return _lowered(True in each or codes or False, e, "work")


def _form5(e: Evidence) -> Answered:
    area = e.child.hukou_area
    needed = area == "other_tongliao" or (area == RURAL and e.track == "urban")
    return not needed or _paper(e, "form5")


def _home_use(e: Evidence) -> Answered:
    return ("r:C032",) if e.home.use == "mixed" else e.home.use == "residential"


def _moved_in(e: Evidence) -> Answered:
    start = e.child.residence_start
    return _lowered(("m:residence_start",) if start is None else start < e.values.papers_before, e, "residence")


def _proven(e: Evidence) -> Answered:
    """Proof of the home before any check."""
    home = e.home
    if not home.proof:
        return ("m:home_proof",)
    if home.proof == "public_rental":
        return _counts_as_home(e)
    if home.proof == "legacy":
        return _legacy_proven(e.home) or ("m:invoices",)
    return ("m:proof_date",) if home.proof_date is None else home.proof_date < e.values.papers_before


def _owner_parents(e: Evidence) -> Answered:
    if _counts_as_home(e):
        return True
    if not e.shares:
        return ("m:owners",)
    shares = [e.shares.get(f"{g.family}/{g.guardian}", 0) for g in e.counting]
    most = sum(shares) if e.values.q19_share == "sum" else max(shares, default=0)
    return most >= e.values.share


def _owner_grandparents(e: Evidence) -> Answered:
    return e.shares.get(f"{e.child.family}/grandparents", 0) >= e.values.share if e.shares else ("m:owners",)


def _lives_owned(e: Evidence) -> Answered:
    tenure = e.child.tenure
    return tenure == "owned" or (tenure == "public_rental" and e.values.q20_public_rental == "home")


def _rents(e: Evidence) -> Answered:
    child, papers = e.child, e.child.papers
    if child.tenure == "public_rental" and e.values.q20_public_rental == "rental":
        return _paper(e, "community")
    if child.tenure != "rented" or (child.lease_months is not None and child.lease_months < e.values.lease_months):
        return False
    return _lacking(
        lease="lease" in papers,
        lease_months=child.lease_months is not None,
        landlord="landlord" in papers or _legacy_proven(e.home),
        community="community" in papers,
    )


def _borrows(e: Evidence) -> Answered:
    papers = e.child.papers
    return e.child.tenure == "borrowed" and _lacking(consent="consent" in papers, community="community" in papers)


OF_THE_CHILD: Mapping[str, Callable[[Evidence], Answered]] = {
    "guardians": _guardians,
    "booklet": lambda e: _paper(e, "booklet"),
    "child_hukou": _child_hukou,
    "guardian_hukou": _guardian_hukou,
    "same_book": _same_book,
    "relation": _relation,
    "hukou_in_zone": _hukou_in_zone,
    "head": _head,
    "three_generations": lambda e: e.child.three_gen,
    "non_agricultural": lambda e: e.child.hukou_kind == "non_agri",
    "collective": _collective,
    "rural_hukou": _rural_hukou,
    "unlocked": lambda e: e.exempt or not e.hit,
    "no_home": _no_home,
    "work": _work,
    "form5": _form5,
}
"""Conditions that can hold of a child without a home."""

OF_THE_HOME: Mapping[str, Callable[[Evidence], Answered]] = {
    "home_urban": lambda e: e.home.area == URBAN,
    "home_rural": lambda e: e.home.area == RURAL,
    "home_use": _home_use,
    "delivered": lambda e: e.home.delivered,
    "moved_in": _moved_in,
    "home_proof": lambda e: _lowered(_proven(e), e, "home"),
    "owner_parents": _owner_parents,
    "owner_grandparents": _owner_grandparents,
    "lives_owned": _lives_owned,
    "lives_grandparents": lambda e: e.child.tenure == "grandparents",
    "rents": _rents,
    "borrows": _borrows,
    "half_year": lambda e: _lowered(_since(e.child.residence_start, e, "m:residence_start"), e, "residence"),
}
"""Conditions marked H on the page: failed where the child names no home."""

BIT: Mapping[str, int] = {name: 1 << place for place, name in enumerate(CONDITIONS)}
_WITHOUT_HOME = tuple(OF_THE_CHILD.values())
_WITH_HOME = (*_WITHOUT_HOME, *OF_THE_HOME.values())
_BITS = tuple(BIT[name] for name in (*OF_THE_CHILD, *OF_THE_HOME))
_ALL_OF_THE_HOME = sum(BIT[name] for name in OF_THE_HOME)


def find_conditions(evidence: Evidence) -> Found:
    """Return every condition of a child."""
    return _found(tuple([rule(evidence) for rule in (_WITHOUT_HOME if evidence.home is NOWHERE else _WITH_HOME)]))


@lru_cache(maxsize=1 << 16)  # the findings of many children are the same
def _found(findings: tuple[Answered, ...]) -> Found:
    """Return findings as sets of bits; where those of the home are not there, they failed."""
    held, failed, codes = 0, _ALL_OF_THE_HOME if len(findings) == len(_WITHOUT_HOME) else 0, {}
    for bit, finding in zip(_BITS, findings, strict=False):
        if finding is True:
            held |= bit
        elif finding is False:
            failed |= bit
        else:
            codes[bit] = finding
    return Found(held, failed, codes)


def conditions_when_locked_out(conditions: Found) -> Found:
    """Return the same conditions after the home was lost to another family (section 3.5)."""
    return conditions._replace(held=conditions.held & ~BIT["unlocked"], failed=conditions.failed | BIT["unlocked"])


@lru_cache(maxsize=1 << 16)
def condition_names_of_bits(bits: int) -> tuple[str, ...]:
    """Return the conditions of a set of bits in the order of the page."""
    return tuple(name for name in CONDITIONS if BIT[name] & bits)


def open_condition_names(conditions: Found) -> tuple[str, ...]:
    """Return the conditions that are neither held nor failed."""
    return condition_names_of_bits(((1 << len(CONDITIONS)) - 1) & ~(conditions.held | conditions.failed))
