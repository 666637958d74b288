"""Notices of admission: one page a child, a code that only the office can make, a key that is never lost silently."""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import Result
from pypdf import PdfReader

from allocator.domain import Text
from allocator.ground import InputError, Written
from allocator.public.notice_check import told_notices
from allocator.public.notice_pages import school_pages
from allocator.public.notices import NoticeList, notice_code, notices_of_run
from allocator.sheets import typeset
from tests.chinese_fonts import needs_chinese_font
from tests.cli_calls import call, contents, good, refused
from tests.read_codes import codes_of_pages
from tests.test_schemas import wrong

KEY = bytes(range(32))
CARD = "110105200812315671"


@pytest.fixture
def office(town: Path, lists: Path, tmp_path: Path) -> Path:
    """Return the office's folder: the district, its run in ``out``, names of most children, and the key."""
    folder = tmp_path / "office"
    shutil.copytree(town, folder)
    shutil.copytree(lists, folder / "out")
    named = [row["applicant_id"] for row in rows_of(folder)][1:]
    names = ["阿卜杜热西提·买买提艾力", "𠮷田", f"张三{CARD}", *(f"王{at}小" for at in range(len(named)))]
    lines = [f"{child},{name},{CARD}" for child, name in zip(named, names, strict=False)]
    (folder / "restricted").mkdir(exist_ok=True)
    (folder / "restricted" / "persons.csv").write_text("\n".join(["applicant_id,name,card", *lines, ""]), "utf-8")
    (folder / "restricted" / "notice.key").write_bytes(KEY)
    (folder / "restricted" / "notice.key").chmod(0o600)
    return folder


