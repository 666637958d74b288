"""The office's tables before the roster: applications, families, homes, papers, decisions (office-procedure.md)."""

from allocator.reading.office.reader import NEEDED, OPTIONAL, TABLES, holds_applications, read_office

__all__ = ["NEEDED", "OPTIONAL", "TABLES", "holds_applications", "read_office"]
