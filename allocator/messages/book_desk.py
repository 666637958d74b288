"""Texts (zh, en) of the desk of the case book: what it asks, what an entry moves, and the files that go with it."""

TEXTS: dict[str, tuple[str, str]] = {
    "book.school": ("{name}（{school}）", "{name} ({school})"),
    # the clock
    "book.clock.behind": (
        "本机时间 {now} 早于案卷最后一条（第 {seq} 条，{last}）：请先校准本机时间；"
        "按规定，时间倒退的事件不予采纳。没有写入。",
        "The clock of this machine says {now}, before the last line of the book (line {seq}, {last}). Set the clock "
        "right: by the rules an event behind the last line is refused. Nothing was written."),
    "book.clock.ahead": (
        "本机时间 {now}，距案卷最后一条（第 {seq} 条，{last}）已 {days} 天。时间是否正确？",
        "The clock of this machine says {now}, {days} days after the last line of the book (line {seq}, {last}). Is it "
        "right?"),
    # asked and said
    "book.ask.yes": ("继续请输入 y：", "Type y to go on:"),
    "book.ask.write": ("是否写入案卷？", "Write this in the book?"),
    "book.ask.ahead": (
        "最后一个事件的时间 {at} 晚于本机时间 {now}；在那之前不能再录入其他事件。是否写入案卷？",
        "The last event says {at}, after the clock of this machine ({now}); until then nothing else can be entered. "
        "Write this in the book?"),
    "book.ask.drawn": (
        "公开摇号录入以后不能更正。是否写入案卷？", "A public draw cannot be annulled. Write it in the book?"),
    "book.ask.signed_nobody": (
        "{round}在{school}没有学生，没有名单可签。签字录入以后不能更正。是否写入案卷？",
        "Nobody has a seat of {round} at {school}: there is no list to sign. A signature cannot be annulled. Write it "
        "in the book?"),
    "book.ask.signed_elsewhere": (
        "{person} 不像是{school}的校长。签字录入以后不能更正。是否写入案卷？",
        "{person} does not look like the principal of {school}. A signature cannot be annulled. Write it in the book?"),
    "book.unasked": (
        "需要确认：{question}（没有终端可以询问；确认请加 --yes）",
        "this must be confirmed: {question} (no terminal to ask on; --yes confirms)"),
    "book.said_no": ("没有写入。", "Nothing was written."),
    "book.entered": ("已记入案卷第 {seq} 条：{event}", "line {seq} of the book: {event}"),
    "book.event_of_round": ("{event}，{round}", "{event}, {round}"),
    "book.entered_many": (
        "已记入案卷 {count} 条：第 {first} 条至第 {last} 条",
        "{count} lines of the book: {first} to {last}"),
    "book.day_until": ("公示期：{first} 至 {last}", "days of the publicity: {first} to {last}"),
    "book.late_ids": ("补报名家庭的编号：{ids}", "ids of the late family: {ids}"),
    "book.annuls_line": (
        "更正第 {seq} 条：{event}，{at}，经办人 {by}", "annuls line {seq}: {event}, {at}, by {by}"),
    "book.kept_aside": ("已另行保存为 {names}", "kept aside as {names}"),
    # what moves
    "book.moves.nothing": ("没有学位变动。", "nothing moves."),
    "book.moves.each": ("变动 {count} 户：", "{count} {count:party moves/parties move}:"),
    "book.moves.many": (
        "变动 {count} 户，{children} 名学生：", "{count} {count:party moves/parties move}, {children} "
        "{children:child/children} in all:"),
    "book.moves.one": ("  {party}：{before} → {after}", "  {party}: {before} → {after}"),
    "book.moves.bundle": (
        "  {party}（{children} 名学生）：{before} → {after}",
        "  {party} ({children} {children:child/children}): {before} → {after}"),
    "book.moves.way": (
        "  {way}：{parties} 户，{children} 名学生",
        "  {way}: {parties} {parties:party/parties}, {children} {children:child/children}"),
    "book.moves.not_in_book": ("不在案卷中", "not in the book"),
    "book.moves.external": ("转由外区招生：{school}", "external: {school}"),
    "book.moves.seat": ("{school} {round}", "{school}, {round}"),
    # files of the season
    "book.no_tables": (
        "文件夹里还没有报名表：请先导入平台导出的表（allocator intake），或放入审核后的名册 applicants.csv",
        "the folder holds no applications yet: read the platform's export first (allocator intake), or put the "
        "reviewed roster applicants.csv there"),
    "book.tables_change": (
        "读取时各表有改动，请关闭正在编辑的表后再试",
        "a table was changed while it was read; close whatever edits it and try again"),
    "book.determined_other": (
        "最后一次认定以后各表有改动：请先重新认定（book do determined），再封存",
        "the tables were changed since the last determination; enter a new one (book do determined) before the freeze"),
    "book.freeze_gone": ("找不到封存的文件", "the frozen files are not there"),
    "book.transcript_digest": (
        "与封存时的校验值不符，应为 {expected}：这不是本次封存的摇号记录",
        "is not that of the freeze, expected {expected}: the transcript is not of this freeze"),
    "book.transcript_other": (
        "文件夹里已有另一份摇号记录，与 {file} 不同；请核实哪一份是公开摇号的记录，把另一份移走",
        "the folder holds another transcript than {file}; find out which one is of the public draw, and move the other "
        "away"),
    "book.no_homes": (
        "案卷由审核后的名册建立，没有报名表，无法生成学位锁定",
        "the book is of a reviewed roster, with no applications.csv: no homes are known, so nothing can be locked"),
    "book.tables_changed": (
        "封存的各表与案卷记录的校验值不符", "the frozen tables are not those of which the journal has the digest"),
    "book.open_first": ("尚未立卷", "the book is not open yet"),
    # persons of late families
    "book.person.unknown_child": ("案卷中没有这名学生", "the book knows no such child"),
    "book.person.nothing": (
        "没有给出任何内容（如 --name；没有终端可以询问）", "nothing was given, such as --name; no terminal to ask on"),
    "book.person.unreadable": ("无法读取", "cannot be read"),
    "book.person.sex_word": ("应为 F（女）或 M（男）", "F or M is expected"),
    "book.person.added": ("已新增 {child}：{columns}", "added {child}: {columns}"),
    "book.person.corrected": ("已更正 {child}：{columns}", "corrected {child}: {columns}"),
    "book.person.ask": ("{column}（没有或不改直接按回车）：", "{column} (Enter alone to leave it):"),
    "book.person.name": ("姓名", "name"),
    "book.person.sex": ("性别", "sex"),
    "book.person.card": ("身份证号", "card"),
    "book.person.guardian_name": ("监护人姓名", "guardian's name"),
    "book.person.telephone": ("联系电话", "telephone"),
    "book.person.address": ("住址", "address"),
    "book.person.platform_no": ("平台编号", "platform number"),
    "progress.book": ("打开案卷", "opening the book"),
}
