"""Hostile exports are refused in words, within seconds and little memory; garbage never ends in a traceback."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from allocator.ground import InputError
from allocator.intake.books import read_exports
from tests.cli_calls import GARBAGE, call
from tests.exports import SheetOf, compound, gb18030, ods, record, xls, xlsx
from tests.intake_cases import export, folder, write_export

SECONDS, MEGABYTES = 10.0, 1_000
"""Of the processor and of memory, for a hostile file with all processes that read it."""

_DEFLATED = zipfile.ZIP_DEFLATED
_SHEET = "xl/worksheets/sheet1.xml"
_STYLED = b'<row r="%d"><c r="A%d" s="0"/><c r="AA%d" s="0"/></row>'
_ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'
_REPEATED = '<table:table-cell table:number-columns-repeated="16384"'
_ODS_ROW = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'


def changed(raw: bytes, part: str, content: bytes) -> bytes:
    """Return a zipped workbook with another part, or one more."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", _DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return file.getvalue()


def bomb() -> bytes:
    """Return a workbook of a megabyte that unpacks to 400."""
    file = io.BytesIO(xlsx(export()))
    with zipfile.ZipFile(file, "a", _DEFLATED, compresslevel=1) as archive, archive.open("x.xml", "w") as part:
        for _ in range(40):
            part.write(b" " * 10_000_000)
    return file.getvalue()


def sheet(rows: bytes) -> bytes:
    """Return a workbook whose sheet has such rows."""
    head = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return changed(xlsx(export()), _SHEET, head + rows + b"</sheetData></worksheet>")


def flagged(raw: bytes) -> bytes:
    """Return a zipped file in whose directory every part is said to be encrypted."""
    changed_raw, at = bytearray(raw), raw.find(b"PK\x01\x02")
    while at >= 0:
        changed_raw[at + 8] |= 1
        at = raw.find(b"PK\x01\x02", at + 4)
    return bytes(changed_raw)


