"""docs/schemas: every JSON output is what its schema says, and a schema refuses what is not."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from allocator.domain import SWITCHES
from allocator.reading.what_if_shape import CHANGES
from tests import intake_cases
from tests.cli_calls import good
from tests.conformance import ROOT
from tests.json_outputs import outputs, told
from tests.test_capacity_file import GOOD, written

FOLDER = ROOT / "docs" / "schemas"
SCHEMAS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
REGISTRY: Registry[Any] = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()
)
POLICIES = ("tongliao-2023-primary", "tongliao-2023-junior", "ranked-choice")
ELSEWHERE = {
    "common", "capacity-instance", "check-applications", "determination", "intake", "intake-map",
    "notice-verify", "notices", "private-draw", "rulings", "website", "website-manifest",
} | {name for name in SCHEMAS if name.startswith(("book-", "classes-"))}  # fmt: skip
"""Schemas of which no district gives an output; those of books and classes are held in the tests of their commands."""


def wrong(name: str, found: Any) -> list[str]:
    """What of an output is not as its schema says."""
    validator = Draft202012Validator(SCHEMAS[name], registry=REGISTRY)
    return [f"{name} {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(found)]


@pytest.fixture(scope="module", params=POLICIES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """All outputs of a small district of each policy, by schema."""
    place = tmp_path_factory.mktemp("schemas")
    good("generate", place / "town", "--children", 60, "--seed", 3, "--policy", request.param)
    found = defaultdict(list)
    for name, output in outputs(place / "town", place):
        found[name].append(output)
    return found


def test_schemas_are_schemas() -> None:
    """Of the draft they name, called as their file is, and every object says whether it may hold other keys."""
    for name, schema in SCHEMAS.items():
        Draft202012Validator.check_schema(schema)
        assert schema["$id"] == f"{name}.json"
        for part in parts(schema):
            assert "properties" not in part or "additionalProperties" in part or name == "changes", (name, part)


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object of a schema."""
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from parts(part)
    for part in schema if isinstance(schema, list) else ():
        yield from parts(part)


def test_every_output_is_as_its_schema_says(made: dict[str, list[Any]]) -> None:
    """Of every command, and every JSON file of its folders."""
    assert SCHEMAS.keys() - ELSEWHERE - made.keys() == set()
    assert [line for name, found in made.items() for output in found for line in wrong(name, output)][:20] == []


def test_a_schema_refuses_other_keys_and_missing_ones(made: dict[str, list[Any]]) -> None:
    """At the head of each output: one key more, and each key less that every output has."""
    for name, found in made.items():
        if name in {"changes", "failure"}:
            continue
        output = found[0]
        assert wrong(name, {**output, "more": 1}), name
        for key in SCHEMAS[name].get("required", ()):
            less = copy.deepcopy(output)
            del less[key]
            assert wrong(name, less), (name, key)


@pytest.mark.long
@pytest.mark.parametrize("name", POLICIES)
def test_outputs_of_the_shipped_districts(name: str, tmp_path: Path) -> None:
    """The same of the districts as they are shipped."""
    shutil.copytree(ROOT / "scenarios" / name, tmp_path / name)
    found = [line for kind, output in outputs(tmp_path / name, tmp_path) for line in wrong(kind, output)]
    assert found[:20] == []


def test_the_answer_for_an_instance(tmp_path: Path) -> None:
    """Extra seats under deferred acceptance."""
    path = written(tmp_path, GOOD)
    kind, found = told("capacity-instance", "capacity", path, "--list-length", 2, "--extra-seats", 1)
    assert (kind, wrong(kind, found)) == ("capacity-instance", [])


def test_the_answer_for_the_tables_before_a_roster() -> None:
    """What ``check`` says of the worked district of applications."""
    kind, found = told("check-applications", "check", ROOT / "scenarios" / "tongliao-2023-applications")
    assert (kind, wrong(kind, found)) == ("check-applications", [])


def test_the_answers_for_an_export(tmp_path: Path) -> None:
    """What ``intake`` says: a map proposed, rows refused, tables written, and what a second import changes."""
    office, columns = intake_cases.folder(tmp_path / "office"), tmp_path / "columns.csv"
    first = intake_cases.write_export(tmp_path / "first.xlsx")
    rows = [intake_cases.child(0, 居住方式="租住"), intake_cases.child(1, 居住方式="?")]
    other = intake_cases.write_export(tmp_path / "other.xlsx", intake_cases.export(*rows))
    found = [told("intake-map", "intake", first, office, "--propose", columns)]
    paths = (first, other, first, tmp_path / "none")
    found += [told("intake", "intake", path, office, "--columns", columns, "--write") for path in paths]
    assert [kind for kind, _ in found] == ["intake-map", *["intake"] * 4]
    assert [line for kind, output in found for line in wrong(kind, output)] == []


def test_lists_of_words_are_those_of_the_domain() -> None:
    """Kinds of changes and values of switches."""
    assert set(SCHEMAS["changes"]["items"]["properties"]["change"]["enum"]) == CHANGES.keys()
    switches = SCHEMAS["run-summary"]["properties"]["switches"]["properties"]
    assert {name: tuple(values["enum"]) for name, values in switches.items()} == dict(SWITCHES)


def test_every_schema_is_listed() -> None:
    """The page of the schemas names each with its command or file."""
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\]\(([\w-]+)\.json\)", page)) == SCHEMAS.keys()
