"""Write the tables of the scenario anew: ``python -m tests.applications_district``."""

from __future__ import annotations

from pathlib import Path

from tests.applications_district.files import files

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "tongliao-2023-applications"

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
