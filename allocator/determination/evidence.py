"""What the office's tables say behind a condition, and what a decision lacks: for the family that asks why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from allocator.determination.dossier import Dossier


class Evidence(NamedTuple):
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


def evidence_by_condition(dossier: Dossier) -> dict[str, Evidence]:
    """Return what the tables say behind conditions, by name; conditions without a figure or date are left out."""
    return {name: fact for name, rule in _EVIDENCE.items() for fact in rule(dossier)}


def _owned_by_guardians(dossier: Dossier) -> Iterator[Evidence]:
    holders = [f"{dossier.application.family}/{guardian.guardian}" for guardian in dossier.guardians]
    shares = [dossier.owners.get(holder, 0) for holder in holders]
    together = dossier.office.q19_share == "sum"
    if dossier.owners:
        yield Evidence("share" if together else "largest", _percent(sum(shares) if together else max([0, *shares])))


def _owned_by_grandparents(dossier: Dossier) -> Iterator[Evidence]:
    if dossier.owners:
        yield Evidence("share", _percent(dossier.owners.get(f"{dossier.application.family}/grandparents", 0)))


def _residence(dossier: Dossier) -> Iterator[Evidence]:
    return _dates("since", [dossier.application.residence_start])


def _proof(dossier: Dossier) -> Iterator[Evidence]:
    return _dates("dated", [dossier.home.proof_date if dossier.home else None])


def _hukou(dossier: Dossier) -> Iterator[Evidence]:
    return _dates("moved", [dossier.application.hukou_in_date])


def _guardians_hukou(dossier: Dossier) -> Iterator[Evidence]:
    return _dates("moved", [guardian.hukou_in_date for guardian in dossier.guardians])


def _lease(dossier: Dossier) -> Iterator[Evidence]:
    months = dossier.application.lease_months
    if dossier.application.tenure == "rented" and months is not None:
        yield Evidence("lease", str(months))


def _work(dossier: Dossier) -> Iterator[Evidence]:
    return _dates("works", [guardian.work_start for guardian in dossier.guardians if guardian.work_area == "main_city"])


def _dates(kind: str, days: Iterable[date | None]) -> Iterator[Evidence]:
    """Yield the days that are known as one fact."""
    if known := sorted(str(day) for day in days if day is not None):
        yield Evidence(kind, ", ".join(known))


def _percent(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


_EVIDENCE: Mapping[str, Callable[[Dossier], Iterator[Evidence]]] = {
    "owner_parents": _owned_by_guardians, "owner_grandparents": _owned_by_grandparents, "moved_in": _residence,
    "half_year": _residence, "home_proof": _proof, "child_hukou": _hukou, "rural_hukou": _hukou,
    "guardian_hukou": _guardians_hukou, "rents": _lease,
    "rents_or_borrows": _lease, "work": _work,
}  # fmt: skip
"""By condition."""
