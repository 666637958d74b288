"""The domain: frozen objects that every other part shares, and nothing else shares more."""

# isort: off

from allocator.domain.applications import (
    Application, Blacklisted, Check, Decision, Dwelling, Guardian, Lock, OfficeTables, Owner, PrivateResult,
    PrivateSchool, Ruling, SpecialNeed,
)
from allocator.domain.arrays import EXTERNAL_SCHOOL, NO_SCHOOL, Floats, Ints, Mask
from allocator.domain.assignment import (
    ADJUSTED, ADMITTED, DIVERTED, EXTERNAL, NEEDS_RULING, OUTCOMES, UNPLACED, Row, Violation,
)
from allocator.domain.book import ACCEPTED, NO_HEAD, REFUSALS, BookEvent, Played
from allocator.domain.classes import (
    BOARDING, DAY, MOST_ATTEMPTS, MOST_CLASSES, TRACKS, AttemptRow, ClassPlacement, ClassRow, LateChild, LateRow,
    Pupil, Team, TeamRow, YearGroup,
)
from allocator.domain.columns import from_columns
from allocator.domain.determination import CONDITIONS, RESULTS, Determination, Determined
from allocator.domain.district import Applicant, District, School, Zone
from allocator.domain.draw import Contribution, Draw, NumbersOrder, RingOrder, SessionOrder, Transcript
from allocator.domain.grid import Axis, Grid, GridCell, Option
from allocator.domain.names import BEFORE_TICKET, COLUMN_OF_KEY, METHODS, ORDER_KEYS, STANDING_KEYS, SWITCHES, TICKET
from allocator.domain.office import OfficeValues, Stage, Window
from allocator.domain.policy import (
    CLAUSE_KEYS, STATUSES, AdjustmentPhase, BatchPhase, Category, ChoicePhase, DecisionPhase, DeferredAcceptancePhase,
    ExportPhase, LetterValues, OrderKey, Phase, PhaseBase, Planning, Policy, ReferralPhase, Switches, Text,
    WarningLevels,
)
from allocator.domain.stable_instance import StableInstance
from allocator.domain.what_if import (
    Change, ClassChange, CloseSchool, Cohort, Coordinates, Estate, Growth, HardCapChange, MoveHomes, NewSchool,
    OfferedChange, Register, Role, SeatChange, SwitchChange, TakeUp, WeightChange, WhatIf, canonical_what_ifs,
    is_what_if_of_demand, what_ifs_digest, what_ifs_role_together,
)

__all__ = [
    "ACCEPTED", "ADJUSTED", "ADMITTED", "BEFORE_TICKET", "BOARDING", "CLAUSE_KEYS", "COLUMN_OF_KEY", "CONDITIONS",
    "DAY", "DIVERTED", "EXTERNAL", "EXTERNAL_SCHOOL", "METHODS", "MOST_ATTEMPTS", "MOST_CLASSES", "NEEDS_RULING",
    "NO_HEAD", "NO_SCHOOL", "ORDER_KEYS", "OUTCOMES", "REFUSALS", "RESULTS", "STANDING_KEYS", "STATUSES", "SWITCHES",
    "TICKET", "TRACKS", "UNPLACED", "AdjustmentPhase", "Applicant", "Application", "AttemptRow", "Axis", "BatchPhase",
    "Blacklisted", "BookEvent", "Category", "Change", "Check", "ChoicePhase", "ClassChange", "ClassPlacement",
    "ClassRow", "CloseSchool", "Cohort", "Contribution", "Coordinates", "Decision", "DecisionPhase",
    "DeferredAcceptancePhase", "Determination", "Determined", "District", "Draw", "Dwelling", "Estate", "ExportPhase",
    "Floats", "Grid", "GridCell", "Growth", "Guardian", "HardCapChange", "Ints", "LateChild", "LateRow", "LetterValues",
    "Lock", "Mask", "MoveHomes", "NewSchool", "NumbersOrder", "OfferedChange", "OfficeTables", "OfficeValues", "Option",
    "OrderKey", "Owner", "Phase", "PhaseBase", "Planning", "Played", "Policy", "PrivateResult", "PrivateSchool",
    "Pupil", "ReferralPhase", "Register", "RingOrder", "Role", "Row", "Ruling", "School", "SeatChange", "SessionOrder",
    "SpecialNeed", "StableInstance", "Stage", "SwitchChange", "Switches", "TakeUp", "Team", "TeamRow", "Text",
    "Transcript", "Violation", "WarningLevels", "WeightChange", "WhatIf", "Window", "YearGroup", "Zone",
    "canonical_what_ifs", "from_columns", "is_what_if_of_demand", "what_ifs_digest", "what_ifs_role_together",
]  # fmt: skip
