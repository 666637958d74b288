"""Seeded faults in the strict model's deferred acceptance: striking out, counting the reasons again, the constraints."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.seeded_faults import SeededFault

if TYPE_CHECKING:
    from tests.matchings import Market

STRIKING = "allocator/models/law/striking.py"
REASONS = "allocator/models/law/strike_reasons.py"
STABILITY = "allocator/models/law/stability.py"
COUNT = "allocator/models/law/stable_count.py"
CASES = 300

MODEL_FAULTS: tuple[SeededFault, ...] = (
    SeededFault(STRIKING, "if queue.chosen < queue.pool:", "if queue.chosen < queue.pool - 1:"),
    SeededFault(STRIKING, "end = 1 - queue.firsts[0][0] if queue.firsts", "end = -queue.firsts[0][0] if queue.firsts"),
    SeededFault(STRIKING, "queue.chosen += bid.size", "queue.chosen += bid.size + 1"),
    SeededFault(STRIKING, "queue.inside < queue.pool:", "queue.inside <= queue.pool:"),
    SeededFault(STRIKING, "                queue.inside += bid.size", "                queue.inside += 1"),
    SeededFault(STRIKING, "for school in reversed(bid.schools):", "for school in bid.schools:"),
    SeededFault(STRIKING, "queue.inside -= self._bids[name].size", "queue.inside -= 2 * self._bids[name].size"),
    SeededFault(STRIKING, "queue.chosen -= self._bids[last].size", "queue.chosen -= 0"),
    SeededFault(REASONS, ".before(place) >= self._pools[strike.school]", ".before(place) > self._pools[strike.school]"),
    SeededFault(REASONS, "< self._pools[strike.sure]", "< self._pools[strike.sure] - 1"),
    SeededFault(REASONS, "school.remain.add(school.place[strike.name], -size)", "pass"),
    SeededFault(REASONS, "self._count_best(name, schools[at], self._size[name])", "self._count_best(name, schools[at], 0)"),
    SeededFault(REASONS, "self._blocks[block] += children", "pass"),
    SeededFault(REASONS, "self._rows[block // self._width] += children", "pass"),
    SeededFault(STABILITY, "if total < pool:", "if total <= pool:"),
    SeededFault(STABILITY, "self.model.add(ahead <= pool - 1)", "self.model.add(ahead <= pool)"),
    SeededFault(STABILITY, "self.model.add(ahead >= pool)", "self.model.add(ahead >= pool + 1)"),
    SeededFault(STABILITY, "self.model.add_implication(is_open, x)", "pass"),
    SeededFault(STABILITY, "self.model.add_bool_or([~x, is_open] if better is None else [~x, better, is_open])", "pass"),
    SeededFault(STABILITY, "self.model.add_implication(literal, before)", "self.model.add_implication(before, literal)"),
    SeededFault(STABILITY, "self._weights.append(-size)", "self._weights.append(0)"),
    SeededFault(STABILITY, "self._weights.append(size)", "self._weights.append(1)"),
    SeededFault(STABILITY, "self.model.minimize(-", "self.model.minimize("),
    SeededFault(COUNT, "if ahead >= pool:", "if ahead > pool:"),
    SeededFault(COUNT, "if ahead >= pool:", "if ahead >= pool - 1:"),
    SeededFault(COUNT, "ahead += size[name]", "ahead += 1"),
    SeededFault(COUNT, "if held.get(name) == school:", "if name in held:"),
    SeededFault(COUNT, "next((s for s in schools if name in is_open[s]), None)", "held.get(name)"),
)  # fmt: skip


def notice_in_models() -> str:
    """Say who notices a fault in the model's deferred acceptance on small markets; empty if nobody does."""
    from tests.matchings import market, named, random_case

    for number in range(CASES):
        case = random_case(Random(number), 8, 4, 1 + number % 3)
        if who := _differs(market(case), named(case, case.solved())) or _counts(Random(number)):
            return f"{who} on market {number}"
    return ""


def _differs(market: Market, right: dict[str, str]) -> str:
    """Who notices that the model's answer, with or without striking out, is not the right one."""
    from allocator.ground import DisagreementError
    from allocator.models.law.stability import solve_stable

    for shorten in (True, False):
        try:
            if solve_stable(*market, "r", shorten=shorten) != right:
                return "procedure"
        except DisagreementError as error:
            return f"strict model ({error.code})"
    return ""


def _counts(rng: Random) -> str:
    """Who notices that a stable matching is not counted as one, or another one is."""
    from allocator.models.law.stable_count import is_stable_by_count
    from tests.matchings import all_matchings, market, named, random_case, stable_matchings

    case = random_case(rng, 3, 3, 2)
    counted = [seat for seat in all_matchings(case) if is_stable_by_count(*market(case), named(case, seat))]
    return "" if counted == stable_matchings(case) else "the definition"
