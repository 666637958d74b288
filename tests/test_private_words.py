"""Texts of events that name a person are refused: names, cards and telephones, however they are written."""

from __future__ import annotations

import pytest

from allocator.casebook.persons import NamedPerson
from allocator.casebook.private_words import PrivateWords, private_word_faults

KNOWN = PrivateWords([
    NamedPerson(
        "1001", "欧阳小明", "F", "110105201703071238", "艾合买提·买买提", "0475-8271234", "和平路 5 号"
    ),
    NamedPerson("1002", "Li Na", "F", "E12345678", "王", "18800001111; 8599999"),
])  # fmt: skip


@pytest.mark.parametrize(("text", "kinds"), [
    ("欧阳小明的家长申请复核", ("name",)),
    ("欧 阳 小-明", ("name",)),
    ("艾合买提买买提来电", ("name",)),
    ("LI NA asks", ("name",)),
    ("final nagging", ()),
    ("王老师核对", ()),
    ("11010520170307123８", ("card",)),
    ("证号110105 20170307 123 8，请核", ("card",)),
    ("110105-201703-071238", ("card",)),
    ("１１０１０５２０１７０３０７１２３８", ("card",)),
    ("护照 e1234-5678", ("card",)),
    ("15010219170307 3", ()),
    ("150102191703073", ("card",)),
    ("440524188001010014", ("card",)),
    ("11010519491231002x", ("card",)),
    ("电话 0475 827 1234", ("telephone",)),
    ("８２７１２３４", ()),
    ("04758271234", ("telephone",)),
    ("139 0000 0000", ("telephone",)),
    ("13900000000", ("telephone",)),
    ("+86 139-0000-0000", ("telephone",)),
    ("1390\u200b0000000", ("telephone",)),
    ("8599999", ("telephone",)),
    ("2023-07-28 2023-08-01 两日公示", ()),
    ("报名号 1001，第 12 批，2023 年 7 月 28 日 10:30 收到，附件 3 页", ()),
    ("", ()),
    ("欧阳小明 13900000000", ("name", "telephone")),
])  # fmt: skip
def test_what_a_text_holds(text: str, kinds: tuple[str, ...]) -> None:
    """Names, known numbers and numbers of the form, spaced, wide or whole; dates and words are none."""
    assert KNOWN.kinds(text) == kinds


def test_faults_name_the_field_and_never_the_value() -> None:
    """The option where one event is typed, file and row where many are read; ``text`` and ``reason`` alone."""
    events = [
        {"type": "note", "text": "欧阳小明"},
        {"type": "withdrawal", "party": "欧阳小明", "reason": "13900000000"},
    ]
    first, second = private_word_faults(KNOWN, events)
    assert (first.code, first.file, first.row, first.value) == ("book.private.name", "--text", 0, "")
    assert (second.code, second.file, second.value) == ("book.private.telephone", "--reason", "")
    found = list(private_word_faults(KNOWN, events, {0: ("events.csv", 2), 1: ("events.csv", 3)}))
    assert [(f.file, f.row, f.column, f.value) for f in found] == [
        ("events.csv", 2, "text", ""), ("events.csv", 3, "reason", ""),
    ]  # fmt: skip
    assert list(private_word_faults(PrivateWords(()), events[:1])) == []
