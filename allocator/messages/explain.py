"""Texts (zh, en) of explanations: what a family is told about one child."""

TEXTS: dict[str, tuple[str, str]] = {
    "explain.no_run": (
        "不是本程序生成的输出文件夹（缺少有效的 manifest.json）",
        "is not an output folder of the allocator (no valid manifest.json)",
    ),
    "explain.no_trace": (
        "本次运行没有保留过程记录（使用了 --no-trace），无法解释；请不带此选项重新运行",
        "the run kept no record (--no-trace), so nothing can be explained; run again without that option",
    ),
    "explain.unknown_id": (
        "名单中没有这个登记号；请核对后再试",
        "no child of this run has this registration number; check it and try again",
    ),
    "explain.damaged": (
        "过程记录此行已损坏，不作任何解释；请用同样的输入重新运行",
        "this line of the record is damaged, so nothing is explained; run again with the same inputs",
    ),
    "explain.changed": (
        "文件在运行之后被改动过（与 manifest.json 不符），不作任何解释；请用同样的输入重新运行",
        "the file was changed after the run (it differs from manifest.json), so nothing is explained; run again with"
        " the same inputs",
    ),
    "explain.missing": (
        "文件缺失；请用同样的输入重新运行",
        "the file is missing; run again with the same inputs",
    ),
    "explain.child": ("登记号 {id}", "Registration number {id}"),
    "explain.together": (
        "与 {others} 捆绑登记：不拆开，共用一个签号。",
        "Registered together with {others}: they stay together and share one lot.",
    ),
    "explain.category": ("类别：{category}（{name}）。", "Category: {category} ({name})."),
    "explain.status.late": (
        "未按时登记：不参加各批次录取，只参加最后的统筹调剂。",
        "Registered late: takes no part in the batches, only in the adjustment at the end.",
    ),
    "explain.status.blacklisted": (
        "已列入诚信名单：不参加各批次录取，在统筹调剂中排在最后。",
        "On the integrity list: takes no part in the batches and comes last in the adjustment.",
    ),
    "explain.no_batch": (
        "此类别没有对应的批次，由统筹调剂安排。",
        "No batch is for this category; the adjustment places these children.",
    ),
    "explain.result.admitted": ("结果：被 {school} 录取，{phase}。", "Result: admitted to {school}, {phase}."),
    "explain.result.diverted": (
        "结果：分流到 {school} 并被录取，{phase}。",
        "Result: diverted to {school} and admitted there, {phase}.",
    ),
    "explain.result.adjusted": (
        "结果：由统筹调剂安排到 {school}。",
        "Result: placed at {school} by the adjustment.",
    ),
    "explain.result.external": (
        "结果：属于 {school} 招生，该校由其他主管部门录取。",
        "Result: belongs to {school}, to which another authority admits.",
    ),
    "explain.result.needs_ruling": (
        "结果：待主管部门裁定，目前没有学位。",
        "Result: waits for a ruling of the authority and has no seat yet.",
    ),
    "explain.result.unplaced": (
        "结果：目前没有学位。缺口已上报，不会有孩子被丢下。",
        "Result: no seat yet. The shortage is reported; no child is dropped.",
    ),
    "explain.story": ("经过：", "What happened, in order:"),
    "explain.place": ("{phase}，{school}：", "{phase}, {school}: "),
    "explain.place.choice": ("{phase}，第 {choice} 志愿 {school}：", "{phase}, choice no. {choice}, {school}: "),
    "explain.place.none": ("{phase}：", "{phase}: "),
    "explain.place.end": ("最后：", "At the end: "),
    "explain.clause": ("依据：{clause}。", "Rule: {clause}."),
    "explain.external": (
        "住址对口这所学校，由其他主管部门招生，登记转到该部门。",
        "the home belongs to this school, and another authority admits there; the registration goes to it.",
    ),
    "explain.decision.admitted": (
        "经批准的决定指定这所学校，录取，不抽签（当时剩余学位 {before} 个）。",
        "an approved decision names this school; admitted without a draw (seats left: {before}).",
    ),
    "explain.decision.needs_ruling": (
        "经批准的决定指定这所学校，但指定到这里的孩子多于剩余学位（{open} 个）。"
        "这些孩子都不由程序安排，由主管部门裁定。",
        "an approved decision names this school, but decisions name more children for it than it has seats left"
        " ({open}). None of them is placed by the procedure; the authority rules on them.",
    ),
    "explain.referral": (
        "按住址和类别没有规定对口学校，由主管部门裁定。",
        "no home school is laid down for this home and category; the authority rules on it.",
    ),
    "explain.admitted": (
        "来这里的孩子都能录取，不需要抽签。录取。",
        "all who came here could be admitted, no draw was needed. Admitted.",
    ),
    "explain.admitted.drawn": (
        "名额 {open} 个，排序共 {of} 份登记，举行了抽签（{draw}）。这份登记排第 {rank}。录取。",
        "seats: {open}; registrations in the order: {of}; a draw was held ({draw}). This one has rank {rank}."
        " Admitted.",
    ),
    "explain.over_plan": (
        "为了不拆开，超出计划 {over} 个。",
        "So that they stay together, the plan is exceeded by {over}.",
    ),
    "explain.not_admitted": (
        "名额 {open} 个，排序共 {of} 份登记，举行了抽签（{draw}）。这份登记排第 {rank}，轮到它之前名额已满。未录取。",
        "seats: {open}; registrations in the order: {of}; a draw was held ({draw}). This one has rank {rank}, and the"
        " seats were gone before its turn. Not admitted.",
    ),
    "explain.passed_over": (
        "轮到时（第 {rank}，共 {of} 份登记）剩余学位 {before} 个，容不下必须在一起的 {size} 个孩子。跳过。",
        "at its turn (rank {rank} of {of}) the seats left were {before}, too few for the {size} children who stay"
        " together. Passed over.",
    ),
    "explain.first_in_line": (
        "因此在接下来的分流中排在最前。",
        "They therefore stand first in the diversion that follows.",
    ),
    "explain.no_seat.home": (
        "这一批次开始时已没有剩余学位，整批分流到其他学校，不抽签。",
        "no seat was left when this batch began; the whole batch goes on to other schools, without a draw.",
    ),
    "explain.no_seat.choice": (
        "这里没有名额。未录取。",
        "there were no seats here. Not admitted.",
    ),
    "explain.no_seat.walk": (
        "轮到时（分流次序第 {rank}，共 {of} 份登记）已没有剩余学位。",
        "no seat was left at its turn (rank {rank} of {of} in the order of the diversion).",
    ),
    "explain.no_seat.adjustment": (
        "轮到时（调剂次序第 {rank}，共 {of} 份登记）下列学校都没有剩余学位：{schools}。",
        "at its turn (rank {rank} of {of} in the order of the adjustment) none of these schools had a seat left:"
        " {schools}.",
    ),
    "explain.no_seat.distance": (
        "分流按总路程最短统一安排，下列学校的学位都安排完了：{schools}。",
        "the diversion keeps the sum of all distances as small as possible; the seats of these schools were all given:"
        " {schools}.",
    ),
    "explain.diverted": (
        "轮到时（分流次序第 {rank}，共 {of} 份登记）这是次序中第一所有剩余学位的学校（{before} 个）。录取。",
        "at its turn (rank {rank} of {of} in the order of the diversion) this was the first school on its list with a"
        " seat left ({before}). Admitted.",
    ),
    "explain.diverted.distance": (
        "分流按总路程最短统一安排，安排到这里。录取。",
        "the diversion keeps the sum of all distances as small as possible and places the child here. Admitted.",
    ),
    "explain.adjusted": (
        "轮到时（调剂次序第 {rank}，共 {of} 份登记）这是次序中第一所有剩余学位的学校（{before} 个）。",
        "at its turn (rank {rank} of {of} in the order of the adjustment) this was the first school on its list with a"
        " seat left ({before}).",
    ),
    "explain.before": ("在它之前没有剩余学位的学校：{schools}。", "Schools before it without a seat left: {schools}."),
    "explain.unplaced": (
        "所有能去的学校都已没有学位。",
        "no school that could take the child had a seat left.",
    ),
    "explain.nothing_lost": (
        "这不影响类别、学区和以后的抽签。",
        "Nothing is lost by this: category, zone and later draws stay as they were.",
    ),
    "explain.cut": ("这里最后录取的：{party}。", "Last admitted there: {party}."),
    "explain.cut.none": ("这里没有录取任何人。", "Nobody was admitted there."),
    "explain.own": ("这份登记：{party}。", "This registration: {party}."),
    "explain.party.category": ("类别 {category}", "category {category}"),
    "explain.party.tier": ("第 {tier} 梯队", "tier {tier}"),
    "explain.party.ticket": ("签号 {ticket}…（抽签 {draw}）", "ticket {ticket}… (draw {draw})"),
    "explain.party.decision": ("按决定录取", "by an approved decision"),
    "explain.party.phase": ("{phase}", "in {phase}"),
    "explain.separator": ("，", ", "),
    "explain.schools": ("、", ", "),
    "explain.tickets": (
        "同一抽签中签号小者在前。任何人都可以重算：签号是文本“{seed}|抽签名|{party}”的 SHA-256。",
        "Within one draw the smaller ticket comes first. Anyone can recompute it: it is the SHA-256 of the text"
        ' "{seed}|name of the draw|{party}".',
    ),
    "explain.tickets.session": (
        "签号小者在前。任何人都可以重算：签号是文本“{seed}|session|{party}”的 SHA-256。",
        "The smaller ticket comes first. Anyone can recompute it: it is the SHA-256 of the text"
        ' "{seed}|session|{party}".',
    ),
}
