"""Texts (zh, en) of the output folder, and of the assignment file read back."""

TEXTS: dict[str, tuple[str, str]] = {
    "out.not_a_folder": (
        "此处是一个文件，不是文件夹；请另选输出文件夹",
        "this is a file, not a folder; choose another output folder"),
    "out.not_ours": (
        "此文件夹不是本程序生成的，不会覆盖；请另选输出文件夹，或先把它移走",
        "this folder was not made by the allocator and is not replaced; choose another, or move it away first"),
    "out.foreign_file": (
        "输出文件夹中有本程序没有写过的文件，不会删除；请先把它移走（若是 ~$ 开头的文件，请关闭 Excel 或 WPS）",
        "the output folder holds a file that no run wrote, and it is not deleted; move it away first"
        " (a name beginning with ~$: close Excel or WPS)"),
    "out.result": (
        "此文件夹中是公开摇号 {event} 的正式结果（随机种子 {seed}…），其他摇号、试运行或测算不会覆盖它；"
        "请另选输出文件夹，确要替换请加 --replace",
        "this folder holds the result of the public draw {event} (seed {seed}…), which another draw, a trial or "
        "planning does not replace; choose another folder, or say --replace"),
    "out.inside_result": (
        "文件夹 {folder} 中是公开摇号 {event} 的正式结果，其他文件不写入其中；请另选位置",
        "the folder {folder} holds the result of the public draw {event}; nothing else is written into it, choose "
        "another place"),
    "out.root": ("这是文件系统的根目录，不能作输出文件夹", "this is the root of the file system and no output folder"),
    "out.mount_point": (
        "这是一个挂载点（整个磁盘、U 盘或共享目录），不能整体替换；请写到其中的一个子文件夹",
        "this is a mount point (a whole disk, stick or share) and cannot be replaced; name a folder inside it"),
    "out.here": (
        "这是当前所在的文件夹，或包含它的文件夹，不能替换；请写到一个子文件夹",
        "this is the folder you are working in, or one that holds it, and cannot be replaced; name a folder inside it"),
    "out.holds_inputs": (
        "这个文件夹就是输入数据所在的文件夹 {folder}，或包含它；请另选输出文件夹",
        "this folder is, or holds, the folder {folder} that is read; choose another output folder"),
    "out.link_to_nowhere": ("链接指向的位置不存在", "a link to a place that does not exist"),
    "out.link_to_itself": ("链接指回自身", "a link that leads back to itself"),
    "out.other_account": (
        "此文件夹属于另一个账户，不会覆盖；请另选输出文件夹",
        "this folder belongs to another account and is not replaced; choose another"),
    "out.table_ending": ("表格的文件名应以 .csv 或 .xlsx 结尾", "a table is written as FILE.csv or FILE.xlsx"),
    "out.not_a_file": ("此处是设备或管道，不是普通文件", "this is a device or a pipe, no ordinary file"),
    "out.below_a_file": ("路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder"),
    "out.read_only": ("此处只读，没有写入权限", "this place is read-only, or you have no right to write there"),
    "out.write_failed": (
        "无法写入：{reason}；原有内容未改动",
        "cannot be written: {reason}; what was there is unchanged"),
    "assignment.not_utf8": ("不是 UTF-8 编码", "is not UTF-8"),
    "assignment.not_csv": ("不是有效的 CSV：{reason}", "is not valid CSV: {reason}"),
    "assignment.header": ("表头应为 {expected}", "expected the header {expected}"),
    "assignment.cells": (
        "应有 {expected} 个单元格，实有 {found} 个",
        "expected {expected} {expected:cell/cells}, found {found}"),
    "assignment.outcome": ("应为以下之一：{expected}", "expected one of {expected}"),
}
