"""Texts (zh, en) of the totals that ``check`` shows."""

TEXTS: dict[str, tuple[str, str]] = {
    "totals.categories": ("按类别、审核状态统计（人）", "Children by category and status"),
    "totals.zones": ("按学区统计（人）", "Children by zone"),
    "totals.schools": ("按所报学校统计（人）", "Children by the school they name"),
    "totals.several": (
        "登记：登记学校。自愿一、自愿二：两次自愿报名。全区：全区招生学校报名。分流：分流意愿。"
        "优抚、兄姐：已批准的决定。"
        "一名学生可在几列中出现，也可填几所学校，故不合计",
        "registered school; voluntary rounds 1 and 2; Zone-wide school; wish for the diversion; preferential and "
        "sibling decisions. One child may be in several columns and name several schools: there is no sum"),
    "totals.all": ("合计", "in all"),
    "totals.rest": ("其余 {count} 个", "{count} {count:other/others}"),
    "totals.status.verified": ("审核通过", "verified"),
    "totals.status.late": ("逾期报名", "late"),
    "totals.status.blacklisted": ("诚信黑名单", "blacklisted"),
    "totals.registered_school": ("登记", "reg."),
    "totals.voluntary_1": ("自愿一", "vol. 1"),
    "totals.voluntary_2": ("自愿二", "vol. 2"),
    "totals.open_choice": ("全区", "open"),
    "totals.preferred_diversion": ("分流", "divert"),
    "totals.preferential_school": ("优抚", "pref."),
    "totals.sibling_school": ("兄姐", "sibling"),
    "totals.private_choice": ("民办", "private"),
    "totals.several_applications": (
        "登记：登记学校。自愿一、自愿二：两次自愿报名。全区：全区招生学校报名。分流：分流意愿。民办：民办志愿。"
        "一名学生可在几列中出现，也可填几所学校，故不合计",
        "registered school; voluntary rounds 1 and 2; Zone-wide school; wish for the diversion; private school. One "
        "child may be in several columns and name several schools: there is no sum"),
    "totals.rows": ("各表行数", "Rows of each table"),
    "totals.table": ("表", "Table"),
    "totals.number": ("行数", "Rows"),
    "totals.declared": ("按申报类别统计（人）", "Children by declared category"),
    "totals.declared.column": ("申报类别", "Declared"),
    "totals.registered": ("已在平台报名", "registered"),
    "totals.not_registered": ("未在平台报名", "not registered"),
    "totals.table.applications": ("报名表 applications", "applications"),
    "totals.table.guardians": ("监护人 guardians", "guardians"),
    "totals.table.homes": ("住房 homes", "homes"),
    "totals.table.owners": ("产权 owners", "owners"),
    "totals.table.checks": ("核查 checks", "checks"),
    "totals.table.locks": ("学位锁定台账 locks", "locks"),
    "totals.table.blacklist": ("诚信黑名单 blacklist", "blacklist"),
    "totals.table.special": ("特殊需要 special", "special needs"),
    "totals.table.decisions": ("优抚与随兄姐决定 decisions", "decisions"),
    "totals.table.rulings": ("领导小组决定 rulings", "rulings"),
    "totals.table.private": ("民办学校 private", "private schools"),
    "totals.checked": (
        "检查通过：{children} 名学生，{families} 个家庭，{schools} 所学校；下一步：allocator determine",
        "no faults: {children} {children:child/children}, {families} {families:family/families}, {schools} "
        "{schools:school/schools}; next: allocator determine"),
}
