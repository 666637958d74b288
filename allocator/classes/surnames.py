"""Readings of characters as surnames, which a dictionary of readings may lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SURNAMES: Mapping[str, str] = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "盖": "ge",
    "翟": "zhai di", "缪": "miao", "覃": "qin tan", "员": "yun", "贠": "yun", "乐": "yue le", "任": "ren", "华": "hua",
    "纪": "ji", "冼": "xian", "洗": "xian", "种": "chong", "佴": "nai", "折": "she", "隗": "wei kui", "尉": "wei yu",
    "能": "nai", "那": "na", "牟": "mu mou", "逄": "pang", "黑": "he", "召": "shao", "祭": "zhai", "秘": "bi",
    "繁": "po", "谌": "chen shen", "郗": "xi chi", "郇": "xun huan", "晟": "cheng", "葛": "ge", "宓": "mi fu",
    "句": "gou", "沈": "shen", "燕": "yan", "宁": "ning", "俞": "yu shu", "於": "yu", "瞿": "qu", "臧": "zang",
    "郄": "qie xi", "钭": "tou dou", "笪": "da", "干": "gan", "令": "ling", "长": "zhang", "万": "wan mo", "俟": "qi",
}  # fmt: skip
"""Readings of characters as surnames, whatever else a dictionary of readings has of them."""
DOUBLE_SURNAMES: Mapping[str, Sequence[str]] = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "长孙": ("zhang", "sun"), "单于": ("chan", "yu"),
    "令狐": ("ling", "hu"), "澹台": ("tan", "tai"), "宰父": ("zai", "fu"), "鲜于": ("xian", "yu"),
}  # fmt: skip
"""Surnames of two characters, by the reading of each."""
