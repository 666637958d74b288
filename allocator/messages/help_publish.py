"""Texts (zh, en) of the help of ``allocator publish``."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.publish": (
        "由一次录取（run 写出的文件夹）或案卷生成可以放到网站上的文件夹：政策、摇号记录、摇号名册、各次摇号次序、"
        "各校录取线（cutoffs.csv）、核验网页，以及各校各批公示名单（CSV、xlsx、PDF）。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator publish my-district/out website --from 2023-08-14\n"
        "  allocator publish summer website --remove-by 2023-08-31 --lists zh\n"
        "\n"
        "写出之前逐格检查：凡有身份证号、电话、家庭住址，或名单上有学生全名、类别一栏，"
        "即不写出任何文件，并指明文件、行、列（退出状态 2）。名单之外的内部文件从不放入。"
        "此文件夹的权限放开为他人可读；已有的文件夹，只有是 publish 写出的才会替换。",
        "Make of a run's folder, or of a case book, the folder that may go on the website: policy, transcript, draw "
        "roster, orders of the draws, cut-offs, the page to verify them, and the public lists of each batch and "
        "school (CSV, xlsx, PDF).\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator publish my-district/out website --from 2023-08-14\n"
        "  allocator publish summer website --remove-by 2023-08-31 --lists zh\n"
        "\n"
        "Every cell is looked at before: where a file holds the number of an identity card, a telephone or an address, "
        "or a list of children a name in full or a column of categories, nothing is written and each place is told by "
        "file, row and column (exit status 2). Files that are not public are never put in. Others may read the folder; "
        "an older one is replaced only if publish made it."),
    "help.publish.begin": (
        "公示第一日（如 2023-08-14）；公示期按政策的工作日数计算。不写时名单上留空待填。",
        "First day of the publicity (2023-08-14), which lasts as the policy says; left blank on the lists without it."),
    "help.publish.remove_by": (
        "最迟撤下日期，印在每份名单上；不写时为公示期满次日，公示期未知则留空待填。",
        "Day by which the lists are taken down, printed on each; otherwise the day after the publicity, or left blank "
        "where that is not known."),
    "help.publish.objection": (
        "异议受理单位；不写时用政策中的 letters，都没有则留空待填。",
        "Where to object; otherwise the policy's letters, else left blank."),
    "help.publish.telephone": ("受理电话；不写时同上。", "Telephone for objections; otherwise likewise."),
    "help.publish.district": (
        "录取所用的数据文件夹，按其中 restricted/persons.csv 的姓名、住址检查；不写时为 OUT 的上一级文件夹。",
        "Folder of the district, whose restricted/persons.csv has the names and addresses that must not be found; "
        "otherwise the folder above OUT."),
    "help.publish.formats": (
        "名单的格式，可以写几次；不写时三种都写（PDF 需要可选组件 letters 和中文字体）。CSV 总是写出。",
        "Format of the lists, may be given several times; otherwise all three (PDF needs the extra 'letters' and a "
        "Chinese font). The CSV files are always there."),
}
