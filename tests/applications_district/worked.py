"""The worked examples W1 to W13 of the office's page, each line one family."""

from __future__ import annotations

from tests.applications_district.case import Case, lock

_MOTHER_ALONE = {"1.custody": "none", "2.custody": "sole", "2.head": "yes", "1.head": "no"}
_CONTRACT_ONLY = {
    "home.proof": "filed_contract", "home.delivered": "no", "tenure": "rented", "residence_start": "",
    "declared_category": "A",
}  # fmt: skip
INVOICES = "fee;heat;power;water"

WORKED: tuple[Case, ...] = (
    Case("W1", "A", {"hukou_in_date": "2023-05-31"}, "A"),
    Case("W1", "A", {"hukou_in_date": "2023-06-01"}, "D"),
    Case("W2", "A", {"home.proof_date": "2023-05-31"}, "A"),
    Case("W2", "A", {"home.proof_date": "2023-06-01"}, "U ruling:Q-21"),
    Case("W2", "A", {"home.proof": "", "home.proof_date": ""}, "U missing:home_proof"),
    Case("W3", "A", {"owners": "1=25;2=25;其他共有人=50"}, "A"),
    Case("W3", "A", {"owners": "1=33.33;2=33.33;其他共有人=33.34"}, "A"),
    Case("W3", "A", {"owners": "1=24.99;2=25;其他共有人=50.01"}, "U ruling:Q-21"),
    Case("W4", "A", {"home.use": "commercial"}, "U ruling:Q-21"),
    Case("W4", "A", {"home.use": "mixed"}, "U ruling:C032"),
    Case("W4", "A", {"home.delivered": "no"}, "U ruling:Q-21"),
    Case("W5", "A", {"home.proof": "legacy", "home.proof_date": "", "home.invoices": INVOICES}, "A"),
    Case("W5", "A", {"home.proof": "legacy", "home.proof_date": "", "home.invoices": "heat;power;water"},
         "U missing:invoices"),
    Case("W6", "A", {"tenure": "public_rental", "home.proof": "public_rental", "home.proof_date": "", "owners": "",
                     "papers": "booklet;vaccination;community", "check.no_home": "pass"}, "A"),
    Case("W7", "C", {"1.head": "no"}, "U ruling:Q-21"),
    Case("W7", "C", {"hukou_kind": "agri"}, "U ruling:Q-21"),
    Case("W7", "C", {"papers": "booklet;vaccination;lease;landlord"}, "U missing:community"),
    Case("W7", "C", {"check.no_home": "pending"}, "U missing:no_home"),
    Case("W7", "C", {"check.no_home": "fail"}, "U ruling:C118;Q-21"),
    Case("W8", "E", {"residence_start": "2023-02-28"}, "E"),
    Case("W8", "E", {"residence_start": "2023-03-01"}, "U ruling:Q-22"),
    Case("W8", "E", {"residence_start": "2023-03-02"}, "U ruling:Q-21"),
    Case("W9", "D", {"hukou_area": "other_tongliao"}, "U missing:form5"),
    Case("W9", "D", {}, "D"),
    Case("W10", "A", {**_MOTHER_ALONE, "owners": "2=100"}, "A"),
    Case("W10", "A", _MOTHER_ALONE, "U ruling:Q-21"),
    Case("W11", "R3", {"hukou_area": "other_tongliao",
                       "papers": "booklet;vaccination;lease;landlord;community;form5"}, "R3", "fuantun"),
    Case("W11", "R2", {}, "R2 zone:sanjiazi", "sanjiazi"),
    Case("W12", "A", {}, "U ruling:C127 flags:declared;lock", rows=(lock("primary", 2020),)),
    Case("W12", "A", {}, "A flags:", rows=(lock("primary", 2020, own=True),)),
    Case("W12", "A", {}, "A flags:", rows=(lock("primary", 2019),)),
    Case("W12", "A", {}, "A flags:", rows=(lock("junior", 2020),)),
    Case("W12", "A", {}, "U ruling:C127 flags:declared;lock", rows=(lock("junior", 2021),)),
    Case("W13", "A", {}, "A flags:"),
    Case("W13", "E", {"owners": ""}, "U ruling:C127 flags:declared;same_home", home_of="W13"),
    Case("W13-equal", "A", {"owners": "1=50"}, "U ruling:Q-28 flags:declared;same_home"),
    Case("W13-equal", "A", {"owners": "1=50"}, "U ruling:Q-28 flags:declared;same_home", home_of="W13-equal"),
    Case("contract-only", "A", _CONTRACT_ONLY, "U"),
)  # fmt: skip
