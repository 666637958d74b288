"""Effects of extra seats for people and programs: tables for the terminal, CSV, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from allocator.console import PlainConsole
from allocator.errors import Fault
from allocator.messages import Language, fault_text, text
from allocator.planning.draws.means import Mean
from allocator.planning.extra_seats.chains import NO_SEAT, Chain
from allocator.planning.extra_seats.effects import EFFECTS, Effect, SeatEffects
from allocator.record.kept_table import other_file_faults
from allocator.sheets.cells import Figure
from allocator.sheets.csv_file import headings, marked_csv, marks_of

KIND = "seat_effects"
COLUMNS = ("school_id", "school", "price", "added")
_LARGE = 1000
_LANGUAGES: tuple[Language, Language] = ("zh", "en")


def as_object(found: SeatEffects) -> dict[str, Any]:
    """Return the effects as an object for JSON."""
    policy = found.district.policy
    return {
        "format_version": 1,
        "kind": KIND,
        "policy_id": policy.policy_id,
        "planning_only": {language: text("planning.only", language) for language in _LANGUAGES},
        "notice": {"zh": policy.notice.zh, "en": policy.notice.en},
        "trial_seed": found.trial_seed,
        "draws": found.draws,
        "prices": dict(found.prices) or None,
        "effects": [_effect(effect) for effect in found.effects],
        "example": None if found.example is None else _effect(found.example),
        "chains": [_chain(chain) for chain in found.chains],
    }


def _effect(effect: Effect) -> dict[str, Any]:
    """One school and one number of seats."""
    parts = {"mean": "mean", "error": "error", "half_width": "half"}
    means = {name: {key: getattr(mean, part) for key, part in parts.items()} for name, mean in effect.means.items()}
    return {"school_id": effect.school, "added": effect.added, **means}


def _chain(chain: Chain) -> dict[str, Any]:
    """A chain with the children along it; an empty school is no seat."""
    moves = [{"from": move.source, "to": move.target, "children": list(move.children)} for move in chain.moves]
    return {"cycle": chain.cycle, "moves": moves}


def csv_of(found: SeatEffects) -> bytes:
    """Return the effects as a table for Excel and WPS, with every mark above it."""
    marks = marks_of(found.district.policy, ["seats.title", "planning.only"])
    marks.insert(1, " · ".join(_drawn(found, language) for language in _LANGUAGES))
    errors = [f"{name}_{part}" for part in ("error", "half") for name in EFFECTS] if found.draws > 1 else []
    rows = []
    for effect in found.effects:
        price = found.prices.get(effect.school)
        numbers = [_number(effect.means[name].mean, 3) for name in EFFECTS]
        for part in ("error", "half") if errors else ():
            numbers += [_number(getattr(effect.means[name], part) or 0.0, 3) for name in EFFECTS]
        school = found.district.schools[effect.school]
        rows.append([effect.school, school.name, price, effect.added, *numbers])
    return marked_csv(marks, headings("seats", [*COLUMNS, *EFFECTS, *errors]), rows)


def _number(value: float, digits: int) -> Figure:
    """A number without needless zeros."""
    return Figure(int(value) if value == int(value) else f"{value:.{digits}f}")


def target_faults(path: Path) -> list[Fault]:
    """Return what forbids writing the table there: another file than an earlier one is never replaced."""
    return other_file_faults(path, "seats.title", "capacity.other_file")


def print_effects(found: SeatEffects, language: Language) -> None:
    """Print the effects on standard output."""
    console = PlainConsole()
    for part in _parts(found, language):
        console.print(part)


def _drawn(found: SeatEffects, language: Language) -> str:
    """Under which draws the lists were computed."""
    code = "seats.mean" if found.draws else "seats.trial"
    return text(code, language, seed=found.trial_seed, draws=found.draws)


def _parts(found: SeatEffects, language: Language) -> Iterator[RenderableType]:
    """Marks, effects, one chain."""
    policy = found.district.policy
    yield Text(getattr(policy.title, language), style="bold")
    yield Text(text("planning.only", language), style="bold yellow")
    if notice := getattr(policy.notice, language):
        yield Text(notice, style="yellow")
    yield Text(_drawn(found, language))
    yield _table(found, language)
    if found.no_prices:
        reason = "; ".join(fault_text(fault, language) for fault in found.no_prices[:1])
        yield Text(text("seats.no_price", language, reason=reason))
    yield from _example(found, language)


def _table(found: SeatEffects, language: Language) -> Table:
    """A line for every school and number of seats; the school stands in its first."""
    table = Table(title=text("seats.title", language), title_justify="left", title_style="bold")
    table.add_column(text("seats.school", language), overflow="fold")
    for name in (*COLUMNS[2:], *EFFECTS):
        table.add_column(text(f"seats.{name}", language), justify="right", overflow="fold")
    before = ""
    for effect in found.effects:
        name, price = found.district.schools[effect.school].name, found.prices.get(effect.school)
        first = [name, "–" if price is None else f"{price:,}"] if effect.school != before else ["", ""]
        table.add_row(*first, f"+{effect.added}", *(_shown(effect.means[name]) for name in EFFECTS))
        before = effect.school
    return table


def _shown(mean: Mean) -> str:
    """A mean with half its 95 % interval, where there is one; a single trial is a whole number."""
    if mean.half is None:
        return f"{int(mean.mean):,}"
    digits = 0 if abs(mean.mean) >= _LARGE else 1  # metres
    return f"{mean.mean:,.{digits}f}±{mean.half:,.{digits}f}"


def _example(found: SeatEffects, language: Language) -> Iterator[Text]:
    """The chains of one school: places, and between them the children who move."""
    if found.example is None:
        yield Text(text("seats.no_chain", language))
        return
    school = found.district.schools[found.example.school].name
    yield Text(text("seats.chain_title", language, school=school, added=found.example.added), style="bold")
    for chain in found.chains:
        kind = text("seats.cycle" if chain.cycle else "seats.path", language)
        yield Text(f"  {kind}: " + _told(found, chain, language))


def _told(found: SeatEffects, chain: Chain, language: Language) -> str:
    """A chain as one line."""
    steps = (f"—{_list(move.children)}→ {_place(found, move.target, language)}" for move in chain.moves)
    return " ".join([_place(found, chain.places[0], language), *steps])


def _place(found: SeatEffects, place: str, language: Language) -> str:
    """Name of a school, or of none."""
    return text("seats.no_seat", language) if place == NO_SEAT else found.district.schools[place].name


def _list(children: Sequence[str]) -> str:
    return "+".join(children)
