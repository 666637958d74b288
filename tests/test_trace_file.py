"""``trace.jsonl`` as lines: its size grows with what happened, and every event comes back whole."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence

import pytest

from allocator.domain import Applicant, District, Draw, School, Zone
from allocator.eligibility.distance import nearest_first
from allocator.procedure import run_procedure
from allocator.record import DamagedTraceError, Retelling, derive_trace, read_trace, trace_bytes
from tests.small_districts import Town, all_phases, batches, bids, kid, policy
from tests.strategies import random_district, random_switches

SHAPES = ("adjusted by list", "adjusted by distance", "diverted", "refused")


def nearest(district: District) -> Callable[[str, str], Sequence[str]]:
    """What a reader who has the places of a district says of lists by distance."""
    leads = {child.applicant_id: child for child in district.applicants}
    lists = {phase.phase_id: getattr(phase, "schools", ()) for phase in district.policy.phases}
    return lambda phase, party: nearest_first(leads[party], [district.schools[school] for school in lists[phase]])


def crowded(shape: str, children: int) -> District:
    """Half as many schools as children with two seats each; children come to one school after another."""
    dice = random.Random(1)
    names = [f"s{number:04d}" for number in range(children // 2)]
    schools = {s: School(s, s, plan=2, x=str(dice.randint(0, 9999)), y=str(dice.randint(0, 9999))) for s in names}
    status = "verified" if shape in ("diverted", "refused") else "late"
    wishes = tuple(names) if shape == "refused" else ()
    kids = [
        Applicant(f"K{n:05d}", "z2", "A", status=status, voluntary_1=wishes, x=str(dice.randint(0, 9999)), y="5000")
        for n in range(children)
    ]
    rounds = [bids(schools=tuple(names), seats="left")] if shape == "refused" else []
    rules = policy(all_phases(names, rounds, names), adjust_by="distance" if "distance" in shape else "list")
    return District(rules, schools, {"z2": Zone("z2", names[0], "")}, tuple(kids), Draw(trial_seed=1))


def record(district: District) -> tuple[bytes, int]:
    """The record, and how many events it has."""
    events = derive_trace(Retelling(district, run_procedure(district)))
    return trace_bytes(events), len(events)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_record_grows_with_what_happened(shape: str) -> None:
    """Twice the children and twice the schools, each trying hundreds of them: twice the record, not four times."""
    (small, few), (large, many) = record(crowded(shape, 240)), record(crowded(shape, 480))
    assert len(large) / many < 700
    if shape != "refused":  # a refusal of a family's own choice is an event of its own
        assert len(large) / len(small) < 2.4
        assert many / few < 2.4


@pytest.mark.parametrize("shape", SHAPES)
def test_what_was_tried_comes_back_whole(shape: str) -> None:
    """All schools without room, who stood last there and the seats left, are those of the events written."""
    district = crowded(shape, 120)
    events = derive_trace(Retelling(district, run_procedure(district)))
    assert read_trace(trace_bytes(events), nearest(district)) == events
    if shape != "refused":
        assert sum(len(event.schools) for event in events) > 1_000


@pytest.mark.parametrize("part", range(4))
def test_random_records_come_back_whole(part: int) -> None:
    """Events of random districts under all switches equal those read back, all at once and child by child."""
    for number in range(part, 60, 4):
        rng = random.Random(number)
        district = random_district(rng, 30, random_switches(rng))
        events = derive_trace(Retelling(district, run_procedure(district)))
        raw = trace_bytes(events)
        assert read_trace(raw, nearest(district)) == events
        for child in rng.sample(district.applicants, min(4, len(district.applicants))):
            own = [event for event in events if child.applicant_id in (event.children or (event.party,))]
            assert read_trace(raw, nearest(district), child.applicant_id) == own


def small_record() -> list[bytes]:
    """Lines of a record in which a school is tried in vain."""
    rules = policy(all_phases((), last=("s1", "s2", "s3")))
    district = Town({"s1": 1, "s2": 2, "s3": 1}).district(rules, [kid(1), *(kid(n, status="late") for n in (2, 3, 4))])
    return record(district)[0].splitlines()


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 9}, {"party": 5}, {"tried": 7}, {"as": 77}, {"news": [["s1"]]}, {"schools": ["s1"]}, {"unknown": 1},
        {"news": [["s1", 99, 0]]}, {"news": [["s1", -1, 0]]}, {"tried": 2, "nearest": True},
    ],
)  # fmt: skip
def test_a_line_that_says_something_else_is_named(change: dict[str, object]) -> None:
    """Numbers that lead nowhere, fields of another form, more schools than are known: the line's number is told."""
    lines = small_record()
    at = next(i for i, line in enumerate(lines) if b'"tried"' in line)
    lines[at] = json.dumps(json.loads(lines[at]) | change, separators=(",", ":")).encode()
    with pytest.raises(DamagedTraceError) as raised:
        read_trace(b"".join(line + b"\n" for line in lines), lambda phase, party: ())
    assert raised.value.number == at + 1


def test_a_school_tried_before_is_not_named_again() -> None:
    """The first line names the school and the line that filled it; the next one only says that it tried it too."""
    tried = [json.loads(line) for line in small_record() if b'"tried"' in line]
    assert tried[0]["tried"] == 1
    assert tried[0]["more"] == ["s1"]
    assert tried[0]["news"] == [["s1", 1, 0]]
    assert (tried[1]["tried"], tried[1]["as"]) == (1, tried[0]["seq"])
    assert "news" not in tried[1]


def test_batches_with_few_schools_have_an_event_for_each() -> None:
    """A diverted child that tried two schools in vain has two events and a third for its seat."""
    rules = policy((batches(("s1", "s2", "s3")),))
    district = Town({"s1": 1, "s2": 0, "s3": 1}).district(rules, [kid(1), kid(2)])
    events = derive_trace(Retelling(district, run_procedure(district)))
    found = [(event.school, event.result) for event in events if event.step == 2]
    assert found == [("s2", "no_seat"), ("s3", "diverted")]


def test_without_places_the_schools_by_distance_stay_unnamed() -> None:
    """A reader without homes and schools gets the event without them; all else is there."""
    district = crowded("adjusted by distance", 40)
    events = derive_trace(Retelling(district, run_procedure(district)))
    unnamed = [event._replace(schools=(), cuts=(), seats_there=()) for event in events]
    assert read_trace(trace_bytes(events), lambda phase, party: None) == unnamed != events
