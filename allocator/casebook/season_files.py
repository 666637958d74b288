"""The files that go with a season's own events: determination, freeze, transcript and locks, in the book's folder.

Files are written before the event that names their digests, or are such that writing them again changes nothing; a
start after a kill finds either the event with its files, or files that no event names and that the next try replaces.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from allocator.book import BookState
from allocator.casebook.demands import book_demand_faults
from allocator.casebook.replay import replay_locks, replay_locks_bytes
from allocator.district_folder import read_district
from allocator.domain import Determination, District, Draw, OfficeTables
from allocator.ground import MOST_OF_A_TABLE, MOST_OF_A_TEXT, Fault, InputError, open_file_bytes, open_readable
from allocator.lottery import (
    FROZEN,
    NUMBERS,
    POLICY,
    ROSTER,
    TRANSCRIPT,
    FrozenDigests,
    canonical_tables,
    frozen_digests,
    frozen_files,
    hard_cap_faults,
    numbers_bytes,
    parse_transcript,
    read_order_numbers,
    weak_seed_faults,
)
from allocator.office import (
    agreed_determination,
    determination_bytes,
    determination_parts,
    district_of_determination,
    office_reading,
    tables_digest,
    write_determination,
)
from allocator.reading.office import TABLES, holds_applications, read_office
from allocator.record import (
    FREEZE,
    freeze_bytes,
    frozen_before,
    log_frozen_act,
    number_earlier_frozen,
    swap_file,
    write_freeze,
)

DETERMINED = "determination"
"""Folder of what the last determination made."""
KEPT_TABLES = "tables"
"""Folder in ``frozen`` with the office's tables as they were."""
LOCKS = "locks-new.csv"

_NO_EVENT = "no event of the book names it"
"""Reason in the log of what is kept aside because a kill left it, or because another freeze takes its place."""
_FILES_FROZEN = 5
_FIRST_DIGEST = 3  # line of a transcript


class SeasonTables(NamedTuple):
    """What the tables of a book's folder say before the freeze.

    Attributes
    ----------
    district : District
        The roster they give, with schools, zones and policy.
    inputs, determination : str
        The digests of the event ``determined``.
    held : int
        Children that wait for a ruling and are on no roster.
    copies : mapping of str to bytes
        The tables of which ``inputs`` is, by file name.
    office : (OfficeTables, Determination) or None
        Of a folder with applications.
    """

    district: District
    inputs: str
    determination: str
    held: int
    copies: Mapping[str, bytes]
    office: tuple[OfficeTables, Determination] | None

    def told(self) -> tuple[Sequence[Fault], Iterable[Any]]:
        """Return warnings of the tables and, as it is shown, what was determined; nothing of a reviewed roster."""
        if self.office is None:
            return self.district.warnings, ()
        return self.office[0].warnings, determination_parts(*self.office)


def season_tables(folder: Path, encoding: str | None = None) -> SeasonTables:
    """Read the tables of a folder and determine its roster, both ways; of a reviewed roster take it as it is.

    Raises
    ------
    InputError
        With all faults of the tables, or of what no book can be kept of.
    DisagreementError
        If two readings or two determinations differ.
    """
    if not holds_applications(folder):
        if not holds_season_tables(folder):
            raise InputError([Fault("book.no_tables", str(folder))])
        return _reviewed(folder, encoding)
    tables, proof = office_reading(folder, encoding)
    found = agreed_determination(tables)
    proof()
    district = district_of_determination(tables, found)
    _demand_keepable(district)
    copies = {name: open_readable(folder / name, MOST_OF_A_TABLE) for name in tables.digests}
    if any(sha256(copies[name]).hexdigest() != digest for name, digest in tables.digests.items()):
        raise InputError([Fault("book.tables_change", str(folder))])
    made = sha256(determination_bytes(found)).hexdigest()
    held = sum(row.result == "held" for row in found.rows)
    return SeasonTables(district, tables_digest(tables), made, held, copies, (tables, found))


def _reviewed(folder: Path, encoding: str | None) -> SeasonTables:
    """Take a reviewed roster: its digest stands for a determination, the tables beside it for the inputs."""
    district = replace(read_district(folder, trial_seed=0, encoding=encoding), draw=None)
    _demand_keepable(district)
    names = [f"{name}{ending}" for name in TABLES for ending in (".csv", ".xlsx")]
    copies = {name: open_readable(folder / name, MOST_OF_A_TABLE) for name in names if os.path.exists(folder / name)}
    lines = "".join(f"{name} {sha256(copies[name]).hexdigest()}\n" for name in sorted(copies))
    inputs = sha256(lines.encode("utf-8")).hexdigest()
    return SeasonTables(district, inputs, season_roster_digest(district), 0, copies, None)


def _demand_keepable(district: District) -> None:
    """Refuse a roster and policy of which no book can be kept."""
    if faults := [*book_demand_faults(district), *hard_cap_faults(district)]:
        raise InputError(faults)


