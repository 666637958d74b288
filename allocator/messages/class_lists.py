"""Texts (zh, en) of the lists of a placement."""

TEXTS: dict[str, tuple[str, str]] = {
    "classes.title.public": ("{school}（{track}）均衡编班结果", "{school} ({track}): class placement"),
    "classes.title.school": ("{school}（{track}）分班花名册", "{school} ({track}): classes, the school's own list"),
    "classes.title.sign-off": (
        "{school}（{track}）均衡编班结果签字表",
        "{school} ({track}): class placement, to be signed"),
    "classes.list.count": ("序号", "No."),
    "classes.list.number": ("报名号", "Registration no."),
    "classes.list.masked_name": ("姓名", "Name"),
    "classes.list.name": ("姓名", "Name"),
    "classes.list.sex": ("性别", "Sex"),
    "classes.list.class": ("班级", "Class"),
    "classes.list.team": ("教师团队", "Team"),
    "classes.list.late": ("备注", "Note"),
    "classes.is_late": ("补入", "late arrival"),
    "classes.class_name": ("{number} 班", "Class {number}"),
    "classes.anonymous": (
        "班主任尚未抽班：班号只是代号，与教师无关",
        "Head teachers have not drawn yet: class numbers are anonymous"),
    "classes.teams_are": ("班主任抽班结果：{teams}", "Classes drawn by head teachers: {teams}"),
    "classes.team_of": ("{number} 班 {team}", "class {number} {team}"),
    "classes.size_of": ("{number} 班 {children} 人（女 {girls}）", "class {number}: {children} ({girls} girls)"),
    "classes.copy": (
        "一式 {copies} 份，校验值相同。第 {at} 份：{whose}",
        "{copies} copies of the same digest. Copy {at}: {whose}"),
    "classes.copy.school": ("学校留存", "for the school"),
    "classes.copy.public": ("公布", "to be published"),
    "classes.copy.office": ("报招生办公室备案", "filed with the admissions office"),
    "classes.no_change": (
        "签字后不得改动；发现错误，须有书面决定，另行摇号、另出新版，旧版保留",
        "Nothing changes after signature; an error leads to a ruling, a session of its own and a new version, and this "
        "one is kept"),
    "classes.sign_head": (
        "{number} 班班主任（{team}）：____________",
        "Head teacher of class {number} ({team}): ____________"),
    "classes.sign_anonymous": ("{number} 班班主任：____________", "Head teacher of class {number}: ____________"),
    "classes.sign_principal": (
        "校长：____________    （学校盖章）    日期：______年____月____日",
        "Principal: ____________    (seal of the school)    Date: ____________"),
    "classes.sign_supervisors": (
        "现场监督人员：____________    ____________    ____________",
        "Supervisors present: ____________    ____________    ____________"),
    "classes.sealed": (
        "封存：____________    日期：______年____月____日",
        "Sealed by: ____________    Date: ____________"),
    "classes.placement_digest": ("编班结果校验值（SHA-256）：", "Digest of the placement (placement.csv):"),
    "classes.lists.public": ("公布名单 {count} 份（报名号、隐名、班级）", "public lists: {count}"),
    "classes.lists.school": ("学校名单 {count} 份（内部资料，不得公开）", "lists for schools, restricted: {count}"),
    "classes.lists.sign-off": ("签字表 {count} 份（每校每类一式三份）", "sheets to be signed: {count}"),
    "classes.nameless": (
        "不知道姓名的学生 {count} 人（{some}），名单中姓名为空",
        "{count} {count:child/children} whose name nobody knows ({some}): left empty"),
    "classes.whose_names": (
        "请用 --book 指明案卷或录取结果文件夹，或用 --persons 指明学生信息表，姓名由此而来",
        "say by --book the case book or run, or by --persons the table of persons, from which names come"),
    "classes.team_class": (
        "注明按摇号随机号抽得，但重新推算的不是这个班",
        "said to be drawn by ticket, but the tickets give another class"),
}
