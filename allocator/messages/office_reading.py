"""Texts (zh, en) of faults and warnings in the office's tables."""

TEXTS: dict[str, tuple[str, str]] = {
    "office.categories": (
        "认定结果为 {expected}；政策缺少：{lacking}",
        "a determination finds {expected}, so the policy is expected to have all of them; it lacks {lacking}"),
    "word.unknown": ("应填：{expected}", "expected one of: {expected}"),
    "date.form": ("应为真实的日期，形如 2023-07-25", "a real date such as 2023-07-25 is expected"),
    "time.form": (
        "应为真实的日期和时间，形如 2023-07-25T09:00:00",
        "a real date and time such as 2023-07-25T09:00:00 is expected"),
    "number.digits": ("应为整数，只用数字，如 6", "a whole number of digits only is expected, such as 6"),
    "share.form": (
        "应为大于 0 的百分数，最多两位小数，不带百分号，如 33.33",
        "a percentage above 0 with at most two decimals and without a sign is expected, such as 33.33"),
    "key.repeated": (
        "这一行与第{first}行重复：{columns} 相同",
        "this row stands already in line {first}: the same {columns}; expected once"),
    "family.no_guardian": (
        "guardians 表（监护人）中没有此家庭；每个家庭至少应有一名监护人",
        "this family has no row in the table guardians; every family needs one"),
    "family.no_child": (
        "applications 表（报名表）中没有此家庭的学生；应删除该行或更正家庭编号",
        "no child of this family is in the table applications; expected the number of one that is"),
    "home.unknown": (
        "homes 表（住房）中没有此住房；应填该表 home（住房编号）列中的编号",
        "this home is not in the table homes; an id from its column home is expected"),
    "child.unknown": (
        "applications 表（报名表）中没有此学生；应填该表 applicant_id（报名号）列中的编号",
        "this child is not in the table applications; an id from its column applicant_id is expected"),
    "private.unknown": (
        "private 表（民办学校）中没有此学校；应填该表 school_id（学校编号）列中的编号",
        "this school is not in the table private; an id from its column school_id is expected"),
    "private.draw": (
        "应为该校的摇号批次 {expected}，或不填",
        "expected the id of this school's draw, {expected}, or nothing"),
    "tenure.missing": (
        "填了住房（{home}），居住方式也须填写",
        "a home is given ({home}), so how the child lives in it is expected too"),
    "tenure.no_home": (
        "填了居住方式（{tenure}），住房编号也须填写",
        "a tenure is given ({tenure}), so the home is expected too"),
    "graduated.primary": (
        "小学招生不填此列，应为空",
        "expected nothing here: the folder is one of primary schools"),
    "registered.too_early": (
        "早于报名开始之日 {first}；应为 {first} 或以后，未在平台报名的不填",
        "before registration began; expected {first} or later, or nothing where a child is not registered"),
    "owners.above": (
        "住房 {home} 的产权比例合计 {sum}，不应超过 100.00",
        "the shares of the home {home} are {sum} in sum, expected at most 100.00"),
    "locks.year": (
        "锁定台账只记以前的入学年份，应早于 {year}",
        "the register of locks holds earlier intakes, expected a year before {year}"),
    "decision.no_ground": ("优抚决定须填情形", "a preferential decision needs its ground"),
    "decision.ground": ("随兄姐决定不填情形，应为空", "a decision for a sibling has no ground, expected nothing here"),
    "ruling.value": ("该事项的裁定结果应为：{expected}", "for this field expected one of: {expected}"),
    "ruling.home": (
        "锁定豁免应填该学生自己的住房：{home}",
        "an exemption from a lock names the child's own home, expected: {home}"),
    "warn.locks_missing": (
        "没有学位锁定台账（locks）：{first} 至 {last} 年的学位锁定一律查不出，已锁定的住房会被当作未锁定；"
        "正式认定前务必补上",
        "there is no register of seat locks: no lock of the years {first} to {last} is found, and every home counts "
        "as free; bring it before anything is decided"),
    "warn.locks_years": (
        "学位锁定台账中没有下列年份的任何记录：{years}；这些年份的学位锁定查不出，请核对台账是否完整",
        "the register of seat locks has no row for: {years}; no lock of these years is found, see whether it is whole"),
    "warn.held": (
        "有 {count} 名学生暂不列入名册，待领导小组研究确定：{children}；确定并重新认定以前不要封存",
        "{count} {count:child is/children are} held and on no roster: {children}; do not freeze before each is ruled "
        "on and the roster is determined again"),
    "warn.all_late": (
        "没有一名学生在报名日期之内报名；请核对报名日期一列是否填错、对应错",
        "no child is registered in the days of registration; is it the right column?"),
}
