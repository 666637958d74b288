"""``allocator capacity INSTANCE.json``: where extra seats serve students best under deferred acceptance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from allocator.cli.duration import tell_instance
from allocator.cli.show import Teller, print_json
from allocator.cli.status import GOOD, UNFINISHED
from allocator.errors import Fault, InputError
from allocator.messages import text
from allocator.terminal import echo

_MOST_EXTRA = 1_000_000
_LONGEST = 1e9  # seconds; beyond it solvers cannot count


def capacity_of_instance(
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
    faults = _option_faults(list_length, extra_seats, time_limit)
    kind = text("expansion.an_instance", teller.language)
    faults += [Fault("expansion.option_unused", option, params={"kind": kind}) for option in unused]
    if faults or list_length is None or extra_seats is None:
        raise InputError(faults)
    from allocator.models.limit import Limit
    from allocator.planning.extra_seats.instances import read_draws, solve_instance

    draws = read_draws(paths, list_length)
    if time_limit is None:
        students = sum(len(draw.lists) for draw in draws)
        tell_instance(Teller(teller.language), students, list_length, extra_seats)
    limit = Limit(time_limit)
    with limit.listening(lambda: echo(text("expansion.ending", teller.language), err=True)):
        found = solve_instance(draws, list_length, extra_seats, limit)
    result = found.expansion
    print_json({
        "bound": result.bound, "extra_seats": result.extra.tolist(), "objective": result.objective,
        "seconds": round(found.seconds, 3),
    })  # fmt: skip
    return GOOD if result.proven else UNFINISHED


def _option_faults(list_length: int | None, extra_seats: int | None, time_limit: float | None) -> list[Fault]:
    """What is wrong with the options."""
    faults = []
    for option, number, least in (("--list-length", list_length, 1), ("--extra-seats", extra_seats, 0)):
        if number is None:
            faults.append(Fault("expansion.option_needed", option))
        elif not least <= number <= _MOST_EXTRA:
            params = {"least": str(least), "most": str(_MOST_EXTRA)}
            faults.append(Fault("expansion.whole", option, value=str(number), params=params))
    if time_limit is not None and not 0 < time_limit <= _LONGEST:
        faults.append(Fault("expansion.time_limit", "--time-limit", value=str(time_limit)))
    return faults
