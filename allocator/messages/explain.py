"""Texts (zh, en) of explanations: what a family is told about one child."""

_TEXTS: dict[str, tuple[str, str]] = {
    "explain.no_run": (
        "不是本程序生成的输出文件夹（缺少有效的 manifest.json）",
        "is not an output folder of the allocator (no valid manifest.json)"),
    "explain.no_assignment": (
        "这是规划测算（allocator optimum 或 what-if），不是录取结果，没有可以解释的录取理由",
        "holds planning results (optimum or what-ifs), which give no child a seat: there is no reason to explain"),
    "explain.no_trace": (
        "本次运行没有保留过程记录（使用了 --no-trace），无法解释；请不带此选项重新运行",
        "the run kept no record (--no-trace), so nothing can be explained; run again without that option"),
    "explain.unknown_id": (
        "名单中没有这个报名号；请核对后再试",
        "no child of this run has this registration number; check it and try again"),
    "explain.damaged": (
        "过程记录此行已损坏，不作任何解释；请用同样的输入重新运行",
        "this line of the record is damaged, so nothing is explained; run again with the same inputs"),
    "explain.changed": (
        "文件在运行之后被改动过（与 manifest.json 不符），不作任何解释；请用同样的输入重新运行",
        "the file was changed after the run (it differs from manifest.json), so nothing is explained; run again with"
        " the same inputs"),
    "explain.missing": ("文件缺失；请用同样的输入重新运行", "the file is missing; run again with the same inputs"),
    "explain.child": ("报名号 {id}", "Registration number {id}"),
    "explain.together": (
        "与 {others} 为同一组多胞胎，捆绑参加，不予拆分，共用一个摇号随机号。",
        "Registered together with {others}: they stay together and share one lot."),
    "explain.category": ("类别：{category}（{name}）。", "Category: {category} ({name})."),
    "explain.status.late": (
        "逾期报名：不参加调剂之前的各环节，只参加调剂。",
        "Registered late: takes no part in the phases before the adjustment, only in the adjustment."),
    "explain.status.blacklisted": (
        "已列入诚信黑名单：不参加调剂之前的各环节，在调剂中排在最后。",
        "Blacklisted: takes no part in the phases before the adjustment and comes last in it."),
    "explain.no_batch": (
        "该类别没有相应批次，由调剂入学。",
        "No batch is for this category; the adjustment places these children."),
    "explain.result.admitted": (
        "结果：该生在“{phase}”环节被 {school} 录取。",
        "Result: admitted to {school}, {phase}."),
    "explain.result.diverted": (
        "结果：该生在“{phase}”环节分流到 {school} 并被录取。",
        "Result: diverted to {school} and admitted there, {phase}."),
    "explain.result.adjusted": ("结果：该生调剂到 {school}。", "Result: placed at {school} by the adjustment."),
    "explain.result.external": (
        "结果：该生转由外区招生，由 {school} 负责。",
        "Result: belongs to {school}, to which another authority admits."),
    "explain.result.needs_ruling": (
        "结果：该生待领导小组研究确定，目前尚未落实学位。",
        "Result: waits for a ruling of the authority and has no seat yet."),
    "explain.result.unplaced": (
        "结果：该生尚未落实学位，计入学位缺口。",
        "Result: without a seat. The child is counted in the shortage."),
    "explain.story": ("经过：", "What happened, in order:"),
    "explain.place": ("{phase}，{school}：", "{phase}, {school}: "),
    "explain.place.choice": ("{phase}，第 {choice} 志愿 {school}：", "{phase}, choice no. {choice}, {school}: "),
    "explain.place.none": ("{phase}：", "{phase}: "),
    "explain.place.end": ("最后：", "At the end: "),
    "explain.clause": ("依据：{clause}。", "Rule: {clause}."),
    "explain.clause.section": (
        "依据：招生方案{section}，条款编号 {clause}。",
        "Rule: {clause}, section {section} of the plan."),
    "explain.external": (
        "按住址，对口学校为该校，由外区招生，报名转由外区办理。",
        "the home belongs to this school, and another authority admits there; the registration goes to it."),
    "explain.decision.admitted": (
        "经批准直接录取到该校，无须摇号（当时空余学位 {before} 个）。",
        "an approved decision names this school; admitted without a draw (seats left: {before})."),
    "explain.decision.needs_ruling": (
        "经批准的决定指定该校，但指定到该校的学生多于空余学位（{open} 个），这些学生均待领导小组研究确定。",
        "an approved decision names this school, but decisions name more children for it than it has seats left "
        "({open}). None of them is placed by the procedure; the authority rules on them."),
    "explain.referral": (
        "按住址和类别没有规定对口学校，待领导小组研究确定。",
        "no home school is laid down for this home and category; the authority rules on it."),
    "explain.admitted": (
        "报名人数未超过空余学位，全部录取，无须摇号。",
        "all who came here could be admitted, no draw was needed. Admitted."),
    "explain.admitted.equals": (
        "优先条件与该生相同的报名户全部录取，相互之间无须摇号。予以录取。",
        "all with the same priority here could be admitted, no draw was needed among them. Admitted."),
    "explain.admitted.drawn": (
        "空余学位 {open} 个，参加排序的报名户 {of} 个，举行了{draw}。该生排第 {rank}，予以录取。",
        "seats: {open}; registrations in the order: {of}; a draw was held ({draw}). This one has rank {rank}. "
        "Admitted."),
    "explain.over_plan": (
        "为不拆分多胞胎，超出招生计划 {over} 个。",
        "So that they stay together, the plan is exceeded by {over}."),
    "explain.over_offered": (
        "为不拆分多胞胎，超出提供的学位数 {over} 个，占用该校招生计划内的其他学位。",
        "So that they stay together, the seats offered are exceeded by {over}; these come out of the school's plan."),
    "explain.hard_cap": (
        "为不拆分多胞胎可以超出招生计划，但不得超过该校最大容量 {cap} 人。",
        "So that they stay together the plan may be exceeded, but never the hard cap of the school ({cap})."),
    "explain.not_admitted": (
        "空余学位 {open} 个，参加排序的报名户 {of} 个，举行了{draw}。该生排第 {rank}，轮到之前学位已满，未摇中。",
        "seats: {open}; registrations in the order: {of}; a draw was held ({draw}). This one has rank {rank}, and "
        "the seats were gone before its turn. Not admitted."),
    "explain.not_admitted.no_draw": (
        "空余学位 {open} 个，参加排序的报名户共 {of} 个，该生排第 {rank}，轮到之前学位已满；"
        "优先条件相同的报名户均未录取，相互之间没有摇号。未录取。",
        "seats: {open}; registrations in the order: {of}. This one has rank {rank}, and the seats were gone before its"
        " turn; nobody of the same priority was admitted, so no draw was held among them. Not admitted."),
    "explain.passed_over": (
        "轮到时（第 {rank}，共 {of} 个报名户）空余学位 {before} 个，不足以录取该组多胞胎 {size} 人，予以跳过。",
        "at its turn (rank {rank} of {of}) the seats left were {before}, too few for the {size} children who stay "
        "together. Passed over."),
    "explain.first_in_line": (
        "因此在接下来的分流中排在最前。",
        "They therefore stand first in the diversion that follows."),
    "explain.no_seat.home": (
        "该批次开始时已没有空余学位，整批分流到其他学校，无须摇号。",
        "no seat was left when this batch began; the whole batch goes on to other schools, without a draw."),
    "explain.no_seat.choice": ("该校空余学位 0 个，未录取。", "there were no seats here. Not admitted."),
    "explain.no_seat.walk": (
        "轮到时（分流次序第 {rank}，共 {of} 个报名户，由{draw}排定）已没有空余学位。",
        "no seat was left at its turn (rank {rank} of {of} in the order of the diversion, draw {draw})."),
    "explain.no_seat.adjustment": (
        "轮到时（调剂次序第 {rank}，共 {of} 个报名户，由{draw}排定）可调剂的学校空余学位均不足（{count} 所，"
        "逐所说明如下）。",
        "at its turn (rank {rank} of {of} in the order of the adjustment, draw {draw}) no school of the adjustment "
        "had room (schools tried, told below: {count})."),
    "explain.no_seat.list": (
        "轮到时（分流次序第 {rank}，共 {of} 个报名户，摇号 {draw}）接收学校空余学位均不足（{count} 所，"
        "逐所说明如下）。",
        "at its turn (rank {rank} of {of} in the order of the diversion, draw {draw}) no receiving school had room "
        "(schools tried, told below: {count})."),
    "explain.no_seat.distance": (
        "分流以总路程最短为准（路程相同的看{draw}），接收学校的空余学位均已用完（{count} 所，逐所说明如下）。",
        "the diversion keeps the sum of all distances as small as possible (among equals the draw {draw} decides); "
        "the receiving schools had no room left (schools, told below: {count})."),
    "explain.diverted": (
        "轮到时（分流次序第 {rank}，共 {of} 个报名户，由{draw}排定），按去向顺序，"
        "这是第一所尚有空余学位的学校（{before} 个），予以录取。",
        "at its turn (rank {rank} of {of} in the order of the diversion, draw {draw}) this was the first school on "
        "its list with a seat left ({before}). Admitted."),
    "explain.diverted.distance": (
        "分流以总路程最短为准（路程相同的看{draw}），分流到该校，予以录取。",
        "the diversion keeps the sum of all distances as small as possible (among equals the draw {draw} decides) "
        "and places the child here. Admitted."),
    "explain.adjusted": (
        "轮到时（调剂次序第 {rank}，共 {of} 个报名户，由{draw}排定），按去向顺序，"
        "这是第一所尚有空余学位的学校（{before} 个）。",
        "at its turn (rank {rank} of {of} in the order of the adjustment, draw {draw}) this was the first school "
        "on its list with a seat left ({before})."),
    "explain.adjusted.distance": (
        "轮到时（调剂次序第 {rank}，共 {of} 个报名户，由{draw}排定），调剂按距离由近到远，"
        "这是距离最近且尚有空余学位的学校：{school}，{metres}（空余学位 {before} 个）。",
        "at its turn (rank {rank} of {of} in the order of the adjustment, draw {draw}) this was the nearest school "
        "with a seat left: {school}, {metres} (seats left: {before})."),
    "explain.before.distance": (
        "更近而空余学位不足的学校有 {count} 所，逐所说明如下。",
        "Nearer schools without room, told below: {count}."),
    "explain.before": (
        "去向顺序在前而空余学位不足的学校有 {count} 所，逐所说明如下。",
        "Schools before it on the list without room, told below: {count}."),
    "explain.full.no_seat": ("{school}：没有空余学位。", "{school}: no seat left."),
    "explain.full.too_few": (
        "{school}：空余学位 {before} 个，不足以录取该组多胞胎 {size} 人。",
        "{school}: seats left: {before}, too few for the {size} children who stay together."),
    "explain.full.last": (
        "该校最后录取的学生属于 {category} 类，在“{phase}”环节{step}。",
        "Last admitted there: category {category}, in {phase}{step}."),
    "explain.full.earlier": (
        "该校最后录取的学生属于 {category} 类，在“{phase}”环节{step}，早于本次排序。",
        "Last admitted there: category {category}, in {phase}{step}, before this order began."),
    "explain.full.ticket": (
        "该生与最后一名录取学生参加同一摇号，即{draw}，优先条件相同，由摇号随机号决定：最后一名录取学生为 {cut}…，"
        "该生较大，为 {own}…。",
        "Both stand alike in the draw {draw}, so the ticket decided: its own is {cut}…, this one's is larger: {own}…."),
    "explain.full.ticket.numbers": (
        "该生与最后一名录取学生参加同一摇号，即{draw}，优先条件相同，由号码决定："
        "最后一名录取学生为 {cut}，该生较大，为 {own}。",
        "Both stand alike in the draw {draw}, so the number decided: its own is {cut}, this one's is larger: {own}."),
    "explain.full.ticket.ring": (
        "该生与最后一名录取学生参加同一摇号，即{draw}，优先条件相同，由循环摇号位次决定："
        "最后一名录取学生为第 {cut} 位，该生在后，为第 {own} 位。",
        "Both stand alike in the draw {draw}, so the place in the ring decided: its own is {cut}, this one's is later: "
        "{own}."),
    "explain.full.rest": (
        "另有 {count} 所学校同样空余学位不足：{schools}。",
        "No room either at {count} more: {schools}."),
    "explain.unplaced": ("所有环节结束，尚未落实学位。", "all phases have ended without a seat."),
    "explain.nothing_lost": (
        "这不影响该生的类别、学区和以后的摇号。",
        "Nothing is lost by this: category, zone and later draws stay as they were."),
    "explain.ticket": ("该生的摇号随机号（由小到大排序）：{ticket}。", "Its ticket: {ticket}."),
    "explain.ticket.numbers": ("该生的号码（由小到大排序）：{ticket}。", "Its number: {ticket}."),
    "explain.ticket.ring": (
        "该生在循环摇号次序中为第 {ticket} 位。",
        "Its place in the order of the ring: {ticket}."),
    "explain.lot": ("摇号随机号", "ticket"),
    "explain.lots": ("摇号随机号", "tickets"),
    "explain.lots.numbers": ("号码", "numbers"),
    "explain.lots.ring": ("循环摇号位次", "places in the ring"),
    "explain.lot.numbers": ("号码", "number"),
    "explain.lot.ring": ("循环摇号位次", "place in the ring"),
    "explain.key.sibling.0": ("该生有兄姐在该校就读，优先。", "Priority: siblings at this school."),
    "explain.key.sibling.1": ("该生没有兄姐在该校就读。", "Priority: no siblings at this school."),
    "explain.key.walk_zone.0": ("该生住在该校的就近片区内，优先。", "Priority: home inside the zone of this school."),
    "explain.key.walk_zone.1": ("该生住在该校的就近片区外。", "Priority: home outside the zone of this school."),
    "explain.cut.none": ("此前该校没有录取任何学生。", "Nobody had been admitted there before."),
    "explain.cut.decision": (
        "此前该校最后录取的学生：经批准直接录取，无须摇号。",
        "Last admitted there before: by an approved decision, without a draw."),
    "explain.cut.earlier": (
        "此前该校最后录取的学生属于 {category} 类，在“{phase}”环节{step}，早于本次排序，因此不比较{lots}。",
        "Last admitted there before: category {category}, in {phase}{step}. That was over before this order began, "
        "so no {lots} are compared."),
    "explain.cut.tier": (
        "先看学区的优先顺序，后看{lot}：该校最后录取的学生在优先顺序第 {cut} 位{cut_zones}，"
        "该生在第 {own} 位{own_zones}。",
        "The tier comes before the {lot}: the last one admitted there is of tier {cut}{cut_zones}, "
        "this one of tier {own}{own_zones}."),
    "explain.cut.category": (
        "先看类别，后看{lot}：该校最后录取的学生属于 {cut} 类，该生属于 {own} 类。",
        "The category comes before the {lot}: the last one admitted there is of category {cut}, this one of "
        "category {own}."),
    "explain.cut.status": (
        "先看报名状态，后看{lot}：按时报名的在前，逾期的其次，列入诚信黑名单的最后。该校最后录取的学生状态在前。",
        "The status of the registration comes before the {lot}: in time first, then late, then blacklisted. The "
        "last one admitted there comes earlier by it."),
    "explain.cut.sibling": (
        "先看有无兄姐在该校就读，后看{lot}：该校最后录取的学生有，该生没有。",
        "A sibling at the school comes before the {lot}: the last one admitted there has one, this one has none."),
    "explain.cut.walk_zone": (
        "先看是否住在该校的就近片区，后看{lot}：该校最后录取的学生住在片区内，该生住在片区外。",
        "Living in the school's walk zone comes before the {lot}: the last one admitted there does, this one does "
        "not."),
    "explain.cut.passed_over": (
        "先看是否在对口学校被跳过，后看{lot}：该校最后录取的学生曾被跳过，排在最前，该生没有。",
        "Who was passed over at the home school comes before the {lot}: the last one admitted there was, this one "
        "was not."),
    "explain.cut.ticket": (
        "该生与最后一名录取学生参加同一摇号，即{draw}，优先条件相同，由摇号随机号决定：最后一名录取学生为 {cut}…，"
        "该生较大，为 {own}。",
        "Both stand alike in the draw {draw}, so the ticket decided: that of the last one admitted there is "
        "{cut}…, this one's is larger: {own}."),
    "explain.cut.ticket.numbers": (
        "该生与最后一名录取学生参加同一摇号，即{draw}，优先条件相同，由号码决定："
        "最后一名录取学生为 {cut}，该生较大，为 {own}。",
        "Both stand alike in the draw {draw}, so the number decided: that of the last one admitted there is {cut}, "
        "this one's is larger: {own}."),
    "explain.cut.ticket.ring": (
        "该生与最后一名录取学生参加同一摇号，即{draw}，优先条件相同，由循环摇号位次决定："
        "最后一名录取学生为第 {cut} 位，该生在后，为第 {own} 位。",
        "Both stand alike in the draw {draw}, so the place in the ring decided: that of the last one admitted there is "
        "{cut}, this one's is later: {own}."),
    "explain.step.1": ("（学区内录取）", " (at its home schools)"),
    "explain.step.2": ("（分流）", " (in the diversion)"),
    "explain.schools": ("、", ", "),
    "explain.tickets": (
        "参加同一摇号、优先条件相同的，摇号随机号由小到大排序。任何人都可以重新计算："
        "摇号随机号是文本“{seed}|摇号编号|{party}”的 SHA-256，摇号编号即 draws 文件夹中该次摇号的文件名（不含 .csv）。",
        "In one draw, among those whom nothing else sets apart, the smaller ticket comes first. Anyone can "
        'recompute it: it is the SHA-256 of the text "{seed}|id of the draw|{party}", with the id of the draw as '
        "written above."),
    "explain.tickets.numbers": (
        "号码由小到大排序。号码另行产生，列在随摇号记录公布的 numbers.csv 中（查 {party}），"
        "该文件的 SHA-256 应为 {sha256}。",
        "The smaller number comes first. Numbers were made elsewhere; they stand in numbers.csv (look for {party}), "
        "published with the transcript, and the SHA-256 of that file must be {sha256}."),
    "explain.tickets.ring": (
        "任何人都可以重新计算：把摇号名册 draw-roster.csv 的各户依次编为 1、2、3……围成一圈，先选第 {start} 号，"
        "再从每个选中的号起在圈中余下的号里数到第 {step} 个选中；{party} 第几个被选中即为其位次，位次在前的优先。",
        "Anyone can recompute it: number the parties of draw-roster.csv 1, 2, 3 … in its order and put them in a ring; "
        "first number {start} is chosen, then from each one chosen count {step} further among those still in the ring. "
        "The place in which {party} is chosen is what counts; the earlier comes first."),
    "explain.tickets.session": (
        "摇号随机号由小到大排序。任何人都可以重新计算：摇号随机号是文本“{seed}|session|{party}”的 SHA-256。",
        "The smaller ticket comes first. Anyone can recompute it: it is the SHA-256 of the text "
        '"{seed}|session|{party}".',
    ),
}


def with_twins(texts: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return texts together with those that say of children who stay together what the others say of one child."""
    return texts | {
        f"{code}.twins": (zh.replace("该生", "该组多胞胎"), en.replace("This one has", "These children have"))
        for code, (zh, en) in texts.items()
        if "该生" in zh
    }


TEXTS = with_twins(_TEXTS)
