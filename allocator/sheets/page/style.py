"""The style sheet of the page: screen, phone and print."""

from __future__ import annotations

from allocator.sheets.page.drawing import GREEN, HOME, INK, LINE, MUTED, WARNING

FONTS = (
    "'Segoe UI', 'Helvetica Neue', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', "
    "'Source Han Sans SC', 'WenQuanYi Micro Hei', sans-serif"
)
"""Fonts of the reader's machine, Latin before Chinese; none is fetched."""

SHADES = 10
"""Steps of a heat table."""


def _mixed(part: float) -> str:
    """A step between white and the blue of a home seat."""
    dark = tuple(int(HOME[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (one - 255) * part):02x}" for one in dark)


def _shades() -> str:
    """Backgrounds of a heat table; the darkest still leaves the words a contrast of 4.5 : 1."""
    return "".join(f".h{step}{{background:{_mixed(0.068 * step)}}}" for step in range(1, SHADES + 1))


SHEET = f"""
:root{{color-scheme:light}}
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%;text-size-adjust:100%}}
body{{margin:0;background:#fff;color:{INK};font:16px/1.6 {FONTS};font-variant-numeric:tabular-nums lining-nums}}
.pick{{position:absolute;opacity:0;pointer-events:none}}
.languages{{display:flex;justify-content:flex-end;gap:4px;max-width:940px;margin:0 auto;padding:14px 24px 0}}
.languages label{{padding:3px 14px;border:1px solid {MUTED};border-radius:4px;color:{MUTED};cursor:pointer}}
#zh:checked~.languages .to-zh,#en:checked~.languages .to-en{{background:{INK};border-color:{INK};color:#fff}}
#zh:focus-visible~.languages .to-zh,#en:focus-visible~.languages .to-en{{outline:3px solid #f0b429;outline-offset:2px}}
#zh:checked~.in-en,#en:checked~.in-zh{{display:none}}
.marks,.body{{max-width:940px;margin:0 auto;padding:0 24px}}
.marks{{display:flex;flex-wrap:wrap;gap:8px;padding-top:10px}}
.marks span{{padding:2px 12px;border:2px solid {WARNING};border-radius:4px;color:{WARNING};font-weight:700}}
h1{{margin:14px 0 0;font-size:30px;line-height:1.25;text-wrap:balance}}
h2{{margin:0 0 6px;font-size:22px;line-height:1.3}}
.subtitle{{margin:4px 0 0;color:{MUTED}}}
.lead{{margin:14px 0;font-size:18px;max-width:46em}}
h2+.lead{{margin-top:0}}
nav{{margin:16px 0 0;font-size:14px}}
nav ol{{display:flex;flex-wrap:wrap;gap:2px 22px;margin:0;padding:0;list-style:none}}
nav a{{color:{HOME}}}
section{{margin-top:40px;padding-top:20px;border-top:2px solid {INK}}}
.tiles{{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:16px 0;padding:0}}
.tile{{padding:12px 14px;border:1px solid {LINE};border-left:5px solid {MUTED};border-radius:4px;break-inside:avoid}}
.tile b{{display:block;font-size:30px;line-height:1.15}}
.tile span{{display:block;font-size:14px}}
.tile i{{display:block;font-style:normal;font-size:13px;color:{MUTED}}}
.good{{border-left-color:{GREEN}}}.good b::after{{content:" \\2713";color:{GREEN};font-size:20px}}
.bad{{border-left-color:{WARNING}}}.bad b::after{{content:" !";color:{WARNING};font-size:24px}}
figure{{margin:22px 0;break-inside:avoid}}
figcaption,caption,summary{{margin:0 0 8px;font-size:16px;font-weight:700;text-align:left}}
.wide{{overflow-x:auto;background:linear-gradient(90deg,#fff 30%,#fff0) 0 0/36px 100%,
linear-gradient(270deg,#fff 30%,#fff0) 100% 0/36px 100%,linear-gradient(90deg,#16222e2e,#16222e00) 0 0/12px 100%,
linear-gradient(270deg,#16222e2e,#16222e00) 100% 0/12px 100%;background-repeat:no-repeat;
background-attachment:local,local,scroll,scroll}}
figure svg{{display:block;width:100%;height:auto}}
.only svg{{min-width:520px}}.slim{{display:none}}
.note{{margin:6px 0;font-size:13px;color:{MUTED}}}
table{{border-collapse:collapse;min-width:50%;max-width:100%;margin:18px 0 4px;font-size:14px;line-height:1.4}}
.many{{font-size:12.5px;width:100%}}.many th,.many td{{padding:5px 4px}}
th,td{{padding:5px 10px;border-bottom:1px solid {LINE};text-align:left;vertical-align:baseline}}
thead th{{border-bottom:2px solid {INK};vertical-align:bottom}}
tbody th{{font-weight:400;min-width:6.5em;overflow-wrap:break-word}}
.right{{text-align:right;white-space:nowrap}}thead .right{{white-space:normal}}.center{{text-align:center}}
.strong{{font-weight:700}}.day{{white-space:nowrap}}
td small{{display:block;color:{INK};font-size:11px;white-space:nowrap}}
tbody tr:hover{{background:#f3f6f9}}
{_shades()}
summary{{cursor:pointer;margin:18px 0 0}}
footer{{margin:44px 0 40px;padding-top:12px;border-top:1px solid {LINE};font-size:13px;color:{MUTED}}}
footer p{{margin:4px 0;overflow-wrap:anywhere}}
@media (max-width:640px){{
body{{font-size:15px}}h1{{font-size:24px}}h2{{font-size:19px}}.lead{{font-size:16px}}
.languages,.marks,.body{{padding-left:14px;padding-right:14px}}
.tiles{{grid-template-columns:repeat(2,1fr);gap:8px}}.tile{{padding:8px 10px}}.tile b{{font-size:23px}}
th,td{{padding:5px 7px}}.broad{{display:none}}.slim{{display:block}}.slim svg{{max-width:420px}}
.stack,.stack caption,.stack tbody,.stack tr,.stack th,.stack td{{display:block;width:100%}}
.stack thead{{display:none}}
.stack tr{{padding:7px 0;border-bottom:1px solid {MUTED}}}
.stack small{{display:inline}}.stack tbody th{{padding:0 0 2px;border:0;font-weight:700}}
.stack td{{display:flex;justify-content:space-between;gap:14px;padding:1px 0 1px 10px;border:0;text-align:right;
white-space:normal}}
.stack td::before{{content:attr(data-label);text-align:left;color:{MUTED}}}
.stack td:empty{{display:none}}.stack td::before{{flex:0 1 auto}}.stack td span{{flex:0 0 auto;max-width:60%}}
.many tr{{display:grid;grid-template-columns:1fr 1fr;column-gap:18px}}.many tbody th{{grid-column:1/3}}
.many td{{padding-left:0}}
}}
@page{{size:A4;margin:14mm 13mm 16mm}}
@media print{{
body{{font-size:10.5pt;line-height:1.45;print-color-adjust:exact;-webkit-print-color-adjust:exact}}
.languages,nav{{display:none}}
.in-zh,.in-en{{display:table;width:100%}}
.marks{{display:table-header-group;break-inside:avoid}}
.marks span{{display:inline-block;margin:0 6px 10px 0;font-size:9pt}}
.body{{display:table-row-group;padding:0}}
h1{{font-size:20pt}}h2{{font-size:14pt;break-after:avoid}}
.lead{{font-size:11.5pt;break-after:avoid;break-inside:avoid}}
.tile b{{font-size:19pt}}.tiles{{break-inside:avoid}}
section{{margin-top:22pt;padding-top:10pt}}
.wide{{overflow:visible;background:none}}.whole{{break-inside:avoid}}
figure svg,.only svg{{min-width:0;max-width:100%;max-height:225mm;margin:0 auto}}
figcaption,caption,summary{{font-size:10.5pt}}
table{{font-size:9pt}}th,td{{padding:3px 7px}}.many{{font-size:7.5pt}}
.many th,.many td{{padding:3px}}thead{{display:table-header-group}}tr{{break-inside:avoid}}
caption{{break-after:avoid}}
details::details-content{{content-visibility:visible;display:block;height:auto}}
}}
"""
