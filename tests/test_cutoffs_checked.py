"""The table of cut-offs on many districts: writer, checker and a short program of the tests' own say the same."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from allocator.checking import cutoffs_by_list
from allocator.domain import District, Row
from allocator.explanation import explain
from allocator.models.law.strict import run_strict
from allocator.procedure import run_procedure
from allocator.record import (
    Cutoff,
    CutoffTable,
    Retelling,
    cutoff_bytes,
    cutoff_differences,
    derive_cutoffs,
    derive_trace,
    published_order,
    published_orders,
)
from tests import conformance
from tests.any_district import any_district
from tests.cli_calls import call
from tests.cutoff_oracle import Oracle
from tests.explain_districts import folder
from tests.session_orders import random_order
from tests.small import kids, primary, solved
from tests.strategies import random_district, random_switches


def agree(district: District, rows: tuple[Row, ...]) -> int:
    """Three programs derive the same table of a list; returns its number of lines."""
    assert district.draw is not None
    written = [tuple(map(str, line)) for line in derive_cutoffs(Retelling(district, rows))]
    assert written == cutoffs_by_list(district, rows, district.draw.source)
    assert written == [tuple(map(str, line)) for line in without_record(Retelling(district, rows))]
    whole = filter(None, map(published_order, Retelling(district, rows).course()))
    assert list(whole) == list(published_orders(Retelling(district, rows)))
    assert written == Oracle(district, rows).lines()
    return len(written)


def without_record(retelling: Retelling) -> list[Cutoff]:
    """The table as a run without ``trace.jsonl`` makes it, from the drawn alone."""
    table, course = CutoffTable(retelling), retelling.course(drawn_only=True)
    for told in course:
        table.note(told)
    table.note_whole_batches(retelling, course)
    return table.rows()


def listed(district: District) -> tuple[Row, ...]:
    """The list of a district by the engine that its policy asks for."""
    by_sum = district.policy.switches.divert_assign == "least_distance"
    return run_strict(district) if by_sum else run_procedure(district)


@pytest.mark.parametrize("name", conformance.names())
def test_conformance_districts(name: str) -> None:
    """On the expected rows of every conformance district, those of other switches too."""
    assert agree(*conformance.load(name)) > 0


def of_any_policy(seeds: Iterable[int]) -> int:
    """Lines of districts of any policy: phases in any order, keys of every kind, bundles, least distance."""
    districts = (any_district(seed, 40) for seed in seeds)
    return sum(agree(district, listed(district)) for district in districts)


def of_the_shipped_policy(seeds: Iterable[int]) -> int:
    """Lines of districts under Tongliao's policy with random switches."""
    lines = 0
    for seed in seeds:
        rng = random.Random(seed)
        district = random_district(rng, 30, random_switches(rng))
        lines += agree(district, listed(district))
    return lines


def of_other_orders(seeds: Iterable[int]) -> int:
    """Lines of districts that were drawn by numbers made elsewhere, or by a ring."""
    lines = 0
    for seed in seeds:
        district = replace(any_district(seed, 30), policy_sha256="0" * 64)
        district = random_order(district, random.Random(seed))
        lines += agree(district, listed(district))
    return lines


def test_random_districts() -> None:
    """Of any policy, of the shipped one, and drawn in other ways than by hash: 100 each."""
    assert of_any_policy(range(100)) > 500
    assert of_the_shipped_policy(range(100)) > 500
    assert of_other_orders(range(100)) > 500


@pytest.mark.long
@pytest.mark.parametrize("start", range(1000, 5000, 500))
def test_random_districts_for_long(start: int) -> None:
    """Thousands of them."""
    assert of_any_policy(range(start, start + 500)) > 1000
    assert of_the_shipped_policy(range(start, start + 500)) > 1000
    assert of_other_orders(range(start, start + 500)) > 1000


def test_schools_and_homes_without_a_place() -> None:
    """An adjustment by distance: schools without coordinates come last as listed; the list for homes without."""
    lines = 0
    for seed in range(60):
        made = any_district(seed, 25)
        switches = replace(made.policy.switches, adjust_by="distance", divert_assign="serial_by_ticket")
        schools = {**made.schools, "s2": replace(made.schools["s2"], x="", y="")}
        kids = [child._replace(x="", y="") if at % 5 == 0 else child for at, child in enumerate(made.applicants)]
        policy = replace(made.policy, switches=switches)
        district = replace(made, policy=policy, schools=schools, applicants=tuple(kids))
        lines += agree(district, listed(district))
    assert lines > 300


# A table that was tampered with

DISTRICT = primary(
    {"xincheng-shiyan": 2, "xincheng-2": 1, "fuli": 1},
    kids(4, "xincheng-shiyan", "A") + kids(3, "fuli", "B") + kids(1, "fuli", "A", start="z", size=2),
)


def right_table() -> tuple[bytes, list[tuple[str, ...]]]:
    """The file of a small district, and the checker's lines."""
    rows = solved(DISTRICT)
    assert DISTRICT.draw is not None
    lines = cutoffs_by_list(DISTRICT, rows, DISTRICT.draw.source)
    return cutoff_bytes(derive_cutoffs(Retelling(DISTRICT, rows))), lines


