"""The draw day as a process: typed at a terminal without echo, killed at every step, and its page in a browser."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from allocator.domain import RingOrder
from allocator.ground import Written
from allocator.lottery import FrozenDigests
from allocator.public.ceremony import CeremonyJournal, DaySlides, Slide, day_counts, draw_day, projector_page
from allocator.public.ceremony.orders import ShownDraw, ShownEntry
from tests.conformance import ROOT
from tests.draw_days import DIGITS, HEAD, answers_of, day_folder, held, plain_transcript
from tests.page_browser import BROWSER, POLICY, browse, measured
from tests.read_codes import codes_of_pages

WORDS = [sys.executable, "-m", "allocator"]
REFRESH = b'<meta http-equiv="refresh" content="2">\n'


@pytest.fixture
def folder(town: Path, tmp_path: Path) -> Path:
    """Return a frozen folder before its draw."""
    return day_folder(town, tmp_path)


class Typist:
    """Somebody at a terminal: waits for words, types a line; everything that the terminal shows is in ``shown``."""

    def __init__(self, reading: int, process: subprocess.Popen[bytes]) -> None:
        self.reading, self.process, self.shown = reading, process, ""

    def wait_for(self, words: str, seconds: float = 60) -> None:
        """Read until words are shown that were not shown before."""
        start, end = len(self.shown), time.monotonic() + seconds
        while words not in self.shown[start:]:
            assert time.monotonic() < end, self.shown
            if select.select([self.reading], [], [], 0.2)[0]:
                try:
                    self.shown += os.read(self.reading, 65536).decode("utf-8", "replace")
                except OSError:  # the terminal was closed
                    assert words in self.shown[start:], self.shown
                    return

    def type(self, line: str) -> None:
        """Type a line; what is typed into a question that hides it comes a moment after it."""
        time.sleep(0.15)
        os.write(self.reading, f"{line}\n".encode())


@contextmanager
def typist(folder: Path, *options: str) -> Iterator[Typist]:
    """Start the draw day at a terminal of its own; it is killed at the end if it still runs."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "ALLOCATOR_LANG": "en", "TERM": "dumb"}
    reading, terminal = pty.openpty()
    process = subprocess.Popen(
        [*WORDS, "ceremony", str(folder), *options], stdin=terminal, stdout=terminal, stderr=terminal, env=variables,
        cwd=ROOT, start_new_session=True, preexec_fn=_take_terminal,
    )  # fmt: skip
    os.close(terminal)
    try:
        yield Typist(reading, process)
    finally:
        process.kill()
        process.wait()
        os.close(reading)


def _take_terminal() -> None:
    """Make standard input the terminal of the process, as a login does."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.mark.long
def test_at_a_terminal_no_digit_is_echoed(folder: Path, tmp_path: Path) -> None:
    """Typed blind, from the opening to the papers; the terminal shows each digit first with the transcript."""
    wanted = plain_transcript(folder, tmp_path / "plain.txt")
    with typist(folder) as clerk:
        for question, line in zip(
            ("Place:", "Time", "Number of the draw:", "How many", "Witness 1", "Witness 2", "Witness 3", "drand"), HEAD,
            strict=True,
        ):  # fmt: skip
            clerk.wait_for(question)
            clerk.type(line)
        clerk.wait_for("Type y")
        clerk.type("y")
        for _ in range(3):
            clerk.wait_for("Enter to go on")
            clerk.type("")
        lines = iter(answers_of()[len(HEAD) :])
        for _ in DIGITS:
            for question in ("Name of witness", "Office:", "not shown (or 'absent'):", "once more, not shown:"):
                clerk.wait_for(question)
                if question.startswith("once"):
                    assert not any(one in clerk.shown for one in DIGITS)
                clerk.type(next(lines))
        clerk.wait_for("Enter to go on")
        before, after = clerk.shown.split("school-draw/1")
        assert not any(one in before for one in DIGITS)
        assert all(one in after for one in DIGITS)
        clerk.type("")
        clerk.wait_for("page 1 of")
        clerk.wait_for("no more:")
        clerk.type("end")
        clerk.wait_for("Next: allocator run")
        assert clerk.process.wait(60) == 0
    assert (folder / "transcript.txt").read_bytes() == wanted


@pytest.mark.long
def test_ctrl_c_at_a_hidden_question_loses_nothing(folder: Path) -> None:
    """It ends with words and status 130, and the terminal's next line is asked for again."""
    assert held(folder, answers_of()[: len(HEAD) + 2]).exit_code == 2
    with typist(folder) as clerk:
        clerk.wait_for("not shown (or 'absent'):")
        clerk.type(DIGITS[0])
        clerk.wait_for("once more, not shown:")
        time.sleep(0.3)
        os.write(clerk.reading, b"\x03")
        assert clerk.process.wait(60) == 130
    answers = CeremonyJournal(folder).answers
    assert answers["office-1"]
    assert "digits-1" not in answers


