"""Pupils to be placed in classes after the lists are final, and where they are placed (class-procedure.md)."""

from __future__ import annotations

from typing import NamedTuple

DAY, BOARDING = "day", "boarding"
TRACKS: tuple[str, ...] = (DAY, BOARDING)
"""Boarders are placed by themselves (C102)."""

MOST_CLASSES = 99
MOST_ATTEMPTS = 10_000
"""Attempts after which a year group has no placement (section 3)."""


class Pupil(NamedTuple):
    """One row of ``class-roster.csv`` (section 1).

    Attributes
    ----------
    pupil_id : str
        Registration number, as in ``assignment.csv``.
    sex : {"F", "M"}
        Girl or boy.
    score : int or None
        Leaving assessment in hundredths (C101); None where there is none.
    together : str
        Bundle of children who share a class (C103); empty for none.
    apart : tuple of str
        Groups no two children of which share a class.
    """

    pupil_id: str
    sex: str
    score: int | None = None
    together: str = ""
    apart: tuple[str, ...] = ()


class YearGroup(NamedTuple):
    """The pupils of one school and track, who are placed together.

    Attributes
    ----------
    school_id, track : str
        School; ``day`` or ``boarding``.
    classes : int
        Classes, 1 to 99, and no more than pupils.
    mean_spread : int or None
        Largest allowed difference of class means, in hundredths of a score; None where none is demanded.
    pupils : tuple of Pupil
        In any order: nothing depends on it.
    """

    school_id: str
    track: str
    classes: int
    mean_spread: int | None
    pupils: tuple[Pupil, ...]


class ClassRow(NamedTuple):
    """One row of ``placement.csv``: the class of a pupil, numbered from 1."""

    pupil_id: str
    school_id: str
    track: str
    class_number: int


class AttemptRow(NamedTuple):
    """One row of ``attempts.csv``: the attempt that placed a year group; None where all failed."""

    school_id: str
    track: str
    classes: int
    attempt: int | None


class ClassPlacement(NamedTuple):
    """Where all pupils of some year groups are placed.

    Attributes
    ----------
    rows : tuple of ClassRow
        By ``pupil_id``; none of a year group whose attempts all failed.
    attempts : tuple of AttemptRow
        By school and track.
    """

    rows: tuple[ClassRow, ...]
    attempts: tuple[AttemptRow, ...]


class Team(NamedTuple):
    """One row of ``teams.csv``: a staff team of a year group, published before the draw of head teachers (C099)."""

    school_id: str
    track: str
    team_id: str


class TeamRow(NamedTuple):
    """The class of a staff team (C104)."""

    school_id: str
    track: str
    team_id: str
    class_number: int


class LateChild(NamedTuple):
    """One row of ``late.csv``: a child who comes after the placement (C107).

    Attributes
    ----------
    arrival : int
        Number of its arrival, from 1 in each school and track; the children of one bundle arrive together.
    """

    arrival: int
    pupil_id: str
    school_id: str
    track: str
    sex: str
    together: str = ""


class LateRow(NamedTuple):
    """One row of ``late-placement.csv``."""

    pupil_id: str
    school_id: str
    track: str
    class_number: int
    arrival: int
