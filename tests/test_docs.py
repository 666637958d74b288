"""The documents against the product: links, keys, columns, kinds, words, commands and values that they name."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

import pytest

from allocator.casebook import TYPE_WORDS
from allocator.cli.app import cli
from allocator.domain import CLAUSE_KEYS, OUTCOMES, STATUSES
from allocator.reading import policy_shape as shape
from allocator.reading.layout import LAYOUTS
from allocator.reading.office.layout import OFFICE_LAYOUTS
from allocator.reading.policy_file import parse_policy
from allocator.reading.policy_office import OfficeShape
from allocator.record import Cut, Event
from allocator.record.assignment_file import COLUMNS
from allocator.record.orders import HEADER
from tests.cli_calls import commands

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
TONGLIAO = ("tongliao-2023-primary", "tongliao-2023-junior")
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    """The text of a page under docs."""
    return (DOCS / name).read_text(encoding="utf-8")


def coded(text: str) -> set[str]:
    """Words in code style of a page."""
    return set(re.findall(r"`([^`\n]+)`", FENCE.sub("", text)))


def anchors(path: Path) -> set[str]:
    """Anchors of the headings of a page, as code hosts make them."""
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link of a page leads to a file, and its anchor to a heading there."""
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", path.read_text(encoding="utf-8"))):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_index_names_every_page() -> None:
    """The index of the documentation links to every page and every decision."""
    links = set(re.findall(r"\]\(([^)]+)\)", page("README.md")))
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")} - {"README.md"}
    assert pages <= links


def test_policy_page_has_every_switch_and_value() -> None:
    """Each switch of the schema has a row for each of its values, in the order of the schema."""
    rows = re.findall(r"^\| (?:`(\w+)`)? ?\| `(\w+)` \|", page("policy-file.md"), re.MULTILINE)
    named, switch = [], ""
    for name, value in rows:
        switch = name or switch
        named.append((switch, value))
    fields = shape.SwitchesShape.model_fields
    expected = [(name, value) for name, field in fields.items() for value in get_args(field.annotation)]
    assert [pair for pair in named if pair[0] in fields] == expected


def test_policy_page_has_every_key_and_kind() -> None:
    """Every key of the file's shapes, every fixed value and every kind of phase stands on the page."""
    words = coded(page("policy-file.md"))
    text = page("policy-file.md")
    shapes = [shape.PolicyShape, shape.CategoryShape, shape.PlanningShape, shape.WarningsShape, OfficeShape]
    shapes += shape.PHASE_SHAPES.values()
    keys = {key for made in shapes for key in made.model_fields} - {"id", "receiving"}
    assert {key for key in keys if key not in words and f"`{{id, zh, en, {key}}}`" not in text} <= {"home"}
    assert {"receiving.lists", "receiving.of", "receiving.others"} <= words
    assert {f"kind: {kind}" for kind in shape.PHASES} == {word for word in words if re.fullmatch(r"kind: \w+", word)}
    fixed = {value for made in shapes for field in made.model_fields.values() for value in _fixed(field.annotation)}
    assert fixed - {1, ""} - set(shape.PHASES) <= words


@pytest.mark.parametrize("name", ["file-formats.md", "zh/file-formats.md"])
def test_the_pages_have_every_column_and_word_of_the_offices_tables(name: str) -> None:
    """Each table in its order: heading, words in both languages, and whether a cell may be empty."""
    parts = re.split(r"^\*\*`([a-z-]+)`\*\*", page(name), flags=re.MULTILINE)[1:]
    found = dict(zip(parts[::2], parts[1::2], strict=True))
    assert found.keys() == OFFICE_LAYOUTS.keys()
    for table, layout in OFFICE_LAYOUTS.items():
        rows = re.findall(r"^\| `(\w+)` \| `?([^|`]+)`? \| (.*) \|$", found[table], re.MULTILINE)
        assert [row[:2] for row in rows] == [(column.name, column.chinese) for column in layout]
        for column, (_, _, content) in zip(layout, rows, strict=True):
            assert all(f"`{word}`" in content and chinese in content for chinese, word in column.words), column.name
            assert column.needed or re.search("empty|不填|只有|才填|any other|其他文字|neither", content), column.name


def _fixed(annotation: Any) -> set[Any]:
    """Fixed values in an annotation, however deep."""
    parts = get_args(annotation)
    if not parts:
        return set()
    return {p for p in parts if isinstance(p, str | int)} | {value for part in parts for value in _fixed(part)}


