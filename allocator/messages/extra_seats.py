"""Texts (zh, en) of where extra seats help: at every school, by a search, and under deferred acceptance."""

TEXTS: dict[str, tuple[str, str]] = {
    "capacity.one_question": (
        "须且只能给出 --extra-seats、--classes、--fewest 之一",
        "give exactly one of --extra-seats, --classes and --fewest"),
    "capacity.number": ("应为 {least} 至 {most} 的整数", "expected a whole number from {least} to {most}"),
    "capacity.no_size": (
        "--classes 须同时给出每班学位数，例如 --class-size 45",
        "--classes needs the seats of a class, for instance --class-size 45"),
    "capacity.size_unused": (
        "--extra-seats 按单个学位计算；整班请用 --classes",
        "--extra-seats gives seats one by one; for whole classes use --classes"),
    "capacity.by": ("应为：{expected}", "expected: {expected}"),
    "capacity.draws_unused": (
        "最优方案不依据摇号；--draws 只用于 --by rules",
        "the optimum looks at no lots; --draws goes with --by rules alone"),
    "capacity.goal_unused": ("--not-diverted 只与 --fewest 一起使用", "--not-diverted goes with --fewest alone"),
    "capacity.not_enough": (
        "在允许增加学位的学校，无论增加多少都不够",
        "no number of extra seats at the schools allowed is enough"),
    "capacity.no_time": (
        "时间到，尚未找到足够的方案；请给更多时间",
        "time ended the search before anything was found that is enough; give it more time"),
    "capacity.ending": (
        "正在结束：给出目前最好的方案及其下界（再按一次 Ctrl-C 则中断）",
        "ending: the best way so far is given with its bound (Ctrl-C again: interrupted)"),
    "capacity.other_file": ("该处是别的文件，不会覆盖", "there is another file, which is not replaced"),
    "capacity.title": ("学位增加方案", "Where to add seats"),
    "capacity.trial": ("模拟测算（第 {seed} 号模拟种子），不是录取结果", "TRIAL (seed {seed}), no child's seat"),
    "capacity.mean": (
        "以下人数为 {draws} 次模拟摇号的平均值（第 {seed} 号模拟种子）",
        "numbers are means over {draws} simulated {draws:draw/draws} (seed of the simulation {seed})"),
    "capacity.by_rules": ("按本政策的录取程序", "by the policy's own rules"),
    "capacity.by_optimum": (
        "按规划最优方案（不考虑批次先后和摇号）",
        "by the planning optimum (no order of phases, no lots)"),
    "capacity.by_ranks": (
        "按各家庭志愿名次之和（延迟接受算法）",
        "by the sum of the ranks that families give their schools (deferred acceptance)"),
    "capacity.not_ranked": (
        "--by ranks 要求政策只有一轮使用空余学位的志愿录取（之后只有调剂）",
        "--by ranks needs a policy in which one round over the seats left gives all seats but those of an adjustment"),
    "capacity.ranks_fewest": (
        "--fewest 不看志愿名次；请用 --by rules 或 --by optimum",
        "--fewest looks at no ranks; use --by rules or --by optimum"),
    "capacity.asked_seats": ("最多增加 {units} 个学位", "extra seats, at most {units}"),
    "capacity.asked_classes": (
        "最多增加 {units} 个班，每班 {size} 个学位",
        "extra classes of {size} {size:seat/seats}, at most {units}"),
    "capacity.asked_fewest": (
        "最少增加多少{unit}，使 {categories} 类学生无一人分流或调剂，且全部落实学位",
        "the fewest {unit} so that no child of {categories} is diverted or adjusted and none is without a seat"),
    "capacity.asked_fewest_seated": (
        "最少增加多少{unit}，使全部学生落实学位",
        "the fewest {unit} so that none is without a seat"),
    "capacity.unit_seats": ("学位", "seats"),
    "capacity.unit_classes": ("班（每班 {size} 个学位）", "classes of {size} {size:seat/seats}"),
    "capacity.nothing": ("无需增加学位", "no extra seat is needed"),
    "capacity.school_id": ("学校编号", "School id"),
    "capacity.school": ("学校", "School"),
    "capacity.seats": ("现有学位", "Seats"),
    "capacity.extra": ("增加", "Extra"),
    "capacity.price": ("学位边际效用（非收费）", "Seat price"),
    "capacity.level": ("结果（依次比较）", "Outcome, first one first"),
    "capacity.before": ("增加前", "before"),
    "capacity.after": ("增加后", "after"),
    "capacity.bound": ("下界", "bound"),
    "capacity.level.without": ("{category} 类尚未落实学位的学生", "children of {category} without a seat"),
    "capacity.level.diverted": ("分流或调剂的学生", "children diverted or adjusted"),
    "capacity.level.ranks": ("志愿名次之和（第一志愿为 1）", "sum of the ranks of the schools got (first choice 1)"),
    "capacity.level.metres": ("距离合计（米）", "metres in all"),
    "capacity.proven": ("已证明：没有更好的增加方式", "proven: no other way to give these seats is better"),
    "capacity.proven_every": ("已证明：全部 {tried} 种方式都算过", "proven: every way was computed ({tried} in all)"),
    "capacity.not_proven": (
        "未证明最优：在“{level}”上与下界相差 {gap}（算过 {tried} 种方式）",
        "not proven to be the best: {gap} above the bound in '{level}' ({tried} {tried:way was/ways were} computed)"),
    "capacity.fewest_proven": (
        "{units} 足够（共 {seats} 个学位）；已证明：再少就不够",
        "{units} {units:is/are} enough ({seats} {seats:seat/seats} in all); proven: fewer are not"),
    "capacity.fewest_none": ("已证明：不增加学位即已足够", "proven: enough without any extra seat"),
    "capacity.fewest_gap": (
        "{units} 足够（共 {seats} 个学位）；少于 {least} 一定不够；其间未证明（差距 {gap}，算过 {tried} 种方式）",
        "{units} {units:is/are} enough ({seats} {seats:seat/seats} in all), fewer than {least} are not; in between "
        "nothing is proven (gap {gap}, {tried} {tried:way was/ways were} computed)"),
    "capacity.hopeless": (
        "另有 {count} 名学生不符合任何学校的录取条件（规则未覆盖），增加学位也不能解决",
        "children without any school within reach, whatever seats there are (no rule covers them): {count}"),
    "capacity.beyond": (
        "{categories} 类中另有 {count} 名学生只能通过分流或调剂入学（例如逾期报名），不计入目标",
        "children of {categories} who can only be diverted or adjusted (late, for instance), left out of the goal: "
        "{count}"),
    "seats.title": ("各校增加学位的实际效果", "What extra seats at each school do"),
    "seats.trial": (
        "模拟测算（第 {seed} 号模拟种子），不是录取结果：每所学校的名单都重新计算",
        "TRIAL (seed {seed}), no child's seat: the list is computed anew for every school"),
    "seats.mean": (
        "{draws} 次成对模拟摇号的平均值 ± 95% 区间的一半（t 分布；第 {seed} 号模拟种子）",
        "means over {draws} paired simulated {draws:draw/draws} ± half the 95 % interval (Student's t; simulation "
        "seed {seed})"),
    "seats.school_id": ("学校编号", "School id"),
    "seats.school": ("学校", "School"),
    "seats.price": ("学位边际效用（非收费）", "Seat price"),
    "seats.added": ("增加学位", "Extra seats"),
    "seats.placed": ("新落实学位", "newly placed"),
    "seats.avoided": ("减少分流", "diversions avoided"),
    "seats.metres": ("上学距离缩短（米）", "metres saved"),
    "seats.moved": ("学校变动", "school changes"),
    "seats.placed_error": ("新落实学位标准误", "standard error, newly placed"),
    "seats.avoided_error": ("减少分流标准误", "standard error, diversions avoided"),
    "seats.metres_error": ("上学距离缩短标准误", "standard error, metres saved"),
    "seats.moved_error": ("学校变动标准误", "standard error, school changes"),
    "seats.placed_half": ("新落实学位：95% 区间的一半", "half of the 95 % interval, newly placed"),
    "seats.avoided_half": ("减少分流：95% 区间的一半", "half of the 95 % interval, diversions avoided"),
    "seats.metres_half": ("上学距离缩短：95% 区间的一半", "half of the 95 % interval, metres saved"),
    "seats.moved_half": ("学校变动：95% 区间的一半", "half of the 95 % interval, school changes"),
    "seats.chain_title": (
        "举例：{school} 增加 {added} 个学位后的变动",
        "An example: who moves when {school} gets {added} more"),
    "seats.no_chain": ("任何学校增加一个学位都不会带来变动", "one more seat changes nothing at any school"),
    "seats.path": ("依次递补", "chain"),
    "seats.cycle": ("相互对换", "cycle"),
    "seats.no_seat": ("尚未落实学位", "no seat"),
    "seats.no_price": ("没有学位边际效用：{reason}", "no seat prices: {reason}"),
    "progress.seats_flow": ("最小费用流与分支定界", "minimum-cost flow, branch and bound"),
    "progress.seats_ranks": ("整数规划（延迟接受）", "integer program of stable matchings"),
    "progress.seats_bound": ("下界：最小费用流", "bound: minimum-cost flow"),
    "progress.seats_rules": ("逐一计算名单", "computing lists, way by way"),
    "progress.confirming": ("独立复核", "confirming the answer independently"),
    "progress.effects": ("逐校重新计算名单", "computing the list anew, school by school"),
    "extra_seats.not_json": (
        "不是有效的 JSON 文件（UTF-8）：{reason}",
        "this is no valid JSON file in UTF-8: {reason}"),
    "extra_seats.not_object": ("应为 JSON 对象 {{…}}", "expected a JSON object {{…}}"),
    "extra_seats.too_large": (
        "文件过大：{size} 字节，最多 {most} 字节",
        "the file is too large: {size} bytes, at most {most}"),
    "extra_seats.key_missing": ("缺少此项", "this key is missing"),
    "extra_seats.key_unknown": ("未知的项；可用：{expected}", "unknown key; expected one of: {expected}"),
    "extra_seats.key_twice": ("此项出现多次", "this key stands there more than once"),
    "extra_seats.whole": ("应为 {least} 到 {most} 的整数", "expected a whole number from {least} to {most}"),
    "extra_seats.list": ("应为 JSON 数组 […]", "expected a JSON array […]"),
    "extra_seats.length": (
        "应有 {expected} 项，实有 {found} 项",
        "expected {expected} {expected:item/items}, found {found}"),
    "extra_seats.score": ("应为有限的数", "expected a finite number"),
    "extra_seats.school_twice": (
        "同一名学生的志愿中学校 {school} 出现多次",
        "school {school} stands more than once in the list of one student"),
    "extra_seats.tie": (
        "学校 {school} 对学生 {first} 和 {second} 的分数相同；不允许并列",
        "school {school} gives students {first} and {second} the same score; ties are not allowed"),
    "extra_seats.short": (
        "志愿长度 {length}，但有学生的志愿只有 {shortest} 所学校（学生 {student}）",
        "the list length is {length}, but a student lists {shortest} {shortest:school/schools} only (student "
        "{student})"),
    "extra_seats.option_needed": ("测算实例文件时必须给出此选项", "an instance file needs this option"),
    "extra_seats.option_unused": ("此选项不适用于{kind}", "this option does not apply to {kind}"),
    "extra_seats.an_instance": ("实例文件", "an instance file"),
    "extra_seats.a_district": ("学区文件夹", "a district folder"),
    "extra_seats.one_folder": (
        "应为一个学区文件夹，或一个至多个实例文件",
        "expected one district folder, or one or more instance files"),
    "extra_seats.other_schools": (
        "各学校的学位数应与第一个文件 {first} 相同",
        "expected the same seats of each school as in the first file, {first}"),
    "extra_seats.time_limit": ("应为大于 0 的秒数", "expected a number of seconds above 0"),
    "extra_seats.ending": (
        "正在结束：给出目前最好的方案及其下界（再按一次 Ctrl-C 则什么也不输出）",
        "ending: the best extra seats so far are printed with their bound (Ctrl-C again: nothing is)"),
    "extra_seats.recomputed": (
        "按所选学位重新录取，名次之和为 {expected}，求解得到的却是 {found}",
        "with these seats deferred acceptance leads to a sum of ranks of {expected}, the search said {found}"),
    "extra_seats.refused": (
        "独立检查程序不接受此方案：{count} 处不符",
        "the checker refuses these extra seats: {count} {count:thing is/things are} wrong"),
}
