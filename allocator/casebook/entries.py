"""Entries of the book as a clerk makes them: the fields of each event, and an event made of what was given.

The forms of events are those of office-procedure.md section 9. Digests, and all else that the program knows better
than a clerk, are filled in by the desk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from allocator.book import FORMS
from allocator.casebook.private_words import FREE_TEXTS
from allocator.ground import TEXTS
from allocator.reading import Holds, InputColumn

EVENTS: tuple[str, ...] = tuple(FORMS)
"""Types of events, in the order of the season."""
ENVELOPE = ("at", "by", "role", "type")
OWN_COMMAND = ("season_opened", "determined", "frozen", "unfrozen", "drawn", "locks_written")
"""Events that go with files or must be alone: each has a command, and none may stand in a table of events."""

FILLED: Mapping[str, tuple[str, ...]] = {
    **{kind: tuple(FORMS[kind].fields) for kind in OWN_COMMAND if kind != "unfrozen"},
    "signed_off": ("digest",),
    "part_withdrawn": ("then",),
}
"""Fields that the program fills in, by type of event."""

MAY_BE_EMPTY: Mapping[str, tuple[str, ...]] = {
    "late_intake": ("registered_school",),
    "reclassification": ("registered_school",),
    "revocation": ("zone",),
    "objection_closed": ("school",),
    "ruling": ("school",),
}
"""Fields that may be left out, by type of event."""

CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("withdrawal", "then"): ("leave", "stay"),
    ("part_withdrawn", "then"): ("leave",),
    ("revocation", "then"): ("adjust", "return_home"),
    ("revocation", "ground"): ("false_papers", "hidden_home", "forged_papers", "sham_residence"),
    ("objection_closed", "result"): ("rejected", "upheld"),
    ("ruling", "decision"): ("place", "adjust", "dismiss"),
    ("season_opened", "stage"): ("primary", "junior"),
}
"""Words of a field, by type of event and field."""

_TYPES = tuple((TEXTS[f"book.event.{kind}"][0], kind) for kind in FORMS)
TYPE_WORDS: Mapping[str, str] = {**dict(_TYPES), "裁定": "ruling", "publicity": "publicity_opened"}
"""Other words for a type of event: the Chinese ones, and a short one."""

_THEN = (("放弃", "leave"), ("保留报名", "stay"), ("调剂", "adjust"), ("回户籍地", "return_home"))
_GROUNDS = (
    ("虚假材料", "false_papers"), ("隐瞒住房", "hidden_home"), ("伪造证件", "forged_papers"),
    ("虚假居住", "sham_residence"),
)  # fmt: skip
_RESULTS = (("不成立", "rejected"), ("成立", "upheld"))
_DECISIONS = (("给予学位", "place"), ("调剂", "adjust"), ("不予受理", "dismiss"))
_ROLES = tuple((TEXTS[f"book.role.{role}"][0], role) for role in FORMS["note"].roles)


def _column(name: str, chinese: str, holds: Holds, words: tuple[tuple[str, str], ...] = ()) -> InputColumn:
    return InputColumn(name, chinese, holds, optional=name not in ENVELOPE, words=words, exact=True)


COLUMNS: tuple[InputColumn, ...] = (
    _column("at", "时间", Holds.TIME),
    _column("by", "经办人", Holds.ID),
    _column("role", "岗位", Holds.WORD, _ROLES),
    _column("type", "事件", Holds.WORD, tuple(TYPE_WORDS.items())),
    _column("round", "批次", Holds.ID),
    _column("first_day", "公示首日", Holds.DATE),
    _column("last_day", "公示末日", Holds.DATE),
    _column("objection", "异议编号", Holds.ID),
    _column("party", "报名户", Holds.ID),
    _column("children", "学生", Holds.TEXT),
    _column("then", "去向", Holds.WORD, _THEN),
    _column("ground", "情形", Holds.WORD, _GROUNDS),
    _column("result", "答复", Holds.WORD, _RESULTS),
    _column("decision", "决定", Holds.WORD, _DECISIONS),
    _column("category", "类别", Holds.ID),
    _column("zone", "学区", Holds.ID),
    _column("registered_school", "登记学校", Holds.ID),
    _column("school", "学校编号", Holds.ID),
    _column("seats", "学位数", Holds.NUMBER),
    _column("annuls", "更正序号", Holds.NUMBER),
    _column("reason", "事由", Holds.TEXT),
    _column("text", "内容", Holds.TEXT),
)
"""Columns of a table of events: the envelope, then every field that a clerk fills in."""

CHINESE_WORDS: Mapping[str, Mapping[str, str]] = {column.name: dict(column.words) for column in COLUMNS}
"""By field: the Chinese words that are read, with what an event says for each."""
_HOLDS: Mapping[str, Holds] = {column.name: column.holds for column in COLUMNS}
_EXPECTED: Mapping[Holds, str] = {
    Holds.ID: "book.expected.id", Holds.TEXT: "book.expected.text", Holds.DATE: "book.expected.day",
    Holds.NUMBER: "book.expected.number", Holds.TIME: "book.expected.time",
}  # fmt: skip
_EXPECTED_OF: Mapping[str, str] = {
    "round": "book.expected.round", "school": "book.expected.school", "registered_school": "book.expected.school",
    "zone": "book.expected.zone",
}  # fmt: skip


class FieldFault(NamedTuple):
    """What is wrong with a field: the code of the fault, what stands there, and its further words."""

    field: str
    code: str
    value: str = ""
    words: Mapping[str, str] = {}


def entry_fields(kind: str) -> tuple[str, ...]:
    """Return the fields of a type of event that a clerk fills in."""
    return tuple(name for name in FORMS[kind].fields if name not in FILLED.get(kind, ()))


def made_entry(kind: str, given: Mapping[str, str]) -> tuple[Mapping[str, object], list[FieldFault]]:
    """Return an event made of texts, and what is wrong with them.

    Parameters
    ----------
    kind : str
        Type of the event.
    given : mapping of str to str
        Envelope and fields; those not in it, or empty, were not given. Fields that the program fills in may stand in
        it as they are.
    """
    filled = ("then",) if kind == "part_withdrawn" else ()
    given = {**given, **dict.fromkeys(filled, "leave"), "type": kind}
    event: dict[str, object] = {}
    faults: list[FieldFault] = []
    for name in (*ENVELOPE, *FORMS[kind].fields):
        value = given.get(name, "")
        if not value and name in FILLED.get(kind, ()):
            continue
        if not value and name not in MAY_BE_EMPTY.get(kind, ()):
            faults.append(FieldFault(name, "book.field.missing"))
        else:
            event[name] = _value(kind, name, value)
            faults += _field_faults(kind, name, event[name], value)
    faults += [FieldFault(name, "book.field.unused", _told(name, value)) for name, value in _unused(kind, given)]
    if not faults and not FORMS[kind].together(event):
        faults.append(FieldFault("zone" if kind == "revocation" else "school", f"book.field.together.{kind}"))
    return event, faults


def _unused(kind: str, given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the fields that were given and are none of the event's."""
    known = {*ENVELOPE, *FORMS[kind].fields}
    return ((name, value) for name, value in given.items() if value and name not in known)


