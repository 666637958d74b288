"""Texts (zh, en) of the help of ``allocator book status`` and ``next``."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.book.status": (
        "案卷现在的情况：各批次状态和日期、学生人数、谁在等待、现在应办什么。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book status summer",
        "Where a book stands: rounds with their days, children, who waits, what is due.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator book status summer"),
    "help.book.next": (
        "现在应办什么，每项附上要输入的命令；大写的词要换成实际内容。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book next summer",
        "What is to be done now, each with the command to type; words in capitals are to be replaced.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator book next summer"),
}
