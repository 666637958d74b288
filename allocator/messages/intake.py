"""Texts (zh, en) of intake: what an export has, what is wrong in it, what an import changes."""

TEXTS: dict[str, tuple[str, str]] = {
    # whole files
    "intake.web_page": (
        "这是网页（HTML），只是文件名像表格；请用 Excel 或 WPS 打开后另存为 .xlsx",
        "this is a web page under the name of a table; open it in a spreadsheet and save it as .xlsx"),
    "intake.other_file": (
        "这不是表格文件；可读 .xlsx、.xls、.ods、.csv",
        "this is no table; .xlsx, .xls, .ods and .csv are read"),
    "intake.damaged": ("文件损坏，无法读取", "the file is damaged and cannot be read"),
    "intake.too_large": (
        "文件解压后超过 {most} MB，不打开；请新建工作簿，只粘贴数值",
        "the file unpacks to more than {most} MB and is not opened; paste the values into a new workbook"),
    "intake.locked": (
        "文件设有密码；请另存为不带密码的文件",
        "the file has a password; save it without one"),
    "intake.macros": (
        "文件带有宏，不打开；请另存为不带宏的 .xlsx",
        "the file holds macros and is not opened; save it as .xlsx without them"),
    "intake.links": (
        "文件链接到其他文件，不打开；请断开链接，只保留数值",
        "the file is linked to other files and is not opened; break the links and keep the values"),
    # sheets
    "intake.hidden_rows": (
        "有内容的行被隐藏或筛选掉（{count} 行）：{places}；屏幕上看不到，但都已读入",
        "{count} {count:row with content is/rows with content are} hidden or filtered out: {places}; they are read "
        "although nobody sees them"),
    "intake.hidden_columns": (
        "隐藏的列中有内容（{count} 格）：{places}；屏幕上看不到，但都已读入",
        "hidden columns hold {count} {count:cell/cells}: {places}; they are read although nobody sees them"),
    "intake.hidden_sheet": (
        "这张工作表是隐藏的，但已读入；不需要的，请在对应表中写明 skip",
        "this sheet is hidden and is read all the same; if it is not meant, skip it in the map"),
    "intake.filled": (
        "合并的单元格（{count} 处）按同一个值填入各行：{places}",
        "{count} merged {count:range was/ranges were} filled in, the same value for every row: {places}"),
    "intake.no_headings": (
        "找不到列名所在的行：对应表中的列名都不在前 40 行；请核对对应表，或写明略过此表（列 column 写 skip）",
        "no row of headings was found: none of the map's headings stands in the first 40 rows; check the map, or leave "
        "the sheet out (skip in its column)"),
    "intake.unmapped": (
        "对应表没有说明这一列；请补一行，不需要的列写 skip",
        "the map says nothing of this column; add a row for it, with skip if it is not needed"),
    "intake.undecided": (
        "对应表中此列还没有确定（以 ? 开头）；请改为对应的列，不需要的写 skip",
        "this heading is still undecided in the map (it begins with ?); write the column, or skip"),
    "intake.headings_gone": (
        "对应表中的这些列，表里没有（始终为空的列可以没有）：{headings}",
        "the map names headings that the sheet has not (a column that is always empty may be missing): {headings}"),
    "intake.no_heading": (
        "没有任何一列对应到这里（{name}），而它不能为空；请在对应表中补上，或写一行不带列名的固定值",
        "no heading goes there ({name}), and it must not be empty; add one to the map, or a row without heading: a "
        "fixed value"),
    "intake.serial": (
        "日期是 Excel 的日序数（{count} 格），已按日期读入；请抽查",
        "{count} {count:date stands/dates stand} as the number of a day in Excel and {count:was/were} read as such; "
        "look at some"),
    # the map, names, numbers
    "intake.map_header": ("第一行应为：{expected}", "the first line should be: {expected}"),
    "intake.map_column": (
        "没有这一列；应为“表.列”或“表:序号.列”，表为：{expected}；不需要的写 skip",
        "no such column; write table.column or table:slot.column, with one of the tables {expected}, or skip"),
    "intake.map_heading": (
        "缺少列名；不带列名的行只能是固定值（meaning 不为空，value 为空）或略过整张表（skip）",
        "the heading is missing; a row without one is a fixed value (a meaning, no value) or skips a sheet"),
    "intake.map_meaning": (
        "这个值的意思还没有确定；请写明意思，当作空白的写 empty",
        "the meaning of this value is undecided; write it, or empty for none"),
    "intake.map_constant": ("此列不能填这个固定值", "this fixed value cannot stand in its column"),
    "intake.map_there": (
        "此文件已经存在，没有改动；请换一个文件名，或先移走它",
        "this file is there already and was left as it is; choose another name, or move it away"),
    "intake.alias": (
        "应为 kind（学校、学区）、name、id 三项齐全",
        "kind (school or zone), name and id are expected, none empty"),
    "intake.ids": (
        "编号登记表损坏：照此会给出与以往不同的编号；请恢复备份",
        "the table of numbers is damaged, and other numbers than before would be given; restore it from a copy"),
    "intake.workbook_there": (
        "文件夹中这张表是 .xlsx；录入写出的是 .csv，请先移走它",
        "this table is there as .xlsx, and intake writes .csv; move it away first"),
    "intake.not_compared": (
        "现有的表无法读取，不能说明会改动什么；请先移走它",
        "the table that is there cannot be read, so that nobody could tell what changes; move it away first"),
    # what is told
    "intake.what_is_wrong": ("问题", "what is wrong"),
    "intake.count": (
        "{sheet}：读入 {read} 行 = 接受 {accepted} 行 + 不接受 {refused} 行",
        "{sheet}: {read} {read:row/rows} read = {accepted} accepted + {refused} refused"),
    "intake.passed.title": (
        "  略过标题 {count} 行（第 {rows} 行）",
        "  passed over above the headings: {count} {count:row/rows} ({rows})"),
    "intake.passed.headings": (
        "  略过重复的列名 {count} 行（第 {rows} 行）",
        "  passed over, headings again: {count} {count:row/rows} ({rows})"),
    "intake.passed.total": (
        "  略过合计 {count} 行（第 {rows} 行）",
        "  passed over, totals: {count} {count:row/rows} ({rows})"),
    "intake.passed.remark": (
        "  略过备注 {count} 行（第 {rows} 行）",
        "  passed over, remarks: {count} {count:row/rows} ({rows})"),
    "intake.left_out": ("{sheet}：按对应表略过", "{sheet}: left out, as the map says"),
    "intake.table": ("{table}：{count} 行", "{table}: {count} {count:row/rows}"),
    "intake.table_first": (
        "{table}：{count} 行（新表，以前没有）",
        "{table}: {count} {count:row/rows} (a new table)"),
    "intake.match": (
        "  编号 {id}（{kind}，依据 {by}）：{sheet} 第 {line} 行，与 {first} 相同",
        "  number {id} ({kind}, by {by}): {sheet} line {line}, the same as {first}"),
    "intake.number.applicant_id": ("学生", "child"),
    "intake.number.family": ("家庭", "family"),
    "intake.number.guardian": ("监护人", "guardian"),
    "intake.number.home": ("住房", "home"),
    "intake.number.book": ("户口簿", "household register"),
    "intake.number.bundle": ("多胞胎", "bundle"),
    "intake.number.holder": ("产权人", "holder of a title"),
    "intake.by.card": ("身份证号", "card"),
    "intake.by.name_telephone": ("姓名和电话", "name and telephone"),
    "intake.by.name": ("姓名、出生日期和监护人", "name, birth date and guardian"),
    "intake.by.address": ("住址", "address"),
    "intake.by.number": ("平台编号", "the platform's number"),
    "intake.by.text": ("表中写法", "what the sheet says"),
    "intake.matches": (
        "与以往或前面各行相同的编号 {count} 个：",
        "{count} {count:number was/numbers were} given before:"),
    "intake.more": ("  还有 {count} 项", "  and {count} more"),
    "intake.changes": ("将改动 {count} 处：", "{count} {count:change/changes}:"),
    "intake.no_changes": ("与现有的表没有不同。", "nothing differs from the tables that are there."),
    "intake.new": ("  {table} {key}：新增", "  {table} {key}: new"),
    "intake.would_go": (
        "导出文件中已没有这名学生，写入会把他从表中删除；请一次写明全部导出文件，确需删除时加 --remove",
        "is not in the export any more and would be dropped; name all files of the export at once, or say --remove"),
    "intake.gone": ("  {table} {key}：删除", "  {table} {key}: gone"),
    "intake.changed": (
        "  {table} {key} {column}：“{before}”改为“{after}”",
        "  {table} {key} {column}: “{before}” becomes “{after}”"),
    "intake.dry": (
        "以上只是预演，没有写出任何表。确认后加 --write 写出。",
        "This was a dry run; no table was written. To write them, add --write."),
    "intake.written": ("已写出：{files}", "written: {files}"),
    "intake.faults_book": (
        "逐行标明问题的副本：{path}（仅本人可读，含个人信息，用后请删除）",
        "a copy with what is wrong in each row: {path} (for the owner only; it names persons, delete it after use)"),
    "intake.proposed": (
        "已写出对应表 {file}：列名 {headings} 个，其中待确定 {undecided} 个；待确定的值 {values} 个。"
        "请逐行核对，把 ? 改为确定的内容，再用 --columns 录入。",
        "{file}: a map of {headings} {headings:heading/headings}, {undecided} of them undecided, and of {values} "
        "{values:value/values} to decide. Check every row, replace what begins with ?, then take it in with --columns.",
    ),
    "intake.needs_map": (
        "请写 --columns 对应表；还没有时，用 --propose 先生成一份",
        "give the map with --columns; where there is none yet, have one proposed with --propose"),
    "intake.no_exports": ("没有写要录入的文件", "no file to take in was named"),
}
