"""The Chinese glossary: one word for one thing, the plan's own first, and the words refused beside it.

Headings and fixed words of the tables (``对口学校``, ``多胞胎组号``, ``已审核``, ``失信``, ``最大容量`` …) are read and
written as they stand there; the patterns let them pass.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Word(NamedTuple):
    """A word to use, a pattern of what is refused for the same thing, and why."""

    right: str
    refused: str
    why: str


WORDS = (
    Word("学生", "孩子|儿童", "one word for those who are admitted; a plan says 学生"),
    Word("该生（该组多胞胎）", "录取单元|这个单元|轮到它", "no parent is a 单元, no child is an 它"),
    Word("报名户（一名学生，或一组多胞胎）", "录取单位", "counted are families with their registration"),
    Word("多胞胎", r"多胞胎组(?!号)|捆绑的|捆绑组|独生孩子", "the plan's word; 多胞胎组号 is a heading"),
    Word("校验值（数字指纹，SHA-256）", "摘要", "摘要 is an abstract, not a digest"),
    Word("见证人报出数字", "发言", "发言 is giving a speech"),
    Word("数据封存、尚未封存", "冻结", "notaries' word; 冻结 is for bank accounts"),
    Word("随机种子；第 n 号模拟种子", "(?<!随机)(?<!模拟)种子|试算种子", "whose seed it is must be said"),
    Word("随机数不足", "弱种子|种子强度", "what is lacking, not what is weak"),
    Word("摇号场次编号", "活动编号|摇号活动", "活动 is an event with guests"),
    Word("摇号随机号（由小到大排序）", "签号|抽签号", "签号 leads to expect a short number"),
    Word("第一所尚有空余学位的学校", "去向顺序中第一所", "garden path"),
    Word("空余学位不足", "容不下|容得下|装不下", "colloquial in an official answer"),
    Word("空余学位", "名额|剩余学位|剩余(?=[{}\\d]|$)|只剩(?= ?[{\\d])", "the plan says 空余学位"),
    Word("无须摇号", "不需要摇号|不用摇号", "as an official answer says it"),
    Word("该生与最后一名录取学生参加同一摇号", "两者都在|签号之前", "两者 has no antecedent"),
    Word("优先顺序第 n 位（学区）", "梯队", "a word of sports; the zones are named"),
    Word("诚信黑名单", r"失信名单|(?<!诚信)黑名单(?!）)|失信(?!（黑名单）)", "plan 9 (2); 失信名单 is the courts'"),
    Word("转由外区招生", "转出|转入", "转出 is a transfer of an enrolled pupil"),
    Word("外区", "(?<!片)区外|其他地区|其他主管部门|其他区", "one word for where another authority admits"),
    Word("待领导小组研究确定", "裁定(?!编号|结果|机关)", "裁定 is a court's act"),
    Word("尚未落实学位", "未安置|安置|没有得到学位", "安置 is said of resettlement"),
    Word("学位缺口统计（按类别、学区）", "缺少学位", "a heading, not a sentence"),
    Word("学区内学生", "对口(?!学校)", "对口 alone says nothing; 对口学校 is a heading"),
    Word("经批准直接录取", "按决定录取", "what a decision does"),
    Word("审核通过", "已审核(?!、迟报)", "the plan's word; 已审核 is what a table holds"),
    Word("逾期报名", "迟报(?!（)", "one word in sentences; 迟报 is read in tables"),
    Word("最大容量", "容纳上限|容量上限", "the heading of the table"),
    Word("调剂", "统筹安排|统筹调剂", "the plan's word"),
    Word("分流意愿", "分流志愿", "the heading of the table"),
    Word("全区招生学校报名", "选报学校|全区报名", "the heading of the table"),
    Word("有不认识的列，请删除该列", "多余的列", "says what to do"),
    Word("学位边际效用（非收费）", "学位价格|学位值多少|学位值", "a price on a bureau's page is a scandal by itself"),
    Word("次序倒挂的学生", "嫉妒", "calque; reads as malice"),
    Word("应录未录的空余学位", "浪费", "reads as blame"),
    Word("与理论最优的差距", "规则的代价", "rules cost nobody money"),
    Word("结果变好、结果变差", "受益|受损", "one outcome beside another"),
    Word("约束模型复核", "严格模型", "what the model is for"),
    Word("最优化软件", "求解器", "a bureau has no solvers"),
    Word("计算方法", "引擎", "a bureau has no engines"),
    Word("符合规则的结果只有这一个", "结果唯一|结果不唯一", "said in words"),
    Word("除此之外没有任何其他因素", "没有第四样", "colloquial"),
    Word("两者代码完全独立", "没有一行共同", "calque"),
    Word("比较两种计算方法是否一致", "会不会不一致", "colloquial"),
    Word("可选组件", "附加项|附加组件", "what may be installed"),
    Word("每个摇号随机号", "每张", "张 counts slips"),
    Word("模拟测算", "试算", "one word for what decides no child's seat"),
)
"""The glossary, with its reasons (docs/glossary.md has both languages)."""

PATTERNS = tuple((word, re.compile(word.refused)) for word in WORDS)


def refused_in(words: str) -> list[str]:
    """Return what is wrong in a Chinese text: ``found: say right``."""
    return [f"{found[0]}: say {word.right}" for word, pattern in PATTERNS for found in pattern.finditer(words)]
