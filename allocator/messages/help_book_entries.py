"""Texts (zh, en) of the help of ``book import`` and ``book person``, and of what entries of the book have in common."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.any.by": ("经办人编号，见 persons.csv。", "Who acts: a person of persons.csv."),
    "help.any.role": (
        "岗位：school 学校、principal 校长、office 办公室、group 领导小组；只有一个岗位适用时可以不写。",
        "As what: school, principal, office or group; may be left out where one role alone fits."),
    "help.any.yes": ("对所有询问都回答“是”。", "Answer every question with yes."),
    "help.any.party": ("报名户编号（多胞胎用最小的报名号）。", "Id of the party; a bundle goes by its smallest one."),
    "help.any.reason": (
        "事由，一行文字，不得写姓名、身份证号、电话。", "Why, on one line; no names, card numbers, telephones."),
    "help.any.text": (
        "内容，一行文字，不得写姓名、身份证号、电话。", "What, on one line; no names, card numbers, telephones."),
    "help.any.round": ("批次，如 batch-A、voluntary-1、adjustment。", "Round: batch-A, voluntary-1, adjustment …"),
    "help.any.first_day": ("公示首日；不填为最近的工作日。", "First day; without it the next working day."),
    "help.any.last_day": ("公示末日。", "Last day."),
    "help.any.objection": ("异议编号，不得重复。", "Id of the objection, used once."),
    "help.any.school": ("学校编号。", "Id of the school."),
    "help.any.zone": ("学区。", "Zone."),
    "help.any.category": ("类别：A 至 E、R1 至 R3、U。", "Category: A to E, R1 to R3, U."),
    "help.any.registered_school": ("双学区的登记学校，其他不填。", "Registered school, in a dual zone alone."),
    "help.any.children": ("学生人数。", "How many children."),
    "help.any.then": ("之后如何。", "What then."),
    "help.any.ground": ("情形。", "Ground."),
    "help.any.result": ("答复。", "Answer."),
    "help.any.decision": ("决定。", "Decision."),
    "help.any.seats": ("学位数。", "How many seats."),
    "help.any.annuls": ("更正第几条；不填为最后一条。", "Line to annul; without it the last one."),
    "help.book.import": (
        "把文件中的事件一次录入案卷：全部写入，或都不写入。文件为 CSV、XLSX，或每行一个事件的 .jsonl；"
        "时间（at）、经办人、岗位取自文件。\n"
        "\n"
        "先显示全部事件合计引起的学位变动并询问。第一个不予采纳的事件使全部不写入，并说明行号和原因（退出状态 1）。"
        "伴有文件的事件（立卷、认定、封存、撤销封存、公开摇号、学位锁定）用 allocator book do 办理。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book import summer events.csv",
        "Enter the events of a file, all or none. It is CSV, XLSX, or .jsonl with an event a line; at, by and role are "
        "those of the file.\n"
        "\n"
        "What all together move is shown and asked about. The first event that is refused stops all, with its row and "
        "the reason (exit status 1). Events that go with files (season_opened, determined, frozen, unfrozen, drawn, "
        "locks_written) are entered by allocator book do.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator book import summer events.csv"),
    "help.book.person": (
        "在 restricted/persons.csv 中新增或更正一名学生的身份信息（补报名学生的编号由案卷给出）。不带内容时逐项询问。"
        "身份证号不显示。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book person summer L0001 --by li --name 张三 --sex M",
        "Add or correct who a child is in restricted/persons.csv; children of late families have the ids that the book "
        "gave. Without a field each is asked for. Card numbers are never shown.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator book person summer L0001 --by li --name NAME --sex M"),
    "help.book.person.name": ("姓名。", "Name of the child."),
    "help.book.person.sex": ("性别：F 女，M 男。", "Sex."),
    "help.book.person.card": ("身份证号或护照号。", "Number of the identity card or passport."),
    "help.book.person.guardian_name": ("监护人姓名。", "Name of a guardian."),
    "help.book.person.telephone": ("联系电话。", "Telephone."),
    "help.book.person.address": ("住址。", "Address."),
    "help.book.person.platform_no": ("平台编号。", "Number on the platform."),
}
