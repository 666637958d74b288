"""Why a child stands where it stands, retold from the record of a run; nothing is decided again.

Of a run only the output folder is read: ``assignment.csv``, ``trace.jsonl``, ``summary.json``, and for what the family
gave and for distances ``inputs/`` and ``policy.yaml``, each held against ``manifest.json``, so that a folder changed
afterwards explains nothing. Of the office's tables, which have no list yet, the determination is explained instead.
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
    out : Path
        The output folder of a run, or the office's tables before the roster.
    applicant_id : str
        Registration number; full-width characters and surrounding space are understood.

    Raises
    ------
    InputError
        If the folder is neither a run's nor the office's, the run kept no record, a file is missing, damaged or changed
        since, the office's tables have faults, or no child has this number.
    """
    wanted = unicodedata.normalize("NFKC", applicant_id).strip()
    if _is_of_the_office(out):
        from allocator.explanation.office import explain_determination  # its tables need libraries that a run does not

        return explain_determination(out, wanted, language)
    record = read_record(out, wanted)
    return "\n".join(Story(record, wanted, language).lines())


def _is_of_the_office(folder: Path) -> bool:
    """Whether a folder holds the office's tables and not the output of a run."""
    return not (folder / "manifest.json").exists() and any(folder.glob("applications.*"))
