"""Errors as scripts know them: faults of the input are a ValueError, disagreement is a RuntimeError."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import allocator
from allocator.ground import AllocatorError, DisagreementError, Fault, InputError, open_json_file
from allocator.record import manifest_outputs, stored_json


def test_faults_are_a_value_error_and_disagreement_a_runtime_error() -> None:
    """Both stay what the program knows them as."""
    assert issubclass(allocator.InputError, ValueError)
    assert issubclass(allocator.DisagreementError, RuntimeError)
    assert issubclass(InputError, AllocatorError)
    assert issubclass(DisagreementError, AllocatorError)
    with pytest.raises(ValueError, match=r"file\.missing") as caught:
        raise InputError([Fault("file.missing", "policy.yaml")])
    assert isinstance(caught.value, InputError)


@pytest.mark.parametrize("read", [open_json_file, stored_json, lambda path: manifest_outputs(path.parent)])
def test_what_is_no_ordinary_file_is_still_told(read: object, tmp_path: Path) -> None:
    """An InputError is a ValueError; who takes bad JSON for nothing must not take a refused file for nothing."""
    assert callable(read)
    path = tmp_path / "manifest.json"
    os.mkfifo(path)
    with pytest.raises(InputError, match=r"file\.not_ordinary"):
        read(path)
    path.unlink()
    assert not read(path)
    path.write_text("{", encoding="utf-8")
    assert not read(path)
