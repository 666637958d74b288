"""Texts (zh, en) of synthetic districts."""

TEXTS: dict[str, tuple[str, str]] = {
    "generate.policy": ("没有这个政策，可选：{expected}", "no such policy, expected one of: {expected}"),
    "generate.children": ("学生数应在 {least} 至 {most} 之间", "the number of children must be {least} to {most}"),
    "generate.seed": ("模拟种子应为非负整数", "the seed must be a whole number, 0 or more"),
    "generate.folder": ("文件夹不为空，不予覆盖", "this folder is not empty; nothing is overwritten"),
    "generate.readme": (
        "本文件夹中的学位数、学区、学生、见证人数字均由程序生成，与任何真实学校招生数据和真实学生无关：{children} "
        "名学生，{schools} 所学校，{zones} 个学区，第 {seed} 号模拟种子。用同一命令可得到逐字节相同的文件。",
        "Seats, zones, children and witnesses' digits in this folder were made by a program and have nothing to do "
        "with any school's real numbers or any real child: {children} {children:child/children}, {schools} "
        "{schools:school/schools}, {zones} {zones:zone/zones}, seed {seed}. The same command gives the same files, "
        "byte for byte."),
    "generate.command": (
        "allocator generate DIR --children {children} --seed {seed} --policy {policy}",
        "allocator generate DIR --children {children} --seed {seed} --policy {policy}"),
}
