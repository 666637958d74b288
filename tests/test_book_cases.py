"""The case book case by case: what random seasons seldom meet, on which both paths and the judge agree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allocator.domain import Applicant, District
from allocator.procedure import run_procedure
from tests.book_cases import Event, event_after, fates, is_right, opened, outcomes, placed
from tests.small import EXTERNAL, by_lot, primary


def test_a_bid_at_the_school_of_the_present_zone_lapses() -> None:
    """Found to live in the zone of its first bid, a party registered elsewhere bids for its second one alone."""
    child = Applicant("V1", "xincheng-1", "A", voluntary_1=("shifuxiao", "sizhong-fuli"))
    seats = {"shifuxiao": 1, "sizhong-fuli": 1}
    district = primary(seats, [child], offered_1=seats)
    events = opened(district, until="open-choice")
    moved = {"zone": "shifuxiao", "category": "A", "registered_school": "xincheng-1"}
    events.append(event_after(events[-1], "reclassification", party="V1", **moved, reason="lives there"))
    events.append(event_after(events[-1], "round_opened", "office", round="voluntary-1"))
    assert placed(district, events) == {"V1": "sizhong-fuli"}


@pytest.mark.parametrize("earlier", ["X", "Y"])
def test_carried_parties_stand_by_category(earlier: str) -> None:
    """Of two carried to batch E, the one of category A has the seat, whatever the tickets; the E child has none."""
    district = primary({"hexi-primary": 1}, [Applicant(name, "hexi-primary", "E") for name in ("X", "Y", "Z")])
    events = opened(district, until="batch-D")
    for name in ("X", "Y"):
        now = {"zone": "hexi-primary", "category": "A" if name == earlier else "B", "registered_school": ""}
        events.append(event_after(events[-1], "reclassification", party=name, **now, reason="hukou found"))
    events.append(event_after(events[-1], "round_opened", "office", round="batch-E"))
    assert placed(district, events) == {earlier: "hexi-primary"}


def test_who_exchanges_a_seat_takes_none() -> None:
    """Behind it the next volunteer has the one seat left: twins leave a school that a ruling filled beyond its plan."""
    twins = [Applicant(f"T{i}", "xincheng-1", "A", voluntary_1=("sizhong-fuli",), bundle="T") for i in (1, 2)]
    singles = [Applicant(f"V{i}", "xincheng-1", "A", voluntary_1=("sizhong-fuli",)) for i in (1, 2)]
    children = [*twins, *singles, Applicant("P1", "fuli", "A")]
    district = _where_twins_win(children)
    events = opened(district, until="batch-A")
    events.append(event_after(events[-1], "ruling", party="P1", decision="place", school="sizhong-fuli", reason="x"))
    events.append(event_after(events[-1], "withdrawal", "office", party="T1", then="leave", reason="moves away"))
    found = fates(district, events)
    assert {found[name] for name in ("V1", "V2")} == {("admitted", "voluntary-1")}


def _where_twins_win(children: list[Applicant]) -> District:
    """Return a district whose draw puts the twins before the others, and in batch A the second volunteer first."""
    for seed in range(1000):
        made = primary({"sizhong-fuli": 3}, children, cap={"sizhong-fuli": 9}, offered_1={"sizhong-fuli": 2}, seed=seed)
        order = by_lot(made, "voluntary-1/sizhong-fuli", ["T1", "V1", "V2"])
        if order[0] == "T1" and by_lot(made, "divert-A", ["V1", "V2"])[0] == order[1]:
            return made
    raise AssertionError


def test_schools_are_filled_in_the_order_in_which_seats_became_free() -> None:
    """Twins leave fuli, then a child xincheng-3: fuli is filled first, and its two seats are gone for other twins."""
    twins = [Applicant(f"{name}{i}", "hexi-primary", "A", bundle=name) for name in "MT" for i in (1, 2)]
    children = [*twins, *(Applicant(name, "hexi-primary", "A") for name in ("N", "Y", "Z"))]
    order = ["M1", "N", "Y", "T1", "Z"]
    plan = {"xincheng-3": 1, "fuli": 2}
    seeds = (primary(plan, children, seed=seed, bundle_at_cut="skip") for seed in range(5000))
    district = next(made for made in seeds if by_lot(made, "divert-A", order) == order)
    events = opened(district, until="batch-A")
    assert placed(district, events) == {"M1": "fuli", "M2": "fuli", "N": "xincheng-3"}
    events.append(event_after(events[-1], "seats_added", school="xincheng-2", seats=3, reason="a new class"))
    moved = dict.fromkeys(("M1", "M2", "N"), "xincheng-2")
    assert placed(district, events) == {**moved, "Y": "xincheng-3", "Z": "fuli"}


def test_a_school_tried_first_is_so_until_a_seat() -> None:
    """Who was put to its original zone's school first and gives that seat back comes to the adjustment list as any."""
    district = primary({"fuli": 1, "hexi-primary": 1}, [Applicant("P1", "fuli", "A")])
    events = opened(district, until="batch-R3")
    where = {"ground": "sham_residence", "then": "adjust", "zone": "hexi-primary"}
    events.append(event_after(events[-1], "revocation", party="P1", **where, reason="found"))
    events.append(event_after(events[-1], "round_opened", "office", round="adjustment"))
    assert placed(district, events) == {"P1": "hexi-primary"}
    events.append(event_after(events[-1], "withdrawal", "office", party="P1", then="stay", reason="too far"))
    events.append(event_after(events[-1], "round_opened", "office", round="adjustment-2"))
    assert placed(district, events) == {"P1": "fuli"}


