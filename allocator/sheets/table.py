"""A table: its marks, headings, rows and notes as plain data, in both languages, whatever it is written as.

``files``, ``terminal`` and ``page`` write it. Words are ``Text``, names plain ``str``; a number stays a number until
it is written, as people read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias

from allocator.domain import District, Policy, SessionOrder, Text
from allocator.ground import TEXTS, Language, Written, text

MINUS, NONE = "\u2212", "–"
"""Sign of what is below nought, and what stands where there is no number."""


def said(words: Text | str, language: Language) -> str:
    """Return words in one language; a plain ``str`` (a name) is the same in both."""
    return words if isinstance(words, str) else words.in_(language)


def written_in(written: Written, words: Text | str, separator: str = " · ") -> str:
    """Return words in the language or languages of what is written for people."""
    return words if isinstance(words, str) else _in_both(written, words, separator)


@lru_cache(maxsize=4096)
def _in_both(written: Written, words: Text, separator: str) -> str:
    """Words of a list come again with every child."""
    return written.names(words.zh, words.en, separator)


def both(code: str, **params: object) -> Text:
    """Return the text of a code in both languages; parameters that are texts themselves are said in each of them."""
    return bilingual(
        lambda language: text(
            code, language, **{name: said(v, language) if isinstance(v, Text) else v for name, v in params.items()}
        )
    )


def bilingual(make: Callable[[Language], str]) -> Text:
    """Return a text or picture made once for each language.

    Parameters
    ----------
    make : callable
        Takes a language, e.g. ``lambda language: supply_demand(bars, language)``.
    """
    return Text(make("zh"), make("en"))


def number(value: float | None, digits: int = 0, *, signed: bool = False) -> str:
    """Return a number as people read it: thousands apart, a true minus, halves away from zero, a dash for none.

    Parameters
    ----------
    value : float or None
        Finite.
    digits : int
        Decimals shown.
    signed : bool
        Show ``+`` before a number above 0.
    """
    if value is None:
        return NONE
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}{abs(rounded):,f}"


def school_names(district: District, language: Language = "zh") -> dict[str, str]:
    """Return what people call each school in a language, with its id where two would be called alike."""
    return _apart({name: said(school.title, language) for name, school in district.schools.items()})


def zone_names(district: District, language: Language = "zh") -> dict[str, str]:
    """Return what people call each zone: the name of its school, with the zone's id where two would be called alike."""
    titles = {name: district.schools[zone.school_id].title for name, zone in district.zones.items()}
    return _apart({name: said(title, language) for name, title in titles.items()})


def zone_titles(*districts: District) -> dict[str, Text]:
    """Return the names of the zones of some districts in both languages; of one that is in several, the last ones."""
    found: dict[str, Text] = {}
    for district in districts:
        zh, en = zone_names(district, "zh"), zone_names(district, "en")
        found |= {zone: Text(zh[zone], en[zone]) for zone in zh}
    return found


def _apart(names: dict[str, str]) -> dict[str, str]:
    """Names by id, with the id behind those that stand more than once."""
    often = Counter(names.values())
    return {key: f"{name} ({key})" if often[name] > 1 else name for key, name in names.items()}


Align = Literal["left", "right", "center"]
Weight = Literal["title", "alarm", "warning", "notice", "plain", "good", "bad", "lead"]
Value: TypeAlias = Text | str | int | float | None
"""A plain cell: a text, a name, a number, or nothing."""


class Mark(NamedTuple):
    """A line that may not be lost with a table: what it is, what it is no basis for, where its numbers come from.

    Attributes
    ----------
    words : Text or str
        The line.
    weight : {"title", "alarm", "warning", "notice", "plain", "good", "bad", "lead"}
        How it stands out; in print ``plain`` stands at the foot, ``lead`` above the table as what to know first.
    tail : str
        What stands behind the words once, whatever the languages, such as a digest.
    """

    words: Text | str
    weight: Weight = "plain"
    tail: str = ""

    def line(self, written: Written, between: str = " · ") -> str:
        """Return the whole line in the language or languages of what is written for people."""
        return f"{written_in(written, self.words, between)} {self.tail}".rstrip()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    title : Text or str
        Its heading.
    align : {"left", "right", "center"}
        Numbers stand right.
    digits : int
        Decimals of its ``float`` cells where people read them.
    signed : bool
        Numbers above 0 with ``+``.
    key : str
        Its name for programs.
    exact : int
        Decimals of its ``float`` cells in files.
    whole : bool
        Never broken over lines in a terminal.
    width : int or None
        Characters in a workbook; None: as its cells need.
    group : Text or str
        What tells it from another column of the same title in files, in brackets behind its heading.
    between : str
        What stands between both languages of its words in files.
    """

    title: Text | str
    align: Align = "left"
    digits: int = 0
    signed: bool = False
    key: str = ""
    exact: int = 3
    whole: bool = False
    width: int | None = None
    group: Text | str = ""
    between: str = " "

    def heading(self, written: Written, between: str) -> str:
        """Return its heading in a file."""
        group = f"（{written_in(written, self.group, ' ')}）" if self.group else ""
        return written_in(written, self.title, between) + group


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than a value.

    Attributes
    ----------
    value : Text, str, int, float or None
        What stands in it; None for an empty cell.
    small : Text or str
        Smaller words behind it on a terminal and a page, e.g. half an interval.
    shade : float or None
        From 0 (white) to 1 (dark) in a heat table.
    strong : bool
        In bold.
    colour : str
        Of its words in a terminal, as ``rich`` names it.
    """

    value: Value
    small: Text | str = ""
    shade: float | None = None
    strong: bool = False
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its head is repeated on every printed page.

    Attributes
    ----------
    columns : tuple of Column
        At least one; the first names the rows.
    rows : tuple of tuple
        Cells or plain values, as many a row as there are columns.
    caption : Text or str
        What the table is.
    note : Text or str
        Small words below it.
    folded : bool
        Shown closed at first on a page, for long tables (open in print).
    tight : bool
        Without a frame on a terminal, where it would not fit 80 columns.
    marks : tuple of Mark
        What stands above it in files; on a terminal and a page they stand once, above all tables.
    kind : str
        What it is for programs.
    name : Text or str
        What its sheet in a workbook is called; its caption, else its kind, where it has none.
    lined : bool
        A line below every row in a terminal, where cells have several.
    signing : tuple of Text or str
        Lines below the last row of a workbook and in print, to be filled in and signed by hand.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | Value, ...], ...]
    caption: Text | str = ""
    note: Text | str = ""
    folded: bool = False
    tight: bool = False
    marks: tuple[Mark, ...] = ()
    kind: str = ""
    name: Text | str = ""
    lined: bool = False
    signing: tuple[Text | str, ...] = ()

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("Expected at least one column, and as many cells a row as columns.")

    @property
    def above(self) -> tuple[Mark, ...]:
        """The lines above it in a file: what it is, then its marks."""
        return (Mark(self.caption, "title"), *self.marks) if self.caption else self.marks


