"""Why a child has its category: told from the office's tables, determined anew (office-procedure.md section 3)."""

from pathlib import Path

from allocator.determination import reasons
from allocator.domain import OfficeTables
from allocator.explanation.office.telling import OfficeStory
from allocator.ground import Fault, InputError, Language, without_card_numbers
from allocator.reading.office import read_office

APPLICATIONS = "applications"
"""The table that a folder of the office has, and the output of a run has not."""


def explain_determination(folder: Path, applicant_id: str, language: Language) -> str:
    """Return what the rules find of a child and why, from a folder of the office's tables.

    Raises
    ------
    InputError
        If the tables have faults, or no child has this number.
    """
    return explain_tables(read_office(folder), applicant_id, language)


def explain_tables(tables: OfficeTables, applicant_id: str, language: Language) -> str:
    """Return what the rules find of a child and why, one paragraph a line, without card numbers.

    Raises
    ------
    InputError
        If no child has this number.
    """
    found = reasons(tables, applicant_id)
    if found is None:
        raise InputError([Fault("explain.determined.unknown", APPLICATIONS, value=applicant_id)])
    return without_card_numbers("\n".join(OfficeStory(tables, found, language).lines()))
