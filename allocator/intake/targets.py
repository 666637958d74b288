"""What a column of an export can become: the columns that intake writes.

A column of an export is mapped to a *target*: ``table.column``, or ``table:slot.column`` where one row tells of several
of a kind (``guardians:father.work_start``, ``owners:1.share``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from allocator.intake.cell_readers import Reads
from allocator.reading import LAYOUTS, Holds, InputColumn
from allocator.reading.office.layout import CATEGORIES, KEYS, OFFICE_LAYOUTS, YES_NO

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


def target_of_text(text: str) -> Target | None:
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


def columns_of_targets(table: str) -> tuple[str, ...]:
    """Return the columns of a table as they are written."""
    return tuple(name for name, column in COLUMNS[table].items() if not column.helps)


def key_columns_of_targets(table: str) -> tuple[str, ...]:
    """Return the columns that name a row of a table; all of them where it has no key."""
    return _KEYS.get(table) or columns_of_targets(table)
