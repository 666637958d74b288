"""Districts made by hand with named schools and children of every outcome, for lists and summaries."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from rich.console import Console

from allocator.domain import Applicant, District, Row, Text
from allocator.ground import Language
from allocator.record import Retelling
from allocator.reporting import published_files, summarise_run, summary_parts, workbook_bytes
from allocator.reporting.lists import listings
from allocator.reporting.summary import Summary
from allocator.sheets import list_marks
from allocator.sheets.terminal import part_in_terminal
from tests.small_districts import Town, all_phases, bids, kid, policy

AGREEMENT = {"engine": "both", "engines_agree": True, "unique": True, "checker": "accepted", "unproven": []}


def town(kids: Sequence[Applicant], plan: dict[str, int] | None = None) -> District:
    """A district made by hand, with Chinese names, a notice, and a voluntary round."""
    rules = replace(
        policy(all_phases(("s2",), (bids(),))),
        title=Text("示例区招生", "Example district"),
        notice=Text("合成数据", "SYNTHETIC DATA"),
    )
    made = Town(plan or {"s1": 2, "s2": 3, "s3": 1}, {"s1": 3}, {"s1": 1}).district(rules, kids)
    named = {"s1": "第一小学", "s2": "第二小学", "s3": "第三小学", "x": "外区小学"}
    return replace(made, schools={s: replace(school, name=named[s]) for s, school in made.schools.items()})


def everything() -> District:
    """Children of every outcome, with names and sexes, homes and a bundle."""
    place = {"x": "12345", "y": "67890"}
    return town([
        kid(1, name="张三丰", sex="M", **place),
        kid(2, name="欧阳娜娜", sex="F", **place),
        kid(3, "z2", name="=1+1", preferential_school="s1", **place),
        kid(4, "z3", "E", name="李", **place),
        kid(5, "zx", name="王五", **place),
        kid(6, name="赵六", status="late", **place),
        kid(7, "z2", name="孙七", bundle="twins", voluntary_1=("s1",), **place),
        kid(8, "z2", name="孙八", bundle="twins", voluntary_1=("s1",), **place),
        kid(9, "z2", "B", name="周九", sibling_school="s3", **place),
        kid(10, "z2", "B", name="吴十", status="blacklisted", **place),
        kid(11, "z2", "B", name="郑一", **place),
    ])  # fmt: skip


def outputs(district: District, rows: Sequence[Row], **options: Any) -> Iterator[tuple[str, bytes]]:
    """Every file that a run writes of rows, but the manifest."""
    retelling = Retelling(district, rows)
    return published_files(retelling, summarise_run(retelling), **options)


def shown(district: District, summary: Summary, language: Language, width: int = 80) -> str:
    """What the terminal shows of a run."""
    console = Console(width=width, file=io.StringIO(), record=True)
    for part in summary_parts(summary, list_marks(district)):
        console.print(part_in_terminal(part, language))
    return console.export_text()


def workbook(district: District, rows: Sequence[Row]) -> bytes:
    """The workbook of rows."""
    retelling = Retelling(district, rows)
    return workbook_bytes(listings(retelling), summarise_run(retelling), list_marks(district))
