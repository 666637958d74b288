"""Mutations of everything that the program reads, made from a seed: the same number is the same mutation everywhere."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

Rng = random.Random

TEXTS = (
    "", " ", "0", "-1", "1e9", "1" * 40, "150502201701010011", "=1+1", "+", "@a", "'", '"', ",", ";", ";;", "a;b",
    "a\tb", "a\nb", "\r", "\u200b", "\u202e", "\ue863", "\ufffd", "张三", "ｅａｓｔ", "east", "west", "K1", "K9",
    "nowhere", "verified", "late", "F", "男", "NaN", "inf", "x" * 3000, "[/]", "[red]", ":smile:", "{0}", "%s",
    "../..", "/",
    "con", "null", "~",
)  # fmt: skip
"""What a cell or a text may hold."""
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 10**30, 1.5, 1e308, [], {}, [[]], [None], {"a": 1}, [1, 2, 3], *TEXTS,
)  # fmt: skip
"""What a node of YAML or JSON may be."""
BYTES = (
    b"", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r", b"\n", b'"', b",", b";", b":", b"[", b"{", b"]", b"}",
    b"- ", b"#", b"&a ", b"*a", b"!!python/object", b"<", b">", b"<!DOCTYPE a>", b"&#0;",
    b"\xfe\x59", b"\x81\x30\x81\x30",
    "，".encode(), "：".encode(), b"\xed\xa0\x80", b"9" * 400, b"\x1b[31m",
)  # fmt: skip
"""What may be put between bytes."""
ATTRIBUTES = (b'"0"', b'"1"', b'"x"')


def mutate(raw: bytes, name: str, rng: Rng) -> bytes:
    """Return a file changed in one place or a few, in a way that its kind suggests."""
    kinds: dict[str, list[Callable[[bytes, Rng], bytes]]] = {
        ".csv": [cell, cell, row, encoded],
        ".yaml": [yaml_node, yaml_node, line],
        ".json": [json_node, json_node],
        ".jsonl": [json_line, line],
        ".txt": [line, line],
        ".xlsx": [part, part, sheet_cell],
        ".sqlite": [table, table],
    }
    ways = [some_bytes, *kinds.get(Path(name).suffix, [line])]
    try:
        return rng.choice(ways)(raw, rng)
    except (ValueError, LookupError, TypeError, csv.Error, YAMLError, zipfile.BadZipFile, zlib.error, sqlite3.Error):
        return some_bytes(raw, rng)  # an earlier mutation left nothing of its kind


def some_bytes(raw: bytes, rng: Rng) -> bytes:
    """Cut, double, exchange or insert bytes, up to four times."""
    for _ in range(rng.randint(1, 4)):
        a, b = sorted(rng.randrange(len(raw) + 1) for _ in range(2))
        b = min(b, a + rng.choice((1, 4, 40, 10_000)))
        raw = rng.choice(
            (
                lambda raw=raw, a=a, b=b: raw[:a] + raw[b:],
                lambda raw=raw, a=a, b=b: raw[:b] + raw[a:],
                lambda raw=raw, a=a: raw[:a],
                lambda raw=raw, a=a: raw[:a] + rng.choice(BYTES) + raw[a:],
                lambda raw=raw, a=a: raw[:a] + bytes([rng.randrange(256)]) + raw[a + 1 :],
            )
        )()
    return raw


def line(raw: bytes, rng: Rng) -> bytes:
    """Drop, double, exchange or change a line."""
    lines = raw.split(b"\n")
    at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    way = rng.randrange(5)
    if way == 0:
        del lines[at]
    elif way == 1:
        lines.insert(other, lines[at])
    elif way == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif way == 3:
        lines[at] = b" " * rng.randint(1, 4) + lines[at]
    else:
        lines[at] = re.sub(rb"[\w.-]+", lambda _: rng.choice(TEXTS).encode(), lines[at], count=1)
    return b"\n".join(lines)


def _table(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def _as_csv(rows: list[list[str]], encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode(encoding, "replace")


def cell(raw: bytes, rng: Rng) -> bytes:
    """Put something else into one to three cells."""
    rows = _table(raw)
    for _ in range(rng.randint(1, 3)):
        some = rng.choice([row for row in rows if row])
        some[rng.randrange(len(some))] = rng.choice(TEXTS)
    return _as_csv(rows)


def row(raw: bytes, rng: Rng) -> bytes:
    """Drop, double, exchange, lengthen or shorten a row, or a whole column."""
    rows = _table(raw)
    at, other, way = rng.randrange(len(rows)), rng.randrange(len(rows)), rng.randrange(7)
    if way == 0:
        del rows[at]
    elif way == 1:
        rows.insert(other, list(rows[at]))
    elif way == 2:
        rows[at], rows[other] = rows[other], rows[at]
    elif way == 3:
        rows[at].insert(rng.randrange(len(rows[at]) + 1), rng.choice(TEXTS))
    elif way == 4:
        del rows[at][rng.randrange(len(rows[at]))]
    elif way == 5:
        place = rng.randrange(len(rows[0]))
        rows = [[*r[:place], *r[place + 1 :]] for r in rows]
    else:
        place = rng.randrange(len(rows[0]))
        rows = [[*r[:place], r[place] if place < len(r) else "", *r[place:]] for r in rows]
    return _as_csv(rows)


def encoded(raw: bytes, rng: Rng) -> bytes:
    """The table in another encoding."""
    return raw.decode("utf-8-sig").encode(rng.choice(("gb18030", "utf-16", "utf-8-sig", "big5", "latin-1")), "replace")


def _node(value: Any, rng: Rng) -> Any:
    """Return a value with one node replaced, dropped, doubled or renamed."""
    if isinstance(value, dict) and value and rng.random() < 0.85:
        key = rng.choice(list(value))
        way = rng.randrange(8)
        rest = {k: v for k, v in value.items() if k != key}
        if way == 0:
            return rest
        if way == 1:
            return {**rest, rng.choice(TEXTS): value[key]}
        return {**value, key: _node(value[key], rng)}
    if isinstance(value, list) and value and rng.random() < 0.85:
        at, way = rng.randrange(len(value)), rng.randrange(6)
        if way == 0:
            return value[:at] + value[at + 1 :]
        if way == 1:
            return value[:at] + value[at : at + 1] + value[at:]
        return [*value[:at], _node(value[at], rng), *value[at + 1 :]]
    return rng.choice(VALUES)


def json_node(raw: bytes, rng: Rng) -> bytes:
    """Change a node of a JSON file."""
    return json.dumps(_node(json.loads(raw), rng), ensure_ascii=False).encode()


def json_line(raw: bytes, rng: Rng) -> bytes:
    """Change a node of one line of a file of JSON lines."""
    lines = raw.splitlines()
    at = rng.randrange(len(lines))
    lines[at] = json_node(lines[at], rng)
    return b"\n".join([*lines, b""])


def yaml_node(raw: bytes, rng: Rng) -> bytes:
    """Change a node of a YAML file; what is written is JSON, which YAML takes as well."""
    return json.dumps(_node(YAML(typ="safe").load(raw.decode()), rng), ensure_ascii=False, indent=1).encode()


def part(raw: bytes, rng: Rng) -> bytes:
    """Change bytes or a number in one part of a workbook, or drop or double it."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(result, "w") as new:
        chosen = rng.choice(old.namelist())
        way = rng.randrange(5)
        for name in old.namelist():
            content = old.read(name)
            if name != chosen:
                new.writestr(name, content)
            elif way == 1:
                new.writestr(name, re.sub(rb'"[^"]*"', lambda found: rng.choice((*ATTRIBUTES, found[0])), content))
            elif way == 2:
                new.writestr(f"xl/worksheets/sheet{rng.randint(20, 29)}.xml", content)
            elif way > 2:
                new.writestr(name, some_bytes(content, rng))
    return result.getvalue()