def rows_of(office: Path) -> list[dict[str, str]]:
    """The list of a run."""
    with (office / "out" / "assignment.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seats_of(office: Path) -> Mapping[str, str]:
    """By number the school of everybody with a seat, as the page says it."""
    return {row["applicant_id"]: row["school_id"] for row in rows_of(office)
            if row["outcome"] in {"admitted", "diverted", "adjusted"}}  # fmt: skip


def code_of(office: Path, child: str, school: str, key: bytes = KEY) -> str:
    """The code by the words of public.md section 4 alone."""
    digest = hashlib.sha256((office / "out" / "assignment.csv").read_bytes()).hexdigest()
    told = hmac.new(key, f"{child}|{school}|{digest}".encode(), hashlib.sha256).digest()
    return base64.b32encode(told).decode().rstrip("=")[:16]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """The content of every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def verify(office: Path, *words: str) -> Result:
    """Call ``notice verify`` on the office's run."""
    return call("notice", "verify", office / "out", *words)


@needs_chinese_font
def test_a_page_a_child_and_a_file_a_school(office: Path) -> None:
    """By number, with name, school, code and QR; the same bytes again, the owner's alone; no card number anywhere."""
    good("notice", "make", office / "out", "--out", office / "notices", "--lists", "zh")
    seats, before = seats_of(office), bytes_of(office / "notices")
    by_school: dict[str, list[str]] = {}
    for child in sorted(seats):
        by_school.setdefault(seats[child], []).append(child)
    assert before.keys() == {"manifest.json", *(f"{school}.pdf" for school in by_school)}
    for school, children in by_school.items():
        pdf = PdfReader(BytesIO(before[f"{school}.pdf"]))
        words = [page.extract_text() for page in pdf.pages]
        assert len(words) == len(children)
        for child, page in zip(children, words, strict=True):
            code = code_of(office, child, seats[child])
            assert child in page
            assert " ".join(code[at : at + 4] for at in (0, 4, 8, 12)) in page
            assert CARD not in page
    school, children = max(by_school.items(), key=lambda pair: len(pair[1]))
    found = codes_of_pages(before[f"{school}.pdf"], 1, 3)
    assert found == [f"school-notice/1|{one}|{school}|{code_of(office, one, school)}" for one in children[:3]]
    good("notice", "make", office / "out", "--out", office / "notices", "--lists", "zh")
    assert bytes_of(office / "notices") == before
    one = ("--out", office / "one", "--lists", "zh", "--school", school)
    made = good("notice", "make", office / "out", *one, "--json")
    assert wrong("notices", json.loads(made)) == []
    assert bytes_of(office / "one")[f"{school}.pdf"] == before[f"{school}.pdf"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (office / "notices").iterdir())


def test_verify_says_valid_or_what_differs(office: Path) -> None:
    """QR words, typed words, groups, small letters; unknown child, other school, no seat, wrong code, other form."""
    child, school = next(iter(sorted(seats_of(office).items())))
    code = code_of(office, child, school)
    other = next(one for one in sorted(set(seats_of(office).values())) if one != school)
    groups = [code[at : at + 4] for at in (0, 4, 8, 12)]
    for words in ([f"school-notice/1|{child}|{school}|{code}"], [child, school, *groups], [child, school, code],
                  [f" SCHOOL-NOTICE/1 | {child.lower()} | {school} | {' '.join(groups).lower()}"],
                  [f"{child},{school},{'-'.join(groups).lower()}"]):  # fmt: skip
        assert verify(office, *words).exit_code == 0, words
    spoilt = code[:-1] + ("A" if code[-1] != "A" else "B")
    for words, told in (
        ([child, school, spoilt], "code"), ([child, other, code], school if other in school else "notice says"),
        (["X-1", school, code], "no registration number X-1"), (["nonsense"], "not understood"),
        ([f"school-notice/2|{child}|{school}|{code}"], "not understood"),
        ([child, school, code_of(office, child, school, bytes(32))], "is wrong"),
    ):  # fmt: skip
        found = verify(office, *words)
        assert found.exit_code == 1
        assert told in found.stdout
    away = next((row["applicant_id"] for row in rows_of(office) if row["outcome"] == "external"), None)
    if away:
        assert "holds no seat" in verify(office, away, school, code).stdout


def test_many_notices_come_from_a_file(office: Path) -> None:
    """One a line; the whole is good only if each is."""
    seats = seats_of(office)
    lines = [f"school-notice/1|{one}|{school}|{code_of(office, one, school)}" for one, school in seats.items()]
    file = office / "scanned.txt"
    file.write_text("\r\n".join(lines), "utf-8-sig")
    found = json.loads(good("notice", "verify", office / "out", "--file", file, "--json"))
    assert found["valid"] == len(lines) == len(found["notices"])
    assert wrong("notice-verify", found) == []
    file.write_text("\n".join([*lines, lines[0][:-1] + "="]), "utf-8")
    assert verify(office, "--file", str(file)).exit_code == 1
    assert "nothing to verify" in refused("notice", "verify", office / "out")


@needs_chinese_font
def test_another_list_is_told(office: Path, town: Path) -> None:
    """A notice of the list before; its school is the same, the code is not."""
    good("notice", "make", office / "out", "--out", office / "notices", "--lists", "zh")
    seats = seats_of(office)
    codes = {child: code_of(office, child, school) for child, school in seats.items()}
    good("run", town, "--trial-seed", 9, "--out", office / "out", "--replace", "--engine", "procedure", "--no-workbook")
    child = next(one for one, school in sorted(seats.items()) if seats_of(office).get(one) == school)
    assert "another list" in verify(office, child, seats[child], codes[child]).stdout


@needs_chinese_font
def test_a_lost_key_is_told_and_never_replaced_silently(office: Path) -> None:
    """Before printing; only in words is a new one made for a list of which there are notices."""
    key, out, notices = office / "restricted" / "notice.key", office / "out", office / "notices"
    key.unlink()
    assert "notice.no_key" in refused("notice", "make", out, "--out", notices)
    assert not notices.exists()
    good("notice", "make", out, "--out", notices, "--new-key", "--lists", "zh")
    made, first = contents(notices), json.loads((notices / "manifest.json").read_bytes())["key"]
    assert (len(key.read_bytes()), key.stat().st_mode & 0o777) == (32, 0o600)
    assert "notice.key_there" in refused("notice", "make", out, "--out", notices, "--new-key")
    key.rename(office / "elsewhere")
    for more in ([], ["--new-key"], ["--new-key", "--lost", "0" * 16]):
        assert f"{first}" in refused("notice", "make", out, "--out", notices, *more)
    (office / "restricted" / "notice.key.json").unlink()  # the notices that are there still know
    assert "notice.key_lost" in refused("notice", "make", out, "--out", notices, "--new-key")
    assert not key.exists()
    assert contents(notices) == made
    key.write_bytes(KEY)
    key.chmod(0o600)
    assert "notice.key_other" in refused("notice", "make", out, "--out", notices)
    good("notice", "make", out, "--out", notices, "--lost", f"{first[:8]} {first[8:]}".upper(), "--lists", "zh")
    kept = json.loads((office / "restricted" / "notice.key.json").read_bytes())
    assert (kept["lost"], len(kept["lists"])) == ([first], 1)


def test_a_key_is_of_32_bytes_and_its_owners_alone(office: Path) -> None:
    """Wrong size, rights, a link, a damaged record, and a key in what is copied or published are refused."""
    key, (child, school) = office / "restricted" / "notice.key", next(iter(seats_of(office).items()))
    words = ("notice", "verify", office / "out", child, school, code_of(office, child, school))
    key.chmod(0o640)
    assert "notice.key_open" in refused(*words)
    key.chmod(0o600)
    key.write_bytes(KEY[:-1])
    assert "notice.key_size" in refused(*words)
    key.rename(office / "real")
    key.symlink_to(office / "real")
    assert "notice.key_file" in refused(*words)
    make = ("notice", "make", office / "out", "--out", office / "notices", "--new-key")
    assert "notice.key_inside" in refused(*make, "--key", office / "out" / "k")
    (office / "restricted" / "k.json").write_text("[]")
    assert "notice.record_damaged" in refused(*make, "--key", office / "restricted" / "k")


def test_no_notice_is_called_forged_by_another_key(office: Path) -> None:
    """With a key in the place of that by which notices were made, nothing is verified, and the reason told."""
    child, school = next(iter(seats_of(office).items()))
    record = {"format_version": 1, "kind": "notice-key", "key": "0123456789abcdef", "lists": [], "lost": []}
    (office / "restricted" / "notice.key.json").write_text(json.dumps(record))
    said = refused("notice", "verify", office / "out", child, school, code_of(office, child, school))
    assert "notice.key_exchanged" in said
    assert "0123456789abcdef" in said


def test_a_changed_list_makes_no_notice(office: Path) -> None:
    """Neither are notices verified against it."""
    file = office / "out" / "assignment.csv"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes().replace(b"admitted", b"adjusted", 1))
    assert "assignment.csv" in refused("notice", "make", office / "out", "--out", office / "notices")
    assert "assignment.csv" in refused("notice", "verify", office / "out", "a", "b", "c")
    assert "notice.not_out" in refused("notice", "make", office / "restricted", "--out", office / "notices")
    assert not (office / "notices").exists()


