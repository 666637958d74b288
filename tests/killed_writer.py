"""A clerk who enters events as fast as the program takes them, and tells each before and after; made to be killed."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path

from allocator.casebook.kept import KeptBook, writing
from allocator.domain import ACCEPTED, BookEvent
from tests.kept_books import NOW, event

START = datetime.fromisoformat(NOW)


def main() -> None:
    """Write in the book of a folder without end."""
    with writing(Path(sys.argv[1]), "u-1", NOW) as book:
        while True:
            batch = events_after(book)
            print("try", len(book.journal), len(batch), flush=True)
            assert set(book.propose(batch)) == {ACCEPTED}
            print("done", len(book.journal), book.head, flush=True)


def events_after(book: KeptBook) -> list[BookEvent]:
    """Return what comes next: late families, seats, notes, what is annulled; now and then two at once."""
    number, last = len(book.journal), book.journal[-1]
    at = (START + timedelta(minutes=number)).isoformat()
    school = min(name for name, one in book.district.schools.items() if not one.external)
    zone = min(name for name, one in book.district.zones.items() if not one.dual_school_ids)
    late = event("late_intake", at, children=1, zone=zone, category="A", registered_school="")
    seats = event("seats_added", at, role="group", school=school, seats=1, reason="x")
    if number % 5 == 3 and b'"type":"annulled"' not in last:
        return [event("annulled", at, annuls=number, reason="x")]
    return [[late, seats], [late], [seats], [event("note", at, text="x")], [seats, late]][number % 5]


if __name__ == "__main__":
    main()
