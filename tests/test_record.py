"""The record of a run: clauses and events, retold from district and list."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from allocator.domain import (
    EXTERNAL,
    NEEDS_RULING,
    UNPLACED,
    DeferredAcceptancePhase,
    District,
    OrderKey,
    Row,
)
from allocator.procedure import run_procedure
from allocator.record import (
    Event,
    Retelling,
    derive_trace,
    event_of_content,
    published_orders,
    read_trace,
    retold_with_clauses,
    trace_bytes,
)
from tests import conformance, small, small_districts
from tests.record_judge import SEATED, judge, judge_orders, story
from tests.small_districts import Town, all_phases, bids, kid, policy
from tests.strategies import random_district, random_switches


@pytest.mark.parametrize("name", conformance.names())
def test_the_record_follows_from_the_list(name: str) -> None:
    """On every conformance district each event agrees with seats, draws and rows, each party's last with its row."""
    judge(*conformance.load(name))


def test_the_record_of_random_districts_follows_from_the_list() -> None:
    """The same on 150 random districts under random switches."""
    rng = random.Random(8)
    for _ in range(150):
        district = random_district(rng, 30, random_switches(rng))
        judge(district, run_procedure(district))
        judge_orders(district, run_procedure(district))


@pytest.mark.long
def test_the_record_of_many_random_districts_follows_from_the_list() -> None:
    """The same on 3,000 random districts."""
    rng = random.Random(9)
    for _ in range(3_000):
        district = random_district(rng, 40, random_switches(rng))
        judge(district, run_procedure(district))
        judge_orders(district, run_procedure(district))


def test_the_order_of_the_rows_changes_nothing() -> None:
    """Clauses, record and orders have the same bytes whatever the order of the rows handed in."""
    district, rows = conformance.load("16")
    shuffled = random.Random(3).sample(rows, len(rows))
    assert retold_with_clauses(district, shuffled) == retold_with_clauses(district, rows)
    one, other = Retelling(district, shuffled), Retelling(district, rows)
    assert trace_bytes(derive_trace(one)) == trace_bytes(derive_trace(other))
    assert list(published_orders(one)) == list(published_orders(other))


@pytest.mark.parametrize("wrong", ["missing", "twice", "unknown"])
def test_a_list_of_other_children_is_refused(wrong: str) -> None:
    """Without exactly one row for every child there is no record."""
    district, rows = conformance.load("04")
    stranger = rows[0]._replace(applicant_id="X-1")
    broken = {"missing": rows[1:], "twice": (*rows, rows[0]), "unknown": (stranger, *rows[1:])}[wrong]
    with pytest.raises(ValueError, match="one row for every child"):
        Retelling(district, broken)


def test_without_a_draw_there_is_no_record() -> None:
    """Tickets need a seed."""
    district, rows = conformance.load("04")
    with pytest.raises(ValueError, match="with a draw"):
        derive_trace(Retelling(replace(district, draw=None), rows))


# Clauses


def clauses(district: District) -> dict[str, str]:
    """The clause of every child."""
    return {row.applicant_id: row.clause for row in retold_with_clauses(district, run_procedure(district))}


def test_the_clause_of_a_batch_says_whether_a_draw_was_needed() -> None:
    """All fit: admitted; a draw: drawn, and not_drawn for the loser diverted; no seat left: whole_batch."""
    rules = policy(all_phases(("s2",)))
    town = Town({"s1": 2, "s2": 9, "s3": 0})
    kids = [kid(n, category="A") for n in (1, 2, 3)] + [kid(4, category="B"), kid(5, "z2", "B")]
    found = clauses(town.district(rules, kids))
    assert sorted(found[f"K{n}"] for n in (1, 2, 3)) == ["batch:drawn", "batch:drawn", "batch:not_drawn"]
    assert (found["K4"], found["K5"]) == ("batch:whole_batch", "batch:admitted")


def test_twins_passed_over_by_an_empty_cut_are_not_a_whole_batch() -> None:
    """A batch of which nobody fits although a seat is left was not diverted for want of seats."""
    rules = policy(all_phases(("s2",)), bundle_at_cut="skip")
    twins = [kid(n, category="A", bundle="b") for n in (1, 2)]
    found = clauses(Town({"s1": 1, "s2": 9, "s3": 0}).district(rules, twins))
    assert set(found.values()) == {"batch:not_drawn"}