def test_an_upheld_objection_without_room_waits_for_the_adjustment() -> None:
    """Of two who over-named a school, one is promised the first place of the adjustment: no batch seat before."""
    children = [Applicant(name, "fuli", "A", preferential_school="hexi-primary") for name in ("P1", "P2")]
    district = primary({"fuli": 1, "hexi-primary": 1}, children)
    events = opened(district, until="batch-A")
    at = next(at for at, event in enumerate(events) if event.get("round") == "preferential")
    day = str(events[at]["at"])[:10]
    days = {"first_day": day, "last_day": f"{int(day[:4]) + 1}{day[4:]}"}
    objection = {"objection": "O1", "text": "x"}
    events[at + 1 : at + 1] = [
        event_after(events[at], "publicity_opened", "office", round="preferential", **days),
        event_after(events[at], "objection", "school", round="preferential", party="P1", **objection),
        event_after(events[at], "objection_closed", result="upheld", school="xincheng-1", **objection),
    ]
    assert fates(district, events) == {"P1": ("pending", ""), "P2": ("needs_ruling", "")}
    events.append(event_after(events[-1], "ruling", party="P2", decision="adjust", school="", reason="x"))
    rounds = [f"batch-{category}" for category in ("B", "C", "D", "E", "R1", "R2", "R3")]
    events += [event_after(events[-1], "round_opened", "office", round=name) for name in [*rounds, "adjustment"]]
    assert placed(district, events)["P1"] == "fuli"


@pytest.mark.parametrize(("tiers", "phase"), [("strict", ""), ("pooled", "voluntary-1")])
def test_a_volunteer_of_a_later_tier_loses_its_seat(tiers: str, phase: str) -> None:
    """Found to live in a zone of the second tier, it would have stood behind; where tiers are pooled it would not."""
    child = Applicant("V1", "xincheng-1", "A", voluntary_1=("sizhong-fuli",))
    district = primary({"sizhong-fuli": 1}, [child], offered_1={"sizhong-fuli": 1}, tiers=tiers)
    events = opened(district, until="voluntary-1")
    moved = {"zone": "fuli", "category": "A", "registered_school": ""}
    events.append(event_after(events[-1], "reclassification", party="V1", **moved, reason="lives there"))
    assert fates(district, events)["V1"][1] == phase


@pytest.mark.parametrize(("who", "is_kept"), [("verified", True), ("late", False), ("returned", False)])
def test_seats_are_kept_for_those_who_come_in_a_later_batch(who: str, is_kept: bool) -> None:
    """A seat is kept from the diverted of batch A for an E child of the school, not for those of adjustment alone."""
    children = [Applicant("A1", "fuli", "A")]
    if who != "late":
        children.append(Applicant("E1", "hexi-primary" if who == "verified" else EXTERNAL, "E"))
    district = primary({"hexi-primary": 1}, children, protect_local_demand="all")
    events = opened(district, until="voluntary-2")
    now = {"zone": "hexi-primary", "category": "E", "registered_school": ""}
    if who == "late":
        events.append(event_after(events[-1], "late_intake", "office", children=1, **now))
    if who == "returned":
        events.append(event_after(events[-1], "returned", "office", party="E1", reason="sent back"))
        events.append(event_after(events[-1], "reclassification", party="E1", **now, reason="lives there"))
    events.append(event_after(events[-1], "round_opened", "office", round="batch-A"))
    assert placed(district, events) == ({} if is_kept else {"A1": "hexi-primary"})


# Seats kept for later batches while A is open


