"""Texts (zh, en) of the help of ``allocator book access`` and ``book purge``."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.book.access": (
        "查看谁在什么时间查阅、导出过姓名等个人信息（仅限办公室和领导小组）。本次查看也会记入。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book access summer --by u-1",
        "Show who looked at names or took them away, when, and of what (office and group alone). This look is noted "
        "too.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator book access summer --by u-1"),
    "help.book.access.by": ("查看人（人员编号）。", "Who looks: a person of persons.csv."),
    "help.book.purge": (
        "保存期限（政策 office: retain_until）届满后，清除案卷中的姓名、报名材料和内部名单，并留下清单"
        "（文件、SHA-256、大小、日期）。案卷记录、封存名册、公布名单和摇号记录保留，案卷此后只能查看。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book purge summer --by u-1\n"
        "\n"
        "备份和另存的文件不在此列；删除不等于不可恢复的擦除。中断后再运行一次即可继续。",
        "Once their time is over (policy, office: retain_until) remove names, evidence and restricted lists from a "
        "book, with a record of what went (file, SHA-256, size, day). Journal, frozen roster, public lists and "
        "transcript stay, and the book can only be looked at from then on.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator book purge summer --by u-1\n"
        "\n"
        "Backups and files kept elsewhere are not among them; to delete is not to wipe. One that was cut short goes on "
        "when it is run again."),
    "help.book.purge.by": ("经办人（人员编号）。", "Who purges: a person of persons.csv."),
    "help.book.purge.wait": (
        "案卷正被使用时，最多等待几秒。",
        "How many seconds to wait while somebody else works in the book.",
    ),
    "help.book.purge.yes": ("不再询问。", "Do not ask."),
}
