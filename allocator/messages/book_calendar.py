"""Texts (zh, en) of the calendar of a case book's rounds."""

TEXTS: dict[str, tuple[str, str]] = {
    "book.calendar.title": ("各批次日程，{begin} 至 {end}", "Calendar of the rounds, {begin} to {end}"),
    "book.calendar.rule": (
        "公示至少 {count} 个工作日；{rule}", "publicity of at least {count} working {count:day/days}; {rule}"),
    "book.calendar.after_opening": (
        "上一批次开批后即可开下一批次（after_opening）",
        "a round may open once the one before has opened (after_opening)"),
    "book.calendar.after_confirmation": (
        "以前各批次全部确认后才能开下一批次（after_confirmation）",
        "a round opens once all before it are confirmed (after_confirmation)"),
    "book.calendar.round": ("批次", "round"),
    "book.calendar.opened": ("开批", "opened"),
    "book.calendar.first_day": ("公示首日", "first day"),
    "book.calendar.last_day": ("公示末日", "last day"),
    "book.calendar.confirmed": ("确认", "confirmed"),
    "book.calendar.remark": ("说明", "remark"),
    "book.calendar.is_late": ("来不及", "too late"),
    "book.calendar.planned": (
        "带 * 的是计划日期：开批当日开始公示，末日之后的第一个工作日确认",
        "* planned: published on the day of the opening, confirmed on the first working day after the last day"),
    "book.calendar.begins_later": (
        "案卷最后一条记于 {begin}，晚于 {asked}：日程从 {begin} 排起",
        "The last line of the book is of {begin}, after {asked}: the calendar begins on {begin}"),
    "book.calendar.late": (
        "{count} 个批次在 {end} 之前来不及确认，最后一个要到 {last}",
        "{count} {count:round/rounds} cannot be confirmed by {end}; the last one would be on {last}"),
    "book.calendar.would_fit": (
        "若政策改为 next_round: after_opening，全部批次可在 {end} 之前确认",
        "under next_round: after_opening all rounds could be confirmed by {end}"),
}
