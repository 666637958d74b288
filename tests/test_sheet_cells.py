"""No cell of a table for people becomes a formula or another text in a spreadsheet: one rule for every table."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from allocator.domain import Text
from allocator.reading.policy_file import parse_policy
from allocator.sheets import Column, Mark, NumberText, Table, csv_for_machines, csv_for_people, harmless
from allocator.sheets.cells import cell, sheet_csv

LIVE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－1", "＠x",
    "﹦1", "﹢1", "﹣1", " =1", "\u3000=1", "\u200b=1", "\ufeff=1", "\u202e=1", "\u2066=1", "\x1b=1", "\u034f=1",
    "\u3164=1", "\u00ad=1", "\u2212 1", '"=1"', '=HYPERLINK("http://x","y")',
]  # fmt: skip
CHANGED = [
    "0001", "007", "12", "2023-07-01", "1E5", "１２", "1.5", ".5", "5%", "1,000", "3/4", "5 A", "8:00 pm", "2023年7月",
    "7月1日", "1-Mar", "MARCH1", "jan-1", "SEPT2", "TRUE", "false", "#N/A", "¥5", "(5)", " 12 ",
    "%5", "上午10:00", "下午3时",
]  # fmt: skip
PLAIN = [
    "T23-000001", "张*", "batch-A/s1", "", "新城-1", "三年级", "5-1班", "x=1", "may", "A-5", "'=1", "5月花小学",
    "东(北)", "a,=1", "第一小学;第二小学", "小学 -校区", "S1",
]  # fmt: skip


@pytest.mark.parametrize("text", [*LIVE, *CHANGED])
def test_what_a_sheet_would_compute_or_change_gets_an_apostrophe(text: str) -> None:
    """A formula is not run, whatever hides its sign; a registration number keeps its zeros."""
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_plain_texts_stay_as_they_are(text: str) -> None:
    """Nothing is put before texts that are shown as they stand."""
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a;=1", "a;'=1"), ("a\t+1", "a\t'+1"), ("a\n@x", "a\n'@x"), ("a; =1", "a;' =1"), ("=;=", "'=;'=")],
)
def test_no_part_of_a_text_is_live_in_a_cell_of_its_own(text: str, shown: str) -> None:
    """Where a sheet parts cells by semicolons or tabs, or a text is pasted, the parts are harmless too."""
    assert harmless(text) == shown


@pytest.mark.parametrize("number", ["-5", "+3", "12", "-5.125", "0.000", "12.5%"])
def test_figures_stay_numbers(number: str) -> None:
    """A number that was computed keeps its sign; the same characters as a name get an apostrophe."""
    assert cell(NumberText(number)) == number
    assert cell(number) == f"'{number}"


@pytest.mark.parametrize("text", ["=1", "+1+1", "-", "1;=1", "@x"])
def test_a_figure_is_a_number_or_a_text_like_any_other(text: str) -> None:
    """What only claims to be a figure is made harmless."""
    assert cell(NumberText(text)) == harmless(text) != text


def invisible(character: str) -> bool:
    """Whether a character takes no room, by its category alone; one that is not assigned is drawn as a box."""
    hidden = category(character)[0] == "Z" or category(character) in ("Cc", "Cf", "Mn", "Me")
    return hidden or character in '\u115f\u1160\u2800\u3164\uffa0"'


@given(st.text("=＝+＋-－@＠﹣−0179.E/:a校\t\r\n ;\"',\u200b\u202e\u3000\ufeff\x00", max_size=8) | st.text(max_size=6))
def test_no_text_is_live(text: str) -> None:
    """Of any text the first visible character is no sign afterwards, and reading the table back gives the cell."""
    shown = harmless(text)
    first = normalize("NFKC", next((c for c in shown if not invisible(c)), "x"))[0]
    assert first not in "=+-@−"
    assert shown[:1] not in tuple("\t\r\n")
    assert not re.fullmatch(r"[0-9.]+", normalize("NFKC", shown).strip())
    assert shown.replace("'", "") == text.replace("'", "")
    assert harmless(shown) == shown
    raw = sheet_csv([[text, text, 5, None, NumberText("-5")]]).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(raw, newline=""), strict=True)) == [shown, shown, "5", "", "-5"]


@pytest.mark.parametrize("text", ["＝1+1", " =1", "007", "-5"])
def test_lists_and_planners_tables_have_the_same_rule(text: str) -> None:
    """The texts that three functions took for three things are the same in a list and in a planners' table."""
    made = Table((Column(text, key=text),), ((text,), (Text(text, text),)), text, marks=(Mark(text),))
    for table in (csv_for_people(made).decode("utf-8-sig"), csv_for_machines(made).decode("utf-8-sig")):
        cells = [found for row in csv.reader(io.StringIO(table, newline="")) for found in row]
        assert text not in cells
        assert f"'{text}" in cells


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_shows_every_text_as_text(tmp_path: Path) -> None:
    """Opened in a real spreadsheet a list has no formula, no date and no other number than its first column."""
    texts = [text for text in (*LIVE, *CHANGED, *PLAIN) if text]
    (tmp_path / "list.csv").write_bytes(sheet_csv([[7, text] for text in texts]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--infilter=CSV:44,34,76,1",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path),
        "list.csv",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    rows = load_workbook(tmp_path / "list.xlsx").active.iter_rows()
    kinds = [[found.data_type for found in row] for row in rows]
    assert {tuple(kind[:2]) for kind in kinds} == {("n", "s")}


@pytest.mark.parametrize("clause", ["=1+1", "＝1", " =1", "\u200b=1", "@x", "－1", "−1", "\ufeff@x"])
def test_no_clause_is_live(clause: str) -> None:
    """Clauses stand in ``assignment.csv`` as they are, so a policy with a live one is refused; 007 is none."""
    raw = Path(__file__).parent.parent.joinpath("scenarios", "tongliao-2023-primary", "policy.yaml").read_bytes()
    for wanted, refused in ((clause, True), ("007", False), ("四（七）", False)):
        changed = raw.replace(b"unplaced_clause: C068", f"unplaced_clause: {json.dumps(wanted)}".encode())
        policy, faults = parse_policy(changed, "policy.yaml")
        assert (policy is None) == bool(faults) == refused
