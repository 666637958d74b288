"""Lists, workbook and every file of the output folder: what they say, and what they must never say."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import random
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from string import Formatter

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from allocator.domain import Applicant, District, Draw, Row, Text
from allocator.ground import TEXTS, masked_name
from allocator.procedure import run_procedure
from allocator.record import Retelling, retold_with_clauses
from allocator.reporting import summarise_run
from allocator.reporting.lists import listings
from allocator.sheets import csv_for_people, list_marks, said
from allocator.sheets.files import sheet_name
from tests import conformance
from tests.list_districts import everything, outputs, town, workbook
from tests.small_districts import kid


def books(district: District) -> dict[str, Worksheet]:
    """The sheets of a district's workbook by title."""
    rows = run_procedure(district)
    raw = workbook(district, rows)
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(io.BytesIO(raw)).worksheets}


def table(sheet: Worksheet) -> list[list[object]]:
    """The cells of a sheet below its headings."""
    first = int(str(sheet.freeze_panes)[1:])
    return [list(line) for line in sheet.iter_rows(min_row=first, values_only=True)]


def lists(district: District) -> dict[str, str]:
    """The lists per school as text, by key."""
    found = listings(Retelling(district, run_procedure(district)))
    return {one.kind: csv_for_people(one).decode("utf-8-sig") for one in found}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张小三", "张*三"), ("李四", "李*"), ("欧阳小明", "欧**明"), ("李", "李"), ("", ""), (" 张三 ", "张*"),
        ("阿依古丽·买买提", "阿***·**提"), ("Anna Maria Li", "A*** ***** *i"), ("张 三", "张 *"), ("Al", "A*"),
        ("A\u0301n", "\u00c1*"), ("葛\U000e0100城一", "葛\U000e0100*一"), ("王\u3000小\u3000二", "王\u3000*\u3000二"),
        ("李\x07四", "李*"), ("\u202e李四", "李*"), ("\u2060王小二", "王*二"),
    ],
)  # fmt: skip
def test_of_a_name_the_first_and_last_character_are_shown(name: str, shown: str) -> None:
    """The examples of public.md section 3; marks belong to their character, and a masked name stays as it is."""
    assert masked_name(name) == shown == masked_name(shown)


def test_every_child_stands_on_exactly_one_list() -> None:
    """The lists together hold every registration number once; schools without children have an empty list."""
    for name in ("07", "28"):
        district, rows = conformance.load(name)
        found = list(listings(Retelling(district, rows)))
        numbers = [str(line[1]) for listing in found for line in listing.rows]
        assert sorted(numbers) == [child.applicant_id for child in district.applicants]
        own = [school.school_id for school in district.schools.values() if not school.external]
        assert [listing.kind for listing in found][: len(own)] == own


def test_a_list_names_school_way_and_draw() -> None:
    """A school's list begins with title, school and warnings, then has number, masked name, sex, way and draw."""
    lines = list(csv.reader(io.StringIO(lists(everything())["s1"])))
    assert [line[0] for line in lines[:4]] == [
        "示例区招生 · Example district",
        "第一小学",
        "试运行（TRIAL），第 1 号模拟种子，不是正式结果 · TRIAL run no. 1, not a result",
        "合成数据 · SYNTHETIC DATA",
    ]
    assert lines[5] == [
        "序号 No.", "报名号 Registration no.", "姓名 Name", "性别 Sex", "录取方式 Admitted by", "摇号 Draw",
    ]  # fmt: skip
    assert lines[6:] == [
        ["1", "K3", "'=**1", "", "经批准直接录取 decision", ""],
        ["2", "K7", "孙*", "", "bids", ""],
        ["3", "K8", "孙*", "", "bids", ""],
    ]


def test_a_decision_does_not_tell_its_ground() -> None:
    """Children of preferential and of sibling decisions look alike and stand mixed, by registration number."""
    kids = [kid(1, sibling_school="s2"), kid(2, preferential_school="s2"), kid(3, sibling_school="s2")]
    lines = list(csv.reader(io.StringIO(lists(town(kids))["s2"])))
    assert [line[1:] for line in lines[6:]] == [[f"K{n}", "经批准直接录取 decision", ""] for n in (1, 2, 3)]


def test_lists_without_names_have_no_such_column() -> None:
    """Where the roster has neither names nor sexes, the lists have neither column."""
    header = list(csv.reader(io.StringIO(lists(town([kid(1)]))["s1"])))[5]
    assert header == ["序号 No.", "报名号 Registration no.", "录取方式 Admitted by", "摇号 Draw"]


def test_diverted_and_adjusted_children_are_told_apart() -> None:
    """The way of admission says that a child was diverted, with its batch, or placed by the adjustment."""
    found = lists(town([kid(1), kid(2), kid(3), kid(4, status="late")]))
    assert "第 A 批：甲，分流 batch A (first), diverted" in found["s2"]
    assert lists(town([kid(4, status="late")]))["s1"].count("调剂 adjustment,adjust") == 1


