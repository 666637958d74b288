"""What the demonstration says at its end, in Chinese and English."""

from __future__ import annotations

from collections import Counter

from benchmarks.office_demo.whole import Summer

KINDS: dict[str, tuple[str, str]] = {
    "export_refused": ("导出的表读不懂，退回改正", "exports that could not be read, sent back"),
    "refused_held": ("还有学生待研究确定就要封存，未采纳", "freezes refused while children were held"),
    "unfrozen": ("撤销封存", "freezes taken back"),
    "objection": ("异议", "objections"),
    "rejected": ("异议不成立", "objections rejected"),
    "upheld_room": ("异议成立，增补学位", "objections upheld, with room"),
    "upheld_no_room": ("异议成立，学校已满", "objections upheld, without room"),
    "upheld_other": ("异议成立，另行处理", "objections upheld, with another remedy"),
    "leave": ("放弃学位，公示期内由下一名递补", "withdrawals while others moved up"),
    "leave_confirmed": ("确认之后放弃学位", "withdrawals after the confirmation"),
    "stay_voluntary": ("放弃自愿报名的学位，回原学区参加分批录取", "voluntary seats given up before the batches"),
    "stay_late": ("未携带原件报到，参加调剂", "families who brought no originals"),
    "part_withdrawn": ("多胞胎中一人离开", "twins of whom one left"),
    "late_family": ("补报名的家庭", "late families"),
    "reclassified_down": ("重新认定，类别降低", "reclassifications downward"),
    "reclassified_up": ("重新认定，类别提高", "reclassifications upward"),
    "revoked_false_papers_home": ("虚假材料，取消资格，参加调剂", "revocations for false papers, to adjustment"),
    "revoked_hidden_home_home": ("隐瞒住房，取消资格，参加调剂", "revocations for a hidden home, to adjustment"),
    "revoked_forged_papers_away": ("伪造证件，取消资格，回户籍地", "revocations for forged papers, returned home"),
    "revoked_sham_residence_home": ("虚假居住，回本区原学区", "sham residences, back to a zone here"),
    "revoked_sham_residence_horqin": ("虚假居住，原学区属外区", "sham residences, zone of the other authority"),
    "revoked_sham_residence_away": ("虚假居住，回户籍地", "sham residences, returned home"),
    "returned": ("外区退回", "children sent back by the other authority"),
    "ruling_place": ("领导小组决定给予学位", "rulings that placed a child"),
    "ruling_adjust": ("领导小组决定参加调剂", "rulings that sent a child to adjustment"),
    "ruling_dismiss": ("领导小组决定不予受理", "rulings that dismissed a child"),
    "seats_added": ("增加学位", "seats added"),
    "seats_removed": ("减少学位", "seats removed"),
    "extended": ("延长公示", "publicities made longer"),
    "wrong_entry": ("录错学生", "wrong entries"),
    "annulled": ("更正误录", "wrong entries annulled"),
    "empty_round": ("没有录取学生的批次，直接确认", "rounds without a child, confirmed at once"),
    "refused_order": ("未按次序开批，未采纳", "refused: round out of order"),
    "refused_role": ("岗位无权录入，未采纳", "refused: wrong role"),
    "refused_too_short": ("公示不足五个工作日，未采纳", "refused: publicity too short"),
    "refused_objection_open": ("异议未答复就确认，未采纳", "refused: objection still open"),
    "refused_no_room": ("没有可用学位，未采纳", "refused: no room"),
    "refused_unknown": ("没有这名学生，未采纳", "refused: no such child"),
    "refused_twice": ("重复答复，未采纳", "refused: answered already"),
    "refused_malformed": ("填写不符合规定，未采纳", "refused: malformed"),
    "refused_clock": ("时间早于上一条，未采纳", "refused: clock behind"),
    "refused_name": ("事由中有姓名，未采纳", "refused: a name in a text"),
    "late_person": ("补报名学生的姓名另存", "names of late children kept apart"),
    "note": ("附注", "notes"),
    "signed_off": ("名单经校长签字上报", "lists signed by a principal"),
    "locks_written": ("学位锁定写入台账", "seat locks written"),
    "published": ("生成网站文件夹，逐格检查无个人信息", "folders for the website, looked through cell by cell"),
    "restored": ("备份并恢复", "backups brought back"),
}
"""Every kind of trouble, in the order of the report."""

_OUTCOMES = {
    "admitted": ("录取", "admitted"), "diverted": ("分流", "diverted"), "adjusted": ("调剂", "adjusted"),
    "external": ("转由外区招生", "to the other authority"), "withdrawn": ("放弃", "withdrawn"),
    "returned_home": ("回户籍地", "returned home"), "dismissed": ("不予受理", "dismissed"),
    "needs_ruling": ("待领导小组研究确定", "waiting for a ruling"), "unplaced": ("尚未落实学位", "without a seat"),
    "pending": ("待录取", "pending"),
}  # fmt: skip

_HEADING = (
    "一个夏天走完：{commands} 条命令，案卷记录 {lines} 条，名单文件 {lists} 个，用时 {seconds} 秒。其间：",
    "The summer is over: {commands} commands, {lines} lines of the journal, {lists} list files, {seconds} s. In it:",
)
_UNPRINTED = (
    "本机没有 typst 或中文字体，名单未写 PDF，只有 xlsx 和 csv。",
    "No typst or no Chinese font here: the lists were not set as PDF, only as xlsx and csv.",
)
_ENDS = ("学生去向：", "children: ")
_PROVEN = (
    "案卷记录 {lines} 条完整无改动；两种计算方法一致，独立检查程序接受。\n链头：{head}",
    "journal intact ({lines} lines); both ways of computing agree, and the checker accepts it.\nhead: {head}",
)


def report(summer: Summer, language: str, seconds: float) -> str:
    """Return the report of a summer in a language."""
    at = 0 if language == "zh" else 1
    join, colon = ("，", "：") if language == "zh" else (", ", ": ")
    ends = [f"{_OUTCOMES[name][at]} {count}" for name, count in _in_order(summer.outcomes)]
    counts = {"commands": summer.commands, "lines": summer.lines, "lists": summer.lists, "seconds": f"{seconds:.0f}"}
    return "\n".join(
        [
            _HEADING[at].format(**counts),
            *(f"  {words[at]}{colon}{summer.happened[kind]}" for kind, words in KINDS.items() if summer.happened[kind]),
            *([] if summer.printed else [_UNPRINTED[at]]),
            _ENDS[at] + join.join(ends),
            _PROVEN[at].format(lines=summer.lines, head=summer.head),
        ]
    )


def _in_order(outcomes: Counter[str]) -> list[tuple[str, int]]:
    """Return the outcomes that occur, in their order."""
    return [(name, outcomes[name]) for name in _OUTCOMES if outcomes[name]]
