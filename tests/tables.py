"""Small districts written to a folder: the tables that the reading tests start from and change in one place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from allocator.ground import Fault, InputError
from allocator.reading.folder import read_folder
from allocator.reading.layout import LAYOUTS

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
POLICY = (SCENARIOS / "tongliao-2023-primary" / "policy.yaml").read_text(encoding="utf-8")
RANKED_POLICY = (SCENARIOS / "ranked-choice" / "policy.yaml").read_text(encoding="utf-8")

Row = Mapping[str, str]

_OWN = (
    "xincheng-1", "fuli", "xincheng-shiyan", "hexi-primary", "xincheng-1-zhong-primary", "xincheng-2", "xincheng-3",
    "sizhong-fuli", "shifuxiao", "menggu-primary", "liaohe-3", "fuantun", "sanjiazi",
)  # fmt: skip


def school(school_id: str, **cells: str) -> dict[str, str]:
    """A row of schools.csv: an own school of 30 seats, but for the cells given."""
    row = {column.name: "" for column in LAYOUTS["schools"]}
    return row | {"school_id": school_id, "name": f"School {school_id}", "jurisdiction": "own", "plan": "30"} | cells


def zone(name: str, **cells: str) -> dict[str, str]:
    """A row of zones.csv: a zone with the school of its own name, but for the cells given."""
    return {"zone": name, "school_id": name, "e_school_id": name, "dual_school_ids": ""} | cells


def child(applicant_id: str, **cells: str) -> dict[str, str]:
    """A row of applicants.csv: a verified child of category A in the zone fuli, but for the cells given."""
    row = {column.name: "" for column in LAYOUTS["applicants"] if not column.optional}
    return row | {"applicant_id": applicant_id, "zone": "fuli", "category": "A", "status": "verified"} | cells


def schools() -> list[dict[str, str]]:
    """The schools that the policy names, and an external one in the last line (15)."""
    return [school(s) for s in _OWN] + [school("keerqin-primary", jurisdiction="external", plan="")]


def zones() -> list[dict[str, str]]:
    """Zones: fuli (line 2), a dual one (3), one whose school is external (4), the first tier (5), one without (6)."""
    return [
        zone("fuli"),
        zone("shifuxiao", e_school_id="", dual_school_ids="xincheng-1"),
        zone("keerqin-primary"),
        zone("xincheng-1"),
        zone("hexi-primary"),
        zone("xincheng-1-zhong-primary"),
    ]


def children() -> list[dict[str, str]]:
    """Three children in lines 2, 3 and 4: T1 of fuli, T2 of xincheng-1, T3 of the dual zone."""
    return [
        child("T1", x="100", y="-20.5"),
        child("T2", zone="xincheng-1", category="B"),
        child("T3", zone="shifuxiao", registered_school="shifuxiao"),
    ]


def csv_bytes(rows: Sequence[Row], columns: Iterable[str] | None = None) -> bytes:
    """Rows as a CSV file, UTF-8 and LF."""
    text = io.StringIO()
    names = list(rows[0] if columns is None else columns)
    writer = csv.DictWriter(text, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def write(
    folder: Path,
    *,
    applicants: Sequence[Row] | bytes | None = None,
    schools_: Sequence[Row] | bytes | None = None,
    zones_: Sequence[Row] | bytes | None = None,
    policy: str = POLICY,
) -> Path:
    """Write a district to a folder and return the folder; tables not given are the small ones of this file."""
    tables = {
        "applicants": children() if applicants is None else applicants,
        "schools": schools() if schools_ is None else schools_,
        "zones": zones() if zones_ is None else zones_,
    }
    folder.mkdir(exist_ok=True)
    for name, table in tables.items():
        (folder / f"{name}.csv").write_bytes(table if isinstance(table, bytes) else csv_bytes(table))
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    return folder


def faults(folder: Path, **options: str) -> tuple[Fault, ...]:
    """All faults of a folder; none if it is in order."""
    try:
        read_folder(folder, **options)  # type: ignore[arg-type]
    except InputError as error:
        return error.faults
    return ()


def places(found: Iterable[Fault]) -> list[tuple[str, str, int, str]]:
    """Code, file, row and column of each fault."""
    return [(fault.code, fault.file, fault.row, fault.column) for fault in found]
