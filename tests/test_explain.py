"""Explanations: what a family reads, in both languages, for every way to get a seat and to be refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from allocator.domain import Category, District, Row, Text
from allocator.explanation import explain
from tests import conformance
from tests.explain_districts import folder, lines_of, rules, seed_with, ticket, told, town
from tests.small_districts import kid


def loser() -> District:
    """K2 loses the voluntary draw to K1 and its batch's draw to K3, finds s2 full, and is diverted to s3."""
    kids = [kid(1, voluntary_1=("s2",)), kid(2, voluntary_1=("s2",)), kid(3)]
    return seed_with(
        lambda seed: town(kids, seed, plan={"s1": 1, "s2": 1, "s3": 1}, offered={"s2": 1}),
        lambda rows: rows["K1"].phase == "bids" and rows["K2"].outcome == "diverted",
    )


def test_an_explanation_as_a_whole_in_english(tmp_path: Path) -> None:
    """A child that lost two draws reads all of it: the cut, its own ticket, and the clause at each school."""
    d = loser()
    _, en = told(tmp_path, d, "K2")
    assert d.draw is not None
    bid, bid_cut = ticket(d, "bids/s2", "K2"), ticket(d, "bids/s2", "K1")
    home, home_cut = ticket(d, "batch-A/s1", "K2"), ticket(d, "batch-A/s1", "K3")
    divert = ticket(d, "divert-A", "K2")
    assert en == [
        "Result: diverted to 第三小学 and admitted there, batch A (first). Rule: batch:not_drawn.",
        f"TRIAL run no. {d.draw.trial_seed}, not a result",
        "Example district",
        "Registration number K2",
        "Category: A (first).",
        "What happened, in order:",
        "1. voluntary round, choice no. 1, 第二小学: seats: 1; registrations in the order: 2; a draw was held (bids/s2)"
        ". This one has rank 2, and the seats were gone before its turn. Not admitted. Both stand alike in the draw"
        f" bids/s2, so the ticket decided: that of the last one admitted there is {bid_cut[:16]}…, this one's is"
        f" larger: {bid}. Nothing is lost by this: category, zone and later draws stay as they were. Rule:"
        " bids:refused.",
        "   Cut-off: 2 children wanted a seat at 第二小学 in this order, 1 was admitted. Last admitted: rank 1, tier 1,"
        f" ticket {bid_cut[:16]}…; this one: rank 2, tier 1, ticket {bid[:16]}….",
        "2. batch A (first), 第一小学: seats: 1; registrations in the order: 2; a draw was held (batch-A/s1). This one"
        " has rank 2, and the seats were gone before its turn. Not admitted. Both stand alike in the draw"
        f" batch-A/s1, so the ticket decided: that of the last one admitted there is {home_cut[:16]}…, this one's"
        f" is larger: {home}. Rule: batch:not_drawn.",
        "   Cut-off: 2 children wanted a seat at 第一小学 in this order, 1 was admitted. Last admitted: rank 1, ticket"
        f" {home_cut[:16]}…; this one: rank 2, ticket {home[:16]}….",
        "3. batch A (first), 第二小学: no seat was left at its turn (rank 1 of 1 in the order of the diversion, draw"
        " divert-A). Last admitted there before: category A, in voluntary round. That was over before this order began,"
        " so no tickets are compared. Rule: batch:no_room.",
        "   Cut-off: 1 child wanted a seat at 第二小学 in this order, and nobody was admitted; this one has rank 1.",
        "4. batch A (first), 第三小学: at its turn (rank 1 of 1 in the order of the diversion, draw divert-A) this was"
        f" the first school on its list with a seat left (1). Admitted. Its ticket: {divert}. Rule: batch:not_drawn.",
        "   Cut-off: 1 child wanted a seat at 第三小学 in this order, and all were admitted.",
        "In one draw, among those whom nothing else sets apart, the smaller ticket comes first. Anyone can recompute"
        f' it: it is the SHA-256 of the text "{d.draw.seedhex}|id of the draw|K2", with the id of the draw as written'
        " above.",
    ]


