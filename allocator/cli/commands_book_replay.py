"""``allocator book replay``: a season's proposed events played once more from frozen tables."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from allocator.book import Book, Digests
from allocator.casebook.replay import (
    KIND,
    read_replay_folder,
    replay_digests,
    replay_locks,
    replay_office_tables,
    replayed,
    write_replay,
)
from allocator.cli.command import (
    Teller,
    book,
    district_argument,
    encoding_option,
    json_option,
    language_option,
    path_option,
    print_json,
    quiet_option,
    replace_option,
    told_command,
)
from allocator.domain import ACCEPTED, REFUSALS, Played
from allocator.ground import InputError, echo, text
from allocator.record import folder_replacement_faults, output_folder_faults


@book.command()
@district_argument
@path_option("--out", "OUT", required=True)
@click.option("--trust-digests", is_flag=True)
@replace_option
@json_option
@quiet_option
@encoding_option
@language_option
@told_command
def replay(
    teller: Teller, folder: Path, out: Path, trust_digests: bool, replace: bool, encoding: str | None
) -> None:
    """Play events.jsonl of a folder with frozen tables; write outcomes, journal, head and assignment."""
    faults = output_folder_faults(out, folder) or ([] if replace else folder_replacement_faults(out, None, KIND))
    if faults:
        raise InputError(faults)
    teller("progress.reading")
    district, events = read_replay_folder(folder, encoding)
    tables = replay_office_tables(folder, encoding)
    digests = Digests() if trust_digests else replay_digests(folder, district, tables)
    teller("progress.replaying")
    kept = Book(district, digests)
    played = replayed(kept, events)
    teller("progress.writing")
    write_replay(out, district, played, None if tables is None else replay_locks(tables, kept.state))
    teller.finish()
    _tell(teller, played, out)


def _tell(teller: Teller, played: Played, out: Path) -> None:
    """Say how many events were accepted, why others were not, and the head of the journal."""
    found = Counter(played.outcomes)
    if teller.as_json:
        print_json({"format_version": 1, "kind": KIND, "outcomes": dict(found), "head": played.head})
    elif not teller.quiet:
        accepted, refused = found[ACCEPTED], len(played.outcomes) - found[ACCEPTED]
        echo(text("book.replayed", teller.language, accepted=accepted, refused=refused))
        for code in REFUSALS:
            if found[code]:
                echo(f"  {text(f'book.refusal.{code}', teller.language)}: {found[code]}")
        echo(text("book.head", teller.language, head=played.head))
        echo(text("cli.made", teller.language, folder=out))
