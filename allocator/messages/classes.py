"""Texts (zh, en) of the balanced classes: faults of their tables, what commands tell."""

_SAVE = "save it as UTF-8 without byte order mark, lines ended by LF"

TEXTS: dict[str, tuple[str, str]] = {
    # tables
    "classes.bom": (
        "文件开头多了看不见的标记（BOM）；请另存为不带 BOM 的 UTF-8",
        "an invisible byte order mark stands before the text; " + _SAVE),
    "classes.carriage_return": (
        "换行符不对（回车换行，应只有换行 LF）；请另存为换行符为 LF 的文本",
        "lines end in CR LF or CR, expected LF; " + _SAVE),
    "classes.not_utf8": ("文件不是 UTF-8 编码；请另存为 UTF-8", "the file is not in UTF-8; " + _SAVE),
    "classes.headings": ("列名应为：{expected}", "the headings must be: {expected}"),
    "classes.word": ("应填：{expected}", "expected one of: {expected}"),
    "classes.score": (
        "分数应为 0 至 {most}，最多两位小数，或不填",
        "a score from 0 to {most} with at most two decimals is expected, or nothing"),
    "classes.score_in_grade_1": (
        "一年级编班不得使用分数，应为空",
        "in grade 1 no score may be used, expected nothing here"),
    "classes.number": ("应为 1 至 {most} 的整数", "a whole number from 1 to {most} is expected"),
    "classes.spread": (
        "平均分之差的上限应大于 0，最多两位小数，或不填",
        "a number above 0 with at most two decimals is expected, or nothing"),
    "classes.group_twice": (
        "该校 {track} 已见于第{first}行，每校每类只能有一行",
        "this school and {track} stand already in line {first}, one row each is expected"),
    "classes.no_group": (
        "classes.csv 中没有该校 {track} 一行",
        "classes.csv has no row for this school and {track}"),
    "classes.few_pupils": (
        "班数多于学生人数（{pupils} 人）",
        "there are more classes than pupils ({pupils})"),
    "classes.spread_without_scores": (
        "该校该类没有一名学生有分数，不能限定平均分之差，应为空",
        "no pupil of this school and track has a score, expected nothing here"),
    "classes.apart_too_many": (
        "该组要求不同班的学生有 {children} 人，多于班数 {classes}，无法满足",
        "the group has {children} members to be kept apart in {classes} {classes:class/classes}: this cannot be met"),
    "classes.bundle_parted": (
        "同班组的学生须在同一学校、同一类；该组第{first}行为：{expected}",
        "children of one bundle are of one school and track; line {first} says: {expected}"),
    "classes.bundle_too_large": (
        "该同班组有 {size} 人，多于最小班的人数 {least}",
        "the bundle has {size} members, more than the smallest class holds ({least})"),
    "classes.bundle_apart": (
        "同班组中有两名学生又同属不同班组 {group}",
        "two children of this bundle are to be kept apart by group {group}"),
    "classes.changed": (
        "{table} 与摇号记录所载的不符，现为 sha256:{found}：数据封存之后有改动，或者不是这一场的记录",
        "{table} is not what the transcript freezes, found sha256:{found}: it was changed after the freeze, or the "
        "transcript is of another session"),
    "classes.changed_resaved": (
        "{table} 只是被另存过：仅换行符、行尾空格或文件开头的标记（BOM）不同（现为 sha256:{found}）；"
        "请换回封存时的那一份",
        "{table} was only saved again: line ends, spaces at line ends or a byte order mark differ (found "
        "sha256:{found}); put the frozen file in its place"),
    "classes.transcript_there": (
        "文件已存在，不予覆盖；请用 --out 另写一个文件名",
        "this file is there already and is not overwritten; name another one with --out"),
    "classes.stored_row": ("这一行不是本程序写出的格式", "this row is not of the form in which it is written"),
    # head teachers and late arrivals
    "classes.team_number": (
        "该校 {track} 有 {expected} 个班，应有同样多的教师团队，实有 {found} 个",
        "{track} has {expected} {expected:class/classes} and needs as many teams, found {found}"),
    "classes.lot_unknown": ("teams.csv 中没有这个团队", "teams.csv has no such team"),
    "classes.lot_missing": ("缺少该团队抽得的班级", "the class that this team drew is missing"),
    "classes.lot_class": (
        "每个班应由一个团队抽得一次，班号为 1 至 {most}",
        "each class from 1 to {most} is drawn once, by one team"),
    "classes.arrival_number": ("到达顺序应为从 1 起的整数", "the number of an arrival is a whole number from 1"),
    "classes.arrival_gap": (
        "{school}（{track}）缺少第 {expected} 次到达，须从 1 起连续编号",
        "arrivals are numbered 1, 2, …: number {expected} of {school} ({track}) is missing"),
    "classes.arrival_mixed": (
        "同一次到达的学生须同属一个同班组",
        "the children of one arrival are those of one bundle, and no others"),
    "classes.arrival_parted": (
        "同一同班组的学生须在同一次到达",
        "the children of one bundle are one arrival"),
    "classes.late_known": ("该生已在编班名册中", "this child is in the class roster already"),
    "classes.late_group": (
        "该校 {track} 没有编班结果，不能补入",
        "{track} of this school has no placement that a late child could join"),
    # draw, rehearsal, verification
    "progress.dealing": ("编班", "dealing pupils to classes"),
    "progress.checking": ("独立检查程序复核编班", "the checker derives the placement again"),
    "progress.rehearsing": ("编班预演", "rehearsing"),
    "progress.proving": ("最优化软件核定要求能否满足", "proving what the demands allow"),
    "classes.judged": (
        "独立检查程序不接受编班结果（{count} 处），未写出任何文件。第一处：{finding}，{place}",
        "the checker does not accept the placement ({count} {count:finding/findings}); nothing was written. First: "
        "{finding}, {place}"),
    "classes.scores_used": (
        "名册中有分数，编班将以分数为参考（七年级）",
        "the roster has scores: classes are balanced by them (grade 7)"),
    "classes.digest": ("{name} 的校验值（摇号记录中写作 {key}=）", "digest of {name} (in the transcript: {key}=)"),
    "classes.placed": (
        "{school} {track}：{pupils} 人编入 {classes} 个班，第 {attempt} 次编排符合全部要求",
        "{school} {track}: {pupils} {pupils:pupil/pupils} in {classes} {classes:class/classes}, attempt {attempt}"),
    "classes.not_placed": (
        "{school} {track}：{attempts} 次编排都不符合要求，没有结果；须修改要求后另行摇号",
        "{school} {track}: all {attempts} attempts failed, so there is no placement; change a demand and hold a new "
        "session"),
    "classes.teams_drawn": (
        "已抽定 {count} 个团队的班级",
        "{count} {count:team has its class/teams have their classes}"),
    "classes.late_placed": ("已补入 {count} 名学生", "{count} late {count:child has its class/children have theirs}"),
    "classes.verified": (
        "编班核验无误：{children} 名学生，均由公布的文件和摇号记录重新推出",
        "verified: {children} {children:pupil/pupils}, every class derived again from the published files"),
    "classes.rehearsed": ("编班预演（{seeds} 个模拟种子）", "Rehearsal under {seeds} trial {seeds:seed/seeds}"),
    "classes.track.day": ("走读", "day"),
    "classes.track.boarding": ("住宿", "boarding"),
    "classes.column.school": ("学校", "school"),
    "classes.column.track": ("类", "track"),
    "classes.column.placed": ("有结果", "placed"),
    "classes.column.most": ("最多", "most"),
    "classes.column.failed": ("不符%", "failed%"),
    "classes.column.together": ("同班", "together"),
    "classes.column.level": ("均分", "level"),
    "classes.column.apart": ("不同班", "apart"),
    "classes.column.usual": ("均差", "spread"),
    "classes.rehearsal_note": (
        "有结果：有编排符合全部要求的模拟种子数；最多：一个模拟种子最多编排几次；不符%：全部编排中不符合要求的比例；"
        "其后三列：在这一步不符合的次数；均差：各班平均分最高与最低之差（中位数）。",
        "placed: trial seeds with an attempt that did not fail; most: attempts of one seed; failed%: share of all "
        "attempts, counted by step in the next three columns; spread: largest class mean minus the smallest (median)."),
    "classes.proven_met": (
        "{school} {track}：已证明要求可以满足（人数、男女各差不超过 1，同班、不同班）",
        "{school} {track}: proven that the demands can be met (sizes, girls and boys within 1, together, apart)"),
    "classes.proven_spread": (
        "  平均分之差最小可为 {spread}（已证明）",
        "  least possible spread of means: {spread} (proven)"),
    "classes.bound_spread": (
        "  平均分之差最小值在 {bound} 与 {spread} 之间",
        "  least possible spread of means: between {bound} and {spread}"),
    "classes.spread_too_small": (
        "  限定的 {demand} 小于最小可能值，无法满足",
        "  the spread of {demand} that is demanded is less than that: it cannot be met"),
    "classes.spread_demanded": ("  限定不超过 {demand}", "  demanded: at most {demand}"),
    "classes.proven_unmet": (
        "{school} {track}：已证明要求无法满足；无法同时满足的最小一组不同班要求：{groups}",
        "{school} {track}: proven that the demands cannot be met; smallest set of apart groups that cannot: {groups}"),
    "classes.crowd": (
        "{school} {track}：{count} 名学生两两须不同班，而只有 {classes} 个班：{children}",
        "{school} {track}: {count} pupils are each to be kept apart from each, in {classes} {classes:class/classes}: "
        "{children}"),
    "classes.bundles_unmet": (
        "{school} {track}：已证明同班要求与各班人数、男女人数的均衡不能同时满足，与不同班要求无关",
        "{school} {track}: proven that the bundles cannot be met with even sizes, girls and boys, whatever is apart"),
    "classes.unmet_unknown": (
        "{school} {track}：已证明要求无法满足；尚未找出最小的一组不同班要求",
        "{school} {track}: proven that the demands cannot be met; the smallest set of groups was not found in time"),
    "classes.undecided": (
        "{school} {track}：限时内未能判定要求能否满足",
        "{school} {track}: not decided in time whether the demands can be met"),
}
