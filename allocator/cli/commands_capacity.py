"""``allocator capacity``: where extra seats help most, proven; for a district, or for instances of the literature."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from allocator.cli.command import (
    GOOD,
    UNFINISHED,
    Command,
    Teller,
    cli,
    encoding_option,
    first_seed_option,
    json_option,
    language_option,
    path_argument,
    path_option,
    print_answer,
    print_json,
    quiet_option,
    show_errors,
    tell_capacity_duration,
    tell_instance_duration,
    told_command,
)
from allocator.domain import District
from allocator.ground import Fault, InputError, echo, text
from allocator.planning.extra_seats import (
    WAYS,
    Request,
    request_default_not_diverted,
    request_district_faults,
    request_option_faults,
)
from allocator.record import swap_file

_MOST_EXTRA = 1_000_000
_LONGEST = 1e9  # seconds; beyond it solvers cannot count

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

_DISTRICT_ONLY = (
    "classes", "class_size", "fewest", "not_diverted", "where", "by", "trial_seed", "out", "quiet", "encoding",
)  # fmt: skip
"""Names of the options that mean nothing for an instance."""


def _district_options(command: Command) -> Command:
    """Add the options that a district understands and an instance does not."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@cli.command()
@path_argument("targets", "TARGET...", nargs=-1, required=True)
@click.option("--extra-seats", type=int, metavar="B")
@click.option("--list-length", type=int, metavar="K")
@click.option("--draws", type=int, metavar="N")
@click.option("--time-limit", type=float, metavar="SECONDS")
@json_option
@_district_options
@language_option
@told_command
def capacity(
    teller: Teller, targets: tuple[Path, ...], extra_seats: int | None, list_length: int | None, draws: int | None,
    time_limit: float | None, **district: Any,
) -> int:
    """Find where extra seats help most, with a bound that proves it."""
    folder = os.path.isdir(targets[0])
    with show_errors(teller.language, as_json=teller.as_json and folder):  # an instance's answer alone is JSON
        if len(targets) > 1 and any(map(os.path.isdir, targets)):
            raise InputError([Fault("extra_seats.one_folder", "TARGET", value=" ".join(path.name for path in targets))])
        if folder and list_length is not None:
            kind = text("extra_seats.a_district", teller.language)
            raise InputError([Fault("extra_seats.option_unused", "--list-length", params={"kind": kind})])
        if folder:
            out, encoding = district.pop("out"), district.pop("encoding")
            return _of_district(teller, targets[0], _request(extra_seats, draws, time_limit, **district), out, encoding)
        unused = _given([*_DISTRICT_ONLY, "draws"])
        return _of_instance(teller, targets, list_length, extra_seats, time_limit, unused=unused)


def _given(names: Sequence[str]) -> list[str]:
    """Options of these names that stand on the command line."""
    context = click.get_current_context()
    given = [name for name in names if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    return ["--" + name.replace("_", "-") for name in sorted(given)]


def _request(
    extra_seats: int | None, draws: int | None, time_limit: float | None, *, not_diverted: str | None,
    classes: int | None, class_size: int | None, fewest: bool, where: Sequence[str], by: str, trial_seed: int,
) -> Request:  # fmt: skip
    """Return what is asked of a district."""
    named = tuple(name.strip() for name in (not_diverted or "").split(",") if name.strip())
    return Request(
        extra_seats, classes, class_size, fewest, tuple(where), by, draws or 0, trial_seed, time_limit, named
    )


def _of_district(teller: Teller, folder: Path, request: Request, out: Path | None, encoding: str | None) -> int:
    """Answer for a district folder; return the exit status, 1 where the answer is not proven."""
    # only here: an instance needs none of it
    from allocator.models.limit import Limit
    from allocator.planning.extra_seats import extra_seats_report_object, parts_of, search_extra_seats, table_of
    from allocator.sheets import file_for_machines

    teller("progress.reading")
    district, request = _inputs(folder, request, out, encoding)
    if request.time_limit is None:
        tell_capacity_duration(teller, district, request.draws)
    limit = Limit(request.time_limit)
    with limit.listening(lambda: echo(text("capacity.ending", teller.language), err=True)):
        found = search_extra_seats(district, request, limit=limit, progress=teller)
    teller.finish()
    if out is not None:
        swap_file(out, file_for_machines(table_of(found), out))
    print_answer(teller, lambda: extra_seats_report_object(found), lambda: parts_of(found), [out])
    return GOOD if found.proven else UNFINISHED


def _inputs(folder: Path, request: Request, out: Path | None, encoding: str | None) -> tuple[District, Request]:
    """Read the district and complete the request, or raise what is wrong with either, all at once."""
    from allocator.district_folder import read_district  # only here: an instance needs no tables

    faults = request_option_faults(request)
    if out is not None:
        from allocator.planning.extra_seats import target_faults

        faults += target_faults(out)
    try:
        district = read_district(folder, trial_seed=request.trial_seed, encoding=encoding)
    except InputError as error:
        raise InputError([*faults, *error.faults]) from None
    if faults := faults + request_district_faults(request, district):
        raise InputError(faults)
    if request.fewest and not request.not_diverted:
        request = replace(request, not_diverted=request_default_not_diverted(district))
    return district, request


def _of_instance(
    teller: Teller,
    paths: Sequence[Path],
    list_length: int | None,
    extra_seats: int | None,
    time_limit: float | None,
    *,
    unused: Sequence[str] = (),
) -> int:
    """Print as JSON the extra seats that minimise the sum of ranks; return the exit status, 1 where not proven.

    The object has ``objective`` (sum of ranks), ``bound`` (no extra seats lead to less), ``seconds`` (of the search)
    and ``extra_seats`` (a list, by school). Several ``paths`` are draws of the same schools, and the sum over all is
    minimised; ``unused`` are options that were given and mean nothing here.
    """
    faults = _instance_faults(list_length, extra_seats, time_limit)
    kind = text("extra_seats.an_instance", teller.language)
    faults += [Fault("extra_seats.option_unused", option, params={"kind": kind}) for option in unused]
    if faults or list_length is None or extra_seats is None:
        raise InputError(faults)
    from allocator.models.limit import Limit
    from allocator.planning.extra_seats import read_draws, solve_instance

    draws = read_draws(paths, list_length)
    if time_limit is None:
        students = sum(len(draw.lists) for draw in draws)
        tell_instance_duration(Teller(teller.language), students, list_length, extra_seats)
    limit = Limit(time_limit)
    with limit.listening(lambda: echo(text("extra_seats.ending", teller.language), err=True)):
        found = solve_instance(draws, list_length, extra_seats, limit)
    result = found.seats
    print_json({
        "bound": result.bound, "extra_seats": result.extra.tolist(), "objective": result.objective,
        "seconds": round(found.seconds, 3),
    })  # fmt: skip
    return GOOD if result.proven else UNFINISHED


def _instance_faults(list_length: int | None, extra_seats: int | None, time_limit: float | None) -> list[Fault]:
    """What is wrong with the options."""
    faults = []
    for option, number, least in (("--list-length", list_length, 1), ("--extra-seats", extra_seats, 0)):
        if number is None:
            faults.append(Fault("extra_seats.option_needed", option))
        elif not least <= number <= _MOST_EXTRA:
            params = {"least": str(least), "most": str(_MOST_EXTRA)}
            faults.append(Fault("extra_seats.whole", option, value=str(number), params=params))
    if time_limit is not None and not 0 < time_limit <= _LONGEST:
        faults.append(Fault("extra_seats.time_limit", "--time-limit", value=str(time_limit)))
    return faults