def season_roster_digest(district: District) -> str:
    """Return the digest ``roster`` of the event ``frozen``: that of the canonical ``applicants.csv``."""
    return sha256(dict(canonical_tables(district))["applicants.csv"]).hexdigest()


def write_season_determination(folder: Path, now: SeasonTables) -> Path | None:
    """Write the folder of a determination; none of a reviewed roster.

    Raises
    ------
    InputError
        If it cannot be written; nothing is changed then.
    """
    if now.office is None:
        return None
    write_determination(folder / DETERMINED, *now.office)
    return folder / DETERMINED


def holds_season_tables(folder: Path) -> bool:
    """Whether a book's folder holds applications, or a reviewed roster: without either nothing can be determined."""
    roster = any((folder / f"applicants{ending}").exists() for ending in (".csv", ".xlsx"))
    return roster or holds_applications(folder)


def held_in_determination(folder: Path) -> int:
    """Return how many children the book's last determination holds back; a freeze waits for them (section 3.4)."""
    path = folder / DETERMINED / "determination.csv"
    if not path.exists():
        return 0
    rows = csv.DictReader(io.StringIO(open_file_bytes(path, MOST_OF_A_TABLE).decode("utf-8"), newline=""))
    return sum(row.get("result") == "held" for row in rows)


def demand_season_determined(now: SeasonTables, journal: Sequence[bytes]) -> None:
    """Refuse a freeze of tables that are not those of the last determination.

    Raises
    ------
    InputError
        Saying what to do.
    """
    lines = list(map(json.loads, journal))
    annulled = {line["annuls"] for line in lines if line["type"] == "annulled"}
    stated = [line for line in lines if line["type"] == "determined" and line["seq"] not in annulled]
    if stated and (stated[-1]["inputs"], stated[-1]["determination"]) != (now.inputs, now.determination):
        raise InputError([Fault("book.determined_other", "journal.jsonl", int(stated[-1]["seq"]))])


def keep_season_freeze(folder: Path, now: SeasonTables) -> list[Path]:
    """Write what ``draw freeze`` makes, with copies of the tables; a freeze that no event names is kept aside.

    Returns
    -------
    list of Path
        What was made; nothing where it lay there already.

    Raises
    ------
    OSError
        If it cannot be written; a second try works.
    """
    digests = frozen_digests(now.district)
    copies = {f"{KEPT_TABLES}/{name}": content for name, content in now.copies.items()}
    if frozen_before(folder) == digests and _is_whole(folder, digests, copies):
        return []
    _put_aside(folder, _NO_EVENT)
    write_freeze(folder, now.district, digests, copies)
    log_frozen_act(folder, "freeze", FREEZE, digest=sha256(freeze_bytes(digests)).hexdigest())
    return [folder / name for name in (ROSTER, FREEZE, FROZEN)]


def season_freeze_text(now: SeasonTables) -> str:
    """Return the digests that are published: the lines that the transcript will hold."""
    return freeze_bytes(frozen_digests(now.district)).decode("ascii").removesuffix("\n")


def _is_whole(folder: Path, digests: FrozenDigests, copies: Mapping[str, bytes]) -> bool:
    """Whether the frozen files lie there with these tables and no others."""
    there = {path.name for path in (folder / FROZEN / KEPT_TABLES).glob("*")}
    return (
        len(frozen_files(folder / FROZEN, digests)) == _FILES_FROZEN
        and (folder / ROSTER).is_file()
        and there == {name.rpartition("/")[2] for name in copies}
        and all(open_file_bytes(folder / FROZEN / name, MOST_OF_A_TABLE) == content for name, content in copies.items())
    )


def _put_aside(folder: Path, reason: str) -> dict[Path, Path]:
    """Give freeze and transcript that hold no more a number, and note it; return what lies where now."""
    freeze = folder / FREEZE
    moved = number_earlier_frozen(folder, freeze, folder / ROSTER, folder / FROZEN, folder / TRANSCRIPT)
    for path in (freeze, folder / TRANSCRIPT):
        if path in moved:
            digest = sha256(open_readable(moved[path], MOST_OF_A_TEXT)).hexdigest()
            log_frozen_act(folder, "void", moved[path].name, digest=digest, reason=reason)
    return moved


def take_back_season_freeze(folder: Path, reason: str) -> list[Path]:
    """Keep a freeze that was taken back aside under a number, and return where."""
    return list(_put_aside(folder, reason).values())


def bring_back_season_freeze(folder: Path, line: Mapping[str, object]) -> list[Path]:
    """Put the freeze of a line of the journal in its place again, from what was kept aside; return what was made.

    Raises
    ------
    InputError
        If it is not there any more.
    """
    wanted = (line["roster"], line["policy"])
    if frozen_before(folder) is not None and _of_freeze(folder / FROZEN) == wanted:
        return []
    number = 1
    while os.path.lexists(kept := folder / f"{FROZEN}-{number}"):
        if _of_freeze(kept) == wanted:
            district = replace(read_district(kept, trial_seed=0), draw=None)
            tables = sorted((kept / KEPT_TABLES).glob("*"))
            copies = {f"{KEPT_TABLES}/{path.name}": open_readable(path, MOST_OF_A_TABLE) for path in tables}
            _put_aside(folder, _NO_EVENT)
            write_freeze(folder, district, frozen_digests(district), copies)
            log_frozen_act(folder, "restored", FREEZE)
            return [folder / FROZEN]
        number += 1
    raise InputError([Fault("book.freeze_gone", FROZEN)])


