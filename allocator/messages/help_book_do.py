"""Texts (zh, en) of the help of ``allocator book do``: one event each, and the fields that are its own."""

# "\b" is the mark by which a paragraph keeps its lines.


def _event(kind: str, zh: str, en: str, fields: str) -> tuple[str, tuple[str, str]]:
    """Return the help of an event: what it is, who may enter it, and an example from inside the book's folder."""
    call = f"  allocator book do {kind} {fields}"
    return f"help.book.do.{kind}", (f"{zh}\n\n\b\n例子：\n{call}", f"{en}\n\n\b\nExample:\n{call}")


TEXTS: dict[str, tuple[str, str]] = {
    "help.book.do": (
        "录入一个事件：先显示会引起的学位变动并询问，再写入案卷。\n"
        "\n"
        "文件夹（DIR）可写在事件之前或之后；在案卷文件夹内可以不写。事件也可写中文名称，如“放弃学位”。"
        "经办人及其岗位以案卷文件夹中的 persons.csv 为准；事件时间取本机时间。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book do summer withdrawal --by li --party K0012 --then leave --reason 回原籍就读\n"
        "  cd summer\n"
        "  allocator book do 放弃学位 --by li --party K0012 --then leave --reason 回原籍就读\n"
        "\n"
        "\b\n"
        "退出状态：\n"
        "  0  已写入\n"
        "  1  按规定不予采纳，或没有确认：没有写入\n"
        "  2  填写有误、无人可以询问，或案卷有问题：没有写入\n"
        "  3  两种计算方法或检查程序不一致：没有写入",
        "Enter one event: what it moves is shown and asked about, then it is written in the book.\n"
        "\n"
        "DIR may stand before the event or after it, and may be left out inside the book's folder. Events go by their "
        "Chinese names as well. Who may act, and as what, says persons.csv of the book's folder; the time is that of "
        "this machine.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator book do summer withdrawal --by li --party K0012 --then leave --reason moved\n"
        "  cd summer\n"
        "  allocator book do withdrawal --by li --party K0012 --then leave --reason moved\n"
        "\n"
        "\b\n"
        "Exit status:\n"
        "  0  written\n"
        "  1  refused by the rules, or not confirmed: nothing written\n"
        "  2  bad input, nobody to be asked, or a book that is not sound: nothing written\n"
        "  3  the two paths or the checker disagree: nothing written"),
    **dict((
        _event("season_opened", "立卷：建立案卷，学年、学段和政策取自文件夹。岗位：办公室。",
               "Open the book; year, stage and policy are those of the folder. Role: office.", "--by li"),
        _event("determined", "认定：按各表认定并写入 determination，记入校验值。岗位：办公室。",
               "Determine the roster into determination/ and record the digests. Role: office.", "--by li"),
        _event("frozen", "封存：封存名册、学校、学区、政策，写出须公布的校验值。岗位：办公室。",
               "Freeze roster, schools, zones and policy; write the digests to publish. Role: office.", "--by li"),
        _event("unfrozen", "撤销封存：原封存文件另行保存，回到认定。岗位：领导小组。",
               "Take the freeze back; its files are kept aside. Role: group.", "--by wang --reason TEXT"),
        _event("drawn", "公开摇号：录入摇号记录，须与封存的校验值相符；录入后不能更正。岗位：办公室。",
               "Enter the transcript of the public draw, which must be of this freeze; never annulled. Role: office.",
               "--by li --transcript transcript.txt"),
        _event("round_opened", "开批：计算该批次的预录取。岗位：办公室。",
               "Open a round: its pre-admissions are computed. Role: office.", "--by li --round batch-A"),
        _event("publicity_opened", "公示：一个或几个批次开始公示，可写作 publicity；日期不填则从最近的工作日起，"
               "按规定天数计算。岗位：办公室。",
               "Publish one round or several (short: publicity); without dates from the next working day, as long as "
               "it must last. Role: office.", "--by li --round batch-A --round batch-B"),
        _event("objection", "异议：公示期内收到的异议。岗位：学校、办公室。",
               "Note an objection made during the publicity. Role: school or office.",
               "--by li --round batch-A --objection Y1 --party K0012 --text TEXT"),
        _event("publicity_extended", "延长公示：公示改到更晚的一天结束。岗位：办公室。",
               "Let a publicity end on a later day. Role: office.", "--by li --round batch-A --last-day 2023-08-10"),
        _event("round_confirmed", "确认录取：公示期满且异议都已答复。岗位：办公室。",
               "Confirm a round after its publicity, with no objection open. Role: office.",
               "--by li --round batch-A"),
        _event("signed_off", "签字上报：校长签字的名单，校验值由程序计算；decisions 指异议答复和领导小组决定的学位。"
               "岗位：校长。",
               "Record that a principal signed a list, whose digest the program computes; decisions: seats by "
               "objection or ruling. Role: principal.", "--by zhao --round batch-A --school fuli"),
        _event("locks_written", "学位锁定：写出 locks-new.csv 并记入校验值。岗位：办公室。",
               "Write locks-new.csv and record its digest. Role: office.", "--by li"),
        _event("note", "附注：不影响学位的记录。岗位：均可。",
               "Note something that moves no seat. Role: any.", "--by li --text TEXT"),
        _event("annulled", "更正误录：撤回案卷最后一条，两条都保留。岗位：办公室。",
               "Take the last line of the book back; both lines stay. Role: office.", "--by li --reason TEXT"),
        _event("late_intake", "补报名：登记一户逾期报名的家庭，编号由案卷给出。岗位：办公室。",
               "Take a late family in; the book gives its ids. Role: office.",
               "--by li --children 1 --zone fuli --category A"),
        _event("reclassification", "重新认定：改变一户的类别、学区或登记学校。岗位：学校、办公室、领导小组。",
               "Give a party another category, zone or registered school. Role: school, office or group.",
               "--by li --party K0012 --category D --zone fuli --reason TEXT"),
        _event("withdrawal", "放弃学位：放弃（leave），或放弃后保留报名（stay）。岗位：学校、办公室。",
               "Give a seat up: leave, or stay without it. Role: school or office.",
               "--by li --party K0012 --then leave --reason TEXT"),
        _event("part_withdrawn", "部分放弃：多胞胎中有学生放弃。岗位：学校、办公室。",
               "Let some children of a bundle leave. Role: school or office.",
               "--by li --party K0012 --children K0013 --reason TEXT"),
        _event("revocation", "取消资格：材料虚假、隐瞒住房、伪造证件或虚假居住。岗位：领导小组。",
               "Take a seat back for false papers, a hidden home, forged papers or a sham residence. Role: group.",
               "--by wang --party K0012 --ground false_papers --then adjust --reason TEXT"),
        _event("returned", "科区退回：外区退回的学生参加调剂。岗位：办公室。",
               "Take a party back that the other authority sent back. Role: office.",
               "--by li --party K0012 --reason TEXT"),
        _event("objection_closed",
               "异议答复：不成立（rejected），或成立（upheld，限领导小组）。岗位：办公室、领导小组。",
               "Answer an objection: rejected, or upheld (group alone). Role: office or group.",
               "--by wang --objection Y1 --result upheld --school fuli --text TEXT"),
        _event("ruling", "领导小组决定：给予学位（place）、调剂（adjust）或不予受理（dismiss）。岗位：领导小组。",
               "Enter a ruling: place, adjust or dismiss. Role: group.",
               "--by wang --party K0012 --decision place --school fuli --reason TEXT"),
        _event("seats_added", "增加学位：学校的招生计划和最大容量一并增加。岗位：领导小组。",
               "Add seats to a school's plan and hard cap. Role: group.",
               "--by wang --school fuli --seats 10 --reason TEXT"),
        _event("seats_removed", "减少学位：减少空余学位。岗位：领导小组。",
               "Take free seats away from a school. Role: group.", "--by wang --school fuli --seats 2 --reason TEXT"),
    )),
    "help.book.do.publicity_opened.last_day": (
        "公示末日；不填为满足规定工作日的最早一天。", "Last day; without it the earliest that is long enough."),
    "help.book.do.publicity_opened.round": (
        "批次；可写几个，每个批次一条，全部写入或都不写入。", "Round; of several one line each, all or none."),
    "help.book.do.objection_closed.school": (
        "异议成立时给予学位的学校；另行处理的不填。", "School of the seat that is the remedy, if one is."),
    "help.book.do.ruling.school": ("给予学位（place）的学校。", "School of a ruling place."),
    "help.book.do.revocation.zone": (
        "原学区，仅用于虚假居住且参加调剂。", "Original zone, for sham_residence with adjust alone."),
    "help.book.do.part_withdrawn.children": ("放弃的学生，用分号隔开。", "Those who leave, joined by ;"),
    "help.book.do.drawn.path": (
        "摇号记录（draw transcript 写出的文件）。", "The transcript, as draw transcript writes it."),
}
