"""Few families with something of every kind, and twins: an office's summer that fits on a page, or on many.

Of so many families are the tables of ``scenarios/tongliao-2023-summer``, and of 3,000 those of ``make office-demo``.
"""

from __future__ import annotations

import csv
import io

from tests.applications_district.case import Case, lock, preferential, sibling
from tests.applications_district.district import CASES
from tests.applications_district.files import as_csv, files

FAMILIES = 60
KEPT_UNTIL = "2024-08-31"
"""Day from which names and papers may be purged."""
_TWINS = {"bundle": "own"}
_FAMILIES_PER_PAIR = 50
"""One pair of twins for so many families, beside those of the cases."""
_ZONES = ("xincheng-1", "fuli", "xincheng-1-zhong-primary", "hexi-primary", "liaohe-3")
_OFFICER = "unit_letter;officer_card;booklet;marriage"
_FEW = (
    Case("few", "A", {}, "A", rows=(preferential("military", _OFFICER),)),
    Case("few", "A", {}, "A", rows=(preferential("resolution", "minutes"),)),
    Case("few", "A", {"home.last_year_school": "xincheng-1"}, "A", "hexi-primary", rows=(sibling(),)),
    Case("few", "A", {"home.zone": ""}, "held"),
    Case("few", "A", {}, "A", "keerqin-primary"),
    Case("few", "E", {}, "E", "shifuxiao"),
    Case("few", "E", {}, "E", "shifuxiao"),
    Case("few", "E", {}, "E", "shifuxiao"),
    Case("few", "A", {}, "U", rows=(lock("primary", 2022),)),
    Case("few", "A", {"registered_at": ""}, "A"),
    Case("few", "A", {"open_choice": "menggu-primary"}, "A"),
    Case("few", "A", {"voluntary_1": "shifuxiao"}, "A"),
    Case("few", "A", {"voluntary_1": "sizhong-fuli"}, "A", "xincheng-1"),
    Case("few", "A", {"private_choice": "private-1"}, "A"),
    Case("few", "R1", {}, "R1", "fuantun"),
    Case("few", "R3", {}, "R3", "sanjiazi"),
)
"""What a small office must have for every kind of trouble to happen in its summer."""


def few_cases(families: int) -> tuple[Case, ...]:
    """Return the families that are made on purpose among so many: all cases where they are many, and twins."""
    cases = CASES if families > 2 * len(CASES) else _FEW
    pairs = max(len(_ZONES), families // _FAMILIES_PER_PAIR)
    zones = [_ZONES[number % len(_ZONES)] for number in range(pairs)]
    twins = [Case("twins", "R1" if zone == "liaohe-3" else "A", _TWINS, "A", zone, more=({},)) for zone in zones]
    return (*cases, *twins)


def few_files(families: int = FAMILIES) -> dict[str, bytes]:
    """Return the tables of an office with so many families by file name, its officers among them."""
    made = files(families, few_cases(families))
    del made["cases.csv"]
    last = b"\n  workdays: []\n"
    made["policy.yaml"] = made["policy.yaml"].replace(last, last + f"  retain_until: {KEPT_UNTIL}\n".encode("ascii"), 1)
    return made | {"persons.csv": _officers(made["schools.csv"])}


def _officers(schools: bytes) -> bytes:
    """Return who works in the office, and at each school that admits."""
    rows = [("office-1", "office"), ("office-2", "office"), ("group-1", "group")]
    for school in csv.DictReader(io.StringIO(schools.decode("utf-8"))):
        if school["jurisdiction"] == "own":
            rows += [(f"clerk-{school['school_id']}", "school"), (f"head-{school['school_id']}", "principal")]
    return as_csv(("person", "roles"), rows)
