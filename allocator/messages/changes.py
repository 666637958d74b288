"""Texts (zh, en) of what became of each change of a what-if."""

TEXTS: dict[str, tuple[str, str]] = {
    "what_if.answers": ("各项改动：要求与实现", "What was asked for, and what was done"),
    "what_if.answer": (
        "{file} 第{line}行 {change}{key}：要求 {asked}，实现 {done}，未实现 {left}",
        "{file} line {line} {change}{key}: asked {asked}, did {done}, left out {left}"),
    "what_if.answer_joint": ("；", "; "),
    "what_if.unit.children": ("{count} 名学生", "{count} {count:child/children}"),
    "what_if.unit.seats": ("{count} 个学位", "{count} {count:seat/seats}"),
    "what_if.unit.places": ("{count} 处", "{count} {count:place/places}"),
    "what_if.unit.values": ("{count} 项", "{count} {count:value/values}"),
    "what_if.kind.seats": ("增减学位", "seats"),
    "what_if.kind.classes": ("增减班级", "classes"),
    "what_if.kind.hard_cap": ("最大容量", "hard_cap"),
    "what_if.kind.offered": ("自愿报名学位", "offered"),
    "what_if.kind.new_school": ("新建学校", "new_school"),
    "what_if.kind.close_school": ("关闭学校", "close_school"),
    "what_if.kind.move_homes": ("调整学区", "move_homes"),
    "what_if.kind.register": ("双学区改选", "register"),
    "what_if.kind.growth": ("学生增减", "growth"),
    "what_if.kind.cohort": ("适龄人口", "cohort"),
    "what_if.kind.estate": ("新建小区", "estate"),
    "what_if.kind.take_up": ("报名增减", "take_up"),
    "what_if.kind.switches": ("政策开关", "switches"),
    "what_if.kind.weights": ("规划权重", "weights"),
    "what_if.left.no_place": (
        "{count} 名学生没有住址坐标，未作判断",
        "{count} {count:child/children} of the zone {count:has/have} no coordinates and {count:was/were} not looked at",
    ),
    "what_if.left.on_edge": (
        "{count} 名学生住在边界线上，按规则属于边界另一侧",
        "{count} {count:lives/live} on an edge and by the rule {count:belongs/belong} to the other side of it"),
    "what_if.left.lives_apart": (
        "{count} 名多胞胎学生住在范围内，但以同组其他学生的住址为准",
        "{count} of a bundle {count:lives/live} inside, but the home of another child of the bundle counts"),
    "what_if.left.bundle": (
        "{count} 名：只剩多胞胎，不能拆开",
        "{count} because only bundles were left, which are not parted"),
    "what_if.left.no_list": (
        "{count} 名没有可以照填的志愿",
        "{count} could take over no list of which a school is open to them"),
    "what_if.left.nobody_left": ("{count} 名：没有其他可以报名的学生", "{count} because nobody else may bid"),
    "what_if.left.own_e_school": (
        "{count} 名学生所属类别在该学区另有对口学校",
        "{count} {count:is/are} of a category that has another home school in this zone"),
    "what_if.left.registered_elsewhere": (
        "{count} 名学生在双学区另选了学校",
        "{count} registered at another school of a dual zone"),
    "what_if.left.no_adjustment": ("{count} 处：政策没有调剂环节", "{count} because the policy has no adjustment"),
    "what_if.left.already_so": ("{count} 项原已如此", "{count} had this value already"),
    "what_if.also.already_so": ("原已如此", "it was so already"),
    "what_if.also.other_zone": (
        "范围内另有 {count} 名其他学区的学生，不受影响",
        "{count} {count:child of another zone lives/children of other zones live} inside and {count:is/are} not "
        "concerned"),
    "what_if.also.bids_dropped": (
        "{count} 名学生失去在新学区不能填报的志愿",
        "{count} {count:child loses/children lose} bids that they may not make now"),
    "what_if.also.registered_own": (
        "{count} 名学生登记在新学区自己的学校",
        "{count} {count:registers/register} at the own school of {count:its/their} new dual zone"),
    "what_if.also.nobody_elsewhere": ("没有学生另选其他学校", "nobody is registered elsewhere"),
    "what_if.also.nobody_bids": ("该环节无人报名", "nobody bids in this round"),
    "what_if.also.by_lot": (
        "余数相同的 {count} 组由模拟随机号决定先后",
        "words of the demand draw decide among {count} {count:group/groups} with equal remainders"),
    "what_if.also.split": (
        "为使人数相符，{count} 名学生从多胞胎中单独计入",
        "{count} {count:child was/children were} taken singly out of bundles so that the number is right"),
    "what_if.also.nobody": ("{count} 个学区或类别没有学生", "nobody lives in {count} of the zones or categories named"),
    "what_if.also.not_verified": (
        "原有 {count} 名逾期报名或列入诚信黑名单的学生不计入适龄人口",
        "{count} late or blacklisted {count:child/children} of the zone {count:is/are} no part of the cohort and "
        "{count:goes/go}"),
    "what_if.also.before": ("原有审核通过的学生 {count} 名", "{count} verified {count:child/children} lived there"),
    "what_if.also.new_without_place": (
        "{count} 名新学生没有住址坐标，不计距离",
        "{count} new {count:child has/children have} no coordinates, so no distance is measured"),
    "what_if.also.no_cost": ("没有增加学位，费用不计", "no seat is added, so the cost does not count"),
    "what_if.also.decided_for": (
        "{count} 名学生已批准录取到该校，须另行研究",
        "{count} {count:child has/children have} a decision for it and {count:needs/need} a ruling"),
    "what_if.also.zones_without": (
        "{count} 个学区没有接替的学校，学区内学生全部分流",
        "{count} {count:zone keeps/zones keep} a school without seats; everyone there is diverted"),
    "what_if.also.no_zone": ("该校不是任何学区的学校，无须接替", "it is no zone's school, so nothing is taken over"),
    "what_if.also.heir_closed": ("接替的学校没有学位", "the school that takes over has no seats"),
    "what_if.also.homes_by_list": (
        "{count} 名学生没有住址坐标，仍按名单次序",
        "{count} {count:child has/children have} no coordinates and {count:goes/go} by the list as before"),
    "what_if.also.schools_by_list": (
        "{count} 所学校没有坐标，排在名单最后",
        "{count} {count:school has/schools have} no coordinates and {count:comes/come} last"),
    "what_if.also.optimum_alone": (
        "只影响规划最优，不影响录取",
        "this moves the planning optimum alone, and no list of the rules"),
    "what_if.also.reach_home": (
        "{count} 名学生以该校为对口学校",
        "it is the home school of {count} {count:child/children}"),
    "what_if.also.reach_receiving": (
        "{count} 名学生可能分流到该校",
        "{count} {count:child/children} may be diverted there"),
    "what_if.also.reach_adjustment": (
        "{count} 名学生可能调剂到该校",
        "{count} {count:child/children} may be adjusted there"),
    "what_if.column.file": ("文件", "File"),
    "what_if.column.line": ("行", "Line"),
    "what_if.column.change": ("改动", "Change"),
    "what_if.column.key": ("项目", "Key"),
    "what_if.column.unit": ("单位", "Unit"),
    "what_if.column.asked": ("要求", "Asked"),
    "what_if.column.done": ("实现", "Done"),
    "what_if.column.left_out": ("未实现", "Left out"),
    "what_if.column.reason": ("原因与影响", "Why, and what follows"),
}
