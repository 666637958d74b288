"""What looks like a card, a telephone or an address is found in whatever form; tickets, digests and dates never are."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from allocator.intake.persons import person_check_digit
from allocator.public.private_signs import ADDRESS, CARD, CATEGORY, NAME, TELEPHONE, PrivateSigns, is_name_in_full
from allocator.public.searched import private_faults
from allocator.reporting.public_form import in_eights, in_fours
from allocator.sheets import both
from tests.clause_table import ROOT
from tests.cli_calls import call, contents, good

SHIPPED = sorted(path.parent for path in (ROOT / "scenarios").glob("*/transcript.txt"))
FOUND = {
    "150502201701011234": CARD, "15050220170101123X": CARD, "１５０５０２２０１７０１０１１２３４": CARD,
    "150502 2017-01-01 1234": CARD, "150502 20170101 1234": CARD, "1505 0220 1701 0112 34": CARD,
    "150502-19480229-123x": CARD,
    "证件150502201701011234。": CARD, "150502170101123": CARD, "150502 170101 123": CARD,
    "1505\u200b02201701011234": CARD, "１３９１２３４５６７８": TELEPHONE,
    "13912345678": TELEPHONE, "139-1234-5678": TELEPHONE, "139 1234 5678": TELEPHONE,
    "+86 139 1234 5678": TELEPHONE, "0086-13912345678": TELEPHONE, "电话13912345678转": TELEPHONE,
    "0475-8212345": TELEPHONE, "(0475)8212345": TELEPHONE, "（0475）8212345": TELEPHONE, "04758212345": TELEPHONE,
    "0475 821 2345": TELEPHONE, "010-65529988": TELEPHONE, "+86 10 6552 9988": TELEPHONE, "电话：8212345": TELEPHONE,
    "和平路12号": ADDRESS, "和平路十二号": ADDRESS, "明珠小区3号楼2单元501": ADDRESS, "霍林河大街西段2号": ADDRESS,
    "余粮堡镇东风村三组": ADDRESS, "12号楼": ADDRESS, "住址：科尔沁区": ADDRESS, "12 North Lake Road": ADDRESS,
    "和平路１２号": ADDRESS, "43.652345,122.263456": ADDRESS, "122.2634 43.6523": ADDRESS,
}  # fmt: skip
NOT_FOUND = (
    "", "T23-000013", "2023-08-31", "2023-07-25 至 2023-07-31", "2023-07-25T09:00:00", "{A: 900000000, B: 800000000}",
    "通教发〔2023〕12号", "第三批", "第十一中学", "胜利路小学", "西拉木伦大街以东、和平路以北",
    "科尔沁区明仁街道永安社区",
    "150502201713451234", "250502170101123456789", "12345678901234567", "19999999", "64 个学位，900 metres", "C116",
    "3 km along the road", "20230831", "0.0475", "1/2 3/4", "2023-P1", "school-draw/1", "9:0,1,2,3,4,5,6,7,8",
)  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_what_is_private_is_found_in_whatever_form(text: str) -> None:
    """Spaces, full-width digits, what cannot be seen, words around it; and in the middle of a line."""
    signs = PrivateSigns()
    assert signs.kinds(text) == [FOUND[text]]
    assert FOUND[text] in signs.kinds(f"说明：{text}（2023 年）")


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_public_is_not_found(text: str) -> None:
    """Dates, sums, numbers of documents and clauses, names of streets without a number, impossible days."""
    assert PrivateSigns().kinds(text) == []


def test_no_ticket_digest_or_seed_is_taken_for_a_number() -> None:
    """10,000 of them whole, in eights and in fours, alone and in a line; digits of witnesses in a transcript."""
    signs, chance = PrivateSigns(), Random(13)
    for at in range(10_000):
        ticket = sha256(b"%d" % at).hexdigest()
        words = (f"roster=sha256:{ticket}", f"校验值 {in_fours(ticket)}", f"seed {ticket[:16]}…")
        for form in (ticket, in_eights(ticket), *words):
            assert signs.kinds(form) == [], form
    for _ in range(300):
        digits = ["".join(chance.choices("0123456789", k=chance.randint(1, 1000))) for _ in range(5)]
        lines = [f"source=witness-{at}:{given}" for at, given in enumerate(digits, start=1)]
        drand = f"source=drand-quicknet:{chance.randint(1, 10**19)}:{sha256(digits[0].encode()).hexdigest()}"
        raw = "\n".join(["school-draw/1", "event=2023-P1", *lines, drand, ""]).encode()
        assert list(private_faults({"transcript.txt": raw}, signs, ())) == []


def test_no_line_above_a_list_is_taken_for_a_number() -> None:
    """Days beside the number of an event, a count, or each other, in both languages, for 2,000 events."""
    signs = PrivateSigns()
    for seq in range(1, 2000):
        day = date(2023, 7, 1) + timedelta(days=seq % 90)
        marks = (
            both("lists.since", since=seq, day=day), both("lists.as_of", day=day, seq=seq),
            both("lists.publicity_days", first=day, last=day), both("lists.children", count=seq),
            both("publish.remove_by", day=day), both("publish.remove_blank"),
        )  # fmt: skip
        for mark in marks:
            assert signs.kinds(f"{mark.zh} · {mark.en}") == [], mark


@pytest.mark.parametrize("district", SHIPPED, ids=lambda path: path.name)
def test_nothing_in_a_shipped_policy_looks_private(district: Path) -> None:
    """Policies, schools and zones as they ship."""
    files = {name: (district / name).read_bytes() for name in ("policy.yaml", "transcript.txt")}
    assert [fault for fault in private_faults(files, PrivateSigns(), ()) if fault.row] == []
    for name in ("schools.csv", "zones.csv"):
        for line in (district / name).read_text(encoding="utf-8").splitlines():
            assert all(PrivateSigns().kinds(cell) == [] for cell in line.split(","))


def test_a_random_card_and_telephone_are_always_found() -> None:
    """2,000 cards with their check digit and as many telephones, alone, in groups, beside a ticket."""
    signs, chance = PrivateSigns(), Random(5)
    for _ in range(2000):
        first = f"{chance.randint(11, 65)}{chance.randint(0, 9999):04d}{chance.randint(1920, 2023)}"
        first += f"{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}{chance.randint(0, 999):03d}"
        card = first + person_check_digit(first)
        telephone = f"1{chance.randint(3, 9)}{chance.randint(0, 10**9 - 1):09d}"
        for form in (card, f"{card[:6]} {card[6:14]} {card[14:]}", f"{sha256(first.encode()).hexdigest()} {card}"):
            assert CARD in signs.kinds(form), form
        for form in (telephone, f"{telephone[:3]} {telephone[3:7]} {telephone[7:]}", f"{telephone}（母亲）"):
            assert TELEPHONE in signs.kinds(form), form


def test_a_known_person_is_found_and_a_masked_name_is_not() -> None:
    """Names in Chinese and Latin letters, however spaced, passports, addresses as the table has them."""
    signs = PrivateSigns(("张小三", "Anna Li", "李", "*"), ("E12345678;8212345",), ("明仁街道 永安社区乙处",))
    cells = {
        "张小三": [NAME], "张 小三": [NAME], "张小三、李四": [NAME], "ANNA  LI": [NAME], "Anna Lin": [], "张*三": [],
        "李": [], "李*": [], "e12345678": [CARD], "821-2345": [TELEPHONE], "明仁街道永安社区乙处": [ADDRESS], "": [],
    }  # fmt: skip
    assert {cell: signs.known_kinds(cell) for cell in cells} == cells
    assert [is_name_in_full(name) for name in ("张小三", "李四", "张*三", "李", "'=**1", "Al", "A*", "")] == [
        True, True, False, False, False, True, False, False,
    ]  # fmt: skip


def test_columns_are_known_by_heading_and_by_what_stands_in_them() -> None:
    """Headings of persons in both languages; cells that are all categories, by id or name."""
    signs = PrivateSigns(categories=("A", "R1", "有户有房"))
    heads = {"姓名": NAME, "masked_name": NAME, "身份证号": "", "身份证": CARD, "联系方式": TELEPHONE, "住 址": ADDRESS,
             "Category": CATEGORY, "类别": CATEGORY, "batch": "", "number": "", "school_id": ""}  # fmt: skip
    assert {head: signs.heading_kind(head) for head in heads} == heads
    assert signs.is_of_categories(["A", "", "r1", "有户有房"])
    assert not signs.is_of_categories(["A", "B"])
    assert not signs.is_of_categories(["", ""])


def test_what_is_the_offices_own_is_no_childs() -> None:
    """The policy's telephone and address, and a school named by a road; another number beside them is found."""
    signs = PrivateSigns(public=("0475-8212345", "和平路12号教育局", "12"))
    assert signs.kinds("电话：0475-8212345，和平路12号教育局") == []
    assert signs.kinds("0475-8212346，和平路12号教育局") == [TELEPHONE]
    assert signs.kinds("和平路12号") == [ADDRESS]
    assert signs.kinds("150502201201011234") == [CARD]


@pytest.mark.long
@pytest.mark.parametrize("district", SHIPPED, ids=lambda path: path.name)
@pytest.mark.parametrize("seed", range(3))
def test_every_shipped_district_can_be_published(tmp_path: Path, district: Path, seed: int) -> None:
    """Under any seed no list, order or cut-off raises a false alarm."""
    words = ("--trial-seed", seed, "--engine", "procedure", "--no-trace", "--quiet", "--out", tmp_path / "out")
    assert call("run", district, *words).exit_code in (0, 1)
    good("publish", tmp_path / "out", tmp_path / "web", "--format", "csv", "--quiet")
    assert len(contents(tmp_path / "web")) > 4
