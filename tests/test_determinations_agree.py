"""Two determinations, written apart from the same page, agree on random families; neither knows the other."""

from __future__ import annotations

from dataclasses import fields, replace
from hashlib import sha256
from itertools import zip_longest
from typing import Any, get_args, get_type_hints

import pytest

from allocator.domain import OfficeTables, OfficeValues
from tests.determinations import DETERMINE, DRAW, Determine
from tests.random_families import random_tables

SETS = 10_000
PARTS = 10

SWITCHES = [
    (field.name, word)
    for field in fields(OfficeValues)
    if field.name.startswith("q") or field.name == "stage"
    for word in get_args(get_type_hints(OfficeValues)[field.name])
]


def differences(seed: int, families: int) -> list[str]:
    """Return what the determinations say otherwise of the same families; the private draw is compared too."""
    tables, seedhex = random_tables(seed, families), sha256(str(seed).encode()).hexdigest()
    said = [
        [*determination.rows, *determination.roster, *draw(tables, seedhex)]
        for determination, draw in zip((each(tables) for each in DETERMINE.values()), DRAW.values(), strict=True)
    ]
    first, *others = said
    return [f"{seed}: {one}\n{two}" for other in others for one, two in zip_longest(first, other) if one != two]


@pytest.mark.parametrize("seed", range(8))
def test_determinations_agree_on_some_families(seed: int) -> None:
    """Row by row, roster and private draw: some five hundred children under random values."""
    assert differences(seed, 45) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_determinations_agree_on_ten_thousand_sets_of_families(part: int) -> None:
    """Sets of one to twelve families: whatever one determination says of them, the other says too."""
    found = [d for seed in range(1000 + part, 1000 + SETS, PARTS) for d in differences(seed, 1 + seed % 12)]
    assert found == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5000, 5004))
def test_determinations_agree_on_many_families_together(seed: int) -> None:
    """A thousand families at once, among them many homes with two or three families."""
    assert differences(seed, 1000) == []


@pytest.mark.parametrize("determine", DETERMINE.values(), ids=DETERMINE)
@pytest.mark.parametrize(("switch", "word"), SWITCHES)
def test_every_switch_decides_something(switch: str, word: str, determine: Determine) -> None:
    """Some child is determined otherwise under each word of a switch than under another one of it."""
    words = [other for name, other in SWITCHES if name == switch and other != word]
    for seed in range(40):
        tables = random_tables(seed, 30, OfficeValues())
        found = determine(_with(tables, switch, word))
        if all(determine(_with(tables, switch, other)) != found for other in words):
            return
    pytest.fail(f"{switch}: {word} decides nothing")


@pytest.mark.parametrize(("switch", "word"), SWITCHES)
def test_determinations_agree_under_every_switch(switch: str, word: str) -> None:
    """Each word of each switch alone, the others as in Tongliao."""
    tables = _with(random_tables(77, 120, OfficeValues()), switch, word)
    first, *others = (determine(tables) for determine in DETERMINE.values())
    assert all(other == first for other in others)


def _with(tables: OfficeTables, switch: str, word: str) -> OfficeTables:
    """Return tables under another word of a switch; junior children have finished primary school."""
    office: Any = replace(OfficeValues(), **{switch: word})  # type: ignore[arg-type]
    children = tables.applications
    if office.stage == "junior":
        children = tuple(child._replace(graduated=True) for child in children)
    return replace(tables, policy=replace(tables.policy, office=office), applications=children)
