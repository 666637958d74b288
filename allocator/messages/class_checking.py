"""Texts (zh, en) of what the checker finds wrong with a placement in classes."""

TEXTS: dict[str, tuple[str, str]] = {
    "check.classes.changed_since": (
        "{file} 与写出时不同（见 manifest.json）",
        "{file} is not as it was written (manifest.json)"),
    "check.classes.order": ("该行重复或顺序不对", "this row stands twice or out of order"),
    "check.classes.group": ("不应有 {track} 的结果", "{track} is no school and track of the roster"),
    "check.classes.attempts_missing": ("attempts.csv 缺少 {track}", "attempts.csv lacks {track}"),
    "check.classes.classes": (
        "{track} 应有 {expected} 个班",
        "{track} should have {expected} {expected:class/classes}"),
    "check.classes.rows_of_none": ("{track} 没有编成，却有结果", "{track} has no attempt, yet pupils have classes"),
    "check.classes.missing": ("名册中有该生，编班结果中没有", "in the roster but not in the placement"),
    "check.classes.stranger": ("编班结果中有该生，名册中该校该类没有", "in the placement but not in the roster there"),
    "check.classes.no_class": ("没有 {found} 班", "there is no class {found}"),
    "check.classes.attempt": (
        "{track}：第一次符合要求的应是第 {expected} 次编排",
        "{track}: the first attempt that does not fail is {expected}"),
    "check.classes.attempt_fails": ("{track}：第 {attempt} 次编排不符合要求", "{track}: attempt {attempt} fails"),
    "check.classes.other_class": ("应在 {expected} 班，实为 {found} 班", "belongs to class {expected}, found {found}"),
    "check.classes.uneven_size": (
        "{track}：各班人数从 {least} 到 {most}，相差超过 1",
        "{track}: sizes from {least} to {most}, more than 1 apart"),
    "check.classes.uneven_girls": (
        "{track}：各班女生从 {least} 到 {most} 人，相差超过 1",
        "{track}: from {least} to {most} girls in a class, more than 1 apart"),
    "check.classes.uneven_boys": (
        "{track}：各班男生从 {least} 到 {most} 人，相差超过 1",
        "{track}: from {least} to {most} boys in a class, more than 1 apart"),
    "check.classes.parted": (
        "同班组 {bundle} 的学生不在同一班",
        "the children of bundle {bundle} are not in one class"),
    "check.classes.sharing": (
        "与 {other} 同属不同班组 {group}，却在同一班",
        "shares a class with {other} of group {group}"),
    "check.classes.spread": (
        "{track}：各班平均分相差 {found}，超过 {most}",
        "{track}: class means are {found} apart, more than {most}"),
    "check.classes.team": ("{track}：团队 {team} 的班级 {found} 不对或缺少", "{track}: class {found} of team {team}"),
    "check.classes.late": ("补入 {found} 班不对或缺少", "class {found} of a late child is wrong or missing"),
}
