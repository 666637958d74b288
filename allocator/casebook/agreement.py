"""Two paths of the book made apart, and a checker that knows events, must say the same, or nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from allocator.checking import check_book
from allocator.domain import BookEvent, District, Played
from allocator.ground import DisagreementError


def demand_one_season(district: District, events: Sequence[BookEvent], played: Played) -> None:
    """Compare a played season with the strict model's, and have it judged.

    Raises
    ------
    DisagreementError
        With the first difference, or the first thing that the checker finds wrong.
    """
    from allocator.models.book import play  # the solver is loaded where it is needed

    found = list(_differences(played, play(district, events)))
    if found:
        part, place, one, other = found[0]
        words = {"part": part, "place": place, "one": one, "other": other, "count": str(len(found))}
        raise DisagreementError("book.disagree", words, tuple(" · ".join(difference) for difference in found))
    if violations := check_book(district, events, played):
        first = violations[0]
        words = {"part": first.code, "place": first.applicant_id or first.school_id, "count": str(len(violations))}
        lines = tuple(f"{v.code} {v.applicant_id} {v.school_id} {dict(v.params)}" for v in violations)
        raise DisagreementError("book.judged", words, lines)


def _differences(one: Played, other: Played) -> Iterator[tuple[str, str, str, str]]:
    """Yield what two plays of a season say differently: part, place, and what each says."""
    for part in ("outcomes", "journal", "rows"):
        pairs = zip_longest(getattr(one, part), getattr(other, part))
        for place, (left, right) in enumerate(pairs, start=1):
            if left != right:
                yield part, str(place), str(left), str(right)
