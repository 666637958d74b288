"""One table of order keys, of switches and of methods: every part knows exactly the names of the domain's table."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path
from typing import Any, get_args

import pytest

from allocator.checking.law.proposals import BEFORE_TICKET as CHECKED
from allocator.cli.commands_optimum import optimum
from allocator.domain import (
    BEFORE_TICKET,
    COLUMN_OF_KEY,
    METHODS,
    ORDER_KEYS,
    STANDING_KEYS,
    SWITCHES,
    TICKET,
    AdjustmentPhase,
    Applicant,
    District,
    Switches,
)
from allocator.explanation import explain
from allocator.explanation.story.wishes import COUNTS
from allocator.ground import TEXTS, Language, text
from allocator.models.law.school_orders import BEFORE_TICKET as MODELLED
from allocator.models.optimum.methods import METHODS as FUNCTIONS
from allocator.procedure.school_orders import KEYS as PROCEEDED
from allocator.reading import policy_shape, what_if_shape
from allocator.record.queues import VALUES as RECORDED
from tests import small_districts, strategies
from tests.any_district import EVERY_SWITCH
from tests.any_district import KEYS as TRIED
from tests.cli_calls import good
from tests.small import solved
from tests.small_districts import Town, bids, kid, phase, policy
from tests.written_folders import write

LANGUAGES: tuple[Language, ...] = ("zh", "en")
DOCS = Path(__file__).resolve().parent.parent / "docs"
PLANNING = Path(__file__).resolve().parent.parent / "allocator" / "planning"


def page(name: str) -> str:
    """A page of the documentation."""
    return (DOCS / name).read_text(encoding="utf-8")


def test_procedure_model_checker_and_record_have_the_same_keys() -> None:
    """Each of the four has a value for every key of the table and for no other."""
    assert set(PROCEEDED) == set(ORDER_KEYS)
    assert set(MODELLED) == set(CHECKED) == set(RECORDED) == set(BEFORE_TICKET)
    assert {*BEFORE_TICKET, TICKET} == set(ORDER_KEYS)
    assert set(COLUMN_OF_KEY) <= set(BEFORE_TICKET)


def test_reading_takes_the_keys_of_the_table() -> None:
    """The schema of the policy file allows the keys of the table and no other."""
    annotation: Any = policy_shape.PHASE_SHAPES["deferred_acceptance"].model_fields["order"].annotation
    assert get_args(get_args(annotation)[0]) == ORDER_KEYS


def test_explanations_tell_every_key_in_both_languages() -> None:
    """A sentence for each thing that can stand before a ticket and for the ticket, and none for anything else."""
    codes = {code.removesuffix(".twins") for code in TEXTS if code.startswith("explain.cut.")}
    told = {code.removeprefix("explain.cut.") for code in codes}
    others = {"none", "decision", "earlier", "ticket.numbers", "ticket.ring"}
    assert told - others == {*STANDING_KEYS, TICKET}
    words = {"cut": "1", "own": "2", "draw": "d", "cut_zones": "", "own_zones": "", "lot": "t"}
    for key in (*STANDING_KEYS, TICKET):
        assert all(text(f"explain.cut.{key}", language, **words) for language in LANGUAGES)


def test_who_was_admitted_reads_every_key() -> None:
    """For each key but tier and category, which are told by themselves, a sentence for who has it and who has not."""
    told = {
        code.removeprefix("explain.key.").removesuffix(".twins") for code in TEXTS if code.startswith("explain.key.")
    }
    assert told == {f"{key}.{value}" for key in set(BEFORE_TICKET) - {"tier", "category"} for value in (0, 1)}


def test_the_pages_name_every_key() -> None:
    """The table of the policy page has a row for every key; the format of the record names what its key can hold."""
    rows = page("policy-file.md").split("| key in `order` |")[1].split("\n\n")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE)) == ORDER_KEYS
    (names,) = re.findall(r"^\| `key` \| .*Names: (.*) \|$", page("file-formats.md"), re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", names)) == set(STANDING_KEYS)


def test_planning_has_no_copy_of_the_keys() -> None:
    """No source of the planning spells a key of an order: it takes the orders of the procedure."""
    for path in PLANNING.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert not [key for key in ("walk_zone", "sibling") if f'"{key}"' in source], path.name


def test_random_districts_try_every_key_and_switch() -> None:
    """The random policies of these tests hold every key and every value of every switch."""
    assert set(TRIED) == set(BEFORE_TICKET)
    assert {name: set(values) for name, values in EVERY_SWITCH.items()} == {n: set(v) for n, v in SWITCHES.items()}
    for tried in (small_districts.SWITCHES, strategies.SWITCHES):
        assert dict(tried) == {name: values for name, values in SWITCHES.items() if name != "divert_assign"}


def contest(key: str, order: tuple[str, ...]) -> District:
    """Two children who bid for the one seat of s2; the second comes first by one key alone."""
    first = {
        "tier": kid(2, "z1", voluntary_1=("s2",)),
        "category": kid(2, "z3", voluntary_1=("s2",)),
        "sibling": kid(2, "z3", "B", voluntary_1=("s2",), sibling_school="s2"),
        "walk_zone": kid(2, "z2", "B", voluntary_1=("s2",), registered_school="s2"),
    }[key]
    tiers = (("z1",), ("z2", "z3"))
    loser = Applicant("K1", "z3", "B", voluntary_1=("s2",))
    last = phase(AdjustmentPhase, "adjust", schools=("s3",), draw="adjust")
    rules = policy([bids(order=order, tiers=tiers, seats="left"), last])
    return Town({"s1": 0, "s2": 1, "s3": 1}).district(rules, [loser, first])


@pytest.mark.parametrize("key", BEFORE_TICKET)
def test_a_key_is_retold_and_planned_with(key: str, tmp_path: Path) -> None:
    """Engines and checker agree where a key decides; both children are explained; planning by ranks does its work."""
    folder = write(contest(key, (key, "ticket")), tmp_path / "town")
    good("run", folder, "--trial-seed", 3, "--out", tmp_path / "out", "--quiet")
    for language in LANGUAGES:
        told = explain(tmp_path / "out", "K1", language)
        lot = text("explain.lot", language)
        words = {"cut": "{}", "own": "{}", "cut_zones": "", "own_zones": "", "lot": lot}
        assert text(f"explain.cut.{key}", language, **words).split("{")[0] in told
        assert explain(tmp_path / "out", "K2", language)
    good("capacity", folder, "--extra-seats", 1, "--by", "ranks", "--draws", 2, "--quiet")


def test_every_order_of_keys_gives_one_list() -> None:
    """Procedure, model and checker agree whatever keys an order has, and however they stand."""
    for count in range(len(BEFORE_TICKET) + 1):
        for keys in permutations(BEFORE_TICKET, count):
            solved(contest(BEFORE_TICKET[count % len(BEFORE_TICKET)], (*keys, "ticket")))


def test_switches_of_policy_and_what_if_are_those_of_the_table() -> None:
    """The policy file demands every switch with its values; a what-if may set every switch and no other."""
    assert list(SWITCHES) == list(Switches.__dataclass_fields__)
    fields = policy_shape.SwitchesShape.model_fields
    assert {name: get_args(field.annotation) for name, field in fields.items()} == dict(SWITCHES)
    assert all(field.is_required() for field in fields.values())
    assert get_args(what_if_shape.SwitchName) == tuple(SWITCHES)
    assert {name: getattr(Switches(), name) for name in SWITCHES} == {n: values[0] for n, values in SWITCHES.items()}


def test_explanations_tell_every_switch() -> None:
    """An explanation says of every value but the usual one what it means to the child, and when it bears on one."""
    told = {tuple(code.split(".")[2:4]) for code in TEXTS if code.startswith("explain.switch.")}
    assert told == {(name, value) for name, values in SWITCHES.items() for value in values[1:]}
    assert set(COUNTS) == set(SWITCHES)


def test_the_procedure_page_has_every_value() -> None:
    """Section 8 of the procedure has a row for every other value of every switch."""
    rows = re.findall(r"^\| `(\w+): (\w+)` \|", page("procedure.md"), re.MULTILINE)
    assert set(rows) == {(name, value) for name, values in SWITCHES.items() for value in values[1:]}


def test_methods_are_those_of_the_table() -> None:
    """The model has a function for every method of the table, the command line offers them, the pages name them."""
    assert tuple(FUNCTIONS) == METHODS
    (option,) = (one for one in optimum.params if one.name == "method")
    assert tuple(getattr(option.type, "choices", ())) == METHODS
    (row,) = re.findall(r"^\| `method`, `seats` \| (.*?);", page("file-formats.md"), re.MULTILINE)
    assert tuple(re.findall(r"`(\w+)`", row)) == METHODS
