"""The case book: a season's events and seats, a pure function of frozen inputs (office-procedure.md 7 to 11)."""
