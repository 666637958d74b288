"""The public draw: check values, digests, strict transcripts, weak seeds, hard caps."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest

from allocator.district_folder import frozen_folder_faults
from allocator.domain import Applicant, Contribution, DeferredAcceptancePhase, District, Draw, School, Transcript, Zone
from allocator.ground import InputError, fault_text
from allocator.lottery import (
    FrozenDigests,
    build_transcript,
    canonical_applicant_cells,
    canonical_csv_text,
    draw_roster,
    entropy_bits,
    frozen_digests,
    hard_cap_faults,
    parse_transcript,
    roster_digest,
    ticket,
    ticket_hex,
    ticket_order,
    ticket_word,
    tickets,
    weak_seed_faults,
)
from allocator.lottery.canonical import canonical_applicant_lines
from tests import conformance

TEN = tuple(
    Applicant(f"T23-{n:04d}-{child}" if child else f"T23-{n:04d}", "z", "A", bundle=f"B{n}" if n in (3, 6) else "")
    for n in range(1, 11)
    for child in ((0, 2) if n in (3, 6) else (0,))
)
WITNESSES = (
    Contribution("witness-1", "31415926535897932384"),
    Contribution("witness-2", "27182818284590452353"),
    Contribution("witness-3", "16180339887498948482"),
)
DRAND = Contribution("drand-quicknet", "123:fb8f7bc29bf24db51871ec8c79f3a1e4bd0557bc0dfcee9ed1d924e69d1c60dc")
SEED = "a56a7a28bdb13d073f3d61256e46e892ccc033391cf9d0d822ed1c7f4130efd7"
S1_B_1 = [4, 5, 2, 10, 9, 6, 1, 7, 8, 3]
GOOD = build_transcript("DEMO-002", FrozenDigests("1" * 64, "2" * 64, "3" * 64), (*WITNESSES, DRAND))


def ten_children() -> District:
    """Return the ten parties of the check values, two of them of two children, and the policy file of twelve bytes."""
    policy = sha256(b"demo-policy\n").hexdigest()
    zones, schools = {"z": Zone("z", "s")}, {"s": School("s", "S", plan=6)}
    return District(conformance.policy(), schools, zones, TEN, policy_sha256=policy)


def parsed(raw: bytes) -> Transcript:
    """Return a transcript that must be good."""
    found, faults = parse_transcript(raw)
    assert found is not None, faults
    return found


def test_seed_of_the_check_values() -> None:
    """Roster, policy and transcript of the published example give the published seed."""
    district = ten_children()
    assert roster_digest(district) == "113d25e2261e345c2c86cd7127befb447b69faebee1909adf6ed44e9271e6548"
    assert district.policy_sha256 == "515a5cee3428be3bd78e29a4da725504fdad4845bdaa307619168ab422e1cba7"
    raw = build_transcript("DEMO-002", frozen_digests(district), (*WITNESSES, DRAND))
    without_inputs = b"".join(line for line in raw.splitlines(keepends=True) if not line.startswith(b"inputs="))
    assert sha256(without_inputs).hexdigest() == SEED


def test_tickets_and_order_of_the_check_values() -> None:
    """The ticket of the published example and its whole order come out, one by one and in bulk."""
    ids = [f"T23-{n:04d}" for n in range(1, 11)]
    assert ticket(SEED, "S1.B.1", ids[3]) == "2a58ff1b0d45708884e862497f12748df9e194bec21aa4c5c3eb82053d488fe5"
    digests = tickets(SEED, "S1.B.1", ids)
    assert ticket_hex(digests) == [ticket(SEED, "S1.B.1", name) for name in ids]
    assert [int(ids[at][4:]) for at in ticket_order(digests, ids)] == S1_B_1


def test_order_of_many_is_the_order_of_the_texts() -> None:
    """The fast order by the first bytes is the order of the whole hexadecimal texts."""
    ids = [f"T23-{n:06d}" for n in range(5_000)]
    digests = tickets("0" * 64, "divert-A", ids)
    slow = sorted(range(len(ids)), key=lambda at: (ticket("0" * 64, "divert-A", ids[at]), ids[at]))
    assert ticket_order(digests, ids).tolist() == slow


def test_equal_heads_and_equal_tickets() -> None:
    """Tickets that agree in their first bytes go by the rest, and equal tickets by party id."""
    digests = np.array([b"h" * 31 + b"b", b"h" * 31 + b"a", b"h" * 32, b"h" * 32], dtype="S32")
    assert ticket_order(digests, ["p", "q", "z", "y"]).tolist() == [1, 0, 3, 2]


def test_closing_zero_bytes_count() -> None:
    """A digest that ends in zero bytes keeps its 64 digits and its place."""
    digests = np.array([b"x" * 31 + b"\x01", b"x" * 31 + b"\x00"], dtype="S32")
    assert [len(name) for name in ticket_hex(digests)] == [64, 64]
    assert ticket_order(digests, ["a", "b"]).tolist() == [1, 0]


def test_no_parties_no_tickets() -> None:
    """A draw in which nobody stands has an empty order."""
    assert ticket_order(tickets(SEED, "adjust", []), []).tolist() == []


def test_one_word_for_the_session() -> None:
    """Under one ticket a session every draw's ticket is made with the same word."""
    assert ticket_word("batch-A/x", "per_session") == ticket_word("divert-A", "per_session") == "session"
    assert ticket_word("batch-A/x", "per_draw") == "batch-A/x"


