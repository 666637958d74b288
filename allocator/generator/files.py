"""A synthetic district: its tables as domain objects, and its files with a README that says that it is invented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path

import numpy as np

from allocator.domain import STATUSES, Applicant, Contribution, District, Ints, School, Zone, from_columns
from allocator.generator.demand import PER_SEATS, SchoolDemand, Template, load_demand_template
from allocator.generator.families import Families, WishLists, make_families, make_family_choices
from allocator.generator.policy_text import policy_text_bytes
from allocator.generator.quarters import Quarter, quarters
from allocator.generator.stream import Stream
from allocator.ground import (
    Fault,
    InputError,
    create_owner_only,
    make_folder_owner_only,
    share_of,
    text,
    write_owner_only,
)
from allocator.lottery import (
    APPLICANT_COLUMNS,
    CHUNK,
    SCHOOL_COLUMNS,
    ZONE_COLUMNS,
    build_transcript,
    canonical_applicant_cells,
    canonical_csv_text,
    canonical_school_cells,
    canonical_zone_cells,
    frozen_digests,
)
from allocator.reading import parse_policy


def make_schools(template: Template, quarters: Sequence[Quarter], seed: int) -> list[School]:
    """Return the schools of all quarters, in the demand's order; ``slack`` says how far hard cap lies above plan."""
    found = []
    for quarter in quarters:
        stream = Stream(seed, quarter.suffix)
        chance = stream.words("slack", len(template.demand.schools)).tolist()
        found += [_school(school, quarter, word) for school, word in zip(template.demand.schools, chance, strict=True)]
    return found


def make_zones(template: Template, quarters: Sequence[Quarter]) -> list[Zone]:
    """Return the zones of all quarters, in the demand's order."""
    return [
        Zone(
            zone.id + quarter.suffix,
            zone.school + quarter.suffix,
            zone.e_school and zone.e_school + quarter.suffix,
            tuple(name + quarter.suffix for name in zone.dual),
        )
        for quarter in quarters
        for zone in template.demand.zones
    ]


def make_applicants(template: Template, quarters: Sequence[Quarter], seed: int) -> list[Applicant]:
    """Return the children of all quarters in the order of their ids, which are given out at random."""
    every = Stream(seed)
    total = sum(quarter.children for quarter in quarters)
    digits = max(6, len(str(total)))
    numbers = (every.shuffle("numbers", total) + 1).tolist()
    girls = (every.below("sex", total, PER_SEATS) < template.demand.girls).tolist()
    names = iter([f"{template.demand.id_prefix}{number:0{digits}d}" for number in numbers])
    sexes = iter(["F" if girl else "M" for girl in girls])
    found: list[Applicant] = []
    for quarter in quarters:
        own = (islice(column, quarter.children) for column in (names, sexes))
        found += _children(template, quarter, Stream(seed, quarter.suffix), *own)
    return [found[at] for at in np.argsort(numbers, kind="stable").tolist()]


def _school(school: SchoolDemand, quarter: Quarter, chance: int) -> School:
    """Return one school with its seats for the children of its quarter."""
    name = f"{school.name}（{quarter.suffix.lstrip('-')}）" if quarter.suffix else school.name
    school_id, x, y = school.id + quarter.suffix, str(school.x + quarter.x), str(school.y + quarter.y)
    if school.external:
        return School(school_id, name, external=True, x=x, y=y)
    plan = share_of(quarter.children, school.seats, PER_SEATS)
    cap = None
    if school.slack is not None:
        least, most = school.slack
        cap = plan + least + chance % (most - least + 1)
    first, second = (_offered(share, quarter) for share in (school.offered_voluntary_1, school.offered_voluntary_2))
    return School(school_id, name, False, plan, cap, first, second, x, y)


def _offered(share: int | None, quarter: Quarter) -> int | None:
    """Return the seats set aside for a round, None where the cell is empty."""
    return None if share is None else share_of(quarter.children, share, PER_SEATS)


