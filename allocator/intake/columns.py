"""What a column of an export can become: the columns that intake writes, and how the cells of each are read.

A column of an export is mapped to a *target*: ``table.column``, or ``table:slot.column`` where one row tells of several
of a kind (``guardians:father.work_start``, ``owners:1.share``). A reader takes the text of a cell, made plain, and
gives the text that the table holds, or raises ``UnreadableError`` with the code of what is wrong. Nothing is guessed: a
date without its century or with the day in front is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import NamedTuple
from unicodedata import category, normalize

from allocator.reading.layout import LAYOUTS, Holds, InputColumn
from allocator.reading.office.layout import CATEGORIES, KEYS, OFFICE_LAYOUTS, YES_NO
from allocator.reading.table import cell_problem

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


def plain(text: str) -> str:
    """Return a cell's text without what makes no difference: full-width forms, space around, what cannot be seen."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = (c for c in normalize("NFKC", text) if category(c) not in ("Cc", "Cf") or c in "\n\t")
    return "".join(kept).strip()


def word_key(text: str) -> str:
    """Return a text as words and names are compared: plain, without any space, small letters."""
    return "".join(plain(text).split()).casefold()


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


def is_serial(text: str) -> bool:
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
    if wrong := cell_problem(text, Holds.ID):
        raise UnreadableError(wrong)
    return text


def read_place(text: str) -> str:
    """Return a coordinate as it stands."""
    if wrong := cell_problem(text, Holds.PLACE):
        raise UnreadableError(wrong)
    return text


def read_text(text: str) -> str:
    """Return a text on one line, in which no formula and no number of a person can stand."""
    line = " ".join(text.split())
    if wrong := cell_problem(line, Holds.NAME):
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


def first_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a table of names; a name that stands for two things stands for none."""
    found: dict[str, str] = {}
    twice = set()
    for name, meaning in pairs:
        key = word_key(name)
        if found.setdefault(key, meaning) != meaning:
            twice.add(key)
    return {name: meaning for name, meaning in found.items() if name and name not in twice}


READERS: Mapping[Reads, Callable[[str], str]] = {
    Reads.ID: read_id,
    Reads.IDS: lambda text: read_list(text, read_id),
    Reads.DATE: read_date,
    Reads.TIME: read_time,
    Reads.WHOLE: read_whole,
    Reads.SHARE: read_share,
    Reads.YES: read_yes,
    Reads.PLACE: read_place,
    Reads.PERSON: read_person,
    Reads.TEXT: read_text,
}
"""Readers of the columns that need to know nothing but the cell."""

PERSONS = "persons"
"""The table of persons, which is restricted."""
ROSTER = "applicants"
"""The table of those whose category was decided elsewhere."""
PARENTS = ("father", "mother", "guardian")
"""Slots of guardians that say the relation."""
LINKS = ("applicant_id", "family", "home")
"""Numbers by which the tables of one row belong together: given for one of them they hold for all."""


class TableColumn(NamedTuple):
    """One column that can be written.

    Attributes
    ----------
    name, chinese : str
        Its headings.
    reads : Reads
        How its cells are read.
    words : Mapping[str, str]
        Fixed words, each with its meaning.
    needed : bool
        Whether no row may leave it empty.
    helps : bool
        Whether it stands in no table, but makes a number for one that does.
    """

    name: str
    chinese: str
    reads: Reads
    words: Mapping[str, str] = {}
    needed: bool = False
    helps: bool = False


class Target(NamedTuple):
    """Where a column of an export goes."""

    table: str
    slot: str
    column: str

    def __str__(self) -> str:
        """Return it as ``columns.csv`` has it."""
        return f"{self.table}{':' if self.slot else ''}{self.slot}.{self.column}"

    @property
    def kind(self) -> TableColumn:
        """The column that is written."""
        return COLUMNS[self.table][self.column]

    @property
    def is_private(self) -> bool:
        """Whether its values are those of a person and are never shown."""
        return self.kind.reads is Reads.PERSON


_TARGET = re.compile(r"([a-z]+)(?::([a-z0-9]{1,20}))?\.([a-z_0-9]+)")


def target(text: str) -> Target | None:
    """Return the target that a text names, None if there is no such one."""
    found = _TARGET.fullmatch(text)
    if found is None or found[3] not in COLUMNS.get(found[1], {}):
        return None
    return Target(found[1], found[2] or "", found[3])


_HOLDS = {
    Holds.ID: Reads.ID, Holds.IDS: Reads.IDS, Holds.WORD: Reads.WORD, Holds.WORDS: Reads.WORDS, Holds.DATE: Reads.DATE,
    Holds.TIME: Reads.TIME, Holds.NUMBER: Reads.WHOLE, Holds.SHARE: Reads.SHARE, Holds.PLACE: Reads.PLACE,
    Holds.TEXT: Reads.TEXT, Holds.NAME: Reads.PERSON,
}  # fmt: skip
_SCHOOL = {"registered_school", "open_choice", "last_year_school", "preferential_school", "sibling_school"}
_SCHOOLS = {"voluntary_1", "voluntary_2", "preferred_diversion"}
_ZONE = {"zone", "hukou_zone"}
_ALSO: Mapping[str, Mapping[str, str]] = {
    "hukou_area": {"城区": "zone_urban", "农区": "zone_rural", "其他旗县": "other_tongliao", "外省": "elsewhere"},
    "hukou_kind": {"非农": "non_agri", "城镇": "non_agri", "集体户": "collective"},
    "tenure": {"自有住房": "owned", "租房": "rented", "租赁": "rented", "公租房": "public_rental"},
    "papers": {"户口本": "booklet"},
    "proof": {"房产证": "title", "产权证": "title", "购房合同": "filed_contract"},
    "relation": {"父亲": "father", "母亲": "mother"},
    "area": {"城区": "zone_urban", "农区": "zone_rural"},
}
"""Words of platforms besides those of the page."""
_CATEGORY = {
    **{f"{name}类": name for name in CATEGORIES}, **{name: name for name in CATEGORIES},
    "有户有房": "A", "三代同户": "B", "有户租房": "C", "外户有房": "D", "外户租房": "E",
    "农区户籍有房": "R1", "农区户籍": "R2", "农区租房": "R3",
}  # fmt: skip


def _column(listed: InputColumn) -> TableColumn:
    """Return a column of the reader's layout as intake reads it."""
    name, words = listed.name, {**dict(listed.words), **_ALSO.get(listed.name, {})}
    reads = _HOLDS[listed.holds]
    if listed.words == YES_NO:
        reads = Reads.YES
    elif name in ("category", "declared_category"):
        words = dict(_CATEGORY)
    elif name in _SCHOOL | _SCHOOLS | _ZONE:
        reads = Reads.SCHOOL if name in _SCHOOL else Reads.SCHOOLS if name in _SCHOOLS else Reads.ZONE
    elif name == "holder":
        reads = Reads.PERSON
    return TableColumn(name, listed.chinese, reads, words, listed.needed or name == "holder")


