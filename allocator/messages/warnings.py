"""Texts (zh, en) of the school-zone warnings."""

TEXTS: dict[str, tuple[str, str]] = {
    "warnings.missing": (
        "政策文件没有 warnings 部分（学区预警的年份与等级），请加入 warnings: {{year: 2023, yellow: 90, red: 100}}"
        "（占招生计划的百分比），说明见 docs/policy-file.md",
        "the policy file has no block 'warnings' (year and levels of the school-zone warnings); add for instance "
        "warnings: {{year: 2023, yellow: 90, red: 100}} (percent of the plan); docs/policy-file.md explains it"),
    "warnings.other_file": (
        "已有同名文件，且不是学区预警表；未覆盖，请换一个文件名",
        "a file of this name is there and is no table of school-zone warnings; it stays as it is, choose another name"),
    "warnings.title": ("学区学位供需预警", "School-zone warnings: supply and demand"),
    "warnings.year": (
        "{year} 年政策；本方案不作为以后年度的参考",
        "policy of {year}; this plan is no reference for later years"),
    "warnings.forecast_only": ("仅为预测，不作为购房或搬迁依据", "forecast only, no basis for buying or moving a home"),
    "warnings.meaning": (
        "需求：居住在该学区、审核通过的学生，不论在何校就读；同一学校的各学区合并与该校招生计划比较；"
        "外区学校的学区不判定；百分比向下取一位小数",
        "demand: verified applicants who live in the zone, wherever they are seated; zones of one school are "
        "judged together against its plan; zones of external schools are not judged; percentages are rounded down"),
    "warnings.levels": ("黄色 ≥ {yellow}%，红色 ≥ {red}%", "yellow from {yellow} %, red from {red} %"),
    "warnings.levels_orange": (
        "黄色 ≥ {yellow}%，橙色 ≥ {orange}%，红色 ≥ {red}%",
        "yellow from {yellow} %, orange from {orange} %, red from {red} %"),
    "warnings.now": ("本年度", "this year"),
    "warnings.then": ("预测", "forecast"),
    "warnings.zone_id": ("学区编号", "Zone id"),
    "warnings.zone": ("学区", "Zone"),
    "warnings.school_id": ("学校编号", "School id"),
    "warnings.school": ("学校", "School"),
    "warnings.demand": ("学区需求", "Demand"),
    "warnings.school_demand": ("该校各学区需求", "Demand of the school's zones"),
    "warnings.plan": ("招生计划", "Plan"),
    "warnings.percent": ("需求占计划 %", "Demand in % of plan"),
    "warnings.level": ("等级", "Level"),
    "warnings.change": ("等级变化", "Change of level"),
    "warnings.short.place": ("学区", "Zone, school"),
    "warnings.short.demand": ("需求", "Demand"),
    "warnings.short.plan": ("计划", "Plan"),
    "warnings.short.percent": ("%", "%"),
    "warnings.short.level": ("等级", "Level"),
    "warnings.short.change": ("变化", "Change"),
    "warnings.short.joint": ("{demand}（共 {joint}）", "{demand} (of {joint})"),
    "warnings.level.green": ("绿色", "green"),
    "warnings.level.yellow": ("黄色", "yellow"),
    "warnings.level.orange": ("橙色", "orange"),
    "warnings.level.red": ("红色", "red"),
    "warnings.level.none": ("不判定", "not judged"),
    "warnings.level.absent": ("无此学区", "no such zone"),
    "warnings.change.better": ("缓解", "better"),
    "warnings.change.same": ("不变", "same"),
    "warnings.change.worse": ("加重", "worse"),
    "warnings.change.none": ("–", "–"),
    "warnings.forecast_of": ("预测 {number}：{title}", "forecast {number}: {title}"),
    "warnings.what_ifs": ("预测所用假设：{titles}", "what-ifs of the forecast: {titles}"),
}
