"""Texts (zh, en) of the help of ``allocator notice``, and of the letters of ``allocator explain``."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.notice": (
        "入学通知书：制作，以及核对家长带来的通知书。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator notice make my-district/out --out my-district/notices --new-key\n"
        "  allocator notice verify my-district/out T23-000123 fuli ABCD EFGH IJKL MNOP",
        "Make notices of admission with a code of the office, and verify what families bring.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator notice make my-district/out --out my-district/notices --new-key\n"
        "  allocator notice verify my-district/out T23-000123 fuli ABCD EFGH IJKL MNOP"),
    "help.notice.make": (
        "制作入学通知书：每名学生一页 A4，每所学校一个 PDF，按报名号排列，印有防伪码和二维码。"
        "OUT 是 run 写出的文件夹，或案卷（只制作已确认批次的）。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator notice make my-district/out --out my-district/notices --new-key\n"
        "  allocator notice make summer --out summer-notices --school fuli --lists zh\n"
        "\n"
        "姓名取自 restricted/persons.csv，没有的只印报名号；报到时间、地点、材料和异议受理单位取自政策的 letters。"
        "防伪码由密钥生成：第一次加 --new-key 生成密钥，之后一直用它；密钥丢失或换了一把，先说明，不制作。\n"
        "PDF 需要可选组件 letters 和中文字体；字体中没有的字一一指出，不印成方框。",
        "Make notices of admission: one A4 page a child, one PDF a school, in the order of registration numbers, with "
        "code and QR code. OUT is a folder that run wrote, or a case book (its confirmed rounds alone).\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator notice make my-district/out --out my-district/notices --new-key\n"
        "  allocator notice make summer --out summer-notices --school fuli --lists zh\n"
        "\n"
        "Names are those of restricted/persons.csv, else the number stands alone; time, place, papers and where to "
        "object those of the policy's letters. Codes are made with a key: --new-key makes it the first time, and it "
        "stays; where it is lost or another, that is told and nothing is made.\n"
        "PDF needs the extra 'letters' and a Chinese font; signs that no font has are told, none is printed as a box."),
    "help.notice.make.target": ("写出通知书的文件夹。", "Folder of the notices."),
    "help.notice.make.key": (
        "密钥文件；不写时为数据文件夹或案卷中的 restricted/notice.key。",
        "File of the key; otherwise restricted/notice.key of the district's or the book's folder."),
    "help.notice.make.new_key": (
        "生成密钥（32 个随机字节，仅所有者可读）；已有密钥时不替换。",
        "Make a key (32 random bytes, readable by its owner alone); one that is there is never replaced."),
    "help.notice.make.lost": (
        "确认某把密钥已丢失（写出提示中的密钥编号）：用它制作的通知书今后无法核对，须收回换发。",
        "Say that a key is lost for good, by the digits that were told: notices made with it can never be verified "
        "again and must be replaced."),
    "help.notice.make.schools": (
        "只制作这所学校的，写学校编号，可以写几次。", "This school alone, by its id; may be repeated."),
    "help.notice.make.by": (
        "案卷的经办人编号，记入查阅记录；不写时记本机账户。",
        "Of a case book who acts, for the log of accesses; otherwise this account."),
    "help.notice.make.district": (
        "录取所用的数据文件夹（restricted 所在处）；不写时为 OUT 的上一级文件夹。",
        "Folder of the district, with restricted; otherwise the folder above OUT."),
    "help.notice.verify": (
        "核对通知书：写出二维码的内容，或依次写报名号、学校编号、防伪码；空格、大小写、分组不影响。"
        "可以写几份，或用 --file 给出一行一份的文件。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator notice verify my-district/out 'school-notice/1|T23-000123|fuli|ABCDEFGHIJKLMNOP'\n"
        "  allocator notice verify my-district/out T23-000123 fuli ABCD EFGH IJKL MNOP\n"
        "  allocator notice verify my-district/out --file scanned.txt\n"
        "\n"
        "逐份说明有效，或哪里不符：没有这个报名号、不是这所学校、不是这份名单、防伪码不对。"
        "全部有效时退出状态为 0，否则为 1。",
        "Verify notices: the words of the QR code, or number, id of the school and code one after the other; spaces, "
        "small letters and groups make no difference. Several may be given, or a file with one a line by --file.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator notice verify my-district/out 'school-notice/1|T23-000123|fuli|ABCDEFGHIJKLMNOP'\n"
        "  allocator notice verify my-district/out T23-000123 fuli ABCD EFGH IJKL MNOP\n"
        "  allocator notice verify my-district/out --file scanned.txt\n"
        "\n"
        "Of each it is told that it is valid, or what differs: an unknown number, another school, another list, a "
        "wrong code. The exit status is 0 if all are valid, else 1."),
    "help.notice.verify.file": ("要核对的通知书，一行一份。", "Notices to verify, one a line."),
    "help.notice.verify.key": (
        "密钥文件；不写时为数据文件夹或案卷中的 restricted/notice.key。",
        "File of the key; otherwise restricted/notice.key of the district's or the book's folder."),
    "help.notice.verify.district": (
        "录取所用的数据文件夹（restricted 所在处）；不写时为 OUT 的上一级文件夹。",
        "Folder of the district, with restricted; otherwise the folder above OUT."),
    "help.explain.letter": (
        "写成给家长的答复书：一页 A4 的 PDF，第一行是结果，然后是理由、方案条款、向谁提出异议。",
        "Write it as an answer to the family: an A4 page as PDF, first the answer, then why, by which section of the "
        "plan, and where to object."),
    "help.explain.diverted": (
        "所有分流的学生各一份答复书，须同时写 --letters。",
        "An answer to each family whose child was diverted; needs --letters."),
    "help.explain.letters": ("写出答复书的文件夹，一名学生一个 PDF。", "Folder of the answers, a PDF a child."),
    "help.explain.district": (
        "录取所用的数据文件夹，其中 restricted/persons.csv 的姓名印在答复书上；不写时为 OUT 的上一级文件夹。",
        "Folder of the district, whose restricted/persons.csv has the name printed on an answer; otherwise the folder "
        "above OUT."),
}
