"""Texts (zh, en) of the seats that are short, and of the balance of each school."""

TEXTS: dict[str, tuple[str, str]] = {
    "shortage.large": (
        "学生数与学校数之积超过 {most}，此处不计算最少需增加的学位；请运行 allocator capacity DIR --fewest",
        "children times schools exceed {most}: the fewest seats are not computed here; run allocator capacity DIR "
        "--fewest"),
    "shortage.fewest": (
        "最少需增加 {seats} 个学位（{schools}），{whom}无一分流、调剂{proof}",
        "{seats} more {seats:seat/seats} ({schools}) {seats:is/are} the fewest with which {whom} is diverted or "
        "adjusted{proof}"),
    "shortage.enough": (
        "增加 {seats} 个学位即够（{schools}），{whom}无一分流、调剂{proof}",
        "{seats} more {seats:seat/seats} ({schools}) {seats:is/are} enough so that {whom} is diverted or "
        "adjusted{proof}"),
    "shortage.none": ("不增加学位，{whom}也无一分流、调剂", "Without one more seat {whom} is diverted or adjusted"),
    "shortage.whom": ("{categories} 类学生", "no child of {categories}"),
    "shortage.everyone": ("全部类别的学生", "no child of any category"),
    "shortage.proven": ("（已证明不能再少）", " (proven: fewer are not enough)"),
    "shortage.bound": (
        "（已证明：最少数在 {least} 至 {seats} 之间）",
        " (proven: the fewest is between {least} and {seats})"),
    "shortage.school": ("{name} {seats}", "{name} {seats}"),
    "shortage.comma": ("、", ", "),
    "shortage.aside": (
        "不计入：只能分流、调剂的学生（如逾期报名）{aside} 人，任何学校都不能接收的 {hopeless} 人",
        "Not counted: children who can only be diverted or adjusted (late ones, for instance): {aside}; whom no school "
        "may take: {hopeless}"),
    "shortage.home": (
        "选择之前的学区内缺口：{schools} 所学校的学区内学生比计划多，共多 {seats} 人"
        "（其中许多人另有选择，不等于要增加的学位）",
        "Demand at home before choices is above the plan at {schools} {schools:school/schools}, by {seats} "
        "{seats:child/children} in all (many of them choose elsewhere: not the seats to add)"),
    "shortage.tile": ("最少需增加的学位：{whom}无一分流", "fewest seats to add: {whom} is diverted"),
    "shortage.tile_enough": ("增加即够的学位：{whom}无一分流", "enough seats to add: {whom} is diverted"),
    "shortage.tile_home": ("选择之前的学区内缺口（人）", "children at home above the plan, before choices"),
    "shortage.not_less": ("最少数在 {least} 至 {seats} 之间", "the fewest is between {least} and {seats}"),
    "shortage.is_least": ("已证明不能再少", "proven the fewest"),
    "balance.title": ("各校对账：从居住在学区内的学生到录取", "From the children who live there to those seated there"),
    "balance.how": (
        "逐列相加：居住 + 逾期等 + 他校登记 = 学区内需求（选择之前）；再加三项选择 = 选择之后的需求；"
        "再加分流到他校、分流录取 = 录取；计划 − 录取 = 空余学位（名单之后；负数为超出计划）。负数为减少。",
        "Columns add up from left to right: living there + late + registered = demand at home before choices; + the "
        "three kinds of choice = demand after choices; + away + here = seated; plan − seated = left after the list "
        "(below 0: above the plan). What is below 0 is taken off."),
    "balance.short": (
        "学区内 + 选择 = 需求；需求 + 分流出 + 分流进 = 录取；计划 − 录取 = 空余学位（名单之后）",
        "at home + choices = demand; demand + away + in = seated; plan − seated = left (after the list)"),
    "balance.elsewhere": ("外区学校，或没有对应学校", "another authority, or no school"),
    "balance.school": ("学校", "School"),
    "balance.living": ("居住在学区内", "living there"),
    "balance.late": ("逾期等（未审核通过）", "late, not verified"),
    "balance.registered": ("他校登记（净）", "registered elsewhere, net"),
    "balance.home_demand": ("学区内需求（选择前）", "demand at home, before choices"),
    "balance.decisions": ("经批准（净）", "by decision, net"),
    "balance.open_choice": ("全区招生学校（净）", "open choice, net"),
    "balance.voluntary": ("自愿报名（净）", "voluntary, net"),
    "balance.demand": ("审核通过的需求（选择后）", "verified demand, after choices"),
    "balance.away": ("分流到他校或尚未落实学位", "diverted away, or no seat"),
    "balance.here": ("分流录取", "diverted here"),
    "balance.seated": ("录取", "seated"),
    "balance.plan": ("计划", "plan"),
    "balance.left": ("空余学位", "left"),
    "balance.brief.home_demand": ("学区内", "at home"),
    "balance.brief.choices": ("选择", "choices"),
    "balance.brief.demand": ("需求", "demand"),
    "balance.brief.away": ("分流出", "away"),
    "balance.brief.here": ("分流进", "in"),
    "balance.brief.seated": ("录取", "seated"),
    "balance.brief.plan": ("计划", "plan"),
    "balance.brief.left": ("空余学位", "left"),
    "balance.total": ("合计", "Total"),
}