def test_draw_roster_counts_bundles_once() -> None:
    """A bundle is one line under its smallest id, whatever the order of the rows."""
    district = replace(ten_children(), applicants=TEN[::-1])
    lines = draw_roster(district).decode().splitlines()
    assert lines[0] == "id,size"
    assert len(lines) == 11
    assert lines[3] == "T23-0003,2"


@pytest.mark.parametrize("name", conformance.names())
def test_digests_of_the_conformance_districts(name: str) -> None:
    """Roster and inputs of every conformance district have the digests of its transcript, parsed strictly."""
    district, _ = conformance.load(name)
    assert district.draw is not None
    raw = district.draw.transcript.raw if district.draw.transcript else b""
    assert frozen_folder_faults(replace(district, draw=Draw(transcript=parsed(raw)))) == []
    assert weak_seed_faults(parsed(raw)) == []


@pytest.mark.parametrize("name", conformance.names())
def test_conformance_districts_pass_the_hard_cap_check(name: str) -> None:
    """No conformance district is refused before its draw."""
    assert hard_cap_faults(conformance.load(name)[0]) == []


def test_every_changed_digest_is_told() -> None:
    """A seat, a party and a policy changed after the freeze are three faults, each with the line of the transcript."""
    district = ten_children()
    transcript = parsed(build_transcript("E-1", frozen_digests(district), WITNESSES))
    changed = replace(district, applicants=TEN[1:], policy_sha256="0" * 64, schools={"s": School("s", "S", plan=7)})
    faults = frozen_folder_faults(replace(changed, draw=Draw(transcript=transcript)))
    assert [(f.code, f.row) for f in faults] == [
        ("draw.changed_roster", 3),
        ("draw.changed_policy", 4),
        ("draw.changed_inputs", 5),
    ]


def test_one_seat_changes_the_inputs_alone() -> None:
    """A school's plan stands in the inputs digest and in no other."""
    district = ten_children()
    transcript = parsed(build_transcript("E-1", frozen_digests(district), WITNESSES))
    changed = replace(district, schools={"s": School("s", "S", plan=7)}, draw=Draw(transcript=transcript))
    faults = frozen_folder_faults(changed)
    assert [f.code for f in faults] == ["draw.changed_inputs"]


