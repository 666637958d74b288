"""What a schema refuses, as faults with the line of the file and words that need no translation where possible."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from pydantic import ValidationError

from allocator.ground import Fault, cut_error_kinds, text
from allocator.reading.policy_lines import Lines, Path


def schema_fault_line(path: Path, lines: Lines) -> int:
    """Return the line of a path, or of the nearest key above it."""
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 0)


def schema_faults(
    error: ValidationError, lines: Lines, file: str, *, key: str, tags: Collection[str], named: Callable[[Path], str],
) -> list[Fault]:  # fmt: skip
    """Return every key or value that a schema refuses.

    Parameters
    ----------
    key : str
        Key whose value chooses the shape of an item of a list (``kind`` of a phase).
    tags : collection of str
        Its values, which pydantic puts into the path of what it finds.

    An error of a type with a point in it comes from a shape's own rule: the type is the code of the message.
    """
    found = error.errors(include_url=False)
    return cut_error_kinds([_schema_fault(dict(item), lines, file, key, tags, named) for item in found])


_KINDS = {"union_tag_invalid", "union_tag_not_found"}
_CODES = {
    "missing": "policy.missing_key",
    "extra_forbidden": "policy.unknown_key",
    "union_tag_not_found": "policy.missing_key",
}


def _schema_fault(
    item: dict[str, Any], lines: Lines, file: str, key: str, tags: Collection[str], named: Callable[[Path], str]
) -> Fault:
    """One refusal of the schema, in the words of the file (union tags taken out of the path)."""
    parts = tuple(item["loc"])
    path: Path = tuple(p for i, p in enumerate(parts) if not (i == 2 and isinstance(parts[1], int) and p in tags))
    path = tuple(p for p in path if not (isinstance(p, str) and ("[" in p or p in {"constrained-str", "literal"})))
    code = item["type"] if "." in item["type"] else _CODES.get(item["type"], "policy.wrong_value")
    shown = item.get("input")
    if item["type"] in _KINDS:  # the schema names the item; what is wrong is the key that chooses its shape
        path, shown = (*path, key), (item.get("ctx") or {}).get("tag", "")
    value = "" if code in _CODES.values() or isinstance(shown, list | dict) else schema_fault_value(shown)
    own = {name: str(word) for name, word in (item.get("ctx") or {}).items()} if "." in item["type"] else {}
    params = _expected_words(item) if code == "policy.wrong_value" else own
    return Fault(code, file, schema_fault_line(path, lines), named(path), value, params)


def schema_fault_value(value: object) -> str:
    """Return a value as it is shown in a message."""
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _expected_words(item: dict[str, Any]) -> dict[str, str]:
    """What the schema wanted: numbers and lengths with limits, in both languages; anything else as it is written."""
    found = {"least": None, "most": None} | (item.get("ctx") or {})
    least = found.get("min_length", found["least"])
    most = found.get("max_length", found["most"])
    if least is None and most is None:
        return {"expected": _expected(item)}
    limits = ("_from" * (least is not None)) + ("_to" * (most is not None))
    code = ("policy.whole" if item["type"] == "whole" else "policy.items") + limits
    zh, en = (text(code, language, least=least, most=most) for language in ("zh", "en"))
    return {"expected": en, "expected_zh": zh}


def _expected(item: dict[str, Any]) -> str:
    """What the schema wanted, in a form that needs no translation where possible."""
    context = item.get("ctx") or {}
    if "expected" in context:
        return str(context["expected"]).replace("'", "").replace(" or ", ", ")
    if "expected_tags" in context:
        return str(context["expected_tags"]).replace("'", "")
    if "pattern" in context:
        return f"/{context['pattern']}/"
    kinds = {
        "string_type": "text", "list_type": "[a, b]", "dict_type": "{a: b}", "bool_type": "true | false",
        "model_type": "{a: b}", "model_attributes_type": "{a: b}",
    }  # fmt: skip
    return kinds.get(item["type"], str(item["msg"]).removeprefix("Value error, "))
