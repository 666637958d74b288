"""The district as tables: families numbered, their rows in every table, sorted by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.applications_district.case import Case
from tests.applications_district.conditions import CONDITIONS
from tests.applications_district.households import CHILD, GUARDIAN, HOME, RURAL_ZONES, Household, changed, household
from tests.applications_district.ordinary import Stream, ordinary
from tests.applications_district.steps import STEPS
from tests.applications_district.worked import WORKED

Row = Mapping[str, str]
FAMILIES = 600
_SPREAD = ("fuli", "xincheng-1", "xincheng-shiyan", "hexi-primary", "xincheng-1-zhong-primary")
"""Zones over which cases are spread that are about none."""


def _spread(case: Case) -> Case:
    """Return a case in a zone of its own, the same for all cases of its name; one that names a zone stays there."""
    return replace(case, zone=Stream(case.name).one("zone", _SPREAD)) if case.zone == "fuli" else case


CASES: tuple[Case, ...] = (*map(_spread, (*WORKED, *CONDITIONS)), *STEPS)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "applications": CHILD,
    "guardians": GUARDIAN,
    "homes": HOME,
    "owners": ("home", "holder", "share"),
    "checks": ("applicant_id", "subject", "source", "result", "by", "at"),
    "locks": ("home", "stage", "intake_year", "family", "applicant_id"),
    "blacklist": ("family", "ground"),
    "special": ("applicant_id", "level", "route"),
    "decisions": (
        "decision_id", "applicant_id", "kind", "ground", "school_id", "received_on", "decided_on", "approved",
        "papers", "service_years", "sibling_order", "sibling_entry", "sibling_enrolled",
    ),
    "rulings": ("ruling_id", "applicant_id", "field", "value", "reason", "authority", "decided_on"),
    "private": ("school_id", "plan"),
    "cases": ("applicant_id", "case", "base", "changes", *("result", "category", "zone", "status"),
              "missing", "ruling", "flags"),
}  # fmt: skip
_MIDDLES = {
    "xincheng-1": (5200, 6400), "fuli": (7900, 5200), "xincheng-shiyan": (9800, 7600), "hexi-primary": (2600, 4300),
    "xincheng-1-zhong-primary": (6700, 8500), "shifuxiao": (4100, 7800), "liaohe-3": (12400, 3100),
    "fuantun": (13300, 9900), "sanjiazi": (2100, 12100), "keerqin-primary": (1900, 8700),
}  # fmt: skip
_OTHER_LISTS = ("papers", "invoices")
"""Lists that are written sorted; the order of wishes means something."""


def tables(families: int = FAMILIES, cases: Sequence[Case] = CASES) -> dict[str, list[Row]]:
    """Return the rows of every table, and ``cases``: which child shows what; the other families are no cases."""
    made = District()
    order = sorted(range(families), key=lambda number: Stream("order").below(str(number), 10**12))
    for place, number in enumerate(order, start=1):
        made.places[number] = place
    for number, case in enumerate(cases):
        made.add_case(number, case)
    for number in range(len(cases), families):
        zone, family = ordinary(number)
        made.add(number, family, zone)
    made.rows["private"] = [{"school_id": "private-1", "plan": "12"}, {"school_id": "private-2", "plan": "40"}]
    made.rows["locks"] += [_old_lock(year, count) for year in range(2018, 2023) for count in range(8)]
    return {name: _sorted(made.rows.get(name, []), columns) for name, columns in COLUMNS.items()}


def _old_lock(year: int, count: int) -> Row:
    """A lock on a home that nobody of this year lives in."""
    number = f"{year % 100}{count:04}"
    return {
        "home": f"H9{number}", "stage": "junior" if count % 3 == 2 else "primary", "intake_year": str(year),
        "family": f"8{number}", "applicant_id": f"T{year % 100}-{count + 100:06}",
    }  # fmt: skip


def _sorted(rows: Sequence[Row], columns: Sequence[str]) -> list[Row]:
    """Return rows with all columns, in the order of their text."""
    whole = [{column: row.get(column, "") for column in columns} for row in rows]
    return sorted(whole, key=lambda row: tuple(row.values()))


@dataclass
class District:
    """Gathers the rows of the tables, family by family."""

    places: dict[int, int] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    homes: dict[str, str] = field(default_factory=dict)

    def add_case(self, number: int, case: Case) -> None:
        """Add the family of a case, its rows in other tables, and what is expected."""
        made = household(case.base, case.zone)
        changed(made, case.changes)
        children = self.add(number, made, case.zone, case)
        words = " | ".join(f"{key}={value}" for key, value in case.changes.items())
        outcome = {key: value or "-" for key, value in case.outcome.items()}
        told = {"case": case.name, "base": case.base, "changes": words}
        self.rows["cases"].append({"applicant_id": children[0], **told, **outcome})
        for table, cells in case.rows:
            self._other(table, cells, children[0], number)

    def add(self, number: int, made: Household, zone: str, case: Case | None = None) -> list[str]:
        """Add a family; returns the ids of its children."""
        place = self.places[number]
        family, home, book = str(100_000 + place), f"H{place:05}", str(300_000 + place)
        shared = case is not None and bool(case.home_of)
        if case is not None:
            home = self.homes[case.home_of] if case.home_of else home
            self.homes[case.name] = home
        books = {"own": book, "other": str(390_000 + place)}
        for row in (made.child, *made.guardians.values()):
            row["book"] = books.get(row["book"], row["book"])
        if made.home and not shared:
            self._row("homes", {**made.home, "home": home})
        holders = {holder: f"{family}/{holder}" for holder in ("1", "2", "3", "grandparents")}
        for holder, share in made.owners.items():
            self._row("owners", {"home": home, "holder": holders.get(holder, holder), "share": share})
        for guardian, row in made.guardians.items():
            self._row("guardians", {**row, "family": family, "guardian": guardian})
        more = case.more if case is not None else ()
        return [
            self._child(made, {**made.child, **other}, (family, home if made.home else "", zone), 10 * place + at)
            for at, other in enumerate([{}, *more], start=1)
        ]

    def _child(self, made: Household, child: Row, belongs: tuple[str, str, str], number: int) -> str:
        """Add one child and the checks made of it."""
        family, home, zone = belongs
        name = f"T23-{number:06}"
        x, y = _home_of(family, zone) if home else ("", "")
        bundle = f"B{family}" if child["bundle"] else ""
        self._row("applications", {
            **child, "applicant_id": name, "family": family, "home": home, "bundle": bundle, "x": x, "y": y,
        })  # fmt: skip
        for subject, results in made.checks.items():
            for source, result in zip(("street", "housing"), filter(None, results.split(";")), strict=False):
                at = f"2023-07-{28 + number % 3}T{9 + number % 8:02}:{number % 60:02}:00"
                told = {"subject": subject, "source": source, "result": result, "by": f"u{number % 7 + 1}", "at": at}
                self._row("checks", {"applicant_id": name, **told})
        return name

    def _other(self, table: str, cells: Row, child: str, number: int) -> None:
        """Add a row of a table that is about a child, its family or its home."""
        family, home = str(100_000 + self.places[number]), f"H{self.places[number]:05}"
        filled = {key: home if value == "home" else value for key, value in cells.items()}
        ids = {"decisions": ("decision_id", "D"), "rulings": ("ruling_id", "R")}
        if table in ids:
            key, letter = ids[table]
            filled[key] = f"{letter}{len(self.rows[table]) + 1:03}"
        self._row(table, {"applicant_id": child, "family": family, "home": home, **filled})

    def _row(self, table: str, row: Row) -> None:
        """Add a row, lists without order sorted."""
        tidy = {key: ";".join(sorted(row[key].split(";"))) for key in _OTHER_LISTS if row.get(key)}
        self.rows[table].append({**row, **tidy})


def _home_of(family: str, zone: str) -> tuple[str, str]:
    """Return a place near the school of a zone, in metres."""
    stream, reach = Stream(f"home {family}"), 3000 if zone in RURAL_ZONES else 1500
    x, y = (middle + stream.below(axis, 2 * reach) - reach for middle, axis in zip(_MIDDLES[zone], "xy", strict=True))
    return str(max(x, 0)), str(max(y, 0))