def test_row_order_and_names_leave_the_digest_alone() -> None:
    """The order of rows and the optional columns are not part of the digest; a quoted cell is."""
    district = ten_children()
    same = replace(district, applicants=tuple(a._replace(name="示例", sex="F") for a in TEN[::-1]))
    assert frozen_digests(same) == frozen_digests(district)
    named = replace(district, schools={"s": School("s", 'S, "the"', plan=6)})
    table = "schools.csv\nschool_id,name,jurisdiction,plan,hard_cap,offered_voluntary_1,offered_voluntary_2,x,y\n"
    rows = table + 's,"S, ""the""",own,6,,,,,\nzones.csv\nzone,school_id,e_school_id,dual_school_ids\nz,s,,\n'
    head = "applicants.csv\napplicant_id,zone,category,registered_school,voluntary_1,voluntary_2,open_choice,bundle,"
    head += "preferential_school,sibling_school,status,preferred_diversion,x,y\n"
    bundles = [f"{a.applicant_id},z,A,,,,,{a.bundle},,,verified,,,\n" for a in sorted(TEN)]
    assert frozen_digests(named).inputs == sha256((head + "".join(bundles) + rows).encode()).hexdigest()


@pytest.mark.parametrize("zone", ["z", "a,b", 'a"b', "a\nb", "a\rb"])
def test_fast_lines_are_the_lines_of_the_cells(zone: str) -> None:
    """Rows written in one step are those written cell by cell, whatever a cell holds."""
    children = [*TEN, Applicant("T23-1", zone, "A", voluntary_1=("s", "t"), preferred_diversion=("u",), x="1", y="2")]
    lines = canonical_applicant_lines(children)
    assert lines == canonical_csv_text([canonical_applicant_cells(child) for child in children])
    assert list(csv.reader(io.StringIO(lines, newline=""))) == [
        list(canonical_applicant_cells(child)) for child in children
    ]


def test_a_good_transcript_is_read_as_written() -> None:
    """Every part of a built transcript comes back."""
    found = parsed(GOOD)
    assert found.raw == GOOD
    assert (found.event, found.roster_sha256, found.policy_sha256, found.inputs_sha256) == (
        "DEMO-002", "1" * 64, "2" * 64, "3" * 64,
    )  # fmt: skip
    assert found.contributions == (*WITNESSES, DRAND)


REFUSED = [
    (GOOD.replace(b"draw/1", b"draw/2"), "draw.version", 1),
    (b"\xef\xbb\xbf" + GOOD, "draw.bom", 1),
    (GOOD.replace(b"\n", b"\r\n"), "draw.carriage_return", 1),
    (GOOD.replace(b"384\n", b"384\r\n"), "draw.carriage_return", 6),
    (GOOD[:-1], "draw.no_final_line_end", 9),
    (GOOD + b"\n", "draw.blank_line", 10),
    (GOOD.replace(b"\nsource", b"\n\nsource", 1), "draw.blank_line", 6),
    (GOOD.replace(b"384\n", b"384 \n"), "draw.line_space", 6),
    (GOOD + b"note=x\n", "draw.unknown_line", 10),
    (GOOD.replace(b"DEMO", "活动".encode("gb18030")), "draw.not_utf8", 2),
    (GOOD.decode().encode("utf-16"), "draw.not_utf8", 1),
    (b"", "draw.version", 1),
    (GOOD.replace(b"event=DEMO-002", b"event="), "draw.event", 2),
    (GOOD.replace(b"DEMO", b" DEMO"), "draw.event", 2),
    (GOOD.replace(b"DEMO", b"DE\x00MO"), "draw.event", 2),
    (GOOD.replace(b"1" * 64, b"1" * 63), "draw.digest", 3),
    (GOOD.replace(b"2" * 64, b"A" * 64), "draw.digest", 4),
    (GOOD.replace(b"inputs=sha256:", b"inputs="), "draw.digest", 5),
    (GOOD.replace(b"inputs=sha256:" + b"3" * 64 + b"\n", b""), "draw.line_missing", 0),
    (GOOD.replace(b"event=DEMO-002\n", b"event=DEMO-002\nevent=DEMO-002\n"), "draw.line_twice", 3),
    (GOOD.replace(b"event=DEMO-002\n", b"").replace(b"source=w", b"event=D\nsource=w", 1), "draw.line_order", 5),
    (GOOD.replace(b"witness-2", b"witness-4"), "draw.source_order", 7),
    (GOOD.replace(b"witness-2", b"witness-1"), "draw.source_order", 7),
    (GOOD.replace(b"source=drand", b"source=drand-a:1:" + b"a" * 64 + b"\nsource=drand"), "draw.source_order", 10),
    (GOOD.replace(b"witness-2", b"notary"), "draw.source", 7),
    (GOOD.replace(b"27182818284590452353", b"2718281828459045235x"), "draw.digits", 7),
    (GOOD.replace(b"27182818284590452353", "２７１８".encode()), "draw.digits", 7),
    (GOOD.replace(b"27182818284590452353", b"absent"), "draw.digits", 7),
    (GOOD.replace(b"123:fb", b"0:fb"), "draw.drand", 9),
    (GOOD.replace(b"123:fb", b"123:FB"), "draw.drand", 9),
    (GOOD[: GOOD.index(b"source")], "draw.line_missing", 0),
]


