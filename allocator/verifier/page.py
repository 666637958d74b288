"""Putting a page together: HTML, style, programs and words into one file that needs nothing else.

Nothing is fetched: the Content-Security-Policy allows the style and the program of the page by their digests, and
nothing else at all. Words are data: a browser never runs them, and no check of the page relies on them.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files

from allocator.ground import TEXTS

FAMILY_PAGE = "verify.html"
"""Name of the page in a published folder."""
SCRIPTS = (
    "sha256.js", "tables.js", "transcript.js", "order.js", "policy.js", "folder.js", "places.js", "findings.js",
    "draws.js", "cutoffs.js", "lists.js", "check.js", "words.js", "answer.js", "ui.js",
)  # fmt: skip
"""Programs of the family's page, each after those that it uses."""
CLASS_PAGE = "classes.html"
"""Name of the page in the folder of a class placement."""
CLASS_SCRIPTS = (
    "sha256.js", "tables.js", "findings.js", "class_deal.js", "class_check.js", "words.js", "class_ui.js",
)  # fmt: skip
"""Programs of the page of a class placement."""
_CODE = re.compile(r'"((?:draw|family)\.[a-z_]+|classes\.page_[a-z_]+)"')
_COMMENT = re.compile(r"^\s*//[^\n]*\n", re.MULTILINE)


def family_page(names: Mapping[str, object] | None = None, digests: Mapping[str, str] | None = None) -> bytes:
    """Return the family's page; the same names and digests give the same bytes.

    Parameters
    ----------
    names : mapping, optional
        What answers call the things of a district: ``schools``, ``phases``, ``categories`` and ``clauses`` by id, each
        with ``zh`` and ``en``, and ``title``. Without them an answer shows ids.
    digests : mapping, optional
        SHA-256 by path of the files that are published with the page. They can only add a finding.
    """
    return one_page("page.html", "page.css", SCRIPTS, {"names": names or {}, "digests": digests or {}})


def class_page() -> bytes:
    """Return the page with which anybody deals the classes again (class-procedure.md); always the same bytes."""
    return one_page("class_page.html", "page.css", CLASS_SCRIPTS, {"names": {}})


def one_page(html: str, css: str, scripts: Sequence[str], data: Mapping[str, object]) -> bytes:
    """Return a page of this room in one file, with all texts that its programs and its HTML name by their code.

    Parameters
    ----------
    html, css : str
        Names of its files here; ``{{policy}}``, ``{{style}}``, ``{{words}}`` and ``{{script}}`` of the HTML are filled.
    scripts : sequence of str
        Names of its programs, which run in this order in one scope of their own.
    data : mapping
        What the programs find beside the texts.
    """
    page, style = _read(html), _read(css)
    programs = [_read(name) for name in scripts]
    code = '"use strict";\n(() => {\n' + "\n".join(_COMMENT.sub("", program) for program in programs) + "})();\n"
    texts = {name: TEXTS[name] for name in _codes([page, *programs])}
    parts = {
        "policy": f"default-src 'none'; script-src {_source(code)}; style-src {_source(style)}; base-uri 'none'; "
        "form-action 'none'",
        "style": style,
        "words": _data({"texts": texts, **data}),
        "script": code,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], page).encode("utf-8")


def _read(name: str) -> str:
    """Return the text of a file of this room."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def _codes(sources: Iterable[str]) -> list[str]:
    """Return every code of a text that stands in quotes in the sources, sorted."""
    return sorted({code for source in sources for code in _CODE.findall(source)})


def _source(content: str) -> str:
    """Return what the Content-Security-Policy calls an inline style or program: its SHA-256."""
    return f"'sha256-{b64encode(sha256(content.encode('utf-8')).digest()).decode('ascii')}'"


def _data(value: object) -> str:
    """Return a value as JSON that cannot end the element in which it stands, nor be read as markup."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return written
