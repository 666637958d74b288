"""Texts (zh, en) of the morning of the draw: what is asked on the terminal, and what becomes of earlier draws."""

TEXTS: dict[str, tuple[str, str]] = {
    "ask.begin": (
        "请逐位录入见证人报出的数字：每位录入两遍，第一遍录入后按五位一组显示。\n"
        "数字之间可以有空格；见证人缺席，录入“缺席”。",
        "Type what each witness read out, twice; after the first time it is shown in groups of five.\n"
        "Spaces make no difference; a witness who stays silent is typed 'absent'."),
    "ask.witness": (
        "{who} 报出的数字（没有更多见证人时直接按回车）：",
        "{who}, digits (Enter alone when there are no more witnesses):"),
    "ask.name": ("见证人{number}", "witness-{number}"),
    "ask.read": ("  已录入 {count} 位：{groups}", "  read, {count} {count:digit/digits}: {groups}"),
    "ask.again": ("{who} 的数字，请再录入一遍：", "{who}, the same digits once more:"),
    "ask.differ": (
        "  两遍录入不同，从第 {at} 位起：\n    第一遍 {first}\n    第二遍 {second}\n  请重新录入两遍。",
        "  the two differ from digit {at} on:\n    first  {first}\n    second {second}\n  Type both again."),
    "ask.absent": ("缺席", "absent"),
    "ask.is_absent": ("  {who}：缺席", "  {who}: absent"),
    "ask.drand": (
        "事先公布的 drand 轮次，<网络>:<轮次>:<随机值>（没有则直接按回车）：",
        "drand round named beforehand, <network>:<round>:<randomness> (Enter alone if there is none):"),
    "ask.write": (
        "以上内容写入摇号场次 {event} 的摇号记录，此后不能改动。确认请输入 y：",
        "Write this as the transcript of draw {event}? It cannot be changed afterwards. Type y to confirm:"),
    "draw.two_ways": ("--source 与 --sources 只能给一个", "give --source or --sources, not both"),
    "draw.no_sources": (
        "请说明见证人报出的数字：每位见证人一个 --source，或用 --sources 文件；"
        "在终端中运行时两者都可省略，程序会逐位询问",
        "say what the witnesses gave: --source for each, or --sources FILE; on a terminal leave out both and be asked"),
    "draw.sources_empty": (
        "文件中没有见证人的数字；每行一位：witness-1:数字",
        "no contribution in this file; one a line is expected: witness-1:DIGITS"),
    "draw.sources_text": ("不是 UTF-8 或 GB18030 编码的文本文件", "not a text file in UTF-8 or GB 18030"),
    "draw.reason": ("须写明原因，1 至 {most} 个可见字符", "a reason of 1 to {most} printable characters is expected"),
    "draw.event_used": (
        "该摇号场次编号已经用过；场次编号连续，作废的摇号也占用编号，下一个编号是 {expected}",
        "this event number is used up; numbers are consecutive and a void draw keeps its own, the next one is "
        "{expected}"),
    "draw.event_next": (
        "摇号场次编号须连续：上一场是 {last}，这一场应为 {expected}",
        "event numbers are consecutive: the last one is {last}, so this one is {expected}"),
    "draw.frozen_already": (
        "数据已封存，校验值可能已经公布，不予覆盖；确需重新封存，请用 --again 写明原因：此前公布的校验值随即作废",
        "frozen already, and the digests may be published: not overwritten. To freeze again say --again REASON; "
        "the digests published before are void from then on"),
    "draw.void_digests": (
        "此前公布的校验值作废（原因：{reason}）。请连同原因公布新的校验值。",
        "The digests published before are VOID (reason: {reason}). Publish the new ones with the reason."),
    "draw.void_draw": (
        "摇号场次 {event} 作废（原因：{reason}）。请公布作废的摇号记录和原因；编号 {event} 不再使用，"
        "下一个编号是 {next}。",
        "Draw {event} is VOID (reason: {reason}). Publish its transcript with the reason; the number {event} is used "
        "up, the next one is {next}."),
    "draw.kept": ("原 {name} 保留为 {kept}", "the earlier {name} is kept as {kept}"),
    "draw.unchanged": (
        "数据封存后没有改动，已公布的校验值继续有效：",
        "nothing was changed since the freeze; the published digests hold:"),
    "draw.same_transcript": (
        "摇号记录已在 {file}，内容相同，没有改动",
        "the transcript is in {file} already, the same to the byte; nothing was changed"),
    "draw.restored": ("摇号记录已恢复为原来的字节：{file}", "the transcript has its original bytes again: {file}"),
    "draw.second": (
        "注意：本文件夹已有摇号场次 {event} 的摇号记录，这是另一场摇号",
        "note: this folder holds the transcript of draw {event} already; this is another draw"),
    "draw.event_line": ("摇号场次 {event}，见证人报出的数字：", "draw {event}; what the witnesses gave:"),
    "draw.event_only": ("摇号场次 {event}", "draw {event}"),
    "draw.trial": (
        "试运行第 {number} 号：没有公开摇号，不是正式结果",
        "trial no. {number}: no public draw, not a result"),
    "draw.trial_seed": ("模拟种子：{seed}", "seed of the trial: {seed}"),
    "draw.given": ("见证人报出的数字：", "what the witnesses gave:"),
}
