"""Texts (zh, en) of versions of a placement and of the digest that was signed."""

TEXTS: dict[str, tuple[str, str]] = {
    "classes.placement_stays": (
        "此文件夹中是摇号 {event} 的编班结果，签字后不得改动，--replace 也不覆盖；"
        "确有错误，凭书面决定另行摇号，用 --after 和 --ruling 在新文件夹中另出新版",
        "this folder holds the placement of session {event}, which nothing replaces, --replace neither; where a ruling "
        "says so hold another session and write a new version elsewhere by --after and --ruling"),
    "classes.ruling_needed": (
        "--after 与 --ruling 须同时给出：新版须说明所依据的决定",
        "--after and --ruling go together: a new version names the ruling it rests on"),
    "classes.no_old_placement": ("这里没有编班结果", "no placement is here"),
    "classes.same_event": (
        "新版须另行摇号，场次编号不得与旧版相同",
        "a new version has a session of its own: its event may not be that of the old one"),
    "classes.version": (
        "第 {version} 版，依据：{ruling}；前一版（摇号 {event}）校验值 {digest}",
        "version {version}, by ruling: {ruling}; the one before it (session {event}) has the digest {digest}"),
    "classes.is_signed_one": ("与签字表上的校验值一致", "the digest is the one that was signed"),
    "classes.not_signed_one": (
        "与签字表上的校验值不同：签字的不是这份编班结果，或签字后有改动",
        "the digest is not the one that was signed: this is another placement, or it was changed after signature"),
    "classes.digest_form": ("应为至少 16 位的十六进制校验值，可带空格", "16 or more hexadecimal digits are expected"),
}
