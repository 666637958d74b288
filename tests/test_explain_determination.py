"""Explanations of determinations: what an office reads of one child before there is a list, in both languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from allocator.determination import determine_by_steps
from allocator.determination.categories import JOINED, RULES
from allocator.determination.decisions import PAPERS
from allocator.domain import CONDITIONS, RESULTS, STATUSES, Decision, Lock, OfficeTables, Ruling, SpecialNeed
from allocator.explanation import explain
from allocator.explanation.office import explain_office_tables
from allocator.ground import LANGUAGES, TEXTS, InputError, text
from tests.cli_calls import call
from tests.conformance import ROOT
from tests.office_bases import BASES, check, renamed
from tests.office_folders import FOLDER, load, names
from tests.office_small import BASE_A, BASE_C, BASE_E, BASE_R1, Base, day, family, together


def told(tables: OfficeTables, name: str = "T1") -> tuple[list[str], list[str]]:
    """The explanation of a child in Chinese and in English."""
    zh, en = (explain_office_tables(tables, name, language).splitlines() for language in LANGUAGES)
    return zh, en


def test_an_explanation_as_a_whole_in_both_languages() -> None:
    """Why a child is C, which evidence would make it A, and with which clause of the plan (C019, C021)."""
    papers = ("booklet", "community", "consent", "vaccination")
    base = BASE_C.but(child={"tenure": "borrowed", "papers": papers}, owners=[("lender", 10000)])
    zh, en = told(base.tables())
    assert zh == [
        "认定结果：列入名册，类别 C（有户租房）。依据：招生方案三（四）2C-1，条款编号 C021。",
        "通辽经济技术开发区2023年小学一年级招生入学",
        "合成数据，仅供演示：学位数、学区与学生均为虚构",
        "报名号 T1。城区；学区 fuli（对口学校：富力小学）；审核状态：审核通过。",
        "逐类核对（从前到后，第一个条件全部满足的即为认定类别）：",
        "类别 A（有户有房）：不符合。",
        "  未满足：父母（法定监护人）的产权比例占 50% 及以上；见招生方案三（四）3(2)，C031。表中合计 0.00%。",
        "  未满足：居住在自有住房；见招生方案三（四）2A，C019。",
        "类别 B（三代同户）：不符合。",
        "  未满足：祖孙三代在同一户口簿上；见招生方案三（四）2B，C020。",
        "  未满足：祖父母或外祖父母的产权比例占 50% 及以上；见招生方案三（四）3(2)，C031。表中合计 0.00%。",
        "  未满足：与祖父母或外祖父母共同居住；见招生方案三（四）2B，C020。",
        "类别 C（有户租房，第 1 种情况）：条件全部满足。",
        "各部门核查结果：无房属实。",
    ]
    assert en[3:8] == [
        "Registration number T1: urban track, zone fuli (school: 富力小学), verified.",
        "The categories in their order; the first whose conditions all hold is the child's:",
        "Category A (hukou and home): does not fit.",
        "  Fails: the guardians hold 50 % of the title or more; plan section 3.4.3(2), C031. The tables say 0.00 % "
        "together.",
        "  Fails: the family lives in a home of its own; plan section 3.4.2A, C019.",
    ]


@pytest.mark.parametrize(
    ("changes", "values", "fact"),
    [
        ({"owners": [("F1/g1", 2499)]}, {}, "表中合计 24.99%。"),
        ({"owners": [("F1/g1", 3333), ("other", 6667)]}, {"q19_share": "single"}, "表中最大一份 33.33%。"),
        ({"home": {"proof_date": day("2023-06-01")}}, {}, "表中证明日期 2023-06-01。"),
        ({"child": {"residence_start": day("2023-06-02")}}, {}, "表中入住日期 2023-06-02。"),
        ({"child": {"hukou_in_date": day("2023-06-03")}}, {}, "表中户籍迁入日期 2023-06-03。"),
    ],
)
def test_what_the_tables_say_behind_a_failed_condition(
    changes: dict[str, object], values: dict[str, str], fact: str
) -> None:
    """The share or the day itself, so that a family sees how near it is and the office whether it was typed rightly."""
    zh, en = told(BASE_A.but(**changes).tables(values))
    assert [line for line in zh if line.startswith("  未满足") and line.endswith(fact)]
    assert not [line for line in (*zh, *en) if "{" in line]


def test_what_an_approved_decision_lacks() -> None:
    """A decision that is not applied says which paper or what else it wants; one that is applied says nothing."""
    given = Decision(
        "D1", "T1", "preferential", "military", "hexi-primary", day("2023-07-25"), day("2023-07-26"), True,
        ("unit_letter", "booklet"), None, None, "", None,
    )  # fmt: skip
    zh, en = told(BASE_A.tables(decisions=(given,)))
    assert "已批准的优抚决定 D1 未采用，因为：缺结婚证；缺军官证；报名开始以后才收到。" in zh
    assert [line for line in en if "no officer's card; received only after" in line]
    papers = ("booklet", "marriage", "officer_card", "unit_letter")
    stands = given._replace(papers=papers, received_on=day("2023-07-20"))
    assert not [line for line in told(BASE_A.tables(decisions=(stands,)))[0] if "未采用" in line]


def test_every_lack_of_a_decision_has_a_text() -> None:
    """Papers of every ground, and what else decisions need."""
    lacks = {*frozenset().union(*PAPERS.values()), "own_school", "in_time", "home_urban", "service_years"}
    lacks |= {"sibling_order", "sibling_entry", "sibling_enrolled", "last_year_school", "changed_zone"}
    there = {code.rpartition(".")[2] for code in TEXTS if code.startswith("explain.determined.decision.")}
    assert there == lacks


def test_what_is_missing_and_what_it_would_make() -> None:
    """The open category says what to bring; the list of all that may still be brought follows."""
    zh, en = told(BASE_A.but(home={"proof": "", "proof_date": None}).tables())
    assert zh[5] == "类别 A（有户有房）：尚未证实。以下各项补齐或确定后，可认定为此类："
    proof = "有房证明（不动产权证、备案购房合同、拆迁或回迁协议等）"
    assert zh[6] == f"  待证实：有房证明在 2023-06-01 前办结；见招生方案三（四）3(2)，C029。缺：{proof}。"
    assert f"数据封存之前还可以补：{proof}。" in zh
    assert any(line.startswith("What can still be brought before the data are frozen: proof of the") for line in en)


def test_what_needs_a_ruling_and_what_was_ruled() -> None:
    """An open question waits for one; a ruling is told with who, why and when."""
    base = BASE_E.but(child={"residence_start": day("2023-03-01")})
    zh, _ = told(base.tables())
    waits = text("office.ground.Q-22", "zh")
    assert f"待领导小组研究确定：{waits}。" in zh
    ruling = Ruling("R7", "T1", "category", "E", "租约和水费单一致", "领导小组办公室", day("2023-07-30"))
    zh, en = told(base.tables(rulings=(ruling,)))
    assert zh[0] == "认定结果：列入名册，类别 E（外户租房）。依据：领导小组的决定 R7。"
    assert "领导小组的决定 R7（2023-07-30，领导小组办公室），类别：E。理由：租约和水费单一致" in zh
    assert "Ruling R7 (2023-07-30, 领导小组办公室), category: E. Reason: 租约和水费单一致" in en


def test_locks_and_shared_homes_name_no_other_family() -> None:
    """Year and stage of the lock, and how many children use the home; neither family nor number (C127)."""
    lock = Lock("H1", "primary", 2022, "F977", "T2022-977")
    other = Base(renamed(BASES["E"], 988))
    zh, en = told(together(family("T1", 1, "A"), other, locks=(lock,)))
    assert "学位锁定：该住房由另一家庭用于 2022 年小学入学。" in zh
    assert "Other families use the same home this year, for 1 child." in en
    assert not [line for line in (*zh, *en) if "977" in line or "988" in line]


def test_a_child_that_a_gate_took_has_no_categories_to_tell() -> None:
    """The result and its clause, and that is all (C121)."""
    zh, en = told(BASE_A.tables(special=(SpecialNeed("T1", "severe", "home_teaching"),)))
    assert zh[0] == "认定结果：按特殊教育方式就读。依据：招生方案九（四），条款编号 C121。"
    assert zh[3:] == ["报名号 T1"]
    assert en[0] == "Result: special education. Rule: C121, section 9.4 of the plan."


def test_other_readings_change_the_words() -> None:
    """Dates, share, months and whose hukou is asked for are those of the policy (Q-18)."""
    values = {"share": 3333, "q18_parents": "both", "lease_months": 1, "papers_before": day("2022-02-01")}
    zh, en = told(BASE_R1.but(child={"hukou_area": "elsewhere"}, home={"area": "zone_urban"}).tables(values))
    assert any("父母（法定监护人）都是开发区城区户籍（2022-02-01 前迁入）" in line for line in zh)
    assert any("the family rents for 1 month or more, with all papers" in line for line in en)


@pytest.mark.parametrize("name", names(expected="determination"))
def test_every_child_of_the_conformance_folders_can_be_explained(name: str) -> None:
    """Every result, flag, code and condition of theirs has its words; the answer is that of the determination."""
    tables = load(FOLDER / name)
    rows = determine_by_steps(tables).rows
    for row in rows[:: max(1, len(rows) // 6)]:
        zh, en = told(tables, row.applicant_id)
        assert zh[0].startswith(f"认定结果：{text(f'office.result.{row.result}', 'zh')}")
        assert row.category in en[0]


def test_every_word_of_a_determination_has_a_text() -> None:
    """Results, statuses, conditions and terms; codes and flags as far as any conformance folder has them."""
    conditions = {*CONDITIONS, *JOINED} - {"guardian_hukou"} | {"guardian_hukou.one", "guardian_hukou.both"}
    wanted = {f"determined.condition.{name}" for name in conditions}
    wanted |= {f"office.result.{name}" for name in RESULTS} | {f"office.status.{name}" for name in STATUSES}
    for name in names(expected="determination"):
        for row in determine_by_steps(load(FOLDER / name)).rows:
            wanted |= {f"determined.missing.{code}" for code in row.missing}
            wanted |= {f"office.ground.{code}" for code in row.ruling} | {f"office.flag.{flag}" for flag in row.flags}
    assert wanted <= TEXTS.keys()
    assert len(RULES) == 9


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The tables of a conformance folder under Tongliao's policy, as an office has them."""
    folder = tmp_path / "office"
    shutil.copytree(FOLDER / "01-conditions-alone", folder)
    for path in (*folder.glob("expected-*"), folder / "office.json"):
        path.unlink()
    shutil.copy(ROOT / "scenarios" / "tongliao-2023-primary" / "policy.yaml", folder)
    return folder


