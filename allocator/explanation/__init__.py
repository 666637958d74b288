"""Why a child stands where it stands, retold from the record of a run; nothing is decided again.

Only the output folder is read: ``assignment.csv``, ``trace.jsonl``, ``summary.json``, and for what the family gave and
for distances ``inputs/`` and ``policy.yaml``, each held against ``manifest.json``, so that a folder changed afterwards
explains nothing.
"""

import unicodedata
from pathlib import Path

from allocator.explanation.reader import read_record
from allocator.explanation.story.telling import Story
from allocator.ground import Language


def explain(out: Path, applicant_id: str, language: Language) -> str:
    """Return what happened to a child and why, in plain words, one paragraph a line.

    Parameters
    ----------
    applicant_id : str
        Registration number; full-width characters and surrounding space are understood.

    Raises
    ------
    InputError
        If the folder is not a run's, the run kept no record, a file is missing, damaged or changed since, or no child
        has this number.
    """
    wanted = unicodedata.normalize("NFKC", applicant_id).strip()
    record = read_record(out, wanted)
    return "\n".join(Story(record, wanted, language).lines())