def test_without_a_font_or_typst_nothing_is_made(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clear fault, no key is made, no folder."""

    class NoFonts:
        def families(self) -> list[str]:
            return ["DejaVu Sans"]

    make = ("notice", "make", office / "out", "--out", office / "notices", "--new-key", "--key", office / "k")
    monkeypatch.setattr(typeset, "_fonts", NoFonts)
    assert "pdf.no_font" in refused(*make)
    monkeypatch.setattr(typeset, "find_spec", lambda name: None)
    assert "pdf.extra_missing" in refused(*make)
    assert not (office / "k").exists()
    assert not (office / "notices").exists()


@needs_chinese_font
def test_signs_without_a_font_are_told_with_the_page(office: Path) -> None:
    """Of all schools at once; no notice is made."""
    persons = office / "restricted" / "persons.csv"
    words = persons.read_text("utf-8").replace("王1小", "王\ue123").replace("王2小", "\U00016fff二")
    persons.write_text(words, "utf-8")
    told = refused("notice", "make", office / "out", "--out", office / "notices")
    assert "U+E123" in told
    assert "U+16FFF" in told
    assert not (office / "notices").exists()


@needs_chinese_font
def test_much_to_say_stays_on_one_page(office: Path) -> None:
    """Twelve papers in two languages, a school of forty characters, a long name; what is too much is told."""
    found = notices_of_run(office / "out")
    child, school = next(iter(found.seats.items()))
    name = "内蒙古自治区通辽经济技术开发区辽河镇福安屯中心校附属实验小学北校区分部一二三四五六"
    long = Text(name, "The Affiliated School " * 5)
    papers = (Text("户口簿、不动产权证书原件和复印件" * 2, "household register and deed " * 3),) * 12

    def pages_of(some: NoticeList) -> int:
        return len(PdfReader(BytesIO(school_pages(some, KEY, Written(), school, [child, child]))).pages)

    full = replace(found, schools={**found.schools, school: long}, letters=replace(found.letters, papers=papers))
    assert pages_of(replace(full, names={child: "阿卜杜热西提·阿布都克里木·买买提艾力·吐尔逊𠮷"})) == 2
    with pytest.raises(InputError, match=r"pdf\.page_full"):
        pages_of(replace(full, letters=replace(found.letters, papers=(Text("长" * 199, "long " * 39),) * 20)))


def test_words_are_read_as_they_are_typed() -> None:
    """Full-width signs, groups apart, several one after the other."""
    code = "ABCDEFGH234567AB"
    told = [*told_notices(["T-1", "a", "ABCD", "EFGH", "2345", "67AB", "T-2 b " + code.lower(), "Ｔ－3", "c", "short"])]
    assert [(one.applicant_id, one.school_id, one.code) for one in told] == [
        ("T-1", "a", code), ("T-2", "b", code), ("T-3", "c", "SHORT"),
    ]  # fmt: skip
    assert notice_code(KEY, "a", "b", "0" * 64) == code_by_page("a", "b", "0" * 64)


def code_by_page(child: str, school: str, digest: str) -> str:
    """As public.md section 4 says, in other words."""
    told = hmac.new(KEY, f"{child}|{school}|{digest}".encode(), "sha256").digest()
    return base64.b32encode(told[:10]).decode()
