"""Texts (zh, en) of the odds of each school."""

TEXTS: dict[str, tuple[str, str]] = {
    "odds.title": ("各类学生的录取可能性（模拟）", "Odds of each school by kind of child (simulated)"),
    "odds.only": (
        "按公布的规则和这份名册模拟摇号得出，仅供规划和参考：不决定任何学生的学位，也不是对学位的承诺",
        "simulated from the published rules and this roster, for planning and orientation only: it gives no child a "
        "seat and promises none"),
    "odds.draws": (
        "名册不变，{draws} 次模拟摇号（第 {seed} 号模拟种子）；± 为 95% 区间的一半（t 分布），单位为百分点",
        "roster as it is, {draws} simulated draws (seed {seed}); ± is half the 95 % interval (Student's t) in "
        "percentage points"),
    "odds.demand": (
        "含需求变化：从名册重新抽取 {demand} 份名册，每份 {draws} 次模拟摇号",
        "with demand: {demand} rosters resampled from this one, {draws} simulated {draws:draw/draws} of each"),
    "odds.what_ifs": ("所用假设：{titles}", "what-ifs made first: {titles}"),
    "odds.office_only": (
        "仅限内部规划使用：含人数很少的类别，可能认出具体学生，不得公布",
        "for planners only: kinds of very few children are among these rows, who could be recognised; not to be "
        "published"),
    "odds.none": (
        "没有列出的结果：在 {draws} 次模拟摇号中一次也没有出现，但真实的可能性仍可能有约 {bound} %；"
        "每次都出现的结果，真实的可能性也可能只有约 {rest} %",
        "what is not listed came in none of {draws} simulated draws; its true chance may still be about {bound} % (and "
        "what came in every draw may have about {rest} % only)"),
    "odds.none_demand": (
        "含需求变化时，上述两个界限按 {demand} 份名册计算，为约 {bound} % 和 {rest} %",
        "with demand these two bounds come from {demand} rosters: about {bound} % and {rest} %"),
    "odds.withheld": (
        "另有 {count} 名学生的情况与其相同的家庭不足 {fewest} 个，为保护隐私不列出",
        "{count} more {count:child is/children are} left out to protect {count:it/them}: fewer than {fewest} families "
        "are like {count:its own/theirs}"),
    "odds.mean_note": (
        "标有“平均”的行：各家庭的志愿等情况不完全相同，数字是这些学生的平均值，不是其中每名学生的可能性",
        "rows marked “mean”: the families differ in something, such as what they chose; the figures are means over "
        "these children, not the odds of each of them"),
    "odds.few_draws": ("至少需要 2 次模拟摇号", "at least 2 simulated draws are needed"),
    "odds.few_demand_draws": ("应为 0（不考虑需求变化）或至少 2", "expected 0 (demand as it is) or at least 2"),
    "odds.many_draws": (
        "模拟摇号次数乘以（需求抽取次数加 2）不得超过 {most}；更多次数请用 sweep",
        "draws times (demand draws plus 2) may be {most} at most; 'sweep' is for more"),
    "odds.seed": ("应为 0 或正整数", "expected 0 or a positive whole number"),
    "odds.unknown_zone": ("没有这个学区；现有：{expected}", "no such zone; there are: {expected}"),
    "odds.unknown_category": ("没有这个类别；现有：{expected}", "no such category; there are: {expected}"),
    "odds.other_file": (
        "已有同名文件，且不是录取可能性表；未覆盖，请换一个文件名",
        "a file of this name is there and is no table of odds; it stays as it is, choose another name"),
    "odds.same_file": ("两张表不能写入同一个文件", "the two tables cannot go to one file"),
    "odds.empty": ("没有符合条件的类别", "no kind of child fits what was asked for"),
    "odds.label.zone": ("学区 {zone}", "zone {zone}"),
    "odds.label.zone_of_several": ("{school}（{zone}）", "{school} ({zone})"),
    "odds.label.registered": ("登记学校 {school}", "registered at {school}"),
    "odds.label.wish": ("{phase}：{schools}", "{phase}: {schools}"),
    "odds.label.nearest": ("由近到远：{schools}", "by distance: {schools}"),
    "odds.label.bundle": ("多胞胎 {size} 人", "bundle of {size}"),
    "odds.label.first": ("第一志愿 {school}", "first choice {school}"),
    "odds.label.others": ("其他学生", "others"),
    "odds.label.mean": ("{label}（平均）", "{label} (mean)"),
    "odds.label.everyone": ("全部学区和类别", "all zones and categories"),
    "odds.label.rest.whole": ("整个类别", "the whole category"),
    "odds.label.rest.others": ("其余学区的其他学生", "others, all zones"),
    "odds.label.rest.decision": ("经批准指定学校的学生（各学区）", "children with a decision (all zones)"),
    "odds.label.rest.late": ("逾期报名（各学区）", "registered late (all zones)"),
    "odds.label.rest.blacklisted": ("列入诚信黑名单（各学区）", "blacklisted (all zones)"),
    "odds.status.verified": ("审核通过", "verified"),
    "odds.status.late": ("逾期报名", "registered late"),
    "odds.status.blacklisted": ("列入诚信黑名单", "blacklisted"),
    "odds.way.seat": ("对口学校或所选学校", "home or chosen school"),
    "odds.way.diverted": ("分流", "diverted"),
    "odds.way.adjusted": ("调剂", "by adjustment"),
    "odds.way.needs_ruling": ("待领导小组研究确定", "needs a ruling"),
    "odds.way.unplaced": ("尚未落实学位", "no seat"),
    "odds.way.external": ("转由外区招生", "left to a school of another authority"),
    "odds.at.seat": ("{school}", "{school}"),
    "odds.at.diverted": ("分流到 {school}", "diverted to {school}"),
    "odds.at.adjusted": ("调剂到 {school}", "by adjustment to {school}"),
    "odds.sum.diverted": ("分流合计", "diverted in all"),
    "odds.sum.adjusted": ("调剂合计", "by adjustment in all"),
    "odds.line": ("{result}：{share}", "{result}: {share}"),
    "odds.share.all": ("100 %（全部 {draws} 次）", "100 % (all {draws} draws)"),
    "odds.share.same": ("{percent} %（每次相同）", "{percent} % (same in every draw)"),
    "odds.share.error": ("{percent} % ± {error}", "{percent} % ± {error}"),
    "odds.share.bare": (
        "{percent} %（只出现在一份名册中，无从估计误差）",
        "{percent} % (in one roster only, so no interval)"),
    "odds.everywhere": ("各学区", "all zones"),
    "odds.kind": ("学生类别", "Kind of child"),
    "odds.children": ("学生人数", "Children"),
    "odds.result": ("结果", "Result"),
    "odds.basis": ("依据", "Basis"),
    "odds.basis.draw": ("名册不变", "roster as it is"),
    "odds.basis.demand": ("含需求变化", "with demand"),
    "odds.rule": ("空余学位不足以录取整组多胞胎时", "Bundle at the cut"),
    "odds.rule.over_plan": ("整组录取", "admitted whole"),
    "odds.rule.skip": ("跳过", "passed over"),
    "odds.rule.own": ("{rule}，本政策", "{rule}, this policy"),
    "odds.school_id": ("学校编号", "School id"),
    "odds.school": ("学校", "School"),
    "odds.percent": ("可能性 %", "Probability %"),
    "odds.error": ("标准误（百分点）", "Standard error (percentage points)"),
    "odds.half": ("95% 区间的一半（百分点）", "Half of the 95 % interval (percentage points)"),
    "odds.column.zone": ("学区", "Zone"),
    "odds.column.category": ("类别", "Category"),
    "odds.column.status": ("状态", "Status"),
    "odds.column.registered_school": ("登记学校", "Registered school"),
    "odds.column.voluntary_1": ("第一次自愿报名", "Voluntary round 1"),
    "odds.column.voluntary_2": ("第二次自愿报名", "Voluntary round 2"),
    "odds.column.open_choice": ("全区招生学校报名", "Open choice"),
    "odds.column.preferential_school": ("优抚决定学校", "Preferential decision"),
    "odds.column.sibling_school": ("随兄姐就读学校", "Sibling's school"),
    "odds.column.preferred_diversion": ("分流意愿", "Preferred diversion"),
    "odds.column.nearest": ("由近到远的学校", "Schools by distance"),
    "odds.column.size": ("多胞胎人数", "Children in the party"),
    "odds.twins": ("多胞胎与非多胞胎学生", "Twins beside single children"),
    "odds.twins_note": (
        "在对口学校或所选学校就读的可能性；同学区、类别、登记学校和第一志愿，非多胞胎学生按多胞胎的构成加权；差 = "
        "多胞胎减非多胞胎，取自同一次模拟",
        "probability of a seat at the home or a chosen school; same zone, category, registered school and first "
        "choice, single children weighted as the bundles are made up; difference: bundles less single children, "
        "draw by draw"),
    "odds.bundles": ("多胞胎", "Bundles"),
    "odds.single": ("非多胞胎学生", "Singles"),
    "odds.difference": ("差", "Difference"),
    "odds.families_of": ("家庭（多胞胎 / 非多胞胎）", "Families (bundles / single)"),
    "progress.odds": ("模拟摇号", "simulating draws"),
}
