"""Seeded faults in the order of a whole session: numbers as texts, a ring that counts one too far, turned wrongly."""

from __future__ import annotations

from random import Random

from tests.seeded_faults import STATE, SeededFault

SESSION = "allocator/lottery/session_order.py"
MODEL_SESSION = "allocator/models/session_order.py"
MODEL_PARTIES = "allocator/models/parties.py"
CASES = 200

ORDER_FAULTS: tuple[SeededFault, ...] = (
    SeededFault(SESSION, "at = (at + step - 1) % left if left else 0", "at = (at + step) % left if left else 0"),
    SeededFault(SESSION, "order, at = [], start - 1", "order, at = [], start % count"),
    SeededFault(SESSION, "return dict(draw.numbers)", "return {name: int(str(number)[:1]) for name, number in draw.numbers}"),
    SeededFault(SESSION, "roster = sorted(party_ids)", "roster = sorted(party_ids)[::-1]"),
    SeededFault(SESSION, "enumerate(chosen, start=1)}", "enumerate(reversed(chosen), start=1)}"),
    SeededFault(STATE, "enumerate(sorted(by_party, key=by_party.__getitem__))}", "enumerate(sorted(by_party))}"),
    SeededFault(STATE, "if self.places is not None:", "if False:"),
    SeededFault(STATE, "ranks_by_keys([self.places[parties]])", "self.places[:len(parties)]"),
    SeededFault(MODEL_SESSION, "ring.rotate(1 - start)", "ring.rotate(-start)"),
    SeededFault(MODEL_SESSION, "ring.rotate(-((step - 1) % len(ring)))", "ring.rotate(-(step % len(ring)))"),
    SeededFault(MODEL_SESSION, "str(place).zfill(LONGEST)", "str(place)"),
    SeededFault(MODEL_PARTIES, "and seed in (\"\", own):", "and seed == own:"),
)  # fmt: skip
"""Faults in how procedure and model read another order."""


def notice_in_orders() -> str:
    """Say who notices a fault on random districts under random orders; empty if nobody does."""
    from allocator.checking import check_list_by_rules
    from allocator.models.law.strict import run_strict
    from allocator.procedure import run_procedure
    from tests.session_orders import random_order
    from tests.small_districts import random_district

    for number in range(CASES):
        district = random_order(random_district(number, 30), Random(number))
        assert district.draw is not None
        rows = run_procedure(district)
        found = {
            "strict model": run_strict(district) != rows,
            "checker": bool(check_list_by_rules(district, rows, district.draw.source)),
        }
        if who := [name for name, noticed in found.items() if noticed]:
            return f"{' and '.join(who)} on district {number}"
    return ""
