"""Texts (zh, en) of ``allocator publish``: what stands on the lists, what is refused, what is told."""

TEXTS: dict[str, tuple[str, str]] = {
    "publish.remove_by": ("公示期满即撤下，最迟 {day}", "To be taken down by {day}"),
    "publish.remove_blank": (
        "公示期满即撤下，最迟：______年____月____日（由招生办填写）",
        "To be taken down when the publicity has ended, by: ____________ (filled in by the office)"),
    "publish.day_blank": ("______年____月____日", "____________"),
    "publish.least_days": ("公示期不少于 {days} 个工作日", "Publicity of at least {days} working {days:day/days}"),
    "publish.digest_of": ("校验值（SHA-256）", "Digest"),
    "publish.private.card": (
        "含身份证号（18 位或 15 位），不得公开；请查明来源并删除",
        "holds the number of an identity card (18 or 15 digits); find out whence it comes and remove it"),
    "publish.private.telephone": (
        "含电话号码，不得公开；招生办自己的电话请写入政策的 letters.telephone",
        "holds a telephone number; the office's own one goes into the policy's letters.telephone"),
    "publish.private.address": (
        "含家庭住址，不得公开；招生办自己的地址请写入政策的 letters.objection",
        "holds an address; the office's own one goes into the policy's letters.objection"),
    "publish.private.name": (
        "含学生或家长全名；公开名单上的姓名只留首尾字",
        "holds a name in full; public lists show its first and last character only"),
    "publish.private.category": (
        "含学生类别一栏，不得公开；批次可以写明，类别不可以",
        "holds a column of categories; the batch may be told, the category may not"),
    "publish.column": (
        "公开文件中没有这一列，应为：{expected}",
        "a public file has no such column; expected {expected}"),
    "publish.not_csv": ("不是 UTF-8 编码的 CSV，无法检查", "is no CSV in UTF-8, and cannot be looked through"),
    "publish.no_list": ("不是公开名单的格式", "has not the form of a public list"),
    "publish.not_text": ("不是 UTF-8 编码的文本，无法检查", "is no text in UTF-8, and cannot be looked through"),
    "publish.link": (
        "是链接，不是文件本身；不公开链接指向的内容",
        "is a link and no file of its own; what it leads to is not published"),
    "publish.added": (
        "不是这次摇号录取写出的文件；请移走后再公布",
        "was not written by this run; move it away and publish again"),
    "publish.not_out": (
        "既不是 run 写出的文件夹，也不是案卷文件夹，没有可以公布的内容",
        "is neither a folder that run wrote nor that of a case book; there is nothing to publish"),
    "publish.not_ours": (
        "此文件夹不是 publish 写出的，不会替换；请另选文件夹",
        "this folder was not made by publish and is not replaced; choose another"),
    "publish.inside": (
        "公布的文件夹不能放在 {folder} 里面，也不能包含它；请另选位置",
        "the folder to publish may not lie in {folder}, nor hold it; choose another place"),
    "publish.day": ("日期应写成 2023-08-25 的形式", "a day is written as 2023-08-25"),
    "publish.remove_early": (
        "撤下日期早于公示期最后一日 {last}",
        "lists would be taken down before {last}, the last day of the publicity"),
    "publish.done": (
        "可以放到网站上的文件夹：{folder}（{files} 个文件，其中名单 {lists} 份）",
        "the folder for the website: {folder} ({files} {files:file/files}, {lists} {lists:list/lists} among them)"),
    "publish.rights": (
        "  文件夹和文件的权限已放开为他人可读（0755、0644）：里面只有可以公开的内容",
        "  others may read it (0755, 0644): nothing in it but what may be published"),
    "publish.remove_told": ("  最迟撤下：{day}", "  to be taken down by: {day}"),
    "publish.remove_untold": (
        "  注意：没有写明最迟撤下的日期，名单上留空待填（--from 或 --remove-by）",
        "  note: no day is told by which the lists are taken down; it is left blank on them (--from or --remove-by)"),
    "publish.small": (
        "  注意：{count} 份摇号次序不足五户，家庭可能被认出：{files}",
        "  note: {count} {count:order has/orders have} fewer than five parties, by which families may be known: "
        "{files}"),
    "publish.trial": (
        "  注意：这是试运行（TRIAL）的名单，不是正式结果；CSV 上没有此标记",
        "  note: these are lists of a TRIAL and no result; the CSV files do not say so"),
    "publish.no_names": (
        "  注意：不知道学生全名（没有 restricted/persons.csv），只按形式查了姓名；可用 --district 指明",
        "  note: no names in full are known (no restricted/persons.csv), so names were looked for by their form alone; "
        "--district says where they are"),
    "progress.searching": ("检查有无个人信息", "looking for personal data"),
    "progress.setting": ("排版名单", "setting the lists"),
}
