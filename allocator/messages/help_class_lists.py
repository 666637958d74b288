"""Texts (zh, en) of the help of ``allocator classes lists``."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.classes.lists": (
        "编班名单：学校用（全名、性别、班级，内部资料）、公布用（报名号、隐名、班级）、签字表（一式三份）。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator classes lists placed --book summer\n"
        "  allocator classes lists placed --book summer --team-classes team-classes.csv --out final-lists",
        "Lists of a placement: for the school (full names, sex, class; restricted), for the public (number, masked "
        "name, class), and sheets to be signed, three copies.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator classes lists placed --book summer\n"
        "  allocator classes lists placed --book summer --team-classes team-classes.csv --out final-lists"),
    "help.classes.lists.book": (
        "名册所依据的案卷或录取结果文件夹：姓名、校名由此而来。",
        "Case book or run of which the roster was made: names of children and schools come from it."),
    "help.classes.lists.persons": (
        "学生信息表；不写则为 BOOK 中的 restricted/persons.csv。",
        "Table of persons; restricted/persons.csv of BOOK where it is not given."),
    "help.classes.lists.teams": (
        "班主任抽班结果 team-classes.csv；不写则名单注明尚未抽班。",
        "Classes that head teachers drew, team-classes.csv; without it lists say that class numbers are anonymous."),
    "help.classes.lists.late_file": (
        "晚到学生表 late.csv；补入的学生列入名单，签字表不变。",
        "Late children, late.csv: they are on the lists, but not on sheets that were signed."),
    "help.classes.lists.formats": ("文件格式；可写多次，不写则都要。", "Format; may be given more than once."),
    "help.classes.lists.out": (
        "输出文件夹；不写则在 OUT 旁边，名为 OUT-lists。",
        "Output folder; OUT-lists beside OUT where it is not given."),
    "help.classes.lists.replace": (
        "替换另一场摇号的名单。",
        "Replace the lists of another session."),
}
