"""``allocator book status``, ``next``, ``calendar`` and ``figures``: where a book stands, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from allocator.casebook import OFFICERS, KeptBook, purge_day, read_officers, reading
from allocator.casebook.figure_tables import FigureTables, figures_object
from allocator.casebook.next_steps import FolderFacts
from allocator.casebook.next_words import NextWords, next_object, step_command
from allocator.casebook.round_calendar import BookCalendar
from allocator.casebook.season_files import held_in_determination, holds_season_tables
from allocator.casebook.status import BookStatus
from allocator.cli import clock
from allocator.cli.command import (
    Teller,
    book,
    district_argument,
    json_option,
    language_option,
    lists_option,
    path_option,
    print_answer,
    print_json,
    replace_option,
    told_command,
)
from allocator.cli.help import wrapped_help
from allocator.ground import InputError, Language, ListLanguages, Written, echo, text
from allocator.record import folder_replacement_faults, manifest_bytes, output_folder_faults, write_folder
from allocator.sheets import Mark, PlainConsole, Table, csv_for_people, said, show, workbook

KIND = "book-figures"
_OF_A_SIGN = 2  # columns of a sign that begins no line, and may stand behind its end
day_option = click.DateTime(formats=["%Y-%m-%d"])


@book.command()
@district_argument
@json_option
@language_option
@told_command
def status(teller: Teller, folder: Path) -> None:
    """Tell where a book stands: rounds with their days, children, who waits, what is due."""
    with reading(folder) as kept:
        found = BookStatus(kept.book, _today(), _facts(folder))
    if teller.as_json:
        print_json(found.as_object())
    else:
        _show(found.parts(), teller.language)


@book.command("next")
@district_argument
@json_option
@language_option
@told_command
def next_(teller: Teller, folder: Path) -> None:
    """Tell what is to be done now, each with its command."""
    persons = read_officers(folder).roles if (folder / OFFICERS).exists() else {}
    with reading(folder) as kept:
        facts = _facts(folder)
        told = NextWords(kept.book, _today(), teller.language, facts)
        if teller.as_json:
            print_json(next_object(kept.book, _today(), folder, persons, facts))
        else:
            _show_steps(told, folder, persons)


@book.command()
@district_argument
@click.option("--from", "begin", type=day_option, metavar="DAY")
@click.option("--until", "end", type=day_option, metavar="DAY")
@json_option
@language_option
@told_command
def calendar(teller: Teller, folder: Path, begin: datetime | None, end: datetime | None) -> None:
    """Tell the days of all rounds: those that were, and those planned for what is to come."""
    with reading(folder) as kept:
        last = end.date() if end else date(kept.book.law.office.year, 8, 31)
        found = BookCalendar(kept.book, begin.date() if begin else _today(), last)
    if teller.as_json:
        print_json(found.as_object())
    else:
        _show(found.parts(), teller.language)


@book.command("figures")
@district_argument
@path_option("--out", "FOLDER")
@replace_option
@lists_option
@json_option
@language_option
@told_command
def tell_figures(teller: Teller, folder: Path, out: Path | None, replace: bool, lists: ListLanguages) -> None:
    """Tell the numbers: seats, children, what the next round needs, what is spare, who is without a seat."""
    if out is not None and (faults := output_folder_faults(out, folder) or (
        [] if replace else folder_replacement_faults(out, None, KIND)
    )):  # fmt: skip
        raise InputError(faults)
    with reading(folder) as kept:
        tables = tuple(FigureTables(kept.book.law, kept.book.state, kept.head).all())
        if out is not None:
            _write_figures(out, kept, tables, Written(lists))
        head = {"format_version": 1, "kind": KIND, "season": kept.book.state.season, "head": kept.head}
        print_answer(teller, lambda: head | figures_object(kept.book.law, kept.book.state), lambda: tables, [out])


def _facts(folder: Path) -> FolderFacts:
    return FolderFacts(held_in_determination(folder), purge_day(folder), holds_season_tables(folder))


def _today() -> date:
    return date.fromisoformat(clock.clock_time()[:10])


def _write_figures(out: Path, kept: KeptBook, tables: Sequence[Table], written: Written) -> None:
    """Write every table as CSV, and all of them as a workbook."""
    files = [(f"{table.kind.removeprefix('book-')}.csv", csv_for_people(table, written)) for table in tables]
    files.append(("figures.xlsx", workbook(tables, written, KIND)))

    def _seal(digests: Mapping[str, str]) -> bytes:
        return manifest_bytes(replace(kept.district, draw=None), digests, kind=KIND)

    write_folder(out, sorted(files), _seal)


def _show(parts: Iterable[Any], language: Language) -> None:
    """Print parts of an answer; lines of Chinese are broken between their characters."""
    for part in parts:
        if isinstance(part, Table | Mark):
            show([part], language)
        else:
            for line in said(part, language).split("\n"):
                _print_wrapped(line)


def _print_wrapped(line: str) -> None:
    """Print a line, broken where it is too long for the terminal, further lines as far in as its words."""
    indent = len(line) - len(line.lstrip(" ·"))
    width = max(PlainConsole().width - indent - _OF_A_SIGN, 20)
    first, *others = wrapped_help(line[indent:], width)
    echo(line[:indent] + first)
    for other in others:
        echo(" " * indent + other)


def _show_steps(told: NextWords, folder: Path, persons: Mapping[str, Sequence[str]]) -> None:
    """Print the steps by urgency, each with its command on a line of its own that is never broken."""
    show([Mark(told.book.law.policy.title, "title")], told.language)
    for urgency in ("due", "waits", "may"):
        steps = [step for step in told.steps if step.urgency == urgency]
        if steps:
            show([Mark(text(f"book.next.{urgency}", told.language), "title")], told.language)
        elif urgency == "due" and not told.facts.purged:
            echo(text("book.next.nothing", told.language))
        for step in steps:
            _print_wrapped(f"  · {told.sentence(step)}{text('book.next.by', told.language, role=told.role(step))}")
            echo(f"    {step_command(step, folder, persons)}")
    for line in told.closing():
        _print_wrapped(line)
    if told.steps and told.book.state.season == "drawn":
        _print_wrapped(text("book.next.any_time", told.language))
