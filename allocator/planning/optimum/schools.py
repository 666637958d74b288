"""``schools.csv`` of a planning optimum: seats, children and prices, from the list and its certificate alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from allocator.checking.optimum.verdict import Certificate
from allocator.domain import District
from allocator.messages import TEXTS
from allocator.sheets.cells import sheet_csv

COLUMNS = ("school_id", "school", "seats", "taken", "left", "price")


def schools_bytes(district: District, placed: Mapping[str, str], certificate: Certificate) -> bytes:
    """Return the file, for Excel and WPS: byte order mark, CRLF, headings in both languages, marks above them."""
    notice, taken = district.policy.notice, Counter(placed.values())
    marks = [" · ".join(TEXTS["planning.only"])]
    marks += [f"{notice.zh} · {notice.en}"] if notice.zh else []
    heads = [" ".join(TEXTS[f"planning.{code}"]) for code in COLUMNS]
    rows = []
    for name, school in sorted(district.schools.items()):
        if not school.external:
            seats = school.most if certificate.use_hard_cap else school.plan
            numbers = (seats, taken[name], seats - taken[name], certificate.prices[name])
            rows.append((name, school.name, *numbers))
    return sheet_csv([*((mark, *[""] * (len(heads) - 1)) for mark in marks), heads, *rows])
