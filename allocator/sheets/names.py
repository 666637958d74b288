"""What people call schools and zones, told apart where two are called alike."""

from __future__ import annotations

from collections import Counter

from allocator.domain import District, Text
from allocator.ground import Language
from allocator.sheets.words import said


def school_names(district: District, language: Language = "zh") -> dict[str, str]:
    """Return what people call each school in a language, with its id where two would be called alike."""
    return _apart({name: said(school.title, language) for name, school in district.schools.items()})


def zone_names(district: District, language: Language = "zh") -> dict[str, str]:
    """Return what people call each zone: the name of its school, with the zone's id where two would be called alike."""
    titles = {name: district.schools[zone.school_id].title for name, zone in district.zones.items()}
    return _apart({name: said(title, language) for name, title in titles.items()})


def zone_titles(*districts: District) -> dict[str, Text]:
    """Return the names of the zones of some districts in both languages; of one that is in several, the last ones."""
    found: dict[str, Text] = {}
    for district in districts:
        zh, en = zone_names(district, "zh"), zone_names(district, "en")
        found |= {zone: Text(zh[zone], en[zone]) for zone in zh}
    return found


def _apart(names: dict[str, str]) -> dict[str, str]:
    """Names by id, with the id behind those that stand more than once."""
    often = Counter(names.values())
    return {key: f"{name} ({key})" if often[name] > 1 else name for key, name in names.items()}
