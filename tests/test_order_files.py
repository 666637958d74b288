"""The files of another order: the line ``order=`` of a transcript, and ``numbers.csv`` (public.md section 1)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from allocator.checking import check_inputs
from allocator.domain import Contribution, NumbersOrder, RingOrder
from allocator.ground import InputError, fault_text
from allocator.lottery import (
    FrozenDigests,
    build_transcript,
    draw_roster,
    numbers_bytes,
    parse_numbers,
    parse_transcript,
    read_order_numbers,
    weak_seed_faults,
)
from tests.session_orders import with_order
from tests.small import kids, primary

DIGESTS = FrozenDigests("1" * 64, "2" * 64, "3" * 64)
RING = build_transcript("E-1", DIGESTS, (), RingOrder(6, 3))
NUMBERED = build_transcript("E-1", DIGESTS, (), NumbersOrder("4" * 64))
WITNESS = Contribution("witness-1", "31415926535897932384")

# The transcript


def test_a_line_of_order_is_read_as_written() -> None:
    """Both kinds come back, with sources and without; a transcript without the line has no order."""
    for raw, order in ((RING, RingOrder(6, 3)), (NUMBERED, NumbersOrder("4" * 64))):
        found, faults = parse_transcript(raw)
        assert found is not None, faults
        assert (found.order, found.contributions, found.raw) == (order, (), raw)
        assert weak_seed_faults(found) == []
    with_source, _ = parse_transcript(build_transcript("E-1", DIGESTS, [WITNESS], RingOrder(6, 3)))
    assert with_source is not None
    assert (with_source.order, with_source.contributions) == (RingOrder(6, 3), (WITNESS,))
    plain, _ = parse_transcript(build_transcript("E-1", DIGESTS, [WITNESS]))
    assert plain is not None
    assert plain.order is None
    assert weak_seed_faults(plain)


WITH_SOURCE = build_transcript("E-1", DIGESTS, [WITNESS], RingOrder(6, 3))
REFUSED = [
    (RING.replace(b"ring:6:3", b"ring:0:3"), {("draw.order", 6)}),
    (RING.replace(b"ring:6:3", b"ring:6:0"), {("draw.order", 6)}),
    (RING.replace(b"ring:6:3", b"ring:06:3"), {("draw.order", 6)}),
    (RING.replace(b"ring:6:3", b"ring:-6:3"), {("draw.order", 6)}),
    (RING.replace(b"ring:6:3", b"ring:6"), {("draw.order", 6)}),
    (RING.replace(b"ring:6:3", b"ring:6:3:1"), {("draw.order", 6)}),
    (RING.replace(b"ring:6:3", "ring:６:3".encode()), {("draw.order", 6)}),
    (RING.replace(b"ring:6:3", b"hash"), {("draw.order", 6)}),
    (RING.replace(b"ring:6:3", b""), {("draw.order", 6)}),
    (NUMBERED.replace(b"4" * 64, b"4" * 63), {("draw.order", 6)}),
    (NUMBERED.replace(b"4" * 64, b"A" * 64), {("draw.order", 6)}),
    (NUMBERED.replace(b"numbers:sha256:", b"numbers:"), {("draw.order", 6)}),
    (RING + b"order=ring:6:3\n", {("draw.line_twice", 7)}),
    (WITH_SOURCE.replace(b"order=ring:6:3\n", b"") + b"order=ring:6:3\n", {("draw.line_order", 7)}),
    (RING.replace(b"inputs=", b"order=ring:1:1\ninputs="), {("draw.line_twice", 7), ("draw.line_order", 6)}),
    (RING.replace(b"\n", b"\r\n"), {("draw.carriage_return", 1)}),
    (b"\xef\xbb\xbf" + RING, {("draw.bom", 1)}),
    (RING[:-1], {("draw.no_final_line_end", 6)}),
    (RING.replace(b"6:3\n", b"6:3 \n"), {("draw.line_space", 6)}),
]


@pytest.mark.parametrize(("raw", "expected"), REFUSED)
def test_refused_lines(raw: bytes, expected: set[tuple[str, int]]) -> None:
    """Each departure is refused with its code and line; one saved again by Windows in one sentence with the cure."""
    found, faults = parse_transcript(raw)
    assert found is None
    told = {(fault.code, fault.row) for fault in faults}
    assert expected <= told
    assert len(told) <= 2
    assert all(fault_text(fault, language) for fault in faults for language in ("zh", "en"))


def test_classes_are_drawn_by_hash_alone() -> None:
    """A transcript of classes has no line order=: the deal needs tickets of classes and blocks, which no roster has."""
    raw = RING.replace(b"policy=sha256:" + b"2" * 64 + b"\n", b"")
    assert "draw.unknown_line" in {fault.code for fault in parse_transcript(raw, head=("event", "roster", "inputs"))[1]}


def test_building_refuses_an_order_that_reading_would() -> None:
    """A ring with a step of 0 cannot be built."""
    with pytest.raises(InputError):
        build_transcript("E-1", DIGESTS, (), RingOrder(1, 0))


# numbers.csv

ROSTER = ("a", "b", "c")
GOOD = b"id,number\na,7\nb,0\nc,12\n"
BAD_NUMBERS = [
    (b"id,number\na,7\nb,0\n", [("draw.number_missing", 0)]),
    (b"id,number\na,7\nb,0\nc,12\nd,5\n", [("draw.party_unknown", 5)]),
    (b"id,number\nb,0\na,7\nc,12\n", [("draw.numbers_order", 3)]),
    (b"id,number\na,7\na,8\nb,0\nc,12\n", [("draw.numbers_order", 3)]),
    (b"id,number\na,7\nb,7\nc,12\n", [("draw.number_twice", 3)]),
    (b"id,number\na,-7\nb,+7\nc,1.5\n", [("draw.number", 2), ("draw.number", 3), ("draw.number", 4)]),
    (b"id,number\na,07\nb,\nc,1e3\n", [("draw.number", 2), ("draw.number", 3), ("draw.number", 4)]),
    ("id,number\na,７\nb,0\nc,12\n".encode(), [("draw.number", 2)]),
    (b"id,number\na,7,1\nb,0\nc,12\n", [("draw.number_missing", 0), ("draw.cells", 2)]),
    (b"id;number\na,7\nb,0\nc,12\n", [("draw.header", 1)]),
    (b"\xef\xbb\xbf" + GOOD, [("draw.numbers_saved_again", 1)]),
    (GOOD.replace(b"\n", b"\r\n"), [("draw.numbers_saved_again", 1)]),
    (GOOD.rstrip(b"\n"), [("draw.numbers_saved_again", 1)]),
    (GOOD + b"\n", [("draw.numbers_saved_again", 1)]),
    (GOOD.decode().encode("utf-16"), [("draw.numbers_saved_again", 1)]),
    (b"id,number\na,7\nb,\xff\nc,12\n", [("draw.numbers_not_utf8", 3)]),
    (b"", [("draw.number_missing", 0)] * 3 + [("draw.numbers_saved_again", 1), ("draw.header", 1)]),
    (
        b"\xef\xbb\xbfid,number\r\na,x\r\nd,5\r\nb,5\r\n",
        [("draw.number_missing", 0), ("draw.numbers_saved_again", 1), ("draw.number", 2), ("draw.party_unknown", 3),
         ("draw.numbers_order", 4), ("draw.number_twice", 4)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), BAD_NUMBERS)
def test_numbers_are_read_exactly_and_all_faults_told(raw: bytes, expected: list[tuple[str, int]]) -> None:
    """Each departure of numbers.csv is told with its line, all at once, in both languages."""
    found, faults = parse_numbers(raw, ROSTER)
    assert found == ()
    assert [(fault.code, fault.row) for fault in faults] == expected
    assert all(fault_text(fault, language) for fault in faults for language in ("zh", "en"))


def test_good_numbers_come_back_in_their_one_spelling() -> None:
    """Numbers of any length up to a hundred digits are read, and written as they stood."""
    raw = GOOD.replace(b"12", b"9" * 100)
    found, faults = parse_numbers(raw, ROSTER)
    assert faults == []
    assert numbers_bytes(found) == raw
    assert parse_numbers(raw.replace(b"9" * 100, b"9" * 101), ROSTER)[1][0].code == "draw.number"


def test_the_checker_holds_numbers_against_transcript_and_roster() -> None:
    """A number that is another one, or stands for another party, is a violation of the inputs."""
    district = with_order(primary({"xincheng-1": 2}, kids(3, "xincheng-1", "A")), [9, 10, 0])
    assert district.draw is not None
    assert district.draw.transcript is not None
    assert check_inputs(district, district.draw.transcript) == ()
    (name, _), *rest = district.draw.numbers
    for numbers, codes in (
        (((name, 8), *rest), ["check.numbers_digest"]),
        (((name, 10), *rest), ["check.numbers_digest", "check.numbers_roster"]),
        (tuple(rest), ["check.numbers_digest", "check.numbers_roster"]),
        ((("other", 9), *rest), ["check.numbers_digest", "check.numbers_roster"]),
    ):
        other = replace(district, draw=replace(district.draw, numbers=numbers))
        assert [v.code for v in check_inputs(other, district.draw.transcript)] == codes


def test_a_start_beyond_the_ring_is_refused_with_the_number_of_parties(tmp_path: Path) -> None:
    """Start 4 of three parties is a fault that says how many there are; 3 is none."""
    district = primary({"xincheng-1": 2}, kids(3, "xincheng-1", "A"))
    roster = [line.split(b",")[0].decode() for line in draw_roster(district).splitlines()[1:]]
    for start, codes in ((3, []), (4, ["draw.ring_start"])):
        found, _ = parse_transcript(build_transcript("E-1", DIGESTS, (), RingOrder(start, 1)))
        assert found is not None
        assert [f.code for f in read_order_numbers(tmp_path, found, roster, "transcript.txt")[1]] == codes
