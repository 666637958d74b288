"""Texts (zh, en) of the determination: conditions, what is missing, and why a child has its category.

Results, statuses, grounds and flags have their names in ``office.py``.
"""

TEXTS: dict[str, tuple[str, str]] = {
    # tracks
    "determined.track.urban": ("城区", "urban track"),
    "determined.track.rural": ("农区", "rural track"),
    # conditions, as the plan puts them
    "determined.condition.guardians": (
        "有父母（法定监护人），且抚养权明确",
        "there is a parent or legal guardian, and custody is clear"),
    "determined.condition.booklet": ("有二代户口簿", "the household booklet was seen"),
    "determined.condition.child_hukou": (
        "学生是开发区城区户籍（{before} 前迁入）",
        "the child has Zone-urban hukou, moved in before {before}"),
    "determined.condition.guardian_hukou.one": (
        "至少一位父母（法定监护人）是开发区城区户籍（{before} 前迁入）",
        "at least one guardian has Zone-urban hukou, moved in before {before}"),
    "determined.condition.guardian_hukou.both": (
        "父母（法定监护人）都是开发区城区户籍（{before} 前迁入）",
        "all guardians have Zone-urban hukou, moved in before {before}"),
    "determined.condition.same_book": (
        "学生与至少一位城区户籍的父母（法定监护人）在同一户口簿上",
        "the child stands in the booklet of a guardian with Zone-urban hukou"),
    "determined.condition.relation": (
        "学生与父母（法定监护人）在同一户口簿上，或有关系证明",
        "the child stands in a guardian's booklet, or papers prove the relation"),
    "determined.condition.hukou_in_zone": (
        "户籍与住房在同一学区（房户一致）",
        "hukou and home lie in the same school zone"),
    "determined.condition.head": (
        "城区户籍的父母（法定监护人）是户主",
        "a guardian with Zone-urban hukou is head of the booklet"),
    "determined.condition.three_generations": (
        "祖孙三代在同一户口簿上",
        "three generations stand in one booklet"),
    "determined.condition.non_agricultural": ("户口为非农业户口", "the hukou is non-agricultural"),
    "determined.condition.collective": (
        "集体户籍，并有独立户口簿",
        "the hukou is collective, with a booklet of its own"),
    "determined.condition.rural_hukou": (
        "学生是开发区农区户籍（{before} 前迁入）",
        "the child has Zone-rural hukou, moved in before {before}"),
    "determined.condition.home_urban": ("住房坐落在开发区城区", "the home lies in Zone-urban"),
    "determined.condition.home_rural": ("住房坐落在开发区农区", "the home lies in Zone-rural"),
    "determined.condition.home_use": ("住房是住宅（商业用房不算）", "the home is one to live in, not commercial"),
    "determined.condition.delivered": ("房地产项目已交工", "the home has been handed over"),
    "determined.condition.moved_in": ("{before} 前已实际入住", "the family moved in before {before}"),
    "determined.condition.home_proof": (
        "有房证明在 {before} 前办结",
        "the proof of the home dates from before {before}"),
    "determined.condition.owner_parents": (
        "父母（法定监护人）的产权比例占 {share}% 及以上",
        "the guardians hold {share} % of the title or more"),
    "determined.condition.owner_grandparents": (
        "祖父母或外祖父母的产权比例占 {share}% 及以上",
        "the grandparents hold {share} % of the title or more"),
    "determined.condition.unlocked": (
        "住房的学位没有由其他家庭使用",
        "no other family has used the seat of this home"),
    "determined.condition.lives_owned": ("居住在自有住房", "the family lives in a home of its own"),
    "determined.condition.lives_grandparents": (
        "与祖父母或外祖父母共同居住",
        "the family lives with the grandparents in their home"),
    "determined.condition.rents": (
        "租房居住，租期 {months} 个月以上，材料齐全",
        "the family rents for {months} {months:month/months} or more, with all papers"),
    "determined.condition.borrows": ("借住，材料齐全", "the family lives in a borrowed home, with all papers"),
    "determined.condition.no_home": (
        "父母（法定监护人）在主城区内无房产",
        "the guardians own no home in the main city"),
    "determined.condition.half_year": (
        "{half_year} 前已在此居住（达半年以上）",
        "the family has lived there since before {half_year}, for half a year"),
    "determined.condition.work": (
        "父母（法定监护人）{half_year} 前已在主城区务工或经商，有证明",
        "a guardian has worked in the main city since before {half_year}, with proof"),
    "determined.condition.form5": (
        "已办理《入学申请表》（旗县市区及农区户籍需要）",
        "the application form is there, which hukou of other counties and of Zone-rural needs"),
    "determined.condition.not_both_hukou": (
        "学生与父母（法定监护人）不都是开发区城区户籍",
        "child and guardians do not both have Zone-urban hukou"),
    "determined.condition.not_child_hukou": (
        "学生不是开发区城区户籍",
        "the child has no Zone-urban hukou"),
    "determined.condition.not_rural_hukou": (
        "学生不是开发区农区户籍",
        "the child has no Zone-rural hukou"),
    "determined.condition.rents_or_borrows": (
        "租房居住（租期 {months} 个月以上）或借住，材料齐全",
        "the family rents (for {months} {months:month/months} or more) or lives in a borrowed home, with all papers"),
    "determined.condition.lives_with_family": (
        "居住在自有住房或祖辈房产",
        "the family lives in a home of its own or of the grandparents"),
    # the explanation
    "explain.roster_only": (
        "这是认定得出的名册；说明认定理由，请指定报名表、监护人、住房等表所在的文件夹",
        "holds a roster that was determined; for the reasons name the folder with the tables of applications, guardians"
        " and homes"),
    "explain.determined.unknown": (
        "报名表中没有这个报名号；请核对后再试",
        "no child of applications has this registration number; check it and try again"),
    "explain.determined.category": (
        "认定结果：{result}，类别 {category}（{name}）。",
        "Result: {result}, category {category} ({name})."),
    "explain.determined.gate": ("认定结果：{result}。", "Result: {result}."),
    "explain.determined.by_ruling": ("依据：领导小组的决定 {ruling}。", "Rule: ruling {ruling}."),
    "explain.determined.by_question": ("依据：{words}（{question}）。", "Rule: {words} ({question})."),
    "explain.determined.child": (
        "报名号 {id}。{track}；{zone}；审核状态：{status}。",
        "Registration number {id}: {track}, {zone}, {status}."),
    "explain.determined.zone": ("学区 {zone}（对口学校：{school}）", "zone {zone} (school: {school})"),
    "explain.determined.no_zone": ("学区未定", "no zone"),
    "explain.determined.tests": (
        "逐类核对（从前到后，第一个条件全部满足的即为认定类别）：",
        "The categories in their order; the first whose conditions all hold is the child's:"),
    "explain.determined.name": ("类别 {category}（{name}）", "Category {category} ({name})"),
    "explain.determined.case": (
        "类别 {category}（{name}，第 {case} 种情况）",
        "Category {category} ({name}, case {case})"),
    "explain.determined.holds": ("{name}：条件全部满足。", "{name}: all conditions hold."),
    "explain.determined.open": (
        "{name}：尚未证实。以下各项补齐或确定后，可认定为此类：",
        "{name}: not yet proven. With the following brought or settled the child would be of it:"),
    "explain.determined.fails": ("{name}：不符合。", "{name}: does not fit."),
    "explain.determined.failed": ("  未满足：{condition}{clause}。{fact}", "  Fails: {condition}{clause}.{fact}"),
    "explain.determined.waits": (
        "  待证实：{condition}{clause}。{lacking}。{fact}",
        "  Open: {condition}{clause}. {lacking}.{fact}"),
    "explain.determined.fact.share": ("表中合计 {value}%。", " The tables say {value} % together."),
    "explain.determined.fact.largest": ("表中最大一份 {value}%。", " The largest share in the tables is {value} %."),
    "explain.determined.fact.since": ("表中入住日期 {value}。", " The tables say: lives there since {value}."),
    "explain.determined.fact.dated": ("表中证明日期 {value}。", " The tables say: dated {value}."),
    "explain.determined.fact.moved": ("表中户籍迁入日期 {value}。", " The tables say: moved on {value}."),
    "explain.determined.fact.lease": ("表中租期 {value} 个月。", " The lease in the tables runs {value} months."),
    "explain.determined.fact.works": ("表中工作开始日期 {value}。", " The tables say: works since {value}."),
    "explain.determined.lacking": (
        "已批准的{kind} {id} 未采用，因为：{what}。",
        "The approved {kind} {id} is not applied: {what}."),
    "explain.determined.kind.preferential": ("优抚决定", "preferential decision"),
    "explain.determined.kind.sibling": ("随兄姐就读决定", "sibling decision"),
    "explain.determined.decision.unit_letter": ("缺单位证明", "no letter of the unit"),
    "explain.determined.decision.officer_card": ("缺军官证", "no officer's card"),
    "explain.determined.decision.booklet": ("缺户口簿", "no household booklet"),
    "explain.determined.decision.marriage": ("缺结婚证", "no marriage certificate"),
    "explain.determined.decision.certificate": ("缺证件证明", "no certificate"),
    "explain.determined.decision.work_card": ("缺工作证", "no work card"),
    "explain.determined.decision.minutes": ("缺会议纪要", "no minutes of the meeting"),
    "explain.determined.decision.application": ("缺申请书", "no written application"),
    "explain.determined.decision.own_school": ("学校不归本区招生", "the school is another authority's"),
    "explain.determined.decision.in_time": ("报名开始以后才收到", "received only after registration had begun"),
    "explain.determined.decision.home_urban": ("住房不在开发区城区", "the home is not in Zone-urban"),
    "explain.determined.decision.service_years": ("服务未满五年", "less than five years of service"),
    "explain.determined.decision.sibling_order": ("不是二孩、三孩", "not the second child or a later one"),
    "explain.determined.decision.sibling_entry": ("兄姐不是按学区入学", "the elder did not come by the zone"),
    "explain.determined.decision.sibling_enrolled": ("兄姐已不在该校就读", "the elder is not enrolled there any more"),
    "explain.determined.decision.last_year_school": (
        "该住房上一年度的对口学校不是该校", "it was not the school of the home last year"),
    "explain.determined.decision.changed_zone": (
        "该校仍是该生学区的对口学校", "it is still the school of the child's zone"),
    "explain.determined.also": ("  另有待证实：{conditions}。", "  Open as well: {conditions}."),
    "explain.determined.see": ("（{clause}）", " ({clause})"),
    "explain.determined.see_section": ("；见招生方案{section}，{clause}", "; plan section {section}, {clause}"),
    "explain.determined.lacks": ("缺：{what}", "Missing: {what}"),
    "explain.determined.settle": ("须由领导小组研究确定：{what}", "Needs a ruling: {what}"),
    "explain.determined.missing": (
        "数据封存之前还可以补：{what}。",
        "What can still be brought before the data are frozen: {what}."),
    "explain.determined.ruling": ("待领导小组研究确定：{what}。", "Waits for a ruling: {what}."),
    "explain.determined.decided": (
        "领导小组的决定 {id}（{day}，{authority}），{field}：{value}。理由：{reason}",
        "Ruling {id} ({day}, {authority}), {field}: {value}. Reason: {reason}"),
    "explain.determined.lock": (
        "学位锁定：该住房由另一家庭用于 {year} 年{stage}入学。",
        "Seat lock: another family used this home for {stage} in {year}."),
    "explain.determined.stage.primary": ("小学", "primary school"),
    "explain.determined.stage.junior": ("初中", "junior school"),
    "explain.determined.rivals": (
        "同一住房今年另有其他家庭的 {count} 名学生报名。",
        "Other families use the same home this year, for {count} {count:child/children}."),
    "explain.determined.checks": ("各部门核查结果：{what}。", "Checks of other offices: {what}."),
    "explain.determined.check": ("{subject}{result}", "{subject} {result}"),
    "explain.determined.flags": ("提醒：{what}。", "Note: {what}."),
    "explain.determined.list": ("；", "; "),
}
