"""Texts (zh, en) of the lists of a case book: titles, headings, lines to sign, and what the command tells."""

TEXTS: dict[str, tuple[str, str]] = {
    "lists.title.pre-admission": ("预录取名单：{batch}，{school}", "Pre-admission: {batch}, {school}"),
    "lists.title.publicity": ("公示名单：{batch}，{school}", "Publicity: {batch}, {school}"),
    "lists.title.admitted": ("录取名单：{batch}，{school}", "Admitted: {batch}, {school}"),
    "lists.title.changes": ("变更名单：{batch}，{school}", "Changes: {batch}, {school}"),
    "lists.title.sign-off": ("招录名单签字表：{batch}，{school}", "Sign-off: {batch}, {school}"),
    "lists.title.roll": ("学校花名册：{school}", "School roll: {school}"),
    "lists.title.student-record": ("学籍建档名单：{school}", "For student records: {school}"),
    "lists.title.external": ("区外招生名单：{school}", "For another authority: {school}"),
    "lists.title.report": ("分类上报表", "Report by category"),
    "lists.title.report-batches": ("分批录取情况表", "Report by batch"),
    "lists.batch.decision": ("经批准录取", "admitted by decision"),
    "lists.column.number": ("报名号", "Registration no."),
    "lists.column.count": ("序号", "No."),
    "lists.column.masked_name": ("姓名", "Name"),
    "lists.column.batch": ("批次", "Batch"),
    "lists.column.school_id": ("学校", "School"),
    "lists.column.rank": ("名次", "Rank"),
    "lists.column.ticket": ("摇号随机号", "Ticket"),
    "lists.column.change": ("变更", "Change"),
    "lists.column.event": ("案卷事件号", "Event no."),
    "lists.column.archive_no": ("档案号", "Archive no."),
    "lists.column.name": ("姓名", "Name"),
    "lists.column.sex": ("性别", "Sex"),
    "lists.column.born": ("出生日期", "Born"),
    "lists.column.guardian_name": ("监护人", "Guardian"),
    "lists.column.telephone": ("联系电话", "Telephone"),
    "lists.column.address": ("住址", "Address"),
    "lists.column.category": ("类别", "Category"),
    "lists.column.zone": ("学区", "Zone"),
    "lists.column.way": ("录取方式", "Admitted by"),
    "lists.column.draw_id": ("摇号", "Draw"),
    "lists.column.year": ("入学年份", "Entry year"),
    "lists.column.stage": ("学段", "Stage"),
    "lists.column.round": ("批次", "Batch"),
    "lists.column.stands": ("状态", "Stands"),
    "lists.column.admitted": ("本校（本学区）录取", "Admitted"),
    "lists.column.diverted": ("分流录取", "Diverted"),
    "lists.column.adjusted": ("调剂录取", "Adjusted"),
    "lists.column.total": ("录取合计", "In all"),
    "lists.column.schools": ("有学生的学校", "Schools with children"),
    "lists.column.signed": ("已签字的学校", "Schools signed"),
    "lists.column.plan": ("招生计划", "Plan"),
    "lists.column.left": ("空余学位", "Seats left"),
    "lists.change.came": ("新增", "added"),
    "lists.change.gone": ("取消", "taken off"),
    "lists.way.admitted": ("录取", "admitted"),
    "lists.way.diverted": ("分流", "diverted"),
    "lists.way.adjusted": ("调剂", "adjusted"),
    "lists.stage.primary": ("小学", "primary"),
    "lists.stage.junior": ("初中", "junior"),
    "lists.all": ("合计", "In all"),
    "lists.publicity_days": (
        "公示期：{first} 至 {last}（含首尾两日）",
        "In publicity from {first} to {last}, both days included"),
    "lists.objection": (
        "对名单有异议的，请在公示期内提出。受理单位：{objection}；电话：{telephone}",
        "Objections during the publicity to: {objection}; telephone: {telephone}"),
    "lists.blank": ("____________________", "____________________"),
    "lists.children": ("学生 {count} 人", "{count} {count:child/children}"),
    "lists.since": (
        "与案卷第 {since} 号事件（{day}）时的名单相比",
        "Against the list as of event {since} ({day})"),
    "lists.seats_changed": (
        "学位变化由案卷第 {event} 号等事件引起，可以逐条核对",
        "Each change has the number of the event in the case book that made it"),
    "lists.as_of": ("截至 {day}，案卷第 {seq} 号事件", "As of {day}, event {seq} of the case book"),
    "lists.head": ("案卷链头 {head}", "Head of the journal {head}"),
    "lists.digest": (
        "本名单校验值（同名 csv 文件的 SHA-256） {digest}",
        "Digest of this list (SHA-256 of the csv of the same name) {digest}"),
    "lists.signed_digest": (
        "签字事件 signed_off 的 digest（同名 csv 文件的 SHA-256）：{digest}",
        "digest of the event signed_off (SHA-256 of the csv of the same name): {digest}"),
    "lists.is_signed": (
        "本名单已由 {person} 于 {day} 签字（案卷第 {seq} 号事件）",
        "Signed by {person} on {day} (event {seq} of the case book)"),
    "lists.sign_maker": (
        "制表人（直接责任人）：____________    审核人：____________",
        "Made by (directly responsible): ____________    Reviewed by: ____________"),
    "lists.sign_principal": (
        "校长（第一责任人）：____________    （学校盖章）    日期：______年____月____日",
        "Principal (first responsible): ____________    (seal of the school)    Date: ____________"),
    "lists.sign_office": (
        "负责人：____________    （盖章）    日期：______年____月____日",
        "Head of office: ____________    (seal)    Date: ____________"),
    "lists.no_cards": (
        "本表不含身份证号；办公室需要时，凭报名号与 restricted/persons.csv 对应。",
        "No card numbers in this table; where the office needs them it joins restricted/persons.csv by registration "
        "number."),
    "lists.restricted": ("内部资料，不得公开、不得上网", "Restricted: not to be published"),
    "lists.persons_unreadable": (
        "学生信息表读不出来，须是 UTF-8 编码的 CSV：{reason}",
        "the table of persons cannot be read, it must be CSV in UTF-8: {reason}"),
    "lists.persons_headings": (
        "学生信息表没有“报名号”列，表头应为 {expected}",
        "the table of persons has no registration numbers; expected the headings {expected}"),
    "lists.person_twice": ("此报名号出现两次", "this registration number stands twice"),
    "lists.before_draw": (
        "摇号（drawn）之前没有名单",
        "there are no lists before the event drawn"),
    "lists.no_such_round": (
        "没有这个批次，或尚未开批；可用：{expected}",
        "no such round, or not opened yet; expected one of {expected}"),
    "lists.no_such_event": ("案卷只有 {count} 条事件", "the case book has {count} {count:event/events}"),
    "lists.made": (
        "已写出名单 {lists} 份、文件 {files} 个：{folder}",
        "{lists} {lists:list/lists} in {files} {files:file/files} written: {folder}"),
    "lists.made_public": ("  可以公布：{names}", "  may be published: {names}"),
    "lists.made_restricted": ("  内部，仅本人可读：{names}", "  restricted, for the owner alone: {names}"),
    "lists.nameless": (
        "注意：{count} 名学生在 restricted/persons.csv 中没有姓名，名单上留空（{children}）",
        "note: {count} {count:child has/children have} no name in restricted/persons.csv; left empty ({children})"),
    "lists.no_office": (
        "注意：公示名单上的受理单位或电话为空，须手填；可写入政策的 letters（objection、telephone），"
        "或用 --objection、--telephone 给出",
        "note: where to object or the telephone is blank on publicity lists, to be filled in by hand; put them into the "
        "policy's letters (objection, telephone), or give --objection and --telephone"),
    "progress.listing": ("生成名单", "making lists"),
}
