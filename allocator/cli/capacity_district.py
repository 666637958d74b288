"""``allocator capacity DIR``: where extra seats help most in a district, and the fewest that are enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from allocator.cli.app import Command, encoding_option, first_seed_option, path_option, quiet_option
from allocator.cli.duration import tell_capacity
from allocator.cli.show import Teller, print_json
from allocator.cli.status import GOOD, UNFINISHED
from allocator.domain import District
from allocator.errors import InputError
from allocator.messages import text
from allocator.planning.extra_seats.request import (
    WAYS,
    Request,
    district_faults,
    option_faults,
    usual_categories,
)
from allocator.record import replace_file
from allocator.terminal import echo

_OPTIONS = (
    click.option("--classes", type=int, metavar="N"),
    click.option("--class-size", type=int, metavar="SEATS"),
    click.option("--fewest", is_flag=True),
    click.option("--not-diverted", metavar="CATEGORIES"),
    click.option("--where", multiple=True, metavar="SCHOOL"),
    click.option("--by", type=click.Choice(WAYS), default=WAYS[0], show_default=True),
    first_seed_option,
    path_option("--out", "FILE"),
    quiet_option,
    encoding_option,
)

DISTRICT_ONLY = (
    "classes", "class_size", "fewest", "not_diverted", "where", "by", "trial_seed", "out", "quiet", "encoding",
)  # fmt: skip
"""Names of the options that mean nothing for an instance."""


def district_options(command: Command) -> Command:
    """Add the options that a district understands and an instance does not."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def run_district(
    teller: Teller,
    folder: Path,
    *,
    extra_seats: int | None,
    draws: int | None,
    time_limit: float | None,
    classes: int | None,
    class_size: int | None,
    fewest: bool,
    not_diverted: str | None,
    where: Sequence[str],
    by: str,
    trial_seed: int,
    out: Path | None,
    encoding: str | None,
) -> int:
    """Answer for a district folder; return the exit status, 1 where the answer is not proven.

    Parameters
    ----------
    teller : Teller
        Says what is done.
    folder : Path
        The district.
    extra_seats, draws, time_limit
        Options that an instance has as well.
    classes, class_size, fewest, not_diverted, where, by, trial_seed, out, encoding
        Of ``DISTRICT_ONLY``.
    """
    # only here: an instance needs none of it
    from allocator.models.limit import Limit
    from allocator.planning.extra_seats.report import as_object, parts_of, table_of
    from allocator.planning.extra_seats.search import expand
    from allocator.sheets.terminal import show
    from allocator.sheets.workbook import for_machines

    named = tuple(name.strip() for name in (not_diverted or "").split(",") if name.strip())
    request = Request(
        extra_seats, classes, class_size, fewest, tuple(where), by, draws or 0, trial_seed, time_limit, named
    )
    teller("progress.reading")
    district, request = _inputs(folder, request, out, encoding)
    if time_limit is None:
        tell_capacity(teller, district, request.draws)
    limit = Limit(time_limit)
    with limit.listening(lambda: echo(text("capacity.ending", teller.language), err=True)):
        found = expand(district, request, limit=limit, progress=teller)
    teller.finish()
    if out is not None:
        replace_file(out, for_machines(table_of(found), out))
    if teller.as_json:
        print_json(as_object(found))
    elif not teller.quiet:
        show(parts_of(found), teller.language)
        if out is not None:
            echo(text("cli.made", teller.language, folder=out))
    return GOOD if found.proven else UNFINISHED


def _inputs(folder: Path, request: Request, out: Path | None, encoding: str | None) -> tuple[District, Request]:
    """Read the district and complete the request, or raise what is wrong with either, all at once."""
    from allocator.district_folder import read_district  # only here: an instance needs no tables

    faults = option_faults(request)
    if out is not None:
        from allocator.planning.extra_seats.report import target_faults

        faults += target_faults(out)
    try:
        district = read_district(folder, trial_seed=request.trial_seed, encoding=encoding)
    except InputError as error:
        raise InputError([*faults, *error.faults]) from None
    if faults := faults + district_faults(request, district):
        raise InputError(faults)
    if request.fewest and not request.not_diverted:
        request = replace(request, not_diverted=usual_categories(district))
    return district, request
