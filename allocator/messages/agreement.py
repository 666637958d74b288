"""Texts (zh, en) of disagreements between the engines and the checker."""

TEXTS: dict[str, tuple[str, str]] = {
    "agree.no_solution": (
        "约束模型复核在“{rule}”环节没有找到符合规则的结果（求解状态 {status}）",
        "the strict model has no solution in {rule} (solver status {status})",
    ),
    "agree.not_unique": (
        "约束模型复核在“{rule}”环节发现符合规则的结果不止一个（求解状态 {status}）",
        "the strict model has more than one solution in {rule} (solver status {status})",
    ),
    "agree.engines": (
        "两种计算方法的结果不一致，第一个不同的报名号为 {party}；顺序程序：{procedure}；约束模型复核：{strict}；"
        "环节：{rule}",
        "the engines differ, first at {party}: procedure {procedure}; strict model {strict}; rule {rule}",
    ),
    "agree.checker": (
        "检查程序发现 {count} 处违反规则，结果未写出",
        "the checker found {count} violation(s); nothing was written",
    ),
}
