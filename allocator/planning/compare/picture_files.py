"""Pictures of a comparison as files of their own: SVG in both languages, for slides and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from allocator.errors import Fault
from allocator.messages import Language
from allocator.owner_only import make_folder
from allocator.planning.compare.base_sections import supply_picture
from allocator.planning.compare.comparison import Comparison
from allocator.planning.compare.pictures import flows, homes, places, zone_levels
from allocator.record import inside_faults, replace_file
from allocator.sheets.page import district_map, sankey, standalone, warning_levels

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def picture_files(comparison: Comparison) -> Iterator[tuple[str, bytes]]:
    """Give name and content of each picture of the base: supply, zone levels, flows, map."""
    base = comparison.variants[0]
    district = base.lists.district
    makers: dict[str, Callable[[Language], str]] = {
        "supply": lambda language: supply_picture(comparison, language),
        "flows": lambda language: sankey(flows(base, language), language),
    }
    if district.policy.warnings is not None and comparison.levels:
        begins = {name: getattr(district.policy.warnings, name) for name in ("yellow", "orange", "red")}
        makers["levels"] = lambda language: warning_levels(zone_levels(comparison, language), language, **begins)
    here = homes(base)
    if here:
        makers["map"] = lambda language: district_map(here, places(district, language), language)
    for name, make in makers.items():
        for language in LANGUAGES:
            yield f"{name}.{language}.svg", standalone(make(language)).encode("utf-8")


def folder_faults(folder: Path) -> list[Fault]:
    """Say why pictures may not be written into a folder."""
    if folder.exists() and not folder.is_dir():
        return [Fault("out.not_a_folder", str(folder))]
    return inside_faults(folder / "any.svg")


def write_pictures(folder: Path, comparison: Comparison) -> None:
    """Write every picture, each whole or not at all; other files of the folder stay."""
    made = list(picture_files(comparison))
    make_folder(folder)
    for name, content in made:
        replace_file(folder / name, content)