def _of_freeze(frozen: Path) -> tuple[str, str] | None:
    """Return the digests of frozen roster and policy of a folder; None where they cannot be read."""
    try:
        roster, policy = (open_file_bytes(frozen / name, MOST_OF_A_TABLE) for name in ("applicants.csv", POLICY))
    except OSError:
        return None
    return sha256(roster).hexdigest(), sha256(policy).hexdigest()


def read_season_transcript(folder: Path, path: Path) -> Draw:
    """Read the transcript of the public draw, with the numbers that it may name, and hold both against the freeze.

    Raises
    ------
    InputError
        With all faults: form, a weak seed, every digest that is not the freeze's, another one in the folder; numbers
        that are not those of the transcript or of the frozen roster.
    """
    raw = open_readable(path, MOST_OF_A_TEXT)
    found, faults = parse_transcript(raw, path.name)
    if found is None:
        raise InputError(faults)
    numbers, faults = read_order_numbers(path.parent, found, _frozen_parties(folder), path.name)
    faults += weak_seed_faults(found, path.name)
    freeze = frozen_before(folder)
    stated = (found.roster_sha256, found.policy_sha256, found.inputs_sha256)
    if freeze is None:
        faults.append(Fault("book.freeze_gone", FREEZE))
    else:
        faults += [
            Fault("book.transcript_digest", path.name, _FIRST_DIGEST + at, name, one, {"expected": other})
            for at, (name, one, other) in enumerate(zip(freeze._fields, stated, freeze, strict=True))
            if one != other
        ]
    own = folder / TRANSCRIPT
    if os.path.lexists(own) and open_readable(own, MOST_OF_A_TEXT) != raw:
        faults.append(Fault("book.transcript_other", TRANSCRIPT, params={"file": str(path)}))
    own = folder / NUMBERS
    if numbers and os.path.lexists(own) and open_readable(own, MOST_OF_A_TABLE) != numbers_bytes(numbers):
        faults.append(Fault("book.transcript_other", NUMBERS, params={"file": str(path.parent / NUMBERS)}))
    if faults:
        raise InputError(faults)
    return Draw(transcript=found, numbers=numbers)


def _frozen_parties(folder: Path) -> list[str] | None:
    """Return the ids of the frozen draw roster; None where it cannot be read."""
    try:
        lines = open_file_bytes(folder / FROZEN / ROSTER, MOST_OF_A_TABLE).decode("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return [line.partition(",")[0] for line in lines[1:]]


def keep_season_transcript(folder: Path, draw: Draw) -> list[Path]:
    """Keep transcript and numbers in the book's folder and return where; what lies there already is left alone."""
    path, transcript, kept = folder / TRANSCRIPT, draw.transcript, list[Path]()
    assert transcript is not None
    if draw.numbers and not os.path.lexists(folder / NUMBERS):
        swap_file(folder / NUMBERS, numbers_bytes(draw.numbers))
        kept.append(folder / NUMBERS)
    if os.path.lexists(path):
        return kept
    swap_file(path, transcript.raw)
    log_frozen_act(folder, "transcript", TRANSCRIPT, transcript.event, sha256(transcript.raw).hexdigest())
    return [*kept, path]


def season_locks_bytes(folder: Path, state: BookState, inputs: str) -> bytes:
    """Return ``locks-new.csv``: homes as frozen, those of late families by the rows that they have since.

    Parameters
    ----------
    inputs : str
        Digest of the frozen tables, as the journal has it.

    Raises
    ------
    InputError
        If the frozen tables are not those of the journal, or the book is of a reviewed roster, which names no homes.
    """
    kept = folder / FROZEN / KEPT_TABLES
    if not holds_applications(kept):
        raise InputError([Fault("book.no_homes", LOCKS)])
    tables = read_office(kept, policy=folder / FROZEN / POLICY)
    if tables_digest(tables) != inputs:
        raise InputError([Fault("book.tables_changed", f"{FROZEN}/{KEPT_TABLES}")])
    if state.late:
        late = {child for party in state.parties.values() for child in party.children} - {
            child.applicant_id for child in tables.applications
        }
        rows = [child for child in read_office(folder).applications if child.applicant_id in late]
        tables = replace(tables, applications=(*tables.applications, *rows))
    return replay_locks_bytes(replay_locks(tables, state))


def write_season_locks(folder: Path, content: bytes) -> Path:
    """Write ``locks-new.csv`` in the book's folder."""
    swap_file(folder / LOCKS, content)
    return folder / LOCKS
