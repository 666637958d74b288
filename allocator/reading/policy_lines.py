"""YAML with line numbers: plain values, and the line of every key and item; duplicate keys are refused."""

from __future__ import annotations

import re
from decimal import Decimal
from io import StringIO
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from allocator.ground import Fault, cut_error_kinds

Path: TypeAlias = tuple[str | int, ...]
Lines: TypeAlias = dict[Path, int]
YamlValue: TypeAlias = "str | int | float | bool | list[YamlValue] | dict[str, YamlValue] | None"

MOST_ITEMS = 30_000
"""Keys, items and brackets of a file, roughly; a policy of a thousand schools has a third of them."""
MOST_IN_A_LINE = 100_000
_MOST_DEPTH = 12
_MARK = re.compile(r"[:,&*{[]|[-?](?=\s)")
_WIDE_COLON = re.compile(r"[\s{-]*([A-Za-z0-9_-]{1,40})\s*：")


class _Walk:
    """Turns a node graph into plain values and remembers lines; collects faults instead of stopping."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: Lines = {}
        self.faults: list[Fault] = []

    def value(self, node: Node, path: Path) -> YamlValue:
        """Return what a node says; its line is remembered."""
        self.lines.setdefault(path, node.start_mark.line + 1)
        if node.anchor is not None or len(path) > _MOST_DEPTH:
            self._fault("policy.no_anchors", node, path)
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return self._scalar(node, path)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, YamlValue]:
        result: dict[str, YamlValue] = {}
        for key_node, item in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else "?"
            here = (*path, key)
            if key in result:
                self._fault("policy.duplicate_key", key_node, here)
                continue
            self.lines[here] = key_node.start_mark.line + 1
            result[key] = self.value(item, here)
        return result

    def _scalar(self, node: ScalarNode, path: Path) -> YamlValue:
        kind = node.tag.rsplit(":", 1)[-1] if isinstance(node.tag, str) else str(node.ctag).rsplit(":", 1)[-1]
        text = str(node.value)
        if kind in ("str", "timestamp"):  # a date stays what is written: no time zone turns it into another day
            return text
        if kind == "int" and text.lstrip("+-").isdecimal() and len(text) <= 30:
            return int(text)
        if kind == "bool":
            return text.lower() == "true"
        if kind == "null":
            return None
        if kind == "float":
            return _exact(text) if text.replace(".", "", 1).isdecimal() else text
        self._fault("policy.no_anchors", node, path)
        return None

    def _fault(self, code: str, node: Node, path: Path) -> None:
        self.faults.append(Fault(code, self.file, node.start_mark.line + 1, dotted_policy_key(path)))


def _exact(text: str) -> float | str:
    """Return a decimal number, or its text where it has more digits than a number keeps."""
    return float(text) if Decimal(repr(float(text))) == Decimal(text) else text


def dotted_policy_key(path: Path) -> str:
    """Return a path of keys as people write it: ``phases.4.order``."""
    return ".".join(str(part) for part in path)


def _wide_colons(text: str, file: str) -> list[Fault]:
    """Return the keys that a full-width colon follows: an input method writes it, and YAML takes it for a letter."""
    found = ((row, _WIDE_COLON.match(line)) for row, line in enumerate(text.splitlines(), start=1))
    return [Fault("policy.wide_colon", file, row, match[1], match[0].strip()) for row, match in found if match]


def _is_too_much(text: str) -> bool:
    """Whether the reader would take more than a few seconds; it reads some ten thousand keys and items a second."""
    longest = max(map(len, text.splitlines()))
    return longest > MOST_IN_A_LINE or any(i == MOST_ITEMS for i, _ in enumerate(_MARK.finditer(text)))


def load_policy_lines(raw: bytes, file: str) -> tuple[YamlValue, Lines, list[Fault]]:
    """Return the plain value of a YAML file, the line of every key and item, and the faults of its syntax."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, {}, [Fault("policy.not_utf8", file, line)]
    if "\x00" in text or not text.strip():
        return None, {}, [Fault("policy.empty", file)]
    if text.count("[[[[[[[[") > _MOST_DEPTH:
        return None, {}, [Fault("policy.syntax", file, params={"problem": "nested too deeply"})]
    if _is_too_much(text):
        return None, {}, [Fault("policy.too_much", file, params={"most": f"{MOST_ITEMS:,}"})]
    try:
        node = YAML(typ="safe", pure=True).compose(StringIO(text))
    except (MarkedYAMLError, YAMLError) as error:
        if wide := _wide_colons(text, file):
            return None, {}, wide
        mark = getattr(error, "problem_mark", None)
        problem = " ".join(str(getattr(error, "problem", None) or "YAML").split())
        return None, {}, [Fault("policy.syntax", file, mark.line + 1 if mark else 0, params={"problem": problem})]
    except RecursionError:
        return None, {}, [Fault("policy.syntax", file, params={"problem": "nested too deeply"})]
    except (ValueError, OverflowError):  # "\\UFFFFFFFF"
        return None, {}, [Fault("policy.syntax", file, params={"problem": "no such character"})]
    if node is None:
        return None, {}, [Fault("policy.empty", file)]
    walk = _Walk(file)
    value = walk.value(node, ())
    return value, walk.lines, cut_error_kinds(walk.faults)
