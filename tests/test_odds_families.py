"""Odds in the words of families: labels, rows that protect the few, and shares that claim no more than was seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from allocator.domain import AdjustmentPhase, District, School, Zone
from allocator.planning.draws import Simulator
from allocator.planning.odds import Odds, RowsWanted, families_table, kinds_table, odds, odds_object
from allocator.planning.odds.count import Chances, Fate
from allocator.planning.odds.groups import FEWEST, Folding, Group, fold_into_groups, group_label
from allocator.planning.odds.kinds import ChildKind, Names, columns_for_kinds, kind_label, kinds_of
from allocator.planning.odds.words import (
    odds_lines_in_words,
    odds_notes_in_words,
    row_label_words,
    rows_in_family_words,
    share_in_words,
    sure_column_for_words,
)
from allocator.planning.whatif import compose
from allocator.sheets import csv_for_machines, csv_for_people
from tests.small import kids, primary, shipped
from tests.small_districts import Town, all_phases, batches, bids, kid, phase, policy, random_district, with_switches


def simulated(district: District, **options: Any) -> Odds:
    """Odds of a small district, in this process."""
    return odds(district, **{"draws": 40, "workers": 1, **options})


def kinds_in(district: District) -> list[ChildKind]:
    """Kinds of a district, in order."""
    return kinds_of(Simulator(compose(district, ())).instance)[0]


def folded(district: District) -> tuple[Folding, list[ChildKind], list[int]]:
    """Rows for families, kinds and how many families are of each."""
    kinds, of = kinds_of(Simulator(compose(district, ())).instance)
    families = [int((of == i).sum()) for i in range(len(kinds))]
    return fold_into_groups(kinds, families, district.policy), kinds, families


def test_kinds_hold_what_the_rules_look_at_and_nothing_else() -> None:
    """Names, sex, homes and ids make no kinds; columns that no phase reads and wishes of late children neither."""
    plain = policy([batches()])
    assert columns_for_kinds(plain) == {"preferred_diversion"}
    town = Town()
    alike = [
        kid(1, name="x", sex="F", x="1", y="2"), kid(2), kid(3, voluntary_1=("s2",), open_choice="s3"),
        kid(4, preferred_diversion=("s3",)), kid(5, status="late"),
        kid(6, status="late", preferred_diversion=("s3",)),
    ]  # fmt: skip
    kinds = kinds_in(town.district(plain, alike))
    assert [(kind.status, kind.preferred_diversion) for kind in kinds] == [
        ("verified", ()), ("verified", ("s3",)), ("late", ()),
    ]  # fmt: skip
    everything = policy(all_phases(rounds=[bids(order=("sibling", "ticket"))]))
    assert columns_for_kinds(everything) == {
        "voluntary_1", "open_choice", "preferential_school", "sibling_school", "preferred_diversion",
    }  # fmt: skip
    assert len(kinds_in(town.district(everything, alike))) == 4


def test_kinds_come_in_one_order() -> None:
    """By zone, category in the order of its claim, status, then the rest; whatever the order of the roster."""
    children = [kid(1, "z3", "U"), kid(2, "z1", "U"), kid(3, "z1", "B"), kid(4, "z1", "B", status="late")]
    children += [kid(5, "z1", "A")]
    found = [
        (kind.zone, kind.category, kind.status) for kind in kinds_in(Town().district(policy([batches()]), children))
    ]
    assert found == [
        ("z1", "A", "verified"), ("z1", "B", "verified"), ("z1", "B", "late"), ("z1", "U", "verified"),
        ("z3", "U", "verified"),
    ]  # fmt: skip


def test_distance_enters_as_the_order_of_schools_and_no_home_comes_out() -> None:
    """Homes with the same nearest schools are one kind; without ``adjust_by: distance`` all homes are."""
    rules = policy([phase(AdjustmentPhase, "adjust", schools=("s1", "s2", "s3"), draw="d")], adjust_by="distance")
    homes = ("90.25", "91.5", "290.125", "")
    district = Town().district(rules, [kid(i, x=x, y=x and "7.75") for i, x in enumerate(homes)])
    kinds = kinds_in(district)
    assert sorted(kind.nearest for kind in kinds) == [("s1", "s2", "s3"), ("s1", "s2", "s3"), ("s3", "s2", "s1")][1:]
    assert [kind.nearest for kind in kinds_in(with_switches(district, adjust_by="list"))] == [()]
    found = simulated(district)
    written = csv_for_machines(kinds_table(found, RowsWanted())) + csv_for_people(families_table(found, RowsWanted()))
    assert not any(word in written.decode() for word in ("90.25", "91.5", "290.125", "7.75"))


def test_labels_in_both_languages() -> None:
    """Zone and school by name, category, choices by the policy's phases, bundle, status."""
    child: dict[str, Any] = {"voluntary_1": ("shifuxiao", "sizhong-fuli"), "preferred_diversion": ("xincheng-3",)}
    district = primary({"fuli": 9}, [
        *kids(1, "fuli", "A", size=2, **child), *kids(1, "fuli", "E", status="late", start="l"),
        *kids(1, "shifuxiao", "B", registered_school="xincheng-1", sibling_school="fuli", open_choice="menggu-primary"),
    ], offered_1={"shifuxiao": 0})  # fmt: skip
    schools = {**district.schools, "fuli": replace(district.schools["fuli"], name="富力小学")}
    district = replace(district, schools=schools)
    kinds = kinds_in(district)
    zh, en = (Names(district, language) for language in ("zh", "en"))
    assert kind_label(kinds[0], zh) == (
        "学区 富力小学 · A 有户有房 · 第一次自愿报名：shifuxiao > sizhong-fuli · 分流意愿：xincheng-3 · 多胞胎 2 人"
    )
    assert kind_label(kinds[0], en) == (
        "zone 富力小学 · A hukou and home · voluntary round 1: shifuxiao > sizhong-fuli · "
        "Preferred diversion: xincheng-3 · bundle of 2"
    )
    assert kind_label(kinds[1], zh) == "学区 富力小学 · E 外户租房 · 逾期报名"
    assert kind_label(kinds[1], en, zone=False) == "E renting without hukou · registered late"
    assert "登记学校 xincheng-1" in kind_label(kinds[2], zh)
    assert "sibling decisions: 富力小学" in kind_label(kinds[2], en)


