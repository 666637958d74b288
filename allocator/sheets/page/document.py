"""One self-contained off-line page from plain data: one language or both, no script, no request, always the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from allocator.domain import Text
from allocator.ground import Language, ListLanguages, Written, text
from allocator.sheets.page.drawing import LANG_TAGS, escaped, is_chinese, tenths
from allocator.sheets.page.parts import Figure, Note, Page, PageSection, Tile
from allocator.sheets.page.style import FONTS, SHADES, SHEET
from allocator.sheets.table import Cell, Column, Table, Value, as_read, full, number, said

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "English"}
_CONTENTS_FROM = 3  # sections
_KEPT_WHOLE = 12  # rows of a table that is not broken over printed pages
_BESIDE, _FEW = 4, 9  # columns that stand beside each other on a telephone, and in letters of full size

_ID = re.compile(r'( id=| aria-labelledby=)"([^"]*)"')
_NAMESPACE = re.compile(r' xmlns(?::[a-z]+)?="[^"]*"')
_ELEMENT = re.compile(r"<[^>]*>")
_REFUSED = re.compile(
    r"<(?!/?(?:svg|title|desc|g|path|rect|circle|line|text|tspan)[\s>/])"
    r"|<[^>]*(?:\s(?:on\w+|style|(?:\w+:)?href|src)\s*=|url\()",
    re.IGNORECASE,
)
"""What no picture of this package holds: other elements, and attributes that run or fetch something."""


def render_document(page: Page, lists: ListLanguages = "both") -> bytes:
    """Return a page as one HTML file.

    Of two languages Chinese is shown first; the reader switches by two radio buttons, and prints what is shown.

    Parameters
    ----------
    page : Page
        What stands on it.
    lists : {"zh", "en", "both"}
        Its language or languages.

    Returns
    -------
    bytes
        UTF-8, lines end with LF.

    Raises
    ------
    ValueError
        If a picture holds elements or attributes that the pictures of this package never have.
    """
    head = (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escaped(Written(lists).names(page.title.zh, page.title.en))}</title>\n<style>{SHEET}</style>\n"
    )
    shown = [language for language in _LANGUAGES if lists in (language, "both")]
    bodies = "".join(_body(page, language) for language in shown)
    document = (
        f'<!DOCTYPE html>\n<html lang="{LANG_TAGS[shown[0]]}">\n<head>\n{head}</head>\n<body>\n'
        f"{_switch() if len(shown) > 1 else ''}{bodies}</body>\n</html>\n"
    )
    return document.replace("\r\n", "\n").replace("\r", "\n").encode()


def _switch() -> str:
    """Two buttons by which the reader chooses the language."""
    buttons = "".join(
        f'<input class="pick" type="radio" name="language" id="{language}"{" checked" if language == "zh" else ""}>\n'
        for language in _LANGUAGES
    )
    labels = "".join(
        f'<label class="to-{language}" for="{language}" lang="{LANG_TAGS[language]}">{name}</label>'
        for language, name in _LANGUAGES.items()
    )
    name = escaped(" · ".join(text("page.language", language) for language in _LANGUAGES))
    return f'{buttons}<div class="languages" role="group" aria-label="{name}">{labels}</div>\n'


def _words(words: Text | str, language: Language) -> str:
    """Words of one language, escaped, no date broken over two lines."""
    return _DATE.sub(r'<span class="day">\g<0></span>', _tagged(words, language))


def _tagged(words: Text | str, language: Language) -> str:
    """Words of one language, escaped; a Chinese name in English surroundings says that it is Chinese."""
    shown = said(words, language)
    if language == "en" and is_chinese(shown):
        if isinstance(words, str):
            return f'<span lang="{LANG_TAGS["zh"]}">{escaped(shown)}</span>'
        return _NAMES.sub(lambda name: f'<span lang="{LANG_TAGS["zh"]}">{name[0]}</span>', escaped(shown))
    return escaped(shown)


_DATE = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])", re.ASCII)
_NAMES = re.compile(r"[\u3400-\u9fff]+(?:[(（][\u3400-\u9fff]+[)）])?")


def _body(page: Page, language: Language) -> str:
    """All of the page in one language."""
    say = partial(_words, language=language)
    parts = [f"<h1>{say(page.title)}</h1>\n"]
    if page.subtitle:
        parts.append(f'<p class="subtitle">{say(page.subtitle)}</p>\n')
    if page.lead:
        parts.append(f'<p class="lead">{say(page.lead)}</p>\n')
    parts.append(_tiles(page.tiles, language))
    if len(page.sections) >= _CONTENTS_FROM:
        entries = "".join(
            f'<li><a href="#{language}-{place}">{say(one.heading)}</a></li>'
            for place, one in enumerate(page.sections, start=1)
        )
        parts.append(f'<nav aria-label="{escaped(text("page.contents", language))}"><ol>{entries}</ol></nav>\n')
    figures = (f"{language}{place}" for place in range(1, 1_000_000))
    parts += [_section(one, f"{language}-{place}", figures, language) for place, one in enumerate(page.sections, 1)]
    if page.footer:
        parts.append("<footer>" + "".join(f"<p>{say(words)}</p>" for words in page.footer) + "</footer>\n")
    marks = "".join(f"<span>{say(mark)}</span>" for mark in page.marks)
    top = f'<div class="marks">{marks}</div>\n' if marks else ""
    return (
        f'<main class="in-{language}" lang="{LANG_TAGS[language]}">\n{top}<div class="body">\n{"".join(parts)}</div>\n'
        "</main>\n"
    )


def _section(section: PageSection, name: str, figures: Iterator[str], language: Language) -> str:
    """A section: question, answer, key figures, then pictures and tables."""
    lead = f'<p class="lead">{_words(section.lead, language)}</p>\n' if section.lead else ""
    parts = []
    for part in section.parts:
        if isinstance(part, Figure):
            parts.append(_figure(part, next(figures), language))
        elif isinstance(part, Table):
            parts.append(_table(part, language))
        else:
            parts.append(_note(part, language))
    head = f"<h2>{_words(section.heading, language)}</h2>\n{lead}{_tiles(section.tiles, language)}"
    return f'<section id="{name}">\n{head}{"".join(parts)}</section>\n'


def _note(note: Note, language: Language) -> str:
    """A paragraph."""
    return f"<p>{_words(note.words, language)}</p>\n"


def _tiles(tiles: tuple[Tile, ...], language: Language) -> str:
    """Key figures side by side."""
    shown = []
    for tile in tiles:
        mood = "" if tile.mood == "plain" else f" {tile.mood}"
        value = number(tile.value) if isinstance(tile.value, int) else tile.value
        words = _words(number(value, 1) if isinstance(value, float) else value, language)
        small = f"<i>{_words(tile.small, language)}</i>" if tile.small else ""
        label = _words(tile.label, language)
        shown.append(f'<div class="tile{mood}"><b>{words}</b><span>{label}</span>{small}</div>')
    return f'<div class="tiles">{"".join(shown)}</div>\n' if shown else ""


def _figure(figure: Figure, name: str, language: Language) -> str:
    """A picture below its caption."""
    caption = f"<figcaption>{_words(figure.caption, language)}</figcaption>" if figure.caption else ""
    note = f'<p class="note">{_words(figure.note, language)}</p>' if figure.note else ""
    broad = inline_in_document(said(figure.picture, language), name)
    if figure.narrow is None:
        return f'<figure>{caption}<div class="wide only">{broad}</div>{note}</figure>\n'
    slim = inline_in_document(said(figure.narrow, language), f"{name}n")
    return f'<figure>{caption}<div class="broad">{broad}</div><div class="slim">{slim}</div>{note}</figure>\n'


def inline_in_document(svg: str, name: str) -> str:
    """Return a picture as it stands in a page: ids begin with a name of its own, no namespaces.

    Raises
    ------
    ValueError
        If it holds elements or attributes that the pictures of this package never have.
    """
    if _REFUSED.search(svg):
        raise ValueError("Expected a picture made by allocator.sheets.page.")

    def _marked(found: re.Match[str]) -> str:
        return f'{found[1]}"{" ".join(f"{name}-{one}" for one in found[2].split())}"'

    return _ELEMENT.sub(lambda found: _NAMESPACE.sub("", _ID.sub(_marked, found[0])), svg).strip()


def _table(table: Table, language: Language) -> str:
    """A table; on a telephone one of many columns becomes a block of lines for each row."""
    caption = _words(table.caption, language)
    head = "".join(f'<th scope="col"{_classes(one.align)}>{_words(one.title, language)}</th>' for one in table.columns)
    stacked = len(table.columns) > _BESIDE
    rows = "".join(
        "<tr>" + "".join(_cell(cell, column, language, first=place == 0, stacked=stacked)
                         for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))) + "</tr>\n"
        for row in table.rows
    ) or f'<tr><td colspan="{len(table.columns)}">{escaped(text("page.empty", language))}</td></tr>\n'  # fmt: skip
    title = f"<caption>{caption}</caption>" if caption and not table.folded else ""
    note = f'<p class="note">{_words(table.note, language)}</p>\n' if table.note else ""
    whole = " whole" if len(table.rows) <= _KEPT_WHOLE else ""
    inside = f"{title}<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody>"
    kind = _classes("stack" if stacked else "", "many" if len(table.columns) > _FEW else "")
    shown = f'<div class="wide{whole}"><table{kind}>{inside}</table></div>\n{note}'
    return f"<details><summary>{caption}</summary>{shown}</details>\n" if table.folded else shown


def _classes(*names: str) -> str:
    """The attribute ``class``; left is how cells stand anyway."""
    kept = " ".join(name for name in names if name not in ("", "left"))
    return f' class="{kept}"' if kept else ""


def _cell(cell: Cell | Value, column: Column, language: Language, *, first: bool, stacked: bool) -> str:
    """A cell; the first of a row is its heading; on a telephone the others carry the heading of their column."""
    shown = full(cell)
    words = _words(as_read(shown.value, column), language)
    if shown.small:
        words += f" <small>{_words(shown.small, language)}</small>"
    step = 0 if shown.shade is None else round(SHADES * min(1.0, max(0.0, shown.shade)))
    classes = _classes(column.align, "strong" if shown.strong else "", f"h{step}" if step else "")
    if first:
        return f'<th scope="row"{classes}>{words}</th>'
    if not stacked or not words:
        return f"<td{classes}>{words}</td>"
    return f'<td{classes} data-label="{escaped(said(column.title, language))}"><span>{words}</span></td>'


_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)" width="[\d.]+" height="[\d.]+"')
_EDGE = 16.0


def standalone_document(svg: str) -> str:
    """Return a picture with its own fonts, an edge and a white background, readable on a dark page too.

    Parameters
    ----------
    svg : str
        A picture of this package.
    """
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("Expected a picture made by allocator.sheets.page.")
    wide, tall = (float(side) + 2 * _EDGE for side in found.groups())
    edge, size = tenths(-_EDGE), f'width="{tenths(wide)}" height="{tenths(tall)}"'
    box = f'viewBox="{edge} {edge} {tenths(wide)} {tenths(tall)}"'
    ground = f'<rect x="{edge}" y="{edge}" {size} rx="8" fill="#fff"/>'
    made = svg.replace(found[0], f'{box} {size} font-family="{FONTS}"', 1)
    return made.replace("</desc>", "</desc>" + ground, 1)
