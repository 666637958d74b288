"""What retells a run is made once in it, however many records, lists and figures are made of that."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from allocator.record import course, retelling, section
from allocator.record.coming import Coming
from allocator.record.queues import Queues
from allocator.record.section import Ledger, Timeline
from allocator.reporting import lists, outputs
from tests.cli_calls import call

PRIMARY = Path(__file__).parents[1] / "scenarios" / "tongliao-2023-primary"

CLASSES = (Timeline, Ledger, Queues, Coming)
FUNCTIONS = ((retelling, "rows_for_retelling"), (retelling, "balances"), (course, "eligible_parties"),
             (outputs, "listings"), (outputs, "list_marks"), (lists, "summary_phase_names"),
             (section, "Homes"))  # fmt: skip


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each part was made."""
    found: Counter[str] = Counter()

    def counted(owner: Any, name: str, part: str) -> None:
        original = getattr(owner, name)

        def counting(*args: Any, **options: Any) -> Any:
            found[part] += 1
            return original(*args, **options)

        monkeypatch.setattr(owner, name, counting)

    for one in CLASSES:
        counted(one, "__init__", one.__name__)
    for module, name in FUNCTIONS:
        counted(module, name, name)
    return found


@pytest.mark.parametrize("options", [(), ("--no-trace",)])
def test_a_run_and_its_verification_make_each_part_once(
    made: Counter[str], tmp_path: Path, options: tuple[str, ...]
) -> None:
    """Clauses, summary, lists, workbook, record and published orders share what they are made of."""
    once = {*(one.__name__ for one in CLASSES), *(name for _, name in FUNCTIONS)}
    call("run", PRIMARY, "--trial-seed", 1, "--out", tmp_path / "out", *options)
    assert made == dict.fromkeys(once, 1)
    made.clear()
    assert call("verify", tmp_path / "out").exit_code == 0
    assert made == dict.fromkeys(once, 1)
