"""What the office's tables say behind a condition, by figure or day: for the family that asks why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from allocator.determination.dossier import Dossier


class TableFact(NamedTuple):
    """A figure or date of the tables.

    Attributes
    ----------
    kind : str
        What it is: ``share`` and ``largest`` of the title in per cent, ``lease`` in months; days: ``since`` of living
        there, ``dated`` of the proof, ``moved`` of the hukou, ``works`` of work.
    value : str
        As it is told.
    """

    kind: str
    value: str


def facts_by_condition(dossier: Dossier) -> dict[str, TableFact]:
    """Return what the tables say behind conditions, by name; conditions without a figure or date are left out."""
    return {name: fact for name, rule in _FACTS.items() for fact in rule(dossier)}


def _owned_by_guardians(dossier: Dossier) -> Iterator[TableFact]:
    holders = [f"{dossier.application.family}/{guardian.guardian}" for guardian in dossier.guardians]
    shares = [dossier.owners.get(holder, 0) for holder in holders]
    together = dossier.office.q19_share == "sum"
    if dossier.owners:
        yield TableFact("share" if together else "largest", _percent(sum(shares) if together else max([0, *shares])))


def _owned_by_grandparents(dossier: Dossier) -> Iterator[TableFact]:
    if dossier.owners:
        yield TableFact("share", _percent(dossier.owners.get(f"{dossier.application.family}/grandparents", 0)))


def _residence(dossier: Dossier) -> Iterator[TableFact]:
    return _dates("since", [dossier.application.residence_start])


def _proof(dossier: Dossier) -> Iterator[TableFact]:
    return _dates("dated", [dossier.home.proof_date if dossier.home else None])


def _hukou(dossier: Dossier) -> Iterator[TableFact]:
    return _dates("moved", [dossier.application.hukou_in_date])


def _guardians_hukou(dossier: Dossier) -> Iterator[TableFact]:
    return _dates("moved", [guardian.hukou_in_date for guardian in dossier.guardians])


def _lease(dossier: Dossier) -> Iterator[TableFact]:
    months = dossier.application.lease_months
    if dossier.application.tenure == "rented" and months is not None:
        yield TableFact("lease", str(months))


def _work(dossier: Dossier) -> Iterator[TableFact]:
    return _dates("works", [guardian.work_start for guardian in dossier.guardians if guardian.work_area == "main_city"])


def _dates(kind: str, days: Iterable[date | None]) -> Iterator[TableFact]:
    """Yield the days that are known as one fact."""
    if known := sorted(str(day) for day in days if day is not None):
        yield TableFact(kind, ", ".join(known))


def _percent(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


_FACTS: Mapping[str, Callable[[Dossier], Iterator[TableFact]]] = {
    "owner_parents": _owned_by_guardians, "owner_grandparents": _owned_by_grandparents, "moved_in": _residence,
    "half_year": _residence, "home_proof": _proof, "child_hukou": _hukou, "rural_hukou": _hukou,
    "guardian_hukou": _guardians_hukou, "rents": _lease,
    "rents_or_borrows": _lease, "work": _work,
}  # fmt: skip
"""By condition."""
