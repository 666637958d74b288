"""Encodings: a file that has two of them is told with the lines of both; names of old ones mean the newest."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from allocator.ground import fault_text
from allocator.reading.encodings import find_encoding
from allocator.reading.folder import read_folder
from tests import tables

NAMES = ("张三", "李小明", "欧阳娜娜", "买买提·艾力", "包乌云")


def roster(codecs: list[str], *, heading: str = "utf-8") -> bytes:
    """A roster of which every row is in the codec given; names with two to five characters."""
    rows = [tables.child(f"T{i}", name=NAMES[i % len(NAMES)]) for i in range(len(codecs))]
    first, *lines = tables.csv_bytes(rows).decode().replace("name", "姓名").splitlines()
    return b"\n".join([first.encode(heading), *(line.encode(codec) for line, codec in zip(lines, codecs, strict=True))])


@pytest.mark.parametrize(
    ("codecs", "heading", "utf8", "others"),
    [
        (["utf-8", "gb18030"], "gb18030", "2", "1, 3"),
        (["utf-8", "gb18030"], "utf-8", "1, 2", "3"),
        (["gb18030"] * 9 + ["utf-8"], "gb18030", "11", "1, 2, 3, 4, 5 …"),
    ],
)
def test_two_encodings_in_one_file(tmp_path: Path, codecs: list[str], heading: str, utf8: str, others: str) -> None:
    """Rows of one file put below another's: never read as GB 18030 in silence, told in both languages with lines."""
    folder = tables.write(tmp_path, applicants=roster(codecs, heading=heading))
    (fault,) = tables.faults(folder)
    assert (fault.code, fault.params) == ("file.mixed", {"utf8": utf8, "others": others})
    assert f"on line {utf8}, in another encoding on line {others}" in fault_text(fault, "en")
    assert f"第 {utf8} 行有 UTF-8 的文字，第 {others} 行" in fault_text(fault, "zh")
    assert not [f for f in tables.faults(folder, encoding="gb18030") if f.code == "file.mixed"]  # whoever says so


def test_two_encodings_in_one_line() -> None:
    """Columns of one file put beside another's."""
    raw = "学校编号,学校名称\n".encode() + "甲,".encode("gb18030") + "福利小学校".encode() + b"\n"
    found = find_encoding(raw, "x", None)[1]
    assert [(fault.code, fault.params) for fault in found] == [("file.mixed", {"utf8": "1, 2", "others": "2"})]


def test_files_in_one_encoding_are_never_taken_for_two() -> None:
    """A hundred thousand words of one to four characters each, common and rare, GB 18030 or UTF-8."""
    rng = random.Random(7)
    common = [bytes((a, b)).decode("gb2312") for a in range(0xB0, 0xD7) for b in range(0xA1, 0xFA)]
    rare = [bytes((a, b)).decode("gb18030") for a in range(0x81, 0xA1) for b in range(0x80, 0xFF)]
    words = [
        "".join(rng.choice(rare if rng.random() < 0.02 else common) for _ in range(rng.randrange(1, 5)))
        for _ in range(100_000)
    ]
    text = "\n".join(words)
    assert find_encoding(text.encode("gb18030"), "x", None) == ("gb18030", [])
    assert find_encoding(text.encode(), "x", None) == ("utf-8", [])


@pytest.mark.usefixtures("read_twice")
@pytest.mark.parametrize("asked", ["gbk", "GBK", "gb2312", "cp936", "gb18030"])
@pytest.mark.parametrize("character", ["龴", "㐀", "𠀀", "·", "—", "镕", "喆"])
def test_old_names_of_encodings_mean_the_newest(tmp_path: Path, asked: str, character: str) -> None:
    """What an office calls GBK holds what only GB 18030 has (FE59, four bytes): it is read, by both readers."""
    raw = tables.csv_bytes([tables.child("T1", name=f"马{character}")]).decode().encode("gb18030")
    raw = raw.replace("龴".encode("gb18030"), b"\xfe\x59")
    district = read_folder(tables.write(tmp_path, applicants=raw), encoding=asked)
    assert [child.name for child in district.applicants] == [f"马{character}"]
