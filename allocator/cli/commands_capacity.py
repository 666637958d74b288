"""``allocator capacity``: where extra seats help most, proven; for a district, or for instances of the literature."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from allocator.cli.app import cli, json_option, language_option, path_argument
from allocator.cli.capacity_district import DISTRICT_ONLY, district_options, run_district
from allocator.cli.capacity_instance import capacity_of_instance
from allocator.cli.show import Teller, told, told_command
from allocator.errors import Fault, InputError
from allocator.messages import text


@cli.command()
@path_argument("targets", "TARGET...", nargs=-1, required=True)
@click.option("--extra-seats", type=int, metavar="B")
@click.option("--list-length", type=int, metavar="K")
@click.option("--draws", type=int, metavar="N")
@click.option("--time-limit", type=float, metavar="SECONDS")
@json_option
@district_options
@language_option
@told_command
def capacity(
    teller: Teller, targets: tuple[Path, ...], extra_seats: int | None, list_length: int | None, draws: int | None,
    time_limit: float | None, **district: Any,
) -> int:
    """Find where extra seats help most, with a bound that proves it."""
    folder = os.path.isdir(targets[0])
    with told(teller.language, as_json=teller.as_json and folder):  # an instance's answer alone is JSON
        if len(targets) > 1 and any(map(os.path.isdir, targets)):
            raise InputError([Fault("expansion.one_folder", "TARGET", value=" ".join(path.name for path in targets))])
        if folder and list_length is not None:
            kind = text("expansion.a_district", teller.language)
            raise InputError([Fault("expansion.option_unused", "--list-length", params={"kind": kind})])
        if folder:
            return run_district(
                teller, targets[0], extra_seats=extra_seats, draws=draws, time_limit=time_limit, **district
            )
        unused = _given([*DISTRICT_ONLY, "draws"])
        return capacity_of_instance(teller, targets, list_length, extra_seats, time_limit, unused=unused)


def _given(names: Sequence[str]) -> list[str]:
    """Options of these names that stand on the command line."""
    context = click.get_current_context()
    given = [name for name in names if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    return ["--" + name.replace("_", "-") for name in sorted(given)]
