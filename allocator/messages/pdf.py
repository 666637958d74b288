"""Texts (zh, en) of printed tables: what PDF needs, and what stands on every page."""

TEXTS: dict[str, tuple[str, str]] = {
    "pdf.extra_missing": (
        "写 PDF 需要可选组件 letters，本机未安装；请带上这个组件重新安装本程序（docs/zh/install.md），或只写 xlsx、csv",
        "PDF needs the extra 'letters', which is not installed here; install the program again with it "
        "(docs/install.md), or ask for xlsx and csv only"),
    "pdf.no_font": (
        "本机没有可用的中文字体，无法写 PDF；请安装其中一种：{fonts}（Linux 软件包 fonts-noto-cjk），或只写 xlsx、csv",
        "no Chinese font was found here, so no PDF can be written; install one of {fonts} (on Linux the package "
        "fonts-noto-cjk), or ask for xlsx and csv only"),
    "pdf.no_sign": (
        "本机字体中没有“{sign}”（{points}），PDF 中显示不出来；请安装含有此字的字体，或只写 xlsx、csv",
        "no font here has {sign} ({points}), which PDF could not show; install a font that has it, or ask for xlsx and "
        "csv only"),
    "pdf.page_full": (
        "内容太长，一页写不下；请缩短政策 letters 中的文字，或只用一种语言（--lists zh）",
        "there is too much to say for one page; shorten the texts of the policy's letters, or use one language only "
        "(--lists zh)"),
    "pdf.page": ("第 {{page}} 页，共 {{pages}} 页", "page {{page}} of {{pages}}"),
}
