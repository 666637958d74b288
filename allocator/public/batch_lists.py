"""The public lists of a run as people read them: one of each batch at each school, for workbook and PDF.

What stands in them is read from the CSV that the run wrote and that families' pages read; on each stands its digest.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from allocator.casebook import ObjectionAddress, day_after, publicity_from, round_text
from allocator.domain import District, Text
from allocator.ground import Fault, InputError
from allocator.public.website import Wanted, remove_mark
from allocator.reporting.public_form import PUBLIC_COLUMNS, PublicLine, in_fours, public_table
from allocator.sheets import Mark, Table, both, list_marks, school_names

_ID, _RANK = re.compile(r"[A-Za-z0-9-]{1,80}"), re.compile(r"[0-9]{0,9}")


class Posted(NamedTuple):
    """How long lists are to be seen, and where to object.

    Attributes
    ----------
    first, last : date or None
        Days of the publicity; None: left to be filled in.
    remove_by : date or None
        The day by which the lists must be gone; None: left to be filled in.
    address : ObjectionAddress
        Where to object.
    """

    first: date | None = None
    last: date | None = None
    remove_by: date | None = None
    address: ObjectionAddress = ObjectionAddress()


def posted_from(district: District, wanted: Wanted) -> Posted:
    """Return how long lists of a run are to be seen: from a day, for as many working days as the policy says.

    Raises
    ------
    InputError
        If they would be gone before the publicity ends.
    """
    office = district.policy.office
    days = publicity_from(office, wanted.first) if office and wanted.first else None
    first, last = (days.first_day, days.last_day) if days else (wanted.first, None)
    gone = wanted.remove_by or (day_after(last) if last else None)
    if gone and (end := last or first) and gone < end:
        raise InputError([Fault("publish.remove_early", "--remove-by", value=str(gone), params={"last": str(end)})])
    known = district.policy.letters
    place = wanted.objection or (known.objection if known and known.objection.zh else "")
    return Posted(first, last, gone, ObjectionAddress(place, wanted.telephone or (known.telephone if known else "")))


def batch_lists(district: District, lists: Mapping[str, bytes], posted: Posted) -> Iterator[tuple[str, Table]]:
    """Give path (without its ending) and table of every batch at every school that somebody is on.

    Parameters
    ----------
    district : District
        Names of schools and phases, and the draw.
    lists : mapping of str to bytes
        By path the CSV of each school.
    """
    zh, en = school_names(district, "zh"), school_names(district, "en")
    phases = {phase.phase_id: phase.name for phase in district.policy.phases}
    for path, raw in lists.items():
        by_batch: dict[str, list[PublicLine]] = {}
        for line in public_lines(raw):
            by_batch.setdefault(line.batch, []).append(line)
        for batch, lines in by_batch.items():
            words = round_text(batch)
            if words.zh == batch and batch in phases:  # no round that every city has: as the policy calls it
                words = Text(phases[batch].zh, phases[batch].en or phases[batch].zh)
            school = lines[0].school_id
            name = Text(zh.get(school, school), en.get(school, school))
            title = Mark(both("lists.title.publicity", batch=words, school=name), "title")
            digest = Mark(both("publish.digest_of"), tail=f"{path} {in_fours(sha256(raw).hexdigest())}")
            first, *others, source = list_marks(district)
            leads = (*_publicity(district, posted), Mark(both("lists.children", count=len(lines)), "lead"))
            order = district.draw.order if district.draw else None
            table = replace(public_table(lines, words, name, order), kind="publicity")
            yield f"lists/{batch}/{school}", replace(table, marks=(first, title, *others, *leads, source, digest))


def is_public_list(raw: bytes) -> bool:
    """Whether a file is the CSV of a public list: its columns, as many cells in every row, ids and ranks as such."""
    try:
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return False
    if not rows or tuple(rows[0]) != PUBLIC_COLUMNS or {len(row) for row in rows} != {len(PUBLIC_COLUMNS)}:
        return False
    return all(_ID.fullmatch(row[2]) and _ID.fullmatch(row[3]) and _RANK.fullmatch(row[4]) for row in rows[1:])


def public_lines(raw: bytes) -> Sequence[PublicLine]:
    """Return the lines of the CSV of a public list."""
    rows = csv.reader(io.StringIO(raw.decode("utf-8"), newline=""))
    return [PublicLine(*row)._replace(masked_name=row[1].removeprefix("'")) for row in rows][1:]


def _publicity(district: District, posted: Posted) -> Iterator[Mark]:
    """Give what to know first: from when to when, where to object, when the list is taken down."""
    blank = both("lists.blank")
    days = {"first": posted.first or both("publish.day_blank"), "last": posted.last or both("publish.day_blank")}
    yield Mark(both("lists.publicity_days", **days), "lead")
    office = district.policy.office
    if office and not posted.last:
        yield Mark(both("publish.least_days", days=office.publicity_days), "lead")
    place, telephone = posted.address.objection or blank, posted.address.telephone or blank
    yield Mark(both("lists.objection", objection=place, telephone=telephone), "lead")
    yield remove_mark(posted.remove_by)
