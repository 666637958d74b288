"""Texts (zh, en) of the help of ``allocator book lists``."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.book.lists": (
        "生成案卷现有的全部名单：预录取、公示、录取、变更名单（可以公布，姓名隐去中间的字），"
        "以及签字表、花名册、学籍建档、外区招生、分类上报（内部，仅本人可读）。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book lists summer\n"
        "  allocator book lists summer --round batch-A --lists zh --format pdf\n"
        "\n"
        "写入 summer/lists/event-0042（42 是案卷最后一条事件的编号），public 和 restricted 两个文件夹分开。"
        "校长签字用的校验值印在签字表上，也是同名 csv 文件的 SHA-256。",
        "Write the lists of a case book that exist now: pre-admission, publicity, admitted and changes (may be "
        "published, names masked); sheets to sign, school rolls, student records, other authorities, report by "
        "category (restricted, for the owner alone).\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator book lists summer\n"
        "  allocator book lists summer --round batch-A --lists zh --format pdf\n"
        "\n"
        "They go to summer/lists/event-0042 (42 being the number of the last event), public and restricted ones apart. "
        "The digest that a principal signs stands on the sheet, and is the SHA-256 of the csv of the same name."),
    "help.book.lists.round_": (
        "只写这一批次（如 batch-A、voluntary-1，或 decisions）的名单。",
        "Only the lists of this round (batch-A, voluntary-1, … or decisions)."),
    "help.book.lists.since": (
        "变更名单与案卷第几条之后的名单比较；不写时，从公示（或上次签字）起。",
        "Changes since this event; otherwise since the publicity, or the last signature."),
    "help.book.lists.formats": (
        "文件格式，可以写几次；不写时三种都写（PDF 需要可选组件 letters 和中文字体）。",
        "Format of the files, may be given several times; otherwise all three (PDF needs the extra 'letters' and a "
        "Chinese font)."),
    "help.book.lists.out": ("另写到此文件夹。", "Write into this folder instead."),
    "help.book.lists.by": (
        "经办人编号（persons.csv），记入查阅记录；不写时记本机账户名。",
        "Officer (persons.csv) of the access log; otherwise the name of this account."),
    "help.book.lists.objection": (
        "公示名单上的异议受理单位；不写时用政策中的 letters，都没有则留空待填。",
        "Where to object, on publicity lists; otherwise the policy's letters, else left blank."),
    "help.book.lists.telephone": (
        "公示名单上的电话；不写时同上。",
        "Telephone on publicity lists; otherwise likewise."),
}
