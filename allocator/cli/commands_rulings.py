"""``allocator rulings``: what waits for the leading group, and what it has ruled."""

from __future__ import annotations

from pathlib import Path

from allocator.cli.command import (
    Teller,
    cli,
    district_argument,
    encoding_option,
    json_option,
    language_option,
    print_json,
    show_warnings,
    told_command,
)
from allocator.office import agreed_determination, office_reading, rulings_object, rulings_parts
from allocator.sheets import show


@cli.command()
@district_argument
@json_option
@encoding_option
@language_option
@told_command
def rulings(teller: Teller, folder: Path, encoding: str | None) -> None:
    """List what waits for a ruling, by ground, oldest first, and the rulings given; writes nothing."""
    teller("progress.reading")
    tables, proof = office_reading(folder, encoding)
    teller("progress.determining")
    determination = agreed_determination(tables)
    proof()
    teller.finish()
    if teller.as_json:
        print_json(rulings_object(tables, determination))
        return
    show_warnings(tables.warnings, teller.language)
    show(rulings_parts(tables, determination), teller.language)
