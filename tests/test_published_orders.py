"""Published orders recomputed: tickets, ranks, results, digests and the manifest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from allocator.domain import Applicant
from allocator.ground import fault_text
from allocator.lottery import (
    build_transcript,
    draw_roster,
    frozen_digests,
    hard_cap_faults,
    recheck_orders,
    ticket,
)
from allocator.lottery.recheck_results import OrderLine, result_faults
from tests import small
from tests.test_lottery import WITNESSES, ten_children


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Return a published folder with one draw without priorities and one with two tiers."""
    district = ten_children()
    raw = build_transcript("E-1", frozen_digests(district), WITNESSES)
    (tmp_path / "transcript.txt").write_bytes(raw)
    (tmp_path / "draw-roster.csv").write_bytes(draw_roster(district))
    (tmp_path / "policy.yaml").write_bytes(b"demo-policy\n")
    sizes = dict(line.split(",") for line in draw_roster(district).decode().splitlines()[1:])
    seed = sha256(raw).hexdigest()
    write_draw(tmp_path, seed, "divert-A", [(name, size, "") for name, size in sizes.items()])
    tiers = [(name, size, str(at % 2 + 1)) for at, (name, size) in enumerate(sizes.items())]
    write_draw(tmp_path, seed, "voluntary-1/s", tiers)
    return tmp_path


def write_draw(folder: Path, seed: str, draw_id: str, parties: list[tuple[str, str, str]], word: str = "") -> None:
    """Write the order of one draw, with a column of tiers where there are any."""
    rows = sorted((tier, ticket(seed, word or draw_id, name), name, size) for name, size, tier in parties)
    tiers = any(row[0] for row in rows)
    lines = ["rank,id,size,ticket,result" + (",group" if tiers else "")]
    for rank, (tier, lot, name, size) in enumerate(rows, start=1):
        result = "s" if "/" not in draw_id else "admitted" if rank < 5 else "not_admitted"
        lines.append(f"{rank},{name},{size},{lot},{result}" + (f",{tier}" if tiers else ""))
    path = folder / "draws" / f"{draw_id}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def test_a_published_folder_recomputes(published: Path) -> None:
    """Seed, tickets, orders and ranks as published are found right."""
    assert recheck_orders(published) == []


def test_a_session_and_a_trial_recompute(published: Path) -> None:
    """The word of the session and the seed of a trial are recomputed as such, and only as such."""
    seed = sha256((published / "transcript.txt").read_bytes()).hexdigest()
    path = published / "draws" / "divert-A.csv"
    (published / "draws" / "voluntary-1" / "s.csv").unlink()
    parties = [(f"T23-{n:04d}", "2" if n in (3, 6) else "1", "") for n in range(1, 11)]
    write_draw(published, seed, "divert-A", parties, "session")
    assert recheck_orders(published, "per_session") == []
    assert {f.code for f in recheck_orders(published)} >= {"draw.ticket"}
    path.unlink()
    write_draw(published, sha256(b"trial|7").hexdigest(), "divert-A", parties)
    (published / "transcript.txt").unlink()
    assert recheck_orders(published, trial_seed=7) == []
    assert [f.code for f in recheck_orders(published)] == ["draw.no_seed"]


TAMPERED = [
    ("divert-A", lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], {"draw.rank", "draw.row_order"}),
    ("divert-A", lambda rows: [*rows[:3], re.sub(r",([12]),", r",\g<1>0,", rows[3]), *rows[4:]], {"draw.party_size"}),
    ("divert-A", lambda rows: [*rows[:-1], rows[-1].replace("T23-00", "T23-99")],
     {"draw.party_unknown", "draw.ticket", "draw.row_order"}),
    ("divert-A", lambda rows: [*rows[:2], rows[1], *rows[3:]], {"draw.party_twice", "draw.rank"}),
    ("divert-A", lambda rows: ["rank,id", *rows[1:]], {"draw.header"}),
    ("divert-A", lambda rows: [*rows, "11"], {"draw.cells"}),
    ("divert-A", lambda rows: ['"' + rows[0], *rows[1:]], {"draw.not_csv"}),
    ("divert-A", lambda rows: [rows[0], rows[1].replace("T23", "Ｔ23"), *rows[2:]], {"draw.id_not_ascii"}),
    ("voluntary-1/s", lambda rows: [rows[0], *rows[6:], *rows[1:6]],
     {"draw.rank", "draw.row_order", "draw.result_after_end", "draw.group"}),
    ("voluntary-1/s", lambda rows: [*rows[:-1], rows[-1][:-1]], {"draw.group"}),
]  # fmt: skip


@pytest.mark.parametrize(("draw_id", "change", "codes"), TAMPERED)
def test_a_tampered_order_is_found(
    published: Path, draw_id: str, change: Callable[[list[str]], list[str]], codes: set[str]
) -> None:
    """Each kind of change to a published order is found and told in both languages."""
    path = published / "draws" / f"{draw_id}.csv"
    path.write_text("\n".join([*change(path.read_text(encoding="utf-8").splitlines()), ""]), encoding="utf-8")
    faults = recheck_orders(published)
    assert {f.code for f in faults} == codes
    assert all(fault_text(f, "zh") and fault_text(f, "en") for f in faults)


