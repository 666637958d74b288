"""``allocator odds``: the chances of every kind of child, simulated."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.cli.app import cli, language_option, lists_option
from allocator.cli.show import Teller, print_json, told
from allocator.district_folder import read_district
from allocator.domain import District
from allocator.domain.what_if import WhatIf
from allocator.errors import Fault, InputError
from allocator.messages import Language, Lists, Written, text
from allocator.reading.what_if_file import read_what_ifs
from allocator.record import replace_file
from allocator.terminal import echo

if TYPE_CHECKING:  # loads numpy and joblib
    from allocator.planning.odds_words import Choice

_NO_DRAW = 1  # a trial seed, so that no transcript is asked for: simulated draws do not look at it


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("what_ifs", metavar="[WHATIF.yaml]…", nargs=-1, type=click.Path(path_type=Path))
@click.option("--draws", type=int, default=1000, show_default=True, metavar="N")
@click.option("--demand-draws", type=int, default=0, show_default=True, metavar="M")
@click.option("--seed", type=int, default=1, show_default=True, metavar="S")
@click.option("--workers", type=click.IntRange(min=1), default=os.cpu_count() or 1, metavar="K")
@click.option("--zone", default="", metavar="Z")
@click.option("--category", default="", metavar="C")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.csv")
@click.option("--families", type=click.Path(path_type=Path), metavar="FILE.csv")
@click.option("--json", "as_json", is_flag=True)
@click.option("--quiet", is_flag=True)
@click.option("--encoding")
@lists_option
@language_option
def odds(
    folder: Path, what_ifs: tuple[Path, ...], draws: int, demand_draws: int, seed: int, workers: int, zone: str,
    category: str, out: Path | None, families: Path | None, as_json: bool, quiet: bool, encoding: str | None,
    lists: Lists, lang: Language,
) -> None:
    """For every kind of child the probability of each school, over simulated draws."""
    with told(lang, as_json=as_json):
        teller = Teller(lang, quiet=quiet or as_json)
        teller("progress.reading")
        faults = _fit(draws, demand_draws, seed, out, families)
        district, changes, choice = _inputs(folder, what_ifs, encoding, (zone, category), faults)
        from allocator.planning.odds import odds as simulated  # loads numpy and joblib
        from allocator.planning.odds_table import families_bytes, kinds_bytes, odds_object, print_odds

        teller("progress.odds")
        found = simulated(
            district, changes, draws=draws, demand_draws=demand_draws, seed=seed, workers=workers, progress=teller
        )
        teller.finish()
        if out is not None:
            replace_file(out, kinds_bytes(found, choice))
        if families is not None:
            replace_file(families, families_bytes(found, choice, Written(lists)))
        if as_json:
            print_json(odds_object(found, choice))
        elif not quiet:
            print_odds(found, choice, lang)
            for path in filter(None, (out, families)):
                echo(text("cli.made", lang, folder=path))


def _fit(draws: int, demand_draws: int, seed: int, out: Path | None, families: Path | None) -> list[Fault]:
    """What can be refused before the work begins."""
    from allocator.planning.odds import draw_faults
    from allocator.planning.odds_table import target_faults

    faults = draw_faults(draws, demand_draws)
    if seed < 0:
        faults.append(Fault("odds.seed", "--seed", value=str(seed)))
    for path in filter(None, (out, families)):
        faults += target_faults(path)
    if out is not None and families is not None and out.resolve() == families.resolve():
        faults.append(Fault("odds.same_file", "--families", value=families.name))
    return faults


def _inputs(
    folder: Path, paths: tuple[Path, ...], encoding: str | None, wanted: tuple[str, str], faults: list[Fault]
) -> tuple[District, list[WhatIf], Choice]:
    """Read district and what-ifs, or raise what is wrong with either, and what was wrong before, all at once."""
    from allocator.planning.odds_words import choice_of

    district, changes, choice = None, None, None
    try:
        district = read_district(folder, trial_seed=_NO_DRAW, encoding=encoding)
        choice = choice_of(district, *wanted)
    except InputError as error:
        faults += error.faults
    try:
        changes = read_what_ifs(list(paths))
    except InputError as error:
        faults += error.faults
    if district is None or changes is None or choice is None or faults:
        raise InputError(faults)
    return district, changes, choice
