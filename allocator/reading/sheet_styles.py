"""Styles of a workbook under which people see something else than stands in the cell, or nothing.

A style (``xf``) is a number that cells refer to. Told are: text struck through, which means "not there" to whoever
struck it; text that cannot be seen, in the colour of its cell or with the number format ``;;;``; numbers shown as
others, in percent or in thousands.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree

_WHITE_INDEXES = {"1", "9", "65"}
_BLACK_INDEXES = {"0", "8", "64"}
_BUILT_IN_PERCENT = {"9", "10"}
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


class Styles(NamedTuple):
    """Numbers of the styles that deceive.

    Attributes
    ----------
    struck, unseen, other_number : frozenset of bytes
        As cells name them.
    conditional : frozenset of bytes
        As rules of conditional formats name them: what strikes through or hides wherever its rule holds.
    """

    struck: frozenset[bytes] = frozenset()
    unseen: frozenset[bytes] = frozenset()
    other_number: frozenset[bytes] = frozenset()
    conditional: frozenset[bytes] = frozenset()


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
        if _colour_of_text(font) == _colour_behind(fill) or _shows_nothing(code):
            unseen.add(name)
        if style.get("numFmtId") in _BUILT_IN_PERCENT or _shows_another_number(code):
            other.add(name)
    conditional = (n for n, rule in enumerate(root.findall("dxfs/dxf")) if _rule_deceives(rule))
    return Styles(
        frozenset(struck), frozenset(unseen), frozenset(other), frozenset(str(n).encode("ascii") for n in conditional)
    )


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


def _rule_deceives(rule: ElementTree.Element) -> bool:
    """Whether a conditional format strikes cells through or makes them unseen."""
    font, fill, shown = rule.find("font"), rule.find("fill"), rule.find("numFmt")
    pattern = None if fill is None else fill.find("patternFill")
    behind = "FFFFFF" if pattern is None else _colour(pattern.find("bgColor"), "FFFFFF")
    coloured = font is not None and font.find("color") is not None
    hides = coloured and _colour_of_text(font) == behind
    return _is_on(font, "strike") or hides or (shown is not None and _shows_nothing(shown.get("formatCode", "")))


def _colour_of_text(font: ElementTree.Element | None) -> str:
    """Return the colour of a font; black where it has none."""
    return _colour(None if font is None else font.find("color"), "000000")


def _colour_behind(fill: ElementTree.Element | None) -> str:
    """Return the colour of a cell: white where it has none, nothing that text could have where it has several."""
    pattern = None if fill is None else fill.find("patternFill")
    if pattern is None:
        return "FFFFFF" if fill is None or fill.find("gradientFill") is None else ""
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return "FFFFFF"
    return _colour(pattern.find("fgColor"), "FFFFFF") if kind == "solid" else ""


def _colour(colour: ElementTree.Element | None, usual: str) -> str:
    """Return a colour by value, or as the file names it; nearly white is white."""
    if colour is None or not {"rgb", "theme", "indexed"} & set(colour.keys()):
        return usual
    if float(colour.get("tint", "0") or 0):
        return str(sorted(colour.items()))
    if rgb := colour.get("rgb", "").upper()[-6:]:
        return "FFFFFF" if re.fullmatch("(F[A-F]){3}", rgb) else rgb
    if "theme" in colour.keys():  # noqa: SIM118  (an element is no mapping)
        return {"0": "FFFFFF", "1": "000000"}.get(colour.get("theme", ""), f"theme {colour.get('theme')}")
    index = colour.get("indexed", "")
    return "FFFFFF" if index in _WHITE_INDEXES else "000000" if index in _BLACK_INDEXES else f"indexed {index}"


def _shows_nothing(code: str) -> bool:
    """Whether a number format shows nothing at all."""
    return bool(code) and not code.replace(";", "").strip()


def _shows_another_number(code: str) -> bool:
    """Whether a number format shows percent, or thousands as ones."""
    plain = _QUOTED.sub("", code)
    return "%" in plain or _SCALED.search(plain) is not None
