"""Published folders as somebody might change them, by hand or on purpose: kinds of changes with the files touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

Files = dict[str, bytes]
"""A published folder: bytes by path."""
Touched = set[str]
Kind = Callable[[Random, Files], Touched | None]
"""Changes the files in place and returns those that it touched; None where there is nothing to change so."""

HEX = "0123456789abcdef"


class Tampered(NamedTuple):
    """A folder after one change, the kind of change, and the files that it touched."""

    kind: str
    files: Files
    touched: frozenset[str]


def files_of(folder: Path) -> Files:
    """Read a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file()}  # fmt: skip


def write_files(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write a folder, without the page."""
    for name, raw in files.items():
        if name != "verify.html":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(raw)
    return folder


def tampered_sets(seed: int, count: int, folders: Mapping[str, Files]) -> Iterator[Tampered]:
    """Yield changed folders, the kinds one after another, each of a folder that has something to change so."""
    rng, kinds, made = Random(seed), list(KINDS.items()), 0
    while made < count:
        name, kind = kinds[made % len(kinds)]
        for district in rng.sample(sorted(folders), len(folders)):
            files = dict(folders[district])
            touched = kind(rng, files)
            if touched and files != folders[district]:
                yield Tampered(f"{name} of {district}", files, frozenset(touched))
                break
        made += 1


def table_files(files: Files, start: str) -> list[str]:
    """Paths of tables with at least one row, by the beginning of the path."""
    return [name for name in files if name.startswith(start) and files[name].count(b"\n") > 1]


def other_value(rng: Random, value: str, column: list[str]) -> str:
    """Another value for a cell: of another row, a number near it, or with one sign changed."""
    others = sorted({one for one in column if one != value})
    near = [str(int(value) + step) for step in (-1, 1)] if value.isascii() and value.isdecimal() else []
    spot = rng.randrange(len(value)) if value else 0
    signs = [value[:spot] + next(sign for sign in rng.sample(HEX, 16) if sign != value[spot]) + value[spot + 1 :]] \
        if value else ["1"]  # fmt: skip
    return rng.choice([rng.choice(group) for group in (others, near, signs, [""]) if group and group != [value]])


def cell(start: str, column: int) -> Kind:
    """Change one cell of a column of a table."""

    def change(rng: Random, files: Files) -> Touched | None:
        names = table_files(files, start)
        if not names:
            return None
        name = rng.choice(names)
        head, *rows = [line.split(",") for line in files[name].decode("utf-8").splitlines()]
        row = rng.choice(rows)
        row[column] = other_value(rng, row[column], [one[column] for one in rows])
        files[name] = "".join(",".join(line) + "\n" for line in (head, *rows)).encode("utf-8")
        return {name}

    return change


def lines(change: Callable[[Random, list[bytes]], None], starts: tuple[str, ...], least: int = 1) -> Kind:
    """Change the rows of a table below its header."""

    def changed(rng: Random, files: Files) -> Touched | None:
        names = [name for start in starts for name in table_files(files, start) if files[name].count(b"\n") > least]
        if not names:
            return None
        name = rng.choice(names)
        head, *rows = files[name].splitlines(keepends=True)
        change(rng, rows)
        files[name] = b"".join((head, *rows))
        return {name}

    return changed


def swap(rng: Random, rows: list[bytes]) -> None:
    """Exchange two rows."""
    one, other = rng.sample(range(len(rows)), 2)
    rows[one], rows[other] = rows[other], rows[one]


def add(rng: Random, rows: list[bytes]) -> None:
    """Add a row like another one, with another number."""
    row = bytearray(rng.choice(rows))
    digits = [at for at, sign in enumerate(row) if chr(sign).isdigit()] or [0]
    spot = rng.choice(digits)
    row[spot] = ord(str((int(chr(row[spot])) + 1) % 10) if chr(row[spot]).isdigit() else "Z")
    rows.insert(rng.randrange(len(rows) + 1), bytes(row))


def whole(change: Callable[[bytes], bytes], starts: tuple[str, ...] = ("",)) -> Kind:
    """Change the bytes of one file."""

    def changed(rng: Random, files: Files) -> Touched:
        names = sorted(name for name in files if name.startswith(starts) and name != "verify.html")
        name = rng.choice(names)
        files[name] = change(files[name])
        return {name}

    return changed


def removed(start: str) -> Kind:
    """Remove a file."""

    def change(rng: Random, files: Files) -> Touched | None:
        names = sorted(name for name in files if name.startswith(start) and name != "verify.html")
        if not names:
            return None
        name = rng.choice(names)
        del files[name]
        return {name}

    return change


def renamed(start: str) -> Kind:
    """Give a file of a kind another name."""

    def change(rng: Random, files: Files) -> Touched | None:
        names = sorted(name for name in files if name.startswith(start))
        if not names:
            return None
        name = rng.choice(names)
        other = name.removesuffix(".csv") + "-2.csv"
        files[other] = files.pop(name)
        return {name, other}

    return change


def exchanged(start: str) -> Kind:
    """Exchange the content of two files of a kind."""

    def change(rng: Random, files: Files) -> Touched | None:
        names = sorted(name for name in files if name.startswith(start))
        if len(names) < 2:
            return None
        one, other = rng.sample(names, 2)
        files[one], files[other] = files[other], files[one]
        return {one, other}

    return change


def winner(rng: Random, files: Files) -> Touched | None:
    """Exchange winner and loser of a draw, in the order and in the list of the school alike."""
    pairs = []
    for name in sorted(files):
        if name.startswith("draws/") and name.count("/") > 1:
            rows = [line.split(",") for line in files[name].decode("utf-8").splitlines()[1:]]
            pairs += [(name, one, other) for one in rows for other in rows
                      if one[4] == "admitted" and other[4] == "not_admitted" and one[2] == other[2]]  # fmt: skip
    if not pairs:
        return None
    name, one, other = rng.choice(pairs)
    text = files[name].decode("utf-8")
    for row, result in ((one, "not_admitted"), (other, "admitted")):
        text = text.replace(",".join(row), ",".join([*row[:4], result, *row[5:]]))
    files[name] = text.encode("utf-8")
    listed = "lists/" + name.rsplit("/", 1)[1]
    files[listed] = files[listed].replace(one[1].encode() + b",", other[1].encode() + b",")
    return {name, listed}


def moved(rng: Random, files: Files) -> Touched | None:
    """Move a row of a list to that of another school, with the school's id changed in it."""
    names = table_files(files, "lists/")
    if len(names) < 2:
        return None
    one, other = rng.sample(names, 2)
    head, *rows = files[one].splitlines(keepends=True)
    row = rows.pop(rng.randrange(len(rows)))
    files[one] = b"".join((head, *rows))
    schools = [name.removeprefix("lists/").removesuffix(".csv").encode() for name in (one, other)]
    head, *rows = files[other].splitlines(keepends=True)
    files[other] = b"".join((head, *sorted([*rows, row.replace(b"," + schools[0] + b",", b"," + schools[1] + b",")])))
    return {one, other}


def transcript(old: str, at: int = 0) -> Kind:
    """Change a sign of the line of the transcript that begins so."""

    def change(rng: Random, files: Files) -> Touched | None:
        rows = files["transcript.txt"].decode("utf-8").splitlines()
        places = [place for place, row in enumerate(rows) if row.startswith(old) and not row.endswith("ABSENT")]
        if not places:
            return None
        place = rng.choice(places)
        spot = rng.randrange(max(at, len(old)), len(rows[place]))
        sign = next(one for one in rng.sample("0123456789", 10) if one != rows[place][spot])
        rows[place] = rows[place][:spot] + sign + rows[place][spot + 1 :]
        files["transcript.txt"] = ("\n".join(rows) + "\n").encode("utf-8")
        return {"transcript.txt"}

    return change


def masked(rng: Random, files: Files) -> Touched | None:
    """Change a masked name to another masked name, which follows from nothing else."""
    names = table_files(files, "lists/")
    if not names:
        return None
    name = rng.choice(names)
    head, *rows = [line.split(",") for line in files[name].decode("utf-8").splitlines()]
    rng.choice(rows)[1] = "孔*己"
    files[name] = "".join(",".join(line) + "\n" for line in (head, *rows)).encode("utf-8")
    return {name}


TABLES = ("draws/", "lists/", "cutoffs.csv", "draw-roster.csv", "numbers.csv")
COLUMNS = {
    "draws/": "rank id size ticket result group", "lists/": "number name batch school rank ticket",
    "cutoffs.csv": "school phase step tier category wanted admitted draw last-ticket last-rank first-refused",
    "draw-roster.csv": "id size", "numbers.csv": "id number",
}  # fmt: skip
KINDS: dict[str, Kind] = {
    **{f"cell {start} {name}": cell(start, at)
       for start, names in COLUMNS.items() for at, name in enumerate(names.split())},
    "row dropped": lines(lambda rng, rows: rows.__delitem__(rng.randrange(len(rows))), TABLES),
    "row added": lines(add, TABLES),
    "row twice": lines(lambda rng, rows: rows.append(rng.choice(rows)), TABLES),
    "rows swapped": lines(swap, TABLES, least=2),
    "all rows dropped": lines(lambda _, rows: rows.clear(), TABLES),
    "order removed": removed("draws/"), "list removed": removed("lists/"), "file removed": removed(""),
    "order renamed": renamed("draws/"), "list renamed": renamed("lists/"),
    "orders exchanged": exchanged("draws/"), "lists exchanged": exchanged("lists/"),
    "winner exchanged": winner, "list row moved": moved, "masked name": masked,
    "digits": transcript("source=witness-1:"), "digest": transcript("policy=sha256:"),
    "inputs digest": transcript("inputs=sha256:"), "roster digest": transcript("roster=sha256:"),
    "event": transcript("event="), "order line": transcript("order="),
    "transcript line dropped": whole(lambda raw: b"\n".join(raw.split(b"\n")[:3] + raw.split(b"\n")[4:]), ("tr",)),
    "byte order mark": whole(lambda raw: b"\xef\xbb\xbf" + raw),
    "CR LF": whole(lambda raw: raw.replace(b"\n", b"\r\n")),
    "cut short": whole(lambda raw: raw[: len(raw) * 2 // 3]), "emptied": whole(lambda _: b""),
    "line end lost": whole(lambda raw: raw[:-1]), "space": whole(lambda raw: raw.replace(b"\n", b" \n", 2)),
    "header": whole(lambda raw: raw.replace(b"i", b"j", 1), TABLES), "quote": whole(lambda raw: raw + b'"x\n', TABLES),
    "not UTF-8": whole(lambda raw: raw[:-1] + b"\xff\n"), "policy": whole(lambda raw: raw + b"# x\n", ("policy",)),
    "switch": whole(lambda raw: raw.replace(b"per_draw", b"per_session"), ("policy",)),
}  # fmt: skip
