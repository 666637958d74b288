"""Which school a step may give to which party, whatever seats there are (procedure.md section 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from allocator.checking.law.case import ADJUST, BIDS, CHOICE, DECISION, DIVERT, EXPORT, HOME, REFERRAL, Step
from allocator.checking.parties import VERIFIED, Roster, bids_of_party, tier_of_party
from allocator.domain import AdjustmentPhase, BatchPhase, ChoicePhase, DecisionPhase, DeferredAcceptancePhase


def entitlement(roster: Roster, step: Step, party: int, school: str) -> str:
    """Return the code of why a step may not give a school to a party; empty where it may."""
    if step.kind not in ANY_STATUS and roster.children[party].status != VERIFIED:
        return "check.not_verified"
    return RULES[step.kind](roster, step, party, school)


def all_entitled(roster: Roster, step: Step, parties: Sequence[int], school: str) -> bool:
    """Whether a step may give a school to all parties, where that can be told at once; False says nothing."""
    if isinstance(step.phase, AdjustmentPhase):
        return school in step.phase.schools
    if step.kind != HOME:
        return False
    return set(roster.verified.get(step.category, {}).get(school, ())).issuperset(parties)


def _export(roster: Roster, step: Step, party: int, school: str) -> str:
    """An external school is given to those whose home school it is."""
    return "" if roster.home[party] == school else "check.not_home"


def _decision(roster: Roster, step: Step, party: int, school: str) -> str:
    """A decision names the school."""
    assert isinstance(step.phase, DecisionPhase)
    return "" if getattr(roster.children[party], step.phase.column) == school else "check.not_decided"


def _referral(roster: Roster, step: Step, party: int, school: str) -> str:
    """A referral gives no school."""
    return "check.outcome_and_phase"


def _choice(roster: Roster, step: Step, party: int, school: str) -> str:
    """The open choice names the school, which admits the category."""
    assert isinstance(step.phase, ChoicePhase)
    kid = roster.children[party]
    if kid.open_choice != school:
        return "check.not_chosen"
    return "" if kid.category in step.phase.schools.get(school, ()) else "check.wrong_category"


def _bids(roster: Roster, step: Step, party: int, school: str) -> str:
    """The ranked list names the school, and the party's category and zone may bid."""
    assert isinstance(step.phase, DeferredAcceptancePhase)
    if roster.children[party].category not in step.phase.categories:
        return "check.wrong_category"
    if tier_of_party(roster, step.phase, party) is None:
        return "check.no_tier"
    return "" if school in bids_of_party(roster, step.phase, party) else "check.not_chosen"


def _home(roster: Roster, step: Step, party: int, school: str) -> str:
    """A batch admits its own category at the home school."""
    if roster.children[party].category != step.category:
        return "check.wrong_category"
    return "" if roster.home[party] == school else "check.not_home"


def _divert(roster: Roster, step: Step, party: int, school: str) -> str:
    """A diversion gives a school of the receiving list of the home school, never the home school itself."""
    assert isinstance(step.phase, BatchPhase)
    if roster.children[party].category != step.category:
        return "check.wrong_category"
    listed = roster.home[party] and school in roster.receiving(step.phase, party)
    return "" if listed else "check.not_on_list"


def _adjust(roster: Roster, step: Step, party: int, school: str) -> str:
    """An adjustment gives a school of the adjustment list."""
    assert isinstance(step.phase, AdjustmentPhase)
    return "" if school in step.phase.schools else "check.not_on_list"


ANY_STATUS = frozenset({EXPORT, REFERRAL, ADJUST})
"""Steps that take parties of every status; all others take verified ones only."""

RULES: Mapping[str, Callable[[Roster, Step, int, str], str]] = {
    EXPORT: _export, DECISION: _decision, REFERRAL: _referral, CHOICE: _choice, BIDS: _bids, HOME: _home,
    DIVERT: _divert, ADJUST: _adjust,
}  # fmt: skip
