"""Texts (zh, en) of faults in input files: what is wrong and what was expected."""

REASONS: dict[str, str] = {
    "No such file or directory": "文件或文件夹不存在",
    "Is a directory": "这是文件夹，不是文件",
    "Not a directory": "路径中有一部分不是文件夹",
    "Permission denied": "没有权限",
    "Operation not permitted": "系统不允许此操作",
    "File exists": "文件已存在",
    "No space left on device": "磁盘空间不足",
    "Read-only file system": "磁盘为只读",
    "File name too long": "文件名过长",
    "Input/output error": "读写出错",
}
"""What an operating system says of a file, in Chinese."""

TEXTS: dict[str, tuple[str, str]] = {
    "fault.row": (" 第{row}行", " line {row}"),
    "fault.column": ("，列 {column}", ", {column}"),
    "fault.value": ("，值「{value}」", ", value {value!r}"),
    "fault.more": ("此类错误另有 {count} 处，不再逐一列出", "and {count} more of this kind, not told one by one"),
    # folder and files
    "folder.missing": ("文件夹不存在", "this folder does not exist"),
    "file.missing": ("缺少文件，应有：{expected}", "this file is missing, expected: {expected}"),
    "file.missing_but": (
        "缺少文件，应有：{expected}；文件夹中有 {found}，请改名或另存为应有的格式（注意大小写）",
        "this file is missing, expected: {expected}; {found} is there: rename it or save it in that format"),
    "file.workbook": (
        "这是 Excel 工作簿，不是 CSV 文本；请把文件名改为 .xlsx，或另存为“CSV UTF-8”",
        "this is an Excel workbook and no CSV text; name it .xlsx, or save it as “CSV UTF-8”"),
    "file.both": (
        "同一张表有两个文件，请只保留一个：{expected}",
        "this table is there twice, keep one file of: {expected}"),
    "file.unreadable": ("无法读取文件：{reason}", "the file cannot be read: {reason}"),
    "file.not_ordinary": (
        "这不是普通文件（而是管道、设备等），不读取",
        "this is no ordinary file but a pipe, a device or the like, and is not read"),
    "file.too_large": ("文件过大，最多 {most} 字节", "the file is too large, at most {most} bytes are read"),
    "file.too_many_lines": ("行数过多，最多 {most} 行", "there are too many lines, at most {most} are read"),
    "file.long_line": (
        "有一行超过 {most} 字节，不是这样的表格",
        "a line is longer than {most} bytes: this is no such table"),
    "table.too_many_columns": (
        "列数过多：{found} 列，最多 {most} 列",
        "there are {found} columns, at most {most} are read"),
    "file.empty": ("文件为空", "the file is empty"),
    "file.nul": (
        "文件含空字符（NUL），不是 CSV 文本；请另存为“CSV UTF-8”",
        "the file holds NUL characters and is no CSV text; save it as “CSV UTF-8”"),
    "file.utf16": (
        "文件为 UTF-16 或 UTF-32 编码；请另存为“CSV UTF-8”",
        "the file is in UTF-16 or UTF-32; save it as “CSV UTF-8”"),
    "file.encoding": (
        "无法用下列编码读取：{tried}；请另存为“CSV UTF-8”",
        "the file cannot be read as {tried}; save it as “CSV UTF-8”"),
    "file.mixed": (
        "文件中混有两种编码：第 {utf8} 行有 UTF-8 的文字，第 {others} 行有其他编码的文字；请把各部分按各自的编码打开，"
        "合并后另存为“CSV UTF-8”；如确认全部是 GB18030，请用 --encoding gb18030",
        "two encodings in one file: words in UTF-8 on line {utf8}, in another encoding on line {others}; open each "
        "part in its own encoding and save them together as “CSV UTF-8”; if you are sure that all of it is GB18030: "
        "--encoding gb18030"),
    "file.unknown_encoding": ("不支持的编码，可用：{expected}", "encoding not supported, expected one of: {expected}"),
    "file.csv": (
        "CSV 格式错误：引号没有成对，或单元格过长；此行之后未读取",
        "not valid CSV: a quote is not closed, or a cell is too long; nothing after this line was read"),
    # headings and rows
    "table.no_headings": (
        "第一行没有可识别的列名，应为（以逗号分隔）：{expected}",
        "the first row holds no known heading, expected (between commas): {expected}"),
    "table.missing_column": (
        "缺少“{chinese}”列（没有数据也要保留空列；英文列名为 {name}）",
        "column {name} ({chinese}) is missing"),
    "table.unknown_column": (
        "有不认识的列“{column}”，请删除该列（可用的列：{expected}）",
        "unknown column “{column}”, delete it; expected only: {expected}"),
    "table.unnamed_column": ("此列没有列名", "this column has no heading"),
    "table.repeated_column": ("列重复", "this column is there twice"),
    "table.number_of_cells": (
        "单元格数应为 {expected}，实为 {found}",
        "{expected} {expected:cell/cells} expected, found {found}"),
    "table.no_rows": ("只有列名，没有数据", "there are headings but no rows"),
    # single cells
    "cell.empty": ("不能为空", "must not be empty"),
    "cell.formula": (
        "不能以 = + - @ 或制表符开头（电子表格会当作公式）",
        "must not begin with = + - @ or a tab (spreadsheets take it for a formula)"),
    "cell.control_character": ("含换行、制表符或其他控制字符", "holds a line break, tab or other control character"),
    "cell.invisible_character": (
        "第 {at} 个字符是看不见的字符（{character}），屏幕上看不出，程序却会当作不同的内容；"
        "请删除此单元格的内容，重新输入",
        "character {at} cannot be seen ({character}), yet makes it another text; delete the cell and type it anew"),
    "cell.private_use": (
        "第 {at} 个字符是造字（自定义字符，{character}），只在造字的那台电脑上能正确显示；"
        "请用现行输入法重新输入（可能是：{likely}）",
        "character {at} is one of the private area ({character}), drawn on one machine only; type it anew (it may "
        "stand for: {likely})"),
    "cell.lost_character": (
        "第 {at} 个字符在以前另存文件时已经丢失（显示为 �）；请对照原件重新输入",
        "character {at} was lost when the file was saved before (it shows as �); type it anew from the original"),
    "cell.identity_number": (
        "疑似身份证号码；任何文件都不得出现身份证号码，请使用系统给出的编号",
        "looks like an identity card number; none may stand in any file, use the ids given by the system"),
    "cell.too_long": ("内容过长", "the text is too long"),
    "id.characters": (
        "编号应为 1 至 32 个英文字母、数字或连字符（-）",
        "an id of 1 to 32 letters a-z, digits or hyphens is expected"),
    "id.repeated": ("编号重复，已见于第{first}行", "this id stands already in line {first}"),
    "list.characters": (
        "应为以分号（;）分隔的编号，每个编号为 1 至 32 个英文字母、数字或连字符（-）",
        "ids joined by ; are expected, each of 1 to 32 letters a-z, digits or hyphens"),
    "list.empty_item": ("分号（;）前后缺少编号", "an id is missing before or after a ;"),
    "list.repeated": ("同一编号列出两次", "this id is listed twice"),
    "category.unknown": ("没有此类别，应为：{expected}", "unknown category, expected one of: {expected}"),
    "status.unknown": ("没有此状态，应填：{expected}", "unknown status, expected one of: {expected}"),
    "sex.unknown": ("应填：{expected}，或不填", "expected one of {expected}, or nothing"),
    "zone.unknown": (
        "zones 表中没有此学区；应填 zones 表 zone（学区）列中的编号",
        "this zone is not in the table of zones; an id from its column zone is expected"),
    "school.unknown": (
        "schools 表中没有此学校；应填 schools 表 school_id（学校编号）列中的编号",
        "this school is not in the table of schools; an id from its column school_id is expected"),
    "column.no_round": (
        "政策没有使用此列的环节，应为空",
        "the policy has no such round: no phase reads this column, expected nothing here"),
    # seats and places
    "school.reserved_id": ("该编号是系统保留名，不能作文件名", "Windows keeps this name for a device; lists are files"),
    "school.id_differs_by_case": (
        "与学校编号 {other} 只有大小写不同，名单文件会相互覆盖",
        "differs from {other} in capitals only; their lists would be one file on some systems"),
    "school.jurisdiction": ("应填：{expected}", "expected one of: {expected}"),
    "seats.not_whole": ("应为整数，如 45", "a whole number such as 45 is expected"),
    "seats.negative": ("学位数不能为负", "seats cannot be negative"),
    "seats.fraction": ("学位数不能是小数", "seats cannot be a fraction"),
    "seats.too_many": ("学位数过大，最多 1000000", "too many seats, at most 1000000 are expected"),
    "seats.no_plan": ("本区学校须填写招生计划", "a school of this authority needs a plan"),
    "seats.external": ("外区学校（external）不能填写学位数", "an external school has no seats here, expected nothing"),
    "seats.cap_below_plan": ("最大容量小于招生计划 {plan}", "the hard cap is below the plan of {plan}"),
    "seats.offered_above_plan": (
        "两次自愿报名学位合计 {offered}，超过招生计划 {plan}",
        "{offered} {offered:seat is/seats are} offered in the two rounds, more than the plan of {plan}"),
    "place.not_decimal": (
        "坐标应为以米计的十进制数，整数部分不超过 9 位",
        "a coordinate in metres is expected: a decimal number with at most 9 digits before the point"),
    "place.half": (
        "已填 {given}（{value}），此坐标也须填写",
        "{given} is given ({value}), so this coordinate must be too"),
    "place.school_needed": (
        "学校 {school} 接收分流学生，按距离分流时须填写坐标",
        "school {school} receives diverted children and needs coordinates, as distances decide"),
    "place.home_needed": (
        "按距离分流时须填写住址坐标",
        "coordinates of the home are needed, as distances decide the diversion"),
    # zones, registered schools, choices, decisions
    "zone.dual_is_own": ("双学区学校不能是学区自己的对口学校", "the zone's own school cannot be a dual one"),
    "registered.missing": (
        "双学区 {zone} 须选择登记学校：{expected}",
        "the zone {zone} is dual, a registered school is expected: {expected}"),
    "registered.elsewhere": (
        "双学区 {zone} 只能登记：{expected}",
        "children of the dual zone {zone} may register only at: {expected}"),
    "registered.zone": ("学区 {zone} 不是双学区，应为空", "the zone {zone} is not dual, expected nothing here"),
    "registered.category": (
        "{category} 类不能选择登记学校，应为空",
        "children of category {category} do not choose a registered school, expected nothing here"),
    "voluntary.category": (
        "{category} 类不能自愿报名，只限：{expected}",
        "category {category} has no voluntary choice, only: {expected}"),
    "voluntary.zone": (
        "学区 {zone} 不在本次自愿报名范围内，只限：{expected}",
        "zone {zone} is no tier of this round, only: {expected}"),
    "voluntary.school": ("本次自愿报名只能选：{expected}", "in this round only these may be chosen: {expected}"),
    "voluntary.own_zone": (
        "这是住址所在学区 {zone} 的学校，不能自愿报名",
        "this is the school of zone {zone} in which the child lives and cannot be chosen"),
    "open_choice.school": (
        "面向全区招生的学校只有：{expected}",
        "only these schools are open to all zones: {expected}"),
    "decision.external": (
        "该校由外区招生，不能列入本区批准决定",
        "an external school admits by itself, a decision cannot name it"),
    "bundle.size": ("一组多胞胎应有 2 至 9 名学生，实为 {size}", "a bundle has 2 to 9 children, found {size}"),
    "bundle.differs": (
        "与同一组多胞胎（{bundle}）第{first}行不一致，应为：{expected}",
        "differs from line {first} of the same bundle {bundle}, expected: {expected}"),
    # names in the policy
    "policy.unknown_school": ("schools 表中没有此学校", "this school is not in the table of schools"),
    "policy.unknown_zone": ("zones 表中没有此学区", "this zone is not in the table of zones"),
}
