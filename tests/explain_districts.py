"""Districts made by hand in the words of people, and the explanations read from their output folders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from allocator.domain import Applicant, District, Policy, Row, Text
from allocator.explanation import explain
from allocator.procedure import run_procedure
from allocator.record import manifest_bytes, write_folder
from tests.list_districts import outputs
from tests.small_districts import Town, all_phases, bids, policy

NAMES = {"s1": "第一小学", "s2": "第二小学", "s3": "第三小学", "x": "外区小学"}
PHASES = {
    "export": Text("转由外区招生", "other authorities"),
    "preferential": Text("优抚", "preferential decision"),
    "referral": Text("无对口学校", "no home school"),
    "open": Text("全区招生", "Zone-wide school"),
    "bids": Text("自愿报名", "voluntary round"),
    "batch": Text("分类录取", "batch"),
    "adjust": Text("调剂", "adjustment"),
}


def rules(**switches: str) -> Policy:
    """A policy with every kind of phase, named as people name them, receiving at s2 and s3 and adjusting to s1."""
    phases = all_phases(("s2", "s3"), (bids(tiers=(("z1",), ("z2", "z3"))),))
    made = policy([replace(p, name=PHASES.get(p.phase_id, p.name)) for p in phases], **switches)
    return replace(made, title=Text("示例区招生", "Example district"))


def town(kids: Sequence[Applicant], trial: int = 1, rules: Policy = rules(), **seats: Any) -> District:  # noqa: B008
    """A district made by hand with named schools; ``plan``, ``caps`` and ``offered`` as in ``Town``."""
    made = Town(**{"plan": {"s1": 1, "s2": 1, "s3": 1}, **seats}).district(rules, kids, trial)
    return replace(made, schools={s: replace(school, name=NAMES[s]) for s, school in made.schools.items()})


def folder(path: Path, district: District, rows: Sequence[Row] | None = None) -> Path:
    """The output folder of a district, with the rows given or those of the procedure."""
    files = outputs(district, rows or run_procedure(district), workbook=False)
    write_folder(path / "out", files, lambda digests: manifest_bytes(district, digests))
    return path / "out"


def told(path: Path, district: District, child: str, rows: Sequence[Row] | None = None) -> tuple[list[str], list[str]]:
    """The explanation of one child, line by line, in Chinese and in English."""
    out = folder(path, district, rows)
    return explain(out, child, "zh").split("\n"), explain(out, child, "en").split("\n")


def ticket(district: District, draw_id: str, party: str) -> str:
    """A ticket, computed with SHA-256 alone."""
    assert district.draw is not None
    return sha256(f"{district.draw.seedhex}|{draw_id}|{party}".encode()).hexdigest()


def seed_with(make: Callable[[int], District], wanted: Callable[[dict[str, Row]], bool]) -> District:
    """The district of the first trial seed whose list is as wanted."""
    for seed in range(200):
        district = make(seed)
        if wanted({row.applicant_id: row for row in run_procedure(district)}):
            return district
    raise AssertionError("No trial seed gives such a list.")


def lines_of(path: Path, district: District, child: str, rows: Sequence[Row] | None = None) -> tuple[str, str]:
    """The explanation of one child as one text in Chinese and one in English."""
    zh, en = told(path, district, child, rows)
    return "\n".join(zh), "\n".join(en)
