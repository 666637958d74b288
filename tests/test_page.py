"""The page: one file that fetches nothing, both languages, everything escaped, the same bytes every time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from importlib.machinery import ModuleSpec

import pytest

from allocator.domain import Text
from allocator.ground import InputError
from allocator.sheets import (
    Cell,
    Column,
    Figure,
    Flow,
    Page,
    PageSection,
    Table,
    Tile,
    bilingual,
    demand_vega,
    number,
    render_document,
    sankey,
    standalone_document,
)
from allocator.sheets.page import vega as vega_module
from allocator.sheets.page.drawing import text_width, wrapped_for_drawing
from allocator.sheets.page.style import SHEET
from tests.page_cases import HOSTILE, assert_nothing_fetched, read_svg, small_page

FLOWS = [Flow("一小", "一小", 30), Flow("一小", "二小", 12, "diverted")]
VOID = {"meta", "input", "br", "hr", "img", "link"}


class Reader(HTMLParser):
    """Reads a page: open elements must be closed in order; collects ids, references, words by language."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.ids: Counter[str] = Counter()
        self.references: set[str] = set()
        self.tags: Counter[str] = Counter()
        self.words: dict[str, str] = {}
        self.feed(page.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, its id, what it points at and its language."""
        given = {key: value or "" for key, value in attrs}
        self.tags[tag] += 1
        self.ids.update([given["id"]] if "id" in given else [])
        self.references |= set(given.get("aria-labelledby", "").split())
        self.references |= {given[key].removeprefix("#") for key in ("href", "for") if key in given}
        if tag not in VOID:
            self.open.append((tag, given.get("lang", self.open[-1][1] if self.open else "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be this one."""
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Collect words."""
        if self.open and self.open[-1][0] not in ("style", "title"):
            language = self.open[-1][1]
            self.words[language] = self.words.get(language, "") + data


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words(name: str) -> None:
    """Wherever a name can stand, it makes no element, no attribute and no request, and is shown as it is."""
    figure = Figure(bilingual(lambda language: sankey([Flow(name, name, 3)], language)), name, name)
    page = render_document(small_page(name, (figure,)))
    read = Reader(page)
    assert_nothing_fetched(page.decode())
    known = Reader(render_document(small_page("一小", (figure,))))
    assert read.tags.keys() - known.tags.keys() == set()
    shown = re.sub(r"[\u0000\u0008\ufffe\u202e\r]", "\ufffd", name)
    assert shown in "".join(read.words.values())


def test_ids_are_unique_and_references_meet() -> None:
    """The same picture twice in both languages shares no id, and each label and link has its target."""
    figure = Figure(bilingual(lambda language: sankey(FLOWS, language)))
    read = Reader(render_document(small_page("一小", (figure, figure))))
    assert read.tags["svg"] == 2 * 3 * 2
    assert max(read.ids.values()) == 1
    assert read.references <= read.ids.keys()


def test_both_languages_stand_in_one_file() -> None:
    """Chinese and English each stand in elements that say so; names stay Chinese in English surroundings."""
    section = PageSection(Text("问题", "Question"), "新城二小")
    read = Reader(render_document(Page(Text("标题", "The title"), (section,), lead=Text("答", "At 新城二小"))))
    assert {"标题", "问题", "新城二小"} <= set(re.findall(r"[\u4e00-\u9fff]+", read.words["zh-Hans"]))
    assert "The title" in read.words["en"]
    assert "Question" in read.words["en"]
    assert not re.search(r"[\u4e00-\u9fff]", read.words["en"])


def test_chinese_comes_first_and_no_script_switches() -> None:
    """One of two radio buttons is checked, the style sheet hides the other language, and there is no script."""
    page = render_document(small_page("一小")).decode()
    assert re.findall(r'<input class="pick" type="radio" name="language" id="(\w+)"( checked)?>', page) == [
        ("zh", " checked"), ("en", "")
    ]  # fmt: skip
    assert "#zh:checked~.in-en,#en:checked~.in-zh{display:none}" in SHEET
    assert "<script" not in page


def test_the_policy_forbids_everything_but_styles() -> None:
    """The page's own security policy lets nothing in but its styles and data images, before anything else is read."""
    page = render_document(small_page("一小")).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_same_page_same_bytes() -> None:
    """A page is made of its data alone, in UTF-8 with LF."""
    figure = Figure(bilingual(lambda language: sankey(FLOWS, language)))
    made = [render_document(small_page("一小", (figure,))) for _ in range(2)]
    assert made[0] == made[1]
    assert b"\r" not in made[0]
    assert made[0].startswith(b'<!DOCTYPE html>\n<html lang="zh-Hans">\n')


def test_marks_and_heads_are_repeated_in_print() -> None:
    """In print the marks are the repeated head of the page, and a table's head that of the table."""
    style = SHEET[SHEET.index("@media print") :]
    assert ".marks{display:table-header-group" in style
    assert "thead{display:table-header-group}" in style
    assert render_document(small_page("试运行")).decode().count('<div class="marks"><span>试运行</span>') == 1


@pytest.mark.parametrize(
    "svg",
    [
        "<svg><script>1</script></svg>",
        "<svg><image href='x'/></svg>",
        "<svg><a href='#x'>1</a></svg>",
        '<svg><rect onload="x"/></svg>',
        '<svg><rect style="x"/></svg>',
        '<svg><rect fill="url(http://x)"/></svg>',
        "<svg><foreignObject/></svg>",
    ],
)
def test_foreign_pictures_are_refused(svg: str) -> None:
    """A picture with an element or attribute that none of ours has does not get into a page."""
    page = Page(Text("一", "one"), (PageSection("", parts=(Figure(Text(svg, svg)),)),))
    with pytest.raises(ValueError, match="picture"):
        render_document(page)


def test_tables_align_and_write_numbers() -> None:
    """Numbers stand right with thousands and signs; shades are steps; the first cell names its row."""
    columns = (Column("学校"), Column("差", "right", digits=1, signed=True))
    rows = (("一小", 1234), ("二小", -0.25), ("三小", 0), (Cell("四小", "小", 0.7, strong=True), None))
    page = render_document(Page(Text("一", "one"), (PageSection("", parts=(Table(columns, rows),)),))).decode()
    assert '<th scope="col" class="right">差</th>' in page
    assert '<th scope="row">一小</th><td class="right">+1,234</td>' in page
    assert '<td class="right">\u22120.3</td>' in page
    assert '<td class="right">0</td>' in page
    assert '<th scope="row" class="strong h7">四小 <small>小</small></th><td class="right"></td>' in page


def test_empty_tables_and_pages_say_so() -> None:
    """A table without rows says that there is nothing; a page without sections is a page."""
    page = render_document(
        Page(Text("一", "one"), (PageSection("", parts=(Table((Column("学校"), Column("差")), ()),)),))
    ).decode()
    assert '<td colspan="2">没有可显示的数据</td>' in page
    assert Reader(render_document(Page(Text("", ""), ()))).tags["section"] == 0


def test_rows_of_the_wrong_length_are_refused() -> None:
    """A table demands a cell for every column."""
    with pytest.raises(ValueError, match="cells"):
        Table((Column("a"), Column("b")), (("x",),))


def test_tiles_tell_good_from_bad_without_colour() -> None:
    """Good and bad key figures carry a mark besides their colour."""
    page = render_document(Page(Text("", ""), (), tiles=(Tile(1, "x", mood="good"), Tile(2, "y", mood="bad")))).decode()
    assert '<div class="tile good"><b>1</b>' in page
    assert '.good b::after{content:" \\2713"' in SHEET
    assert '.bad b::after{content:" !"' in SHEET


@pytest.mark.parametrize(
    ("value", "digits", "signed", "words"),
    [(0, 0, False, "0"), (1234567, 0, True, "+1,234,567"), (-0.04, 1, True, "0.0"), (2.5, 0, False, "3"),
     (-2.5, 0, False, "\u22123"), (0.125, 2, True, "+0.13")],
)  # fmt: skip
def test_numbers_as_people_read_them(value: float, digits: int, signed: bool, words: str) -> None:
    """Thousands apart, a true minus, halves away from zero, no minus zero."""
    assert number(value, digits, signed=signed) == words


@pytest.mark.parametrize(
    "words",
    ["新城一中(小学部)", "a neighbourhood in the east moves", "名" * 300, "x" * 90, "a 名b 名", "一，二。三）", "",
     " ", "Works-School since-2019-11-30", "--a--" * 9],
)
def test_words_are_wrapped_and_never_cut(words: str) -> None:
    """Words break into lines that fit their room, at spaces and hyphens where there are some; nothing is missing."""
    for room in (30.0, 60.0, 500.0):
        lines = wrapped_for_drawing(words, 10, room)
        assert "".join(lines).replace(" ", "") == "".join(words.split())
        assert all(text_width(line, 10) <= room for line in lines)
    assert wrapped_for_drawing("one two", 10, 30) == ("one", "two")
    assert wrapped_for_drawing("Primary-School-of-1998-11-30", 10, 75) == ("Primary-", "School-of-", "1998-11-30")
    assert wrapped_for_drawing("新城一小", 10, 40) == ("新城一小",)
    assert wrapped_for_drawing("新城，一小", 10, 25) == ("新", "城，", "一小")


def test_missing_extra_is_told_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Altair or vl-convert there is one fault with its own code; with both there is none."""

    def found(name: str) -> ModuleSpec | None:
        return None if name == "vl_convert" else ModuleSpec(name, None)

    monkeypatch.setattr(vega_module, "find_spec", found)
    with pytest.raises(InputError) as caught:
        demand_vega()
    assert [(fault.code, fault.value) for fault in caught.value.faults] == [("page.extra_missing", "vl_convert")]
    monkeypatch.setattr(vega_module, "find_spec", lambda name: ModuleSpec(name, None))
    demand_vega()


def test_importing_the_page_loads_no_charts() -> None:
    """Altair and vl-convert are loaded by a chart only, neither by import nor by flows and maps."""
    code = (
        "import sys, allocator.sheets.page as p; p.sankey([p.Flow('a', 'b', 1)], 'zh');"
        "p.district_map([p.Home(0, 0, 'home')], [], 'zh');"
        "print([m for m in ('altair', 'vl_convert') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_picture_of_its_own_has_fonts_and_a_white_ground() -> None:
    """A picture for a README names Chinese fonts, is white behind, and is well-formed."""
    svg = sankey(FLOWS, "zh")
    root = read_svg(standalone_document(svg))
    assert "Noto Sans CJK SC" in root.attrib["font-family"]
    ground = root[2]
    assert ground.tag.endswith("rect")
    assert ground.attrib["fill"] == "#fff"
    assert (ground.attrib["width"], ground.attrib["height"]) == (root.attrib["width"], root.attrib["height"])
    with pytest.raises(ValueError, match="picture"):
        standalone_document("<svg/>")
