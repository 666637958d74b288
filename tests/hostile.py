"""A district whose names, titles and notices are instructions for whoever takes text for more than text."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

NAMES = (
    "[/]", "East [north campus]", ":smile: 小学", "[bold red]红[/bold red]", "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>', "</title></svg><b>x</b>", "{0} {name} %s %(x)s", "]]><!-- x -->", "datum.x + 1",
    "[link=http://x.example]y[/link]", "x onload=alert(1) style=x", "&lt;b&gt; &amp;", "\\[/] \\n", "${7*7} `id` $(id)",
)  # fmt: skip
"""Names of schools: markup of rich, emoji, HTML, SVG, format fields, expressions of Vega, shells."""

STEERING = "\u202e\u2066\x9b31m\u200b\u061c\u2028"
"""Signs that turn a line around, steer a terminal, or are seen by nobody."""

TITLE = f"[/] :smile: </script><b>&amp; {STEERING}=1+1 {{x}}"
NOTICE = f"＝cmd|' /C calc'!A0 {STEERING} [/notice] <img src=x onerror=alert(2)>"


def make_hostile(folder: Path) -> Path:
    """Give the schools, titles and notice of a district hostile names; its tables and policy stay in order."""
    path = folder / "schools.csv"
    header, *rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    for number, row in enumerate(rows):
        row[1] = f"{NAMES[number % len(NAMES)]} {number}"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    _retitle(folder / "policy.yaml")
    (folder / "transcript.txt").unlink()
    return folder


def _retitle(path: Path) -> None:
    """Give a policy or what-if file hostile titles and a hostile notice."""
    words = path.read_text(encoding="utf-8")
    title, notice = (json.dumps(text).replace("\\", "\\\\") for text in (TITLE, NOTICE))  # as parts of a substitution
    for before, text in (("title:\n  ", title), ("notice:\n  ", notice), ("    ", title)):
        words = re.sub(rf"^({before}zh: ).*\n( +en: ).*$", rf"\1{text}\n\2{text}", words, flags=re.M)
    words = re.sub(r"(\{id: \w+, zh: ).*?, en: .*?, (home: )", rf"\1{title}, en: {title}, \2", words)
    path.write_text(words, encoding="utf-8", newline="\n")


def hostile_what_if(path: Path) -> Path:
    """Write a what-if with hostile titles."""
    path.write_text(
        f"format_version: 1\nwhat_if: {path.stem}\ntitle:\n  zh: {json.dumps(TITLE)}\n  en: {json.dumps(TITLE)}\n"
        "changes:\n  - {change: seats, school: fuli, add: 2}\n",
        encoding="utf-8",
    )
    return path


def hostile_grid(path: Path) -> Path:
    """Write a grid with hostile titles."""
    title = f"{{zh: {json.dumps(TITLE)}, en: {json.dumps(TITLE)}}}"
    path.write_text(
        f"format_version: 1\ngrid: {path.stem}\ntitle: {title}\naxes:\n"
        f"  - axis: one\n    title: {title}\n    options:\n"
        f"      - {{option: two, title: {title}, changes: [{{change: seats, school: fuli, add: 2}}]}}\n",
        encoding="utf-8",
    )
    return path
