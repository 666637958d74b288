"""What the planners' page rests on: roster, policy, program and day, so that no printed page is taken for another."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from importlib.metadata import version

from allocator.domain import Text
from allocator.errors import Fault, InputError
from allocator.lottery import inputs_digest
from allocator.planning.compare.comparison import Comparison
from allocator.sheets.page import both

_SHOWN = 16  # digits of a digest that people compare; the whole one stands at the end of the page


def day_of(given: str | None, environment: Mapping[str, str] = os.environ) -> date:
    """Return the day that a page says it was made on.

    Parameters
    ----------
    given : str or None
        A day as ``YYYY-MM-DD``, which is taken as it is.
    environment : mapping
        ``SOURCE_DATE_EPOCH`` in it (seconds since 1970, UTC) stands for today, so that pages can be made again byte for
        byte.

    Raises
    ------
    InputError
        If the day, or the variable, is none.
    """
    seconds = environment.get("SOURCE_DATE_EPOCH", "")
    try:
        if given is not None:
            return date.fromisoformat(given)
        if seconds:
            return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        option = "--date" if given is not None else "SOURCE_DATE_EPOCH"
        raise InputError([Fault("report.date", option, value=given if given is not None else seconds)]) from None
    return datetime.now(UTC).astimezone().date()


def subtitle(comparison: Comparison, made_on: date | None) -> Text:
    """Return the line below the title: district, roster, program, day."""
    district = comparison.district
    parts = [district.policy.title, both("report.roster", digest=inputs_digest(district)[:_SHOWN]), _program()]
    if made_on is not None:
        parts.append(both("report.day", day=made_on.isoformat()))
    return Text(" · ".join(part.zh for part in parts), " · ".join(part.en for part in parts))


def basis(comparison: Comparison) -> Iterator[Text]:
    """Give what the page was made from, digests in full."""
    district = comparison.district
    yield both("report.basis", roster=inputs_digest(district), policy=district.policy_sha256 or "–",
                children=f"{len(district.applicants):,}")  # fmt: skip


def _program() -> Text:
    return both("report.program", version=version("school-seat-allocator"))
