"""Texts (zh, en) of the class roster and of groups of names."""

TEXTS: dict[str, tuple[str, str]] = {
    "pupils.score": (
        "成绩应为 0 至 100000，最多两位小数，或不填",
        "a score from 0 to 100000 with at most two decimals is expected, or nothing"),
    "classes.no_book": (
        "这里既不是招生案卷，也不是录取结果文件夹（run 的输出）",
        "this is neither a case book nor the folder of a run"),
    "classes.not_admitted": (
        "录取名单中没有该生，请从编班信息表中删去，或先在案卷中办理录取",
        "this child is on no admitted list; take it out of the table of pupils, or admit it first"),
    "classes.no_sex": (
        "不知道该生的性别：编班信息表、学生信息表和报名表中都没有",
        "nobody says whether this child is a girl or a boy: neither this table nor persons nor applicants"),
    "classes.no_such_school": ("没有这所学校", "there is no such school"),
    "classes.nobody_admitted": ("没有一名学生被录取，无从编班", "nobody is admitted, so there is nobody to place"),
    "classes.no_such_group": ("没有这个姓名组", "there is no such group of names"),
    "classes.roster_frozen": (
        "文件夹中已有摇号记录 {transcript}，名册已封存，不予改动；要改动，请另建文件夹、另行摇号",
        "{transcript} is there: the roster is frozen and stays; take another folder and hold another session"),
    "classes.roster_there": (
        "此处已有一份不同的名册；确要替换请加 --replace",
        "another roster is there; say --replace if it may go"),
    "classes.rostered": (
        "{school}（{track}）：{pupils} 人，其中女生 {girls} 人；同班组 {bundles} 个，姓名组 {name_groups} 个",
        "{school} ({track}): {pupils} {pupils:pupil/pupils}, {girls} {girls:girl/girls}; {bundles} "
        "{bundles:bundle/bundles}, {name_groups} {name_groups:group/groups} of names"),
    "classes.largest_apart": (
        "  最大的不同班组有 {count} 人：班数不得少于 {count}",
        "  the largest group apart has {count} members: there must be {count} classes at least"),
    "classes.crowded": (
        "{school}（{track}）：不同班组 {group} 有 {children} 人，多于班数 {classes}，无法满足。"
        "组内姓名见 restricted/name-groups.csv；可用 --leave-out {group} 不用这一组",
        "{school} ({track}): group apart {group} has {children} members, more than the {classes} "
        "{classes:class/classes}: it cannot be met. Names stand in restricted/name-groups.csv; --leave-out {group} "
        "leaves it out"),
    "classes.crowded_family": (
        "{school}（{track}）：家长要求的不同班组 {group} 有 {children} 人，多于班数 {classes}，无法满足；"
        "请与家长商量，或增加班数",
        "{school} ({track}): group apart {group}, asked for by families, has {children} members, more than the "
        "{classes} {classes:class/classes}: it cannot be met; speak with the families, or have more classes"),
    "classes.unlisted": (
        "编班信息表中没有、但已录取的学生 {count} 人（{some}），照样列入名册：走读，无分数，无要求",
        "{count} admitted {count:child/children} not in the table of pupils ({some}): in the roster all the same, day, "
        "no score, no requests"),
    "classes.other_sex": (
        "编班信息表与学生信息表（或报名表）性别不一致的 {count} 人（{some}），以编班信息表为准，请核实",
        "{count} {count:child/children} whose sex the table of pupils says otherwise than persons or applicants "
        "({some}); the table of pupils counts, please look"),
    "classes.open_rounds": (
        "尚有 {count} 个批次未确认（{some}）：录取名单还不是最终名单，编班须待其确认后进行",
        "{count} {count:round is/rounds are} not confirmed yet ({some}): the lists are not final, and classes come "
        "after that"),
    "classes.unread": (
        "{count} 名学生没有姓名，或姓名不能按读音比较（字母、无读音的生僻字），只比较是否相同；见 {file}",
        "{count} {count:child has/children have} no name or one that cannot be compared by sound (Latin letters, "
        "characters without a reading); compared for being equal alone, see {file}"),
    "classes.trial_list": (
        "注意：这份录取结果是试运行，不是公开摇号的结果",
        "note: this is the list of a trial, not of a public draw"),
    "classes.names.equal": ("同名", "equal"),
    "classes.names.sound": ("同音", "alike in sound"),
    "classes.names.unread": ("不能按读音比较", "not compared by sound"),
    "classes.names.nameless": ("没有姓名", "no name"),
    "classes.used.True": ("用", "yes"),
    "classes.used.False": ("不用", "no"),
    "classes.column.group": ("姓名组", "group"),
    "classes.column.alike": ("相同之处", "alike"),
    "classes.column.reading": ("读音", "reading"),
    "classes.column.id": ("报名号", "registration no."),
    "classes.column.name": ("姓名", "name"),
    "classes.column.used": ("是否采用", "used"),
}
