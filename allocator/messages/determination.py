"""Texts (zh, en) of the determination: results, conditions, what is open, flags, and why a child has its category.

Codes of the tables stand here with ``_`` for ``-`` and ``:``, as in ``determined.ruling.Q_21``.
"""

TEXTS: dict[str, tuple[str, str]] = {
    # results
    "determined.result.roster": ("列入名册", "in the roster"),
    "determined.result.held": ("暂缓列入名册，待领导小组研究确定", "held back from the roster until a ruling"),
    "determined.result.not_of_age": ("未达到入学年龄，不列入名册", "not of age, in no roster"),
    "determined.result.not_graduate": ("不是小学毕业生，不列入名册", "has not finished primary school, in no roster"),
    "determined.result.deferred": ("已批准缓学，不列入今年名册", "deferred, not in this year's roster"),
    "determined.result.special_route": (
        "按特殊教育方式入学，不列入名册",
        "taught by a special route, in no roster",
    ),
    "determined.result.out_of_scope": ("不属于本区招生范围", "does not belong to this district's admission"),
    "determined.result.private": (
        "已由民办学校录取，退出公办学校招生",
        "has a seat at a private school and leaves the public admission",
    ),
    "determined.track.urban": ("城区", "urban track"),
    "determined.track.rural": ("农区", "rural track"),
    "determined.status.verified": ("审核通过", "verified"),
    "determined.status.late": ("逾期报名", "late"),
    "determined.status.blacklisted": ("列入诚信黑名单", "blacklisted"),
    # conditions, as the plan puts them
    "determined.condition.guardians": (
        "有父母（法定监护人），且抚养权明确",
        "there is a parent or legal guardian, and custody is clear",
    ),
    "determined.condition.booklet": ("有二代户口簿", "the household booklet was seen"),
    "determined.condition.child_hukou": (
        "学生是开发区城区户籍（{before} 前迁入）",
        "the child has Zone-urban hukou, moved in before {before}",
    ),
    "determined.condition.guardian_hukou.one": (
        "至少一位父母（法定监护人）是开发区城区户籍（{before} 前迁入）",
        "at least one guardian has Zone-urban hukou, moved in before {before}",
    ),
    "determined.condition.guardian_hukou.both": (
        "父母（法定监护人）都是开发区城区户籍（{before} 前迁入）",
        "all guardians have Zone-urban hukou, moved in before {before}",
    ),
    "determined.condition.same_book": (
        "学生与至少一位城区户籍的父母（法定监护人）在同一户口簿上",
        "the child stands in the booklet of a guardian with Zone-urban hukou",
    ),
    "determined.condition.relation": (
        "学生与父母（法定监护人）在同一户口簿上，或有关系证明",
        "the child stands in a guardian's booklet, or papers prove the relation",
    ),
    "determined.condition.hukou_in_zone": (
        "户籍与住房在同一学区（房户一致）",
        "hukou and home lie in the same school zone",
    ),
    "determined.condition.head": (
        "城区户籍的父母（法定监护人）是户主",
        "a guardian with Zone-urban hukou is head of the booklet",
    ),
    "determined.condition.three_generations": (
        "祖孙三代在同一户口簿上",
        "three generations stand in one booklet",
    ),
    "determined.condition.non_agricultural": ("户口为非农业户口", "the hukou is non-agricultural"),
    "determined.condition.collective": (
        "集体户籍，并有独立户口簿",
        "the hukou is collective, with a booklet of its own",
    ),
    "determined.condition.rural_hukou": (
        "学生是开发区农区户籍（{before} 前迁入）",
        "the child has Zone-rural hukou, moved in before {before}",
    ),
    "determined.condition.home_urban": ("住房坐落在开发区城区", "the home lies in Zone-urban"),
    "determined.condition.home_rural": ("住房坐落在开发区农区", "the home lies in Zone-rural"),
    "determined.condition.home_use": ("住房是住宅（商业用房不算）", "the home is one to live in, not commercial"),
    "determined.condition.delivered": ("房地产项目已交工", "the home has been handed over"),
    "determined.condition.moved_in": ("{before} 前已实际入住", "the family moved in before {before}"),
    "determined.condition.home_proof": (
        "有房证明在 {before} 前办结",
        "the proof of the home dates from before {before}",
    ),
    "determined.condition.owner_parents": (
        "父母（法定监护人）的产权比例占 {share}% 及以上",
        "the guardians hold {share} % of the title or more",
    ),
    "determined.condition.owner_grandparents": (
        "祖父母或外祖父母的产权比例占 {share}% 及以上",
        "the grandparents hold {share} % of the title or more",
    ),
    "determined.condition.unlocked": (
        "住房的学位没有由其他家庭使用",
        "no other family has used the seat of this home",
    ),
    "determined.condition.lives_owned": ("居住在自有住房", "the family lives in a home of its own"),
    "determined.condition.lives_grandparents": (
        "与祖父母或外祖父母共同居住",
        "the family lives with the grandparents in their home",
    ),
    "determined.condition.rents": (
        "租房居住，租期 {months} 个月以上，材料齐全",
        "the family rents for {months} {months:month/months} or more, with all papers",
    ),
    "determined.condition.borrows": ("借住，材料齐全", "the family lives in a borrowed home, with all papers"),
    "determined.condition.no_home": (
        "父母（法定监护人）在主城区内无房产",
        "the guardians own no home in the main city",
    ),
    "determined.condition.half_year": (
        "{half_year} 前已在此居住（达半年以上）",
        "the family has lived there since before {half_year}, for half a year",
    ),
    "determined.condition.work": (
        "父母（法定监护人）{half_year} 前已在主城区务工或经商，有证明",
        "a guardian has worked in the main city since before {half_year}, with proof",
    ),
    "determined.condition.form5": (
        "已办理《入学申请表》（旗县市区及农区户籍需要）",
        "the application form is there, which hukou of other counties and of Zone-rural needs",
    ),
    "determined.condition.not_both_hukou": (
        "学生与父母（法定监护人）不都是开发区城区户籍",
        "child and guardians do not both have Zone-urban hukou",
    ),
    "determined.condition.not_child_hukou": (
        "学生不是开发区城区户籍",
        "the child has no Zone-urban hukou",
    ),
    "determined.condition.not_rural_hukou": (
        "学生不是开发区农区户籍",
        "the child has no Zone-rural hukou",
    ),
    "determined.condition.rents_or_borrows": (
        "租房居住（租期 {months} 个月以上）或借住，材料齐全",
        "the family rents (for {months} {months:month/months} or more) or lives in a borrowed home, with all papers",
    ),
    "determined.condition.lives_with_family": (
        "居住在自有住房或祖辈房产",
        "the family lives in a home of its own or of the grandparents",
    ),
    # what the family may still bring
    "determined.missing.custody": (
        "抚养权证明（离婚证和离婚协议，或判决书、调解书）",
        "papers on custody (divorce papers or judgment)",
    ),
    "determined.missing.booklet": ("户口簿", "the household booklet"),
    "determined.missing.relation": ("与监护人的关系证明", "proof of the relation to a guardian"),
    "determined.missing.residence_start": ("入住日期", "the day of moving in"),
    "determined.missing.home_proof": (
        "有房证明（不动产权证、备案购房合同、拆迁或回迁协议等）",
        "proof of the home (title, filed contract, demolition or resettlement agreement)",
    ),
    "determined.missing.invoices": (
        "水、电、暖气、物业缴费正规发票各 1 张",
        "one invoice each for water, power, heating and property fee",
    ),
    "determined.missing.proof_date": ("有房证明的日期", "the date of the proof of the home"),
    "determined.missing.owners": ("产权人及产权比例", "the holders of the title and their shares"),
    "determined.missing.lease": ("房屋租赁合同", "the lease"),
    "determined.missing.lease_months": ("租期", "the length of the lease"),
    "determined.missing.landlord": ("房主身份证及房产证", "the landlord's identity papers and title"),
    "determined.missing.community": ("社区开具的实际居住证明", "the community's proof of residence"),
    "determined.missing.consent": ("房主的借住同意书", "the owner's consent to the borrowed home"),
    "determined.missing.no_home": (
        "房产信息平台的查询结果（由学校招生平台管理员查询）",
        "the answer of the housing platform (asked by the school)",
    ),
    "determined.missing.work_start": ("工作开始日期", "the day on which work began"),
    "determined.missing.work": (
        "务工或经商证明（单位证明及营业执照）",
        "proof of work or trade (employer's letter, licence)",
    ),
    "determined.missing.form5": ("《入学申请表》", "the application form for children of migrant workers"),
    "determined.missing.check_hukou": ("户籍核查结果", "the result of the check of the hukou"),
    "determined.missing.check_home": ("住房核查结果", "the result of the check of the home"),
    "determined.missing.check_residence": ("居住核查结果", "the result of the check of residence"),
    "determined.missing.check_work": ("工作核查结果", "the result of the check of work"),
    # what needs a ruling
    "determined.ruling.C032": ("住房为商住两用，是否算作住房", "whether a home of mixed use counts as one"),
    "determined.ruling.C040": ("各部门核查结果相互矛盾", "the checks of different offices contradict each other"),
    "determined.ruling.C077": ("住址不能对应到学区", "the address belongs to no school zone"),
    "determined.ruling.C118": (
        "申报为无房，但查到有房产，是否属于隐瞒",
        "registered as owning no home, yet one was found: whether it was hidden",
    ),
    "determined.ruling.C121": (
        "有特殊需要，尚未确定入学方式",
        "special needs, and no way of schooling has been settled",
    ),
    "determined.ruling.C127": (
        "住房的学位已由其他家庭使用，该生如何入学",
        "another family has used the seat of the home: where the child goes",
    ),
    "determined.ruling.Q_14": (
        "优抚决定不符合规定的材料或条件，没有采用",
        "a preferential decision lacks what the rules ask for and is not applied",
    ),
    "determined.ruling.Q_15": (
        "随兄姐就读的决定不符合规定的材料或条件，没有采用",
        "a sibling decision lacks what the rules ask for and is not applied",
    ),
    "determined.ruling.Q_16b": (
        "同一组多胞胎的认定结果不同",
        "the children of one bundle were determined differently",
    ),
    "determined.ruling.Q_21": (
        "各类别的条件都不符合，该生如何入学",
        "no category fits: where the child goes",
    ),
    "determined.ruling.Q_22": (
        "居住或工作恰从 {half_year} 开始，是否算满半年",
        "residence or work began exactly on {half_year}: whether that is half a year",
    ),
    "determined.ruling.Q_24": (
        "因系统原因逾期，是否按期受理",
        "late because of the platform: whether the child counts as in time",
    ),
    "determined.ruling.Q_26": ("超过规定年龄，没有缓学批准或说明", "over age, without a deferral or a reason on file"),
    "determined.ruling.Q_27": ("没有预防接种证", "no vaccination certificate"),
    "determined.ruling.Q_28": (
        "同一住房今年有两个家庭报名，次序相同，归哪一家",
        "two families with equal claims use one home this year: whose it is",
    ),
    # flags
    "determined.flag.bundle_dissolved": ("多胞胎不再捆绑", "the bundle was dissolved"),
    "determined.flag.choice_dropped": ("有的志愿不符合规定，没有采用", "some choices may not be made and are left out"),
    "determined.flag.declared": ("认定类别与申报类别不同", "the category is not the one declared"),
    "determined.flag.deferral_pending": ("缓学申请待批", "an application to defer is pending"),
    "determined.flag.dual_default": (
        "双学区没有登记可选的学校，按本学区的对口学校登记",
        "no school of the dual zone was chosen; the zone's own is taken",
    ),
    "determined.flag.lock": ("住房在学位锁定期内", "the home is under a seat lock"),
    "determined.flag.not_registered": ("没有在平台上报名", "not registered on the platform"),
    "determined.flag.over_age": ("超过规定入学年龄", "over age"),
    "determined.flag.same_home": ("同一住房今年另有家庭报名", "another family uses the same home this year"),
    "determined.flag.special": ("有特殊需要（限制查阅）", "special needs (restricted)"),
    "determined.flag.vaccination": ("没有预防接种证", "no vaccination certificate"),
    # checks of other offices
    "determined.subject.hukou": ("户籍", "hukou"),
    "determined.subject.home": ("住房", "home"),
    "determined.subject.no_home": ("无房", "no home"),
    "determined.subject.residence": ("居住", "residence"),
    "determined.subject.work": ("工作", "work"),
    "determined.check.pass": ("属实", "confirmed"),
    "determined.check.fail": ("不属实", "found untrue"),
    "determined.check.pending": ("待查", "pending"),
    "determined.check.conflict": ("相互矛盾", "contradictory"),
    # what a ruling was about
    "determined.field.result": ("认定结果：{value}", "the result: {value}"),
    "determined.field.category": ("类别：{value}", "the category: {value}"),
    "determined.field.zone": ("学区：{value}", "the zone: {value}"),
    "determined.field.status": ("报名状态：{value}", "the status: {value}"),
    "determined.field.lock_exempt": ("住房 {value} 免于学位锁定", "home {value} is exempt from seat locks"),
    # the explanation
    "explain.determined.unknown": (
        "报名表中没有这个报名号；请核对后再试",
        "no child of applications has this registration number; check it and try again",
    ),
    "explain.determined.category": (
        "认定结果：{result}，类别 {category}（{name}）。",
        "Result: {result}, category {category} ({name}).",
    ),
    "explain.determined.gate": ("认定结果：{result}。", "Result: {result}."),
    "explain.determined.by_ruling": ("依据：领导小组的决定 {ruling}。", "Rule: ruling {ruling}."),
    "explain.determined.by_question": ("依据：{words}（{question}）。", "Rule: {words} ({question})."),
    "explain.determined.child": (
        "报名号 {id}。{track}；{zone}；报名状态：{status}。",
        "Registration number {id}: {track}, {zone}, {status}.",
    ),
    "explain.determined.zone": ("学区 {zone}（对口学校：{school}）", "zone {zone} (school: {school})"),
    "explain.determined.no_zone": ("学区未定", "no zone"),
    "explain.determined.tests": (
        "逐类核对（从前到后，第一个条件全部满足的即为认定类别）：",
        "The categories in their order; the first whose conditions all hold is the child's:",
    ),
    "explain.determined.name": ("类别 {category}（{name}）", "Category {category} ({name})"),
    "explain.determined.case": (
        "类别 {category}（{name}，第 {case} 种情况）",
        "Category {category} ({name}, case {case})",
    ),
    "explain.determined.holds": ("{name}：条件全部满足。", "{name}: all conditions hold."),
    "explain.determined.open": (
        "{name}：尚未证实。以下各项补齐或确定后，可认定为此类：",
        "{name}: not yet proven. With the following brought or settled the child would be of it:",
    ),
    "explain.determined.fails": ("{name}：不符合。", "{name}: does not fit."),
    "explain.determined.failed": ("  未满足：{condition}{clause}。", "  Fails: {condition}{clause}."),
    "explain.determined.waits": (
        "  待证实：{condition}{clause}。{lacking}。",
        "  Open: {condition}{clause}. {lacking}.",
    ),
    "explain.determined.also": ("  另有待证实：{conditions}。", "  Open as well: {conditions}."),
    "explain.determined.see": ("（{clause}）", " ({clause})"),
    "explain.determined.see_section": ("；见招生方案{section}，{clause}", "; plan section {section}, {clause}"),
    "explain.determined.lacks": ("缺：{what}", "Missing: {what}"),
    "explain.determined.settle": ("须由领导小组研究确定：{what}", "Needs a ruling: {what}"),
    "explain.determined.missing": (
        "数据封存之前还可以补：{what}。",
        "What can still be brought before the data are frozen: {what}.",
    ),
    "explain.determined.ruling": ("待领导小组研究确定：{what}。", "Waits for a ruling: {what}."),
    "explain.determined.decided": (
        "领导小组的决定 {id}（{day}，{authority}）：{what}。理由：{reason}",
        "Ruling {id} ({day}, {authority}), {what}. Reason: {reason}",
    ),
    "explain.determined.lock": (
        "学位锁定：该住房由另一家庭用于 {year} 年{stage}入学。",
        "Seat lock: another family used this home for {stage} in {year}.",
    ),
    "explain.determined.stage.primary": ("小学", "primary school"),
    "explain.determined.stage.junior": ("初中", "junior school"),
    "explain.determined.rivals": (
        "同一住房今年另有其他家庭的 {count} 名学生报名。",
        "Other families use the same home this year, for {count} {count:child/children}.",
    ),
    "explain.determined.checks": ("各部门核查结果：{what}。", "Checks of other offices: {what}."),
    "explain.determined.check": ("{subject}{result}", "{subject} {result}"),
    "explain.determined.flags": ("提醒：{what}。", "Note: {what}."),
    "explain.determined.list": ("；", "; "),
}
