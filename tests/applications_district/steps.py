"""Gates, status, flags, private choices, special needs, bundles, choices, decisions and rulings, line by line."""

from __future__ import annotations

from tests.applications_district.case import Case, lock, preferential, ruling, sibling, special

_BOOKLETS = "booklet;marriage"
_MILITARY = f"unit_letter;officer_card;{_BOOKLETS}"
_SERVICE = f"unit_letter;work_card;{_BOOKLETS}"
_MAIN_CITY = {"home.area": "main_city", "home.zone": "", "home.last_year_school": ""}
_ELSEWHERE = {**_MAIN_CITY, "hukou_area": "elsewhere", "hukou_zone": ""}
_MOVED = {"home.last_year_school": "xincheng-1"}
_TWINS = {"bundle": "own"}

GATES: tuple[Case, ...] = (
    Case("not-of-age", "A", {"birth_date": "2017-08-31"}, "A"),
    Case("not-of-age", "A", {"birth_date": "2017-09-01"}, "not_of_age"),
    Case("deferral", "A", {"deferral": "approved"}, "deferred"),
    Case("deferral", "A", {"deferral": "pending"}, "A flags:deferral_pending"),
    Case("special", "A", {}, "special_route", rows=(special("moderate", "special_school"),)),
    Case("special", "A", {}, "special_route", rows=(special("severe", "home_teaching"),)),
    Case("special", "A", {}, "A flags:special", rows=(special("mild", "ordinary"),)),
    Case("special", "A", {}, "A flags:special", rows=(special("mild", ""),)),
    Case("special", "A", {}, "A ruling:C121 flags:special", rows=(special("severe", ""),)),
    Case("scope", "A", _ELSEWHERE, "out_of_scope"),
    Case("scope", "A", _MAIN_CITY, "U zone:fuli"),
    Case("over-age", "A", {"birth_date": "2016-08-31"}, "A flags:over_age"),
    Case("over-age", "A", {"birth_date": "2016-08-31", "over_age_reason": "yes"}, "A flags:over_age"),
    Case("over-age", "A", {"birth_date": "2016-09-01"}, "A flags:"),
    Case("vaccination", "A", {"papers": "booklet"}, "A flags:vaccination"),
    Case("zone-unknown", "A", {"home.zone": ""}, "held ruling:C077"),
)  # fmt: skip

STATUS: tuple[Case, ...] = (
    *(Case("blacklist", "A", {}, "A status:blacklisted", rows=(("blacklist", {"ground": ground}),))
      for ground in ("false_papers", "hidden_home", "forged_papers")),
    Case("late", "A", {"registered_at": ""}, "A status:late flags:not_registered"),
    Case("late", "A", {"registered_at": "2023-07-28", "late_cause": "own"}, "A status:late"),
    Case("late", "A", {"registered_at": "2023-07-28", "late_cause": "system"}, "A status:late ruling:Q-24"),
    Case("late", "R1", {"registered_at": "2023-07-31"}, "R1 status:verified", "fuantun"),
    Case("late", "R1", {"registered_at": "2023-08-01"}, "R1 status:late", "fuantun"),
    Case("same-home", "A", {"registered_at": "2023-07-31", "owners": "1=50"},
         "U status:late ruling:C127 flags:declared;same_home"),
    Case("same-home", "A", {"owners": "1=50"}, "A status:verified", home_of="same-home"),
    Case("declared", "A", {"declared_category": "B"}, "A flags:declared"),
    Case("private", "A", {"private_choice": "private-1"}, "A"),
    Case("private", "A", {"private_choice": "private-2", "registered_at": "2023-07-30"}, "A status:late"),
    Case("private", "D", {"private_choice": "private-1", **_TWINS}, "D", more=({},)),
)  # fmt: skip

BUNDLES: tuple[Case, ...] = (
    Case("bundle", "A", _TWINS, "A flags:", more=({},)),
    Case("bundle", "D", _TWINS, "D flags:", more=({}, {})),
    Case("bundle", "A", {**_TWINS, "birth_date": "2017-08-31"}, "A flags:bundle_dissolved",
         more=({"birth_date": "2017-09-01"},)),
    Case("bundle", "A", _TWINS, "A ruling:Q-16b flags:bundle_dissolved", more=({"registered_at": "2023-07-29"},)),
    Case("bundle", "A", _TWINS, "D ruling:Q-16b", more=({"hukou_area": "elsewhere"},)),
    Case("bundle", "C", _TWINS, "U ruling:Q-16b", more=({"papers": "booklet;vaccination;lease;landlord"},)),
)  # fmt: skip

CHOICES: tuple[Case, ...] = (
    Case("dual", "A", {"registered_school": "xincheng-1"}, "A flags:", "shifuxiao"),
    Case("dual", "A", {"registered_school": "shifuxiao"}, "A flags:", "shifuxiao"),
    Case("dual", "A", {}, "A flags:dual_default", "shifuxiao"),
    Case("dual", "A", {"registered_school": "fuli"}, "A flags:choice_dropped;dual_default", "shifuxiao"),
    Case("dual", "E", {"registered_school": "xincheng-1"}, "E flags:choice_dropped", "shifuxiao"),
    Case("choice", "A", {"registered_school": "fuli"}, "A flags:choice_dropped"),
    Case("choice", "A", {"voluntary_1": "shifuxiao;sizhong-fuli"}, "A flags:"),
    Case("choice", "A", {"voluntary_1": "shifuxiao;xincheng-1;shifuxiao"}, "A flags:choice_dropped"),
    Case("choice", "E", {"voluntary_1": "sizhong-fuli"}, "E flags:choice_dropped"),
    Case("choice", "A", {"voluntary_2": "xincheng-1-zhong-primary"}, "A flags:", "xincheng-1"),
    Case("choice", "A", {"voluntary_2": "xincheng-1-zhong-primary"}, "A flags:choice_dropped", "hexi-primary"),
    Case("choice", "A", {"registered_school": "xincheng-1", "voluntary_2": "xincheng-1-zhong-primary"},
         "A flags:", "shifuxiao"),
    Case("choice", "A", {"open_choice": "menggu-primary"}, "A flags:"),
    Case("choice", "A", {"open_choice": "fuli"}, "A flags:choice_dropped"),
    Case("choice", "D", {"preferred_diversion": "hexi-primary;xincheng-2"}, "D flags:"),
    Case("horqin", "A", {}, "A", "keerqin-primary"),
)  # fmt: skip