def test_zones_that_share_a_school_are_told_apart() -> None:
    """Two zones of one school carry their ids, a zone without a school goes by its own."""
    district = Town().district(policy([batches()]), [kid(1)])
    zones = {**district.zones, "z1b": Zone("z1b", "s1"), "bare": Zone("bare", "")}
    names = Names(replace(district, zones=zones), "en")
    assert [names.zone(zone) for zone in ("z1", "z1b", "z3", "bare")] == ["s1 (z1)", "s1 (z1b)", "s3", "bare"]


def test_no_row_for_families_tells_of_less_than_three() -> None:
    """On random districts: every row has three families, every kind a row unless it is among the few withheld."""
    for seed in range(40):
        district = random_district(seed, 40)
        folding, kinds, families = folded(district)
        in_row = dict.fromkeys(folding.rows, 0)
        withheld = 0
        for kind, count in zip(kinds, families, strict=True):
            row = folding.row_of(kind)
            if row is None:
                withheld += count
            else:
                in_row[row] += count
                assert row.zone in ("", kind.zone)
                assert row.category in ("", kind.category)
        assert all(count >= FEWEST for count in in_row.values())
        assert withheld < FEWEST


def test_small_kinds_are_taken_together_step_by_step() -> None:
    """By first choice, then with others of zone and category, of the zone, of all zones; twins are one family."""
    rules = policy(all_phases(rounds=[bids()]))
    children = [
        *(kid(i) for i in range(3)),  # a row of their own
        kid(10, voluntary_1=("s2",)), kid(11, voluntary_1=("s2", "s3")), kid(12, voluntary_1=("s2", "s1")),  # first s2
        kid(20, voluntary_1=("s3",)), kid(21, open_choice="s3"), kid(22, category="B"), kid(23, category="U"),
        *[kid(30)._replace(applicant_id=f"t{i}", bundle="t") for i in range(2)],
        kid(40, "z3"), kid(41, "z3"), *(kid(i, "z3", status="late") for i in range(50, 53)),
        kid(60, "z3", "B", sibling_school="s1"),
    ]  # fmt: skip
    folding, kinds, _ = folded(Town().district(rules, children))
    first = Group("z1", "A", "", "s2", 1)
    others, zone = Group("z1", "A", rest="others"), Group("z1", rest="others")
    assert [row for row in folding.rows if isinstance(row, Group)] == [
        first,
        others,
        Group(rest="late"),
        Group(rest="others"),
    ]
    rows = {kind: folding.row_of(kind) for kind in kinds}
    assert [kind for kind, row in rows.items() if row is kind] == [kinds[0]]
    assert sum(row == others for row in rows.values()) == 3  # first choice s3 in either way, and twins
    assert zone not in folding.rows
    assert sum(row == Group(rest="others") for row in rows.values()) == 4  # B, U, z3, decision: five families
    # a kind that comes up in a demand draw only goes to the finest row that is there
    assert folding.row_of(kinds[0]._replace(voluntary_1=("s2", "s1", "s3"))) == first
    assert folding.row_of(kinds[0]._replace(zone="z2", category="E")) == Group(rest="others")