def test_a_changed_roster_is_found_and_no_draw_is_no_fault(published: Path) -> None:
    """A roster that is not the frozen one and out of order is a fault; a folder without any draw is none."""
    roster = published / "draw-roster.csv"
    lines = roster.read_text().splitlines()
    good = roster.read_bytes()
    roster.write_text("\n".join([lines[0], lines[2], lines[1], *lines[3:], ""]))
    assert {f.code for f in recheck_orders(published)} == {"draw.changed_roster", "draw.roster_order"}
    for path in (published / "draws").rglob("*.csv"):
        path.unlink()
    roster.write_bytes(good)
    assert recheck_orders(published) == []


def test_a_changed_policy_file_is_found(published: Path) -> None:
    """One letter more in the published policy file, or no such file, contradicts the transcript."""
    (published / "policy.yaml").write_bytes(b"demo-policys\n")
    told = [(f.code, f.file, f.row) for f in recheck_orders(published)]
    assert told == [("draw.changed_policy", "transcript.txt", 4), ("draw.changed_policy", "policy.yaml", 0)]
    (published / "policy.yaml").unlink()
    assert [(f.code, f.file) for f in recheck_orders(published)] == [("draw.file_missing", "policy.yaml")]


RESULTS = [
    ("1+ 1- 1-", []),
    ("1+ 2o 1+ 1-", []),
    ("1e 2o 1+", []),
    ("1+ 1- 1+", ["draw.result_after_end"]),
    ("1+ 1- 2o", ["draw.result_after_end"]),
    ("1+ 3o 3+", ["draw.result_after_bundle"]),
    ("1+ 3o 2+", []),
    ("1+ 1o", ["draw.result_single"]),
    ("1+ 1+ 1e", ["draw.result_no_draw"]),
    ("1- 1-", ["draw.result_no_draw"]),
    ("1+ 1- 1?", ["draw.result"]),
]


@pytest.mark.parametrize(("told", "codes"), RESULTS)
def test_results_that_cannot_be_true(told: str, codes: list[str]) -> None:
    """Seats that ran out do not come back, only bundles are passed over, and a draw has winners and losers."""
    words = {"+": "admitted", "-": "not_admitted", "o": "passed_over", "e": "elsewhere", "?": "maybe"}
    rows = [OrderLine("1", f"T{at}", cell[0], "", words[cell[1]]) for at, cell in enumerate(told.split())]
    faults = list(result_faults("draws/d/s.csv", "d/s", rows, frozenset()))
    assert [f.code for f in faults] == codes
    assert all(fault_text(f, "zh") and fault_text(f, "en") for f in faults)


def test_results_of_a_diversion_are_schools() -> None:
    """Where lists are published a result must be a school that has one; without them, the form of an id."""
    rows = [OrderLine("1", "T1", "1", "", name) for name in ("s1", "unplaced", "s9", "admitted", "")]
    for schools, wrong in ((frozenset({"s1"}), [4, 5, 6]), (frozenset[str](), [5, 6])):
        assert [f.row for f in result_faults("draws/d.csv", "d", rows, schools)] == wrong


def test_the_manifest_names_the_orders(published: Path) -> None:
    """Where a manifest is there, an order that is missing, changed or not in it is told."""
    files = {p.relative_to(published).as_posix(): p for p in sorted(published.rglob("*")) if p.is_file()}
    outputs = {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    manifest = published / "manifest.json"
    manifest.write_text(json.dumps({"outputs": outputs}), encoding="utf-8")
    assert recheck_orders(published) == []
    outputs["draws/divert-B.csv"] = outputs.pop("draws/voluntary-1/s.csv")
    manifest.write_text(json.dumps({"outputs": outputs | {"draws/divert-A.csv": "0"}}), encoding="utf-8")
    assert [(f.code, f.file) for f in recheck_orders(published)] == [
        ("draw.not_in_manifest", "draws/voluntary-1/s.csv"),
        ("draw.changed_file", "draws/divert-A.csv"),
        ("draw.missing_order", "draws/divert-B.csv"),
    ]
    manifest.write_bytes(b"[]")
    assert [f.code for f in recheck_orders(published)] == ["draw.manifest"]


def test_many_faults_are_counted(published: Path) -> None:
    """A file that is wrong throughout tells its first faults and the number of the others."""
    path = published / "draws" / "divert-A.csv"
    path.write_text(path.read_text().replace(",T23-", ",X23-"))
    faults = [f for f in recheck_orders(published) if f.file.endswith("divert-A.csv")]
    assert len(faults) == 21
    assert int(next(f for f in faults if f.code == "draw.more").params["count"]) > 0


def test_seats_set_aside_for_another_round_count_in_the_hard_cap_rule() -> None:
    """Five seats set aside for a round that cannot use them, five for the next, twins bidding: 5 + 5 + 1 > 10 (P6)."""
    twins = [
        Applicant(f"T{i}", "xincheng-1", "A", voluntary_2=("xincheng-1-zhong-primary",), bundle="t") for i in (1, 2)
    ]
    school = "xincheng-1-zhong-primary"
    five = {school: 5}
    for cap, codes in ((10, ["draw.hard_cap_offered"]), (11, [])):
        district = small.primary({school: 10}, twins, cap={school: cap}, offered_1=five, offered_2=five)
        assert [fault.code for fault in hard_cap_faults(district)] == codes
