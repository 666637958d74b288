"""Texts (zh, en) of the case book's privacy: texts that name a person, who looked at names, and the purge."""

_ZH = "请改写：{what}不得进入案卷，写报名号即可"
_EN = "this holds {what}; the book keeps none: write the registration number instead"

TEXTS: dict[str, tuple[str, str]] = {
    "book.private.name": (
        "其中有学生或监护人的姓名。" + _ZH.format(what="姓名"), _EN.format(what="the name of a child or guardian")),
    "book.private.card": (
        "其中有证件号码，或像证件号码的数字。" + _ZH.format(what="证件号码"),
        _EN.format(what="a card number, or digits that look like one")),
    "book.private.telephone": (
        "其中有电话号码。" + _ZH.format(what="电话号码"), _EN.format(what="a telephone number")),
    "book.access.title": ("查阅记录", "Access log"),
    "book.access.at": ("时间", "time"),
    "book.access.person": ("人员", "person"),
    "book.access.action": ("操作", "act"),
    "book.access.what": ("对象", "of what"),
    "book.access.none": ("尚无查阅记录。", "Nobody has looked at names yet."),
    "book.access.act.export": ("导出备份", "took a backup away"),
    "book.access.act.restore": ("恢复备份", "brought a backup back"),
    "book.access.act.rebuild": ("重建数据库", "made the database anew"),
    "book.access.act.show": ("查看（隐名）", "looked, names masked"),
    "book.access.act.show names": ("查看姓名", "looked at names"),
    "book.access.act.lists": ("生成内部名单", "wrote restricted lists"),
    "book.access.act.person": ("登记姓名", "entered names"),
    "book.access.act.access": ("查看查阅记录", "looked at this log"),
    "book.access.act.purge": ("清除个人信息", "purged personal data"),
    "book.purged": (
        "此案卷的个人信息已于 {day} 清除，只能查看，不能再写入",
        "the personal data of this book were purged on {day}; it can be looked at and no longer be written"),
    "book.purge.no_day": (
        "政策没有写明保存期限（office: retain_until），不能清除",
        "the policy states no day until which personal data are kept (office: retain_until); nothing is purged"),
    "book.purge.too_early": (
        "个人信息须保存到 {day}，从该日起才可清除",
        "personal data are kept until {day}; from that day on they can be purged"),
    "book.purge.link": (
        "这是链接，指向别处的文件；请先核对并移开，再清除",
        "this is a link to something elsewhere; look into it and move it away first"),
    "book.purge.failed": (
        "无法清除（{reason}）；排除原因后再运行一次，会继续完成",
        "it cannot be removed ({reason}); run it again when that is mended, and it goes on"),
    "book.purge.changed": (
        "文件夹在确认之后有变动；请再运行一次", "the folder changed after it was shown; run it again"),
    "book.purge.none": ("没有含个人信息的文件。", "There is no file with personal data."),
    "book.purge.record_damaged": (
        "清除记录不完整或被改动，请从备份恢复该文件",
        "the record of the purge is incomplete or was changed; bring the file back from a backup"),
    "book.archive_purged": (
        "此处案卷的个人信息已清除，而备份是清除之前的；不予恢复",
        "the personal data of the book here were purged, and the archive is from before; it is not brought back"),
    "book.purge.heading": (
        "将清除 {count} 个含个人信息的文件（共 {size} 字节）：",
        "{count} {count:file/files} with personal data will be removed, {size} {size:byte/bytes} in all:"),
    "book.purge.kept": (
        "案卷记录、封存名册、公布名单和摇号记录保留；清除之后只能查看。",
        "Journal, frozen roster, public lists and transcript stay; the book can only be looked at afterwards."),
    "book.purge.unknown": (
        "以下文件不属于案卷，不予清除，请自行检查是否含个人信息：",
        "These files are none of the book's and stay; see for yourself whether they hold personal data:"),
    "book.purge.ask": ("清除后无法恢复。确定清除吗？", "What is removed is gone for good. Remove it?"),
    "book.purge.done": (
        "已清除 {count} 个文件；清单：{file}",
        "{count} {count:file/files} removed; their record: {file}",
    ),
    "book.purge.nothing": (
        "个人信息已于 {day} 清除，没有可清除的文件。",
        "Personal data were purged on {day}; there is nothing to remove.",
    ),
    "book.purge.backups": (
        "备份、另存的名单和纸质材料不在此列，请另行销毁；删除不等于不可恢复的擦除。",
        "Backups, lists kept elsewhere and paper are not among them: destroy them too. To delete is not to wipe."),
}
