"""Pages that are no tables: tagged, with a QR code that is read back, and nothing printed as a box."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from allocator.ground import InputError
from allocator.sheets import qr_code, set_pages
from tests.chinese_fonts import needs_chinese_font
from tests.read_codes import codes_of_pages

SOURCE = """
#for page in data.pages [
  = #page.head
  #page.words
  #qr(page.code)
  #pagebreak(weak: true)
]
"""
CODE = "school-notice/1|K1|S01|ABCDEFGHJKMNPQRS"


def _data(*names: str) -> dict[str, object]:
    pages = [{"head": "入学通知书", "words": f"{name} *#[x]$", "code": qr_code(CODE)} for name in names]
    return {"title": "通知书", "lang": "zh", "pages": pages}


@needs_chinese_font
def test_words_are_never_markup_and_pages_are_tagged() -> None:
    """The same bytes again, A4, in a language, with the words for a screen reader, the font embedded as a subset."""
    (made,) = set_pages(SOURCE, _data("阿依古丽·买买提", "𠮷田"), lambda sign: ())
    assert [made] == set_pages(SOURCE, _data("阿依古丽·买买提", "𠮷田"), lambda sign: ())
    pdf = PdfReader(BytesIO(made))
    assert "/Marked': True" in str(pdf.root_object["/MarkInfo"])
    assert str(pdf.root_object["/Lang"]) == "zh"
    assert "买买提 *#[x]$" in pdf.pages[0].extract_text()
    assert "𠮷田" in pdf.pages[1].extract_text()
    assert len(made) < 100_000


@needs_chinese_font
def test_a_qr_code_is_read_back_from_the_page() -> None:
    """As printed, at the size of a thumb."""
    (made,) = set_pages(SOURCE, _data("张三", "李四"), lambda sign: ())
    assert codes_of_pages(made, 1, 2) == [CODE, CODE]


@needs_chinese_font
def test_a_sign_without_a_font_is_told_with_its_places() -> None:
    """All of them at once, nothing made."""
    places = {"\ue123": [("a.csv", 3)], "\U00016fff": [("a.csv", 4), ("b.csv", 1)]}
    with pytest.raises(InputError) as caught:
        set_pages(SOURCE, _data("张\ue123", "\U00016fff"), places.__getitem__)
    assert [(fault.file, fault.row, fault.value) for fault in caught.value.faults] == [
        ("a.csv", 3, "\ue123"), ("a.csv", 4, "\U00016fff"), ("b.csv", 1, "\U00016fff"),
    ]  # fmt: skip