WAITS_AT_HEXI = [Applicant("A1", "fuli", "A"), Applicant("B1", "hexi-primary", "B")]
"""A1, without a seat at home, waits in batch A for what is free elsewhere; B1 has its batch later."""


def without_seats(*children: Applicant, protect: str = "all") -> District:
    """Return a district where no school has a seat yet, with or without protection of local demand."""
    return primary({}, children, protect_local_demand=protect)


def a_seat(before: Event, school: str = "hexi-primary") -> Event:
    """Return the event that opens one seat."""
    return event_after(before, "seats_added", school=school, seats=1, reason="one more desk")


@pytest.mark.parametrize(
    ("confirmed", "protect", "who"), [(False, "all", "B1"), (True, "all", "A1"), (False, "none", "A1")]
)
def test_a_confirmed_batch_keeps_no_seat(confirmed: bool, protect: str, who: str) -> None:
    """B1 waits at home in batch B: a new seat is kept for it as long as that batch is open (section 10)."""
    district = without_seats(*WAITS_AT_HEXI, protect=protect)
    events = opened(district, until="batch-B")
    if confirmed:
        events.append(event_after(events[-1], "round_confirmed", "office", round="batch-B"))
    assert placed(district, [*events, a_seat(events[-1])]) == {who: "hexi-primary"}


@pytest.mark.parametrize(("until", "who"), [("batch-A", "X"), ("batch-D", "X"), ("batch-E", "A1")])
def test_a_seat_is_kept_for_the_batch_to_which_a_party_is_carried(until: str, who: str) -> None:
    """X, found to be of category A too late for its batch, comes in the next one of its track; after E in none."""
    district = without_seats(Applicant("A1", "fuli", "A"), Applicant("X", "hexi-primary", "E"))
    events = opened(district, until=until)
    now = {"zone": "hexi-primary", "category": "A", "registered_school": "", "reason": "hukou found"}
    events += [found := event_after(events[-1], "reclassification", party="X", **now), a_seat(found)]
    following = {"batch-A": "batch-B", "batch-D": "batch-E", "batch-E": "batch-R1"}[until]
    events.append(event_after(events[-1], "round_opened", "office", round=following))
    assert placed(district, events) == {who: "hexi-primary"}


# Parties of whom the group must decide


OVER_NAMED = [Applicant(name, "fuli", "A", preferential_school="hexi-primary") for name in ("P1", "P2")]


@pytest.mark.parametrize(
    ("role", "zone", "outcome", "fate"),
    [
        ("office", "xincheng-2", "unknown", "needs_ruling"),
        ("school", "fuli", "state", "needs_ruling"),
        ("office", "fuli", "state", "needs_ruling"),
        ("group", "fuli", "accepted", "admitted"),
        ("group", EXTERNAL, "accepted", "external"),
    ],
)
def test_the_group_alone_decides_by_a_reclassification(role: str, zone: str, outcome: str, fate: str) -> None:
    """Nothing need change in the values; the party goes on as any of its category, at home or outside (9.4)."""
    district = primary({"fuli": 1, "hexi-primary": 1}, OVER_NAMED)
    events = opened(district, until="sibling")
    now = {"zone": zone, "category": "A", "registered_school": "", "reason": "one of two"}
    events.append(event_after(events[-1], "reclassification", role, party="P1", **now))
    events += [event_after(events[-1], "round_opened", "office", round=name) for name in (*CHOICES, "batch-A")]
    assert outcomes(district, events)[-5] == outcome
    accepted = events if outcome == "accepted" else [*events[:-5], *events[-4:]]
    assert fates(district, accepted)["P1"][0] == fate


CHOICES = ("open-choice", "voluntary-1", "voluntary-2")


def test_without_a_home_school_a_reclassification_settles_nothing() -> None:
    """E of a block without a school for E: another category of the same kind must be ruled on again."""
    district = primary({}, [Applicant("E1", "shifuxiao", "E")])
    events = opened(district, until="sibling")
    assert fates(district, events) == {"E1": ("needs_ruling", "")}
    now = {"zone": "shifuxiao", "registered_school": "", "reason": "x"}
    events.append(event_after(events[-1], "reclassification", party="E1", category="E", **now))
    assert fates(district, events) == {"E1": ("needs_ruling", "")}


# Some of a party leave, in each of its states


