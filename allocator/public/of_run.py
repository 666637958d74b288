"""What of a run's folder may go on the website: files on the list of public ones, as the run wrote them."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from allocator.casebook import read_persons
from allocator.domain import District
from allocator.ground import Fault, InputError
from allocator.public.batch_lists import Posted, batch_lists, is_public_list, posted_from
from allocator.public.website import Wanted, Website, broken_website, website_signs
from allocator.record import changed_stored_files, manifest_outputs, stored_bytes
from allocator.verification import verified_district, verified_policy

_PUBLIC = re.compile(
    r"policy\.yaml|transcript\.txt|draw-roster\.csv|numbers\.csv|cutoffs\.csv|verify\.html"
    r"|draws/(?:[A-Za-z0-9-]+/)?[A-Za-z0-9-]+\.csv|lists/[A-Za-z0-9-]+\.csv"
)
"""The list of public files (docs/publishing.md)."""


def is_run_folder(folder: Path) -> bool:
    """Whether a run wrote a folder."""
    return "assignment.csv" in (manifest_outputs(folder) or {})


def website_of_run(out: Path, wanted: Wanted, folder: Path | None = None) -> Website:
    """Return what of a run's folder may be published, looked at but not yet looked through.

    Parameters
    ----------
    out : Path
        Made by ``allocator run``.
    wanted : Wanted
        Days, and where to object.
    folder : Path, optional
        The district's, whose ``restricted/persons.csv`` has the names that must not be found; else the one above
        ``out``.

    Raises
    ------
    InputError
        If no run wrote the folder.
    """
    outputs = manifest_outputs(out)
    if outputs is None or not is_run_folder(out):
        raise InputError([Fault("publish.not_out", str(out))])
    there = sorted({*filter(_PUBLIC.fullmatch, outputs), *filter(_PUBLIC.fullmatch, _walked(out))})
    links = {name for name in there if _is_linked(out, name)}
    faults = [Fault("publish.link", name) for name in sorted(links)]
    faults += [Fault("publish.added", name) for name in there if name not in outputs]
    own = [name for name in there if name not in links]
    faults += changed_stored_files(out, {name: outputs[name] for name in own if name in outputs})
    files = {name: stored_bytes(out / name) for name in own if (out / name).is_file()}
    folder = folder or out.resolve().parent
    try:
        return _whole(verified_district(out), files, faults, wanted, folder)
    except InputError as error:  # what is private in the files is told beside it
        return _broken(out, files, [*faults, *error.faults], folder)


def _broken(out: Path, files: Mapping[str, bytes], faults: Sequence[Fault], folder: Path) -> Website:
    """What cannot be published, with what is known of persons and categories all the same."""
    rows = csv.reader(io.StringIO(files.get("draw-roster.csv", b"").decode("utf-8", "replace"), newline=""))
    plain = frozenset(row[0] for row in rows if row)
    try:
        signs = website_signs(verified_policy(out), {}, read_persons(folder).values(), (), ())
    except InputError:
        return broken_website(files, faults, plain)
    return Website(files, {}, signs, plain, {}, faults)


def _whole(
    district: District, files: Mapping[str, bytes], faults: Sequence[Fault], wanted: Wanted, folder: Path
) -> Website:
    """What is to be published of a district's run; lists are made where nothing is wrong so far."""
    posted = posted_from(district, wanted)
    lists = {name: raw for name, raw in files.items() if name.startswith("lists/")}
    faults = [*faults, *(Fault("publish.no_list", name) for name, raw in lists.items() if not is_public_list(raw))]
    tables = {} if faults else dict(batch_lists(district, lists, posted))
    names = (child.name for child in district.applicants)
    persons = read_persons(folder).values()
    signs = website_signs(district.policy, district.schools, persons, names, posted.address)
    return Website(files, tables, signs, _plain(district, files), _head(district, posted), faults)


def _walked(out: Path) -> Iterator[str]:
    """Yield the files of a folder; what links lead to is not looked into, a link to a folder is one of them."""
    for place, folders, names in os.walk(out):
        for name in (*names, *(name for name in folders if Path(place, name).is_symlink())):
            yield Path(place, name).relative_to(out).as_posix()


def _is_linked(out: Path, name: str) -> bool:
    """Whether a file, or a folder between it and the run's, is a link."""
    parts = name.split("/")
    return any(out.joinpath(*parts[: at + 1]).is_symlink() for at in range(len(parts)))


def _plain(district: District, files: Mapping[str, bytes]) -> frozenset[str]:
    """The cells that are what they must be: registration numbers, schools, numbers that were drawn elsewhere."""
    drawn = csv.reader(io.StringIO(files.get("numbers.csv", b"").decode("utf-8", "replace"), newline=""))
    numbers = {row[1] for row in drawn if len(row) == 2 and row[1].isdecimal()}
    return frozenset({child.applicant_id for child in district.applicants} | district.schools.keys() | numbers)


def _head(district: District, posted: Posted) -> Mapping[str, object]:
    draw = district.draw
    transcript = draw.transcript if draw else None
    return {
        "of": "run", "policy_id": district.policy.policy_id, "event": transcript.event if transcript else None,
        "trial": transcript is None, "seed": draw.seedhex if draw else None, "head": None, "as_of": None,
        "remove_by": None if posted.remove_by is None else str(posted.remove_by),
    }  # fmt: skip
