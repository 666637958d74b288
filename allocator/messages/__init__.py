"""Every text that an office or a family sees, in Chinese and English, by stable code.

A text is a pair ``(zh, en)`` with ``{name}`` fields. The tables stand in one file per subject; a test holds that
both languages are complete and use the same fields.
"""

from __future__ import annotations

from typing import Literal

from allocator.errors import Fault
from allocator.messages import agreement, checking, cli, draw, explain, generator, lists, policy, reading

Language = Literal["zh", "en"]

TEXTS: dict[str, tuple[str, str]] = {
    **policy.TEXTS,
    **reading.TEXTS,
    **draw.TEXTS,
    **generator.TEXTS,
    **agreement.TEXTS,
    **checking.TEXTS,
    **lists.TEXTS,
    **explain.TEXTS,
    **cli.TEXTS,
}


def text(code: str, language: Language, **params: object) -> str:
    """Return the text of a code with its fields filled in.

    Parameters
    ----------
    code : str
        A key of ``TEXTS``.
    language : {"zh", "en"}
        Which of the two texts.
    **params : object
        Values of the ``{name}`` fields.

    Raises
    ------
    KeyError
        If the code or one of its fields is not known: a fault of the program, not of its user.
    """
    return TEXTS[code][0 if language == "zh" else 1].format(**params)


def fault_text(fault: Fault, language: Language) -> str:
    """Return one line for a fault: file, row, column, value, what is wrong and what was expected."""
    place = fault.file
    if fault.row:
        place += text("fault.row", language, row=fault.row)
    if fault.column:
        place += text("fault.column", language, column=fault.column)
    value = text("fault.value", language, value=fault.value) if fault.value else ""
    return f"{place}{value}: {text(fault.code, language, **fault.params)} [{fault.code}]"