def test_an_explanation_as_a_whole_in_chinese(tmp_path: Path) -> None:
    """The same child reads the same in Chinese."""
    d = loser()
    zh, _ = told(tmp_path, d, "K2")
    assert d.draw is not None
    bid, bid_cut = ticket(d, "bids/s2", "K2"), ticket(d, "bids/s2", "K1")
    home, home_cut = ticket(d, "batch-A/s1", "K2"), ticket(d, "batch-A/s1", "K3")
    divert = ticket(d, "divert-A", "K2")
    assert zh == [
        "结果：该生在“第 A 批：甲”环节分流到 第三小学 并被录取。依据：batch:not_drawn。",
        f"试运行（TRIAL），第 {d.draw.trial_seed} 号模拟种子，不是正式结果",
        "示例区招生",
        "报名号 K2",
        "类别：A（甲）。",
        "经过：",
        "1. 自愿报名，第 1 志愿 第二小学：空余学位 1 个，参加排序的报名户 2 个，举行了自愿报名摇号（第二小学）。"
        "该生排第 2，轮到之前学位已满，未摇中。该生与最后一名录取学生参加同一摇号，即自愿报名摇号（第二小学），"
        f"优先条件相同，由摇号随机号决定：最后一名录取学生为 {bid_cut[:16]}…，该生较大，为 {bid}。"
        "这不影响该生的类别、学区和以后的摇号。依据：bids:refused。",
        "   录取线：在此次序中需要 第二小学 学位的学生 2 人，录取 1 人。最后录取的排第 1，优先顺序第 1 位，"
        f"摇号随机号 {bid_cut[:16]}…；该生排第 2，优先顺序第 1 位，摇号随机号 {bid[:16]}…。",
        "2. 第 A 批：甲，第一小学：空余学位 1 个，参加排序的报名户 2 个，举行了第 A 批摇号（第一小学）。该生排第 2，"
        "轮到之前学位已满，未摇中。该生与最后一名录取学生参加同一摇号，即第 A 批摇号（第一小学），优先条件相同，"
        f"由摇号随机号决定：最后一名录取学生为 {home_cut[:16]}…，该生较大，为 {home}。依据：batch:not_drawn。",
        "   录取线：在此次序中需要 第一小学 学位的学生 2 人，录取 1 人。最后录取的排第 1，"
        f"摇号随机号 {home_cut[:16]}…；该生排第 2，摇号随机号 {home[:16]}…。",
        "3. 第 A 批：甲，第二小学：轮到时（分流次序第 1，共 1 个报名户，由第 A 批分流摇号排定）已没有空余学位。"
        "此前该校最后录取的学生属于 A 类，在“自愿报名”环节，早于本次排序，因此不比较摇号随机号。依据：batch:no_room。",
        "   录取线：在此次序中需要 第二小学 学位的学生 1 人，无人录取；该生在次序中排第 1。",
        "4. 第 A 批：甲，第三小学：轮到时（分流次序第 1，共 1 个报名户，由第 A 批分流摇号排定），按去向顺序，"
        "这是第一所尚有空余学位的学校（1 个），予以录取。"
        f"该生的摇号随机号（由小到大排序）：{divert}。依据：batch:not_drawn。",
        "   录取线：在此次序中需要 第三小学 学位的学生 1 人，全部录取。",
        "参加同一摇号、优先条件相同的，摇号随机号由小到大排序。任何人都可以重新计算：摇号随机号是文本"
        f"“{d.draw.seedhex}|摇号编号|K2”的 SHA-256，摇号编号即 draws 文件夹中该次摇号的文件名（不含 .csv）。",
    ]


def test_a_winner_reads_its_rank(tmp_path: Path) -> None:
    """Admitted by a draw: seats, registrations, rank and the draw's name; without one: that none was needed."""
    d = seed_with(lambda seed: town([kid(1), kid(2)], seed), lambda rows: rows["K1"].school_id == "s1")
    zh, en = lines_of(tmp_path, d, "K1")
    assert "Result: admitted to 第一小学, batch A (first). Rule: batch:drawn." in en
    own = ticket(d, "batch-A/s1", "K1")
    assert f"(batch-A/s1). This one has rank 1. Admitted. Its ticket: {own}. Rule: batch:drawn." in en
    assert "举行了第 A 批摇号（第一小学）。该生排第 1，予以录取。" in zh
    assert f"予以录取。该生的摇号随机号（由小到大排序）：{own}。依据：batch:drawn。" in zh
    zh, en = lines_of(tmp_path, town([kid(1)]), "K1")
    assert "all who came here could be admitted, no draw was needed. Admitted. Rule: batch:admitted." in en
    assert "报名人数未超过空余学位，全部录取，无须摇号。依据：batch:admitted。" in zh
    assert "SHA-256" not in zh + en


