"""Answers to families as ``allocator explain`` writes them: of one child a PDF, of all diverted a folder of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from getpass import getuser
from pathlib import Path

from allocator.casebook import reading
from allocator.cli.clock import clock_time
from allocator.cli.command import Teller
from allocator.ground import Fault, InputError, echo, text
from allocator.public.answers import answer_of_run, answer_pdf, write_answer, write_answers
from allocator.public.book_answers import book_answer
from allocator.public.notices import NoticeList, notices_of_book, notices_of_run


def write_letters(teller: Teller, out: Path, applicant_id: str, place: Path, district: Path | None) -> None:
    """Write the answer to one family, or with no number to all whose child was diverted; tell what was made."""
    child = unicodedata.normalize("NFKC", applicant_id).strip()
    if (out / "journal.jsonl").is_file():
        _of_book(teller, out, child, place)
        return
    found = notices_of_run(out, district)
    language = teller.language
    if child:
        write_answer(place, lambda: answer_pdf(found, answer_of_run(out, found, child, language), child, language))
        _tell(teller, found, [child], text("answer.made", language, file=place))
        return
    if not (children := found.diverted):
        raise InputError([Fault("answer.nobody", str(out))])
    write_answers(out, found, children, language, place)
    _tell(teller, found, children, text("answer.made_many", language, folder=place, count=len(children)))


def _of_book(teller: Teller, out: Path, child: str, place: Path) -> None:
    """Write the answer to a family of a case book; that somebody looked is noted."""
    if not child:
        raise InputError([Fault("answer.book", "--diverted")])
    found = notices_of_book(out)
    told, dated, number = book_answer(out, found, child, teller.language)
    with reading(out) as kept:
        kept.log(clock_time(), getuser(), "answer", number)
    write_answer(place, lambda: answer_pdf(dated, told, number, teller.language))
    _tell(teller, found, [number], text("answer.made", teller.language, file=place))


def _tell(teller: Teller, found: NoticeList, children: Sequence[str], made: str) -> None:
    """Tell what was made, and of whom no name is known."""
    teller.finish()
    echo(made)
    if nameless := sum(child not in found.names for child in children):
        echo(text("answer.nameless", teller.language, count=nameless))
