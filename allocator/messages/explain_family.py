"""Texts (zh, en) of explanations: what the family gave and what became of it, places on lists, metres, switches."""

from allocator.messages.explain import with_twins

_TEXTS: dict[str, tuple[str, str]] = {
    "explain.zone": ("住址所在学区：{zone}。", "Home: {zone}."),
    "explain.home": ("对口学校：{school}。", "Home school: {school}."),
    "explain.home.external": (
        "对口学校：{school}（由外区招生）。",
        "Home school: {school} (another authority admits there)."),
    "explain.home.none": ("按规定没有对口学校。", "Home school: none is laid down."),
    "explain.registered": ("双学区，登记的学校：{school}。", "Dual zone, registered at {school}."),
    "explain.overflow": (
        "按本次政策，先在学区的学校录取；须分流时，{school}排在最前。",
        "Under this policy the school of the zone is tried first; in a diversion {school} comes first."),
    "explain.status_is.verified": ("审核状态：审核通过。", "Status: verified."),
    "explain.status_is.late": ("审核状态：逾期。", "Status: late."),
    "explain.status_is.blacklisted": ("审核状态：列入诚信黑名单。", "Status: blacklisted."),
    "explain.wish": ("{phase}，填报 {school}：{fate}", "{phase}, {school} named: {fate}"),
    "explain.wish.decision": ("{phase}，经批准到 {school}：{fate}", "{phase}, approved for {school}: {fate}"),
    "explain.wish.none": ("没有填报分流意愿。", "No diversion wishes were given."),
    "explain.wish.choice": (
        "{phase}，第 {number} 志愿填报 {school}：{fate}",
        "{phase}, {school} named as no. {number}: {fate}"),
    "explain.wish.diversion": (
        "分流意愿第 {number} 位 {school}：{fate}",
        "Diversion wish no. {number}, {school}: {fate}"),
    "explain.fate.got": ("予以录取。", "granted."),
    "explain.fate.got_by_distance": (
        "分流到该校；分流以总路程最短为准，不看意愿的先后。",
        "placed there; the diversion goes by the sum of distances, not by wishes."),
    "explain.fate.refused": ("未录取，经过见下。", "not granted, as told below."),
    "explain.fate.better": (
        "未用到，已由排在前面的志愿 {taken} 录取。",
        "not needed, {taken}, named before it, gave a seat."),
    "explain.fate.settled": ("未用到，此前已落实学位。", "not needed, a seat had been given before."),
    "explain.fate.category": (
        "未参加，该校不招收该类别的学生。",
        "not looked at, the school does not take this category."),
    "explain.fate.no_part": (
        "未参加，该环节不面向该类别或该学区。",
        "not looked at, this phase is not open to the category or zone."),
    "explain.fate.not_verified": (
        "未参加，只有审核通过的学生参加。",
        "not looked at, only verified children take part."),
    "explain.fate.external": ("不适用，由外区招生。", "does not apply, another authority admits."),
    "explain.fate.ruling": ("待领导小组研究确定。", "waits for the ruling of the authority."),
    "explain.fate.after_ruling": (
        "未参加，该生待领导小组研究确定，不参加以后的环节。",
        "not looked at, a ruling is awaited, and until then no later phase is open."),
    "explain.fate.no_home": (
        "未参加，没有对口学校，不参加分流。",
        "not looked at, without a home school there is no diversion."),
    "explain.fate.no_batch": ("不适用，该类别没有相应批次。", "does not apply, no batch is for this category."),
    "explain.fate.not_diverted": ("未用到，没有分流。", "not needed, there was no diversion."),
    "explain.fate.own_school": (
        "不起作用，这就是对口学校，分流是到其他学校。",
        "without effect, it is the home school, and a diversion leads to others."),
    "explain.fate.not_listed": (
        "不起作用，该校不在对口学校 {home} 的接收学校名单中。",
        "without effect, the school is not on the receiving list of the home school {home}."),
    "explain.fate.distance": (
        "未分流到该校；分流以总路程最短为准，不看意愿的先后。",
        "not placed there; the diversion goes by the sum of distances, not by wishes."),
    "explain.fate.full": ("轮到时空余学位不足，见下。", "too few seats were left at its turn, as told below."),
    "explain.fate.earlier": (
        "未用到，排在前面的 {taken} 尚有空余学位。",
        "not needed, {taken}, which came before it, had a seat."),
    "explain.place_on.wish": (
        "该校是分流意愿第 {place} 位。",
        "The school is no. {place} of the family's own diversion wishes."),
    "explain.place_on.list": (
        "该校在对口学校 {home} 的接收学校名单中排第 {place}（共 {count} 所）。",
        "The school is no. {place} of {count} on the receiving list of the home school {home}."),
    "explain.place_on.overflow": (
        "按本次政策，该校在对口学校 {home} 的接收学校名单中排在最前。",
        "Under this policy the school comes first on the receiving list of the home school {home}."),
    "explain.place_on.adjustment": (
        "该校在调剂学校名单中排第 {place}（共 {count} 所）。",
        "The school is no. {place} of {count} on the adjustment list."),
    "explain.no_place": (
        "调剂按距离由近到远，但没有该生的住址坐标，因此按调剂学校名单的先后。",
        "The adjustment goes by distance, but the place of the home is not given; so the order of the list counts."),
    "explain.no_place.school": (
        "该校没有坐标，排在有坐标的学校之后。",
        "The place of this school is not given; it comes after the schools whose place is."),
    "explain.metres": ("{metres} 米", "{metres} m"),
    "explain.metres.unknown": ("没有坐标", "place not given"),
    "explain.school.metres": ("{school}，{metres}", "{school}, {metres}"),
    "explain.farther": ("排在其后的学校：{schools}。", "Behind it: {schools}."),
    "explain.farther.more": ("排在其后的学校：{schools}，另有 {count} 所。", "Behind it: {schools}, and {count} more."),
    "explain.others": ("其他可去的学校：{schools}。", "The other schools: {schools}."),
    "explain.others.more": (
        "其他可去的学校：{schools}，另有 {count} 所。",
        "The other schools: {schools}, and {count} more."),
    "explain.tie": (
        "距离相同（{metres}）的，按学校编号的先后：{ids}。",
        "Schools equally far ({metres}) come in the order of their ids: {ids}."),
    "explain.tie.before": ("、", ", "),
    "explain.schools.metres": ("；", "; "),
    "explain.measured_from": ("距离按 {id} 的住址计算。", "Measured from the home of {id}."),
    "explain.distance.nearer": (
        "更近的学校：{schools}；这些学校的空余学位按全批次总路程最短，安排给了其他学生。",
        "Nearer schools: {schools}; their seats went to others, because so the sum over the whole batch is least."),
    "explain.distance.nearer.more": (
        "更近的学校：{schools}，另有 {count} 所；这些学校的空余学位按全批次总路程最短，安排给了其他学生。",
        "Nearer schools: {schools}, and {count} more; their seats went to others, because so the sum over the whole "
        "batch is least."),
    "explain.distance.own": ("距离：{school}。", "Distance: {school}."),
    "explain.kept": (
        "另有空余学位 {kept} 个，按本次政策留给后面批次的学区内学生。",
        "Seats kept there for children of later batches whose home school it is: {kept}."),
    "explain.tier": ("该生的学区在优先顺序第 {number} 位{zones}。", "The zone is of tier {number}{zones}."),
    "explain.tier.zones": ("（{zones}）", " ({zones})"),
    "explain.switch.bundle_at_cut.skip": (
        "规则：空余学位不足以录取整组多胞胎时，予以跳过，不超出招生计划。",
        "Rule of this policy: twins for whom too few seats are left are passed over; the plan is never exceeded."),
    "explain.switch.tier_inner.by_category": (
        "规则：自愿报名中，同一优先顺序内先看类别，再看摇号随机号。",
        "Rule of this policy: inside a tier of a voluntary round the category counts before the ticket."),
    "explain.switch.tiers.pooled": (
        "规则：自愿报名中，各学区不分先后，一同排序。",
        "Rule of this policy: in a voluntary round all zones stand in one order."),
    "explain.switch.e_route.overflow": (
        "规则：这一类别先在学区的学校录取，学位不足时再分流。",
        "Rule of this policy: this category is considered at the zone's own school first and diverted from there."),
    "explain.switch.receiving_order.locals_all_first": (
        "规则：各批次先全部在对口学校录取，然后各批次依次分流。",
        "Rule of this policy: all batches are admitted at their home schools before any batch is diverted."),
    "explain.switch.protect_local_demand.all": (
        "规则：分流时，为后面批次的学区内学生保留学位。",
        "Rule of this policy: a diversion leaves seats for the later batches' own children."),
    "explain.switch.ticket_scope.per_session": (
        "规则：每个报名户只有一个摇号随机号，各次摇号都用它。",
        "Rule of this policy: one ticket counts in every draw."),
    "explain.switch.adjust_by.distance": (
        "规则：调剂到距离最近且有空余学位的学校，没有住址坐标的按名单的先后。",
        "Rule of this policy: the adjustment gives the nearest school with room; without coordinates the list counts."),
    "explain.switch.divert_assign.least_distance": (
        "规则：同一批次的分流，以落实学位最多、总路程最短为准，路程按整米计算。",
        "Rule of this policy: a batch is diverted so that most find a seat and the sum of metres is least."),
}

TEXTS = with_twins(_TEXTS)