def test_a_whole_batch_without_seats(tmp_path: Path) -> None:
    """No seat left when the batch began: no draw, and the last one admitted there is of an earlier batch."""
    d = town([kid(1), kid(2, "z1", "B")])
    zh, en = lines_of(tmp_path, d, "K2")
    assert "no seat was left when this batch began; the whole batch goes on to other schools, without a draw." in en
    assert "Last admitted there before: category A, in batch A (first) (at its home schools)." in en
    for kid_and_draw in (("batch-A/s1", "K1"), ("batch-B/s1", "K2")):
        assert ticket(d, *kid_and_draw)[:16] not in zh + en
    assert "该批次开始时已没有空余学位，整批分流到其他学校，无须摇号。" in zh
    assert "已没有空余学位" in zh
    assert "该校最后录取的学生属于 A 类，在“第 A 批：甲”环节（学区内录取），早于本次排序" in zh


def test_a_tier_that_came_too_late(tmp_path: Path) -> None:
    """A bidder of a later tier reads both tiers."""
    kids = [kid(1, voluntary_1=("s3",)), kid(2, "z2", voluntary_1=("s3",))]
    d = town(kids, plan={"s1": 1, "s2": 1, "s3": 1}, offered={"s3": 1})
    zh, en = lines_of(tmp_path, d, "K2")
    assert "The tier comes before the ticket: the last one admitted there is of tier 1, this one of tier 2." in en
    assert "先看学区的优先顺序，后看摇号随机号：该校最后录取的学生在优先顺序第 1 位，该生在第 2 位。" in zh
    for child in ("K1", "K2"):
        assert ticket(d, "bids/s3", child)[:16] not in zh + en


def test_a_round_and_a_choice_without_seats(tmp_path: Path) -> None:
    """Where no seats were offered or left, that is what is said, with no draw and nothing lost."""
    kids = [kid(1, "z2", voluntary_1=("s1",)), kid(2, "z2", open_choice="s3")]
    d = town(kids, plan={"s1": 1, "s2": 2, "s3": 0})
    zh, en = lines_of(tmp_path, d, "K1")
    assert "1. voluntary round, choice no. 1, 第一小学: there were no seats here. Not admitted." in en
    assert "Not admitted. Nothing is lost by this" in en
    assert "1. 自愿报名，第 1 志愿 第一小学：该校空余学位 0 个，未录取。这不影响" in zh
    zh, en = lines_of(tmp_path, d, "K2")
    assert "1. Zone-wide school, 第三小学: there were no seats here. Not admitted. Nobody had been admitted" in en
    assert "依据：open:refused。" in zh


def test_an_open_choice_lost_by_category(tmp_path: Path) -> None:
    """At a Zone-wide school the cut shows the category that was admitted before."""
    kids = [kid(1, "z2", open_choice="s3"), kid(2, "z1", "E", open_choice="s3")]
    _, en = lines_of(tmp_path, town(kids), "K2")
    assert (
        "The category comes before the ticket: the last one admitted there is of category A, this one of category E."
        in en
    )
    assert "Rule: open:refused." in en


