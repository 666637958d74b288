"""Districts made in memory, written to a folder as the program reads them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from allocator.domain import (
    AdjustmentPhase,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    ExportPhase,
    Phase,
    Policy,
    ReferralPhase,
    Text,
)
from allocator.lottery import canonical_tables
from allocator.reading.folder import read_folder

KINDS = {
    ExportPhase: "export", DecisionPhase: "decision", ReferralPhase: "referral", ChoicePhase: "choice",
    DeferredAcceptancePhase: "deferred_acceptance", BatchPhase: "batches", AdjustmentPhase: "adjustment",
}  # fmt: skip


def policy_text(rules: Policy) -> str:
    """Return a policy as its file, in JSON, which is YAML."""
    categories = [{"id": c.category_id, **_text(c.name), "home": c.home} for c in rules.categories]
    whole: dict[str, Any] = {
        "format_version": rules.format_version, "policy_id": rules.policy_id, "title": _text(rules.title),
        "notice": _text(rules.notice), "unplaced_clause": rules.unplaced_clause, "categories": categories,
        "switches": _fields(rules.switches), "phases": [_phase(phase) for phase in rules.phases],
    }  # fmt: skip
    if rules.planning is not None:
        closed = {school: sorted(names) for school, names in rules.planning.closed.items()}
        whole["planning"] = {**_fields(rules.planning), "closed": closed}
    if rules.warnings is not None:
        whole["warnings"] = _fields(rules.warnings)
    if rules.office is not None:
        whole["office"] = {**_fields(rules.office), "share": rules.office.share / 100}
    if rules.letters is not None:
        whole["letters"] = {name: _words(getattr(rules.letters, name)) for name in rules.letters.__dataclass_fields__}
        whole["letters"] = {name: value for name, value in whole["letters"].items() if value}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _words(value: Any) -> Any:
    """A text of letters: in both languages, the same in both, a day, or several of them."""
    if isinstance(value, Text):
        return _text(value)
    if isinstance(value, tuple):
        return [_words(item) for item in value]
    return _plain(value)


def _fields(thing: Any) -> dict[str, Any]:
    """The fields of a dataclass, mappings and tuples as JSON has them."""
    return {name: _plain(getattr(thing, name)) for name in thing.__dataclass_fields__}


def _plain(value: Any) -> Any:
    """Tuples and sets as lists, mappings as dictionaries, dates as their text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "items"):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _phase(phase: Phase) -> dict[str, Any]:
    """One phase."""
    fields = _fields(phase)
    fields["phase"] = fields.pop("phase_id")
    fields |= _text(fields.pop("name"))
    if isinstance(phase, BatchPhase):
        receiving = {"lists": fields.pop("lists"), "of": fields.pop("list_of"), "others": fields.pop("others")}
        fields["receiving"] = receiving
    return {"kind": KINDS[type(phase)], **fields}


def write(district: District, folder: Path) -> Path:
    """Write a district to a folder: its canonical tables and its policy."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, raw in canonical_tables(district):
        (folder / (name if name.endswith(".csv") else f"{name}.csv")).write_bytes(raw)
    (folder / "policy.yaml").write_text(policy_text(district.policy), encoding="utf-8")
    return folder


def read_again(district: District, folder: Path) -> District:
    """Return a district as it is read from the folder to which it was written, without what only a file has."""
    found = read_folder(write(district, folder))
    return replace(found, input_digests={}, policy_sha256="", policy_bytes=b"")


def bare(district: District) -> District:
    """Return a district without its draw, and without what no canonical table holds."""
    children = tuple(child._replace(name="", sex="") for child in district.applicants)
    return replace(district, applicants=children, draw=None, input_digests={}, policy_sha256="", policy_bytes=b"")