def ods_table(rows: str) -> bytes:
    """Return an .ods workbook with such rows."""
    return ods(content=f'<table:table table:name="x">{rows}</table:table>')


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip bomb": ("intake.too_large", lambda: bomb()),
    "cells without end": ("sheet.unsafe", lambda: sheet(b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>')),
    "two million empty rows": (
        "sheet.unsafe",
        lambda: sheet(b"".join(b'<row r="%d"/>' % row for row in range(1, 2_000_001))),
    ),
    "styled rows without end": (
        "file.empty",
        lambda: sheet(b"".join(_STYLED % (n, n, n) for n in range(1, 300_001))),
    ),
    "macros": ("intake.macros", lambda: changed(xlsx(export()), "xl/vbaProject.bin", b"x")),
    "links": ("intake.links", lambda: changed(xlsx(export()), "xl/externalLinks/externalLink1.xml", b"<x/>")),
    "entities": ("sheet.unsafe", lambda: changed(xlsx(export()), _SHEET, _ENTITY)),
    "encrypted zip": ("intake.locked", lambda: flagged(xlsx(export()))),
    "a zip of something": ("intake.other_file", lambda: _zip({"a.txt": b"x"})),
    "ods with a password": (
        "intake.locked",
        lambda: changed(ods(export()), "META-INF/manifest.xml", b"<m:encryption-data/>"),
    ),
    "ods with macros": ("intake.macros", lambda: changed(ods(export()), "Basic/script-lc.xml", b"<x/>")),
    "ods rows without end": (
        "sheet.unsafe",
        lambda: ods_table(f'<table:table-row table:number-rows-repeated="1048576">{_ODS_ROW * 20}</table:table-row>'),
    ),
    "ods columns without end": (
        "sheet.unsafe",
        lambda: ods_table(
            f"<table:table-row>{_ODS_ROW.replace('<table:table-cell', _REPEATED)}</table:table-row>"
        ),
    ),
    "ods with entities": ("sheet.unsafe", lambda: changed(ods(export()), "content.xml", _ENTITY)),
    "ods cut off": ("intake.damaged", lambda: changed(ods(export()), "content.xml", b"<office:document-content><a>")),
    "encrypted .xlsx": ("intake.locked", lambda: compound(b"x", ("EncryptedPackage", "EncryptionInfo"), "x")),
    "encrypted .xls": ("intake.locked", lambda: xls(export(), extra=record(0x002F, b"\1\0\1\0"))),
    "xls with macros": ("intake.macros", lambda: xls(export(), streams=("_VBA_PROJECT_CUR",))),
    "xls with links": ("intake.links", lambda: xls(export(), extra=record(0x01AE, b"\1\0\5\0\0a.xls"))),
    "xls with far cells": (
        "sheet.unsafe",
        lambda: xls(SheetOf("x", [[*[""] * 255, 1], *[[]] * 64_000, ["x"]])),
    ),
    "xls garbage": ("intake.damaged", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + GARBAGE),
    "a compound file of nothing": ("intake.damaged", lambda: compound(b"x", (), "x")),
    "a web page": ("intake.web_page", lambda: "\ufeff <html><table><tr><td>报名号</td></tr></table>".encode()),
    "half a zip": ("intake.damaged", lambda: xlsx(export())[:3000]),
    "nothing": ("file.empty", bytes),
    "bytes": ("file.nul", lambda: GARBAGE),
    "one endless line": ("file.long_line", lambda: b"a," * 2_000_000),
}  # fmt: skip


def _zip(parts: dict[str, bytes]) -> bytes:
    """Return a zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def spent() -> float:
    """Return the seconds of the processor that this process and those it has ended took."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.mark.parametrize("name", FILES)
def test_refused_in_words_within_seconds(tmp_path: Path, name: str) -> None:
    """Each with its own words, whatever the file is called."""
    code, content = FILES[name]
    path = tmp_path / "export.xlsx"
    path.write_bytes(content())
    before = spent()
    found = read_exports([path])
    assert spent() - before < SECONDS
    assert [fault.code for fault in found.faults if not fault.code.startswith(code)] == []
    assert found.faults
    assert found.sheets == []


_MEASURED = """
import resource, sys
from pathlib import Path
from allocator.intake.books import read_exports
read_exports([Path(sys.argv[1])])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # maxrss is also the parent's
print(int(peak.split()[1]) / 1_000, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1_000)
"""


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs the measures of Linux")
@pytest.mark.parametrize("name", ["zip bomb", "styled rows without end", "xls with far cells"])
def test_little_memory_is_taken(tmp_path: Path, name: str) -> None:
    """Neither the command nor the process that reads for it takes a gigabyte."""
    path = tmp_path / "export.xlsx"
    path.write_bytes(FILES[name][1]())
    found = subprocess.run([sys.executable, "-c", _MEASURED, str(path)], capture_output=True, text=True, check=True)
    assert sum(map(float, found.stdout.split())) < MEGABYTES


def test_two_million_empty_lines_of_csv(tmp_path: Path) -> None:
    """They are no rows; the children between them are read."""
    path = tmp_path / "export.csv"
    raw = gb18030(export()).replace(b"\r\n", b"\n")
    path.write_bytes(raw + b"\n" * 2_000_000 + raw)
    before = spent()
    found = read_exports([path])
    assert spent() - before < SECONDS
    assert len(found.sheets[0].lines) == 16


def test_an_ods_whose_empty_rows_are_repeated_is_read(tmp_path: Path) -> None:
    """As LibreOffice writes them behind every table."""
    path = tmp_path / "export.ods"
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    path.write_bytes(ods_table(f"<table:table-row>{_ODS_ROW}</table:table-row>{empty}"))
    found = read_exports([path])
    assert found.faults == []
    assert found.sheets[0].cells == [["x"]]


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_damaged_workbooks_never_end_in_a_traceback(tmp_path: Path, kind: str) -> None:
    """Bytes changed and files cut off at random, told as faults or read; nothing else may be raised."""
    whole = {"xls": xls(export()), "ods": ods(export()), "xlsx": xlsx(export())}[kind]
    dice = random.Random(kind)
    path = tmp_path / "export"
    for _ in range(6):
        raw = bytearray(whole[: dice.randrange(1, len(whole))] if dice.random() < 0.4 else whole)
        for _ in range(dice.randrange(20)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        path.write_bytes(raw)
        try:
            found = read_exports([path])
        except InputError:
            continue
        assert found.faults or found.sheets


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """A folder, nothing at all, a pipe: in words, all of them at once."""
    office, columns = folder(tmp_path / "office"), tmp_path / "c.csv"
    call("intake", write_export(tmp_path / "e.xlsx"), office, "--propose", columns)
    os.mkfifo(tmp_path / "pipe")
    found = call("intake", tmp_path / "none", tmp_path / "pipe", office, office, "--columns", columns)
    assert found.exit_code == 2
    assert found.stderr.count("[file.") == 3
