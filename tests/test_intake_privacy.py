"""What is said of persons stands in the table of persons and nowhere else: no table, list, message, log or map."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli_calls import call
from tests.exports import SheetOf, ods, xls
from tests.intake_cases import (
    ADDRESSES,
    CARDS,
    FATHER_CARDS,
    FATHERS,
    NAMES,
    SECRETS,
    child,
    export,
    folder,
    write_export,
)

PERSONS = "persons.csv"
FAULTS = "faults.xlsx"


def everything(place: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every file that was written, workbooks unpacked."""
    for path in sorted(place.rglob("*")):
        if path.is_file():
            raw = path.read_bytes()
            if raw[:2] == b"PK":
                with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                    raw = b"".join(map(archive.read, archive.namelist()))
            yield path.name, raw.decode("utf-8", "replace")


def leaks(text: str) -> list[str]:
    """Return what of the planted secrets stands in a text, with space and small letters as well."""
    small = "".join(text.split()).casefold()
    return [secret for secret in SECRETS if secret.casefold() in small]


EXPORTS = {
    "right": export(),
    "wrong values": export(*(child(n, 出生日期="?", 户籍地="火星", 户口簿编号="x y", 产权比例1="0") for n in range(3))),
    "wrong persons": export(*(child(n, 身份证号=CARDS[n][:-2] + "99", 学生姓名="=" + NAMES[n]) for n in range(3))),
    "cards for ids": export(*(child(n, 报名号=CARDS[n], 户口簿编号=FATHER_CARDS[n]) for n in range(3))),
    "twice": export(child(0), child(0, 报名号="T23-9"), child(1), child(1, 居住方式="租住")),
    "names for words": export(*(child(n, 性别=NAMES[n]) for n in range(3))),
    "columns mixed up": export(*(child(n, 户籍地=ADDRESSES[n] + "旁", 入住日期=NAMES[n]) for n in range(3))),
    "names of holders": export(*(child(n, 产权人1=FATHERS[n - 1]) for n in range(3))),
    "no headings": SheetOf("报名信息", [child(n) for n in range(3)]),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_but_the_table_of_persons_names_a_person(tmp_path: Path, name: str, language: str) -> None:
    """The dry run, the writing, a second import and the JSON answer; of faulty rows the copy for their owner alone."""
    office, columns = folder(tmp_path / "office"), tmp_path / "columns.csv"
    said = [call("intake", write_export(tmp_path / "first.xlsx"), office, "--propose", columns, language=language)]
    path = write_export(tmp_path / "export.xlsx", EXPORTS[name])
    options = ((), ("--write",), ("--write", "--json"), ("--write",))
    said += [call("intake", path, office, "--columns", columns, *more, language=language) for more in options]
    assert [leaks(result.stdout + result.stderr) for result in said] == [[]] * 5
    assert leaks(columns.read_text(encoding="utf-8-sig")) == []
    for file, text in everything(office):
        if file == FAULTS:
            assert [secret for secret in leaks(text) if secret in (*CARDS, *FATHER_CARDS)] == []
        elif file != PERSONS:
            assert leaks(text) == [], file


@pytest.mark.parametrize("name", EXPORTS)
def test_a_proposed_map_names_nobody(tmp_path: Path, name: str) -> None:
    """Whatever stands in the columns: values are listed of fixed words only, and never many."""
    office = folder(tmp_path / "office")
    columns = tmp_path / "columns.csv"
    for number, raw in enumerate((xls(EXPORTS[name]), ods(EXPORTS[name]))):
        path = tmp_path / f"export{number}"
        path.write_bytes(raw)
        said = call("intake", path, office, "--propose", columns)
        assert leaks(said.stdout + said.stderr) == []
        assert leaks(columns.read_text(encoding="utf-8-sig")) == []
        columns.unlink()


def test_the_table_of_persons_has_them_all(tmp_path: Path) -> None:
    """The search of this file would find them: in the one table that may name them it does."""
    office, columns = folder(tmp_path / "office"), tmp_path / "columns.csv"
    path = write_export(tmp_path / "export.xlsx")
    call("intake", path, office, "--propose", columns)
    call("intake", path, office, "--columns", columns, "--write")
    texts = dict(everything(office))
    assert set(leaks(texts[PERSONS])) == set(SECRETS) - set(FATHER_CARDS)
