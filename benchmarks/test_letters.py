"""Notices of admission: every page of a district's, with code and QR, and those of its largest school alone."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from allocator.cli.app import cli
from allocator.ground import InputError, Written
from allocator.public.notice_pages import notice_pdfs
from allocator.public.notices import NoticeList, notice_code, notices_of_run
from allocator.sheets import demand_pdf
from benchmarks import districts

GOAL_SECONDS = {"3k": 60, "school": 60}
"""For 3,000 notices, on one core."""
KEY = bytes(range(32))
ANSWERS = Path(__file__).with_name("letters_answers.json")
"""By size the pages, and the SHA-256 of all codes: the pages depend on the fonts here, codes do not."""


def notices(size: str) -> NoticeList:
    """Return the list of a generated district, as a run writes it."""
    out = districts.scratch() / "out"
    words = ["run", str(districts.folder(size)), "--out", str(out), "--engine", "procedure", "--no-workbook", "--quiet"]
    _called(words)
    return notices_of_run(out)


def _called(words: list[str]) -> None:
    """Call a command; how many children have no seat is its exit status."""
    with pytest.raises(SystemExit) as ended:
        cli(words)
    assert ended.value.code in (0, 1)


@pytest.mark.parametrize("size", ["smoke", "3k", "school"])
def test_notices(benchmark: Any, size: str) -> None:
    """A page a child, tagged, in Chinese and English; the codes are the asserted ones."""
    try:
        demand_pdf()
    except InputError:
        pytest.skip("no Chinese font, or no typst, here")
    found = notices("3k" if size == "school" else size)
    schools = list(found.seats.values())
    only = [max(sorted(set(schools)), key=schools.count)] if size == "school" else []
    made = benchmark.pedantic(lambda: dict(notice_pdfs(found, KEY, Written(), only)), rounds=1)
    seats = {child: school for child, school in found.seats.items() if not only or school in only}
    pages = sum(len(re.findall(rb"/Type\s*/Page\b", pdf)) for pdf in made.values())
    codes = "\n".join(notice_code(KEY, child, school, found.digest) for child, school in sorted(seats.items()))
    benchmark.extra_info.update(children=len(seats), goal_s=GOAL_SECONDS.get(size))
    assert pages in (0, len(seats))  # objects of pages may be packed
    told = [len(seats), sha256(codes.encode()).hexdigest()]
    assert told == json.loads(ANSWERS.read_text(encoding="utf-8"))[size]
