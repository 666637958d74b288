"""How the cells of an export are read, by what their column holds.

A reader takes the text of a cell, made plain, and gives the text that the table holds, or raises ``UnreadableError``
with the code of what is wrong. Nothing is guessed: a date without its century or with the day in front is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from unicodedata import category, normalize

from allocator.reading import Holds, table_cell_problem

LISTED = re.compile(r"[、,;，；\n]+")
"""What stands between the items of a list."""
LONG_DIGITS = re.compile(r"[0-9]{15}")
"""A number of a person, whichever it is: no id (office-procedure.md 0)."""
LOST_DIGITS = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]{2,3}")
"""A number of which a spreadsheet keeps fifteen digits."""

_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?", re.ASCII)
_DAY_OF_TIME = re.compile(r"(.*?)[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"[3-6]\d{4}", re.ASCII)
_FIRST_DAY = date(1899, 12, 30)
"""The day 0 of Excel, whose year 1900 has a day too many."""
_WHOLE = re.compile(r"(\d{1,6})(?:\.0+)?", re.ASCII)
_SHARE = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?0*%?", re.ASCII)
_YES = {"yes", "y", "true", "是", "有", "√", "✓", "✔", "对"}
_NO = {"no", "n", "false", "否", "无", "没有", "×", "✗", "不是"}


class Reads(Enum):
    """How the cells of a column are read."""

    ID = "id"
    IDS = "ids"
    DATE = "date"
    TIME = "time"
    WHOLE = "whole"
    SHARE = "share"
    YES = "yes"
    WORD = "word"
    WORDS = "words"
    SCHOOL = "school"
    SCHOOLS = "schools"
    ZONE = "zone"
    PLACE = "place"
    PERSON = "person"  # of a person: never shown
    TEXT = "text"


class UnreadableError(ValueError):
    """A cell that cannot be read; its text is the code of what is wrong."""


def plain_cell(text: str) -> str:
    """Return a cell's text without what makes no difference: full-width forms, space around, what cannot be seen."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = (c for c in normalize("NFKC", text) if category(c) not in ("Cc", "Cf") or c in "\n\t")
    return "".join(kept).strip()


def word_key(text: str) -> str:
    """Return a text as words and names are compared: plain, without any space, small letters."""
    return "".join(plain_cell(text).split()).casefold()


def read_date(text: str) -> str:
    """Return a date as ``YYYY-MM-DD``.

    Read are 2023-06-01, 2023/6/1, 2023.6.1, 2023年6月1日 and 20230601, each with or without a time of day, and the
    number of a day in Excel.
    """
    at = _DAY_OF_TIME.fullmatch(text)
    day = "".join((at[1] if at else text).split())
    found = _DATE.fullmatch(day) or _COMPACT.fullmatch(day)
    if found is None:
        if _SERIAL.fullmatch(day):
            return (_FIRST_DAY + timedelta(days=int(day))).isoformat()
        raise UnreadableError("intake.date")
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError as error:
        raise UnreadableError("intake.no_such_day") from error


def is_serial_date(text: str) -> bool:
    """Whether a date is the number of a day in Excel."""
    return _SERIAL.fullmatch(text.strip()) is not None


def read_time(text: str) -> str:
    """Return a date and time of day as ``YYYY-MM-DDThh:mm:ss``; seconds may be missing."""
    found = re.fullmatch(r"(\S+?)[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?", text, re.ASCII)
    if found is None or int(found[2]) > 23 or int(found[3]) > 59 or int(found[4] or 0) > 59:
        raise UnreadableError("intake.time")
    return f"{read_date(found[1])}T{int(found[2]):02}:{found[3]}:{found[4] or '00'}"


def read_whole(text: str) -> str:
    """Return a whole number; what is counted may stand behind it (6个月)."""
    found = _WHOLE.fullmatch("".join(text.split()).removesuffix("月").removesuffix("个"))
    if found is None:
        raise UnreadableError("intake.whole")
    return str(int(found[1]))


def read_share(text: str) -> str:
    """Return a share in per cent, above 0, with two decimals at most; ``%`` may stand behind it."""
    found = _SHARE.fullmatch("".join(text.split()))
    value = Decimal(found[1] + "." + (found[2] or "0")) if found else Decimal(0)
    if not 0 < value <= 100:
        raise UnreadableError("intake.share")
    return format(value.normalize(), "f")


def read_yes(text: str) -> str:
    """Return ``yes`` or ``no``."""
    word = word_key(text)
    if word in _YES or word in _NO:
        return "yes" if word in _YES else "no"
    raise UnreadableError("intake.yes_or_no")


def read_id(text: str) -> str:
    """Return an id; one with fifteen digits in a row, or whose last digits a spreadsheet has cut off, is none."""
    if LOST_DIGITS.fullmatch(text):
        raise UnreadableError("intake.lost_digits")
    if LONG_DIGITS.search(text):
        raise UnreadableError("intake.long_number")
    if wrong := table_cell_problem(text, Holds.ID):
        raise UnreadableError(wrong)
    return text


def read_coordinate(text: str) -> str:
    """Return a coordinate as it stands."""
    if wrong := table_cell_problem(text, Holds.PLACE):
        raise UnreadableError(wrong)
    return text


def read_text(text: str) -> str:
    """Return a text on one line, in which no formula and no number of a person can stand."""
    line = " ".join(text.split())
    if wrong := table_cell_problem(line, Holds.NAME):
        raise UnreadableError(wrong)
    return line


def read_person(text: str) -> str:
    """Return what is said of a person on one line; a sign of a formula in front is refused."""
    line = " ".join(text.split())
    if (line and normalize("NFKC", line[0]) in ("=", "-", "@")) or re.match(r"\+(?![0-9 -]{5,20}$)", line):
        raise UnreadableError("cell.formula")
    return line


def read_list(text: str, item: Callable[[str], str], *, once: bool = True) -> str:
    """Return the items of a list joined by ``;``, each read for itself; unless ``once`` is false, none twice."""
    items = [item(part.strip()) for part in LISTED.split(text) if part.strip()]
    return ";".join(dict.fromkeys(items) if once else items)


def word_reader(words: Mapping[str, str], code: str) -> Callable[[str], str]:
    """Return the reader of fixed words: each word as it is meant, and the meanings themselves."""
    known = {word_key(word): meaning for word, meaning in words.items()}
    known |= {word_key(meaning): meaning for meaning in words.values()}

    def read(text: str) -> str:
        """Return what a word means."""
        try:
            return known[word_key(text)]
        except KeyError:
            raise UnreadableError(code) from None

    return read


READERS: Mapping[Reads, Callable[[str], str]] = {
    Reads.ID: read_id,
    Reads.IDS: lambda text: read_list(text, read_id),
    Reads.DATE: read_date,
    Reads.TIME: read_time,
    Reads.WHOLE: read_whole,
    Reads.SHARE: read_share,
    Reads.YES: read_yes,
    Reads.PLACE: read_coordinate,
    Reads.PERSON: read_person,
    Reads.TEXT: read_text,
}
"""Readers of the columns that need to know nothing but the cell."""
