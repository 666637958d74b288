"""One child past the gates, on its way through the steps of section 3.4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from allocator.checking.determination.categories import category_codes, category_verdict
from allocator.checking.determination.conditions import (
    Found,
    condition_names_of_bits,
    conditions_when_locked_out,
    find_conditions,
    open_condition_names,
)
from allocator.checking.determination.evidence import Evidence
from allocator.domain import Application, Determined, OfficeValues, Ruling

MISSING, RULING = "m:", "r:"
"""Marks of the codes of conditions: papers or dates the family may bring, cases for a ruling."""


@dataclass(slots=True)
class ChildCase:
    """A child past the gates; what stands in it is as the steps done so far leave it.

    Attributes
    ----------
    ruled : Mapping[str, Ruling]
        The ruling that counts by field.
    found : Found
        Its conditions.
    codes : set of str
        What the conditions ask for, marked (steps 3 and 4): a ruling on category or result settles it.
    rulings, flags : set of str
        What needs a ruling for any other reason; the flags.
    held : bool
        Whether it waits outside the roster.
    bundle, preferential_school, sibling_school : str
        As the roster will have them.
    """

    evidence: Evidence
    ruled: Mapping[str, Ruling]
    zone: str
    status: str
    found: Found = field(init=False)
    category: str = field(init=False)
    clause: str = field(init=False)
    codes: set[str] = field(init=False)
    rulings: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    held: bool = False
    bundle: str = ""
    preferential_school: str = ""
    sibling_school: str = ""

    def __post_init__(self) -> None:
        self.found = find_conditions(self.evidence)
        self._judge()

    @property
    def child(self) -> Application:
        """Its application."""
        return self.evidence.child

    @property
    def values(self) -> OfficeValues:
        """The values it is determined by."""
        return self.evidence.values

    def lock_out(self) -> None:
        """Take its home away and find its category anew."""
        self.found = conditions_when_locked_out(self.found)
        self._judge()

    def _judge(self) -> None:
        """Give it the category of its conditions as they are now (section 3.3)."""
        judged = category_verdict(self.evidence.track, self.found.held, self.found.failed)
        self.category, self.clause = judged.category, judged.clause
        self.codes = category_codes(self.found, judged)
        hides_a_home = self.evidence.checks.get("no_home") == "fail"
        if hides_a_home and self.child.tenure in {"grandparents", "rented", "borrowed"}:
            self.codes.add(f"{RULING}C118")

    def row(self) -> Determined:
        """Return its row of ``determination.csv``."""
        return Determined(
            self.child.applicant_id,
            "held" if self.held else "roster",
            self.evidence.track,
            self.category,
            self.zone,
            self.status,
            condition_names_of_bits(self.found.held),
            condition_names_of_bits(self.found.failed),
            open_condition_names(self.found),
            tuple(sorted(self._marked(MISSING))),
            tuple(sorted(self._marked(RULING) | self.rulings)),
            tuple(sorted(self.flags)),
            self.clause,
        )

    def _marked(self, mark: str) -> set[str]:
        return {code[len(mark) :] for code in self.codes if code.startswith(mark)}
