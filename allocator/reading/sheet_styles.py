"""Styles of a workbook under which people see something else than stands in the cell, or nothing.

A style (``xf``) is a number that cells refer to. Told are: text struck through, which means "not there" to whoever
struck it; text that cannot be seen, white on white or with the number format ``;;;``; numbers shown as others, in
percent or in thousands.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree

_WHITE_INDEXES = {"1", "9", "65"}
_BUILT_IN_PERCENT = {"9", "10"}
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


class Styles(NamedTuple):
    """Numbers of the styles that deceive.

    Attributes
    ----------
    struck, unseen, other_number : frozenset of bytes
        As cells name them.
    """

    struck: frozenset[bytes] = frozenset()
    unseen: frozenset[bytes] = frozenset()
    other_number: frozenset[bytes] = frozenset()


def deceiving_styles(raw: bytes) -> Styles:
    """Return the styles of ``xl/styles.xml`` that deceive; the caller has seen that it holds no entities."""
    root = ElementTree.fromstring(raw)  # noqa: S314  (no DOCTYPE, as sheet_check has seen)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    fonts, fills = root.findall("fonts/font"), root.findall("fills/fill")
    formats = {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.findall("numFmts/numFmt")}
    struck, unseen, other = set(), set(), set()
    for number, style in enumerate(root.findall("cellXfs/xf")):
        name = str(number).encode("ascii")
        font, fill = _at(fonts, style.get("fontId")), _at(fills, style.get("fillId"))
        code = formats.get(style.get("numFmtId", ""), "")
        if _is_on(font, "strike"):
            struck.add(name)
        if (_is_white_text(font) and _is_white_fill(fill)) or (code and not code.replace(";", "").strip()):
            unseen.add(name)
        if style.get("numFmtId") in _BUILT_IN_PERCENT or _shows_another_number(code):
            other.add(name)
    return Styles(frozenset(struck), frozenset(unseen), frozenset(other))


def struck_texts(raw: bytes) -> frozenset[bytes]:
    """Return the numbers of the shared texts of which a part is struck through."""
    struck, number = set(), -1
    for tag in re.finditer(rb"<(?:\w+:)?(si|strike)\b([^>]*)>", raw):
        if tag[1] == b"si":
            number += 1
        elif not re.search(rb"""val\s*=\s*["'](0|false)["']""", tag[2]):
            struck.add(str(number).encode("ascii"))
    return frozenset(struck)


def _at(elements: list[ElementTree.Element], index: str | None) -> ElementTree.Element | None:
    """Return an element by its number; None if there is no such one."""
    number = int(index) if index is not None and index.isdecimal() else -1
    return elements[number] if 0 <= number < len(elements) else None


def _is_on(font: ElementTree.Element | None, name: str) -> bool:
    """Whether a property of a font is there and not switched off."""
    found = None if font is None else font.find(name)
    return found is not None and found.get("val", "1") not in ("0", "false")


def _is_white_text(font: ElementTree.Element | None) -> bool:
    """Whether the colour of a font is white."""
    return font is not None and _is_white(font.find("color"))


def _is_white(colour: ElementTree.Element | None) -> bool:
    """Whether a colour is white: by value, by the theme's background, or by number."""
    if colour is None or float(colour.get("tint", "0") or 0):
        return False
    rgb = colour.get("rgb", "").upper()
    return rgb[-6:] == "FFFFFF" or colour.get("theme") == "0" or colour.get("indexed") in _WHITE_INDEXES


def _is_white_fill(fill: ElementTree.Element | None) -> bool:
    """Whether a cell has no colour, or white."""
    pattern = None if fill is None else fill.find("patternFill")
    if pattern is None:
        return fill is None or fill.find("gradientFill") is None
    kind = pattern.get("patternType", "none")
    return kind == "none" or (kind == "solid" and _is_white(pattern.find("fgColor")))


def _shows_another_number(code: str) -> bool:
    """Whether a number format shows percent, or thousands as ones."""
    plain = _QUOTED.sub("", code)
    return "%" in plain or _SCALED.search(plain) is not None
