"""The classes of one school of the shipped primary district: invented names and requests, made again by ``main``.

Every name begins with 例 (an example), so that nobody has it. Whoever is admitted follows from the district's own
files; the transcript freezes the roster that ``classes roster`` makes of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cli_calls import call, good
from tests.conformance import ROOT, rows

DISTRICT = ROOT / "scenarios" / "tongliao-2023-primary"
EXAMPLE = DISTRICT / "classes"
SCHOOL, CLASSES = "xincheng-1", 6
DIGITS = ("31415926535897932384", "27182818284590452353", "14142135623730950488")
"""What three invented witnesses gave."""

_SIGNS = (
    "子梓涵晗轩宣浩昊宇雨欣新怡宜诗思琪奇俊君杰洁桐彤远圆明鸣雅亚静敬嘉佳乐勒晨辰曦希海凯燕雁志智强蔷玉"
    "兰岚安楠苏泽文武山川松柏云朋波峰林森石金铁木青朵格根图雅娜仁其布和鹏程万里春夏秋冬"
    "竹梅菊荷莲薇蓉芬芳艳丽美慧敏聪颖睿博学勤奋勇刚毅坚诚信义忠孝德善良温恭谦让宽厚平和顺福禄寿康宁泰祥瑞吉"
    "庆丰年华荣贵富足长久远大光辉耀阳星月云霞霜雪冰露泉溪江河湖洋洲岛岭峦田园庄村城楼阁亭台舟帆桥路歌舞琴画"
)
_APART = 6  # children of two families' requests, three each


def main() -> None:
    """Write the example's files anew, from a run of the district."""
    with TemporaryDirectory() as made:
        out = Path(made) / "run"
        assert call("run", DISTRICT, "--out", out, "--quiet").exit_code == 1  # children who need a ruling
        admitted = sorted(r["applicant_id"] for r in rows(out / "assignment.csv") if r["school_id"] == SCHOOL)
        bundles = {r["applicant_id"]: r["bundle"] for r in rows(out / "inputs" / "applicants.csv") if r["bundle"]}
        EXAMPLE.mkdir(exist_ok=True)
        _write(EXAMPLE / "persons.csv", ("applicant_id", "name"), _persons(admitted))
        _write(EXAMPLE / "pupils.csv", ("id", "sex", "score", "track", "together", "apart"), _pupils(admitted, bundles))
        _write(EXAMPLE / "classes.csv", ("school_id", "track", "classes", "mean_spread"), [(SCHOOL, "", CLASSES, "")])
        teams = [(SCHOOL, "", f"team-{letter}") for letter in "ABCDEF"]
        _write(EXAMPLE / "teams.csv", ("school_id", "track", "team_id"), teams)
        _write_transcript(out, Path(made) / "classes")


def _persons(admitted: Sequence[str]) -> Iterable[tuple[str, str]]:
    drawn = random.Random(2023)
    return [(child, "例" + "".join(drawn.sample(_SIGNS, 2))) for child in admitted]


def _pupils(admitted: Sequence[str], bundles: dict[str, str]) -> Iterable[tuple[str, ...]]:
    """Twins whose parents asked for one class, and two families' requests to be apart."""
    here = [bundles.get(child, "") for child in admitted]
    for at, child in enumerate(admitted):
        together = here[at] if here.count(here[at]) > 1 and here[at] else ""
        apart = f"family-{at % 2 + 1}" if at < _APART and not together else ""
        yield child, "", "", "", together, apart


def _write(path: Path, header: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    text = "\n".join(",".join(map(str, line)) for line in [header, *lines]) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def roster_of_example(run: Path, out: Path) -> None:
    """Make the roster of the example from a run of the district."""
    good("classes", "roster", run, "--pupils", EXAMPLE / "pupils.csv", "--persons", EXAMPLE / "persons.csv",
         "--grade", 1, "--school", SCHOOL, "--out", out)  # fmt: skip
    (out / "classes.csv").write_bytes((EXAMPLE / "classes.csv").read_bytes())


def _write_transcript(run: Path, out: Path) -> None:
    roster_of_example(run, out)
    (EXAMPLE / "transcript.txt").unlink(missing_ok=True)
    sources = [word for n, given in enumerate(DIGITS, 1) for word in ("--source", f"witness-{n}:{given}")]
    good("classes", "transcript", out, "--grade", 1, "--event", "TL2023-BJ-1", *sources, "--out",
         EXAMPLE / "transcript.txt")  # fmt: skip


if __name__ == "__main__":
    main()
