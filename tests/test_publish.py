"""``allocator publish``: the folder for the website holds what is public and nothing else, or it is not made at all."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdf
import pytest

from allocator.domain import School
from allocator.intake.persons import person_check_digit
from allocator.public.private_signs import PrivateSigns
from allocator.public.searched import private_faults
from allocator.public.website import website_signs
from tests.chinese_fonts import needs_chinese_font
from tests.cli_calls import as_json, call, contents, copy, good, refused
from tests.small import shipped
from tests.test_cli_tampering import reseal
from tests.test_schemas import wrong

NAMES = ("张小三", "李四", "欧阳小明", "阿依古丽·买买提", "Anna Li", "李")
CARD = "15050220170112003"
FULL_CARD = CARD + person_check_digit(CARD)
SHEETS = ("--format", "xlsx", "--quiet")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district of 60 children with a table of persons, and its run beside it."""
    folder = tmp_path_factory.mktemp("publish") / "d"
    good("generate", folder, "--children", 60, "--seed", 5)
    with (folder / "applicants.csv").open(encoding="utf-8", newline="") as file:
        numbers = [row["applicant_id"] for row in csv.DictReader(file)]
    (folder / "restricted").mkdir()
    text = io.StringIO(newline="")
    told = csv.writer(text)
    told.writerow(["报名号", "姓名", "性别", "身份证号", "监护人姓名", "联系电话", "住址", "平台编号"])
    for at, number in enumerate(numbers):
        phone, home = f"139{at:08d}", f"和平路{at + 1}号院5栋{at + 1}0{at % 7}"
        told.writerow([number, NAMES[at % len(NAMES)], "F", FULL_CARD, "王大明", phone, home, ""])
    (folder / "restricted" / "persons.csv").write_text(text.getvalue(), encoding="utf-8-sig")
    assert call("run", folder, "--engine", "procedure", "--no-trace").exit_code in (0, 1)
    return folder / "out"


@pytest.fixture
def out(result: Path, tmp_path: Path) -> Path:
    """A copy of the run that a test may change."""
    return copy(result, tmp_path)


def table(path: Path) -> list[list[str]]:
    """The rows of a table, its header first."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))


def test_names_of_the_lists_are_those_of_the_table_of_persons(result: Path) -> None:
    """A run shows the names of ``restricted/persons.csv``, masked; no cell is live, no other person's word in it."""
    rows = [row for path in (result / "lists").glob("*.csv") for row in table(path)]
    shown = {row[1] for row in rows} - {"masked_name"}
    assert shown == {"张*三", "李*", "欧**明", "阿***·**提", "A*** *i", "李"}
    assert all(name not in path.read_bytes().decode("utf-8", "replace") for name in NAMES[:4]
               for path in result.rglob("*.csv"))  # fmt: skip


def test_a_name_that_no_roster_takes_is_refused(result: Path, tmp_path: Path) -> None:
    """A name that a sheet would compute is told by file and line, whatever run would do with it."""
    folder = copy(result.parent, tmp_path)
    path = folder / "restricted" / "persons.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("欧阳小明", "=1+1", 1), encoding="utf-8")
    assert "restricted/persons.csv line 4, name" in refused("run", folder, "--out", tmp_path / "o")
    path.write_text("applicant_id,name\nT23-000001,李\ue000明\n", "utf-8")
    said = refused("run", folder, "--out", tmp_path / "o", "--lang", "zh")
    assert "[cell.private_use]" in said
    assert "U+E000" in said


def test_a_list_has_its_six_columns_and_is_sorted_by_number(result: Path) -> None:
    """``number,masked_name,batch,school_id,rank,ticket``: UTF-8 without mark, LF, no line above; rank with ticket."""
    roster = {row[0] for row in table(result / "draw-roster.csv")}
    batches, drawn = set(), 0
    for path in sorted((result / "lists").glob("*.csv")):
        raw = path.read_bytes()
        assert raw.startswith(b"number,masked_name,batch,school_id,rank,ticket\n")
        assert b"\r" not in raw
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline="")))
        assert [row["number"] for row in rows] == sorted(row["number"] for row in rows)
        assert {row["school_id"] for row in rows} <= {path.stem}
        for row in rows:
            assert bool(row["rank"]) is bool(row["ticket"])
            assert not row["ticket"] or (re.fullmatch("[0-9a-f]{64}", row["ticket"]) and row["number"] in roster)
            drawn += bool(row["rank"])
        batches |= {row["batch"] for row in rows}
    assert drawn
    assert not batches & {"preferential", "sibling"}