@pytest.mark.parametrize("state", ["waiting", "seated", "needs_ruling", "external", "withdrawn", "dismissed"])
def test_some_of_a_party_leave(state: str) -> None:
    """Who is still to be placed, or placed, may become fewer; who is out of the book may not; the last may not."""
    zone = {"external": EXTERNAL, "needs_ruling": "shifuxiao"}.get(state, "fuli")
    cells = {"registered_school": ""} if state != "needs_ruling" else {"category": "E"}
    twins = [Applicant(f"T{i}", zone, cells.get("category", "A"), bundle="T") for i in (1, 2)]
    district = primary({"fuli": 2 if state == "seated" else 0}, twins)
    events = opened(district, until="batch-A")
    if state == "withdrawn":
        events.append(event_after(events[-1], "withdrawal", "office", party="T1", then="leave", reason="x"))
    if state == "dismissed":
        events.append(event_after(events[-1], "ruling", party="T1", decision="dismiss", school="", reason="x"))
    for children in ("T1", "T1", "T2"):
        cells = {"children": children, "then": "leave", "reason": "x"}
        events.append(event_after(events[-1], "part_withdrawn", "school", party="T1", **cells))
    is_active = state in ("waiting", "seated", "needs_ruling")
    expected = ("accepted", "unknown", "state") if is_active else ("state",) * 3
    assert outcomes(district, events)[-3:] == expected
    remaining = {"waiting": "pending", "seated": "admitted"}.get(state, state)
    found = {name: fate for name, (fate, _) in fates(district, events[: -2 if is_active else -3]).items()}
    assert found == {"T1": "withdrawn" if is_active else state, "T2": remaining}


# Seats taken away while others are set aside


@pytest.mark.parametrize(
    ("until", "seats", "outcome"),
    [
        ("open-choice", 1, "accepted"),  # 4 seats, 2 set aside, cap 5: 2 + 1 for the twins' second child
        ("open-choice", 2, "accepted"),
        ("open-choice", 3, "no_room"),  # no seat left that is not set aside
        ("voluntary-1", 2, "accepted"),
        ("voluntary-1", 3, "no_room"),  # the twins have two
    ],
)
def test_seats_set_aside_are_not_taken_away(until: str, seats: int, outcome: str) -> None:
    """What is set aside for bids stays until their round is opened; then what nobody has may go."""
    district = _twins_bid(plan=4, cap=5)
    events = opened(district, until=until)
    events.append(event_after(events[-1], "seats_removed", school="sizhong-fuli", seats=seats, reason="x"))
    assert outcomes(district, events)[-1] == outcome


def test_a_cap_below_what_a_bundle_may_need_is_refused() -> None:
    """Two seats for bids and twins among them need a cap of three, as before the draw; afterwards nothing does."""
    district = _twins_bid(plan=4, cap=4)
    events = opened(district, until="open-choice")
    taken = event_after(events[-1], "seats_removed", school="sizhong-fuli", seats=2, reason="x")
    assert outcomes(district, [*events, taken])[-1] == "no_room"
    assert outcomes(district, [*events, {**taken, "seats": 1}])[-1] == "accepted"
    events = opened(district, until="voluntary-1")
    taken = event_after(events[-1], "seats_removed", school="sizhong-fuli", seats=2, reason="x")
    assert outcomes(district, [*events, taken])[-1] == "accepted"


def _twins_bid(plan: int, cap: int) -> District:
    """Return a district of twins who bid for a school that offers two seats."""
    twins = [Applicant(f"T{i}", "xincheng-1", "A", voluntary_1=("sizhong-fuli",), bundle="T") for i in (1, 2)]
    return primary({"sizhong-fuli": plan}, twins, cap={"sizhong-fuli": cap}, offered_1={"sizhong-fuli": 2})


# Every round with all of them open


@pytest.mark.parametrize("name", [*CHOICES, *(f"batch-{category}" for category in ("A", "B", "C", "D", "E", "R1"))])
def test_with_all_rounds_open_a_seat_goes_to_the_next_of_its_round(name: str) -> None:
    """Two for one seat; the winner leaves: the loser moves to it, though every later round is open as well."""
    district, school = _two_for_one(name)
    events = opened(district, until="adjustment")
    (first, second) = sorted(placed(district, events), key=lambda one: placed(district, events)[one] != school)
    assert placed(district, events) == {first: school, second: "liaohe-3" if name == "batch-R1" else "xincheng-3"}
    events.append(event_after(events[-1], "withdrawal", "office", party=first, then="leave", reason="moves away"))
    assert placed(district, events) == {second: school}
    assert fates(district, events)[second] == ("admitted", name)


