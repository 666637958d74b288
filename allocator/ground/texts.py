"""The words of every code that an office or a family sees, in Chinese and English.

A text is a pair ``(zh, en)`` with ``{name}`` fields. In English ``{name:child/children}`` is the first word where the
field is 1, else the second. The tables stand in ``allocator/messages``, one file per subject; a test holds that both
languages are complete and use the same fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal

from allocator import messages
from allocator.ground.errors import Fault
from allocator.ground.plain_text import without_card_numbers
from allocator.messages.reading import REASONS

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
ListLanguages = Literal["zh", "en", "both"]
"""Languages of what is written for people: lists, workbook, pages."""

TEXTS: dict[str, tuple[str, str]] = {
    code: words
    for module in iter_modules(messages.__path__)
    for code, words in import_module(f"{messages.__name__}.{module.name}").TEXTS.items()
}
"""Every file of ``messages`` has a table of its own; no code stands in two of them, which a test holds."""


def text(code: str, language: Language, **params: object) -> str:
    """Return the text of a code with its fields filled in.

    Raises
    ------
    KeyError
        If the code or one of its fields is not known: a fault of the program, not of its user.
    """
    if language == "zh" and "reason" in params:
        params["reason"] = REASONS.get(str(params["reason"]), params["reason"])
    if language == "zh" and "expected_zh" in params:  # the Chinese words that are read, where there are some
        params["expected"] = params["expected_zh"]
    zh, en = TEXTS[code]
    return zh.format(**params) if language == "zh" else _numbered(en, params).format(**params)


def _numbered(words: str, params: Mapping[str, object]) -> str:
    """Choose between singular and plural."""
    return _NUMBERED.sub(lambda found: found[2 if str(params[found[1]]) == "1" else 3], words)


_NUMBERED = re.compile(r"\{(\w+):([^{}/]*)/([^{}/]*)\}")


@dataclass(frozen=True, slots=True)
class Written:
    """How something written for people says a thing: in one language, or in both, Chinese first."""

    lists: ListLanguages = "both"

    @property
    def first(self) -> Language:
        """The language of what can stand in one language only, such as the name of a sheet."""
        return "en" if self.lists == "en" else "zh"

    def names(self, zh: str, en: str, separator: str = " · ") -> str:
        """Return what has a name in each language; once where they are equal, the other one where one is missing."""
        chosen = {"zh": (zh or en,), "en": (en or zh,), "both": (zh, en)}[self.lists]
        return separator.join(dict.fromkeys(part for part in chosen if part))

    def text(self, code: str, separator: str = " · ", **params: object) -> str:
        """Return the text of a code."""
        return self.names(text(code, "zh", **params), text(code, "en", **params), separator)


BOTH = Written()
"""Both languages."""


_OF_CELLS = {"draw.changed_cell", "proof.differs"}
_OF_WORDS = {"status", "jurisdiction", "审核状态", "招生管辖"}
_WORDS_ZH = {"verified": "已审核", "late": "迟报", "blacklisted": "失信", "own": "区属", "external": "外区"}
"""Fixed words of the canonical tables as an office writes them, told beside each other in Chinese messages."""


_OF_ORDERS = {
    "rank": "名次", "id": "报名户", "size": "人数", "ticket": "摇号随机号", "result": "结果", "group": "优先组",
    "applicant_id": "报名号", "school_id": "学校编号", "phase": "阶段", "outcome": "结果", "draw_id": "摇号",
}  # fmt: skip
"""Columns of draw-roster.csv, draws/ and assignment.csv, as an office calls them."""
_OF_PUBLIC = {"number": "报名号", "masked_name": "姓名", "batch": "批次", "rank": "名次", "ticket": "摇号随机号"}
"""Columns of public lists, as families read them; those of the cut-offs have texts of their own."""


def _column(fault: Fault, language: Language) -> str:
    """Return what a fault calls its column: of what is published, in Chinese, the office's word first."""
    name = fault.column
    if language == "zh" and fault.file.startswith(("lists/", "rounds/", "cutoffs")):
        word = _OF_PUBLIC.get(name) or TEXTS.get(f"family.column_{name}", (_OF_ORDERS.get(name, ""),))[0]
        return f"{word}（{name}）" if word else name
    if language == "zh" and fault.file.startswith(("lists", "office")):
        return TEXTS.get(f"list.column.{name}", (name,))[0]
    if language == "zh" and fault.file.startswith(("draw-roster", "draws/", "assignment")) and name in _OF_ORDERS:
        return f"{_OF_ORDERS[name]}（{name}）"
    return name


def fault_text(fault: Fault, language: Language) -> str:
    """Return one line for a fault: file, row, column, value, what is wrong and what was expected.

    Identity-card numbers are masked wherever they stand; the digits of witnesses (column ``source``) are public.
    """
    hide: Callable[[str], str] = str if fault.column == "source" else without_card_numbers
    place = hide(fault.file)
    if fault.row:
        place += text("fault.row", language, row=fault.row)
    if fault.column:
        place += text("fault.column", language, column=hide(_column(fault, language)))
    value = text("fault.value", language, value=hide(fault.value)) if fault.value else ""
    words = {name: hide(word) for name, word in fault.params.items()}
    if language == "zh" and fault.code in _OF_CELLS and fault.column in _OF_WORDS:
        words |= {name: f"{_WORDS_ZH[word]}({word})" for name, word in words.items() if word in _WORDS_ZH}
    if word := TEXTS.get(f"family.column_{words.get('column')}"):
        words["column"] = word[language != "zh"]
    return f"{place}{value}: {text(fault.code, language, **words)} [{fault.code}]"
