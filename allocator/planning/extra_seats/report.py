"""Where to add seats, for people and programs: tables for the terminal, CSV, JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from allocator.console import PlainConsole
from allocator.errors import Fault
from allocator.messages import Language, text
from allocator.planning.extra_seats.answer import Expansion
from allocator.record.kept_table import other_file_faults
from allocator.sheets.csv_file import headings, marked_csv, marks_of

KIND = "extra_seats"
COLUMNS = ("school_id", "school", "seats", "extra", "price")


def as_object(found: Expansion) -> dict[str, Any]:
    """Return the answer as an object for JSON; outcomes are sums over the draws, whole numbers."""
    request, district = found.request, found.district
    levels = [level for level, _, _ in _levels(found)]
    gap = found.gap
    return {
        "format_version": 1,
        "kind": KIND,
        "policy_id": district.policy.policy_id,
        "planning_only": {language: text("planning.only", language) for language in _LANGUAGES},
        "notice": {"zh": district.policy.notice.zh, "en": district.policy.notice.en},
        "asked": {
            "extra_seats": request.extra_seats, "classes": request.classes, "class_size": request.class_size,
            "fewest": request.fewest, "not_diverted": list(request.not_diverted), "where": list(request.where),
            "by": request.by, "draws": request.draws, "trial_seed": request.trial_seed,
        },
        "schools": [dict(zip(COLUMNS, row, strict=True)) for row in _rows(found)],
        "extra_seats": {name: seats for name, seats in found.extra.items() if seats},
        "levels": levels,
        "before": list(found.before),
        "after": list(found.after),
        "bound": None if request.fewest else list(found.bound),
        "gap": None if gap is None else {"level": levels[gap[0]], "gap": gap[1]},
        "lists": found.lists,
        "units": found.units,
        "fewest_bound": found.bound_units if request.fewest else None,
        "proven": found.proven,
        "ways_computed": found.tried,
        "all_ways_computed": found.exhausted,
        "out_of_reach": found.hopeless,
        "diverted_at_best": found.beyond,
    }  # fmt: skip


_LANGUAGES: tuple[Language, Language] = ("zh", "en")


def _levels(found: Expansion) -> list[tuple[str, str, str]]:
    """Each outcome: its name, code of its text, category."""
    if found.request.by == "ranks":
        return [("ranks", "capacity.level.ranks", "")]
    names = [category.category_id for category in found.district.policy.categories]
    without = [(f"without.{name}", "capacity.level.without", name) for name in names]
    return [*without, ("diverted", "capacity.level.diverted", ""), ("metres", "capacity.level.metres", "")]


def _rows(found: Expansion) -> Iterator[tuple[str, str, int, int, int | None]]:
    """Id, name, seats, extra seats and price of every own school, in order of the ids."""
    for name, extra in found.extra.items():
        school = found.district.schools[name]
        yield name, school.name, school.plan, extra, found.prices.get(name)


def csv_of(found: Expansion) -> bytes:
    """Return the schools as a table for Excel and WPS, with every mark above it."""
    return marked_csv(_marks(found), headings("capacity", COLUMNS), _rows(found))


def _marks(found: Expansion) -> list[str]:
    """The lines above the table; the first one tells what kind of file it is."""
    marks = marks_of(found.district.policy, ["capacity.title", "planning.only"])
    return [marks[0], " · ".join(_asked(found, language) for language in _LANGUAGES), *marks[1:]]


def target_faults(path: Path) -> list[Fault]:
    """Return what forbids writing the table there: another file than an earlier one is never replaced."""
    return other_file_faults(path, "capacity.title", "capacity.other_file")


def print_expansion(found: Expansion, language: Language) -> None:
    """Print the answer on standard output."""
    console = PlainConsole()
    for part in _parts(found, language):
        console.print(part)


def _parts(found: Expansion, language: Language) -> Iterator[RenderableType]:
    """Marks, what was asked, schools, outcomes, proof."""
    policy = found.district.policy
    yield Text(getattr(policy.title, language), style="bold")
    yield Text(text("planning.only", language), style="bold yellow")
    if notice := getattr(policy.notice, language):
        yield Text(notice, style="yellow")
    yield Text(_asked(found, language))
    yield _schools(found, language)
    yield _outcomes(found, language)
    for line in _notes(found, language):
        yield Text(line)
    yield Text(_proof(found, language), style="bold")


def _asked(found: Expansion, language: Language) -> str:
    """The question in words."""
    request = found.request
    parts = [text(f"capacity.by_{request.by}", language)]
    if request.fewest:
        categories = _list(request.not_diverted, language)
        code = "capacity.asked_fewest" if categories else "capacity.asked_fewest_seated"
        parts.append(text(code, language, unit=_unit(found, language), categories=categories))
    elif request.classes is not None:
        parts.append(text("capacity.asked_classes", language, units=request.classes, size=request.step))
    else:
        parts.append(text("capacity.asked_seats", language, units=request.extra_seats))
    if request.draws:
        parts.append(text("capacity.mean", language, draws=request.draws, seed=request.trial_seed))
    elif request.by != "optimum":
        parts.append(text("capacity.trial", language, seed=request.trial_seed))
    return ("；" if language == "zh" else "; ").join(parts)


def _unit(found: Expansion, language: Language) -> str:
    code = "capacity.unit_classes" if found.request.class_size else "capacity.unit_seats"
    return text(code, language, size=found.request.step)


def _list(names: tuple[str, ...], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(names)


def _schools(found: Expansion, language: Language) -> Table:
    """Schools that get seats; all of them stand in CSV and JSON."""
    table = Table(title=text("capacity.title", language), title_justify="left", title_style="bold")
    table.add_column(text("capacity.school", language), overflow="fold")
    for name in COLUMNS[2:]:
        table.add_column(text(f"capacity.{name}", language), justify="right")
    for _, name, seats, extra, price in _rows(found):
        if extra:
            table.add_row(name, f"{seats:,}", f"+{extra:,}", "–" if price is None else f"{price:,}")
    if not found.units:
        table.add_row(text("capacity.nothing", language))
    return table


def _outcomes(found: Expansion, language: Language) -> Table:
    """Outcomes before and after, and the bound, those of categories that are always 0 left out."""
    sides = ["before", "after"] if found.request.fewest else ["before", "after", "bound"]
    table = Table()
    table.add_column(text("capacity.level", language), overflow="fold")
    for side in sides:
        table.add_column(text(f"capacity.{side}", language), justify="right")
    values = [getattr(found, side) for side in sides]
    for at, (name, code, category) in enumerate(_levels(found)):
        unknown = name == "metres" and not any(value[at] for value in values)  # no place is known
        if not unknown and (not category or any(value[at] for value in values)):
            shown = [_mean(value[at], found.lists) for value in values]
            table.add_row(text(code, language, category=category), *shown)
    return table


def _mean(total: int, lists: int) -> str:
    """A mean over the draws; a single one is a whole number."""
    return f"{total:,}" if lists == 1 else f"{total / lists:,.1f}"


def _notes(found: Expansion, language: Language) -> Iterator[str]:
    """Children whom no seat helps."""
    if found.hopeless:
        yield text("capacity.hopeless", language, count=found.hopeless)
    if found.request.fewest and found.beyond:
        categories = _list(found.request.not_diverted, language)
        yield text("capacity.beyond", language, count=found.beyond, categories=categories)


def _proof(found: Expansion, language: Language) -> str:
    """How far the answer is proven."""
    if found.request.fewest:
        seats = sum(found.extra.values())
        numbers = {"units": found.units, "least": found.bound_units, "tried": found.tried, "seats": seats}
        code = "capacity.fewest_proven" if found.proven else "capacity.fewest_gap"
        if not found.units:  # "fewer than 0" are not
            code = "capacity.fewest_none"
        return text(code, language, gap=found.units - found.bound_units, **numbers)
    if found.proven:
        code = "capacity.proven_every" if found.exhausted else "capacity.proven"
        return text(code, language, tried=f"{found.tried:,}")
    assert found.gap is not None
    _, code, category = _levels(found)[found.gap[0]]
    words = {"gap": _mean(found.gap[1], found.lists), "tried": f"{found.tried:,}"}
    return text("capacity.not_proven", language, level=text(code, language, category=category), **words)
