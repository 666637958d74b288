"""Texts (zh, en) of what is to be done next in a case book."""

TEXTS: dict[str, tuple[str, str]] = {
    "book.next.due": ("现在应办", "To be done now"),
    "book.next.waits": ("到日子再办", "When its day has come"),
    "book.next.may": ("需要时可办", "Where it is called for"),
    "book.next.nothing": ("现在没有要办的事项", "nothing is to be done now"),
    "book.next.by": ("（{role}录入）", " (entered by: {role})"),
    "book.next.any_time": (
        "随时可以录入放弃、重新认定、补报名等事项：allocator book do --help",
        "Withdrawals, reclassifications, late families and the like can be entered at any time: allocator book do "
        "--help"),
    "book.next.commands": ("具体命令：{command}", "The commands: {command}"),
    "book.next.others": ("；其余同样办理：{others}", "; likewise for {others}"),
    "book.next.many_others": ("；其余同样办理：{others}，另有 {more} 个", "; likewise for {others} and {more} more"),
    "book.next.season_opened": ("立卷：一个学年、一个学段一份案卷。", "Open the book: one for each year and stage."),
    "book.next.determined": (
        "认定：由报名、房产、核查等表得出每名学生的类别和学区，记入校验值。",
        "Determine: tables of applications, homes and checks give each child category and zone; digests are noted."),
    "book.next.determined.tables": (
        "先导入平台导出的表（allocator intake；或放入审核后的名册 applicants.csv），核对人数（allocator check），"
        "再认定。",
        "First read the platform's export (allocator intake; or put the reviewed roster applicants.csv there), compare "
        "the counts (allocator check), then determine."),
    "book.next.determined.again": (
        "表有改动时，重新认定（可多次）。", "Determine once more where a table has changed, as often as needed."),
    "book.next.determined.held": (
        "有 {held} 名学生暂缓列入名册：由领导小组研究确定（allocator rulings 列出），记入 rulings.csv "
        "后重新认定，才能封存。",
        "{held} {held:child is/children are} held back: the leading group rules (allocator rulings lists them); enter "
        "it in rulings.csv and determine once more, then freeze."),
    "book.next.frozen.held": (
        "封存：要等暂缓列入名册的学生（{held} 名）研究确定之后。",
        "Freeze: not before the {held} {held:child/children} held back are ruled on."),
    "book.next.frozen": (
        "封存：认定已完成；没有暂缓列入名册的学生时即可封存，公布校验值，然后公开摇号。",
        "Freeze: the determination is there; once no child is held, freeze, publish the digests, then draw in public."),
    "book.next.drawn": (
        "公开摇号：名册已封存；以见证数字写出摇号记录（allocator draw transcript），再录入案卷（不能更正）。",
        "Draw in public: the roster is frozen; put the transcript together from what the witnesses gave (allocator "
        "draw transcript), then enter it (it cannot be annulled)."),
    "book.next.unfrozen": (
        "封存有误时，由领导小组撤销封存，回到认定。",
        "Where the freeze is wrong, the leading group takes it back; the season is open again."),
    "book.next.round_opened": (
        "{round}可以开批：排出预录取名单。", "Open {round}: the pre-admission list is made."),
    "book.next.round_opened.further": (
        "可以再开一次调剂（{round}）：仍有学生待录取，且有空余学位时。",
        "Open a further adjustment ({round}), where children still wait and seats are left."),
    "book.next.publicity_opened": (
        "{round}已预录取，应公示：{first_day} 至 {last_day}（最少工作日）。",
        "Publish the pre-admission list of {round} from {first_day} to {last_day} (the least working days)."),
    "book.next.publicity_opened.nobody": (
        "{round}没有录取任何学生，也可以照常公示：{first_day} 至 {last_day}。",
        "Nobody has a seat of {round}; it can be published all the same, from {first_day} to {last_day}."),
    "book.next.round_confirmed": (
        "{round}公示期已于 {until} 结束，没有未答复的异议，可以确认录取。",
        "The publicity of {round} ended on {until} and no objection is open: confirm it."),
    "book.next.round_confirmed.nobody": (
        "{round}没有录取任何学生，无须公示，可以直接确认。",
        "Nobody has a seat of {round}: there is nothing to publish, confirm it."),
    "book.next.round_confirmed.publicity": (
        "{round}的公示期至 {until}，{from} 起可确认录取。",
        "{round} is in publicity until {until}; it can be confirmed from {from}."),
    "book.next.round_confirmed.objections": (
        "{round}的公示期至 {until}，{from} 起可确认录取；须先答复全部异议。",
        "{round} is in publicity until {until}; it can be confirmed from {from}, once every objection is answered."),
    "book.next.objection": (
        "{round}公示期内（至 {until}）收到异议，即录入。",
        "Enter an objection to {round} that comes in until {until}."),
    "book.next.publicity_extended": ("延长{round}的公示期。", "Extend the publicity of {round}."),
    "book.next.objection_closed": (
        "答复异议 {objection}：不成立由办公室录入；成立（--result upheld）由领导小组录入{others}。",
        "Answer objection {objection}: rejected by the office, upheld (--result upheld) by the leading group{others}."),
    "book.next.signed_off": (
        "{round}：{school}的名单应由校长签字上报{others}。",
        "{round}: the list of {school} is to be signed off by its principal{others}."),
    "book.next.ruling": (
        "{party} 待领导小组研究确定：参加调剂（adjust）、给予学位（place）或不予受理（dismiss）{others}。",
        "{party} needs a ruling of the leading group: adjust, place at a school, or dismiss{others}."),
    "book.next.locks_written": (
        "调剂已确认，没有未结束的批次：写出学位锁定。",
        "The adjustment is confirmed and no round is open: write the seat locks."),
    "book.next.annulled": (
        "最后一条（第 {annuls} 条，{event}）录错时，可以更正。",
        "Annul the last line ({annuls}, {event}), if it was entered by mistake."),
    "book.next.note": ("附注。", "Note something."),
    "book.next.must_wait": (
        "{round}要等以下批次确认后才能开批：{others}。", "{round} cannot open before these are confirmed: {others}."),
    "book.next.no_seats": (
        "仍有 {count} 名学生尚未落实学位，而各校没有空余学位：由领导小组增加学位（seats_added）后再次调剂，"
        "或逐户决定（ruling）。",
        "{count} {count:child is/children are} still without a seat and none is left: the leading group adds seats "
        "(seats_added), then a further adjustment opens, or it rules on each (ruling)."),
    "book.next.finished": ("本学年各批次均已办结。", "All rounds of this season are finished."),
    "book.day.1": ("1 月 {day} 日", "{day} January"),
    "book.day.2": ("2 月 {day} 日", "{day} February"),
    "book.day.3": ("3 月 {day} 日", "{day} March"),
    "book.day.4": ("4 月 {day} 日", "{day} April"),
    "book.day.5": ("5 月 {day} 日", "{day} May"),
    "book.day.6": ("6 月 {day} 日", "{day} June"),
    "book.day.7": ("7 月 {day} 日", "{day} July"),
    "book.day.8": ("8 月 {day} 日", "{day} August"),
    "book.day.9": ("9 月 {day} 日", "{day} September"),
    "book.day.10": ("10 月 {day} 日", "{day} October"),
    "book.day.11": ("11 月 {day} 日", "{day} November"),
    "book.day.12": ("12 月 {day} 日", "{day} December"),
}