def test_what_is_published_is_on_the_list_and_open_to_all(result: Path, tmp_path: Path) -> None:
    """Policy, transcript, roster, orders, cut-offs, lists: as the run wrote them, 0644 in 0755; nothing else."""
    web = tmp_path / "web"
    good("publish", result, web, *SHEETS)
    made = contents(web, "manifest.json")
    stems = {name.rpartition(".")[0] for name in made if name.endswith(".xlsx")}
    assert stems
    assert all(re.fullmatch("lists/[A-Za-z0-9-]+/[A-Za-z0-9-]+", stem) for stem in stems)
    others = {name: digest for name, digest in made.items() if not name.endswith(".xlsx")}
    there = contents(result)
    assert others.items() <= there.items()
    wanted = {name for name in there if name.startswith(("draws/", "lists/"))}
    assert wanted | {"policy.yaml", "transcript.txt", "draw-roster.csv", "cutoffs.csv"} <= others.keys()
    inside = {"manifest.json", "assignment.csv", "summary.json", "lists.xlsx"}
    assert not any(name in inside or name.startswith(("office", "inputs", "restricted")) for name in others)
    rights = {stat.S_IMODE(path.stat().st_mode) for path in (web, *web.rglob("*"))}
    assert rights == {0o644, 0o755}
    manifest = json.loads((web / "manifest.json").read_bytes())
    assert (manifest["kind"], manifest["outputs"]) == ("website", made)
    assert "inputs" not in manifest


def test_what_is_published_is_found_right(result: Path, tmp_path: Path) -> None:
    """``draw verify`` takes the folder as it is; a list for people that somebody changed is told by its digest."""
    web = tmp_path / "web"
    good("publish", result, web, *SHEETS)
    good("draw", "verify", web)
    path = next(iter(sorted((web / "lists").rglob("*.xlsx"))))
    path.write_bytes(path.read_bytes() + b" ")
    told = call("draw", "verify", web)
    assert told.exit_code == 3
    assert path.relative_to(web).as_posix() in told.stdout


def test_the_answer_for_programs_is_as_its_schema(result: Path, tmp_path: Path) -> None:
    """``--json`` and the manifest; without a day of removal it is null."""
    told = as_json("publish", result, tmp_path / "web", "--from", "2023-08-14", "--format", "csv")
    assert wrong("website", told) == []
    assert told["files"] == contents(tmp_path / "web", "manifest.json")
    manifest = json.loads((tmp_path / "web" / "manifest.json").read_bytes())
    assert wrong("website-manifest", manifest) == []
    assert (told["remove_by"], told["of"]) == ("2023-08-19", "run")


def test_published_again_it_is_the_same(result: Path, tmp_path: Path) -> None:
    """The same bytes; a folder that publish made is replaced, one of anybody else is not, nor a place inside."""
    web = tmp_path / "web"
    good("publish", result, web, *SHEETS)
    before = contents(web)
    good("publish", result, web, *SHEETS)
    assert contents(web) == before
    assert "publish.not_ours" in refused("publish", result, copy(result, tmp_path))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text("mine")
    assert "out.not_ours" in refused("publish", result, tmp_path / "mine")
    for place in (result / "web", result.parent, result):
        assert "publish.inside" in refused("publish", result, place)
    (web / "more.html").write_text("mine")
    assert "out.foreign_file" in refused("publish", result, web)
    for no_result in (tmp_path, result.parent, tmp_path / "nowhere"):
        assert "publish.not_out" in refused("publish", no_result, tmp_path.parent / "elsewhere")


