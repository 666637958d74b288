"""Texts (zh, en) of the empty tables that ``new --empty`` makes, and of their instructions."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.next_fill_in": (
        "下一步：按 {folder}/instructions.xlsx 填表，再运行 allocator check {folder}",
        "next: fill the tables in as {folder}/instructions.xlsx says, then allocator check {folder}"),
    "form.title": ("填表说明", "How to fill the tables in"),
    "form.rules": ("总则", "Rules"),
    "form.rule": ("规则", "Rule"),
    "form.rule.files": (
        "一张表一个文件，都在这个文件夹里；不要改文件名，不要改列名，不要增加列或工作表，不用的表可以只留列名。",
        "One file a table, all in this folder. Names of files and columns stay as they are; no column and no sheet is "
        "added; a table without rows keeps its headings."),
    "form.rule.rows": (
        "列名下面一行一条，中间不要写标题、合计、备注，不要合并单元格，不要隐藏或筛选行。",
        "One thing a row, right below the headings: no titles, totals, remarks, merged, hidden or filtered rows."),
    "form.rule.needed": (
        "黄色列名每行必填；灰色列名可以留空。选中单元格会显示填法，有下拉的只能从下拉中选。",
        "Columns with a yellow heading are filled in in every row, grey ones may be empty. A cell that is selected "
        "shows what goes into it; where there is a drop-down, nothing else does."),
    "form.rule.ids": (
        "编号由办公室自己编，只用英文字母、数字和连字符，不得有连续 15 位数字：身份证号不能当编号，"
        "姓名、电话、住址不要填进这些表。",
        "The office makes the numbers: letters, digits and hyphens, never fifteen digits in a row. A card number is no "
        "id; names, telephone numbers and addresses stand in none of these tables."),
    "form.rule.dates": (
        "日期写成 2023-07-25 的样子；不知道就照各列说明处理，不要编。",
        "Dates as 2023-07-25; where one is not known, as the column says, never invented."),
    "form.rule.examples": (
        "后面的工作表逐表说明各列，并有虚构的例子；例子不要抄进自己的表。",
        "Each of the other sheets explains the columns of one table, with invented examples; they do not belong into "
        "yours."),
    "form.rule.policy": (
        "policy.yaml 是随附的政策，请换成本区公布的；其中 notice 仍写着“合成数据”。",
        "policy.yaml is a shipped one: put your published rules in its place; its notice still says that all is "
        "invented."),
    "form.rule.check": (
        "填好后运行 allocator check：一次列出所有错误，然后按类别、学区、学校统计人数，请与报名平台的合计核对。",
        "Then run allocator check: all faults at once, then the children counted, to be held against the platform."),
    "form.column": ("列名", "Column"),
    "form.name": ("英文列名", "English heading"),
    "form.needed": ("必填", "Needed"),
    "form.yes": ("是", "yes"),
    "form.no": ("可空", "may be empty"),
    "form.hint": ("填什么", "What goes into it"),
    "form.example": ("虚构例子", "Invented example"),
    "form.holds.id": ("编号", "an id"),
    "form.holds.ids": ("编号，几个之间用 ; 分开，次序有意义", "ids joined by ; – their order means something"),
    "form.holds.word": ("从下拉中选：{words}", "one of the drop-down: {words}"),
    "form.holds.words": ("下列词语，几个之间用 ; 分开：{words}", "of these words, joined by ;: {words}"),
    "form.holds.name": ("名称", "a name"),
    "form.holds.text": ("文字", "text"),
    "form.holds.seats": ("整数（人）", "a whole number of children"),
    "form.holds.place": ("平面坐标，米（不是经纬度）", "a plane coordinate in metres, no degrees"),
    "form.holds.date": ("日期，如 2023-07-25", "a date, such as 2023-07-25"),
    "form.holds.time": (
        "日期和时间，如 2023-07-28T09:00:00",
        "date and time, such as 2023-07-28T09:00:00"),
    "form.holds.number": ("整数", "a whole number"),
    "form.holds.share": (
        "百分数，如 50 或 33.33，不写 %",
        "per cent, such as 50 or 33.33, without the sign"),
    "form.table.applicants": ("名册", "Roster"),
    "form.table.schools": ("学校", "Schools"),
    "form.table.zones": ("学区", "Zones"),
    "form.table.applications": ("报名表", "Applications"),
    "form.table.guardians": ("监护人", "Guardians"),
    "form.table.homes": ("住房", "Homes"),
    "form.table.owners": ("产权", "Owners"),
    "form.table.checks": ("核查", "Checks"),
    "form.table.locks": ("学位锁定台账", "Seat locks"),
    "form.table.blacklist": ("诚信黑名单", "Blacklist"),
    "form.table.special": ("特殊需要（限内部）", "Special needs (restricted)"),
    "form.table.decisions": ("优抚与随兄姐决定", "Decisions"),
    "form.table.rulings": ("领导小组决定", "Rulings"),
    "form.table.private": ("民办学校", "Private schools"),
    "form.table.persons": ("学生信息（限内部）", "Persons (restricted)"),
    "form.note.applications.family": (
        "同一父母（监护人）的子女用同一编号，历年不变",
        "children of the same parents or guardians have one number, the same over the years"),
    "form.note.applications.registered_at": ("未在平台报名的留空", "empty: not registered on the platform"),
    "form.note.applications.hukou_in_date": (
        "出生即落户的留空；迁入日期不明的，填不早于材料截止日的日期",
        "empty: since birth; where it is not known, a date not before that of the papers"),
    "form.note.applications.book": ("同一户口簿用同一编号", "one booklet, one number"),
    "form.note.applications.home": (
        "与住房表相同；没有住房的留空，居住方式也留空",
        "as in homes; without a home empty, tenure too"),
    "form.note.applications.over_age_reason": (
        "往年缓学或有正当理由的填是",
        "yes: deferred earlier, or a reason is on file"),
    "form.note.applications.bundle": ("要一起分配的多胞胎用同一编号", "twins to be kept together have one number"),
    "form.note.guardians.guardian": ("家庭内的编号，如 1、2", "a number within the family, such as 1 or 2"),
    "form.note.guardians.hukou_in_date": ("出生即落户的留空", "empty: since birth"),
    "form.note.homes.zone": ("不在学区划分表中的留空", "empty: the published table of zones does not match"),
    "form.note.homes.proof_date": (
        "产权证的发证日期，合同的备案日期",
        "of a title its issue, of a contract its filing"),
    "form.note.owners.holder": (
        "家庭编号/监护人编号，或 家庭编号/grandparents（祖辈），或其他说法；不要写姓名",
        "family/guardian, family/grandparents, or any other text, but no name"),
    "form.note.checks.source": (
        "核查单位的编号，如 police、housing",
        "an id of who checked, such as police or housing"),
    "form.note.locks.home": (
        "历年的住房编号，可以不在今年的表中",
        "homes of earlier years need not be in this year's tables"),
    "form.note.rulings.value": (
        "按事项：认定结果填 roster、out_of_scope、deferred、special_route；类别填 A–U；学区填编号；"
        "报名状态填 verified、late、blacklisted；锁定豁免填住房编号",
        "by its field: roster, out_of_scope, deferred, special_route; a category A to U; a zone; verified, late, "
        "blacklisted; the child's home"),
    "form.note.decisions.ground": ("随兄姐的留空", "empty for siblings"),
    "form.note.applicants.registered_school": (
        "双学区的 A–D 类必填，其余留空", "for A to D in a zone with two schools, else empty"),
    "form.note.zones.e_school_id": (
        "外户租房（E 类）学生去的学校，没有则留空",
        "school of the renters without hukou; empty: none"),
}
