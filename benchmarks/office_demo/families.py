"""The families of the demonstration: what the office's platform exports, and the tables that it keeps itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from allocator.generator.platform_export import ALIASES, COLUMNS, EXPORT, OF_INTAKE, platform_export
from tests.applications_district.__main__ import FOLDER
from tests.applications_district.few import few_files

FIRST_EXPORT = "export-1.xlsx"
"""As the platform wrote it at first, with rows that cannot be read."""


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
    made = few_files(families)
    made |= {name: (FOLDER / name).read_bytes() for name in (COLUMNS, ALIASES)}
    folder.mkdir(parents=True)
    (folder / FIRST_EXPORT).write_bytes(_exported({**made, "applications.csv": _spoiled(made["applications.csv"])}))
    (folder / EXPORT).write_bytes(_exported(made))
    for name in made.keys() - {f"{name}.csv" for name in OF_INTAKE}:
        (folder / name).write_bytes(made[name])


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
