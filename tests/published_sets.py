"""Published folders for tests of whoever verifies them at home: of every kind of order, small and large."""

from __future__ import annotations

import shutil
from pathlib import Path

from allocator.lottery import numbers_bytes
from tests import conformance, written_folders
from tests.cli_calls import call, good

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
PUBLISHED = ("policy.yaml", "transcript.txt", "draw-roster.csv", "numbers.csv", "cutoffs.csv", "verify.html")
DIGITS = ("31415926535897932384", "27182818284590452353", "16180339887498948482")


def public_part(out: Path, to: Path) -> Path:
    """Copy what is for the public of the folder of a run."""
    to.mkdir(parents=True)
    for name in PUBLISHED:
        if (out / name).exists():
            shutil.copy(out / name, to / name)
    for name in ("draws", "lists"):
        if (out / name).is_dir():
            shutil.copytree(out / name, to / name, ignore=lambda _, names: [n for n in names if n.endswith(".pdf")])
    return to


def published_run(folder: Path, to: Path) -> Path:
    """Run a district with its draw and copy what is for the public."""
    result = call("run", folder, "--engine", "procedure", "--no-trace")
    assert result.exit_code in (0, 1), result.stderr
    return public_part(folder / "out", to)


def drawn_as(folder: Path, order: str = "") -> Path:
    """Give a folder the transcript of a draw of its own, of hashes or of another order, with numbers beside it."""
    good("draw", "freeze", folder)
    raw = [f"--source=witness-{at}:{digits}" for at, digits in enumerate(DIGITS, start=1)]
    if order == "numbers":
        roster = [line.split(",")[0] for line in (folder / "draw-roster.csv").read_text().splitlines()[1:]]
        numbers = tuple((party, (at * 7919 + 13) % 104729) for at, party in enumerate(roster))
        (folder / "numbers.csv").write_bytes(numbers_bytes(numbers))
    good("draw", "transcript", folder, "--event", "T-1", *raw, *(["--order", order] if order else []))
    return folder


def published_sets(work: Path, names: tuple[str, ...]) -> dict[str, Path]:
    """Return published folders by name: ``conformance:<name>[:<order>]``, ``shipped:<name>`` or ``made:<children>``."""
    found = {}
    for name in names:
        kind, thing, order = (*name.split(":", 2), "")[:3]
        folder = work / "districts" / name.replace(":", "-").replace("=", "-")
        if kind == "made":
            good("generate", folder, "--children", thing, "--seed", 5)
        elif kind == "shipped":
            shutil.copytree(SCENARIOS / thing, folder, ignore=shutil.ignore_patterns("out", "what-if"))
        else:
            drawn_as(written_folders.write(conformance.load(thing)[0], folder), order)
        found[name] = published_run(folder, work / "published" / folder.name)
    return found