def sheet_cell(raw: bytes, rng: Rng) -> bytes:
    """Change a text or a number of a workbook."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(("sharedStrings.xml", "sheet1.xml")):
                found = list(re.finditer(rb">([^<>]+)</(?:t|v)>", content))
                some = rng.choice(found)
                text = re.sub("[<>&\x00-\x08]", "", rng.choice(TEXTS)).encode()
                content = content[: some.start(1)] + text + content[some.end(1) :]
            new.writestr(name, content)
    return result.getvalue()


def table(raw: bytes, rng: Rng) -> bytes:
    """Change the tables of an SQLite file by a statement."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(raw)
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        chosen = rng.choice(names)
        columns = [column[1] for column in database.execute(f'PRAGMA table_info("{chosen}")')]
        plain = [value for value in VALUES if not isinstance(value, list | dict | int)]
        column, value = rng.choice(columns), rng.choice([*plain, 0, -1])
        way = rng.randrange(5)
        if way == 0:
            database.execute(f'DROP TABLE "{chosen}"')
        elif way == 1:
            database.execute(f'DELETE FROM "{chosen}"')
        elif way == 2 and len(columns) > 1:
            database.execute(f'ALTER TABLE "{chosen}" RENAME COLUMN "{column}" TO "other"')
        else:
            database.execute(f'UPDATE OR IGNORE "{chosen}" SET "{column}" = ?', (value,))
        database.commit()
        return database.serialize()
