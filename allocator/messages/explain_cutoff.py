"""Texts (zh, en) of explanations: the child's own place in an order against the cut-off (public.md section 2)."""

TEXTS: dict[str, tuple[str, str]] = {
    "explain.cutoff.all": (
        "录取线：在此次序中需要 {school} 学位的学生 {wanted} 人，全部录取。",
        "Cut-off: {wanted} {wanted:child/children} wanted a seat at {school} in this order, and all were admitted."),
    "explain.cutoff.none": (
        "录取线：在此次序中需要 {school} 学位的学生 {wanted} 人，无人录取；该生在次序中排第 {own}。",
        "Cut-off: {wanted} {wanted:child/children} wanted a seat at {school} in this order, and nobody was admitted; "
        "this one has rank {own}."),
    "explain.cutoff.none.twins": (
        "录取线：在此次序中需要 {school} 学位的学生 {wanted} 人，无人录取；该组多胞胎在次序中排第 {own}。",
        "Cut-off: {wanted} {wanted:child/children} wanted a seat at {school} in this order, and nobody was admitted; "
        "these have rank {own}."),
    "explain.cutoff.last": (
        "录取线：在此次序中需要 {school} 学位的学生 {wanted} 人，录取 {admitted} 人。"
        "最后录取的排第 {last}{last_keys}{last_lot}；"
        "该生排第 {own}{own_keys}{own_lot}。",
        "Cut-off: {wanted} {wanted:child/children} wanted a seat at {school} in this order, {admitted} "
        "{admitted:was/were} admitted. Last admitted: rank {last}{last_keys}{last_lot}; this one: rank "
        "{own}{own_keys}{own_lot}."),
    "explain.cutoff.last.twins": (
        "录取线：在此次序中需要 {school} 学位的学生 {wanted} 人，录取 {admitted} 人。"
        "最后录取的排第 {last}{last_keys}{last_lot}；"
        "该组多胞胎排第 {own}{own_keys}{own_lot}。",
        "Cut-off: {wanted} {wanted:child/children} wanted a seat at {school} in this order, {admitted} "
        "{admitted:was/were} admitted. Last admitted: rank {last}{last_keys}{last_lot}; these: rank "
        "{own}{own_keys}{own_lot}."),
    "explain.cutoff.tier": ("，优先顺序第 {tier} 位", ", tier {tier}"),
    "explain.cutoff.ticket": ("，{lot} {ticket}", ", {lot} {ticket}"),
    "explain.cutoff.category": ("，{category} 类", ", category {category}"),
}