def test_twins_passed_over_in_their_batch(tmp_path: Path) -> None:
    """Twins at the cut that do not fit read the seats then left, and that they come first in the diversion."""
    kids = [kid(1, bundle="b"), kid(2, bundle="b"), kid(3)]
    plan = {"s1": 1, "s2": 2, "s3": 0}
    for seed in range(200):
        d = town(kids, seed, rules(bundle_at_cut="skip"), plan=plan)
        if ticket(d, "batch-A/s1", "K1") < ticket(d, "batch-A/s1", "K3"):
            break
    else:
        pytest.fail("In no seed the twins stand first.")
    zh, en = lines_of(tmp_path, d, "K2")
    assert "Registered together with K1: they stay together and share one lot." in en
    assert (
        "at its turn (rank 1 of 2) the seats left were 1, too few for the 2 children who stay together. Passed over."
        f" Its ticket: {ticket(d, 'batch-A/s1', 'K1')}. They therefore stand first in the diversion that follows." in en
    )
    assert "rank 1 of 1 in the order of the diversion, draw divert-A" in en
    assert "与 K1 为同一组多胞胎，捆绑参加，不予拆分，共用一个摇号随机号。" in zh
    assert "轮到时（第 1，共 2 个报名户）空余学位 1 个，不足以录取该组多胞胎 2 人，予以跳过。" in zh
    assert "因此在接下来的分流中排在最前。" in zh


def test_twins_passed_over_on_their_way(tmp_path: Path) -> None:
    """At a receiving school with one seat left twins are passed over, and nothing is said of standing first."""
    kids = [kid(1, bundle="b"), kid(2, bundle="b")]
    d = town(kids, 1, rules(bundle_at_cut="skip"), plan={"s1": 0, "s2": 1, "s3": 2})
    _, en = lines_of(tmp_path, d, "K1")
    assert "2. batch A (first), 第二小学: at its turn (rank 1 of 1) the seats left were 1, too few for the 2" in en
    assert "first in the diversion" not in en
    assert (
        "3. batch A (first), 第三小学: at its turn (rank 1 of 1 in the order of the diversion, draw divert-A) this"
        in en
    )


def test_twins_over_plan(tmp_path: Path) -> None:
    """Twins admitted with one seat left read by how much the plan is exceeded."""
    d = town([kid(1, bundle="b"), kid(2, bundle="b")], caps={"s1": 2})
    zh, en = lines_of(tmp_path, d, "K1")
    assert "Admitted. So that they stay together, the plan is exceeded by 1. Rule: batch:admitted." in en
    assert "无须摇号。为不拆分多胞胎，超出招生计划 1 个。依据：batch:admitted。" in zh


def test_decisions(tmp_path: Path) -> None:
    """A decision that could be kept, and one that could not because too many name the school."""
    d = town([kid(1, preferential_school="s2"), kid(2, preferential_school="s3"), kid(3, preferential_school="s3")])
    zh, en = lines_of(tmp_path, d, "K1")
    assert "1. preferential decision, 第二小学: an approved decision names this school; admitted without a draw" in en
    assert "经批准直接录取到该校，无须摇号（当时空余学位 1 个）。依据：preferential:admitted。" in zh
    assert "SHA-256" not in en
    zh, en = lines_of(tmp_path, d, "K2")
    assert "Result: waits for a ruling of the authority and has no seat yet. Rule: preferential:needs_ruling." in en
    assert "decisions name more children for it than it has seats left (1). None of them is placed" in en
    assert "但指定到该校的学生多于空余学位（1 个），这些学生均待领导小组研究确定。" in zh


def test_nothing_is_told_of_another_childs_decision(tmp_path: Path) -> None:
    """Where the last one admitted had a decision, neither its category nor the kind of decision is told."""
    d = town([kid(1, preferential_school="s1"), kid(2, "z1", "B")])
    zh, en = lines_of(tmp_path, d, "K2")
    assert "Last admitted there before: by an approved decision, without a draw. Rule:" in en
    assert "此前该校最后录取的学生：经批准直接录取，无须摇号。" in zh
    assert "preferential" not in en


def test_no_home_school(tmp_path: Path) -> None:
    """A child for which no home school is laid down waits for a ruling."""
    zh, en = lines_of(tmp_path, town([kid(1, "z3", "E")]), "K1")
    assert "1. no home school: no home school is laid down for this home and category; the authority rules on it." in en
    assert "1. 无对口学校：按住址和类别没有规定对口学校，待领导小组研究确定。依据：referral:needs_ruling。" in zh


