"""Texts (zh, en) of the numbers of a case book: seats, children, what the next round needs, what is spare."""

TEXTS: dict[str, tuple[str, str]] = {
    "figures.school": ("学校", "School"),
    "figures.category": ("类别", "Cat."),
    "figures.zone": ("学区", "Zone"),
    "figures.plan": ("招生计划", "plan"),
    "figures.cap": ("最大容量", "most"),
    "figures.taken": ("已录取", "seated"),
    "figures.aside": ("预留", "set aside"),
    "figures.left": ("空余学位", "left"),
    "figures.parties": ("报名户", "parties"),
    "figures.children": ("学生", "children"),
    "figures.everyone": ("学生", "all"),
    "figures.verified": ("审核通过", "verified"),
    "figures.late": ("逾期报名", "late"),
    "figures.blacklisted": ("诚信黑名单", "blacklist"),
    "figures.seated": ("已有学位", "seated"),
    "figures.waiting": ("待录取", "waiting"),
    "figures.needs_ruling": ("待研究确定", "ruling"),
    "figures.external": ("外区招生", "away"),
    "figures.gone": ("已离开", "gone"),
    "figures.locals": ("学区内学生", "local"),
    "figures.carried": ("其中前批转来", "carried over"),
    "figures.seats": ("可用学位", "seats"),
    "figures.turn": ("结果", "what follows"),
    "figures.turn.fits": ("全部录取，无须摇号", "all fit, no draw"),
    "figures.turn.draw": ("须摇号", "draw"),
    "figures.turn.order": ("按优先顺序，无须摇号", "by order, no draw"),
    "figures.turn.full": ("空余学位不足，无人录取", "no room, nobody admitted"),
    "figures.turn.whole": ("没有空余学位，整批分流", "no seat: the batch goes on"),
    "figures.turn.ruling": ("超出，待领导小组研究确定", "too many: a ruling"),
    "figures.diverted": ("分流（各接收学校）", "the diverted"),
    "figures.adjusted": ("调剂（各校合计）", "all schools"),
    "figures.spare_a": ("空余（甲）", "spare (a)"),
    "figures.spare_b": ("空余（乙）", "spare (b)"),
    "figures.receiving": ("可接收", "can take"),
    "figures.origins": ("分流来源", "diverted from"),
    "figures.seats.title": ("各校学位", "Seats by school"),
    "figures.categories.title": ("按类别统计（人）", "Children by category"),
    "figures.note.categories": (
        "已离开：放弃、回户籍地、不予受理。审核状态只统计仍在案卷中的学生。{names}",
        "away: another authority admits; gone: withdrawn, returned home, dismissed; a status is counted only of those "
        "still in the book. {names}"),
    "figures.homes.title": ("各校学区内需求（审核通过，人）", "Verified children by home school"),
    "figures.note.homes": (
        "按现在的学区、类别和登记学校统计，包括已在他校有学位的学生",
        "by their present zone, category and registered school; those seated elsewhere are counted too"),
    "figures.coming.title": ("下一批次：{round}", "Next round: {round}"),
    "figures.note.coming": (
        "假定现在开批。自愿报名按填报人数统计，同一学生可填几所学校。"
        "“须摇号”：优先条件相同的学生中有人录取、有人未录取",
        "as if it opened now. In voluntary rounds all who name a school are counted. Draw: of equals some are admitted "
        "and some are not"),
    "figures.spare.title": (
        "分流时各校空余学位，两种口径（{round}，Q-04）", "Spare seats for the diversion of {round} (Q-04)"),
    "figures.note.spare": (
        "甲：本批次学区内录取之后当时的空余学位，不为后面批次预留。乙：招生计划减去全部审核通过的学区内学生"
        "（负数：学区内学生多于计划）。可接收：案卷按政策开关 protect_local_demand 所用的数",
        "(a) left at that moment, once home schools have admitted the batch, nothing kept for later batches. (b) plan "
        "less all verified locals, below 0 where they are more. can take: what the book goes by "
        "(protect_local_demand)"),
    "figures.pending.title": ("尚待录取的学生（按类别、学区，人）", "Children who still wait, by category and zone"),
    "figures.shortage.title": ("学位缺口统计（按类别、学区，人）", "Children without a seat, by category and zone"),
}
