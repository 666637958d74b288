"""The commands of an office and of a family after a ring draw, or after numbers made elsewhere (public.md 1)."""

from __future__ import annotations

import csv
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli_calls import GARBAGE, as_json, call, contents, copy, good, refused
from tests.office_inputs import office_folder
from tests.session_orders import ring_by_hand
from tests.test_cli_tampering import reseal
from tests.test_draw_again import DIGITS, sources

TOLD = {
    "ring": ("Ring draw (start 6, step 7)", "循环摇号（起始号 6，间隔数 7）"),
    "numbers": ("Numbers drawn elsewhere", "号码另行产生"),
}


def write_numbers(folder: Path, *, factor: int = 37) -> Path:
    """Write numbers for the frozen draw roster of a folder, in an order that is not that of the ids."""
    roster = (folder / "draw-roster.csv").read_text("ascii").splitlines()[1:]
    rows = [f"{line.partition(',')[0]},{at * factor % 1009}\n" for at, line in enumerate(roster)]
    (folder / "numbers.csv").write_bytes(("id,number\n" + "".join(rows)).encode())
    return folder / "numbers.csv"


@pytest.fixture(scope="module", params=["ring", "numbers"])
def drawn(request: pytest.FixtureRequest, town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a district after its draw, with the output of its run in ``out``."""
    folder = copy(town, tmp_path_factory.mktemp(request.param))
    (folder / "transcript.txt").unlink()
    good("draw", "freeze", folder)
    if request.param == "numbers":
        write_numbers(folder)
    order = "numbers" if request.param == "numbers" else "ring:6:7"
    said = good("draw", "transcript", folder, "--event", "E-1", "--order", order)
    assert TOLD[request.param][0] in said
    assert "witnesses" not in said
    result = call("run", folder, "--out", folder / "out")
    assert result.exit_code in (0, 1), result.stderr
    assert TOLD[request.param][0] in " ".join(result.stdout.split())
    return folder


def kind_of(folder: Path) -> str:
    """Return which order a folder was drawn by."""
    return "numbers" if (folder / "numbers.csv").exists() else "ring"


def places(folder: Path) -> dict[str, int]:
    """Return number or place of every party, from the published files alone."""
    roster = [line.partition(",")[0] for line in (folder / "draw-roster.csv").read_text("ascii").splitlines()[1:]]
    if kind_of(folder) == "ring":
        return {roster[number - 1]: at for at, number in enumerate(ring_by_hand(len(roster), 6, 7), start=1)}
    return {row["id"]: int(row["number"]) for row in csv.DictReader((folder / "numbers.csv").read_text().splitlines())}


def test_orders_show_numbers_or_places(drawn: Path) -> None:
    """In every file of ``draws`` the ticket is the number or the place, ascending in each group; cut-offs have them."""
    known = places(drawn)
    files = sorted((drawn / "out" / "draws").rglob("*.csv"))
    assert files
    for path in files:
        rows = list(csv.DictReader(path.read_text("ascii").splitlines()))
        assert all(row["ticket"] == str(known[row["id"]]) for row in rows)
        keys = [(int(row["group"]), int(row["ticket"])) for row in rows]
        assert keys == sorted(keys)
    cut = list(csv.DictReader((drawn / "out" / "cutoffs.csv").read_text("ascii").splitlines()))
    shown = {row[name] for row in cut for name in ("last_ticket", "first_refused")} - {""}
    assert shown
    assert shown <= {str(place) for place in known.values()}


def test_everything_says_which_order_it_was(drawn: Path) -> None:
    """Lists of the office, workbook, summary and explanations say the order and what it cannot guarantee."""
    kind, out = kind_of(drawn), drawn / "out"
    english, chinese = TOLD[kind]
    for path in (out / "office").glob("*.csv"):
        assert english in path.read_text("utf-8-sig")
        assert chinese in path.read_text("utf-8-sig")
    with zipfile.ZipFile(out / "lists.xlsx") as book:
        assert english in book.read("xl/sharedStrings.xml").decode()
    order = json.loads((out / "summary.json").read_text("utf-8"))["order"]
    digest = sha256((drawn / "numbers.csv").read_bytes()).hexdigest() if kind == "numbers" else ""
    assert order == ({"kind": "ring", "start": 6, "step": 7} if kind == "ring" else {"kind": kind, "sha256": digest})
    lost = next(
        row["id"]
        for path in sorted((out / "draws").glob("*/*.csv"))
        for row in csv.DictReader(path.read_text("ascii").splitlines())
        if row["result"] == "not_admitted"
    )
    story, erzaehlt = good("explain", out, lost), good("explain", out, lost, language="zh")
    assert english in story
    assert chinese in erzaehlt
    assert str(places(drawn)[lost]) in story
    assert "SHA-256 of the text" not in story
    assert "ticket" not in story
    assert "摇号随机号" not in erzaehlt


def test_the_folder_is_verified_from_what_is_in_it(drawn: Path) -> None:
    """``verify`` and ``draw verify`` find everything right; the output has the numbers, as they were read."""
    out = drawn / "out"
    assert (out / "transcript.txt").read_bytes() == (drawn / "transcript.txt").read_bytes()
    if kind_of(drawn) == "numbers":
        assert (out / "numbers.csv").read_bytes() == (drawn / "numbers.csv").read_bytes()
    good("verify", out, "--tables", drawn)
    assert TOLD[kind_of(drawn)][0] in good("draw", "verify", out)
    before = contents(out)
    assert call("run", drawn, "--out", out).exit_code in (0, 1)
    assert contents(out) == before


@pytest.mark.parametrize("kind", ["changed", "exchanged", "garbage", "missing", "saved again"])
def test_changed_numbers_are_found_by_both(drawn: Path, tmp_path: Path, kind: str) -> None:
    """Whatever is done to numbers.csv, with the manifest sealed again or without one, the file is named."""
    if kind_of(drawn) == "ring":
        pytest.skip("a ring has no file")
    out = copy(drawn / "out", tmp_path)
    path = out / "numbers.csv"
    was = path.read_bytes()
    lines = was.decode().splitlines()
    swapped = [lines[0], f"{lines[1].split(',')[0]},{lines[2].split(',')[1]}",
               f"{lines[2].split(',')[0]},{lines[1].split(',')[1]}", *lines[3:], ""]  # fmt: skip
    now = {
        "changed": was.replace(b",37\n", b",38\n"), "exchanged": "\n".join(swapped).encode(), "garbage": GARBAGE,
        "missing": b"", "saved again": was.replace(b"\n", b"\r\n"),
    }[kind]  # fmt: skip
    path.write_bytes(now)
    path.unlink() if kind == "missing" else reseal(out)
    for command in (("verify", out), ("draw", "verify", out)):
        result = call(*command)
        assert result.exit_code == 3, result.stdout + result.stderr
        assert "numbers.csv" in result.stdout
    if kind == "saved again":
        assert "no number changed" in call("draw", "verify", out).stdout
    (out / "manifest.json").unlink()
    assert call("draw", "verify", out).exit_code == 3


def test_changed_tickets_are_found_by_draw_verify(drawn: Path, tmp_path: Path) -> None:
    """A ticket, or two parties exchanged, in a published order: status 3 and the file."""
    for kind in ("ticket", "rows"):
        out = copy(drawn / "out", tmp_path / kind)
        path = max((out / "draws").rglob("*.csv"), key=lambda path: path.stat().st_size)
        lines = path.read_text("ascii").splitlines()
        if kind == "ticket":
            cells = lines[1].split(",")
            lines[1] = ",".join([*cells[:3], str(int(cells[3]) + 2000), *cells[4:]])
        else:
            lines[1], lines[2] = lines[2], lines[1]
        path.write_text("\n".join([*lines, ""]), "ascii")
        reseal(out)
        result = call("draw", "verify", out)
        assert result.exit_code == 3
        assert path.relative_to(out).as_posix() in result.stdout
        assert call("verify", out).exit_code == 3


def test_another_ring_than_that_of_the_lists_is_found(drawn: Path, tmp_path: Path) -> None:
    """A transcript with another start, sealed again: the orders are not its, and the lists are not."""
    if kind_of(drawn) == "numbers":
        pytest.skip("numbers have no start")
    out = copy(drawn / "out", tmp_path)
    path = out / "transcript.txt"
    path.write_bytes(path.read_bytes().replace(b"ring:6:7", b"ring:5:7"))
    reseal(out)
    assert "draw.ticket" in call("draw", "verify", out).stdout
    assert call("verify", out).exit_code == 3
    path.write_bytes(path.read_bytes().replace(b"ring:5:7", b"ring:61:7"))
    assert "draw.ring_start" in call("draw", "verify", out).stdout


def test_a_list_made_elsewhere_is_judged_by_the_order(drawn: Path, tmp_path: Path) -> None:
    """``verify`` of a district with ids and schools alone infers phases and draws under the order."""
    rows = list(csv.DictReader((drawn / "out" / "assignment.csv").read_text("ascii").splitlines()))
    path = tmp_path / "list.csv"
    lines = [f"{row['applicant_id']},{row['school_id']}\n" for row in rows]
    path.write_text("applicant_id,school_id\n" + "".join(lines), "ascii")
    good("verify", drawn, "--list", path)
    two = [row for row in rows if row["draw_id"]][:1] + [row for row in rows if row["outcome"] == "diverted"][:1]
    swapped = {two[0]["applicant_id"]: two[1]["school_id"], two[1]["applicant_id"]: two[0]["school_id"]}
    lines = [f"{r['applicant_id']},{swapped.get(r['applicant_id'], r['school_id'])}\n" for r in rows]
    path.write_text("applicant_id,school_id\n" + "".join(lines), "ascii")
    assert call("verify", drawn, "--list", path).exit_code == 3


# Bad input: everything at once, status 2, nothing written


@pytest.fixture
def frozen(town: Path, tmp_path: Path) -> Path:
    """Return the town before its draw, frozen."""
    folder = copy(town, tmp_path)
    (folder / "transcript.txt").unlink()
    good("draw", "freeze", folder)
    return folder


@pytest.mark.parametrize(
    ("order", "code"),
    [("ring:0:3", "draw.order"), ("ring:6:0", "draw.order"), ("ring:6", "draw.order"), ("hash", "draw.order"),
     ("", "draw.order"), ("ring:1000:3", "draw.ring_start"), ("numbers", "draw.numbers_missing"),
     ("numbers:sha256:" + "0" * 64, "draw.numbers_missing"), ("numbers:x", "draw.order")],
)  # fmt: skip
def test_a_bad_order_is_refused_with_all_else(frozen: Path, order: str, code: str) -> None:
    """Each is told with the fault of the event, and no transcript is written."""
    before = contents(frozen)
    said = refused("draw", "transcript", frozen, "--event", " bad", "--order", order)
    assert code in said
    assert "draw.event" in said
    assert contents(frozen) == before


def test_bad_numbers_are_refused_with_every_line(frozen: Path) -> None:
    """A file saved by Windows with a number twice, an id unknown and one missing: all at once, each with its line."""
    path = write_numbers(frozen)
    lines = path.read_text("ascii").splitlines()
    lines[1] = f"{lines[1].split(',')[0]},x"
    lines[2] = f"{lines[2].split(',')[0]},{lines[3].split(',')[1]}"
    path.write_bytes(("\r\n".join([*lines[:-1], "unknown,5000"]) + "\r\n").encode())
    before = contents(frozen)
    said = refused("draw", "transcript", frozen, "--event", "E-1", "--order", "numbers")
    for code in ("number]", "number_twice]", "party_unknown]", "number_missing]", "numbers_saved_again]"):
        assert f"[draw.{code}" in said
    assert "numbers.csv line 4" in said
    assert contents(frozen) == before


def test_a_digest_that_is_not_the_files_is_refused(frozen: Path) -> None:
    """``--order numbers:sha256:…`` holds the file to the digest that was announced."""
    path = write_numbers(frozen)
    digest = sha256(path.read_bytes()).hexdigest()
    said = refused("draw", "transcript", frozen, "--event", "E-1", "--order", f"numbers:sha256:{'0' * 64}")
    assert "draw.changed_numbers" in said
    assert digest in said
    good("draw", "transcript", frozen, "--event", "E-1", "--order", f"numbers:sha256:{digest}")


@pytest.mark.parametrize("order", ["ring:6:7", "numbers"])
def test_run_tells_faults_of_the_order_with_those_of_the_tables(frozen: Path, order: str) -> None:
    """A transcript saved by Windows: one sentence with the cure; numbers that are gone beside a fault of a table."""
    write_numbers(frozen)
    good("draw", "transcript", frozen, "--event", "E-1", "--order", order)
    path = frozen / "transcript.txt"
    was = path.read_bytes()
    path.write_bytes(was.replace(b"\n", b"\r\n"))
    said = refused("run", frozen)
    assert said.count("[draw.") == 1
    assert "put the published copy in its place" in said
    path.write_bytes(was)
    (frozen / "numbers.csv").unlink()
    (frozen / "zones.csv").unlink()
    said = refused("run", frozen)
    assert ("draw.numbers_missing" in said) == (order == "numbers")
    assert "zones.csv" in said
    assert not (frozen / "out").exists()


def test_numbers_that_decide_nothing_are_warned_of(frozen: Path) -> None:
    """A file of numbers beside a transcript that does not take them: ``check`` and ``run`` say so."""
    write_numbers(frozen)
    good("draw", "transcript", frozen, "--event", "E-1", *sources(DIGITS))
    assert "warn.numbers_unused" in call("check", frozen).stderr
    result = call("run", frozen, "--out", frozen / "o", "--engine", "procedure")
    assert "warn.numbers_unused" in result.stderr
    assert not (frozen / "o" / "numbers.csv").exists()
    (frozen / "numbers.csv").unlink()
    assert "numbers_unused" not in call("check", frozen).stderr


def test_a_start_beyond_the_roster_is_refused_by_run(frozen: Path) -> None:
    """A transcript by hand with start 61 of fewer parties: the line, the value and the number of parties."""
    good("draw", "transcript", frozen, "--event", "E-1", "--order", "ring:6:7")
    path = frozen / "transcript.txt"
    path.write_bytes(path.read_bytes().replace(b"ring:6:7", b"ring:61:7"))
    parties = len((frozen / "draw-roster.csv").read_text("ascii").splitlines()) - 1
    said = refused("run", frozen)
    assert "transcript.txt line 6" in said
    assert f"1 to {parties}" in said


def test_digits_beside_an_order_stand_in_the_transcript(frozen: Path) -> None:
    """Witnesses' digits may be given with a ring; one alone is no weak seed, as no digit decides anything."""
    good("draw", "transcript", frozen, "--event", "E-1", "--order", "ring:6:7", "--source", f"witness-1:{DIGITS[0]}")
    assert (frozen / "transcript.txt").read_text("ascii").endswith(f"order=ring:6:7\nsource=witness-1:{DIGITS[0]}\n")
    result = call("run", frozen, "--out", frozen / "o")
    assert result.exit_code in (0, 1)
    assert "WEAK" not in result.stdout


def test_numbers_of_a_void_draw_are_kept_with_its_transcript(frozen: Path) -> None:
    """A draw by numbers declared void: transcript and numbers go under a number; numbers of the new draw stay."""
    was = write_numbers(frozen).read_bytes()
    good("draw", "transcript", frozen, "--event", "E-1", "--order", "numbers")
    good("draw", "transcript", frozen, "--event", "E-2", *sources(DIGITS), "--again", "a ball fell to the floor")
    assert (frozen / "numbers-1.csv").read_bytes() == was
    assert not (frozen / "numbers.csv").exists()
    assert "order=numbers" in (frozen / "transcript-1.txt").read_text("ascii")
    now = write_numbers(frozen, factor=41).read_bytes()
    good("draw", "transcript", frozen, "--event", "E-3", "--order", "numbers", "--again", "the list was wrong")
    assert (frozen / "numbers.csv").read_bytes() == now


@pytest.mark.parametrize("kind", ["ring", "numbers"])
def test_the_private_draw_of_an_office_by_another_order(tmp_path: Path, kind: str) -> None:
    """Its own roster, transcript and ``private-numbers.csv``; numbers that are gone or changed are refused by name."""
    folder = office_folder(tmp_path / "in", "08-random-case-40")
    good("determine", folder, "--private-freeze")
    roster = [line.partition(",")[0] for line in (folder / "private-draw-roster.csv").read_text().splitlines()[1:]]
    call_of = ("draw", "transcript", folder, "--event", "M-1", "--order")
    assert "draw.ring_start" in refused(*call_of, f"ring:{len(roster) + 1}:1")
    assert "private-numbers.csv: " in refused(*call_of, "numbers")
    numbers = folder / "private-numbers.csv"
    if kind == "numbers":
        numbers.write_text("id,number\n" + "".join(f"{name},{999 - at}\n" for at, name in enumerate(roster)), "ascii")
    good(*call_of, "numbers" if kind == "numbers" else f"ring:{len(roster)}:{len(roster) * 5 - 1}")
    path = folder / "private-transcript.txt"
    said = good("determine", folder, "--private-draw", path)
    assert ("Numbers drawn elsewhere" if kind == "numbers" else "Ring draw") in said
    order = as_json("determine", folder, "--private-draw", path)["order"]
    assert f"order={order}\n" in path.read_text("ascii")
    if kind == "numbers":
        numbers.write_text(numbers.read_text("ascii").replace(",999", ",9999"), "ascii")
        assert "draw.changed_numbers" in refused("determine", folder, "--private-draw", path)
        numbers.unlink()
        assert "draw.numbers_missing" in refused("determine", folder, "--private-draw", path)


def test_planning_is_left_alone(drawn: Path) -> None:
    """Odds are of draws to come: those of a district with a transcript of another order are those without it."""
    folder = drawn
    before = as_json("odds", folder, "--draws", "20")
    held = (folder / "transcript.txt").read_bytes()
    (folder / "transcript.txt").unlink()
    try:
        assert as_json("odds", folder, "--draws", "20") == before
    finally:
        (folder / "transcript.txt").write_bytes(held)
