"""Texts (zh, en) of verifying an output folder: files, the workbook cell by cell, and what was not verified."""

TEXTS: dict[str, tuple[str, str]] = {
    "verify.not_verified": (
        "以下内容未核验，或仅凭此文件夹无法核验：",
        "not verified, or not to be verified by this folder alone:"),
    "verify.added": ("不是运行时写出的文件，未核验其内容", "no run wrote this file; its content was not verified"),
    "verify.renamed": ("文件被改名，原名为 {was}", "renamed; a run calls it {was}"),
    "verify.key_twice": (
        "同一个键出现两次，不同的读取程序会读到不同的值",
        "a key that stands twice: one reader sees the first value, another the last"),
    "workbook.sheets": (
        "工作表的名称或顺序不同，应为：{expected}",
        "other sheets, or in another order; expected: {expected}"),
    "workbook.hidden": ("工作表的隐藏状态被改动", "the sheet was hidden or shown"),
    "workbook.cell": (
        "单元格与名单不符，应为“{expected}”",
        "the cell is not what the list implies; expected “{expected}”"),
    "workbook.part": ("工作簿中多出或缺少的部分", "a part that lists do not have, or that is missing"),
    "workbook.words_part": (
        "合并单元格、页眉页脚、筛选或条件格式被改动",
        "merged cells, headers, footers, filters or conditional formats were changed"),
    "workbook.hidden_part": ("有行或列被隐藏", "rows or columns were hidden"),
    "workbook.names": (
        "工作簿中定义的名称（打印区域等）或外部引用被改动",
        "defined names (areas for printing) or links to other workbooks were changed"),
    "workbook.format": ("数字的显示格式被改动", "formats of numbers were changed"),
    "workbook.more": ("另有 {count} 处不符", "and {count} more {count:difference/differences}"),
    "cutoffs.cell": (
        "录取线与名单不符，应为“{expected}”",
        "not what the list implies; expected “{expected}”"),
    "cutoffs.line_missing": ("录取线缺少一行：{expected}", "a line is missing here: {expected}"),
    "cutoffs.line_added": ("录取线多出一行", "a line that the list does not imply"),
    "cutoffs.form": (
        "各单元格与名单相符，但文件被改动（换行符、编码或文件结尾）",
        "all cells are what the list implies, but the file was changed (line ends, encoding or its end)"),
    "cutoffs.more": ("另有 {count} 处不符", "and {count} more {count:difference/differences}"),
    "unverified.transcript": (
        "请另行核对摇号编号和随机种子与当场公布的一致",
        "compare its event and seed with those published on the day"),
    "unverified.trial": (
        "试运行：政策和名册没有公布的校验值可以核对",
        "a trial: no published digests bind the policy and the tables"),
    "unverified.versions": (
        "程序和库的版本仅为运行时所记",
        "versions of program and libraries are only what the run said"),
    "unverified.inputs": (
        "原始文件的名称和校验值仅为运行时所记",
        "names and digests of the office's own files are only what the run said"),
    "unverified.engines": (
        "用了哪些计算方法、是否一致，仅为运行时所记；名单本身已由独立检查程序重新核验",
        "which engines ran and that they agreed is only what the run said; the checker judged the list anew"),
    "unverified.names": ("姓名和性别不在摇号封存的内容之内", "names and sexes are not among what the transcript binds"),
    "unverified.looks": (
        "只核对内容，未核对字体、颜色、列宽和文档属性",
        "its content was compared, not its fonts, colours, widths and document properties"),
    "unverified.relations": (
        "这两列不是证明的一部分，未重新计算",
        "these columns are no part of the proof and were not computed anew"),
    "unverified.figures": (
        "除目标值、上界、学位边际效用和是否证明外，其余数字未重新计算",
        "its figures were not computed anew, but for objective, bound, gap, prices and whether it is proven"),
    "unverified.absent": ("此文件夹中没有，未核验", "not in this folder, not verified"),
    "unverified.stray": ("文件管理器留下的文件，未查看", "left by a file browser, not looked at"),
}