def test_another_authority(tmp_path: Path) -> None:
    """A child whose home belongs to a school of another authority reads which."""
    zh, en = lines_of(tmp_path, town([kid(1, "zx")]), "K1")
    assert "Result: belongs to 外区小学, to which another authority admits. Rule: export:external." in en
    assert "结果：该生转由外区招生，由 外区小学 负责。依据：export:external。" in zh


def test_late_blacklisted_and_adjusted(tmp_path: Path) -> None:
    """Why somebody took part in the adjustment only, where it led, and which schools were full before."""
    made = rules()
    last = replace(made.phases[-1], schools=("s1", "s2"))  # type: ignore[arg-type]
    made = replace(made, phases=(*made.phases[:-1], last))
    d = town([kid(1), kid(2, status="late"), kid(3, status="blacklisted")], 1, made)
    zh, en = lines_of(tmp_path, d, "K2")
    assert "Registered late: takes no part in the phases before the adjustment, only in the adjustment." in en
    assert "Result: placed at 第二小学 by the adjustment. Rule: adjust:adjusted." in en
    assert "Schools before it on the list without room, told below: 1. Rule: adjust:adjusted." in en
    assert (
        "\n   第一小学: no seat left. Last admitted there: category A, in batch A (first) (at its home schools), before"
        " this order began. Rule: adjust:no_room." in en
    )
    assert "逾期报名：不参加调剂之前的各环节，只参加调剂。" in zh
    assert "去向顺序在前而空余学位不足的学校有 1 所，逐所说明如下。" in zh
    assert (
        "\n   第一小学：没有空余学位。该校最后录取的学生属于 A 类，在“第 A 批：甲”环节（学区内录取），早于本次排序。"
        "依据：adjust:no_room。" in zh
    )
    zh, en = lines_of(tmp_path, d, "K3")
    assert "Blacklisted: takes no part in the phases before the adjustment and comes last in it." in en
    assert "Result: without a seat. The child is counted in the shortage. Rule: end." in en
    assert "1. adjustment: at its turn (rank 2 of 2 in the order of the adjustment, draw adjust) no school of" in en
    assert f"(schools tried, told below: 2). Its ticket: {ticket(d, 'adjust', 'K3')}. Rule: adjust:no_room." in en
    assert "\n   第一小学: no seat left. Last admitted there: category A, in batch A (first)" in en
    assert (
        "\n   第二小学: no seat left. Last admitted there: category A, in adjustment. The status of the registration"
        " comes before the ticket: in time first, then late, then blacklisted. The last one admitted there comes"
        " earlier by it. Rule: adjust:no_room." in en
    )
    assert "在“调剂”环节。先看报名状态，后看摇号随机号" in zh
    for draw, child in (("batch-A/s1", "K1"), ("adjust", "K2")):
        assert ticket(d, draw, child)[:16] not in zh + en
    assert "2. At the end: all phases have ended without a seat. Rule: end." in en
    own = ticket(d, "adjust", "K3")
    assert f"逐所说明如下）。该生的摇号随机号（由小到大排序）：{own}。依据：adjust:no_room。" in zh
    assert "2. 最后：所有环节结束，尚未落实学位。依据：end。" in zh


def test_a_category_without_a_batch(tmp_path: Path) -> None:
    """A verified child of a category that no batch covers reads that the adjustment places it."""
    made = rules()
    made = replace(made, categories=(*made.categories, Category("V", Text("新", "new"), "zone")))
    zh, en = lines_of(tmp_path, town([kid(1, "z1", "V")], 1, made), "K1")
    assert "Category: V (new). No batch is for this category; the adjustment places these children." in en
    assert "该类别没有相应批次，由调剂入学。" in zh


def test_who_registered_late_reads_of_no_batch_where_there_is_none(tmp_path: Path) -> None:
    """Where no phase is a batch, nothing is said of batches to a late child; one that leaves reads of no adjustment."""
    made = rules()
    made = replace(made, phases=tuple(phase for phase in made.phases if phase.phase_id != "batch"))
    zh, en = lines_of(tmp_path, town([kid(1, status="late")], 1, made), "K1")
    assert "Registered late: takes no part in the phases before the adjustment" in en
    assert "batch" not in en
    assert "批次" not in zh
    _, en = lines_of(tmp_path, town([kid(1, "zx", status="late")], 1, made), "K1")
    assert "adjustment" not in en


