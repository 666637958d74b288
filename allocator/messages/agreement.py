"""Texts (zh, en) of disagreements between the engines and the checker."""

TEXTS: dict[str, tuple[str, str]] = {
    "agree.no_solution": (
        "约束模型复核在“{rule}”环节没有找到符合规则的结果（求解状态 {status}）",
        "the strict model has no solution in {rule} (solver status {status})"),
    "agree.not_unique": (
        "约束模型复核在“{rule}”环节发现符合规则的结果不止一个（求解状态 {status}）",
        "the strict model has more than one solution in {rule} (solver status {status})"),
    "agree.struck_out": (
        "约束模型复核在“{rule}”划去 {party} 与学校 {school} 的理由不成立（依据的更靠前学校：{sure}）",
        "the strict model struck {party} out at school {school} in {rule} for a reason that does not hold"
        " (better school it was said to be sure of: {sure})"),
    "agree.refill": (
        "约束模型复核在“{rule}”的递补结果与逐户复算不一致",
        "the strict model's refill in {rule} is not what a count party by party gives"),
    "agree.engines": (
        "两种计算方法的结果不一致，第一个不同的报名号为 {party}；顺序程序：{procedure}；约束模型复核：{strict}；"
        "环节：{rule}",
        "the engines differ, first at {party}: procedure {procedure}; strict model {strict}; rule {rule}"),
    "agree.checker": (
        "检查程序发现 {count} 处违反规则，结果未写出",
        "the checker found {count} {count:violation/violations}; nothing was written"),
    "agree.reading": (
        "读入的数据与单位自己的表格有 {count} 处不一致，未写出任何文件（程序读入有误，或文件在读取时被改动）：",
        "what was read differs from the office's own tables in {count} {count:place/places}; nothing was written (a "
        "fault of the reading, or a file was changed while it was read):"),
    "proof.differs": ("表格中的值读成了「{read}」", "this value of the table was read as {read!r}"),
    "proof.row_not_read": ("表格中的这一行没有读入", "this row of the table was not read"),
    "proof.row_not_there": ("读入的这一行在表格中找不到", "this row was read, but the table does not hold it"),
    "proof.more": ("此处之后的不一致不再列出", "further differences are not told"),
    "proof.unreadable": ("第二遍读取未能完成（{kind}）", "the second reading of the table came to no end ({kind})"),
    "verify.not_compared": (
        "未与单位自己的表格比对（比对请加 --tables 文件夹）",
        "not compared with the office's tables (--tables DIR compares them)"),
    "verify.compared": (
        "决定录取的各项数据与单位自己的表格逐项一致（结果文件夹不含姓名、性别，未作比对）",
        "the data that decide agree with the office's tables, value by value (the folder holds no names and sexes to "
        "compare)"),
    "verify.tables_of_list": (
        "有 --list 时不需要：名单总是与所给文件夹中的表格核对",
        "is not needed with --list: the folder given holds the tables, and a list is always judged by them"),
}
