"""Groups of names: equal ones, and those that sound alike by any reading; never passed on from one pair to another."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from allocator.classes import NamedChild, name_groups, unread_names
from allocator.classes.name_groups import name_readings, plain_name
from allocator.public.admitted import AdmittedList
from allocator.public.class_roster import make_class_roster
from allocator.reading.pupils_file import ListedPupil


def named(*names: str, school: str = "s", track: str = "day") -> list[NamedChild]:
    """Return children a, b, c, … with these names."""
    return [NamedChild("abcdefghijklmnop"[at], name, school, track) for at, name in enumerate(names)]


def groups(*names: str) -> set[str]:
    """Return the groups as words of the letters of their children."""
    return {"".join(group.children) for group in name_groups(named(*names))}


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("张伟", "张伟", "张薇"), {"abc"}),
        (("张伟", "张三"), set()),
        (("单丽", "善丽", "丹丽"), {"ab", "ac"}),  # shan as well as dan; the two others do not sound alike
        (("仇英", "邱瑛"), {"ab"}),  # qiú as a surname
        (("尉迟恭", "玉池宫"), {"ab"}),  # a surname of two characters: yù chí
        (("曾乐", "增乐", "曾悦"), {"abc"}),  # zeng; lè as well as yuè
        (("吕布", "卢布"), set()),  # lü is not lu
        (("吕布", "旅布"), {"ab"}),
        (("张 伟", "张伟", " 张伟\u200b"), {"abc"}),  # spaces and what nobody sees
        (("阿依古丽·买买提", "阿依古丽买买提", "阿衣古丽•买买提"), {"abc"}),
        (("Anna Lee", "ANNA LEE", "Ana Lee"), {"ab"}),  # Latin names: equal ones alone
        (("张Anna", "章Anna"), set()),
        (("例一", "例一", ""), {"ab"}),
        (("", ""), set()),
    ],
)
def test_names_that_are_equal_or_sound_alike(names: tuple[str, ...], found: set[str]) -> None:
    """By any reading in common, character by character."""
    assert groups(*names) == found


def test_each_school_and_track_by_itself() -> None:
    """The same name elsewhere is no matter."""
    children = [*named("张伟"), NamedChild("b", "张伟", "t", "day"), NamedChild("c", "张伟", "s", "boarding")]
    assert name_groups(children) == ()


def test_equal_names_alone_or_none() -> None:
    """What the office may choose instead."""
    children = named("张伟", "张伟", "章炜")
    assert [(g.kind, g.children) for g in name_groups(children, "equal")] == [("equal", ("a", "b"))]
    assert name_groups(children, "none") == ()
    assert [(g.kind, g.reading) for g in name_groups(children)] == [("sound", "zhang wei")]


def test_whoever_cannot_be_compared_by_sound_is_told() -> None:
    """Latin letters, characters without a reading, no name at all."""
    assert [one.child for one in unread_names(named("张伟", "Anna", "李\U0003134f", "", "欧阳·明"))] == ["b", "c", "d"]


def test_a_long_name_of_many_readings_is_quick() -> None:
    """A hundred equal names of thirty characters, most of them with several readings: one group."""
    found = name_groups([NamedChild(f"c{n}", "单仇曾解查区朴盖翟缪" * 3, "s", "day") for n in range(100)])
    assert [len(group.children) for group in found] == [100]


@pytest.mark.parametrize("seed", range(20))
def test_groups_are_exactly_the_pairs_that_sound_alike(seed: int) -> None:
    """Two children share a group just where every character has a reading in common; no group is inside another."""
    drawn = random.Random(seed)
    children = [NamedChild(f"c{n}", "".join(drawn.choices("单善丹乐悦曾增长行", k=2)), "s", "day") for n in range(25)]
    drawn.shuffle(children)
    found = [set(group.children) for group in name_groups(children)]
    for one, other in combinations(children, 2):
        signs = zip(name_readings(one.name), name_readings(other.name), strict=True)
        alike = all(not set(a).isdisjoint(b) for a, b in signs)
        assert any({one.child, other.child} <= group for group in found) == alike
    assert not any(one < other for one in found for other in found)
    assert name_groups(sorted(children)) == name_groups(children)


def test_what_makes_names_equal() -> None:
    """Full-width letters and compatibility characters are the same as ordinary ones."""
    assert plain_name("Ａnna ·Lee") == plain_name("anna lee")


def roster(names: list[str], pupils: list[ListedPupil] | None = None, **asked: object) -> dict[str, tuple[str, ...]]:
    """Return by child the groups apart of a roster."""
    ids = "abcdefghijkl"[: len(names)]
    admitted = AdmittedList(
        dict.fromkeys(ids, "s"), {}, dict(zip(ids, names, strict=True)), dict.fromkeys(ids, "F")
    )
    made = make_class_roster(admitted, pupils or [], "pupils.csv", **asked)  # type: ignore[arg-type]
    return {pupil.pupil_id: pupil.apart for pupil in made.lines["s", "day"]}


def listed(child: str, together: str = "", *apart: str) -> ListedPupil:
    """Return a row of the table of pupils."""
    return ListedPupil(2, child, "", "", "day", together, apart)


def test_ids_of_groups_tell_no_name_and_are_no_familys() -> None:
    """n1, n2, … in the order of the children's numbers, past ids that families' groups have."""
    assert roster(["例一", "例二", "例一", "例二"]) == {"a": ("n1",), "b": ("n2",), "c": ("n1",), "d": ("n2",)}
    taken = [listed("a", "", "n1", "x"), listed("d", "", "n1")]
    assert roster(["例一", "例二", "例一", "例二"], taken) == {
        "a": ("n1", "x", "n2"), "b": ("n3",), "c": ("n2",), "d": ("n1", "n3"),
    }  # fmt: skip


def test_a_group_may_be_left_out_and_the_others_keep_their_ids() -> None:
    """After the office looked at who is in it."""
    found = roster(["例一", "例二", "例一", "例二"], left_out=("n1",))
    assert found == {"a": (), "b": ("n2",), "c": (), "d": ("n2",)}


def test_a_bundle_is_heard_before_names() -> None:
    """Of twins in one class each is apart from the third child of their name, not from each other."""
    found = roster(["例一"] * 3, [listed("a", "B"), listed("b", "B")])
    assert found == {"a": ("n1",), "b": ("n2",), "c": ("n1", "n2")}