@pytest.mark.parametrize(("raw", "code", "row"), REFUSED)
def test_refused_transcripts(raw: bytes, code: str, row: int) -> None:
    """Each departure from the format is refused, with its code and line, in both languages."""
    found, faults = parse_transcript(raw)
    assert found is None
    assert (code, row) in {(f.code, f.row) for f in faults}
    assert all(fault_text(f, "zh") and fault_text(f, "en") for f in faults)


def test_no_byte_can_be_dropped_unnoticed() -> None:
    """A transcript with any one byte dropped is refused or says something else."""
    whole = replace(parsed(GOOD), raw=b"")
    for at in range(len(GOOD)):
        found, faults = parse_transcript(GOOD[:at] + GOOD[at + 1 :])
        assert faults or (found is not None and replace(found, raw=b"") != whole)


def test_all_faults_of_a_transcript_at_once() -> None:
    """Several faults of one file are told together."""
    raw = GOOD.replace(b"draw/1", b"draw/2").replace(b"1" * 64, b"").replace(b"witness-3:", b"witness-3:x")
    codes = [f.code for f in parse_transcript(raw)[1]]
    assert codes == ["draw.version", "draw.digest", "draw.digits"]


def test_building_refuses_what_reading_would() -> None:
    """No transcript can be built that would be refused afterwards."""
    with pytest.raises(InputError) as caught:
        build_transcript("", FrozenDigests("1", "2" * 64, "3" * 64), WITNESSES[1:])
    assert {f.code for f in caught.value.faults} == {"draw.event", "draw.digest", "draw.source_order"}


def weak(*contributions: Contribution) -> list[str]:
    """Codes of the weak-seed faults of these contributions."""
    raw = build_transcript("E-1", FrozenDigests("1" * 64, "2" * 64, "3" * 64), contributions)
    return [f.code for f in weak_seed_faults(parsed(raw))]


def test_three_witnesses_of_twenty_digits_suffice() -> None:
    """Three times twenty digits are enough, and hold 199 bits."""
    assert weak(*WITNESSES) == []
    raw = build_transcript("E-1", FrozenDigests("1" * 64, "2" * 64, "3" * 64), WITNESSES)
    assert int(entropy_bits(parsed(raw))) == 199


