"""Texts (zh, en) of the help of ``allocator book show``."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.book.show": (
        "一户的全部情况，供答复家长：学位及来由、排队位次、各项标记、涉及该户的每条记录。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book show summer T23-000015 --by office-1\n"
        "  allocator book show summer L0001 --by office-1 --names\n"
        "\n"
        "报名户编号、学生报名号、补报名的 L 编号都可以。每次查看都记入查阅记录；姓名默认隐去中间的字。",
        "All about one party, to answer its family: seat and how it came, places in queues, marks, every event that "
        "touched it.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator book show summer T23-000015 --by office-1\n"
        "  allocator book show summer L0001 --by office-1 --names\n"
        "\n"
        "The id of a party, of a child, or of a late family. Every look is noted in the access log; names are masked "
        "unless asked for."),
    "help.book.show.names": ("显示姓名全称（记入查阅记录）。", "Show names in full; noted in the access log."),
}