def test_a_sibling_who_only_gives_priority_is_no_decision() -> None:
    """Where no phase decides by siblings their families are told by zone like all others."""
    children = [kid(i, sibling_school="s2", voluntary_1=("s2",)) for i in range(3)]
    ranked = policy([bids(order=("sibling", "ticket"))])
    (row,) = folded(Town().district(ranked, children))[0].rows
    assert (row.zone, isinstance(row, ChildKind)) == ("z1", True)
    (row,) = folded(Town().district(policy(all_phases(rounds=[bids()])), children))[0].rows
    assert row == Group(rest="decision")


def test_what_is_too_small_is_withheld_and_counted() -> None:
    """Two families in all have no row; their children are counted."""
    found = simulated(Town().district(policy([batches()]), [kid(1), kid(2, "z3")]))
    assert (found.families, found.withheld) == ((), 2)
    assert any("2 more children are left out" in note.en for note in odds_notes_in_words(found))
    assert odds_object(found, RowsWanted())["families"] == []


def test_rows_that_surely_get_the_same_are_one() -> None:
    """Diversion wishes split kinds; where they change nothing, families see one row, and it is no mean."""
    children = [kid(i) for i in range(3)] + [kid(i, preferred_diversion=("s2",)) for i in range(3, 6)]
    children += [
        kid(6, preferred_diversion=("s3",)),
        kid(7, preferred_diversion=("s3", "s2")),
        kid(8, preferred_diversion=("s2", "s3")),
    ]
    district = Town(plan={"s1": 9, "s2": 1, "s3": 1}).district(policy([batches()]), children)
    found = simulated(district, demand_draws=3)
    assert len(found.families) == 3
    (row,) = rows_in_family_words(found, RowsWanted())
    names = Names(district, "en")
    assert (row_label_words(row, names), row.children) == ("zone s1 · A first", 9)
    assert odds_lines_in_words(row.draw, found, names) == ["s1: 100 % (all 40 draws)"]
    assert row.demand is not None
    assert odds_lines_in_words(row.demand, found, names, 40) == ["s1: 100 % (all 120 draws)"]
    short = simulated(replace(district, schools={**district.schools, "s1": School("s1", "s1", plan=4)}))
    shown = [row_label_words(row, names) for row in rows_in_family_words(short, RowsWanted())]
    assert len(shown) == 3
    assert [words for words in shown if words.endswith("(mean)")] == [shown[2]]


def test_rows_that_are_surely_diverted_but_not_to_one_school_stay_apart() -> None:
    """All are diverted in every draw, yet which school they get differs by their wishes: no row speaks for another."""
    wishes = (("s2", "s3"), ("s3", "s2"))
    children = [kid(i, preferred_diversion=wishes[i % 2]) for i in range(8)]
    rules = policy([batches(("s2", "s3", "s4"))])
    found = simulated(Town(plan={"s1": 0, "s2": 3, "s3": 3, "s4": 2}).district(rules, children))
    assert all(kind in found.draw[found.rule] for kind in found.families)
    rows = rows_in_family_words(found, RowsWanted())
    assert [(row.row, row.children) for row in rows] == [(kind, 4) for kind in found.families]
    diverted = found.results.index(Fate("diverted"))
    assert all(row.draw.hits[diverted] == row.draw.trials for row in rows)
    assert [sure_column_for_words(row.draw) for row in rows] == [None, None]


def test_shares_never_claim_more_than_was_seen() -> None:
    """100 % only if every draw gave it; what rounds to 0 or 100 says so; no error is an error unknown."""
    names = Names(Town().district(policy([batches()]), []), "en")

    def told(hits: int, trials: int, error: float | None, units: int = 1000) -> str:
        """The words of one share."""
        return share_in_words(Chances(1.0, units, trials, (hits,), (error,)), 0, names, 1000)

    assert sure_column_for_words(Chances(1.0, 2, 1000, (0, 1000), (0.0, 0.0))) == 1
    assert sure_column_for_words(Chances(1.0, 2, 1000, (1, 999), (0.001, 0.001))) is None
    assert told(1000, 1000, 0.0) == "100 % (all 1,000 draws)"
    assert told(9999, 10000, 0.0001) == "> 99.9 % ± < 0.1"
    assert told(1, 10000, 0.0001) == "< 0.1 % ± < 0.1"
    assert told(500, 1000, 0.0) == "50.0 % (same in every draw)"
    assert told(352, 1000, 0.0151) == "35.2 % ± 3.0"
    assert told(352, 1000, 0.0151, units=5) == "35.2 % ± 4.2"
    assert told(500, 1000, None, units=1) == "50.0 % (in one roster only, so no interval)"


def test_a_group_by_its_label() -> None:
    """What families call groups without zone."""
    names = Names(shipped("tongliao-2023-primary"), "en")
    assert group_label(Group(rest="decision"), names) == "children with a decision (all zones)"
    assert group_label(Group("fuli", "A", rest="others"), names) == "zone 富力小学 · A hukou and home · others"
    assert group_label(Group(), names) == ""
