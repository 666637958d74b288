"""``allocator notice make``: a page a child, a PDF a school."""

from __future__ import annotations

from getpass import getuser
from pathlib import Path

import click

from allocator.casebook import read_officers, reading
from allocator.cli.clock import clock_time
from allocator.cli.command import (
    Teller,
    json_option,
    language_option,
    lists_option,
    path_argument,
    path_option,
    print_json,
    quiet_option,
    told_command,
)
from allocator.cli.commands_notice import notice
from allocator.ground import Fault, InputError, Language, ListLanguages, Written, echo, text
from allocator.public.notice_folder import MadeNotices, WantedNotices, make_notices


@notice.command("make")
@path_argument("out", "OUT")
@path_option("--out", "FOLDER", "target", required=True)
@path_option("--key", "FILE")
@click.option("--new-key", is_flag=True)
@click.option("--lost", metavar="KEY", default="")
@click.option("--school", "schools", metavar="ID", multiple=True)
@path_option("--district", "DIR")
@click.option("--by", metavar="PERSON", default="")
@lists_option
@json_option
@quiet_option
@language_option
@told_command
def make_command(
    teller: Teller, out: Path, target: Path, key: Path | None, new_key: bool, lost: str, schools: tuple[str, ...],
    district: Path | None, by: str, lists: ListLanguages,
) -> None:  # fmt: skip
    """Write the notices of a list; refuse where the key of earlier ones is lost."""
    teller("progress.setting")
    if (out / "journal.jsonl").is_file():
        _log(out, by)
    wanted = WantedNotices(schools, key, new_key, lost, Written(lists))
    made = make_notices(out, target, wanted, district)
    teller.finish()
    if teller.as_json:
        told = {"list": made.found.digest, "key": made.key, "pages": len(made.children)}
        print_json({"format_version": 1, "kind": "notices", **told, "files": dict(made.files)})
    elif not teller.quiet:
        _tell(made, target, teller.language, new=new_key)


def _log(book: Path, by: str) -> None:
    """Note in the access log of a case book that names are shown."""
    with reading(book) as kept:
        if by:
            officers = read_officers(book)
            if faults := officers.faults(by, officers.roles.get(by, ("",))[0], Fault("", "--by")):
                raise InputError(faults)
        kept.log(clock_time(), by or getuser(), "notices", f"event {len(kept.journal)}")


def _tell(made: MadeNotices, target: Path, language: Language, *, new: bool) -> None:
    """Tell what was made, and what is left to do by hand."""
    count = {"folder": target, "schools": len(made.files), "pages": len(made.children)}
    echo(text("notice.made", language, key=made.key, **count))
    if new:
        echo(text("notice.new_key", language, path=made.key_path, key=made.key))
    if nameless := sum(child not in made.found.names for child in made.children):
        echo(text("notice.nameless", language, count=nameless))
    if blank := made.found.blank_letters():
        echo(text("notice.blank", language, keys=", ".join(blank)))
