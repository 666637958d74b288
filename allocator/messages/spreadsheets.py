"""Texts (zh, en) of faults in spreadsheets: what a person would take as not there, or as also there."""

TEXTS: dict[str, tuple[str, str]] = {
    "sheet.not_xlsx": ("不是有效的 .xlsx 文件", "this is no valid .xlsx workbook"),
    "sheet.old_or_locked": (
        "这是旧版 .xls 文件或设有密码；请另存为不带密码的 .xlsx",
        "this is an old .xls workbook or has a password; save it as .xlsx without one"),
    "sheet.unsafe": (
        "文件结构异常，拒绝打开（{reason}）；请在 Excel 或 WPS 中新建工作簿，只粘贴数值",
        "the workbook is built in an unusual way and is not opened ({reason}); paste the values into a new workbook"),
    "sheet.unreadable": ("无法读取工作簿：文件损坏或过大", "the workbook cannot be read: it is damaged or too large"),
    "sheet.several": (
        "除第一张工作表外，工作表“{sheet}”也有内容；请只保留一张",
        "not only the first sheet holds data, “{sheet}” does too; keep one sheet"),
    "sheet.several_hidden": (
        "隐藏的工作表“{sheet}”也有内容；请取消隐藏，核对后只保留一张",
        "the hidden sheet “{sheet}” holds data too; show it, look at it, and keep one sheet"),
    "sheet.hidden": (
        "第一张工作表“{sheet}”是隐藏的；请取消隐藏并核对内容",
        "the first sheet, “{sheet}”, is hidden; show it and look at it"),
    "sheet.merged": (
        "有合并的单元格（{count} 处）：{places}。合并区域只有第一格有值，其余各格读作空白；请取消合并，逐行填写",
        "cells are merged in {count} {count:place/places}: {places}. Only the first cell of a range holds the value, "
        "the others are empty; unmerge them and fill in every row"),
    "sheet.hidden_rows": (
        "有内容的行被隐藏或筛选掉（{count} 行）：{places}。屏幕上看不到，程序却会读入；"
        "请取消隐藏、清除筛选，核对后保留或删除",
        "{count} {count:row with content is/rows with content are} hidden or filtered out: {places}. Nobody sees "
        "{count:it, yet it/them, yet they} would be read; show all rows, then keep or delete {count:it/them}"),
    "sheet.hidden_columns": (
        "隐藏的列中有内容（{count} 格）：{places}。屏幕上看不到，程序却会读入；请取消隐藏，核对后保留或清空",
        "hidden columns hold {count} {count:cell/cells}: {places}. Nobody sees them, yet they would be read; show the "
        "columns, then keep or clear them"),
    "sheet.struck": (
        "有内容带删除线（{count} 格）：{places}。程序读不出删除线；请真正删除，或去掉删除线",
        "{count} {count:cell is/cells are} struck through: {places}. The program cannot tell what was meant; delete "
        "the content, or take away the line"),
    "sheet.unseen": (
        "有看不见的内容（文字与底色相同，或格式为 ;;;；{count} 格）：{places}。"
        "请改为可见的颜色和格式，核对后保留或删除",
        "{count} {count:cell/cells} cannot be seen (in the colour of the cell, or format ;;;): {places}. Make "
        "{count:it/them} visible, then keep or delete {count:it/them}"),
    "sheet.other_number": (
        "数字的显示与实际值不同（百分比或千位缩放；{count} 格）：{places}。请把格式设为“常规”，再核对数值",
        "{count} {count:number is shown as another/numbers are shown as others} (in percent, or in thousands): "
        "{places}. Set the format to General and look at the values"),
    "warn.sheet_notes": (
        "工作簿有批注（{count} 处：{places}），程序不读批注；请确认其中没有应填入单元格的内容",
        "there {count:is/are} {count} {count:note/notes}, at {places}; notes are not read: see whether one says what "
        "a cell should hold"),
    "warn.sheet_drawing": (
        "工作簿有文本框或图形文字（{count} 处），程序不读；请确认其中没有应填入单元格的内容",
        "there is text in {count} {count:drawing or text box/drawings or text boxes}, which is not read: see whether "
        "it says what a cell should hold"),
    "warn.sheet_conditional": (
        "条件格式会把符合条件的单元格加上删除线或隐去（{places}），程序不判断条件；"
        "请逐格核对：应删除的真正删除，再清除条件格式",
        "a conditional format strikes through or hides cells for which its condition holds ({places}); conditions are "
        "not judged: look at the cells, delete what is to go, then clear the format"),
    "sheet.empty": ("工作簿没有工作表", "the workbook has no sheet"),
    "sheet.formula": ("单元格为公式；请以“数值”方式粘贴", "the cell is a formula; paste it as a value"),
    "sheet.error_value": ("单元格为错误值（如 #N/A）", "the cell holds an error value such as #N/A"),
    "sheet.number_in_text": (
        "此列须为文本，而单元格是数字；请将整列设为“文本”格式后重新填写",
        "text expected, found a number; format the column as text and enter the values again"),
    "frame.expected": ("应为 pandas.DataFrame", "expected a pandas.DataFrame"),
    "sheet.wrong_type": (
        "此列不能是日期或逻辑值；请将整列设为“文本”格式后重新填写",
        "a date or truth value cannot stand here; format the column as text and enter the values again"),
}
