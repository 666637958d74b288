"""``allocator draw transcript``: what the witnesses gave becomes the transcript of a draw."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
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
from allocator.cli.draw_order import order_option, session_order_lines, session_order_of_option
from allocator.cli.draw_private import demand_draw_private_frozen, draw_private_path
from allocator.cli.draw_sources import Given, asked_draw_sources, draw_source_lines, draw_sources_of_options
from allocator.ground import Fault, InputError, Language, echo, text, write_owner_only
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
@order_option
@weak_seed_option
@encoding_option
@language_option
@told_command
def transcript(
    teller: Teller, folder: Path, event: str, sources: tuple[str, ...], source_file: Path | None, out: Path | None,
    again: str | None, order: str | None, allow_weak_seed: bool, encoding: str | None,
) -> None:
    """Put the transcript together from the frozen digests and what the witnesses gave; check it, write it."""
    lang, private = teller.language, holds_applications(folder)
    is_book = private and os.path.lexists(folder / FREEZE)  # the private draw comes before a book's freeze
    private = private and not is_book
    path = draw_private_path(folder, out, again) if private else folder / TRANSCRIPT if out is None else out
    faults = transcript_event_faults(event, "--event") + reason_again_faults(again) + file_in_folder_faults(path)
    needless = order is not None and not sources and source_file is None  # nothing but the order decides
    given = Given((), "", (), []) if needless else _tried(lambda: draw_sources_of_options(sources, source_file), faults)
    faults += [] if given is None else given.faults
    asked = partial(session_order_of_option, order, path)
    if private:
        digests = demand_draw_private_frozen(teller, folder, encoding, faults, lambda roster: asked(roster)[1])
    else:
        frozen = folder / FROZEN if is_book else folder
        district = read_for_draw_again(teller, frozen, encoding, faults, lambda roster: asked(roster)[1])
        digests = frozen_digests(district)
        demand_frozen_again(folder, district, digests)
        demand_open_again(folder, path, event, again, asking=given is None)
    if given is None:
        given = asked_draw_sources(event, lang, allow_weak=allow_weak_seed)
    raw = build_transcript(event, digests, given.contributions, asked(None)[0])
    _demand_strength(raw, given, allow_weak_seed)
    if private:
        write_owner_only(path, raw)
        echo(text("private.transcript", lang, file=path))
    else:
        for line in write_transcript_again(folder, path, raw, event, again).lines(lang):
            echo(line)
    _tell_given(raw, lang)


def _tell_given(raw: bytes, language: Language) -> None:
    """Say what the transcript holds, and its digest."""
    found, _ = parse_transcript(raw)
    assert found is not None
    if found.contributions:
        echo(text("draw.given", language))
    for line in (*draw_source_lines(found.contributions, language), *session_order_lines(found.order, language)):
        echo(line)
    code = "cli.seed" if found.order is None else "cli.transcript_digest"
    echo(text(code, language, seed=sha256(raw).hexdigest()))


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
