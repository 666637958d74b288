"""Recomputing a published draw with nothing but the published files (lottery.md sections 5 and 6).

A folder as published holds ``policy.yaml``, ``transcript.txt``, ``draw-roster.csv`` and ``draws/<draw id>.csv`` (a draw
id with a slash stands in a folder) with the columns ``rank,id,size,ticket,result,group``; ``cutoffs.csv`` and
``lists/`` beside them; of a book these three for each round, under ``rounds/<round>/``. ``group`` is the number of
what counts before the ticket (a tier, a category), 1 first; without the column all are of one group. Inside a group the
tickets ascend. What the files cannot show: which parties had to stand in a draw, their groups, and the seats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from allocator.domain import Draw
from allocator.ground import Fault
from allocator.lottery.digests import FrozenDigests
from allocator.lottery.frozen import (
    POLICY,
    ROSTER,
    canonical_copies,
    frozen_table_digest,
    is_frozen_but_saved_again,
    published_but_not_frozen,
)
from allocator.lottery.numbers_file import NUMBERS, read_order_numbers
from allocator.lottery.page_digests import page_digest_faults
from allocator.lottery.published_lists import WordsOf
from allocator.lottery.published_table import SHOWN, published_bytes, published_table
from allocator.lottery.recheck_cutoffs import CUTOFFS
from allocator.lottery.recheck_lists import ListsChecked, recheck_lists
from allocator.lottery.recheck_manifest import draw_manifest_faults
from allocator.lottery.recheck_public import PublicSet, late_parties, smaller_parties
from allocator.lottery.recheck_results import OrderLine, result_faults, schools_with_results
from allocator.lottery.recheck_undrawn import undrawn_faults
from allocator.lottery.session_order import SessionTickets, order_places, ticket_key
from allocator.lottery.tickets import TicketScope
from allocator.lottery.transcript import TRANSCRIPT, parse_transcript

LIST_FILES = ("lists.xlsx", "assignment.csv")
ROSTER_COLUMNS = ["id", "size"]
ORDER_HEADERS = [list(OrderLine._fields), list(OrderLine._fields[:-1])]  # the column ``group`` may be missing
_SIZE = re.compile("[1-9]")
_GROUP = re.compile(r"[1-9][0-9]{0,5}")


def recheck_orders(folder: Path, ticket_scope: TicketScope = "per_draw", trial_seed: int | None = None) -> list[Fault]:
    """Recompute seed, tickets, order and ranks of every published draw, and the digests of draw roster and policy file.

    Results are judged by what is possible at all, and files by the manifest if there is one. A folder without orders is
    in order: it is so where no draw was held.

    Parameters
    ----------
    trial_seed : int or None
        Number of a trial run, which has no transcript; None for a public draw.

    Returns
    -------
    list of Fault
        What differs; empty where everything agrees.
    """
    draw, faults = _draw(folder, trial_seed)
    sizes, roster_faults = _roster(folder)
    draw, order_faults = _numbered(folder, draw, sizes)
    faults += [*roster_faults, *order_faults]
    names = _orders_there(folder)
    faults += draw_manifest_faults(folder, names, (POLICY, TRANSCRIPT, NUMBERS, ROSTER, CUTOFFS, *LIST_FILES))
    if draw is not None and sizes:
        lots = SessionTickets(draw.seedhex, ticket_scope, order_places(draw, sizes))
        recheck = _Recheck(folder, lots, sizes, schools_with_results(folder), smaller_parties(folder))
        for begin in _begins(folder):
            recheck.sizes = late_parties(folder) | sizes if begin else sizes
            for name in _orders_there(folder, begin):
                faults += recheck.faults(name, begin)
        if lots.places is None and recheck.tickets > 1 and not recheck.right:
            faults.append(Fault("draw.seed", TRANSCRIPT))
    return faults


def _begins(folder: Path) -> list[str]:
    """Return what the paths of orders, cut-offs and lists begin with: nothing for a run, each round of a book."""
    return ["", *(f"rounds/{path.name}/" for path in sorted((folder / "rounds").glob("*")) if path.is_dir())]


def _orders_there(folder: Path, begin: str = "") -> list[str]:
    """Return the paths of the published orders, sorted."""
    return sorted(path.relative_to(folder).as_posix() for path in (folder / f"{begin}draws").rglob("*.csv"))


class Published(NamedTuple):
    """What a published folder was found to be.

    Attributes
    ----------
    faults : tuple of Fault
        All that differs.
    held : int
        Orders of draws held at schools.
    placements : int
        Orders of diversions and adjustments, which give schools.
    lists : ListsChecked
        The comparison of the office's lists.
    public_lists, public_children : int
        Public lists compared, and children on them.
    """

    faults: tuple[Fault, ...]
    held: int
    placements: int
    lists: ListsChecked
    public_lists: int = 0
    public_children: int = 0


def recheck_published(
    folder: Path, ticket_scope: TicketScope, trial_seed: int | None, words_of: WordsOf | None,
    frozen: Path | None = None,
) -> Published:  # fmt: skip
    """Recompute the orders of a published folder as ``recheck_orders`` does, and compare its lists with them.

    Parameters
    ----------
    words_of : callable or None
        Words of the lists by their language; None where they cannot be known, and lists are then not compared.
    frozen : Path, optional
        The folder of the frozen files, where it is known: with them what was changed is told in full.
    """
    faults = recheck_orders(folder, ticket_scope, trial_seed)
    faults += _frozen_faults(folder, faults, frozen) if trial_seed is None else []
    sizes, _ = _roster(folder)
    sets = [(begin, {_draw_id(name, begin): _order(folder, name)[0] for name in _orders_there(folder, begin)})
            for begin in _begins(folder)]  # fmt: skip
    late = late_parties(folder)
    smaller = smaller_parties(folder)
    public = [PublicSet(folder, begin, orders, late | sizes, smaller=smaller) for begin, orders in sets]
    faults += [fault for one in public for fault in one.faults()]
    lists = ListsChecked() if words_of is None else recheck_lists(folder, sets[0][1], sizes, words_of)
    draws = [draw_id for _, orders in sets for draw_id in orders]
    held = sum("/" in draw_id for draw_id in draws)
    if words_of is not None:
        faults += _undrawn(folder, ticket_scope, words_of, public[0], trial_seed)
    told = {(f.code, f.file, f.row, f.column, f.value): f for f in (*faults, *lists.faults)}
    lines = [len(lines) for one in public for lines in one.lists.values()]
    if lines:
        lists.notes = [note for note in lists.notes if note[0] != "draw.note_no_lists"]
    if all(one.cutoffs is None for one in public):
        lists.notes.append(("draw.note_no_cutoffs", {}))
    more = page_digest_faults(folder, {fault.file for fault in told.values()})
    return Published((*told.values(), *more), held, len(draws) - held, lists, len(lines), sum(lines))


def _undrawn(
    folder: Path, ticket_scope: TicketScope, words_of: WordsOf, public: PublicSet, trial_seed: int | None
) -> list[Fault]:
    """Return the faults of cut-offs against policy and tickets, where everything for it is there."""
    draw, _ = _numbered(folder, _draw(folder, trial_seed)[0], public.sizes)
    if draw is None or public.cutoffs is None or not public.sizes:
        return []
    lots = SessionTickets(draw.seedhex, ticket_scope, order_places(draw, public.sizes))
    standing = {name: [row.id for row in rows] for name, rows in public.orders.items()} | {"": list(public.sizes)}

    def written(draw_id: str, parties: Sequence[str]) -> list[str]:
        return lots.all_written(draw_id, [one for one in parties if one.isascii() and one.isprintable()])

    return list(undrawn_faults(public.cutoffs, words_of("zh"), standing, public.undrawn, written))


def _draw_id(file: str, begin: str) -> str:
    """Return the id of the draw of an order by its path."""
    return file.removeprefix(f"{begin}draws/").removesuffix(".csv")


def _frozen_faults(folder: Path, faults: list[Fault], frozen: Path | None) -> list[Fault]:
    """Return the fault of inputs that are not the frozen ones, and what was changed in everything that is not."""
    raw, _ = published_bytes(folder / TRANSCRIPT, TRANSCRIPT)
    transcript, _ = parse_transcript(raw)
    if transcript is None:
        return []
    stated = FrozenDigests(transcript.roster_sha256, transcript.policy_sha256, transcript.inputs_sha256)
    found, tables = [], canonical_copies(folder)
    if tables and frozen_table_digest(tables) != stated.inputs:
        words = {"found": f"sha256:{frozen_table_digest(tables)}"}
        found.append(Fault("draw.changed_inputs", TRANSCRIPT, 5, "inputs", f"sha256:{stated.inputs}", words))
    changed = [f.code.removeprefix("draw.changed_") for f in (*faults, *found) if f.code.startswith("draw.changed_")]
    return found if frozen is None else [*found, *published_but_not_frozen(folder, changed, stated, frozen)]


def _order(folder: Path, name: str) -> tuple[list[OrderLine], list[Fault]]:
    """Return the lines of an order and the faults of its form."""
    rows, faults = published_table(folder / name, name, ORDER_HEADERS)
    return [OrderLine(*row) for row in rows], faults


def _draw(folder: Path, trial_seed: int | None) -> tuple[Draw | None, list[Fault]]:
    """Return the draw as far as it can be read, and the faults of the transcript, the digests in it included."""
    if trial_seed is not None:
        return Draw(trial_seed=trial_seed), []
    raw, faults = published_bytes(folder / TRANSCRIPT, TRANSCRIPT)
    if faults:
        return None, [Fault("draw.no_seed", TRANSCRIPT)]
    transcript, faults = parse_transcript(raw)
    if transcript is None:
        return None, faults
    for row, name, file, stated in (
        (3, "roster", ROSTER, transcript.roster_sha256),
        (4, "policy", POLICY, transcript.policy_sha256),
    ):
        faults += _digest_faults(folder, row, name, file, stated)
    return Draw(transcript=transcript), faults


def _numbered(folder: Path, draw: Draw | None, sizes: Mapping[str, str]) -> tuple[Draw | None, list[Fault]]:
    """Return a draw with the numbers that its transcript names, None where they or the ring are not in order."""
    if draw is None or draw.transcript is None or not sizes:
        return draw, []
    numbers, faults = read_order_numbers(folder, draw.transcript, sizes, TRANSCRIPT)
    changed = [fault for fault in faults if fault.code == "draw.changed_numbers"]
    faults += [Fault(fault.code, TRANSCRIPT, 6, "order", params=fault.params) for fault in changed]
    return (None if faults else replace(draw, numbers=numbers)), faults


def _digest_faults(folder: Path, row: int, name: str, file: str, stated: str) -> list[Fault]:
    """Return the fault of a file that is not the frozen one; a missing draw roster is told by its own reader."""
    raw, missing = published_bytes(folder / file, file)
    if missing:
        return missing if file == POLICY else []
    found = sha256(raw).hexdigest()
    words = {"found": f"sha256:{found}"}
    code = f"draw.changed_{name}" + "_resaved" * is_frozen_but_saved_again(raw, stated)
    if found == stated:
        return []
    return [Fault(code, TRANSCRIPT, row, name, f"sha256:{stated}", words), Fault(code, file, params=words)]


def _roster(folder: Path) -> tuple[dict[str, str], list[Fault]]:
    """Return the sizes by party id as they stand, and the faults of the draw roster."""
    rows, faults = published_table(folder / ROSTER, ROSTER, [ROSTER_COLUMNS])
    names = [name for name, _ in rows]
    wrong = [(row, size) for row, (_, size) in enumerate(rows, start=2) if not _SIZE.fullmatch(size)]
    faults += [Fault("draw.roster_size", ROSTER, row, "size", size[:20]) for row, size in wrong[:SHOWN]]
    late = [row for row, (one, two) in enumerate(pairwise(names), start=3) if one >= two]
    faults += [Fault("draw.roster_order", ROSTER, row, "id", names[row - 2]) for row in late[:SHOWN]]
    return dict(zip(names, (size for _, size in rows), strict=True)), faults


@dataclass
class _Recheck:
    """What the orders of a folder are recomputed from; and how many tickets there were, and were right."""

    folder: Path
    lots: SessionTickets
    sizes: dict[str, str]
    schools: frozenset[str]
    smaller: Mapping[str, int]
    tickets: int = 0
    right: int = 0

    def faults(self, file: str, begin: str = "") -> list[Fault]:
        """Return all faults of one draw file."""
        draw_id = _draw_id(file, begin)
        rows, faults = _order(self.folder, file)
        ids = [row.id for row in rows]
        if not all(name.isascii() and name.isprintable() for name in [draw_id, *ids]):
            return [*faults, Fault("draw.id_not_ascii", file, 0, "id")]
        names = self.lots.all_written(draw_id, ids)
        self.tickets += len(rows)
        self.right += sum(row.ticket == name for row, name in zip(rows, names, strict=True))
        found = [*_row_faults(file, rows, names, self.sizes, self.smaller), *_order_faults(file, rows, names)]
        found += result_faults(file, draw_id, rows, self.schools)
        more = [Fault("draw.more", file, 0, "", "", {"count": str(len(found) - SHOWN)})] if len(found) > SHOWN else []
        return faults + found[:SHOWN] + more


def _row_faults(
    file: str, rows: list[OrderLine], names: list[str], sizes: dict[str, str], smaller: Mapping[str, int]
) -> Iterator[Fault]:
    """Yield what is wrong in single rows of a draw: rank, party, size, ticket."""
    seen: set[str] = set()
    for line, (row, name) in enumerate(zip(rows, names, strict=True), start=2):
        if row.rank != str(line - 1):
            yield Fault("draw.rank", file, line, "rank", row.rank[:20], {"expected": str(line - 1)})
        if row.id in seen:
            yield Fault("draw.party_twice", file, line, "id", row.id)
        seen.add(row.id)
        if row.id not in sizes:
            yield Fault("draw.party_unknown", file, line, "id", row.id)
        elif sizes[row.id] != row.size and not _has_shrunk(sizes[row.id], row.size, smaller.get(row.id, 0)):
            yield Fault("draw.party_size", file, line, "size", row.size[:20], {"expected": sizes[row.id]})
        if name and row.ticket != name:  # a party that no order knows has been told as that
            yield Fault("draw.ticket", file, line, "ticket", row.ticket[:64], {"expected": name})


def _has_shrunk(was: str, now: str, left: int) -> bool:
    """Return whether a party of a case book has as many children less as left it while it waited."""
    return was.isdecimal() and now.isdecimal() and 0 < int(was) - int(now) <= left


def _order_faults(file: str, rows: list[OrderLine], names: list[str]) -> Iterator[Fault]:
    """Yield where the order of a draw is not that of groups, then tickets, then (never seen) ids."""
    wrong = [(line, row.group) for line, row in enumerate(rows, start=2) if not _GROUP.fullmatch(row.group)]
    if wrong:
        yield from (Fault("draw.group", file, line, "group", group[:20]) for line, group in wrong)
        return
    places = [(int(row.group), ticket_key(name), row.id) for name, row in zip(names, rows, strict=True)]
    steps = zip(rows, pairwise([0, *(group for group, _, _ in places)]), strict=True)
    for line, (row, (above_group, group)) in enumerate(steps, start=2):
        if group > above_group + 1:
            yield Fault("draw.group", file, line, "group", row.group)
    for line, (above, here) in enumerate(pairwise(places), start=3):
        if above > here:
            yield Fault("draw.row_order", file, line, "ticket", names[line - 2], {"above": names[line - 3]})