def _value(kind: str, name: str, value: str) -> object:
    """Return a field as an event has it: whole numbers as such, lists of ids sorted, all else as text."""
    if kind == "part_withdrawn" and name == "children":
        parts = value.replace(",", ";").replace("，", ";").replace("；", ";").split(";")
        return ";".join(sorted({part.strip() for part in parts if part.strip()}))
    is_number = name in ("seats", "annuls", "year", "held") or (kind, name) == ("late_intake", "children")
    return int(value) if is_number and value.isascii() and value.isdigit() and len(value) < 10 else value


def _field_faults(kind: str, name: str, value: object, text: str) -> Iterator[FieldFault]:
    """Yield the fault of a field whose value has not the form that the event wants."""
    test = FORMS[kind].fields.get(name)
    if test is None or test(value):
        return
    if words := CHOICES.get((kind, name)):
        chinese = {english: zh for zh, english in CHINESE_WORDS[name].items()}
        told = "、".join(f"{chinese[word]}（{word}）" for word in words)
        yield FieldFault(name, "book.expected.word", text, {"expected": " | ".join(words), "expected_zh": told})
    elif (kind, name) == ("late_intake", "children"):
        yield FieldFault(name, "book.expected.children", text)
    elif name == "children":
        yield FieldFault(name, "book.expected.ids", text)
    else:
        yield FieldFault(name, _EXPECTED_OF.get(name, _EXPECTED[_HOLDS[name]]), _told(name, text))


def _told(name: str, value: str) -> str:
    """Return a value as a fault may repeat it; a free text may name a person and is repeated by none."""
    return "" if name in FREE_TEXTS else value
