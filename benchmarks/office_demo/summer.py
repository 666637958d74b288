"""The summer day by day, from the public draw to the last signature: fourteen rounds between 8 and 31 August 2023.

Five working days of publicity each, one after another, would take seventy; there are eighteen. So the next rounds are
opened while the earlier ones are in publicity (``next_round: after_opening``), and up to nine are at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.office_demo import trouble
from benchmarks.office_demo.author import Author, Entry

FIRST = ("preferential", "sibling", "open-choice", "voluntary-1", "voluntary-2")
BATCHES = ("batch-A", "batch-B", "batch-C", "batch-D")
REST = ("batch-E", "batch-R1", "batch-R2", "batch-R3")
Day = tuple[str, Sequence[Entry]]


def days(author: Author) -> Iterator[Day]:
    """Yield each day after the draw with what is entered on it, in order; the book goes on with it."""
    for day, work in WORK.items():
        before = len(author.entries)
        author.begin(day)
        work(author)
        yield day, author.entries[before:]


def _open(author: Author, rounds: Sequence[str]) -> None:
    for name in rounds:
        author.enter("", "round_opened", "office", round=name)


def _publish(author: Author, rounds: Sequence[str], first_day: str, last_day: str) -> None:
    """Publish the rounds that gave a seat; one that gave none needs no publicity."""
    for name in rounds:
        if any(of == name and children for (of, _), children in author.state.given.items()):
            words = {"round": name, "first_day": first_day, "last_day": last_day}
            author.enter("", "publicity_opened", "office", **words)
        else:
            author.enter("empty_round", "round_confirmed", "office", round=name)


def _confirm(author: Author, rounds: Sequence[str]) -> None:
    """Confirm the rounds whose publicity is over, and have their lists signed."""
    for name in rounds:
        if author.state.rounds[name].state == "publicity":
            author.enter("", "round_confirmed", "office", round=name)
        author.sign(name)


def _draw(author: Author) -> None:
    """8 August: the draw is done; decisions, Zone-wide school and voluntary rounds are computed."""
    author.enter("note", "note", "office", text="公开摇号顺利结束，见证人已在记录上签字")
    author.enter("refused_order", "round_opened", "office", round="batch-A")
    author.enter("refused_role", "round_opened", "school", author.school_clerk("fuli"), round="preferential")
    _open(author, FIRST)


def _first_publicity(author: Author) -> None:
    """9 August: five rounds in publicity; once with a day too few."""
    words = {"round": "preferential", "first_day": "2023-08-09", "last_day": "2023-08-14"}
    author.enter("refused_too_short", "publicity_opened", "office", **words)
    _publish(author, FIRST, "2023-08-09", "2023-08-15")


def _first_troubles(author: Author) -> None:
    """10 August: what can be done before the batches only; the leading group meets."""
    trouble.objections(author, author.many(12), *FIRST)
    trouble.stay(author, author.many(6), "stay_voluntary", *trouble.VOLUNTARY)
    trouble.rulings(author)
    trouble.leave(author, author.many(4))


def _batches(author: Author) -> None:
    """11 August: batches A to D, one Zone-wide after another."""
    trouble.answers(author, leave_open=1)
    _open(author, BATCHES)
    trouble.wrong_entry(author)


def _batch_publicity(author: Author) -> None:
    """14 August: nine rounds in publicity; originals are looked at; the first families come late."""
    _publish(author, BATCHES, "2023-08-14", "2023-08-18")
    trouble.late_families(author, author.many(10))
    trouble.stay(author, author.many(8), "stay_late", *BATCHES)


def _papers(author: Author) -> None:
    """15 August: papers turn out otherwise, before batch E is opened; twins part; a class more."""
    trouble.reclassified(author, author.many(4))
    trouble.part_of_twins(author, author.many(4))
    trouble.leave(author, author.many(10))
    trouble.seats(author)


def _last_batches(author: Author) -> None:
    """16 August: the first five rounds are confirmed, all but one at once; E and the rural batches are opened."""
    open_ones = {objection.round for objection in author.state.objections.values() if objection.is_open}
    for name in sorted(open_ones):
        author.enter("refused_objection_open", "round_confirmed", "office", round=name)
    trouble.answers(author)
    _confirm(author, FIRST)
    _open(author, REST)
    _publish(author, REST, "2023-08-16", "2023-08-22")


def _hearings(author: Author) -> None:
    """17 August: objections against batches; false papers; children sent back."""
    trouble.objections(author, author.many(24), *BATCHES)
    trouble.revoked(author, author.many(2))
    trouble.returned(author, author.many(6))
    trouble.answers(author, leave_open=1)


def _extended(author: Author) -> None:
    """18 August: the last day of batches A to D; where an objection is open the publicity is made longer."""
    for name in sorted({objection.round for objection in author.state.objections.values() if objection.is_open}):
        author.enter("extended", "publicity_extended", "office", round=name, last_day="2023-08-22")
    trouble.objections(author, author.many(3), *BATCHES)
    trouble.leave(author, author.many(6))


def _batches_confirmed(author: Author) -> None:
    """21 August: batches without an open objection, or a longer publicity, are confirmed."""
    trouble.answers(author)
    late = [name for name in BATCHES if str(author.state.rounds[name].last_day) < "2023-08-21"]
    _confirm(author, late)
    trouble.late_families(author, author.many(8))
    trouble.mistakes(author)


def _adjustment(author: Author) -> None:
    """23 August: all batches are confirmed; the adjustment takes who is left."""
    _confirm(author, [name for name in (*BATCHES, *REST) if author.state.rounds[name].state == "publicity"])
    _open(author, ["adjustment"])
    _publish(author, ["adjustment"], "2023-08-23", "2023-08-29")


def _second_adjustment(author: Author) -> None:
    """24 August: the last day on which five working days still fit; families who came since yesterday."""
    trouble.late_families(author, author.many(12))
    trouble.rulings(author)
    trouble.leave(author, author.many(4))
    _open(author, ["adjustment-2"])
    _publish(author, ["adjustment-2"], "2023-08-24", "2023-08-30")


def _last_objections(author: Author) -> None:
    """25 August: objections against the adjustments, answered on the same day."""
    trouble.objections(author, author.many(6), "adjustment")
    trouble.answers(author)
    author.enter("note", "note", "group", text="领导小组会议记录已归档")


def _confirmed(author: Author) -> None:
    """30 August: the adjustment is confirmed."""
    _confirm(author, ["adjustment"])


def _end(author: Author) -> None:
    """31 August: the last round is confirmed; the seats that objections and rulings gave are signed as well."""
    _confirm(author, ["adjustment-2"])
    author.sign("decisions")


WORK = {
    "2023-08-08": _draw,
    "2023-08-09": _first_publicity,
    "2023-08-10": _first_troubles,
    "2023-08-11": _batches,
    "2023-08-14": _batch_publicity,
    "2023-08-15": _papers,
    "2023-08-16": _last_batches,
    "2023-08-17": _hearings,
    "2023-08-18": _extended,
    "2023-08-21": _batches_confirmed,
    "2023-08-23": _adjustment,
    "2023-08-24": _second_adjustment,
    "2023-08-25": _last_objections,
    "2023-08-30": _confirmed,
    "2023-08-31": _end,
}
"""What is done on each day."""