def test_the_command_tells_the_folders_apart(office: Path) -> None:
    """``explain`` takes the office's tables as it takes the output of a run; an unknown number is a fault."""
    done = call("explain", str(office), " A-base ")
    answer = "Result: on the roster, category A (hukou and home). Rule: C019, section 3.4.2A of the plan."
    assert (done.exit_code, done.output.splitlines()[0]) == (0, answer)
    with pytest.raises(InputError, match=r"explain\.determined\.unknown"):
        explain(office, "nobody", "en")


def test_a_roster_that_was_determined_holds_no_reasons(office: Path) -> None:
    """Whoever names the output of ``determine`` is told where the reasons are."""
    assert call("determine", str(office), "--quiet").exit_code == 0
    with pytest.raises(InputError, match=r"explain\.roster_only"):
        explain(office / "roster", "A-base", "en")


def test_no_card_number_is_told() -> None:
    """Whatever a ruling's reason holds, eighteen digits of an identity card are masked."""
    card = "150502201703011239"
    ruling = Ruling("R1", "T1", "category", "B", f"card {card}", "group", day("2023-07-30"))
    words = explain_office_tables(BASE_A.tables(rulings=(ruling,)), "T1", "zh")
    assert "card " in words
    assert card not in words


def test_the_platform_check_is_told() -> None:
    """What another office found untrue stands there by its subject (C040)."""
    zh, en = told(BASE_A.but(checks=(check("hukou", "fail"),)).tables())
    assert "各部门核查结果：户籍不属实。" in zh
    assert "Checks of other offices: hukou found untrue." in en
