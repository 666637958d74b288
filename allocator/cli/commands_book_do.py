"""``allocator book do``: one event entered in the book, its fields as options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from allocator.casebook import (
    CHINESE_ROLES,
    CHINESE_WORDS,
    CHOICES,
    EVENTS,
    MAY_BE_EMPTY,
    TYPE_WORDS,
    Prepared,
    entry_fields,
    made_entry,
    prepared_entry,
    read_officers,
)
from allocator.cli.book_desk import open_desk, open_season
from allocator.cli.command import (
    GOOD,
    UNFINISHED,
    BookGroup,
    Teller,
    book,
    district_argument,
    json_option,
    language_option,
    path_option,
    print_answer,
    quiet_option,
    show_warnings,
    told_command,
)
from allocator.ground import Fault, InputError, echo, text
from allocator.public.ceremony import changed_transcript_faults, loose_answers


class EventGroup(BookGroup):
    """One command for each type of event, in the order of the season; Chinese names are understood too."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the types of events in the order of the season."""
        return list(self.commands)


@book.group(cls=EventGroup, aliases=TYPE_WORDS)
def do() -> None:
    """Enter an event."""


class _WordChoice(click.Choice[str]):
    """One of the words of a field; its Chinese words are understood too, as in a table of events."""

    def __init__(self, choices: Sequence[str], chinese: Mapping[str, str]) -> None:
        super().__init__(choices)
        self.chinese = chinese

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word of the event."""
        return super().convert(self.chinese.get(value, value), param, ctx)


def _event_command(kind: str) -> None:
    """Make the command of a type of event, with its fields as options."""
    command = told_command(partial(_enter, kind=kind))
    for option in (language_option, quiet_option, json_option, *_entry_options(kind), district_argument):
        command = option(command)
    do.command(name=kind)(command)


def _entry_options(kind: str) -> list[Any]:
    """Return the options of an event, the last one first."""
    options = [click.option("--yes", is_flag=True)]
    options += [click.option("--role", metavar="ROLE"), click.option("--by", required=True, metavar="PERSON")]
    if kind == "drawn":
        options.append(path_option("--transcript", "FILE", "path", required=True))
    return options + [_field_option(kind, name) for name in reversed(entry_fields(kind))]


def _field_option(kind: str, name: str) -> Any:
    """Return the option of a field."""
    is_optional = name in MAY_BE_EMPTY.get(kind, ()) or (kind, name) in _DEFAULTS
    named: dict[str, Any] = {"required": not is_optional}
    if (kind, name) in CHOICES:
        named["type"] = _WordChoice(CHOICES[kind, name], CHINESE_WORDS[name])
    elif name in ("seats", "annuls"):
        named |= {"type": click.IntRange(min=1), "metavar": "N"}
    elif (kind, name) == ("late_intake", "children"):
        named |= {"type": click.IntRange(1, 9), "metavar": "N"}
    else:
        named["metavar"] = _METAVARS.get(name, "TEXT")
    if (kind, name) == ("publicity_opened", "round"):
        named |= {"multiple": True}
    return click.option(f"--{name.replace('_', '-')}", name, **named)


_DEFAULTS = {("publicity_opened", "first_day"), ("publicity_opened", "last_day"), ("annulled", "annuls")}
"""Fields that the desk fills in where nobody says otherwise."""
_METAVARS = {
    "round": "ROUND", "first_day": "DAY", "last_day": "DAY", "objection": "ID", "party": "ID", "children": "ID;ID",
    "category": "CATEGORY", "zone": "ZONE", "registered_school": "SCHOOL", "school": "SCHOOL",
}  # fmt: skip


def _enter(teller: Teller, *, kind: str, folder: Path, by: str, role: str | None, yes: bool, **fields: Any) -> int:
    """Enter one event, or one for each round."""
    officers = read_officers(folder)
    given = {name: str(value).strip() for name, value in fields.items() if value is not None and name != "round"}
    given |= {"by": by, "type": kind}
    given["role"] = CHINESE_ROLES.get(role, role) if role else officers.only_role(by, given)
    if faults := officers.faults(by, given["role"], Fault("", "--by")):
        raise InputError(faults)
    if kind == "drawn" and (faults := changed_transcript_faults(folder, Path(given["path"]), loose_answers(folder))):
        raise InputError(faults)
    if kind == "season_opened":
        open_season(teller, folder, by)
        return GOOD
    with open_desk(teller, folder, by, yes=yes) as desk:
        if not desk.is_timely() or not desk.is_in_season(given):
            return UNFINISHED
        given["at"] = desk.now
        prepared = prepared_entry(desk.kept, kind, given)
        rounds = _rounds(fields.get("round"))
        events = [_event(kind, {**prepared.texts, **given, "round": name}) for name in rounds]
        _show(teller, prepared)
        status = desk.enter(events, prepared.before, prepared.after)
        if status == GOOD and prepared.publish and not teller.quiet:
            echo(text("cli.frozen", teller.language))
            echo(prepared.publish)
        return status


def _rounds(given: str | tuple[str, ...] | None) -> list[str]:
    """Return the rounds that are named, each once; one empty name where the event has none."""
    return list(dict.fromkeys(given)) if isinstance(given, tuple) else [given or ""]


def _event(kind: str, given: Mapping[str, str]) -> Mapping[str, object]:
    """Return the event that options make.

    Raises
    ------
    InputError
        With everything that is wrong with them.
    """
    event, faults = made_entry(kind, {name: value for name, value in given.items() if name not in _OF_FILES})
    if faults:
        raise InputError(
            Fault(fault.code, f"--{fault.field.replace('_', '-')}", 0, "", fault.value, dict(fault.words))
            for fault in faults
        )
    return event


_OF_FILES = ("path",)
"""Options that are no field of an event."""


def _show(teller: Teller, prepared: Prepared) -> None:
    """Show what a determination found, or which line is annulled."""
    if teller.quiet:
        return
    if prepared.tables is not None:
        warnings, parts = prepared.tables.told()
        show_warnings(warnings, teller.language)
        print_answer(teller, dict, lambda: parts)
    if prepared.annuls is not None:
        line = prepared.annuls
        name = text(f"book.event.{line['type']}", teller.language)
        words = {"seq": line["seq"], "at": line["at"], "by": line["by"]}
        echo(text("book.annuls_line", teller.language, event=name, **words))


for _kind in EVENTS:
    _event_command(_kind)
