"""Answers to families as ``allocator explain`` writes them: of one child a PDF, of all diverted a folder of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from allocator.cli.command import Teller
from allocator.ground import Fault, InputError, echo, text
from allocator.public.answers import write_answer, write_answers
from allocator.public.notices import NoticeList, notices_of_run


def write_letters(teller: Teller, out: Path, applicant_id: str, place: Path, district: Path | None) -> None:
    """Write the answer to one family, or with no number to all whose child was diverted; tell what was made."""
    found = notices_of_run(out, district)
    child = unicodedata.normalize("NFKC", applicant_id).strip()
    if child:
        write_answer(out, found, child, teller.language, place)
        _tell(teller, found, [child], text("answer.made", teller.language, file=place))
        return
    if not (children := found.diverted):
        raise InputError([Fault("answer.nobody", str(out))])
    write_answers(out, found, children, teller.language, place)
    _tell(teller, found, children, text("answer.made_many", teller.language, folder=place, count=len(children)))


def _tell(teller: Teller, found: NoticeList, children: Sequence[str], made: str) -> None:
    """Tell what was made, and of whom no name is known."""
    teller.finish()
    echo(made)
    if nameless := sum(child not in found.names for child in children):
        echo(text("answer.nameless", teller.language, count=nameless))
