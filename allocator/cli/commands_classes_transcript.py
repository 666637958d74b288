"""``allocator classes transcript``: what the witnesses gave becomes the transcript of a session of classes."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import click

from allocator.class_folder import HEAD, class_digests
from allocator.cli.command import (
    Teller,
    district_argument,
    language_option,
    path_option,
    told_command,
    weak_seed_option,
)
from allocator.cli.commands_classes import classes, grade_option
from allocator.cli.draw_sources import asked_draw_sources, draw_source_lines, draw_sources_of_options
from allocator.ground import Fault, InputError, echo, text, write_owner_only
from allocator.lottery import TRANSCRIPT, build_transcript, parse_transcript, transcript_event_faults, weak_seed_faults
from allocator.reading.class_files import read_class_tables
from allocator.record import file_in_folder_faults


@classes.command(name="transcript")
@district_argument
@grade_option
@click.option("--event", required=True, metavar="NAME")
@click.option("--source", "sources", multiple=True, metavar="KIND:VALUE")
@path_option("--sources", "FILE", "source_file")
@path_option("--out", "FILE")
@weak_seed_option
@language_option
@told_command
def transcript_of_classes(
    teller: Teller, folder: Path, grade: str, event: str, sources: tuple[str, ...], source_file: Path | None,
    out: Path | None, allow_weak_seed: bool,
) -> None:  # fmt: skip
    """Check tables and what the witnesses gave; write the transcript, in the place of none that is there."""
    path, lang, tables, given = out or folder / TRANSCRIPT, teller.language, None, None
    faults = transcript_event_faults(event, "--event") + file_in_folder_faults(path)
    faults += [Fault("classes.transcript_there", path.name)] if os.path.lexists(path) else []
    try:
        given = draw_sources_of_options(sources, source_file)
        faults += [] if given is None else given.faults
    except InputError as error:
        faults += error.faults
    try:
        tables = read_class_tables(folder, grade)
    except InputError as error:
        faults += error.faults
    if faults or tables is None:
        raise InputError(faults)
    if given is None:
        given = asked_draw_sources(event, lang, allow_weak=allow_weak_seed)
    raw = build_transcript(event, class_digests(tables), given.contributions)
    found, _ = parse_transcript(raw, head=HEAD)
    assert found is not None
    if not allow_weak_seed and (weak := weak_seed_faults(found, given.file, given.rows, "")):
        raise InputError(weak)
    write_owner_only(path, raw)
    for line in (text("draw.given", lang), *draw_source_lines(given.contributions, lang)):
        echo(line)
    echo(text("cli.seed", lang, seed=sha256(raw).hexdigest()))
    echo(text("cli.made", lang, folder=path))
