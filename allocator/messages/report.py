"""Texts (zh, en) of the planners' page."""

TEXTS: dict[str, tuple[str, str]] = {
    "report.title": ("学位规划报告", "Seat planning report"),
    "report.other_file": (
        "已有同名文件，且不是规划报告；未覆盖，请换一个文件名",
        "a file of this name is there and is no planning report; it stays as it is, choose another name"),
    "report.stop": ("。", ". "),
    "report.lead": (
        "不增加学位时，{children} 名学生中 {seated} 名在对口学校或所选学校，"
        "{diverted} 名分流或调剂，{without} 名尚未落实学位。",
        "Without them, of {children} {children:child/children} {seated} {seated:is/are} at their home or chosen "
        "school, {diverted} {diverted:is/are} diverted or adjusted, and {without} {without:has/have} no seat."),
    "report.left": ("空余学位（名单之后）", "seats left, after the list"),
    "report.share": ("{share}%", "{share} %"),
    "report.diverted": ("分流或调剂", "diverted or adjusted"),
    "report.without": ("尚未落实学位", "without a seat"),
    "report.supply": ("哪里缺学位？", "Where are seats short?"),
    "report.supply_caption": (
        "各校的学区内需求、学位与录取人数",
        "Demand at home, seats, and children seated at each school"),
    "report.levels_caption": (
        "学区预警：居住在学区内的学生占学位的百分比（{year} 年政策）",
        "School-zone warnings: children who live in the zone in percent of the seats (policy of {year})"),
    "report.levels_note": (
        "按居住地统计，与上图的学区内需求不同：有的类别对口学校在别处，双学区的家庭可以选择。"
        "本方案不作为以后年度的参考；不作为购房或搬迁依据",
        "Counted by residence, unlike the demand above: some categories have another home school, and families of "
        "dual zones choose. This plan is no reference for later years, and no basis for buying or moving a home."),
    "report.flows": ("学生到哪里上学？", "Where do children go?"),
    "report.flows_lead": (
        "{away} 名学生被分流或调剂到对口学校以外。",
        "{away} {away:child is/children are} diverted or adjusted to another school than their own."),
    "report.flows_caption": ("从学区到学校", "From zones to schools"),
    "report.map_caption": ("住址与学校", "Homes and schools"),
    "report.seats": ("增加一个学位能帮到几人？", "What is one more seat worth?"),
    "report.seats_none": ("没有本区招生的学校。", "There is no school with seats here."),
    "report.seats_lead": (
        "增加 {added} 个学位，放在{school}作用最大：减少分流、新落实学位的学生共 {better} 名（名单重新计算）。",
        "{added} more {added:seat does/seats do} most at {school}: {better} {better:child/children} fewer diverted or "
        "without a seat (the list made anew)."),
    "report.seats_axis": ("增加的学位", "seats more"),
    "report.seats_better": ("减少分流、新落实学位的学生", "children fewer diverted or without a seat"),
    "report.seats_caption": (
        "各校增加学位的作用（按规则重新计算的名单）",
        "What more seats at a school do (lists made anew by the rules)"),
    "report.seats_plus": ("+{added} 个学位", "+{added} {added:seat/seats}"),
    "report.seats_metres": ("+{added}：上学距离缩短（米）", "+{added}: metres saved"),
    "report.seats_table": ("每所学校：学位边际效用（非收费）与作用", "Each school: seat price and effects"),
    "report.seats_note": (
        "学位边际效用来自规划最优（不考虑环节先后）；其余各列为按规则重新计算，减少分流、新落实学位的学生",
        "The price is that of the planning optimum, which knows no phases; the other columns are lists by the "
        "rules: children fewer diverted or without a seat."),
    "report.seats_chain": (
        "例：{school}多 {added} 个学位引起的连锁变动：{chains}。",
        "An example: moves set off by {added} more at {school}: {chains}."),
    "report.what_ifs": ("各假设方案会改变什么？", "What would each what-if change?"),
    "report.best": (
        "{best}：净变好（结果变好减结果变差）{best_by} 名学生。",
        "{best}: {best_by} {best_by:child/children} on balance (those who gain less those who lose)."),
    "report.best_and_worst": (
        "净变好（结果变好减结果变差）最多：{best}（{best_by}）；最少：{worst}（{worst_by}）。",
        "Most children gain on balance (those who gain less those who lose): {best} ({best_by}); fewest: {worst} "
        "({worst_by})."),
    "report.net": ("净变好的学生（结果变好减结果变差）", "children who gain, less those who lose"),
    "report.differences_caption": (
        "{draws} 次模拟摇号的平均差值与 95% 区间（t 分布，同一次摇号逐一相减）；只就本名册的摇号而言",
        "Mean difference over {draws} simulated {draws:draw/draws} with 95 % interval (Student's t, draw by draw); it "
        "speaks of the lots of this roster alone"),
    "report.table_caption": ("各方案与现状的差值", "Differences to the base"),
    "report.table_note": ("同一模拟种子的一份名单", "One list of each, under the same trial seed"),
    "report.table_note_draws": (
        "首行为现状的均值；其余为差值的均值 ± 95% 区间的一半",
        "First row: means of the base; below: mean difference ± half the 95 % interval"),
    "report.distribution_caption": (
        "{draws} 次模拟摇号中的分布：{figure}",
        "Over {draws} simulated {draws:draw/draws}: {figure}"),
    "report.one_lead": (
        "{gained} 名学生结果变好，{lost} 名结果变差，{moved} 名换校（一份模拟名单）。",
        "{gained} {gained:child gains/children gain}, {lost} {lost:loses/lose}, {moved} {moved:changes/change} their "
        "school (one trial list)."),
    "report.before_after_caption": (
        "各学区分流、调剂或尚未落实学位的学生：之前与之后",
        "Children who are diverted, adjusted or without a seat, by zone: before and after"),
    "report.groups_caption": ("谁的结果变好、谁的结果变差", "Who gains and who loses"),
    "report.price": (
        "与理论最优的差距（比规划最优多）：尚未落实学位 {unplaced}，分流或调剂 {diverted}，距离 {metres} 米。",
        "Price of the rules (more than the planning optimum): {unplaced} without a seat, {diverted} diverted, "
        "{metres} {metres:metre/metres}."),
    "report.price_title": ("现行规则与理论最优相差多少？", "What do today's rules cost?"),
    "report.price_lead": (
        "与不分环节、不摇号的规划最优相比，现行规则的名单多 {unplaced} 名尚未落实学位、"
        "多 {diverted} 名分流或调剂；上学距离合计多 {metres} 米，每名学生平均多 {each} 米。",
        "Beside the planning optimum, which knows neither phases nor lots, the list of today's rules has {unplaced} "
        "more {unplaced:child/children} without a seat and {diverted} more diverted or adjusted; the way to school is "
        "{metres} {metres:metre/metres} longer in all, {each} {each:metre/metres} a child."),
    "report.price_note": (
        "理论最优只供规划参照，不是录取办法；批次先后和摇号保证机会公平，差距由此而来",
        "The optimum is a yardstick for planning, no way to admit: order and lots give equal chances, and this is "
        "their price."),
    "report.roster": ("名册 {digest}…", "roster {digest}…"),
    "report.program": ("程序 allocator {version}", "program allocator {version}"),
    "report.day": ("制作日期 {day}", "made on {day}"),
    "report.date": ("日期应为 YYYY-MM-DD", "expected a day as YYYY-MM-DD"),
    "report.basis": (
        "依据：名册与各表的校验值（SHA-256）{roster}（{children} 名学生）；政策文件的校验值 {policy}。",
        "Made from: tables with SHA-256 {roster} ({children} {children:child/children}); policy file with SHA-256 "
        "{policy}."),
    "report.made": (
        "由 allocator what-if 生成（{mark}）；第 {seed} 号模拟种子，模拟摇号 {draws} 次。本页不含任何联网内容。",
        "Made by allocator what-if ({mark}); trial seed {seed}, {draws} simulated {draws:draw/draws}. The page asks "
        "nothing of the network."),
    "report.sweep_compared": ("各组合与现状相比如何？", "How does each combination compare with the base?"),
    "report.sweep_compared_lead": (
        "与现状逐次相减的平均差值，95% 区间；相同的组合只画一次。",
        "Mean differences to the base, draw by draw, with 95 % intervals; equal combinations are drawn once."),
    "report.sweep_spread": ("不同的摇号与需求会相差多少？", "How much do draws and demand matter?"),
    "report.sweep_all": ("全部组合", "All combinations"),
    "report.sweep_table": ("各组合的均值", "Means of every combination"),
    "report.sweep_note": (
        "小字为与现状的差值 ± 95% 区间的一半",
        "In small type: difference to the base ± half the 95 % interval"),
    "report.made_sweep": (
        "由 allocator sweep 生成（{mark}）。本页不含任何联网内容。",
        "Made by allocator sweep ({mark}). The page asks nothing of the network."),
}
