"""What has been found of one child past the gates, step by step."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from allocator.determination.categories import categorise
from allocator.determination.conditions import Marks, condition_marks, condition_pattern, named_conditions
from allocator.determination.dossier import Dossier, zone_of_dossier
from allocator.determination.gates import status_at_gates
from allocator.determination.values import Truth
from allocator.domain import Applicant, Determined


@dataclass(slots=True)
class Assessment:
    """One child past the gates; the steps change it in place.

    Attributes
    ----------
    codes : frozenset of str
        What the conditions and a shared home leave open; a ruling on category or result empties it.
    rulings : frozenset of str
        What else needs a ruling.
    held : bool
        Whether the child is held back until a ruling.
    preferential_school, sibling_school, bundle, registered_school, voluntary_1, voluntary_2, open_choice
        As they will stand in the roster.
    """

    dossier: Dossier
    status: str
    zone: str
    category: str
    clause: str
    codes: frozenset[str]
    marks: Marks
    rulings: frozenset[str]
    held: bool = False
    flags: set[str] = field(default_factory=set)
    preferential_school: str = ""
    sibling_school: str = ""
    bundle: str = ""
    registered_school: str = ""
    voluntary_1: tuple[str, ...] = ()
    voluntary_2: tuple[str, ...] = ()
    open_choice: str = ""

    @property
    def applicant_id(self) -> str:
        """The child's id."""
        return self.dossier.application.applicant_id

    def categorise_again(self) -> None:
        """Find conditions and category anew, after the home went to another family."""
        self.category, self.clause, self.codes, self.marks = _judged(self.dossier)

    def row(self) -> Determined:
        """Return the row of ``determination.csv``."""
        codes = self.codes
        missing = [code[2:] for code in codes if code.startswith("m:")]
        ruling = {code[2:] for code in codes if code.startswith("r:")} | self.rulings
        return Determined(
            self.applicant_id,
            "held" if self.held else "roster",
            self.dossier.track,
            self.category,
            self.zone,
            self.status,
            *self.marks,
            tuple(sorted(missing)),
            tuple(sorted(ruling)),
            tuple(sorted(self.flags)),
            self.clause,
        )

    def applicant(self) -> Applicant:
        """Return the row of the roster."""
        child = self.dossier.application
        return Applicant(
            child.applicant_id,
            self.zone,
            self.category,
            self.registered_school,
            self.voluntary_1,
            self.voluntary_2,
            self.open_choice,
            self.bundle,
            self.preferential_school,
            self.sibling_school,
            self.status,
            child.preferred_diversion,
            child.x,
            child.y,
        )


def assess(dossier: Dossier) -> Assessment:
    """Return status, conditions and category of a child past the gates (steps 2 and 3)."""
    status, waits = status_at_gates(dossier)
    return Assessment(dossier, status, zone_of_dossier(dossier), *_judged(dossier), waits)


_Judgement: TypeAlias = tuple[str, str, frozenset[str], Marks]


def _judged(dossier: Dossier) -> _Judgement:
    """Return category, clause, codes and marks of a child."""
    return _judgement(condition_pattern(dossier), dossier.track, dossier.application.tenure)


@lru_cache(maxsize=1 << 16)  # many children share a pattern, and then one judgement
def _judgement(pattern: tuple[Truth, ...], track: str, tenure: str) -> _Judgement:
    values = named_conditions(pattern)
    return (*categorise(values, track, tenure), condition_marks(values))