@pytest.mark.long
def test_killed_at_every_answer_the_transcript_is_the_same(town: Path, tmp_path: Path) -> None:
    """SIGKILL after each answer was kept, and at times while it computes: nothing is lost, nothing asked twice."""
    folder = day_folder(town, tmp_path)
    wanted, lines = plain_transcript(folder, tmp_path / "plain.txt"), answers_of()
    steps = [*([line] for line in HEAD)]
    for at in range(len(HEAD), len(lines), 4):
        steps += [lines[at : at + 1], lines[at + 1 : at + 2], lines[at + 2 : at + 4]]
    for step in steps[:-1]:
        _killed(folder, step, "kept")
    for number in range(12):
        _killed(folder, steps[-1] if "digits-3" not in CeremonyJournal(folder).answers else [], number * 0.12)
        transcript = folder / "transcript.txt"
        assert not transcript.exists() or transcript.read_bytes() == wanted
    result = held(folder, [] if "digits-3" in CeremonyJournal(folder).answers else steps[-1])
    assert result.exit_code == 0, result.output
    assert (folder / "transcript.txt").read_bytes() == wanted
    assert (folder / "draw-log.txt").read_text("utf-8").count("\ttranscript\ttranscript.txt\t") <= 1
    names = re.findall(rb'"name": "([^"]*)"', (folder / "ceremony" / "journal.jsonl").read_bytes())
    assert len(names) == len(set(names))


