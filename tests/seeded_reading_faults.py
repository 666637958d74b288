"""Seeded faults in reading: each makes the domain say something else than the files do."""

from __future__ import annotations

from tests.seeded_faults import SeededFault

APPLICANTS = "allocator/reading/applicants.py"
SCHOOLS = "allocator/reading/schools.py"
CELLS = "allocator/reading/cells.py"

READING_FAULTS: tuple[SeededFault, ...] = (
    SeededFault(APPLICANTS, "items if column.kind is Kind.IDS else str", "str"),
    SeededFault(SCHOOLS, "(whole(plan) or 0, whole(cap), whole(first), whole(second))",
                "(whole(plan) or 0, whole(cap), whole(second), whole(first))"),
    SeededFault(SCHOOLS, "(whole(plan) or 0, whole(cap),", "(whole(cap) or 0, whole(cap),"),
    SeededFault(SCHOOLS, "jurisdiction == \"external\", *numbers, x, y)", "jurisdiction == \"external\", *numbers, y, x)"),
    SeededFault(SCHOOLS, "School(school_id, name, jurisdiction == \"external\",", "School(school_id, name, False,"),
    SeededFault(CELLS, "return tuple(value.split(\";\")) if value else ()", "return tuple(value.split(\";\")[:1]) if value else ()"),
    SeededFault(CELLS, "return tuple(value.split(\";\")) if value else ()", "return tuple(sorted(value.split(\";\"))) if value else ()"),
)  # fmt: skip
