"""Notices of admission as PDF: one page a child, one file a school, with code and QR (public.md section 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from allocator.domain import Text
from allocator.ground import Fault, InputError, Written, visible_text
from allocator.public.notices import BEGINNING, NoticeList, notice_code
from allocator.reporting.public_form import in_fours
from allocator.sheets import both, qr_code, set_pages, written_in

PAGE = r"""
#set page(margin: (x: 24mm, top: 18mm, bottom: 14mm))
#set text(size: 11pt)
#set par(leading: 0.62em, spacing: 0.9em)
#show heading: set text(size: 1.9em)
#show heading: set block(above: 0.5em, below: 0.9em)
#let lines(words, size: 0.8em) = words.enumerate().map(((at, line)) =>
  if at == 0 { line } else { text(size: size, line) }).join(linebreak())
#let fact(label, words) = block(above: 0.9em, below: 0pt, {
  text(fill: luma(70), size: 0.85em, label); linebreak()
  if type(words) == array { lines(words) } else { words }
})
#let notice(page) = {
  align(center, {
    block(below: 0.2em, text(size: 0.95em, lines(data.headline)))
    heading(level: 1, lines(data.heading, size: 0.55em))
  })
  for line in data.alarms { align(center, block(below: 0.5em, text(fill: rgb("#b00000"), weight: "bold", line))) }
  block(above: 1.5em, text(size: 1.15em, page.to.join(linebreak())))
  for line in page.body { block(text(size: 1.05em, line)) }
  block(above: 1.2em, stroke: (left: 2pt + luma(120)), inset: (left: 10pt, y: 3pt), {
    for one in data.facts { fact(one.label, one.words) }
    if data.papers.len() > 0 {
      fact(data.papers_label, enum(spacing: 0.55em, tight: true, ..data.papers.map(words => lines(words))))
    }
  })
  block(above: 1.1em, for one in data.asking { block(below: 0.5em, text(size: 0.92em, one)) })
}
#let foot(page) = {
  line(length: 100%, stroke: 0.4pt + luma(120))
  grid(columns: (30mm, 1fr, auto), column-gutter: 5mm, align: (left + horizon, left + horizon, right + top),
    qr(page.qr, size: 29mm), {
      text(size: 9pt, data.code_label); linebreak()
      text(size: 15pt, weight: "bold", page.code); v(1.5mm, weak: true)
      set text(size: 7.5pt)
      for words in data.small { block(above: 1.4mm, below: 0mm, words) }
    }, align(right, text(size: 10pt, data.signing.join(linebreak()))))
}
#for (at, page) in data.pages.enumerate() {
  if at > 0 { pagebreak() }
  grid(rows: (1fr, auto), fitted(page.id, (13pt, 12pt, 11pt, 10pt, 9pt, 8pt, 7pt), notice(page)), foot(page))
}
"""


def notice_pdfs(
    found: NoticeList, key: bytes, written: Written, only: Sequence[str] = ()
) -> Iterator[tuple[str, bytes]]:
    """Give by path the notices of each school, pages in the order of registration numbers.

    Parameters
    ----------
    only : sequence of str
        Schools; empty: every one.

    Raises
    ------
    InputError
        If a school is none of the list's, typst or a Chinese font is missing, a sign of a name has no font, or what is
        to be said does not fit on one page; all such signs of all schools are told.
    """
    by_school: dict[str, list[str]] = {}
    for child, school in sorted(found.seats.items()):
        by_school.setdefault(school, []).append(child)
    if unknown := [name for name in only if name not in by_school]:
        raise InputError([Fault("notice.no_school", "--school", value=name) for name in unknown])
    faults: list[Fault] = []
    for school, children in by_school.items():
        if only and school not in only:
            continue
        try:
            yield f"{school}.pdf", school_pages(found, key, written, school, children)
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)


def school_pages(
    found: NoticeList, key: bytes, written: Written, school: str, children: Sequence[str]
) -> bytes:
    """Return the notices of some children of a school as one PDF."""
    pages = [_page(found, key, written, child, school) for child in children]
    data = {**_common(found, written, school), "pages": pages}

    def unshown(sign: str) -> Iterator[tuple[str, int]]:
        """Of a sign the first page in whose name it stands, else the file."""
        at = next((at for at, page in enumerate(pages, start=1) if sign in str(page["to"])), 0)
        yield f"{school}.pdf", at

    return set_pages(PAGE, data, unshown)[0]


def _page(found: NoticeList, key: bytes, written: Written, child: str, school: str) -> dict[str, Any]:
    """What stands on the page of one child alone."""
    code = notice_code(key, child, school, found.digest)
    name = visible_text(found.names.get(child, ""))
    to = both("notice.to", name=name, id=child) if name else both("notice.to_number", id=child)
    body = both("notice.body", school=found.schools[school])
    return {
        "id": child, "to": _lines(written, to), "body": _lines(written, body),
        "code": in_fours(code), "qr": qr_code(f"{BEGINNING}|{child}|{school}|{code}"),
    }  # fmt: skip


def _common(found: NoticeList, written: Written, school: str) -> dict[str, Any]:
    """What stands on every page of a school."""
    letters, blank = found.letters, both("lists.blank")
    name = visible_text(written_in(written, found.schools[school]))
    headline, *_others = [mark for mark in found.marks if mark.weight == "title"]
    alarms = [mark for mark in found.marks if mark.weight not in ("title", "lead")]
    asking = both("notice.objection", objection=_or(letters.objection, blank), deadline=_or(letters.deadline, blank),
                  telephone=letters.telephone or blank)  # fmt: skip
    heading = both("notice.heading")
    return {
        "title": f"{written_in(written, heading)} · {name}", "lang": written.first,
        "headline": _lines(written, headline.words), "heading": _lines(written, heading),
        "alarms": [visible_text(mark.line(written)) for mark in alarms],
        "facts": [
            {"label": written.text(f"notice.{code}"), "words": _lines(written, _or(words, blank))}
            for code, words in (("date", letters.date), ("place", letters.place))
        ],
        "papers_label": written.text("notice.papers"), "papers": [_lines(written, one) for one in letters.papers],
        "asking": _lines(written, asking), "code_label": written.text("notice.code"),
        "small": [*_lines(written, both("notice.how")), f"{written.text('notice.digest')} {in_fours(found.digest)}"],
        "signing": _lines(written, both("notice.signing")) + _lines(written, both("notice.day")),
    }  # fmt: skip


def _or(words: Text, blank: Text) -> Text:
    """A text of the policy, or room to write by hand."""
    return words if words.zh or words.en else blank


def _lines(written: Written, words: Text | str) -> list[str]:
    """A text as lines, one a language."""
    return visible_text(written_in(written, words, "\n")).split("\n")
