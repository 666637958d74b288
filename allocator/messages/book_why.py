"""Texts (zh, en) of why an event is refused, as far as it can be told in this book."""

TEXTS: dict[str, tuple[str, str]] = {
    "book.refused": ("不予采纳（{outcome}）：{why}", "refused ({outcome}): {why}"),
    "book.why.clock": (
        "事件时间 {at} 早于案卷第 {seq} 条（{last}）", "it says {at}; line {seq} of the book says {last}"),
    "book.why.role": ("岗位是{role}，应为：{roles}", "the role is {role}, expected: {roles}"),
    "book.why.season": (
        "案卷现为“{season}”，应为：{needed}", "the season is now: {season}; it must be: {needed}"),
    "book.why.unknown_party": (
        "案卷中没有报名户 {value}（多胞胎用最小的报名号）",
        "the book has no party {value} (a bundle goes by its smallest id)"),
    "book.why.unknown_school": ("没有学校 {value}", "there is no school {value}"),
    "book.why.unknown_external": (
        "{value} 由外区招生，本区没有学位", "another authority admits at {value}; it has no seats here"),
    "book.why.unknown_zone": ("没有学区 {value}", "there is no zone {value}"),
    "book.why.unknown_category": ("没有类别 {value}", "there is no category {value}"),
    "book.why.unknown_round": ("没有批次 {value}；批次有：{rounds}", "there is no round {value}; rounds: {rounds}"),
    "book.why.unknown_objection": ("没有异议 {value}", "there is no objection {value}"),
    "book.why.unknown_children": (
        "所列学生不都在报名户 {party} 中（现有：{children}）", "not all are children of {party} (now: {children})"),
    "book.why.registered_none": (
        "学区 {zone} 的 {category} 类没有登记学校，应留空",
        "category {category} in zone {zone} has no registered school; leave it empty"),
    "book.why.registered_one": (
        "学区 {zone} 是双学区，登记学校应为其一：{schools}",
        "zone {zone} is a dual zone; the registered school is one of: {schools}"),
    "book.why.room_aside": (
        "{school} 还有 {aside} 个学位预留给尚未进行的自愿报名",
        "{school} still has {aside} {aside:seat/seats} set aside for a voluntary round to come"),
    "book.why.room_cap": (
        "{school} 已有 {taken} 名学生，再加 {size} 名超过最大容量 {cap}",
        "{school} has {taken} {taken:child/children}; {size} more would pass its hard cap of {cap}"),
    "book.why.seats_left": ("{school} 只有 {left} 个空余学位", "{school} has {left} {left:seat/seats} left"),
    "book.why.seats_cap": (
        "{school} 尚有预留学位，减少后的最大容量不能低于 {least}（现为 {cap}）",
        "{school} has seats set aside; its hard cap may not fall below {least} (now {cap})"),
    "book.why.year": (
        "政策文件是 {year} 年 {stage}，或事件中的校验值不是现有政策文件的",
        "the policy is of {year}, {stage}; or the digest is not that of the policy file"),
    "book.why.not_determined": ("尚未认定", "nothing was determined yet"),
    "book.why.held": (
        "还有 {held} 名学生待领导小组研究确定（用 allocator rulings 查看），须先作出决定并重新认定",
        "{held} {held:child is/children are} held until a ruling (allocator rulings lists them); rule on them, and "
        "determine anew"),
    "book.why.next_round": ("下一批次是{round}（{id}）", "the next round is {round} ({id})"),
    "book.why.earlier_round": (
        "{round}为“{stands}”，确认录取以后才能开下一批次",
        "{round} is {stands}; it must be confirmed before the next one opens"),
    "book.why.round_stands": (
        "{round}现为“{stands}”，应为“{needed}”", "{round} is {stands}; it must be {needed}"),
    "book.why.first_day": ("公示首日 {day} 早于今天 {today}", "its first day, {day}, is before today, {today}"),
    "book.why.short": (
        "公示 {first} 至 {last} 不足 {days} 个工作日：最早到 {earliest}",
        "{first} to {last} has fewer than {days} working days; the last day is {earliest} at the earliest"),
    "book.why.publicity_over": ("{round}公示已于 {day} 结束", "the publicity of {round} ended on {day}"),
    "book.why.publicity_runs": (
        "{round}公示到 {day}（含）为止，次日起才能确认",
        "{round} is in publicity until the end of {day}; it can be confirmed from the day after"),
    "book.why.objection_used": ("异议编号 {objection} 已经用过", "the id {objection} is used already"),
    "book.why.objection_closed": ("异议 {objection} 已经答复", "the objection {objection} is answered already"),
    "book.why.objections_open": (
        "还有 {count} 件异议没有答复：{objections}",
        "{count} {count:objection is/objections are} not answered yet: {objections}"),
    "book.why.not_later": (
        "新的末日 {last} 须晚于现在的 {day}", "the new last day, {last}, must be later than the present one, {day}"),
    "book.why.not_published": (
        "{round}已有录取学生，须先公示", "{round} has seated children; it must be published first"),
    "book.why.another_list": (
        "校验值不是现有名单的", "the digest is not that of the list as it is now"),
    "book.why.not_last": (
        "只能更正最后一条（第 {seq} 条），不能更正第 {annuls} 条",
        "only the last line ({seq}) can be annulled, not line {annuls}"),
    "book.why.never_annulled": ("“{event}”不能更正", "a line of this type is never annulled: {event}"),
    "book.why.nothing_changes": (
        "报名户 {party} 的类别、学区和登记学校没有变化",
        "category, zone and registered school of {party} are these already"),
    "book.why.group_alone": (
        "报名户 {party} 待领导小组研究确定，只能由领导小组重新认定",
        "{party} needs a ruling: the leading group alone may reclassify it"),
    "book.why.whole_party": (
        "所列学生就是报名户 {party} 的全部学生，应录入“放弃学位”",
        "these are all the children of {party}; enter a withdrawal"),
    "book.why.seated_there": (
        "报名户 {party} 已在{school}有学位", "{party} holds a seat at {school} already"),
    "book.why.party_stands": ("报名户 {party} 现为“{state}”", "{party} is now: {state}"),
}