def test_the_clauses_of_all_other_outcomes() -> None:
    """External, decisions, referral, choice, bids, adjustment and those without a seat each name their own clause."""
    rules = policy(all_phases((), (bids(),), last=("s2",)))
    town = Town({"s1": 4, "s2": 1, "s3": 1}, offered={"s1": 1})
    kids = [
        kid(1, "zx"),
        kid(2, preferential_school="s1"),
        kid(3, "z2", sibling_school="s3"),
        kid(4, "z2", sibling_school="s3"),
        kid(5, "z3", "E"),
        kid(6, "z2", voluntary_1=("s1",)),
        kid(7, "z2", voluntary_1=("s1",)),
        kid(8, "z3", open_choice="s3"),
        kid(9, status="late"),
        kid(10, status="late"),
    ]
    found = clauses(town.district(rules, kids))
    assert found["K1"] == "export:external"
    assert found["K2"] == "preferential:admitted"
    assert found["K3"] == found["K4"] == "sibling:needs_ruling"
    assert found["K5"] == "referral:needs_ruling"
    assert sorted([found["K6"], found["K7"]]) == ["batch:admitted", "bids:drawn"]
    assert found["K8"] == "open:admitted"
    assert found["K9"] == found["K10"] == "end"
    more = clauses(Town({"s1": 4, "s2": 1, "s3": 1}).district(rules, [kid(9, status="late")]))
    assert more == {"K9": "adjust:adjusted"}


def test_a_child_with_two_decisions_is_ruled_on_by_the_first() -> None:
    """Where both decisions name full schools, the earlier phase is the one that refers the child."""
    rules = policy(all_phases())
    both = {"preferential_school": "s1", "sibling_school": "s2"}
    found = clauses(Town({"s1": 0, "s2": 0, "s3": 0}).district(rules, [kid(1, **both)]))
    assert found == {"K1": "preferential:needs_ruling"}


# Events


def test_x1_of_the_plan_retold() -> None:
    """X-1: D draws for the last ten seats; the whole batch of E finds none and is diverted without a draw."""
    numbers = {"A": 60, "B": 10, "C": 20, "D": 25, "E": 15}
    shiyan = [child for k, n in numbers.items() for child in small.kids(n, "xincheng-shiyan", k)]
    district = small.primary({"xincheng-shiyan": 100, "hexi-primary": 99}, shiyan)
    first = [events[0] for events in story(district).values()]
    of_d = [event for event in first if event.category == "D"]
    assert sorted(event.result for event in of_d) == ["admitted"] * 10 + ["not_admitted"] * 15
    assert {(event.seats_open, event.of, event.draw_id) for event in of_d} == {(10, 25, "batch-D/xincheng-shiyan")}
    of_e = [event for event in first if event.category == "E"]
    assert {(event.result, event.rule, event.draw_id) for event in of_e} == {("no_seat", "C059", "")}
    assert len(of_e) == 15
    last_admitted = max((event for event in of_d if event.result == "admitted"), key=lambda event: event.rank)
    cuts = {event.cut for event in first if event.cut}
    assert {cut.party for cut in cuts} == {last_admitted.party}
    assert {cut.ticket for cut in cuts} == {last_admitted.ticket}


def test_a_bid_is_retold_choice_by_choice() -> None:
    """A party refused by its first choice and taken by its second has two events in that order, and no third."""
    rules = policy(all_phases((), (bids(schools=("s2", "s1", "s3")),)))
    town = Town({"s1": 3, "s2": 3, "s3": 3}, offered={"s1": 1, "s2": 1, "s3": 1})
    kids = [kid(1, "z3", voluntary_1=("s2",)), kid(2, "z3", voluntary_1=("s2", "s1", "s3"))]
    for seed in range(20):
        district = town.district(rules, kids, seed)
        bid = [event for event in story(district)["K2"] if event.phase == "bids"]
        if len(bid) == 2:
            break
    assert [(e.choice, e.school, e.result, e.rank, e.of) for e in bid] == [
        (1, "s2", "not_admitted", 2, 2),
        (2, "s1", "admitted", 1, 1),
    ]
    assert (bid[0].draw_id, bid[1].draw_id) == ("bids/s2", "")
    assert (bid[0].seats_open, bid[0].seats_before, bid[1].seats_after) == (1, 0, 0)


def test_a_round_without_seats_is_not_compared_with_other_rounds() -> None:
    """The seats of a voluntary round are its own: nobody admitted otherwise is named as its cut."""
    rules = policy(all_phases((), (bids(),)))
    kids = [kid(1, preferential_school="s1"), kid(2, "z2", voluntary_1=("s1",))]
    event = story(Town({"s1": 3, "s2": 3, "s3": 3}).district(rules, kids))["K2"][0]
    assert (event.result, event.rule, event.cut) == ("no_seat", "bids:refused", None)


