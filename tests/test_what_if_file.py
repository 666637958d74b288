"""What-if files: what each kind of change is read as, everything that is refused, and the canonical form."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.domain import Change, canonical_what_ifs, what_ifs_digest
from allocator.domain import what_if as domain
from allocator.ground import InputError, fault_text
from allocator.planning.whatif import compose
from allocator.planning.whatif.composing import MAKERS
from allocator.reading.what_if_file import MOST_BYTES, parse_what_if, read_what_if, read_what_ifs
from tests.conformance import ROOT
from tests.small import shipped
from tests.what_if_cases import HEAD, change, parsed, written

SHIPPED = sorted((ROOT / "scenarios" / "tongliao-2023-primary" / "what-if").glob("*.yaml"))

EVERY_KIND: list[tuple[str, Change]] = [
    ("change: seats, school: a, add: -3", domain.SeatChange(line=5, school="a", add=-3)),
    ("change: seats, school: a, set: 0, cost_per_seat: 7",
     domain.SeatChange(line=5, school="a", set=0, cost_per_seat=7)),
    ("change: classes, school: a, add: 2, size: 45, cost_per_seat: 0",
     domain.ClassChange(line=5, school="a", add=2, size=45, cost_per_seat=0)),
    ("change: hard_cap, school: a, set: 9", domain.HardCapChange(line=5, school="a", set=9)),
    ("change: hard_cap, school: a, add: 1", domain.HardCapChange(line=5, school="a", add=1)),
    ("change: offered, school: a, column: offered_voluntary_2, set: 4",
     domain.OfferedChange(line=5, school="a", column="offered_voluntary_2", set=4)),
    ("change: new_school, school: n, name: 新校, plan: 5", domain.NewSchool(line=5, school="n", name="新校", plan=5)),
    ("change: new_school, school: n, name: 新校, plan: 5, hard_cap: 6, place: [1, 2.50], zones: [z], receiving: [all],"
     " adjustment: false, cost_per_seat: 8",
     domain.NewSchool(line=5, school="n", name="新校", plan=5, hard_cap=6, place=("1", "2.5"), zones=("z",),
                      receiving=("all",), adjustment=False, cost_per_seat=8)),
    ("change: new_school, school: n, name: 新校, plan: 5, name_en: ' New School '",
     domain.NewSchool(line=5, school="n", name="新校", plan=5, name_en="New School")),
    ("change: close_school, school: a", domain.CloseSchool(line=5, school="a")),
    ("change: close_school, school: a, to: b", domain.CloseSchool(line=5, school="a", to="b")),
    ("change: move_homes, from_zone: z, to_zone: y, homes: [[1, 2], ['3.50', -4.25]]",
     domain.MoveHomes(line=5, from_zone="z", to_zone="y", homes=(("1", "2"), ("3.50", "-4.25")))),
    ("change: move_homes, from_zone: z, to_zone: y, polygon: [[0, 0], [1, 0], [0, 1]]",
     domain.MoveHomes(line=5, from_zone="z", to_zone="y", polygon=(("0", "0"), ("1", "0"), ("0", "1")))),
    ("change: register, zone: z, school: a", domain.Register(line=5, zone="z", school="a")),
    ("change: register, zone: z, school: a, percent: 0", domain.Register(line=5, zone="z", school="a", percent=0)),
    ("change: growth, percent: -100", domain.Growth(line=5, percent=-100)),
    ("change: growth, percent: 1000, zones: [z, y], categories: [A]",
     domain.Growth(line=5, percent=1000, zones=("z", "y"), categories=("A",))),
    ("change: cohort, zones: {z: 3, y: 0}", domain.Cohort(line=5, zones={"z": 3, "y": 0})),
    ("change: estate, zone: z, children: {A: 2}, place: [0.001, '+5.5']",
     domain.Estate(line=5, zone="z", children={"A": 2}, place=("0.001", "+5.5"))),
    ("change: take_up, phase: round-1, percent: 20", domain.TakeUp(line=5, phase="round-1", percent=20)),
    ("change: switches, set: {tiers: pooled}", domain.SwitchChange(line=5, set={"tiers": "pooled"})),
    ("change: weights", domain.WeightChange(line=5)),
    ("change: weights, category: {A: 1}, home: 2, chosen: 3, diverted: 4, metre: 0, nearest: 1",
     domain.WeightChange(line=5, category={"A": 1}, home=2, chosen=3, diverted=4, metre=0, nearest=1)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EVERY_KIND, ids=[text[8:40] for text, _ in EVERY_KIND])
def test_each_change_is_read_as_it_is_written(text: str, expected: Change) -> None:
    """Every kind of change, with all its keys and with none that may be left out, and the line where it stands."""
    assert change(text) == expected


def test_every_kind_is_read_made_and_documented() -> None:
    """No kind is missing in the list above, in the composition or in the table of docs/what-if.md."""
    kinds = {type(made) for _, made in EVERY_KIND}
    assert kinds == MAKERS.keys()
    text = (ROOT / "docs" / "what-if.md").read_text(encoding="utf-8")
    assert {kind for kind in kinds if f"| `{kind.kind}` |" not in text} == set()


WRONG = [
    ("change: seats, school: a, add: 1, colour: red", 5, "changes.0.colour", "", "policy.unknown_key", None),
    ("change: seats, add: 1", 5, "changes.0.school", "", "policy.missing_key", None),
    ("change: seats, school: a", 5, "changes.0", "", "policy.wrong_value", "add | set"),
    ("change: seats, school: a, add: 1, set: 2", 5, "changes.0", "", "policy.wrong_value", "add | set"),
    ("change: hard_cap, school: a", 5, "changes.0", "", "policy.wrong_value", "add | set"),
    ("change: hard_cap, school: a, add: 1, set: 2", 5, "changes.0", "", "policy.wrong_value", "add | set"),
    ("change: seats, school: a, set: -1", 5, "changes.0.set", "-1", "policy.wrong_value",
     "a whole number from 0 to 1000000"),
    ("change: seats, school: a, add: 1.5", 5, "changes.0.add", "1.5", "policy.wrong_value",
     "a whole number from -1000000 to 1000000"),
    ("change: seats, school: a, add: true", 5, "changes.0.add", "true", "policy.wrong_value",
     "a whole number from -1000000 to 1000000"),
    ("change: seats, school: a, add: 1000001", 5, "changes.0.add", "1000001", "policy.wrong_value",
     "a whole number from -1000000 to 1000000"),
    ("change: seats, school: 12, add: 1", 5, "changes.0.school", "12", "policy.wrong_value", "text"),
    ("change: seats, school: a, add: 1, cost_per_seat: -1", 5, "changes.0.cost_per_seat", "-1", "policy.wrong_value",
     "a whole number from 0 to 1000000000000"),
    ("change: chairs, school: a", 5, "changes.0.change", "chairs", "policy.wrong_value", None),
    ("school: a", 5, "changes.0.change", "", "policy.missing_key", None),
    ("change: classes, school: a, add: 1", 5, "changes.0.size", "", "policy.missing_key", None),
    ("change: classes, school: a, add: 1, size: 0", 5, "changes.0.size", "0", "policy.wrong_value",
     "a whole number from 1 to 1000"),
    ("change: offered, school: a, column: plan, set: 1", 5, "changes.0.column", "plan", "policy.wrong_value",
     "offered_voluntary_1, offered_voluntary_2"),
    ("change: move_homes, from_zone: z, to_zone: y", 5, "changes.0", "", "policy.wrong_value", "homes | polygon"),
    ("change: move_homes, from_zone: z, to_zone: y, homes: [[0, 0]], polygon: [[0, 0], [1, 0], [0, 1]]", 5,
     "changes.0", "", "policy.wrong_value", "homes | polygon"),
    ("change: move_homes, from_zone: z, to_zone: y, homes: []", 5, "changes.0.homes", "", "policy.wrong_value",
     "at least 1 entry"),
    ("change: move_homes, from_zone: z, to_zone: y, polygon: [[0, 0], [1, 0]]", 5, "changes.0.polygon", "",
     "policy.wrong_value", "at least 3 entries"),
    ("change: move_homes, from_zone: z, to_zone: y, homes: [[1, 2, 3]]", 5, "changes.0.homes.0", "",
     "policy.wrong_value", "at most 2 entries"),
    ("change: register, zone: z, school: a, percent: 101", 5, "changes.0.percent", "101", "policy.wrong_value",
     "a whole number from 0 to 100"),
    ("change: register, zone: z, school: a, percent: 33.3", 5, "changes.0.percent", "33.3", "policy.wrong_value",
     "a whole number from 0 to 100"),
    ("change: growth, percent: 33.3", 5, "changes.0.percent", "33.3", "policy.wrong_value",
     "a whole number from -100 to 1000"),
    ("change: growth, percent: -101", 5, "changes.0.percent", "-101", "policy.wrong_value",
     "a whole number from -100 to 1000"),
    ("change: growth, percent: 1001", 5, "changes.0.percent", "1001", "policy.wrong_value",
     "a whole number from -100 to 1000"),
    ("change: take_up, phase: p, percent: 1001", 5, "changes.0.percent", "1001", "policy.wrong_value",
     "a whole number from -100 to 1000"),
    ("change: cohort, zones: {}", 5, "changes.0.zones", "", "policy.wrong_value", "at least 1 entry"),
    ("change: cohort, zones: {z: -1}", 5, "changes.0.zones.z", "-1", "policy.wrong_value",
     "a whole number from 0 to 1000000"),
    ("change: estate, zone: z, children: {}", 5, "changes.0.children", "", "policy.wrong_value", "at least 1 entry"),
    ("change: switches, set: {colour: red}", 5, "changes.0.set.colour", "colour", "policy.wrong_value", None),
    ("change: switches, set: {}", 5, "changes.0.set", "", "policy.wrong_value", "at least 1 entry"),
    ("change: weights, metre: -1", 5, "changes.0.metre", "-1", "policy.wrong_value", "a whole number from 0 on"),
    ("change: weights, nearest: 0", 5, "changes.0.nearest", "0", "policy.wrong_value", "a whole number from 1 on"),
    ("change: seats, school: a, school: b, add: 1", 5, "changes.0.school", "", "policy.duplicate_key", None),
    ("change: seats, school: &x a, add: 1", 5, "changes.0.school", "", "policy.no_anchors", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "key", "value", "code", "expected"), WRONG, ids=[w[0][8:50] for w in WRONG])
def test_each_fault_is_told_with_its_line(
    text: str, line: int, key: str, value: str, code: str, expected: str | None
) -> None:
    """Exactly one fault, with file, line, key and value, and with words in both languages."""
    found, faults = parse_what_if(written(text), "w.yaml")
    assert found is None
    assert [(f.file, f.row, f.column, f.value, f.code) for f in faults] == [("w.yaml", line, key, value, code)]
    if expected is not None:
        assert faults[0].params["expected"] == expected
    assert all(fault_text(faults[0], language) for language in ("zh", "en"))
    assert "Input should" not in fault_text(faults[0], "zh")
    assert "whole number" not in fault_text(faults[0], "zh")
    assert "0, 1, 2 …" not in fault_text(faults[0], "en")  # a number without its limits


@pytest.mark.parametrize(
    "place",
    ["1e5", ".nan", ".inf", "-.inf", "true", "null", "1234567890", "1.0000000000000001", "0.00000000000000000001",
     "'1,5'", "''", "abc", "'１'", "[1]", "{a: 1}", "'1e5'", "' 1'"],
)  # fmt: skip
def test_a_place_is_a_plain_decimal_in_metres(place: str) -> None:
    """Numbers of a sort that no table may hold are refused one by one, whatever YAML makes of them."""
    for text in (f"change: new_school, school: n, name: n, plan: 1, place: [{place}, 0]",
                 f"change: estate, zone: z, children: {{A: 1}}, place: [{place}, 0]"):  # fmt: skip
        found, faults = parse_what_if(written(text), "w.yaml")
        assert [(f.row, f.column, f.code) for f in faults] == [(5, "changes.0.place.0", "policy.wrong_value")]
        assert found is None


@pytest.mark.parametrize(
    ("cells", "key", "code"),
    [
        ("school: con, name: n", "school", "school.reserved_id"),
        ("school: LPT9, name: n", "school", "school.reserved_id"),
        ("school: '330102199001011234', name: n", "school", "cell.identity_number"),
        ("school: '-n', name: n", "school", "cell.formula"),
        ("school: n, name: '=1+1'", "name", "cell.formula"),
        ("school: n, name: '＝1+1'", "name", "cell.formula"),
        ("school: n, name: '@n'", "name", "cell.formula"),
        ("school: n, name: '   '", "name", "cell.empty"),
        ('school: n, name: "a\\u202eb"', "name", "cell.control_character"),
        ("school: n, name: '张三330102199001011234'", "name", "cell.identity_number"),
        (f"school: n, name: {'n' * 101}", "name", "cell.too_long"),
    ],
)
def test_a_new_school_obeys_the_table_of_schools(cells: str, key: str, code: str) -> None:
    """Id and name are judged as in ``schools.csv``; a card number is masked wherever it is shown."""
    found, faults = parse_what_if(written(f"change: new_school, {cells}, plan: 1"), "w.yaml")
    assert found is None
    assert [(f.row, f.column, f.code) for f in faults] == [(5, f"changes.0.{key}", code)]
    assert "199001011234" not in fault_text(faults[0], "zh")


def test_a_name_loses_the_space_around_it() -> None:
    """As in the tables, space around a name is nothing that anybody meant."""
    made = change("change: new_school, school: n, name: ' 新校 ', plan: 1")
    assert isinstance(made, domain.NewSchool)
    assert made.name == "新校"


WHOLE = [
    (b"", 0, "", "policy.empty"),
    (b"# nothing but a comment\n", 0, "", "policy.empty"),
    (b"a: \xff\xfe", 1, "", "policy.not_utf8"),
    (b"format_version: 1\nwhat_if: [a\n", 3, "", "policy.syntax"),
    (b"[" * 600, 0, "", "policy.syntax"),
    (b"- a\n", 1, "", "policy.wrong_value"),
    (b"x" * (MOST_BYTES + 1), 0, "", "what_if.too_long"),
    (HEAD.format(name="w").encode(), 4, "changes", "policy.wrong_value"),
    (written(name="base"), 2, "what_if", "what_if.reserved_name"),
    (written(name="nul"), 2, "what_if", "school.reserved_id"),
    (written(name="Upper"), 2, "what_if", "policy.wrong_value"),
    (written(name="a" * 41), 2, "what_if", "policy.wrong_value"),
    (written(name="a/b"), 2, "what_if", "policy.wrong_value"),
    (written().replace(b"1", b"2", 1), 1, "format_version", "policy.wrong_value"),
    (written().replace(b", en: a", b""), 3, "title.en", "policy.missing_key"),
    (written() + b"more: 1\n", 5, "more", "policy.unknown_key"),
    (written() + b"what_if: v\n", 5, "what_if", "policy.duplicate_key"),
]


@pytest.mark.parametrize(("raw", "line", "key", "code"), WHOLE, ids=[f"{i}-{w[3]}" for i, w in enumerate(WHOLE)])
def test_faults_of_the_whole_file(raw: bytes, line: int, key: str, code: str) -> None:
    """Empty files, other encodings, broken or nested YAML, names that are taken, wrong and repeated keys."""
    found, faults = parse_what_if(raw, "w.yaml")
    assert found is None
    assert [(f.row, f.column, f.code) for f in faults] == [(line, key, code)]


def test_all_faults_of_a_file_are_told_at_once() -> None:
    """Two changes at fault and a bad name give three faults, each in its line."""
    raw = written("change: seats, school: a", "change: growth, percent: 1.5", name="B")
    assert [(f.row, f.code) for f in parse_what_if(raw, "w.yaml")[1]] == [
        (2, "policy.wrong_value"), (5, "policy.wrong_value"), (6, "policy.wrong_value"),
    ]  # fmt: skip


def faults_of_files(*paths: Path) -> list[tuple[str, int, str]]:
    """File, line and code of everything that is wrong with some files."""
    with pytest.raises(InputError) as raised:
        read_what_ifs(paths)
    return [(f.file, f.row, f.code) for f in raised.value.faults]


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """A missing file, a folder, a bad file and two of one name: one message about all of them."""
    for name, raw in (("a", written(name="same")), ("b", written("change: growth")), ("c", written(name="same"))):
        (tmp_path / f"{name}.yaml").write_bytes(raw)
    assert faults_of_files(*(tmp_path / name for name in ("a.yaml", "b.yaml", "c.yaml", "d.yaml")), tmp_path) == [
        ("b.yaml", 5, "policy.missing_key"),
        ("c.yaml", 2, "what_if.same_name"),
        ("d.yaml", 0, "file.unreadable"),
        (tmp_path.name, 0, "file.unreadable"),
    ]


def test_a_long_file_is_refused_without_being_read(tmp_path: Path) -> None:
    """Of ten million bytes only as many are read as the limit needs."""
    path = tmp_path / "long.yaml"
    path.write_bytes(written() + b"#" * 10_000_000)
    assert faults_of_files(path) == [("long.yaml", 0, "what_if.too_long")]
    path.write_bytes(written().ljust(MOST_BYTES, b"\n"))
    assert read_what_if(path).changes == ()


def test_the_canonical_form_written_by_hand() -> None:
    """JSON with sorted keys, no spaces, defaults filled in; names, titles and lines left out."""
    what_if = parsed("change: growth, percent: 20, categories: [E]", "change: new_school, school: n, name: 校, plan: 3",
                     "change: close_school, school: a", "change: cohort, zones: {y: 2, x: 1}")  # fmt: skip
    by_hand = (
        '[{"categories":["E"],"change":"growth","percent":20,"zones":[]},'
        '{"adjustment":true,"change":"new_school","cost_per_seat":null,"hard_cap":null,"name":"\\u6821","place":null,'
        '"plan":3,"receiving":[],"school":"n","zones":[]},'
        '{"change":"close_school","school":"a","to":""},'
        '{"change":"cohort","zones":{"x":1,"y":2}}]'
    )
    assert canonical_what_ifs([what_if]).decode() == by_hand
    assert what_ifs_digest([what_if]) == sha256(by_hand.encode()).hexdigest()
    assert what_ifs_digest([what_if]) == "a9fea4e92ac7e29ab8754177a4a4ca721ab1c941c9989cf2aaf28e21e8ce6222"
    assert canonical_what_ifs([]) == b"[]"


def test_what_has_no_meaning_does_not_change_the_digest() -> None:
    """Order of keys, comments, block or flow style, name and title; two files are as one with all their changes."""
    first, second = "change: seats, school: a, add: 1", "change: register, zone: z, school: a"
    one = parsed(first, second)
    block = (
        "title:\n  en: other\n  zh: 别的\nchanges:\n- add: 1  # more\n  school: 'a'\n  change: seats\n"
        "- percent: 100\n  change: register\n  school: a\n  zone: z\nwhat_if: other\nformat_version: 1\n"
    )
    other, faults = parse_what_if(block.encode(), "other.yaml")
    assert other is not None, faults
    assert what_ifs_digest([one]) == what_ifs_digest([other]) == what_ifs_digest([parsed(first), parsed(second)])
    assert what_ifs_digest([one]) != what_ifs_digest([parsed(second, first)])
    assert what_ifs_digest([one]) == what_ifs_digest([one, parsed()])


@pytest.mark.parametrize(("text", "made"), EVERY_KIND, ids=[text[8:40] for text, _ in EVERY_KIND])
def test_the_canonical_form_can_be_read_again(text: str, made: Change) -> None:
    """What stands in ``changes.json`` is, put into a file, the same what-if (None left out, as nobody writes it)."""
    items = json.loads(canonical_what_ifs([parsed(text)]))
    kept = [{key: value for key, value in item.items() if value not in (None, "", [])} for item in items]
    raw = written().replace(b"[]", json.dumps(kept).encode())
    found, faults = parse_what_if(raw, "w.yaml")
    assert found is not None, faults
    assert canonical_what_ifs([found]) == canonical_what_ifs([parsed(text)])
    assert type(found.changes[0]) is type(made)


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_the_shipped_what_ifs_fit_their_district(path: Path) -> None:
    """Each is named as its file, can be composed, and changes something."""
    what_if = read_what_if(path)
    assert what_if.name == path.stem
    base = shipped("tongliao-2023-primary")
    made = compose(base, [what_if]).district
    assert made != base


def test_six_what_ifs_are_shipped() -> None:
    """The six that the district promises, all different, and together one composition."""
    assert len(SHIPPED) == 6
    what_ifs = read_what_ifs(SHIPPED)
    assert len({what_ifs_digest([what_if]) for what_if in what_ifs}) == 6
    assert compose(shipped("tongliao-2023-primary"), what_ifs)


SCALAR = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5),
    st.sampled_from(["a", "z", "change", "seats", "add", "1e5", "offered_voluntary_1"]),
)  # fmt: skip
VALUE = st.recursive(
    SCALAR, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=5), one, max_size=3)
)
KEYS = sorted({key for text, _ in EVERY_KIND for key in json.loads(canonical_what_ifs([parsed(text)]))[0]})
CHANGE = st.builds(
    lambda kind, more: {"change": kind, **more},
    st.sampled_from(sorted({made.kind for _, made in EVERY_KIND})) | VALUE,
    st.dictionaries(st.sampled_from(KEYS), VALUE, max_size=5),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(CHANGE | VALUE, max_size=3))
def test_anything_is_read_or_refused_in_words(changes: list[object]) -> None:
    """Keys with values of any sort: a what-if or faults with texts in both languages, never an exception."""
    raw = written().replace(b"[]", json.dumps(changes).encode())
    found, faults = parse_what_if(raw, "w.yaml")
    assert (found is None) == bool(faults)
    for fault in faults:
        assert all(fault_text(fault, language) for language in ("zh", "en"))
