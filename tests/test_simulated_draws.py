"""Simulated draws: their words, what base and what-if share, and the figures of a list worked out by hand."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from hashlib import shake_256
from itertools import pairwise
from math import sqrt
from typing import Any

import numpy as np
import pytest

from allocator.domain import Applicant, District, Ints, School, Zone
from allocator.eligibility import make_instance
from allocator.ground import InputError
from allocator.planning.draws import (
    ADJUSTED_TO,
    AT_EXTERNAL,
    DIVERTED_TO,
    FIGURES,
    RULING,
    SEATED,
    WITHOUT,
    Lists,
    Simulator,
    simulation_outcome,
)
from allocator.planning.whatif import Scenario, compose
from allocator.procedure import PublicLots, run_all_phases, run_procedure, words
from allocator.procedure.phases import rows_after_phases as rows_of
from allocator.procedure.words import SimulatedLots, by_word, words_of
from tests.small import solved
from tests.small_districts import Town, all_phases, batches, bids, kid, policy
from tests.what_if_cases import children, composed, parsed, scenario
from tests.what_if_strategies import small_town

GOLDEN = {
    "simulation|1|1|batch-A/s1": "8c304aa17b84ccb9905fa62e89e70325b748e0120bc5668a",
    "demand|7|resample": "352267d30756dc33d70b4e9fdcc42f93f79f89b7b006fa53",
    "simulation|2023|10000|session": "6165e90f85d48c6bdac2f624f097a8261df5335013711123",
}
"""The first 24 bytes of SHAKE-256 over each text, by ``openssl dgst -shake256 -xoflen 24``."""


def by_hand(text: str, count: int) -> list[int]:
    """Words of a text: groups of eight bytes, the first one the most significant."""
    raw = shake_256(text.encode()).digest(8 * count)
    return [int.from_bytes(raw[8 * i : 8 * i + 8], "big") for i in range(count)]


@pytest.mark.parametrize("text", GOLDEN)
def test_golden_words(text: str) -> None:
    """Words are those of a hash made by another program; more of them begin with the same ones."""
    golden = [int(GOLDEN[text][at : at + 16], 16) for at in (0, 16, 32)]
    assert words_of(text, 3).tolist() == by_hand(text, 3) == golden
    assert words_of(text, 500)[:3].tolist() == golden
    assert words_of(text, 500).tolist() == by_hand(text, 500)
    assert words_of(text, 0).tolist() == []
    assert by_word(text, 3) == sorted(range(3), key=golden.__getitem__)


def town(*kids: Applicant, **cells: Any) -> District:
    """Three schools with a seat each, a voluntary round, all kinds of phases."""
    return Town(**cells).district(policy(all_phases(rounds=(bids(),))), kids)


def lots_of(made: Scenario, number: int = 1, seed: int = 1) -> SimulatedLots:
    """Lots of a district as a simulation makes them."""
    simulator = Simulator(made)
    return SimulatedLots(made.district.policy, simulator.place, seed, number)


def order(made: Scenario, draw: str, number: int = 1) -> list[str]:
    """Ids of all parties, smallest word first."""
    names = make_instance(made.district).party_ids
    ranks = lots_of(made, number).rank(draw, np.arange(len(names)))
    return [names[i] for i in np.argsort(ranks)]


def test_the_ticket_is_the_word_of_the_place() -> None:
    """The party at place i has word i of the draw's text; of twins it is the place of the first."""
    base = town(*(kid(i) for i in range(3)), kid(3, bundle="b"), kid(4, bundle="b"), kid(5))
    found = by_hand("simulation|1|7|batch-A/s1", 6)
    parties = {"K0": 0, "K1": 1, "K2": 2, "K3": 3, "K5": 5}
    assert order(compose(base, []), "batch-A/s1", 7) == sorted(parties, key=lambda name: found[parties[name]])


def test_some_parties_are_ranked_among_themselves() -> None:
    """A draw ranks those who are in it, from 0, by the same words."""
    lots = lots_of(compose(town(*(kid(i) for i in range(9))), []))
    found = by_hand("simulation|1|1|d", 9)
    ranks = lots.rank("d", np.array([8, 2, 5]))
    assert ranks.tolist() == [sorted([found[8], found[2], found[5]]).index(found[i]) for i in (8, 2, 5)]


