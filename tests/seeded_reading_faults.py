"""Seeded faults in reading: each makes the domain say something else than the files do."""

from __future__ import annotations

from tests.seeded_faults import SeededFault

READING_FAULTS: tuple[SeededFault, ...] = ()
