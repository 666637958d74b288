"""Texts (zh, en) of the help of ``allocator book open``, ``export`` and ``restore``."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.book.open": (
        "为一个学段、一个学年立卷：核对政策，写下第一条记录，建立数据库。\n"
        "\n"
        "文件夹中须有 policy.yaml、学校表和学区表；学生名册在封存时才读入。立卷人按办公室登记到 persons.csv。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book open summer --by liu\n"
        "  allocator book open summer --by liu --rebuild",
        "Begin the book of a stage and year: check the policy, write the first line, make the database.\n"
        "\n"
        "The folder holds policy.yaml and the tables of schools and zones; the roster is read at the freeze. Who "
        "begins the book is entered in persons.csv for the office.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator book open summer --by liu\n"
        "  allocator book open summer --by liu --rebuild"),
    "help.book.open.by": ("经办人编号。", "Who does it."),
    "help.book.open.rebuild": (
        "数据库丢失而案卷记录完整时，由案卷记录重建数据库。",
        "Make a lost database anew from a journal that is whole."),
    "help.book.open.wait": (
        "案卷正被他人使用时，等待多少秒。",
        "How long to wait for somebody who works in the book."),
    "help.book.export": (
        "把整个案卷打包成一个加密文件，作为备份。\n"
        "\n"
        "口令在终端输入两次，或写在 --passphrase-file 指定的文件第一行；忘记口令，备份就无法打开。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book export summer /media/backup/summer.age --by liu",
        "Write everything that makes up a book to one encrypted file, as a backup.\n"
        "\n"
        "The passphrase is asked for twice, or stands on the first line of --passphrase-file; without it nobody can "
        "open the archive.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator book export summer /media/backup/summer.age --by liu"),
    "help.book.export.by": ("经办人编号，记入查阅日志。", "Who takes the book away, for the access log."),
    "help.book.export.passphrase_file": ("口令文件（第一行）。", "File with the passphrase on its first line."),
    "help.book.export.wait": (
        "案卷正被他人使用时，等待多少秒。",
        "How long to wait for somebody who works in the book."),
    "help.book.restore": (
        "从加密备份恢复案卷：先核对记录链、校验值、数据库，并重算一遍，全部无误才写入。\n"
        "\n"
        "比备份新的案卷、另一案卷和其他文件都不会被覆盖；同一案卷的旧文件夹改名保留。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book restore /media/backup/summer.age summer --by liu",
        "Bring a book back from an encrypted backup, once its chain, digests and database were checked and it was "
        "played again.\n"
        "\n"
        "A newer book, another one and other files are never replaced; an older folder of the same book is kept under "
        "another name.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator book restore /media/backup/summer.age summer --by liu"),
    "help.book.restore.by": ("经办人编号，记入查阅日志。", "Who brings the book back, for the access log."),
    "help.book.restore.passphrase_file": ("口令文件（第一行）。", "File with the passphrase on its first line."),
    "help.book.restore.wait": (
        "案卷正被他人使用时，等待多少秒。",
        "How long to wait for somebody who works in the book."),
}