DECISIONS: tuple[Case, ...] = (
    Case("military", "A", {}, "A ruling:", rows=(preferential("military", _MILITARY),)),
    Case("military", "A", _MAIN_CITY, "U ruling:Q-14;Q-21", rows=(preferential("military", _MILITARY),)),
    Case("military", "A", {}, "A ruling:Q-14", rows=(preferential("military", _MILITARY, received_on="2023-07-25"),)),
    Case("military", "A", {}, "A ruling:", rows=(preferential("military", _BOOKLETS, approved="no"),)),
    Case("martyr", "D", {}, "D ruling:", rows=(preferential("martyr_disabled", f"certificate;{_BOOKLETS}"),)),
    Case("fire", "C", {}, "C ruling:", rows=(preferential("fire", _SERVICE),)),
    Case("fire", "C", {}, "C ruling:Q-14", rows=(preferential("fire", _BOOKLETS),)),
    Case("immigration", "E", {}, "E ruling:", rows=(preferential("immigration", _SERVICE, service_years="5"),)),
    Case("immigration", "E", {}, "E ruling:Q-14", rows=(preferential("immigration", _SERVICE, service_years="4"),)),
    Case("talent", "D", {}, "D ruling:", rows=(preferential("talent", "certificate"),)),
    Case("resolution", "B", {}, "B ruling:", rows=(preferential("resolution", "minutes", school_id="shifuxiao"),)),
    Case("resolution", "B", {}, "B ruling:Q-14",
         rows=(preferential("resolution", "minutes", school_id="keerqin-primary"),)),
    Case("resolution", "A", {}, "A ruling:",
         rows=(preferential("resolution", "minutes"), preferential("talent", "certificate", decided_on="2023-07-22",
                                                                   school_id="xincheng-shiyan"))),
    Case("sibling", "A", _MOVED, "A ruling:", rows=(sibling(),)),
    Case("sibling", "A", _MOVED, "A ruling:Q-15", rows=(sibling(sibling_order="1"),)),
    Case("sibling", "A", _MOVED, "A ruling:Q-15", rows=(sibling(sibling_entry="diverted"),)),
    Case("sibling", "A", _MOVED, "A ruling:Q-15", rows=(sibling(sibling_entry="choice"),)),
    Case("sibling", "A", _MOVED, "A ruling:Q-15", rows=(sibling(sibling_enrolled="no"),)),
    Case("sibling", "A", {}, "A ruling:Q-15", rows=(sibling(),)),
)  # fmt: skip

RULINGS: tuple[Case, ...] = (
    Case("ruling-result", "A", {"birth_date": "2017-09-02"}, "A", rows=(ruling("result", "roster"),)),
    Case("ruling-result", "A", _ELSEWHERE, "held ruling:C077", rows=(ruling("result", "roster"),)),
    Case("ruling-result", "A", {}, "out_of_scope", rows=(ruling("result", "out_of_scope"),)),
    Case("ruling-result", "A", {}, "deferred", rows=(ruling("result", "deferred"),)),
    Case("ruling-result", "A", {}, "special_route", rows=(ruling("result", "special_route"),)),
    *(Case("ruling-category", base, changes, f"{to} ruling:", zone, rows=(ruling("category", to),))
      for base, changes, to, zone in (
          ("A", {"home.use": "mixed"}, "A", "fuli"), ("B", {"three_gen": "no"}, "B", "fuli"),
          ("C", {"1.head": "no"}, "C", "fuli"), ("A", {}, "D", "fuli"), ("E", {"residence_start": "2023-03-01"}, "E",
          "fuli"), ("R2", {}, "R1", "liaohe-3"), ("R1", {}, "R2", "fuantun"), ("R1", {}, "R3", "sanjiazi"),
          ("A", {}, "U", "fuli"))),
    Case("ruling-twice", "A", {}, "B", rows=(ruling("category", "B", "2023-08-03"), ruling("category", "D"))),
    Case("ruling-zone", "A", {"home.zone": ""}, "A zone:xincheng-1 ruling:", rows=(ruling("zone", "xincheng-1"),)),
    Case("ruling-status", "A", {"registered_at": "2023-07-29", "late_cause": "system"}, "A status:verified ruling:",
         rows=(ruling("status", "verified"),)),
    Case("ruling-status", "A", {}, "A status:late", rows=(ruling("status", "late"),)),
    Case("ruling-status", "A", {}, "A status:blacklisted", rows=(ruling("status", "blacklisted"),)),
    Case("ruling-lock", "A", {}, "A flags:lock", rows=(lock("primary", 2022), ruling("lock_exempt", "home"))),
)  # fmt: skip

STEPS: tuple[Case, ...] = (*GATES, *STATUS, *BUNDLES, *CHOICES, *DECISIONS, *RULINGS)
