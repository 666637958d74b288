"""Reading a policy file: YAML to the domain, every fault with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from allocator.domain import Category, Phase, Policy, Text
from allocator.ground import Fault
from allocator.reading.policy_lines import Lines, Path, YamlValue, dotted_policy_key, load_policy_lines
from allocator.reading.policy_rules import policy_rule_faults
from allocator.reading.policy_shape import PHASES, PolicyShape
from allocator.reading.schema_faults import schema_fault_line, schema_fault_value, schema_faults
from allocator.reading.shape import made_of_shape


class PolicyName(NamedTuple):
    """A school or zone that a policy names, and where."""

    kind: Literal["school", "zone"]
    name: str
    line: int
    key: str


def parse_policy(raw: bytes, file: str) -> tuple[Policy | None, list[Fault]]:
    """Return the policy of a file, or None and everything that is wrong with it."""
    value, lines, faults = _loaded(raw)
    faults = [replace(fault, file=file) for fault in faults]
    if faults:
        return None, faults
    try:
        policy = PolicyShape.model_validate(value).model_dump(exclude_unset=True)
    except ValidationError as error:
        return None, schema_faults(error, lines, file, key="kind", tags=PHASES, named=lambda path: _named(path, value))
    faults = [
        Fault(code, file, schema_fault_line(path, lines), _named(path, value), shown, params)
        for code, path, shown, params in policy_rule_faults(policy)
    ]
    return (None, faults) if faults else (_policy(policy), [])


def _policy(block: Mapping[str, Any]) -> Policy:
    """The policy of a faultless file, keys as in the file."""
    categories = [Category(c["id"], Text(c["zh"], c["en"]), c["home"]) for c in block["categories"]]
    made: Policy = made_of_shape(
        Policy, {**block, "categories": categories, "phases": [_phase(p) for p in block["phases"]]}
    )
    return made


def _phase(block: Mapping[str, Any]) -> Phase:
    receiving = block.get("receiving", {})
    own = {"phase_id": block["phase"], "name": Text(block["zh"], block["en"]), "list_of": receiving.get("of")}
    made: Phase = made_of_shape(PHASES[block["kind"]], {**block, **receiving, **own})
    return made


@lru_cache(maxsize=1)
def _loaded(raw: bytes) -> tuple[YamlValue, Lines, list[Fault]]:
    """The file as plain values, read once for all who ask; a long policy takes half a second."""
    return load_policy_lines(raw, "")


def name_lines(raw: bytes) -> list[PolicyName]:
    """Return every school and zone that a valid policy file names, with line and key, in the file's order."""
    value, lines, faults = _loaded(raw)
    if faults or not isinstance(value, dict):
        return []
    names = [
        PolicyName(kind, name, schema_fault_line(path, lines), _named(path, value))
        for kind, name, path in _names(value)
    ]
    return sorted(names, key=lambda n: n.line)


def category_names(raw: bytes) -> list[str] | None:
    """Return the ids of the categories, also of a policy that is otherwise at fault; None where they cannot be told."""
    value, _, faults = _loaded(raw)
    categories = value.get("categories") if isinstance(value, dict) and not faults else None
    names = [c.get("id") for c in categories if isinstance(c, dict)] if isinstance(categories, list) else []
    return [name for name in names if isinstance(name, str)] if names and all(names) else None


def _names(value: dict[str, YamlValue]) -> Iterator[tuple[Literal["school", "zone"], str, Path]]:
    """Every school and zone named in the phases, with its path."""
    phases = value.get("phases")
    for i, phase in enumerate(phases if isinstance(phases, list) else []):
        if not isinstance(phase, dict):
            continue
        for path, name in _strings(phase.get("schools"), ("phases", i, "schools")):
            yield "school", name, path
        for path, name in _strings(phase.get("tiers"), ("phases", i, "tiers")):
            yield "zone", name, path
        receiving = phase.get("receiving")
        if isinstance(receiving, dict):
            for path, name in _strings(receiving.get("lists"), ("phases", i, "receiving", "lists"), keys=False):
                yield "school", name, path
            of = receiving.get("of")
            for name in of if isinstance(of, dict) else ():
                yield "school", name, ("phases", i, "receiving", "of", name)
    planning = value.get("planning")
    closed = planning.get("closed") if isinstance(planning, dict) else None
    for name in closed if isinstance(closed, dict) else ():
        yield "school", name, ("planning", "closed", name)


def _strings(value: YamlValue, path: Path, *, keys: bool = True) -> Iterator[tuple[Path, str]]:
    """Texts below a value: items of lists, and of a mapping its keys (or, without ``keys``, the lists below it)."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _strings(item, (*path, i))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from [((*path, key), key)] if keys else _strings(item, (*path, key))


def _named(path: Path, policy: YamlValue) -> str:
    """Return a path as messages show it, the number of a phase followed by its id: ``phases.4[adjust].draw``."""
    phases = policy.get("phases") if isinstance(policy, dict) else None
    at = path[1] if len(path) > 1 and path[0] == "phases" else None
    if not isinstance(phases, list) or not isinstance(at, int) or at >= len(phases):
        return dotted_policy_key(path)
    phase = phases[at]
    name = phase.get("phase") if isinstance(phase, dict) else None
    return (
        dotted_policy_key(("phases", f"{at}[{schema_fault_value(name)}]", *path[2:]))
        if isinstance(name, str)
        else dotted_policy_key(path)
    )
