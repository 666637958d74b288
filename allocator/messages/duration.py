"""Texts (zh, en) that say before long work begins how long it may take."""

TEXTS: dict[str, tuple[str, str]] = {
    "duration.seconds": ("{count} 秒", "{count} s"),
    "duration.minutes": ("{count} 分钟", "{count} min"),
    "duration.hours": ("{count} 小时", "{count} h"),
    "duration.strict": (
        "本次规模较大（学生 {children} 人，志愿 {pairs} 条）：约束模型复核预计约需 {time}。"
        "如不需要复核，可用 --engine procedure 只运行顺序程序，独立检查程序照常运行。",
        "a large run ({children} children, {pairs} ranked choices): the strict model is expected to take about {time}. "
        "--engine procedure leaves it out and runs the sequential procedure alone; the checker runs all the same."),
    "duration.least_distance": (
        "本次规模较大（学生 {children} 人）：按总路程最短分流由约束模型计算，预计约需 {time}。"
        "该取值下不能使用 --engine procedure。",
        "a large run ({children} children): the strict model finds the diversion by least distance and is expected to "
        "take about {time}. Under this value --engine procedure is refused."),
    "duration.what_if": (
        "本次规模较大（学生 {children} 人，名单 {lists} 份，每份都由顺序程序和约束模型计算）：预计约需 {time}。"
        "一次少给几个假设文件可以缩短。",
        "a large comparison ({children} children, {lists} lists, each by both engines): this is expected to take about "
        "{time}. Fewer what-if files at a time make it shorter."),
    "duration.optimum": (
        "本次规模较大（学生 {children} 人）：预计约需 {time}。"
        "可用 --time-limit 提前结束，届时给出已有的最好名单及其界。",
        "a large district ({children} children): this is expected to take about {time}. --time-limit ends it early, "
        "with the best list by then and its bound."),
    "duration.capacity": (
        "本次规模较大（学生 {children} 人）：预计约需 {time}。"
        "可用 --time-limit 提前结束，届时给出已有的最好结果及其界。",
        "a large district ({children} children): this is expected to take about {time}. --time-limit ends it early, "
        "with the best answer by then and its bound."),
    "duration.instance": (
        "该算例较难（学生 {students} 人）：最长可能需 {time}。"
        "可用 --time-limit 提前结束，届时给出已有的最好结果及其界。",
        "a hard instance ({students} students): this may take up to {time}. --time-limit ends it early, with the best "
        "answer by then and its bound."),
}
