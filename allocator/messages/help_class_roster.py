"""Texts (zh, en) of the help of ``allocator classes roster``."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.classes.roster": (
        "由录取名单编制编班名册：class-roster.csv（不含姓名），以及供办公室使用的同名、同音学生表。\n"
        "\n"
        "BOOK 是招生案卷，或 allocator run 写出的录取结果文件夹。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator classes roster summer --pupils pupils.xlsx --out classes\n"
        "  allocator classes roster summer --pupils pupils.csv --school xincheng-1 --leave-out n3 --out classes",
        "Make the class roster of whom the schools admitted: class-roster.csv, without names; and for the office who "
        "is named alike.\n"
        "\n"
        "BOOK is a case book, or the folder that allocator run wrote.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator classes roster summer --pupils pupils.xlsx --out classes\n"
        "  allocator classes roster summer --pupils pupils.csv --school xincheng-1 --leave-out n3 --out classes"),
    "help.classes.roster.pupils": (
        "编班信息表（内部资料，CSV 或 xlsx）：报名号、性别、成绩、就读方式、同班组、不同班组。",
        "Table of pupils, restricted (CSV or xlsx): id, sex, score, track, together, apart."),
    "help.classes.roster.persons": (
        "学生信息表；不写则为 BOOK 中的 restricted/persons.csv。",
        "Table of persons; restricted/persons.csv of BOOK where it is not given."),
    "help.classes.roster.grade": (
        "年级：1 或 7；一年级的编班信息表不得有成绩。",
        "Grade; in grade 1 the table of pupils may hold no score."),
    "help.classes.roster.schools": ("只编这所学校；可写多次。", "Only this school; may be given more than once."),
    "help.classes.roster.rule": (
        "哪些姓名须不同班：同音（含同名）、只同名、不比较。",
        "Which names are kept apart: alike in sound (equal ones among them), equal, none."),
    "help.classes.roster.left_out": (
        "不用这个姓名组，如 n3；可写多次。",
        "A group of names that is not used, e.g. n3; may be given more than once."),
    "help.classes.roster.out": (
        "输出文件夹；不写则在 BOOK 旁边，名为 BOOK-classes。",
        "Output folder; BOOK-classes beside BOOK where it is not given."),
    "help.classes.roster.replace": (
        "封存之前，替换已有的另一份名册。",
        "Before the freeze, replace another roster that is there."),
}
