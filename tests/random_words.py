"""What the columns of the office's tables may hold, and the days and shares at which something turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.office_bases import SCHOOLS, ZONES

_PAPER_DAYS = (None, date(2020, 1, 1), date(2023, 5, 31), date(2023, 6, 1))
_HALF_YEAR = (None, date(2021, 1, 1), date(2023, 2, 28), date(2023, 3, 1), date(2023, 3, 2), date(2023, 6, 1))
_HUKOU = ("zone_urban", "zone_urban", "zone_rural", "other_tongliao", "elsewhere")
_RURAL = ("liaohe-3", "fuantun", "sanjiazi")
_YES_NO = (True, False)

AREAS: Mapping[str, Sequence[str]] = {"zone_urban": [z for z in ZONES if z not in _RURAL], "zone_rural": _RURAL}
PAPERS = (
    "booklet", "relation", "custody", "guardianship", "lease", "landlord", "community", "consent", "form5",
    "vaccination",
)  # fmt: skip
OF_CHILD: Mapping[str, Sequence[Any]] = {
    "birth_date": (date(2017, 8, 31), date(2017, 9, 1), date(2016, 9, 1), date(2016, 8, 31)),
    "registered_at": (None, *(date(2023, 7, day) for day in (25, 27, 28, 31)), date(2023, 8, 1)),
    "late_cause": ("", "own", "system"),
    "deferral": ("", "", "pending", "approved"),
    "over_age_reason": _YES_NO,
    "hukou_area": _HUKOU,
    "hukou_kind": ("non_agri", "agri", "collective"),
    "own_booklet": _YES_NO,
    "book": ("", "B-other"),
    "hukou_in_date": _PAPER_DAYS,
    "hukou_zone": ("", *ZONES),
    "three_gen": _YES_NO,
    "tenure": ("owned", "grandparents", "rented", "borrowed", "public_rental"),
    "residence_start": _HALF_YEAR,
    "lease_months": (None, 5, 6, 12),
    "declared_category": ("", "A", "B", "C", "D", "E", "R1", "R2", "R3"),
}  # fmt: skip
CHOICES: Mapping[str, Sequence[Any]] = {
    "registered_school": ("xincheng-1", "shifuxiao", "fuli"),
    "voluntary_1": (("shifuxiao",), ("sizhong-fuli", "shifuxiao"), ("shifuxiao", "shifuxiao", "hexi-primary")),
    "voluntary_2": (("xincheng-1-zhong-primary",), ("xincheng-1", "xincheng-1-zhong-primary")),
    "open_choice": ("menggu-primary", "menggu-primary", "fuli"),
    "preferred_diversion": (("xincheng-2",), ("fuli", "xincheng-3"), ("keerqin-primary",)),
    "private_choice": ("private-1", "private-2", "private-3"),
}
OF_GUARDIAN: Mapping[str, Sequence[Any]] = {
    "relation": ("father", "mother", "guardian"),
    "custody": ("joint", "sole", "none", "unclear"),
    "hukou_area": _HUKOU,
    "hukou_in_date": _PAPER_DAYS,
    "head": _YES_NO,
    "work_area": ("main_city", "main_city", "elsewhere", ""),
    "work_start": _HALF_YEAR,
    "work_paper": _YES_NO,
}
OF_HOME: Mapping[str, Sequence[Any]] = {
    "area": ("zone_urban", "zone_rural", "main_city", "elsewhere"),
    "zone": ("", *ZONES),
    "use": ("residential", "commercial", "mixed"),
    "delivered": _YES_NO,
    "proof": ("", "title", "filed_contract", "demolition", "resettlement", "public_rental", "legacy", "legacy"),
    "proof_date": _PAPER_DAYS,
    "invoices": (("water", "power", "heat", "fee"), ("fee", "heat", "power", "water"), ("water", "heat", "fee"), ()),
    "last_year_school": ("", *SCHOOLS),
}
SUBJECTS = ("hukou", "home", "no_home", "no_home", "residence", "work")
RESULTS = ("pass", "pass", "fail", "pending")
TIMES = ("2023-07-27T09:00:00", "2023-07-28T09:00:00", "2023-07-28T09:00:01")
GROUNDS: Mapping[str, Any] = {
    "blacklist": ("false_papers", "hidden_home", "forged_papers"),
    "level": ("mild", "moderate", "severe"),
    "route": ("ordinary", "", "special_school", "home_teaching"),
    "application": ("application",),
    "ground": {
        "military": ("unit_letter", "officer_card", "booklet", "marriage"),
        "martyr_disabled": ("certificate", "booklet", "marriage"),
        "fire": ("unit_letter", "work_card", "booklet", "marriage"),
        "immigration": ("unit_letter", "work_card", "booklet", "marriage"),
        "talent": ("certificate",),
        "resolution": ("minutes",),
    },
}
SIBLING: Sequence[Sequence[Any]] = (
    (2, 2, 2, 3, 1, None), ("zone", "zone", "zone", "diverted", "choice", ""), (True, True, True, False, None),
)  # fmt: skip
FIELDS: Mapping[str, Sequence[str]] = {
    "result": ("roster", "roster", "out_of_scope", "deferred", "special_route"),
    "category": ("A", "B", "C", "D", "E", "R1", "R2", "R3", "U"),
    "zone": tuple(ZONES),
    "status": ("verified", "late", "blacklisted"),
    "lock_exempt": (),
}
