"""Single and multiple tie-breaking: what they are as ranks, what a policy's ``ticket_scope`` makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from random import Random

import numpy as np
import pytest

from allocator.domain import Applicant, DeferredAcceptancePhase, District, Draw, Policy, School, Zone
from allocator.lottery import TicketScope
from allocator.procedure import deferred_acceptance, ranks_by_keys, ticket_ranks
from tests.conformance import ROOT, policy, with_switches
from tests.matchings import Case, is_stable
from tests.small import solved

SCHOOLS = ("north", "south", "east", "west", "centre")
SCOPES: tuple[TicketScope, ...] = ("per_session", "per_draw")
SEEDHEX = sha256(b"trial|5").hexdigest()


def ranked_city(number: int, rules: Policy, children: int = 40, *, complete: bool = False) -> District:
    """Make a city under a ranked-choice policy with fewer seats than children and a list for each."""
    rng = Random(number)
    schools = {name: School(name, name, plan=rng.randint(2, children // 5)) for name in SCHOOLS}
    kids = [
        Applicant(
            f"P{rng.randint(0, 9999):04d}{i}", zone=rng.choice(SCHOOLS), category="G1",
            sibling_school=rng.choice(("", "", "", *SCHOOLS)),
            voluntary_1=tuple(rng.sample(SCHOOLS, 5 if complete else rng.randint(1, 5))),
        )
        for i in range(children)
    ]  # fmt: skip
    zones = {name: Zone(name, name) for name in SCHOOLS}
    return District(rules, schools, zones, tuple(sorted(kids)), draw=Draw(trial_seed=number))


def hashed(district: District, word: str, child: Applicant) -> str:
    """Return a ticket, hashed here by hand."""
    assert district.draw is not None
    return sha256(f"{district.draw.seedhex}|{word}|{child.applicant_id}".encode()).hexdigest()


def in_the_round(district: District) -> list[str]:
    """Return the school each child got in the round of choices, empty for none; both engines and the checker agree."""
    return [row.school_id if row.phase == "choice-round" else "" for row in solved(district)]


def by_hand(district: District, words: Sequence[str]) -> Case:
    """Bring the round into the form of a case: sibling, walk zone, then the ticket under the word of each school."""
    children = district.applicants
    ranks = []
    for name, word in zip(SCHOOLS, words, strict=True):
        key = [(c.sibling_school != name, c.zone != name, hashed(district, word, c)) for c in children]
        ranks.append({i: place for place, i in enumerate(sorted(range(len(children)), key=key.__getitem__))})
    lists = tuple(tuple(map(SCHOOLS.index, child.voluntary_1)) for child in children)
    return Case(lists, tuple(ranks), (1,) * len(children), tuple(district.schools[name].plan for name in SCHOOLS))


WORDS = {"per_session": ["session"] * len(SCHOOLS), "per_draw": [f"choice/{name}" for name in SCHOOLS]}


@pytest.mark.parametrize("number", range(12))
def test_the_switch_chooses_between_single_and_multiple_tie_breaking(number: int) -> None:
    """per_session gives the matching of one ticket at all schools, per_draw that of a ticket at each; they differ."""
    found = {}
    for scope, words in WORDS.items():
        district = ranked_city(number, with_switches(policy("ranked-choice"), ticket_scope=scope))
        case, found[scope] = by_hand(district, words), in_the_round(district)
        assert found[scope] == [(*SCHOOLS, "")[s] for s in case.solved()]
        assert is_stable(case, case.solved())
    assert found["per_session"] != found["per_draw"]


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("number", range(6))
def test_a_single_lot_without_priorities_is_serial_dictatorship(number: int, complete: bool) -> None:
    """Under per_session, with the ticket alone as order, children choose one after another by ticket what is left."""
    rules = with_switches(policy("ranked-choice"), ticket_scope="per_session")
    choice, last = rules.phases
    assert isinstance(choice, DeferredAcceptancePhase)
    rules = replace(rules, phases=(replace(choice, order=("ticket",)), last))
    district = ranked_city(number, rules, complete=complete)
    left = {name: district.schools[name].plan for name in SCHOOLS}
    got = {}
    for child in sorted(district.applicants, key=lambda c: hashed(district, "session", c)):
        got[child.applicant_id] = next((name for name in child.voluntary_1 if left[name]), "")
        if got[child.applicant_id]:
            left[got[child.applicant_id]] -= 1
    assert in_the_round(district) == [got[child.applicant_id] for child in district.applicants]


@pytest.mark.parametrize("largest", [1, 3])
def test_so_is_the_method_at_any_size_of_school(largest: int) -> None:
    """Many to one: one order at all schools, each party in turn takes the first school with a seat left."""
    for number in range(200):
        rng = np.random.default_rng(number)
        parties, schools, length = int(rng.integers(1, 300)), 7, int(rng.integers(1, 8))
        lists = np.array([rng.permutation(schools)[:length] for _ in range(parties)])
        size, pool = rng.integers(1, largest + 1, parties), rng.integers(0, 50, schools)
        bidder, school = np.repeat(np.arange(parties), length), lists.ravel()
        names = [f"P{i}" for i in range(parties)]
        lots = ticket_ranks(SEEDHEX, "choice", names, SCHOOLS, bidder, school, "per_session")
        left, expected = pool.copy(), np.full(parties, -1)
        for i in sorted(range(parties), key=lambda i: sha256(f"{SEEDHEX}|session|P{i}".encode()).hexdigest()):
            open_schools = lists[i][left[lists[i]] > 0]
            if len(open_schools):
                expected[i] = open_schools[0]
                left[expected[i]] -= size[i]
        begins = np.arange(0, len(school) + 1, length)
        assert np.array_equal(deferred_acceptance(begins, school, ranks_by_keys([lots]), size, pool), expected)


@pytest.mark.parametrize("scope", SCOPES)
def test_ranks_are_those_of_the_tickets(scope: TicketScope) -> None:
    """At each school its entries stand by priority, then by the ticket under its draw or under ``session``."""
    rng = np.random.default_rng(3)
    bidder, school = np.repeat(np.arange(60), 3), np.array([rng.permutation(5)[:3] for _ in range(60)]).ravel()
    names = [f"P{i}" for i in range(60)]
    priority = rng.integers(0, 2, len(school))
    lots = ticket_ranks(SEEDHEX, "choice", names, SCHOOLS, bidder, school, scope)
    ranks = ranks_by_keys([priority, lots])
    for s, word in enumerate(WORDS[scope]):
        here = np.flatnonzero(school == s)
        texts = {e: f"{SEEDHEX}|{word}|P{bidder[e]}".encode() for e in here.tolist()}
        expected = sorted(texts, key=lambda e: (int(priority[e]), sha256(texts[e]).hexdigest()))
        assert here[np.argsort(ranks[here])].tolist() == expected


def test_the_example_of_the_docs_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The code in docs/method.md: K3 with its sibling and K1 by ticket fill one school, the twins get the other."""
    page = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    exec(page.split("```python\n")[1].split("```")[0], {})
    assert capsys.readouterr().out == "[0 1 0]\n"


@pytest.mark.parametrize("scope", SCOPES)
def test_nobody_draws_nothing(scope: TicketScope) -> None:
    """Without entries there are no ranks."""
    none = np.empty(0, dtype=np.int64)
    assert len(ranks_by_keys([ticket_ranks(SEEDHEX, "choice", [], SCHOOLS, none, none, scope)])) == 0
