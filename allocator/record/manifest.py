"""``manifest.json``: what went in, what came out, and which versions made it."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from allocator.domain import District
from allocator.ground import ListLanguages, open_json_file

MANIFEST = "manifest.json"
MADE_BY = "school-seat-allocator"
FORMAT_VERSION = 1
"""Version of the formats of the output folder; raised when a reader of the old ones would go wrong."""

LIBRARIES = (MADE_BY, "numba", "numpy", "ortools", "pandas", "pydantic", "python-calamine", "ruamel.yaml", "xlsxwriter")


def manifest_bytes(
    district: District,
    outputs: Mapping[str, str],
    inputs: Mapping[str, str] | None = None,
    kind: str = "assignment",
    lists: ListLanguages | None = None,
) -> bytes:
    """Return the bytes of ``manifest.json`` (UTF-8, keys sorted, LF).

    Parameters
    ----------
    district : District
        What was run; its ``input_digests`` and its draw are listed.
    outputs, inputs : Mapping[str, str]
        SHA-256 of every output by path, and of further inputs by name.
    kind : {"assignment", "book", "book-lists", "determination", "optimum", "what-if"}
        What the folder holds: an assignment that counts, a season or its lists, a roster, an optimum, what-ifs.
    lists : {"zh", "en", "both"}, optional
        Language or languages of lists and workbook, so that both can be made again.
    """
    draw = district.draw
    transcript = draw.transcript if draw else None
    content: dict[str, Any] = {
        "made_by": MADE_BY,
        "kind": kind,
        "format_version": FORMAT_VERSION,
        "policy_id": district.policy.policy_id,
        "policy_format_version": district.policy.format_version,
        "policy_sha256": district.policy_sha256,
        "seed": draw.seedhex if draw else None,
        "event": transcript.event if transcript else None,
        "trial": draw is None or transcript is None,
        "trial_seed": draw.trial_seed if draw else None,
        "weak_seed": draw.weak_seed if draw else False,
        **({} if lists is None else {"lists": lists}),
        "versions": manifest_versions(),
        "inputs": {**district.input_digests, **(inputs or {})},
        "outputs": dict(outputs),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def manifest_versions() -> dict[str, str]:
    """Return the versions of Python, of this program and of the libraries that can touch a result."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def manifest_outputs(folder: Path) -> dict[str, str] | None:
    """Return the SHA-256 of every output by path, from the manifest; None if no run made the folder."""
    manifest = open_json_file(folder / MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("made_by") != MADE_BY:
        return None
    outputs = manifest.get("outputs")
    return {str(k): str(v) for k, v in outputs.items()} if isinstance(outputs, dict) else None
