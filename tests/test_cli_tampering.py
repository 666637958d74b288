"""Output folders that were changed after the run: ``verify`` and ``explain`` name what is wrong, whoever changed it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli_calls import GARBAGE, as_json, call, copy, refused


def reseal(out: Path) -> None:
    """Write the digests of all files into the manifest, as someone would who changes a list on purpose."""
    manifest = json.loads((out / "manifest.json").read_bytes())
    manifest["outputs"] = {name: sha256((out / name).read_bytes()).hexdigest() for name in manifest["outputs"]}
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    ["assignment.csv", "summary.json", "trace.jsonl", "lists.xlsx", "lists/fuli.csv", "draw-roster.csv", "policy.yaml",
     "transcript.txt", "inputs/applicants.csv", "inputs/schools.csv", "inputs/zones.csv"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["changed", "garbage", "missing"])
def test_verify_names_a_file_that_was_changed(lists: Path, tmp_path: Path, name: str, kind: str) -> None:
    """One byte more, garbage or no file at all: status 3 and the name of the file, as words and as JSON."""
    out = copy(lists, tmp_path)
    content = (out / name).read_bytes()
    (out / name).unlink()
    if kind != "missing":
        (out / name).write_bytes(content + b"\n" if kind == "changed" else GARBAGE)
    result = call("verify", out)
    assert result.exit_code == 3
    assert Path(name).name in result.stdout
    assert as_json("verify", out, status=3)["faults"]


def test_verify_names_the_child_in_a_list_that_was_changed_and_sealed_again(lists: Path, tmp_path: Path) -> None:
    """A seat moved in assignment.csv under a fresh manifest is found by the checker: status 3, child, clause."""
    out = copy(lists, tmp_path)
    lines = (out / "assignment.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if ",batch-A,admitted," in line)
    child, school, rest = lines[at].split(",", 2)
    lines[at] = f"{child},{'fuantun' if school != 'fuantun' else 'fuli'},{rest}"
    (out / "assignment.csv").write_text("".join(lines), encoding="utf-8", newline="\n")
    reseal(out)
    result = call("verify", out)
    assert result.exit_code == 3
    assert child in result.stdout
    found: list[dict[str, str]] = as_json("verify", out, status=3)["violations"]
    assert child in {violation["applicant_id"] for violation in found}
    assert all(violation["code"] and violation["message"] for violation in found)
    assert {violation["clause"] for violation in found} - {""}


def test_verify_finds_inputs_that_were_changed_and_sealed_again(lists: Path, tmp_path: Path) -> None:
    """A category raised in the copied roster contradicts the transcript, whatever the manifest says."""
    out = copy(lists, tmp_path)
    text = (out / "inputs" / "applicants.csv").read_text(encoding="utf-8")
    (out / "inputs" / "applicants.csv").write_text(text.replace(",D,", ",A,", 1), encoding="utf-8", newline="\n")
    reseal(out)
    assert call("verify", out).exit_code == 3


def test_verify_finds_an_order_that_was_changed_and_sealed_again(lists: Path, tmp_path: Path) -> None:
    """Two children exchanged in a published draw: ``verify`` and ``draw verify`` both name the file with status 3."""
    out = copy(lists, tmp_path)
    path = next(p for p in sorted((out / "draws").rglob("*.csv")) if len(p.read_text().splitlines()) > 2)
    head, first, second, *others = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, second, first, *others]), encoding="utf-8", newline="\n")
    reseal(out)
    for words in (("verify",), ("draw", "verify")):
        result = call(*words, out)
        assert result.exit_code == 3
        assert path.name in result.stdout


@pytest.mark.parametrize("name", ["draw-roster.csv", "trace.jsonl"])
def test_verify_finds_a_record_that_was_changed_and_sealed_again(lists: Path, tmp_path: Path, name: str) -> None:
    """Draw roster and record must be those that the list implies, so one line less is found under any manifest."""
    out = copy(lists, tmp_path)
    lines = (out / name).read_bytes().splitlines(keepends=True)
    (out / name).write_bytes(b"".join(lines[:-1]))
    reseal(out)
    result = call("verify", out)
    assert result.exit_code == 3
    assert name in result.stdout


@pytest.mark.parametrize("name", ["manifest.json", "assignment.csv", "trace.jsonl", "summary.json"])
def test_explain_tells_nothing_from_a_damaged_record(lists: Path, tmp_path: Path, name: str) -> None:
    """A record with a changed file explains nothing: status 2 and the name of the file."""
    out = copy(lists, tmp_path)
    (out / name).write_bytes(GARBAGE)
    assert name in refused("explain", out, "T23-000001")
    (out / name).unlink()
    assert name in refused("explain", out, "T23-000001")


def test_explain_an_unknown_child(lists: Path) -> None:
    """A number that is not in the list is refused in both languages."""
    assert "explain.unknown_id" in refused("explain", lists, "T23-999999")
    result = call("explain", lists, "T23-999999", language="zh")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "报名号" in result.stderr


@pytest.mark.parametrize("name", ["summary.json", "lists.xlsx", "lists/fuli.csv"])
def test_verify_makes_the_lists_again_and_finds_a_change_that_was_sealed(
    lists: Path, tmp_path: Path, name: str
) -> None:
    """Lists, workbook and summary under a fresh manifest are found by making them again from the list."""
    out = copy(lists, tmp_path)
    (out / name).write_bytes(
        (out / name).read_bytes().replace(b"T23-00000", b"T23-00001").replace(b'"seats"', b'"seat"')
    )
    if name == "lists.xlsx":
        (out / name).write_bytes(b"no workbook")
    reseal(out)
    result = call("verify", out)
    assert result.exit_code == 3
    assert f"{name}: " in result.stdout


@pytest.mark.parametrize("key", ["trial", "seed", "event", "policy_id"])
def test_verify_finds_a_manifest_that_lies(lists: Path, tmp_path: Path, key: str) -> None:
    """Fields of the manifest that follow from the inputs are compared with them."""
    out = copy(lists, tmp_path)
    manifest = json.loads((out / "manifest.json").read_bytes())
    manifest[key] = True if key == "trial" else "0"
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    result = call("verify", out)
    assert result.exit_code == 3
    assert f"manifest.json, {key}" in result.stdout