def cell(path: str, row: int, column: int, value: str) -> Callable[[Path], tuple[str, int]]:
    """Return an edit of one cell of a table; it gives the file and the line."""

    def edit(out: Path) -> tuple[str, int]:
        file = next(iter(sorted(out.glob(path), key=lambda one: -one.stat().st_size)))
        rows = table(file)
        rows[row - 1][column] = value
        return written(out, file, rows), row

    return edit


def written(out: Path, file: Path, rows: list[list[str]]) -> str:
    """Write a table; return its path in the folder."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    file.write_text(text.getvalue(), encoding="utf-8")
    return file.relative_to(out).as_posix()


def column(path: str, heading: str, value: str, told: int = 1) -> Callable[[Path], tuple[str, int]]:
    """Return an edit that adds a column, which is told by a line."""

    def edit(out: Path) -> tuple[str, int]:
        file = next(iter(sorted(out.glob(path), key=lambda one: -one.stat().st_size)))
        rows = table(file)
        return written(out, file, [[*rows[0], heading], *([*row, value] for row in rows[1:])]), told

    return edit


def line(path: str, added: str) -> Callable[[Path], tuple[str, int]]:
    """Return an edit that adds a line at the end of a text."""

    def edit(out: Path) -> tuple[str, int]:
        lines = (out / path).read_text(encoding="utf-8").splitlines()
        (out / path).write_text("\n".join([*lines, added, ""]), encoding="utf-8")
        return path, len(lines) + 1

    return edit


LIST, ORDER = "lists/*.csv", "draws/**/*.csv"
PRIVATE: dict[str, tuple[Callable[[Path], tuple[str, int]], str]] = {
    "card": (cell(LIST, 2, 1, FULL_CARD), "card"),
    "card in groups": (cell(LIST, 3, 4, "150502 20170112 0034"), "card"),
    "card of full width": (cell(LIST, 2, 2, "".join(chr(ord(sign) + 0xFEE0) for sign in FULL_CARD)), "card"),
    "card of fifteen": (cell(ORDER, 2, 1, "150502170112003"), "card"),
    "card in the roster": (cell("draw-roster.csv", 4, 1, FULL_CARD), "card"),
    "card in the policy": (line("policy.yaml", f"# {FULL_CARD}"), "card"),
    "card in the cut-offs": (cell("cutoffs.csv", 2, 3, FULL_CARD), "card"),
    "mobile": (cell(LIST, 2, 5, "13912345678"), "telephone"),
    "mobile in groups": (cell(LIST, 2, 1, "139-1234-5678"), "telephone"),
    "mobile from abroad": (cell(ORDER, 2, 4, "+86 139 1234 5678"), "telephone"),
    "line": (cell(LIST, 2, 3, "0475-8212345"), "telephone"),
    "line in brackets": (cell("cutoffs.csv", 2, 4, "（0475）8212345"), "telephone"),
    "telephone in the policy": (line("policy.yaml", "# 电话：8212345"), "telephone"),
    "telephone on the page": (line("policy.yaml", "# 13912345678"), "telephone"),
    "address": (cell(LIST, 2, 3, "和平路12号"), "address"),
    "address of a block": (cell(ORDER, 2, 4, "明珠小区3号楼2单元501"), "address"),
    "address in the transcript": (line("transcript.txt", "note=霍林河大街西段2号"), "address"),
    "known address": (cell(LIST, 2, 2, "和平路1号院5栋100"), "address"),
    "name": (cell(LIST, 2, 1, "欧阳小明"), "name"),
    "name of nobody known": (cell(LIST, 2, 1, "赵六"), "name"),
    "name of a guardian": (cell(LIST, 2, 2, "王大明"), "name"),
    "name with a space": (cell(ORDER, 2, 4, "欧阳 小明"), "name"),
    "column of names": (column(ORDER, "姓名", "赵六"), "name"),
    "column of categories": (column(LIST, "类别", "x"), "category"),
    "categories by id": (column(LIST, "batch2", "A", 2), "category"),
    "categories by name": (column("draw-roster.csv", "x", "有户有房", 2), "category"),
    "batch told twice": (cell(LIST, 2, 1, "13912345678、" + FULL_CARD), "card"),
}


@pytest.mark.parametrize("kind", PRIVATE)
def test_what_is_private_is_refused_and_its_place_named(out: Path, result: Path, tmp_path: Path, kind: str) -> None:
    """Status 2, file and line told, what stands there not repeated; nothing is written, and what was there stays."""
    web = tmp_path / "web"
    edit, code = PRIVATE[kind]
    file, row = edit(out)
    reseal(out)
    said = refused("publish", out, web, "--district", result.parent, *SHEETS)
    assert re.search(rf"^  {re.escape(file)} line {row}\b.*\[publish\.private\.{code}\]$", said, re.MULTILINE), said
    assert not web.exists()
    for secret in (FULL_CARD, "13912345678", "8212345", "欧阳小明", "王大明"):
        assert secret not in said


def test_every_place_is_told_at_once(out: Path, result: Path, tmp_path: Path) -> None:
    """Several faults in several files, and a file that was changed after the run."""
    places = [PRIVATE[kind][0](out) for kind in ("card in the roster", "telephone in the policy", "address", "name")]
    said = refused("publish", out, tmp_path / "web", "--district", result.parent, *SHEETS)
    assert all(f"  {file} line {row}" in said for file, row in places)
    assert said.count("[cli.changed_file]") == len({file for file, _ in places})


def test_an_older_folder_stays_where_something_is_refused(out: Path, result: Path, tmp_path: Path) -> None:
    """What was published before is as it was."""
    web = tmp_path / "web"
    good("publish", out, web, "--district", result.parent, *SHEETS)
    before = contents(web)
    PRIVATE["card"][0](out)
    refused("publish", out, web, *SHEETS)
    assert contents(web) == before


def test_links_and_strangers_are_not_published(out: Path, tmp_path: Path) -> None:
    """A list that is a link, a folder that is one, and a list that the run did not write; other files stay inside."""
    (out / "notes.txt").write_text("13912345678")
    (out / "office" / "more.csv").write_text("13912345678")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.csv").write_text("13912345678")
    (out / "verify.html").unlink(missing_ok=True)
    (out / "verify.html").symlink_to(tmp_path / "outside" / "secret.csv")
    (out / "lists" / "more.csv").write_text("number,masked_name,batch,school_id,rank,ticket\n")
    said = refused("publish", out, tmp_path / "web", *SHEETS)
    assert "verify.html: is a link" in said
    assert "lists/more.csv: was not written by this run" in said
    assert "notes" not in said
    (out / "lists" / "more.csv").unlink()
    moved = out / "draws"
    moved.rename(tmp_path / "draws")
    moved.symlink_to(tmp_path / "draws")
    assert "is a link" in refused("publish", out, tmp_path / "web", *SHEETS)


def test_days_are_told_and_judged(result: Path, tmp_path: Path) -> None:
    """A day of another form, and a removal before the publicity ends, are refused; without days a note says so."""
    assert "publish.day" in refused("publish", result, tmp_path / "web", "--remove-by", "25.8.2023", *SHEETS)
    told = good("publish", result, tmp_path / "web", "--format", "csv")
    assert "no day is told" in told
    told = good("publish", result, tmp_path / "web", "--format", "csv", "--remove-by", "2023-08-25")
    assert "to be taken down by: 2023-08-25" in told
    assert json.loads((tmp_path / "web" / "manifest.json").read_bytes())["remove_by"] == "2023-08-25"
    early = ("--from", "2023-08-14", "--remove-by", "2023-08-13")
    assert "publish.remove_early" in refused("publish", result, tmp_path / "web", *early)


@pytest.mark.parametrize("lists", ["zh", "en", "both"])
def test_a_sheet_says_what_it_is_and_computes_nothing(result: Path, tmp_path: Path, lists: str) -> None:
    """Title, publicity, where to object, removal, digest; that on each printed page; every cell text or number."""
    words = ("--from", "2023-08-14", "--remove-by", "2023-08-25", "--objection", "招生办", "--telephone")
    good("publish", result, tmp_path / "web", *words, "0475-8000000", "--lists", lists, *SHEETS)
    for path in sorted((tmp_path / "web" / "lists").rglob("*.xlsx")):
        sheet = openpyxl.load_workbook(path).worksheets[0]
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        above = "\n".join(str(cell.value) for cell in cells if cell.row < int(str(sheet.freeze_panes)[1:]) - 1)
        assert all(word in above for word in ("2023-08-14", "2023-08-25", "招生办", "0475-8000000"))
        assert ("公示名单" in above) is (lists != "en")
        assert ("taken down" in above) is (lists != "zh")
        first = int(re.findall(r"\$(\d+)", str(sheet.print_title_rows))[0])
        assert re.search("(?:[0-9a-f]{4} ){15}[0-9a-f]{4}", str(sheet.cell(first, 1).value))
        assert not re.search("张小三|欧阳小明|女|男|F$|有户", above.replace("第", ""))


@needs_chinese_font
def test_a_pdf_shows_what_the_csv_says(result: Path, tmp_path: Path) -> None:
    """Every number and masked name, page numbers, digest and removal on each; no name in full, no card, no sex."""
    words = ("--remove-by", "2023-08-25", "--format", "pdf", "--lists", "zh", "--quiet")
    good("publish", result, tmp_path / "web", *words)
    pages = 0
    for path in sorted((tmp_path / "web" / "lists").rglob("*.pdf")):
        texts = [page.extract_text() for page in pypdf.PdfReader(path).pages]
        whole = "\n".join(texts)
        for child, _, batch, *_ in table(tmp_path / "web" / "lists" / f"{path.stem}.csv")[1:]:
            assert (child in whole) is (batch == path.parent.name)
        assert "2023-08-25" in texts[0]
        for number, text in enumerate(texts, start=1):
            assert f"第 {number} 页，共 {len(texts)} 页" in text
            assert "校验值" in text
        assert not any(name in whole for name in (*NAMES[:4], "王大明", FULL_CARD, "男", "女"))
        pages += len(texts)
    assert pages


def test_numbers_drawn_elsewhere_are_no_telephones(tmp_path: Path) -> None:
    """Numbers with the form of a mobile telephone go out with their lists; elsewhere one of them is found."""
    folder = tmp_path / "d"
    good("generate", folder, "--children", 60, "--seed", 5)
    (folder / "transcript.txt").unlink()
    good("draw", "freeze", folder)
    ids = [row[0] for row in table(folder / "draw-roster.csv")[1:]]
    numbers = "".join(f"{party},{13900000000 + at * 7919 % 100000}\n" for at, party in enumerate(ids))
    (folder / "numbers.csv").write_text("id,number\n" + numbers, encoding="utf-8", newline="")
    good("draw", "transcript", folder, "--event", "2023-P1", "--order", "numbers")
    assert call("run", folder, "--engine", "procedure", "--no-trace", "--quiet").exit_code in (0, 1)
    good("publish", folder / "out", tmp_path / "web", *SHEETS)
    shown = {row[5] for path in (tmp_path / "web" / "lists").glob("*.csv") for row in table(path)[1:]} - {""}
    assert shown
    assert all(number.startswith("139") for number in shown)
    assert (tmp_path / "web" / "numbers.csv").read_bytes() == (folder / "numbers.csv").read_bytes()


def test_a_known_telephone_or_card_is_found_even_as_a_registration_number() -> None:
    """A registration number that looks like a telephone may go out; one that is a person's may not."""
    signs = PrivateSigns(numbers=("13912345678", "E12345678"))
    for number, codes in (("13912345678", ["telephone"]), ("13912345679", []), ("E12345678", ["card"])):
        files = {"draw-roster.csv": f"id,size\n{number},1\n".encode()}
        found = private_faults(files, signs, frozenset({number}))
        assert [fault.code for fault in found] == [f"publish.private.{code}" for code in codes]


def test_a_school_may_be_named_by_a_road_and_not_by_a_telephone() -> None:
    """The name of a school is the office's own where it looks like an address, and in nothing else."""
    policy = shipped("tongliao-2023-primary").policy
    for name, kinds in (("和平路12号小学", []), ("小学13912345678", ["telephone"])):
        signs = website_signs(policy, {"a": School("a", name)}, (), (), ())
        assert signs.kinds(f"录取到{name}。") == kinds
