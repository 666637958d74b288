"""Texts (zh, en) of the checker of a season's events."""

TEXTS: dict[str, tuple[str, str]] = {
    # a season's events
    "check.book.outcomes": (
        "应有 {expected} 个事件的处理结果，实有 {found} 个",
        "the outcomes of {expected} {expected:event/events} are due, and there are {found}"),
    "check.book.outcome": (
        "第 {event} 个事件：应为“{expected}”，写的是“{found}”",
        "event {event} is “{expected}” by the rules, and “{found}” is said of it"),
    "check.book.line_missing": ("案卷缺第 {line} 行", "line {line} of the journal is missing"),
    "check.book.line_unasked": (
        "案卷第 {line} 行没有对应的已接受事件",
        "line {line} of the journal stands for no event that was accepted"),
    "check.book.line_event": (
        "案卷第 {line} 行与已接受的事件不一致",
        "line {line} of the journal is not the event that was accepted"),
    "check.book.line_form": (
        "案卷第 {line} 行不是规定的书写格式",
        "line {line} of the journal is not in the form prescribed byte for byte"),
    "check.book.line_seq": ("案卷第 {line} 行的序号不对", "line {line} of the journal has another number"),
    "check.book.line_prev": (
        "案卷第 {line} 行所记上一行的校验值不符",
        "line {line} of the journal does not name the digest of the line before it"),
    "check.book.order": ("名单未按报名号排序", "the list is not in the order of the ids"),
    "check.book.cell": (
        "“{column}”应为“{expected}”，名单写的是“{found}”",
        "“{column}” is “{expected}” by the rules, the list says “{found}”"),
}