def test_a_diverted_party_tells_every_school_it_tried() -> None:
    """Step 2 has an event for each receiving school without room, with the seats then left, until the one with room."""
    rules = policy(all_phases(("s2", "s3")))
    kids = [kid(1, "z2"), kid(2)]
    events = story(Town({"s1": 0, "s2": 1, "s3": 4}).district(rules, kids))["K2"]
    assert [(e.step, e.school, e.result, e.rule, e.seats_before) for e in events] == [
        (1, "s1", "no_seat", "batch:whole_batch", 0),
        (2, "s2", "no_seat", "batch:no_room", 0),
        (2, "s3", "diverted", "batch:whole_batch", 4),
    ]
    assert events[1].cut is not None
    assert (events[1].cut.party, events[1].cut.phase) == ("K1", "batch-A")


def test_an_adjusted_party_tells_the_full_schools_in_one_event() -> None:
    """P9 is one event: the school taken and those before it that had no room, each with cut, seats and clause."""
    rules = policy(all_phases((), last=("s1", "s2", "s3")))
    kids = [kid(1, status="late"), kid(2, status="blacklisted")]
    found = story(Town({"s1": 0, "s2": 1, "s3": 1}).district(rules, kids))
    assert [(e.school, e.schools, e.rank, e.of, e.status) for e in found["K1"]] == [("s2", ("s1",), 1, 2, "late")]
    assert [(e.school, e.schools, e.rank, e.status) for e in found["K2"]] == [("s3", ("s1", "s2"), 2, "blacklisted")]
    (event,) = found["K2"]
    assert (event.seats_there, event.schools_rule, event.rule) == ((0, 0), "adjust:no_room", "adjust:adjusted")
    nobody, cut = event.cuts
    assert nobody is None
    assert cut is not None
    assert (cut.party, cut.phase, cut.order, cut.category, cut.step) == ("K1", "adjust", "adjust", "A", 0)
    assert (cut.ticket, cut.key) == (found["K1"][0].ticket, found["K1"][0].key)


def test_a_cut_in_the_adjustment_is_the_last_one_admitted_by_then() -> None:
    """Each adjusted party has as cut who stood last at a full school when its own turn came, of whatever phase."""
    rules = policy(all_phases((), last=("s1", "s2", "s3")))
    kids = [kid(1), *(kid(n, status="late") for n in (2, 3, 4))]
    found = story(Town({"s1": 1, "s2": 2, "s3": 1}).district(rules, kids))
    turns = sorted((found[f"K{n}"][0] for n in (2, 3, 4)), key=lambda event: event.rank)
    assert [[cut and (cut.phase, cut.step, cut.party) for cut in event.cuts] for event in turns] == [
        [("batch-A", 1, "K1")],
        [("batch-A", 1, "K1")],
        [("batch-A", 1, "K1"), ("adjust", 0, turns[1].party)],
    ]


def test_a_record_with_schools_but_without_their_cuts_is_refused() -> None:
    """Every school without room stands with its cut and its seats, or the line is no event."""
    head = {"seq": 1, "phase": "p", "party": "K1", "result": "no_seat", "rule": "", "category": "A", "status": "late"}
    whole = {**head, "schools": ["s1"], "cuts": [None], "seats_there": [0]}
    assert event_of_content(whole).cuts == (None,)
    for name in ("schools", "cuts", "seats_there"):
        with pytest.raises(ValueError, match="one cut and one number of seats"):
            event_of_content({**whole, name: []})


def test_a_party_without_a_seat_ends_with_an_event_of_its_own() -> None:
    """Who finds nothing in the adjustment is named last, with the clause of those without a seat."""
    events = story(Town({"s1": 0, "s2": 0, "s3": 0}).district(policy(all_phases(())), [kid(1)]))["K1"]
    assert [(e.phase, e.result, e.rule, e.schools) for e in events] == [
        ("batch-A", "no_seat", "batch:whole_batch", ()),
        ("adjust", "no_seat", "adjust:no_room", ("s1",)),
        ("", "unplaced", "end", ()),
    ]


def test_seats_kept_for_later_batches_do_not_count_as_left() -> None:
    """Under protect_local_demand a receiving school has no seat left that its own later batches still need."""
    rules = policy(all_phases(("s2",)), protect_local_demand="all")
    kids = [kid(1), kid(2, "z2", "B"), kid(3, "z2", "B")]
    events = story(Town({"s1": 0, "s2": 2, "s3": 0}).district(rules, kids))["K1"]
    assert [(e.school, e.result, e.seats_before) for e in events[:2]] == [("s1", "no_seat", 0), ("s2", "no_seat", 0)]


