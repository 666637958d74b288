"""``allocator draw freeze | transcript | verify``: the public draw (lottery.md)."""

# ruff: noqa: D301  ("\b" is the mark by which click leaves a paragraph as it is)
from __future__ import annotations

import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import click

from allocator.cli.app import cli, language_option
from allocator.cli.show import DISAGREE, Teller, fault_object, print_json, show_warnings, told
from allocator.domain import Contribution, District
from allocator.errors import Fault, InputError
from allocator.lottery import (
    FrozenDigests,
    build_transcript,
    draw_roster,
    frozen_digests,
    hard_cap_faults,
    parse_transcript,
    recheck_orders,
    weak_seed_faults,
)
from allocator.messages import Language, text
from allocator.record import replace_file
from allocator.solve import TRANSCRIPT, read_district
from allocator.verify import Report, output_policy, trial_seed_of

ROSTER, FREEZE = "draw-roster.csv", "draw-freeze.txt"


@cli.group()
def draw() -> None:
    """公开摇号 · Hold the public draw: freeze the inputs, put the transcript together, verify tickets.

    \b
    Examples:
      allocator draw freeze my-district
      allocator draw verify lists
    """


@draw.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--encoding", help="Encoding of the CSV files; found out where not given.")
@click.option("--json", "as_json", is_flag=True, help="Print the digests as JSON.")
@language_option
def freeze(folder: Path, encoding: str | None, as_json: bool, lang: Language) -> None:
    """冻结 · Check everything, write draw-roster.csv and the digests to publish before any witness speaks.

    The digests are printed and kept in draw-freeze.txt. Refused where a draw was held already.

    \b
    Example:
      allocator draw freeze my-district
    """
    with told(lang, as_json=as_json):
        district = _read(folder, encoding, lang, quiet=as_json)
        if (folder / TRANSCRIPT).exists():
            raise InputError([Fault("draw.held_already", TRANSCRIPT)])
        if not as_json:
            show_warnings(district.warnings, lang)
        digests = frozen_digests(district)
        replace_file(folder / ROSTER, draw_roster(district))
        replace_file(folder / FREEZE, _freeze_bytes(digests))
        if as_json:
            told_too = [fault_object(w, lang) for w in district.warnings]
            print_json(digests._asdict() | ({"warnings": told_too} if told_too else {}))
            return
        click.echo(text("cli.frozen", lang))
        click.echo(_freeze_bytes(digests).decode(), nl=False)
        for name in (ROSTER, FREEZE):
            click.echo(text("cli.made", lang, folder=folder / name))


def _freeze_bytes(digests: FrozenDigests) -> bytes:
    """Return the record of a freeze: the three lines that the transcript will hold."""
    return "".join(f"{name}=sha256:{value}\n" for name, value in digests._asdict().items()).encode("ascii")


def _demand_frozen(folder: Path, digests: FrozenDigests) -> None:
    """Refuse a draw that was not frozen, or whose inputs were changed since.

    Raises
    ------
    InputError
        Naming every digest that differs.
    """
    path = folder / FREEZE
    if not path.is_file():
        raise InputError([Fault("draw.not_frozen", FREEZE)])
    frozen, now = path.read_bytes().splitlines(), _freeze_bytes(digests).splitlines()
    if frozen == now:
        return
    names = ("roster", "policy", "inputs")
    changed = [
        Fault(f"draw.changed_{name}", FREEZE, row, name, was.decode("ascii", "replace")[:80], {"found": is_.decode()})
        for row, (name, was, is_) in enumerate(zip(names, [*frozen, b"", b"", b""], now, strict=False), start=1)
        if was != is_
    ]
    raise InputError(changed or [Fault("draw.not_frozen", FREEZE)])


def _read(folder: Path, encoding: str | None, lang: Language, *, quiet: bool) -> District:
    """Read a district for the draw; a transcript that is already there is left out of account."""
    teller = Teller(lang, quiet=quiet)
    teller("progress.reading")
    district = read_district(folder, trial_seed=0, encoding=encoding)
    if faults := hard_cap_faults(district):
        raise InputError(faults)
    teller.finish()
    return replace(district, draw=None)


@draw.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--event", required=True, metavar="NAME", help="Number of the draw; a void draw uses one up.")
@click.option("--source", "sources", required=True, multiple=True, metavar="KIND:VALUE",
              help="witness-1:DIGITS, witness-2:ABSENT, drand-NETWORK:ROUND:HEX; once for each contribution.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Default: DIR/transcript.txt.")
@click.option("--allow-weak-seed", is_flag=True, help="Accept too few witnesses or bits; every list says so.")
@click.option("--encoding", help="Encoding of the CSV files; found out where not given.")
@language_option
def transcript(
    folder: Path, event: str, sources: tuple[str, ...], out: Path | None, allow_weak_seed: bool,
    encoding: str | None, lang: Language,
) -> None:
    """摇号记录 · Put the transcript together from the frozen digests and what the witnesses gave; check it, write it.

    Refused if 'allocator draw freeze' did not come before, or if anything was changed since.

    \b
    Example (each witness reads out at least 20 digits):
      allocator draw transcript my-district --event 2023-P1 \\
        --source witness-1:31415926535897932384 --source witness-2:27182818284590452353 \\
        --source witness-3:16180339887498948482
    """
    with told(lang):
        path = folder / TRANSCRIPT if out is None else out
        if path.exists():
            raise InputError([Fault("draw.exists", path.name)])
        given = [Contribution(*source.partition(":")[::2]) for source in sources]
        digests = frozen_digests(_read(folder, encoding, lang, quiet=False))
        _demand_frozen(folder, digests)
        raw = build_transcript(event, digests, given)
        found, faults = parse_transcript(raw, path.name)
        if found is not None and not allow_weak_seed:
            faults = weak_seed_faults(found)
        if found is None or faults:
            raise InputError(faults)
        replace_file(path, raw)
        click.echo(text("cli.transcript_made", lang, file=path))
        click.echo(text("cli.seed", lang, seed=sha256(raw).hexdigest()))


@draw.command(name="verify")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--trial-seed", type=click.IntRange(min=0), metavar="N", help="Number of a trial no file tells.")
@language_option
def verify_draw(folder: Path, trial_seed: int | None, lang: Language) -> None:
    """核对摇号 · Recompute every ticket and order of a published output folder, from the published files alone.

    \b
    Example:
      allocator draw verify lists
    """
    with told(lang):
        scope = output_policy(folder).switches.ticket_scope
        known = trial_seed_of(folder)
        faults = recheck_orders(folder, scope, trial_seed if known is None else known)
        if not faults:
            count = sum(1 for _ in (folder / "draws").rglob("*.csv"))
            click.echo(text("cli.draw_good", lang, draws=count))
            return
        for line in Report(0, tuple(faults), ()).lines(lang):
            click.echo(line)
    sys.exit(DISAGREE)
