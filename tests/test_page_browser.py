"""The page in a real browser, where one is installed: it is drawn, it switches language, and it asks for nothing."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
import zlib
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from allocator.district_folder import read_district
from allocator.planning.compare import compare, report_bytes, summarise_comparison
from allocator.planning.compare.base_sections import base_picture_files
from allocator.planning.extra_seats import seat_effects
from allocator.reading.what_if_file import read_what_ifs
from allocator.sheets import Figure, bilingual, drawn_page_part, render_document
from tests.conformance import ROOT
from tests.page_browser import BROWSER, browse, in_english, measured
from tests.page_cases import of_name, of_width, small_page

PRIMARY = ROOT / "scenarios" / "tongliao-2023-primary"

HEAD = b'<meta http-equiv="Content-Security-Policy" content="x">'

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium found")


def asked_for(log: Path) -> list[str]:
    """Return the addresses that a page asked for, by the browser's own log; its own errands have no origin."""
    record = json.loads(log.read_text(encoding="utf-8"))
    starts = record["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    made = [event["params"] for event in record["events"] if event["type"] == starts and "params" in event]
    return [params["url"] for params in made if "url" in params and params.get("initiator") != "not an origin"]


def pixels(picture: Path) -> bytes:
    """Return the unpacked bytes of a PNG."""
    data, place, packed = picture.read_bytes(), 8, b""
    assert data.startswith(b"\x89PNG")
    while place < len(data):
        (size,) = struct.unpack(">I", data[place : place + 4])
        if data[place + 4 : place + 8] == b"IDAT":
            packed += data[place + 8 : place + 8 + size]
        place += size + 12
    return zlib.decompress(packed)


@pytest.fixture(scope="module")
def whole_page() -> bytes:
    """A page with every picture, tables and tiles."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    figures = tuple(Figure(bilingual(picture), "图") for picture in of_name("新城一小").values())
    return render_document(small_page("新城一小", figures))


def test_nothing_is_asked_for(tmp_path: Path, whole_page: bytes) -> None:
    """Opened in a browser, the page asks for no address; one with an image from elsewhere does."""
    log = tmp_path / "log.json"
    shown = browse(tmp_path, whole_page, f"--log-net-log={log}", "--dump-dom")
    assert shown.count("<svg") == whole_page.count(b"<svg")
    assert asked_for(log) == []
    leaking = b'<!DOCTYPE html><title>x</title><img src="http://127.0.0.1:9/x.png">'
    browse(tmp_path, leaking, f"--log-net-log={log}", "--dump-dom")
    assert asked_for(log) == ["http://127.0.0.1:9/x.png"]


def test_the_policy_stops_what_should_not_be_there(tmp_path: Path, whole_page: bytes) -> None:
    """Were an image or a script smuggled in, the page's own policy would stop the request and the script."""
    log = tmp_path / "log.json"
    smuggled = b'<img src="http://127.0.0.1:9/x.png"><script>document.body.innerHTML="taken over"</script></body>'
    shown = browse(tmp_path, whole_page.replace(b"</body>", smuggled), f"--log-net-log={log}", "--dump-dom")
    assert asked_for(log) == []
    assert "<svg" in shown


@pytest.mark.parametrize("width", [1280, 500])
def test_both_languages_are_drawn(tmp_path: Path, whole_page: bytes, width: int) -> None:
    """On a wide and a narrow screen something is drawn, in each language something else."""
    shots = []
    for page in (whole_page, in_english(whole_page)):
        picture = tmp_path / "shot.png"
        browse(tmp_path, page, f"--window-size={width},1600", f"--screenshot={picture}")
        shots.append(pixels(picture))
    assert shots[0] != shots[1]
    for shot in shots:
        assert len(set(shot)) > 50


def test_it_prints(tmp_path: Path, whole_page: bytes) -> None:
    """Printed, the page makes a PDF of several pages."""
    paper = tmp_path / "page.pdf"
    browse(tmp_path, whole_page, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    assert paper.read_bytes().startswith(b"%PDF")
    assert paper.read_bytes().count(b"/Type /Page\n") > 3


LONG = "新城区第一实验学校小学部东校区（原机床厂子弟小学）与幼儿园联合体"


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("新城一小", 390),
        ("Affiliated-Primary-School-of-the-Tongliao-Machine-Works East", 390),
        (LONG, 1280),
        pytest.param(LONG, 390, marks=pytest.mark.long),
        pytest.param("Affiliated-Primary-School-of-the-Tongliao-Machine-Works East", 1280, marks=pytest.mark.long),
    ],
)
def test_pictures_and_tables_fit(tmp_path: Path, name: str, width: int) -> None:
    """With short and long names nothing is wider than its place, cut, too small or on top of something else."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    figures = tuple(drawn_page_part(picture, name) for picture in of_width(name).values())
    page = render_document(small_page(name, figures))
    for shown in (page, in_english(page)):
        found = measured(tmp_path, shown, width)
        assert found["wrong"] == []
        assert found["pictures"] == 3 * len(figures)


@pytest.fixture(scope="module")
def shipped_page() -> bytes:
    """The planners' page of the shipped district beside two what-ifs."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    chosen = [PRIMARY / "what-if" / f"{name}.yaml" for name in ("one-class-more", "neighbourhood-to-fuli")]
    found = compare(read_district(PRIMARY, trial_seed=1), read_what_ifs(chosen), draws=12)
    effects = seat_effects(found.district)
    return report_bytes(found, summarise_comparison(found), effects, made_on=date(2026, 11, 30))


