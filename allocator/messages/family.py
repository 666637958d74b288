"""Texts (zh, en) of the family's page: its words, answers to a number, findings of published files."""

TEXTS: dict[str, tuple[str, str]] = {
    # The page itself
    "family.title": ("核对公开摇号", "Check the public draw"),
    "family.lead": (
        "这个网页用公布的文件，在您自己的手机或电脑上把公开摇号重新计算一遍，看结果和名单对不对，并可查一个报名号的结果。"
        "不连网络，不上传、不保存任何内容。",
        "This page computes the public draw again from the published files, on your own phone or computer: whether the "
        "results and lists are right, and how one registration number fared. It uses no network, sends nothing and "
        "keeps nothing."),
    "family.language": ("语言", "Language"),
    "family.choose": ("打开公布的文件", "Open the published files"),
    "family.choose_how": (
        "先从公布结果的网站下载全部文件（如是压缩包，先解压），再在这里选择。可以分几次选，已选的会保留。",
        "First download all files from the website where the results are published (unpack them if they are packed), "
        "then choose them here. You can do it in several goes; what was chosen stays."),
    "family.files": ("选择文件", "Choose files"),
    "family.folder": ("选择整个文件夹", "Choose a whole folder"),
    "family.drop": ("也可以把文件或文件夹拖到这里。", "Or drop files or a folder here."),
    "family.clear": ("重新开始", "Start again"),
    "family.given": ("已读入 {count} 个文件。", "{count} {count:file/files} read."),
    "family.ignored": (
        "其中 {count} 个不是核对所用的文件，没有使用：{names}",
        "{count} of them {count:is no file/are no files} of the check and {count:was/were} not used: {names}"),
    "family.unreadable": ("无法读取：{names}", "Could not be read: {names}"),
    "family.result": ("核对结果", "Result of the check"),
    "family.state_empty": ("尚未打开文件", "No files yet"),
    "family.state_working": ("正在计算……", "Computing…"),
    "family.state_ok": ("一致：没有发现任何错误", "Everything agrees: no fault was found"),
    "family.state_incomplete": ("没有发现错误，但文件不全", "No fault was found, but the files are not complete"),
    "family.state_mismatch": ("不一致：有与摇号不符之处", "Something does not agree with the draw"),
    "family.said_empty": ("打开文件后，这里显示核对结果。", "The result appears here once files are open."),
    "family.said_working": ("人数多时需要几秒钟。", "A large draw takes a few seconds."),
    "family.said_ok": (
        "重新计算了 {tickets} 个摇号随机号、{orders} 份摇号次序和 {lists} 份名单，与公布的完全相同。",
        "{tickets} {tickets:ticket/tickets}, {orders} {orders:order/orders} and {lists} {lists:list/lists} "
        "were computed "
        "again and are the same as published."),
    "family.said_incomplete": (
        "已有的文件互相一致。下面列出没有核对的内容；请补上缺少的文件再看。",
        "The files that are here agree. What was not checked is listed below; add the missing files and look again."),
    "family.said_mismatch": (
        "下面逐条列出不符之处。如果文件是从网站新下载的，请把这一页的内容告诉招生办公室，并可向监督单位反映。",
        "Every difference is listed below. If you have just downloaded the files from the website, show this "
        "page to the "
        "admissions office; you may also tell the supervising authority."),
    "family.findings": ("逐条说明", "In detail"),
    "family.more": ("同类问题还有 {count} 处", "{count} more of the same kind"),
    "family.line": ("{file} 第 {line} 行", "{file} line {line}"),
    "family.value": ("（现为“{value}”）", "(found “{value}”)"),
    "family.facts": ("本次摇号", "This draw"),
    "family.event": ("摇号场次编号", "Event"),
    "family.seed": ("随机种子（摇号记录的 SHA-256）", "Seed (SHA-256 of the transcript)"),
    "family.sources": ("见证人报出的数字", "Digits of the witnesses"),
    "family.absent": ("缺席", "absent"),
    "family.parties": ("摇号名册", "Draw roster"),
    "family.parties_count": ("{count} 户", "{count} {count:party/parties}"),
    "family.limits": ("哪些不能从公布的文件核对？", "What can published files not show?"),
    "family.limits_said": (
        "哪些学生应当参加哪次摇号、优先顺序、有多少学位，以及没有参加摇号的学生的录取依据，要看报名资料，不予公布；"
        "由招生办公室、见证人和监督单位核对，公示期内可以提出异议。",
        "Who had to stand in which draw, who comes first, how many seats there are, and on what ground "
        "children without a "
        "draw were admitted follows from registrations that are not published. The office, the witnesses and the "
        "supervising authority check that, and objections can be made while the lists are on display."),
    "family.by_hand": ("怎样自己验算一个摇号随机号？", "How can I compute one ticket myself?"),
    "family.by_hand_said": (
        "在任何一个 SHA-256 工具里输入下面这一行（不加空格和换行），得到的 64 位数字就是摇号随机号：",
        "Type this line, without spaces or line end, into any SHA-256 tool; the 64 digits that it gives are "
        "the ticket:"),
    # Columns of cutoffs.csv, as its sheet in the workbook calls them
    "family.column_school_id": ("学校编号", "the school"),
    "family.column_phase": ("环节", "the phase"),
    "family.column_step": ("步骤", "the step"),
    "family.column_tier": ("优先顺序", "the tier"),
    "family.column_category": ("类别", "the category"),
    "family.column_wanted": ("需要学位的人数", "the number who wanted a seat"),
    "family.column_admitted": ("录取人数", "the number admitted"),
    "family.column_draw_id": ("摇号", "the draw"),
    "family.column_last_ticket": ("末位录取的摇号随机号", "the ticket of the last admitted"),
    "family.column_last_rank": ("末位名次", "the rank of the last admitted"),
    "family.column_first_refused": ("首位未录取的摇号随机号", "the ticket of the first refused"),
    # The answer to a number
    "family.ask": ("查一个报名号", "Look up a registration number"),
    "family.ask_how": (
        "输入报名时取得的报名号（不是身份证号）。",
        "Type the registration number that you were given (not that of an identity card)."),
    "family.number": ("报名号", "Registration number"),
    "family.answer_files": ("请先打开公布的文件。", "Open the published files first."),
    "family.answer_admitted": ("{number}：录取到{school}。", "{number} is admitted to {school}."),
    "family.answer_diverted": ("{number}：经分流，录取到{school}。", "{number} is admitted to {school} by diversion."),
    "family.answer_adjusted": ("{number}：经调剂，录取到{school}。", "{number} is admitted to {school} by adjustment."),
    "family.answer_refused": (
        "{number}：参加了摇号，在已有的文件中没有录取到学校。",
        "{number} stood in a draw and has no seat in the files that are here."),
    "family.answer_not_drawn": (
        "{number}：在摇号名册中，没有参加摇号，也不在已有的名单上。可能由外区招生、待领导小组研究确定，"
        "或名单不全；请问招生办公室。",
        "{number} is on the draw roster, stood in no draw and is on none of the lists that are here. Another "
        "authority may "
        "admit it, it may be waiting for a ruling, or a list is missing; please ask the office."),
    "family.answer_unknown": (
        "{number}：摇号名册和名单中都没有这个报名号。请核对是否输入有误；多胞胎请用另一名学生的报名号再查。",
        "{number} is neither on the draw roster nor on a list. Look for a slip in typing; of twins try the "
        "other number."),
    "family.answer_card": (
        "这像是身份证号。请输入报名号；身份证号不会出现在任何公布的文件中。",
        "This looks like the number of an identity card. Type the registration number; no published file has "
        "the other."),
    "family.answer_doubt": (
        "注意：这些文件有不一致之处，以下内容只是文件上写的。",
        "Beware: these files do not agree; what follows is only what stands in them."),
    "family.answer_round": ("第“{round}”轮开始时：", "When round {round} was opened:"),
    "family.change_came": ("新增录取", "came to a seat"),
    "family.change_gone": ("不再占用学位", "gone from a seat"),
    "family.change_late": ("摇号之后补报名", "registered after the draw"),
    "family.change_smaller": ("报名户人数减少", "a party of fewer children"),
    "family.answer_later": (
        "此后有变动（第 {event} 号记录）：{change}，学校：{school}。",
        "Changed since (event {event}): {change}, school: {school}."),
    "family.why_undrawn": (
        "{phase}：录取到{school}，无须摇号。",
        "{phase}: admitted to {school} without a draw."),
    "family.why_twin": (
        "多胞胎一同录取；摇号随机号写在同组另一名学生那一行。",
        "Children of one bundle stay together; their ticket stands in the line of the number that was drawn."),
    "family.why_admitted": (
        "{phase}（{school}）：摇号名次第 {rank} 名（共 {count} 户），已录取。",
        "{phase} ({school}): rank {rank} of {count} in the draw, admitted."),
    "family.why_not_admitted": (
        "{phase}（{school}）：摇号名次第 {rank} 名（共 {count} 户），轮到之前学位已满，未录取。",
        "{phase} ({school}): rank {rank} of {count} in the draw; no seat was left, not admitted."),
    "family.why_passed_over": (
        "{phase}（{school}）：摇号名次第 {rank} 名（共 {count} 户），空余学位不足以录取全部多胞胎，未录取。",
        "{phase} ({school}): rank {rank} of {count} in the draw; too few seats for the whole bundle, not admitted."),
    "family.why_elsewhere": (
        "{phase}（{school}）：排第 {rank} 名（共 {count} 户），已录取到志愿更靠前的学校。",
        "{phase} ({school}): rank {rank} of {count}; admitted to a school that it ranks higher."),
    "family.why_diverted": (
        "{phase}，分流：按次序第 {rank} 名（共 {count} 户），分流到{school}。",
        "{phase}, diversion: rank {rank} of {count} in the order, to {school}."),
    "family.why_placed": (
        "{phase}：按次序第 {rank} 名（共 {count} 户），安排到{school}。",
        "{phase}: rank {rank} of {count} in the order, placed at {school}."),
    "family.why_unplaced": (
        "{phase}：按次序第 {rank} 名（共 {count} 户），尚未落实学位。",
        "{phase}: rank {rank} of {count} in the order, no seat found yet."),
    "family.ticket": ("摇号随机号（小的在前）", "ticket (the smaller comes first)"),
    "family.ticket_number": ("号码（小的在前）", "number (the smaller comes first)"),
    "family.ticket_ring": ("循环摇号位次", "place in the order of the ring"),
    "family.cutoff": (
        "录取线：最后录取的是第 {rank} 名，{word}",
        "Cut-off: rank {rank} was the last admitted, {word}"),
    "family.cutoff_counts": (
        "需要学位 {wanted} 人，录取 {admitted} 人",
        "Children who wanted a seat: {wanted}; admitted: {admitted}"),
    "family.own_undrawn": ("该生的{word}", "This number: {word}"),
    "family.cutoff_none": ("录取线：此处无人录取", "Cut-off: nobody was admitted here"),
    "family.own": ("该生：第 {rank} 名，{word}", "This number: rank {rank}, {word}"),
    "family.clause": ("依据：{clause}", "Rule: {clause}"),
    "family.section": ("招生方案{section}，条款编号 {clause}", "plan section {section}, clause {clause}"),
    "family.decision": ("经批准直接录取", "admitted by decision"),
    # Findings of page and verify_draw.py that the recheck of an office's folder has not
    "draw.saved_again": (
        "文件被记事本或表格软件另存过（开头的标记、换行符或行尾空格有改动）；请重新下载，不要打开后另存",
        "an editor or spreadsheet saved the file again (byte order mark, line ends or spaces at line ends); "
        "download it anew "
        "and do not save it from such a program"),
    "draw.seed": (
        "所有摇号随机号都与这份摇号记录算出的不同：摇号记录被改动，或不是这次摇号的",
        "no ticket is the one that follows from this transcript: it was changed, or belongs to another draw"),
    "draw.not_as_published": (
        "与本网页一同公布的文件不是逐字节相同：公布之后有改动",
        "not byte for byte the file that was published with this page: it was changed since"),
    "draw.roster_size": ("人数须为 1 至 9", "the size is a number from 1 to 9"),
    "draw.order_missing": (
        "录取线表中有这次摇号，但缺少这份次序",
        "the cut-offs name this draw, but its order is not here"),
    "draw.place_unknown": (
        "看不出这份文件属于哪一次摇号（或哪一轮），未核对；请连同文件夹一起选入，或补齐录取线表等文件",
        "nothing tells which draw (or round) this file is of, so it was not checked; choose the folder itself, or "
        "add the files that are missing, such as the cut-offs"),
    "draw.order_cutoff": (
        "录取线表（cutoffs.csv）中学校 {school} 的 {column} 与本次序不符",
        "{column} of school {school} in the cut-offs (cutoffs.csv) does not follow from this order"),
    "draw.order_left_out": (
        "缺少该报名户：在前一次序中没有录取，应当在本次序中",
        "a party is missing that found no seat in the order before and so stands in this one"),
    "draw.cutoff_form": ("{column} 一格不可能是这样", "the cell {column} cannot be so"),
    "draw.cutoff_sequence": (
        "顺序不对：各行按环节、学校、步骤排列，不得重复",
        "wrong order: lines go by phase, school and step, none twice"),
    "draw.cutoff_missing": ("缺少这一行，按次序应当有", "a line is missing that follows from the orders"),
    "draw.cutoff_value": ("{column} 应为 {expected}", "{column} must be {expected}"),
    "draw.cutoff_list": (
        "{school} 在环节 {phase} 的录取人数与名单不同，名单中为 {expected} 人",
        "the number admitted at {school} in phase {phase} is not that of the list, which has {expected}"),
    "draw.list_id": ("报名号只能有字母、数字和 -", "a registration number has letters, digits and - only"),
    "draw.list_school": ("本名单中的学校编号应为 {expected}", "the school of this list is {expected}"),
    "draw.list_batch": ("缺少批次", "the batch is missing"),
    "draw.list_lot": (
        "名次和摇号随机号应同时有或同时空，名次为正整数",
        "rank and ticket stand together; a rank is a number from 1"),
    "draw.list_rank": ("名次应为 {expected}", "the rank must be {expected}"),
    "draw.list_ticket": ("摇号随机号应为 {expected}", "the ticket must be {expected}"),
    "draw.list_count": (
        "环节 {phase} 的学生人数与录取线表不同：表中为 {expected} 人，名单中为 {found} 人",
        "the number of children of phase {phase} is not that of the cut-offs: {expected} there, {found} here"),
    "draw.later_change": (
        "本轮开始后有变动，未重新计算：第 {event} 号记录，报名号 {number}，{change}，学校 {school}",
        "changed after the round was opened, not computed again: event {event}, number {number}, {change}, "
        "school {school}"),
    "draw.later_none": (
        "本网页核对各轮开始时的结果；此后没有变动，也未重新计算",
        "each round is checked as it stood at its opening; nothing changed since, and nothing since is computed again"),
}
