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
from allocator.district_folder import frozen_folder_faults, read_district
from allocator.domain import District, OfficeTables
from allocator.eligibility import eligible_parties
from allocator.ground import Fault, InputError, echo, text
from allocator.lottery import FROZEN, frozen_digests
from allocator.office import office_reading
from allocator.reading import POLICY_FILE, notice_warnings
from allocator.reading.office import holds_applications
from allocator.record import FREEZE, change_faults, frozen_before
from allocator.reporting.application_totals import application_parts, application_totals
from allocator.reporting.totals import totals, totals_parts
from allocator.sheets import show


@cli.command()
@district_argument
@encoding_option
@json_option
@weak_seed_option
@language_option
@told_command
def check(teller: Teller, folder: Path, encoding: str | None, allow_weak_seed: bool) -> None:
    """Read a district: every fault of every file at once, else what its roster adds up to; writes nothing."""
    teller("progress.reading")
    if holds_applications(folder):
        tables, proof = office_reading(folder, encoding)
        proof()
        _check_applications(teller, tables)
        return
    district = read_district(folder, encoding=encoding, allow_weak_seed=allow_weak_seed)
    if faults := frozen_folder_faults(district, folder / FROZEN):
        raise InputError(faults)
    teller.finish()
    numbers, found, lang = _numbers(district), totals(district), teller.language
    changed, suspected = _changed_since(folder, district), [*district.warnings, *_invented(district)]
    if teller.as_json:
        warnings = [fault_object(w, lang) for w in (*suspected, *changed)]
        print_json({"faults": [], "warnings": warnings, **numbers, "totals": found.as_object()})
        return
    show_warnings(suspected, lang)
    show_warnings(changed, lang, "cli.changed_since")
    echo(text("cli.checked", lang, **numbers))
    show(totals_parts(found, district), lang)
    if district.draw is None or district.draw.transcript is None:
        echo(text("cli.no_draw", lang))
    else:
        echo(text("cli.draw_matches", lang, event=district.draw.transcript.event))
        if (order := district.draw.order) is not None:
            echo(text(f"draw.order_{order.kind}", lang, **order.words))


def _changed_since(folder: Path, district: District) -> list[Fault]:
    """What was changed between the freeze and the draw: no fault yet, but the published digests are no longer those."""
    before = frozen_before(folder)
    if before is None or (district.draw is not None and district.draw.transcript is not None):
        return []
    return change_faults(before, frozen_digests(district), district, (FREEZE, 1), folder / FROZEN)


def _check_applications(teller: Teller, tables: OfficeTables) -> None:
    """Tell what the tables add up to from which a roster is determined."""
    teller.finish()
    lang, found = teller.language, application_totals(tables)
    numbers = {
        "children": len(tables.applications),
        "families": len({child.family for child in tables.applications}),
        "schools": len(tables.schools),
    }
    warnings = [*tables.warnings, *notice_warnings(tables.policy, POLICY_FILE)]
    if teller.as_json:
        told = [fault_object(warning, lang) for warning in warnings]
        print_json({"faults": [], "warnings": told, **numbers, "totals": found.as_object()})
        return
    show_warnings(warnings, lang)
    echo(text("totals.checked", lang, **numbers))
    show(application_parts(found, tables), lang)


def _invented(district: District) -> list[Fault]:
    """Whether the policy still says that all data are invented, where not even the draw is."""
    if district.draw is not None and district.draw.transcript is not None:
        return []
    return notice_warnings(district.policy, POLICY_FILE)


def _numbers(district: District) -> dict[str, int]:
    return {
        "children": len(district.applicants),
        "parties": len(eligible_parties(district.applicants)),
        "schools": len(district.schools),
        "seats": sum(school.plan for school in district.schools.values()),
    }
