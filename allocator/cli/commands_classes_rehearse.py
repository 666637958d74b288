"""``allocator classes rehearse``: what the demands allow, and how trial seeds fare, before anybody draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import click

from allocator.class_folder import (
    TRIAL_SEEDS,
    Rehearsal,
    class_digests,
    crowded_children,
    proven_demands,
    rehearse_group,
)
from allocator.classes import STEPS
from allocator.cli.command import (
    GOOD,
    UNFINISHED,
    Teller,
    district_argument,
    json_option,
    language_option,
    print_answer,
    quiet_option,
    told_command,
)
from allocator.cli.commands_classes import LONGEST_PROOF, classes, grade_option, time_limit_option
from allocator.domain import MOST_ATTEMPTS, YearGroup
from allocator.ground import Language, text
from allocator.reading.class_files import CLASS_ROSTER, CLASSES, ClassTables, read_class_tables
from allocator.sheets import Column, Mark, Part, Table, Value, both

_NUMBERS = ("placed", "most", "failed", *STEPS)


@classes.command()
@district_argument
@grade_option
@click.option("--seeds", type=click.IntRange(1, 10_000), default=TRIAL_SEEDS, show_default=True, metavar="N")
@time_limit_option(LONGEST_PROOF)
@json_option
@quiet_option
@language_option
@told_command
def rehearse(teller: Teller, folder: Path, grade: str, seeds: int, time_limit: float) -> int:
    """Prove what the demands allow, deal under trial seeds, and give the digests that a transcript carries."""
    teller("progress.reading")
    tables = read_class_tables(folder, grade)
    found = []
    for group in sorted(tables.groups):
        teller("progress.proving")
        statement = proven_demands(group, time_limit)
        teller("progress.rehearsing")
        found.append(rehearse_group(group, statement, seeds))
    teller.finish()
    print_answer(teller, lambda: _as_object(tables, found), lambda: _parts(tables, found, seeds, teller.language))
    return GOOD if all(one.placed == one.seeds > 0 for one in found) else UNFINISHED


def statement_lines(one: Rehearsal, language: Language) -> Iterator[str]:
    """Yield what is proven of the demands of a year group."""
    words = {"school": one.group.school_id, "track": text(f"classes.track.{one.group.track}", language)}
    said = one.statement
    if said.can_be_met is False and (crowd := crowded_children(one.group)):
        numbers = {"count": len(crowd), "classes": one.group.classes}
        yield text("classes.crowd", language, **words, **numbers, children=", ".join(crowd))
    if said.can_be_met is None:
        yield text("classes.undecided", language, **words)
    elif not said.can_be_met and said.unmet is None:
        yield text("classes.unmet_unknown", language, **words)
    elif not said.can_be_met:
        code = "classes.proven_unmet" if said.unmet else "classes.bundles_unmet"
        groups = {"groups": ", ".join(said.unmet)} if said.unmet else {}
        yield text(code, language, **words, **groups)
    else:
        yield text("classes.proven_met", language, **words)
        if said.bound is not None:
            code = "classes.proven_spread" if said.proven else "classes.bound_spread"
            bound = {} if said.proven else {"bound": _shown(said.bound)}
            yield text(code, language, spread=_shown(said.spread), **bound)
            if one.group.mean_spread is not None:
                code = "spread_too_small" if said.bound > one.group.mean_spread else "spread_demanded"
                yield text(f"classes.{code}", language, demand=_shown(Fraction(one.group.mean_spread)))


def failed_lines(group: YearGroup, language: Language, time_limit: float) -> Iterator[str]:
    """Yield that a year group has no placement, and what is proven of its demands within some seconds."""
    words = {"school": group.school_id, "track": text(f"classes.track.{group.track}", language)}
    yield text("classes.not_placed", language, **words, attempts=f"{MOST_ATTEMPTS:,}")
    yield from statement_lines(rehearse_group(group, proven_demands(group, time_limit), 0), language)


def _shown(hundredths: Fraction | None) -> str:
    """Return a spread in the unit of scores, rounded for people."""
    return "–" if hundredths is None else f"{float(hundredths) / 100:.5f}".rstrip("0").rstrip(".")


def _parts(tables: ClassTables, found: Sequence[Rehearsal], seeds: int, language: Language) -> Iterator[Part]:
    """Yield what people are shown: digests, what is proven, and how trial seeds fared."""
    for name, (key, digest) in zip((CLASS_ROSTER, CLASSES), class_digests(tables)._asdict().items(), strict=True):
        yield text("classes.digest", language, name=name, key=key)
        yield f"  {key}=sha256:{digest}"
    if any(pupil.score is not None for group in tables.groups for pupil in group.pupils):
        yield Mark(both("classes.scores_used"), "notice")
    for one in found:
        yield from statement_lines(one, language)
    columns = [Column(both(f"classes.column.{key}"), whole=True) for key in ("school", "track")]
    columns += [Column(both(f"classes.column.{key}"), "right", whole=True) for key in _NUMBERS]
    columns.append(Column(both("classes.column.usual"), "right", 2, whole=True))
    rows = tuple(_row(one) for one in found if one.seeds)
    if not rows:
        return
    caption, note = both("classes.rehearsed", seeds=seeds), both("classes.rehearsal_note")
    yield Table(tuple(columns), rows, caption, note, tight=True)


def _row(one: Rehearsal) -> tuple[Value, ...]:
    """Return the row of a year group."""
    spreads = [float(spread) / 100 for spread in one.spreads]
    return (
        one.group.school_id, both(f"classes.track.{one.group.track}"), one.placed,
        max(one.attempts, default=None), round(100 * one.share_failed), *(one.failed[step] for step in STEPS),
        spreads[len(spreads) // 2] if spreads else None,
    )  # fmt: skip


def _as_object(tables: ClassTables, found: Sequence[Rehearsal]) -> dict[str, object]:
    """Return the rehearsal for ``--json``; spreads in the unit of scores."""
    return {
        "format_version": 1,
        "kind": "classes-rehearsal",
        "digests": class_digests(tables)._asdict(),
        "groups": [_group_object(one) for one in found],
    }


def _group_object(one: Rehearsal) -> dict[str, object]:
    """Return what ``--json`` says of a year group."""
    said = one.statement
    return {
        "school_id": one.group.school_id, "track": one.group.track, "classes": one.group.classes,
        "pupils": len(one.group.pupils), "can_be_met": said.can_be_met, "proven": said.proven,
        "unmet": None if said.unmet is None else list(said.unmet),
        "least_spread": _number(said.spread), "least_spread_bound": _number(said.bound),
        "seeds": one.seeds, "placed": one.placed, "attempts": sum(one.attempts),
        "most_attempts": max(one.attempts, default=0), "share_failed": round(float(one.share_failed), 6),
        "failed": {step: one.failed[step] for step in STEPS},
        "spreads": [_number(one.spreads[at]) for at in (0, len(one.spreads) // 2, -1)] if one.spreads else [],
    }  # fmt: skip


def _number(hundredths: Fraction | None) -> float | None:
    """Return a spread in the unit of scores."""
    return None if hundredths is None else round(float(hundredths) / 100, 9)