def test_weak_seeds() -> None:
    """Few digits, an absent witness, the same digits twice, few bits are weak; drand does not replace a witness."""
    one, two, three = WITNESSES
    absent = Contribution("witness-2", "ABSENT")
    assert weak(one, two) == ["draw.few_witnesses"]
    assert weak(one, absent, three) == ["draw.few_witnesses"]
    assert weak(one, absent, three, Contribution("witness-4", "53184209761842095317")) == []
    assert weak(one, two, DRAND) == ["draw.few_witnesses"]
    assert weak(one, two, replace(three, value="5318420976184209531")) == ["draw.few_digits"]
    assert weak(one, two, replace(three, value=one.value)) == ["draw.same_digits", "draw.few_witnesses"]
    assert weak(one, replace(two, value=one.value), three, replace(two, source="witness-4")) == ["draw.same_digits"]
    assert weak(one) == ["draw.few_witnesses", "draw.few_bits"]
    assert weak(replace(one, value="ABSENT")) == ["draw.few_witnesses", "draw.few_bits"]


def cap_district(
    hard_cap: int, scenario: str = "tongliao-2023-primary", status: str = "verified", preferential: str = ""
) -> District:
    """Return a district with a bundle of 3 and one of 2 bidding for a school of 10 seats, 4 and 3 of them offered."""
    rules = conformance.policy(scenario)
    named = "shifuxiao" if scenario != "ranked-choice" else "north"
    school = School(named, "S", plan=10, hard_cap=hard_cap, offered_voluntary_1=4, offered_voluntary_2=3)
    children = [("a", "B1"), ("b", "B1"), ("c", "B1"), ("d", "B2"), ("e", "B2"), ("f", "")]
    bids = tuple(Applicant(n, "xincheng-1", "A", voluntary_1=(named,), bundle=b) for n, b in children)
    decided = tuple(
        Applicant(f"g{n}", "z", "A", preferential_school=preferential, sibling_school=named, status=status)
        for n in range(5)
    )
    return District(rules, {named: school}, {"xincheng-1": Zone("xincheng-1", "xincheng-1")}, bids + decided)


def test_hard_cap_of_offered_seats() -> None:
    """Five decisions, four offered seats and a bundle of three need eleven places; three seats more make fourteen."""
    assert hard_cap_faults(cap_district(14)) == []
    (fault,) = hard_cap_faults(cap_district(13))
    assert (fault.code, fault.params["most"], fault.params["phase"]) == ("draw.hard_cap_offered", "14", "voluntary-2")
    first, _ = hard_cap_faults(cap_district(10))
    assert (first.params["most"], first.params["phase"]) == ("11", "voluntary-1")
    assert "raise the cap" in fault_text(fault, "en")


def test_hard_cap_counts_verified_children_once() -> None:
    """Late children are not counted, and one with a decision and an open choice for one school counts once."""
    assert hard_cap_faults(cap_district(10, status="late")) == []
    assert len(hard_cap_faults(cap_district(13, preferential="shifuxiao"))) == 1
    assert hard_cap_faults(cap_district(14, preferential="shifuxiao")) == []


def test_hard_cap_adds_up_over_rounds() -> None:
    """A second round with a bundle comes on top of the first: 5 + 4 + 2 + 3 + 1 places."""
    first = cap_district(99)
    phases = tuple(
        replace(p, schools=("shifuxiao",)) if isinstance(p, DeferredAcceptancePhase) else p for p in first.policy.phases
    )
    twins = tuple(Applicant(n, "xincheng-1", "A", voluntary_2=("shifuxiao",), bundle="B9") for n in ("x", "y"))
    both = replace(first, policy=replace(first.policy, phases=phases), applicants=first.applicants + twins)
    faults = [
        [f.params["phase"] for f in hard_cap_faults(replace(both, schools={"shifuxiao": replace(s, hard_cap=cap)}))]
        for s in both.schools.values()
        for cap in (15, 14, 10)
    ]
    assert faults == [[], ["voluntary-2"], ["voluntary-1", "voluntary-2"]]


def test_hard_cap_of_what_is_left() -> None:
    """Where a phase fills what is left of the plan, the plan and the largest bundle less one must fit."""
    assert hard_cap_faults(cap_district(12, "ranked-choice")) == []
    (fault,) = hard_cap_faults(cap_district(11, "ranked-choice"))
    assert (fault.code, fault.params["most"]) == ("draw.hard_cap_left", "12")
