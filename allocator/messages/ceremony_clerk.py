"""Texts (zh, en) of the draw day: what the clerk is told and asked."""

TEXTS: dict[str, tuple[str, str]] = {
    "ceremony.stands": (
        "摇号场次 {event}：{step}。已有的内容都已保存，不再重问。",
        "Draw {event}: {step}. What was answered is kept and not asked again."),
    "ceremony.page": (
        "投影页面：{file}（用浏览器打开，会自动更新）",
        "page for the projector: {file} (open it in a browser; it renews itself)"),
    "ceremony.page_lost": (
        "投影页面没有写出（{reason}）；摇号不受影响",
        "the page for the projector was not written ({reason}); the draw goes on"),
    "ceremony.left": (
        "已退出。已有的内容都已保存；再次运行同一命令，从这里继续。",
        "left; what was answered is kept, and the same command goes on from here"),
    "ceremony.froze": (
        "数据此前尚未封存，现已封存。请先公布以下校验值，再请见证人报数。",
        "the data were not frozen before; they are now. Publish these digests before any witness speaks."),
    "ceremony.ask.place": ("地点：", "Place:"),
    "ceremony.ask.time": (
        "时间（如 2023-08-20 09:00；直接按回车则为现在）：", "Time (such as 2023-08-20 09:00; Enter alone for now):"),
    "ceremony.ask.event": ("摇号场次编号：", "Number of the draw:"),
    "ceremony.ask.event_next": (
        "摇号场次编号（直接按回车则为 {next}）：", "Number of the draw (Enter alone for {next}):"),
    "ceremony.ask.announced": (
        "见证人共几位（至少 3 位，须代表不同方面）：", "How many witnesses (at least 3, of different kinds):"),
    "ceremony.ask.announced_order": ("见证人共几位（可以为 0）：", "How many witnesses (may be 0):"),
    "ceremony.ask.kind": (
        "第 {number} 位见证人代表哪一方（如 家长、人大代表、公证处）：",
        "Witness {number} stands for (such as parents, deputies, notary):"),
    "ceremony.ask.round": (
        "事先公布的 drand 轮次，<网络>:<轮次>（没有则直接按回车）：",
        "drand round named beforehand, <network>:<round> (Enter alone if there is none):"),
    "ceremony.ask.right": (
        "以上内容正确请输入 y，需要重新填写直接按回车：",
        "Type y if all of this is right, Enter alone to give it again:"),
    "ceremony.ask.go_on": ("按回车继续：", "Enter to go on:"),
    "ceremony.ask.page": (
        "第 {page} 页，共 {pages} 页。按回车看下一页，输入页码跳转，输入 end 结束：",
        "page {page} of {pages}. Enter: the next one; a number: that page; end: no more:"),
    "ceremony.ask.name": (
        "第 {number} 位见证人（{kind}）的姓名（缺席则输入“缺席”）：",
        "Name of witness {number} ({kind}), or 'absent':"),
    "ceremony.ask.office": ("单位和职务：", "Office:"),
    "ceremony.ask.digits": (
        "第 {number} 位见证人（{kind}）报出的数字，不显示（不报数则输入“缺席”）：",
        "Digits of witness {number} ({kind}), not shown (or 'absent'):"),
    "ceremony.ask.again": ("请再录入一遍，不显示：", "The same once more, not shown:"),
    "ceremony.ask.randomness": (
        "drand 轮次 {round} 公布的随机值（64 位十六进制数字），不显示：",
        "Randomness of the drand round {round} (64 hexadecimal digits), not shown:"),
    "ceremony.ask.ring": (
        "当众摇出的起始号和间隔数，<起始号>:<间隔数>，不显示：",
        "Start and step as drawn here, <start>:<step>, not shown:"),
    "ceremony.typed": ("  已录入 {count} 位", "  {count} {count:digit/digits} typed"),
    "ceremony.kept": ("  两遍相同，已保存", "  both are equal; kept"),
    "ceremony.weak_next": (
        "随机数不足，不能摇号：请另约时间，用 allocator ceremony {folder} --void \"原因\" 作废本场；"
        "按当地规定可以接受的，加 --allow-weak-seed 再次运行，每份名单都会注明",
        "too little was given for a draw: appoint another day and make this one void with allocator ceremony "
        "{folder} --void REASON; where your rules allow it run it again with --allow-weak-seed, which every list "
        "then says"),
    "ceremony.papers_later": (
        "摇号有效，不受影响；会议纪要和签字页还没有生成：补上下面所缺的，再次运行 allocator ceremony {folder}",
        "the draw stands as it is; its papers are not made yet: mend what is told below and run allocator ceremony "
        "{folder} again"),
    "ceremony.kept_absent": ("  已记为缺席", "  noted as absent"),
    "ceremony.differ": (
        "  两遍录入不同（不显示内容），请重新录入两遍", "  the two differ (they are not shown); type both again"),
    "ceremony.written": ("摇号记录：{file}", "transcript: {file}"),
    "ceremony.paper": ("已生成：{file}", "made: {file}"),
    "ceremony.ended": (
        "摇号结束。下一步：{next}", "The draw is held. Next: {next}"),
    "ceremony.voided": (
        "摇号场次 {event} 作废（原因：{reason}）。编号 {event} 不再使用，下一个编号是 {next}。请公布原因和 {kept}。",
        "Draw {event} is VOID (reason: {reason}). Its number is used up, the next one is {next}. Publish the "
        "reason and "
        "{kept}."),
    "ceremony.moved": ("保留为 {kept}", "kept as {kept}"),
    "ceremony.set_aside": (
        "上一场摇号 {event} 已用 draw … --again 作废，其纪要和记录保留为 {kept}",
        "draw {event} was made void by 'draw … --again'; its papers and journal are kept as {kept}"),
}
