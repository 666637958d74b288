"""Texts (zh, en) of the cells and rows of an export: what an intake refuses, and what it would change."""

TEXTS: dict[str, tuple[str, str]] = {
    # cells
    "intake.date": (
        "不是可读的日期；应为 2023-06-01、2023/6/1、2023年6月1日 或 20230601",
        "no date that can be read; expected 2023-06-01, 2023/6/1 or 20230601"),
    "intake.no_such_day": ("没有这一天", "there is no such day"),
    "intake.time": ("应为日期和时间，如 2023-07-28 09:00:00", "a date and time expected, such as 2023-07-28 09:00:00"),
    "intake.whole": ("应为整数", "a whole number is expected"),
    "intake.share": (
        "应为大于 0、不超过 100 的百分比，最多两位小数",
        "a share in per cent is expected, above 0, at most 100, with two decimals at most"),
    "intake.yes_or_no": ("应为 是 或 否（有、无也可以）", "yes or no is expected"),
    "intake.word": (
        "没有这个词，应为：{expected}；最接近的是：{nearest}（也可以在对应表中说明它的意思）",
        "unknown word, expected one of: {expected}; nearest: {nearest} (or say in the map what it means)"),
    "intake.no_school": (
        "没有这所学校；最接近的是：{nearest}（曾用名、简称请写入 aliases.csv；一名两校的不算）",
        "no such school; nearest: {nearest} (former and short names go into aliases.csv; a name of two is none)"),
    "intake.no_zone": (
        "没有这个学区；最接近的是：{nearest}（曾用名、简称请写入 aliases.csv）",
        "no such zone; nearest: {nearest} (former and short names go into aliases.csv)"),
    "intake.lost_digits": (
        "数字超过 15 位，Excel 已改动末尾的数字，无法恢复；请从平台按“文本”格式重新导出此列",
        "a number of more than fifteen digits: the spreadsheet has changed the last ones; export the column as text"),
    "intake.long_number": (
        "连续 15 位以上的数字不能作编号",
        "a number with fifteen or more digits in a row cannot be an id"),
    "intake.card_form": (
        "不是 18 位身份证号，也不是护照或通行证号",
        "neither an identity card of 18 signs nor a passport"),
    "intake.card_date": ("身份证号中的出生日期不存在", "the card holds a birth date that does not exist"),
    "intake.card_check": (
        "身份证号的校验码不对，有数字录错",
        "the check digit of the card is wrong: a digit was mistyped"),
    "intake.merged_across": (
        "这一行有横向合并的单元格（{places}），看不出哪一列是什么；请取消合并",
        "cells of this row are merged across columns ({places}), so that nobody can tell them apart; unmerge them"),
    "intake.two_headings": (
        "这一列与“{other}”都对应到同一处，但内容不同",
        "this column and “{other}” go to the same place and differ"),
    # rows
    "intake.contradicts": (
        "与 {first} 行矛盾：{table} 的 {name} 那里是“{other}”",
        "contradicts {first}: there {name} of {table} is “{other}”"),
    "intake.same_row": (
        "同一学生出现不止一行，内容相同，已合为一行（{count} 行）：{rows}",
        "{count} {count:row tells/rows tell} of a child again what an earlier row said, and {count:is/are} taken once: "
        "{rows}"),
    "intake.twice": (
        "疑似同一学生报名两次：姓名、出生日期、住房、监护人（或身份证号）与 {other} 相同；请核对",
        "perhaps one child twice: name, birth date, home and guardian (or the card) are those of {other}; look at both",
    ),
    "intake.family_near": (
        "同一监护人在 {count} 个家庭中：{families}；如属一家，请在导出的表中补齐监护人，或加家庭编号",
        "one guardian is in {count} {count:family/families}: {families}; if they are one, name the same guardians in "
        "each row, or add a column with the family's number"),
    "intake.card_birth": (
        "出生日期与身份证号不一致；请核对",
        "the birth date is not that of the card; look at both"),
    "intake.card_sex": ("性别与身份证号不一致；请核对", "the sex is not that of the card; look at both"),
    "intake.small_share": (
        "产权比例不超过 1（{count} 处），已按百分之几读入；原表中 0.5、1 如指 50%、100%，请改为百分比",
        "{count} {count:share is/shares are} 1 or less and {count:is/are} read in per cent; where 0.5 or 1 stands for "
        "50 or 100 per cent, write it so"),
    "intake.leading_zeros": (
        "与 {other} 只差前面的 0；可能是表格软件去掉了 0",
        "differs from {other} in leading zeros only; a spreadsheet may have dropped them"),
}
