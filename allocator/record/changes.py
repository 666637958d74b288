"""What was changed since the freeze, as faults: which digest differs and, with the frozen files, what in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from allocator.domain import District
from allocator.ground import Fault
from allocator.lottery import (
    POLICY,
    ROSTER,
    TABLES,
    FrozenDigests,
    canonical_tables,
    draw_roster,
    frozen_files,
    frozen_line_differences,
    frozen_plain_bytes,
    frozen_table_differences,
    is_frozen_but_saved_again,
)
from allocator.reading import parse_policy
from allocator.reading.row_lines import RowLines, row_lines


def change_faults(
    stated: FrozenDigests,
    digests_today: FrozenDigests,
    district: District,
    location: tuple[str, int],
    frozen: Path | None,
) -> list[Fault]:
    """Return a fault for every digest that is not the frozen one, followed by what was changed.

    Parameters
    ----------
    stated, digests_today : FrozenDigests
        Of the freeze, and of today.
    district : District
        As it is today.
    location : tuple of (str, int)
        The file that states the digests, and the line of the first of them.
    frozen : Path or None
        The folder with the frozen files, where it is known; it need not be there.
    """
    if stated == digests_today:
        return []
    kept = {} if frozen is None else frozen_files(frozen, stated)
    file, first = location
    faults = []
    for row, name in enumerate(stated._fields, start=first):
        was, now = getattr(stated, name), getattr(digests_today, name)
        if was != now:
            code = f"draw.changed_{name}" + (_policy_kind(district, was, kept.get(POLICY)) if name == "policy" else "")
            faults.append(Fault(code, file, row, name, f"sha256:{was}", {"found": f"sha256:{now}"}))
    changed = [fault.column for fault in faults if not fault.code.endswith("_resaved")]
    return faults + ([] if frozen is None or not frozen.is_dir() else list(_details(changed, district, kept, frozen)))


def _policy_kind(district: District, stated: str, kept: bytes | None) -> str:
    """Return what kind of change a policy has had: saved again only, no rule changed, or (empty) changed."""
    raw = district.policy_bytes
    if is_frozen_but_saved_again(raw, stated) or (
        kept is not None and frozen_plain_bytes(kept) == frozen_plain_bytes(raw)
    ):
        return "_resaved"
    same = kept is not None and parse_policy(kept, POLICY)[0] == district.policy
    return "_layout" if same else ""


def _details(changed: list[str], district: District, kept: dict[str, bytes], frozen: Path) -> Iterator[Fault]:
    """Yield what was changed in each frozen file of which the copy is good; of the others that it is not."""
    if "policy" in changed:
        if POLICY in kept:
            yield from frozen_line_differences(POLICY, kept[POLICY], district.policy_bytes)
        else:
            yield Fault("draw.frozen_copy", frozen.name, params={"name": POLICY})
    if "inputs" in changed and TABLES[0] not in kept:
        yield Fault("draw.frozen_copy", frozen.name, params={"name": ", ".join(TABLES)})
    elif "inputs" in changed:
        lines = row_lines(frozen.parent)
        for name, now in canonical_tables(district):
            own = lines.get(name, RowLines(name, {}))
            yield from frozen_table_differences(name, kept[name], now, own.file, own.lines)
    elif "roster" in changed and ROSTER in kept:
        yield from frozen_table_differences(ROSTER, kept[ROSTER], draw_roster(district))
