"""``allocator draw freeze``: the inputs of a draw and their digests, before any witness speaks."""

from __future__ import annotations

from pathlib import Path

from allocator.cli.command import (
    Teller,
    district_argument,
    encoding_option,
    fault_object,
    json_option,
    language_option,
    print_json,
    show_warnings,
    told_command,
)
from allocator.cli.commands_draw import draw
from allocator.cli.draw_again import again_option, freeze_again, read_for_draw_again, reason_again_faults
from allocator.ground import echo, text
from allocator.lottery import FROZEN, ROSTER, frozen_digests
from allocator.record import FREEZE, freeze_bytes


@draw.command()
@district_argument
@again_option
@encoding_option
@json_option
@language_option
@told_command
def freeze(teller: Teller, folder: Path, again: str | None, encoding: str | None) -> None:
    """Check everything, write draw-roster.csv and the digests to publish before any witness speaks."""
    district, lang = read_for_draw_again(teller, folder, encoding, reason_again_faults(again)), teller.language
    # Wishes without effect are for families to hear of at the check; no digest and no lot hangs on them.
    warnings = [warning for warning in district.warnings if not warning.code.startswith("warn.wish")]
    if not teller.as_json:
        show_warnings(warnings, lang)
    digests = frozen_digests(district)
    done = freeze_again(folder, district, digests, again)
    if teller.as_json:
        told_too = [fault_object(w, lang) for w in warnings]
        print_json(digests._asdict() | ({"warnings": told_too} if told_too else {}))
        return
    for line in done.lines(lang):
        echo(line)
    echo(text("cli.frozen" if done.written else "draw.unchanged", lang))
    echo(freeze_bytes(digests).decode().removesuffix("\n"))
    for name in (ROSTER, FREEZE, FROZEN) if done.written else ():
        echo(text("cli.made", lang, folder=folder / name))
