"""Intake: from the sheets of a registration platform, as they are, to the office's tables (office-procedure.md 2)."""
