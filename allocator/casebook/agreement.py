"""Two paths of the book made apart, and a checker that knows events, must say the same, or nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from allocator.checking import Docket
from allocator.domain import BookEvent, District, Played
from allocator.ground import DisagreementError


class BookProof:
    """The strict model and the checker, which take the events of a book after the procedure did.

    One that has raised is of no use any more: model and checker stand behind an event that was not written.

    Parameters
    ----------
    district : District
        Frozen tables and policy.
    """

    def __init__(self, district: District) -> None:
        from allocator.models.book import ProvenBook  # the solver is loaded where it is needed

        self._model, self._docket = ProvenBook(district), Docket.opened(district)

    def follow(self, events: Sequence[BookEvent], played: Played) -> None:
        """Take some more events and compare.

        Parameters
        ----------
        events : sequence of BookEvent
            Those proposed since the last comparison.
        played : Played
            What the procedure says: the outcomes of these events, the whole journal, the present rows.

        Raises
        ------
        DisagreementError
            With the first difference, or the first thing that the checker finds wrong.
        """
        model = Played(tuple(map(self._model.propose, events)), tuple(self._model.journal), self._model.rows())
        if found := list(_differences(played, model)):
            part, place, one, other = found[0]
            words = {"part": part, "place": place, "one": one, "other": other, "count": str(len(found))}
            raise DisagreementError("book.disagree", words, tuple(" · ".join(difference) for difference in found))
        heard = tuple(self._docket.outcomes)
        for event in events:
            self._docket.hear(event)
        if violations := self._docket.findings(played._replace(outcomes=heard + played.outcomes)):
            first = violations[0]
            words = {"part": first.code, "place": first.applicant_id or first.school_id, "count": str(len(violations))}
            lines = tuple(f"{v.code} {v.applicant_id} {v.school_id} {dict(v.params)}" for v in violations)
            raise DisagreementError("book.judged", words, lines)


def demand_season_agreement(district: District, events: Sequence[BookEvent], played: Played) -> None:
    """Compare a played season with the strict model's, and have it judged.

    Raises
    ------
    DisagreementError
        With the first difference, or the first thing that the checker finds wrong.
    """
    BookProof(district).follow(events, played)


def _differences(one: Played, other: Played) -> Iterator[tuple[str, str, str, str]]:
    """Yield what two plays of a season say differently: part, place, and what each says."""
    for part in ("outcomes", "journal", "rows"):
        pairs = zip_longest(getattr(one, part), getattr(other, part))
        for place, (left, right) in enumerate(pairs, start=1):
            if left != right:
                yield part, str(place), str(left), str(right)
