"""``allocator new``, ``generate`` and ``check``: districts as folders."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.app import cli, language_option
from allocator.cli.show import Teller, fault_object, print_json, show_warnings, told
from allocator.district_folder import TRANSCRIPT, frozen_faults, read_district
from allocator.domain import District
from allocator.eligibility import parties
from allocator.errors import Fault, InputError
from allocator.generator import generate as generate_district
from allocator.lottery import frozen_digests
from allocator.messages import Language, text
from allocator.owner_only import make_folder, write_new
from allocator.reading.scenarios import SCENARIOS, policy_names
from allocator.record import within_faults
from allocator.record.changes import change_faults
from allocator.record.frozen import FREEZE, FROZEN, frozen_before
from allocator.record.places import demand_place
from allocator.terminal import echo

_EXAMPLE = "tongliao-2023-primary"
_NOT_COPIED = {"demand.yaml", TRANSCRIPT}
"""What the generator needs, and a draw that would not be that of the office's own tables."""

_WHAT_IFS = "what-if"
"""Folder of the what-ifs of a district, by custom."""


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--example", type=click.Choice(policy_names()), default=_EXAMPLE, show_default=True)
@language_option
def new(folder: Path, example: str, lang: Language) -> None:
    """Make a district folder to start from: a copy of a shipped, synthetic district."""
    with told(lang):
        _demand_place(folder)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError([Fault("cli.folder_used", folder.name)])
        make_folder(folder)
        source = SCENARIOS / example
        for item in sorted([*source.iterdir(), *(source / _WHAT_IFS).glob("*")]):
            if item.is_file() and item.name not in _NOT_COPIED:
                write_new(folder / item.relative_to(source), item.read_bytes())
        echo(text("cli.made", lang, folder=folder))
        echo(text("cli.next_check", lang, folder=folder))


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--children", type=int, required=True, metavar="N")
@click.option("--seed", type=int, required=True, metavar="S")
@click.option("--policy", type=click.Choice(policy_names()), default=_EXAMPLE, show_default=True, metavar="P")
@language_option
def generate(folder: Path, children: int, seed: int, policy: str, lang: Language) -> None:
    """Make a synthetic district of any size, with policy, tables and a transcript."""
    with told(lang):
        teller = Teller(lang, quiet=False)
        teller("progress.generating")
        _demand_place(folder)
        generate_district(folder, children, seed, policy)
        teller.finish()
        echo(text("cli.made", lang, folder=folder))


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--encoding")
@click.option("--json", "as_json", is_flag=True)
@click.option("--allow-weak-seed", is_flag=True)
@language_option
def check(folder: Path, encoding: str | None, as_json: bool, allow_weak_seed: bool, lang: Language) -> None:
    """Read a district and tell every fault of every file at once; writes nothing."""
    with told(lang, as_json=as_json):
        teller = Teller(lang, quiet=as_json)
        teller("progress.reading")
        district = read_district(folder, encoding=encoding, allow_weak_seed=allow_weak_seed)
        if faults := frozen_faults(district, folder / FROZEN):
            raise InputError(faults)
        teller.finish()
        numbers = _numbers(district)
        changed = _changed_since(folder, district)
        if as_json:
            warnings = [fault_object(w, lang) for w in (*district.warnings, *changed)]
            print_json({"faults": [], "warnings": warnings, **numbers})
            return
        show_warnings(district.warnings, lang)
        show_warnings(changed, lang, "cli.changed_since")
        echo(text("cli.checked", lang, **numbers))
        if district.draw is None or district.draw.transcript is None:
            echo(text("cli.no_draw", lang))
        else:
            echo(text("cli.draw_matches", lang, event=district.draw.transcript.event))


def _demand_place(folder: Path) -> None:
    """Refuse a place where no folder can be made, and one inside the folder of a public draw's result."""
    demand_place(folder)
    if faults := within_faults(folder):
        raise InputError(faults)


def _changed_since(folder: Path, district: District) -> list[Fault]:
    """What was changed between the freeze and the draw: no fault yet, but the published digests are no longer those."""
    before = frozen_before(folder)
    if before is None or (district.draw is not None and district.draw.transcript is not None):
        return []
    return change_faults(before, frozen_digests(district), district, (FREEZE, 1), folder / FROZEN)


def _numbers(district: District) -> dict[str, int]:
    return {
        "children": len(district.applicants),
        "parties": len(parties(district.applicants)),
        "schools": len(district.schools),
        "seats": sum(school.plan for school in district.schools.values()),
    }
