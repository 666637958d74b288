"""Year groups for the tests of balanced classes: the conformance folders, random ones, and folders to be written."""

from __future__ import annotations

import random
from hashlib import sha256
from itertools import product
from pathlib import Path

from allocator.domain import Pupil, YearGroup
from tests.conformance import rows

FOLDER = Path(__file__).resolve().parent / "conformance_classes"
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
DIGITS = ("68898975165154868331", "37406567630432258499", "54376509312352876406")
"""What three witnesses gave."""


def seedhex(name: str) -> str:
    """Return the seed of a conformance folder."""
    return sha256((FOLDER / name / "transcript.txt").read_bytes()).hexdigest()


def year_groups(folder: Path) -> list[YearGroup]:
    """Return the year groups of a folder, read with the csv module alone."""
    found = []
    for row in rows(folder / "classes.csv"):
        where = (row["school_id"], row["track"] or "day")
        pupils = tuple(
            Pupil(one["id"], one["sex"], _hundredths(one["score"]), one["together"], _ids(one["apart"]))
            for one in rows(folder / "class-roster.csv")
            if (one["school_id"], one["track"] or "day") == where
        )
        found.append(YearGroup(*where, int(row["classes"]), _hundredths(row["mean_spread"]), pupils))
    return found


def _hundredths(cell: str) -> int | None:
    return round(float(cell) * 100) if cell else None


def _ids(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


def random_group(
    seed: int, pupils: int, classes: int, *, groups: int = 0, bundles: int = 0, missing: float = 0.0,
    spread: int | None = None, deviation: float = 45.0,
) -> YearGroup:  # fmt: skip
    """Return a random year group.

    Parameters
    ----------
    groups, bundles : int
        Groups apart of two or three children, and bundles of two; no child is in both.
    missing : float
        Share of children without a score; 1: nobody has one.
    spread : int or None
        Largest difference of class means, in hundredths.
    deviation : float
        Standard deviation of the scores.
    """
    drawn = random.Random(seed)
    free = list(range(pupils))
    drawn.shuffle(free)
    apart: dict[int, list[str]] = {}
    for number in range(groups):
        for at in drawn.sample(free[: pupils // 2], min(classes, drawn.choice((2, 2, 2, 3)))):
            apart.setdefault(at, []).append(f"N{number}")
    tied = {free.pop(): f"B{number}" for number, _ in product(range(min(bundles, pupils // 4)), "ab")}
    found = []
    for at in range(pupils):
        score = None if drawn.random() < missing else round(100 * min(max(drawn.gauss(250, deviation), 0), 500))
        names = () if at in tied else tuple(apart.get(at, ()))
        found.append(Pupil(f"T{at:05}", drawn.choice("FM"), score, tied.get(at, ""), names))
    if all(pupil.score is None for pupil in found):
        spread = None
    return YearGroup("school", "day", classes, spread, tuple(found))


def write_tables(folder: Path, roster: str, classes: str) -> Path:
    """Write both tables, and a transcript that freezes them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "class-roster.csv").write_bytes(roster.encode("utf-8"))
    (folder / "classes.csv").write_bytes(classes.encode("utf-8"))
    write_transcript(folder)
    return folder


def write_transcript(folder: Path, digits: tuple[str, ...] = DIGITS) -> None:
    """Write a transcript that freezes both tables of a folder."""
    digests = [sha256((folder / name).read_bytes()).hexdigest() for name in ("class-roster.csv", "classes.csv")]
    lines = ["school-draw/1", "event=CLASS-1", f"roster=sha256:{digests[0]}", f"inputs=sha256:{digests[1]}"]
    lines += [f"source=witness-{number}:{given}" for number, given in enumerate(digits, start=1)]
    (folder / "transcript.txt").write_bytes("\n".join([*lines, ""]).encode("ascii"))
