"""Texts (zh, en) of decisions ranked within futures."""

TEXTS: dict[str, tuple[str, str]] = {
    "standings.title": ("各项决策的比较——{future}", "Decisions compared: {future}"),
    "standings.place": ("名次", "Place"),
    "standings.decision": ("决策", "Decision"),
    "standings.without_seat": ("尚未落实学位（与不作决策之差）", "without a seat (against no decision)"),
    "standings.away": ("分流或调剂（与不作决策之差）", "diverted or adjusted (against no decision)"),
    "standings.gained": ("变好", "gain"),
    "standings.lost": ("变差", "lose"),
    "standings.worst_title": ("各项决策最不利的情形", "The worst future of each decision"),
    "standings.worst_future": ("最不利的情形", "Worst future"),
    "standings.without": ("尚未落实学位", "without a seat"),
    "standings.diverted": ("分流或调剂", "diverted or adjusted"),
    "standings.none": ("不作决策", "no decision"),
    "standings.now": ("现有名册", "the roster as it is"),
    "standings.best": (
        "{future}：尚未落实学位最少、其次分流或调剂最少的是“{decision}”（{without} 名尚未落实学位，"
        "{away} 名分流或调剂）。",
        "{future}: fewest children without a seat, then fewest diverted or adjusted: {decision} ({without} without a "
        "seat, {away} diverted or adjusted)."),
    "standings.best_none": (
        "{future}：没有一项决策优于“{decision}”（{without} 名尚未落实学位，{away} 名分流或调剂）。",
        "{future}: none is better than {decision} ({without} without a seat, {away} diverted or adjusted)."),
    "standings.worst": (
        "“{decision}”最不利的情形：{future}（{without} 名尚未落实学位，{away} 名分流或调剂）。",
        "Worst future of {decision}: {future} ({without} without a seat, {away} diverted or adjusted)."),
    "standings.mixed": (
        "“{title}”既改变学位或规则，又改变学生人数或选择，不参加比较；请拆成两个文件（kind: decision 与 kind: future）",
        "{title} changes both supply and demand and stands in no ranking; write two files, kind: decision and "
        "kind: future"),
    "standings.inferred": (
        "“{title}”未写明 kind，按其改动视为{role}",
        "{title} does not state its kind; by its changes it is taken for a {role}"),
    "standings.role.decision": ("决策", "decision"),
    "standings.role.future": ("可能的情形", "future"),
    "standings.too_many": (
        "决策与情形的组合超过 {most} 个，只比较现有名册；更多组合请用 allocator sweep",
        "more than {most} decisions in futures: only the roster as it is is compared; a grid for allocator sweep takes "
        "more"),
    "standings.impossible": (
        "“{decision}”与“{future}”不能同时成立：{reason}",
        "{decision} does not go with {future}: {reason}"),
}