def test_a_policy_without_batches_speaks_of_none(tmp_path: Path) -> None:
    """Where no phase is a batch, a child that only the adjustment reached is told nothing of batches."""
    made = rules()
    made = replace(made, phases=tuple(phase for phase in made.phases if phase.phase_id != "batch"))
    _, en = lines_of(tmp_path, town([kid(1)], 1, made), "K1")
    assert "Result: placed at 第一小学 by the adjustment." in en
    assert "batch" not in en


def test_the_least_sum_of_distances(tmp_path: Path) -> None:
    """Where the model spreads a batch, the explanation says so instead of telling of a walk."""
    made = rules(divert_assign="least_distance")
    d = town([kid(n, x="0", y="0") for n in (1, 2, 3)], 1, made, plan={"s1": 0, "s2": 1, "s3": 1})
    rows = [
        Row("K1", "s3", "batch-A", "diverted", "divert-A"),
        Row("K2", "s2", "batch-A", "diverted", "divert-A"),
        Row("K3", "", "", "unplaced", ""),
    ]
    zh, en = lines_of(tmp_path, d, "K1", rows)
    assert "as small as possible (among equals the draw divert-A decides) and places the child here." in en
    assert "分流以总路程最短为准（路程相同的看第 A 批分流摇号），分流到该校，予以录取。" in zh
    zh, en = lines_of(tmp_path, d, "K3", rows)
    assert "the receiving schools had no room left (schools, told below: 2)." in en
    assert "接收学校的空余学位均已用完（2 所，逐所说明如下）。" in zh
    for school in ("第二小学", "第三小学"):
        place = "Last admitted there: category A, in batch A (first) (in the diversion)."
        assert f"\n   {school}: no seat left. {place} Rule: batch:no_room." in en
        assert f"\n   {school}：没有空余学位。该校最后录取的学生属于 A 类，在“第 A 批：甲”环节（分流）。" in zh


def test_one_ticket_for_the_session(tmp_path: Path) -> None:
    """Under per_session the ticket's text is told with the word session."""
    d = town([kid(1), kid(2)], 1, rules(ticket_scope="per_session"))
    assert d.draw is not None
    zh, en = lines_of(tmp_path, d, "K1")
    assert f'"{d.draw.seedhex}|session|K1".' in en
    assert f"“{d.draw.seedhex}|session|K1”" in zh


def test_notice_and_weak_seed_stand_above(tmp_path: Path) -> None:
    """The policy's notice and a weak seed are told with every explanation, TRIAL only in a trial."""
    district, rows = conformance.load("04")
    assert district.draw is not None
    weak = replace(district, draw=replace(district.draw, weak_seed=True))
    zh, en = told(tmp_path, weak, district.applicants[0].applicant_id, rows)
    assert en[0].startswith("Result: ")
    assert en[1].startswith("WEAK SEED")
    assert zh[1].startswith("注意：随机数不足")
    assert en[3] == "SYNTHETIC DATA for demonstration; seats, zones and children are invented"
    assert not any("TRIAL" in line for line in en)


@pytest.mark.parametrize("name", ["07", "20", "28", "adjust_by=distance-2"])
def test_every_child_can_be_explained(name: str, tmp_path: Path) -> None:
    """Every child of a district has a story that ends where its row says, in both languages, without a gap."""
    district, rows = conformance.load(name)
    out = folder(tmp_path, district, rows)
    for row in rows:
        zh, en = explain(out, row.applicant_id, "zh"), explain(out, row.applicant_id, "en")
        assert "\n1. " in zh
        assert zh.count("\n") == en.count("\n")
        assert not {"{", "}"} & set(zh + en)
        if row.school_id:
            assert row.school_id in [line for line in en.split("\n") if line[0].isdigit()][-1]


def test_the_number_may_come_from_a_chinese_keyboard(tmp_path: Path) -> None:
    """Full-width characters and surrounding space in the number are understood."""
    out = folder(tmp_path, town([kid(1)]))
    assert explain(out, " Ｋ１ ", "en") == explain(out, "K1", "en")