def _person(name: str, chinese: str, *, helps: bool = True) -> TableColumn:
    return TableColumn(name, chinese, Reads.PERSON, helps=helps)


_HELPERS: Mapping[str, tuple[TableColumn, ...]] = {
    "guardians": (_person("card", "身份证号"), _person("name", "姓名"), _person("telephone", "联系电话")),
    "homes": (_person("address", "住址"),),
}
_ROSTER_COLUMNS = tuple(
    _column(listed)._replace(needed=listed.name in ("applicant_id", "zone", "category", "status"))
    for listed in LAYOUTS["applicants"] if not listed.optional
)  # fmt: skip
_SEX = next(_column(listed) for listed in LAYOUTS["applicants"] if listed.name == "sex")
_PERSONS = (
    _ROSTER_COLUMNS[0], _person("name", "姓名", helps=False), _SEX, _person("card", "身份证号", helps=False),
    _person("guardian_name", "监护人姓名", helps=False), _person("telephone", "联系电话", helps=False),
    _person("address", "住址", helps=False), _person("platform_no", "平台编号", helps=False),
)  # fmt: skip
_WRITTEN = ("applications", "guardians", "homes", "owners", "checks", "locks", "blacklist", "special")

COLUMNS: Mapping[str, Mapping[str, TableColumn]] = {
    table: {column.name: column for column in listed}
    for table, listed in {
        **{name: (*map(_column, OFFICE_LAYOUTS[name]), *_HELPERS.get(name, ())) for name in _WRITTEN},
        "applicants": _ROSTER_COLUMNS,
        PERSONS: _PERSONS,
    }.items()
}
"""By table and name, in the order of the page."""
TABLES = tuple(COLUMNS)
"""What can be written, in the order in which it is told."""
_KEYS: Mapping[str, tuple[str, ...]] = {**KEYS, "applicants": ("applicant_id",), PERSONS: ("applicant_id",)}


def written(table: str) -> tuple[str, ...]:
    """Return the columns of a table as they are written."""
    return tuple(name for name, column in COLUMNS[table].items() if not column.helps)


def key_of(table: str) -> tuple[str, ...]:
    """Return the columns that name a row of a table; all of them where it has no key."""
    return _KEYS.get(table) or written(table)