def _killed(folder: Path, lines: list[str], when: str | float) -> None:
    """Feed lines and kill the process: once the next question stands there, or after some seconds."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "ALLOCATOR_LANG": "en", "PYTHONUTF8": "1"}
    process = subprocess.Popen([*WORDS, "ceremony", str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, env=variables, cwd=ROOT)  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("".join(f"{line}\n" for line in lines).encode())
    process.stdin.flush()
    before = len(CeremonyJournal(folder).answers)
    end = time.monotonic() + 60
    if isinstance(when, float):
        time.sleep(0.3 + when)
    else:
        while len(CeremonyJournal(folder).answers) - before < 1 or not _holds(folder, lines):
            assert time.monotonic() < end
            time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()


def _holds(folder: Path, lines: list[str]) -> bool:
    """Whether the last of some answers was kept."""
    return lines[-1].strip() in CeremonyJournal(folder).answers.values()


def shown_slides(folder: Path, lists: str) -> dict[str, Slide]:
    """Return a slide of every kind, in one language or both."""
    written = Written(lists)  # type: ignore[arg-type]
    from allocator.district_folder import read_district

    district = read_district(ROOT / "scenarios" / "tongliao-2023-primary", trial_seed=1)
    answers = {"place": "科尔沁区教育局三楼会议室", "time": "2023-08-20 09:00", "event": "2023-P1", "announced": "5",
               "digits-1": DIGITS[0], "round": "quicknet:123456", "order": "", "transcript": "0" * 64}  # fmt: skip
    answers |= {f"kind-{n}": kind for n, kind in enumerate(("家长代表", "人大代表", "公证处", "政协委员", "媒体"), 1)}
    day = draw_day(answers, FrozenDigests("1" * 64, "2a" * 32, "3b" * 32))
    assert not isinstance(day.order, RingOrder)
    slides = DaySlides(day, written)
    words: dict[str, dict[str, str]] = {"name": {"zh": "第 B 批摇号（蒙古族学校）", "en": "draw of batch B (school)"}}
    line = ShownEntry(1, "T23-000123", 2, "0123456789ab", {"zh": "录取", "en": "admitted"}, True)
    draw = ShownDraw("home/B/x", words["name"], [line._replace(rank=n) for n in range(1, 40)])  # type: ignore[arg-type]
    raw = b"school-draw/1\nevent=2023-P1\n" + b"".join(
        b"%s=sha256:%s\n" % (name, b"ab" * 32) for name in (b"roster", b"policy", b"inputs")
    ) + b"".join(b"source=witness-%d:%s\n" % (n, DIGITS[0].encode()) for n in range(1, 6))
    return {
        "welcome": slides.welcome("开发区小学一年级招生入学"),
        "counts": slides.counts(day_counts(district, 2972, written)),
        "digests": slides.digests(), "witnesses": slides.witnesses(2), "transcript": slides.transcript(raw),
        "draw": slides.draw_pages([draw])[0], "no draw": slides.draw_pages([])[0],
        "stopped": slides.computing(raw, stopped="x"), "papers": slides.papers(),
    }  # fmt: skip


@pytest.mark.parametrize("lists", ["zh", "en", "both"])
def test_the_projectors_page_fetches_nothing_and_says_no_digit(tmp_path: Path, lists: str) -> None:
    """Each slide is one file with a policy that forbids everything but its own style, and loads itself again."""
    for name, slide in shown_slides(tmp_path, lists).items():
        page = projector_page(slide, Written(lists))  # type: ignore[arg-type]
        assert POLICY.search(page), name
        assert b"default-src 'none'" in page
        assert REFRESH in page
        assert not re.search(rb"<script|https?:|src=|href=|@import|url\(", page), name
        assert name == "transcript" or DIGITS[0].encode() not in page


@pytest.mark.long
@pytest.mark.skipif(BROWSER is None, reason="no browser here")
@pytest.mark.parametrize("lists", ["zh", "en", "both"])
@pytest.mark.parametrize("size", [(1920, 1080), (390, 844)])
def test_every_slide_fits(tmp_path: Path, lists: str, size: tuple[int, int]) -> None:
    """On a projector the whole slide stands on the screen, in letters of 20 points or more; a telephone scrolls."""
    width, height = size
    for name, slide in shown_slides(tmp_path, lists).items():
        page = projector_page(slide, Written(lists)).replace(REFRESH, b"")  # type: ignore[arg-type]
        found = measured(tmp_path, page, width)
        assert found["wrong"] == [], name
        if width > 1000:
            script = (
                b"<script>addEventListener('load', () => {"
                b"const small = [...document.querySelectorAll('main *')].filter((node) => !node.children.length)"
                b".map((node) => parseFloat(getComputedStyle(node).fontSize));"
                b"const over = document.documentElement.scrollHeight - innerHeight;"
                b"document.title = 'H' + over + ' ' + Math.min(...small);});</script></body>"
            )
            window = (f"--window-size={width},{height}", "--virtual-time-budget=2000", "--dump-dom")
            shown = browse(tmp_path, POLICY.sub(b"", page).replace(b"</body>", script), *window)
            told = re.search(r"<title>H(-?\d+) ([\d.]+)</title>", shown)
            assert told is not None
            assert int(told[1]) <= 0, (name, told[0])
            assert float(told[2]) >= 20, (name, told[0])


@pytest.mark.long
@pytest.mark.skipif(BROWSER is None, reason="no browser here")
def test_codes_on_the_projector_say_the_digests(tmp_path: Path) -> None:
    """A telephone reads from the page what the transcript will say."""
    page = projector_page(shown_slides(tmp_path, "zh")["digests"], Written("zh")).replace(REFRESH, b"")
    paper = tmp_path / "page.pdf"
    browse(tmp_path, page, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    wanted = {f"roster=sha256:{'1' * 64}", f"policy=sha256:{'2a' * 32}", f"inputs=sha256:{'3b' * 32}"}
    assert set(codes_of_pages(paper.read_bytes(), last=3, dots=150)) == wanted
