"""Pages as PDF/UA by typst: A4, tagged, the same bytes for the same words and fonts.

A page is a source of typst and data; words reach it as data and are never read as its markup. Chinese stands in a font
of this computer, of which the signs that occur are embedded; a sign that no font has is a fault, never an empty box.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal

from allocator.ground import Fault, InputError

if TYPE_CHECKING:
    from typst import Fonts

FAMILIES = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "思源黑体", "Microsoft YaHei",
    "PingFang SC", "Hiragino Sans GB", "Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "思源宋体",
    "SimHei", "SimSun", "NSimSun", "FangSong", "KaiTi", "STHeiti", "STSong", "Songti SC", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "AR PL UMing CN", "Droid Sans Fallback",
)  # fmt: skip
"""Fonts with simplified Chinese, the first that is there is used: of Linux, Windows, macOS."""

_HEAD = r"""
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: none)
#set text(font: data.fonts, lang: data.lang, hyphenate: false)
#set heading(outlined: false)
#set page(paper: "a4")
#let qr(code, size: 28mm) = image(bytes(code.svg), format: "svg", width: size, alt: code.words)
#let fitted(name, sizes, body) = layout(place => {
  let fits = sizes.find(size => {
    measure(block(width: place.width, { set text(size: size); body })).height <= place.height
  })
  if fits == none { panic("page full: " + name) }
  set text(size: fits)
  body
})
"""
"""What every source begins with: the data by name, title, language, a QR code with its words for a reader, and a body
set in the largest of some sizes in which it fits on the rest of its page."""

_FULL = re.compile(r"page full: ([^\"\n]*)")
_UNSHOWN = re.compile(r"the text `\"(.+?)\"`")
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_MOST_UNSHOWN = 200

Unshown = Callable[[str], Iterable[tuple[str, int]]]
"""For a sign that no font shows: the files and rows in which it stands."""


def demand_pdf() -> str:
    """Demand the extra ``letters`` and a Chinese font before any work begins; return the family that is used.

    Raises
    ------
    InputError
        If typst is not installed (code ``pdf.extra_missing``), or no font of ``FAMILIES`` (``pdf.no_font``).
    """
    if find_spec("typst") is None:
        raise InputError([Fault("pdf.extra_missing", "PDF", value="typst")])
    try:
        present = set(_fonts().families())
    except ImportError as error:  # it is there and cannot be loaded
        raise InputError([Fault("pdf.extra_missing", "PDF", value="typst")]) from error
    for family in FAMILIES:
        if family in present:
            return family
    raise InputError([Fault("pdf.no_font", "PDF", params={"fonts": ", ".join(FAMILIES[:4])})])


@cache
def _fonts() -> Fonts:
    """The fonts of this computer, looked for once."""
    import typst

    return typst.Fonts()


def set_pages(
    source: str, data: Mapping[str, Any], unshown: Unshown, form: Literal["pdf", "png"] = "pdf"
) -> list[bytes]:
    """Return pages as one tagged PDF, or as a picture of each page.

    Parameters
    ----------
    source : str
        Markup of typst below a common head, which reads ``data``, sets its ``title``, its ``lang`` (``zh`` or ``en``),
        font and A4, and knows ``qr(code, size: 28mm)`` for what ``qr_code`` returns and ``fitted(name, sizes, body)``.
    data : Mapping of str to Any
        Every word of the pages, with ``title`` and ``lang``; anything JSON can hold. Words of people go through
        ``visible_text`` first.
    unshown : Callable
        For a sign that cannot be shown, the files and rows where it stands: each becomes a fault.
    form : {"pdf", "png"}

    Raises
    ------
    InputError
        As ``demand_pdf``; for all signs without a font (``pdf.no_sign``); for a page too full (``pdf.page_full``).
    """
    words = json.dumps({**data, "fonts": [demand_pdf()]}, ensure_ascii=False)
    import typst

    hidden = sorted(set(_PRIVATE.findall(words)))  # a font may show anything for them
    while True:
        for sign in hidden:
            words = words.replace(sign, "?")
        try:
            found = typst.compile(
                (_HEAD + source).encode(), font_paths=_fonts(), format=form, sys_inputs={"data": words}, timestamp=0,
                **({"pdf_standards": "ua-1"} if form == "pdf" else {"ppi": 110.0}),
            )  # fmt: skip
        except typst.TypstError as error:
            hidden.append(_next_hidden(error, hidden))
            continue
        if hidden:
            raise InputError(_faults(hidden, unshown))
        return [page for page in found if page] if isinstance(found, list) else [found or b""]


def _next_hidden(error: Exception, hidden: Sequence[str]) -> str:
    """Return the sign that typst could not show; any other error of a source but a full page is ours, and goes on."""
    if full := _FULL.search(str(error)):
        raise InputError([Fault("pdf.page_full", "PDF", value=full[1].rstrip("\\"))]) from error
    wrong = _UNSHOWN.search(str(error))
    sign = "" if wrong is None else _CODE.sub(lambda code: chr(int(code[1], 16)), wrong[1])
    if not sign or sign in hidden or len(hidden) >= _MOST_UNSHOWN:
        raise error
    return sign


def _faults(signs: Sequence[str], unshown: Unshown) -> list[Fault]:
    """Return a fault for each sign that cannot be shown and each place where it stands."""
    return [
        Fault("pdf.no_sign", file, row, value=sign,
              params={"sign": sign, "points": " ".join(f"U+{ord(one):04X}" for one in sign)})
        for sign in signs
        for file, row in unshown(sign)
    ]  # fmt: skip


def qr_code(words: str) -> dict[str, str]:
    """Return a QR code as the source of a page takes it: a drawing, and its words for whoever cannot see it.

    Parameters
    ----------
    words : str
        ASCII, at most some 200 signs, so that a telephone reads it from paper (error correction ``M``).
    """
    import segno

    drawing = segno.make(words, error="m", micro=False, boost_error=False).svg_inline(border=4, light="#fff")
    return {"svg": drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1), "words": words}
