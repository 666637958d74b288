"""``allocator check``: every fault of a district at once."""

from __future__ import annotations

from pathlib import Path

from allocator.cli.command import (
    Teller,
    cli,
    district_argument,
    encoding_option,
    fault_object,
    json_option,
    language_option,
    print_json,
    show_warnings,
    told_command,
    weak_seed_option,
)
from allocator.district_folder import frozen_faults, read_district
from allocator.domain import District
from allocator.eligibility import parties
from allocator.ground import Fault, InputError, echo, text
from allocator.lottery import FROZEN, frozen_digests
from allocator.record import FREEZE, change_faults, frozen_before


@cli.command()
@district_argument
@encoding_option
@json_option
@weak_seed_option
@language_option
@told_command
def check(teller: Teller, folder: Path, encoding: str | None, allow_weak_seed: bool) -> None:
    """Read a district and tell every fault of every file at once; writes nothing."""
    teller("progress.reading")
    district = read_district(folder, encoding=encoding, allow_weak_seed=allow_weak_seed)
    if faults := frozen_faults(district, folder / FROZEN):
        raise InputError(faults)
    teller.finish()
    numbers, lang = _numbers(district), teller.language
    changed = _changed_since(folder, district)
    if teller.as_json:
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
