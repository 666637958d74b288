"""Texts (zh, en) of extra seats under deferred acceptance: instance files, limits, and what the checker finds."""

TEXTS: dict[str, tuple[str, str]] = {
    "extra_seats.not_json": (
        "不是有效的 JSON 文件（UTF-8）：{reason}",
        "this is no valid JSON file in UTF-8: {reason}",
    ),
    "extra_seats.not_object": ("应为 JSON 对象 {{…}}", "expected a JSON object {{…}}"),
    "extra_seats.too_large": (
        "文件过大：{size} 字节，最多 {most} 字节",
        "the file is too large: {size} bytes, at most {most}",
    ),
    "extra_seats.key_missing": ("缺少此项", "this key is missing"),
    "extra_seats.key_unknown": ("未知的项；可用：{expected}", "unknown key; expected one of: {expected}"),
    "extra_seats.key_twice": ("此项出现多次", "this key stands there more than once"),
    "extra_seats.whole": ("应为 {least} 到 {most} 的整数", "expected a whole number from {least} to {most}"),
    "extra_seats.list": ("应为 JSON 数组 […]", "expected a JSON array […]"),
    "extra_seats.length": (
        "应有 {expected} 项，实有 {found} 项",
        "expected {expected} {expected:item/items}, found {found}",
    ),
    "extra_seats.score": ("应为有限的数", "expected a finite number"),
    "extra_seats.school_twice": (
        "同一名学生的志愿中学校 {school} 出现多次",
        "school {school} stands more than once in the list of one student",
    ),
    "extra_seats.tie": (
        "学校 {school} 对学生 {first} 和 {second} 的分数相同；不允许并列",
        "school {school} gives students {first} and {second} the same score; ties are not allowed",
    ),
    "extra_seats.short": (
        "志愿长度 {length}，但有学生的志愿只有 {shortest} 所学校（学生 {student}）",
        "the list length is {length}, but a student lists {shortest} {shortest:school/schools} only (student "
        "{student})",
    ),
    "extra_seats.option_needed": ("测算实例文件时必须给出此选项", "an instance file needs this option"),
    "extra_seats.option_unused": ("此选项不适用于{kind}", "this option does not apply to {kind}"),
    "extra_seats.an_instance": ("实例文件", "an instance file"),
    "extra_seats.a_district": ("学区文件夹", "a district folder"),
    "extra_seats.one_folder": (
        "应为一个学区文件夹，或一个至多个实例文件",
        "expected one district folder, or one or more instance files",
    ),
    "extra_seats.other_schools": (
        "各学校的学位数应与第一个文件 {first} 相同",
        "expected the same seats of each school as in the first file, {first}",
    ),
    "extra_seats.time_limit": ("应为大于 0 的秒数", "expected a number of seconds above 0"),
    "extra_seats.ending": (
        "正在结束：给出目前最好的方案及其下界（再按一次 Ctrl-C 则什么也不输出）",
        "ending: the best extra seats so far are printed with their bound (Ctrl-C again: nothing is)",
    ),
    "extra_seats.recomputed": (
        "按所选学位重新录取，名次之和为 {expected}，求解得到的却是 {found}",
        "with these seats deferred acceptance leads to a sum of ranks of {expected}, the search said {found}",
    ),
    "extra_seats.refused": (
        "独立检查程序不接受此方案：{count} 处不符",
        "the checker refuses these extra seats: {count} {count:thing is/things are} wrong",
    ),
}
