"""Reading a policy file: YAML to the domain, every fault with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from allocator.domain import Policy
from allocator.errors import Fault
from allocator.reading import policy_schema as shape
from allocator.reading.policy_lines import Lines, Path, Value, dotted, load
from allocator.reading.policy_makers import to_domain
from allocator.reading.policy_rules import meaning_faults


class PolicyName(NamedTuple):
    """A school or zone that a policy names, and where."""

    kind: Literal["school", "zone"]
    name: str
    line: int
    key: str


def parse_policy(raw: bytes, file: str) -> tuple[Policy | None, list[Fault]]:
    """Return the policy of a file, or None and everything that is wrong with it.

    Parameters
    ----------
    raw : bytes
        The file, UTF-8 YAML.
    file : str
        Its name in messages.
    """
    value, lines, faults = _loaded(raw)
    faults = [replace(fault, file=file) for fault in faults]
    if faults:
        return None, faults
    try:
        policy = shape.PolicyShape.model_validate(value)
    except ValidationError as error:
        return None, _schema_faults(error, value, lines, file)
    faults = [
        Fault(code, file, _line(path, lines), _named(path, value), shown, params)
        for code, path, shown, params in meaning_faults(policy)
    ]
    return (None, faults) if faults else (to_domain(policy), [])


@lru_cache(maxsize=1)
def _loaded(raw: bytes) -> tuple[Value, Lines, list[Fault]]:
    """The file as plain values, read once for all who ask; a long policy takes half a second."""
    return load(raw, "")


def name_lines(raw: bytes) -> list[PolicyName]:
    """Return every school and zone that a valid policy file names, with line and key, in the file's order."""
    value, lines, faults = _loaded(raw)
    if faults or not isinstance(value, dict):
        return []
    names = [PolicyName(kind, name, _line(path, lines), _named(path, value)) for kind, name, path in _names(value)]
    return sorted(names, key=lambda n: n.line)


def category_names(raw: bytes) -> list[str] | None:
    """Return the ids of the categories, also of a policy that is otherwise at fault; None where they cannot be told."""
    value, _, faults = _loaded(raw)
    categories = value.get("categories") if isinstance(value, dict) and not faults else None
    names = [c.get("id") for c in categories if isinstance(c, dict)] if isinstance(categories, list) else []
    return [name for name in names if isinstance(name, str)] if names and all(names) else None


def _names(value: dict[str, Value]) -> Iterator[tuple[Literal["school", "zone"], str, Path]]:
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


def _strings(value: Value, path: Path, *, keys: bool = True) -> Iterator[tuple[Path, str]]:
    """Texts below a value: items of lists, and of a mapping its keys (or, without ``keys``, the lists below it)."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _strings(item, (*path, i))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from [((*path, key), key)] if keys else _strings(item, (*path, key))


def _line(path: Path, lines: Lines) -> int:
    """Line of a path, or of the nearest key above it."""
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 0)


def _named(path: Path, policy: Value) -> str:
    """Return a path as messages show it, the number of a phase followed by its id: ``phases.4[adjust].draw``."""
    phases = policy.get("phases") if isinstance(policy, dict) else None
    at = path[1] if len(path) > 1 and path[0] == "phases" else None
    if not isinstance(phases, list) or not isinstance(at, int) or at >= len(phases):
        return dotted(path)
    phase = phases[at]
    name = phase.get("phase") if isinstance(phase, dict) else None
    return dotted(("phases", f"{at}[{_short(name)}]", *path[2:])) if isinstance(name, str) else dotted(path)


def _schema_faults(error: ValidationError, policy: Value, lines: Lines, file: str) -> list[Fault]:
    """Every key or value that the schema refuses."""
    return [_schema_fault(dict(item), policy, lines, file) for item in error.errors(include_url=False)]


_KINDS = {"union_tag_invalid", "union_tag_not_found"}
_CODES = {
    "missing": "policy.missing_key",
    "extra_forbidden": "policy.unknown_key",
    "union_tag_not_found": "policy.missing_key",
}


def _schema_fault(item: dict[str, Any], policy: Value, lines: Lines, file: str) -> Fault:
    """One refusal of the schema, in the words of the file (union tags taken out of the path)."""
    tags = {"export", "decision", "referral", "choice", "deferred_acceptance", "batches", "adjustment"}
    parts = tuple(item["loc"])
    path: Path = tuple(p for i, p in enumerate(parts) if not (i == 2 and parts[0] == "phases" and p in tags))
    path = tuple(p for p in path if not (isinstance(p, str) and ("[" in p or p in {"constrained-str", "literal"})))
    code = _CODES.get(item["type"], "policy.wrong_value")
    shown = item.get("input")
    if item["type"] in _KINDS:  # the schema names the phase; what is wrong is its key "kind"
        path, shown = (*path, "kind"), (item.get("ctx") or {}).get("tag", "")
    value = "" if code != "policy.wrong_value" or isinstance(shown, list | dict) else _short(shown)
    params = {} if code in _CODES.values() else {"expected": _expected(item)}
    return Fault(code, file, _line(path, lines), _named(path, policy), value, params)


def _short(value: object) -> str:
    """A value as it is shown in a message."""
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _expected(item: dict[str, Any]) -> str:
    """What the schema wanted, in a form that needs no translation where possible."""
    context = item.get("ctx") or {}
    if "expected" in context:
        return str(context["expected"]).replace("'", "")
    if "expected_tags" in context:
        return str(context["expected_tags"]).replace("'", "")
    if "ge" in context:
        return f"≥ {context['ge']}"
    if "pattern" in context:
        return f"/{context['pattern']}/"
    kinds = {
        "int_type": "0, 1, 2 …",
        "string_type": "text",
        "list_type": "[a, b]",
        "dict_type": "{a: b}",
        "bool_type": "true | false",
        "too_short": "≥ 1",
    }
    return kinds.get(item["type"], str(item["msg"]))
