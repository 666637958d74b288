"""Texts (zh, en) of the draw day: what is refused, and what to do then."""

TEXTS: dict[str, tuple[str, str]] = {
    "ceremony.journal": (
        "这一行被改动过；本文件只由程序续写。请从备份恢复 ceremony 文件夹；无法恢复的，用 --void 写明原因作废本场摇号",
        "this line was changed; only the program adds to this file. Put the folder ceremony back from a "
        "copy; where there "
        "is none, make the draw void with --void REASON"),
    "ceremony.journal_saved": (
        "文件被记事本改过换行符；请从备份恢复 ceremony 文件夹，或用 --void 写明原因作废本场摇号",
        "an editor saved the file again with other line ends; put the folder ceremony back from a copy, or "
        "make the draw "
        "void with --void REASON"),
    "ceremony.busy": (
        "另一个终端正在主持这场摇号；请先在那里按 Ctrl-C 退出",
        "the draw is led from another terminal; leave it there first (Ctrl-C)"),
    "ceremony.book_not_frozen": (
        "案卷的数据尚未封存；请先运行 allocator book do {folder} frozen --by NAME，并公布校验值",
        "the case book is not frozen; run allocator book do {folder} frozen --by NAME first, and publish the "
        "digests"),
    "ceremony.book_drawn": (
        "案卷第 {entry} 条已记入这场摇号，不能再作废；此后的一切变化只能作为案卷的记录",
        "the case book took this draw as entry {entry}, and it can no longer be void; whatever changes now is an entry "
        "of the book"),
    "ceremony.changed": (
        "开始之后重新封存过：校验值已不是本场摇号公布的 {was}；请用 --void 写明原因作废本场摇号",
        "frozen anew since the draw day began: this is not the digest {was} that was shown. Make the draw "
        "void with --void "
        "REASON"),
    "ceremony.other_transcript": (
        "文件夹里的摇号记录属于场次 {found}，不是本场 {event} 的；一场摇号只有一份摇号记录。请移走它，"
        "或用 --void 写明原因作废本场摇号",
        "this transcript is of draw {found} and not that of this draw {event}; a draw has one transcript. "
        "Move it away, or "
        "make this draw void with --void REASON"),
    "ceremony.made_beside": (
        "见证人还没有全部报出数字，文件夹里却已有场次 {event} 的摇号记录；一场摇号只有一份摇号记录。请移走它，"
        "或用 --void 写明原因作废本场摇号",
        "there is a transcript of draw {event} before every witness has given digits; a draw has one transcript. Move "
        "it away, or make this draw void with --void REASON"),
    "ceremony.transcript_changed": (
        "场次 {event} 的摇号记录被改动过，与见证人报出的数字不同；请移走它，再次运行 allocator ceremony {folder}，"
        "即按已录入的数字恢复；该场摇号作废的，请用 --void 写明原因",
        "this transcript of draw {event} was changed: it is not what the witnesses gave. Move it away and run "
        "allocator ceremony {folder} again, which writes it anew from their digits; if the draw is void say "
        "--void REASON"),
    "ceremony.digits_as_word": (
        "这里应为文字，不能只是数字或符号；见证人报出的数字在后面录入，不显示",
        "words are expected here and not digits or signs alone; the digits of a witness come later and are not shown"),
    "ceremony.held": (
        "场次 {event} 的摇号已经举行，不能重来；如该次摇号作废，请用 --void 写明原因",
        "draw {event} was held already and is not held again; if it is void say --void REASON"),
    "ceremony.nothing_void": (
        "此处没有正在举行或已经举行的摇号，无可作废", "no draw was begun or held here; nothing can be void"),
    "ceremony.order_late": (
        "本场摇号开始时没有选用这种方式，中途不能更改；确需更改，请用 --void 写明原因作废，再重新开始",
        "this draw began with another order, which cannot be changed now; make it void with --void REASON "
        "and begin again"),
    "ceremony.order_known": (
        "循环摇号的起始号和间隔数须当众摇出，不能事先写明；请只写 ring，或 numbers",
        "start and step of a ring are drawn in public and cannot be given beforehand; say ring alone, or numbers"),
    "ceremony.few_sources": (
        "公布的见证人有 {announced} 位，只录入了 {given} 位，输入已经结束；请再次运行，从这里继续",
        "{announced} witnesses were announced and {given} gave digits when the input ended; run it again to "
        "go on from here"),
    "ceremony.input_ended": (
        "输入在这里结束；已有的内容都已保存，请再次运行，从这里继续",
        "the input ended here; what was answered is kept, run it again to go on from here"),
    "ceremony.word": ("须为 1 至 {most} 个可见字符", "something visible and no longer than {most} is expected"),
    "ceremony.card": ("不得含有身份证号码", "no identity-card number may stand here"),
    "ceremony.bad_time": (
        "应为日期和时间，如 2023-08-20 09:00",
        "a date and time are expected, such as 2023-08-20 09:00"),
    "ceremony.bad_number": ("应为 {least} 至 {most} 的整数", "a whole number from {least} to {most} is expected"),
    "ceremony.same_kind": (
        "前三位见证人须代表不同方面，“{value}”已有",
        "the first three witnesses stand for different kinds; {value!r} is there already"),
    "ceremony.same_name": (
        "这位见证人已经录入（第 {other} 位）；确是同名的另一人，请在姓名后加注，如 张伟（家长）",
        "this is witness {other} already; if it is another person of the same name add a word to the name"),
    "ceremony.bad_round": (
        "应为 <网络>:<轮次>，如 quicknet:123456", "<network>:<round> is expected, such as quicknet:123456"),
    "ceremony.bad_randomness": ("应为 64 位十六进制数字", "64 hexadecimal digits are expected"),
    "ceremony.bad_ring": (
        "应为 <起始号>:<间隔数>，均为从 1 起的整数", "<start>:<step> is expected, whole numbers from 1"),
    "ceremony.bad_digits": (
        "只能是数字（可以有空格），缺席则输入“缺席”",
        "decimal digits alone are expected (spaces are fine), or 'absent'"),
}
