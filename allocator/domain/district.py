"""A district: policy, schools, zones, roster and the public draw, as read and validated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from allocator.domain.draw import Draw
from allocator.domain.policy import Policy, Text
from allocator.ground import Fault


class Applicant(NamedTuple):
    """One child of the roster: a row of ``applicants.csv`` (procedure.md section 1).

    A named tuple rather than a dataclass: a million of them are made at once. Empty text and empty tuples stand for
    empty cells. ``x`` and ``y`` keep the text as read (metres), because the digest of the inputs is made of it.
    """

    applicant_id: str
    zone: str
    category: str
    registered_school: str = ""
    voluntary_1: tuple[str, ...] = ()
    voluntary_2: tuple[str, ...] = ()
    open_choice: str = ""
    bundle: str = ""
    preferential_school: str = ""
    sibling_school: str = ""
    status: str = "verified"
    preferred_diversion: tuple[str, ...] = ()
    x: str = ""
    y: str = ""
    name: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class School:
    """One school: a row of ``schools.csv``.

    Attributes
    ----------
    school_id, name : str
        Id and the name that people read.
    external : bool
        Another authority admits there; it has no seats here.
    plan : int
        Seats (0 for an external school); schools that share a campus have separate plans (C080).
    hard_cap : int or None
        Most children that fit; None where the cell was empty, which means ``plan``.
    offered_voluntary_1, offered_voluntary_2 : int or None
        Seats of the plan set aside for that round; None where the cell was empty, which means 0.
    x, y : str
        Place in metres, text as read; both or neither empty.
    name_en : str
        Name on English pages; empty where there is none. It is in no canonical table: no list depends on it.
    """

    school_id: str
    name: str
    external: bool = False
    plan: int = 0
    hard_cap: int | None = None
    offered_voluntary_1: int | None = None
    offered_voluntary_2: int | None = None
    x: str = ""
    y: str = ""
    name_en: str = ""

    @property
    def title(self) -> Text:
        """Its name in Chinese and, where one is given, in English."""
        return Text(self.name, self.name_en or self.name)

    @property
    def most(self) -> int:
        """Most children the school may ever hold: ``hard_cap``, or ``plan`` where none is given."""
        return self.plan if self.hard_cap is None else self.hard_cap

    def offered(self, column: str) -> int:
        """Seats set aside under an ``offered_…`` column name (0 where empty)."""
        value: int | None = getattr(self, column)
        return value or 0


@dataclass(frozen=True, slots=True)
class Zone:
    """One school zone: a row of ``zones.csv`` (C075, C076, C077)."""

    zone: str
    school_id: str
    e_school_id: str = ""
    dual_school_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class District:
    """Everything that determines the result.

    Attributes
    ----------
    policy : Policy
        The published rules.
    schools, zones : Mapping[str, School], Mapping[str, Zone]
        By id, in code-point order of the ids.
    applicants : tuple of Applicant
        In code-point order of ``applicant_id``.
    draw : Draw or None
        The public draw or a trial seed; None before the draw (planning, freezing).
    input_digests : Mapping[str, str]
        SHA-256 of every file as read, by file name; for the manifest only.
    policy_sha256 : str
        SHA-256 of the bytes of the policy file, which a transcript must carry; empty if made in memory.
    policy_bytes : bytes
        The policy file itself, copied to every output; empty if made in memory.
    warnings : tuple of Fault
        What no rule refuses, but the office should look at before the draw; decides nothing.
    """

    policy: Policy
    schools: Mapping[str, School]
    zones: Mapping[str, Zone]
    applicants: tuple[Applicant, ...]
    draw: Draw | None = None
    input_digests: Mapping[str, str] = field(default_factory=dict)
    policy_sha256: str = ""
    policy_bytes: bytes = b""
    warnings: tuple[Fault, ...] = field(default=(), compare=False)
    of_frames: ClassVar[Callable[..., District] | None] = None
    """What reads frames, given by ``allocator.district_folder``: the domain imports nothing that reads."""

    def __repr__(self) -> str:
        """Return one line; the tables are too long to be shown."""
        counts = f"{len(self.applicants):,} children, {len(self.schools):,} schools, {len(self.zones):,} zones"
        return f"<District {self.policy.policy_id}: {counts}>"

    @classmethod
    def from_frames(
        cls,
        policy: str | Path,
        applicants: Any,
        schools: Any,
        zones: Any,
        *,
        transcript: str | Path | None = None,
        trial_seed: int | None = None,
        allow_weak_seed: bool = False,
    ) -> District:
        """Make a district of a policy file and pandas frames, judged exactly like the files of a folder.

        Parameters
        ----------
        applicants, schools, zones : pandas.DataFrame
            Columns as in the tables of a folder, with English or Chinese headings. Ids are text, also such as consist
            of digits: read CSV with ``dtype=str``. What is missing counts as empty.
        transcript, trial_seed, allow_weak_seed
            As of ``read_district``; without the first two the district has no draw.

        Raises
        ------
        InputError
            With all faults at once. A frame is called as its parameter; its first row counts as line 2, as in the CSV
            file that ``to_csv(index=False)`` writes.
        """
        if cls.of_frames is None:
            raise RuntimeError("Expected allocator.District: the class of allocator.domain alone reads nothing.")
        draw = {"transcript": transcript, "trial_seed": trial_seed, "allow_weak_seed": allow_weak_seed}
        return cls.of_frames(policy, applicants, schools, zones, **draw)