def test_policy_page_has_the_clauses_of_each_kind() -> None:
    """Under each kind the page names exactly the clauses that the reader demands."""
    for kind, made in shape.PHASES.items():
        section = page("policy-file.md").split(f"### `kind: {kind}`")[1].split("\n#")[0]
        named = re.search(r"Clauses:\s((?:`\w+`[,.]\s?)+)", section)
        assert named is not None, kind
        assert tuple(re.findall(r"`(\w+)`", named[1])) == CLAUSE_KEYS[made]


def test_policy_example_is_the_shipped_policy() -> None:
    """The complete example on the page means the same as the shipped file."""
    block = re.search(r"^```yaml\n(.*?)^```", page("policy-file.md"), re.MULTILINE | re.DOTALL)
    assert block is not None
    shipped = (ROOT / "scenarios" / "ranked-choice" / "policy.yaml").read_bytes()
    assert parse_policy(block[1].encode(), "policy.yaml") == parse_policy(shipped, "policy.yaml")


def test_formats_page_has_every_input_column() -> None:
    """Every column of the tables stands on the page with its Chinese heading, and is marked where it may be missing."""
    text = page("file-formats.md")
    for name, columns in LAYOUTS.items():
        section = text.split(f"### {name.capitalize()}\n")[1].split("\n### ")[0]
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        for column in columns:
            row = next(line for line in rows if f"`{column.name}`" in line.split("|")[1])
            assert column.chinese in row.split("|")[2]
            assert ("*optional*" in row) == column.optional


def test_formats_page_has_every_output_field(tmp_path: Path) -> None:
    """Every column, field and key that a run writes stands on the page, under the file that holds it."""
    text = page("file-formats.md")

    def part(heading: str) -> set[str]:
        return coded(text.split(f"### {heading}\n")[1].split("\n## ")[0].split("\n### ")[0])

    assert set(COLUMNS) <= part("assignment.csv")
    assert set(OUTCOMES) <= part("assignment.csv")
    assert set(HEADER.strip().split(",")) <= part("draws")
    assert {*Event._fields, *Cut._fields} <= part("trace.jsonl")
    summary, manifest = _written(tmp_path)
    assert {*summary, *summary["schools"][0], *summary["agreement"], *summary["shortage"]} <= part("summary.json")
    assert set(manifest) <= part("manifest.json")
    files = {path.split("/")[0] for path in manifest["outputs"]}
    assert files <= {word.strip("/") for word in coded(text)}


