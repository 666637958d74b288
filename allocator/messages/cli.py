"""Texts (zh, en) of the command line."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.faults": ("发现 {count} 处错误：", "{count} {count:fault/faults} found:"),
    "cli.warnings": (
        "提醒 {count} 处（不是错误，不影响运行；请在数据封存之前逐一核对）：",
        "{count} {count:warning/warnings}, no fault and no hindrance; look at each before the draw is frozen:"),
    "cli.changed_since": (
        "数据封存之后有变动（摇号时将与已公布的校验值不符；请恢复原状，或说明原因重新封存：draw freeze --again）：",
        "changed since the draw was frozen; the published digests do not hold for it: undo the changes, or freeze "
        "again and say why (draw freeze --again):"),
    "cli.more_faults": ("……另有 {count} 处（用 --json 查看更多）", "… and {count} more (--json shows more of them)"),
    "cli.interrupted": ("已中断，未写出任何文件", "interrupted; nothing was written"),
    "cli.output_lost": (
        "标准输出写不下去（{reason}），部分文字没有显示", "standard output took no more ({reason}); words are missing"),
    "cli.os_error": ("无法读写 {name}：{reason}", "cannot read or write {name}: {reason}"),
    "cli.memory": ("内存不足，未写出任何文件", "not enough memory; nothing was written"),
    "cli.internal": (
        "程序内部错误（{kind}：{what}），未写出任何文件，请报告开发者",
        "a fault of the program ({kind}: {what}); nothing was written; please report it"),
    "cli.checked": (
        "检查通过：{children} 名学生，{parties} 个报名户（一名学生，或一组多胞胎），{schools} 所学校，{seats} 个学位",
        "no faults: {children} {children:child/children}, {parties} {parties:party/parties}, {schools} "
        "{schools:school/schools}, {seats} {seats:seat/seats}"),
    "cli.no_draw": (
        "（尚无摇号记录 transcript.txt；可先试运行：--trial-seed N）",
        "(no transcript.txt yet; try a trial run with --trial-seed N)"),
    "cli.draw_matches": (
        "摇号记录与本文件夹一致，摇号场次编号 {event}",
        "the transcript matches this folder, event {event}"),
    "cli.folder_used": ("文件夹已存在且不为空", "the folder exists and is not empty"),
    "cli.made": ("已写入 {folder}", "written to {folder}"),
    "cli.written": ("名单已写入 {folder}", "lists written to {folder}"),
    "cli.next_intake": (
        "下一步：allocator intake {folder}/export.xlsx {folder} --columns {folder}/columns.csv",
        "next: allocator intake {folder}/export.xlsx {folder} --columns {folder}/columns.csv"),
    "cli.next_check": ("下一步：allocator check {folder}", "next: allocator check {folder}"),
    "cli.frozen": (
        "数据已封存。以下校验值（数字指纹，SHA-256）须在见证人报出数字之前公布：",
        "frozen; publish these digests before any witness speaks:"),
    "cli.transcript_made": ("摇号记录已写入 {file}", "the transcript was written to {file}"),
    "cli.seed": ("随机种子（摇号记录的 SHA-256）：{seed}", "seed (SHA-256 of the transcript): {seed}"),
    "cli.transcript_digest": ("摇号记录校验值（SHA-256）：{seed}", "SHA-256 of the transcript: {seed}"),
    "cli.draw_good": (
        "摇号核对无误：实际举行摇号 {held} 次，另有分流与调剂次序 {orders} 份；每个摇号随机号、名次与次序均已重新计算",
        "the draw is right: {held} {held:draw/draws} held and {orders} {orders:order/orders} of diversion and "
        "adjustment; every ticket, rank and order was recomputed"),
    "cli.list_inferred": (
        "名单只有报名号和学校：每名学生的环节按“能够给出该学位的最早环节”推定",
        "the list holds ids and schools only: each phase is inferred as the earliest that could have given the seat"),
    "cli.verified": (
        "核验通过：{children} 名学生，未发现违规",
        "verified: {children} {children:child/children}, no violation"),
    "cli.violations": ("发现 {count} 处违规：", "{count} {count:violation/violations}:"),
    "cli.child_twice": ("该报名号在名单中出现两次", "this child stands in the list twice"),
    "cli.no_column": ("名单缺少列 {column}", "the list lacks the column {column}"),
    "cli.changed_file": (
        "文件内容与 manifest.json 记录的校验值不符",
        "the file does not have the digest that manifest.json records"),
    "cli.changed_file_resaved": (
        "文件只是被另存过：仅换行符、行尾空格或文件开头的标记（BOM）与 manifest.json 记录的不同；请换回原来的文件",
        "only saved again: line ends, spaces at line ends or a byte order mark are not those that manifest.json "
        "records; put the original file back"),
    "cli.missing_file": ("文件缺失", "the file is missing"),
    "cli.not_out": ("不是 allocator run 的输出文件夹", "not an output folder of allocator run"),
    "cli.only_planning": (
        "文件夹里只有规划测算，没有可核验的名单；用同一命令重新计算即可比对",
        "the folder holds planning results, no list that counts; the same command makes the same bytes again"),
    "cli.not_implied": ("文件内容与按录取名单重新生成的不一致", "the file differs from what the list implies"),
    "run.model_decides": (
        "该取值由约束模型决定，不能只用顺序程序（--engine procedure）",
        "the model decides under this value; --engine procedure alone is refused"),
    "run.two_seeds": ("--transcript 与 --trial-seed 只能给一个", "give --transcript or --trial-seed, not both"),
    "progress.reading": ("读取并检查输入", "reading and checking the input"),
    "progress.procedure": ("顺序程序", "sequential procedure"),
    "progress.strict": ("约束模型复核（CP-SAT）", "strict model (CP-SAT)"),
    "progress.clauses": ("写明依据条款", "naming the clause of each row"),
    "progress.checker": ("独立检查程序", "independent checker"),
    "progress.writing": ("写出文件夹", "writing the folder"),
    "progress.generating": ("生成合成数据", "making synthetic data"),
    "progress.verifying": ("核验名单", "verifying the list"),
}
