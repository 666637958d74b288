"""Whatever the disk does and wherever the machine stops: no confirmed decision is lost or doubled."""

from __future__ import annotations

import pytest

from tests.faulty_disk import traces


class NoProof:
    """In the place of model and checker, which have tests of their own."""

    def __init__(self, district: object) -> None: ...

    def follow(self, *given: object) -> None:
        """Find everything right."""


@pytest.fixture(autouse=True)
def procedure_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the procedure alone play: storage is what is tested."""
    monkeypatch.setattr("allocator.casebook.kept.BookProof", NoProof)


def test_summers_on_a_faulty_disk() -> None:
    """200 seeds; stops and failures come often enough to mean something."""
    found = [summer for summer, _ in traces(range(200))]
    assert sum(summer.stops for summer in found) > 500
    assert sum(summer.failures for summer in found) > 200


def test_the_same_seed_has_the_same_trace() -> None:
    """Step by step."""
    assert [trace for _, trace in traces(range(10))] == [trace for _, trace in traces(range(10))]


@pytest.mark.long
@pytest.mark.parametrize("block", range(50))
def test_ten_thousand_summers(block: int) -> None:
    """The same at length."""
    assert sum(1 for _ in traces(range(200 + 200 * block, 400 + 200 * block))) == 200
