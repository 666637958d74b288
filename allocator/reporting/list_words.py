"""What the words of the lists mean, for whoever compares published lists with published orders."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from allocator.domain import (
    ADJUSTED,
    ADMITTED,
    DIVERTED,
    AdjustmentPhase,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    Draw,
    Policy,
)
from allocator.ground import LANGUAGES, Written, text
from allocator.lottery import LIST_CODES, ListWords, Way
from allocator.record import DIVERSION_STEP, Section, draw_name, queue_order_id, sections
from allocator.reporting.summary import summary_phase_names
from allocator.sheets import list_marks, written_in

_OTHERS = ("external", "needs_ruling", "unplaced")


def list_words(policy: Policy, draw: Draw, written: Written) -> ListWords:
    """Return the words of the lists of a policy under a draw, in one language or both."""
    marks = list_marks(District(policy, {}, {}, (), draw=draw))
    title, *warnings, source = (written_in(written, mark.words) for mark in marks)
    ways: dict[str, set[Way]] = {}
    for section in sections(policy):
        for way in _ways(section):
            ways.setdefault(_way_text(policy, section, way, written), set()).add(way)
    return ListWords(
        title=title,
        source=source,
        warnings=tuple(warnings),
        titles={f"_{code}": written.text(f"list.of.{code}") for code in _OTHERS},
        headings={code: written.text(f"list.column.{code}", " ") for code in LIST_CODES},
        sexes={sex: written.text(f"list.sex.{sex}", " ") for sex in "FM"},
        other_sheets=frozenset(written.text(f"list.of.{code}") for code in ("summary", "cutoffs", "shortage")),
        ways={words: frozenset(found) for words, found in ways.items()},
        places=dict(_places(policy)),
        draw=cache(lambda way, school: _draw_text(policy, way, school, written)),
        queues=dict(_queues(policy)),
        after=_after(policy),
        schools=frozenset(_schools(policy)),
    )


def _ways(section: Section) -> list[Way]:
    """Return phase and outcome of the rows that a section settles."""
    if isinstance(section.phase, AdjustmentPhase):
        return [(section.label, ADJUSTED)]
    if section.step == DIVERSION_STEP:
        return [(section.label, DIVERTED)]
    kinds = (DecisionPhase, ChoicePhase, DeferredAcceptancePhase, BatchPhase)
    return [(section.label, ADMITTED)] if isinstance(section.phase, kinds) else []


def _way_text(policy: Policy, section: Section, way: Way, written: Written) -> str:
    """Return the words for a way of admission; the ground of a decision stays untold."""
    if way[1] == ADJUSTED:
        return written.text("list.way.adjusted", " ")
    if isinstance(section.phase, DecisionPhase):
        return written.text("list.way.decision", " ")
    names = summary_phase_names(policy)[section.label]
    ending = {language: text("list.way.diverted", language) if way[1] == DIVERTED else "" for language in LANGUAGES}
    return written.names(names["zh"] + ending["zh"], names["en"] + ending["en"], " ")


def _draw_text(policy: Policy, way: Way, school: str, written: Written) -> str:
    """Return the words for the draw of a way at a school."""
    phase, diversion = summary_phase_names(policy)[way[0]], way[1] == DIVERTED
    zh, en = (draw_name(phase, school, language, diversion=diversion) for language in LANGUAGES)
    return written.names(zh, en, " ")


def _places(policy: Policy) -> Iterator[tuple[Way, int]]:
    """Yield the place of every way in a list: the order of the run, all decisions together before it."""
    for section in sections(policy):
        for way in _ways(section):
            yield way, -1 if isinstance(section.phase, DecisionPhase) else section.number


def _queues(policy: Policy) -> Iterator[tuple[str, Way]]:
    """Yield the id of every draw, without its school, and the way of those whom it decides."""
    for section in sections(policy):
        for way in _ways(section):
            if prefix := queue_order_id(section, "").rstrip("/"):
                yield prefix, way


def _after(policy: Policy) -> dict[str, str]:
    """Return which order those stand in next who lost in a home batch, or found nothing in a diversion."""
    found: dict[str, str] = {}
    adjustment = next((phase.draw for phase in policy.phases if isinstance(phase, AdjustmentPhase)), "")
    for phase in policy.phases:
        if isinstance(phase, BatchPhase):
            for category in phase.categories:
                diversion = f"{phase.divert_draw}-{category}"
                found[f"{phase.draw}-{category}"] = diversion
                found |= {diversion: adjustment} if adjustment else {}
    return found


def _schools(policy: Policy) -> Iterator[str]:
    """Yield the schools here that the policy names; schools of other authorities are on none of these lists."""
    for phase in policy.phases:
        if isinstance(phase, AdjustmentPhase | DeferredAcceptancePhase | ChoicePhase):
            yield from phase.schools
        elif isinstance(phase, BatchPhase):
            for names in phase.lists.values():
                yield from names
