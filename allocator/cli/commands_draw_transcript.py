"""``allocator draw transcript``: what the witnesses gave becomes the transcript of a draw."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import click

from allocator.cli.command import (
    Teller,
    district_argument,
    encoding_option,
    language_option,
    path_option,
    told_command,
    weak_seed_option,
)
from allocator.cli.commands_draw import draw
from allocator.cli.draw_again import (
    again_option,
    demand_frozen_again,
    demand_open_again,
    read_for_draw_again,
    reason_again_faults,
    write_transcript_again,
)
from allocator.cli.draw_private import demand_draw_private_frozen, draw_private_path
from allocator.cli.draw_sources import Given, asked_draw_sources, draw_source_lines, draw_sources_of_options
from allocator.ground import Fault, InputError, echo, text, write_owner_only
from allocator.lottery import (
    FROZEN,
    TRANSCRIPT,
    build_transcript,
    frozen_digests,
    parse_transcript,
    transcript_event_faults,
    weak_seed_faults,
)
from allocator.reading.office import holds_applications
from allocator.record import FREEZE, file_in_folder_faults


@draw.command()
@district_argument
@click.option("--event", required=True, metavar="NAME")
@click.option("--source", "sources", multiple=True, metavar="KIND:VALUE")
@path_option("--sources", "FILE", "source_file")
@path_option("--out", "FILE")
@again_option
@weak_seed_option
@encoding_option
@language_option
@told_command
def transcript(
    teller: Teller, folder: Path, event: str, sources: tuple[str, ...], source_file: Path | None, out: Path | None,
    again: str | None, allow_weak_seed: bool, encoding: str | None,
) -> None:
    """Put the transcript together from the frozen digests and what the witnesses gave; check it, write it."""
    lang, private = teller.language, holds_applications(folder)
    is_book = private and os.path.lexists(folder / FREEZE)  # the private draw comes before a book's freeze
    private = private and not is_book
    path = draw_private_path(folder, out, again) if private else folder / TRANSCRIPT if out is None else out
    faults = transcript_event_faults(event, "--event") + reason_again_faults(again) + file_in_folder_faults(path)
    given = _tried(lambda: draw_sources_of_options(sources, source_file), faults)
    faults += [] if given is None else given.faults
    if private:
        digests = demand_draw_private_frozen(teller, folder, encoding, faults)
    else:
        district = read_for_draw_again(teller, folder / FROZEN if is_book else folder, encoding, faults)
        digests = frozen_digests(district)
        demand_frozen_again(folder, district, digests)
        demand_open_again(folder, path, event, again, asking=given is None)
    if given is None:
        given = asked_draw_sources(event, lang, allow_weak=allow_weak_seed)
    raw = build_transcript(event, digests, given.contributions)
    _demand_strength(raw, given, allow_weak_seed)
    if private:
        write_owner_only(path, raw)
        echo(text("private.transcript", lang, file=path))
    else:
        for line in write_transcript_again(folder, path, raw, event, again).lines(lang):
            echo(line)
    echo(text("draw.given", lang))
    for line in draw_source_lines(given.contributions, lang):
        echo(line)
    echo(text("cli.seed", lang, seed=sha256(raw).hexdigest()))


def _tried(read: Callable[[], Given | None], faults: list[Fault]) -> Given | None:
    """What the options give; where they cannot be read, their faults join the others."""
    try:
        return read()
    except InputError as error:
        faults += error.faults
        return None


def _demand_strength(raw: bytes, given: Given, allow_weak_seed: bool) -> None:
    """Refuse a weak seed unless it is allowed, naming the option or the line of the file."""
    found, _ = parse_transcript(raw)
    assert found is not None
    faults = [] if allow_weak_seed else weak_seed_faults(found, given.file, given.rows, "")
    if faults:
        raise InputError(faults)
