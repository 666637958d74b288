"""Reading a policy file: YAML to the domain, every fault with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from allocator.domain import (
    CLAUSE_KEYS,
    AdjustmentPhase,
    BatchPhase,
    Category,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    ExportPhase,
    Phase,
    Policy,
    ReferralPhase,
    Switches,
    Text,
)
from allocator.errors import Fault
from allocator.reading import policy_schema as shape
from allocator.reading.policy_lines import Lines, Path, Value, dotted, load


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
        for code, path, shown, params in _meaning_faults(policy)
    ]
    return (None, faults) if faults else (_to_domain(policy), [])


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
    if "pattern" in context:
        return f"/{context['pattern']}/"
    kinds = {
        "int_type": "1, 2, 3 …",
        "string_type": "text",
        "list_type": "[a, b]",
        "dict_type": "{a: b}",
        "bool_type": "true | false",
        "too_short": "≥ 1",
    }
    return kinds.get(item["type"], str(item["msg"]))


_Found = tuple[str, Path, str, dict[str, str]]


def _meaning_faults(policy: shape.PolicyShape) -> Iterator[_Found]:
    """What a schema cannot say: names that are not there, things named twice, phases out of place."""
    for rule in _RULES:
        yield from rule(policy)


def _repeats(values: list[str], path: Path) -> Iterator[_Found]:
    for i, value in enumerate(values):
        if value in values[:i]:
            yield "policy.twice", (*path, i), value, {}


def _categories_unique(policy: shape.PolicyShape) -> Iterator[_Found]:
    yield from _repeats([c.id for c in policy.categories], ("categories",))


def _phases_unique(policy: shape.PolicyShape) -> Iterator[_Found]:
    yield from _repeats([p.phase for p in policy.phases], ("phases",))
    labels = [label for p in policy.phases for label in _labels(p)]
    for label in sorted({x for x in labels if labels.count(x) > 1} - {p.phase for p in policy.phases}):
        yield "policy.twice", ("phases",), label, {}


def _labels(phase: shape.AnyPhaseShape) -> list[str]:
    """Values that the phase writes into the column ``phase``."""
    if isinstance(phase, shape.BatchesShape):
        return [f"{phase.phase}-{c}" for c in phase.categories]
    return [phase.phase]


def _draws_unique(policy: shape.PolicyShape) -> Iterator[_Found]:
    seen: set[str] = set()
    for i, phase in enumerate(policy.phases):
        for key in ("draw", "divert_draw"):
            draw = getattr(phase, key, None)
            if draw is not None and draw in seen:
                yield "policy.twice", ("phases", i, key), draw, {}
            seen.add(draw or "")


def _categories_known(policy: shape.PolicyShape) -> Iterator[_Found]:
    known = {c.id for c in policy.categories}
    for i, phase in enumerate(policy.phases):
        if isinstance(phase, shape.DeferredAcceptanceShape | shape.BatchesShape):
            yield from _repeats(phase.categories, ("phases", i, "categories"))
            for j, name in enumerate(phase.categories):
                if name not in known:
                    yield "policy.unknown_category", ("phases", i, "categories", j), name, {}
        if isinstance(phase, shape.ChoiceShape):
            for school, names in phase.schools.items():
                for j, name in enumerate(names):
                    if name not in known:
                        yield "policy.unknown_category", ("phases", i, "schools", school, j), name, {}


def _clauses_complete(policy: shape.PolicyShape) -> Iterator[_Found]:
    for i, phase in enumerate(policy.phases):
        wanted = CLAUSE_KEYS[_MAKERS[type(phase)][0]]
        for key in phase.clauses:
            if key not in wanted:
                yield "policy.unknown_key", ("phases", i, "clauses", key), "", {}
        for key in wanted:
            if key not in phase.clauses:
                yield "policy.missing_key", ("phases", i, "clauses", key), "", {}


def _orders_end_with_ticket(policy: shape.PolicyShape) -> Iterator[_Found]:
    for i, phase in enumerate(policy.phases):
        if isinstance(phase, shape.DeferredAcceptanceShape):
            path: Path = ("phases", i, "order")
            yield from _repeats(list(phase.order), path)
            if phase.order[-1] != "ticket":
                yield "policy.wrong_value", path, ", ".join(phase.order), {"expected": "[…, ticket]"}


def _lists_known(policy: shape.PolicyShape) -> Iterator[_Found]:
    for i, phase in enumerate(policy.phases):
        if isinstance(phase, shape.BatchesShape):
            path: Path = ("phases", i, "receiving")
            named = {("of", k): v for k, v in phase.receiving.of.items()} | {("others",): phase.receiving.others}
            for key, name in named.items():
                if name not in phase.receiving.lists:
                    expected = " | ".join(phase.receiving.lists)
                    yield "policy.wrong_value", (*path, *key), name, {"expected": expected}


def _schools_once(policy: shape.PolicyShape) -> Iterator[_Found]:
    for i, phase in enumerate(policy.phases):
        if isinstance(phase, shape.DeferredAcceptanceShape | shape.AdjustmentShape):
            yield from _repeats(phase.schools, ("phases", i, "schools"))
        if isinstance(phase, shape.DeferredAcceptanceShape):
            yield from _repeats([z for tier in phase.tiers for z in tier], ("phases", i, "tiers"))
        if isinstance(phase, shape.BatchesShape):
            for name, schools in phase.receiving.lists.items():
                yield from _repeats(schools, ("phases", i, "receiving", "lists", name))


def _columns_once(policy: shape.PolicyShape) -> Iterator[_Found]:
    """No two phases read the same column or fill the same seats set aside."""
    for key in ("column", "seats"):
        seen: set[str] = set()
        for i, phase in enumerate(policy.phases):
            value = getattr(phase, key, None)
            if value is not None and value != "left" and value in seen:
                yield "policy.twice", ("phases", i, key), value, {}
            seen.add(value or "")


def _places(policy: shape.PolicyShape) -> Iterator[_Found]:
    """An export comes first, an adjustment last, each at most once; one phase of batches, one of choices."""
    last = len(policy.phases) - 1
    for i, phase in enumerate(policy.phases):
        if isinstance(phase, shape.ExportShape) and i != 0:
            yield "policy.place", ("phases", i), phase.kind, {"expected": "phases.0"}
        if isinstance(phase, shape.AdjustmentShape) and i != last:
            yield "policy.place", ("phases", i), phase.kind, {"expected": f"phases.{last}"}
    for kind in ("batches", "choice", "referral"):
        places = [i for i, phase in enumerate(policy.phases) if phase.kind == kind]
        for i in places[1:]:
            yield "policy.twice", ("phases", i), kind, {}


_RULES: tuple[Callable[[shape.PolicyShape], Iterator[_Found]], ...] = (
    _categories_unique,
    _phases_unique,
    _draws_unique,
    _categories_known,
    _clauses_complete,
    _orders_end_with_ticket,
    _lists_known,
    _schools_once,
    _columns_once,
    _places,
)


def _to_domain(policy: shape.PolicyShape) -> Policy:
    """The domain object of a faultless shape."""
    return Policy(
        format_version=policy.format_version,
        policy_id=policy.policy_id,
        title=Text(policy.title.zh, policy.title.en),
        notice=Text(policy.notice.zh, policy.notice.en),
        unplaced_clause=policy.unplaced_clause,
        categories=tuple(Category(c.id, Text(c.zh, c.en), c.home) for c in policy.categories),
        switches=Switches(**policy.switches.model_dump()),
        phases=tuple(_phase(p) for p in policy.phases),
    )


def _phase(phase: shape.AnyPhaseShape) -> Phase:
    make, fields = _MAKERS[type(phase)]
    made: Phase = make(
        phase_id=phase.phase, name=Text(phase.zh, phase.en), clauses=dict(phase.clauses), **fields(phase)
    )
    return made


def _no_fields(_: Any) -> dict[str, Any]:
    return {}


def _decision_fields(p: shape.DecisionShape) -> dict[str, Any]:
    return {"column": p.column}


def _choice_fields(p: shape.ChoiceShape) -> dict[str, Any]:
    return {"schools": {s: frozenset(c) for s, c in p.schools.items()}, "draw": p.draw}


def _deferred_fields(p: shape.DeferredAcceptanceShape) -> dict[str, Any]:
    return {
        "column": p.column,
        "categories": frozenset(p.categories),
        "tiers": tuple(tuple(t) for t in p.tiers),
        "schools": tuple(p.schools),
        "seats": p.seats,
        "order": tuple(p.order),
        "own_zone_choice": p.own_zone_choice,
        "draw": p.draw,
    }


def _batch_fields(p: shape.BatchesShape) -> dict[str, Any]:
    lists = {name: tuple(schools) for name, schools in p.receiving.lists.items()}
    return {
        "categories": tuple(p.categories),
        "draw": p.draw,
        "divert_draw": p.divert_draw,
        "lists": lists,
        "list_of": dict(p.receiving.of),
        "others": p.receiving.others,
    }


def _adjustment_fields(p: shape.AdjustmentShape) -> dict[str, Any]:
    return {"schools": tuple(p.schools), "draw": p.draw}


_MAKERS: dict[type, tuple[Any, Callable[[Any], dict[str, Any]]]] = {
    shape.ExportShape: (ExportPhase, _no_fields),
    shape.DecisionShape: (DecisionPhase, _decision_fields),
    shape.ReferralShape: (ReferralPhase, _no_fields),
    shape.ChoiceShape: (ChoicePhase, _choice_fields),
    shape.DeferredAcceptanceShape: (DeferredAcceptancePhase, _deferred_fields),
    shape.BatchesShape: (BatchPhase, _batch_fields),
    shape.AdjustmentShape: (AdjustmentPhase, _adjustment_fields),
}
