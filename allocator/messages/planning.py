"""Texts (zh, en) of the planning optimum."""

TEXTS: dict[str, tuple[str, str]] = {
    "planning.only": (
        "仅供规划测算，不是录取结果；学位只由 allocator run 分配",
        "for planning only, no child's seat; seats are given by 'allocator run' alone"),
    "planning.missing": (
        "政策文件没有 planning 部分（规划权重），格式见 docs/planning.md",
        "the policy file has no block 'planning' (weights of the planning optimum); docs/planning.md shows it"),
    "planning.school_place": (
        "按米计算时（planning.metre 大于 0），本区每所学校都要有坐标",
        "every own school needs coordinates where metres count (planning.metre above 0)"),
    "planning.home_place": (
        "按米计算时（planning.metre 大于 0），每名学生都要有坐标",
        "every child needs coordinates where metres count (planning.metre above 0)"),
    "planning.too_large": (
        "权重过大，求和可能溢出；最大安全值为 {most}",
        "the weight is so large that sums could overflow; the largest safe value is {most}"),
    "planning.too_small": (
        "权重过小，让一名学生没有学位反而得分更高；至少应为 {least}",
        "the weight is so small that leaving a child out could pay; it must be at least {least}"),
    "planning.ending": (
        "正在结束：写出目前最好的名单及其上界（再按一次 Ctrl-C 则不写任何文件）",
        "ending: the best list so far is written with its bound (Ctrl-C again: nothing is written)"),
    "planning.time_limit": ("应为大于 0 的秒数", "expected a number of seconds above 0"),
    "planning.side_by_side": (
        "与理论最优的差距：最优方案与按规则录取",
        "The price of the rules: optimum and rules side by side"),
    "planning.figure": ("指标", "Figure"),
    "planning.optimum": ("最优方案", "optimum"),
    "planning.rules": ("按规则", "by the rules"),
    "planning.figure.unplaced": ("尚未落实学位的学生", "children without a seat"),
    "planning.figure.home": ("在对口学校", "at the home school"),
    "planning.figure.chosen": ("在所选学校", "at a chosen school"),
    "planning.figure.diverted": ("分流或调剂", "diverted"),
    "planning.figure.metres": ("距离合计（米）", "metres in all"),
    "planning.figure.metres_mean": ("平均距离（米）", "mean distance, metres"),
    "planning.figure.metres_p95": ("95% 学生不超过的距离（米）", "distance that 95 % do not exceed, metres"),
    "planning.figure.bundles_split": ("被拆开的多胞胎", "bundles parted"),
    "planning.figure.bundles_moved": ("不在对口学校或所选学校的多胞胎", "bundles moved away"),
    "planning.figure.justified_envy": ("次序倒挂的学生", "children with justified envy"),
    "planning.figure.wasted_seats": ("应录未录的空余学位", "wasted seats"),
    "planning.figure.above_seats": ("超出学位数的学生", "children above the seats"),
    "planning.figure.objective": ("目标值", "objective"),
    "planning.placed_of": ("{category} 类有学位", "placed of category {category}"),
    "planning.prices": (
        "学位边际效用（非收费）：增加一个学位的作用（以规划权重为单位；学位总数不足时含一名学生的类别权重）",
        "Seat prices: what one more seat is worth, in the unit of the weights (with the weight of a child's "
        "category where seats are short)"),
    "planning.list": ("规划测算名单", "Planning list"),
    "planning.applicant_id": ("报名号", "Registration no."),
    "planning.relation": ("与学校的关系", "Relation"),
    "planning.relation.home": ("对口学校", "home school"),
    "planning.relation.chosen": ("所选学校", "chosen school"),
    "planning.relation.diverted": ("分流或调剂", "diverted"),
    "planning.relation.external": ("转由外区招生", "external school"),
    "planning.relation.none": ("尚未落实学位", "no seat"),
    "planning.metres": ("距离（米）", "Metres"),
    "planning.school_id": ("学校编号", "School id"),
    "planning.school": ("学校", "School"),
    "planning.seats": ("学位", "Seats"),
    "planning.taken": ("学生", "Children"),
    "planning.left": ("空余学位", "Left"),
    "planning.price": ("学位边际效用（非收费）", "Seat price"),
    "planning.hopeless": (
        "{count} 个报名户在可达学校都无法录取（没有可达学校，或多胞胎人数超过学位数）：{named}",
        "parties ({count}) that no school within reach could hold (none is in reach, or all are smaller than the "
        "bundle): {named}"),
    "planning.numbers": (
        "目标值 {objective}，上界 {bound}，差距 {gap}",
        "objective {objective}, bound {bound}, gap {gap}"),
    "planning.proven_by_prices": (
        "已证明为最优：由学位边际效用算出的上界等于目标值",
        "proven optimal: the bound of the seat prices equals the objective"),
    "planning.proven_by_search": (
        "已证明为最优：多胞胎不可拆分造成差距 {gap}；其中 {searched} 个部分由独立检查程序穷举证明，{word} "
        "个部分以最优化软件的结论为依据",
        "proven optimal: bundles leave a gap of {gap}; the checker closed it by search in {searched} "
        "{searched:component/components}, {word} {word:rests/rest} on the solver's word"),
    "planning.not_proven": (
        "提前结束，未证明最优：上界 {bound}，差距 {gap}",
        "ended early, not proven optimal: bound {bound}, gap {gap}"),
    "planning.verified": (
        "核验通过：{children} 名学生，目标值 {objective}，学位边际效用证明其为最优",
        "verified: {children} {children:child/children}, objective {objective}, proven optimal by the seat prices"),
    "planning.verified_search": (
        "核验通过：{children} 名学生，目标值 {objective}，已证明最优：差距 {gap}，{searched} "
        "个部分由独立检查程序穷举证明",
        "verified: {children} {children:child/children}, objective {objective}, proven optimal: gap {gap}, closed by "
        "search in {searched} {searched:component/components}"),
    "planning.verified_word": (
        "名单可行，但在此未能证明最优：{children} 名学生，目标值 {objective}；差距 {gap}：{searched} "
        "个部分穷举证明，{word} 个部分太大，仅以最优化软件的结论为依据",
        "a feasible list, NOT proven optimal here: {children} {children:child/children}, objective {objective}; gap "
        "{gap}: {searched} {searched:component/components} closed by search, {word} too large, with nothing but the "
        "solver's word"),
    "planning.verified_bound": (
        "核验通过：{children} 名学生，名单可行；目标值 {objective}，与上界相差 {gap}，不声明为最优",
        "verified: {children} {children:child/children}, a feasible list; objective {objective}, {gap} below the "
        "bound; not claimed to be optimal"),
    "planning.on_word": (
        "以最优化软件的结论为依据的部分：{schools}（差距 {gap}）",
        "on the solver's word: {schools} (gap {gap})"),
    "certificate.not_json": ("不是有效的 JSON 对象（{reason}）", "not a JSON object ({reason})"),
    "certificate.wrong": ("取值不符，应为：{expected}", "wrong or unknown; expected: {expected}"),
    "certificate.not_list": ("不是规划方案名单（{reason}）", "not the list of a planning optimum ({reason})"),
    "progress.market": ("整理各类学生与可达学校", "types of children and the schools within reach"),
    "progress.flow": ("最小费用流", "minimum-cost flow"),
    "progress.bundles": ("保持多胞胎完整", "keeping bundles whole"),
}
