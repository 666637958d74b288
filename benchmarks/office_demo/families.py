"""The families of the demonstration: what the office's platform exports, and the tables that it keeps itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from allocator.generator.platform_export import ALIASES, COLUMNS, EXPORT, OF_INTAKE, platform_export
from tests.applications_district.__main__ import FOLDER
from tests.applications_district.case import Case, lock, preferential, sibling
from tests.applications_district.district import CASES
from tests.applications_district.files import files

FIRST_EXPORT = "export-1.xlsx"
"""As the platform wrote it at first, with rows that cannot be read."""

_TWINS = {"bundle": "own"}
_FAMILIES_PER_PAIR = 50
"""One pair of twins for so many families, beside those of the cases."""
_ZONES = ("xincheng-1", "fuli", "xincheng-1-zhong-primary", "hexi-primary", "liaohe-3")
_OFFICER = "unit_letter;officer_card;booklet;marriage"
_FEW = (
    Case("few", "A", {}, "A", rows=(preferential("military", _OFFICER),)),
    Case("few", "A", {}, "A", rows=(preferential("resolution", "minutes"),)),
    Case("few", "A", {"home.last_year_school": "xincheng-1"}, "A", "hexi-primary", rows=(sibling(),)),
    Case("few", "A", {"home.zone": ""}, "held"),
    Case("few", "A", {}, "A", "keerqin-primary"),
    Case("few", "E", {}, "E", "shifuxiao"),
    Case("few", "E", {}, "E", "shifuxiao"),
    Case("few", "E", {}, "E", "shifuxiao"),
    Case("few", "A", {}, "U", rows=(lock("primary", 2022),)),
    Case("few", "A", {"registered_at": ""}, "A"),
    Case("few", "A", {"open_choice": "menggu-primary"}, "A"),
    Case("few", "A", {"voluntary_1": "shifuxiao"}, "A"),
    Case("few", "A", {"voluntary_1": "sizhong-fuli"}, "A", "xincheng-1"),
    Case("few", "A", {"private_choice": "private-1"}, "A"),
    Case("few", "R1", {}, "R1", "fuantun"),
    Case("few", "R3", {}, "R3", "sanjiazi"),
)
"""What a small office must have for every kind of trouble to happen in its summer."""


def write_office(folder: Path, families: int) -> None:
    """Write what lies in the office's folder at the beginning of the summer.

    Parameters
    ----------
    folder : Path
        New; gets two exports of the platform, the second one corrected, their map, and the tables that do not come
        from the platform.
    families : int
        At least 60.
    """
    made = files(families, _cases(families))
    made |= {name: (FOLDER / name).read_bytes() for name in (COLUMNS, ALIASES)}
    folder.mkdir(parents=True)
    (folder / FIRST_EXPORT).write_bytes(_exported({**made, "applications.csv": _spoiled(made["applications.csv"])}))
    (folder / EXPORT).write_bytes(_exported(made))
    left_out = {"cases.csv", *(f"{name}.csv" for name in OF_INTAKE)}
    for name in made.keys() - left_out:
        (folder / name).write_bytes(made[name])


def _cases(families: int) -> tuple[Case, ...]:
    """Return the families that are made on purpose: all cases where there are many families, and twins."""
    cases = CASES if families > 2 * len(CASES) else _FEW
    pairs = max(len(_ZONES), families // _FAMILIES_PER_PAIR)
    zones = [_ZONES[number % len(_ZONES)] for number in range(pairs)]
    twins = [Case("twins", "R1" if zone == "liaohe-3" else "A", _TWINS, "A", zone, more=({},)) for zone in zones]
    return (*cases, *twins)


def _exported(made: Mapping[str, bytes]) -> bytes:
    """Return the platform's workbook of some tables."""
    with TemporaryDirectory() as place:
        for name, content in made.items():
            (Path(place) / name).write_bytes(content)
        return platform_export(Path(place))


def _spoiled(applications: bytes) -> bytes:
    """Return the children with what nobody can read: a child twice, and categories that are none."""
    header, *rows = csv.reader(io.StringIO(applications.decode("utf-8")))
    declared = header.index("declared_category")
    for number in (7, 19):
        rows[number][declared] = "待定"
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *rows, rows[11]])
    return text.getvalue().encode("utf-8")
