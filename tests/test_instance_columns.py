"""Columns of the roster as arrays: made once for all copies of an instance with other seats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allocator.eligibility import filled_in_instance, instance_named_school, make_instance
from tests.list_districts import everything


def test_copies_with_other_seats_share_their_columns() -> None:
    """A copy has the very arrays of the first, nobody can write to them, and another district has its own."""
    instance = make_instance(everything())
    more = replace(instance, plan=instance.plan + 1)
    assert filled_in_instance(more, "voluntary_1") is filled_in_instance(instance, "voluntary_1")
    assert instance_named_school(more, "open_choice") is instance_named_school(instance, "open_choice")
    assert filled_in_instance(instance, "open_choice").tolist() == [bool(child.open_choice) for child in instance.leads]
    with pytest.raises(ValueError, match="read-only"):
        filled_in_instance(instance, "voluntary_1")[0] = True
    assert filled_in_instance(make_instance(everything()), "voluntary_1") is not filled_in_instance(
        instance, "voluntary_1"
    )
