"""Write the tables of the scenarios anew: ``python -m tests.applications_district``."""

from __future__ import annotations

from pathlib import Path

from tests.applications_district.few import few_files
from tests.applications_district.files import files

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
FOLDER = SCENARIOS / "tongliao-2023-applications"
SUMMER = SCENARIOS / "tongliao-2023-summer"

if __name__ == "__main__":
    for folder, made in ((FOLDER, files()), (SUMMER, few_files())):
        folder.mkdir(exist_ok=True)
        for name, content in made.items():
            (folder / name).write_bytes(content)
