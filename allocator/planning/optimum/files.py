"""The output folder of a planning optimum (docs/planning.md, docs/file-formats.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from allocator.domain import EXTERNAL_SCHOOL, Ints
from allocator.lottery import NUMBERS, canonical_csv_text, canonical_tables, numbers_bytes
from allocator.models.optimum.market import CHOSEN, DIVERTED, HOME, Market
from allocator.planning.optimum.certificate import certificate_bytes
from allocator.planning.optimum.layout import CERTIFICATE, COLUMNS, KIND, LIST, LIST_WORKBOOK, SCHOOLS, SUMMARY, TABLES
from allocator.planning.optimum.placement import placement_figures, placement_of_list, placement_of_options
from allocator.planning.optimum.solve import CheckedOptimum
from allocator.planning.optimum.tables import OptimumSummary, list_table_workbook, schools_table_bytes, tables_bytes
from allocator.record import manifest_bytes, sealed_folder_manifest, write_folder
from allocator.sheets import json_head

RELATIONS: Mapping[int, str] = {HOME: "home", CHOSEN: "chosen", DIVERTED: "diverted", -1: ""}


def summarise_optimum(found: CheckedOptimum) -> OptimumSummary:
    """Return ``summary.json`` as an object: figures, proof, prices, and the price of the rules."""
    district, market, optimum = found.district, found.market, found.optimum
    rules = {row.applicant_id: row.school_id for row in found.rules}
    draw = district.draw
    assert draw is not None
    return {
        **json_head(district.policy, KIND),
        "title": {"zh": district.policy.title.zh, "en": district.policy.title.en},
        "trial_seed": draw.trial_seed,
        "seed": draw.seedhex,
        "method": found.method,
        "seats": "hard_cap" if found.certificate.use_hard_cap else "plan",
        "children": int((market.size * market.count).sum()),
        "leaving": len(district.applicants) - int((market.size * market.count).sum()),
        "types": market.types,
        "options": len(market.school),
        "objective": optimum.objective,
        "bound": optimum.bound,
        "gap": optimum.bound - optimum.objective,
        "proven": optimum.proven,
        "proof": {
            "price_bound": optimum.relaxed_bound,
            "searched": found.verdict.searched,
            "on_solvers_word": len(found.verdict.on_word),
        },
        "optimum": placement_figures(
            district, market, placement_of_options(market, found.options), found.placed, market.seats
        ),
        "rules": placement_figures(district, market, placement_of_list(district, market, rules), rules, _plans(found)),
        "hopeless": list(found.hopeless),
        "prices": dict(zip(market.schools, optimum.price.tolist(), strict=True)),
        "names": {s.school_id: s.name for s in district.schools.values()},
        "names_en": {s.school_id: s.title.en for s in district.schools.values()},
    }


def _plans(found: CheckedOptimum) -> Ints:
    """Plan of each school: the seats by which the rules' list was made, whatever those of the optimum are."""
    return np.array([found.district.schools[name].plan for name in found.market.schools], dtype=np.int64)


def optimum_file_lines(market: Market, options: Ints, placed: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the lines of ``optimum.csv`` below its header, sorted by ``applicant_id`` in code-point order."""
    relation, metres = (market.column(name, options).tolist() for name in ("relation", "metres"))
    lines = {}
    for party, child in enumerate(market.parties):
        named = "external" if options[party] == EXTERNAL_SCHOOL else RELATIONS[relation[party]]
        cells = named, "" if metres[party] < 0 else str(metres[party])
        for name in market.members.get(party, (child.applicant_id,)):
            lines[name] = (name, placed[name], *cells)
    return [lines[name] for name in sorted(lines)]


def write_optimum(out: Path, optimum: CheckedOptimum, summary: OptimumSummary, *, replace: bool = False) -> None:
    """Write the folder, whole or not at all; ``replace`` allows it in the place of another draw's result.

    Raises
    ------
    InputError
        If the folder holds other files or the result of a draw, or cannot be written.
    """
    seal = lambda digests: sealed_folder_manifest(
        out, manifest_bytes(optimum.district, digests, kind=KIND), replace=replace
    )
    write_folder(out, _files(optimum, summary), seal)


def _files(found: CheckedOptimum, summary: OptimumSummary) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file but the manifest."""
    district, lines = found.district, optimum_file_lines(found.market, found.options, found.placed)
    yield LIST, canonical_csv_text([COLUMNS, *lines]).encode("utf-8")
    yield LIST_WORKBOOK, list_table_workbook(district, lines)
    yield SCHOOLS, schools_table_bytes(district, found.placed, found.certificate)
    yield TABLES, tables_bytes(district, found.placed, found.certificate, summary)
    yield CERTIFICATE, certificate_bytes(found.certificate)
    yield SUMMARY, (json.dumps(summary, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
    yield "policy.yaml", district.policy_bytes
    if district.draw is not None and district.draw.transcript is not None:
        yield "transcript.txt", district.draw.transcript.raw
        if district.draw.numbers:
            yield NUMBERS, numbers_bytes(district.draw.numbers)
    for name, content in canonical_tables(district):
        yield f"inputs/{name}", content
