"""``allocator draw freeze | transcript | verify``: the public draw (lottery.md)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import click

from allocator.cli.app import cli, language_option
from allocator.cli.draw_again import (
    again_option,
    demand_frozen,
    demand_open,
    freeze_again,
    reason_faults,
    write_transcript,
)
from allocator.cli.draw_sources import Given, asked, given_by_options, shown
from allocator.cli.show import DISAGREE, Teller, fault_object, print_json, show_warnings, told
from allocator.district_folder import TRANSCRIPT, read_district
from allocator.domain import District, Draw, Policy
from allocator.errors import Fault, InputError
from allocator.lottery import (
    build_transcript,
    frozen_digests,
    hard_cap_faults,
    parse_transcript,
    weak_seed_faults,
)
from allocator.lottery.list_words import WordsOf
from allocator.lottery.recheck import Published, recheck_published
from allocator.lottery.transcript import event_faults
from allocator.messages import Language, Written, text
from allocator.opening import MOST_OF_A_TEXT, file_bytes
from allocator.record import inside_faults
from allocator.record.frozen import FREEZE, FROZEN, ROSTER, freeze_bytes
from allocator.reporting.list_words import list_words
from allocator.terminal import echo
from allocator.verify import Report, output_policy, trial_seed_of


@cli.group()
def draw() -> None:
    """Hold the public draw: freeze the inputs, put the transcript together, verify tickets."""


@draw.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@again_option
@click.option("--encoding")
@click.option("--json", "as_json", is_flag=True)
@language_option
def freeze(folder: Path, again: str | None, encoding: str | None, as_json: bool, lang: Language) -> None:
    """Check everything, write draw-roster.csv and the digests to publish before any witness speaks."""
    with told(lang, as_json=as_json):
        district = _read(folder, encoding, lang, quiet=as_json, more=reason_faults(again))
        # Wishes without effect are for families to hear of at the check; no digest and no lot hangs on them.
        warnings = [warning for warning in district.warnings if not warning.code.startswith("warn.wish")]
        if not as_json:
            show_warnings(warnings, lang)
        digests = frozen_digests(district)
        done = freeze_again(folder, district, digests, again)
        if as_json:
            told_too = [fault_object(w, lang) for w in warnings]
            print_json(digests._asdict() | ({"warnings": told_too} if told_too else {}))
            return
        for line in done.lines(lang):
            echo(line)
        echo(text("cli.frozen" if done.written else "draw.unchanged", lang))
        echo(freeze_bytes(digests).decode().removesuffix("\n"))
        for name in (ROSTER, FREEZE, FROZEN) if done.written else ():
            echo(text("cli.made", lang, folder=folder / name))


def _read(folder: Path, encoding: str | None, lang: Language, *, quiet: bool, more: list[Fault]) -> District:
    """Read a district for the draw, or tell what is wrong with it and with the options; its transcript is left out."""
    teller = Teller(lang, quiet=quiet)
    teller("progress.reading")
    faults = more
    try:
        district = read_district(folder, trial_seed=0, encoding=encoding)
        faults += hard_cap_faults(district)
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(faults)
    teller.finish()
    return replace(district, draw=None)


@draw.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--event", required=True, metavar="NAME")
@click.option("--source", "sources", multiple=True, metavar="KIND:VALUE")
@click.option("--sources", "source_file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE")
@again_option
@click.option("--allow-weak-seed", is_flag=True)
@click.option("--encoding")
@language_option
def transcript(
    folder: Path, event: str, sources: tuple[str, ...], source_file: Path | None, out: Path | None, again: str | None,
    allow_weak_seed: bool, encoding: str | None, lang: Language,
) -> None:
    """Put the transcript together from the frozen digests and what the witnesses gave; check it, write it."""
    with told(lang):
        path = folder / TRANSCRIPT if out is None else out
        faults = event_faults(event, "--event") + reason_faults(again) + inside_faults(path)
        given = _tried(lambda: given_by_options(sources, source_file), faults)
        faults += [] if given is None else given.faults
        district = _read(folder, encoding, lang, quiet=False, more=faults)
        digests = frozen_digests(district)
        demand_frozen(folder, district, digests)
        demand_open(folder, path, event, again, asking=given is None)
        if given is None:
            given = asked(event, lang, allow_weak=allow_weak_seed)
        raw = build_transcript(event, digests, given.contributions)
        _demand_strength(raw, given, allow_weak_seed)
        for line in write_transcript(folder, path, raw, event, again).lines(lang):
            echo(line)
        echo(text("draw.given", lang))
        for line in shown(given.contributions, lang):
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


@draw.command(name="verify")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--trial-seed", type=click.IntRange(min=0), metavar="N")
@click.option("--frozen", type=click.Path(path_type=Path), metavar="DIR")
@language_option
def verify_draw(folder: Path, trial_seed: int | None, frozen: Path | None, lang: Language) -> None:
    """Recompute every ticket and order of a published folder, and compare the lists with them."""
    with told(lang):
        if frozen is not None and not frozen.is_dir():
            raise InputError([Fault("sweep.no_folder", "--frozen", value=str(frozen))])
        policy = output_policy(folder)
        known = trial_seed_of(folder)
        number = trial_seed if known is None else known
        words = _words_of(folder, policy, number)
        beside = next((one for one in (folder / FROZEN, folder.absolute().parent / FROZEN) if one.is_dir()), None)
        found = recheck_published(folder, policy.switches.ticket_scope, number, words, frozen or beside)
        for line in _told(found, lang) if not found.faults else Report(0, found.faults, ()).lines(lang):
            echo(line)
        for code, params in found.lists.notes:
            echo(text(code, lang, **params))
        echo(text("draw.note_never", lang))
        if not found.faults:
            return
    sys.exit(DISAGREE)


def _words_of(folder: Path, policy: Policy, trial_seed: int | None) -> WordsOf | None:
    """The words of the lists of a folder; None where it has no transcript that can be read."""
    drawn = Draw(trial_seed=trial_seed)
    if trial_seed is None:
        path = folder / TRANSCRIPT
        found = parse_transcript(file_bytes(path, MOST_OF_A_TEXT))[0] if path.is_file() else None
        if found is None:
            return None
        drawn = Draw(transcript=found, weak_seed=bool(weak_seed_faults(found)))
    return lambda lists: list_words(policy, drawn, Written(lists))


def _told(found: Published, language: Language) -> Iterator[str]:
    """What was found right."""
    yield text("cli.draw_good", language, held=found.held, orders=found.placements)
    if found.lists.lists:
        yield text("draw.lists_good", language, lists=found.lists.lists, children=found.lists.children)
