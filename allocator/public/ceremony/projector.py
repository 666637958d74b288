"""The page that a projector shows on the draw day: one slide, large enough for ten metres, in one file.

It fetches nothing and runs nothing: the file is written anew at every step, and the page loads itself again. What is
shown is plain data; a QR code says a digest as the transcript spells it, for whoever wants to keep it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from allocator.ground import Written, visible_text

if TYPE_CHECKING:
    from segno import QRCode

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_AGAIN = 2  # seconds
_BESIDE = 8  # groups of four on a line
_LANG_TAGS = {"zh": "zh-CN", "en": "en"}

_SHEET = """
:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:#fff;color:#111;
font-family:"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif;
font-size:clamp(16px,min(3.9vh,2.25vw),64px);line-height:1.3;padding:0 4vw}
body.both{font-size:clamp(15px,min(3.3vh,1.9vw),54px)}
header{display:flex;justify-content:space-between;gap:2em;padding:.5em 0;border-bottom:.12em solid #8c1c13;
font-size:.75em;color:#444}
main{flex:1;display:flex;flex-direction:column;justify-content:center;padding:.6em 0}
h1{font-size:1.6em;line-height:1.2;margin:0 0 .5em}
p{margin:.3em 0}.big{font-size:2.2em;font-weight:700;margin:.2em 0}
.note{color:#444;font-size:.8em}.alarm{color:#8c1c13;font-weight:700}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25em 1.2em;margin:.3em 0}dt{color:#444}dd{margin:0;font-weight:700}
.digest{display:flex;gap:1.4em;align-items:center;margin:.25em 0}.digest svg{width:4.9em;height:4.9em;flex:none}
.digest p{font-size:.85em;color:#444}
.hex{font-family:"Noto Sans Mono","DejaVu Sans Mono",Consolas,Menlo,monospace;font-weight:700;font-size:1.08em;
line-height:1.35;overflow-wrap:anywhere}
.hex span{display:inline-block;margin-right:.55em}
pre{font-family:"Noto Sans Mono","DejaVu Sans Mono",Consolas,Menlo,monospace;font-size:.65em;margin:.4em 0;
white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f2ee;padding:.5em .8em}
table{border-collapse:collapse;width:100%;font-size:.82em;line-height:1.2}
th,td{text-align:left;padding:.2em .6em;border-bottom:1px solid #bbb;vertical-align:top;overflow-wrap:anywhere}
th{color:#444;font-weight:400}td{font-variant-numeric:tabular-nums}td.right,th.right{text-align:right}
tr.good td{font-weight:700}
@media (max-width:600px){body{font-size:16px;padding:0 4vw}
.digest{flex-direction:column;align-items:flex-start;gap:.3em}
.digest svg{width:8em;height:8em}main{justify-content:flex-start}dl{grid-template-columns:1fr;gap:0}
dd{margin-bottom:.4em}.big{font-size:1.6em}
table{font-size:.8em}th,td{padding:.2em .25em}header{flex-direction:column;
gap:0}}
"""


@dataclass(frozen=True)
class ShownDigest:
    """A digest to be shown.

    Attributes
    ----------
    label : str
        What it is of.
    digest : str
        64 hexadecimal digits.
    line : str
        What its QR code says.
    """

    label: str
    digest: str
    line: str


@dataclass(frozen=True)
class ShownTable:
    """Rows of a slide; ``good`` are the numbers of those that stand out, ``right`` of the columns of numbers."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    good: frozenset[int] = frozenset()
    right: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Slide:
    """One page of the projector, its words in the language or languages of the day.

    Attributes
    ----------
    head, step, title : str
        Name of the draw and the step at the top; the heading.
    big : str
        One word that everybody must read.
    facts : sequence of (str, str)
        What is said about what.
    digests : sequence of ShownDigest
        In groups of four, with a QR code each.
    text : str
        A file as it stands.
    table : ShownTable, optional
        Rows.
    notes, alarms : sequence of str
        Sentences below.
    """

    head: str
    step: str
    title: str
    big: str = ""
    facts: Sequence[tuple[str, str]] = ()
    digests: Sequence[ShownDigest] = ()
    text: str = ""
    table: ShownTable | None = None
    notes: Sequence[str] = ()
    alarms: Sequence[str] = field(default=())


def projector_page(slide: Slide, written: Written) -> bytes:
    """Return a slide as one HTML file that loads itself again every two seconds and nothing else.

    Parameters
    ----------
    written : Written
        The language or languages of its words, for whatever reads them aloud.
    """
    head = (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta http-equiv="refresh" content="{_AGAIN}">\n<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_plain(slide.title)}</title>\n<style>{_SHEET}</style>\n"
    )
    body = (
        f"<header><span>{_plain(slide.head)}</span><span>{_plain(slide.step)}</span></header>\n"
        f"<main>\n<h1>{_plain(slide.title)}</h1>\n{''.join(_parts(slide))}</main>\n"
    )
    lang, kind = _LANG_TAGS[written.first], ' class="both"' if written.lists == "both" else ""
    page = f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n{head}</head>\n<body{kind}>\n{body}</body>\n</html>\n'
    return page.encode()


def _parts(slide: Slide) -> Iterator[str]:
    """The parts of a slide as HTML, in their order."""
    if slide.big:
        yield f'<p class="big">{_plain(slide.big)}</p>\n'
    yield from (f'<p class="alarm">{_plain(line)}</p>\n' for line in slide.alarms)
    if slide.facts:
        pairs = "".join(f"<dt>{_plain(name)}</dt><dd>{_plain(value)}</dd>\n" for name, value in slide.facts)
        yield f"<dl>\n{pairs}</dl>\n"
    for one in slide.digests:
        groups = [f"<span>{group}</span>" for group in hex_groups(one.digest)]
        lines = "<br>".join("".join(groups[at : at + _BESIDE]) for at in range(0, len(groups), _BESIDE))
        words = f'<p>{_plain(one.label)}</p><div class="hex">{lines}</div>'
        yield f'<div class="digest">{_drawing(one)}<div>{words}</div></div>\n'
    if slide.text:
        yield f"<pre>{_plain(slide.text)}</pre>\n"
    if slide.table is not None:
        yield _table(slide.table)
    yield from (f'<p class="note">{_plain(line)}</p>\n' for line in slide.notes)


def _table(table: ShownTable) -> str:
    def _cells(tag: str, words: Sequence[str]) -> str:
        sides = (' class="right"' if at in table.right else "" for at in range(len(words)))
        return "".join(f"<{tag}{side}>{_plain(one)}</{tag}>" for side, one in zip(sides, words, strict=True))

    rows = "".join(
        f"<tr{' class=good' if at in table.good else ''}>{_cells('td', row)}</tr>\n"
        for at, row in enumerate(table.rows)
    )  # fmt: skip
    return f"<table>\n<thead><tr>{_cells('th', table.heads)}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def hex_groups(digest: str) -> list[str]:
    """Return hexadecimal digits in groups of four, as they are read aloud and compared."""
    return [digest[at : at + 4] for at in range(0, len(digest), 4)]


def terminal_code(line: str) -> list[str]:
    """Return a QR code as lines of half blocks, light on the dark ground of a terminal."""
    matrix = [list(map(bool, row)) for row in _code(line).matrix_iter(border=2)]
    matrix += [[False] * len(matrix[0])] * (len(matrix) % 2)
    signs = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    pairs = zip(matrix[::2], matrix[1::2], strict=True)
    return ["".join(signs[pair] for pair in zip(upper, lower, strict=True)) for upper, lower in pairs]


def _drawing(one: ShownDigest) -> str:
    drawing: str = _code(one.line).svg_inline(border=2, light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return drawing.replace("<svg ", f'<svg role="img" aria-label="{_plain(one.line)}" ', 1)


def _code(line: str) -> QRCode:
    import segno

    return segno.make(line, error="m", micro=False, boost_error=False)


def _plain(words: str) -> str:
    return escape(visible_text(words))
