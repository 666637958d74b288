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
        "sibling decisions. One child may be in several columns and name several schools: there is no sum",
    ),
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
}
