"""``allocator book replay``: a folder with frozen tables and proposed events in, the season's files out."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from allocator.casebook.demands import book_demand_faults
from allocator.checking import Docket
from allocator.domain import Violation
from allocator.ground import LANGUAGES, fault_text
from allocator.models.book import ProvenBook
from tests.book_folders import FOLDERS, SUMMER, district
from tests.cli_calls import call, refused
from tests.conformance import policy_without_office

WRITTEN = ("outcomes.csv", "journal.jsonl", "head.txt", "assignment.csv")


def folder_of(source: Path, to: Path) -> Path:
    """Make a folder as an office has it: tables, events and the policy with the values of office.json."""
    shutil.copytree(source, to, ignore=shutil.ignore_patterns("expected-*", "*.json"))
    policy = policy_without_office()
    if (switches := source / "policy.json").exists():
        for name, value in json.loads(switches.read_text("utf-8")).items():
            found = next(line for line in policy.splitlines() if line.startswith(f"  {name}:"))
            policy = policy.replace(found, f"  {name}: {value}")
    values: dict[str, Any] = json.loads((source / "office.json").read_text("utf-8"))
    office = "".join(f"  {key}: {json.dumps(value)}\n" for key, value in values.items())
    (to / "policy.yaml").write_text(policy + (f"\noffice:\n{office}" if office else ""), "utf-8")
    return to


@pytest.mark.parametrize("name", ["25-book-refused", "32-season-tier_inner=by_category", "33-whole-summer"])
def test_the_files_are_those_expected(name: str, tmp_path: Path) -> None:
    """Byte for byte, the locks too where the applications lie beside."""
    folder, out = folder_of(FOLDERS[name], tmp_path / "book"), tmp_path / "out"
    assert call("book", "replay", folder, "--out", out, "--trust-digests").exit_code == 0
    names = WRITTEN + (("locks-new.csv",) if FOLDERS[name] == SUMMER else ())
    assert {p.name for p in out.iterdir()} == {*names, "manifest.json"}
    for written in names:
        assert (out / written).read_bytes() == (FOLDERS[name] / f"expected-{written}").read_bytes(), written


def test_digests_that_are_not_of_the_files_are_refused(tmp_path: Path) -> None:
    """Without --trust-digests a season of stand-ins comes no further than its first event."""
    folder, out = folder_of(FOLDERS["12-book-plain"], tmp_path / "book"), tmp_path / "out"
    assert call("book", "replay", folder, "--out", out).exit_code == 0
    assert (out / "outcomes.csv").read_text("ascii").splitlines()[1:4] == ["1,state", "2,season", "3,season"]
    assert (out / "journal.jsonl").read_bytes() == b""


def test_a_policy_no_book_is_kept_of_is_refused(tmp_path: Path) -> None:
    """Exit 2, told in words, nothing written."""
    folder, out = folder_of(FOLDERS["12-book-plain"], tmp_path / "book"), tmp_path / "out"
    policy = (folder / "policy.yaml").read_text("utf-8")
    changed = policy.replace("receiving_order: category_then_local", "receiving_order: locals_all_first")
    (folder / "policy.yaml").write_text(changed, "utf-8")
    assert "receiving_order" in refused("book", "replay", folder, "--out", out)
    assert not out.exists()


def test_what_no_book_is_kept_of_is_told_all_at_once() -> None:
    """A switch, a category and a phase beyond section 7, each with what is expected."""
    given = district(FOLDERS["12-book-plain"])
    switches = replace(given.policy.switches, divert_assign="least_distance")
    phases = (*given.policy.phases[:-1], replace(given.policy.phases[-1], phase_id="leftovers"))
    categories = tuple(replace(c, category_id="F") if c.category_id == "E" else c for c in given.policy.categories)
    policy = replace(given.policy, switches=switches, phases=phases, categories=categories)
    faults = book_demand_faults(replace(given, policy=policy))
    assert [fault.code for fault in faults] == ["book.phase", "book.categories", "book.switch"]
    assert all(fault.params["expected"] for fault in faults)


@pytest.mark.parametrize(
    ("lacking", "codes"),
    [
        (("sibling",), ["book.referral"]),
        (("no-home-school",), ["book.referral"]),
        (("sibling", "no-home-school"), []),
        (("preferential", "open-choice", "voluntary-1", "voluntary-2", "batch"), []),
        (("external", "adjustment"), ["book.lacking"] * 2),
    ],
)
def test_a_policy_may_lack_rounds_but_not_all(lacking: tuple[str, ...], codes: list[str]) -> None:
    """Siblings and referral both or neither: one alone does not say when those without a home school are referred."""
    given = district(FOLDERS["12-book-plain"])
    phases = tuple(phase for phase in given.policy.phases if phase.phase_id not in lacking)
    faults = book_demand_faults(replace(given, policy=replace(given.policy, phases=phases)))
    assert [fault.code for fault in faults] == codes
    assert all(fault_text(fault, language) for fault in faults for language in LANGUAGES)


def test_an_id_of_the_late_families_is_refused(tmp_path: Path) -> None:
    """``L`` and digits belong to the book."""
    folder, out = folder_of(FOLDERS["12-book-plain"], tmp_path / "book"), tmp_path / "out"
    table = folder / "applicants.csv"
    header, first, *others = table.read_text("utf-8").splitlines()
    table.write_text("\n".join([header, ",".join(["L0001", *first.split(",")[1:]]), *others]) + "\n", "utf-8")
    assert "L0001" in refused("book", "replay", folder, "--out", out)
    assert not out.exists()


@pytest.mark.parametrize(
    "line", [b"", b"null", b"[]", b"{", b'{"at":NaN}', b'{"a":1,"a":1}', b"\xff", b"[" * 100_000, b'"\\ud800"']
)
def test_a_line_that_is_no_event_is_malformed(line: bytes, tmp_path: Path) -> None:
    """Whatever stands there, it is judged like an event and refused; the others count."""
    folder, out = folder_of(FOLDERS["12-book-plain"], tmp_path / "book"), tmp_path / "out"
    events = folder / "events.jsonl"
    events.write_bytes(line + b"\n" + events.read_bytes())
    assert call("book", "replay", folder, "--out", out, "--trust-digests").exit_code == 0
    assert (out / "outcomes.csv").read_text("ascii").splitlines()[1:3] == ["1,malformed", "2,accepted"]
    assert (out / "head.txt").read_bytes() == (FOLDERS["12-book-plain"] / "expected-head.txt").read_bytes()


def test_a_path_that_differs_stops_the_replay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 3, and nothing is written, where the model says something else; so too where the checker does."""
    folder, out = folder_of(FOLDERS["12-book-plain"], tmp_path / "book"), tmp_path / "out"
    arguments = ("book", "replay", folder, "--out", out, "--trust-digests")

    rows = ProvenBook.rows
    with monkeypatch.context() as patch:
        patch.setattr(ProvenBook, "rows", lambda model: rows(model)[1:])
        assert (call(*arguments).exit_code, out.exists()) == (3, False)
    with monkeypatch.context() as patch:
        patch.setattr(Docket, "findings", lambda *given: [Violation("check.book.order", "", "", "")])
        assert (call(*arguments).exit_code, out.exists()) == (3, False)
    assert call(*arguments).exit_code == 0


def test_digests_are_those_of_the_files_beside(tmp_path: Path) -> None:
    """An event with the policy's own digest is accepted; a determination of other tables is not."""
    folder, out = folder_of(SUMMER, tmp_path / "book"), tmp_path / "out"
    events = [json.loads(line) for line in (folder / "events.jsonl").read_text("utf-8").splitlines()]
    first = next(event for event in events if event["type"] == "season_opened")
    second = next(event for event in events if event["type"] == "determined")
    right = first | {"policy": sha256((folder / "policy.yaml").read_bytes()).hexdigest()}
    (folder / "events.jsonl").write_text("".join(json.dumps(e) + "\n" for e in (first, right, second)), "utf-8")
    assert call("book", "replay", folder, "--out", out).exit_code == 0
    assert (out / "outcomes.csv").read_text("ascii").split() == ["event,outcome", "1,state", "2,accepted", "3,state"]
