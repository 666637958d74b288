"""Edits of published lists, each as somebody might make it by hand or on purpose, and the file that must be named."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl

HEAD = 5  # lines above the rows of a list: title, name, notice, source, headings
Edit = Callable[[Path], str]
"""Changes a folder; returns what must be named."""

Rows = list[list[str]]


def load(path: Path) -> Rows:
    """Return the lines of a list."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def save(path: Path, rows: Rows) -> str:
    """Write the lines of a list; returns its name."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path.name


def numbered(rows: Rows) -> Rows:
    """Return the lines with running numbers made anew, as a careful hand leaves them."""
    return rows[:HEAD] + [[str(count), *row[1:]] for count, row in enumerate(rows[HEAD:], start=1)]


def of(folder: Path, school: str) -> Path:
    """Return the path of the list of a school."""
    return folder / "office" / f"{school}.csv"


def row_edit(school: str, change: Callable[[Rows], Rows], *, number: bool = True) -> Edit:
    """Return an edit of the rows of one list."""

    def edit(folder: Path) -> str:
        rows = change(load(of(folder, school)))
        return save(of(folder, school), numbered(rows) if number else rows)

    return edit


def drawn(rows: Rows, wanted: bool = True) -> int:
    """Return the first row that names a draw, or that names none."""
    return next(at for at in range(HEAD, len(rows)) if bool(rows[at][-1]) is wanted)


def cell(at_drawn: bool, column: int, value: str | Callable[[Rows, int], str]) -> Callable[[Rows], Rows]:
    """Return a change of one cell of the first row with a draw, or without."""

    def change(rows: Rows) -> Rows:
        at = drawn(rows, at_drawn)
        rows[at][column] = value if isinstance(value, str) else value(rows, at)
        return rows

    return change


def without(wanted: bool) -> Callable[[Rows], Rows]:
    """Return a change that leaves out the first row with a draw, or without."""

    def change(rows: Rows) -> Rows:
        del rows[drawn(rows, wanted)]
        return rows

    return change


def moved(one: str, other: str, wanted: bool) -> Edit:
    """Return an edit that carries a child from one list to another."""

    def edit(folder: Path) -> str:
        first, second = load(of(folder, one)), load(of(folder, other))
        second.append(first.pop(drawn(first, wanted)))
        save(of(folder, one), numbered(first))
        return save(of(folder, other), numbered(second))

    return edit


def swapped(one: str, other: str, wanted: bool) -> Edit:
    """Return an edit that exchanges the numbers of two children of two lists."""

    def edit(folder: Path) -> str:
        first, second = load(of(folder, one)), load(of(folder, other))
        here, there = drawn(first, wanted), drawn(second, wanted)
        first[here][1], second[there][1] = second[there][1], first[here][1]
        save(of(folder, one), first)
        return save(of(folder, other), second)

    return edit


def loser(school: str, order: str) -> Edit:
    """Return an edit that puts the first loser of a draw into the place of the last winner in the list."""

    def edit(folder: Path) -> str:
        lines = [row.split(",") for row in (folder / "draws" / order).read_text(encoding="utf-8").splitlines()[1:]]
        lost = next(row[1] for row in lines if row[4] == "not_admitted")
        won = [row[1] for row in lines if row[4] == "admitted"][-1]
        rows = load(of(folder, school))
        for row in rows[HEAD:]:
            row[1] = lost if row[1] == won else row[1]
        return save(of(folder, school), rows)

    return edit


def twins_apart(folder: Path) -> str:
    """Carry a child that is no party of its own to the end of another list."""
    parties = {row.split(",")[0] for row in (folder / "draw-roster.csv").read_text(encoding="utf-8").splitlines()}
    for path in sorted((folder / "office").glob("[a-z]*.csv")):
        rows = load(path)
        at = next((at for at in range(HEAD, len(rows)) if rows[at][1] not in parties), None)
        if at is not None:
            other = of(folder, HOME if path.stem != HOME else BATCH)
            save(other, numbered([*load(other), rows.pop(at)]))
            save(path, numbered(rows))
            return other.name
    raise AssertionError("no twins")


def gone(edit: Edit) -> Edit:
    """Return an edit that takes a child out of all lists: which list it was in, no published file says."""

    def named(folder: Path) -> str:
        before = {row[1] for path in (folder / "office").glob("*.csv") for row in load(path)[HEAD:]}
        edit(folder)
        return min(before - {row[1] for path in (folder / "office").glob("*.csv") for row in load(path)[HEAD:]})

    return named


def line(school: str, at: int, change: Callable[[str], str]) -> Edit:
    """Return an edit of a line above the headings."""

    def edit(folder: Path) -> str:
        rows = load(of(folder, school))
        rows[at][0] = change(rows[at][0])
        return save(of(folder, school), rows)

    return edit


def above(school: str, change: Callable[[Rows], Rows]) -> Edit:
    """Return an edit of the lines above as a whole."""

    def edit(folder: Path) -> str:
        return save(of(folder, school), change(load(of(folder, school))))

    return edit


def file_edit(school: str, change: Callable[[Path], object], named: str = "") -> Edit:
    """Return an edit of the file itself."""

    def edit(folder: Path) -> str:
        change(of(folder, school))
        return named or f"{school}.csv"

    return edit


def sheet(change: Callable[[openpyxl.Workbook], object]) -> Edit:
    """Return an edit of the workbook."""

    def edit(folder: Path) -> str:
        book = openpyxl.load_workbook(folder / "lists.xlsx")
        change(book)
        book.save(folder / "lists.xlsx")
        return "lists.xlsx"

    return edit


def put(title: str, row: int, column: int, value: object) -> Edit:
    """Return an edit of one cell of the workbook."""
    return sheet(lambda book: book[title].cell(row, column, value))


def assigned(change: Callable[[Rows], Rows]) -> Edit:
    """Return an edit of ``assignment.csv``."""

    def edit(folder: Path) -> str:
        path = folder / "assignment.csv"
        rows = [row.split(",") for row in path.read_text(encoding="utf-8").splitlines()]
        text = "".join(",".join(row) + "\n" for row in change(rows))
        path.write_bytes(text.encode("utf-8"))
        return path.name

    return edit


def assigned_cell(outcome: str, column: int, value: str) -> Edit:
    """Return an edit of one cell of the first row of ``assignment.csv`` with an outcome and a draw, if it has one."""

    def change(rows: Rows) -> Rows:
        found = [row for row in rows[1:] if row[3] == outcome]
        next((row for row in found if row[4]), found[0])[column] = value
        return rows

    return assigned(change)


OPEN, BATCH, HOME = "menggu-primary", "xincheng-2", "fuantun"
"""A school with an open choice drawn, one with a drawn batch, one where nobody was drawn."""

FIND: dict[str, Edit] = {
    "winner left out": row_edit(BATCH, without(True)),
    "winner left out, numbers kept": row_edit(BATCH, without(True), number=False),
    "open winner left out": row_edit(OPEN, without(True)),
    "undrawn child left out": gone(row_edit(HOME, without(False))),
    "undrawn child left out, numbers kept": row_edit(HOME, without(False), number=False),
    "last row left out": row_edit(BATCH, lambda rows: rows[:-1]),
    "all rows left out": row_edit(BATCH, lambda rows: rows[:HEAD]),
    "row twice": row_edit(BATCH, lambda rows: [*rows, rows[-1]]),
    "row of another list added": moved(OPEN, HOME, True),
    "winner moved to another school": moved(BATCH, "fuli", True),
    "winner exchanged with another school": swapped(BATCH, OPEN, True),
    "loser in the place of a winner": loser(BATCH, f"batch-E/{BATCH}.csv"),
    "open loser in the place of a winner": loser(OPEN, f"open/{OPEN}.csv"),
    "voluntary loser in the place of a winner": loser("shifuxiao", "voluntary-1/shifuxiao.csv"),
    "twins apart": twins_apart,
    "unknown number": row_edit(BATCH, cell(True, 1, "T23-999999")),
    "number with a letter": row_edit(BATCH, cell(True, 1, lambda rows, at: rows[at][1] + "x")),
    "number emptied": row_edit(BATCH, cell(True, 1, "")),
    "number with an apostrophe": row_edit(BATCH, cell(True, 1, lambda rows, at: "'" + rows[at][1])),
    "undrawn number changed": row_edit(HOME, cell(False, 1, "T23-999999")),
    "draw emptied": row_edit(BATCH, cell(True, -1, "")),
    "draw of another": row_edit(BATCH, cell(True, -1, "第 A 批摇号（新城二小） draw of batch A (新城二小)")),
    "draw as an id": row_edit(BATCH, cell(True, -1, f"batch-E/{BATCH}")),
    "draw given to one without": row_edit("fuli", cell(False, -1, lambda rows, _: rows[drawn(rows)][-1])),
    "way of another batch": row_edit("fuli", cell(True, -2, lambda rows, _: rows[drawn(rows, False)][-2])),
    "way of another batch, undrawn": row_edit("shifuxiao", cell(True, -2, lambda rows, _: rows[HEAD][-2])),
    "way emptied": row_edit(BATCH, cell(True, -2, "")),
    "way in other words": row_edit(BATCH, cell(True, -2, "走后门 by the back door")),
    "way of a decision": row_edit(BATCH, cell(True, -2, "经批准直接录取 approved decision")),
    "diverted without a draw": row_edit("fuli", cell(True, -1, "")),
    "diverted as a batch": row_edit("fuli", cell(True, -2, lambda rows, at: rows[at][-2].replace("，分流", ""))),
    "running number changed": row_edit(BATCH, cell(True, 0, "77"), number=False),
    "running numbers from 0": row_edit(
        BATCH, lambda rows: rows[:HEAD] + [[str(int(row[0]) - 1), *row[1:]] for row in rows[HEAD:]], number=False
    ),
    "two lines exchanged": row_edit(BATCH, lambda rows: [*rows[:-2], rows[-1], rows[-2]]),
    "first line last": row_edit(BATCH, lambda rows: [*rows[:HEAD], *rows[HEAD + 1 :], rows[HEAD]]),
    "lines backwards": row_edit(BATCH, lambda rows: rows[:HEAD] + rows[:HEAD - 1 : -1]),
    "cell too many": row_edit(BATCH, lambda rows: [*rows[:-1], [*rows[-1], "x"]]),
    "cell too few": row_edit(BATCH, lambda rows: [*rows[:-1], rows[-1][:-1]]),
    "empty row": row_edit(BATCH, lambda rows: [*rows, [""] * len(rows[-1])], number=False),
    "name in full": row_edit(BATCH, cell(True, 2, "张三丰")),
    "sex in other words": row_edit(BATCH, cell(True, 3, "x")),
    "title": line(BATCH, 0, lambda text: text.replace("2023", "2024")),
    "name of the school": line(BATCH, 1, lambda _: "新城九小"),
    "notice left out": above(BATCH, lambda rows: [*rows[:2], *rows[3:]]),
    "notice changed": line(BATCH, 2, lambda text: text.replace("虚构", "真实")),
    "event": line(BATCH, 3, lambda text: text.replace("SYNTHETIC-5", "SYNTHETIC-6")),
    "seed": line(BATCH, 3, lambda text: text.replace("seed ", "seed 0")),
    "trial": above(BATCH, lambda rows: [*rows[:2], ["试运行 TRIAL"], *rows[2:]]),
    "line above added": above(BATCH, lambda rows: [*rows[:4], ["补充说明"], *rows[4:]]),
    "title left out": above(BATCH, lambda rows: rows[1:]),
    "heading": line(BATCH, 4, lambda _: "编号"),
    "headings exchanged": above(BATCH, lambda rows: [*rows[:4], [rows[4][0], *rows[4][:0:-1]], *rows[5:]]),
    "column left out": above(BATCH, lambda rows: [*rows[:4], *(row[:-1] for row in rows[4:])]),
    "column of names left out": above(BATCH, lambda rows: [*rows[:4], *(row[:2] + row[3:] for row in rows[4:])]),
    "list left out": file_edit(BATCH, Path.unlink),
    "list renamed": file_edit(BATCH, lambda path: path.rename(path.with_name("liaohe-9.csv"))),
    "list of another school": file_edit(BATCH, lambda path: path.write_bytes(of(path.parents[1], OPEN).read_bytes())),
    "list emptied": file_edit(BATCH, lambda path: path.write_bytes(b"")),
    "list of garbage": file_edit(BATCH, lambda path: path.write_bytes(bytes(range(256)))),
    "list in another encoding": file_edit(
        BATCH, lambda path: path.write_bytes(path.read_bytes().decode("utf-8-sig").encode("gb18030"))
    ),
    "list copied under another name": file_edit(
        BATCH, lambda path: path.with_name("fuli-2.csv").write_bytes(path.read_bytes()), "fuli-2.csv"
    ),
    "external child left out": gone(row_edit("_external", lambda rows: [*rows[:HEAD], *rows[HEAD + 1 :]])),
    "external child also admitted": file_edit(
        HOME, lambda path: save(path, numbered([*load(path), [*load(of(path.parents[1], "_external"))[HEAD][:4],
                                                              *load(path)[HEAD][4:]]]))
    ),
    "child without ruling gone": gone(row_edit("_needs_ruling", lambda rows: rows[:HEAD])),
}  # fmt: skip
"""Found with the published files alone."""

OFFICE: dict[str, Edit] = {
    "undrawn child moved": moved(HOME, "liaohe-3", False),
    "undrawn children exchanged": swapped(HOME, "hexi-primary", False),
    "way of an undrawn child": row_edit("hexi-primary", cell(False, -2, lambda rows, _: rows[-1][-2])),
    "first character of a name": row_edit(BATCH, cell(True, 2, lambda rows, at: "钱" + rows[at][2][1:])),
    "length of a name": row_edit(BATCH, cell(True, 2, lambda rows, at: rows[at][2] + "*")),
    "name emptied": row_edit(BATCH, cell(True, 2, "")),
    "sex": row_edit(BATCH, cell(True, 3, lambda rows, at: "女 F" if rows[at][3] == "男 M" else "男 M")),
    "sex emptied": row_edit(BATCH, cell(True, 3, "")),
    "name of an undrawn school": line(HOME, 1, lambda _: "福安屯中学"),
    "list of an undrawn school left out": file_edit("sanjiazi", Path.unlink),
    "external list left out": file_edit("_external", Path.unlink),
    "school of an external child": row_edit("_external", lambda rows: [*rows[:-1], [*rows[-1][:-1], "别的学校"]]),
    "sheet: number": put("新城二小", 6, 2, "T23-999999"),
    "sheet: draw": put("新城二小", 6, 6, "x"),
    "sheet: way": put("福安屯小学", 7, 5, "x"),
    "sheet: name": put("福安屯小学", 6, 3, "欧*"),
    "sheet: title": put("福安屯小学", 1, 1, "x"),
    "sheet: source": put("福安屯小学", 4, 1, "x"),
    "sheet: heading": put("福安屯小学", 5, 2, "x"),
    "sheet: row added": put("福安屯小学", 200, 2, "T23-000001"),
    "sheet: row left out": sheet(lambda book: book["新城二小"].delete_rows(7)),
    "sheet left out": sheet(lambda book: book.remove(book["新城二小"])),
    "sheet added": sheet(lambda book: book.create_sheet("补录").cell(1, 1, "补录")),
    "sheet copied": sheet(lambda book: book.copy_worksheet(book["新城二小"])),
    "workbook of garbage": file_edit(
        "x", lambda path: (path.parents[1] / "lists.xlsx").write_bytes(b"PK"), "lists.xlsx"
    ),
    "assignment: school": assigned_cell("admitted", 1, "fuli"),
    "assignment: diverted elsewhere": assigned_cell("diverted", 1, "fuantun"),
    "assignment: phase": assigned_cell("admitted", 2, "batch-A"),
    "assignment: outcome": assigned_cell("diverted", 3, "admitted"),
    "assignment: draw": assigned_cell("admitted", 4, ""),
    "assignment: other draw": assigned_cell("diverted", 4, "divert-A"),
    "assignment: child left out": assigned(lambda rows: [*rows[:5], *rows[6:]]),
    "assignment: child twice": assigned(lambda rows: [*rows, rows[5]]),
    "assignment: unknown child": assigned(lambda rows: [*rows, ["T23-999999", *rows[5][1:]]]),
    "assignment: garbage": assigned(lambda rows: [["x"]]),
}
"""Found beside the office's own files, or by the workbook that is published with the lists."""


def anything(rows: Rows, chance: Random) -> None:
    """Change something in the lines of a list at random; it may come out as it was."""
    at, other = chance.randrange(len(rows)), chance.randrange(len(rows))
    column = chance.randrange(len(rows[at]))
    kind = chance.randrange(5)
    if kind == 0:
        text, place = rows[at][column], chance.randrange(len(rows[at][column]) + 1)
        rows[at][column] = text[:place] + chance.choice("019AZax 新-*;") + text[place + chance.randrange(2) :]
    elif kind == 1:
        del rows[at]
    elif kind == 2:
        rows.insert(at, list(rows[other]))
    elif kind == 3:
        rows[at], rows[other] = rows[other], rows[at]
    elif column < len(rows[other]):
        rows[at][column] = rows[other][column]
