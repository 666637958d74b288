"""Minutes, witness sheet and notary sheet of a draw day as PDF, to be signed (docs/public-draw.en.md).

They hold names and offices and stay with the office; nothing of them is published but what the transcript holds too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from allocator.ground import Written, visible_text
from allocator.public.ceremony.day import DrawDay
from allocator.public.ceremony.projector import hex_groups
from allocator.public.ceremony.slides import DayCounts
from allocator.sheets import qr_code, set_pages

MINUTES, WITNESSES, NOTARY = "minutes.pdf", "witness-sheet.pdf", "notary-sheet.pdf"
_GROUP = 5
_EMPTY_ROWS = 2

_SOURCE = r"""
#set page(margin: (x: 20mm, top: 15mm, bottom: 17mm), footer: context {
  set text(size: 8pt)
  let words = data.page.replace("{page}", str(here().page())).replace("{pages}", str(counter(page).final().first()))
  line(length: 100%, stroke: 0.4pt)
  v(-2mm)
  [#data.foot #h(1fr) #words]
})
#set text(size: data.size * 1pt)
#set par(leading: data.leading * 1em)
#show heading: set text(size: 17pt)
#align(center, heading(level: 1, data.title))
#v(2mm)
#for words in data.lead { par(words) }
#v(1mm)
#table(columns: (auto, 1fr), stroke: none, inset: (x: 2pt, y: 2.6pt),
  ..data.facts.map(pair => (strong(pair.at(0)), pair.at(1))).flatten())
