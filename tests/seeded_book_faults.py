"""Seeded faults in the strict model's case book: openings, refill, judging and effects."""

from __future__ import annotations

from tests.seeded_faults import SeededFault

OPENINGS = "allocator/models/book/openings.py"
REFILL = "allocator/models/book/refill.py"
FILLING = "allocator/models/book/filling.py"
STATE = "allocator/models/book/state.py"
EFFECTS = "allocator/models/book/effects.py"
JUDGING = "allocator/models/book/judging.py"
REMOVAL = "allocator/models/book/removal.py"
RECLASSIFIED = "allocator/models/book/reclassified.py"
PLAY = "allocator/models/book/play.py"
SEASONS = 200

BOOK_FAULTS: tuple[SeededFault, ...] = (
    SeededFault(OPENINGS, "and one.verified and not one.p9_only]", "and one.verified]"),
    SeededFault(OPENINGS, "(one.target or one.child.category) == category", "one.child.category == category"),
    SeededFault(OPENINGS, "(not one.first, order(one.child.status)", "(order(one.child.status)"),
    SeededFault(OPENINGS, "return [first, *(school", "return [*(school"),
    SeededFault(OPENINGS, "if one.standing == WAITING and not one.party.home and not one.p9_only:", "if False:"),
    SeededFault(REFILL, "((queue.home, True), (queue.others, False))", "((queue.others, False), (queue.home, True))"),
    SeededFault(REFILL, "free -= state.protected(school, rnd)", "free -= 0"),
    SeededFault(REFILL, "free = min(free, ", "free = max(free, "),
    SeededFault(FILLING, "if singles >= seats.free:", "if singles >= seats.free - 1:"),
    SeededFault(FILLING, "if seats.most_ahead(size) >= 0:", "if size <= seats.free:"),
    SeededFault(STATE, "later == 0 and claims.index(school) < claims.index", "False and claims.index(school) < claims.index"),
    SeededFault(STATE, "return any(next(iter(one.claims", "return False and any(next(iter(one.claims"),
    SeededFault(STATE, "return not self.aside(school) and", "return"),
    SeededFault(EFFECTS, "sent_back = one.p9_only and home == home_before", "sent_back = one.p9_only"),
    SeededFault(EFFECTS, "status=_LATE if one.verified else one.child.status).but", "status=_LATE).but"),
    SeededFault(EFFECTS, "and not has_batches)", ")"),
    SeededFault(EFFECTS, "refill_from(state, [*refillable_school(now), *waits])", "refill_from(state, refillable_school(now))"),
    SeededFault(JUDGING, "e[\"at\"] >= state.last_at", "e[\"at\"] > state.last_at"),
    SeededFault(JUDGING, "at.stage == PUBLICITY and _day(e) <= at.last_day", "at.stage == PUBLICITY and _day(e) < at.last_day"),
    SeededFault(JUDGING, "d in office.workdays or (d.weekday() < 5", "(d.weekday() < 5"),
    SeededFault(REMOVAL, "if state.left(school) < seats:", "if state.left(school) <= seats:"),
    SeededFault(REMOVAL, "*(size - 1 for size in bundles)", "*(size for size in bundles)"),
    SeededFault(RECLASSIFIED, "not is_later and now.party.home == old.party.home", "not is_later"),
    SeededFault(RECLASSIFIED, "        return \"\"\n", "        return category\n"),
    SeededFault(PLAY, "_CARRIED_ON = (\"seq\", \"last_type\", \"last_at\", \"late\")", "_CARRIED_ON = (\"seq\", \"last_type\", \"last_at\")"),
)  # fmt: skip


def notice_in_book() -> str:
    """Say who notices a fault in the model's case book: a folder, the first path, the count; empty if nobody does."""
    from allocator import book
    from allocator.ground import DisagreementError
    from allocator.models.book import play_in_model
    from tests.book_folders import FOLDERS, season, short_publicity
    from tests.random_seasons import random_season

    try:
        for name in FOLDERS:
            given = season(name)
            played = play_in_model(given.district, given.events)
            if (played.outcomes, tuple(row[:5] for row in played.rows)) != (given.outcomes, given.rows):
                return f"folder {name}"
        if play_in_model(*short_publicity(worked=True)) != book.play(*short_publicity(worked=True)):
            return "first path on a worked weekend"
        for number in range(SEASONS):
            district, events = random_season(number)
            if play_in_model(district, events) != book.play(district, events):
                return f"first path on season {number}"
    except DisagreementError as error:
        return f"strict model ({error.code})"
    return ""
