"""Names, card numbers, telephones and addresses of a book stand nowhere but where they belong.

A small summer is kept with every command; all that is said and every public file is searched for what was planted in
the tables of persons and of the office. After the purge nothing of it is left in the folder.
"""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from allocator.cli.commands_book import COMMANDS
from allocator.intake.persons import person_check_digit
from tests.cli_calls import call, good, refused
from tests.desk_books import ROUNDS, ClerksDesk, desk_over

HEADINGS = "applicant_id,name,sex,card,guardian_name,telephone,address,platform_no"
FORMATS = ("--format", "csv", "--format", "xlsx")
RULED = "机密裁定理由"


class Planted:
    """What stands in the restricted tables, and all that was said since."""

    def __init__(self) -> None:
        self.words: list[str] = [RULED]
        self.said: list[tuple[str, str]] = []
        self.called: set[str] = set()

    def person(self, child: str, number: int) -> tuple[str, ...]:
        """Return the cells of an invented child, each of its own."""
        first = f"1101052017{number % 12 + 1:02}01{number:03}"
        cells = (
            f"欧阳{chr(0x5B00 + number)}密", f"{first}{person_check_digit(first)}", f"司徒{chr(0x5C00 + number)}密",
            f"1390000{number:04}", f"机密路{number:04}号",
        )  # fmt: skip
        self.words += cells
        name, card, guardian, telephone, address = cells
        return (child, name, "F", card, guardian, telephone, address, f"P{number:06}")

    def call(self, *words: object) -> None:
        """Call a command of the book in both languages, and keep what it says."""
        self.called.add(str(words[1]))
        for language in ("en", "zh"):
            result = call(*words, language=language)
            self.said.append((" ".join(map(str, words)), result.stdout + result.stderr))

    def found_in(self, text: str) -> list[str]:
        """Return what of it stands in a text."""
        return [word for word in self.words if word in text]


@pytest.fixture(scope="module")
def planted() -> Planted:
    """What was planted."""
    return Planted()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, planted: Planted) -> Iterator[ClerksDesk]:
    """A summer with names, drawn, with batch A in publicity and a late family."""
    with pytest.MonkeyPatch.context() as patch:
        desk = desk_over(tmp_path_factory.mktemp("privacy") / "summer", patch)
        folder = desk.folder
        policy = (folder / "policy.yaml").read_text("utf-8")
        kept = policy.replace("\noffice:\n", '\noffice:\n  retain_until: "2023-10-01"\n')
        assert kept != policy
        (folder / "policy.yaml").write_text(kept, encoding="utf-8")
        with (folder / "applications.csv").open(encoding="utf-8", newline="") as file:
            children = [row["applicant_id"] for row in csv.DictReader(file)]
        rows = [",".join(planted.person(child, number)) for number, child in enumerate(children)]
        (folder / "restricted").mkdir(mode=0o700)
        (folder / "restricted" / "persons.csv").write_text("\n".join([HEADINGS, *rows, ""]), encoding="utf-8")
        (folder / "restricted" / "ids.csv").write_text(f"kind,id,by,key\nx,y,z,{planted.words[1]}\n", encoding="utf-8")
        _plant_reasons(folder)
        for kind in ("season_opened", "determined", "frozen"):
            desk.do(kind)
        desk.draw()
        desk.confirm(*ROUNDS)
        desk.do("round_opened", "--round", "batch-A")
        desk.do("publicity", "--round", "batch-A")
        desk.do("late_intake", "--children", 1, "--zone", "fuli", "--category", "A")
        yield desk


