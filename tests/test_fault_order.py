"""Which keys the blocks of YAML files have and need, and that faults come in the order of the keys, not the file's."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from allocator.ground import Fault, InputError
from allocator.reading.policy_file import parse_policy
from allocator.reading.policy_shape import PHASES
from allocator.reading.what_if_file import parse_what_if, read_what_if_grid
from allocator.reading.what_if_shape import CHANGES

NEEDED = {
    "seats": "school",
    "classes": "school add size",
    "hard_cap": "school",
    "offered": "school column set",
    "new_school": "school name plan",
    "close_school": "school",
    "move_homes": "from_zone to_zone",
    "register": "zone school",
    "growth": "percent",
    "cohort": "zones",
    "estate": "zone children",
    "take_up": "phase percent",
    "switches": "set",
    "weights": "",
}
"""Keys that each kind of change must have."""
IN_CHANGE = {
    "seats": "add set school cost_per_seat",
    "classes": "school add size cost_per_seat",
    "hard_cap": "add set school",
    "new_school": "school name plan hard_cap place zones receiving adjustment cost_per_seat name_en",
    "close_school": "school to",
    "move_homes": "from_zone to_zone homes polygon",
    "register": "zone school percent",
    "growth": "percent zones categories",
    "estate": "zone children place",
    "weights": "category home chosen diverted metre nearest",
}
"""All of its keys, where there are more."""
IN_PHASE = {
    "export": "",
    "decision": "column",
    "referral": "",
    "choice": "schools draw",
    "deferred_acceptance": "column categories tiers schools seats order own_zone_choice draw",
    "batches": "categories draw divert_draw receiving",
    "adjustment": "schools draw",
}
"""Keys of each kind of phase, all needed, behind those of every phase."""
WRONG = 0.5
"""A value that no key may have."""


def blocks(keys: str, **tag: str) -> list[dict[str, Any]]:
    """A block without any key, and one in which every key is wrong and the last is written first."""
    return [{**tag}, {**dict.fromkeys(["unknown", *reversed(keys.split())], WRONG), **tag}]


def told(faults: Iterable[Fault], above: str) -> list[str]:
    """The keys of all faults, each once: a text that may be empty is told twice."""
    return list(dict.fromkeys(fault.column.removeprefix(above) for fault in faults))


@pytest.mark.parametrize("kind", CHANGES)
def test_keys_of_a_change(kind: str) -> None:
    """Missing keys, and wrong ones, in the order of its table; what it does not know comes last."""
    keys = IN_CHANGE.get(kind, NEEDED[kind])
    for block, expected in zip(blocks(keys, change=kind), (NEEDED[kind], f"{keys} unknown"), strict=True):
        file = {"format_version": 1, "what_if": "w", "title": {"zh": "a", "en": "a"}, "changes": [block]}
        faults = told(parse_what_if(json.dumps(file).encode(), "w.yaml")[1], "changes.0.")
        one_of_two = ["changes.0"] if kind in {"seats", "hard_cap", "move_homes"} and not expected else []
        assert faults == [*expected.split(), *one_of_two]


def policy_faults(**keys: Any) -> list[str]:
    """The faults of the worked example with other keys."""
    switches = {
        "bundle_at_cut": "skip", "tier_inner": "pooled", "tiers": "strict", "e_route": "direct",
        "receiving_order": "category_then_local", "protect_local_demand": "none", "ticket_scope": "per_draw",
        "adjust_by": "list", "divert_assign": "serial_by_ticket",
    }  # fmt: skip
    text = {"zh": "a", "en": "a"}
    file = {
        "format_version": 1, "policy_id": "p", "title": text, "notice": text, "unplaced_clause": "r",
        "categories": [{"id": "A", **text, "home": "zone"}], "switches": switches,
        "phases": [{"phase": "out", "kind": "export", **text, "clauses": {"external": "r"}}], **keys,
    }  # fmt: skip
    return told(parse_policy(json.dumps(file).encode(), "p.yaml")[1], "")


@pytest.mark.parametrize("kind", PHASES)
def test_keys_of_a_phase(kind: str) -> None:
    """The keys of every phase come before those of its kind."""
    keys = f"phase zh en clauses {IN_PHASE[kind]}"
    for block, more in zip(blocks(keys, kind=kind), ("", " unknown"), strict=True):
        assert policy_faults(phases=[block]) == [f"phases.0.{key}" for key in f"{keys}{more}".split()]


@pytest.mark.parametrize(
    ("name", "keys", "optional"),
    [
        ("categories", "id zh en home", ""),
        ("notice", "zh en", ""),
        ("title", "zh en", ""),
        ("planning", "category home chosen diverted metre nearest closed far_metres", "far_metres"),
        ("warnings", "year yellow orange red", "orange"),
    ],
)
def test_keys_of_the_blocks_of_a_policy(name: str, keys: str, optional: str) -> None:
    """Titles, categories, weights and warning levels."""
    needed = [key for key in keys.split() if key != optional]
    above = f"{name}.0" if name == "categories" else name
    for block, expected in zip(blocks(keys), (needed, [*keys.split(), "unknown"]), strict=True):
        value = [block] if name == "categories" else block
        assert policy_faults(**{name: value}) == [f"{above}.{key}" for key in expected]


def test_keys_of_a_policy() -> None:
    """A file that is empty but for one key."""
    keys = "format_version policy_id title notice unplaced_clause categories switches phases planning warnings"
    for block, expected in zip(blocks(keys), (keys.split()[:-2], [*keys.split(), "unknown"]), strict=True):
        assert told(parse_policy(json.dumps(block).encode(), "p.yaml")[1], "") == expected


def test_keys_of_a_grid(tmp_path: Path) -> None:
    """Grid, axis and option; an ``InputError`` has sorted them."""
    good = {"format_version": 1, "grid": "g", "title": {"zh": "a", "en": "a"}}
    whole, axis, option = (blocks(keys)[1] for keys in ("format_version grid title axes", "axis title options",
                                                        "option title what_if kind"))  # fmt: skip
    for block, above, file in (
        (whole, "", whole),
        (axis, "axes.0.", {**good, "axes": [axis]}),
        (option, "axes.0.options.0.", {**good, "axes": [{"axis": "a", "options": [option]}]}),
    ):
        (tmp_path / "g.yaml").write_text(json.dumps(file), encoding="utf-8")
        with pytest.raises(InputError) as raised:
            read_what_if_grid(tmp_path / "g.yaml")
        assert told(raised.value.faults, above) == sorted(block)