def test_no_output_that_may_be_published_holds_homes_zones_or_names() -> None:
    """Neither coordinates nor zones nor bundles nor readable names stand on any list or sheet of a school."""
    district = everything()
    texts = [*lists(district).values(), *map(content_of, list(books(district).values())[1:-1])]
    for secret in ("12345", "67890", "z1", "z2", "z3", "twins", "三丰", "娜娜", "七", "八"):
        assert not any(secret in content for content in texts)


def content_of(sheet: Worksheet) -> str:
    """All cells of a sheet as text."""
    return "\n".join(str(cell) for line in sheet.iter_rows(values_only=True) for cell in line)


def test_no_output_at_all_holds_a_home() -> None:
    """Coordinates stand in no file of the folder, the record included."""
    district = everything()
    for name, content in outputs(district, run_procedure(district)):
        raw = content if not name.endswith(".xlsx") else b"".join(unzipped(content).values())
        assert b"12345" not in raw
        assert b"67890" not in raw
        assert "三丰".encode() not in raw


def unzipped(raw: bytes) -> dict[str, bytes]:
    """The parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_the_workbook_has_a_sheet_for_every_school_and_the_rest() -> None:
    """Summary first, then the schools by id, then the lists of those without a seat here, then the shortage."""
    assert list(books(everything())) == [
        *("汇总", "第一小学", "第二小学", "第三小学"),
        *("转由外区招生", "待领导小组研究确定", "尚未落实学位", "学位缺口统计（按类别、学区）"),
    ]


def test_registration_numbers_are_text_and_formulas_are_not_run() -> None:
    """A cell that looks like a formula is a string, and numbers of registrations keep their leading zeros."""
    district = town([Applicant("0012", "z1", "A", name="=1+1", preferential_school="s1")])
    sheet = books(district)["第一小学"]
    first = int(str(sheet.freeze_panes)[1:])
    number, name = sheet.cell(first, 2), sheet.cell(first, 3)
    assert (number.value, number.data_type, number.number_format) == ("0012", "s", "@")
    assert (name.value, name.data_type) == ("=**1", "s")


def test_sheets_print_on_a4_with_headings_and_warnings_on_every_page() -> None:
    """Frozen headings, A4, one page wide, the heading line repeated, notice and TRIAL above, page and seed below."""
    district = everything()
    assert district.draw is not None
    for sheet in books(district).values():
        head = int(str(sheet.freeze_panes)[1:]) - 1
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.oddHeader.center.text.startswith("试运行（TRIAL）")
        assert sheet.oddHeader.center.text.endswith("合成数据 · SYNTHETIC DATA")
        assert district.draw.seedhex[:16] in sheet.oddFooter.left.text
        assert "&P" in sheet.oddFooter.left.text
        assert "&[Tab]" in sheet.oddFooter.left.text or "&A" in sheet.oddFooter.left.text


def test_a_weak_seed_stands_on_every_list() -> None:
    """A draw accepted with a weak seed says so on every sheet and every CSV; a good public draw has no warning."""
    district, rows = conformance.load("04")
    assert district.draw is not None
    weak = replace(district, draw=replace(district.draw, weak_seed=True))
    for one, warned in ((weak, True), (district, False)):
        assert all(("WEAK SEED" in content) is warned for content in lists_of(one, rows))
        assert not any("TRIAL" in content for content in lists_of(one, rows))


def lists_of(district: District, rows: Sequence[Row]) -> list[str]:
    """Every list and every sheet of given rows as text."""
    found = [csv_for_people(one).decode("utf-8-sig") for one in listings(Retelling(district, rows))]
    book = openpyxl.load_workbook(io.BytesIO(workbook(district, rows)))
    return [*found, *map(content_of, book.worksheets)]


def test_an_ampersand_in_a_title_prints_as_one() -> None:
    """Ampersands are codes in printed headers; a title or notice that holds one must not become one."""
    district = everything()
    district = replace(district, policy=replace(district.policy, notice=Text("A&B", "R&D" * 200)))
    header = next(iter(books(district).values())).oddHeader.center.text
    assert "A&&B · R&&DR&&D" in header
    assert header.count("&") % 2 == 0
    assert len(header) <= 253


def test_sheet_names_are_valid_and_unique() -> None:
    """Forbidden characters, length, case, an empty name and Excel's own word are all taken care of."""
    taken: set[str] = set()
    wanted = ["a/b:c", "A/B:C", "x" * 40, "x" * 40, "", "History", "'quoted'", "𠮷" * 31]
    names = [sheet_name(name, taken) for name in wanted]
    assert names[:6] == ["a b c", "A B C (2)", "x" * 31, "x" * 27 + " (2)", "-", "History (2)"]
    assert names[6] == "quoted"
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in names)


