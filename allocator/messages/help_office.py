"""Texts (zh, en) of the help of the commands for the office: districts, the draw, runs."""

# "\b" is the mark by which a paragraph keeps its lines.
TEXTS: dict[str, tuple[str, str]] = {
    "help.options": ("[选项]", "[OPTIONS]"),
    "help.command": ("命令 [参数]...", "COMMAND [ARGS]..."),
    "help.allocator": (
        "按公布的政策、审核后的名册和公开摇号分配公办学校学位。\n"
        "\n"
        "每条命令加 --help 都有说明和例子。提示默认用电脑的语言，也可以写 --lang zh 或 --lang "
        "en（写在命令之前或之后都可以）。\n"
        "\n"
        "\b\n"
        "招生办公室的一天，按先后顺序：\n"
        "  allocator determine summer --out my-district\n"
        "                                            由报名、住房等表认定类别和资格，形成名册\n"
        "  allocator rulings summer                  哪些事项待领导小组研究确定\n"
        "  allocator new my-district                 由样例建立文件夹，换成自己的表\n"
        "  allocator check my-district               一次列出所有文件的所有错误\n"
        "  allocator draw freeze my-district         数据封存，得到须在摇号前公布的校验值\n"
        "  allocator draw transcript my-district --event 2023-P1\n"
        "                                            录入见证人报出的数字，形成摇号记录\n"
        "  allocator run my-district --out lists     两种方法计算、独立检查、写出全部名单\n"
        "  allocator verify lists                    在任何电脑上再次核验名单\n"
        "  allocator draw verify lists               只凭公布的文件核对摇号\n"
        "  allocator explain lists T23-000123        说明一名学生的录取结果和理由\n"
        "\n"
        "\b\n"
        "给规划人员：\n"
        "  allocator what-if my-district my-district/what-if/*.yaml --draws 1000 --report report.html\n"
        "                                            每项改动会怎样，带图\n"
        "  allocator sweep my-district my-district/grid.yaml --draws 10000\n"
        "                                            所有组合、成千上万次摇号，也可以用集群\n"
        "  allocator odds my-district                各类学生被各校录取的可能性（模拟）\n"
        "  allocator seats my-district               每所学校增加 1 个、10 个、一个班的学位有什么效果\n"
        "  allocator capacity my-district --classes 2 --class-size 45\n"
        "                                            学位加在哪里最好；或最少加多少才够\n"
        "  allocator warnings my-district            哪些学区的需求接近或超过学位，今年与预测\n"
        "  allocator optimum my-district --out best  最好能做到什么程度，与按规则录取相差多少\n"
        "\n"
        "\b\n"
        "退出状态：0 正常；1 已完成，但有学生尚未落实学位或待领导小组研究确定，\n"
        "或最优方案未经证明；2 输入有误，什么也没有写出；\n"
        "3 两种计算方法之间或与独立检查程序不一致；\n"
        "4 正常，但屏幕或管道没有接收全部文字。\n"
        "\n"
        "环境变量 ALLOCATOR_LANG（zh 或 en）代替电脑的语言；"
        "_ALLOCATOR_COMPLETE 用于命令补全，见 docs/zh/configuration.md。",
        "Assign school seats from a published policy, a roster and a public draw.\n"
        "\n"
        "\b\n"
        "The office's morning, in order:\n"
        "  allocator determine summer --out my-district\n"
        "                                            from applications and papers to a roster\n"
        "  allocator rulings summer                  what waits for a ruling, oldest first\n"
        "  allocator new my-district                 an example district to put your own tables into\n"
        "  allocator check my-district               every fault of every file, at once\n"
        "  allocator draw freeze my-district         digests to publish before the draw\n"
        "  allocator draw transcript my-district --event 2023-P1 --source witness-1:…\n"
        "  allocator run my-district --out lists     both engines, the checker, all lists\n"
        "  allocator verify lists                    prove the lists again, anywhere\n"
        "  allocator explain lists T23-000123        why one child stands where it stands\n"
        "\n"
        "\b\n"
        "For planners:\n"
        "  allocator what-if my-district my-district/what-if/*.yaml --draws 1000 --report report.html\n"
        "                                            what each change would do, with pictures\n"
        "  allocator sweep my-district my-district/grid.yaml --draws 10000\n"
        "                                            every combination, thousands of draws, also on a cluster\n"
        "  allocator odds my-district                chances of every kind of child, simulated\n"
        "  allocator seats my-district               what one more seat, ten, a class would do at each school\n"
        "  allocator capacity my-district --classes 2 --class-size 45\n"
        "                                            where to add seats, proven; or the fewest that are enough\n"
        "  allocator warnings my-district            zones where demand reaches the plan, this year and forecast\n"
        "  allocator optimum my-district --out best  what is possible at all, and what the rules cost beside it\n"
        "\n"
        "Exit status: 0 good; 1 finished, but children are unplaced or need a ruling, or an optimum is not proven; "
        "2 bad input;\n"
        "3 engines or checker disagree; 4 good, but standard output did not take all words.\n"
        "\n"
        "Variables: ALLOCATOR_LANG (zh or en) stands for the language of the machine, _ALLOCATOR_COMPLETE completes "
        "commands in a shell: docs/configuration.md.",
    ),
    "help.new": (
        "由随附的合成样例建立一个招生区文件夹，作为起点；--empty 则给出空表（中文列名、下拉选项）和填表说明。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator new my-district\n"
        "  allocator new my-district --example ranked-choice\n"
        "  allocator new my-district --example tongliao-2023-applications\n"
        "  allocator new my-district --empty\n"
        "\n"
        "先试运行：allocator run my-district --trial-seed 1。然后换成自己的表，保留列名，再运行 allocator check "
        "my-district。样例的摇号记录不会复制：本区的摇号还没有举行。",
        "Make a district folder to start from: a copy of a shipped, synthetic district; or, with --empty, its tables "
        "to be filled in (Chinese headings, drop-downs), and instructions.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator new my-district\n"
        "  allocator new my-district --example ranked-choice\n"
        "  allocator new my-district --example tongliao-2023-applications\n"
        "  allocator new my-district --empty\n"
        "Try it with 'allocator run my-district --trial-seed 1'. Then replace its tables by your own, keep the "
        "headings, and\n"
        "run 'allocator check my-district'. A transcript is not copied: your district's draw is yet to be held.",
    ),
    "help.generate": (
        "生成任意规模的合成数据：政策、各表和摇号记录。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator generate big --children 100000 --seed 7",
        "Make a synthetic district of any size, with policy, tables and a transcript.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator generate big --children 100000 --seed 7",
    ),
    "help.book": (
        "管理一个学年的案卷：批次、公示、异议、放弃、补报名，逐条留痕，可以重算。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book replay summer --out season",
        "Keep the case book of a season: batches, publicity, objections, withdrawals, late families.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator book replay summer --out season",
    ),
    "help.book.replay": (
        "由封存的表和 events.jsonl 重算整个案卷，写出各事件的结果、案卷记录、链头和录取结果。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator book replay summer --out season",
        "Play events.jsonl of a folder with frozen tables; write outcomes, journal, head and assignment.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator book replay summer --out season",
    ),
    "help.check": (
        "读取招生区文件夹，一次列出所有文件的所有错误；没有错误时按类别、审核状态、学区、所报学校统计人数，供与报名平台核对。"
        "不写任何文件。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator check my-district\n"
        "  allocator check my-district --json",
        "Read a district: every fault of every file at once; where there is none, children by category, status, zone "
        "and school named, to be held against the registration platform. Writes nothing.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator check my-district\n"
        "  allocator check my-district --json",
    ),
    "help.determine": (
        "由招生办公室的各表（报名表、监护人、住房等）认定每名学生的类别、学区和审核状态，形成名册；"
        "由两套各自编写的程序各算一遍，逐行一致才写出。\n"
        "\n"
        "OUT（默认 DIR/roster）中写出 determination.csv、applicants.csv、schools.csv、zones.csv 和 policy.yaml，"
        "可直接运行 allocator run OUT。有任何错误时什么也不写，原有的文件夹保持不变。民办学校的摇号在此之前进行："
        "--private-freeze 得到须公布的校验值，--private-draw 按摇号记录只写出 private-result.csv；它在 DIR 中时，"
        "录取的学生不再列入名册。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator determine summer --out my-district\n"
        "  allocator determine summer --private-freeze\n"
        "  allocator determine summer --private-draw private-transcript.txt",
        "Determine category, zone and status of every child from the office's tables (applications, guardians, homes "
        "…), by two programs made apart; the roster is written if they agree row for row.\n"
        "\n"
        "OUT (default: DIR/roster) gets determination.csv, applicants.csv, schools.csv, zones.csv and policy.yaml, so "
        "that 'allocator run OUT' works as it is. With any fault nothing is written, and a folder that was there "
        "stays. The draw for the private schools comes before: --private-freeze gives the digests to publish, "
        "--private-draw writes private-result.csv only; while that lies in DIR, its winners are on no roster.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator determine summer --out my-district\n"
        "  allocator determine summer --private-freeze\n"
        "  allocator determine summer --private-draw private-transcript.txt",
    ),
    "help.rulings": (
        "列出待领导小组研究确定的事项：按事由，先报名的在前；再列出已作出的决定：由谁、为何、何时。不写任何文件。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator rulings summer\n"
        "  allocator rulings summer --json",
        "List what waits for a ruling, by ground, those registered first above; then the rulings given, each with who, "
        "why and when; writes nothing.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator rulings summer\n"
        "  allocator rulings summer --json",
    ),
    "help.draw": (
        "公开摇号：数据封存、形成摇号记录、核对摇号。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator draw freeze my-district\n"
        "  allocator draw verify lists",
        "Hold the public draw: freeze the inputs, put the transcript together, verify tickets.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator draw freeze my-district\n"
        "  allocator draw verify lists",
    ),
    "help.draw.freeze": (
        "数据封存：全面检查，写出摇号名册 draw-roster.csv 和须在见证人报出数字之前公布的校验值。\n"
        "\n"
        "校验值显示在屏幕上，并记入 draw-freeze.txt；封存的数据存入 frozen "
        "文件夹，只有本人可读，此后的任何改动都能指出来。已经封存或摇号的，不予替换；确需重来，用 --again "
        "写明理由，旧的编号保留，已公布的校验值随即作废。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator draw freeze my-district\n"
        "  allocator draw freeze my-district --again \"两所学校的招生计划填错\"",
        "Check everything, write draw-roster.csv and the digests to publish before any witness speaks.\n"
        "\n"
        "The digests are printed and kept in draw-freeze.txt, the frozen data in the folder frozen, for its owner "
        "alone: with\n"
        "them every later change is told. What was frozen or drawn already is not replaced unless --again says "
        "why; it is\n"
        "then kept under a number, and the digests published before are void.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator draw freeze my-district\n"
        "  allocator draw freeze my-district --again \"two schools had the wrong plan\"",
    ),
    "help.draw.transcript": (
        "由封存的校验值和见证人报出的数字形成摇号记录，检查后写出。\n"
        "\n"
        "没有先运行 allocator draw "
        "freeze，或封存之后数据有变动，都会拒绝。数字之间的空格、全角数字、“缺席”都能识别。已有摇号记录的，只有用 "
        "--again 写明理由才能作废；旧记录编号保留，原场次编号不得再用。\n"
        "\n"
        "\b\n"
        "例子（每位见证人至少报出 20 位数字）：\n"
        "  allocator draw transcript my-district --event 2023-P1\n"
        "  allocator draw transcript my-district --event 2023-P1 \\\n"
        "    --source witness-1:31415926535897932384 --source \"witness-2:27182 81828 45904 52353\" \\\n"
        "    --source witness-3:16180339887498948482",
        "Put the transcript together from the frozen digests and what the witnesses gave; check it, write it.\n"
        "\n"
        "Refused if 'allocator draw freeze' did not come before, or if anything was changed since. Spaces between "
        "digits, full-width digits and the Chinese word for ABSENT are read. A transcript that is there already is "
        "void only by --again and its reason; it is kept under a number, and its event number stays used up.\n"
        "\n"
        "\b\n"
        "Examples (each witness reads out at least 20 digits):\n"
        "  allocator draw transcript my-district --event 2023-P1\n"
        "  allocator draw transcript my-district --event 2023-P1 \\\n"
        "    --source witness-1:31415926535897932384 --source \"witness-2:27182 81828 45904 52353\" \\\n"
        "    --source witness-3:16180339887498948482",
    ),
    "help.draw.verify": (
        "只凭公布的文件，重新计算每个摇号随机号和每次摇号的次序，并逐行核对公布的名单；不能核对的内容会说明。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator draw verify lists",
        "Recompute every ticket and order of a published folder, and compare the lists with them. The published files "
        "are enough; what could not be compared is said.\n"
        "\n"
        "\b\n"
        "Example:\n"
        "  allocator draw verify lists",
    ),
    "help.run": (
        "按政策计算录取名单：两种方法各算一遍，由独立检查程序判断，写出全部名单。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator run my-district --out lists\n"
        "  allocator run my-district --trial-seed 1 --out trial\n"
        "  allocator run big --engine procedure --no-workbook --no-trace",
        "Compute the assignment with both engines, let the checker judge it, and write all lists.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator run my-district --out lists\n"
        "  allocator run my-district --trial-seed 1 --out trial\n"
        "  allocator run big --engine procedure --no-workbook --no-trace",
    ),
    "help.verify": (
        "核验名单：不使用最优化软件，再次证明名单符合规则；如有违规，逐条写明条款、学生和学校。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator verify lists\n"
        "  allocator verify lists --tables my-district\n"
        "  allocator verify my-district --list made-elsewhere.xlsx",
        "Prove a list again without any solver and tell every violation, with clause, child and school.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator verify lists\n"
        "  allocator verify lists --tables my-district\n"
        "  allocator verify my-district --list made-elsewhere.xlsx",
    ),
    "help.explain": (
        "说明一名学生的录取结果和理由，依据当次运行的过程记录。\n"
        "\n"
        "文件夹里是报名表等认定用的表时，说明该生认定为什么类别，为什么不是更靠前的类别，还可以补什么材料。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator explain lists T23-000123\n"
        "  allocator explain my-tables T23-000123",
        "Tell where a child stands and why, from the record of a run.\n"
        "\n"
        "Of a folder of the office's tables: which category the child has and why no earlier one, and what would make "
        "it better.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator explain lists T23-000123 --lang en\n"
        "  allocator explain my-tables T23-000123",
    ),
}
