"""Of which children notices are made: the seats of a run's list, or of a book's confirmed rounds; code and digest.

Of a run the digest is the SHA-256 of ``assignment.csv``; of a book it is the head of its journal, which names the list
as it stood at that line (public.md section 4).
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path

from allocator.casebook import demand_names_kept, listed_book, read_persons, reading
from allocator.domain import ADJUSTED, ADMITTED, DIVERTED, District, LetterValues, Text
from allocator.ground import Fault, InputError, without_card_numbers
from allocator.record import changed_stored_files, manifest_outputs, read_assignment, stored_bytes
from allocator.sheets import Mark, list_marks, marks_of, order_mark, school_names
from allocator.verification import verified_district

LIST = "assignment.csv"
SEATED = frozenset({ADMITTED, DIVERTED, ADJUSTED})
CODE_DIGITS = 16
BEGINNING = "school-notice/1"


@dataclass(frozen=True)
class NoticeList:
    """A list of which notices are made or verified.

    Attributes
    ----------
    digest : str
        Of the list, as it stands in the code.
    earlier : Mapping of str to int
        Digests of the same list at earlier times that count as well, with the number of the event of a book.
    seats : Mapping of str to str
        By registration number the school, one of this district.
    others : Mapping of str to str
        By registration number how those stand who have no seat of which a notice is made.
    schools : Mapping of str to Text
        Names by id.
    names : Mapping of str to str
        Names in full by registration number, of those whom ``restricted/persons.csv`` names.
    marks : sequence of Mark
        What may not be lost with a page: title, warnings.
    letters : LetterValues
        What the policy has the pages say.
    folder : Path
        The office's folder.
    diverted : sequence of str
        Of a run, the children who were diverted, by number.
    """

    digest: str
    earlier: Mapping[str, int]
    seats: Mapping[str, str]
    others: Mapping[str, str]
    schools: Mapping[str, Text]
    names: Mapping[str, str]
    marks: Sequence[Mark]
    letters: LetterValues
    folder: Path
    diverted: Sequence[str] = ()

    def blank_letters(self) -> list[str]:
        """Return the keys of the policy's ``letters`` that say nothing, left to be filled in by hand."""
        values = {field.name: getattr(self.letters, field.name) for field in fields(self.letters)}
        return [name for name, value in values.items() if value in ("", (), Text("", ""))]


def notice_code(key: bytes, applicant_id: str, school_id: str, digest: str) -> str:
    """Return the code of a notice: 16 characters of Base32 of the HMAC-SHA-256 (public.md section 4)."""
    told = hmac.digest(key, f"{applicant_id}|{school_id}|{digest}".encode(), "sha256")
    return base64.b32encode(told).decode("ascii")[:CODE_DIGITS]


def notices_of_run(out: Path, folder: Path | None = None) -> NoticeList:
    """Return the list of a run.

    Parameters
    ----------
    out : Path
        Made by ``allocator run``.
    folder : Path, optional
        The district's, with ``restricted/persons.csv``; else the one above ``out``.

    Raises
    ------
    InputError
        If no run wrote the folder, or a file of it was changed since.
    """
    outputs = manifest_outputs(out)
    if outputs is None or LIST not in outputs:
        raise InputError([Fault("notice.not_out", str(out))])
    own = folder or out.resolve().parent
    needed = {name: digest for name, digest in outputs.items() if name == LIST or not name.startswith(_UNREAD)}
    if faults := list(changed_stored_files(out, needed)):
        raise InputError(faults)
    raw, district = stored_bytes(out / LIST), verified_district(out)
    rows, faults = read_assignment(raw, LIST)
    if faults:
        raise InputError(faults)
    seats = {row.applicant_id: row.school_id for row in rows if row.outcome in SEATED}
    others = {row.applicant_id: row.outcome for row in rows if row.outcome not in SEATED}
    marks = [mark for mark in list_marks(district) if mark.weight != "plain"]
    digest = sha256(raw).hexdigest()
    diverted = sorted(row.applicant_id for row in rows if row.outcome == DIVERTED)
    return NoticeList(
        digest, {}, seats, others, _schools(district), _names(own), marks, _letters(district), own, diverted
    )


_UNREAD = ("draws/", "lists", "office/", "trace.jsonl", "verify.html", "summary.json")
"""What of a run's folder says nothing of a notice."""


def notices_of_book(folder: Path) -> NoticeList:
    """Return the list of a case book: the seats of its confirmed rounds, and those of decisions, as they stand now.

    Raises
    ------
    InputError
        If the book is not whole, its personal data were purged, or the draw has not been held.
    """
    demand_names_kept(folder)
    with reading(folder) as kept:
        book, district = listed_book(folder, kept.book), kept.district
    state = book.book.state
    if state.season != "drawn":
        raise InputError([Fault("lists.before_draw", "journal.jsonl")])
    held = ["", *(name for name, round_ in state.rounds.items() if round_.state == "confirmed")]
    seats = {child: school for school, pairs in book.holders(held).items() for child, _ in pairs}
    others = {child: party.state for party in state.parties.values() for child in party.children if child not in seats}
    others |= {child: "unconfirmed" for child, stands in others.items() if stands == "seated"}
    heads = {sha256(line).hexdigest(): seq for seq, line in enumerate(book.book.journal, start=1)}
    heads.pop(book.book.head, None)
    order = district.draw.order if district.draw else None
    marks = [*marks_of(district.policy), *((order_mark(order),) if order else ())]
    return NoticeList(
        book.book.head, heads, dict(sorted(seats.items())), others | dict(state.left_early), _schools(district),
        _names(folder), marks, _letters(district), folder,
    )  # fmt: skip


def _schools(district: District) -> Mapping[str, Text]:
    """Names of the schools in both languages."""
    zh, en = school_names(district, "zh"), school_names(district, "en")
    return {school: Text(zh[school], en[school]) for school in zh}


def _names(folder: Path) -> Mapping[str, str]:
    """Names in full, without numbers that look like a card's."""
    return {one.applicant_id: without_card_numbers(one.name) for one in read_persons(folder).values() if one.name}


def _letters(district: District) -> LetterValues:
    return district.policy.letters or LetterValues()
