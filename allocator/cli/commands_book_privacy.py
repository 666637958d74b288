"""``allocator book access`` and ``purge``: who looked at names, and the end of what is kept of persons."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.casebook import (
    PURGED,
    PurgePlan,
    demand_may_see_names,
    purge_book,
    purge_day,
    purge_plan,
    read_officers,
    reading,
)
from allocator.cli import clock
from allocator.cli.asking import asked_yes, asking_is_possible
from allocator.cli.command import (
    GOOD,
    UNFINISHED,
    Teller,
    book,
    district_argument,
    json_option,
    language_option,
    print_answer,
    print_json,
    quiet_option,
    told_command,
)
from allocator.cli.commands_book_folder import by_option, wait_option
from allocator.ground import TEXTS, Fault, InputError, echo, text
from allocator.sheets import Column, Table, Value, both

ACCESS_KIND, PURGE_KIND = "book-access", "book-purge"
_COLUMNS = ("at", "person", "action", "what")


@book.command()
@district_argument
@by_option
@json_option
@quiet_option
@language_option
@told_command
def access(teller: Teller, folder: Path, by: str) -> None:
    """Show who looked at names or took them away, when, and of what."""
    demand_may_see_names(read_officers(folder), by)
    teller("progress.reading")
    with reading(folder) as kept:
        kept.log(clock.clock_time(), by, "access", "")
        lines = kept.accesses()
    teller.finish()
    told = {
        "format_version": 1,
        "kind": ACCESS_KIND,
        "lines": [dict(zip(_COLUMNS, line, strict=True)) for line in lines],
    }
    print_answer(teller, lambda: told, lambda: [_access_table(lines)])


def _access_table(lines: list[tuple[str, str, str, str]]) -> Table:
    """The log as people read it: acts by their names."""
    columns = tuple(Column(both(f"book.access.{name}")) for name in _COLUMNS)
    rows: list[tuple[Value, ...]] = []
    for at, person, act, what in lines:
        code = f"book.access.act.{act}"
        rows.append((at.replace("T", " "), person, both(code) if code in TEXTS else act, what))
    return Table(columns, tuple(rows), caption=both("book.access.title"), tight=True)


@book.command()
@district_argument
@by_option
@click.option("--yes", is_flag=True)
@wait_option
@json_option
@quiet_option
@language_option
@told_command
def purge(teller: Teller, folder: Path, by: str, yes: bool, wait: float) -> int:
    """Remove names and evidence once their time is over, with proof of what went; the book is read-only then."""
    demand_may_see_names(read_officers(folder), by)
    now = clock.clock_time()
    teller("progress.reading")
    with reading(folder) as kept:
        plan = purge_plan(kept, by, now)
    teller.finish()
    if not teller.as_json and not teller.quiet:
        _show_plan(teller, plan)
    if not plan.files:
        return _tell(teller, folder, plan, 0)
    if not _agreed(teller, yes=yes):
        return UNFINISHED
    return _tell(teller, folder, plan, purge_book(folder, plan, by, now, wait))


def _show_plan(teller: Teller, plan: PurgePlan) -> None:
    """Show what would go, what stays, and what nobody knows."""
    if plan.files:
        size = sum(one.bytes for one in plan.files)
        echo(text("book.purge.heading", teller.language, count=len(plan.files), size=size))
        for one in plan.files:
            echo(f"  {one.file}")
        echo(text("book.purge.kept", teller.language))
    if plan.unknown:
        echo(text("book.purge.unknown", teller.language))
        for name in plan.unknown:
            echo(f"  {name}")


def _agreed(teller: Teller, *, yes: bool) -> bool:
    """Ask whether to remove it."""
    if yes:
        return True
    question = text("book.purge.ask", teller.language)
    if teller.as_json or not asking_is_possible():
        raise InputError([Fault("book.unasked", "--yes", params={"question": question})])
    if asked_yes(question):
        return True
    echo(text("book.said_no", teller.language))
    return False


def _tell(teller: Teller, folder: Path, plan: PurgePlan, count: int) -> int:
    """Say what went and where it is written."""
    day = purge_day(folder)
    if teller.as_json:
        files = [{"file": one.file, "sha256": one.sha256, "bytes": one.bytes} for one in plan.files]
        told = {"format_version": 1, "kind": PURGE_KIND, "day": day or None, "removed": files}
        print_json({**told, "unknown": list(plan.unknown)})
    elif not teller.quiet:
        if count:
            echo(text("book.purge.done", teller.language, count=count, file=folder / PURGED))
            echo(text("book.purge.backups", teller.language))
        else:
            echo(text("book.purge.nothing" if day else "book.purge.none", teller.language, day=day))
    return GOOD
