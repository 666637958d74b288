"""Texts (zh, en) of faults in a policy file."""

TEXTS: dict[str, tuple[str, str]] = {
    "policy.not_utf8": ("政策文件须为 UTF-8 编码", "a policy file must be UTF-8"),
    "policy.empty": ("政策文件为空或含空字符", "the policy file is empty or holds NUL characters"),
    "policy.syntax": ("不是有效的 YAML：{problem}", "not valid YAML: {problem}"),
    "policy.wide_colon": (
        "键后的冒号须为半角“:”并加一个空格，此处是全角“：”",
        "a key is followed by an ordinary colon and a space, here stands a full-width colon"),
    "policy.no_anchors": ("不支持 YAML 锚点、标签或过深嵌套", "YAML anchors, tags and deep nesting are not allowed"),
    "policy.too_much": (
        "内容过多：最多约 {most} 项，每行最多 100,000 个字符",
        "there is too much in it: at most about {most} keys and items, and 100,000 characters a line"),
    "policy.duplicate_key": ("同一键出现两次", "this key stands here twice"),
    "policy.missing_key": ("缺少必需的键", "a required key is missing"),
    "policy.unknown_key": ("不认识的键", "unknown key"),
    "policy.wrong_value": ("值不正确，应为：{expected}", "wrong value, expected: {expected}"),
    "policy.whole_from": ("不小于 {least} 的整数", "a whole number from {least} on"),
    "policy.whole_from_to": ("{least} 至 {most} 的整数", "a whole number from {least} to {most}"),
    "policy.items_from": ("至少 {least} 项", "at least {least} {least:entry/entries}"),
    "policy.items_to": ("最多 {most} 项", "at most {most} {most:entry/entries}"),
    "policy.twice": ("重复出现", "stands here more than once"),
    "policy.unknown_category": ("类别未在 categories 中定义", "this category is not defined in categories"),
    "policy.place": ("该环节位置不对，应在 {expected}", "this phase stands in the wrong place, expected {expected}"),
}