def test_equal_words_go_by_party_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody will ever see it, but it is stated."""
    monkeypatch.setattr(words, "words_of", lambda _, count: np.zeros(count, dtype=np.uint64))
    assert order(compose(town(*(kid(i) for i in (3, 1, 2))), []), "d") == ["K1", "K2", "K3"]


def test_base_and_what_if_share_their_tickets() -> None:
    """Whoever is in both has the same place, so the same order among them in every draw, whatever else changes."""
    base = town(*(kid(i) for i in range(20)), *(kid(i, "z3", "E") for i in range(20, 30)))
    what_if = parsed("change: growth, percent: 50", "change: growth, percent: -40, categories: [E]",
                     "change: estate, zone: z1, children: {A: 3}", "change: seats, school: s1, add: 5")  # fmt: skip
    before, after = compose(base, []), compose(base, [what_if])
    names = children(base).keys() & children(after.district).keys()
    assert len(names) < 30 < len(after.district.applicants)
    for number in (1, 2, 3):
        for draw in ("batch-A/s1", "divert-A", "bids/s2"):
            kept = [[name for name in order(one, draw, number) if name in names] for one in (before, after)]
            assert kept[0] == kept[1]
    assert order(before, "d", 1) != order(before, "d", 2)
    assert order(before, "d") != order(before, "e")


def test_appended_children_change_nobodys_word() -> None:
    """New children have the next words, in the order in which they were made."""
    base = town(*(kid(i) for i in range(4)))
    made = scenario(base, "change: estate, zone: z1, children: {A: 2}")
    assert dict(made.place) == {"K0": 0, "K1": 1, "K2": 2, "K3": 3, "new-0000004": 4, "new-0000005": 5}
    found = by_hand("simulation|1|1|d", 6)
    assert order(made, "d") == sorted(made.place, key=lambda name: found[made.place[name]])


def test_one_ticket_for_the_whole_session() -> None:
    """Under ``ticket_scope: per_session`` every draw has the words of ``session``."""
    base = town(*(kid(i) for i in range(9)))
    made = scenario(base, "change: switches, set: {ticket_scope: per_session}")
    found = by_hand("simulation|1|1|session", 9)
    assert order(made, "d") == order(made, "e") == sorted(made.place, key=lambda name: found[made.place[name]])


def test_every_order_is_as_likely_as_any_other() -> None:
    """Of 6,000 draws of three parties each of the six orders has 1,000, give or take four standard errors (29)."""
    draws = 6000
    lots = [SimulatedLots(policy([]), np.arange(3), 1, number) for number in range(1, draws + 1)]
    counted = Counter(tuple(one.rank("d", np.arange(3)).tolist()) for one in lots)
    assert len(counted) == 6
    assert all(abs(times - draws / 6) <= 4 * sqrt(draws * (1 / 6) * (5 / 6)) for times in counted.values())


def test_a_draw_worked_out_by_hand() -> None:
    """The smallest word of ``batch-A/s1`` has the one seat there, the next two of ``divert-A`` go to s2 and s3."""
    base = town(*(kid(i) for i in range(5)))
    for number in range(1, 20):
        outcome = Simulator(compose(base, [])).draw(9, number)
        home, later = (by_hand(f"simulation|9|{number}|{draw}", 5) for draw in ("batch-A/s1", "divert-A"))
        first = min(range(5), key=home.__getitem__)
        rest = sorted(set(range(5)) - {first}, key=later.__getitem__)
        expected = dict(zip([first, *rest], [0, 1, 2, -1, -1], strict=True))
        assert outcome.seat.tolist() == [expected[i] for i in range(5)]
        assert outcome.standing.tolist() == [
            {first: SEATED, rest[0]: DIVERTED_TO, rest[1]: DIVERTED_TO}.get(i, WITHOUT) for i in range(5)
        ]


def test_real_lists_know_no_simulated_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    """What computes, checks and writes a list that counts loads no simulated words; nothing of it asks for one."""
    code = (
        "import sys, allocator.engines, allocator.cli.commands_run, allocator.cli.commands_verify\n"
        "import allocator.verification\n"
        "sys.exit('allocator.procedure.words' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    def refuse(*_: object) -> None:
        raise AssertionError("a simulated word was asked for")

    monkeypatch.setattr(words, "words_of", refuse)
    assert len(solved(town(*(kid(i) for i in range(5))))) == 5


@pytest.mark.parametrize("seed", range(60))
def test_a_list_read_from_rows_is_the_list_of_the_state(seed: int) -> None:
    """The outcome made of rows equals the one made of the procedure's arrays, in every kind of district."""
    district = small_town(seed)
    assert district.draw is not None
    instance = make_instance(district)
    state = run_all_phases(instance, PublicLots(instance, district.draw.seedhex))
    lists = Lists(compose(district, []))
    of_rows, of_state = lists.outcome(rows_of(state)), simulation_outcome(state)
    assert of_rows.seat.tolist() == of_state.seat.tolist()
    assert of_rows.standing.tolist() == of_state.standing.tolist()
    assert rows_of(state) == run_procedure(district)
    figures = lists.figures(of_state)
    outcomes = Counter(row.outcome for row in rows_of(state))
    told = ("admitted", "diverted", "adjusted", "needs_ruling", "unplaced")
    assert list(figures) == list(FIGURES)
    assert [figures[name] for name in FIGURES[1:6]] == [outcomes[name] for name in told]
    assert figures["children"] == len(district.applicants) - outcomes["external"]