#for one in data.digests {
  block(breakable: false, above: data.gap * 1mm, grid(columns: (data.code * 1mm, 1fr), gutter: 4mm, align: horizon,
    qr(one.code, size: data.code * 1mm),
    stack(spacing: 2mm, text(size: 9pt, one.label),
      text(size: 11pt, font: ("DejaVu Sans Mono", ..data.fonts), one.digest.join(linebreak())))))
}
#v(2mm)
#if data.rows.len() > 0 {
  table(columns: data.widths.map(width => width * 1fr), stroke: 0.4pt + luma(90), inset: (x: 4pt, y: 6pt),
    align: horizon, fill: (column, row) => if row == 0 { luma(231) },
    table.header(..data.heads.map(words => strong(words))), ..data.rows.flatten())
}
#for words in data.after { par(words) }
#block(breakable: false, above: 8mm, stack(spacing: 9mm, ..data.signing.map(pair =>
  grid(columns: (1fr, 1fr), ..pair.map(words => [#words #box(width: 35mm, line(length: 100%, stroke: 0.4pt))])))))
"""


class DayPapers:
    """The papers of a draw day that has its transcript.

    Parameters
    ----------
    draws : int
        How many draws were held.
    head : str
        SHA-256 of the line of the journal that notes the transcript.
    """

    def __init__(self, day: DrawDay, counts: DayCounts, draws: int, head: str, written: Written) -> None:
        self._day, self._counts, self._draws, self._head, self._written = day, counts, draws, head, written

    def pdfs(self) -> Iterator[tuple[str, bytes]]:
        """Give name and content of each paper.

        Raises
        ------
        InputError
            If typst or a font is missing (``pdf.extra_missing``, ``pdf.no_font``), or no font shows a sign
            (``pdf.no_sign``); the draw is not touched by it.
        """
        for name, data in ((MINUTES, self._minutes()), (WITNESSES, self._witnesses()), (NOTARY, self._notary())):
            yield name, set_pages(_SOURCE, data, lambda sign, data=data, name=name: _places(sign, data, name))[0]  # type: ignore[misc]

    def _paper(self, title: str, **parts: Any) -> dict[str, Any]:
        """What every paper has, with what this one has beside it."""
        say, day, both = self._written.text, self._day, self._written.lists == "both"
        return {
            "gap": 1.5 if both else 3, "code": 17 if both else 21, "size": 9.5 if both else 10.5,
            "leading": 0.55 if both else 0.7,
            "title": f"{say(title)}（{day.event}）" if self._written.first == "zh" else f"{say(title)} ({day.event})",
            "lang": self._written.first, "page": say("ceremony.page_of", page="{page}", pages="{pages}"),
            "foot": visible_text(say("ceremony.head", event=day.event)), "lead": [], "facts": self._facts(),
            "digests": self._digests(), "heads": [], "rows": [], "widths": [], "after": [], "signing": [], **parts,
        }  # fmt: skip

    def _facts(self) -> list[tuple[str, str]]:
        say, day = self._written.text, self._day
        facts = [(say(f"ceremony.{name}"), visible_text(value))
                 for name, value in (("event", day.event), ("place", day.place), ("time", day.time))]  # fmt: skip
        if day.round:
            facts.append((say("ceremony.round"), day.round))
        if day.order is not None:
            facts.append((say("ceremony.order_line"), f"order={day.order}"))
        return facts

    def _digests(self) -> list[dict[str, Any]]:
        """The digests that were frozen, and the seed."""
        say, day = self._written.text, self._day
        files = {"policy": "policy.yaml", "roster": "draw-roster.csv", "inputs": ""}
        shown = [(say(f"ceremony.digest.{name}", files=file).strip(" ,"), getattr(day.digests, name), name)
                 for name, file in files.items()]  # fmt: skip
        shown.append((say("ceremony.seed" if day.order is None else "ceremony.transcript_digest"), day.seed, "seed"))
        return [
            {"label": label, "digest": [" ".join(hex_groups(value)[at : at + 8]) for at in (0, 8)],
             "code": qr_code(f"{name}=sha256:{value}")}
            for label, value, name in shown
        ]  # fmt: skip

    def _rows(self, *, signed: bool) -> dict[str, Any]:
        """The witnesses with their digits in groups of five, and room to sign."""
        say = self._written.text
        codes = ["ceremony.column.witness", "ceremony.column.kind", "ceremony.sign.name", "ceremony.sign.office",
                 "ceremony.sign.digits"]  # fmt: skip
        rows = []
        for one in self._day.witnesses:
            digits = say("ceremony.state.absent") if one.is_absent else _in_groups(one.digits)
            rows.append([str(one.number), *map(visible_text, (one.kind, one.name, one.office)), digits])
        if self._day.randomness:
            rows.append(["", "drand", self._day.round, "", _in_groups(self._day.randomness)])
        heads, widths = [say(code) for code in codes], [1.0, 2.2, 2.2, 3.0, 4.6]
        if signed:
            heads, widths, rows = [*heads, say("ceremony.sign.hand")], [*widths, 2.8], [[*row, ""] for row in rows]
        return {"heads": heads, "rows": rows, "widths": widths}

    def _minutes(self) -> dict[str, Any]:
        say, day, counts = self._written.text, self._day, self._counts
        words = {"place": visible_text(day.place), "time": day.time, "event": day.event}
        numbers = {"parties": counts.parties, "children": counts.children, "seats": counts.seats}
        lead = [visible_text(counts.title), say("ceremony.minutes.lead", "\n", **words, **numbers)]
        lead.append(self._happened("ceremony.minutes.order", "ceremony.minutes.other_order"))
        lead += [say("ceremony.weak_allowed")] * day.allow_weak
        lead += [] if day.order is None else [say(f"draw.order_{day.order.kind}", "\n", **day.order.words)]
        after = [say("ceremony.minutes.draws", draws=self._draws),
                 f"{say('ceremony.minutes.journal')}: {' '.join(hex_groups(self._head))}",
                 say("ceremony.minutes.remarks") + "\n" * _EMPTY_ROWS]  # fmt: skip
        signing = [(say("ceremony.sign.host"), say("ceremony.sign.clerk")),
                   (say("ceremony.sign.watch"), say("ceremony.sign.date"))]  # fmt: skip
        return self._paper("ceremony.minutes", lead=lead, after=after, signing=signing, **self._rows(signed=False))

    def _happened(self, drawn: str, elsewise: str) -> str:
        """What a paper says happened: of another order no digits decided, and there may be no witness."""
        return self._written.text(drawn if self._day.order is None else elsewise, "\n")

    def _witnesses(self) -> dict[str, Any]:
        say = self._written.text
        signing = [(say("ceremony.sign.clerk"), say("ceremony.sign.date"))]
        lead = [visible_text(self._counts.title), self._happened("ceremony.sheet.lead", "ceremony.sheet.other_order")]
        return self._paper("ceremony.sheet", lead=lead, signing=signing, **self._rows(signed=True))

    def _notary(self) -> dict[str, Any]:
        say = self._written.text
        signing = [(say("ceremony.sign.notary"), say("ceremony.sign.date"))]
        lead = [visible_text(self._counts.title), self._happened("ceremony.notary.lead", "ceremony.notary.other_order")]
        return self._paper("ceremony.notary", lead=lead, after=[say("ceremony.sign.seal")], signing=signing,
                           **self._rows(signed=False))  # fmt: skip


def _in_groups(value: str) -> str:
    return " ".join(value[at : at + _GROUP] for at in range(0, len(value), _GROUP))


def _places(sign: str, data: dict[str, Any], name: str) -> Sequence[tuple[str, int]]:
    """Where a sign stands that no font shows: the row of the witness, else the paper as a whole."""
    rows = [number for number, row in enumerate(data["rows"], start=1) if any(sign in cell for cell in row)]
    return [(name, row) for row in rows[:1] or [0]]