def test_the_least_sum_of_distances_is_not_told_as_a_walk() -> None:
    """Where the model spreads a batch by distance, no school is said to have refused anybody on the way."""
    rules = policy(all_phases(("s2", "s3"), last=()), divert_assign="least_distance")
    district = Town({"s1": 0, "s2": 1, "s3": 1}).district(rules, [kid(n, x="0", y="0") for n in (1, 2, 3)])
    rows = [
        Row("K1", "s3", "batch-A", "diverted", "divert-A"),
        Row("K2", "s2", "batch-A", "diverted", "divert-A"),
        Row("K3", "", "", "unplaced", ""),
    ]
    found = story(district, rows)
    assert [(e.school, e.result, e.schools) for e in found["K1"]] == [("s1", "no_seat", ()), ("s3", "diverted", ())]
    assert [(e.school, e.result, e.schools) for e in found["K3"]][:2] == [
        ("s1", "no_seat", ()),
        ("", "no_seat", ("s2", "s3")),
    ]
    lost = found["K3"][1]
    assert [(cut.party, cut.step) for cut in lost.cuts if cut] == [("K2", 2), ("K1", 2)]
    assert lost.seats_there == (0, 0)


def test_a_seat_over_plan_is_seen_in_the_seats() -> None:
    """Twins admitted with one seat left leave the school one below nothing."""
    twins = [kid(n, category="A", bundle="b") for n in (1, 2)]
    district = Town({"s1": 1, "s2": 0, "s3": 0}, caps={"s1": 2}).district(policy(all_phases()), twins)
    (event,) = story(district)["K1"]
    assert (event.children, event.seats_before, event.seats_after) == (("K1", "K2"), 1, -1)


def test_twins_passed_over_come_first_in_the_diversion() -> None:
    """A bundle too large for the seats left has rank 1 in step 2, whatever its ticket."""
    rules = policy(all_phases(("s2",)), bundle_at_cut="skip")
    kids = [kid(1, bundle="b"), kid(2, bundle="b"), *(kid(n) for n in (3, 4, 5))]
    town = Town({"s1": 1, "s2": 9, "s3": 0})
    for seed in range(40):
        found = story(town.district(rules, kids, seed))["K1"]
        if found[0].result == "passed_over":
            assert (found[1].result, found[1].rank) == ("diverted", 1)
            return
    pytest.fail("In no seed the twins stood before the cut.")


def test_a_line_of_the_record_reads_as_it_was_written() -> None:
    """trace.jsonl is one JSON object a line with LF, keys in one order, Chinese unescaped, and reads back equal."""
    rules = policy(all_phases((), (bids(),)))
    clauses = {**rules.phases[0].clauses, "external": "第一条"}
    rules = replace(rules, phases=(replace(rules.phases[0], clauses=clauses), *rules.phases[1:]))
    town = Town({"s1": 1, "s2": 1, "s3": 1}, offered={"s1": 1})
    kids = [kid(1, "zx"), *(kid(n, "z2", voluntary_1=("s1",)) for n in (2, 3, 4))]
    district = town.district(rules, kids)
    events = derive_trace(Retelling(district, run_procedure(district)))
    raw = trace_bytes(events)
    lines = raw.decode("utf-8").split("\n")
    assert lines.pop() == ""
    assert "第一条" in lines[0]
    assert read_trace(raw, lambda phase, party: ()) == events
    assert any(cut for event in events for cut in event.cuts)
    fields = list(Event._fields)
    fields[fields.index("schools") : fields.index("seats_there") + 1] = ["tried", "as", "more", "news"]
    order = {key: place for place, key in enumerate(fields)}
    for line in lines:
        places = [order[key] for key in json.loads(line)]
        assert places == sorted(places)


@pytest.mark.parametrize("content", [{}, {"seq": 1}, {"seq": "1", "phase": 2}, {"unknown": 1}])
def test_a_line_that_is_no_event_is_refused(content: dict[str, object]) -> None:
    """Missing, unknown or wrong keys are never read as an event."""
    with pytest.raises((TypeError, ValueError)):
        event_of_content(content)


def test_outcomes_are_all_retold() -> None:
    """The random districts above are no idle test: together they hold every outcome and every kind of refusal."""
    rng = random.Random(8)
    found: set[str] = set()
    for _ in range(60):
        district = random_district(rng, 30, random_switches(rng))
        found |= {event.result for event in derive_trace(Retelling(district, run_procedure(district)))}
    assert found == SEATED | {EXTERNAL, NEEDS_RULING, UNPLACED, "not_admitted", "no_seat", "passed_over"}


def test_a_policy_of_another_kind_is_retold_too() -> None:
    """Districts of a policy with siblings, walk zones and a pool of all seats left follow from their lists as well."""
    order: tuple[OrderKey, ...] = ("sibling", "walk_zone", "ticket")
    for seed in range(40):
        district = small_districts.random_district(seed, 8)
        phases = [
            replace(p, seats="left", order=order) if isinstance(p, DeferredAcceptancePhase) else p
            for p in district.policy.phases
        ]
        district = replace(district, policy=replace(district.policy, phases=tuple(phases)))
        rows = run_procedure(district)
        judge(district, rows)
        judge_orders(district, rows)
