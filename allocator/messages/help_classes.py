"""Texts (zh, en) of the help of ``allocator classes``."""

_GRADE = (
    "年级：1 或 7；一年级的名册不得有分数。",
    "Grade; in grade 1 the roster may hold no score.",
)

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.classes": (
        "均衡编班：编制名册、预演、公开摇号编班、班主任抽班、补入晚到学生、核验、名单。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator classes roster summer --pupils pupils.xlsx --out classes\n"
        "  allocator classes rehearse classes\n"
        "  allocator classes transcript classes --event CLASS-1\n"
        "  allocator classes draw classes --transcript classes/transcript.txt --out placed\n"
        "  allocator classes verify placed\n"
        "  allocator classes lists placed --book summer",
        "Balanced classes: roster, rehearsal, public draw, head teachers, late arrivals, verification, lists.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator classes roster summer --pupils pupils.xlsx --out classes\n"
        "  allocator classes rehearse classes\n"
        "  allocator classes transcript classes --event CLASS-1\n"
        "  allocator classes draw classes --transcript classes/transcript.txt --out placed\n"
        "  allocator classes verify placed\n"
        "  allocator classes lists placed --book summer"),
    "help.classes.rehearse": (
        "编班预演：要求能否满足、平均分之差最小可为多少（由最优化软件证明），以及模拟种子下各步不符合要求的比例；"
        "并给出摇号记录要写的校验值。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator classes rehearse summer --grade 7",
        "Say what the demands allow (proven by CP-SAT), how trial seeds fare, and the digests for the transcript.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator classes rehearse summer --grade 7"),
    "help.classes.rehearse.grade": _GRADE,
    "help.classes.rehearse.seeds": ("模拟种子数。", "Trial seeds."),
    "help.classes.rehearse.time_limit": (
        "每校每类证明所用的最长时间（秒）。",
        "Seconds for the proofs of each school and track."),
    "help.classes.draw": (
        "由名册、班数表和摇号记录编班，写出 placement.csv 和 attempts.csv。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator classes draw summer --grade 7 --transcript transcript.txt --out placed",
        "Place pupils in classes from roster, classes and transcript; write placement.csv and attempts.csv.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator classes draw summer --grade 7 --transcript transcript.txt --out placed"),
    "help.classes.draw.grade": _GRADE,
    "help.classes.draw.transcript": ("编班摇号记录。", "Transcript of the session."),
    "help.classes.draw.time_limit": (
        "没有结果时，证明要求能否满足所用的最长时间（秒）。",
        "Where there is no placement: seconds for proving what the demands allow."),
    "help.classes.draw.after": (
        "前一版编班结果的文件夹：出新版时写，须同时写 --ruling；旧版保留。",
        "Folder of the placement that this one comes after, with --ruling; the old one is kept."),
    "help.classes.draw.ruling": ("出新版所依据的书面决定（文号）。", "Ruling on which a new version rests."),
    "help.classes.draw.replace": (
        "替换此处其他种类的正式结果；编班结果不会被替换。",
        "Replace a result of another kind; a placement is never replaced."),
    "help.classes.transcript": (
        "录入见证人报出的数字，写出编班摇号记录；不写 --source 或 --sources 时逐位录入，各输入两遍。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator classes transcript summer --event CLASS-1 --out transcript.txt",
        "Write the transcript of a session of classes; without --source or --sources the digits are asked for, twice.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator classes transcript summer --event CLASS-1 --out transcript.txt"),
    "help.classes.transcript.grade": _GRADE,
    "help.classes.transcript.event": ("摇号场次编号。", "Number of the event."),
    "help.classes.transcript.sources": (
        "一位见证人的数字，如 witness-1:31415…；每位一个。",
        "What a witness gave, e.g. witness-1:31415…; once for each."),
    "help.classes.transcript.source_file": ("文件，每行一位见证人。", "A file with a line for each witness."),
    "help.classes.transcript.out": (
        "输出文件；不写则为 DIR 中的 transcript.txt。",
        "Output file; transcript.txt in DIR where it is not given."),
    "help.classes.teachers": (
        "班主任抽班：按摇号随机号，或录入现场抽签的结果。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator classes teachers placed --teams teams.csv --out team-classes.csv\n"
        "  allocator classes teachers placed --teams teams.csv --lots lots.csv --out team-classes.csv",
        "Give each staff team its class: by tickets, or by the lots that were drawn by hand.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator classes teachers placed --teams teams.csv --out team-classes.csv\n"
        "  allocator classes teachers placed --teams teams.csv --lots lots.csv --out team-classes.csv"),
    "help.classes.teachers.teams": ("教师团队表 teams.csv。", "Staff teams: teams.csv."),
    "help.classes.teachers.lots": (
        "现场抽签的结果（team_id,class），注明为抽签。",
        "Lots drawn by hand (team_id,class), marked so."),
    "help.classes.teachers.out": ("输出文件。", "Output file."),
    "help.classes.late": (
        "晚到学生补入班级；其他学生不动。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator classes late placed --late late.csv --out late-placement.csv",
        "Give late children their class; nobody else moves.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator classes late placed --late late.csv --out late-placement.csv"),
    "help.classes.late.late_file": (
        "晚到学生表 late.csv，自第 1 次到达起。",
        "Late children: late.csv, from the first arrival on."),
    "help.classes.late.out": ("输出文件。", "Output file."),
    "help.classes.verify": (
        "只凭公布的文件重新推出编班结果，并逐项检查要求。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator classes verify placed",
        "Derive a placement again from its published files, and test its demands.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator classes verify placed"),
    "help.classes.verify.signed": (
        "签字表上的编班结果校验值（可只写前 16 位，可带空格），核对是否一致。",
        "Digest of the placement as it stands on the signed sheet (16 digits at least), to be compared."),
}