def _written(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Summary and manifest of a run on the worked example."""
    from click.testing import CliRunner

    out = folder / "out"
    run = ["run", str(DOCS / "worked-example"), "--trial-seed", "8", "--out", str(out), "--quiet"]
    assert CliRunner().invoke(cli, run).exit_code == 0
    return json.loads((out / "summary.json").read_bytes()), json.loads((out / "manifest.json").read_bytes())


def test_procedure_page_has_the_sections_that_the_code_cites() -> None:
    """The procedure has sections 1 to 8, its phases P5a to P9, and a section 8 with every other value of a switch."""
    text = page("procedure.md")
    assert re.findall(r"^## (\d)\. ", text, re.MULTILINE) == list("12345678")
    assert re.findall(r"^\*\*(P\d[a-c]?) ", text, re.MULTILINE) == ["P5a", "P5b", "P5c", "P6", "P7", "P8", "P9"]
    assert all(f"`{kind}`" in text for kind in shape.PHASES)
    fields = shape.SwitchesShape.model_fields.items()
    others = {f"{name}: {value}" for name, field in fields for value in get_args(field.annotation)}
    published = _policy(TONGLIAO[0]).switches
    others -= {f"{name}: {getattr(published, name)}" for name, _ in fields}
    assert others <= coded(text.split("\n## 8.")[1])
    lottery = re.findall(r"^## (\d)\. ", page("lottery.md"), re.MULTILINE)
    assert lottery == list("1234567")


def test_sections_cited_in_code_exist() -> None:
    """Every section of procedure.md and lottery.md that a source file cites is there."""
    cited = re.compile(r"(?<!office-)(procedure|lottery)\.md,? (?:sections? )?((?:\d(?:, | and )?)+)")
    most = {"procedure": 8, "lottery": 6}
    found = 0
    for path in [*(ROOT / "allocator").rglob("*.py"), *(ROOT / "models").rglob("*.py")]:
        for name, numbers in cited.findall(path.read_text(encoding="utf-8")):
            found += 1
            assert all(1 <= int(number) <= most[name] for number in re.findall(r"\d", numbers)), path
    assert found > 20


def _policy(name: str) -> Any:
    """A shipped policy."""
    policy, faults = parse_policy((ROOT / "scenarios" / name / "policy.yaml").read_bytes(), "policy.yaml")
    assert policy is not None, faults
    return policy


def test_clauses_page_has_every_clause_once() -> None:
    """All 138 clauses stand in order, each with section, rule and cover; all forty questions as well."""
    rows = re.findall(r"^\| (C\d{3}) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", page("clauses.md"), re.MULTILINE)
    assert [row[0] for row in rows] == [f"C{n:03}" for n in range(1, 139)]
    questions = re.findall(r"^\| \**(Q-\d\db?)\** \|", page("clauses.md"), re.MULTILINE)
    assert questions == sorted([*(f"Q-{n:02}" for n in range(1, 40)), "Q-16b"])


def test_clauses_of_the_tongliao_policies_are_covered_by_them() -> None:
    """Every clause that a Tongliao policy names stands on the page as covered."""
    rows = dict(re.findall(r"^\| (C\d{3}) \|.*\| ([^|]+) \|$", page("clauses.md"), re.MULTILINE))
    for name in TONGLIAO:
        policy = _policy(name)
        named = {clause for phase in policy.phases for clause in phase.clauses.values()} | {policy.unplaced_clause}
        assert all(rows[clause] != "–" for clause in named)


def test_glossary_has_the_words_of_the_code() -> None:
    """Outcomes, statuses, kinds of phases, and the words below have a row or stand in one, with Chinese beside."""
    text = page("glossary.md")
    words = coded(text) | set(re.split(r", |\n", "\n".join(re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE))))
    assert {*OUTCOMES, *STATUSES, *shape.PHASES} <= words
    own = """
        applicant, party, bundle, lead, size, category, status, school, seat, plan, hard cap, offered seats,
        set aside, left, zone, dual zone, registered school, home school, walk zone, receiving list,
        adjustment list, route, policy, phase, kind, switch, clause, tier, batch, home step, diversion step,
        diversion, adjustment, open choice, voluntary round, draw, draw held, ticket, seed, transcript,
        witness, contribution, draw roster, freeze, digest, event, weak seed, trial, pool, queue, cut, room,
        over plan, passed over, outcome, needs ruling, unplaced, shortage, deferred acceptance, blocking
        pair, stable, student-optimal, justified envy, wasted seat, procedure, strict model, checker, step,
        block, instance, kernel, record, trace, fault, violation, disagreement, floor, cutoff
    """
    assert set(" ".join(own.split()).split(", ")) - words == set()
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| ") and line.count("|") == 6]
    terms = [row for row in rows if row[1].strip() not in {"term", "---"}]
    assert [row for row in terms if not re.search("[\u4e00-\u9fff]", row[2])] == []


def test_demo_transcript_of_the_lottery_page() -> None:
    """The check values of the page agree with each other: seed, order and tickets of the ten parties."""
    text = page("lottery.md").split("## Check values")[1]
    lines = re.findall(r"^ {4}(.*)$", text, re.MULTILINE)
    seed = sha256(("\n".join(lines) + "\n").encode()).hexdigest()
    assert f"`{seed}`" in text
    tickets = {f"T23-{n:04}": sha256(f"{seed}|S1.B.1|T23-{n:04}".encode()).hexdigest() for n in range(1, 11)}
    ordered = sorted(tickets, key=tickets.__getitem__)
    assert ", ".join([ordered[0], *(party[4:] for party in ordered[1:])]) in text
    assert f"`{tickets[ordered[0]]}`" in text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_exist(path: Path) -> None:
    """Every command of the program that a page shows exists, with the options shown."""
    known = commands()
    command_line = re.compile(r"(?:^|[`$/\\])\s?allocator ((?:[a-z]+ ?)[^`\n]*)", re.MULTILINE)
    for line in command_line.findall(path.read_text(encoding="utf-8")):
        words = line.split("#")[0].split()
        if words[:2] == ["book", "do"] and len(words) > 3 and tuple(words[:3]) not in known:  # book do DIR EVENT
            words[2:4] = [TYPE_WORDS.get(words[3], words[3])]
        named = max((name for name in known if tuple(words[: len(name)]) == name), key=len)
        assert named, line
        options = {name for parameter in known[named].params for name in parameter.opts}
        assert {word for word in words if word.startswith("--")} - {"--help"} <= options, line


def test_figures_name_the_processors_that_they_were_seen_on() -> None:
    """Of every results file that the page of figures quotes, it names the processor of each run."""
    text = page("performance.md")
    days = set(re.findall(r"results/(\d+-\d+-\d+)\.md", text))
    for path in sorted((ROOT / "benchmarks" / "results").glob("*.json")):
        if path.stem in days:
            runs = json.loads(path.read_text(encoding="utf-8"))["runs"]
            processors = {run.split("; ")[1].split(",")[0] for run in runs}
            assert {name for name in processors if name not in text} == set(), path.name