@pytest.mark.parametrize("width", [390, 1280])
def test_the_planners_page_fits(tmp_path: Path, shipped_page: bytes, width: int) -> None:
    """In both languages, on a telephone and a screen: no overflow, no small, cut or covered words in any picture."""
    for page in (shipped_page, in_english(shipped_page)):
        found = measured(tmp_path, page, width)
        assert found["wrong"] == []
        assert found["pictures"] >= 8


OPENING = """\
format_version: 1
what_if: opening
title: {zh: 新建学校（2027-09-01 招生）, en: a school more from 2027-09-01}
changes:
  - {change: new_school, school: new-primary-school, name: 经济技术开发区新建实验学校小学部,
     name_en: New-Experimental-School-of-the-Development-Area Primary, plan: 45, zones: [ZONE], place: [1000, 2000]}
"""


@pytest.mark.parametrize("name", ["tongliao-2023-junior", "ranked-choice"])
def test_pages_of_other_districts_fit(tmp_path: Path, name: str) -> None:
    """The page with a school that opens or grows, and every picture as a file of its own, of other districts."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    district = read_district(ROOT / "scenarios" / name, trial_seed=1)
    opening = tmp_path / "opening.yaml"
    content = OPENING.replace("ZONE", min(district.zones))
    if name == "ranked-choice":  # where every school is somebody's wish, nobody can come to one that opens
        content = content.split("  - {")[0] + "  - {change: classes, school: north, add: 1, size: 45}\n"
    opening.write_text(content, encoding="utf-8")
    found = compare(district, read_what_ifs([opening]), draws=10)
    page = report_bytes(found, summarise_comparison(found), seat_effects(found.district), made_on=date(2026, 11, 30))
    for shown, width in product((page, in_english(page)), (390, 1280)):
        assert measured(tmp_path, shown, width)["wrong"] == []
    pictures = b"".join(picture for _, picture in base_picture_files(found))
    assert measured(tmp_path, HEAD + b"<body><main>" + pictures + b"</main></body>", 1280)["wrong"] == []


def test_the_planners_page_fits_on_paper(tmp_path: Path, shipped_page: bytes) -> None:
    """On A4 every word of every table stands inside the margins, the numbers of the widest table's last column too."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("no pdftotext found")
    paper = tmp_path / "page.pdf"
    browse(tmp_path, in_english(shipped_page), "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    told = subprocess.run([reader, "-bbox", str(paper), "-"], capture_output=True, text=True, check=True).stdout
    width = float(re.findall(r'<page width="([\d.]+)"', told)[0])
    ends = [float(end) for end in re.findall(r'<word [^>]*xMax="([\d.]+)"', told)]
    assert width == pytest.approx(595, abs=2)
    assert max(ends) < width - 20
    assert min(float(start) for start in re.findall(r'<word xMin="(-?[\d.]+)"', told)) > 20
    for words in ("left</word>", ">2,924</word>", ">xincheng-2</word>", "2026-11-30</word>"):
        assert words in told
    first, second, *_ = told.split("</page>")
    assert ">133</word>" in first  # the headline stands below the title, not alone on a page of its own
    assert ">2,877</word>" in first
    assert ">short?</word>" in second  # a heading and its picture
    assert ">needs</word>" in second


def test_measures_find_what_is_wrong(tmp_path: Path) -> None:
    """The script that looks a page over finds a table that is too wide, small words, and words on top of each other."""
    words = '<text x="5" y="20" font-size="{}">{}</text>'
    svg = '<svg viewBox="0 0 100 40" width="100" height="40" font-size="13">{}</svg>'
    bad = svg.format(words.format(13, "one") + words.format(13, "two") + words.format(2, "small…"))
    table = f"<table><tr><td>{'x' * 400}</td></tr></table><p style='width:5em'>on 2026-11-30</p>"
    wrong = measured(tmp_path, HEAD + f"<body><main>{bad}{table}</main></body>".encode(), 390)["wrong"]
    for kind in ("beyond the page", "small", "cut", "on top of each other", "broken"):
        assert any(kind in one for one in wrong), (kind, wrong)
