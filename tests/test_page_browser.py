"""The page in a real browser, where one is installed: it is drawn, it switches language, and it asks for nothing."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from allocator.page import Figure, both, render
from tests.page_cases import of_name, small_page

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # what the browser itself would ask for leaves the machine neither
    "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium found")


def browse(folder: Path, page: bytes, *options: str) -> str:
    """Open a page in a browser with an empty profile; return what it prints."""
    assert BROWSER is not None
    file = folder / "page.html"
    file.write_bytes(page)
    profile = folder / "profile"
    shutil.rmtree(profile, ignore_errors=True)
    command = [BROWSER, *FLAGS, f"--user-data-dir={profile}", *options, file.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


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
    figures = tuple(Figure(both(picture), "图") for picture in of_name("新城一小").values())
    return render(small_page("新城一小", figures))


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
    english = whole_page.replace(b'id="zh" checked', b'id="zh"').replace(b'id="en"', b'id="en" checked', 1)
    assert english != whole_page
    drawn = []
    for page in (whole_page, english):
        picture = tmp_path / "shot.png"
        browse(tmp_path, page, f"--window-size={width},1600", f"--screenshot={picture}")
        drawn.append(pixels(picture))
    assert drawn[0] != drawn[1]
    for shot in drawn:
        assert len(set(shot)) > 50


def test_it_prints(tmp_path: Path, whole_page: bytes) -> None:
    """Printed, the page makes a PDF of several pages."""
    paper = tmp_path / "page.pdf"
    browse(tmp_path, whole_page, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    assert paper.read_bytes().startswith(b"%PDF")
    assert paper.read_bytes().count(b"/Type /Page\n") > 3