def test_the_summary_sheet_adds_up() -> None:
    """The line of sums adds up the schools with seats here; children of another authority are added to no plan."""
    district, rows = conformance.load("28")
    book = openpyxl.load_workbook(io.BytesIO(workbook(district, rows)))
    lines = table(book["汇总"])
    at = next(place for place, line in enumerate(lines) if str(line[0]).startswith("本区学校合计"))
    own, sums, external, everybody = lines[:at], lines[at], lines[at + 1 : -1], lines[-1]
    for column in range(1, len(sums)):
        assert sum(cell for line in own if isinstance(cell := line[column], int)) == sums[column]
    others = [school.name or school.school_id for school in district.schools.values() if school.external]
    assert [line[0] for line in external] == others != []
    assert sum(int(str(line[-2])) for line in external) > 0
    plan, total, left = (int(str(sums[place])) for place in (1, -2, -1))
    assert (plan, left) == (sum(s.plan for s in district.schools.values() if not s.external), plan - total)
    by_school = Counter(row.school_id for row in rows if row.school_id)
    assert everybody[-2] == sum(by_school.values())
    assert f"（含外区 {everybody[-2] - total} 人）" in str(everybody[0])
    shown = {line[0]: line[-2] for line in (*own, *external)}
    assert shown == {school.name or at: by_school[at] for at, school in district.schools.items()}


def test_the_workbook_has_the_same_bytes_whatever_the_order_of_rows() -> None:
    """Nothing of machine, day or order of rows is in the workbook, and its parts are stored as they are."""
    district, rows = conformance.load("28")
    raw = workbook(district, rows)
    assert raw == workbook(district, random.Random(1).sample(rows, len(rows)))
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        assert {(part.compress_type, part.date_time) for part in book.infolist()} == {
            (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))
        }


DIGEST = """
import hashlib, random
from tests import conformance
from tests.list_districts import outputs
district, rows = conformance.load("28")
rows = random.Random({seed}).sample(rows, len(rows))
digest = hashlib.sha256()
for name, content in outputs(district, rows):
    digest.update(name.encode() + content)
print(digest.hexdigest())
"""


def test_every_file_has_the_same_bytes_in_every_process() -> None:
    """Neither the order of rows nor the hash seed of the process changes a byte of any output."""
    found = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}
        command = [sys.executable, "-c", DIGEST.format(seed=seed)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=conformance.ROOT, env=environment
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_every_file_is_there_and_nothing_else() -> None:
    """The folder holds list, summary, orders, cut-offs, record, workbook and lists; the last three can be left out."""
    district = everything()
    rows = run_procedure(district)
    names = [name for name, _ in outputs(district, rows)]
    assert len(set(names)) == len(names)
    expected = {"assignment.csv", "summary.json", "trace.jsonl", "lists.xlsx", "lists/s1.csv",
                "office/s1.csv", "office/_unplaced.csv"}
    assert expected <= set(names)
    few = [name for name, _ in outputs(district, rows, workbook=False, trace=False)]
    assert few == [name for name in names if name.startswith(("assignment", "summary", "draws/", "cutoffs"))]


def test_clauses_are_filled_in_where_they_are_missing() -> None:
    """Rows as the engines give them, without clauses, come out with clauses; rows that have them are kept."""
    district = everything()
    rows = run_procedure(district)
    files = dict(outputs(district, rows))
    assert files == dict(outputs(district, retold_with_clauses(district, rows)))
    assert all(line.split(",")[5] for line in files["assignment.csv"].decode().splitlines()[1:])


def test_texts_of_lists_and_explanations_are_complete() -> None:
    """Every text has both languages, and both use the same fields."""
    for code, pair in TEXTS.items():
        if code.split(".")[0] in {"list", "summary", "out", "assignment", "explain"}:
            assert all(pair)
            zh, en = ({field for _, field, _, _ in Formatter().parse(part) if field} for part in pair)
            assert zh == en, code


def test_a_public_draw_is_named_on_lists() -> None:
    """Event and first digits of the seed stand on the list; the whole seed in the summary."""
    district, rows = conformance.load("04")
    assert district.draw is not None
    assert district.draw.transcript is not None
    event, seed = district.draw.transcript.event, district.draw.seedhex[:16]
    source = list_marks(district)[-1].words
    assert source == Text(f"摇号场次编号 {event}，随机种子 {seed}…", f"draw {event}, seed {seed}…")
    summary = summarise_run(Retelling(district, rows))
    assert (summary["seed"], summary["trial"]) == (district.draw.seedhex, False)
    assert hashlib.sha256(district.draw.source).hexdigest() == summary["seed"]
    trial = replace(district, draw=Draw(trial_seed=5))
    assert "TRIAL" in said(list_marks(trial)[-1].words, "en")
