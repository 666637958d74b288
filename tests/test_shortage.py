"""The one shortage: the fewest seats so that nobody is diverted, for the first categories and for everybody."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from allocator.district_folder import read_district
from allocator.domain import District
from allocator.planning.extra_seats import Fewest, Shortage, shortage_headline, shortage_object, shortage_of
from allocator.planning.extra_seats import shortage as shortage_module
from tests.cli_calls import as_json, good, refused
from tests.conformance import ROOT
from tests.page_cases import LANGUAGES
from tests.seats_oracle import rules_meet, ways
from tests.test_capacity_district import varied

PRIMARY = ROOT / "scenarios" / "tongliao-2023-primary"
WHAT_IF = PRIMARY / "what-if" / "one-class-more.yaml"


@pytest.mark.parametrize("seed", range(24))
def test_fewest_seats_equal_trying_every_way(seed: int) -> None:
    """On small districts the numbers are those of trying every way; proven where they say so, else between bounds."""
    district = varied(seed)
    found = shortage_of(district, district.draw.trial_seed or 0 if district.draw else 1)
    for one in (found.first, found.everyone):
        if one is not None:
            assert_fewest(district, one)
    if found.reasons:  # no number of seats helps
        every = [c.category_id for c in district.policy.categories]
        assert not any(rules_meet(district, way, every) for way in ways(district, 4))


def assert_fewest(district: District, one: Fewest) -> None:
    """Hold one answer against every way with as many seats or fewer."""
    assert rules_meet(district, one.schools, one.categories)
    assert sum(one.schools.values()) == one.seats
    assert 0 not in one.schools.values()
    fewer = ((total, way) for total in range(min(one.seats, 5)) for way in ways(district, total))
    least = next((total for total, way in fewer if rules_meet(district, way, one.categories)), None)
    if one.proven:
        assert least is None
    assert one.at_least <= (one.seats if least is None else least)


def test_shipped_district_is_short_of_133_seats() -> None:
    """The number to act on, beside that for everybody; demand at home before choices is another number."""
    found = as_json("what-if", PRIMARY, WHAT_IF, "--no-optimum")
    first, everyone = found["shortage"]["first_categories"], found["shortage"]["everyone"]
    assert (first["categories"], first["seats"], first["at_least"]) == (["A", "B", "C", "D"], 133, 131)
    assert first["schools"] == {"xincheng-1": 118, "xincheng-shiyan": 15}
    assert (everyone["seats"], everyone["schools"]["liaohe-3"]) == (205, 13)
    assert found["variants"][0]["short_seats"] == 426
    assert re.match(r"133 more seats \(新城一小 118, 新城实验小学 15\).*A, B, C, D", found["headline"]["en"][0])
    assert "205" in found["headline"]["zh"][1]


def test_headline_leads_the_terminal() -> None:
    """Before any table stand the seats to add, for the first categories and for all; 426 has its own name."""
    shown = " ".join(good("what-if", PRIMARY, WHAT_IF, "--no-optimum").split())
    places = [shown.index(words) for words in ("133 more seats", "205 more seats", "426 children", "┏")]
    assert places == sorted(places)
    assert "Demand at home before choices is above the plan at 4 schools" in shown


def test_ways_that_were_tried_raise_the_bound() -> None:
    """Ranked choice without receiving lists: no flow bounds the rules, but ways that were tried do, a few of them."""
    district = read_district(ROOT / "scenarios" / "ranked-choice", trial_seed=1)
    asked: list[str] = []
    one = shortage_of(district, 1, progress=lambda code, *_: asked.append(code)).everyone
    assert one is not None
    assert 1 < one.at_least <= one.seats
    tried = [int(code) for code in asked if code.isdecimal()]
    assert max(tried) <= 5_000


def test_categories_come_from_the_policy_or_an_option() -> None:
    """Usually those that register at a school; ``--not-diverted`` names others, and an unknown one is refused."""
    found = as_json("what-if", PRIMARY, WHAT_IF, "--no-optimum", "--not-diverted", "A, B")
    first = found["shortage"]["first_categories"]
    assert first["categories"] == ["A", "B"]
    assert first["seats"] == 0
    assert found["headline"]["en"][0] == "Without one more seat no child of A, B is diverted or adjusted"
    assert "[what_if.unknown_category]" in refused("what-if", PRIMARY, WHAT_IF, "--not-diverted", "A,Z")


def test_one_category_for_all_is_told_once() -> None:
    """Where the first categories are all there are, there is one answer, that for everybody."""
    district = read_district(ROOT / "docs" / "worked-example", trial_seed=8)
    found = shortage_of(district, 8)
    assert (found.first, found.everyone is not None) == (None, True)
    assert found.lead is found.everyone
    assert len(shortage_headline(found, district, "en")) == 1
    whole = shortage_of(district, 8, tuple(c.category_id for c in district.policy.categories))
    assert whole.first is None


def test_proof_is_told_in_words() -> None:
    """A proven number is the fewest; one with a bound says between which numbers the fewest is."""
    district = read_district(PRIMARY, trial_seed=1)
    proven, bounded = (Fewest(("A",), 5, least, {"fuli": 5}, 0, 0) for least in (5, 3))
    said = [
        shortage_headline(Shortage(one, None), district, language)
        for one in (proven, bounded)
        for language in LANGUAGES
    ]
    assert said[1] == ["5 more seats (富力小学 5) are the fewest with which no child of A is diverted or adjusted "
                       "(proven: fewer are not enough)"]  # fmt: skip
    assert said[3][0].endswith("(proven: the fewest is between 3 and 5)")
    assert "已证明不能再少" in said[0][0]
    assert "已证明：最少数在 3 至 5 之间" in said[2][0]


def test_a_very_large_district_says_that_nothing_was_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a size, and where the model decides the diversion, the reason stands where the number would."""
    district = read_district(ROOT / "docs" / "worked-example", trial_seed=8)
    monkeypatch.setattr(shortage_module, "MOST_WORK", 3)
    found = shortage_of(district, 8)
    assert shortage_object(found) == {"first_categories": None, "everyone": None, "not_computed": ["shortage.large"]}
    assert "--fewest" in shortage_headline(found, district, "zh")[0]
    monkeypatch.setattr(shortage_module, "MOST_WORK", 10**9)
    switches = replace(district.policy.switches, divert_assign="least_distance")
    solved = shortage_of(replace(district, policy=replace(district.policy, switches=switches)), 8)
    assert shortage_object(solved)["not_computed"] == ["simulate.model_decides"]
    assert shortage_headline(solved, district, "en")
