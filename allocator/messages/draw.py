"""Texts (zh, en) of the public draw: transcript, digests, hard caps, and the recomputation of published orders."""

_ANEW = (
    "put the published copy in its place, or delete it and make it again from the same digits "
    "('allocator draw transcript')"
)

TEXTS: dict[str, tuple[str, str]] = {
    # The transcript, read strictly
    "draw.not_utf8": (
        "文件被记事本另存为其他编码（“Unicode”或“ANSI”；摇号记录须为 UTF-8）；请删除后用同样的数字重新生成",
        "an editor saved the file in another encoding ('Unicode' or 'ANSI'; a transcript is UTF-8); " + _ANEW,
    ),
    "draw.bom": (
        "文件被记事本改过，开头多了看不见的标记（BOM）；请删除后用同样的数字重新生成",
        "an editor saved the file again and put an invisible byte order mark before it; " + _ANEW,
    ),
    "draw.carriage_return": (
        "文件被记事本改过换行符；请删除后用同样的数字重新生成",
        "an editor or Git for Windows changed the line ends (CR LF in place of LF); " + _ANEW,
    ),
    "draw.no_final_line_end": (
        "文件被改过，最后一行缺少换行符；请删除后用同样的数字重新生成",
        "the end of the last line was lost when the file was saved again; " + _ANEW,
    ),
    "draw.blank_line": (
        "文件被改过，多了一个空行；请删除后用同样的数字重新生成",
        "an empty line was put in when the file was saved again; " + _ANEW,
    ),
    "draw.line_space": (
        "文件被改过，行首或行尾多了空格；请删除后用同样的数字重新生成",
        "space was put before or after this line when the file was saved again; " + _ANEW,
    ),
    "draw.version": ("第一行应为 {expected}", "the first line must be {expected}"),
    "draw.unknown_line": ("不认识的行，只允许：{expected}", "unknown line, allowed are: {expected}"),
    "draw.line_twice": ("该行重复出现", "this line stands here twice"),
    "draw.line_order": ("行的顺序不对，应为：{expected}", "line out of order, expected: {expected}"),
    "draw.line_missing": ("缺少该行", "this line is missing"),
    "draw.event": (
        "摇号场次编号须为 1 至 {most} 个可见字符，首尾无空格",
        "an event number has 1 to {most} printable characters and no space at either end"),
    "draw.digest": ("应为 sha256: 加 64 位小写十六进制数字", "expected sha256: and 64 lower-case hexadecimal digits"),
    "draw.source": (
        "来源应为 witness-<编号>:<数字> 或 drand-<网络>:<轮次>:<随机值>",
        "a source must be witness-<number>:<digits> or drand-<network>:<round>:<randomness>"),
    "draw.source_order": (
        "见证人须从 1 起连续编号（此处应为 {expected}），drand 至多一行且在最后",
        "witnesses are numbered from 1 without a gap (expected here: {expected}); at most one drand round, at the end"),
    "draw.digits": (
        "见证人应给出十进制数字，缺席写“缺席”或 ABSENT",
        "a witness gives decimal digits, or ABSENT if silent"),
    "draw.drand": (
        "drand 应为轮次、冒号和 64 位小写十六进制数字",
        "a drand round is its number, a colon and 64 lower-case hexadecimal digits"),
    # Another order than that of hashed tickets (public.md section 1)
    "draw.order": (
        "应为 numbers:sha256:<64 位小写十六进制数字>，或 ring:<起始号>:<间隔数>（均为从 1 起的整数，不带前导零）",
        "expected numbers:sha256:<64 lower-case hexadecimal digits> or ring:<start>:<step> (whole numbers from 1, no "
        "leading zero)"),
    "draw.ring_start": (
        "起始号超出范围：摇号名册只有 {parties} 户，起始号须为 1 至 {parties}",
        "the start is none of the numbers 1 to {parties}: so many {parties:party stands/parties stand} on the draw "
        "roster"),
    "draw.numbers_missing": (
        "摇号记录写明号码另行产生，但旁边没有 numbers.csv（列 id、number）",
        "the transcript takes numbers made elsewhere, but numbers.csv (columns id, number) does not lie beside it"),
    "draw.changed_numbers": (
        "校验值（SHA-256）应为摇号记录 order= 行所写的 {expected}，实为 {found}：号码被改动过",
        "the SHA-256 must be {expected}, as the line order= of the transcript says, it is {found}: numbers were "
        "changed"),
    "draw.numbers_resaved": (
        "文件只是被记事本或表格软件另存过（换行符、行尾空格或文件开头的标记不同），号码没有改动；请换回公布的那一份",
        "an editor or spreadsheet only saved the file again (line ends, spaces at line ends or a byte order mark) and "
        "no number changed; put the published copy in its place"),
    "draw.numbers_saved_again": (
        "文件被记事本或表格软件改过换行符、行尾空格或开头的标记（BOM）；请存为不带 BOM 的 UTF-8，换行符用 LF",
        "an editor or spreadsheet changed line ends, put spaces at line ends or a byte order mark (BOM) before the "
        "file; save it as UTF-8 without BOM, with LF line ends"),
    "draw.numbers_not_utf8": (
        "文件不是 UTF-8 编码；请另存为不带 BOM 的 UTF-8",
        "the file is not UTF-8; save it as UTF-8 without BOM"),
    "draw.numbers_order": (
        "各行须按编号升序，且编号不得重复：应排在“{above}”之前",
        "lines must ascend by id and hold every id once: this one belongs before {above!r}"),
    "draw.number_missing": ("摇号名册中的这一户没有号码", "this party of the draw roster has no number"),
    "draw.number": (
        "号码须为 0 或正整数，不带正负号、小数点和前导零，最多 100 位",
        "a number is whole, 0 or more, without sign, point or leading zero, of at most 100 digits"),
    "draw.number_twice": ("“{other}”已有同一号码；号码不得重复", "{other!r} has the same number; numbers are distinct"),
    "warn.numbers_unused": (
        "旁边有号码表 numbers.csv，但摇号记录没有 order=numbers 一行，号码不起作用；如本应按号码摇号，"
        "请用 allocator draw transcript --order numbers 重新形成摇号记录",
        "numbers.csv lies beside a transcript without a line order=numbers, so its numbers decide nothing; if they "
        "should, make the transcript with 'allocator draw transcript --order numbers'"),
    "draw.order_kind_numbers": ("号码另行产生", "numbers drawn elsewhere"),
    "draw.order_kind_ring": ("循环摇号（起始号 {start}，间隔数 {step}）", "ring draw (start {start}, step {step})"),
    "draw.order_numbers": (
        "号码另行产生（numbers.csv，非随机数散列摇号）：由此可核对录取是否依号码由小到大；"
        "不能证明号码是随机产生的，也不能证明数据封存之前无人知道号码",
        "Numbers drawn elsewhere (numbers.csv): that the lists follow from the numbers can be checked; that they were "
        "drawn by chance, or that nobody knew them before the data were frozen, cannot"),
    "draw.order_ring": (
        "循环摇号（起始号 {start}，间隔数 {step}）：只有这两个数是摇出来的，由此可核对全部名次；"
        "数据封存之前知道这两个数的人即知道结果，名册上相邻报名户的名次互有关联",
        "Ring draw (start {start}, step {step}): these two numbers are all that was drawn, and every rank can be "
        "checked from them; whoever knew them before the data were frozen knew the result, and neighbours on the "
        "roster do not fare independently"),
    "draw.missing": (
        "没有摇号记录；正式录取须给出摇号记录（--transcript），试运行可用 --trial-seed N",
        "there is no transcript; give that of the public draw (--transcript), or try a trial run with --trial-seed N"),
    "draw.exists": (
        "摇号记录已存在，不予覆盖；如该次摇号作废，请用 --again 写明原因，并用下一个摇号场次编号",
        "there is a transcript already and it is not overwritten; if that draw is void say --again REASON and give the "
        "next event number"),
    # Weak seeds
    "draw.few_digits": (
        "随机数不足：该见证人只给出 {found} 位数字，至少要 {least} 位",
        "this witness gave {found} {found:digit/digits}, at least {least} are needed"),
    "draw.same_digits": (
        "与 {other} 的数字相同（或倒序、或包含在内），只算一份（可能抄录有误）",
        "the same digits as {other} (or backwards, or a part of them): they count once; look for a slip in copying"),
    "draw.equal_digits": ("所有数字都相同，不是摇出来的数字", "all digits are the same: nobody drew these"),
    "draw.counting_digits": (
        "数字按固定间隔依次排列，不是摇出来的数字",
        "the digits count on or down in equal steps: nobody drew these"),
    "draw.repeated_digits": (
        "一串数字反复出现，不是摇出来的数字",
        "a few digits are repeated over and over: nobody drew these"),
    "draw.mirrored_digits": (
        "后一半数字是前一半倒过来的，不是摇出来的数字",
        "the second half is the first half backwards: nobody drew these"),
    "draw.few_witnesses": (
        "随机数不足：给出各自数字的见证人只有 {found} 位，至少要 {least} 位不同身份的见证人",
        "witnesses who gave digits of their own: {found}; at least {least} of different kinds are needed"),
    "draw.few_bits": (
        "随机数不足：合计只有 {found} 比特，至少要 {least} 比特",
        "the contributions hold only {found} {found:bit/bits} in all, at least {least} are needed"),
    # What the transcript freezes
    "draw.changed_roster": (
        "摇号名册与封存时的不符，现为 {found}：数据封存之后报名户有变动",
        "the draw roster is not the one that was frozen, found {found}: parties changed after the freeze"),
    "draw.changed_policy": (
        "政策文件与封存时的不符，现为 {found}：数据封存之后政策有变动",
        "the policy file is not the one that was frozen, found {found}: the policy changed after the freeze"),
    "draw.changed_policy_resaved": (
        "政策文件只是被另存过：仅换行符、行尾空格或文件开头的标记（BOM）不同，规则没有改动（现为 {found}）；"
        "请换回封存时的那一份（frozen 文件夹中的 policy.yaml）",
        "the policy file was only saved again by an editor: line ends, spaces at line ends or a byte order mark differ "
        "and no rule does (found {found}); put the frozen copy (policy.yaml in the folder frozen) in its place"),
    "draw.changed_roster_resaved": (
        "摇号名册只是被另存过：仅换行符、行尾空格或文件开头的标记（BOM）不同，内容没有改动（现为 {found}）；"
        "请换回封存时的那一份（frozen 文件夹中的 draw-roster.csv）",
        "the draw roster was only saved again: line ends, spaces at line ends or a byte order mark differ and no party "
        "does (found {found}); put the frozen copy (draw-roster.csv in the folder frozen) in its place"),
    "draw.changed_inputs": (
        "学位、学区、类别或志愿与封存时的不符，现为 {found}：数据封存之后有变动",
        "seats, zones, categories or choices are not those that were frozen, found {found}: they changed after "
        "the freeze"),
    "draw.changed_policy_layout": (
        "政策文件与封存时不同（现为 {found}），但只是注释或排版有改动，规则相同；请换回封存时的那一份"
        "（frozen 文件夹中的 policy.yaml）",
        "the policy file is not the one that was frozen (found {found}), but remarks or layout alone differ and no "
        "rule does; put the frozen copy (policy.yaml in the folder frozen) in its place"),
    "draw.changed_cell": ("{id}：封存时为“{was}”，现为“{now}”", "{id}: {was!r} when it was frozen, {now!r} now"),
    "draw.changed_row_new": (
        "封存的数据中没有 {id}，这一行是后来加的",
        "{id} is not in the frozen data: this row was added since"),
    "draw.changed_row_gone": (
        "封存的数据中有 {id}（{was}），现在没有了",
        "{id} is in the frozen data ({was}) and not here any more"),
    "draw.changed_line": ("封存时为“{was}”，现为“{now}”", "{was!r} when it was frozen, {now!r} now"),
    "draw.changed_line_new": ("封存时没有这一行：“{now}”", "this line was not there when it was frozen: {now!r}"),
    "draw.changed_line_gone": ("封存时此处还有一行：“{was}”", "when it was frozen a line stood here: {was!r}"),
    "draw.frozen_copy": (
        "frozen 文件夹中的 {name} 缺失或不是封存的那一份，无法指出具体改动",
        "{name} in the folder frozen is missing or not what was frozen, so what changed cannot be told"),
    # The hard cap, before any draw
    "draw.hard_cap_offered": (
        "学校 {school} 在环节 {phase} 中最多可能录取到 {most} 人（最大的一组多胞胎 {bundle} 人），超过最大容量；"
        "请减少提供的学位或提高最大容量",
        "school {school} could reach {most} {most:child/children} in phase {phase} (largest bundle: {bundle}), above "
        "its hard cap; offer fewer seats or raise the cap"),
    "draw.hard_cap_left": (
        "学校 {school} 在环节 {phase} 中最多可能录取到 {most} 人（最大的一组多胞胎 {bundle} 人），超过最大容量；"
        "请减少招生计划或提高最大容量",
        "school {school} could reach {most} {most:child/children} in phase {phase} (largest bundle: {bundle}), above "
        "its hard cap; offer fewer seats (a smaller plan) or raise the cap"),
    # Published orders, recomputed
    "draw.file_missing": ("文件不存在或无法读取", "the file is not there or cannot be read"),
    "draw.no_seed": (
        "缺少公开摇号记录 transcript.txt，也未给出试运行编号，无法重新计算摇号随机号",
        "neither transcript.txt nor the number of a trial run is there, so no ticket can be recomputed"),
    "draw.manifest": ("无法读取为输出清单", "cannot be read as the manifest of an output folder"),
    "draw.missing_order": (
        "清单 manifest.json 列有此文件，但文件不存在",
        "manifest.json lists this file, but it is missing"),
    "draw.not_in_manifest": ("清单 manifest.json 未列此文件", "manifest.json does not list this file"),
    "draw.changed_file": (
        "内容与清单 manifest.json 的校验值不符",
        "the content is not that of the digest in manifest.json"),
    "draw.changed_file_resaved": (
        "文件只是被另存过：仅换行符、行尾空格或文件开头的标记（BOM）与 manifest.json 记录的不同；请换回原来的文件",
        "only saved again: line ends, spaces at line ends or a byte order mark are not those of manifest.json; "
        "put the original file back"),
    "draw.result": ("结果应为：{expected}", "the result must be one of: {expected}"),
    "draw.result_after_end": (
        "第{line}行起学位已满，此后不可能再有空余学位",
        "no seat was left at line {line}, so none can be left here"),
    "draw.result_after_bundle": (
        "上方 {size} 人的一组多胞胎因空余学位不足被跳过，此处人数不少于该组，不可能录取",
        "a bundle of {size} was passed over above for want of seats, so a party as large cannot come in here"),
    "draw.result_single": ("只有多胞胎才会因空余学位不足被跳过", "only a bundle can be passed over for want of seats"),
    "draw.result_no_draw": (
        "摇号须既有人录取，也有人未录取（或被跳过）",
        "in a draw somebody is admitted and somebody is not admitted or passed over"),
    "draw.result_school": ("应为学校编号或 {expected}", "the id of a school or {expected} is expected"),
    "draw.not_csv": ("不是 UTF-8 编码的 CSV 表", "not a CSV table in UTF-8"),
    "draw.header": ("表头应为 {expected}", "the header must be {expected}"),
    "draw.cells": ("该行应有 {expected} 格", "this line must have {expected} {expected:cell/cells}"),
    "draw.roster_order": ("名册须按编号升序，且编号不得重复", "the roster must be sorted by id and hold every id once"),
    "draw.id_not_ascii": ("摇号编号或报名号含非 ASCII 字符", "a draw id or a party id is not printable ASCII"),
    "draw.party_unknown": ("不在摇号名册中", "not in the draw roster"),
    "draw.party_twice": ("在同一次摇号中重复出现", "stands in this draw twice"),
    "draw.party_size": ("人数应为 {expected}", "the size must be {expected}"),
    "draw.ticket": ("摇号随机号应为 {expected}", "the ticket must be {expected}"),
    "draw.rank": ("名次应为 {expected}", "the rank must be {expected}"),
    "draw.row_order": (
        "应排在上一行（摇号随机号 {above}）之前，顺序不对",
        "must stand before the line above (ticket {above}): wrong order"),
    "draw.group": ("应为优先组的编号（从 1 起）", "expected the number of the priority group, from 1"),
    "draw.more": ("该文件还有 {count} 处错误", "{count} more {count:fault/faults} in this file"),
    "draw.held_already": (
        "本文件夹已有摇号记录，不能再次封存数据；如该次摇号作废，请用 --again 写明原因：记录另行保留，场次编号不再使用",
        "a draw was held for this folder; if it is void say --again REASON: its transcript is kept under a number, and "
        "its event number stays used up"),
    "draw.not_frozen": (
        "数据尚未封存：先运行 allocator draw freeze 并公布校验值，再请见证人报出数字",
        "not frozen: run 'allocator draw freeze' and publish the digests before any witness speaks"),
}
