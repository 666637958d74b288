"""Notices held against the list: valid, or what differs; every comparison of codes takes the same time."""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from allocator.domain import Text
from allocator.public.notices import BEGINNING, CODE_DIGITS, NoticeList, notice_code

VALID = ("valid", "valid_earlier")


class ToldNotice(NamedTuple):
    """What a notice says; ``form`` is what could not be read, empty where all could."""

    applicant_id: str = ""
    school_id: str = ""
    code: str = ""
    form: str = ""


class NoticeVerdict(NamedTuple):
    """What is found of a notice.

    Attributes
    ----------
    result : str
        ``valid``, ``valid_earlier`` (of a book: made at an earlier event, and still so), ``unknown_child``,
        ``no_seat``, ``other_school``, ``other_list``, ``wrong_code`` or ``form``.
    applicant_id, told : str
        As on the notice; the school as it says.
    school_id : str
        As on the list; empty where it has none.
    params : mapping
        Words of the message.
    """

    result: str
    applicant_id: str
    told: str
    school_id: str
    params: Mapping[str, object]

    @property
    def valid(self) -> bool:
        """Whether the notice is good."""
        return self.result in VALID


def told_notices(words: Sequence[str]) -> Iterator[ToldNotice]:
    """Read what notices say: words of QR codes, or number, school and code one after the other.

    Parameters
    ----------
    words : sequence of str
        As typed or scanned: space anywhere, capital and small letters, and groups of the code make no difference.
    """
    rest: list[str] = []
    for word in map(_plain, words):
        if "|" not in word:
            rest += word.replace(",", " ").replace("\t", " ").split()
            continue
        yield from _typed(rest)
        rest = []
        parts = ["".join(part.split()) for part in word.split("|")]
        if len(parts) == 4 and parts[0].casefold() == BEGINNING and all(parts):
            yield ToldNotice(parts[1], parts[2], _as_code(parts[3]))
        else:
            yield ToldNotice(form=word)
    yield from _typed(rest)


def _typed(words: Sequence[str]) -> Iterator[ToldNotice]:
    """Read notices typed word by word; groups of a code are joined until it is whole."""
    at = 0
    while at < len(words):
        if len(words) - at < 3:
            yield ToldNotice(form=" ".join(words[at:]))
            return
        code, end = _as_code(words[at + 2]), at + 3
        while len(code) < CODE_DIGITS and end < len(words) and len(code + _as_code(words[end])) <= CODE_DIGITS:
            code, end = code + _as_code(words[end]), end + 1
        yield ToldNotice(words[at], words[at + 1], code)
        at = end


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip()


def _as_code(words: str) -> str:
    """A code without groups, in capitals."""
    return "".join(words.split()).replace("-", "").upper()


def check_notices(found: NoticeList, key: bytes, told: Iterable[ToldNotice]) -> list[NoticeVerdict]:
    """Return whether notices are as the list has them, or what differs.

    All codes that could be right are made and compared, each in constant time, whatever the notice says.
    """
    children, schools = _by_fold(found.seats.keys() | found.others.keys()), _by_fold(found.schools)
    return [_checked(found, key, one, children, schools) for one in told]


def _checked(
    found: NoticeList, key: bytes, told: ToldNotice, children: Mapping[str, str], schools: Mapping[str, str]
) -> NoticeVerdict:
    """What is found of one notice, with the names of children and schools by their small letters."""
    if told.form:
        return NoticeVerdict("form", "", "", "", {"value": told.form})
    child = children.get(told.applicant_id.casefold(), told.applicant_id)
    school = schools.get(told.school_id.casefold(), told.school_id)
    given = told.code.encode("utf-8")
    own = hmac.compare_digest(notice_code(key, child, school, found.digest).encode(), given)
    earlier = [
        event
        for digest, event in found.earlier.items()
        if hmac.compare_digest(notice_code(key, child, school, digest).encode(), given)
    ]
    seat = found.seats.get(child, "")
    params: dict[str, object] = {"id": child, "school": _name(found, seat), "told": _name(found, school)}
    if not seat:
        params["stands"] = found.others.get(child, "")
        return NoticeVerdict("no_seat" if child in found.others else "unknown_child", child, school, "", params)
    if school != seat:
        return NoticeVerdict("other_school", child, school, seat, params)
    if own:
        return NoticeVerdict("valid", child, school, seat, params)
    if earlier and (event := max(earlier)):
        return NoticeVerdict("valid_earlier", child, school, seat, {**params, "event": event})
    return NoticeVerdict("other_list" if earlier else "wrong_code", child, school, seat, params)


def _by_fold(names: Iterable[str]) -> dict[str, str]:
    """Names by their small letters; of two that differ by nothing else none is meant."""
    found: dict[str, str] = {}
    for name in sorted(names):
        found[name.casefold()] = "" if name.casefold() in found else name
    return {fold: name for fold, name in found.items() if name}


def _name(found: NoticeList, school: str) -> Text | str:
    """What people call a school."""
    return found.schools.get(school, school)