def columns(prefix: str, keys: Iterable[str], words: int = 1, *, digits: int = 0) -> tuple[Column, ...]:
    """Return columns with the texts ``<prefix>.<key>`` as headings; the first ones hold words, the others numbers."""
    return tuple(
        Column(both(f"{prefix}.{key}"), "left" if place < words else "right", digits, key=key)
        for place, key in enumerate(keys)
    )


def as_read(value: Value, column: Column) -> Text | str:
    """Return what people read in a cell: words as they are, numbers as their column says; nothing for None."""
    if value is None or isinstance(value, Text | str):
        return "" if value is None else value
    return number(value, column.digits if isinstance(value, float) else 0, signed=column.signed)


def full(cell: Cell | Value) -> Cell:
    """Return a cell with its value and all else that can be said of it."""
    return cell if isinstance(cell, Cell) else Cell(cell)


SEED_DIGITS = 16
"""Digits of the seed printed on lists: enough to tell two draws apart; the whole stands in summary.json."""


def marks_of(policy: Policy, *codes: str, **params: object) -> tuple[Mark, ...]:
    """Return what stands on every table of planners: the policy's title, the warnings of some codes, its notice."""
    warnings = (Mark(both(code, **params), "warning") for code in codes)
    return (Mark(policy.title, "title"), *warnings, *_notice(policy))


def list_marks(district: District) -> tuple[Mark, ...]:
    """Return what stands on every list of a district.

    Title; TRIAL, weak seed, another order than that of tickets, and notice where they apply; source.
    """
    policy, draw = district.policy, district.draw
    marks = [Mark(policy.title, "title")]
    if draw is None or draw.transcript is None:
        marks.append(Mark(both("list.trial", seed="" if draw is None else draw.trial_seed), "warning"))
    if draw is not None and draw.weak_seed:
        marks.append(Mark(both("list.weak_seed"), "alarm"))
    if draw is not None and draw.order is not None:
        marks.append(order_mark(draw.order))
    return (*marks, *_notice(policy), Mark(_source(district)))


def order_mark(order: SessionOrder) -> Mark:
    """Return what every list says of an order that was not drawn by hash: what it is, and what it cannot guarantee."""
    return Mark(both(f"draw.order_{order.kind}", **order.words), "warning")


def titled(marks: tuple[Mark, ...], title: Text | str) -> tuple[Mark, ...]:
    """Return the marks of a list: the policy's title, its own, then all others."""
    return (marks[0], Mark(title, "title"), *marks[1:])


def json_head(policy: Policy, kind: str) -> dict[str, Any]:
    """Return how every answer of planners begins as JSON: what it is, of which policy, and its marks."""
    return {
        "format_version": 1,
        "kind": kind,
        "policy_id": policy.policy_id,
        "planning_only": dict(zip(("zh", "en"), TEXTS["planning.only"], strict=True)),
        "notice": {"zh": policy.notice.zh, "en": policy.notice.en},
    }


def _notice(policy: Policy) -> tuple[Mark, ...]:
    """The policy's notice, where it has one in either language."""
    return (Mark(policy.notice, "notice"),) if policy.notice.zh or policy.notice.en else ()


def _source(district: District) -> Text | str:
    """Where the lots came from."""
    draw = district.draw
    if draw is None:
        return ""
    seed = draw.seedhex[:SEED_DIGITS]
    if draw.transcript is None:
        return both("list.source_trial", seed=seed)
    code = "list.source" if draw.order is None else "list.source_order"
    return both(code, event=draw.transcript.event, seed=seed)
