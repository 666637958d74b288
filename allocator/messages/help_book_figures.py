"""Texts (zh, en) of the help of the numbers and the calendar of a case book."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.book.calendar": (
        "各批次日程：已经发生的日期，以及尚未办理部分的计划日期；来不及的会说明。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book calendar summer --from 2023-07-28",
        "The days of all rounds: those that were, and those planned for what is to come; what cannot fit is said.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator book calendar summer --from 2023-07-28"),
    "help.book.calendar.begin": ("计划从这一天开始；不写时为今天。", "Plan from this day on; otherwise from today."),
    "help.book.calendar.end": (
        "全部批次应在这一天之前确认；不写时为入学年份的 8 月 31 日。",
        "Day by which all rounds should be confirmed; otherwise 31 August of the year."),
    "help.book.figures": (
        "案卷的数字：各校学位、按类别统计、学区内需求、下一批次需要多少学位和是否须摇号、"
        "分流时各校空余学位（两种口径）、学位缺口。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book figures summer\n"
        "  allocator book figures summer --out numbers",
        "The numbers of a book: seats by school, children by category, demand at home, what the next round needs and "
        "whether a draw is due, spare seats by both readings, the shortage.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator book figures summer\n"
        "  allocator book figures summer --out numbers"),
    "help.book.figures.out": (
        "把各表写入此文件夹（CSV 和 Excel）。", "Write the tables into this folder, as CSV and as a workbook."),
    "help.book.figures.replace": (
        "此文件夹中已有其他命令的结果时也予以替换。", "Replace the folder even if another command made it."),
}
