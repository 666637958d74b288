"""Whether printed lists can be set here: a computer without any Chinese font is told so, and sets none."""

from __future__ import annotations

import pytest

from allocator.ground import InputError
from allocator.sheets import demand_pdf


def can_set_chinese() -> bool:
    """Whether typst finds a Chinese font."""
    try:
        return bool(demand_pdf())
    except InputError:
        return False


needs_chinese_font = pytest.mark.skipif(not can_set_chinese(), reason="no Chinese font here")
