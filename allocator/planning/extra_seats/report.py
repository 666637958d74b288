"""Where to add seats, for people and programs: tables and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from allocator.domain import Text
from allocator.ground import Fault
from allocator.planning.extra_seats.answer import ExtraSeats
from allocator.record import kept_table_faults
from allocator.sheets import Mark, Part, Table, both, columns, json_head, marks_of, number

KIND = "extra_seats"
COLUMNS = columns("capacity", ("school_id", "school", "seats", "extra", "price"), words=2)


def extra_seats_report_object(answer: ExtraSeats) -> dict[str, Any]:
    """Return the answer as an object for JSON; outcomes are sums over the draws, whole numbers."""
    request = answer.request
    levels = [level for level, _, _ in _levels(answer)]
    gap = answer.gap
    return {
        **json_head(answer.district.policy, KIND),
        "asked": {
            "extra_seats": request.extra_seats, "classes": request.classes, "class_size": request.class_size,
            "fewest": request.fewest, "not_diverted": list(request.not_diverted), "where": list(request.where),
            "by": request.by, "draws": request.draws, "trial_seed": request.trial_seed,
        },
        "schools": [{column.key: cell for column, cell in zip(COLUMNS, row, strict=True)} for row in _rows(answer)],
        "extra_seats": {name: seats for name, seats in answer.extra.items() if seats},
        "levels": levels,
        "before": list(answer.before),
        "after": list(answer.after),
        "bound": None if request.fewest else list(answer.bound),
        "gap": None if gap is None else {"level": levels[gap[0]], "gap": gap[1]},
        "lists": answer.lists,
        "units": answer.units,
        "fewest_bound": answer.bound_units if request.fewest else None,
        "proven": answer.proven,
        "ways_computed": answer.tried,
        "all_ways_computed": answer.exhausted,
        "out_of_reach": answer.hopeless,
        "diverted_at_best": answer.beyond,
    }  # fmt: skip


def _levels(found: ExtraSeats) -> list[tuple[str, Text, str]]:
    """Each outcome: its name, what people call it, category."""
    if found.request.by == "ranks":
        return [("ranks", both("capacity.level.ranks"), "")]
    names = [category.category_id for category in found.district.policy.categories]
    without = [(f"without.{name}", both("capacity.level.without", category=name), name) for name in names]
    return [*without, *((name, both(f"capacity.level.{name}"), "") for name in ("diverted", "metres"))]


def _rows(found: ExtraSeats) -> Iterator[tuple[str, str, int, int, int | None]]:
    """Id, name, seats, extra seats and price of every own school, in order of the ids."""
    for name, extra in found.extra.items():
        school = found.district.schools[name]
        yield name, school.name, school.plan, extra, found.prices.get(name)


def table_of(answer: ExtraSeats) -> Table:
    """Return all own schools as the table of a file."""
    return Table(COLUMNS, tuple(_rows(answer)), both("capacity.title"), marks=_marks(answer), kind=KIND)


def target_faults(path: Path) -> list[Fault]:
    """Return what forbids writing the table there: another file than an earlier one is never replaced."""
    return kept_table_faults(path, "capacity.other_file", KIND, title="capacity.title", columns=COLUMNS)


def parts_of(answer: ExtraSeats) -> Iterator[Part]:
    """Give what the terminal shows: marks, what was asked, schools, outcomes, proof."""
    yield from _marks(answer)
    yield _schools(answer)
    yield _outcomes(answer)
    yield from _notes(answer)
    yield Mark(_proof(answer), "title")


def _marks(found: ExtraSeats) -> tuple[Mark, ...]:
    """What stands above the table: the last line says what was asked."""
    return (*marks_of(found.district.policy, "planning.only"), Mark(_asked(found)))


def _asked(found: ExtraSeats) -> Text:
    """The question in words."""
    request = found.request
    parts = [both(f"capacity.by_{request.by}")]
    if request.fewest:
        code = "capacity.asked_fewest" if request.not_diverted else "capacity.asked_fewest_seated"
        unit = both("capacity.unit_classes" if request.class_size else "capacity.unit_seats", size=request.step)
        parts.append(both(code, unit=unit, categories=_categories(found)))
    elif request.classes is not None:
        parts.append(both("capacity.asked_classes", units=request.classes, size=request.step))
    else:
        parts.append(both("capacity.asked_seats", units=request.extra_seats))
    if request.draws:
        parts.append(both("capacity.mean", draws=request.draws, seed=request.trial_seed))
    elif request.by != "optimum":
        parts.append(both("capacity.trial", seed=request.trial_seed))
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def _categories(found: ExtraSeats) -> Text:
    """The categories of the goal, listed."""
    return Text("、".join(found.request.not_diverted), ", ".join(found.request.not_diverted))


def _schools(found: ExtraSeats) -> Table:
    """Schools that get seats; all of them stand in files."""
    schools = found.district.schools
    rows = [(schools[row[0]].title, *row[2:]) for row in _rows(found) if row[3]]
    nothing = () if found.units else ((both("capacity.nothing"), "", "", ""),)
    _, name, seats, extra, price = COLUMNS
    return Table((name, seats, replace(extra, signed=True), price), (*rows, *nothing), both("capacity.title"))


def _outcomes(found: ExtraSeats) -> Table:
    """Outcomes before and after, and the bound, those of categories that are always 0 left out."""
    sides = ["before", "after"] if found.request.fewest else ["before", "after", "bound"]
    values = [getattr(found, side) for side in sides]
    rows: list[tuple[Text | float, ...]] = []
    for at, (name, words, category) in enumerate(_levels(found)):
        numbers = [value[at] for value in values]
        if any(numbers) or not (category or name == "metres"):  # all metres 0: no place is known
            rows.append((words, *(_mean(number, found.lists) for number in numbers)))
    return Table(columns("capacity", ("level", *sides), digits=1), tuple(rows))


def _mean(total: int, lists: int) -> float:
    """A mean over the draws; a single one is a whole number."""
    return total if lists == 1 else total / lists


def _notes(found: ExtraSeats) -> Iterator[Text]:
    """Children whom no seat helps."""
    if found.hopeless:
        yield both("capacity.hopeless", count=found.hopeless)
    if found.request.fewest and found.beyond:
        yield both("capacity.beyond", count=found.beyond, categories=_categories(found))


def _proof(found: ExtraSeats) -> Text:
    """How far the answer is proven."""
    if found.request.fewest:
        seats = sum(found.extra.values())
        numbers = {"units": found.units, "least": found.bound_units, "tried": found.tried, "seats": seats}
        code = "capacity.fewest_proven" if found.proven else "capacity.fewest_gap"
        if not found.units:  # "fewer than 0" are not
            code = "capacity.fewest_none"
        return both(code, gap=found.units - found.bound_units, **numbers)
    if found.proven:
        return both("capacity.proven_every" if found.exhausted else "capacity.proven", tried=number(found.tried))
    assert found.gap is not None
    level, gap = found.gap
    shown = number(_mean(gap, found.lists), 0 if found.lists == 1 else 1)
    return both("capacity.not_proven", level=_levels(found)[level][1], gap=shown, tried=number(found.tried))
