"""The steps of the determination in their order (section 3.4), and why one child has its category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from allocator.determination.assessment import Assessment, assess
from allocator.determination.bundles import bundle
from allocator.determination.categories import CategoryRule, category_rule_value, category_rules, category_terms
from allocator.determination.choices import choice_offers, keep_choices
from allocator.determination.conditions import conditions_of
from allocator.determination.decisions import decide, decision_lacks
from allocator.determination.dossier import Dossier, TablesById, dossier_of, tables_for_dossiers
from allocator.determination.facts import TableFact, facts_by_condition
from allocator.determination.flags import set_flags
from allocator.determination.gates import gate_of
from allocator.determination.locks import lock_hits
from allocator.determination.rulings import apply_rulings, hold_for_rulings
from allocator.determination.same_home import settle_shared_homes
from allocator.determination.values import Truth
from allocator.domain import Decision, Determination, Determined, Lock, OfficeTables, Ruling


def determine_by_steps(tables: OfficeTables) -> Determination:
    """Return category, status and reasons of every child, and the roster (sections 3 to 6)."""
    gated, children = steps_to_assessments(tables_for_dossiers(tables))
    rows = [*gated, *(child.row() for child in children)]
    roster = (child.applicant() for child in children if not child.held)
    return Determination(tuple(sorted(rows)), tuple(sorted(roster)))


def steps_to_assessments(by_id: TablesById) -> tuple[Sequence[Determined], Sequence[Assessment]]:
    """Return the rows of those whom a gate takes, and all that is found of the others."""
    gated: list[Determined] = []
    children: list[Assessment] = []
    for application in by_id.tables.applications:
        dossier = dossier_of(application, by_id)
        gate = gate_of(dossier)
        if gate is None:
            children.append(assess(dossier))
        else:
            gated.append(Determined(application.applicant_id, gate[0], clause=gate[1]))
    _later_steps(children, by_id)
    return gated, children


def _later_steps(children: Sequence[Assessment], by_id: TablesById) -> None:
    """Go through the steps that follow status and category."""
    settle_shared_homes(children)
    for child in children:
        apply_rulings(child)
        hold_for_rulings(child)
    roster = [child for child in children if not child.held]
    decide(roster, by_id)
    bundle(roster)
    keep_choices(roster, choice_offers(by_id.tables.policy, by_id.tables.zones))
    for child in children:
        set_flags(child)


class CategoryTest(NamedTuple):
    """One category as it was tried; ``failed`` and ``open`` name its terms, ``codes`` what the open ones lack."""

    rule: CategoryRule
    value: Truth
    failed: tuple[str, ...]
    open: tuple[tuple[str, frozenset[str]], ...]


class Reasons(NamedTuple):
    """All that decided about one child.

    Attributes
    ----------
    row : Determined
        Its row of the determination.
    tests : tuple of CategoryTest
        The categories tried, up to the first that holds; empty for a child that a gate took.
    rulings : tuple of Ruling
        The rulings that count for it.
    locks : tuple of Lock
        The seat locks that hit its home.
    rivals : tuple of str
        Other children of this year with the same home and another family.
    checks : Mapping[str, str]
        What the other offices found, by subject.
    facts : Mapping[str, TableFact]
        Figures and dates of the tables behind conditions, by name.
    lacking : tuple of (Decision, tuple of str)
        Approved decisions that do not stand, each with what it lacks.
    """

    row: Determined
    tests: tuple[CategoryTest, ...]
    rulings: tuple[Ruling, ...]
    locks: tuple[Lock, ...]
    rivals: tuple[str, ...]
    checks: Mapping[str, str]
    facts: Mapping[str, TableFact]
    lacking: tuple[tuple[Decision, tuple[str, ...]], ...]


def steps_behind_child(tables: OfficeTables, applicant_id: str) -> Reasons | None:
    """Return why a child stands where it stands; None where no child has this id."""
    child = next((row for row in tables.applications if row.applicant_id == applicant_id), None)
    if child is None:
        return None
    by_id = tables_for_dossiers(tables)
    gated, assessed = steps_to_assessments(by_id)
    found = next((one for one in assessed if one.applicant_id == applicant_id), None)
    dossier = found.dossier if found else dossier_of(child, by_id)
    row = found.row() if found else next(row for row in gated if row.applicant_id == applicant_id)
    return Reasons(
        row,
        _tests(dossier) if found else (),
        tuple(dossier.rulings[name] for name in sorted(dossier.rulings)),
        tuple(lock_hits(child, by_id.locks.get(child.home, ()), tables.office)),
        _rivals(found, assessed) if found else (),
        dossier.checks,
        facts_by_condition(dossier),
        _lacking(found, by_id) if found and not found.held else (),
    )


def _lacking(child: Assessment, by_id: TablesById) -> tuple[tuple[Decision, tuple[str, ...]], ...]:
    """Return the approved decisions of a child that do not stand."""
    approved = by_id.decisions.get(child.applicant_id, ())
    found = ((decision, decision_lacks(decision, child, by_id)) for decision in approved)
    return tuple((decision, lacks) for decision, lacks in found if lacks)


def _tests(dossier: Dossier) -> tuple[CategoryTest, ...]:
    """Return the categories of the track in order, up to the first that holds."""
    terms = category_terms(conditions_of(dossier))
    tests = []
    for rule in category_rules(dossier.track):
        value = category_rule_value(rule, terms)
        failed = tuple(name for name in rule.terms if terms[name] is False)
        waiting = ((name, terms[name]) for name in rule.terms)
        tests.append(CategoryTest(rule, value, failed, tuple((n, v) for n, v in waiting if not isinstance(v, bool))))
        if value is True:
            break
    return tuple(tests)


def _rivals(child: Assessment, assessed: Sequence[Assessment]) -> tuple[str, ...]:
    """Return the children of other families who named the same home this year."""
    of = child.dossier.application
    others = (one.dossier.application for one in assessed) if of.home else ()
    return tuple(o.applicant_id for o in others if o.home == of.home and o.family != of.family)
