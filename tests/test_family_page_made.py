"""verify.html as it is put together: the same bytes, no word that reaches out, and words that stay data."""

from __future__ import annotations

import json
import re
from pathlib import Path

from allocator.verifier import family_page
from allocator.verifier.page import CLASS_SCRIPTS, SCRIPTS, one_page

ROOM = Path(__file__).resolve().parent.parent / "allocator" / "verifier"
FORBIDDEN = (
    r"fetch\(", "XMLHttp", "WebSocket", "EventSource", "sendBeacon", r"import\(", "localStorage", "sessionStorage",
    "indexedDB", "cookie", "innerHTML", "outerHTML", "insertAdjacent", r"document\.write", r"\beval\(", "new Function",
    "https?://", "Worker", "crypto",
)  # fmt: skip
"""Words of a program that would reach a network, a store, or markup."""


def test_the_same_words_give_the_same_bytes() -> None:
    """Nothing in the page depends on when or where it was put together, nor on the order of its words."""
    names = {"schools": {"b": {"zh": "乙", "en": "B"}, "a": {"zh": "甲", "en": "A"}}}
    turned = {"schools": dict(reversed(names["schools"].items()))}
    assert family_page(names) == family_page(turned)
    assert b"\r" not in family_page()


def test_the_page_allows_its_own_style_and_program_alone() -> None:
    """The policy names two digests, and the program has no word that reaches a network, a store or markup."""
    page = family_page().decode("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert re.fullmatch(
        r"default-src 'none'; script-src 'sha256-[\w+/=]{44}'; style-src 'sha256-[\w+/=]{44}'; base-uri 'none'; "
        r"form-action 'none'", policy[1])  # fmt: skip
    assert page.count("<script") == 2
    for word in FORBIDDEN:
        found = [name for name in SCRIPTS if re.search(word, re.sub(r"//.*", "", (ROOM / name).read_text()))]
        assert found == [], (word, found)


def test_words_cannot_leave_their_element() -> None:
    """Whatever stands in the words, the page has the same elements, and JSON gives the words back."""
    data = {"names": {"title": {"zh": "</script><!--<script>&\u2028", "en": "{{style}}"}}}
    page = one_page("page.html", "page.css", SCRIPTS, data).decode("utf-8")
    assert page.count("<script") == page.count("</script>") == 2
    block = re.search(r'<script id="words" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    assert json.loads(block[1])["names"] == data["names"]


def test_programs_and_style_keep_the_limits_of_the_house() -> None:
    """No file of the room is longer than 400 lines, none of their lines longer than 120 characters."""
    files = [path for path in sorted(ROOM.iterdir()) if path.suffix in (".js", ".css", ".html")]
    assert {path.name for path in files if path.suffix == ".js"} == {*SCRIPTS, *CLASS_SCRIPTS}
    lines = {path.name: path.read_text(encoding="utf-8").splitlines() for path in files}
    assert {name: len(found) for name, found in lines.items() if len(found) > 400} == {}
    assert {name: line for name, found in lines.items() for line in found if len(line) > 120} == {}
