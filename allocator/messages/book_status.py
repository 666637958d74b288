"""Texts (zh, en) of where a case book stands."""

TEXTS: dict[str, tuple[str, str]] = {
    "book.stage.primary": ("小学", "primary"),
    "book.stage.junior": ("初中", "junior"),
    "book.status.season": (
        "{year} 年{stage}案卷：{season}，共 {lines} 条记录",
        "book of {year}, {stage}: {season}, {lines} {lines:line/lines}"),
    "book.status.last": (
        "最后一条：第 {seq} 条，{at}，{event}{about}（{by}，{role}）",
        "last line: {seq}, {at}, {event}{about} ({by}, {role})"),
    "book.status.children": (
        "学生 {total} 名：已有学位 {seated}，待录取 {waiting}，待领导小组研究确定 {needs_ruling}，"
        "转由外区招生 {external}，已离开 {gone}；各校空余学位共 {left} 个",
        "{total} {total:child/children}: {seated} seated, {waiting} waiting, {needs_ruling} for a ruling, {external} "
        "external, {gone} gone; {left} {left:seat/seats} left"),
    "book.status.column.round": ("批次", "round"),
    "book.status.column.state": ("状态", "state"),
    "book.status.column.opened": ("开批", "open"),
    "book.status.column.publicity": ("公示", "publicity"),
    "book.status.column.confirmed": ("确认", "confirm"),
    "book.status.column.children": ("学生", "seats"),
    "book.status.column.signed": ("签字", "sign"),
    "book.status.from": ("{day} 起", "{day} on"),
    "book.status.needs_ruling": (
        "待领导小组研究确定 {count} 户：{named}", "{count} {count:party needs/parties need} a ruling: {named}"),
    "book.status.objections": ("未答复的异议 {count} 件：{named}", "open objections ({count}): {named}"),
    "book.status.objection": ("{objection}（{round}，{party}）", "{objection} ({round}, {party})"),
    "book.status.unsigned": (
        "待校长签字上报 {count} 份：{named}", "lists for a principal to sign ({count}): {named}"),
    "book.status.unsigned_round": ("{round} {count} 份", "{round} ({count})"),
    "book.status.head": ("链头：{head}", "head: {head}"),
    "book.status.more": ("{shown}，另有 {more} 个", "{shown} and {more} more"),
}
