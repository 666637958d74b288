"""``allocator determine``: from the office's tables to a roster, determined twice; and the private draw before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click

from allocator.cli.command import (
    Teller,
    cli,
    district_argument,
    encoding_option,
    fault_object,
    json_option,
    language_option,
    path_option,
    print_json,
    quiet_option,
    replace_option,
    show_warnings,
    told_command,
    weak_seed_option,
)
from allocator.domain import Draw, OfficeTables
from allocator.ground import MOST_OF_A_TABLE, Fault, InputError, echo, make_folder_owner_only, open_file_bytes, text
from allocator.office import (
    KIND,
    PRIVATE_FREEZE,
    PRIVATE_RESULT,
    PRIVATE_ROSTER,
    agreed_determination,
    agreed_private_draw,
    demand_private_transcript,
    determination_object,
    determination_parts,
    office_reading,
    private_bytes,
    private_digests,
    private_roster,
    write_determination,
)
from allocator.record import (
    file_in_folder_faults,
    folder_replacement_faults,
    freeze_bytes,
    output_folder_faults,
    swap_file,
)
from allocator.sheets import show

_SEED = re.compile(r"[0-9a-f]{64}")


@cli.command()
@district_argument
@path_option("--out", "OUT")
@replace_option
@click.option("--private-freeze", is_flag=True)
@path_option("--private-draw", "TRANSCRIPT")
@click.option("--private-seed", metavar="HEX")
@weak_seed_option
@json_option
@quiet_option
@encoding_option
@language_option
@told_command
def determine(
    teller: Teller, folder: Path, out: Path | None, replace: bool, private_freeze: bool, private_draw: Path | None,
    private_seed: str | None, allow_weak_seed: bool, encoding: str | None,
) -> None:
    """Determine the roster from the office's tables, twice; or hold the draw for the private schools before it."""
    private = private_freeze or private_draw is not None or private_seed is not None
    target = out or (folder if private else folder / "roster")
    _fit(folder, target, private_freeze, private_draw, private_seed)
    if not private and not replace and (faults := folder_replacement_faults(target, None, KIND)):
        raise InputError(faults)
    teller("progress.reading")
    tables, proof = office_reading(folder, encoding)
    teller.finish()
    if not teller.quiet:
        show_warnings(tables.warnings, teller.language)
    if private:
        proof()
    if private_freeze:
        _freeze(teller, tables, target)
    elif private:
        drawn = None
        if private_draw is not None:
            drawn = demand_private_transcript(private_draw, tables, allow_weak_seed=allow_weak_seed)
        seed = drawn.seedhex if drawn is not None else str(private_seed)
        _draw(teller, tables, target / PRIVATE_RESULT, seed, drawn, replace=replace)
    else:
        _determine(teller, tables, target, proof)


def _fit(folder: Path, target: Path, freeze: bool, transcript: Path | None, seed: str | None) -> None:
    """Refuse what can be refused before the work begins."""
    given = {"--private-freeze": freeze, "--private-draw": transcript is not None, "--private-seed": seed is not None}
    asked = [option for option, there in given.items() if there]
    faults = [Fault("private.one_of", option, params={"other": asked[0]}) for option in asked[1:]]
    if seed is not None and not _SEED.fullmatch(seed):
        faults.append(Fault("private.seed", "--private-seed"))
    if asked:
        names = (PRIVATE_ROSTER, PRIVATE_FREEZE) if freeze else (PRIVATE_RESULT,)
        faults += [fault for name in names for fault in file_in_folder_faults(target / name)]
    else:
        faults += output_folder_faults(target, folder)
    if faults:
        raise InputError(faults)


def _determine(teller: Teller, tables: OfficeTables, target: Path, proof: Callable[[], None]) -> None:
    """Determine the roster, write its folder and tell what came out."""
    teller("progress.determining")
    determination = agreed_determination(tables)
    proof()
    teller("progress.writing")
    write_determination(target, tables, determination)
    teller.finish()
    if teller.as_json:
        warnings = [fault_object(warning, teller.language) for warning in tables.warnings]
        print_json({**determination_object(tables, determination), "warnings": warnings})
    elif not teller.quiet:
        show(determination_parts(tables, determination), teller.language)
        echo(text("office.written", teller.language, folder=target))


def _freeze(teller: Teller, tables: OfficeTables, target: Path) -> None:
    """Write the draw roster and the digests that the transcript of the private draw must carry."""
    digests, roster = private_digests(tables), private_roster(tables)
    make_folder_owner_only(target)
    swap_file(target / PRIVATE_ROSTER, roster)
    swap_file(target / PRIVATE_FREEZE, freeze_bytes(digests))
    if teller.as_json:
        print_json(digests._asdict())
    elif not teller.quiet:
        echo(text("private.frozen", teller.language))
        echo(freeze_bytes(digests).decode().removesuffix("\n"))
        for name in (PRIVATE_ROSTER, PRIVATE_FREEZE):
            echo(text("cli.made", teller.language, folder=target / name))


def _draw(teller: Teller, tables: OfficeTables, path: Path, seed: str, drawn: Draw | None, *, replace: bool) -> None:
    """Hold the private draw and write its result; another result that is there is kept."""
    rows, trial, order = agreed_private_draw(tables, seed, drawn), drawn is None, None if drawn is None else drawn.order
    content = private_bytes(rows)
    if not replace and path.exists() and open_file_bytes(path, MOST_OF_A_TABLE) != content:
        raise InputError([Fault("private.there", str(path))])
    make_folder_owner_only(path.parent)
    swap_file(path, content)
    won = sum(row.result == "won" for row in rows)
    if teller.as_json:
        head = {"format_version": 1, "kind": "private-draw", "trial": trial, "seed": seed}
        head |= {} if order is None else {"order": str(order)}
        print_json({**head, "won": won, "lost": len(rows) - won})
    elif not teller.quiet:
        if order is not None:
            echo(text(f"draw.order_{order.kind}", teller.language, **order.words))
        code = "private.trial" if trial else "cli.seed" if order is None else "cli.transcript_digest"
        echo(text(code, teller.language, seed=seed))
        echo(text("private.drawn", teller.language, won=won, lost=len(rows) - won))
        echo(text("cli.made", teller.language, folder=path))