def _two_for_one(name: str) -> tuple[District, str]:
    """Return a district of two children for the one seat of a round, and its school; there is a seat elsewhere."""
    category = name.removeprefix("batch-") if name.startswith("batch") else "A"
    zone = {"R1": "fuantun", "E": "hexi-primary"}.get(category, "xincheng-1")
    cells: dict[str, object] = {}
    school, offered = zone, {}
    if name == "open-choice":
        cells, school = {"open_choice": "menggu-primary"}, "menggu-primary"
    elif name.startswith("voluntary"):
        school = "sizhong-fuli" if name == "voluntary-1" else "xincheng-1-zhong-primary"
        cells, offered = {name.replace("-", "_"): (school,)}, {f"offered_{name[-1]}": {school: 1}}
    children = [Applicant(one, zone, category, **cells) for one in ("K1", "K2")]  # type: ignore[arg-type]
    spare = "liaohe-3" if category == "R1" else "xincheng-3"
    return primary({school: 1, spare: 1}, children, **offered), school  # type: ignore[arg-type]


@pytest.mark.parametrize("column", ["preferential_school", "sibling_school"])
def test_a_decided_seat_goes_to_the_batches_that_are_open(column: str) -> None:
    """Nobody waits in the rounds of decisions: first A's waiting at home take what is given back there."""
    decided = Applicant("P1", "fuli", "A", **{column: "hexi-primary"})  # type: ignore[arg-type]
    others = [Applicant("A1", "hexi-primary", "A"), Applicant("B1", "hexi-primary", "B")]
    district = primary({"hexi-primary": 1}, [decided, *others])
    events = opened(district, until="adjustment")
    assert placed(district, events) == {"P1": "hexi-primary"}
    events.append(event_after(events[-1], "withdrawal", "office", party="P1", then="leave", reason="x"))
    assert placed(district, events) == {"A1": "hexi-primary"}


# A family gives its seat up after the draw; one more seat at a full school


def _full_school() -> District:
    """Three seats and room for four at fuli; K1 and K4 have two, the twins K2, K3 and K5 stand behind in this order."""
    children = [Applicant(f"K{i}", "fuli", "A", bundle="twins" if i in (2, 3) else "") for i in range(1, 6)]
    for seed in range(1000):
        made = primary({"fuli": 2, "xincheng-3": 4}, children, cap={"fuli": 3}, seed=seed)
        if by_lot(made, "batch-A/fuli", ["K1", "K2", "K4", "K5"]) == ["K1", "K4", "K2", "K5"]:
            return made
    raise AssertionError


def test_a_family_gives_its_seat_up_after_the_draw() -> None:
    """One seat left, cap three: the twins come in together, one over plan, by the same tickets; K5 stays."""
    district = _full_school()
    events = opened(district, until="batch-A")
    diverted = dict.fromkeys(("K2", "K3", "K5"), "xincheng-3")
    assert placed(district, events) == {"K1": "fuli", "K4": "fuli", **diverted}
    events.append(event_after(events[-1], "withdrawal", "office", party="K1", then="leave", reason="moves away"))
    assert placed(district, events) == {"K2": "fuli", "K3": "fuli", "K4": "fuli", "K5": "xincheng-3"}
    assert fates(district, events)["K1"] == ("withdrawn", "")
    assert is_right(district, events, {})
    assert not is_right(district, events, {"K2": "xincheng-3", "K3": "xincheng-3", "K5": "fuli"})
    assert not is_right(district, events, {"K2": "xincheng-3", "K3": "xincheng-3"})


def test_one_more_seat_at_a_full_school() -> None:
    """Who is next is in the book: the twins, one over the new plan; another seat is theirs already, the next K5's."""
    district = _full_school()
    events = opened(district, until="batch-A")
    with_twins = {"K1": "fuli", "K2": "fuli", "K3": "fuli", "K4": "fuli", "K5": "xincheng-3"}
    for expected in (with_twins, with_twins, {**with_twins, "K5": "fuli"}):
        events.append(a_seat(events[-1], "fuli"))
        assert placed(district, events) == expected


# A policy that refers nobody


def test_without_a_referral_who_has_no_home_school_comes_to_the_adjustment() -> None:
    """No batch has the child, as in the procedure; nobody need rule on it."""
    made = primary({"hexi-primary": 1}, [Applicant("E1", "shifuxiao", "E")])
    phases = tuple(phase for phase in made.policy.phases if phase.phase_id not in ("sibling", "no-home-school"))
    district = replace(made, policy=replace(made.policy, phases=phases))
    assert fates(district, opened(district, until="batch-R3")) == {"E1": ("pending", "")}
    assert placed(district, opened(district, until="adjustment")) == {"E1": "hexi-primary"}
    assert [row.school_id for row in run_procedure(district)] == ["hexi-primary"]
