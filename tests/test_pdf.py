"""Tables as PDF: what stands on a page stays text, the same bytes come out, and what cannot be shown is told."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from allocator.domain import Text
from allocator.ground import InputError, ListLanguages, Written, fault_text
from allocator.sheets import Cell, Column, Mark, Table, demand_pdf, table_pdf
from allocator.sheets import typeset as module
from allocator.sheets.pdf import compiled
from allocator.sheets.typeset import FAMILIES
from tests.chinese_fonts import can_set_chinese, needs_chinese_font

HOSTILE = (
    '#read("/etc/passwd")', "*bold* _slanted_ $x^2$ @label <label> `raw` \\ // = /* */", "阿依古丽·买买提", "=1+1",
    "Müller-Lüdenscheidt, Anna", "#{panic()}", "欧**明",
)  # fmt: skip


def table(rows: int = 9, **more: object) -> Table:
    """A list of hostile names with everything that can stand on one."""
    columns = (Column(Text("序号", "No."), "right"), Column(Text("姓名", "Name"), width=40), Column("%", "right", 1))
    names = ["W" * 90, *(HOSTILE[at % len(HOSTILE)] for at in range(1, rows))][:rows]
    cells = tuple((at, name, Cell(0.5, strong=True)) for at, name in enumerate(names, start=1))
    marks = (
        Mark(Text("名单", "List"), "title"), Mark(Text("合成数据", "SYNTHETIC"), "notice"),
        Mark(Text("公示期", "Publicity"), "lead"), Mark("ab12 cd34"),
    )  # fmt: skip
    signing = (Text("审核：____", "By: ____"),)
    made = Table(columns, cells, marks=marks, kind="sample", note=Text("附注", "a note"), signing=signing)
    return replace(made, **more)  # type: ignore[arg-type]


def words_of(raw: bytes, tmp_path: Path) -> str:
    """What a reader of the PDF finds in it, without space and line ends."""
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext here")
    (tmp_path / "a.pdf").write_bytes(raw)
    found = subprocess.run(["pdftotext", "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True)
    return re.sub(r"[\s\u200b]", "", found.stdout.decode("utf-8"))


@needs_chinese_font
@pytest.mark.parametrize("lists", ["zh", "en", "both"])
def test_every_text_stays_text_in_every_language(lists: ListLanguages, tmp_path: Path) -> None:
    """Nothing is read as markup, nothing is lost; marks, notes and lines to sign are there."""
    words = words_of(table_pdf(table(), Written(lists)), tmp_path)
    said = {"zh": ["名单", "公示期", "附注", "审核", "第1页，共1页"], "en": ["List", "Publicity", "anote", "page1of1"]}
    wanted = said["zh"] + said["en"] if lists == "both" else said[lists]
    assert words.count("W") == 90
    assert [word for word in (*wanted, *HOSTILE, "ab12cd34", "0.5") if re.sub(r"\s", "", word) not in words] == []


@needs_chinese_font
def test_the_same_table_gives_the_same_bytes_without_a_date() -> None:
    """Twice the same, no date inside, tagged (PDF/UA), and only the signs that occur of the font."""
    made = table_pdf(table())
    assert made == table_pdf(table())
    assert made.startswith(b"%PDF-1.7")
    assert b"CreationDate" not in made
    assert b"pdfuaid:part" in made
    assert len(made) < 100_000


@needs_chinese_font
def test_headings_stand_on_every_page(tmp_path: Path) -> None:
    """A list of two hundred children has its headings, title and page number on each page; a wide one lies."""
    upright, wide = table(200), table(200, columns=(Column("a"), Column("b", width=150), Column("c")))
    pages = len(compiled(upright, Written("zh"), "png"))
    words = words_of(table_pdf(upright, Written("zh")), tmp_path)
    assert pages > 3
    assert words.count("序号") == words.count("姓名") == pages
    assert f"第{pages}页，共{pages}页" in words
    sizes = [page[16:24] for page in (compiled(upright, Written(), "png")[0], compiled(wide, Written(), "png")[0])]
    (width, height), (long, short) = [(int.from_bytes(s[:4]), int.from_bytes(s[4:])) for s in sizes]
    assert (width, height) == (short, long)
    assert abs(height / width - 297 / 210) < 0.01


@needs_chinese_font
def test_a_table_without_rows_has_its_headings() -> None:
    """An empty list is a list."""
    assert table_pdf(table(0)).startswith(b"%PDF")


@needs_chinese_font
def test_signs_that_no_font_has_are_told_all_at_once() -> None:
    """With their code and the row of the first; nothing is written as a box."""
    column = (Column("姓名"),)
    with pytest.raises(InputError) as caught:
        table_pdf(Table(column, (("张三",), ("\ue123四",), ("\U00016fff",)), kind="roll"), Written("zh"))
    faults = caught.value.faults
    assert [(f.code, f.file, f.row, f.params["points"]) for f in faults] == [
        ("pdf.no_sign", "roll.pdf", 2, "U+E123"), ("pdf.no_sign", "roll.pdf", 3, "U+16FFF"),
    ]  # fmt: skip
    assert all("U+" in fault_text(fault, language) for fault in faults for language in ("zh", "en"))


def test_what_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra, and a Chinese font."""

    class NoFonts:
        def families(self) -> list[str]:
            return ["DejaVu Sans"]

    assert not can_set_chinese() or demand_pdf() in FAMILIES
    monkeypatch.setattr(module, "_fonts", NoFonts)
    with pytest.raises(InputError, match=r"pdf\.no_font"):
        demand_pdf()
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pdf\.extra_missing"):
        table_pdf(table())
    monkeypatch.setattr(module, "find_spec", lambda name: ModuleSpec(name, None))


@pytest.mark.long
@needs_chinese_font
def test_three_thousand_rows_take_seconds() -> None:
    """A list of the whole Zone."""
    assert len(compiled(table(3_000), Written("zh"), "pdf")[0]) > 100_000
