"""A small town and its lists, made once for all tests of the command line that only read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_calls import good


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a generated primary district of 60 children; a test that changes it works on a copy."""
    folder = tmp_path_factory.mktemp("district") / "town"
    good("generate", folder, "--children", 60, "--seed", 5)
    return folder


@pytest.fixture(scope="session")
def lists(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a run of the town; a test that changes it works on a copy."""
    folder = tmp_path_factory.mktemp("out") / "lists"
    good("run", town, "--out", folder)
    return folder