def test_every_cell_that_is_changed_is_named_by_line_and_column() -> None:
    """Each cell of the file in turn, heads too: one fault, with line, column, what stands there and what should."""
    raw, right = right_table()
    assert cutoff_differences(raw, right) == []
    lines = [line.split(",") for line in raw.decode().splitlines()]
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            changed = [list(one) for one in lines]
            changed[number][column] = cell + "0"
            (fault,) = cutoff_differences("".join(",".join(one) + "\n" for one in changed).encode(), right)
            assert (fault.code, fault.row, fault.column) == ("cutoffs.cell", number + 1, lines[0][column])
            assert (fault.value, fault.params["expected"]) == (f"{cell}0", cell or "–")


def test_lines_taken_away_added_and_exchanged_are_named() -> None:
    """Each line in turn is taken away, doubled, or exchanged with the next one."""
    raw, right = right_table()
    lines = raw.splitlines(keepends=True)
    for n in range(len(lines)):
        missing, twice = [*lines[:n], *lines[n + 1 :]], [*lines[: n + 1], *lines[n:]]
        (fault,) = cutoff_differences(b"".join(missing), right)
        assert (fault.code, fault.row) == ("cutoffs.line_missing", n + 1)
        (fault,) = cutoff_differences(b"".join(twice), right)
        assert fault.code == "cutoffs.line_added"
        if n + 1 < len(lines):
            exchanged = [*lines[:n], lines[n + 1], lines[n], *lines[n + 2 :]]
            codes = {fault.code for fault in cutoff_differences(b"".join(exchanged), right)}
            assert codes <= {"cutoffs.line_missing", "cutoffs.line_added", "cutoffs.cell"}
            assert codes


@pytest.mark.parametrize("change", ["crlf", "bom", "no end", "one more line end", "nothing", "no text", "long"])
def test_other_bytes_are_never_taken_for_the_table(change: str) -> None:
    """Other line ends, a byte order mark, an end cut off, an empty file, bytes that are no text, a long file."""
    raw, right = right_table()
    changed = {
        "crlf": raw.replace(b"\n", b"\r\n"), "bom": b"\xef\xbb\xbf" + raw, "no end": raw[:-1],
        "one more line end": raw + b"\n", "nothing": b"", "no text": b"\xff\x00" + raw, "long": raw * 100,
    }[change]  # fmt: skip
    found = cutoff_differences(changed, right)
    assert found
    assert len(found) <= 201


def test_verify_names_the_cell_in_the_folder(tmp_path: Path) -> None:
    """``verify`` tells the line and the column, in both languages, also where the manifest was made to fit."""
    out = tmp_path / "out"
    scenario = conformance.ROOT / "scenarios" / "tongliao-2023-junior"
    assert call("run", scenario, "--trial-seed", 3, "--out", out, "--quiet").exit_code in (0, 1)
    path = out / "cutoffs.csv"
    lines = path.read_text("utf-8").split("\n")
    cells = lines[2].split(",")
    wrong = str(int(cells[5]) + 1)
    lines[2] = ",".join([*cells[:5], wrong, *cells[6:]])
    path.write_bytes("\n".join(lines).encode())
    told = call("verify", out)
    assert told.exit_code == 3
    right = f"not what the list implies; expected “{cells[5]}”"
    assert f"cutoffs.csv line 3, wanted, value '{wrong}': {right}" in told.stdout
    assert f"cutoffs.csv 第3行，列 需要学位的人数（wanted），值「{wrong}」" in call("verify", out, language="zh").stdout
    path.unlink()
    assert "cutoffs.csv" in call("verify", out).stdout


# What a family reads


@pytest.mark.parametrize("name", ["01", "08", "14", "tiers=pooled-1", "tier_inner=by_category-1"])
def test_every_child_reads_the_line_of_each_order_in_which_it_stood(name: str, tmp_path: Path) -> None:
    """Counts and ranks are those of the file, whose line belongs to school, phase and step; tickets of equals alone."""
    district, rows = conformance.load(name)
    out = folder(tmp_path, district, rows)
    lines = {(line.school_id, line.phase, line.step): line for line in derive_cutoffs(Retelling(district, rows))}
    seen = 0
    for event in derive_trace(Retelling(district, rows))[:60]:
        line = lines.get((event.school, event.phase, ["", "home", "receiving"][event.step]))
        if line is None or not event.order:
            continue
        told = [one for one in explain(out, event.party, "en").split("\n") if one.startswith("   Cut-off: ")]
        begin = f"   Cut-off: {line.wanted} {'child' if line.wanted == 1 else 'children'} wanted a seat at"
        mine = [one for one in told if one.startswith(begin)]
        assert mine
        if line.last_rank and line.first_refused:
            mine = [one for one in mine if f"Last admitted: rank {line.last_rank}" in one]
            assert any(f"rank {event.rank}" in one for one in mine)
            pairs = [(line.last_ticket[:16] in one, event.ticket[:16] in one) for one in mine]
            assert all(last == own for last, own in pairs)
        seen += 1
    assert seen > 0
