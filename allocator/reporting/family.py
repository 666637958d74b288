"""The family's page of a run or book: its words from the policy, and the digests of what is published with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from allocator.domain import District
from allocator.ground import text
from allocator.reading import plan_sections, section_words
from allocator.reporting.summary import summary_names_by_id
from allocator.sheets import school_names
from allocator.verifier import FAMILY_PAGE, family_page

_CHECKED = re.compile(
    r"(?:rounds/[^/]+/)?(?:policy\.yaml|transcript\.txt|draw-roster\.csv|numbers\.csv|cutoffs\.csv|later-changes\.csv"
    r"|draws/.+\.csv|lists/[^/]+\.csv)"
)
"""What the page reads (public.md section 5)."""


def with_family_page(files: Iterable[tuple[str, bytes]], district: District) -> Iterator[tuple[str, bytes]]:
    """Give files as they come, and after them the page ``verify.html`` that checks them.

    Parameters
    ----------
    files : iterable of (str, bytes)
        Path and content of each; those that the page reads are known to it by their SHA-256.
    district : District
        Whose names of schools, phases and clauses the page uses.
    """
    digests: dict[str, str] = {}
    for path, content in files:
        if _CHECKED.fullmatch(path):
            digests[path] = sha256(content).hexdigest()
        yield path, content
    yield FAMILY_PAGE, family_page(_names(district), digests)


def _names(district: District) -> dict[str, Any]:
    """What answers call things: title, schools, phases and categories; clauses by the plan's own sections."""
    names = summary_names_by_id(district)
    zh, en = school_names(district, "zh"), school_names(district, "en")
    title = district.policy.title
    return {
        "title": {"zh": title.zh, "en": title.en},
        "schools": {school: {"zh": zh[school], "en": en[school]} for school in zh},
        "phases": {label: {"zh": words["zh"], "en": words["en"]} for label, words in names["phases"].items()},
        "categories": names["categories"],
        "clauses": {
            clause: {
                "zh": text("family.section", "zh", section=section_words(section), clause=clause),
                "en": text("family.section", "en", section=section.replace(";", ", "), clause=clause),
            }
            for clause, section in sorted(plan_sections(district.policy).items())
        },
    }
