"""Texts (zh, en) of published lists compared with the published orders."""

TEXTS: dict[str, tuple[str, str]] = {
    "draw.lists_good": (
        "名单核对无误：{lists} 份名单（{children} 名学生）与各摇号次序一致",
        "the lists are right: {lists} {lists:list/lists} with {children} {children:child/children} "
        "{lists:agrees/agree} with the orders"),
    "draw.public_good": (
        "公开名单核对无误：{lists} 份名单（{children} 名学生）与各摇号次序、录取线表一致",
        "the public lists are right: {lists} {lists:list/lists} with {children} {children:child/children} "
        "{lists:agrees/agree} with orders and cut-offs"),
    "draw.note_no_cutoffs": (
        "未核对：没有录取线表（cutoffs.csv）",
        "not checked: the cut-offs (cutoffs.csv) are not here"),
    "draw.note_no_lists": (
        "未核对：没有公布的名单（lists），只核对了摇号次序",
        "not checked: no lists are here, so only the orders were recomputed"),
    "draw.note_no_workbook": (
        "未核对：没有 lists.xlsx，只核对了 CSV 名单",
        "not checked: lists.xlsx is not here, only the lists as CSV"),
    "draw.note_summary": (
        "未核对：lists.xlsx 中汇总、学位缺口统计两张表的数字，以及 summary.json",
        "not checked: the numbers of the sheets of lists.xlsx that are no lists (summary, seats short), and "
        "summary.json"),
    "draw.note_absent": (
        "未核对：摇号名册中有 {count} 户不在这些名单中（外区招生、未落实学位等名单不公布）",
        "not checked: {count} {count:party/parties} of the draw roster {count:stands/stand} in none of these lists "
        "(those of children without a seat here are not published)"),
    "draw.note_published": (
        "未核对：名单中没有参加摇号的学生的录取方式、姓名和性别（没有 assignment.csv 和 inputs）",
        "not checked: the way, name and sex of children who stood in no draw (assignment.csv and inputs are not here)"),
    "draw.note_never": (
        "不能核对：谁应当参加哪次摇号、属于哪个优先组、有多少学位——须用 allocator verify 在本单位的文件上核对",
        "cannot be checked from published files: who had to stand in which draw, in which group, and how many seats "
        "there were; 'allocator verify' does that with the office's files"),
    "draw.order_unknown": ("政策中没有这样的摇号", "the policy has no such draw"),
    "draw.two_seats": ("按 {order}，该报名户已有学位", "this party has a seat already by {order}"),
    "draw.not_after": (
        "该报名户尚未落实学位，却不在随后的次序 {order} 中",
        "this party found no seat and does not stand in {order}, which comes after"),
    "draw.workbook": ("工作簿无法读取", "the workbook cannot be read"),
    "draw.list_heading": ("找不到表头（第一格应为“序号”）", "no line of headings (the first cell says 'No.')"),
    "draw.list_missing": ("缺少该校名单", "the list of this school is missing"),
    "draw.list_added": ("没有这所学校，不应有此名单", "there is no such school, so there is no such list"),
    "draw.list_twice": ("该报名号已在 {file} 第 {line} 行出现", "this number stands in {file} line {line} already"),
    "draw.list_unknown": (
        "不在摇号名册中，也不是旁边某组多胞胎的成员",
        "not in the draw roster, and no child of a bundle beside it"),
    "draw.list_bundle": (
        "多胞胎的其他成员应有 {expected} 名，实有 {found} 名",
        "{expected} more {expected:child of a bundle belongs/children of bundles belong} here, found {found}"),
    "draw.list_left_out": ("按 {order} 应在此名单中，但名单里没有", "belongs in this list by {order} and is not in it"),
    "draw.list_nowhere": ("摇号名册中有该报名号，但任何名单里都没有", "in the draw roster, and in none of the lists"),
    "draw.list_other_school": (
        "按 {order} 应在 {school}，不在此名单",
        "belongs to {school} by {order}, not in this list"),
    "draw.list_unplaced": (
        "按 {order} 尚未落实学位，不应在此名单",
        "has no seat by {order}, so it cannot stand in this list"),
    "draw.list_other_way": (
        "按 {order} 录取方式应为环节 {phase}",
        "was admitted in phase {phase} by {order}, not by this way"),
    "draw.list_draw_missing": (
        "按 {order} 由摇号决定，此处未写摇号",
        "a draw decided by {order}, and none is named here"),
    "draw.list_draw_added": (
        "按 {order} 没有经过摇号，此处却写了摇号",
        "no draw decided by {order}, and one is named here"),
    "draw.list_not_admitted": (
        "在 {order} 中未被录取，不应在此名单",
        "was not admitted in {order}, so it cannot stand in this list"),
    "draw.list_not_in_order": (
        "此录取方式举行了摇号，但该报名户不在 {order} 中",
        "a draw was held for this way of admission, and the party does not stand in {order}"),
    "draw.list_no_order": ("没有公布这样的次序：{order}", "no such order is published: {order}"),
    "draw.list_way": ("没有这种录取方式", "no such way of admission"),
    "draw.list_draw": ("摇号应为：{expected}，或空", "the draw must be {expected}, or empty"),
    "draw.list_above": ("此处应为：“{expected}”", "expected here: {expected!r}"),
    "draw.list_number": ("序号应为 {expected}", "the running number must be {expected}"),
    "draw.list_sequence": ("应排在上一行（{above}）之前，顺序不对", "must stand before the line above ({above})"),
    "draw.list_name": (
        "姓名未隐去：只公布第一个字和最后一个字（两个字的只公布第一个），其余为 *",
        "a name in full: the first and last of its characters are published, of two the first; the others are *"),
    "draw.list_sex": ("没有这种性别", "no such sex"),
    "draw.list_cell": ("按本单位的文件应为“{expected}”", "expected by the office's files: {expected!r}"),
    "draw.list_not_assigned": ("assignment.csv 中没有该报名号", "assignment.csv does not hold this number"),
    "draw.sheet_cell": ("与 CSV 名单不同，名单中为“{list}”", "not that of the list as CSV: {list!r}"),
    "draw.sheet_added": ("没有这份名单，不应有此工作表", "no such list, so there is no such sheet"),
    "draw.sheet_missing": ("缺少 {list} 的工作表", "the sheet of {list} is missing"),
}