def hand_made() -> District:
    """Every standing once or twice: two seats at s1 (home of all of z1), one at s2 where the diverted go."""
    rules = policy(all_phases(("s2",), last=("s3",)))
    kids = [
        kid(1, preferential_school="s1", x="103", y="4"),  # decision: 5 m to s1
        kid(2, bundle="b", x="100", y="7.5"), kid(3, bundle="b", x="999", y="999"),  # 7.5 m each, rounded to 8
        kid(4, "z1", "B", x="200", y="1"),  # diverted to s2
        kid(5, "z1", "B", status="late"),  # adjusted to s3, home unknown
        kid(6, "z3", "E", x="0", y="0"),  # no home school: needs a ruling
        kid(7, "zx", x="0", y="0"),  # leaves
        kid(8, "z1", "U", status="blacklisted"),  # nothing is left
    ]  # fmt: skip
    return Town({"s1": 2, "s2": 2, "s3": 1}, caps={"s1": 3}).district(rules, kids)


def test_figures_worked_out_by_hand() -> None:
    """Children by standing, a seat left, one above the plan, metres of those whose home is known."""
    base = hand_made()
    lists = Lists(compose(base, []))
    outcome = lists.outcome(solved(base))
    assert outcome.standing.tolist() == [SEATED, SEATED, DIVERTED_TO, ADJUSTED_TO, RULING, AT_EXTERNAL, WITHOUT]
    assert outcome.seat.tolist() == [0, 0, 1, 2, -1, -1, -1]
    assert lists.figures(outcome) == {
        "children": 7, "seated": 3, "diverted": 1, "adjusted": 1, "needs_ruling": 1, "unplaced": 1,
        "empty_seats": 1, "above_plan": 1, "metres": 5 + 2 * 8 + 1,
    }  # fmt: skip
    assert lists.metres(outcome).tolist() == [5, 8, 1, -1, -1, -1, -1]
    assert lists.taken(outcome).tolist() == [3, 1, 1, 0]


def test_seats_that_home_schools_lack() -> None:
    """Four verified children of s1 have two seats; those who wait, leave or have no home school do not count."""
    lists = Lists(compose(hand_made(), []))
    assert lists.home_demand.tolist() == [4, 0, 0, 0]
    assert lists.short_seats == 2
    assert Lists(scenario(hand_made(), "change: seats, school: s1, add: 3")).short_seats == 0


def test_places_that_are_missing_are_left_out_of_the_metres() -> None:
    """Without the place of s1 only the diverted child is measured."""
    base = hand_made()
    bare = replace(base, schools={**base.schools, "s1": replace(base.schools["s1"], x="", y="")})
    lists = Lists(compose(bare, []))
    assert lists.figures(lists.outcome(solved(bare)))["metres"] == 1
    nowhere = replace(bare, schools={name: replace(s, x="", y="") for name, s in bare.schools.items()})
    lists = Lists(compose(nowhere, []))
    assert lists.figures(lists.outcome(solved(nowhere)))["metres"] == 0


def test_where_the_model_decides_there_are_no_simulated_draws() -> None:
    """Under ``divert_assign: least_distance`` a simulation is refused in words."""
    base = town(kid(1, x="1", y="1"))
    made = scenario(base, "change: switches, set: {divert_assign: least_distance}")
    with pytest.raises(InputError) as raised:
        Simulator(made)
    assert [fault.code for fault in raised.value.faults] == ["simulate.model_decides"]
    assert Lists(made).short_seats == 0


def test_the_mean_over_draws_is_the_probability() -> None:
    """Three children, one seat, no diversion: each has it in a third of 3,000 draws, within four standard errors."""
    rules = policy([batches(("s1",))])
    base = Town({"s1": 1}).district(rules, [kid(i) for i in range(3)])
    base = replace(base, schools={"s1": School("s1", "s1", plan=1)}, zones={"z1": Zone("z1", "s1", "s1")})
    simulator = Simulator(compose(base, []))
    seats: Ints = sum((simulator.draw(1, number).seat == 0).astype(np.int64) for number in range(1, 3001))
    assert seats.sum() == 3000
    assert all(abs(times - 1000) <= 4 * sqrt(3000 * 2 / 9) for times in seats.tolist())


def test_more_seats_never_take_one_away_in_the_same_draw() -> None:
    """With one kind of child and one school the seated of a draw stay seated as seats are added: tickets are shared."""
    base = Town({"s1": 1}).district(policy([batches(("s1",))]), [kid(i) for i in range(8)])
    base = replace(base, schools={"s1": School("s1", "s1", plan=1)}, zones={"z1": Zone("z1", "s1", "s1")})
    grown = [compose(composed(base, f"change: seats, school: s1, set: {plan}"), []) for plan in range(9)]
    for number in range(1, 10):
        seated = [set(np.flatnonzero(Simulator(one).draw(1, number).seat == 0).tolist()) for one in grown]
        assert [len(some) for some in seated] == list(range(9))
        assert all(few < more for few, more in pairwise(seated))
