"""What people call a draw: its phase and school in words, never the id that its tickets are made of."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.ground import Language, text


def draw_name(phase: Mapping[str, str], school: str, language: Language, *, diversion: bool = False) -> str:
    """Return the name of a draw: ``第 B 批摇号（新城一小）``.

    Parameters
    ----------
    phase : Mapping
        The phase as ``summary.json`` names it: ``zh``, ``en``, ``kind`` and, of a batch, ``category``.
    school : str
        Name of the school at which the draw was held; a diversion and an adjustment have one draw for all schools.
    language : {"zh", "en"}
        Language of the name.
    diversion : bool
        Whether it is the draw of a batch's diversion.
    """
    words = {"phase": phase[language], "category": phase.get("category", ""), "school": school}
    if phase["kind"] == "batches":
        return text("draw_name.diversion" if diversion else "draw_name.batch", language, **words)
    return text("draw_name.adjustment" if phase["kind"] == "adjustment" else "draw_name.school", language, **words)
