"""Writing a synthetic district: policy, tables, transcript and a README that says that all of it is invented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from allocator.domain import Applicant, Contribution, District
from allocator.generator.demand import Template, load_template
from allocator.generator.policy_text import policy_bytes
from allocator.generator.quarters import quarters
from allocator.generator.roster import make_applicants, make_schools, make_zones
from allocator.generator.stream import Stream
from allocator.ground import Fault, InputError, create_file, make_folder, text, write_new
from allocator.lottery import (
    APPLICANT_COLUMNS,
    CHUNK,
    SCHOOL_COLUMNS,
    ZONE_COLUMNS,
    applicant_cells,
    build_transcript,
    csv_text,
    frozen_digests,
    school_cells,
    zone_cells,
)
from allocator.reading.policy_file import parse_policy

LEAST, MOST = 20, 1_000_000  # children of a district
WITNESS_DIGITS = 24


def generate(
    folder: Path, children: int, seed: int, policy: str = "tongliao-2023-primary", *,
    twins: int | None = None, single_homes: bool = False,
) -> None:  # fmt: skip
    """Write a synthetic district.

    Parameters
    ----------
    folder : Path
        New or empty.
    children, seed : int
        20 to 1,000,000; not negative. The same size, seed and policy give the same bytes on every machine.
    policy : str
        A shipped policy with a ``demand.yaml``; a district of several quarters gets the same rules for each.
    twins : int, optional
        Pairs of twins for each 10,000 children, instead of the policy's usual number.
    single_homes : bool
        A home of its own for each party, instead of blocks of houses; for benchmarks, where equal homes are easier.

    Raises
    ------
    InputError
        If the folder holds anything, or a number or the policy's name is out of range.
    """
    if faults := list(_faults(folder, children, seed)):
        raise InputError(faults)
    template = load_template(policy)
    changed = {"single_homes": single_homes} | ({} if twins is None else {"twins": twins})
    template = template.model_copy(update={"demand": template.demand.model_copy(update=changed)})
    tables, district = _district(template, children, seed)
    make_folder(folder)
    for name, content in tables.items():
        write_new(folder / name, content)
    _write_applicants(folder / "applicants.csv", district.applicants, seed)
    write_new(folder / "README.md", _readme(template, policy, district, seed))
    # Last, so that a folder with a transcript is a whole one.
    write_new(folder / "transcript.txt", _transcript(district, seed))


def _faults(folder: Path, children: int, seed: int) -> Iterator[Fault]:
    """Yield what is wrong with what was asked for."""
    if not LEAST <= children <= MOST:
        words = {"least": f"{LEAST:,}", "most": f"{MOST:,}"}
        yield Fault("generate.children", "--children", value=str(children), params=words)
    if seed < 0:
        yield Fault("generate.seed", "--seed", value=str(seed))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        yield Fault("generate.folder", folder.name)


def _district(template: Template, children: int, seed: int) -> tuple[dict[str, bytes], District]:
    """Return the bytes of the small files by name, and the district."""
    parts = quarters(template.demand, children)
    raw = policy_bytes(template, [quarter.suffix for quarter in parts])
    rules, faults = parse_policy(raw, "policy.yaml")
    if rules is None:
        raise InputError(faults)
    schools, zones = make_schools(template, parts, seed), make_zones(template, parts)
    tables = {
        "policy.yaml": raw,
        "schools.csv": csv_text([SCHOOL_COLUMNS, *map(school_cells, schools)]).encode("utf-8"),
        "zones.csv": csv_text([ZONE_COLUMNS, *map(zone_cells, zones)]).encode("utf-8"),
    }
    district = District(
        policy=rules,
        schools={school.school_id: school for school in sorted(schools, key=lambda s: s.school_id)},
        zones={zone.zone: zone for zone in sorted(zones, key=lambda z: z.zone)},
        applicants=tuple(make_applicants(template, parts, seed)),
        policy_sha256=sha256(raw).hexdigest(),
    )
    return tables, district


def _write_applicants(path: Path, applicants: Sequence[Applicant], seed: int) -> None:
    """Write the roster in an order without meaning."""
    order = Stream(seed).shuffle("rows", len(applicants)).tolist()
    with open(create_file(path), "wb") as file:
        file.write(csv_text([[*APPLICANT_COLUMNS, "sex"]]).encode("ascii"))
        for start in range(0, len(order), CHUNK):
            children = [applicants[at] for at in order[start : start + CHUNK]]
            file.write(csv_text([(*applicant_cells(child), child.sex) for child in children]).encode("utf-8"))


def _transcript(district: District, seed: int) -> bytes:
    """Return a transcript with the right digests; its witnesses are as invented as the children."""
    witnesses = Stream(seed).below("witnesses", 3 * WITNESS_DIGITS, 10).tolist()
    digits = "".join(map(str, witnesses))
    given = [
        Contribution(f"witness-{number + 1}", digits[number * WITNESS_DIGITS : (number + 1) * WITNESS_DIGITS])
        for number in range(3)
    ]
    return build_transcript(f"SYNTHETIC-{seed}", frozen_digests(district), given)


def _readme(template: Template, policy: str, district: District, seed: int) -> bytes:
    """Return the README in both languages, the warning first."""
    rules, notes = district.policy, template.demand.notes
    words = {
        "children": len(district.applicants), "schools": len(district.schools), "zones": len(district.zones),
        "seed": seed, "policy": policy,
    }  # fmt: skip
    lines = [f"# {rules.title.zh} · {rules.title.en}", ""]
    lines += [f"**{rules.notice.zh}**", "", text("generate.readme", "zh", **words), "", *_bullets(notes.zh)]
    lines += [f"**{rules.notice.en}**", "", text("generate.readme", "en", **words), "", *_bullets(notes.en)]
    lines += ["```", text("generate.command", "en", **words), "```", ""]
    return "\n".join(lines).encode("utf-8")


def _bullets(remarks: Iterable[str]) -> list[str]:
    """Return remarks as a list with an empty line after it."""
    lines = [f"- {remark}" for remark in remarks]
    return [*lines, ""] if lines else []