def _plant_reasons(folder: Path) -> None:
    """Give every ruling a reason that is nobody's business."""
    path = folder / "rulings.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "reason": RULED} for row in rows)


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    """Give path and text of each file, of workbooks that of their parts."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as book:
                for part in book.namelist():
                    yield f"{name}/{part}", book.read(part).decode("utf-8", "replace")
        else:
            yield name, path.read_bytes().decode("utf-8", "replace")


def is_public(name: str) -> bool:
    """Whether a file of the book holds nothing restricted."""
    first = name.partition("/")[0]
    return first in ("lists", "frozen", "figures", "replayed") and "/restricted/" not in name and "/tables/" not in name


def test_nothing_private_is_said_or_published(desk: ClerksDesk, planted: Planted, tmp_path: Path) -> None:
    """Every command, good or refused, in words and as JSON; every public file, the journal and the database."""
    folder, by = desk.folder, ("--by", "li")
    first = planted.words[1:6]
    seated, child = desk.parties("seated")[0], desk.parties("seated")[1]
    for said in (first[0], f"电话{first[3]}" + "x" * 600, f"{first[1][:6]} {first[1][6:]}"):
        planted.call("book", "do", folder, "note", *by, "--text", said)
    withdrawn = ("--party", child, "--then", "leave", "--reason", "迁出")
    planted.call("book", "do", folder, "withdrawal", *by, *withdrawn, "--yes", "--json")
    table = tmp_path / "events.csv"
    at = desk.now.isoformat(timespec="seconds")
    table.write_text(f"at,by,role,type,text\n{at},li,office,note,{first[2]}\n", encoding="utf-8")
    planted.call("book", "import", folder, table, "--yes")
    planted.call("book", "import", folder, table, "--yes", "--json")
    late = planted.person("L0001", 900)
    details = ("--name", late[1], "--card", late[3], "--guardian-name", late[4], "--telephone", late[5])
    planted.call("book", "person", folder, "L0001", *by, *details, "--address", late[6])
    planted.call("book", "person", folder, "nobody", *by, *details, "--json")
    for command in ("status", "next", "calendar", "figures"):
        planted.call("book", command, folder)
        planted.call("book", command, folder, "--json")
    planted.call("book", "figures", folder, "--out", folder / "figures")
    planted.call("book", "show", folder, seated, *by)
    planted.call("book", "show", folder, seated, *by, "--json")
    planted.call("book", "lists", folder, *FORMATS, *by)
    planted.call("book", "lists", folder, *FORMATS, "--json")
    planted.call("book", "access", folder, *by)
    planted.call("book", "access", folder, *by, "--json")
    planted.call("book", "open", folder, *by)
    planted.call("book", "export", folder, tmp_path / "archive", *by)
    planted.call("book", "restore", tmp_path / "archive", folder, *by)
    planted.call("book", "purge", folder, *by)
    _replay(desk, planted)
    assert planted.called == set(COMMANDS)
    assert {words: found for words, said in planted.said if (found := planted.found_in(said))} == {}
    public = [(name, text) for name, text in contents(folder) if is_public(name) or "/" not in name]
    assert {"journal.jsonl", "book.db"} <= {name for name, _ in public}
    assert any("/public/" in name for name, _ in public)
    restricted = {"applications.csv", "guardians.csv", "rulings.csv"}
    assert {n: found for n, text in public if n not in restricted and (found := planted.found_in(text))} == {}


def _replay(desk: ClerksDesk, planted: Planted) -> None:
    """Replay the journal over the frozen tables."""
    place = desk.folder / "replayed"
    shutil.copytree(desk.folder / "frozen", place, ignore=shutil.ignore_patterns("tables"))
    lines = [{k: v for k, v in line.items() if k not in ("seq", "prev")} for line in desk.lines()]
    (place / "events.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    planted.call("book", "replay", place, "--out", place / "out", "--trust-digests")


def test_names_are_shown_to_office_and_group_and_that_is_noted(desk: ClerksDesk, planted: Planted) -> None:
    """``show --names`` has the name; the restricted lists have it; the log says who looked, and names nobody."""
    party = desk.parties("seated")[0]
    assert planted.found_in(refused("book", "show", desk.folder, party, "--by", "sun", "--names")) == []  # of a school
    said = good("book", "show", desk.folder, party, "--by", "wang", "--names")
    assert planted.found_in(said)
    assert any(planted.found_in(text) for name, text in contents(desk.folder) if "/restricted/roll/" in name)
    log = json.loads(good("book", "access", desk.folder, "--by", "wang", "--json"))["lines"]
    assert ("wang", "show names", party) in [(line["person"], line["action"], line["what"]) for line in log]
    assert {"lists", "person", "show", "access"} <= {line["action"] for line in log}
    assert planted.found_in(json.dumps(log, ensure_ascii=False)) == []


def test_after_the_purge_nothing_of_it_is_left(desk: ClerksDesk, planted: Planted) -> None:
    """In no file of the folder, whatever was made in it before; the book can still be looked at."""
    assert any(planted.found_in(text) for _, text in contents(desk.folder))
    desk.later(days=90)
    good("book", "purge", desk.folder, "--by", "li", "--yes")
    assert {name: found for name, text in contents(desk.folder) if (found := planted.found_in(text))} == {}
    assert "wang" in good("book", "access", desk.folder, "--by", "wang")
    assert good("book", "status", desk.folder)
    assert "purged" in refused("book", "lists", desk.folder, *FORMATS)
    assert "purged" in refused("book", "person", desk.folder, "L0001", "--by", "li", "--name", "x")
    assert "purged" in desk.refused("note", "--text", "x", status=2)
