"""The policy file of a generated district: the shipped one, or the same rules for several quarters."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from allocator.generator.demand import Template, load_demand_yaml

PolicyValue: TypeAlias = Any  # a YAML value: text, number, truth value, list or mapping
PhaseText: TypeAlias = dict[str, PolicyValue]

WIDTH = 118  # longest line of a flow-style value
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NOT_TEXT = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def policy_text_bytes(template: Template, suffixes: Sequence[str]) -> bytes:
    """Return the policy file: the template's bytes for one quarter, else its rules with the ids of all quarters.

    A school's named receiving list is its own quarter's; tiers, voluntary schools and the adjustment list hold those
    of every quarter, in the order of the quarters.
    """
    if list(suffixes) == [""]:
        return template.policy_bytes
    policy = load_demand_yaml(template.policy_bytes)
    policy["policy_id"] += f"-{len(suffixes)}-quarters"
    policy["phases"] = [_widened(phase, suffixes, template.demand.own_schools) for phase in policy["phases"]]
    closed = policy["planning"]["closed"]
    policy["planning"]["closed"] = {name + suffix: kinds for suffix in suffixes for name, kinds in closed.items()}
    lines = [f"# {policy['notice']['zh']} · {policy['notice']['en']}", *_block(policy), ""]
    return "\n".join(lines).encode("utf-8")


def _widened(phase: PhaseText, suffixes: Sequence[str], own_schools: Sequence[str]) -> PhaseText:
    """Return a phase for all quarters."""
    change = _CHANGES.get(phase["kind"])
    return phase if change is None else {**phase, **change(phase, suffixes, own_schools)}


def _every(names: Sequence[str], suffixes: Sequence[str]) -> list[str]:
    """Return the names in every quarter, quarter by quarter."""
    return [name + suffix for suffix in suffixes for name in names]


def _choice(phase: PhaseText, suffixes: Sequence[str], _: Sequence[str]) -> PhaseText:
    """Return what changes in a choice phase."""
    return {"schools": {name + suffix: kinds for suffix in suffixes for name, kinds in phase["schools"].items()}}


def _acceptance(phase: PhaseText, suffixes: Sequence[str], _: Sequence[str]) -> PhaseText:
    """Return what changes in a deferred-acceptance phase."""
    tiers = [_every(tier, suffixes) for tier in phase["tiers"]]
    return {"tiers": tiers, "schools": _every(phase["schools"], suffixes)}


def _batches(phase: PhaseText, suffixes: Sequence[str], own_schools: Sequence[str]) -> PhaseText:
    """Return what changes in a batch phase: each quarter has its own lists, so each school names its own."""
    old = phase["receiving"]
    lists = {
        name + suffix: [school + suffix for school in schools]
        for suffix in suffixes
        for name, schools in old["lists"].items()
    }
    of = {
        school + suffix: old["of"].get(school, old["others"]) + suffix for suffix in suffixes for school in own_schools
    }
    return {"receiving": {"lists": lists, "of": of, "others": old["others"] + suffixes[0]}}


def _adjustment(phase: PhaseText, suffixes: Sequence[str], _: Sequence[str]) -> PhaseText:
    """Return what changes in an adjustment phase."""
    return {"schools": _every(phase["schools"], suffixes)}


_CHANGES: Mapping[str, Callable[[PhaseText, Sequence[str], Sequence[str]], PhaseText]] = {
    "choice": _choice, "deferred_acceptance": _acceptance, "batches": _batches, "adjustment": _adjustment,
}  # fmt: skip


def _block(value: Mapping[str, PolicyValue]) -> Iterator[str]:
    """Yield the lines of the file: keys and list items on lines of their own, what they hold in flow style."""
    for key, held in value.items():
        if isinstance(held, dict):
            yield f"{key}:"
            for name, inner in held.items():
                yield from _flow_lines(f"  {name}: ", inner)
        elif isinstance(held, list):
            yield f"{key}:"
            for item in held:
                for at, (name, inner) in enumerate(item.items()):
                    yield from _flow_lines(f"  {'- ' if at == 0 else '  '}{name}: ", inner)
        else:
            yield from _flow_lines(f"{key}: ", held)


def _flow_lines(start: str, value: PolicyValue) -> Iterator[str]:
    """Yield a key and its value in flow style, broken between parts where the line gets long."""
    line, indent = start, " " * (len(start) - len(start.lstrip(" -")) + 4)
    for piece in _pieces(value):
        if len(line) + len(piece) > WIDTH and line.strip():
            yield line.rstrip()
            line = indent
        line += piece + " "
    yield line.rstrip()


def _pieces(value: PolicyValue) -> list[str]:
    """Return the parts of a value between which a line may be broken."""
    if isinstance(value, dict):
        keyed = ((_scalar(key), _pieces(held)) for key, held in value.items())
        return _enclosed("{", [[f"{key}: {first}", *rest] for key, (first, *rest) in keyed], "}")
    if isinstance(value, list):
        return _enclosed("[", [_pieces(held) for held in value], "]")
    return [_scalar(value)]


def _enclosed(opening: str, parts: list[list[str]], closing: str) -> list[str]:
    """Return the parts of a list or mapping with commas and brackets."""
    if not parts:
        return [opening + closing]
    for part in parts[:-1]:
        part[-1] += ","
    pieces = [piece for part in parts for piece in part]
    pieces[0] = opening + pieces[0]
    pieces[-1] += closing
    return pieces


def _scalar(value: PolicyValue) -> str:
    """Return a scalar: plain where it cannot be misread or is a date, else in double quotes."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT:
        return value
    return json.dumps(value, ensure_ascii=False)
