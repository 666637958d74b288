"""Texts (zh, en) of the case book: what no book can be kept of, why events are refused, what a replay tells."""

TEXTS: dict[str, tuple[str, str]] = {
    "progress.replaying": ("按事件逐条重算案卷", "playing the events"),
    "book.phase": (
        "案卷不认识这一阶段（可用：{expected}）",
        "no round of a case book has this name, expected {expected}",
    ),
    "book.order": (
        "案卷的批次须按此顺序：{expected}",
        "the rounds of a case book come in this order: {expected}",
    ),
    "book.lacking": ("案卷的政策须有 {expected}", "a case book needs {expected} here"),
    "book.referral": (
        "没有对口学校的由领导小组研究确定，案卷只在 sibling 阶段之后办理：两个阶段须紧接着写，或都不写",
        "a case book refers those without a home school right after the phase sibling: both, one after the other, or "
        "neither",
    ),
    "book.categories": (
        "案卷的类别须是其中若干，并按此顺序：{expected}",
        "the categories of a case book are some of these, in this order: {expected}",
    ),
    "book.switch": ("案卷只用于取值 {expected} 的政策", "a case book is kept under {expected} only"),
    "book.late_id": (
        "L 加数字的编号留给补报名家庭，名册中不得使用",
        "ids of L and digits are kept for late families and may not stand in a roster",
    ),
    "book.replayed": (
        "案卷重算完毕：采纳 {accepted} 条事件，不予采纳 {refused} 条",
        "played: {accepted} {accepted:event/events} accepted, {refused} refused",
    ),
    "book.refusal.malformed": ("格式或填写不符合规定", "malformed"),
    "book.refusal.clock": ("时间早于上一条记录", "its clock is behind the last line"),
    "book.refusal.role": ("该岗位无权录入", "the role may not enter it"),
    "book.refusal.season": ("案卷当前状态不允许", "not in this state of the season"),
    "book.refusal.unknown": ("所指的户、学校、学区、类别、批次或异议不存在", "it names something that is not there"),
    "book.refusal.state": ("当前办理状态不符合要求", "what it requires does not hold now"),
    "book.refusal.no_room": ("没有可用学位", "no room"),
    "book.disagree": (
        "案卷的两种计算结果不一致（{count} 处），未写出任何文件。第一处：{part} 第 {place} 项，“{one}”与“{other}”",
        "the two paths of the book differ ({count} {count:place/places}); nothing was written. First: {part} {place}, "
        "{one!r} and {other!r}"),
    "book.judged": (
        "独立检查程序不接受案卷的计算结果（{count} 处），未写出任何文件。第一处：{part}，{place}",
        "the checker does not accept the book ({count} {count:finding/findings}); nothing was written. "
        "First: {part}, {place}"),
    "book.head": ("链头：{head}", "head of the journal: {head}"),
}