def _children(
    template: Template, quarter: Quarter, stream: Stream, names: Iterable[str], sexes: Iterable[str]
) -> Sequence[Applicant]:
    """Return the children of a quarter with their ids and sexes, those of a bundle one after another."""
    families = make_families(template, quarter, stream)
    lists = make_family_choices(template, families, quarter.suffix, stream)
    bundles = _bundle_names(families, quarter.suffix)
    party = np.repeat(np.arange(len(families.sizes)), families.sizes).tolist()
    parties = _parties(template, quarter, families, lists, bundles)
    columns = {name: [column[at] for at in party] for name, column in parties.items()}
    return from_columns(Applicant, applicant_id=names, sex=sexes, name=[""] * len(party), **columns)


def _bundle_names(families: Families, suffix: str) -> list[str]:
    """Return the bundle id of every party, empty for single children."""
    numbers = np.cumsum(families.sizes > 1).tolist()
    sizes = families.sizes.tolist()
    return [f"B{number:03d}{suffix}" if size > 1 else "" for number, size in zip(numbers, sizes, strict=True)]


def _parties(
    template: Template, quarter: Quarter, families: Families, lists: WishLists, bundles: Sequence[str]
) -> Mapping[str, Sequence[object]]:
    """Return the columns of one row a party, from zone to place."""
    suffix, none = quarter.suffix, [()] * len(families.sizes)
    schools = [school.id + suffix for school in template.demand.schools]
    return {
        "zone": _named([zone.id + suffix for zone in template.demand.zones], families.zones),
        "category": _named([category.category_id for category in template.policy.categories], families.categories),
        "registered_school": _named([*schools, ""], families.registered),
        "voluntary_1": lists.get("voluntary_1", none),
        "voluntary_2": lists.get("voluntary_2", none),
        "open_choice": list(map("".join, lists.get("open_choice", none))),
        "bundle": bundles,
        "preferential_school": list(map("".join, lists.get("preferential_school", none))),
        "sibling_school": list(map("".join, lists.get("sibling_school", none))),
        "status": _named(STATUSES, families.statuses),
        "preferred_diversion": lists.get("preferred_diversion", none),
        "x": list(map(str, families.xs.tolist())),
        "y": list(map(str, families.ys.tolist())),
    }


def _named(names: Sequence[str], places: Ints) -> list[str]:
    """Return the names at the places; the last name stands for place -1."""
    found: list[str] = np.array(names, dtype=object)[places].tolist()
    return found


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
    template = load_demand_template(policy)
    changed = {"single_homes": single_homes} | ({} if twins is None else {"twins": twins})
    template = template.model_copy(update={"demand": template.demand.model_copy(update=changed)})
    tables, district = _district(template, children, seed)
    make_folder_owner_only(folder)
    for name, content in tables.items():
        write_owner_only(folder / name, content)
    _write_applicants(folder / "applicants.csv", district.applicants, seed)
    write_owner_only(folder / "README.md", _readme(template, policy, district, seed))
    # Last, so that a folder with a transcript is a whole one.
    write_owner_only(folder / "transcript.txt", _transcript(district, seed))


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
    raw = policy_text_bytes(template, [quarter.suffix for quarter in parts])
    rules, faults = parse_policy(raw, "policy.yaml")
    if rules is None:
        raise InputError(faults)
    schools, zones = make_schools(template, parts, seed), make_zones(template, parts)
    tables = {
        "policy.yaml": raw,
        "schools.csv": canonical_csv_text([SCHOOL_COLUMNS, *map(canonical_school_cells, schools)]).encode("utf-8"),
        "zones.csv": canonical_csv_text([ZONE_COLUMNS, *map(canonical_zone_cells, zones)]).encode("utf-8"),
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
    with open(create_owner_only(path), "wb") as file:
        file.write(canonical_csv_text([[*APPLICANT_COLUMNS, "sex"]]).encode("ascii"))
        for start in range(0, len(order), CHUNK):
            children = [applicants[at] for at in order[start : start + CHUNK]]
            file.write(
                canonical_csv_text([(*canonical_applicant_cells(child), child.sex) for child in children]).encode(
                    "utf-8"
                )
            )


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
