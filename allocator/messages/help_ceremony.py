"""Texts (zh, en) of the help of ``allocator ceremony``."""

TEXTS: dict[str, tuple[str, str]] = {
    "help.ceremony": (
        "主持公开摇号：逐步引导，终端供录入人使用，投影页面供全场观看。\n"
        "\n"
        "依次为：宣布开始，公布人数和校验值，各位见证人报出数字（录入两遍，不显示），摇号记录和随机种子，"
        "逐项摇号结果，会议纪要和签字页。投影页面是 DIR/ceremony/ceremony.html，不联网，每步自动更新。"
        "任何时候都可以中断（断电、Ctrl-C），再次运行即从原处继续，不重问；最后一位数字录入之前不作任何计算。"
        "数据尚未封存的，先行封存。见 docs/public-draw.zh.md。\n"
        "\n"
        "\b\n"
        "例子：\n"
        "  allocator ceremony my-district\n"
        "  allocator ceremony my-district --void \"见证人报数时停电，无法继续\"",
        "Lead through the day of the public draw: a terminal for the clerk, a page for the projector.\n"
        "\n"
        "In order: opening, counts and digests, the digits of each witness (typed twice, never shown), transcript and "
        "seed, every draw, minutes and sheets to sign. The page DIR/ceremony/ceremony.html needs no network and renews "
        "itself at every step. The day can be left at any moment (power cut, Ctrl-C); run again it goes on where it "
        "stood and asks nothing twice. Nothing is computed before the last digit. What is not frozen yet is frozen "
        "first. See docs/public-draw.en.md.\n"
        "\n"
        "\b\n"
        "Examples:\n"
        "  allocator ceremony my-district\n"
        "  allocator ceremony my-district --void \"the power failed and two witnesses had to leave\""),
    "help.ceremony.void": (
        "本场摇号作废：写明原因；纪要、记录保留为带编号的文件，摇号场次编号不再使用。",
        "This draw is void, for this reason; its transcript and papers are kept under a number, its event number is "
        "used up."),
    "help.ceremony.order": (
        "号码另行产生（numbers，读取 DIR/numbers.csv），或循环摇号（ring，起始号和间隔数当众摇出）。",
        "Other orders: numbers (made elsewhere, DIR/numbers.csv), or ring (start and step are drawn on the day)."),
}
