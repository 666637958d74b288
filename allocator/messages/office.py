"""Texts (zh, en) of a determination: results, grounds on which a case waits, flags; and of the private draw."""

TEXTS: dict[str, tuple[str, str]] = {
    "progress.determining": ("认定（两套程序各算一遍）", "determining, twice"),
    "determine.disagree": (
        "两套认定程序的结果不一致（{count} 名学生），未写出任何文件。第一处：{child}，{field}：“{one}”与“{other}”",
        "the two determinations differ ({count} {count:child/children}); nothing was written. First: {child}, "
        "{field}: {one!r} and {other!r}"),
    "office.written": (
        "认定结果和名册已写入 {folder}。试运行：allocator run {folder} --trial-seed 1",
        "determination and roster were written to {folder}. To try it: allocator run {folder} --trial-seed 1"),
    # results
    "office.results": ("认定结果", "Results"),
    "office.results.what": ("结果", "Result"),
    "office.result.roster": ("列入名册", "on the roster"),
    "office.result.held": ("暂不列入名册，待领导小组研究确定", "held until a ruling, on no roster"),
    "office.result.not_of_age": ("未满入学年龄", "not of age"),
    "office.result.not_graduate": ("不是小学毕业生", "no graduate of a primary school"),
    "office.result.deferred": ("缓学", "deferred"),
    "office.result.special_route": ("按特殊教育方式就读", "special education"),
    "office.result.out_of_scope": ("不属招生范围", "out of scope"),
    "office.result.private": ("民办学校录取", "won a seat at a private school"),
    "office.status.verified": ("审核通过", "verified"),
    "office.status.late": ("逾期报名", "late"),
    "office.status.blacklisted": ("列入诚信黑名单", "blacklisted"),
    "office.roster": ("名册（按类别和审核状态）", "The roster, by category and status"),
    "office.held": (
        "暂不列入名册的学生（领导小组研究确定以前不能封存）",
        "Children held: no freeze before each is ruled on"),
    "office.held.short": ("暂不列入", "held"),
    "office.held.more": (
        "另有 {count} 名，见 determination.csv",
        "{count} more {count:stands/stand} in determination.csv"),
    "office.waiting": ("待领导小组研究确定", "What waits for a ruling"),
    "office.waiting.what": ("事由", "Ground"),
    "office.flags": ("提请留意", "Flags"),
    "office.flags.what": ("情形", "Flag"),
    "office.missing": (
        "另有 {count} 名学生可在封存前补交材料（determination.csv 的 missing 列）",
        "{count} {count:child/children} may still bring papers before the freeze (column missing of determination.csv)",
    ),
    "office.column.code": ("代号", "Code"),
    "office.column.children": ("人数", "Children"),
    "office.column.category": ("类别", "Category"),
    "office.column.child": ("报名号", "Child"),
    "office.column.registered_at": ("报名日期", "Registered"),
    "office.column.result": ("认定结果", "Result"),
    "office.column.zone": ("学区", "Zone"),
    "office.column.status": ("审核状态", "Status"),
    "office.field.result": ("认定结果", "result"),
    "office.field.category": ("类别", "category"),
    "office.field.zone": ("学区", "zone"),
    "office.field.status": ("报名状态", "status"),
    "office.field.lock_exempt": ("锁定豁免", "exempt from a lock"),
    # grounds on which a case waits: the clause or question, and what it asks
    "office.ground.C032": (
        "住房为商住两用：非居住用房不作为入学住房，商住两用是否计入须确定",
        "the home is used for both: commercial premises are no home, whether this is one is open"),
    "office.ground.C040": (
        "各部门核查结果不一致：须确定以何者为准",
        "the offices that were asked contradict each other"),
    "office.ground.C077": (
        "住址与学区划分对不上：学生属于住房所在学区，学区须确定",
        "no zone fits the address: a child belongs to the zone of its home"),
    "office.ground.C118": (
        "租住、借住或住祖辈房产，核查却有住房：是否隐瞒住房须确定",
        "lives in a home of others, yet a home was found: whether one was hidden is open"),
    "office.ground.C121": (
        "中度、重度特殊需要，就读方式须确定",
        "moderate or severe special needs, and no route is named"),
    "office.ground.C127": (
        "住房有其他家庭的学位锁定，不能用于认定，也不符合其他类别",
        "the home is locked for another family, and no category fits without it"),
    "office.ground.Q-14": (
        "优抚决定已批准，但条件或材料不全，未予采用",
        "an approved preferential decision does not stand"),
    "office.ground.Q-15": (
        "随兄姐决定已批准，但条件或材料不全，未予采用",
        "an approved sibling decision does not stand"),
    "office.ground.Q-16b": ("同组多胞胎的认定不一致", "the children of a bundle were not determined alike"),
    "office.ground.Q-21": ("不符合方案中的任何类别", "falls through all categories of the plan"),
    "office.ground.Q-22": (
        "入住或工作开始恰在“半年”界限的当日：是否算在内须确定",
        "resident or at work from the very day of the half year: whether it counts is open"),
    "office.ground.Q-24": ("因系统原因逾期报名：可在封存前恢复", "late by a failure of the system: may be reinstated"),
    "office.ground.Q-26": ("超龄，没有缓学记录或说明", "over age without a deferral or a reason on file"),
    "office.ground.Q-27": ("没有预防接种证", "no vaccination certificate"),
    "office.ground.Q-28": (
        "两个以上家庭同年使用同一住房，次序相同：须确定归哪一家",
        "several families use one home in one year and none comes first"),
    # flags
    "office.flag.over_age": ("超龄", "over age"),
    "office.flag.vaccination": ("缺预防接种证", "no vaccination certificate"),
    "office.flag.deferral_pending": ("缓学申请待批", "deferral pending"),
    "office.flag.not_registered": ("未在平台报名", "not registered on the platform"),
    "office.flag.lock": ("住房有学位锁定", "the home has a seat lock"),
    "office.flag.same_home": ("两个以上家庭同用一处住房", "several families on one home"),
    "office.flag.declared": ("申报类别与认定类别不同", "declared another category"),
    "office.flag.special": ("特殊需要（不得对外公布）", "special needs (never public)"),
    "office.flag.dual_default": ("双学区未选登记学校，按本学区学校登记", "no registered school chosen: the zone's own"),
    "office.flag.choice_dropped": (
        "有的报名或志愿不符合规定，未列入名册",
        "some choices do not count and were left out"),
    "office.flag.bundle_dissolved": ("多胞胎不能同组，分开列入", "a bundle was dissolved"),
    # rulings
    "office.rulings.waiting": (
        "待领导小组研究确定：{count} 名学生（按事由，先报名的在前）",
        "{count} {count:child waits/children wait} for a ruling, by ground, those registered first above"),
    "office.rulings.ground": ("{ground}　{words}（{count} 名）", "{ground}: {words} ({count})"),
    "office.rulings.given": (
        "已作出的决定：{count} 项（新的在前）",
        "{count} {count:ruling/rulings} given, the last first"),
    "office.rulings.one": (
        "{ruling_id}　{applicant_id}　{field}：{value}。理由：{reason}；机关：{authority}；日期：{decided_on}",
        "{ruling_id}  {applicant_id}  {field}: {value}. Why: {reason}; who: {authority}; when: {decided_on}"),
    "office.rulings.past": (
        "{ruling_id}　{applicant_id}　{field}：{value}（已被后一次取代）。理由：{reason}；机关：{authority}；"
        "日期：{decided_on}",
        "{ruling_id}  {applicant_id}  {field}: {value} (a later one counts instead). Why: {reason}; who: {authority}; "
        "when: {decided_on}"),
    # the private draw
    "private.one_of": ("不能与 {other} 同用", "cannot stand beside {other}"),
    "private.seed": ("应为 64 位小写十六进制数字", "expected 64 lower-case hexadecimal digits"),
    "private.there": (
        "已有另一次民办摇号的结果，不予替换；确需替换请用 --replace",
        "the result of another private draw is there and is kept; to replace it: --replace"),
    "private.digest": (
        "与现有各表不符，应为 {expected}：摇号记录形成以后表或政策有改动，或这是另一次摇号的记录",
        "is not that of these tables, expected {expected}: a table or the policy was changed since, or the transcript "
        "is one of another draw"),
    "private.not_frozen": (
        "尚未封存民办学校摇号的数据；请先运行 allocator determine DIR --private-freeze，并公布校验值",
        "the private draw is not frozen: run allocator determine DIR --private-freeze first, and publish its digests"),
    "private.changed": (
        "封存之后数据有变动；校验值尚未公布的，可重新运行 allocator determine DIR --private-freeze",
        "a table was changed since the freeze; if its digests are not published yet, freeze anew: "
        "allocator determine DIR --private-freeze"),
    "private.transcript_there": (
        "民办学校摇号记录已存在，不予替换；确需作废重摇，请先把它改名留存",
        "the transcript of the private draw is there and stays; keep it under another name if the draw is void"),
    "private.transcript": (
        "民办学校摇号记录已写入 {file}；下一步：allocator determine DIR --private-draw {file}",
        "the transcript of the private draw was written to {file}; next: allocator determine DIR --private-draw {file}",
    ),
    "private.frozen": (
        "民办摇号的校验值，须在见证人报出数字之前公布：",
        "digests of the private draw, to be published before any witness speaks:"),
    "private.trial": (
        "模拟摇号，不作录取依据（随机种子由人指定：{seed}）",
        "a rehearsal, which admits nobody (seed {seed}, chosen by hand)"),
    "private.drawn": ("民办学校：录取 {won} 名，未录取 {lost} 名", "private schools: {won} won, {lost} lost"),
}
