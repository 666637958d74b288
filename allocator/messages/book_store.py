"""Texts (zh, en) of how a case book is kept: why one cannot be opened, written, taken away or brought back."""

TEXTS: dict[str, tuple[str, str]] = {
    "book.none": ("此文件夹中没有案卷；请用 book open 立卷", "there is no case book here; book open begins one"),
    "book.is_open": ("此文件夹中已有案卷，不能再次立卷", "there is a case book here already"),
    "book.busy": (
        "{person} 自 {since} 起正在使用此案卷，请等其完成后再试",
        "{person} has been working in this book since {since}; try again when that is done"),
    "book.not_locked": ("无法锁定案卷：{reason}", "the book cannot be locked: {reason}"),
    "book.not_written": (
        "无法写入（{reason}）。请先用 book status 查看该事件是否已记录，再决定是否重新录入",
        "it could not be written ({reason}); see with book status whether it is on record before entering it again"),
    "book.completed": (
        "上次写入时中断，从此行起的 {count} 条记录已完整写入，现已确认。请先用 book status 查看，不要重复录入",
        "a writing was stopped after {count} {count:line/lines} from here on, which {count:is/are} on record now; "
        "look at book status before entering anything again"),
    "book.unsure": (
        "上一次写入失败，尚未确定是否已记录；请重新打开案卷后再录入",
        "the last writing failed, and what is on record is not certain; open the book again before entering more"),
    "book.journal_missing": (
        "缺少案卷记录，而数据库表明案卷已经开始。请用 book restore 从备份恢复",
        "the journal is missing, and the database says that the book has begun; book restore brings a backup back"),
    "book.database_missing": (
        "缺少案卷数据库。案卷记录完整时，可用 book open --rebuild 重建",
        "the database of the book is missing; where the journal is whole, book open --rebuild makes it anew"),
    "book.database_unreadable": ("案卷数据库无法读取：{reason}", "the database of the book cannot be read: {reason}"),
    "book.database_foreign": ("这不是案卷的数据库", "this is not the database of a case book"),
    "book.database_there": (
        "案卷数据库还在，不予重建。请先核对，再将其移开",
        "the database is there and is not made anew; look into it first, then move it away"),
    "book.saved_again": (
        "案卷记录被记事本等程序另存过：各条内容未变，但换行或编码变了。请放回原来的文件，或从备份恢复",
        "the journal was saved again by an editor: its lines are the same, their ends or the encoding are not. Put the "
        "file back as it was, or restore the backup"),
    "book.other_book": (
        "数据库属于另一案卷（{year} 年），与此处的案卷记录不符",
        "the database is that of another book ({year}) than the journal here"),
    "book.other_year": (
        "案卷是 {year} 年立的，学年或学段与政策文件不符",
        "the book is that of {year}, and the policy is of another year or stage"),
    "book.chain_broken": (
        "此行与前一行不相接：有记录被改动、删除、插入或调换",
        "this line does not follow from the one before it: a line was changed, removed, put in or exchanged"),
    "book.lines_missing": (
        "案卷记录只有 {found} 行，而已确认的有 {expected} 行",
        "the journal has {found} {found:line/lines}, and {expected} are confirmed"),
    "book.line_incomplete": (
        "此行不完整：写到一半时中断。请从备份恢复",
        "this line is incomplete: its writing was cut short; bring a backup back"),
    "book.lines_added": (
        "从此行起有 {count} 行不是由本程序写入的",
        "from here on {count} {count:line was/lines were} not written by this program"),
    "book.head_differs": (
        "最后一行不是已确认的那一行（链头 {expected}）",
        "the last line is not the confirmed one (head {expected})"),
    "book.line_refused": (
        "此行的事件不能被采纳（{outcome}）：案卷记录或表格已被改动",
        "the event of this line is not accepted ({outcome}): journal or tables were changed"),
    "book.state_differs": (
        "数据库与由案卷记录重算的结果不符：{field} 为“{found}”，应为“{expected}”",
        "the database is not what follows from the journal: {field} is {found!r}, expected {expected!r}"),
    "book.rows_differ": (
        "数据库中的录取结果与由案卷记录重算的结果有 {count} 行不符",
        "{count} {count:row/rows} of the assignment in the database differ from what follows from the journal"),
    "book.frozen_changed": (
        "已封存的文件缺失或被改动，与案卷记录及 {freeze} 不符",
        "the frozen file is missing or was changed: it is not that of the journal and {freeze}"),
    "book.transcript_changed": (
        "摇号记录文件缺失或被改动，与案卷记录不符",
        "the transcript is missing or was changed: it is not that of the journal"),
    "progress.archiving": ("打包并加密案卷", "packing and encrypting the book"),
    "progress.restoring": ("解密并核对案卷", "decrypting and checking the book"),
    "book.begun": ("已在 {folder} 立卷", "a case book was begun in {folder}"),
    "book.rebuilt": (
        "已由案卷记录重建 {folder} 的数据库；原查阅日志随原数据库丢失",
        "the database in {folder} was made anew from the journal; the access log was lost with the old one"),
    "book.officers_begun": (
        "{person} 已登记为办公室人员；其他人员请填入 {file}",
        "{person} is on record as an officer of the office; enter the others in {file}"),
    "book.exported": (
        "案卷（{lines} 行）已加密写入 {place}，并已重新读出核对",
        "the book ({lines} {lines:line/lines}) was encrypted into {place} and read back"),
    "book.restored": (
        "案卷（{lines} 行）已核对无误，恢复到 {place}",
        "the book ({lines} {lines:line/lines}) was found whole and brought back to {place}"),
    "book.folder_aside": ("原文件夹保留在 {folder}", "the folder that was there is kept as {folder}"),
    "book.archive_digest": ("备份文件的校验值：{digest}", "digest of the archive: {digest}"),
    "book.ask_passphrase": ("口令", "Passphrase"),
    "book.ask_passphrase_again": ("再次输入口令", "The same passphrase again"),
    "book.passphrase_missing": (
        "此处无法输入口令，请用 --passphrase-file 指定口令文件",
        "a passphrase cannot be asked for here; name a file with --passphrase-file"),
    "book.passphrase_unreadable": ("口令文件须为 UTF-8 编码", "the file of a passphrase must be UTF-8"),
    "book.passphrase_short": (
        "口令至少 {least} 个字符",
        "a passphrase has at least {least} {least:character/characters}"),
    "book.archive_there": ("此文件已存在，不予覆盖", "there is a file of this name already; it is not replaced"),
    "book.archive_inside": (
        "备份不能放在案卷文件夹中；请另选位置，最好是另一块磁盘",
        "a backup may not lie in the folder of the book; choose another place, best another disk"),
    "book.archive_foreign": ("这不是案卷的备份文件", "this is not an archive of a case book"),
    "book.archive_closed": (
        "无法解密：口令不对，或文件已损坏",
        "it cannot be decrypted: the passphrase is another, or the file is damaged"),
    "book.archive_damaged": (
        "备份写入后重新读出，与案卷不符；请检查磁盘后重做",
        "the archive was read back and is not what was written; look after the disk and do it again"),
    "book.not_archived": (
        "案卷文件夹中有链接或名称不合规的文件，不能打包",
        "a link, or a file whose name cannot stand in an archive, lies in the folder of the book"),
    "book.place_taken": (
        "此文件夹中已有其他文件，不予覆盖；请另选空文件夹",
        "there are other files in this folder, which are not replaced; choose an empty one"),
    "book.archive_older": (
        "备份比此处的案卷旧，不予覆盖：此处 {here_lines} 行，链头 {here_head}；"
        "备份 {archive_lines} 行，链头 {archive_head}",
        "the archive is older than the book here, which is not replaced: {here_lines} {here_lines:line/lines} here, "
        "head {here_head}; {archive_lines} in the archive, head {archive_head}"),
    "book.archive_other": (
        "此处是另一案卷，或记录已与备份不同，不予覆盖：此处 {here_lines} 行，链头 {here_head}；"
        "备份 {archive_lines} 行，链头 {archive_head}",
        "the book here is another, or went on otherwise, and is not replaced: {here_lines} {here_lines:line/lines} "
        "here, head {here_head}; {archive_lines} in the archive, head {archive_head}"),
}
