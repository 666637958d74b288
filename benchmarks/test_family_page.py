"""The family's page in a browser over large published sets: seconds from choosing the folder to the verdict."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from allocator.verifier import FAMILY_PAGE, family_page
from benchmarks import process_tree
from benchmarks.districts import folder
from tests.family_page import FamilyPage, family_browser
from tests.page_browser import BROWSER
from tests.published_sets import public_part

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium found")
GOAL_SECONDS = 10
"""For a published set of 100,000 parties (public.md section 5)."""


@pytest.fixture(scope="module")
def browser() -> Iterator[FamilyPage]:
    """One browser for all sizes."""
    with family_browser() as opened:
        yield opened


def check(browser: FamilyPage, published: Path) -> tuple[str, str]:
    """Open the page and give it the folder; return state and what the verdict says."""
    browser.open(published / FAMILY_PAGE)
    found = browser.folder(published)
    return found.state, browser.page.locator("#verdict-said").inner_text()


@pytest.mark.parametrize("size", ["smoke", "100k"])
def test_page_over_a_run(benchmark: Any, tmp_path: Path, browser: FamilyPage, size: str) -> None:
    """What a run of a generated district publishes: every order, cut-off and list agrees."""
    command = [sys.executable, "-m", "allocator", "run", str(folder(size)), "--out", str(tmp_path / "out"), "--quiet"]
    process_tree.run([*command, "--engine", "procedure", "--no-trace"], {**os.environ, "ALLOCATOR_LANG": "en"})
    published = public_part(tmp_path / "out", tmp_path / "published")
    state, said = benchmark.pedantic(check, args=(browser, published), rounds=1)
    benchmark.extra_info.update(goal_s=GOAL_SECONDS if size == "100k" else None)
    orders = [path.read_text().count("\n") - 1 for path in (published / "draws").rglob("*.csv")]
    assert state == "ok"
    assert said.startswith(f"{sum(orders)} tickets, {len(orders)} orders and ")


@pytest.mark.parametrize("size", ["smoke", "100k"])
def test_page_over_one_draw_of_everybody(benchmark: Any, tmp_path: Path, browser: FamilyPage, size: str) -> None:
    """All parties stand in one draw for half as many seats: one order, one list."""
    published = one_draw(tmp_path / "published", {"smoke": 1_000, "100k": 100_000}[size])
    state, said = benchmark.pedantic(check, args=(browser, published), rounds=1)
    benchmark.extra_info.update(goal_s=GOAL_SECONDS if size == "100k" else None)
    assert state == "ok"
    assert said.endswith("1 order and 1 list were computed again and are the same as published.")


def one_draw(to: Path, parties: int) -> Path:
    """Write a published folder with one draw of single children, worked out here by hand."""
    (to / "draws" / "open").mkdir(parents=True)
    (to / "lists").mkdir()
    ids = [f"T23-{at:06d}" for at in range(parties)]
    policy = b"policy_id: one-draw\nphases:\n  - phase: open\n    kind: choice\n    draw: open\n"
    roster = "".join(f"{line}\n" for line in ("id,size", *(f"{party},1" for party in ids))).encode()
    digests = (("roster", roster), ("policy", policy), ("inputs", b""))
    head = "".join(f"{name}=sha256:{sha256(raw).hexdigest()}\n" for name, raw in digests)
    sources = "".join(f"source=witness-{at}:{at}7182818284590452353{at}\n" for at in (1, 2, 3))
    transcript = f"school-draw/1\nevent=B-1\n{head}{sources}".encode()
    seed, half = sha256(transcript).hexdigest(), parties // 2
    order = sorted((sha256(f"{seed}|open/s|{party}".encode()).hexdigest(), party) for party in ids)
    ranked = [(rank, ticket, party) for rank, (ticket, party) in enumerate(order, start=1)]
    results = [f"{r},{party},1,{t},{'admitted' if r <= half else 'not_admitted'},1" for r, t, party in ranked]
    listed = sorted(f"{party},张*,open,s,{rank},{ticket}" for rank, ticket, party in ranked[:half])
    last, refused = order[half - 1][0], order[half][0]
    tables = {
        "draws/open/s.csv": ["rank,id,size,ticket,result,group", *results],
        "lists/s.csv": ["number,masked_name,batch,school_id,rank,ticket", *listed],
        "cutoffs.csv": [
            "school_id,phase,step,tier,category,wanted,admitted,draw_id,last_ticket,last_rank,first_refused",
            f"s,open,,,,{parties},{half},open/s,{last},{half},{refused}",
        ],
    }
    files = {"policy.yaml": policy, "draw-roster.csv": roster, "transcript.txt": transcript}
    files |= {path: "".join(f"{line}\n" for line in lines).encode() for path, lines in tables.items()}
    for path, raw in files.items():
        (to / path).write_bytes(raw)
    (to / FAMILY_PAGE).write_bytes(family_page({}, {path: sha256(raw).hexdigest() for path, raw in files.items()}))
    return to
