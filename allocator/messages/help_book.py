"""Texts (zh, en) of the help of ``allocator book``."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.book": (
        "管理一个学年的案卷：批次、公示、异议、放弃、补报名，逐条留痕，可以重算。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book open summer --by office-1\n"
        "  allocator book next summer\n"
        "  allocator book status summer\n"
        "\n"
        "一个夏天怎样一天一天地做：docs/office.zh.md。",
        "Keep the case book of a season: batches, publicity, objections, withdrawals, late families.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator book open summer --by office-1\n"
        "  allocator book next summer\n"
        "  allocator book status summer\n"
        "\n"
        "A whole summer day by day: docs/office.en.md."),
    "help.book.replay": (
        "由封存的表和 events.jsonl 重算整个案卷，写出各事件的结果、案卷记录、链头和录取结果。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book replay summer --out season",
        "Play events.jsonl of a folder with frozen tables; write outcomes, journal, head and assignment.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator book replay summer --out season"),
    "help.book.replay.out": ("输出文件夹。", "Output folder."),
    "help.book.replay.replace": ("即使已有公开摇号的结果也予以替换。", "Replace the result of a public draw."),
    "help.book.replay.trust_digests": (
        "不核对事件中的校验值（用于示范数据）。",
        "Compare no digest in the events with files; for data whose digests are stand-ins."),
}
