"""A browser for tests of pages: opens one in a given width, and tells what stands wrong on it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # what the browser itself would ask for leaves the machine neither
    "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip

MEASURES = Path(__file__).with_name("page_measures.js").read_text(encoding="utf-8")
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
OUTER = (
    '<!DOCTYPE html><meta charset="utf-8"><pre id="told"></pre><script>'
    'addEventListener("message", (e) => {{ document.getElementById("told").textContent = e.data; }});</script>'
    '<iframe src="inner.html" style="border:0;width:{width}px;height:900px"></iframe>'
)


def browse(folder: Path, page: bytes, *options: str) -> str:
    """Open a page in a browser with an empty profile; return what it prints."""
    assert BROWSER is not None
    file = folder / "page.html"
    file.write_bytes(page)
    profile = folder / "profile"
    shutil.rmtree(profile, ignore_errors=True)
    command = [BROWSER, *FLAGS, f"--user-data-dir={profile}", *options, file.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def in_english(page: bytes) -> bytes:
    """Return a page with its other language chosen."""
    other = page.replace(b'id="zh" checked', b'id="zh"').replace(b'id="en"', b'id="en" checked', 1)
    assert other != page
    return other


def measured(folder: Path, page: bytes, width: int) -> dict[str, Any]:
    """Return what a script finds wrong on a page of some width; its policy, which forbids scripts, is left out."""
    script = f"<script>addEventListener('load', () => {{ {MEASURES} }});</script></body>".encode()
    inner, count = POLICY.subn(b"", page)
    assert count == 1
    (folder / "inner.html").write_bytes(inner.replace(b"</body>", script))
    outer = OUTER.format(width=width).encode()
    shown = browse(folder, outer, f"--window-size={max(width, 500)},1000", "--virtual-time-budget=8000", "--dump-dom")
    told = re.search(r'<pre id="told">(.*?)</pre>', shown, re.DOTALL)
    assert told is not None
    assert told[1], "the page was not measured"
    found: dict[str, Any] = json.loads(unescape(told[1]))
    assert found["width"] == width
    return found
