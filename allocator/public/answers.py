"""Answers to families (答复书): what ``explain`` says of a child as a page, the answer first, and where to object."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from allocator.explanation import explain
from allocator.ground import Fault, InputError, Language, Written, text, visible_text
from allocator.public.notices import NoticeList
from allocator.record import (
    FORMAT_VERSION,
    MADE_BY,
    MANIFEST,
    file_in_folder_faults,
    manifest_outputs,
    output_folder_faults,
    stored_bytes,
    stored_json,
    swap_file,
    write_folder,
)
from allocator.sheets import demand_pdf, set_pages

KIND = "answers"

PAGE = r"""
#set page(margin: (x: 22mm, top: 17mm, bottom: 17mm), footer-descent: 4mm, footer: context {
  set text(size: 8pt)
  let pages = counter(page).final().first()
  if pages > 1 {
    align(center, data.pages.replace("{page}", str(here().page())).replace("{pages}", str(pages)))
  }
})
#set par(leading: 0.6em, spacing: 0.95em)
#show heading.where(level: 1): set text(size: 1.7em)
#show heading.where(level: 1): set block(above: 0.4em, below: 0.8em)
#show heading.where(level: 2): set text(size: 1.08em)
#show heading.where(level: 2): set block(above: 1.4em, below: 0.8em)
#let answer = {
  align(center, { block(below: 0.2em, text(size: 0.95em, data.policy)); heading(level: 1, data.heading) })
  block(width: 100%, inset: 8pt, stroke: 0.8pt + luma(90), radius: 2pt, text(size: 1.15em, weight: "bold", data.answer))
  for line in data.alarms { block(below: 0.5em, text(fill: rgb("#b00000"), line)) }
  block(above: 1.1em, text(size: 1.02em, data.to))
  if data.about.len() > 0 {
    heading(level: 2, data.about_label)
    for line in data.about { block(line) }
  }
  heading(level: 2, data.why_label)
  for one in data.why {
    block(one.line)
    for line in one.more { block(inset: (left: 1.4em), text(size: 0.95em, line)) }
  }
  if data.again.len() > 0 {
    block(text(size: 0.85em, fill: luma(60), data.again.join(" ")))
  }
  heading(level: 2, data.next_label)
  block(data.next)
  v(0.8em)
  align(right, block(above: 1em, data.signing.join(linebreak())))
}
#layout(place => {
  let sizes = (11.5pt, 11pt, 10.5pt, 10pt, 9.5pt, 9pt, 8.5pt, 8pt)
  let fits = sizes.find(size => {
    measure(block(width: place.width, { set text(size: size); answer })).height <= place.height
  })
  set text(size: if fits == none { 10pt } else { fits })
  answer
})
"""
"""One page in letters that are read with ease; a story that is longer than that goes on to a second page."""


class ToldAnswer(NamedTuple):
    """An explanation by its parts: the answer, whom it is about, what happened with its own lines, how to recompute."""

    answer: str
    about: Sequence[str]
    why: Sequence[Mapping[str, Any]]
    again: Sequence[str]


def answer_of_run(out: Path, found: NoticeList, applicant_id: str, language: Language) -> ToldAnswer:
    """Return what a run's record says of a child, by its parts.

    Parameters
    ----------
    out : Path
        Made by ``allocator run``, with its record.
    found : NoticeList
        Its list; what is marked stands on the page anyway.

    Raises
    ------
    InputError
        As ``explain``.
    """
    answer, *lines = explain(out, applicant_id, language).split("\n")
    begin = lines.index(text("explain.story", language))
    why: list[dict[str, Any]] = []
    again: list[str] = []
    for line in lines[begin + 1 :]:
        if line.startswith(" ") and why and not again:
            why[-1]["more"].append(line.strip())
        elif line.partition(".")[0].isdecimal():
            why.append({"line": line, "more": []})
        else:
            again.append(line)
    there = [*_marks_of(found, language), text("explain.child", language, id=applicant_id)]
    about = [line for line in lines[:begin] if line not in there]
    return ToldAnswer(answer, about, why, again)


def _marks_of(found: NoticeList, language: Language) -> list[str]:
    """The title of the policy, and what marks the list."""
    return [mark.line(Written(language)) for mark in found.marks]


def answer_pdf(found: NoticeList, told: ToldAnswer, applicant_id: str, language: Language) -> bytes:
    """Return the answer to one family as PDF.

    Parameters
    ----------
    found : NoticeList
        The list, with names, letters and marks.
    told : ToldAnswer
        What is said of the child.

    Raises
    ------
    InputError
        As ``set_pages``.
    """
    headline, *marks = _marks_of(found, language)
    name, letters, blank = found.names.get(applicant_id, ""), found.letters, text("lists.blank", language)
    who = {"name": name, "id": applicant_id} if name else {"id": applicant_id}
    data = {
        "title": f"{text('answer.heading', language)} · {applicant_id}", "lang": language, "policy": headline,
        "heading": text("answer.heading", language), "answer": told.answer, "alarms": marks,
        "to": text("answer.to" if name else "answer.to_number", language, **who),
        "about_label": text("answer.about", language), "about": told.about,
        "why_label": text("answer.why", language), "why": told.why, "again": told.again,
        "next_label": text("answer.next", language),
        "next": text(
            "answer.objection", language, id=applicant_id, telephone=letters.telephone or blank,
            objection=letters.objection.in_(language) or blank, deadline=letters.deadline.in_(language) or blank,
        ),
        "signing": [text("notice.signing", language), text("notice.day", language)],
        "pages": text("pdf.page", language),
    }  # fmt: skip
    return set_pages(PAGE, _shown(data), lambda sign: [(f"{applicant_id}.pdf", 0)])[0]


def _shown(value: Any) -> Any:
    """Words as people see them, wherever they stand."""
    if isinstance(value, str):
        return visible_text(value)
    if isinstance(value, Mapping):
        return {key: _shown(one) for key, one in value.items()}
    return [_shown(one) for one in value]


def write_answer(file: Path, made: Callable[[], bytes]) -> None:
    """Write the answer to one family; an older PDF in its place is replaced.

    Raises
    ------
    InputError
        As what makes it, or if the file cannot be written; what was there stays.
    """
    faults = file_in_folder_faults(file)
    if not faults and file.exists() and not (file.is_file() and stored_bytes(file).startswith(b"%PDF")):
        faults = [Fault("answer.not_pdf", str(file))]
    if faults:
        raise InputError(faults)
    demand_pdf()
    content = made()
    try:
        swap_file(file, content)
    except OSError as error:
        raise InputError([Fault("out.write_failed", str(file), params={"reason": str(error.strerror)})]) from error


def write_answers(
    out: Path, found: NoticeList, children: Sequence[str], language: Language, folder: Path
) -> Mapping[str, str]:
    """Write the answers to some families, a PDF each, whole or not at all; return the digests by path.

    Raises
    ------
    InputError
        As ``answer_pdf``, of all children at once; if the folder may not be replaced.
    """
    faults = output_folder_faults(folder, out)
    if (folder / MANIFEST).exists() and manifest_outputs(folder) and stored_json(folder / MANIFEST).get("kind") != KIND:
        faults.append(Fault("answer.kind", str(folder)))
    if faults:
        raise InputError(faults)
    demand_pdf()

    def _seal(digests: Mapping[str, str]) -> bytes:
        told = {"made_by": MADE_BY, "kind": KIND, "format_version": FORMAT_VERSION, "list": found.digest}
        return (json.dumps({**told, "outputs": dict(digests)}, indent=1, sort_keys=True) + "\n").encode("utf-8")

    return write_folder(folder, _answers(out, found, children, language), _seal)


def _answers(
    out: Path, found: NoticeList, children: Sequence[str], language: Language
) -> Iterator[tuple[str, bytes]]:
    """Give the answers by path; signs that no font has are told of all of them at once."""
    faults: list[Fault] = []
    for child in children:
        try:
            yield f"{child}.pdf", answer_pdf(found, answer_of_run(out, found, child, language), child, language)
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
